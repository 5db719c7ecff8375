#!/bin/sh
# The commands on a town folder, on the real binary: init, check, load, export, diff, locate.
#   t/town_cli.sh LINLI SOURCE
set -u
linli=$1 sample=$2/samples/town
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
export LINLI_LANG=en
unset LINLI_DB LINLI_KEY
n=0 failed=0

judge() # SENTENCE WANTED-CODE CODE
{
        n=$((n + 1))
        said=$1 want=$2 code=$3
        if [ $code -eq "$want" ]; then
                echo "ok $n - $said"
        else
                echo "not ok $n - $said (exit $code, not $want)"
                sed 's/^/    /' "$work/out" "$work/err"
                failed=$((failed + 1))
        fi
}
ok() # SENTENCE CODE COMMAND...: it exits with CODE; what it said stays in $work/out and $work/err
{
        said=$1 want=$2
        shift 2
        "$@" >"$work/out" 2>"$work/err"
        judge "$said" "$want" $?
}
so() # SENTENCE CODE COMMAND...: the same about what the command before has left
{
        said=$1 want=$2
        shift 2
        "$@" >/dev/null 2>&1
        judge "$said" "$want" $?
}
says() { grep -qF -- "$1" "$work/out" "$work/err"; }
same() { (cd "$1" && find . -type f) | while read -r f; do cmp "$1/$f" "$2/$f" || exit 1; done; }
copy() { rm -rf "$work/$1" && cp -r "$sample" "$work/$1"; }

# ---- init and check
ok 'init writes a folder' 0 "$linli" init "$work/new"
ok 'that passes the check' 0 "$linli" check "$work/new"
so 'without a single remark' 0 says '0 errors, 0 warnings'
ok 'init again changes nothing' 0 "$linli" init "$work/new"
echo mine >"$work/new/orgs.csv"
ok 'init does not replace what somebody wrote' 3 "$linli" init "$work/new"
so 'and says which file' 0 says orgs.csv
ok 'init takes code and name' 0 "$linli" init "$work/named" --code 110101012000 --name 甲街道
so 'and they stand there' 0 grep -q '110101012000,.*township,甲街道' "$work/named/places.csv"
ok 'init refuses a code that is no township' 2 "$linli" init "$work/x" --code 110101000000
ok 'init refuses a name with a quote' 2 "$linli" init "$work/x" --name 'a"b'
ok 'the sample town is in order' 0 "$linli" check "$sample"
ok 'check tells it as JSON' 0 "$linli" check "$sample" --json
so 'and nothing else' 0 test "$(cat "$work/out")" = '{"errors":0,"warnings":0,"findings":[]}'
ok 'a folder that is not there' 2 "$linli" check "$work/nosuch"
ok 'no folder named' 2 "$linli" check
ok 'an unknown option' 2 "$linli" check "$sample" --jsn
ok 'a day that does not exist' 2 "$linli" check "$sample" --today 2026-02-30
ok 'terms are judged by the day given' 1 "$linli" check "$sample" --today 2029-01-01
so 'and the rule is named with its line' 0 grep -q '^posts.csv:[0-9]*: error: .*\[post.term-over\]' "$work/out"

copy bad
sed -i '6s/desk/nobody/' "$work/bad/town.yaml"
ok 'a fault is an error' 1 "$linli" check "$work/bad" --json
so 'with file, line and rule' 0 grep -q '{"rule":"town.fallback","severity":"error","file":"town.yaml","line":6,"message":"' "$work/out"
ok 'in Chinese on request' 1 env LINLI_LANG=zh "$linli" check "$work/bad"
so 'the sentence is Chinese' 0 says '兜底单位 nobody 不存在'
copy tie
echo 'x-1,basic,water,又一行,,msb,,,5,workday,示例,2026-01-01,,,,' >>"$work/tie/duties.csv"
ok 'a tie is an error' 1 "$linli" check "$work/tie"
ok 'but no obstacle to a trial' 0 "$linli" check "$work/tie" --trial
so 'which says what stands in' 0 says '[trial: the fallback unit leads for the time being'
mkdir "$work/empty"
ok 'an empty folder lacks its files' 1 "$linli" check "$work/empty"
so 'each is named' 0 grep -c 'folder.missing-file' "$work/out"
so 'a half-written file is an error, not a crash' 0 sh -c "cp -r '$sample' '$work/half' && head -c 5000 '$sample/grids.geojson' >'$work/half/grids.geojson'"
ok 'named with its line' 1 "$linli" check "$work/half"
so 'as unreadable JSON' 0 grep -q '^grids.geojson:[0-9]*: error: .*\[grid.parse\]' "$work/out"

# ---- load and export
db=sqlite:$work/town.db
ok 'a folder with errors is not loaded' 1 "$linli" load "$work/bad" --db "$db"
so 'and no store is made' 1 test -e "$work/town.db"
ok 'the sample is loaded' 0 "$linli" load "$sample" --db "$db"
so 'as version 1' 0 says 'version 1'
ok 'loading it again changes nothing' 0 "$linli" load "$sample" --db "$db"
so 'it is still version 1' 0 says 'version 1'
so 'no phone stands in the store' 1 sh -c "cat '$work'/town.db* | grep -qa 13800000001"
ok 'a folder with errors leaves what was loaded' 1 "$linli" load "$work/bad" --db "$db"
ok 'export writes it back' 0 "$linli" export "$work/back" --db "$db"
cp "$sample/staff.csv" "$work/staff.plain"
so 'phones are sealed' 1 grep -q 1380000 "$work/back/staff.csv"
cp -r "$work/back" "$work/back2" && cp "$sample/staff.csv" "$work/back2/staff.csv"
so 'all else is the same to the byte' 0 same "$sample" "$work/back2"
ok 'what was exported loads as the same version' 0 "$linli" load "$work/back" --db "$db"
so 'version 1' 0 says 'version 1'
copy two
sed -i 's/nearest_metres: 50/nearest_metres: 60/; s/$/\r/' "$work/two/town.yaml"
printf '\357\273\277' | cat - "$work/two/orgs.csv" >"$work/bom" && mv "$work/bom" "$work/two/orgs.csv"
iconv -f UTF-8 -t GB18030 "$sample/subjects.csv" >"$work/two/subjects.csv"
ok 'a BOM, GB18030 and CRLF are accepted' 0 "$linli" load "$work/two" --db "$db"
so 'as version 2' 0 says 'version 2'
so 'what changed is said' 0 says 'files: changed 3:'
ok 'export gives those bytes' 0 "$linli" export "$work/back3" --db "$db"
cp "$sample/staff.csv" "$work/back3/staff.csv"
so 'to the byte' 0 same "$work/two" "$work/back3"
ok 'the old version can still be had' 0 "$linli" export "$work/back4" --db "$db" --version 1
so 'and is the old one' 0 cmp "$sample/town.yaml" "$work/back4/town.yaml"
ok 'a version that never was' 3 "$linli" export "$work/back5" --db "$db" --version 9
ok 'export does not replace what differs' 3 "$linli" export "$work/back4" --db "$db"
ok 'unless forced' 0 "$linli" export "$work/back4" --db "$db" --force
ok 'a town that is not there' 3 "$linli" export "$work/back6" --db "$db" --town-code 990101001000
ok 'a trial load is labelled' 0 "$linli" load "$work/tie" --db "$db" --trial
ok 'a second town fits into the same store' 0 sh -c "rm -rf '$work/new'; '$linli' init '$work/new' && '$linli' load '$work/new' --db '$db'"
ok 'and then one must be named' 2 "$linli" export "$work/back7" --db "$db"
ok 'by its code' 0 "$linli" export "$work/back7" --db "$db" --town-code 990101001000

# ---- diff
ok 'diff of a folder with itself' 0 "$linli" diff "$sample" "$sample"
so 'finds nothing' 0 says 'no difference'
copy moved
sed -i 's/^basic-001,basic,water,供水与排水,,cgb,/basic-001,basic,water,供水与排水,,msb,/' "$work/moved/duties.csv"
ok 'diff names the duty that moved' 0 "$linli" diff "$sample" "$work/moved"
so 'from whom to whom' 0 says 'lead cgb -> msb'
ok 'diff as JSON' 0 "$linli" diff "$sample" "$work/moved" --json
so 'with codes' 0 says '"change":"changed","lead_before":{"code":"cgb"'
so 'from whom to whom, with names' 0 says '"lead_after":{"code":"msb"'
ok 'diff with what is loaded' 0 "$linli" diff "$work/back4" --db "$db"
so 'says what would be taken back' 0 says 'town.yaml'
ok 'diff for another town than the folder is of' 2 "$linli" diff "$work/back4" --db "$db" --town-code 990101001000
ok 'diff of what is no folder' 2 "$linli" diff "$sample" "$work/nosuch"

# ---- locate
mkdir "$work/ground" && cp "$sample/places.csv" "$sample/grids.geojson" "$work/ground"
ok 'locate needs two files' 0 "$linli" locate "$work/ground" --lat 39.8986822 --lon 116.4058741 --json
so 'and names the grid' 0 test "$(cat "$work/out")" = '{"grid":"110101012001001","building":null,"how":"inside","metres":0.000}'
ok 'far away the desk decides' 0 "$linli" locate "$sample" --lat 31 --lon 121 --json
so 'and no grid is named' 0 test "$(cat "$work/out")" = '{"grid":null,"building":null,"how":"desk","metres":null}'
printf 'id,lat,lon\n1,39.8986822,116.4058741\n"a,b",31,121\n' >"$work/points.csv"
ok 'a file of points' 0 "$linli" locate "$sample" --file "$work/points.csv"
printf 'id,lat,lon,grid,how\n1,39.8986822,116.4058741,110101012001001,inside\n"a,b",31,121,,desk\n' >"$work/want"
so 'is answered row by row' 0 cmp "$work/out" "$work/want"
printf 'id,lat,lon\n1,39.9,116.4\n2,95,116\n' >"$work/points.csv"
ok 'a point off the earth' 2 "$linli" locate "$sample" --file "$work/points.csv"
so 'is named with its line, before any answer' 0 sh -c "test ! -s '$work/out' && grep -q 'points.csv:3: error' '$work/err'"
ok 'an unknown datum' 2 "$linli" locate "$sample" --lat 39 --lon 116 --datum nad27
ok 'no point' 2 "$linli" locate "$sample"
ok 'a folder without grids' 2 "$linli" locate "$work/empty" --lat 39 --lon 116

echo "1..$n"
[ $failed -eq 0 ]

#!/usr/bin/env bash
# Somebody has what they wrote erased: on the real binary, from the command line, with a backup that knew it still.
#   t/erase.sh LINLI SOURCE [postgres]
# With "postgres" on the server that LINLI_TEST_PG names, in a schema of its own; skipped (77) when there is none.
set -euo pipefail
linli=$1 town=$2/samples/town engine=${3:-sqlite}
work=$(mktemp -d)
schema=
cleanup() {
        [ -z "$schema" ] || psql -q -d "$LINLI_TEST_PG" -c "SET client_min_messages = error; DROP SCHEMA $schema CASCADE" || true
        rm -rf "$work"
}
trap cleanup EXIT
export LINLI_LANG=en LINLI_KEY=$work/vault.key
unset LINLI_ERASED
if [ "$engine" = postgres ]; then
        [ -n "${LINLI_TEST_PG:-}" ] && command -v psql pg_dump >/dev/null || { echo "skipped: no PostgreSQL"; exit 77; }
        schema=erase_$$
        psql -q -d "$LINLI_TEST_PG" -c "CREATE SCHEMA $schema"
        sep='?'; case $LINLI_TEST_PG in *\?*) sep='&' ;; esac
        export LINLI_DB="$LINLI_TEST_PG${sep}options=-csearch_path%3D$schema" LINLI_ERASED=$work/list.erased
else
        export LINLI_DB=sqlite:$work/linli.db
fi
n=0 failed=0
judge() { # SENTENCE WANTED-CODE CODE
        n=$((n + 1))
        if [ "$3" -eq "$2" ]; then echo "ok $n - $1"; return; fi
        echo "not ok $n - $1 (exit $3, not $2)"
        sed 's/^/    /' "$work/out" "$work/err"
        failed=$((failed + 1))
}
ok() { # SENTENCE CODE COMMAND...: it exits with CODE; what it said stays in $work/out and $work/err
        local said=$1 want=$2 code=0
        shift 2
        "$@" >"$work/out" 2>"$work/err" </dev/null || code=$?
        judge "$said" "$want" "$code"
}
so() { # SENTENCE COMMAND...: about what the command before has left
        local said=$1 code=0
        shift
        "$@" >/dev/null 2>&1 || code=$?
        judge "$said" 0 "$code"
}
says() { grep -qF -- "$1" "$work/out"; }
call() { "$linli" call "$@"; }
field() { python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$work/$1" "$2"; }
# Every byte the store keeps: its files, or a dump of all tables.
everything() {
        if [ "$engine" = postgres ]; then pg_dump -d "$LINLI_TEST_PG" -n "$schema"; else cat "$work"/linli.db*; fi
}
lies() { everything | grep -acF -- "$1" >/dev/null; }
nowhere() { ! lies "$1"; }

MARK=zqkvxwjwmark
"$linli" load "$town" >/dev/null 2>&1
for i in 1 2 3; do echo '{"words":"路灯坏了 neighbour","lat":39.8986,"lon":116.4059}' | call matter.open >/dev/null; done
echo "{\"title\":\"$MARK\",\"words\":\"路灯坏了 $MARK 龘靐齉爩\",\"lat\":39.8986,\"lon\":116.4059,\"name\":\"龘龘\",\"phone\":\"13800001234\"}" |
        call matter.open --idempotency-key 01957f2a-0000-7000-8000-0000000000aa >"$work/opened"
id=$(field opened id) code=$(field opened code)
echo '{"words":"路灯又坏了 zzlast","lat":39.8986,"lon":116.4059}' | call matter.open >/dev/null
"$linli" retention --dry-run >/dev/null # seals nothing, writes nothing

ok 'what is open is not erased' 1 "$linli" erase --matter "$id" --json
so 'and it is said which' says "\"open\":[\"$id\"]"
so 'the words are there' lies "$MARK"
ok 'the reporter withdraws it' 0 bash -c "echo '{}' | '$linli' call track.act --param action=withdraw --as track:$code"
ok 'and has a copy of all that is held' 0 bash -c "echo '{\"phone\":\"138 0000 1234\"}' | '$linli' call track.export --as track:$code"
so 'with the own number in the clear' says 13800001234
ok 'the desk prints the same from the command line' 0 "$linli" export --person 13800001234 --purpose 'asked at the counter'
so 'and its look is in it' says 'asked at the counter'
ok 'without a purpose it does not' 2 "$linli" export --person 13800001234
if [ "$engine" = sqlite ]; then
        ok 'a backup is made' 0 "$linli" backup "$work/backup"
fi
ok 'a person is erased by the phone they left' 0 "$linli" erase --person 13800001234 --json
so 'one matter of theirs' says '"matters":1'
so 'the words are gone' nowhere "$MARK"
so 'their ends too, as an index would keep them' nowhere kvxwjwmark
so 'the characters are gone' nowhere 龘
so 'and the masked number' nowhere '138****1234'
so 'what others wrote stays' lies neighbour
ok 'verify says erased' 0 "$linli" verify --json
so 'once' says '"erased":1'
ok 'again is no fault' 0 "$linli" erase --matter "$id"
ok 'no such matter is one' 3 "$linli" erase --matter 17
ok 'nothing named' 2 "$linli" erase
so 'the list of erasures stands outside' grep -q "\"matter\":\"$id\"" "${LINLI_ERASED:-$work/linli.db.erased}"

if [ "$engine" = sqlite ]; then
        # ---- a backup knows it still
        ok 'a backup is not put over a database by mistake' 2 "$linli" restore "$work/backup"
        cp "$work/linli.db.erased" "$work/kept"
        ok 'it is restored' 0 "$linli" restore "$work/backup" --force --json
        so 'and what was erased since is erased again' says '"erased":1'
        so 'the words are gone again' nowhere "$MARK"
        so 'and the characters' nowhere 龘
        ok 'verify says so' 0 "$linli" verify
        rm -f "$work"/linli.db*
        cp "$work/backup" "$work/linli.db"
        cp "$work/kept" "$work/linli.db.erased"
        ok 'a backup copied back by hand is found out' 1 "$linli" verify
        ok 'and replayed' 0 "$linli" erase --replay --json
        so 'one line' says '"erased":1'
        so 'the words are gone for the third time' nowhere "$MARK"
        ok 'it is whole' 0 "$linli" verify
        echo 'no json' >>"$work/linli.db.erased"
        ok 'a list that cannot be read is named' 3 "$linli" erase --replay
        so 'with its line' grep -q 'Line 2 of' "$work/err"
fi

# ---- what is over its time
sed 's/^voice,.*/voice,1d,test,erase/; s/^contact,.*/contact,1d,test,erase/' "$town/retention.csv" >"$work/retention.csv"
cp -r "$town" "$work/town" && cp "$work/retention.csv" "$work/town/retention.csv"
sed -i '/no json/d' "${LINLI_ERASED:-$work/linli.db.erased}"
"$linli" load "$work/town" >/dev/null 2>&1
ok 'what ended today is within its time' 0 "$linli" retention --json
so 'so nothing is done' says '"done":0'
[ "$failed" -eq 0 ]

#!/usr/bin/env bash
# The day of script/demo, played against the real server in both languages: it ends well, and speaks one language only.
# usage: demo_day.sh LINLI SOURCE
set -euo pipefail
linli=$1 play=$2/script/demo.d/play town=$2/samples/town
work=$(mktemp -d)
server=
cleanup() {
        [ -z "$server" ] || kill "$server" 2>/dev/null || true
        wait || true
        rm -rf "$work"
}
trap cleanup EXIT

one_day() { # language
        local dir=$work/$1 db=sqlite:$work/$1/linli.db base=
        mkdir "$dir"
        export LINLI_LANG=$1
        "$play" last-month "$dir/last-month.csv"
        "$linli" replay "$dir/last-month.csv" --town "$town" --scatter 1 --db "$db" >"$dir/log" 2>&1
        "$linli" load "$town" --db "$db" >>"$dir/log" 2>&1
        "$linli" serve --listen 127.0.0.1:0 --db "$db" 2>"$dir/server.log" &
        server=$!
        for _ in $(seq 300); do
                base=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$dir/server.log" || true)
                [ -z "$base" ] || break
                sleep 0.1
        done
        "$play" day "$base" "$linli" "$dir" >"$dir/story" || { cat "$dir/story" "$dir/server.log"; return 1; }
        for face in / /work /desk; do
                grep -qE "^  $base$face +" "$dir/story" || { echo "the story does not end with $face"; tail "$dir/story"; return 1; }
                curl -sf "$base$face" >/dev/null || { echo "$face does not open"; return 1; }
        done
        kill "$server"
        wait "$server" || { echo "the server ended with $?"; cat "$dir/server.log"; return 1; }
        server=
        "$linli" verify --db "$db" >/dev/null
        [ "$(grep -cE '^[0-9]+\. ' "$dir/story")" -eq 10 ] || { echo "not ten chapters"; cat "$dir/story"; return 1; }
}

one_day zh
one_day en
if grep -E '^[0-9]+\. ' "$work/en/story" | grep -P '\p{Han}'; then
        echo "Chinese headings in the English story"
        exit 1
fi

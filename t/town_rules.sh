#!/bin/sh
# Every rule that linli check can name stands in the manuals, and the manuals name no other.
#   t/town_rules.sh SOURCE
cd "$1" || exit 2
rooms='base people place duty procedure town'
kinds='folder|csv|yaml|town|place|grid|org|staff|post|role|roster|subject|duty|agreement|thing|calendar|retention|procedure|upstream'
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
for room in $rooms; do
        # relax.c names beginnings of rules; staff.phone is a label of the vault, town.load and town.read are rights
        find "src/$room" -name '*.c' ! -name '*_test.c' ! -name relax.c -exec cat {} +
done | grep -oE "\"($kinds)\.[a-z]+(-[a-z]+)*\"" | tr -d '"' | grep -vE '\.(csv|yaml|geojson)$|^town\.(load|read)$|^staff\.phone$' | sort -u >"$tmp/code"
cat docs/town-folder.md docs/procedures.md | grep -oE "\`($kinds)\.[a-z]+(-[a-z]+)*\`" | tr -d '`' |
        grep -vE '\.(csv|yaml|geojson)$|^town\.(load|read)$' | sort -u >"$tmp/docs"
if ! cmp -s "$tmp/code" "$tmp/docs"; then
        echo 'rules in the code but not in the manuals (<), in the manuals but not in the code (>):'
        diff "$tmp/code" "$tmp/docs" | grep '^[<>]'
        exit 1
fi
echo "$(wc -l <"$tmp/code") rules, all in the manuals"

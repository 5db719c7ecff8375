#!/usr/bin/env bash
# docs/api.md is what the program says of its routes; the manual page is sound roff; help stands in both languages.
# usage: api_doc.sh LINLI SOURCE
set -euo pipefail
linli=$1 source=$2
rc=0
diff -u "$source/docs/api.md" <("$linli" help --api) | head -40 || true
if ! cmp -s "$source/docs/api.md" <("$linli" help --api); then
        echo "docs/api.md is not up to date: build/linli help --api > docs/api.md"
        rc=1
fi
for command in $(LINLI_LANG=en "$linli" help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
        for lang in zh en; do
                LINLI_LANG=$lang "$linli" help "$command" | grep -q "linli $command" || { echo "no help in $lang: $command"; rc=1; }
        done
        if LINLI_LANG=en "$linli" help "$command" | grep -P '\p{Han}' | grep -v '默认\|示例'; then
                echo "Chinese in the English help of $command"
                rc=1
        fi
done
[ "$("$linli" help --manual | head -c 9)" = ".TH LINLI" ] || { echo "no manual page"; rc=1; }
exit $rc

#!/usr/bin/env bash
# Each header compiles alone: whoever includes it needs nothing before it. Only headers, nothing is linked.
set -euo pipefail
cd "$(dirname "$0")/.."

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
mkdir -p "$made/base"
python3 tools/errgen.py src/base/errors.txt "$made/base/err_gen.h" "$made/base/err_gen.c"

read -ra flags <<<"$(pkg-config --cflags sqlite3 libpq json-c libsodium yaml-0.1 libmicrohttpd liboath libcurl cmocka)"
# -include rather than the file itself: a header as main file draws warnings of its own.
check() { # header
        "${CC:-cc}" -std=gnu17 -D_GNU_SOURCE -fsyntax-only -Wall -Wextra -Werror -I . -I "$made" "${flags[@]}" \
                -include "$1" -x c /dev/null
}

cd src
rc=0 running=0 jobs=$(nproc)
while IFS= read -r header; do
        check "$header" &
        running=$((running + 1))
        if [ "$running" -ge "$jobs" ]; then
                wait -n || rc=1
                running=$((running - 1))
        fi
done < <(find . -name '*.h' -printf '%P\n' | sort)
while [ "$running" -gt 0 ]; do
        wait -n || rc=1
        running=$((running - 1))
done
exit $rc

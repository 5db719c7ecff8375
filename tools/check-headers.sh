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
        "${CC:-cc}" -std=gnu17 -D_GNU_SOURCE -fsyntax-only -Wall -Wextra -Werror -I src -I "$made" "${flags[@]}" \
                -include "$1" -x c /dev/null
}
export -f check
export made
export CC
flags_text=$(declare -p flags)
export flags_text

cd src
find . -name '*.h' -printf '%P\0' | sort -z | xargs -0 -P "$(nproc)" -n 12 bash -c '
        set -euo pipefail
        cd ..
        eval "$flags_text"
        rc=0
        for header; do check "$header" || rc=1; done
        exit $rc' headers

#!/usr/bin/env bash
# What no file of this project says: paths of somebody's machine, notes of work left to do, addresses of registries,
# mobile numbers that could be somebody's. Where one is needed it begins with 1380000, so that it looks invented.
set -euo pipefail
cd "$(dirname "$0")/.."

mapfile -d '' -t files < <(git ls-files -z --cached --others --exclude-standard 2>/dev/null || true)
if [ ${#files[@]} -eq 0 ]; then # not a checkout: an unpacked release
        mapfile -d '' -t files < <(find . -path ./build\* -prune -o -path ./var -prune -o -type f -print0)
fi
rc=0
refuse() { # what, pattern
        local found
        found=$(printf '%s\0' "${files[@]}" | grep -zv '^tools/check-names\.sh$' |
                xargs -0 grep -InP -e "$2" 2>/dev/null || true)
        [ -n "$found" ] || return 0
        echo "$1:"
        echo "$found" | head -n 20 | cut -c 1-200 | sed 's/^/  /'
        rc=1
}
# /work is also where the pages of grid workers stand.
refuse "a path of somebody's machine" '(?<![A-Za-z0-9_.])/(work/(main|shared|src)\b|(home|root|Users|mnt|media)/[A-Za-z0-9_])'
refuse "work left to do" '\b(TODO|FIXME|XXX|HACK|TBD)\b'
refuse "a host of a package registry or its mirror" '(registry\.npmjs|pypi\.org/simple|crates\.io/api|proxy\.golang|artifactory|nexus\.)'
refuse "a mobile number that is not plainly invented" '(?<![0-9.])1(?!380000)[3-9][0-9]{9}(?![0-9.])'
exit $rc

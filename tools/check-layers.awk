# Which room may include which. Usage: awk -f tools/check-layers.awk src/layers.txt $(find src -name '*.[ch]')
FNR == NR {
        sub(/#.*/, "")
        if (split($0, h, ":") < 2) next
        room = h[1]; n = split(h[2], d, " ")
        for (i = 1; i <= n; i++) {
                if (d[i] != "*" && !(d[i] in known)) bad(FNR, room " names " d[i] " before it stands")
                may[room, d[i]] = 1
        }
        known[room] = 1
        next
}
FNR == 1 {
        split(FILENAME, p, "/"); me = p[2]
        if (!(me in known)) bad(1, me " has no line in layers.txt")
}
/^#include "/ {
        split($2, q, /["\/]/); you = q[2]
        if (you == me) next
        if (!(you in known)) bad(FNR, $2 " is not written room/file.h from src/")
        else if ($2 ~ /\/inner\//) bad(FNR, you "/inner is private to " you)
        else if (!((me, you) in may) && !((me, "*") in may)) bad(FNR, me " may not include " you)
}
function bad(l, why) { print FILENAME ":" l ": " why; rc = 1 }
END { exit rc }

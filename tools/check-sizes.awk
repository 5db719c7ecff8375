# How long files and functions may be. Usage: awk -f tools/check-sizes.awk FILE...
# A file has at most 800 lines, a function 80, and braces nest at most five deep inside one (four and the function's own).
# Functions are found by our layout: what begins one starts in the first column and its closing brace stands there too.
BEGIN { FILE_MAX = 800; FUNCTION_MAX = 80; DEPTH_MAX = 5 }
FNR == 1 { end_file(); file = FILENAME; inside = 0; comment = 0 }
{ lines = FNR; text = plain($0) }
!inside && text ~ /^[A-Za-z_].*\(/ && text !~ /;[ \t]*$/ { name = named(text) }
!inside && text ~ /^[A-Za-z_].*[;=]/ { name = "" }
!inside && name != "" && text ~ /^\{/ { inside = 1; start = FNR; depth = 0; deepest = 0 }
!inside && name != "" && text ~ /\)[ \t]*\{[^}]*$/ { inside = 1; start = FNR; depth = 0; deepest = 0 }
!inside && name != "" && text ~ /\}[ \t]*$/ { name = "" }
inside {
        n = length(text)
        for (i = 1; i <= n; i++) {
                c = substr(text, i, 1)
                if (c == "{" && ++depth > deepest) deepest = depth
                if (c == "}") depth--
        }
        if (text ~ /^\}/) {
                if (FNR - start + 1 > FUNCTION_MAX) bad(start, name " has " FNR - start + 1 " lines, at most " FUNCTION_MAX)
                if (deepest > DEPTH_MAX) bad(start, name " nests " deepest - 1 " deep, at most " DEPTH_MAX - 1)
                functions++; inside = 0; name = ""
        }
}
# Without comments, strings and characters, so that braces in them do not count.
function plain(s,   at) {
        if (comment) {
                at = index(s, "*/")
                if (!at) return ""
                s = substr(s, at + 2); comment = 0
        }
        gsub(/\\\\/, "", s); gsub(/\\"/, "", s); gsub(/'\\?[^']'/, "0", s); gsub(/"[^"]*"/, "0", s)
        gsub(/\/\*([^*]|\*[^\/])*\*\//, "", s); sub(/\/\/.*/, "", s)
        at = index(s, "/*")
        if (at) { s = substr(s, 1, at - 1); comment = 1 }
        return s
}
function named(s) { sub(/\(.*/, "", s); sub(/.*[^A-Za-z0-9_]/, "", s); return s }
function end_file() { if (file != "" && lines > FILE_MAX) bad_at(file, lines, "the file has " lines " lines, at most " FILE_MAX) }
function bad(l, why) { bad_at(FILENAME, l, why) }
function bad_at(f, l, why) { print f ":" l ": " why; rc = 1 }
END {
        end_file()
        if (!functions) { print "no functions were found: the check itself is broken"; rc = 1 }
        exit rc
}

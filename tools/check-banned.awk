# Functions that a program like this one should not call. Usage: awk -f tools/check-banned.awk FILE...
# Some are wrong everywhere; some have one place where they belong, which is said here with the reason. Tests are not judged.
BEGIN {
        n = split("strcpy strcat strncpy strncat sprintf vsprintf gets strtok strtok_r alloca", name, " ")
        for (i = 1; i <= n; i++) why[name[i]] = "no ceiling, or a surprising one: base/str.h, base/buf.h or snprintf"
        n = split("atoi atol atoll atof sscanf scanf fscanf strtol strtoul strtoll strtoull strtod", name, " ")
        for (i = 1; i <= n; i++) why[name[i]] = "accepts what is no number: str_int, str_double"
        n = split("system popen execlp execvp tmpnam mktemp tempnam setjmp longjmp vfork", name, " ")
        for (i = 1; i <= n; i++) why[name[i]] = "not needed, and dangerous"
        n = split("rand srand random srandom rand_r drand48", name, " ")
        for (i = 1; i <= n; i++) why[name[i]] = "chance is an argument: ctx->chance"
        n = split("localtime localtime_r gmtime gmtime_r ctime ctime_r asctime strftime mktime", name, " ")
        for (i = 1; i <= n; i++) why[name[i]] = "depends on the zone of the machine: base/day.h"
        n = split("time gettimeofday clock_gettime", name, " ")
        for (i = 1; i <= n; i++) why[name[i]] = "time is an argument: ctx->now"
        n = split("malloc calloc realloc free strdup strndup asprintf vasprintf", name, " ")
        for (i = 1; i <= n; i++) why[name[i]] = "memory comes from an arena"
        n = split("exit _exit abort", name, " ")
        for (i = 1; i <= n; i++) why[name[i]] = "return an error; a programmer's fault is BUG()"

        # Where they belong.
        allow("src/base/arena.c", "malloc free")             # what everything else stands on
        allow("src/base/buf.c", "realloc free")
        allow("src/base/err.c", "abort")                     # BUG()
        allow("src/base/log.c", "clock_gettime")             # a line of the log carries the wall clock
        allow("src/api/http.c", "clock_gettime")             # monotonic: time limits of connections
        allow("src/api/job.c", "clock_gettime")              # monotonic: how long a request took
        allow("src/store/queue.c", "clock_gettime")          # the deadline of a timed wait
        allow("src/store/store.c", "clock_gettime calloc free strdup")  # a handle outlives every arena
        allow("src/store/lite.c", "calloc free strtol")      # the process id in our own lock file, for a message
        allow("src/store/pg.c", "calloc free atoll")         # numbers that the database printed itself
        allow("src/store/pg_call.c", "strtoll")
        allow("src/store/pg_schema.c", "strtoll atoi")
        allow("src/people/totp.c", "free")                   # liboath's own string
        allow("src/people/vault_file.c", "strdup free")      # dirname() writes into what it is given
        allow("src/app/main.c", "clock_gettime")             # the one reading of a command's clock
        allow("src/app/cmd_serve.c", "clock_gettime")        # the server's clock, handed to it
        allow("src/app/cmd_http.c", "clock_gettime free")    # the same without a socket; open_memstream's buffers
        allow("src/app/cmd_replay.c", "clock_gettime")       # how long it took
        allow("src/app/cmd_bench.c", "clock_gettime malloc calloc realloc free") # measures; holds what it measured
        allow("src/app/rounds.c", "clock_gettime calloc free")
        allow("src/app/postman.c", "clock_gettime")          # the deadline of a timed wait
        allow("src/media/keeper.c", "clock_gettime _exit")   # a child's time; it ends without running the libraries' own ends
        allow("src/app/socket.c", "clock_gettime calloc free")
}
FNR == 1 { comment = 0; test = FILENAME ~ /_test[^\/]*\.c$|test_[a-z_]*\.c$/ }
!test {
        text = plain($0)
        while (match(text, /[A-Za-z_][A-Za-z0-9_]*[ \t]*\(/)) {
                before = RSTART > 1 ? substr(text, RSTART - 1, 1) : ""
                word = substr(text, RSTART, RLENGTH); sub(/[ \t]*\($/, "", word)
                text = substr(text, RSTART + RLENGTH)
                if (!(word in why) || before == "." || before == ">" || (FILENAME, word) in may) continue
                print FILENAME ":" FNR ": " word "(): " why[word]; rc = 1
        }
}
function allow(file, words,   w, n, i) { n = split(words, w, " "); for (i = 1; i <= n; i++) may[file, w[i]] = 1 }
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
END { exit rc }

#include "base/log.h"
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include "base/day.h"

static _Atomic int level_max = LOG_INFO;

void log_set_level(enum log_level level)
{
        level_max = (int)level;
}

void log_line(enum log_level level, const char *fmt, ...)
{
        static const char *const name[] = { "error", "warn", "info", "debug" };
        if ((int)level > level_max)
                return;
        struct timespec t;
        clock_gettime(CLOCK_REALTIME, &t);
        char at[40], line[2048];
        instant_format((struct instant){ (int64_t)t.tv_sec * US_PER_SECOND + t.tv_nsec / 1000 }, at);
        size_t room = sizeof line - 1;
        int head = snprintf(line, room, "%s %s ", at, name[level]);
        va_list args;
        va_start(args, fmt);
        int n = vsnprintf(line + head, room - (size_t)head, fmt, args);
        va_end(args);
        if (n < 0)
                return;
        size_t end = (size_t)head + (size_t)n;
        if (end > room - 1)
                end = room - 1;
        line[end] = '\n';
        fwrite(line, 1, end + 1, stderr); /* one call: lines of two threads do not mix */
}

#include "base/buf.h"
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/err.h"

/* Room for n more bytes and a NUL. False, and over, past the ceiling. */
static bool buf_room(struct buf *b, size_t n)
{
        if (b->over || n > b->max - b->n) {
                b->over = true;
                return false;
        }
        if (b->n + n < b->cap)
                return true;
        size_t cap = b->cap ? b->cap * 2 : 256;
        if (cap > b->max + 1)
                cap = b->max + 1;
        if (cap < b->n + n + 1)
                cap = b->n + n + 1;
        char *p = realloc(b->p, cap);
        if (!p)
                out_of_memory(cap);
        b->p = p;
        b->cap = cap;
        return true;
}

void buf_add(struct buf *b, const void *p, size_t n)
{
        if (n == 0 || !buf_room(b, n))
                return;
        memcpy(b->p + b->n, p, n);
        b->n += n;
}

char *buf_grow(struct buf *b, size_t n)
{
        return buf_room(b, n) ? b->p + b->n : NULL;
}

void buf_str(struct buf *b, struct str s)
{
        buf_add(b, s.p, s.n);
}

void buf_puts(struct buf *b, const char *s)
{
        buf_add(b, s, strlen(s));
}

void buf_char(struct buf *b, char c)
{
        if (buf_room(b, 1))
                b->p[b->n++] = c;
}

void buf_int(struct buf *b, int64_t v)
{
        char digit[20];
        size_t at = sizeof digit;
        uint64_t rest = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
        do {
                digit[--at] = (char)('0' + rest % 10);
                rest /= 10;
        } while (rest > 0);
        if (v < 0)
                digit[--at] = '-';
        buf_add(b, digit + at, sizeof digit - at);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
        va_list args;
        va_start(args, fmt);
        int n = vsnprintf(NULL, 0, fmt, args);
        va_end(args);
        if (n < 0)
                BUG("a format that cannot be printed");
        if (n == 0 || !buf_room(b, (size_t)n))
                return;
        va_start(args, fmt);
        vsnprintf(b->p + b->n, (size_t)n + 1, fmt, args);
        va_end(args);
        b->n += (size_t)n;
}

void buf_clear(struct buf *b)
{
        b->n = 0;
        b->over = false;
}

void buf_free(struct buf *b)
{
        free(b->p);
        b->p = NULL;
        b->n = b->cap = 0;
}

/* Bytes read into the buffer; 0 at the end; -1 on failure. */
static ssize_t buf_fill(struct buf *b, int fd)
{
        char piece[16384];
        ssize_t n;
        do
                n = read(fd, piece, sizeof piece);
        while (n < 0 && errno == EINTR);
        if (n > 0)
                buf_add(b, piece, (size_t)n);
        return n;
}

int buf_read_file(struct buf *b, const char *path)
{
        buf_clear(b);
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
                return errno == ENOENT || errno == ENOTDIR ? ERR_NONE : ERR_IO;
        ssize_t n;
        do
                n = buf_fill(b, fd);
        while (n > 0 && !b->over);
        close(fd);
        if (b->over)
                return ERR_TOO_BIG;
        return n < 0 ? ERR_IO : OK;
}

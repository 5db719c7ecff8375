/* base/buf.h — bytes that grow up to a ceiling given at birth. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/str.h"

struct buf {
        char *p;
        size_t n, cap;
        size_t max;  /* bytes; every buffer is born with a ceiling */
        bool over;   /* something did not fit; what was there stays, and nothing is added until buf_clear */
};

#define BUF(ceiling) ((struct buf){ .max = (ceiling) })
void buf_add(struct buf *, const void *p, size_t n);
/* Room for @n more bytes and a NUL behind what is there, not zeroed: the caller writes and adds the number to ->n.
 * NULL, and over, past the ceiling. */
char *buf_grow(struct buf *, size_t n); /* for buf_space alone */
static inline char *buf_space(struct buf *b, size_t n)
{
        return b->n + n < b->cap && !b->over ? b->p + b->n : buf_grow(b, n);
}
void buf_str(struct buf *, struct str);
void buf_puts(struct buf *, const char *);
void buf_char(struct buf *, char);
void buf_int(struct buf *, int64_t);
void buf_printf(struct buf *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_clear(struct buf *);
void buf_free(struct buf *);
static inline struct str buf_view(const struct buf *b) { return (struct str){ b->p, b->n }; }
/* The whole file, in place of what was there. ERR_NONE (no such file), ERR_IO, or ERR_TOO_BIG past the ceiling. */
int buf_read_file(struct buf *, const char *path);
#define BUF_AUTO __attribute__((cleanup(buf_free))) struct buf

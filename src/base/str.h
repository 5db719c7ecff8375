/* base/str.h — a view of text: pointer and length, not owned. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "base/arena.h"

struct str {
        const char *p; /* may be NULL when n is 0; not always NUL-terminated */
        size_t n;      /* bytes */
};

#define STR(lit) ((struct str){ "" lit, sizeof(lit) - 1 })
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).n, ((s).p ? (s).p : "")
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static inline struct str str_of(const char *c) { return (struct str){ c, c ? strlen(c) : 0 }; }
static inline bool str_eq(struct str a, struct str b) { return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0); }
static inline bool str_is(struct str a, const char *c) { return str_eq(a, str_of(c)); }
/* Byte order; shorter first when one is a prefix. */
int str_cmp(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* Offset of the first @needle in @hay, or -1. */
ptrdiff_t str_find(struct str hay, struct str needle);
/* ASCII blanks removed at both ends. */
struct str str_trim(struct str s);
/* The part before the next @sep; *rest moves past it. False when *rest is exhausted:
 * "" has no part and "a;" only one. */
bool str_split(struct str *rest, char sep, struct str *ret_part);
/* Copy into the arena, NUL-terminated. */
struct str str_dup(struct arena *, struct str);
struct str str_printf(struct arena *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
const char *str_c(struct arena *, struct str); /* NUL-terminated copy */
uint64_t str_hash(struct str s);

/* Whole text a decimal integer inside [lo, hi]. OK, ERR_TYPE or ERR_RANGE. */
int str_int(struct str s, int64_t lo, int64_t hi, int64_t *ret);
/* Whole text a finite decimal number. OK, ERR_TYPE. Locale-independent. */
int str_double(struct str s, double *ret);

/* Well-formed UTF-8 (no overlong forms, surrogates or code points past U+10FFFF). */
bool utf8_valid(struct str s);
/* Code points in valid text. */
size_t utf8_count(struct str s);
/* The next code point; *i moves past it. Text must be valid. */
uint32_t utf8_next(struct str s, size_t *i);
/* Bytes of the first @chars code points. */
size_t utf8_prefix(struct str s, size_t chars);
/* Control characters other than newline and tab (also U+0080-9F, bidi overrides, U+FEFF inside)? */
bool utf8_has_control(struct str s);
/* A code of the town folder: 1-64 of A-Z a-z 0-9 . _ - */
bool code_valid(struct str s);

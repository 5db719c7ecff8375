#include "base/str.h"
#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include "base/err.h"

int str_cmp(struct str a, struct str b)
{
        size_t n = a.n < b.n ? a.n : b.n;
        int c = n ? memcmp(a.p, b.p, n) : 0;
        if (c != 0)
                return c;
        return (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str prefix)
{
        return s.n >= prefix.n && str_eq((struct str){ s.p, prefix.n }, prefix);
}

bool str_ends(struct str s, struct str suffix)
{
        return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

ptrdiff_t str_find(struct str hay, struct str needle)
{
        if (needle.n == 0)
                return 0;
        if (hay.n < needle.n)
                return -1;
        const char *at = memmem(hay.p, hay.n, needle.p, needle.n);
        return at ? at - hay.p : -1;
}

static bool is_blank(char c)
{
        return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
        while (s.n > 0 && is_blank(s.p[0])) {
                s.p++;
                s.n--;
        }
        while (s.n > 0 && is_blank(s.p[s.n - 1]))
                s.n--;
        return s;
}

bool str_split(struct str *rest, char sep, struct str *ret_part)
{
        if (rest->n == 0)
                return false;
        const char *at = memchr(rest->p, sep, rest->n);
        size_t n = at ? (size_t)(at - rest->p) : rest->n;
        *ret_part = (struct str){ rest->p, n };
        size_t past = n + (at != NULL);
        rest->p += past;
        rest->n -= past;
        return true;
}

struct str str_dup(struct arena *a, struct str s)
{
        return (struct str){ arena_strndup(a, s.p, s.n), s.n };
}

struct str str_printf(struct arena *a, const char *fmt, ...)
{
        struct str s;
        va_list args;
        va_start(args, fmt);
        s.p = arena_vprintf(a, &s.n, fmt, args);
        va_end(args);
        return s;
}

const char *str_c(struct arena *a, struct str s)
{
        return arena_strndup(a, s.p, s.n);
}

uint64_t str_hash(struct str s)
{
        uint64_t h = UINT64_C(0x9e3779b97f4a7c15) ^ s.n, w;
        size_t i = 0;
        for (; i + 8 <= s.n; i += 8) {
                memcpy(&w, s.p + i, 8);
                h = (h ^ w) * UINT64_C(0xff51afd7ed558ccd);
                h ^= h >> 32;
        }
        w = 0;
        if (i < s.n)
                memcpy(&w, s.p + i, s.n - i);
        h = (h ^ w) * UINT64_C(0xc4ceb9fe1a85ec53);
        return h ^ h >> 29;
}

int str_int(struct str s, int64_t lo, int64_t hi, int64_t *ret)
{
        bool minus = s.n > 0 && s.p[0] == '-';
        size_t i = minus;
        if (i == s.n)
                return ERR_TYPE;
        int64_t v = 0;
        bool far = false;
        for (; i < s.n; i++) {
                int digit = s.p[i] - '0';
                if (digit < 0 || digit > 9)
                        return ERR_TYPE;
                far = far || __builtin_mul_overflow(v, 10, &v) || __builtin_sub_overflow(v, digit, &v);
        }
        /* Counted downwards: the most negative number has no positive twin. */
        if (far || (!minus && v == INT64_MIN))
                return ERR_RANGE;
        v = minus ? v : -v;
        if (v < lo || v > hi)
                return ERR_RANGE;
        *ret = v;
        return OK;
}

static locale_t c_locale;
static pthread_once_t c_locale_once = PTHREAD_ONCE_INIT;

static void c_locale_make(void)
{
        c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
        if (!c_locale)
                out_of_memory(sizeof c_locale);
}

int str_double(struct str s, double *ret)
{
        char text[64];
        if (s.n == 0 || s.n >= sizeof text)
                return ERR_TYPE;
        for (size_t i = 0; i < s.n; i++)
                if (s.p[i] == '\0' || !strchr("0123456789+-.eE", s.p[i]))
                        return ERR_TYPE;
        memcpy(text, s.p, s.n);
        text[s.n] = '\0';
        pthread_once(&c_locale_once, c_locale_make);
        char *end;
        double v = strtod_l(text, &end, c_locale);
        if (end != text + s.n || !isfinite(v))
                return ERR_TYPE;
        *ret = v;
        return OK;
}

bool code_valid(struct str s)
{
        if (s.n < 1 || s.n > 64)
                return false;
        for (size_t i = 0; i < s.n; i++) {
                char c = s.p[i];
                bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                if (!letter && !(c >= '0' && c <= '9') && c != '.' && c != '_' && c != '-')
                        return false;
        }
        return true;
}

#include "base/str.h"

/* Bytes of one character by its first byte; 0 = cannot begin one. */
static size_t lead_length(unsigned char c)
{
        if (c < 0x80)
                return 1;
        if (c >= 0xC2 && c <= 0xDF)
                return 2;
        if (c >= 0xE0 && c <= 0xEF)
                return 3;
        return c >= 0xF0 && c <= 0xF4 ? 4 : 0;
}

/* The second byte is where overlong forms, surrogates and code points past U+10FFFF show. */
static bool second_fits(unsigned char lead, unsigned char c)
{
        unsigned char lo = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        unsigned char hi = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        return c >= lo && c <= hi;
}

/* Chinese, nearly always: three bytes with nothing special about the second one. */
static bool is_plain_three(const unsigned char *p, size_t left)
{
        return left >= 3 && (p[0] & 0xF0) == 0xE0 && p[0] != 0xE0 && p[0] != 0xED && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80;
}

static bool tail_fits(const unsigned char *p, size_t n)
{
        for (size_t i = 2; i < n; i++)
                if ((p[i] & 0xC0) != 0x80)
                        return false;
        return true;
}

bool utf8_valid(struct str s)
{
        const unsigned char *p = (const unsigned char *)s.p;
        for (size_t i = 0; i < s.n;) {
                uint64_t w;
                if (s.n - i >= 8 && (memcpy(&w, p + i, 8), (w & UINT64_C(0x8080808080808080)) == 0)) {
                        i += 8;
                        continue;
                }
                if (is_plain_three(p + i, s.n - i)) {
                        i += 3;
                        continue;
                }
                size_t n = lead_length(p[i]);
                if (n == 0 || n > s.n - i)
                        return false;
                if (n > 1 && (!second_fits(p[i], p[i + 1]) || !tail_fits(p + i, n)))
                        return false;
                i += n;
        }
        return true;
}

size_t utf8_count(struct str s)
{
        size_t n = 0;
        for (size_t i = 0; i < s.n; i++)
                n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
        return n;
}

uint32_t utf8_next(struct str s, size_t *i)
{
        const unsigned char *p = (const unsigned char *)s.p + *i;
        size_t n = lead_length(p[0]);
        if (n <= 1) {
                *i += 1;
                return p[0];
        }
        uint32_t c = p[0] & (0xFFu >> (n + 1));
        for (size_t k = 1; k < n; k++)
                c = c << 6 | (p[k] & 0x3Fu);
        *i += n;
        return c;
}

size_t utf8_prefix(struct str s, size_t chars)
{
        size_t i = 0;
        for (; i < s.n; i++)
                if (((unsigned char)s.p[i] & 0xC0) != 0x80 && chars-- == 0)
                        break;
        return i;
}

static bool is_control(uint32_t c)
{
        if (c < 0x20)
                return c != '\n' && c != '\t';
        if (c >= 0x7F && c <= 0x9F)
                return true;
        /* Characters that turn the reading direction make a text look like another one. */
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

bool utf8_has_control(struct str s)
{
        for (size_t i = 0; i < s.n;)
                if (is_control(utf8_next(s, &i)))
                        return true;
        return false;
}

#include "base/json.h"
#include <math.h>
#include <stdio.h>

#define JSON_DEPTH_MAX 60

/* Before each value: a comma if one stands before it at this depth. */
static void value_starts(struct json *j)
{
        uint64_t bit = UINT64_C(1) << j->depth;
        if (j->more & bit)
                buf_char(j->out, ',');
        j->more |= bit;
}

static void nest(struct json *j, char c)
{
        value_starts(j);
        buf_char(j->out, c);
        if (++j->depth > JSON_DEPTH_MAX)
                BUG("JSON nested too deep");
        j->more &= ~(UINT64_C(1) << j->depth);
}

static void unnest(struct json *j, char c)
{
        if (--j->depth < 0)
                BUG("JSON closed more often than opened");
        buf_char(j->out, c);
}

void json_open(struct json *j)
{
        nest(j, '{');
}

void json_close(struct json *j)
{
        unnest(j, '}');
}

void json_list(struct json *j)
{
        nest(j, '[');
}

void json_end(struct json *j)
{
        unnest(j, ']');
}

static void put_escape(struct buf *out, unsigned char c)
{
        static const char letter[] = {
                ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r', ['"'] = '"', ['\\'] = '\\'
        };
        if (c < sizeof letter && letter[c])
                buf_add(out, (const char[]){ '\\', letter[c] }, 2);
        else
                buf_printf(out, "\\u%04x", c);
}

static bool needs_escape(unsigned char c)
{
        return (c < 0x20) | (c == '"') | (c == '\\') | (c == 0x7F);
}

static void put_text(struct buf *out, struct str s)
{
        size_t from = 0;
        for (size_t i = 0; i < s.n; i++) {
                if (!needs_escape((unsigned char)s.p[i]))
                        continue;
                buf_add(out, s.p + from, i - from);
                put_escape(out, (unsigned char)s.p[i]);
                from = i + 1;
        }
        if (s.n > from)
                buf_add(out, s.p + from, s.n - from);
}

/* Broken text must not break the document: what is not UTF-8 becomes U+FFFD. */
static void put_mended(struct buf *out, struct str s)
{
        for (size_t i = 0; i < s.n;) {
                size_t n = 1;
                while (n < 4 && n < s.n - i && !utf8_valid((struct str){ s.p + i, n }))
                        n++;
                bool fine = utf8_valid((struct str){ s.p + i, n });
                put_text(out, fine ? (struct str){ s.p + i, n } : STR("\xEF\xBF\xBD"));
                i += fine ? n : 1;
        }
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Has one of eight bytes the value 0? The high bit of some byte is set then, and only then. */
static uint64_t zero_in(uint64_t w)
{
        return (w - EACH(1)) & ~w & EACH(0x80);
}

/* Does one of eight bytes need an escape? As needs_escape. */
static uint64_t escape_in(uint64_t w)
{
        uint64_t control = (w - EACH(0x20)) & ~w & EACH(0x80);
        return control | zero_in(w ^ EACH('"')) | zero_in(w ^ EACH('\\')) | zero_in(w ^ EACH(0x7F));
}

/* Copies while it looks, for nearly all strings need no more than that: false when this one needs an escape, or mending. */
static bool copy_plain(char *to, struct str s)
{
        uint64_t w, escape = 0, high = 0;
        size_t i = 0;
        for (; i + 8 <= s.n; i += 8) {
                memcpy(&w, s.p + i, 8);
                memcpy(to + i, &w, 8);
                escape |= escape_in(w);
                high |= w;
        }
        for (; i < s.n; i++) {
                unsigned char c = (unsigned char)s.p[i];
                to[i] = (char)c;
                escape |= needs_escape(c);
                high |= c;
        }
        return !escape && (!(high & EACH(0x80)) || utf8_valid(s));
}

static void put_slowly(struct buf *out, struct str s)
{
        buf_char(out, '"');
        if (utf8_valid(s))
                put_text(out, s);
        else
                put_mended(out, s);
        buf_char(out, '"');
}

/* A comma where one is due, the string in quotes, and a colon behind a key. */
static void put_string(struct json *j, struct str s, bool key)
{
        bool comma = j->more >> j->depth & 1;
        size_t n = s.n + 2 + comma + key;
        char *to = buf_space(j->out, n);
        if (!to || !copy_plain(to + comma + 1, s)) {
                value_starts(j);
                put_slowly(j->out, s);
                if (key)
                        buf_char(j->out, ':');
                return;
        }
        to[0] = ',';
        to[comma] = '"';
        to[comma + 1 + s.n] = '"';
        if (key)
                to[n - 1] = ':';
        j->out->n += n;
        j->more |= UINT64_C(1) << j->depth;
}

void json_key(struct json *j, const char *name)
{
        put_string(j, str_of(name), true);
        j->more &= ~(UINT64_C(1) << j->depth);
}

void json_str(struct json *j, struct str s)
{
        put_string(j, s, false);
}

void json_c(struct json *j, const char *s)
{
        if (s)
                json_str(j, str_of(s));
        else
                json_null(j);
}

void json_int(struct json *j, int64_t v)
{
        value_starts(j);
        buf_int(j->out, v);
}

void json_id(struct json *j, int64_t v)
{
        value_starts(j);
        buf_char(j->out, '"');
        buf_int(j->out, v);
        buf_char(j->out, '"');
}

void json_raw(struct json *j, struct str s)
{
        value_starts(j);
        buf_str(j->out, s);
}

void json_flag(struct json *j, bool v)
{
        json_raw(j, v ? STR("true") : STR("false"));
}

void json_null(struct json *j)
{
        json_raw(j, STR("null"));
}

void json_double(struct json *j, double v, int decimals)
{
        char text[400];
        if (!isfinite(v)) {
                json_null(j);
                return;
        }
        snprintf(text, sizeof text, "%.*f", decimals < 17 ? decimals : 17, v);
        bool zero = true;
        for (char *p = text; *p; p++) {
                zero = zero && !(*p >= '1' && *p <= '9');
                if (*p != '-' && (*p < '0' || *p > '9'))
                        *p = '.'; /* whatever the locale writes */
        }
        json_raw(j, str_of(zero && text[0] == '-' ? text + 1 : text));
}

void json_instant(struct json *j, struct instant t)
{
        char text[40];
        json_c(j, instant_is_none(t) ? NULL : instant_format(t, text));
}

void json_day(struct json *j, struct day d)
{
        char text[11];
        json_c(j, day_is_none(d) ? NULL : day_format(d, text));
}

void json_kstr(struct json *j, const char *k, struct str v)
{
        json_key(j, k);
        json_str(j, v);
}

void json_kc(struct json *j, const char *k, const char *v)
{
        json_key(j, k);
        json_c(j, v);
}

void json_kint(struct json *j, const char *k, int64_t v)
{
        json_key(j, k);
        json_int(j, v);
}

void json_kid(struct json *j, const char *k, int64_t v)
{
        json_key(j, k);
        json_id(j, v);
}

void json_kbool(struct json *j, const char *k, bool v)
{
        json_key(j, k);
        json_flag(j, v);
}

void json_kinstant(struct json *j, const char *k, struct instant v)
{
        json_key(j, k);
        json_instant(j, v);
}

void json_kday(struct json *j, const char *k, struct day v)
{
        json_key(j, k);
        json_day(j, v);
}

#include "insight/tokens.h"
#include <stdio.h>

#define WORD_MAX 32  /* code points of one word; the rest is not kept */
#define DIGITS_MAX 6 /* of one word */
#define JOINED_MAX 9 /* of words joined by single blanks, dashes or dots: longer than any date or door number */

enum glyph { GLYPH_GAP, GLYPH_LETTER, GLYPH_CHARACTER };

struct range {
        uint32_t from, to;
        enum glyph glyph;
};
/* Rising. What stands in none of them is a letter. */
static const struct range ranges[] = {
        { 0x0000, 0x002F, GLYPH_GAP },         { 0x003A, 0x0040, GLYPH_GAP },       { 0x005B, 0x0060, GLYPH_GAP },
        { 0x007B, 0x00BF, GLYPH_GAP },         { 0x00D7, 0x00D7, GLYPH_GAP },       { 0x00F7, 0x00F7, GLYPH_GAP },
        { 0x060C, 0x060D, GLYPH_GAP },         { 0x061B, 0x061F, GLYPH_GAP },       { 0x066A, 0x066D, GLYPH_GAP },
        { 0x06D4, 0x06D4, GLYPH_GAP }, /* Arabic, as Uyghur and Kazakh are written */
        { 0x0F01, 0x0F17, GLYPH_GAP },         { 0x0F3A, 0x0F3D, GLYPH_GAP }, /* Tibetan: the dot between syllables */
        { 0x1800, 0x180A, GLYPH_GAP },                                        /* Mongolian */
        { 0x2000, 0x200B, GLYPH_GAP },         { 0x200E, 0x206F, GLYPH_GAP },       { 0x20A0, 0x20CF, GLYPH_GAP },
        { 0x2100, 0x2BFF, GLYPH_GAP },         { 0x2E00, 0x2E7F, GLYPH_GAP },       { 0x2E80, 0x2FDF, GLYPH_CHARACTER },
        { 0x2FF0, 0x3004, GLYPH_GAP },         { 0x3005, 0x3007, GLYPH_CHARACTER }, { 0x3008, 0x3020, GLYPH_GAP },
        { 0x3021, 0x3029, GLYPH_CHARACTER },   { 0x302A, 0x3040, GLYPH_GAP },       { 0x3041, 0x318F, GLYPH_CHARACTER },
        { 0x3190, 0x319F, GLYPH_GAP },         { 0x31A0, 0x31BF, GLYPH_CHARACTER }, { 0x31C0, 0x31EF, GLYPH_GAP },
        { 0x31F0, 0x31FF, GLYPH_CHARACTER },   { 0x3200, 0x33FF, GLYPH_GAP },       { 0x3400, 0x4DBF, GLYPH_CHARACTER },
        { 0x4DC0, 0x4DFF, GLYPH_GAP },         { 0x4E00, 0xA48F, GLYPH_CHARACTER }, { 0xA490, 0xA4CF, GLYPH_GAP },
        { 0xAC00, 0xD7A3, GLYPH_CHARACTER },   { 0xE000, 0xFAFF, GLYPH_CHARACTER }, /* private area: rare ones */
        { 0xFD3E, 0xFD3F, GLYPH_GAP },         { 0xFE00, 0xFE6F, GLYPH_GAP },       { 0xFEFF, 0xFF0F, GLYPH_GAP },
        { 0xFF1A, 0xFF20, GLYPH_GAP },         { 0xFF3B, 0xFF40, GLYPH_GAP },       { 0xFF5B, 0xFF65, GLYPH_GAP },
        { 0xFF66, 0xFFDC, GLYPH_CHARACTER },   { 0xFFE0, 0xFFFF, GLYPH_GAP },       { 0x1F000, 0x1FAFF, GLYPH_GAP },
        { 0x20000, 0x3FFFF, GLYPH_CHARACTER }, { 0xE0000, 0x10FFFF, GLYPH_GAP },
};

static enum glyph glyph_of(uint32_t c)
{
        size_t lo = 0, hi = COUNT(ranges);
        while (lo < hi) {
                size_t mid = (lo + hi) / 2;
                if (c > ranges[mid].to)
                        lo = mid + 1;
                else
                        hi = mid;
        }
        return lo < COUNT(ranges) && c >= ranges[lo].from ? ranges[lo].glyph : GLYPH_LETTER;
}

/* Capitals of Latin, Greek and Cyrillic, and full-width ASCII, become the plain small letter. */
static uint32_t fold(uint32_t c)
{
        if (c >= 0xFF01 && c <= 0xFF5E)
                c -= 0xFEE0;
        if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
            (c >= 0x410 && c <= 0x42F))
                return c + 32;
        if (c >= 0x400 && c <= 0x40F)
                return c + 80;
        if ((c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9))
                return '0' + (c & 15);
        return c;
}

static bool is_digit(uint32_t c)
{
        return c >= '0' && c <= '9';
}

/* ---- runs: what stands together -----------------------------------------------------------------------------------
 */

struct run {
        enum glyph glyph;
        uint32_t c[WORD_MAX]; /* a word; for characters only the last two */
        size_t n;             /* code points of the whole run */
        size_t digits;
        bool ascii;
};

#define TOKEN_MAX (24 + 1 + WORD_MAX * 6 + 1) /* bytes: town, kind, code points, mark */

struct maker {
        char town[24];
        size_t town_n;
        struct buf *out;
        bool query;
        size_t made;
};

static char *put_point(char *p, uint32_t c)
{
        static const char hex[] = "0123456789abcdef";
        if (c > 0xFFFF) {
                *p++ = 'g';
                *p++ = hex[c >> 16 & 15];
        }
        for (int shift = 12; shift >= 0; shift -= 4)
                *p++ = hex[c >> shift & 15];
        return p;
}

static bool stands_already(const struct buf *out, struct str token)
{
        struct str rest = buf_view(out), one;
        while (str_split(&rest, ' ', &one))
                if (str_eq(one, token))
                        return true;
        return false;
}

static void put_token(struct maker *m, char kind, const uint32_t *c, size_t n)
{
        char text[1 + TOKEN_MAX] = " ", *p = text + 1;
        memcpy(p, m->town, m->town_n);
        p += m->town_n;
        *p++ = kind;
        for (size_t i = 0; i < n; i++) {
                if (kind == 'x')
                        *p++ = (char)c[i];
                else
                        p = put_point(p, c[i]);
        }
        if (m->query && kind == 'z' && n == 1)
                *p++ = '*';
        if (m->query &&
            (m->made == TOKENS_QUERY_MAX || stands_already(m->out, (struct str){ text + 1, (size_t)(p - text) - 1 })))
                return;
        bool first = m->made++ == 0;
        buf_add(m->out, text + first, (size_t)(p - text) - first);
}

static void run_end(struct maker *m, struct run *r)
{
        if (r->glyph == GLYPH_LETTER && r->digits <= DIGITS_MAX)
                put_token(m, r->ascii ? 'x' : 'y', r->c, r->n < WORD_MAX ? r->n : WORD_MAX);
        if (r->glyph == GLYPH_CHARACTER && (!m->query || r->n == 1))
                put_token(m, 'z', &r->c[1], 1);
        r->glyph = GLYPH_GAP;
        r->n = 0;
}

static void run_add(struct maker *m, struct run *r, enum glyph glyph, uint32_t c)
{
        if (r->n == 0) {
                r->glyph = glyph;
                r->digits = 0;
                r->ascii = true;
        }
        r->n++;
        if (glyph == GLYPH_CHARACTER) {
                r->c[0] = r->c[1];
                r->c[1] = c;
                if (r->n > 1)
                        put_token(m, 'z', r->c, 2);
                return;
        }
        if (r->n <= WORD_MAX)
                r->c[r->n - 1] = c;
        r->ascii = r->ascii && c < 0x80;
        r->digits += is_digit(c);
}

/* "138 0000 0000" is as much a person's number as without the blanks. Where a long one ends that begins at @from
 * (behind a gap), or @from. */
static size_t past_number(struct str text, size_t from)
{
        size_t digits = 0, end = from;
        bool joint = false;
        for (size_t i = from; i < text.n;) {
                uint32_t c = fold(utf8_next(text, &i));
                if (is_digit(c)) {
                        digits++;
                        end = i;
                        joint = false;
                } else if (!joint && digits && (c == ' ' || c == '-' || c == '.' || c == 0x3000)) {
                        joint = true;
                } else {
                        break;
                }
        }
        return digits > JOINED_MAX ? end : from;
}

static size_t make(int64_t town, struct str text, struct buf *out, bool query)
{
        struct maker m = { .out = out, .query = query };
        struct run run = { .glyph = GLYPH_GAP };
        m.town_n = (size_t)snprintf(m.town, sizeof(m.town), "%lld", (long long)town);
        for (size_t i = 0; i < text.n;) {
                size_t at = i;
                uint32_t c = fold(utf8_next(text, &i));
                enum glyph glyph = glyph_of(c);
                if (glyph != run.glyph)
                        run_end(&m, &run);
                if (run.n == 0 && is_digit(c) && past_number(text, at) != at) {
                        i = past_number(text, at);
                        continue;
                }
                if (glyph != GLYPH_GAP)
                        run_add(&m, &run, glyph, c);
        }
        run_end(&m, &run);
        return m.made;
}

size_t tokens_of(int64_t town, struct str text, struct buf *out)
{
        return make(town, text, out, false);
}

size_t tokens_query(int64_t town, struct str text, struct buf *out)
{
        return make(town, text, out, true);
}

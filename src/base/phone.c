#include "base/phone.h"
#include <string.h>
#include "base/err.h"

#define GROUPS_MAX 4 /* groups of digits with hyphens between them */

struct dialled {
        char digit[PHONE_DIGITS_MAX + 5]; /* 00 and an E.164 number; a digit more is too many */
        size_t n;
        size_t area;      /* digits before the last hyphen that was written; 0 = none */
        size_t hyphens;
        bool abroad;      /* + in front */
        char extension[PHONE_EXTENSION_MAX + 1];
        size_t ext_n;
};

/* The plain character for a full-width one or another writing of the same mark. */
static uint32_t plain(uint32_t c)
{
        if (c >= 0xFF01 && c <= 0xFF5E)
                return c - 0xFF01 + '!';
        if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
                return '-';
        return c == 0x3000 || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == '\t' ? ' ' : c;
}

/* How many bytes at @at say that an extension follows; 0 = none. */
static size_t says_extension(struct str s, size_t at)
{
        static const char *const said[] = { "转分机", "转", "轉", "分机", "分機", "ext.", "ext", "Ext.", "Ext", "EXT", "x", "#" };
        struct str rest = { s.p + at, s.n - at };
        for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++)
                if (str_starts(rest, str_of(said[i])))
                        return strlen(said[i]);
        return 0;
}

static int read_extension(struct str s, size_t at, struct dialled *d)
{
        while (at < s.n) {
                uint32_t c = plain(utf8_next(s, &at));
                if (c == ' ' || (c == ':' && d->ext_n == 0))
                        continue;
                if (c < '0' || c > '9' || d->ext_n == PHONE_EXTENSION_MAX)
                        return ERR_TYPE;
                d->extension[d->ext_n++] = (char)c;
        }
        return d->ext_n > 0 ? OK : ERR_TYPE;
}

static int take_mark(struct dialled *d, uint32_t c)
{
        if (c == '+' && d->n == 0 && !d->abroad) {
                d->abroad = true;
                return OK;
        }
        if (c == ' ' || c == '.' || c == '(')
                return OK;
        if ((c != '-' && c != ')') || d->n == 0 || d->hyphens == GROUPS_MAX - 1)
                return ERR_TYPE;
        if (d->area != d->n) { /* (010)-1234: one hyphen */
                d->hyphens++;
                d->area = d->n;
        }
        return OK;
}

static int scan(struct str s, struct dialled *d)
{
        for (size_t i = 0; i < s.n;) {
                size_t skip = says_extension(s, i);
                if (skip > 0 && d->n > 0)
                        return read_extension(s, i + skip, d);
                uint32_t c = plain(utf8_next(s, &i));
                if (c >= '0' && c <= '9') {
                        if (d->n == sizeof(d->digit))
                                return ERR_TYPE;
                        d->digit[d->n++] = (char)c;
                } else if (take_mark(d, c) != OK) {
                        return ERR_TYPE;
                }
        }
        return d->n > 0 && d->area < d->n ? OK : ERR_TYPE; /* nothing, or a hyphen at the end */
}

static void cut(struct dialled *d, size_t n)
{
        memmove(d->digit, d->digit + n, d->n - n);
        d->n -= n;
        d->area = d->area > n ? d->area - n : 0;
}

static bool is_mobile(const struct dialled *d, size_t n)
{
        return n == 11 && d->digit[0] == '1' && d->digit[1] >= '3';
}

static bool is_service(const struct dialled *d, size_t n)
{
        return n == 10 && (memcmp(d->digit, "400", 3) == 0 || memcmp(d->digit, "800", 3) == 0);
}

/* 010, 02x, 03xx to 09xx and 7 or 8 digits. */
static bool has_area(const struct dialled *d, size_t n)
{
        return d->digit[0] == '0' && (d->digit[1] >= '2' || memcmp(d->digit, "010", 3) == 0) && n >= 10 && n <= 12;
}

/* What may have an extension behind it: a number with an area code, or without one (no local number begins with 0 or 1), or a service number. */
static bool puts_through(const struct dialled *d, size_t n)
{
        if (d->digit[0] == '0')
                return has_area(d, n);
        return is_service(d, n) || ((n == 7 || n == 8) && d->digit[0] >= '2');
}

static bool at_home(const struct dialled *d)
{
        if (d->n == 11 && d->digit[0] == '1')
                return is_mobile(d, d->n);
        if (d->digit[0] == '0')
                return has_area(d, d->n);
        return (d->n >= 3 && d->n <= 8) || is_service(d, d->n);
}

/* 86 in front of a number of here. What is left has its area code without the 0 that only those who are here dial. */
static void without_country(struct dialled *d)
{
        if (!d->abroad && d->n > 2 && memcmp(d->digit, "00", 2) == 0) {
                cut(d, 2);
                d->abroad = true;
        }
        bool ours = d->n > 2 && memcmp(d->digit, "86", 2) == 0 && (d->abroad || (d->n == 13 && d->digit[2] == '1'));
        if (!ours)
                return;
        cut(d, 2);
        d->abroad = false;
        bool bare = d->digit[0] != '0' && !is_mobile(d, d->n) && d->n >= 9 && !at_home(d);
        if (bare && d->n < sizeof(d->digit)) {
                memmove(d->digit + 1, d->digit, d->n);
                d->digit[0] = '0';
                d->n++;
                d->area += d->area > 0;
        }
}

static void come_home(struct dialled *d)
{
        without_country(d);
        if (!d->abroad && d->n == 12 && d->digit[0] == '0' && d->digit[1] == '1' && d->digit[2] >= '3')
                cut(d, 1); /* 0138 0000 0001, as it was dialled once */
}

/* 010-12345678-801: the last group is an extension where what stands before it is a number already. */
static void split_extension(struct dialled *d)
{
        size_t behind = d->n - d->area;
        if (d->abroad || d->ext_n > 0 || d->area == 0 || behind > PHONE_EXTENSION_MAX || at_home(d) || !puts_through(d, d->area))
                return;
        memcpy(d->extension, d->digit + d->area, behind);
        d->ext_n = behind;
        d->n = d->area;
        d->area = 0;
}

/* Where the area code ends, told by the digits alone, since not everybody writes a hyphen there: 010 and 02x have three, others four. */
static size_t area_of(const struct dialled *d)
{
        if (d->digit[0] != '0')
                return 0;
        return d->digit[1] == '1' || d->digit[1] == '2' ? 3 : 4;
}

int phone_read(struct arena *a, struct str text, struct str *ret)
{
        struct dialled d = { 0 };
        text = str_trim(text);
        if (!utf8_valid(text) || scan(text, &d) != OK)
                return ERR_TYPE;
        come_home(&d);
        split_extension(&d);
        if (d.abroad ? d.n < 7 || d.n > PHONE_DIGITS_MAX || d.digit[0] == '0' : !at_home(&d))
                return ERR_TYPE;
        if (d.ext_n > 0 && !d.abroad && !puts_through(&d, d.n))
                return ERR_TYPE;
        size_t area = d.abroad ? 0 : area_of(&d);
        *ret = str_printf(a, "%s%.*s%s%.*s%s%.*s", d.abroad ? "+" : "", (int)area, d.digit, area ? "-" : "", (int)(d.n - area), d.digit + area,
                          !d.ext_n ? "" : d.abroad ? "x" : "转", (int)d.ext_n, d.extension);
        return OK;
}

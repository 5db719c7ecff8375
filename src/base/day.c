#include "base/day.h"
#include "base/err.h"

#define YEAR_MIN 1900
#define YEAR_MAX 2199

/* Days before the first of March of an era's year make the leap day the last one of the year,
 * so that no month table is needed; an era is 400 years of 146,097 days. */
static int32_t civil_to_days(int year, int month, int dom)
{
        int y = year - (month <= 2);
        int era = (y >= 0 ? y : y - 399) / 400;
        int yoe = y - era * 400;
        int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dom - 1;
        int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
        return era * 146097 + doe - 719468;
}

void day_split(struct day d, int *ret_year, int *ret_month, int *ret_dom)
{
        int64_t z = (int64_t)d.n + 719468;
        int64_t era = (z >= 0 ? z : z - 146096) / 146097;
        int doe = (int)(z - era * 146097);
        int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
        int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        int mp = (5 * doy + 2) / 153;
        *ret_dom = doy - (153 * mp + 2) / 5 + 1;
        *ret_month = mp + (mp < 10 ? 3 : -9);
        *ret_year = (int)(yoe + era * 400) + (*ret_month <= 2);
}

static int month_days(int year, int month)
{
        static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
        bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return length[month - 1] + (month == 2 && leap);
}

bool day_make(int year, int month, int dom, struct day *ret)
{
        if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12)
                return false;
        if (dom < 1 || dom > month_days(year, month))
                return false;
        ret->n = civil_to_days(year, month, dom);
        return true;
}

/* Exactly @width digits at @at; -1 otherwise. */
static int digits(struct str s, size_t at, size_t width)
{
        if (at + width > s.n)
                return -1;
        int v = 0;
        for (size_t i = at; i < at + width; i++) {
                if (s.p[i] < '0' || s.p[i] > '9')
                        return -1;
                v = v * 10 + (s.p[i] - '0');
        }
        return v;
}

static bool char_at(struct str s, size_t at, const char *any)
{
        return at < s.n && s.p[at] != '\0' && strchr(any, s.p[at]) != NULL;
}

int day_parse(struct str s, struct day *ret)
{
        if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-')
                return ERR_TYPE;
        int y = digits(s, 0, 4), m = digits(s, 5, 2), d = digits(s, 8, 2);
        return y >= 0 && m >= 0 && d >= 0 && day_make(y, m, d, ret) ? OK : ERR_TYPE;
}

int day_weekday(struct day d)
{
        int64_t w = ((int64_t)d.n + 3) % 7; /* 1970-01-01 was a Thursday */
        return (int)(w < 0 ? w + 7 : w);
}

static char *put_digits(char *out, int v, int width)
{
        for (int i = width - 1; i >= 0; i--, v /= 10)
                out[i] = (char)('0' + v % 10);
        return out + width;
}

char *day_format(struct day d, char out[static 11])
{
        int y, m, dom;
        day_split(d, &y, &m, &dom);
        char *p = out;
        if (y >= 0 && y <= 9999) {
                p = put_digits(p, y, 4);
                *p++ = '-';
                p = put_digits(p, m, 2);
                *p++ = '-';
                p = put_digits(p, dom, 2);
        }
        *p = '\0';
        return out;
}

/* "HH:MM[:SS[.f]]" from *at on; *at moves past it. */
static bool clock_parse(struct str s, size_t *at, int64_t *ret_us, bool *ret_seconds)
{
        int h = digits(s, *at, 2), m = digits(s, *at + 3, 2), sec = 0;
        if (h < 0 || h > 23 || m < 0 || m > 59 || !char_at(s, *at + 2, ":"))
                return false;
        *at += 5;
        *ret_us = h * US_PER_HOUR + m * US_PER_MINUTE;
        *ret_seconds = char_at(s, *at, ":");
        if (!*ret_seconds)
                return true;
        sec = digits(s, *at + 1, 2);
        if (sec < 0 || sec > 59)
                return false;
        *at += 3;
        *ret_us += sec * US_PER_SECOND;
        if (!char_at(s, *at, "."))
                return true;
        size_t first = ++*at;
        for (int64_t unit = US_PER_SECOND / 10; *at < s.n && unit > 0 && digits(s, *at, 1) >= 0; ++*at, unit /= 10)
                *ret_us += digits(s, *at, 1) * unit;
        return *at > first;
}

/* "Z" or "+08:00" filling the rest of the text. */
static bool zone_parse(struct str s, size_t at, int64_t *ret_us)
{
        *ret_us = 0;
        if (char_at(s, at, "Zz"))
                return at + 1 == s.n;
        int h = digits(s, at + 1, 2), m = digits(s, at + 4, 2);
        if (s.n != at + 6 || !char_at(s, at, "+-") || !char_at(s, at + 3, ":"))
                return false;
        if (h < 0 || h > 23 || m < 0 || m > 59)
                return false;
        *ret_us = (h * US_PER_HOUR + m * US_PER_MINUTE) * (s.p[at] == '-' ? -1 : 1);
        return true;
}

int instant_parse(struct str s, struct instant *ret)
{
        struct day d;
        int64_t clock, zone = CST_OFFSET_US;
        bool seconds;
        size_t at = 11;
        if (s.n < 16 || day_parse((struct str){ s.p, 10 }, &d) != OK || !char_at(s, 10, "Tt "))
                return ERR_TYPE;
        if (!clock_parse(s, &at, &clock, &seconds))
                return ERR_TYPE;
        if (at < s.n && (!seconds || !zone_parse(s, at, &zone)))
                return ERR_TYPE;
        ret->us = d.n * US_PER_DAY + clock - zone;
        return OK;
}

static int64_t floor_div(int64_t a, int64_t b)
{
        return a / b - (a % b < 0);
}

struct day instant_day(struct instant t)
{
        return (struct day){ (int32_t)floor_div(t.us + CST_OFFSET_US, US_PER_DAY) };
}

int64_t instant_us_of_day(struct instant t)
{
        int64_t local = t.us + CST_OFFSET_US;
        return local - floor_div(local, US_PER_DAY) * US_PER_DAY;
}

struct instant day_start(struct day d)
{
        return (struct instant){ d.n * US_PER_DAY - CST_OFFSET_US };
}

struct instant day_end(struct day d)
{
        return (struct instant){ day_start(d).us + US_PER_DAY - 1 };
}

char *instant_format(struct instant t, char out[static 40])
{
        out[0] = '\0';
        if (instant_is_none(t) || *day_format(instant_day(t), out) == '\0')
                return out;
        int64_t us = instant_us_of_day(t);
        char *p = out + 10;
        *p++ = 'T';
        p = put_digits(p, (int)(us / US_PER_HOUR), 2);
        *p++ = ':';
        p = put_digits(p, (int)(us / US_PER_MINUTE % 60), 2);
        *p++ = ':';
        p = put_digits(p, (int)(us / US_PER_SECOND % 60), 2);
        if (us % US_PER_SECOND) {
                *p++ = '.';
                p = put_digits(p, (int)(us % US_PER_SECOND), 6);
        }
        memcpy(p, "+08:00", 7);
        return out;
}

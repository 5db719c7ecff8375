#include "base/calendar.h"

const struct office_hours office_hours_default = { 2, { { 9 * 60, 12 * 60 }, { 14 * 60, 18 * 60 } } };

/* "09:00" to minutes; 24:00 is the end of the day. */
static int clock_minutes(struct str s)
{
        int64_t h, m;
        if (s.n != 5 || s.p[2] != ':')
                return -1;
        if (str_int((struct str){ s.p, 2 }, 0, 24, &h) != OK || str_int((struct str){ s.p + 3, 2 }, 0, 59, &m) != OK)
                return -1;
        return s.p[0] == '-' || s.p[3] == '-' || (h == 24 && m > 0) ? -1 : (int)(h * 60 + m);
}

static int span_parse(struct str s, struct office_span *ret)
{
        s = str_trim(s);
        if (s.n != 11 || s.p[5] != '-')
                return ERR_TYPE;
        int from = clock_minutes((struct str){ s.p, 5 }), to = clock_minutes((struct str){ s.p + 6, 5 });
        if (from < 0 || to < 0)
                return ERR_TYPE;
        if (from >= to)
                return ERR_RANGE;
        *ret = (struct office_span){ (int16_t)from, (int16_t)to };
        return OK;
}

int office_hours_parse(const struct str *part, size_t n, struct office_hours *ret)
{
        struct office_hours h = { 0 };
        if (n < 1 || n > OFFICE_SPANS_MAX)
                return ERR_RANGE;
        for (; h.n < n; h.n++) {
                int e = span_parse(part[h.n], &h.span[h.n]);
                if (e < 0)
                        return e;
                if (h.n > 0 && h.span[h.n].from < h.span[h.n - 1].to)
                        return ERR_RANGE;
        }
        *ret = h;
        return OK;
}

int64_t office_hours_us(const struct office_hours *h)
{
        int64_t minutes = 0;
        for (size_t i = 0; i < h->n; i++)
                minutes += h->span[i].to - h->span[i].from;
        return minutes * US_PER_MINUTE;
}

bool office_is_open(const struct calendar *calendar, const struct office_hours *hours, struct instant at)
{
        const struct office_hours *h = hours ? hours : &office_hours_default;
        struct day today = instant_day(at);
        int64_t minute = (at.us - day_start(today).us) / US_PER_MINUTE;
        for (size_t i = 0; i < h->n; i++)
                if (h->span[i].from <= minute && minute < h->span[i].to)
                        return calendar_is_work(calendar, today);
        return false;
}

#include "notice/when.h"

static bool inside(int64_t minute, struct quiet_hours h)
{
        return h.from <= h.to ? minute >= h.from && minute < h.to : minute >= h.from || minute < h.to;
}

/* The next time the clock shows this minute of the day, after @at. */
static struct instant next_at(struct instant at, int32_t minute)
{
        struct instant t = { day_start(instant_day(at)).us + minute * US_PER_MINUTE };
        if (t.us <= at.us)
                t.us += US_PER_DAY;
        return t;
}

struct instant notice_when(struct instant at, struct quiet_hours quiet, struct quiet_hours chosen)
{
        int64_t minute = instant_us_of_day(at) / US_PER_MINUTE;
        if (chosen.from != chosen.to)
                return inside(minute, chosen) ? at : next_at(at, chosen.from);
        if (quiet.from == quiet.to || !inside(minute, quiet))
                return at;
        return next_at(at, quiet.to);
}

bool notice_retry(int32_t tries, bool urgent, int64_t *ret_wait)
{
        static const int64_t usual[] = { 1, 5, 30, 120, 360, 720 }, soon[] = { 1, 3 }; /* minutes */
        const int64_t *minutes = urgent ? soon : usual;
        size_t n = urgent ? COUNT(soon) : COUNT(usual);
        if (tries < 1 || (size_t)tries > n)
                return false;
        *ret_wait = minutes[tries - 1] * US_PER_MINUTE;
        return true;
}

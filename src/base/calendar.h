/* base/calendar.h — is this a working day, and which is the n-th after it? And when is the office open?
 *
 * Working days (工作日) are Monday to Friday without the holidays of the State Council, and with the weekend days
 * worked instead (调休上班), both from the notice of each year (data/holidays, compiled in), under the days that
 * a town sets itself (calendar.csv). Years 1900-2199. A year whose notice is not compiled in follows the weekend
 * rule alone: not published. Festivals of one ethnic region (全国年节及纪念日放假办法 第四条) are local days.
 *
 * A calendar is built once, never changes, and is read by any number of threads. About 28 KiB.
 */
#pragma once
#include "base/day.h"
#include "base/err.h"

/* A row of calendar.csv: a day on which this town, or one of its offices, differs. */
struct local_day {
        struct day day;
        bool work;
        struct str name; /* of the festival or the reason, as the town writes it */
};

struct calendar;

/* The national calendar under @local (any order; the later of two rows for one day wins; days outside 1900-2199
 * are left out). An office's own calendar is the town's rows followed by the office's. When the rows of a year after
 * the last notice name all seven festivals as days off, a town has typed in the notice: the year is published.
 * Everything lives in the arena. */
struct calendar *calendar_build(struct arena *, const struct local_day *local, size_t n);

/* Which calendar this is, kept with every deadline: "cn-2026.1f0c5a7e" (last notice and a digest of all of them),
 * then "+" and a digest of the local days, if any. Equal text means equal days. */
struct str calendar_version(const struct calendar *);

/* False outside 1900-2199. */
bool calendar_is_work(const struct calendar *, struct day);
/* The @n-th working day after @d, which is not counted itself; before it when n < 0; @d when n is 0.
 * OK, or ERR_RANGE outside 1900-2199. */
int calendar_add_work(const struct calendar *, struct day d, int32_t n, struct day *ret);
/* Working days after @after up to and with @upto; 0 when there are none. Both inside 1900-2199. */
int32_t calendar_count_work(const struct calendar *, struct day after, struct day upto);
/* Are all days from @from to @to in years whose notice is known? */
bool calendar_published(const struct calendar *, struct day from, struct day to);

enum day_kind {
        DAY_WORKDAY,    /* Monday to Friday */
        DAY_WEEKEND,
        DAY_HOLIDAY,    /* off by the State Council's notice */
        DAY_MAKEUP,     /* a weekend day worked instead */
        DAY_LOCAL_OFF,  /* off by the town's calendar */
        DAY_LOCAL_WORK, /* worked by the town's calendar */
};
struct day_why {
        enum day_kind kind;
        struct say name; /* of the holiday; empty for plain days. Local names are the same in both languages. */
};
struct day_why calendar_why(const struct calendar *, struct day);
/* "周一", "Monday" */
struct say day_name(struct day);

/* Office hours (办公时间) of a working day: minutes since midnight, rising, apart; at least one. */
#define OFFICE_SPANS_MAX 6
struct office_span {
        int16_t from, to; /* 0-1440, from < to; the office is open while from <= t < to */
};
struct office_hours {
        size_t n;
        struct office_span span[OFFICE_SPANS_MAX];
};
extern const struct office_hours office_hours_default; /* 09:00-12:00, 14:00-18:00 */
/* From "09:00-12:00" texts, in rising order. OK; ERR_TYPE for another form; ERR_RANGE for none, more than six,
 * an empty, falling or overlapping one. */
int office_hours_parse(const struct str *part, size_t n, struct office_hours *ret);
/* Is the office open at @at, on a working day of @calendar? @hours NULL: the default. */
bool office_is_open(const struct calendar *calendar, const struct office_hours *hours, struct instant at);
/* Open microseconds of a whole working day. */
int64_t office_hours_us(const struct office_hours *);

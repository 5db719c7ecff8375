/* people/roster.h — who is on duty tonight: roster.csv (值班表).
 *
 * Pure. A shift is written "HH:MM-HH:MM" (an end at or before the beginning lies on the next day; 00:00-24:00 is the
 * whole day), or by name: day 白班 = 08:30-17:30, night 夜班 = 17:30-08:30 of the next day, all 全天 = 08:30-08:30 of
 * the next day. Times are China Standard Time. `officer` may list several logins separated by ";".
 */
#pragma once
#include "base/day.h"
#include "base/finding.h"
#include "people/staff.h"

#define ROSTER_OFFICERS_MAX 8
#define ROSTER_CHECK_DAYS 30

/* A turn that somebody else has taken (people/swap.h): indexes in staff. */
struct shift_swap {
        uint32_t from, to;
        bool leads;
        struct str why, by;         /* why: "" once it is forgotten; by: the login of who approved it */
};
struct shift {
        struct instant from, to;    /* half-open; at most 24 hours */
        struct day date;            /* as written: the day it begins */
        struct str name;            /* as written */
        uint32_t leader;            /* index in staff, STAFF_NONE if unknown */
        uint32_t officer[ROSTER_OFFICERS_MAX];
        size_t n_officers;
        int32_t line;
        const struct shift_swap *swap; /* n_swaps of them, laid over what the file says; none in a folder */
        size_t n_swaps;
};
struct roster {
        struct shift *row;          /* by from, then line */
        size_t n;
        const struct staff_list *staff;
};

/* @text is UTF-8. @today: DAY_NONE leaves out the check for gaps. Findings in roster.csv, besides those of csv_read:
 * roster.date-bad, roster.shift-bad, roster.staff-unknown, roster.too-many (officers): errors; the row is left out.
 * roster.staff-gone (somebody will have left by then), roster.gap (nobody on duty at some time from 08:30 of @today
 * through the 30 days that follow, one finding for each stretch): warnings. ERR_UTF8 as csv_read. */
int roster_read(struct arena *, struct str text, const struct staff_list *, struct day today, struct findings *,
                struct roster *ret);

/* The shifts running at @at, at most @max, in the order of their beginning. Returns how many. */
size_t roster_on(const struct roster *, struct instant at, const struct shift **ret, size_t max);

/* The officer to call at @at: the first one in service of the shift that began last, else its leader, else those of the
 * shift before. NULL when nobody is on duty. */
const struct staff_member *roster_officer(const struct roster *, struct instant at);
/* The leader (带班领导) on duty at @at; NULL when there is none. */
const struct staff_member *roster_leader(const struct roster *, struct instant at);

/* insight/cooperation.h — other units called in (吹哨、报到): how often, in time or not, and how the two units worked together.
 *
 * Counted from the tasks themselves, so it never lags; a task belongs to the day it was asked. By the unit called in, rated by those
 * who led; or by the unit that led, rated by those it called (双考核, 北京市接诉即办工作条例 第三十三条). Units are counted, never persons, and
 * rows of few people are joined (insight/cells.h). Ratings are only for those who answer for the whole town: the caller sees to it.
 */
#pragma once
#include "base/ctx.h"
#include "base/json.h"
#include "insight/cells.h"

#define COOPERATION_DAYS_MAX (3 * 366)

enum cooperation_group { COOPERATION_BY_UNIT, COOPERATION_BY_LEAD, COOPERATION_GROUPS };
extern const char *const cooperation_group_names[]; /* "unit", "lead"; ends with NULL */

struct cooperation_in {
        struct day from, to; /* both within */
        enum cooperation_group group;
        struct cell_reader reader;
};
struct cooperation_row {
        struct str key;                        /* code of the unit; "" for the row that small ones are added into */
        int64_t cells;                         /* how many it is made of; 1 = itself */
        bool withheld;                         /* too few people stand behind it: figures are 0 and mean nothing */
        int64_t asked;                         /* without those that were called off */
        int64_t cancelled, open, overridden;   /* called off; still owed; not waited for */
        int64_t report_kept, report_missed;    /* reported in by the deadline; later, or not yet and past it */
        int64_t answer_kept, answer_missed;    /* the same of the answer */
        int64_t rated, rating_sum;             /* how many ratings, 1 to 5 each */
};
struct cooperation {
        struct cooperation_row *row; /* by key; the one of small ones last */
        size_t n;
};

/* ERR_RANGE when to is before from or the period is longer than three years. */
int insight_cooperation(struct ctx *, const struct cooperation_in *, struct cooperation *ret);
/* All of it; @name writes a member that names the key. @ratings: this reader may see them; else the member is null. */
void cooperation_json(struct json *, const struct cooperation_in *, const struct cooperation *, bool ratings,
                      void (*name)(struct json *, struct str code, void *arg), void *arg);

/* insight/returns.h — what units gave back (退单), how the desk ruled, and the time that was lost.
 *
 * Counted from the listener's rows, by the unit that returned it or by the row of the duty list it had been sent by: rows that
 * are returned rightly again and again want mending in the list. A return belongs to the day it was made. Rows of few people are joined:
 * insight/cells.h.
 */
#pragma once
#include "base/ctx.h"
#include "base/json.h"
#include "insight/cells.h"

enum returns_group { RETURNS_BY_UNIT, RETURNS_BY_DUTY, RETURNS_GROUPS };
extern const char *const returns_group_names[]; /* "unit", "duty"; ends with NULL */

struct returns_in {
        struct day from, to; /* both within */
        enum returns_group group;
        struct cell_reader reader;
};
struct returns_row {
        struct str key; /* code of the unit or row; "" where it had been sent by none, and for the row that small ones are added into */
        int64_t cells;  /* how many it is made of; 1 = itself */
        bool withheld;  /* too few people stand behind it: figures are 0 and mean nothing */
        int64_t returned, upheld, overruled, waiting; /* the rest ended otherwise: withdrawn, declined */
        int64_t lost_us; /* from the return to the ruling or the end, until now while it waits; natural time */
};
struct returns {
        struct returns_row *row; /* by key; the one of small ones last */
        size_t n;
};

/* ERR_RANGE when to is before from or the period is longer than three years. */
int insight_returns(struct ctx *, const struct returns_in *, struct returns *ret);
/* All of it; @name (may be NULL) writes a member that names the key. */
void returns_json(struct json *, const struct returns_in *, const struct returns *,
                  void (*name)(struct json *, enum returns_group, struct str code, void *arg), void *arg);

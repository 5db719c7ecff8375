/* insight/flow.h — how matters find their unit and how soon somebody speaks to the reporter: first-dispatch accuracy (首派准确率), hops
 * (流转次数), time to first contact (首次联系), reopening (重办率).
 *
 * Of the period are the matters opened in it. A matter stands in the row of the unit that leads it now, or of its subject.
 * - sent: it has been dispatched to a unit, at intake or by the desk. While the desk still looks for place and unit it is in no figure.
 * - straight: the unit it was first sent to is the only one it ever had; sent on by the desk or after an upheld return, it is not.
 * - hops: how many units it had, one after the other: 1, 2, 3, 4 and more. Units called in to help do not count: the lead keeps it.
 * - contact: a contact was owed (the reporter left one). By how many hours after the opening the first one was, in steps; the median is
 *   the step within which half of those that were reached were reached, so it is a whole number and names nobody's hour.
 * - reopening: of those answered, how many were said to be not solved and taken up again, once or more.
 *
 * Cells of few people are joined, key "": insight/cells.h.
 */
#pragma once
#include "base/ctx.h"
#include "base/json.h"
#include "insight/cells.h"

#define FLOW_DAYS_MAX (3 * 366)
#define FLOW_ROWS_MAX 5000

enum flow_group { FLOW_ALL, FLOW_BY_UNIT, FLOW_BY_SUBJECT, FLOW_GROUPS };
extern const char *const flow_group_names[]; /* "all", "unit", "subject"; ends with NULL */

#define FLOW_STEPS 7
extern const int32_t flow_hours[FLOW_STEPS]; /* 1 2 4 8 24 48 72 */
#define FLOW_HOPS 4

struct flow_figures {
        int64_t sent, straight;
        int64_t hops[FLOW_HOPS];           /* 1, 2, 3, 4 and more */
        int64_t contact[FLOW_STEPS + 1];   /* within flow_hours[i]; the last: later */
        int64_t not_contacted;             /* owed, and nobody was reached yet */
        int64_t answered, reopened;
};
struct flow_row {
        struct str key;   /* code; "" for all, and for the row that small cells are added into */
        int64_t cells;    /* how many it is made of; 1 = itself */
        bool withheld;    /* too few workers stand behind all there is: figures are 0 and mean nothing */
        struct flow_figures f;
};
struct flow {
        struct flow_row *row; /* by key; the one of small cells last */
        size_t n;
};
struct flow_in {
        struct day from, to; /* both within the period */
        enum flow_group group;
        struct cell_reader reader;
        /* Told of every matter that counts, with its row's key and what it alone adds to it; NULL = nobody is told. */
        void (*seen)(void *arg, int64_t matter, struct str key, const struct flow_figures *alone);
        void *arg;
};

/* ERR_RANGE when @to is before @from or the period is too long; ERR_TOO_BIG past FLOW_ROWS_MAX keys; ERR_BUSY when @late says so. */
int insight_flow(struct ctx *, const struct flow_in *, bool (*late)(void *), void *arg, struct flow *ret);
/* Hours within which half of those reached were reached; 0 = nobody was, -1 = later than the last step. */
int32_t flow_median(const struct flow_figures *);
void flow_json(struct json *, const struct flow_in *, const struct flow *, void (*name)(struct json *, enum flow_group, struct str code, void *arg),
               void *arg);

/* ---- the rules, pure ------------------------------------------------------------------------------------------------ */
/* One matter: the units of its decisions in order (the first one it was dispatched to first); none = not sent yet. */
struct flow_matter {
        const struct str *unit;
        size_t n;
        bool owed;                 /* a contact */
        struct instant opened, contacted; /* INSTANT_NONE */
        bool answered, reopened;
};
void flow_take(struct flow_figures *, const struct flow_matter *);

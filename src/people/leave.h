/* people/leave.h — who is away from when until when (请假、外出). Only the days are kept, never the reason; a row goes a month after its
 * last day. While somebody is away their backup holds what they held. */
#pragma once
#include "base/ctx.h"
#include "people/staff.h"

#define LEAVES_MAX 1000
#define LEAVE_DAYS_MAX 400
#define LEAVE_REMEMBERED_DAYS 31

struct leave {
        int64_t id;
        struct str login, maker;
        struct day since, until;        /* first and last day */
        struct instant at;
};
struct leaves { struct leave *row; size_t n; };

/* ERR_UNKNOWN naming login (not in staff.csv); ERR_RANGE naming until (before since, more than LEAVE_DAYS_MAX days, or over already).
 * Write. */
int leave_add(struct ctx *, const struct staff_list *, struct str login, struct day since, struct day until, int64_t *ret_id);
/* Back earlier, or entered by mistake: the row goes. ERR_NONE. Write. */
int leave_drop(struct ctx *, int64_t id);
/* Those whose last day is not before @from, by their first day; at most LEAVES_MAX. Read. */
int leave_list(struct ctx *, struct day from, struct leaves *ret);
/* Forget those that ended long ago. Write. */
int leave_sweep(struct ctx *);
/* Write them into the list, while nobody else knows it: text and rows from the arena. */
void leave_note(struct arena *, const struct leaves *, struct staff_list *);
/* The same leaves? For whoever keeps a list that has them. */
uint64_t leaves_mark(const struct leaves *);
bool leave_away(const struct leaves *, struct str login, struct day);

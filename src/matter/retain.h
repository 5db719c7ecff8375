/* matter/retain.h — what retention.csv says about the rows of this house, and how much of it is due. */
#pragma once
#include "matter/erase.h"

/* What a row of retention.csv takes from a matter that ended, in this order; *ret_n = 0: it is for people, or of another kind. */
const enum matter_held *retain_held(const struct retention *, int *ret_n);
/* Does it take rows of the audit? */
bool retain_audit(const struct retention *);

/* A row of retention.csv as it stands on ctx->now's day. */
struct retain_row {
        const struct retention *rule;
        struct day before;            /* what ended before it is over its time; DAY_NONE: permanent */
        int64_t due;                  /* how much of it there is */
        bool by_itself;               /* the program takes it away; else it is for people */
};
struct retain_plan { struct retain_row row[RETENTION_MAX]; size_t n; };
/* Read. */
int retain_plan(struct ctx *, const struct town *, struct retain_plan *ret);

/* matter/moved.h — which open matters would another version of the town send elsewhere?
 *
 * Judged by what was known when each was last sent somewhere, whoever a desk has named since: so what differs is the lists' doing.
 */
#pragma once
#include "matter/matter.h"

struct matter_moved {
        int64_t id;
        struct str subject, path, unit;  /* as it stands */
        struct str before, after;        /* units by the one version and by the other */
        enum lead_how how;               /* how the other one finds its unit */
};
struct matter_moves {
        struct arena *arena;             /* keeps the rows */
        size_t max;                      /* rows kept; more are only counted */
        struct matter_moved *row;
        size_t n, cap;
        int64_t open, moved;             /* open matters looked at, and how many of them would go elsewhere */
        struct matter_walk walk;         /* so far */
};

/* Look at the next some hundred; *ret_more: there are others. ctx->arena is used as scratch, and the snapshot renewed. Read. */
int matter_moves_some(struct ctx *, const struct town *before, const struct town *after, struct matter_moves *, bool *ret_more);

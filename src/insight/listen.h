/* insight/listen.h — two listeners follow the sealed journal, each at its own place: what figures are counted from, and
 * the search index.
 *
 * A listener takes whole seals, looks at each matter once, and moves its place in the transaction of its effect; the
 * same events again give the same rows. A matter it cannot read is logged and set aside (搁置) with its error and the
 * others go on; listen_again() tries the parked ones once more. When the store itself fails, nothing moves.
 */
#pragma once
#include "base/ctx.h"

enum listener { LISTENER_CASES, LISTENER_SEARCH, LISTENERS };
extern const char *const listener_names[LISTENERS]; /* "insight", "search": their names in store_cursor */

/* The next seals, at most @max events unless one seal alone holds more. *ret_n = events handled; 0 = caught up.
 * ctx->tx is a write transaction. */
int insight_catch_up(struct ctx *, int max, int *ret_n);
int search_catch_up(struct ctx *, int max, int *ret_n);

/* The same in steps: what is slow (reading rows, cutting words) on a read transaction, and then writing a little at a
 * time, so that the commit thread is never held for long. The gathered live in ctx->arena until they are applied. */
struct gathered {
        enum listener who;
        int64_t from, to; /* seals: behind @from, up to @to */
        int events;
        struct gathered_matter *row; /* private */
        size_t n;
};
int listen_gather(struct ctx *, enum listener, int max, struct gathered *ret);
/* Write from matter number @at on, some milliseconds' worth. *ret_next is where to go on; it is g->n when all is
 * written and the place has moved. To stop in between does no harm: the same is gathered again. ERR_CONFLICT when
 * somebody else has gone further meanwhile. */
int listen_apply(struct ctx *, const struct gathered *, size_t at, size_t *ret_next);

/* Try up to @max parked matters again; *ret_n = those that were read after all. ctx->tx is a write transaction. */
int listen_again(struct ctx *, enum listener, int max, int *ret_n);

struct listen_lag {
        int64_t seals; /* not handled yet */
        int64_t parked;
        struct instant upto; /* when the last one handled was sealed; INSTANT_NONE = none */
};
int listen_lag(struct ctx *, enum listener, struct listen_lag *ret);

/* insight/inner/listener.h — what one listener does with one matter. */
#pragma once
#include "insight/listen.h"
#include "store/event.h"

/* What a batch of events says about one matter. */
struct heard {
        int64_t matter;
        bool opened, erased; /* such an event is among them */
};

/* What one command writes: bytes of tokens, a row of figures counted as 256. Some 10 ms of the commit thread. */
#define LISTEN_COST_MAX (1u << 20)
#define LISTEN_COST_ROW 256

/* What was read of it: the item goes to write(), where it weighs @cost. An error that is the matter's own parks it. */
struct found {
        int rc;
        const void *item;
        size_t cost;
};

#define LISTEN_READ_MAX 256

/* "1,2,3": how a statement takes many matters. */
struct str heard_ids(struct arena *, const struct heard *, size_t n);
/* Which of them is @matter; @n when none. */
size_t heard_find(const struct heard *, size_t n, int64_t matter);

struct listener_kind {
        const char *name;
        bool (*wants)(const struct heard *);
        /* Read what is needed of at most LISTEN_READ_MAX matters into the arena, in few statements: ret[i] is of h[i] and was
         * zeroed. Fails where the store does. */
        int (*read)(struct ctx *, const struct heard *h, size_t n, struct found *ret);
        /* Write them, in this order; again gives the same rows. */
        int (*write)(struct ctx *, const void *const *item, size_t n);
};
extern const struct listener_kind listener_cases, listener_search;

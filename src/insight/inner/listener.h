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

struct listener_kind {
        const char *name;
        bool (*wants)(const struct heard *);
        /* Read what is needed into the arena; *ret_item goes to write(), where it weighs *ret_cost. An error that is
         * the matter's own parks it. */
        int (*read)(struct ctx *, const struct heard *, void **ret_item, size_t *ret_cost);
        /* Write them, in this order; again gives the same rows. */
        int (*write)(struct ctx *, const void *const *item, size_t n);
};
extern const struct listener_kind listener_cases, listener_search;

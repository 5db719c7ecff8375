/* api/rate.h — how often may one address ask? Token buckets in a table of fixed size.
 *
 * Buckets are kept as the instant at which they will be full again (GCRA), keyed by a 64-bit keyed hash of address and
 * class: no address is stored. When a row is full the bucket nearest to full is forgotten, so memory is bounded and a
 * flood of addresses makes the limit gentler, never wrong for the quiet.
 */
#pragma once
#include <stdint.h>
#include "api/route.h"
#include "base/arena.h"

struct rate;

struct rate_limit {
        int32_t per_minute; /* refilled, > 0; 0 = no limit */
        int32_t burst;      /* bucket size; 0 = per_minute */
        int32_t per_day;    /* instead of per_minute, with a burst */
};

/* @buckets is rounded up to a power of two; 16 bytes each, from the arena. NULL limits give NULL: no limit of any
 * kind, and all below take NULL. */
struct rate *rate_new(struct arena *, const struct rate_limit limit[RATE_CLASSES], size_t buckets);
void rate_end(struct rate *);
/* Take one token at @now_us (monotonic). Returns 0, or the seconds until one is there. Any thread. */
int rate_take(struct rate *, uint64_t address, enum rate_class, int64_t now_us);
/* The same without taking. */
int rate_look(struct rate *, uint64_t address, enum rate_class, int64_t now_us);

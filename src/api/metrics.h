/* api/metrics.h — counts for Prometheus: requests by route and status class, latency, what waits, what was refused.
 *
 * Atomics only; nothing here locks. Buckets of the histogram are powers of two of 128 microseconds.
 */
#pragma once
#include <stdatomic.h>
#include <stdint.h>
#include "api/router.h"
#include "base/buf.h"

#define METRICS_BUCKETS 16 /* 128 us * 2^15 = 4.2 s, then +Inf */

enum metric_refusal { REFUSED_QUEUE, REFUSED_RATE, REFUSED_WIRE, REFUSED_SLOW, REFUSED_LATE, REFUSED_KINDS };

struct route_metrics {
        _Atomic uint64_t status[6]; /* by hundreds; [0] = cut off before an answer */
        _Atomic uint64_t bucket[METRICS_BUCKETS + 1];
        _Atomic uint64_t us_sum;
};

struct metrics {
        struct route_metrics *route; /* one per route, and a last one for what met no route */
        size_t n;
        _Atomic uint64_t refused[REFUSED_KINDS];
        _Atomic int64_t in_flight, connections, queued, streams;
};

void metrics_init(struct metrics *, struct arena *, size_t routes);
void metrics_count(struct metrics *, size_t route, int status, uint64_t us);
void metrics_refuse(struct metrics *, enum metric_refusal);
/* Text exposition format 0.0.4. Routes never called are left out. */
void metrics_write(const struct metrics *, const struct router *, struct buf *out);
/* The smallest bucket bound in microseconds, by index; the last is UINT64_MAX. */
uint64_t metrics_bound(size_t bucket);

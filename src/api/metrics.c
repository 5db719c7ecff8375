#include "api/metrics.h"

static const char *const refusal_name[REFUSED_KINDS] = {
        [REFUSED_QUEUE] = "queue", [REFUSED_RATE] = "rate", [REFUSED_WIRE] = "wire",
        [REFUSED_SLOW] = "slow",   [REFUSED_LATE] = "late",
};

void metrics_init(struct metrics *m, struct arena *arena, size_t routes)
{
        m->n = routes + 1;
        m->route = arena_array(arena, struct route_metrics, m->n);
}

uint64_t metrics_bound(size_t bucket)
{
        return bucket < METRICS_BUCKETS ? UINT64_C(128) << bucket : UINT64_MAX;
}

static size_t bucket_of(uint64_t us)
{
        if (us <= 128)
                return 0;
        size_t b = (size_t)(64 - __builtin_clzll((us - 1) >> 7));
        return b < METRICS_BUCKETS ? b : METRICS_BUCKETS;
}

static void add(_Atomic uint64_t *to, uint64_t n)
{
        atomic_fetch_add_explicit(to, n, memory_order_relaxed);
}
static uint64_t get(const _Atomic uint64_t *from)
{
        return atomic_load_explicit(from, memory_order_relaxed);
}

void metrics_count(struct metrics *m, size_t route, int status, uint64_t us)
{
        struct route_metrics *r = &m->route[route < m->n ? route : m->n - 1];
        int class = status / 100;
        add(&r->status[class >= 1 && class <= 5 ? class : 0], 1);
        add(&r->bucket[bucket_of(us)], 1);
        add(&r->us_sum, us);
}

void metrics_refuse(struct metrics *m, enum metric_refusal why)
{
        add(&m->refused[why], 1);
}

static const char *route_name(const struct router *t, size_t i)
{
        return i < router_count(t) ? router_route(t, i)->name : "none";
}

static uint64_t seen(const struct route_metrics *r)
{
        uint64_t n = 0;
        for (size_t b = 0; b <= METRICS_BUCKETS; b++)
                n += get(&r->bucket[b]);
        return n;
}

static void write_counts(const struct metrics *m, const struct router *t, struct buf *out)
{
        buf_puts(out, "# HELP linli_http_requests_total Requests answered, by route and status class.\n"
                      "# TYPE linli_http_requests_total counter\n");
        for (size_t i = 0; i < m->n; i++) {
                for (int class = 0; class < 6; class ++) {
                        uint64_t n = get(&m->route[i].status[class]);
                        if (n == 0)
                                continue;
                        buf_printf(out, "linli_http_requests_total{route=\"%s\",status=\"%s\"} %llu\n",
                                   route_name(t, i),
                                   (const char *[]){ "cut", "1xx", "2xx", "3xx", "4xx", "5xx" }[class],
                                   (unsigned long long)n);
                }
        }
}

static void write_histogram(const struct route_metrics *r, const char *name, struct buf *out)
{
        uint64_t sum = 0;
        for (size_t b = 0; b < METRICS_BUCKETS; b++) {
                sum += get(&r->bucket[b]);
                buf_printf(out, "linli_http_request_seconds_bucket{route=\"%s\",le=\"%.6f\"} %llu\n", name,
                           (double)metrics_bound(b) / 1e6, (unsigned long long)sum);
        }
        sum += get(&r->bucket[METRICS_BUCKETS]);
        buf_printf(out, "linli_http_request_seconds_bucket{route=\"%s\",le=\"+Inf\"} %llu\n", name,
                   (unsigned long long)sum);
        buf_printf(out, "linli_http_request_seconds_sum{route=\"%s\"} %.6f\n", name, (double)get(&r->us_sum) / 1e6);
        buf_printf(out, "linli_http_request_seconds_count{route=\"%s\"} %llu\n", name, (unsigned long long)sum);
}

static void write_gauge(struct buf *out, const char *name, const char *help, const _Atomic int64_t *value)
{
        buf_printf(out, "# HELP linli_http_%s %s\n# TYPE linli_http_%s gauge\nlinli_http_%s %lld\n", name, help, name,
                   name, (long long)atomic_load_explicit(value, memory_order_relaxed));
}

void metrics_write(const struct metrics *m, const struct router *t, struct buf *out)
{
        write_counts(m, t, out);
        buf_puts(out, "# HELP linli_http_request_seconds From the last header to the answer made.\n"
                      "# TYPE linli_http_request_seconds histogram\n");
        for (size_t i = 0; i < m->n; i++)
                if (seen(&m->route[i]) > 0)
                        write_histogram(&m->route[i], route_name(t, i), out);
        buf_puts(out, "# HELP linli_http_refused_total Requests refused or cut, by reason.\n"
                      "# TYPE linli_http_refused_total counter\n");
        for (size_t i = 0; i < REFUSED_KINDS; i++)
                buf_printf(out, "linli_http_refused_total{reason=\"%s\"} %llu\n", refusal_name[i],
                           (unsigned long long)get(&m->refused[i]));
        write_gauge(out, "in_flight", "Requests being answered.", &m->in_flight);
        write_gauge(out, "connections", "Open connections.", &m->connections);
        write_gauge(out, "queued", "Requests waiting for a worker.", &m->queued);
        write_gauge(out, "streams", "Open event streams.", &m->streams);
}

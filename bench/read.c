/* bench/read.c — how fast are one matter and the newest 50 of a grid read, with many matters stored? The limit is bare
 * libmicrohttpd that sends a body of the same size, with the same loops and the same client, in turns.
 */
#include "bare.h"
#include "filled.h"
#include "http_load.h"

#define CONNECTIONS 32
#define ROUNDS 3
#define LOOPS 2

struct reading {
        const struct filled *f;
        bool list;
};

static size_t next(void *arg, uint64_t n, char *out)
{
        const struct reading *r = arg;
        const struct filled *f = r->f;
        uint64_t x = bench_mix(n);
        char path[160];
        if (r->list) {
                struct str grid = f->speaker.town->grids.row[x % f->speaker.town->grids.n].code;
                snprintf(path, sizeof(path), "/api/matters?grid=" STR_FMT, STR_ARG(grid));
        } else {
                snprintf(path, sizeof(path), "/api/matters/%lld", (long long)f->id[x % f->n]);
        }
        return (size_t)snprintf(out, LOAD_REQUEST_MAX, "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n", path, f->bearer);
}

static int measure(struct bench *b, const struct reading *r, uint16_t port, double *ret_rate, double *ret_bytes)
{
        struct load_result got;
        double seconds = b->seconds / (2 * ROUNDS) < 5 ? b->seconds / (2 * ROUNDS) : 5;
        struct load_options o = { .port = port, .connections = CONNECTIONS, .seconds = seconds, .next = next, .arg = (void *)(uintptr_t)r };
        if (load_run(&o, &got) != 0 || got.errors || got.status[2] != got.answered || got.answered == 0) {
                bench_say(b, "read: %llu of %llu answers were 2xx, %llu broken connections", (unsigned long long)got.status[2],
                          (unsigned long long)got.answered, (unsigned long long)got.errors);
                return EXIT_FAILED;
        }
        *ret_rate = load_rate(&got);
        *ret_bytes = (double)got.bytes / (double)got.answered;
        return EXIT_FINE;
}

/* The length of a body and its head as ours sends them; the bare head is shorter by some 200 bytes, which the body makes up for. */
static int compare(struct bench *b, const struct child *child, const struct reading *r, const char *name, const char *goal)
{
        double ours[ROUNDS], bare[ROUNDS], bytes = 0, unused;
        uint16_t port;
        int pid, rc = measure(b, r, child->port, &ours[0], &bytes);
        if (rc == EXIT_FINE)
                rc = bare_http_start(b, (size_t)bytes > 130 ? (size_t)bytes - 130 : 1, LOOPS, &port, &pid);
        if (rc != EXIT_FINE)
                return rc;
        for (size_t i = 0; i < ROUNDS && rc == EXIT_FINE; i++) {
                rc = measure(b, r, port, &bare[i], &unused);
                if (rc == EXIT_FINE)
                        rc = measure(b, r, child->port, &ours[i], &bytes);
        }
        bare_http_stop(pid);
        if (rc == EXIT_FINE)
                bench_row(b, arena_printf(b->a->arena, "%s of %.0f bytes, %s, %s stored (limit: bare libmicrohttpd)", name, bytes, r->f->engine, r->f->size),
                          bench_median(ours, ROUNDS), bench_median(bare, ROUNDS), "/s", goal);
        return rc;
}

static int run(struct bench *b)
{
        struct reading r = { 0 };
        struct child child;
        int rc = filled_get(b, &r.f);
        if (rc == EXIT_FINE)
                rc = child_start(b, r.f->url, &child);
        if (rc != EXIT_FINE)
                return rc;
        rc = compare(b, &child, &r, "one matter", "ratio >= 0.40");
        r.list = true;
        if (rc == EXIT_FINE)
                rc = compare(b, &child, &r, "newest 50 of a grid", "ratio >= 0.25");
        child_stop(&child);
        return rc;
}

const struct bench_case bench_read = {
        .name = "read",
        .help = { "读一件事项和一个网格的列表", "read one matter, and a grid's list" },
        .run = run,
};

/* bench/start.c — how long until a server with many matters answers? From exec to the first 200 of /health. */
#include "filled.h"

#define STARTS 5

static int run(struct bench *b)
{
        const struct filled *f;
        struct child child;
        double took[STARTS];
        int rc = filled_get(b, &f);
        for (size_t i = 0; rc == EXIT_FINE && i < STARTS; i++) {
                rc = child_start(b, f->url, &child);
                if (rc != EXIT_FINE)
                        return rc;
                took[i] = child.started_s;
                child_stop(&child);
        }
        if (rc == EXIT_FINE)
                bench_row(b, arena_printf(b->a->arena, "start, %s, %s stored", f->engine, f->size), bench_median(took, STARTS), -1, "s", "<= 0.2");
        return rc;
}

const struct bench_case bench_start = {
        .name = "start",
        .help = { "启动", "start of a server" },
        .run = run,
};

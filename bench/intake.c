/* bench/intake.c — how many requests can residents send in a second, over HTTP, each located, matched, timed and on disk
 * before it is answered? Sealer, figures and search index run beside it. The limit is a bare loop over the driver that
 * writes the very same rows afterwards, without anything else to do.
 */
#include <unistd.h>
#include "app/world.h"
#include "bare.h"
#include "child.h"
#include "http_load.h"
#include "insight/listen.h"
#include "speaker.h"
#include "store/event.h"

#define CONNECTIONS 480
#define CAUGHT_UP_S 60
#define PG_WRITERS 8
#define PG_BARE_MOST 60000

struct taking {
        struct bench *b;
        struct speaker speaker;
        struct child child;
        const char *url, *engine;
        bool pg;
        double rate, batch;
        struct load_result load;
};

static const char *named(struct taking *t, const char *what)
{
        return arena_printf(t->b->a->arena, "intake, %s: %s", t->engine, what);
}

static bool all_taken(struct taking *t, const struct load_result *r)
{
        if (r->answered > 0 && r->errors == 0 && r->status[2] == r->answered)
                return true;
        bench_say(t->b, "intake: of %llu answers %llu were 2xx; %llu broken connections", (unsigned long long)r->answered,
                  (unsigned long long)r->status[2], (unsigned long long)r->errors);
        return false;
}

/* Seals that listeners have not handled yet, and one for all that is not sealed; negative when it cannot be read. */
static int64_t behind(struct taking *t, struct store *store)
{
        ARENA_AUTO a = { 0 };
        struct ctx ctx = { .town = t->speaker.town->id, .arena = &a };
        struct listen_lag lag;
        if (store_read_begin(store, &ctx.tx, NULL) != OK)
                return -1;
        bool waits = false;
        int rc = event_waits(&ctx, &waits);
        int64_t n = waits;
        for (enum listener who = 0; rc == OK && who < LISTENERS; who++) {
                rc = listen_lag(&ctx, who, &lag);
                n += rc == OK ? lag.seals + lag.parked : 0;
        }
        store_read_end(ctx.tx);
        return rc == OK ? n : -1;
}

/* Seconds until nothing is left to do, from now. */
static int catch_up(struct taking *t, double *ret)
{
        struct store *store;
        struct err err = { 0 };
        if (store_open(&(struct store_options){ .url = t->url, .read_only = true, .connections = 1 }, &store, &err) != OK) {
                bench_say(t->b, "intake: %s", err_text(&err, t->b->a->lang));
                return EXIT_FAILED;
        }
        double begin = bench_clock();
        int64_t left = behind(t, store);
        bench_say(t->b, "intake: %lld seals are still to be handled", (long long)left);
        while (left != 0 && bench_clock() < begin + CAUGHT_UP_S) {
                usleep(20000);
                left = behind(t, store);
        }
        *ret = bench_clock() - begin;
        store_close(store);
        if (left == 0)
                return EXIT_FINE;
        bench_say(t->b, "intake: after %d s %lld are left", CAUGHT_UP_S, (long long)left);
        return EXIT_FAILED;
}

static int take_all(struct taking *t)
{
        struct bench *b = t->b;
        struct load_options o = { .port = t->child.port, .connections = CONNECTIONS, .seconds = b->seconds, .next = speaker_next, .arg = &t->speaker };
        double rest = child_rss_mb(&t->child), commits = child_metric(&t->child, "linli_store_commits_total"), caught = 0;
        double commands = child_metric(&t->child, "linli_store_commands_total"), cpu = child_cpu(&t->child);
        bench_say(b, "intake, %s: %d connections for %.0f s", t->engine, CONNECTIONS, b->seconds);
        if (load_run(&o, &t->load) != 0 || !all_taken(t, &t->load))
                return EXIT_FAILED;
        t->rate = load_rate(&t->load);
        cpu = (child_cpu(&t->child) - cpu) / (double)t->load.answered;
        commits = child_metric(&t->child, "linli_store_commits_total") - commits;
        commands = child_metric(&t->child, "linli_store_commands_total") - commands;
        t->batch = commits > 0 ? commands / commits : 1;
        double load = child_rss_peak_mb(&t->child);
        int rc = catch_up(t, &caught);
        bench_say(b, "intake, %s: %.0f/s, %.1f commands a commit, %.0f us of CPU each, caught up after %.2f s", t->engine, t->rate, t->batch,
                  cpu * 1e6, caught);
        if (rc != EXIT_FINE)
                return rc;
        bench_row(b, named(t, "stored at the end"), (double)t->load.answered, -1, "matters", t->pg ? "" : ">= 100000");
        bench_row(b, named(t, "listeners caught up after"), caught, -1, "s", "<= 5");
        bench_row(b, named(t, "memory at rest"), rest, -1, "MB", "<= 50");
        bench_row(b, named(t, "memory under load"), load, -1, "MB", "<= 200");
        return EXIT_FINE;
}

/* The server allows an address so many connections, and learns late that the last ones were closed. */
static void wait_closed(struct taking *t)
{
        for (int i = 0; i < 200 && child_metric(&t->child, "linli_http_connections") > 8; i++)
                usleep(50000);
}

/* Requests come at half the rate, whether or not the last ones were answered. */
static int take_half(struct taking *t)
{
        struct load_result r;
        double seconds = t->b->seconds < 20 ? t->b->seconds : 20;
        t->speaker.seed++;
        wait_closed(t);
        struct load_options o = { .port = t->child.port, .connections = CONNECTIONS, .seconds = seconds, .rate = t->rate / 2,
                                  .next = speaker_next, .arg = &t->speaker };
        if (load_run(&o, &r) != 0 || !all_taken(t, &r))
                return EXIT_FAILED;
        bench_say(t->b, "intake, %s, half the rate: p50 %.1f, p99 %.1f, p99.9 %.1f, max %.1f ms", t->engine, (double)load_percentile(&r, 50) / 1e3,
                  (double)load_percentile(&r, 99) / 1e3, (double)load_percentile(&r, 99.9) / 1e3, (double)r.max_us / 1e3);
        bench_row(t->b, named(t, "p99 at half that rate"), (double)load_percentile(&r, 99) / 1e3, -1, "ms", "<= 50");
        return EXIT_FINE;
}

static int beside_bare(struct taking *t)
{
        struct bench *b = t->b;
        struct intake_cost cost = { 0 };
        double bare = 0;
        int batch = (int)(t->batch + 0.5);
        int64_t most = t->pg ? PG_BARE_MOST : (int64_t)t->load.answered;
        int rc = t->pg ? bare_pg(b, t->url, PG_WRITERS, most, &bare, &cost)
                       : bare_lite(b, t->url + 7, arena_printf(b->a->arena, "%s/bare.db", b->folder), batch < 1 ? 1 : batch, most, &bare, &cost);
        if (rc != EXIT_FINE)
                return rc;
        bench_row(b, named(t, t->pg ? "rate (limit: bare libpq)" : "rate (limit: bare SQLite)"), t->rate, bare, "/s",
                  t->pg ? "ratio >= 0.60" : ">= 5000, ratio >= 0.60, aim 0.75");
        bench_row(b, named(t, "rows each"), cost.rows, -1, "rows", "");
        bench_row(b, named(t, "b-trees each"), cost.trees, -1, "trees", "");
        bench_row(b, named(t, "bytes each"), cost.bytes, -1, "bytes", "");
        return EXIT_FINE;
}

static int run_on(struct bench *b, const char *url, bool pg)
{
        struct taking t = { .b = b, .url = url, .pg = pg, .engine = pg ? "PostgreSQL" : "SQLite" };
        int rc = speaker_init(&t.speaker, b, 1);
        if (rc != EXIT_FINE)
                return rc;
        rc = child_start(b, url, &t.child);
        if (rc == EXIT_FINE)
                rc = take_all(&t);
        if (rc == EXIT_FINE)
                rc = take_half(&t);
        child_stop(&t.child);
        if (rc == EXIT_FINE)
                rc = beside_bare(&t);
        speaker_free(&t.speaker);
        return rc;
}

static int run(struct bench *b)
{
        if (b->url)
                return run_on(b, b->url, true);
        return run_on(b, arena_printf(b->a->arena, "sqlite:%s/intake.db", b->folder), false);
}

const struct bench_case bench_intake = {
        .name = "intake",
        .help = { "经 HTTP 提交诉求", "intake over HTTP" },
        .run = run,
};

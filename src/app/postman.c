#include "app/postman.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include "base/log.h"
#include "store/lease.h"

#define HEAR_MAX 512
#define LEASE_SECONDS 15
#define HEAR_EVERY_MS 200
#define CARRY_EVERY_MS 1000
#define HAND_EVERY_MS 1000
#define SWEEP_EVERY_US US_PER_HOUR
#define SWEEP_AFTER_US (180 * US_PER_DAY) /* what was dealt with that long ago; what somebody must act on stays */
#define SWEEP_MAX 500

/* ---- hearing --------------------------------------------------------------------------------------------------------- */

struct heard {
        struct ctx ctx;
        struct str holder;
        const struct notice_batch *batch;
        size_t at, next;
};

static int hear_run(struct tx *tx, struct command *self)
{
        struct heard *h = self->arg;
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = h->ctx;
        int64_t epoch;
        ctx.tx = tx;
        ctx.arena = &arena;
        int rc = h->holder.n ? lease_take(&ctx, STR("notices"), h->holder, LEASE_SECONDS, &epoch) : OK;
        return rc == OK ? notice_apply(&ctx, h->batch, h->at, &h->next) : rc;
}

static int gather(struct house *h, struct ctx *ctx, const struct town *t, struct arena *a, struct notice_batch *ret)
{
        static const struct notice_config nothing = { 0 };
        struct notice_ways ways;
        struct ctx read = *ctx;
        notice_ways_of(h->notices ? h->notices : &nothing, ctx->town, &ways);
        read.arena = a;
        int rc = store_read_begin(h->store, &read.tx, ctx->err);
        if (rc != OK)
                return rc;
        rc = notice_gather(&read, t, &ways, HEAR_MAX, ret);
        store_read_end(read.tx);
        return rc;
}

static int write_down(struct house *h, struct ctx *ctx, struct str holder, const struct notice_batch *b)
{
        struct heard job = { .ctx = *ctx, .holder = holder, .batch = b };
        int rc = OK;
        do {
                rc = store_write(h->store, hear_run, &job, PRIO_BACKGROUND, ctx->err);
                job.at = job.next;
        } while (rc == OK && job.at < b->n);
        return rc == ERR_CONFLICT ? OK : rc; /* somebody else has gone further: look again */
}

int notices_hear(struct house *h, struct ctx *ctx, struct str holder, bool *ret_more)
{
        ARENA_AUTO arena = { 0 };
        struct notice_batch b = { 0 };
        struct town *t;
        int rc = shelf_town(h->shelf, ctx->town, ctx->now, &t, ctx->err);
        if (rc != OK)
                return rc;
        rc = gather(h, ctx, t, &arena, &b);
        if (rc == OK && b.to != b.from) {
                rc = write_down(h, ctx, holder, &b);
                *ret_more = true;
        }
        town_unref(t); /* the rows hold views into it */
        return rc;
}

/* ---- carrying -------------------------------------------------------------------------------------------------------- */

struct postman {
        struct house *house;
        struct id_gen *ids;
        struct instant (*now)(void *);
        void *arg;
        struct carrier carrier;
        char holder[32];
        struct parcel_carrier parcels;
        pthread_t hearing, carrying, handing;
        struct instant swept;
        pthread_mutex_t lock;
        pthread_cond_t wake;
        bool stop;
        _Atomic int64_t waiting, undelivered;
};

/* The towns of this store; *sum, when asked for, is what waits and what nobody has acted on. */
static int towns_of(struct postman *p, struct arena *a, struct town_row **row, size_t *n, struct carry_load *sum)
{
        struct ctx ctx = { .arena = a };
        int rc = store_read_begin(p->house->store, &ctx.tx, NULL);
        if (rc != OK)
                return rc;
        rc = town_list(&ctx, row, n);
        for (size_t i = 0; sum && i < *n && rc == OK; i++) {
                struct carry_load load = { 0 };
                ctx.town = (*row)[i].id;
                rc = carry_load(&ctx, &load);
                sum->waiting += load.waiting;
                sum->undelivered += load.undelivered;
        }
        store_read_end(ctx.tx);
        return rc;
}

/* One round for each town; true when there is more to do at once. */
static bool every_town(struct postman *p, struct carry_load *sum, bool (*one)(struct postman *, struct ctx *))
{
        ARENA_AUTO towns = { 0 };
        struct town_row *row = NULL;
        size_t n = 0;
        bool more = false;
        int rc = towns_of(p, &towns, &row, &n, sum);
        for (size_t i = 0; rc == OK && i < n; i++) {
                ARENA_AUTO arena = { 0 };
                struct err err = { 0 };
                struct ctx ctx = { .town = row[i].id, .actor = { .kind = ACTOR_SYSTEM, .name = STR("") }, .now = p->now(p->arg), .arena = &arena,
                                   .err = &err, .chance = &chance_system, .ids = p->ids };
                more = one(p, &ctx) || more;
        }
        return more;
}

static void tell_failure(const struct ctx *ctx, const char *what, int rc)
{
        if (rc != OK && rc != ERR_BUSY)
                log_warn("%s town=%lld: %s: %s", what, (long long)ctx->town, err_kind(rc)->name, err_text(ctx->err, LANG_EN));
}

static bool hear_town(struct postman *p, struct ctx *ctx)
{
        bool more = false;
        int rc = notices_hear(p->house, ctx, str_of(p->holder), &more);
        tell_failure(ctx, "notices", rc);
        return rc == OK && more;
}

static int sweep_run(struct tx *tx, struct command *self)
{
        struct ctx ctx = *(struct ctx *)self->arg;
        int64_t n;
        ctx.tx = tx;
        return notice_sweep(&ctx, (struct instant){ ctx.now.us - SWEEP_AFTER_US }, SWEEP_MAX, &n);
}

static bool carry_town(struct postman *p, struct ctx *ctx)
{
        int n = 0;
        int rc = p->carrier.config ? carry(&p->carrier, ctx, &n) : OK;
        if (rc == OK && ctx->now.us - p->swept.us > SWEEP_EVERY_US)
                rc = store_write(p->house->store, sweep_run, ctx, PRIO_BACKGROUND, ctx->err);
        tell_failure(ctx, "postman", rc);
        return rc == OK && n == CARRY_MAX;
}

static bool carry_all(struct postman *p)
{
        struct carry_load sum = { 0 };
        bool more = every_town(p, &sum, carry_town);
        struct instant now = p->now(p->arg);
        if (now.us - p->swept.us > SWEEP_EVERY_US)
                p->swept = now;
        atomic_store(&p->waiting, sum.waiting);
        atomic_store(&p->undelivered, sum.undelivered);
        return more;
}

static bool hand_town(struct postman *p, struct ctx *ctx)
{
        int n = 0;
        int rc = parcels_carry(&p->parcels, ctx, &n);
        tell_failure(ctx, "parcels", rc);
        return rc == OK && n == PARCEL_CARRY_MAX;
}

static bool hand_all(struct postman *p)
{
        return every_town(p, NULL, hand_town);
}

static bool hear_all(struct postman *p)
{
        return every_town(p, NULL, hear_town);
}

static void again_and_again(struct postman *p, bool (*round)(struct postman *), int every_ms)
{
        for (bool stop = false; !stop;) {
                bool more = round(p);
                struct timespec until;
                clock_gettime(CLOCK_REALTIME, &until);
                int64_t ns = until.tv_nsec + (more ? 2 : every_ms) * INT64_C(1000000);
                until.tv_sec += ns / 1000000000;
                until.tv_nsec = ns % 1000000000;
                pthread_mutex_lock(&p->lock);
                while (!p->stop && pthread_cond_timedwait(&p->wake, &p->lock, &until) == 0)
                        continue;
                stop = p->stop;
                pthread_mutex_unlock(&p->lock);
        }
}

static void *go_hearing(void *arg)
{
        again_and_again(arg, hear_all, HEAR_EVERY_MS);
        return NULL;
}

static void *go_carrying(void *arg)
{
        again_and_again(arg, carry_all, CARRY_EVERY_MS);
        return NULL;
}

static void *go_handing(void *arg)
{
        again_and_again(arg, hand_all, HAND_EVERY_MS);
        return NULL;
}

struct postman *postman_start(struct arena *a, struct house *h, struct id_gen *ids, struct instant (*now)(void *), void *arg)
{
        struct postman *p = arena_new(a, struct postman);
        uint64_t random;
        chance_fill(&chance_system, &random, sizeof(random));
        snprintf(p->holder, sizeof(p->holder), "%016llx", (unsigned long long)random);
        p->house = h;
        p->ids = ids;
        p->now = now;
        p->arg = arg;
        p->carrier = (struct carrier){ .config = h->notices, .store = h->store, .shelf = h->shelf, .keys = h->keys, .holder = str_of(p->holder) };
        p->parcels = (struct parcel_carrier){ .config = h->parcels, .store = h->store, .shelf = h->shelf, .keys = h->keys, .holder = str_of(p->holder) };
        pthread_mutex_init(&p->lock, NULL);
        pthread_cond_init(&p->wake, NULL);
        p->swept = now(arg);
        if (pthread_create(&p->hearing, NULL, go_hearing, p) != 0 || pthread_create(&p->carrying, NULL, go_carrying, p) != 0 ||
            pthread_create(&p->handing, NULL, go_handing, p) != 0)
                BUG("no thread");
        return p;
}

void postman_stop(struct postman *p)
{
        if (!p)
                return;
        pthread_mutex_lock(&p->lock);
        p->stop = true;
        pthread_cond_broadcast(&p->wake);
        pthread_mutex_unlock(&p->lock);
        pthread_join(p->hearing, NULL);
        pthread_join(p->carrying, NULL);
        pthread_join(p->handing, NULL);
        pthread_mutex_destroy(&p->lock);
        pthread_cond_destroy(&p->wake);
}

void postman_metrics(struct postman *p, struct buf *out)
{
        const struct {
                const char *name, *type;
                long long value;
        } row[] = {
                { "linli_notices_waiting", "gauge", (long long)atomic_load(&p->waiting) },
                { "linli_notices_undelivered", "gauge", (long long)atomic_load(&p->undelivered) },
                { "linli_notices_sent_total", "counter", (long long)atomic_load(&p->carrier.sent) },
                { "linli_notices_failed_total", "counter", (long long)atomic_load(&p->carrier.failed) },
                { "linli_notices_lost_total", "counter", (long long)atomic_load(&p->carrier.lost) },
                { "linli_parcels_asked_total", "counter", (long long)atomic_load(&p->parcels.asked) },
                { "linli_parcels_failed_total", "counter", (long long)atomic_load(&p->parcels.failed) },
        };
        for (size_t i = 0; i < COUNT(row); i++)
                buf_printf(out, "# TYPE %s %s\n%s %lld\n", row[i].name, row[i].type, row[i].name, row[i].value);
}

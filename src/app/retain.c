#include "app/retain.h"
#include "matter/retain.h"
#include "people/audit.h"
#include "store/lease.h"

#define BATCH 20        /* matters in one command */
#define AUDIT_BATCH 500
#define LEASE_SECONDS 15

/* ---- doing it ------------------------------------------------------------------------------------------------------- */

struct taking {
        struct ctx ctx;
        struct str holder;
        const struct retention *rule;
        struct instant before;
        enum matter_held held;
        const int64_t *id;
        size_t n;
        int64_t gone;
};

static int take_matters(struct taking *k)
{
        int rc = OK;
        for (size_t i = 0; rc == OK && i < k->n; i++)
                rc = matter_expire(&k->ctx, k->id[i], k->held, k->before, k->rule->class, k->rule->basis);
        k->gone = (int64_t)k->n;
        return rc;
}

static int take_audit(struct taking *k)
{
        int rc = audit_expire(&k->ctx, k->before, AUDIT_BATCH, &k->gone);
        if (rc == OK && k->gone)
                rc = audit_add(&k->ctx, "retention", str_printf(k->ctx.arena, "audit %lld", (long long)k->gone), true);
        return rc;
}

static int take_run(struct tx *tx, struct command *self)
{
        struct taking *k = self->arg;
        int64_t epoch;
        ARENA_AUTO arena = { 0 };
        k->ctx.tx = tx;
        k->ctx.arena = &arena;
        k->ctx.err = self->err;
        int rc = k->holder.n ? lease_take(&k->ctx, STR("retention"), k->holder, LEASE_SECONDS, &epoch) : OK;
        if (rc != OK)
                return rc;
        return k->n ? take_matters(k) : take_audit(k);
}

static int look_up(struct house *h, struct taking *k, struct arena *a, int max, struct matter_over *at, int64_t **ids, size_t *n)
{
        struct ctx read = k->ctx;
        read.arena = a;
        int rc = store_read_begin(h->store, &read.tx, k->ctx.err);
        if (rc != OK)
                return rc;
        rc = matter_over(&read, k->held, k->before, max, at, ids, n);
        store_read_end(read.tx);
        return rc;
}

static int take_held(struct house *h, struct taking *k, int64_t max, int64_t *ret_n)
{
        struct matter_over at = MATTER_OVER_BEGIN;
        for (int rc = OK; *ret_n < max;) {
                ARENA_AUTO arena = { 0 };
                int64_t *ids;
                rc = look_up(h, k, &arena, BATCH, &at, &ids, &k->n);
                if (rc != OK || k->n == 0)
                        return rc;
                k->id = ids;
                rc = store_write(h->store, take_run, k, PRIO_BACKGROUND, k->ctx.err);
                if (rc != OK)
                        return rc;
                *ret_n += k->gone;
        }
        return OK;
}

static int take_rows(struct house *h, struct taking *k, int64_t *ret_n)
{
        ARENA_AUTO arena = { 0 };
        struct ctx read = k->ctx;
        int64_t due = 0;
        read.arena = &arena;
        int rc = store_read_begin(h->store, &read.tx, k->ctx.err);
        if (rc != OK)
                return rc;
        rc = audit_over(&read, k->before, &due);
        store_read_end(read.tx);
        k->n = 0;
        if (rc == OK && due)
                rc = store_write(h->store, take_run, k, PRIO_BACKGROUND, k->ctx.err);
        if (rc == OK && due)
                *ret_n += k->gone;
        return rc;
}

int retain_some(struct house *h, struct ctx *ctx, struct str holder, const struct town *t, int max, int64_t *ret_n)
{
        int rc = OK;
        *ret_n = 0;
        for (size_t i = 0; rc == OK && i < t->retention.n && *ret_n < max; i++) {
                const struct retention *r = &t->retention.row[i];
                struct day before = retention_before(r, instant_day(ctx->now));
                struct taking k = { .ctx = *ctx, .holder = holder, .rule = r, .before = day_is_none(before) ? INSTANT_NONE : day_start(before) };
                int n_held;
                const enum matter_held *held = retain_held(r, &n_held);
                if (day_is_none(before))
                        continue;
                for (int n = 0; rc == OK && n < n_held && *ret_n < max; n++) {
                        k.held = held[n];
                        rc = take_held(h, &k, max, ret_n);
                }
                if (rc == OK && retain_audit(r))
                        rc = take_rows(h, &k, ret_n);
        }
        return rc;
}

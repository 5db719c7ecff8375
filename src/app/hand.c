#include "app/hand.h"
#include "store/lease.h"

#define LEASE_SECONDS 15
#define ROUND_MAX 200

struct handing {
        struct ctx ctx;
        struct str holder;
        const struct town *t;
        const struct leaves *leaves;
        struct hand_ask ask;
        bool moved;
};

static int hand_run(struct tx *tx, struct command *self)
{
        struct handing *o = self->arg;
        int64_t epoch;
        ARENA_AUTO arena = { 0 };
        o->ctx.tx = tx;
        o->ctx.arena = &arena;
        o->ctx.err = self->err;
        int rc = o->holder.n ? lease_take(&o->ctx, STR("handover"), o->holder, LEASE_SECONDS, &epoch) : OK;
        return rc == OK ? matter_hand(&o->ctx, o->t, o->leaves, &o->ask, &o->moved) : rc;
}

/* What those who are away today hold of the units they have posts in, what others hold for who is back, and what is with whose shift is over. */
static int due_of_away(struct ctx *ctx, const struct town *t, const struct leaves *l, int max, struct hands *ret)
{
        struct day today = instant_day(ctx->now);
        int rc = OK;
        *ret = (struct hands){ .row = arena_array(ctx->arena, struct hand, (size_t)max) };
        for (size_t i = 0; rc == OK && i < l->n; i++) {
                uint32_t who = map_get(&t->staff.by_login, l->row[i].login);
                if (who == MAP_NONE || !leave_away(l, l->row[i].login, today))
                        continue;
                for (uint32_t k = t->posts.of_person.first[who]; rc == OK && k < t->posts.of_person.first[who + 1]; k++) {
                        const struct post *p = &t->posts.row[t->posts.of_person.to[k]];
                        int64_t *ids;
                        size_t n = 0;
                        if (p->org != POST_NONE)
                                rc = matter_held_by(ctx, l->row[i].login, t->orgs.row[p->org].code, max - (int)ret->n, &ids, &n);
                        for (size_t m = 0; rc == OK && m < n; m++)
                                ret->row[ret->n++] = (struct hand){ ids[m], HAND_LEAVE };
                }
        }
        if (rc == OK)
                rc = matter_hands_back(ctx, l, max, ret);
        return rc == OK ? matter_hands_shift(ctx, t, max, ret) : rc;
}

static int look(struct house *h, const struct ctx *ctx, struct arena *a, const struct town *t, bool all, int max, struct leaves *l, struct hands *due)
{
        struct ctx read = *ctx;
        read.arena = a;
        int rc = store_read_begin(h->store, &read.tx, ctx->err);
        if (rc != OK)
                return rc;
        rc = leave_list(&read, instant_day(ctx->now), l);
        if (rc == OK)
                rc = all ? matter_hands_due(&read, t, l, max, due) : due_of_away(&read, t, l, max, due);
        store_read_end(read.tx);
        return rc;
}

int hand_some(struct house *h, struct ctx *ctx, struct str holder, const struct town *t, bool all, int max, int *ret_n, int *ret_stuck)
{
        ARENA_AUTO arena = { 0 };
        struct leaves leaves;
        struct hands due;
        *ret_n = *ret_stuck = 0;
        int rc = look(h, ctx, &arena, t, all, max, &leaves, &due);
        for (size_t i = 0; rc == OK && i < due.n; i++) {
                struct handing o = { .ctx = *ctx, .holder = holder, .t = t, .leaves = &leaves,
                                     .ask = { .hand = due.row[i], .from = STR(""), .to = STR("") } };
                rc = store_write(h->store, hand_run, &o, PRIO_BACKGROUND, ctx->err);
                *ret_n += rc == OK && o.moved;
                if (rc == ERR_NONE) { /* verify names it, and so does linli handover */
                        ++*ret_stuck;
                        rc = OK;
                }
        }
        return rc;
}

int hand_all(struct house *h, struct ctx *ctx, const struct town *t, int *ret_n, int *ret_stuck)
{
        int rc = OK, some = 1;
        *ret_n = 0;
        while (rc == OK && some > 0) {
                rc = hand_some(h, ctx, STR(""), t, true, ROUND_MAX, &some, ret_stuck);
                *ret_n += some;
        }
        return rc;
}

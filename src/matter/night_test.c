/* What is urgent outside office hours is with who is on duty, goes up to the leader of the shift, and to its own post in the morning. */
#include "matter/handover.h"
#include "matter/matter_test_util.h"

struct doing { const struct town *t; int64_t id; int alarms; struct hands due; struct leaves leaves; bool moved; struct matter_check check; };

static int ring_op(struct ctx *ctx, void *arg)
{
        struct doing *d = arg;
        ctx->actor = (struct actor){ ACTOR_SYSTEM, STR("") };
        return matter_ring(ctx, d->t, d->id, &d->alarms);
}

static int due_op(struct ctx *ctx, void *arg)
{
        struct doing *d = arg;
        return matter_hands_due(ctx, d->t, &d->leaves, 50, &d->due);
}

static int hand_op(struct ctx *ctx, void *arg)
{
        struct doing *d = arg;
        return matter_hand(ctx, d->t, &d->leaves, &(struct hand_ask){ d->due.row[0], STR(""), STR("") }, &d->moved);
}

static int verify_op(struct ctx *ctx, void *arg)
{
        struct doing *d = arg;
        return matter_verify(ctx, &d->check);
}

static void ring(struct store *store, struct test_ctx *c, struct doing *d, const char *when)
{
        set_now(c, when);
        CHECK_EQ(test_write(store, c, ring_op, d), OK);
}

/* What the rounds would move at @when: nothing, or this one. */
static size_t round_at(struct store *store, struct test_ctx *c, struct doing *d, const char *when)
{
        set_now(c, when);
        CHECK_EQ(test_read(store, c, due_op, d), OK);
        if (d->due.n)
                CHECK_EQ(test_write(store, c, hand_op, d), OK);
        return d->due.n;
}

static int64_t fire(struct store *store, struct test_ctx *c, const struct town *t, const char *when, const char *about)
{
        struct intake_in in = say_at("一楼着火了，快来人，楼上有老人", 39.905, 116.405);
        in.subject = STR("fire");
        in.respondent = str_of(about);
        set_now(c, when);
        return open_one(store, c, t, &in, NULL);
}

struct told { const struct town *t; struct matter m; struct str login[MATTER_TOLD_MAX]; size_t n; };

static int told_op(struct ctx *ctx, void *arg)
{
        struct told *w = arg;
        w->n = matter_told(ctx, w->t, &w->m, NOTIFY_LEAD, w->login);
        return OK;
}

STORE_TEST(in_office_hours_the_unit_has_it)
{
        struct test_ctx c;
        struct instant want;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct matter m = get_one(store, &c, fire(store, &c, t, "2026-01-05T10:00:00+08:00", ""));
        CHECK_STR(m.holder, "wg1");
        instant_parse(STR("2026-01-05T10:30:00+08:00"), &want);
        CHECK_EQ(m.next_at.us, want.us); /* half an hour of the one to sign */
        struct intake_in in = say_at("小区门口的垃圾没有清运", 39.905, 116.405);
        set_now(&c, "2026-01-05T20:00:00+08:00");
        CHECK_STR(get_one(store, &c, open_one(store, &c, t, &in, NULL)).holder, "cg1"); /* what is not urgent waits for the morning */
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(at_night_the_officer_signs_and_in_the_morning_the_unit_has_it)
{
        struct test_ctx c;
        struct doing d = { 0 };
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        d.t = t;
        d.id = fire(store, &c, t, "2026-01-05T20:00:00+08:00", "");
        struct matter m = get_one(store, &c, d.id);
        CHECK_STR(m.unit, "pab"); /* which stays in charge */
        CHECK_STR(m.post, "g-1");
        CHECK_STR(m.holder, "zhiban1");
        struct told told = { .t = t, .m = m };
        CHECK_EQ(test_read(store, &c, told_op, &told), OK);
        CHECK_EQ(told.n, 2); /* both hear of it */
        CHECK_STR(told.login[0], "zhiban1");
        CHECK_STR(told.login[1], "wg1");
        CHECK_EQ(round_at(store, &c, &d, "2026-01-05T20:05:00+08:00"), 0);
        CHECK_EQ(act_as(store, &c, t, d.id, "zhiban1", "sign", "", &m), OK);
        CHECK_STR(m.holder, "zhiban1");
        CHECK_EQ(round_at(store, &c, &d, "2026-01-06T08:45:00+08:00"), 0); /* the officer of the next shift is the same person */
        CHECK_EQ(round_at(store, &c, &d, "2026-01-06T09:00:00+08:00"), 1);
        CHECK_STR(get_one(store, &c, d.id).holder, "wg1");
        CHECK_EQ(round_at(store, &c, &d, "2026-01-06T20:00:00+08:00"), 0); /* nobody takes it away again */
        CHECK_EQ(test_read(store, &c, verify_op, &d), OK);
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(when_the_officer_does_not_sign_the_leader_of_the_shift_hears)
{
        struct test_ctx c;
        struct doing d = { 0 };
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        d.t = t;
        d.id = fire(store, &c, t, "2026-01-05T20:00:00+08:00", "");
        ring(store, &c, &d, "2026-01-05T20:59:59+08:00");
        CHECK_STR(get_one(store, &c, d.id).holder, "zhiban1");
        ring(store, &c, &d, "2026-01-05T21:00:00+08:00");
        struct matter m = get_one(store, &c, d.id);
        CHECK_STR(m.holder, "daiban1");
        CHECK_STR(m.state, "received"); /* and counts as received: the unit answers for it */
        CHECK_EQ(round_at(store, &c, &d, "2026-01-05T23:00:00+08:00"), 0);
        CHECK_EQ(round_at(store, &c, &d, "2026-01-06T08:31:00+08:00"), 1); /* the leader went home, the office is closed still */
        CHECK_STR(get_one(store, &c, d.id).holder, "zhiban1");
        CHECK_EQ(round_at(store, &c, &d, "2026-01-06T09:00:00+08:00"), 1);
        CHECK_STR(get_one(store, &c, d.id).holder, "wg1");
        CHECK_EQ(test_read(store, &c, verify_op, &d), OK);
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(never_an_officer_who_is_complained_about)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct matter m = get_one(store, &c, fire(store, &c, t, "2026-01-05T20:00:00+08:00", "zhiban1"));
        CHECK(!str_is(m.holder, "zhiban1"));
        CHECK(m.holder.n > 0);
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(where_nobody_is_on_duty_the_post_has_it)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, (struct town_file[]){ { "roster.csv", "date,shift,leader,officer\n" }, { 0 } });
        CHECK_STR(get_one(store, &c, fire(store, &c, t, "2026-01-05T20:00:00+08:00", "")).holder, "wg1");
        town_unref(t);
        test_ctx_free(&c);
}

/* Taking back what came in with a table: only while nobody has worked on it, and with an event that says who. */
#include "matter/matter_test_util.h"
#include "matter/retract.h"

struct retracting {
        const struct town *t;
        int64_t id;
        const char *who;
        struct matter_story story;
        struct matter_check check;
};

static int retract_op(struct ctx *ctx, void *arg)
{
        struct retracting *r = arg;
        ctx->actor = (struct actor){ ACTOR_STAFF, str_of(r->who) };
        return matter_retract(ctx, r->t, r->id, STR("20260302-090000-matters"));
}

static int look_op(struct ctx *ctx, void *arg)
{
        struct retracting *r = arg;
        int rc = matter_story(ctx, r->id, &r->story);
        return rc == OK ? matter_verify(ctx, &r->check) : rc;
}

static int ring_op(struct ctx *ctx, void *arg)
{
        struct retracting *r = arg;
        int alarms;
        ctx->actor = (struct actor){ ACTOR_SYSTEM, STR("") };
        return matter_ring(ctx, r->t, r->id, &alarms);
}

STORE_TEST(what_nobody_has_touched_is_taken_back_though_its_clocks_have_rung)
{
        struct test_ctx c;
        test_ctx_init(&c);
        set_now(&c, "2026-03-02T09:00:00+08:00");
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = say_at("小区门口的垃圾没有清运", 39.905, 116.405);
        in.batch = STR("20260302-090000-matters");
        in.taken_in = c.ctx.now;
        struct retracting r = { .t = t, .id = open_one(store, &c, t, &in, NULL), .who = "d2" };
        set_now(&c, "2026-03-20T09:00:00+08:00");
        CHECK_EQ(test_write(store, &c, ring_op, &r), OK);
        CHECK_EQ(test_write(store, &c, retract_op, &r), OK);
        struct matter m = get_one(store, &c, r.id);
        CHECK_STR(m.state, "withdrawn");
        CHECK(!m.open && instant_is_none(m.next_at));
        CHECK_EQ(test_read(store, &c, look_op, &r), OK);
        CHECK(str_find(r.story.row[0].e.body, STR("\"import\":\"20260302-090000-matters\",\"taken_in\":\"2026-03-02T09:00:00+08:00\"")) > 0);
        const struct matter_step *last = &r.story.row[r.story.n - 1], *before = last - 1;
        CHECK_STR(last->e.kind, "erased");
        CHECK_STR(before->e.kind, "retracted");
        CHECK_STR(before->e.actor, "staff:d2");
        CHECK_EQ(r.story.row[0].words.n, 0);
        CHECK_EQ(r.check.faults, 0);
        CHECK_EQ(r.check.erased, 1);
        CHECK_EQ(test_write(store, &c, retract_op, &r), ERR_STATE); /* once */
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(what_somebody_has_worked_on_stays)
{
        struct test_ctx c;
        test_ctx_init(&c);
        set_now(&c, "2026-03-02T09:00:00+08:00");
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = say_at("小区门口的垃圾没有清运", 39.905, 116.405);
        in.anonymous = false;
        struct retracting r = { .t = t, .id = open_one(store, &c, t, &in, NULL), .who = "d2" };
        CHECK_EQ(act_as(store, &c, t, r.id, "reporter", "withdraw", "", NULL), OK);
        CHECK_EQ(test_write(store, &c, retract_op, &r), ERR_STATE);
        r.id = open_one(store, &c, t, &in, NULL);
        struct matter m = get_one(store, &c, r.id);
        CHECK_EQ(act_as(store, &c, t, r.id, m.holder.n ? str_c(c.ctx.arena, m.holder) : "", "sign", "", NULL), OK);
        CHECK_EQ(test_write(store, &c, retract_op, &r), ERR_STATE);
        CHECK(get_one(store, &c, r.id).open);
        town_unref(t);
        test_ctx_free(&c);
}

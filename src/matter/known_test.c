/* An outage announced once: who reports it is joined and told at once, may say that theirs is different, and hears of its end. */
#include "matter/known.h"
#include "matter/matter_test_util.h"
#include "matter/voices.h"

struct announcing {
        const struct town *t;
        struct known_cause c;
        struct intake_in in;
        int64_t id;
        int32_t rev;
        struct str why;
        struct known_causes all;
        struct matter after;
};

static int open_op(struct ctx *ctx, void *arg)
{
        struct announcing *a = arg;
        struct intake k;
        struct code code = code_new(ctx->now, ctx->chance);
        int rc = intake_decide(ctx, a->t, &a->in, &k);
        a->c.subject = a->in.subject;
        a->c.path = k.path;
        return rc == OK ? known_open(ctx, a->t, &k, &a->c, a->id, &code) : rc;
}

static int move_op(struct ctx *ctx, void *arg)
{
        struct announcing *a = arg;
        return known_move(ctx, a->id, a->rev, a->c.until, a->why, STR(""), &a->after);
}

static int list_op(struct ctx *ctx, void *arg)
{
        struct announcing *a = arg;
        return known_list(ctx, &a->all);
}

static int verify_op(struct ctx *ctx, void *arg)
{
        return matter_verify(ctx, arg);
}

static void sound(struct store *store, struct test_ctx *c)
{
        struct matter_check check;
        if (test_read(store, c, verify_op, &check) != OK)
                fail_msg("verify: %s", c->err.en);
}

static struct instant at(const char *s)
{
        struct instant t;
        CHECK_EQ(instant_parse(str_of(s), &t), OK);
        return t;
}

static struct announcing outage(struct test_ctx *c, const struct town *t, const char *place, const char *until)
{
        struct announcing a = { .t = t, .id = id_next(&c->ids, c->ctx.now) };
        a.in = say("路灯线路检修，预计今日18:00恢复照明");
        a.in.subject = STR("light");
        a.in.place = str_of(place);
        a.in.source = STR("system");
        a.c = (struct known_cause){ .text = a.in.words, .why = STR(""), .since = c->ctx.now, .until = at(until) };
        return a;
}

/* As the door does it: in the transaction that opens. */
struct reporting { const struct town *t; struct intake_in in; int64_t id; };

static int report_op(struct ctx *ctx, void *arg)
{
        struct reporting *r = arg;
        struct intake k;
        struct known_causes all;
        struct code code = code_new(ctx->now, ctx->chance);
        int rc = intake_decide(ctx, r->t, &r->in, &k);
        if (rc == OK)
                rc = known_list(ctx, &all);
        if (rc == OK)
                rc = matter_open(ctx, r->t, &k, r->id, &code, r->in.anonymous ? MATTER_ANONYMOUS : r->id + 1);
        const struct known_cause *known = rc == OK ? known_for(r->t, &all, &k, ctx->now) : NULL;
        struct matter after;
        return known ? known_join(ctx, r->t, r->id, known, &after) : rc;
}

static int64_t report(struct store *store, struct test_ctx *c, const struct town *t, struct intake_in in)
{
        struct reporting r = { .t = t, .in = in, .id = id_next(&c->ids, c->ctx.now) };
        CHECK_EQ(test_write(store, c, report_op, &r), OK);
        return r.id;
}

STORE_TEST(an_outage_answers_who_reports_it)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        c.ctx.actor = (struct actor){ ACTOR_STAFF, STR("diaodu1") };
        struct announcing a = outage(&c, t, A_COMMUNITY, "2026-01-05T18:00:00+08:00");
        CHECK_EQ(test_write(store, &c, open_op, &a), OK);
        CHECK_STR(get_one(store, &c, a.id).unit, "cgb");
        set_now(&c, "2026-01-05T10:00:00+08:00");
        struct intake_in in = say_at("门口路灯不亮", 39.905, 116.405);
        in.anonymous = false;
        int64_t one = report(store, &c, t, in), two = report(store, &c, t, in);
        struct matter m = get_one(store, &c, one);
        CHECK_STR(m.state, "joined");
        CHECK(m.waits && m.cause == a.id && !instant_is_none(m.due));
        in.point.lon = 116.425; /* the other community has its light */
        CHECK_STR(get_one(store, &c, report(store, &c, t, in)).state, "dispatched");
        in = say_at("门口垃圾没有清运", 39.905, 116.405); /* another subject */
        CHECK_STR(get_one(store, &c, report(store, &c, t, in)).state, "dispatched");
        in = say_at("路灯不亮，电线掉下来着火了", 39.905, 116.405); /* danger waits for nobody */
        CHECK(!get_one(store, &c, report(store, &c, t, in)).waits);
        CHECK_EQ(get_one(store, &c, a.id).voices, 2);
        sound(store, &c);
        CHECK_EQ(act_as(store, &c, t, two, "reporter", "split", "reason=只有我家门口不亮", &m), OK);
        CHECK_STR(m.state, "placing");
        CHECK_EQ(act_as(store, &c, t, a.id, "cg1", "sign", "", NULL), OK);
        CHECK_EQ(act_as(store, &c, t, a.id, "cg1", "answer", "text=线路已修复，17:20恢复照明", NULL), OK); /* the one closing message */
        CHECK_STR(get_one(store, &c, one).state, "answered");
        in = say_at("门口路灯不亮", 39.905, 116.405);
        CHECK_STR(get_one(store, &c, report(store, &c, t, in)).state, "dispatched"); /* it is over: this is news */
        CHECK_EQ(test_read(store, &c, list_op, &a), OK);
        CHECK_EQ(a.all.n, 0);
        sound(store, &c);
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(the_time_is_moved_and_says_why)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        c.ctx.actor = (struct actor){ ACTOR_STAFF, STR("diaodu1") };
        struct announcing a = outage(&c, t, G1, "2026-01-05T18:00:00+08:00"), past = outage(&c, t, G1, "2026-01-05T08:00:00+08:00");
        CHECK_EQ(test_write(store, &c, open_op, &past), ERR_RANGE);
        CHECK_STR(str_of(c.err.field), "until");
        CHECK_EQ(test_write(store, &c, open_op, &a), OK);
        struct intake_in in = say_at("门口路灯不亮", 39.905, 116.405);
        set_now(&c, "2026-01-05T18:30:00+08:00");
        CHECK_STR(get_one(store, &c, report(store, &c, t, in)).state, "dispatched"); /* the time has passed without news */
        a.c.until = at("2026-01-06T12:00:00+08:00");
        a.why = STR("配件明早才到");
        a.rev = 1;
        CHECK_EQ(test_write(store, &c, move_op, &a), ERR_REV); /* somebody else has changed it */
        a.rev = 2;
        CHECK_EQ(test_write(store, &c, move_op, &a), OK);
        CHECK_EQ(a.after.rev, 3);
        CHECK_STR(get_one(store, &c, report(store, &c, t, in)).state, "joined");
        CHECK_EQ(test_read(store, &c, list_op, &a), OK);
        CHECK_EQ(a.all.n, 1);
        CHECK_EQ(a.all.row[0].moved, 1);
        CHECK_STR(a.all.row[0].why, "配件明早才到");
        sound(store, &c);
        a.id = 77;
        CHECK_EQ(test_write(store, &c, move_op, &a), ERR_NONE);
        town_unref(t);
        test_ctx_free(&c);
}

/* An outage announced once: who reports it is joined and told at once, may say that theirs is different, and hears of its end. */
#include "matter/known.h"
#include <stdio.h>
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
        struct matter_action who = { .id = a->id, .rights = UINT64_MAX };
        int rc = intake_decide(ctx, a->t, &a->in, &k);
        return rc == OK ? known_open(ctx, a->t, &k, &who, &a->c, &code, &a->after) : rc;
}

static int announce_op(struct ctx *ctx, void *arg)
{
        struct announcing *a = arg;
        struct matter_action who = { .id = a->id, .rev = a->rev, .rights = UINT64_MAX };
        return known_announce(ctx, a->t, &who, &a->c, &a->after);
}

static int move_op(struct ctx *ctx, void *arg)
{
        struct announcing *a = arg;
        struct matter_action who = { .id = a->id, .rev = a->rev, .rights = UINT64_MAX };
        struct known_move to = { a->c.until, a->why, STR(""), STR("") };
        return known_move(ctx, a->t, &who, &to, &a->after);
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
        a.c = (struct known_cause){ .subject = a.in.subject, .places = a.in.place, .text = a.in.words, .text_en = STR("The lamps are being mended"),
                                    .why = STR(""), .since = INSTANT_NONE, .until = at(until) };
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
        a.c.until = at("2027-06-01T12:00:00+08:00"); /* beyond the limit "restore" */
        a.rev = 0;
        CHECK_EQ(test_write(store, &c, move_op, &a), ERR_RANGE);
        CHECK_STR(str_of(c.err.field), "until");
        a.c.until = at("2026-01-06T13:00:00+08:00");
        a.id = report(store, &c, t, say_at("门口垃圾没有清运", 39.905, 116.405));
        CHECK_EQ(test_write(store, &c, move_op, &a), ERR_STATE); /* nothing of it is announced */
        a.id = 77;
        CHECK_EQ(test_write(store, &c, move_op, &a), ERR_NONE);
        town_unref(t);
        test_ctx_free(&c);
}

struct told { int64_t id; struct str kind, body; };

static int last_event_op(struct ctx *ctx, void *arg)
{
        struct told *told = arg;
        struct event_rows events;
        int rc = event_of(ctx, told->id, &events);
        told->kind = rc == OK && events.n ? events.row[events.n - 1].e.kind : STR("");
        told->body = rc == OK && events.n ? events.row[events.n - 1].e.body : STR("");
        return rc;
}

static bool last_is(struct store *store, struct test_ctx *c, int64_t id, const char *kind, const char *part)
{
        struct told told = { .id = id };
        CHECK_EQ(test_read(store, c, last_event_op, &told), OK);
        return str_is(told.kind, kind) && memmem(told.body.p, told.body.n, part, strlen(part)) != NULL;
}

/* Three people are joined to one matter; then the desk learns when it will be over, and that it takes longer. Each of them is told. */
STORE_TEST(those_who_wait_are_told_when_and_why_it_is_later)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        c.ctx.actor = (struct actor){ ACTOR_STAFF, STR("diaodu1") };
        struct intake_in in = say_at("门口路灯不亮", 39.905, 116.405);
        in.anonymous = false;
        int64_t first = report(store, &c, t, in), voice[3];
        char form[64];
        snprintf(form, sizeof(form), "cause=%lld|reason=同一处", (long long)first);
        for (size_t i = 0; i < COUNT(voice); i++) {
                voice[i] = report(store, &c, t, in);
                CHECK_EQ(act_as(store, &c, t, voice[i], "diaodu1", "join", form, NULL), OK);
        }
        struct announcing a = outage(&c, t, G1, "2026-01-05T18:00:00+08:00");
        a.id = first;
        a.rev = 77;
        CHECK_EQ(test_write(store, &c, announce_op, &a), ERR_REV);
        a.rev = 0;
        a.c.places = STR("nowhere");
        CHECK_EQ(test_write(store, &c, announce_op, &a), ERR_UNKNOWN);
        CHECK_STR(str_of(c.err.field), "places");
        a.c.places = a.c.subject = STR(""); /* those of the matter */
        CHECK_EQ(test_write(store, &c, announce_op, &a), OK);
        CHECK_EQ(test_write(store, &c, announce_op, &a), ERR_STATE); /* once */
        for (size_t i = 0; i < COUNT(voice); i++)
                CHECK(last_is(store, &c, voice[i], "inform", "\"until\":\"2026-01-05T18:00:00+08:00\""));
        CHECK_STR(get_one(store, &c, report(store, &c, t, in)).state, "joined");
        CHECK_EQ(get_one(store, &c, first).voices, 4);
        a.c.until = at("2026-01-05T20:00:00+08:00");
        a.why = STR("配件未到");
        CHECK_EQ(test_write(store, &c, move_op, &a), OK);
        for (size_t i = 0; i < COUNT(voice); i++) {
                CHECK(last_is(store, &c, voice[i], "inform", "\"until\":\"2026-01-05T20:00:00+08:00\""));
                CHECK(last_is(store, &c, voice[i], "inform", "\"was\":\"2026-01-05T18:00:00+08:00\""));
                CHECK_STR(get_one(store, &c, voice[i]).state, "joined");
        }
        sound(store, &c);
        in.respondent = STR("cgb"); /* a complaint is nobody's outage */
        a.id = report(store, &c, t, in);
        CHECK_EQ(test_write(store, &c, announce_op, &a), ERR_RULE);
        town_unref(t);
        test_ctx_free(&c);
}

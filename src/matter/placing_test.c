/* Nobody knows where it is: the desk has one working hour, over lunch and over a holiday, then it goes up; the resident's own clock is
 * as it was. */
#include "matter/matter_test_util.h"

struct ringing { const struct town *t; int64_t id; int alarms; };

static int ring_op(struct ctx *ctx, void *arg)
{
        struct ringing *r = arg;
        ctx->actor = (struct actor){ ACTOR_SYSTEM, STR("") };
        return matter_ring(ctx, r->t, r->id, &r->alarms);
}

static int ring(struct store *store, struct test_ctx *c, struct ringing *r, const char *at)
{
        set_now(c, at);
        CHECK_EQ(test_write(store, c, ring_op, r), OK);
        return r->alarms;
}

static int verify_op(struct ctx *ctx, void *arg)
{
        struct matter_check *check = arg;
        return matter_verify(ctx, check);
}

static void proved(struct store *store, struct test_ctx *c)
{
        struct matter_check check = { 0 };
        if (test_read(store, c, verify_op, &check) != OK)
                fail_msg("%s", c->err.en);
}

/* Opened when, reminded at half of it, up at the end; the second before each nothing rings. */
static const struct { const char *why, *opened, *before_half, *half, *before_end, *end; } hour[] = {
        { "a morning", "2026-01-05T09:00:00+08:00", "2026-01-05T09:29:59+08:00", "2026-01-05T09:30:00+08:00", "2026-01-05T09:59:59+08:00",
          "2026-01-05T10:00:00+08:00" },
        { "over lunch, which nobody works through", "2026-01-05T11:40:00+08:00", "2026-01-05T14:09:59+08:00", "2026-01-05T14:10:00+08:00",
          "2026-01-05T14:39:59+08:00", "2026-01-05T14:40:00+08:00" },
        { "over the National Day: 30 September to 8 October", "2026-09-30T17:40:00+08:00", "2026-10-08T09:09:59+08:00",
          "2026-10-08T09:10:00+08:00", "2026-10-08T09:39:59+08:00", "2026-10-08T09:40:00+08:00" },
        { "on a Saturday that is worked for the festival", "2026-02-14T17:30:00+08:00", "2026-02-14T17:59:59+08:00",
          "2026-02-14T18:00:00+08:00", "2026-02-24T09:29:59+08:00", "2026-02-24T09:30:00+08:00" },
};

STORE_TEST(the_desk_has_one_working_hour_to_find_the_place)
{
        for (size_t i = 0; i < COUNT(hour); i++) {
                struct test_ctx c;
                test_ctx_init(&c);
                set_now(&c, hour[i].opened);
                struct town *t = load_small(store, &c, NULL);
                struct intake_in in = say("门口的垃圾没有清运");
                in.said = STR("菜场那头");
                in.anonymous = i >= 2; /* the 24 hours of a first contact would ring in the holiday too */
                struct ringing r = { .t = t, .id = open_one(store, &c, t, &in, NULL) };
                struct matter m = get_one(store, &c, r.id);
                struct str promised = str_dup(&c.arena, m.clocks);
                struct instant due = m.due;
                CHECK_STR(m.state, "placing");
                CHECK_EQ(m.place_call, !in.anonymous);
                if (ring(store, &c, &r, hour[i].before_half) != 0 || ring(store, &c, &r, hour[i].half) != 1 || ring(store, &c, &r, hour[i].before_end) != 0)
                        fail_msg("%s: the reminder", hour[i].why);
                CHECK_EQ(get_one(store, &c, r.id).raised, 0);
                if (ring(store, &c, &r, hour[i].end) != 1)
                        fail_msg("%s: the end", hour[i].why);
                m = get_one(store, &c, r.id);
                CHECK_EQ(m.raised, 1);
                CHECK(!str_is(m.holder, "diaodu1"));
                CHECK_EQ(m.due.us, due.us); /* the resident's clock runs on as it was promised */
                CHECK(promised.n > 0);
                proved(store, &c);
                town_unref(t);
                test_ctx_free(&c);
        }
}

#define REACHED "channel=phone|time=2026-01-05T09:10:00+08:00|outcome=reached|said=１号灯杆旁边"
#define IN_VAIN "channel=phone|time=2026-01-05T09:05:00+08:00|outcome=not_reached"

STORE_TEST(a_call_is_asked_for_until_they_are_reached_or_it_is_placed)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = say("门口的垃圾没有清运");
        struct matter m;
        int64_t nobody = open_one(store, &c, t, &in, NULL);
        CHECK(!get_one(store, &c, nobody).place_call); /* nobody to call */
        CHECK_EQ(act_as(store, &c, t, nobody, "diaodu1", "ask_place", REACHED, &m), ERR_RULE);
        in.anonymous = false;
        int64_t one = open_one(store, &c, t, &in, NULL), other = open_one(store, &c, t, &in, NULL);
        set_now(&c, "2026-01-05T09:20:00+08:00");
        CHECK_EQ(act_as(store, &c, t, one, "cg1", "ask_place", REACHED, &m), ERR_RIGHT);
        CHECK_EQ(act_as(store, &c, t, one, "diaodu1", "ask_place", IN_VAIN, &m), OK);
        CHECK(m.place_call && m.place_calls == 1 && instant_is_none(m.contacted));
        CHECK_EQ(act_as(store, &c, t, one, "diaodu1", "ask_place", REACHED, &m), OK);
        CHECK(!m.place_call && m.place_calls == 2 && !instant_is_none(m.contacted));
        CHECK_STR(m.state, "placing");
        CHECK_EQ(act_as(store, &c, t, one, "diaodu1", "dispatch", "thing=lamp-99|reason=问到了", &m), ERR_UNKNOWN);
        CHECK_EQ(act_as(store, &c, t, one, "diaodu1", "dispatch", "thing=lamp-1|reason=问到了", &m), OK);
        CHECK_STR(m.grid, G1);
        CHECK_EQ(act_as(store, &c, t, other, "diaodu1", "dispatch", "place=" G3 "|reason=照片上看得出", &m), OK);
        CHECK(!m.place_call && m.place_calls == 0);
        CHECK_EQ(act_as(store, &c, t, other, "diaodu1", "ask_place", REACHED, &m), ERR_STATE);
        proved(store, &c);
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(of_two_who_place_it_one_looks_again)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = say("门口的垃圾没有清运");
        struct matter m;
        in.said = STR("老供销社旁边");
        int64_t id = open_one(store, &c, t, &in, NULL);
        int32_t seen = get_one(store, &c, id).rev;
        CHECK_EQ(act_seen(store, &c, t, id, seen, "diaodu1", "dispatch", "place=" G1 "|reason=问到了", &m), OK);
        CHECK_EQ(act_seen(store, &c, t, id, seen, "diaodu2", "dispatch", "place=" G3 "|reason=问到了", &m), ERR_REV);
        CHECK_STR(get_one(store, &c, id).grid, G1);
        proved(store, &c);
        town_unref(t);
        test_ctx_free(&c);
}

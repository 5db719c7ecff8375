/* Clocks: each alarm once however late somebody looks, at 100 % to the next post, and silence after the end. */
#include "matter/matter_test_util.h"

struct ringing {
        const struct town *t;
        int64_t id;
        int alarms;
        int64_t *ids;
        size_t n_ids;
        struct instant next;
        struct matter_story story;
};

static int ring_op(struct ctx *ctx, void *arg)
{
        struct ringing *r = arg;
        ctx->actor = (struct actor){ ACTOR_SYSTEM, STR("") };
        return matter_ring(ctx, r->t, r->id, &r->alarms);
}

static int due_op(struct ctx *ctx, void *arg)
{
        struct ringing *r = arg;
        int rc = matter_ringing(ctx, 100, &r->ids, &r->n_ids);
        if (rc == OK)
                rc = matter_next_alarm(ctx, &r->next);
        return rc == OK ? matter_story(ctx, r->id, &r->story) : rc;
}

/* What rings at @at. */
static int ring(struct store *store, struct test_ctx *c, struct ringing *r, const char *at)
{
        set_now(c, at);
        CHECK_EQ(test_write(store, c, ring_op, r), OK);
        int alarms = r->alarms;
        CHECK_EQ(test_write(store, c, ring_op, r), OK);
        CHECK_EQ(r->alarms, 0); /* once is enough */
        CHECK_EQ(test_read(store, c, due_op, r), OK);
        CHECK_EQ(r->n_ids, 0);
        return alarms;
}

static int count(const struct ringing *r, const char *kind, const char *part)
{
        int n = 0;
        for (size_t i = 0; i < r->story.n; i++)
                n += str_is(r->story.row[i].e.kind, kind) && str_find(r->story.row[i].e.body, str_of(part)) >= 0;
        return n;
}

static struct intake_in garbage(void)
{
        struct intake_in in = say_at("小区门口的垃圾没有清运", 39.905, 116.405);
        in.anonymous = false;
        return in;
}

STORE_TEST(unsigned_it_reminds_twice_then_counts_as_received_and_goes_up)
{
        struct test_ctx c;
        struct clock_set clocks;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage();
        struct ringing r = { .t = t, .id = open_one(store, &c, t, &in, NULL) };
        CHECK_EQ(ring(store, &c, &r, "2026-01-05T09:59:59+08:00"), 0);
        CHECK_EQ(ring(store, &c, &r, "2026-01-05T10:00:00+08:00"), 1);
        CHECK_EQ(count(&r, "alarm", "{\"clock\":\"sign\",\"percent\":50,"), 1);
        CHECK_EQ(ring(store, &c, &r, "2026-01-05T10:36:00+08:00"), 1);
        CHECK_EQ(count(&r, "alarm", "{\"clock\":\"sign\",\"percent\":80,"), 1);
        CHECK_STR(get_one(store, &c, r.id).state, "dispatched");
        CHECK_EQ(ring(store, &c, &r, "2026-01-05T11:00:00+08:00"), 1);
        CHECK_EQ(count(&r, "raised", "{\"clock\":\"sign\",\"percent\":100,"), 1);
        CHECK_EQ(count(&r, "receive", "\"from\":\"dispatched\",\"to\":\"received\""), 1);
        struct matter m = get_one(store, &c, r.id);
        CHECK_STR(m.state, "received");
        CHECK(instant_is_none(m.signed_at)); /* nobody signed */
        CHECK_EQ(m.raised, 1);
        CHECK_STR(m.holder, "daiban1");
        CHECK_STR(m.post, "leader");
        CHECK_STR(m.unit, "cgb"); /* the unit still owes it */
        CHECK_EQ(clock_set_parse(m.clocks, &clocks), OK);
        CHECK(!clock_runs(clock_set_find(&clocks, STR("sign"))));
        CHECK_EQ(r.next.us, m.next_at.us);
        CHECK(!instant_is_none(m.next_at));
        CHECK_EQ(count(&r, "receive", ""), 1);
        CHECK_STR(r.story.row[r.story.n - 1].e.actor, "system");
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(however_late_each_alarm_rings_once)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage();
        struct ringing r = { .t = t, .id = open_one(store, &c, t, &in, NULL) };
        int64_t other = open_one(store, &c, t, &in, NULL);
        set_now(&c, "2026-04-01T12:00:00+08:00"); /* the server was away for a quarter */
        CHECK_EQ(test_read(store, &c, due_op, &r), OK);
        CHECK_EQ(r.n_ids, 2);
        CHECK_EQ(test_write(store, &c, ring_op, &r), OK);
        CHECK_EQ(r.alarms, 12); /* sign, contact, answer, statutory: 50, 80, 100 each */
        CHECK_EQ(test_read(store, &c, due_op, &r), OK);
        CHECK_EQ(r.n_ids, 1);
        CHECK_EQ(r.ids[0], other);
        CHECK_EQ(count(&r, "alarm", "\"percent\":50"), 4);
        CHECK_EQ(count(&r, "alarm", "\"percent\":80"), 4);
        CHECK_EQ(count(&r, "raised", "\"percent\":100"), 4);
        CHECK_EQ(count(&r, "receive", ""), 1);
        struct matter m = get_one(store, &c, r.id);
        CHECK_EQ(m.raised, 4);
        CHECK_EQ(m.n, 1 + 12 + 1);
        CHECK(m.open);
        CHECK(instant_is_none(m.next_at));
        CHECK_EQ(test_write(store, &c, ring_op, &r), OK);
        CHECK_EQ(r.alarms, 0);
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(it_goes_up_to_another_post_every_time)
{
        static const char *const at[] = { "2026-01-05T11:00:00+08:00", "2026-01-06T09:00:00+08:00",
                                          "2026-01-09T00:00:00+08:00", "2026-03-07T00:00:00+08:00" };
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage();
        struct ringing r = { .t = t, .id = open_one(store, &c, t, &in, NULL) };
        struct str before = STR("cg1");
        for (size_t i = 0; i < COUNT(at); i++) {
                CHECK(ring(store, &c, &r, at[i]) > 0);
                struct matter m = get_one(store, &c, r.id);
                print_message("%s: " STR_FMT "\n", at[i], STR_ARG(m.holder));
                CHECK_EQ(m.raised, (int)i + 1);
                CHECK(!str_eq(m.holder, before));
                CHECK(m.holder.n > 0);
                before = m.holder;
        }
        CHECK_EQ(count(&r, "raised", "\"raised\":true"), (int)COUNT(at));
        town_unref(t);
        test_ctx_free(&c);
}

/* Complained about is the desk: what nobody places there goes up, yet never back to it. */
STORE_TEST(going_up_passes_over_who_is_complained_about)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage();
        in.has_point = false;
        in.respondent = STR("desk");
        struct ringing r = { .t = t, .id = open_one(store, &c, t, &in, NULL) };
        CHECK_STR(get_one(store, &c, r.id).holder, "daiban1");
        CHECK(ring(store, &c, &r, "2026-03-30T11:00:00+08:00") > 5);
        static const char *const of_desk[] = { "diaodu1", "diaodu2", "zhiban1", "ck1" };
        struct matter m = get_one(store, &c, r.id);
        for (size_t i = 0; i < COUNT(of_desk); i++) {
                CHECK(!str_is(m.holder, of_desk[i]));
                CHECK_EQ(count(&r, "raised", of_desk[i]), 0);
        }
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(after_the_end_nothing_rings)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage();
        struct ringing r = { .t = t, .id = open_one(store, &c, t, &in, NULL) };
        CHECK_EQ(act_as(store, &c, t, r.id, "reporter", "withdraw", "", NULL), OK);
        CHECK_EQ(ring(store, &c, &r, "2026-12-01T09:00:00+08:00"), 0);
        CHECK(instant_is_none(r.next));
        CHECK_EQ(get_one(store, &c, r.id).n, 2);
        CHECK_EQ(count(&r, "alarm", ""), 0);
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(what_the_desk_does_not_place_in_time_goes_up_too)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage();
        in.has_point = false;
        struct ringing r = { .t = t, .id = open_one(store, &c, t, &in, NULL) };
        CHECK_EQ(ring(store, &c, &r, "2026-01-05T11:00:00+08:00"), 2); /* 50 and 100 % of the desk's two office hours */
        struct matter m = get_one(store, &c, r.id);
        CHECK_STR(m.state, "placing"); /* nothing is sent by itself to who may be wrong */
        CHECK_EQ(m.raised, 1);
        CHECK_STR(m.holder, "daiban1");
        town_unref(t);
        test_ctx_free(&c);
}

/* A microsecond before the time is over counts. */
STORE_TEST(a_ring_and_a_signature_meet_in_order)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage();
        struct ringing r = { .t = t, .id = open_one(store, &c, t, &in, NULL) };
        set_now(&c, "2026-01-05T10:59:59.999999+08:00");
        CHECK_EQ(act_as(store, &c, t, r.id, "cg1", "sign", "", NULL), OK);
        CHECK_EQ(ring(store, &c, &r, "2026-01-05T11:00:00+08:00"),
                 0); /* stopped just in time: neither reminder nor raise */
        CHECK_EQ(get_one(store, &c, r.id).raised, 0);
        town_unref(t);
        test_ctx_free(&c);
}

struct renewing {
        const struct town *t;
        int64_t id;
        bool renews, moved;
};

static int renews_op(struct ctx *ctx, void *arg)
{
        struct renewing *r = arg;
        struct matter_walk walk = { 0 };
        struct matter_open_row *row;
        size_t n;
        int rc = matter_walk_open(ctx, &walk, &row, &n);
        CHECK_EQ(n, 1);
        r->renews = matter_renews(r->t, row);
        return rc;
}

static int renew_op(struct ctx *ctx, void *arg)
{
        struct renewing *r = arg;
        return matter_renew(ctx, r->t, r->id, &r->moved);
}

/* Sixty days from 28 December end on 26 February of a year whose notice is not known. */
STORE_TEST(a_provisional_deadline_is_counted_anew_only_when_that_moves_it)
{
        static const struct town_file later[] = { { "calendar.csv", "date,work,name\n2027-02-26,no,本地节日\n" },
                                                  { 0 } };
        struct test_ctx c;
        test_ctx_init(&c);
        set_now(&c, "2026-12-28T09:00:00+08:00");
        struct town *t = load_small(store, &c, NULL), *other = load_small(store, &c, later);
        struct intake_in in = garbage();
        struct renewing r = { .t = t, .id = open_one(store, &c, other, &in, NULL) };
        CHECK_EQ(test_read(store, &c, renews_op, &r), OK);
        CHECK(r.renews); /* the other town's calendar moved it; this one would move it back */
        CHECK_EQ(test_write(store, &c, renew_op, &r), OK);
        CHECK(r.moved);
        CHECK_EQ(get_one(store, &c, r.id).n, 2);
        CHECK_EQ(test_read(store, &c, renews_op, &r), OK);
        CHECK(!r.renews);
        CHECK_EQ(test_write(store, &c, renew_op, &r), OK);
        CHECK_EQ(get_one(store, &c, r.id).n, 2);
        r.t = other;
        CHECK_EQ(test_read(store, &c, renews_op, &r), OK);
        CHECK(r.renews);
        town_unref(t);
        town_unref(other);
        test_ctx_free(&c);
}

static const struct town_file new_years_day[] = {
        { "calendar.csv", "date,work,name,org\n2027-01-01,no,元旦,\n2027-01-02,yes,调休上班,\n" },
        { 0 },
};

STORE_TEST(a_provisional_deadline_is_counted_anew)
{
        struct test_ctx c;
        struct clock_set clocks;
        test_ctx_init(&c);
        set_now(&c, "2026-12-29T09:00:00+08:00");
        struct town *old = load_small(store, &c, NULL);
        struct intake_in in = garbage();
        struct ringing r = { .t = old, .id = open_one(store, &c, old, &in, NULL) };
        struct renewing again = { .t = old, .id = r.id };
        struct instant friday, saturday;
        instant_parse(STR("2027-01-01T23:59:59.999999+08:00"), &friday);
        instant_parse(STR("2027-01-02T23:59:59.999999+08:00"), &saturday);
        CHECK_EQ(clock_set_parse(get_one(store, &c, r.id).clocks, &clocks), OK);
        CHECK(clock_set_find(&clocks, STR("answer"))->provisional); /* next year's holidays are not published yet */
        CHECK_EQ(get_one(store, &c, r.id).due.us, friday.us);
        CHECK_EQ(test_write(store, &c, renew_op, &again), OK);
        CHECK(!again.moved); /* nothing new is known */
        CHECK_EQ(get_one(store, &c, r.id).n, 1);
        set_now(&c, "2026-12-30T09:00:00+08:00");
        struct town *new = load_small(store, &c, new_years_day);
        again.t = new;
        CHECK_EQ(test_write(store, &c, renew_op, &again), OK);
        CHECK(again.moved);
        CHECK_EQ(get_one(store, &c, r.id).due.us, saturday.us);
        CHECK_EQ(test_read(store, &c, due_op, &r), OK);
        CHECK_EQ(count(&r, "renewed", "{\"clock\":\"answer\",\"from\":\"2027-01-01T"), 1);
        CHECK_EQ(test_write(store, &c, renew_op, &again), OK);
        CHECK(!again.moved);
        town_unref(old);
        town_unref(new);
        test_ctx_free(&c);
}

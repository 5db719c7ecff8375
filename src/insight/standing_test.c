/* What comes back gets an owner, a plan and a measure: do reports fall? */
#include "insight/standing.h"
#include "insight/listen.h"
#include "matter/matter_test_util.h"

struct owning {
        const struct town *t;
        struct standing s;
        int64_t id;
        struct standing_change c;
        struct standings all;
        struct standing_figures f;
        struct standing_steps story;
};

static int open_op(struct ctx *ctx, void *arg)
{
        struct owning *o = arg;
        return standing_open(ctx, o->t, &o->s, o->id);
}

static int change_op(struct ctx *ctx, void *arg)
{
        struct owning *o = arg;
        return standing_change(ctx, o->t, o->id, &o->c, &o->s);
}

static int end_op(struct ctx *ctx, void *arg)
{
        struct owning *o = arg;
        return standing_end(ctx, o->id, 0, STR("已换管道，连续三个月没有来件"), &(struct standing_count){ .before = 21, .months_before = 6, .since = 6, .months_since = 2, .last = 2 }, &o->s);
}

static int story_op(struct ctx *ctx, void *arg)
{
        struct owning *o = arg;
        return standing_story(ctx, o->id, &o->story);
}

static int verify_op(struct ctx *ctx, void *arg)
{
        return matter_verify(ctx, arg);
}

/* By both listeners together. */
static int parked_op(struct ctx *ctx, void *arg)
{
        int64_t *n = arg;
        *n = 0;
        for (int who = 0; who < LISTENERS; who++) {
                struct listen_lag lag;
                int rc = listen_lag(ctx, (enum listener)who, &lag);
                if (rc != OK)
                        return rc;
                *n += lag.parked;
        }
        return OK;
}

static int figures_op(struct ctx *ctx, void *arg)
{
        struct owning *o = arg;
        int rc = standing_list(ctx, &o->all);
        return rc == OK ? insight_standing(ctx, o->t, &o->all, &o->f) : rc;
}

static int seal_op(struct ctx *ctx, void *arg)
{
        return event_seal(ctx, 4000, arg);
}

static int catch_up_op(struct ctx *ctx, void *arg)
{
        return insight_catch_up(ctx, 2000, arg);
}

/* The figures keep up by themselves in a server; here by hand. */
static void catch_up(struct store *store, struct test_ctx *c)
{
        for (int sealed = 1; sealed > 0;)
                CHECK_EQ(test_write(store, c, seal_op, &sealed), OK);
        for (int heard = 1; heard > 0;)
                CHECK_EQ(test_write(store, c, catch_up_op, &heard), OK);
}

static void reports(struct store *store, struct test_ctx *c, const struct town *t, const char *when, size_t n)
{
        int64_t id[64];
        struct intake_in in = say_at("小区门口的垃圾没有清运", 39.905, 116.405);
        set_now(c, when);
        open_many(store, c, t, &in, 1, n, id);
}

STORE_TEST(reports_fall_after_the_plan)
{
        struct test_ctx c;
        test_ctx_init(&c);
        c.ctx.ids = &c.ids;
        struct town *t = load_small(store, &c, NULL);
        reports(store, &c, t, "2026-01-10T10:00:00+08:00", 6);
        reports(store, &c, t, "2026-02-10T10:00:00+08:00", 7);
        reports(store, &c, t, "2026-03-10T10:00:00+08:00", 8);
        set_now(&c, "2026-04-02T10:00:00+08:00");
        catch_up(store, &c);
        struct owning o = { .t = t, .id = id_next(&c.ids, c.ctx.now) };
        CHECK_EQ(test_read(store, &c, figures_op, &o), OK);
        CHECK_EQ(o.f.n_again, 1); /* three months in a row: it comes back */
        CHECK_STR(o.f.again[0].subject, "garbage");
        CHECK_STR(o.f.again[0].grid, G1);
        CHECK_EQ(o.f.again[0].reports, 21);
        const struct place *p = place_find(&t->places, STR(A_COMMUNITY));
        o.s = (struct standing){ .subject = STR("garbage"), .path = p->path, .unit = STR("cgb"), .post = STR(""), .plan = STR("加一个垃圾点，每天清两次"),
                                 .outcome = STR(""), .goal = 3, .since = instant_day(c.ctx.now), .due = DAY_NONE };
        CHECK_EQ(test_write(store, &c, open_op, &o), OK);
        struct owning twice = o;
        twice.id++;
        CHECK_EQ(test_write(store, &c, open_op, &twice), ERR_EXISTS);
        CHECK_EQ(test_read(store, &c, figures_op, &o), OK);
        CHECK_EQ(o.f.n_again, 0); /* it stands already */
        CHECK_EQ(o.f.of[0].verdict, STANDING_TOO_EARLY);
        CHECK_EQ(o.f.of[0].count.last, -1);
        reports(store, &c, t, "2026-04-10T10:00:00+08:00", 9); /* the month of the beginning counts for neither */
        reports(store, &c, t, "2026-05-10T10:00:00+08:00", 4);
        reports(store, &c, t, "2026-06-10T10:00:00+08:00", 2);
        set_now(&c, "2026-07-01T10:00:00+08:00");
        catch_up(store, &c);
        int64_t parked = -1;
        CHECK_EQ(test_read(store, &c, parked_op, &parked), OK);
        CHECK_EQ(parked, 0); /* it has events of its own and is no matter: nobody who counts matters stumbles over it */
        CHECK_EQ(test_read(store, &c, figures_op, &o), OK);
        CHECK_EQ(o.f.of[0].count.before, 21);
        CHECK_EQ(o.f.of[0].count.months_before, 6);
        CHECK_EQ(o.f.of[0].count.since, 6);
        CHECK_EQ(o.f.of[0].count.months_since, 2);
        CHECK_EQ(o.f.of[0].count.last, 2);
        CHECK(o.f.of[0].goal_met);
        CHECK_EQ(o.f.of[0].verdict, STANDING_FALLS); /* 3 a month after 3.5 */
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(another_owner_and_the_end)
{
        struct test_ctx c;
        test_ctx_init(&c);
        c.ctx.ids = &c.ids;
        struct town *t = load_small(store, &c, NULL);
        struct owning o = { .t = t, .id = id_next(&c.ids, c.ctx.now) };
        o.s = (struct standing){ .subject = STR("nothing"), .path = t->path, .unit = STR("cgb"), .post = STR(""), .plan = STR("每周一次"), .outcome = STR(""),
                                 .goal = 3, .since = instant_day(c.ctx.now), .due = DAY_NONE };
        CHECK_EQ(test_write(store, &c, open_op, &o), ERR_UNKNOWN);
        CHECK_STR(str_of(c.err.field), "subject");
        o.s.subject = STR("noise");
        CHECK_EQ(test_write(store, &c, open_op, &o), OK);
        o.c = (struct standing_change){ .rev = 1, .unit = STR("nobody"), .post = STR(""), .plan = STR(""), .goal = -1, .due = DAY_NONE };
        CHECK_EQ(test_write(store, &c, change_op, &o), ERR_UNKNOWN);
        o.c.due = o.s.since; /* not after its beginning */
        CHECK_EQ(test_write(store, &c, change_op, &o), ERR_UNKNOWN);
        o.c.unit = STR("pab");
        CHECK_EQ(test_write(store, &c, change_op, &o), ERR_RANGE);
        CHECK_STR(str_of(c.err.field), "due");
        o.c.due = (struct day){ o.s.since.n + 90 };
        CHECK_EQ(test_write(store, &c, change_op, &o), OK);
        CHECK_STR(o.s.unit, "pab");
        CHECK_EQ(o.s.goal, 3);
        CHECK_EQ(test_write(store, &c, change_op, &o), ERR_REV); /* who saw revision 1 looks again */
        CHECK_EQ(test_write(store, &c, end_op, &o), OK);
        CHECK_EQ(o.s.rev, 3);
        CHECK_EQ(test_write(store, &c, end_op, &o), ERR_STATE);
        CHECK_EQ(test_read(store, &c, story_op, &o), OK);
        CHECK_EQ(o.story.n, 3);
        CHECK_STR(o.story.row[1].unit, "pab");
        CHECK(!o.story.row[1].counted && o.story.row[2].counted);
        CHECK_EQ(o.story.row[2].count.since, 6);
        struct matter_check check;
        CHECK_EQ(test_read(store, &c, verify_op, &check), OK);
        o.id++;
        CHECK_EQ(test_write(store, &c, end_op, &o), ERR_NONE);
        town_unref(t);
        test_ctx_free(&c);
}

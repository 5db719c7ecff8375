/* What is over its time goes by itself, class by class; what is open, or kept, stays. */
#include "matter/erase.h"
#include "matter/matter_test_util.h"
#include "matter/retain.h"
#include "people/audit.h"
#include "people/vault.h"

struct asking {
        const struct town *t;
        int64_t id;
        enum matter_held held;
        struct instant before;
        struct retain_plan plan;
        struct matter_check check;
        struct vault_keys *keys;
        int64_t person;
        int64_t *ids;
        size_t n;
        bool done;
};

static int plan_op(struct ctx *ctx, void *arg)
{
        struct asking *q = arg;
        return retain_plan(ctx, q->t, &q->plan);
}

static int over_op(struct ctx *ctx, void *arg)
{
        struct asking *q = arg;
        struct matter_over at = MATTER_OVER_BEGIN;
        return matter_over(ctx, q->held, q->before, 50, &at, &q->ids, &q->n);
}

static int expire_op(struct ctx *ctx, void *arg)
{
        struct asking *q = arg;
        return matter_expire(ctx, q->id, q->held, q->before, STR("voice"), STR("测试"));
}

static int verify_op(struct ctx *ctx, void *arg)
{
        struct asking *q = arg;
        return matter_verify(ctx, &q->check);
}

static int contact_op(struct ctx *ctx, void *arg)
{
        struct asking *q = arg;
        struct identity id = { STR("张三丰"), STR("13800005678"), STR(""), STR(""), STR(""), STR("") };
        return vault_put(q->keys, ctx, &id, STR("statutory_duty"), STR("contact"), &q->person);
}

static int of_person_op(struct ctx *ctx, void *arg)
{
        struct asking *q = arg;
        return matter_of_person(ctx, q->person, &q->ids, &q->n);
}

static const char retention_csv[] = "class,period,basis,action\ncontact,1y,测试,erase\nvoice,3y,测试,anonymise\nmatter,5y,测试,review\n"
                                    "attachment,3y,测试,erase\naudit,6m,测试,erase\n";

/* Opened with a contact, answered, and closed today. */
static void one_life(struct store *store, struct test_ctx *c, struct town *t, struct asking *q)
{
        struct intake_in in = say_at("小区门口的垃圾没有清运", 39.905, 116.405);
        q->id = open_one(store, c, t, &in, NULL);
        CHECK_EQ(test_write(store, c, contact_op, q), OK);
        CHECK_EQ(act_as(store, c, t, q->id, "cg1", "sign", "", NULL), OK);
        CHECK_EQ(act_as(store, c, t, q->id, "reporter", "note", "text=我补充一句话", NULL), OK);
        CHECK_EQ(act_as(store, c, t, q->id, "cg1", "answer", "text=已清运完毕", NULL), OK);
        CHECK_EQ(act_as(store, c, t, q->id, "reporter", "rate", "solved=yes|satisfied=4", NULL), OK);
}

struct telling { int64_t id; struct matter_story story; };

static int story_op(struct ctx *ctx, void *arg)
{
        struct telling *s = arg;
        return matter_story(ctx, s->id, &s->story);
}

static bool says(struct store *store, struct test_ctx *c, int64_t id, const char *what)
{
        struct telling s = { .id = id };
        bool found = false;
        CHECK_EQ(test_read(store, c, story_op, &s), OK);
        for (size_t i = 0; i < s.story.n; i++)
                found = found || str_find(s.story.row[i].words, str_of(what)) >= 0;
        return found;
}

STORE_TEST(what_the_reporter_wrote_goes_and_the_answer_stays)
{
        struct test_ctx c;
        struct asking q = { .held = HELD_SAID };
        struct town_file change[] = { { "retention.csv", retention_csv }, { 0 } };
        test_ctx_init(&c);
        CHECK_EQ(vault_keys_in_memory(c.ctx.chance, &q.keys), OK);
        struct town *t = load_small(store, &c, change);
        q.t = t;
        one_life(store, &c, t, &q);
        struct instant closed = get_one(store, &c, q.id).closed;
        set_now(&c, "2029-01-06T03:00:00+08:00");
        q.before = day_start(retention_before(retention_of(&t->retention, STR("voice")), instant_day(c.ctx.now)));
        CHECK(closed.us < q.before.us);
        CHECK_EQ(test_read(store, &c, over_op, &q), OK);
        CHECK_EQ(q.n, 1);
        CHECK_EQ(test_write(store, &c, expire_op, &q), OK);
        CHECK(!says(store, &c, q.id, "垃圾") && !says(store, &c, q.id, "补充"));
        CHECK(says(store, &c, q.id, "已清运完毕"));
        CHECK_EQ(test_read(store, &c, over_op, &q), OK);
        CHECK_EQ(q.n, 0); /* not again tomorrow */
        CHECK_EQ(test_read(store, &c, verify_op, &q), OK);
        CHECK_EQ(q.check.erased, 1);
        q.held = HELD_WORDS;
        CHECK_EQ(test_write(store, &c, expire_op, &q), OK);
        CHECK(!says(store, &c, q.id, "已清运完毕"));
        CHECK_EQ(test_read(store, &c, verify_op, &q), OK);
        CHECK_EQ(q.check.faults, 0);
        town_unref(t);
        vault_keys_free(q.keys);
        test_ctx_free(&c);
}

STORE_TEST(what_is_open_or_within_its_time_stays)
{
        struct test_ctx c;
        struct asking q = { .held = HELD_WORDS };
        struct town_file change[] = { { "retention.csv", retention_csv }, { 0 } };
        test_ctx_init(&c);
        CHECK_EQ(vault_keys_in_memory(c.ctx.chance, &q.keys), OK);
        struct town *t = load_small(store, &c, change);
        struct intake_in in = say_at("小区门口的垃圾没有清运", 39.905, 116.405);
        int64_t open = open_one(store, &c, t, &in, NULL);
        q.t = t;
        one_life(store, &c, t, &q);
        int64_t closed = q.id;
        q.before = get_one(store, &c, closed).closed; /* not before its own end */
        CHECK_EQ(test_write(store, &c, expire_op, &q), OK);
        q.id = open;
        q.before = (struct instant){ c.ctx.now.us + 365 * US_PER_DAY };
        CHECK_EQ(test_write(store, &c, expire_op, &q), OK);
        CHECK(says(store, &c, open, "垃圾") && says(store, &c, closed, "垃圾"));
        set_now(&c, "2027-01-05T03:00:00+08:00");
        CHECK_EQ(test_read(store, &c, plan_op, &q), OK);
        CHECK_EQ(q.plan.n, 5);
        CHECK_EQ(q.plan.row[1].due, 0); /* three years for words */
        CHECK(q.plan.row[1].by_itself && !q.plan.row[2].by_itself);
        set_now(&c, "2032-01-05T03:00:00+08:00");
        CHECK_EQ(test_read(store, &c, plan_op, &q), OK);
        CHECK_EQ(q.plan.row[1].due, 1);
        CHECK_EQ(q.plan.row[2].due, 1); /* for people to look at */
        town_unref(t);
        vault_keys_free(q.keys);
        test_ctx_free(&c);
}

static int again_op(struct ctx *ctx, void *arg)
{
        struct asking *q = arg;
        struct matter_erasure e = { q->id, ctx->now, STR("reporter"), STR(MATTER_ERASE_BASIS) };
        return matter_erase_again(ctx, &e, &q->done);
}

STORE_TEST(a_line_of_the_list_is_replayed_once_even_on_an_open_matter)
{
        struct test_ctx c;
        struct asking q = { 0 };
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = say_at("小区门口的垃圾没有清运", 39.905, 116.405);
        q.id = open_one(store, &c, t, &in, NULL);
        CHECK_EQ(test_write(store, &c, again_op, &q), OK);
        CHECK(q.done && get_one(store, &c, q.id).open);
        CHECK(!says(store, &c, q.id, "垃圾"));
        CHECK_EQ(test_write(store, &c, again_op, &q), OK);
        CHECK(!q.done);
        q.id = 17; /* opened after the backup was made */
        CHECK_EQ(test_write(store, &c, again_op, &q), OK);
        CHECK(!q.done);
        CHECK_EQ(test_read(store, &c, verify_op, &q), OK);
        CHECK_EQ(q.check.erased, 1);
        town_unref(t);
        test_ctx_free(&c);
}

static int audit_op(struct ctx *ctx, void *arg)
{
        (void)arg;
        return audit_add(ctx, "sign-in", STR("cg1"), true);
}

static int audit_gone_op(struct ctx *ctx, void *arg)
{
        return audit_expire(ctx, (struct instant){ ctx->now.us - US_PER_DAY }, 100, arg);
}

STORE_TEST(old_rows_of_the_audit_go_and_new_ones_stay)
{
        struct test_ctx c;
        int64_t gone = 0;
        test_ctx_init(&c);
        CHECK_EQ(test_write(store, &c, audit_op, NULL), OK);
        set_now(&c, "2026-08-05T09:00:00+08:00");
        CHECK_EQ(test_write(store, &c, audit_op, NULL), OK);
        CHECK_EQ(test_write(store, &c, audit_gone_op, &gone), OK);
        CHECK_EQ(gone, 1);
        CHECK_EQ(test_write(store, &c, audit_gone_op, &gone), OK);
        CHECK_EQ(gone, 0);
        test_ctx_free(&c);
}

STORE_TEST(the_matter_of_a_contact_is_found)
{
        struct test_ctx c;
        struct asking q = { 0 };
        test_ctx_init(&c);
        CHECK_EQ(vault_keys_in_memory(c.ctx.chance, &q.keys), OK);
        CHECK_EQ(test_write(store, &c, contact_op, &q), OK);
        CHECK_EQ(test_read(store, &c, of_person_op, &q), OK);
        CHECK_EQ(q.n, 0);
        vault_keys_free(q.keys);
        test_ctx_free(&c);
}

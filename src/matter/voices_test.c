/* One cause, many voices: joined, answered, rated, split, as the people concerned live it; and two who act at once. */
#include "matter/voices.h"
#include <pthread.h>
#include <stdio.h>
#include "matter/erase.h"
#include "matter/matter_test_util.h"
#include "procedure/clocks.h"

static struct intake_in smell(bool anonymous)
{
        struct intake_in in = say_at("小区门口的垃圾没有清运，很臭", 39.905, 116.405);
        in.anonymous = anonymous;
        return in;
}

static int join(struct store *store, struct test_ctx *c, const struct town *t, int64_t id, int64_t cause, struct matter *ret)
{
        char form[96];
        snprintf(form, sizeof(form), "cause=%lld|reason=同一个垃圾点", (long long)cause);
        return act_as(store, c, t, id, "diaodu1", "join", form, ret);
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

static struct clock clock_of(const struct matter *m, const char *code)
{
        struct clock_set set;
        CHECK_EQ(clock_set_parse(m->clocks, &set), OK);
        struct clock *found = clock_set_find(&set, str_of(code));
        if (!found)
                fail_msg("no clock %s", code);
        return *found;
}

struct story_of { int64_t id; struct matter_story story; };

static int story_op(struct ctx *ctx, void *arg)
{
        struct story_of *s = arg;
        return matter_story(ctx, s->id, &s->story);
}

/* The last step: its actor and words. */
static struct matter_step last_step(struct store *store, struct test_ctx *c, int64_t id)
{
        struct story_of s = { .id = id };
        CHECK_EQ(test_read(store, c, story_op, &s), OK);
        return s.story.row[s.story.n - 1];
}

/* ---- a story ----------------------------------------------------------------------------------------------------------- */

STORE_TEST(three_people_report_one_heap_and_each_is_answered)
{
        struct test_ctx c;
        struct matter a, b, d;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in named = smell(false), unnamed = smell(true);
        int64_t first = open_one(store, &c, t, &named, NULL), second = open_one(store, &c, t, &named, NULL);
        int64_t third = open_one(store, &c, t, &unnamed, NULL);
        struct clock promised = clock_of(&(struct matter){ .clocks = get_one(store, &c, second).clocks }, "answer");
        set_now(&c, "2026-01-05T10:00:00+08:00");
        CHECK_EQ(join(store, &c, t, second, first, &b), OK);
        CHECK_STR(b.state, "joined");
        CHECK(b.waits && b.cause == first);
        CHECK(!clock_runs(&(struct clock[]){ clock_of(&b, "sign") }[0])); /* the unit signs for the cause */
        CHECK_EQ(clock_of(&b, "answer").due.us, promised.due.us);          /* what was promised to this person stands */
        CHECK(clock_runs(&(struct clock[]){ clock_of(&b, "answer") }[0]));
        CHECK_EQ(join(store, &c, t, third, first, &d), OK);
        CHECK_EQ(get_one(store, &c, first).voices, 2);
        sound(store, &c);
        CHECK_EQ(act_as(store, &c, t, first, "cg1", "sign", "", NULL), OK);
        set_now(&c, "2026-01-06T10:00:00+08:00");
        CHECK_EQ(act_as(store, &c, t, first, "cg1", "answer", "text=张女士，您家门口已清运", NULL), ERR_MISSING);
        CHECK_STR(str_of(c.err.field), "shared"); /* what is said to one person does not go to others by oversight */
        CHECK_EQ(act_as(store, &c, t, first, "cg1", "answer", "text=张女士，您家门口已清运|shared=垃圾点已清运，每天两次", &a), OK);
        CHECK_STR(a.state, "answered");
        b = get_one(store, &c, second);
        CHECK_STR(b.state, "answered"); /* to be told, by itself */
        CHECK(!b.waits && b.cause == first && b.open);
        CHECK_EQ(b.answered.us, c.ctx.now.us);
        CHECK(!clock_runs(&(struct clock[]){ clock_of(&b, "answer") }[0]));
        CHECK(clock_runs(&(struct clock[]){ clock_of(&b, "tell") }[0]));
        struct matter_step told = last_step(store, &c, second);
        CHECK_STR(told.e.actor, "staff:cg1");
        CHECK_STR(told.words, "{\"text\":\"垃圾点已清运，每天两次\"}"); /* nothing of the first reporter */
        d = get_one(store, &c, third);
        CHECK_STR(d.state, "closed"); /* nobody to be told */
        CHECK_EQ(act_as(store, &c, t, second, "reporter", "read", "", NULL), OK);
        CHECK_EQ(act_as(store, &c, t, second, "reporter", "rate", "solved=no|satisfied=1", NULL), OK);
        CHECK_EQ(act_as(store, &c, t, third, "reporter", "rate", "solved=yes|satisfied=5", NULL), OK);
        CHECK_EQ(get_one(store, &c, first).satisfied, INT32_MIN); /* each rating is one person's */
        CHECK_EQ(act_as(store, &c, t, second, "reporter", "reopen", "text=我家后门还有一堆", &b), OK);
        CHECK_STR(b.state, "dispatched"); /* by itself */
        CHECK_STR(get_one(store, &c, first).state, "answered");
        sound(store, &c);
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(mine_is_different_the_reporter_says)
{
        struct test_ctx c;
        struct matter b;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = smell(false);
        int64_t first = open_one(store, &c, t, &in, NULL), second = open_one(store, &c, t, &in, NULL);
        struct matter before = get_one(store, &c, second);
        CHECK_EQ(join(store, &c, t, second, first, NULL), OK);
        set_now(&c, "2026-01-05T11:00:00+08:00");
        CHECK_EQ(act_as(store, &c, t, second, "cg1", "split", "reason=不是一处", NULL), ERR_RIGHT);
        CHECK_EQ(act_as(store, &c, t, second, "reporter", "split", "reason=我说的是后门那一处", &b), OK);
        CHECK_STR(b.state, "placing");
        CHECK_STR(b.unit, "desk"); /* where it is dealt with next is the desk's to say */
        CHECK(!b.waits && b.cause == MATTER_NO_CAUSE);
        CHECK_EQ(get_one(store, &c, first).voices, 0);
        CHECK_EQ(clock_of(&b, "answer").due.us, clock_of(&before, "answer").due.us); /* unbroken */
        CHECK_EQ(clock_of(&b, "answer").started.us, clock_of(&before, "answer").started.us);
        CHECK(clock_runs(&(struct clock[]){ clock_of(&b, "place") }[0]));
        CHECK_EQ(act_as(store, &c, t, second, "diaodu1", "dispatch", "reason=后门，另派", &b), OK);
        CHECK_STR(b.unit, "cgb");
        CHECK_EQ(act_as(store, &c, t, first, "cg1", "sign", "", NULL), OK);
        CHECK_EQ(act_as(store, &c, t, first, "cg1", "answer", "text=已经清运完毕", NULL), OK);
        CHECK_STR(get_one(store, &c, second).state, "dispatched"); /* it is not answered by what it left */
        CHECK_EQ(join(store, &c, t, second, first, NULL), ERR_STATE);
        sound(store, &c);
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(a_cause_that_ends_without_an_answer_gives_its_voices_back)
{
        struct test_ctx c;
        struct matter b;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = smell(false);
        int64_t first = open_one(store, &c, t, &in, NULL), second = open_one(store, &c, t, &in, NULL), third = open_one(store, &c, t, &in, NULL);
        CHECK_EQ(join(store, &c, t, second, first, NULL), OK);
        CHECK_EQ(join(store, &c, t, third, first, NULL), OK);
        CHECK_EQ(act_as(store, &c, t, third, "reporter", "withdraw", "", NULL), OK); /* one voice takes its own back */
        CHECK_EQ(act_as(store, &c, t, first, "reporter", "withdraw", "reason=已经有人清了", NULL), OK);
        b = get_one(store, &c, second);
        CHECK_STR(b.state, "placing");
        CHECK_STR(b.unit, "desk");
        CHECK(b.open && !b.waits);
        CHECK_STR(last_step(store, &c, second).e.actor, "system");
        CHECK_STR(get_one(store, &c, third).state, "withdrawn");
        sound(store, &c);
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(a_voice_keeps_its_own_clock_and_goes_up_by_itself)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = smell(true);
        int64_t early = open_one(store, &c, t, &in, NULL);
        set_now(&c, "2026-01-07T09:00:00+08:00");
        int64_t late = open_one(store, &c, t, &in, NULL);
        CHECK_EQ(act_as(store, &c, t, early, "cg1", "sign", "", NULL), OK);
        CHECK_EQ(join(store, &c, t, early, late, NULL), OK);
        struct matter b = get_one(store, &c, early), a = get_one(store, &c, late);
        CHECK(b.due.us < a.due.us);
        CHECK(!instant_is_none(b.next_at) && b.next_at.us <= b.due.us); /* its alarms go on */
        town_unref(t);
        test_ctx_free(&c);
}

/* ---- what is refused ---------------------------------------------------------------------------------------------------- */

STORE_TEST(what_cannot_be_joined)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = smell(true), about = smell(true);
        about.respondent = STR("cgb");
        int64_t a = open_one(store, &c, t, &in, NULL), b = open_one(store, &c, t, &in, NULL), d = open_one(store, &c, t, &in, NULL);
        int64_t complaint = open_one(store, &c, t, &about, NULL);
        CHECK_EQ(act_as(store, &c, t, b, "cg1", "join", "cause=1|reason=同一件事", NULL), ERR_RIGHT); /* the desk's */
        CHECK_EQ(act_as(store, &c, t, b, "diaodu1", "join", "cause=一|reason=同一件事", NULL), ERR_UNKNOWN);
        CHECK_STR(str_of(c.err.field), "cause");
        CHECK_EQ(join(store, &c, t, b, 12345, NULL), ERR_UNKNOWN);
        CHECK_EQ(join(store, &c, t, b, b, NULL), ERR_RULE);
        CHECK_EQ(join(store, &c, t, complaint, a, NULL), ERR_RULE); /* who is complained about would answer it */
        CHECK_EQ(join(store, &c, t, a, complaint, NULL), ERR_RULE);
        CHECK_EQ(join(store, &c, t, b, a, NULL), OK);
        CHECK_EQ(join(store, &c, t, d, b, NULL), ERR_RULE); /* b waits itself */
        CHECK_EQ(join(store, &c, t, a, d, NULL), ERR_RULE); /* a has voices */
        CHECK_EQ(join(store, &c, t, b, d, NULL), ERR_STATE); /* joined already */
        CHECK_EQ(act_as(store, &c, t, b, "cg1", "follow", "text=已经清运完毕", NULL), ERR_RULE); /* its cause has no answer */
        CHECK_STR(str_of(c.err.field), "cause_answered");
        CHECK_EQ(act_as(store, &c, t, b, "cg1", "answer", "text=已经清运完毕", NULL), ERR_STATE);
        CHECK_EQ(get_one(store, &c, a).voices, 1);
        sound(store, &c);
        town_unref(t);
        test_ctx_free(&c);
}

/* ---- many ----------------------------------------------------------------------------------------------------------------- */

struct joining { const struct town *t; const int64_t *id; size_t n; int64_t cause; };

static int join_many_op(struct ctx *ctx, void *arg)
{
        struct joining *o = arg;
        int rc = OK;
        for (size_t i = 0; rc == OK && i < o->n; i++) {
                struct form_value form[] = { { STR("cause"), str_printf(ctx->arena, "%lld", (long long)o->cause) }, { STR("reason"), STR("同一处") } };
                struct matter_action a = { .id = o->id[i], .action = STR("join"), .rights = UINT64_MAX, .form = form, .n_form = 2 };
                struct matter after;
                rc = matter_act(ctx, o->t, &a, &after);
        }
        return rc;
}

struct passing { const struct town *t; int64_t cause; int n; size_t left; };

static int follow_op(struct ctx *ctx, void *arg)
{
        struct passing *p = arg;
        ctx->actor = (struct actor){ ACTOR_SYSTEM, STR("") };
        return matter_follow(ctx, p->t, p->cause, MATTER_FOLLOW_MAX, &p->n);
}

static int left_op(struct ctx *ctx, void *arg)
{
        struct passing *p = arg;
        int64_t *ids;
        return matter_following(ctx, 10, &ids, &p->left);
}

static int erase_op(struct ctx *ctx, void *arg)
{
        return matter_erase(ctx, *(int64_t *)arg, STR("依本人申请"), NULL);
}

enum { MANY = 2 * MATTER_FOLLOW_MAX + 30 };

STORE_TEST(what_a_stopped_server_left_undone_is_done_by_the_next)
{
        struct test_ctx c;
        struct passing p = { 0 };
        static int64_t id[MANY];
        int waiting = 0, closed = 0;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = smell(true);
        open_many(store, &c, t, &in, 1, MANY, id);
        int64_t cause = open_one(store, &c, t, &in, NULL);
        struct joining o = { t, id, MANY, cause };
        c.ctx.actor = (struct actor){ ACTOR_STAFF, STR("diaodu1") };
        CHECK_EQ(test_write(store, &c, join_many_op, &o), OK);
        CHECK_EQ(act_as(store, &c, t, cause, "cg1", "sign", "", NULL), OK);
        CHECK_EQ(act_as(store, &c, t, cause, "cg1", "answer", "text=已清运，每天两次", NULL), OK);
        for (size_t i = 0; i < MANY; i++)
                waiting += get_one(store, &c, id[i]).waits;
        CHECK_EQ(waiting, MANY - MATTER_FOLLOW_MAX);
        sound(store, &c);
        CHECK_EQ(test_write(store, &c, erase_op, &cause), ERR_STATE); /* its answer is still needed */
        p = (struct passing){ .t = t, .cause = cause };
        CHECK_EQ(test_read(store, &c, left_op, &p), OK);
        CHECK_EQ(p.left, 1);
        for (int want = MATTER_FOLLOW_MAX; want > 0; want = MANY - 2 * MATTER_FOLLOW_MAX == want ? 0 : MANY - 2 * MATTER_FOLLOW_MAX) {
                CHECK_EQ(test_write(store, &c, follow_op, &p), OK);
                CHECK_EQ(p.n, want);
        }
        CHECK_EQ(test_write(store, &c, follow_op, &p), OK); /* once more does no harm */
        CHECK_EQ(p.n, 0);
        CHECK_EQ(test_read(store, &c, left_op, &p), OK);
        CHECK_EQ(p.left, 0);
        for (size_t i = 0; i < MANY; i++)
                closed += str_is(get_one(store, &c, id[i]).state, "closed");
        CHECK_EQ(closed, MANY);
        CHECK_STR(last_step(store, &c, id[MANY - 1]).e.actor, "staff:cg1"); /* who answered, not who carried it on */
        CHECK_EQ(test_write(store, &c, erase_op, &cause), OK);
        sound(store, &c);
        town_unref(t);
        test_ctx_free(&c);
}

/* ---- at once ---------------------------------------------------------------------------------------------------------------- */

struct racer {
        struct store *store;
        const struct town *t;
        struct matter_action a;
        struct form_value form[2];
        int rc;
        pthread_t thread;
};

static int race_op(struct ctx *ctx, void *arg)
{
        struct racer *r = arg;
        struct matter after;
        return matter_act(ctx, r->t, &r->a, &after);
}

static void *race(void *arg)
{
        struct racer *r = arg;
        struct test_ctx c;
        test_ctx_init(&c);
        c.ctx.town = r->t->id;
        c.ctx.actor = (struct actor){ ACTOR_STAFF, STR("diaodu1") };
        r->rc = test_write(r->store, &c, race_op, r);
        test_ctx_free(&c);
        return NULL;
}

static struct racer racing(struct store *store, const struct town *t, int64_t id, const char *action, struct form_value a, struct form_value b)
{
        struct racer r = { .store = store, .t = t, .form = { a, b } };
        r.a = (struct matter_action){ .id = id, .action = str_of(action), .rights = UINT64_MAX, .n_form = a.name.n ? (b.name.n ? 2 : 1) : 0 };
        return r;
}

static void run_both(struct racer r[2])
{
        for (size_t i = 0; i < 2; i++) {
                r[i].a.form = r[i].form;
                CHECK_EQ(pthread_create(&r[i].thread, NULL, race, &r[i]), 0);
        }
        for (size_t i = 0; i < 2; i++)
                pthread_join(r[i].thread, NULL);
}

static struct form_value cause_form(struct test_ctx *c, int64_t id)
{
        return (struct form_value){ STR("cause"), str_printf(&c->arena, "%lld", (long long)id) };
}

/* Whoever comes first: nobody is joined to an answer that was given without them. */
STORE_TEST(joined_while_it_is_answered)
{
        struct test_ctx c;
        const struct form_value text = { STR("text"), STR("已经清运完毕") }, reason = { STR("reason"), STR("同一处") };
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = smell(true);
        for (int round = 0; round < 12; round++) {
                int64_t a = open_one(store, &c, t, &in, NULL), b = open_one(store, &c, t, &in, NULL);
                CHECK_EQ(act_as(store, &c, t, a, "cg1", "sign", "", NULL), OK);
                struct racer r[] = { racing(store, t, a, "answer", text, (struct form_value){ { NULL, 0 }, { NULL, 0 } }),
                                     racing(store, t, b, "join", cause_form(&c, a), reason) };
                run_both(r);
                CHECK_EQ(r[0].rc, OK);
                struct matter voice = get_one(store, &c, b);
                CHECK(r[1].rc == OK || r[1].rc == ERR_STATE);
                CHECK_STR(voice.state, r[1].rc == OK ? "closed" : "dispatched");
                CHECK(!voice.waits);
        }
        sound(store, &c);
        town_unref(t);
        test_ctx_free(&c);
}

/* Two desks join each to the other: one of them wins, and no circle comes about. */
STORE_TEST(joined_to_each_other_at_once)
{
        struct test_ctx c;
        const struct form_value reason = { STR("reason"), STR("同一处") };
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = smell(true);
        for (int round = 0; round < 12; round++) {
                int64_t a = open_one(store, &c, t, &in, NULL), b = open_one(store, &c, t, &in, NULL);
                struct racer r[] = { racing(store, t, a, "join", cause_form(&c, b), reason),
                                     racing(store, t, b, "join", cause_form(&c, a), reason) };
                run_both(r);
                CHECK_EQ((r[0].rc == OK) + (r[1].rc == OK), 1);
                CHECK_EQ(get_one(store, &c, a).waits + get_one(store, &c, b).waits, 1);
        }
        sound(store, &c);
        town_unref(t);
        test_ctx_free(&c);
}

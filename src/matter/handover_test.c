/* No open matter stays with somebody who left or is away. */
#include <stdio.h>
#include "matter/handover.h"
#include "matter/task.h"
#include "matter/matter_test_util.h"

static const char staff_gone[] = "login,name,org,until\ndiaodu1,测试调度一,desk,\ndiaodu2,测试调度二,desk,\ncg1,测试城管一,cgb,2026-01-04\ncg2,测试城管二,cgb,\n"
                                 "pa1,测试平安一,pab,\n";
static const char staff_both[] = "login,name,org,until\ndiaodu1,测试调度一,desk,\ndiaodu2,测试调度二,desk,\ncg1,测试城管一,cgb,\ncg2,测试城管二,cgb,\n"
                                 "pa1,测试平安一,pab,\n";
#define POSTS(holder, backup) \
        "code,title,role,org,place,holder,backup,since,until\n" \
        "desk,调度岗,dispatcher,desk,110101002000,diaodu1,,2026-01-01,2028-12-31\n" \
        "h-desk,兜底承办岗,handler,desk,110101002000,diaodu2,,2026-01-01,2028-12-31\n" \
        "h-cgb,承办岗,handler,cgb,110101002000," holder "," backup ",2026-01-01,2028-12-31\n" \
        "h-pab,承办岗,handler,pab,110101002000,pa1,,2026-01-01,2028-12-31\n"

struct asking { const struct town *t; struct leaves leaves; struct hands due; struct hand_ask ask; struct matter_check check; bool moved; int64_t id; };

static int due_op(struct ctx *ctx, void *arg)
{
        struct asking *d = arg;
        int rc = leave_list(ctx, instant_day(ctx->now), &d->leaves);
        return rc == OK ? matter_hands_due(ctx, d->t, &d->leaves, 50, &d->due) : rc;
}

static int hand_op(struct ctx *ctx, void *arg)
{
        struct asking *d = arg;
        return matter_hand(ctx, d->t, &d->leaves, &d->ask, &d->moved);
}

static int leave_op(struct ctx *ctx, void *arg)
{
        struct asking *d = arg;
        struct day today = instant_day(ctx->now);
        return leave_add(ctx, &d->t->staff, STR("cg1"), today, (struct day){ today.n + 2 }, &d->id);
}

static int verify_op(struct ctx *ctx, void *arg)
{
        struct asking *d = arg;
        int rc = matter_verify(ctx, &d->check);
        return rc == OK ? matter_verify_held(ctx, d->t, &d->check) : rc;
}

/* Move all that is due; how much it was. */
static size_t hand_due(struct store *store, struct test_ctx *c, struct asking *d)
{
        CHECK_EQ(test_read(store, c, due_op, d), OK);
        for (size_t i = 0; i < d->due.n; i++) {
                d->ask = (struct hand_ask){ d->due.row[i], STR(""), STR("") };
                CHECK_EQ(test_write(store, c, hand_op, d), OK);
        }
        return d->due.n;
}

STORE_TEST(what_somebody_held_goes_to_the_next_when_they_left)
{
        struct test_ctx c;
        struct asking d = { 0 };
        struct town_file before[] = { { "staff.csv", staff_both }, { "posts.csv", POSTS("cg1", "cg2") }, { "roster.csv", NULL }, { 0 } };
        struct town_file after[] = { { "staff.csv", staff_gone }, { "posts.csv", POSTS("cg1", "cg2") }, { "roster.csv", NULL }, { 0 } };
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, before);
        struct intake_in in = say_at("小区门口的垃圾没有清运", 39.905, 116.405);
        int64_t id = open_one(store, &c, t, &in, NULL);
        CHECK_STR(get_one(store, &c, id).holder, "cg1");
        d.t = t;
        CHECK_EQ(hand_due(store, &c, &d), 0);
        town_unref(t);
        d.t = t = load_small(store, &c, after);
        CHECK_EQ(test_read(store, &c, verify_op, &d), ERR_RULE); /* until it is handed over */
        CHECK(strstr(c.err.en, "held by somebody who left"));
        CHECK_EQ(hand_due(store, &c, &d), 1);
        CHECK_STR(get_one(store, &c, id).holder, "cg2");
        CHECK_STR(get_one(store, &c, id).post, "h-cgb");
        CHECK_EQ(hand_due(store, &c, &d), 0);
        CHECK_EQ(test_read(store, &c, verify_op, &d), OK);
        d.ask = (struct hand_ask){ { id, HAND_ASKED }, STR("cg2"), STR("pa1") };
        d.ask.to = STR("cg1");
        CHECK_EQ(test_write(store, &c, hand_op, &d), ERR_RULE); /* they left */
        d.ask.to = STR("nobody");
        CHECK_EQ(test_write(store, &c, hand_op, &d), ERR_UNKNOWN);
        d.ask.to = STR("desk");
        CHECK_EQ(test_write(store, &c, hand_op, &d), OK);
        CHECK_STR(get_one(store, &c, id).holder, "diaodu1");
        CHECK_EQ(test_read(store, &c, verify_op, &d), OK);
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(who_is_away_is_stood_in_for_and_gets_it_back)
{
        struct test_ctx c;
        struct asking d = { 0 };
        struct town_file files[] = { { "staff.csv", staff_both }, { "posts.csv", POSTS("cg1", "cg2") }, { "roster.csv", NULL }, { 0 } };
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, files);
        struct intake_in in = say_at("小区门口的垃圾没有清运", 39.905, 116.405);
        int64_t id = open_one(store, &c, t, &in, NULL), ended = open_one(store, &c, t, &in, NULL);
        d.t = t;
        CHECK_EQ(test_write(store, &c, leave_op, &d), OK);
        CHECK_EQ(hand_due(store, &c, &d), 2);
        CHECK_STR(get_one(store, &c, id).holder, "cg2");
        CHECK_EQ(act_as(store, &c, t, ended, "reporter", "withdraw", "", NULL), OK);
        set_now(&c, "2026-01-07T10:00:00+08:00");
        CHECK_EQ(hand_due(store, &c, &d), 0); /* the last day is a day away */
        set_now(&c, "2026-01-08T00:00:01+08:00");
        CHECK_EQ(hand_due(store, &c, &d), 2);
        CHECK_STR(get_one(store, &c, id).holder, "cg1");
        CHECK_STR(get_one(store, &c, ended).holder, "cg2"); /* it had ended */
        CHECK_EQ(hand_due(store, &c, &d), 0);
        CHECK_EQ(test_read(store, &c, verify_op, &d), OK);
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(never_to_who_is_complained_about)
{
        struct test_ctx c;
        struct asking d = { 0 };
        struct town_file before[] = { { "staff.csv", staff_both }, { "posts.csv", POSTS("cg1", "cg2") }, { "roster.csv", NULL }, { 0 } };
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, before);
        struct intake_in in = say_at("小区门口的垃圾没有清运", 39.905, 116.405);
        in.respondent = STR("cgb");
        int64_t id = open_one(store, &c, t, &in, NULL);
        struct matter m = get_one(store, &c, id);
        d.t = t;
        d.ask = (struct hand_ask){ { id, HAND_ASKED }, m.holder, STR("cg2") };
        CHECK_EQ(test_write(store, &c, hand_op, &d), ERR_RULE);
        d.ask.to = STR("");
        int rc = test_write(store, &c, hand_op, &d);
        CHECK(rc == OK || rc == ERR_NONE);
        m = get_one(store, &c, id);
        CHECK(!str_is(m.holder, "cg1") && !str_is(m.holder, "cg2"));
        town_unref(t);
        test_ctx_free(&c);
}

/* ---- whatever state it is in -------------------------------------------------------------------------------------------- */

struct looking { int64_t id; struct matter_tasks all; };

static int tasks_op(struct ctx *ctx, void *arg)
{
        struct looking *l = arg;
        struct matter m;
        int rc = matter_get(ctx, l->id, &m);
        return rc == OK ? matter_tasks(ctx, &m, &l->all) : rc;
}

static struct str task_holder(struct store *store, struct test_ctx *c, int64_t id, size_t k)
{
        struct looking l = { .id = id };
        CHECK_EQ(test_read(store, c, tasks_op, &l), OK);
        CHECK(l.all.n >= k);
        return l.all.row[k - 1].holder;
}

struct away { const struct town *t; const char *login; int64_t id; };

static int away_op(struct ctx *ctx, void *arg)
{
        struct away *w = arg;
        struct day today = instant_day(ctx->now);
        return leave_add(ctx, &w->t->staff, str_of(w->login), today, (struct day){ today.n + 2 }, &w->id);
}

static int drop_op(struct ctx *ctx, void *arg)
{
        return leave_drop(ctx, ((struct away *)arg)->id);
}

#define CALL "|work=请清理绿化带内的垃圾|reason=涉及平安办管理区域"
#define WORD "|reason=情况属实，同意|word=配件到货后即恢复办理"

/* Open matters of cg1: one with units called in, one paused, one shelved, one whose pause is asked for, one joined to another, one
 * waiting to be checked and one whose reporter is still to be told. */
enum { CALLED, PAUSED, SHELVED, ASKING, CAUSE, JOINED, CHECKED, TOLD, KINDS };

static void do_it(struct store *store, struct test_ctx *c, const struct town *t, int64_t id, const char *who, const char *action, const char *form)
{
        int rc = act_as(store, c, t, id, who, action, form, NULL);
        if (rc != OK)
                fail_msg("%s %s %s: %d %s %s", who, action, form, rc, c->err.field, c->err.en);
}

static void all_kinds(struct store *store, struct test_ctx *c, const struct town *t, int64_t id[KINDS])
{
        struct intake_in in = say_at("小区门口的垃圾没有清运", 39.905, 116.405);
        in.anonymous = false;
        for (int i = 0; i < KINDS; i++) {
                id[i] = open_one(store, c, t, &in, NULL);
                do_it(store, c, t, id[i], "cg1", "sign", "");
        }
        do_it(store, c, t, id[CALLED], "cg1", "call_in", "unit=pab" CALL);
        do_it(store, c, t, id[CALLED], "cg1", "call_in", "unit=qsw" CALL); /* by letter: cg1 sees to it */
        for (int i = PAUSED; i <= ASKING; i++)
                do_it(store, c, t, id[i], "cg1", "ask", i == SHELVED ? "what=shelving|reason=待上级立项后方可实施" : "what=pause|reason=配件需从外地调运");
        do_it(store, c, t, id[PAUSED], "daiban1", "grant_pause", "until=2026-01-09T12:00:00+08:00" WORD);
        do_it(store, c, t, id[SHELVED], "daiban1", "grant_shelving", "until=2026-02-20T12:00:00+08:00|reason=同意|word=已列入明年改造计划，先每天人工清运");
        char form[96];
        snprintf(form, sizeof(form), "cause=%lld|reason=同一处垃圾", (long long)id[CAUSE]);
        do_it(store, c, t, id[JOINED], "diaodu1", "join", form);
        do_it(store, c, t, id[CHECKED], "cg1", "answer", "text=垃圾已经清运完毕了");
        do_it(store, c, t, id[TOLD], "cg1", "answer", "text=垃圾已经清运完毕了");
        do_it(store, c, t, id[TOLD], "jw1", "verify", "time=2026-01-05T10:00:00+08:00|outcome=solved|text=到场看过确已清运");
}

/* The small town, which checks what is answered, with cg1 as staff.csv has them: until @until, or "". */
static struct town *town_until(struct store *store, struct test_ctx *c, const char *until)
{
        struct folder *fo = arena_new(&c->arena, struct folder);
        small_folder(&c->arena, NULL, fo);
        struct str yaml = folder_text(fo, "town.yaml"), staff = folder_text(fo, "staff.csv");
        struct str cg1 = STR("cg1,测试城管一,cgb,,");
        size_t at = (size_t)str_find(staff, cg1) + cg1.n;
        struct town_file change[] = {
                { "town.yaml", arena_printf(&c->arena, STR_FMT "verify: [small]\n", STR_ARG(yaml)) },
                { "staff.csv", arena_printf(&c->arena, "%.*s%s%.*s", (int)at, staff.p, until, (int)(staff.n - at), staff.p + at) }, { 0 }
        };
        return load_small(store, c, change);
}

static void all_held(struct store *store, struct test_ctx *c, const int64_t id[KINDS], const char *by, const char *task)
{
        for (int i = 0; i < KINDS; i++)
                CHECK_STR(get_one(store, c, id[i]).holder, by);
        CHECK_STR(task_holder(store, c, id[CALLED], 1), task);
        CHECK_STR(task_holder(store, c, id[CALLED], 2), by);
}

STORE_TEST(in_whatever_state_it_is_it_goes_to_the_backup_and_comes_back)
{
        struct test_ctx c;
        struct asking d = { 0 };
        int64_t id[KINDS];
        test_ctx_init(&c);
        set_now(&c, "2026-01-05T10:00:00+08:00");
        struct town *t = town_until(store, &c, "");
        d.t = t;
        all_kinds(store, &c, t, id);
        all_held(store, &c, id, "cg1", "wg1");
        struct away cg1 = { t, "cg1", 0 }, wg1 = { t, "wg1", 0 };
        CHECK_EQ(test_write(store, &c, away_op, &cg1), OK);
        CHECK_EQ(hand_due(store, &c, &d), KINDS);
        all_held(store, &c, id, "cg2", "wg1");
        CHECK_EQ(test_write(store, &c, away_op, &wg1), OK);
        CHECK_EQ(hand_due(store, &c, &d), 1);
        CHECK(!str_is(task_holder(store, &c, id[CALLED], 1), "wg1"));
        CHECK_EQ(test_read(store, &c, verify_op, &d), OK);
        set_now(&c, "2026-01-06T10:00:00+08:00"); /* back earlier than was thought: matter and tasks, each to whose it was */
        CHECK_EQ(test_write(store, &c, drop_op, &cg1), OK);
        CHECK_EQ(hand_due(store, &c, &d), KINDS);
        CHECK_STR(get_one(store, &c, id[CALLED]).holder, "cg1");
        CHECK(!str_is(task_holder(store, &c, id[CALLED], 1), "wg1"));
        set_now(&c, "2026-01-08T00:00:01+08:00");
        CHECK_EQ(hand_due(store, &c, &d), 1);
        all_held(store, &c, id, "cg1", "wg1");
        CHECK_EQ(hand_due(store, &c, &d), 0);
        CHECK_EQ(test_read(store, &c, verify_op, &d), OK);
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(in_whatever_state_it_is_nothing_stays_with_who_left)
{
        struct test_ctx c;
        struct asking d = { 0 };
        int64_t id[KINDS];
        test_ctx_init(&c);
        set_now(&c, "2026-01-05T10:00:00+08:00");
        struct town *t = town_until(store, &c, "");
        all_kinds(store, &c, t, id);
        town_unref(t);
        d.t = t = town_until(store, &c, "2026-01-05"); /* a contract that ends today */
        CHECK_EQ(hand_due(store, &c, &d), 0);
        set_now(&c, "2026-01-06T00:00:01+08:00");
        CHECK_EQ(test_read(store, &c, verify_op, &d), ERR_RULE);
        CHECK_EQ(hand_due(store, &c, &d), KINDS);
        all_held(store, &c, id, "cg2", "wg1");
        CHECK_EQ(test_read(store, &c, verify_op, &d), OK);
        CHECK_EQ(hand_due(store, &c, &d), 0);
        town_unref(t);
        test_ctx_free(&c);
}

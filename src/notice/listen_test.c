/* Who is told what, from the events of matters in the small town; once each, and never who is complained about. */
#include "matter/matter_test_util.h"
#include "notice/notice.h"
#include "notice/notice_sql.h"
#include "store/event.h"

struct hearing {
        const struct town *t;
        struct notice_ways ways;
        int n;
        struct str who;
        int64_t matter;
        struct notices box;
        struct notice_wish wish;
};

static int seal_op(struct ctx *ctx, void *arg)
{
        int n;
        (void)arg;
        return event_seal(ctx, 4096, &n);
}

static int hear_op(struct ctx *ctx, void *arg)
{
        struct hearing *h = arg;
        ctx->actor = (struct actor){ ACTOR_SYSTEM, STR("") };
        return notice_catch_up(ctx, h->t, &h->ways, 1000, &h->n);
}

static int box_op(struct ctx *ctx, void *arg)
{
        struct hearing *h = arg;
        return notice_box(ctx, h->who, false, INT64_MAX, &h->box);
}

static int told_op(struct ctx *ctx, void *arg)
{
        struct hearing *h = arg;
        return notice_of_reporter(ctx, h->matter, &h->box);
}

static int wish_op(struct ctx *ctx, void *arg)
{
        struct hearing *h = arg;
        return notice_wish_put(ctx, h->matter, &h->wish);
}

static int ring_op(struct ctx *ctx, void *arg)
{
        struct hearing *h = arg;
        return matter_ring(ctx, h->t, h->matter, &h->n);
}

static void hear(struct store *store, struct test_ctx *c, struct hearing *h)
{
        CHECK_EQ(test_write(store, c, seal_op, NULL), OK);
        CHECK_EQ(test_write(store, c, hear_op, h), OK);
}

/* "receipt danger": the kinds in the box of @who ("" = the reporter), oldest first. */
static struct str kinds(struct store *store, struct test_ctx *c, struct hearing *h, const char *who)
{
        struct str all = STR("");
        h->who = str_of(who);
        CHECK_EQ(test_read(store, c, who[0] ? box_op : told_op, h), OK);
        for (size_t i = h->box.n; i-- > 0;)
                all = str_printf(&c->arena, "%.*s%s%s", STR_ARG(all), all.n ? " " : "", notice_kind_names[h->box.row[i].kind]);
        return all;
}

static struct intake_in garbage(void)
{
        struct intake_in in = say_at("小区门口的垃圾没有清运", 39.905, 116.405);
        in.anonymous = false;
        return in;
}

STORE_TEST(after_reporting_there_is_one_message_and_the_lead_has_a_task)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage();
        struct hearing h = { .t = t, .matter = open_one(store, &c, t, &in, NULL) };
        hear(store, &c, &h);
        CHECK_EQ(h.n, 1);
        CHECK_STR(kinds(store, &c, &h, ""), "receipt");
        CHECK_EQ(h.box.row[0].due.us, get_one(store, &c, h.matter).due.us);
        CHECK_STR(h.box.row[0].unit, "cgb");
        CHECK_STR(kinds(store, &c, &h, "cg1"), "task");
        CHECK_STR(kinds(store, &c, &h, "diaodu1"), "");
        hear(store, &c, &h);
        CHECK_EQ(h.n, 0);
        CHECK_STR(kinds(store, &c, &h, ""), "receipt");
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(what_the_desk_must_place_is_told_to_the_desk_then_the_reporter_hears_the_unit)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = say("门口的垃圾没有清运");
        struct hearing h = { .t = t, .matter = open_one(store, &c, t, &in, NULL) };
        hear(store, &c, &h);
        CHECK_STR(kinds(store, &c, &h, "diaodu1"), "desk");
        set_now(&c, "2026-01-05T09:10:00+08:00");
        CHECK_EQ(act_as(store, &c, t, h.matter, "diaodu1", "dispatch", "unit=pab|reason=问了报事人", NULL), OK);
        hear(store, &c, &h);
        CHECK_STR(kinds(store, &c, &h, "pa1"), "task");
        struct str told = kinds(store, &c, &h, "");
        CHECK(str_is(told, "receipt progress") || str_is(told, "receipt date"));
        CHECK_STR(h.box.row[0].unit, "pab");
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(an_answer_a_note_and_a_withdrawal_are_told_to_the_other_side)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage();
        struct hearing h = { .t = t, .matter = open_one(store, &c, t, &in, NULL) };
        CHECK_EQ(act_as(store, &c, t, h.matter, "cg1", "sign", "", NULL), OK);
        CHECK_EQ(act_as(store, &c, t, h.matter, "reporter", "note", "text=还是没有来", NULL), OK);
        CHECK_EQ(act_as(store, &c, t, h.matter, "cg1", "answer", "text=已清运完毕", NULL), OK);
        hear(store, &c, &h);
        CHECK_STR(kinds(store, &c, &h, ""), "receipt answered");
        CHECK_STR(kinds(store, &c, &h, "cg1"), "task news");
        CHECK_STR(h.box.row[0].why, "note");
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(clocks_remind_the_holder_and_what_goes_up_is_told_above)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage();
        struct hearing h = { .t = t, .matter = open_one(store, &c, t, &in, NULL) };
        hear(store, &c, &h);
        set_now(&c, "2026-01-05T10:00:00+08:00");
        CHECK_EQ(test_write(store, &c, ring_op, &h), OK);
        hear(store, &c, &h);
        CHECK_STR(kinds(store, &c, &h, "cg1"), "task remind");
        CHECK_STR(h.box.row[0].clock, "sign");
        set_now(&c, "2026-01-05T11:00:00+08:00");
        CHECK_EQ(test_write(store, &c, ring_op, &h), OK);
        hear(store, &c, &h);
        struct str up = kinds(store, &c, &h, "daiban1");
        CHECK(str_find(up, STR("raised")) >= 0);
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(who_is_complained_about_hears_of_nothing)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage();
        in.respondent = STR("cgb");
        struct hearing h = { .t = t, .matter = open_one(store, &c, t, &in, NULL) };
        set_now(&c, "2026-01-05T12:00:00+08:00");
        CHECK_EQ(test_write(store, &c, ring_op, &h), OK);
        hear(store, &c, &h);
        CHECK_STR(kinds(store, &c, &h, "cg1"), "");
        CHECK_STR(kinds(store, &c, &h, ""), "receipt");
        town_unref(t);
        test_ctx_free(&c);
}

static int due_op(struct ctx *ctx, void *arg)
{
        struct sql_notice_due_rows *rows = arg;
        return sql_notice_due(ctx->tx, ctx->arena, &(struct sql_notice_due_in){ ctx->town, { INT64_MAX - 1 }, 100 }, rows);
}

STORE_TEST(outside_the_app_it_goes_the_way_and_at_the_hour_that_was_chosen)
{
        struct test_ctx c;
        struct sql_notice_due_rows rows;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage();
        struct hearing h = { .t = t, .ways = { .sms = true, .mail = true, .hook = { STR("one") }, .n_hooks = 1 } };
        set_now(&c, "2026-01-05T22:00:00+08:00");
        h.matter = open_one(store, &c, t, &in, NULL);
        h.wish = (struct notice_wish){ WAY_MAIL, LANG_EN, { 18 * 60, 19 * 60 }, false };
        CHECK_EQ(test_write(store, &c, wish_op, &h), OK);
        open_one(store, &c, t, &in, NULL); /* nothing chosen: a short message, after the quiet hours */
        hear(store, &c, &h);
        CHECK_EQ(test_read(store, &c, due_op, &rows), OK);
        CHECK_EQ(rows.n, 4);
        CHECK_STR(rows.row[0].channel, "hook");
        CHECK_STR(rows.row[0].recipient, "hook:one");
        CHECK_STR(rows.row[2].channel, "sms");
        CHECK_EQ(rows.row[2].next_at.us, c.ctx.now.us + 10 * US_PER_HOUR);
        CHECK_STR(rows.row[3].channel, "mail");
        CHECK_STR(rows.row[3].lang, "en");
        CHECK_EQ(rows.row[3].next_at.us, c.ctx.now.us + 20 * US_PER_HOUR);
        town_unref(t);
        test_ctx_free(&c);
}

struct other {
        const char *kind;
        int64_t id;
};

static int other_op(struct ctx *ctx, void *arg)
{
        const struct other *o = arg;
        unsigned char hash[EVENT_HASH_BYTES] = { 0 };
        struct event e = { .matter = o->id, .n = 1, .at = ctx->now, .kind = str_of(o->kind), .actor = STR("staff:diaodu1"), .body = STR("{}") };
        return event_append(ctx, &e, hash, hash);
}

static int stuck_op(struct ctx *ctx, void *arg)
{
        return notice_lost(ctx, true, INT64_MAX, arg);
}

STORE_TEST(what_keeps_a_journal_and_is_no_matter_is_told_to_nobody)
{
        struct other other[] = { { "shift_sheet", 77 }, { "standing_opened", 78 }, { "draft_loaded", 79 } };
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct hearing h = { .t = t };
        for (size_t i = 0; i < COUNT(other); i++)
                CHECK_EQ(test_write(store, &c, other_op, &other[i]), OK);
        hear(store, &c, &h);
        CHECK_EQ(h.n, 3);
        struct notices stuck = { 0 };
        CHECK_EQ(test_read(store, &c, stuck_op, &stuck), OK);
        CHECK_EQ(stuck.n, 0); /* nothing that the desk would have to look after */
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(what_is_long_past_is_no_news)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage();
        struct hearing h = { .t = t, .matter = open_one(store, &c, t, &in, NULL) };
        set_now(&c, "2026-01-20T09:00:00+08:00"); /* the server was away */
        hear(store, &c, &h);
        CHECK_EQ(h.n, 1);
        CHECK_STR(kinds(store, &c, &h, ""), "");
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(what_is_taken_over_from_a_table_is_no_news)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage();
        in.batch = STR("2026-01-05-matters");
        in.taken_in = c.ctx.now;
        struct hearing h = { .t = t, .matter = open_one(store, &c, t, &in, NULL) };
        hear(store, &c, &h);
        CHECK_STR(kinds(store, &c, &h, ""), "");
        CHECK_STR(kinds(store, &c, &h, "cg1"), "");
        CHECK_EQ(act_as(store, &c, t, h.matter, "cg1", "sign", "", NULL), OK);
        CHECK_EQ(act_as(store, &c, t, h.matter, "cg1", "answer", "text=已经清运完毕", NULL), OK);
        hear(store, &c, &h);
        CHECK_STR(kinds(store, &c, &h, ""), "answered"); /* what happens from now on is */
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(a_unit_called_in_has_a_task_and_hears_when_it_is_called_off)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage();
        struct hearing h = { .t = t, .matter = open_one(store, &c, t, &in, NULL) };
        CHECK_EQ(act_as(store, &c, t, h.matter, "cg1", "sign", "", NULL), OK);
        CHECK_EQ(act_as(store, &c, t, h.matter, "cg1", "call_in", "unit=pab|work=请到场维持秩序|reason=人多", NULL), OK);
        hear(store, &c, &h);
        CHECK_STR(kinds(store, &c, &h, "wg1"), "task"); /* whose place it is */
        CHECK(!instant_is_none(h.box.row[0].due));
        set_now(&c, "2026-01-05T09:20:00+08:00");
        CHECK_EQ(act_as(store, &c, t, h.matter, "cg1", "call_off", "task=1|reason=人已散去", NULL), OK);
        hear(store, &c, &h);
        CHECK_STR(kinds(store, &c, &h, "wg1"), "task news");
        CHECK_STR(h.box.row[0].why, "call_off");
        CHECK_STR(kinds(store, &c, &h, ""), "receipt"); /* the reporter is told of neither */
        town_unref(t);
        test_ctx_free(&c);
}

/* One shift hands over to the next: what the sheet says, and who signs it. */
#include <json-c/json.h>
#include "base/json.h"
#include "matter/matter_test_util.h"
#include "matter/shift.h"
#include "matter/shift_sql.h"

#define TURNS "date,shift,leader,officer\n2026-01-05,day,daiban1,zhiban1\n2026-01-05,night,daiban2,diaodu1;cg1\n"

struct doing { const struct town *t; const char *who; int64_t id; int32_t rev; struct shift_sheet s; struct shift_sheets all; struct matter_check check; };

static int make_op(struct ctx *ctx, void *arg)
{
        struct doing *d = arg;
        ctx->actor = (struct actor){ ACTOR_STAFF, str_of(d->who) };
        return shift_make(ctx, d->t, str_of(d->who), instant_day(ctx->now), STR("day"), &d->id);
}

static int sign_op(struct ctx *ctx, void *arg)
{
        struct doing *d = arg;
        ctx->actor = (struct actor){ ACTOR_STAFF, str_of(d->who) };
        return shift_sign(ctx, d->t, str_of(d->who), d->id, d->rev);
}

static int get_op(struct ctx *ctx, void *arg)
{
        struct doing *d = arg;
        return shift_get(ctx, d->id, &d->s);
}

static int list_op(struct ctx *ctx, void *arg)
{
        struct doing *d = arg;
        return shift_list(ctx, instant_day(ctx->now), &d->all);
}

static int verify_op(struct ctx *ctx, void *arg)
{
        struct doing *d = arg;
        int rc = matter_verify(ctx, &d->check);
        return rc == OK ? shift_verify(ctx, &d->check) : rc;
}

static int make(struct store *store, struct test_ctx *c, struct doing *d, const char *who)
{
        d->who = who;
        return test_write(store, c, make_op, d);
}

static int sign(struct store *store, struct test_ctx *c, struct doing *d, const char *who, int32_t rev)
{
        d->who = who;
        d->rev = rev;
        return test_write(store, c, sign_op, d);
}

static struct str text_of(struct test_ctx *c, struct doing *d, enum lang lang)
{
        BUF_AUTO out = BUF(SHIFT_BODY_MAX);
        CHECK_EQ(shift_text(&out, d->t, &d->s, lang, &c->err), OK);
        return str_dup(&c->arena, buf_view(&out));
}

static bool says(struct str text, const char *part)
{
        return str_find(text, str_of(part)) >= 0;
}

static size_t listed(struct doing *d, const char *list)
{
        JSON_AUTO body = NULL;
        CHECK_EQ(json_parse(d->s.body, &body, NULL), OK);
        return json_object_array_length(json_get(body, list));
}

STORE_TEST(the_sheet_says_what_is_urgent_unsigned_and_promised_and_stays_as_it_was_made)
{
        struct test_ctx c;
        struct doing d = { 0 };
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, (struct town_file[]){ { "roster.csv", TURNS }, { 0 } });
        d.t = t;
        set_now(&c, "2026-01-05T08:00:00+08:00");
        struct intake_in fire = say_at("一楼着火了，快来人，楼上有老人", 39.905, 116.405), rubbish = say_at("小区门口的垃圾没有清运", 39.905, 116.405);
        struct intake_in hidden = rubbish;
        fire.subject = STR("fire");
        rubbish.anonymous = false;
        hidden.respondent = STR("zhiban1"); /* whose officer keeps out of it */
        open_one(store, &c, t, &fire, NULL);
        int64_t signed_for = open_one(store, &c, t, &rubbish, NULL);
        open_one(store, &c, t, &rubbish, NULL);
        open_one(store, &c, t, &hidden, NULL);
        CHECK_EQ(act_as(store, &c, t, signed_for, "cg1", "sign", "", NULL), OK);
        set_now(&c, "2026-01-05T17:20:00+08:00");
        CHECK_EQ(make(store, &c, &d, "cg1"), ERR_RIGHT); /* of the next shift */
        CHECK_EQ(make(store, &c, &d, "zhiban1"), OK);
        CHECK_EQ(test_read(store, &c, get_op, &d), OK);
        CHECK_EQ(listed(&d, "urgent"), 1);
        CHECK_EQ(listed(&d, "unsigned"), 2); /* the fire and one of the rubbish */
        CHECK_EQ(listed(&d, "calls"), 2);    /* within 24 hours, which end in the next shift: two people left a telephone */
        struct str zh = text_of(&c, &d, LANG_ZH), en = text_of(&c, &d, LANG_EN);
        CHECK(says(zh, "紧急事项（1 件）") && says(zh, "消防隐患") && says(zh, "平安办") && says(zh, "交班签字 ____"));
        CHECK(says(en, "Urgent (1)") && says(en, "Fire hazard") && says(en, "first contact"));
        CHECK(!says(zh, "着火") && !says(zh, "楼上有老人") && !says(d.s.body, "垃圾没有清运")); /* no words of a resident */
        struct str frozen = d.s.body;
        CHECK_EQ(act_as(store, &c, t, signed_for, "cg1", "answer", "text=垃圾已经清运完毕了", NULL), OK);
        CHECK_EQ(test_read(store, &c, get_op, &d), OK);
        CHECK(str_eq(d.s.body, frozen)); /* until it is made anew */
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(who_goes_signs_first_then_who_comes)
{
        struct test_ctx c;
        struct doing d = { 0 };
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, (struct town_file[]){ { "roster.csv", TURNS }, { 0 } });
        d.t = t;
        set_now(&c, "2026-01-05T08:00:00+08:00");
        CHECK_EQ(make(store, &c, &d, "zhiban1"), ERR_STATE); /* it has not begun */
        set_now(&c, "2026-01-05T17:20:00+08:00");
        CHECK_EQ(make(store, &c, &d, "zhiban1"), OK);
        int64_t id = d.id;
        CHECK_EQ(make(store, &c, &d, "daiban1"), OK); /* anew, by the leader: the same sheet, one revision on */
        CHECK_EQ(d.id, id);
        CHECK_EQ(sign(store, &c, &d, "zhiban1", 1), ERR_REV); /* not what they read */
        CHECK_EQ(sign(store, &c, &d, "cg1", 2), ERR_RIGHT);   /* who comes is not first */
        CHECK_EQ(sign(store, &c, &d, "pa1", 2), ERR_RIGHT);
        CHECK_EQ(sign(store, &c, &d, "zhiban1", 2), OK);
        CHECK_EQ(make(store, &c, &d, "zhiban1"), ERR_STATE); /* what is signed stands */
        CHECK_EQ(sign(store, &c, &d, "zhiban1", 3), ERR_RIGHT); /* two persons */
        CHECK_EQ(sign(store, &c, &d, "daiban1", 3), ERR_RIGHT); /* who goes, too */
        CHECK_EQ(sign(store, &c, &d, "cg1", 3), OK);
        CHECK_EQ(sign(store, &c, &d, "diaodu1", 3), ERR_REV); /* somebody was faster */
        CHECK_EQ(sign(store, &c, &d, "diaodu1", 4), ERR_STATE);
        CHECK_EQ(test_read(store, &c, get_op, &d), OK);
        CHECK_STR(d.s.out_by, "zhiban1");
        CHECK_STR(d.s.in_by, "cg1");
        CHECK(shift_reads(&d.s, STR("daiban2")) && !shift_reads(&d.s, STR("pa1")) && !shift_reads(&d.s, STR("")));
        CHECK(says(text_of(&c, &d, LANG_ZH), "接班签字 测试城管一  2026-01-05 17:20"));
        CHECK_EQ(test_read(store, &c, list_op, &d), OK);
        CHECK_EQ(d.all.n, 1);
        CHECK_EQ(test_read(store, &c, verify_op, &d), OK);
        town_unref(t);
        test_ctx_free(&c);
}

/* Behind the program's back: another body under the same events. */
static int forge_op(struct ctx *ctx, void *arg)
{
        struct doing *d = arg;
        struct sql_matter_shift_get_row r;
        int rc = sql_matter_shift_get(ctx->tx, ctx->arena, &(struct sql_matter_shift_get_in){ ctx->town, d->id }, &r);
        if (rc != OK)
                return rc;
        struct sql_matter_shift_save_in in = { ctx->town, r.id, r.rev, r.n, r.chain, STR("{}"), r.made, r.maker, r.out_by, r.out_at, r.in_by, r.in_at };
        return sql_matter_shift_save(ctx->tx, &in, NULL);
}

STORE_TEST(a_sheet_that_was_changed_afterwards_is_found)
{
        struct test_ctx c;
        struct doing d = { 0 };
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, (struct town_file[]){ { "roster.csv", TURNS }, { 0 } });
        d.t = t;
        set_now(&c, "2026-01-05T17:20:00+08:00");
        CHECK_EQ(make(store, &c, &d, "zhiban1"), OK);
        CHECK_EQ(test_read(store, &c, verify_op, &d), OK);
        CHECK_EQ(test_write(store, &c, forge_op, &d), OK);
        CHECK_EQ(test_read(store, &c, verify_op, &d), ERR_RULE);
        CHECK(strstr(c.err.en, "sheet of a shift"));
        town_unref(t);
        test_ctx_free(&c);
}

/* Orders from upstream: what they say, how often they come, who may send them back, and that none is lost. */
#include <pthread.h>
#include <sodium.h>
#include "matter/erase.h"
#include "matter/known.h"
#include "matter/matter_test_util.h"
#include "matter/order_text.h"
#include "people/vault.h"

static const char upstreams_yaml[] =
        "systems:\n"
        "  \"12345\":\n"
        "    name: {zh: 测试热线, en: Test hotline}\n"
        "    margin: {limit: 4, unit: hour, source: 测试规程, review: 2027-06-30}\n"
        "    return: {limit: 4, unit: workhour, source: 测试规程, review: 2027-06-30}\n"
        "    columns:\n"
        "      number: [工单编号, 编号]\n"
        "      kind: 派单类型\n"
        "      received: 派单时间\n"
        "      due: 处理时限\n"
        "      return_until: 退单截止\n"
        "      title: 标题\n"
        "      words: 诉求内容\n"
        "      place: 诉求地点\n"
        "      name: 诉求人\n"
        "      phone: [联系电话, 电话]\n"
        "    redo: [重办]\n"
        "    skip: [工单类型]\n"
        "    reply:\n"
        "      fields:\n"
        "        - {code: number, label: 编号, from: number, required: yes}\n"
        "        - {code: result, label: 办理情况, from: answer, required: yes, max: 50}\n"
        "      template: \"{number}：{result}\"\n";
static const struct town_file with_upstream[] = { { "upstreams.yaml", upstreams_yaml }, { 0 } };

/* ---- rules ---------------------------------------------------------------------------------------------------------- */

static const struct {
        const char *received, *due, *ours;
} margins[] = {
        { "2026-01-05 09:00", "2026-01-08 18:00", "2026-01-08 14:00" }, /* four hours earlier */
        { "2026-01-05 09:00", "2026-01-05 17:00", "2026-01-05 13:00" }, /* half of eight hours is four */
        { "2026-01-05 09:00", "2026-01-05 11:00", "2026-01-05 10:00" }, /* never more than half of what upstream gives */
        { "2026-01-05 09:00", "2026-01-05 09:00", "2026-01-05 09:00" }, /* no time given: nothing to take away */
};

TEST(we_are_earlier_than_upstream_wants_by_the_margin)
{
        struct town *t = small_town(with_upstream);
        const struct upstream *up = upstream_find(&t->upstreams, STR("12345"));
        struct instant received, due, want;
        for (size_t i = 0; i < COUNT(margins); i++) {
                CHECK_EQ(instant_parse(str_of(margins[i].received), &received), OK);
                CHECK_EQ(instant_parse(str_of(margins[i].due), &due), OK);
                CHECK_EQ(instant_parse(str_of(margins[i].ours), &want), OK);
                CHECK_EQ(order_ours(up, received, due).us, want.us);
                CHECK_EQ(order_ours(NULL, received, due).us, due.us); /* a system that is gone has no margin */
        }
        CHECK(instant_is_none(order_ours(up, received, INSTANT_NONE)));
        town_unref(t);
}

/* ---- what is pasted -------------------------------------------------------------------------------------------------- */

#define ORDER_1 "工单编号：20260105001\n派单时间：2026-01-05 08:30  处理时限：2026年1月7日 18:00\n工单类型：投诉\n"
static const struct {
        const char *text, *number, *words, *phone;
        int code;
        const char *field;
} pasted[] = {
        { ORDER_1 "诉求内容：小区门口的垃圾没有清运\n第二行也是内容\n联系电话：１３８００００１２３４", "20260105001",
          "小区门口的垃圾没有清运\n第二行也是内容", "13800001234", OK, NULL },
        { "编号: A-1 诉求内容: 路灯不亮 电话: 010-12345678", "A-1", "路灯不亮", "010-12345678", OK, NULL }, /* on one line, half width */
        { "诉求内容：时间：昨晚十点。诉求内容：很吵\n编号：7", "7", "时间：昨晚十点。诉求内容：很吵", "", OK, NULL }, /* no label of ours, or not at a beginning */
        { "编号：8\n诉求内容：很吵\n诉求内容：还是很吵", "8", "很吵\n诉求内容：还是很吵", "", OK, NULL }, /* said twice */
        { "编号：9\n诉求内容：很吵\n工单类型：投诉", "9", "很吵", "", OK, NULL }, /* what is not kept ends what stands before it */
        { "编号：9\n诉求内容：很吵\n联系电话：不愿透露", "9", "很吵", "", OK, NULL },
        { "请尽快处理", NULL, NULL, NULL, ERR_MISSING, "text" },
        { "", NULL, NULL, NULL, ERR_MISSING, "text" },
        { "编号：\xff", NULL, NULL, NULL, ERR_UTF8, "text" },
        { "诉求内容：很吵", NULL, NULL, NULL, ERR_MISSING, "number" },
        { "编号：1.2E+11\n诉求内容：很吵", NULL, NULL, NULL, ERR_TYPE, "number" },
        { "编号：10\n诉求内容：吵", NULL, NULL, NULL, ERR_MISSING, "words" },
        { "编号：10\n诉求内容：很吵\n处理时限：下周", NULL, NULL, NULL, ERR_TYPE, "due" },
        { "编号：10\n诉求内容：很吵\n派单时间：2026-01-05 08:00\n处理时限：2026-01-04", NULL, NULL, NULL, ERR_RANGE, "due" },
        { "编号：10\n诉求内容：很吵\n派单时间：2026-01-06 08:00", NULL, NULL, NULL, ERR_RANGE, "received" },
        { "编号：10\n诉求内容：很吵\n联系电话：1.38E+10", "10", "很吵", "", OK, NULL }, /* kept beside, not refused */
        { "编号：10\n诉求内容：很吵\n联系电话：微信同名", "10", "很吵", "", OK, NULL },
        { "编号：10\n诉求内容：很吵\n联系电话：+86 138 0000 0001", "10", "很吵", "13800000001", OK, NULL },
};

static int read_pasted(struct ctx *ctx, const struct upstream *up, const char *text, struct order_in *in)
{
        struct cell cell[ORDER_FIELDS];
        int rc = order_paste(ctx->arena, up, str_of(text), cell, ctx->err);
        return rc == OK ? order_read(ctx, up, cell, in) : rc;
}

TEST(what_is_pasted_is_read_by_its_labels)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = small_town(with_upstream);
        const struct upstream *up = upstream_find(&t->upstreams, STR("12345"));
        for (size_t i = 0; i < COUNT(pasted); i++) {
                struct order_in in;
                c.err = (struct err){ 0 };
                int rc = read_pasted(&c.ctx, up, pasted[i].text, &in);
                if (rc != pasted[i].code)
                        fail_msg("%s: got %d (%s: %s)", pasted[i].text, rc, c.err.field, c.err.en);
                if (rc != OK) {
                        CHECK_STR(str_of(c.err.field), pasted[i].field);
                        CHECK(c.err.zh[0] && c.err.en[0]);
                        continue;
                }
                CHECK_STR(in.number, pasted[i].number);
                CHECK_STR(in.words, pasted[i].words);
                CHECK_STR(in.phone, pasted[i].phone);
                if (strstr(pasted[i].text, "微信同名"))
                        CHECK(str_find(in.note, STR("微信同名")) > 0);
        }
        town_unref(t);
        test_ctx_free(&c);
}

/* ---- taking them in --------------------------------------------------------------------------------------------------- */

struct taking {
        const struct town *t;
        const struct vault_keys *keys;
        const char *text;
        int tries;
        struct order_taken got;
};

static int take_op(struct ctx *ctx, void *arg)
{
        struct taking *k = arg;
        const struct upstream *up = upstream_find(&k->t->upstreams, STR("12345"));
        struct order_in in;
        struct order_taking *o;
        int rc = read_pasted(ctx, up, k->text, &in);
        ctx->actor = (struct actor){ ACTOR_KEY, STR("hotline") };
        if (rc == OK)
                rc = order_prepare(ctx, k->t, k->keys, up, &in, right_bit(RIGHT_MATTER_OPEN), &o);
        return rc == OK ? order_take(ctx, o, &k->got) : rc;
}

struct story {
        struct test_ctx c;
        struct town *t;
        struct vault_keys *keys;
        struct store *store;
};

static void begin(struct story *s, struct store *store)
{
        *s = (struct story){ .store = store };
        test_ctx_init(&s->c);
        s->t = load_small(store, &s->c, with_upstream);
        CHECK_EQ(vault_keys_in_memory(s->c.ctx.chance, &s->keys), OK);
}

static void end(struct story *s)
{
        town_unref(s->t);
        vault_keys_free(s->keys);
        test_ctx_free(&s->c);
}

static struct order_taken take(struct story *s, const char *text, int want)
{
        struct taking k = { .t = s->t, .keys = s->keys, .text = text };
        struct actor was = s->c.ctx.actor;
        s->c.err = (struct err){ 0 };
        int rc = test_write(s->store, &s->c, take_op, &k);
        s->c.ctx.actor = was;
        if (rc != want)
                fail_msg("%s: got %d (%s: %s)", text, rc, s->c.err.field, s->c.err.en);
        return k.got;
}

/* One step; "state" afterwards, or "!field" when it is refused there. */
static struct matter step(struct story *s, int64_t id, const char *who, const char *action, const char *form, const char *then)
{
        struct matter m = get_one(s->store, &s->c, id);
        int rc = act_as(s->store, &s->c, s->t, id, who, action, form, &m);
        if (then[0] == '!') {
                CHECK(rc != OK);
                CHECK_STR(str_of(s->c.err.field), then + 1);
                CHECK(s->c.err.zh[0] && s->c.err.en[0]);
        } else if (rc != OK) {
                fail_msg("%s %s: %d (%s: %s)", who, action, rc, s->c.err.field, s->c.err.en);
        } else {
                CHECK_STR(m.state, then);
        }
        return m;
}

static struct instant at(const char *s)
{
        struct instant t;
        CHECK_EQ(instant_parse(str_of(s), &t), OK);
        return t;
}

static struct clock clock_named(const struct matter *m, const char *code)
{
        struct clock_set set;
        CHECK_EQ(clock_set_parse(m->clocks, &set), OK);
        CHECK(clock_set_find(&set, str_of(code)) != NULL);
        return *clock_set_find(&set, str_of(code));
}

static int verify_op(struct ctx *ctx, void *arg)
{
        return matter_verify(ctx, arg);
}

static void is_whole(struct story *s)
{
        struct matter_check check;
        if (test_read(s->store, &s->c, verify_op, &check) != OK)
                fail_msg("verify: %s", s->c.err.en);
}

static int all_op(struct ctx *ctx, void *arg)
{
        struct matter_filter f = { .before = INT64_MAX, .max = MATTER_LIST_MAX };
        return matter_list(ctx, &f, arg);
}

static size_t matters(struct story *s)
{
        struct matter_items all;
        CHECK_EQ(test_read(s->store, &s->c, all_op, &all), OK);
        return all.n;
}

#define GARBAGE "工单编号：20260105001\n派单时间：2026-01-05 08:30\n处理时限：2026-01-07 18:00\n诉求内容：小区门口的垃圾没有清运\n诉求地点：第一网格\n"
#define WHO "诉求人：测试人\n联系电话：13800001234\n"

struct telling {
        int64_t id;
        struct matter_story story;
};
static int story_op(struct ctx *ctx, void *arg)
{
        struct telling *k = arg;
        return matter_story(ctx, k->id, &k->story);
}

STORE_TEST(an_order_that_comes_twice_is_one_matter)
{
        struct story s;
        begin(&s, store);
        struct order_taken first = take(&s, GARBAGE WHO, OK), again = take(&s, GARBAGE WHO, OK);
        CHECK_EQ(first.outcome, ORDER_OPENED);
        CHECK_STR(first.state, "dispatched"); /* the place is a name of ours, and the words say what it is about */
        CHECK(first.code[0]);
        CHECK_EQ(again.outcome, ORDER_SAME);
        CHECK_EQ(again.id, first.id);
        CHECK_EQ(again.rev, first.rev);
        CHECK_EQ(matters(&s), 1);
        struct matter m = get_one(store, &s.c, first.id);
        CHECK_STR(m.source, "upstream");
        CHECK_STR(m.order.number, "20260105001");
        CHECK(m.person != MATTER_ANONYMOUS);
        /* our own promise of three working days would be later: upstream's deadline less four hours holds, and the clock says so */
        struct clock answer = clock_named(&m, "answer");
        CHECK_EQ(answer.due.us, at("2026-01-07 14:00").us);
        CHECK_EQ(answer.from, CLOCK_FROM_ORDER);
        CHECK_STR(answer.source, "12345");
        CHECK_EQ(m.due.us, answer.due.us);
        /* something was added, and it is wanted earlier */
        struct order_taken more = take(&s, "编号：20260105001\n处理时限：2026-01-06 18:00\n诉求内容：小区门口的垃圾没有清运，已经有异味\n诉求地点：第一网格", OK);
        CHECK_EQ(more.outcome, ORDER_NOTED);
        CHECK_EQ(more.id, first.id);
        CHECK_STR(more.state, "dispatched");
        m = get_one(store, &s.c, first.id);
        CHECK_EQ(clock_named(&m, "answer").due.us, at("2026-01-06 14:00").us);
        CHECK_EQ(clock_named(&m, "answer").started.us, answer.started.us); /* and did not begin anew */
        CHECK_EQ(take(&s, "编号：20260105001\n处理时限：2026-01-06 18:00\n诉求内容：小区门口的垃圾没有清运，已经有异味\n诉求地点：第一网格", OK).outcome, ORDER_SAME);
        struct telling k = { .id = first.id };
        CHECK_EQ(test_read(store, &s.c, story_op, &k), OK);
        CHECK_EQ(k.story.n, 2);
        CHECK(str_find(k.story.row[1].words, STR("已经有异味")) >= 0);
        for (size_t i = 0; i < k.story.n; i++) { /* the contact is in the vault alone, the number in its row alone */
                CHECK(str_find(k.story.row[i].words, STR("13800001234")) < 0);
                CHECK(str_find(k.story.row[i].e.body, STR("20260105001")) < 0);
        }
        is_whole(&s);
        end(&s);
}

#define REPLIED(when) "channel=platform|time=" when
#define TOLD(when) "channel=phone|outcome=reached|time=" when

/* From dispatch to where upstream is to be answered. */
static void deal_with(struct story *s, int64_t id, const char *now, const char *time)
{
        set_now(&s->c, now);
        step(s, id, "cg1", "sign", "", "received");
        step(s, id, "cg1", "answer", "text=已清运，以后每天两次", "answered");
        step(s, id, "diaodu1", "tell", time, "reporting");
}

STORE_TEST(an_order_is_answered_upstream_before_it_ends)
{
        struct story s;
        begin(&s, store);
        int64_t id = take(&s, GARBAGE WHO, OK).id;
        step(&s, id, "diaodu1", "decline", "reason=不属于本街道|basis=属地规定|elsewhere=区城管委", "!order_owed");
        deal_with(&s, id, "2026-01-06T10:00:00+08:00", TOLD("2026-01-06T10:00:00+08:00"));
        struct matter m = get_one(store, &s.c, id);
        CHECK(m.open);
        struct clock reply = clock_named(&m, "reply_up");
        CHECK(clock_runs(&reply));
        CHECK_EQ(reply.due.us, at("2026-01-07 10:00").us); /* ours, a day, is earlier than upstream's */
        step(&s, id, "cg1", "finish_up", REPLIED("2026-01-06T11:00:00+08:00"), "!action"); /* who answers does not also close */
        set_now(&s.c, "2026-01-06T11:30:00+08:00");
        m = step(&s, id, "diaodu1", "finish_up", REPLIED("2026-01-06T11:00:00+08:00"), "closed");
        CHECK_EQ(m.order.state, ORDER_IS_ANSWERED);
        CHECK_EQ(m.order.kept, 1);
        CHECK_EQ(m.order.late, 0);
        step(&s, id, "reporter", "rate", "solved=yes|satisfied=5", "closed");
        CHECK_EQ(take(&s, GARBAGE WHO, OK).outcome, ORDER_SAME); /* yesterday's file once more takes nothing up */
        is_whole(&s);
        end(&s);
}

STORE_TEST(upstream_may_be_answered_before_the_reporter_was_reached)
{
        struct story s;
        begin(&s, store);
        int64_t id = take(&s, GARBAGE WHO, OK).id;
        set_now(&s.c, "2026-01-07T17:00:00+08:00");
        step(&s, id, "cg1", "sign", "", "received");
        step(&s, id, "cg1", "answer", "text=已清运，以后每天两次", "answered");
        struct matter before = step(&s, id, "cg1", "amend", "text=已清运，并加装监控", "answered");
        set_now(&s.c, "2026-01-07T19:00:00+08:00");
        struct matter m = step(&s, id, "diaodu1", "reply_up", REPLIED("2026-01-07T18:30:00+08:00"), "answered");
        CHECK_EQ(m.order.late, 1); /* half an hour late */
        CHECK_EQ(m.answered.us, before.answered.us);
        step(&s, id, "diaodu1", "reply_up", REPLIED("2026-01-07T18:30:00+08:00"), "!order_owed");
        step(&s, id, "diaodu1", "tell", TOLD("2026-01-07T18:50:00+08:00"), "closed");
        is_whole(&s);
        end(&s);
}

#define NOT_OURS "reason=该路段由区里管养|elsewhere=区城管委|until=2026-01-09T09:00:00+08:00"

STORE_TEST(sent_back_upstream_it_stays_ours_until_upstream_agrees)
{
        struct story s;
        begin(&s, store);
        int64_t id = take(&s, GARBAGE WHO, OK).id;
        struct matter m = get_one(store, &s.c, id);
        CHECK_EQ(m.order.return_until.us, at("2026-01-05 15:00").us); /* four office hours from nine */
        step(&s, id, "cg1", "return_up", NOT_OURS, "!action");        /* the desk speaks for the town */
        m = step(&s, id, "diaodu1", "return_up", NOT_OURS, "returned_up");
        CHECK(m.open);
        struct clock await = clock_named(&m, "await_upstream");
        CHECK(clock_runs(&await));
        CHECK(order_owed(&m.order));
        step(&s, id, "diaodu1", "give_back", "unit=nobody|reason=仍由你们办", "!unit");
        m = step(&s, id, "diaodu1", "give_back", "unit=pab|reason=上级认为仍由街道办", "dispatched");
        CHECK_STR(m.unit, "pab");
        CHECK_EQ(m.order.refusals, 1);
        step(&s, id, "diaodu1", "return_up", NOT_OURS, "!order_return_open"); /* once in a round */
        struct clock before = clock_named(&m, "answer");
        CHECK_EQ(before.started.us, m.opened.us); /* the resident's clock ran on */

        id = take(&s, "编号：2\n诉求内容：小区门口的垃圾没有清运", OK).id;
        step(&s, id, "diaodu1", "return_up", NOT_OURS, "returned_up");
        m = step(&s, id, "diaodu1", "take_back", "time=2026-01-05T09:00:00+08:00|text=同意改派区城管委", "sent_back");
        CHECK(!m.open);
        CHECK_EQ(m.order.state, ORDER_IS_TAKEN_BACK);
        is_whole(&s);

        id = take(&s, "编号：3\n诉求内容：小区门口的垃圾没有清运", OK).id;
        set_now(&s.c, "2026-01-05T15:00:01+08:00");
        step(&s, id, "diaodu1", "return_up", NOT_OURS, "!order_return_open"); /* too late */
        id = take(&s, "编号：4\n诉求内容：小区门口的垃圾没有清运\n退单截止：2026-01-05 15:30", OK).id;
        set_now(&s.c, "2026-01-05T15:30:01+08:00");
        step(&s, id, "diaodu1", "return_up", NOT_OURS, "!order_return_open"); /* what the order says goes before the town's window */
        end(&s);
}

STORE_TEST(what_the_reporter_takes_back_is_told_upstream)
{
        struct story s;
        begin(&s, store);
        int64_t id = take(&s, GARBAGE WHO, OK).id;
        struct matter m = step(&s, id, "reporter", "withdraw", "", "withdrawing");
        CHECK(m.open);
        m = step(&s, id, "diaodu1", "withdrawn_up", REPLIED("2026-01-05T09:00:00+08:00"), "withdrawn");
        CHECK(!m.open && !order_owed(&m.order));
        is_whole(&s);
        end(&s);
}

#define REDO GARBAGE WHO "派单类型：重办\n"
#define REDO_2 "工单编号：20260105001\n派单时间：2026-01-08 09:00\n处理时限：2026-01-09 18:00\n派单类型：重办\n诉求地点：第一网格\n诉求内容：小区门口的垃圾没有清运\n"

STORE_TEST(what_upstream_sends_back_is_dealt_with_in_a_further_round)
{
        struct story s;
        begin(&s, store);
        int64_t id = take(&s, GARBAGE WHO, OK).id;
        step(&s, id, "diaodu1", "redo_up", "text=请重办", "!action"); /* it has not ended */
        deal_with(&s, id, "2026-01-06T10:00:00+08:00", TOLD("2026-01-06T10:00:00+08:00"));
        step(&s, id, "diaodu1", "finish_up", REPLIED("2026-01-06T10:00:00+08:00"), "closed");
        set_now(&s.c, "2026-01-08T09:10:00+08:00");
        struct order_taken redo = take(&s, REDO_2, OK);
        CHECK_EQ(redo.outcome, ORDER_REDONE);
        CHECK_EQ(redo.id, id);
        CHECK_STR(redo.state, "dispatched");
        struct matter m = get_one(store, &s.c, id);
        CHECK(m.open);
        CHECK_EQ(m.order.state, ORDER_IS_REDO);
        CHECK_EQ(m.order.round, 2);
        CHECK_EQ(m.order.received.us, at("2026-01-08 09:00").us);
        CHECK_EQ(m.reopened, 0); /* the reporter's own chances are not used up by it */
        CHECK_EQ(clock_named(&m, "answer").due.us, at("2026-01-09 14:00").us);
        CHECK_EQ(take(&s, REDO_2, OK).outcome, ORDER_SAME);
        set_now(&s.c, "2026-01-08T10:00:00+08:00");
        deal_with(&s, id, "2026-01-08T10:00:00+08:00", TOLD("2026-01-08T10:00:00+08:00"));
        m = step(&s, id, "diaodu1", "finish_up", REPLIED("2026-01-08T10:00:00+08:00"), "closed");
        CHECK_EQ(m.order.kept, 2);
        CHECK_EQ(take(&s, REDO_2, OK).outcome, ORDER_SAME);
        /* "not solved": the reporter has it taken up again, and upstream wants it too, while it is open */
        step(&s, id, "reporter", "reopen", "text=垃圾还在", "dispatched");
        set_now(&s.c, "2026-01-08T11:30:00+08:00");
        redo = take(&s, "编号：20260105001\n派单时间：2026-01-08 11:00\n处理时限：2026-01-12\n诉求内容：仍未清运，请核查", OK);
        CHECK_EQ(redo.outcome, ORDER_REDONE);
        CHECK_STR(redo.state, "dispatched");
        m = get_one(store, &s.c, id);
        CHECK_EQ(m.order.round, 3);
        CHECK_EQ(m.reopened, 1);
        CHECK_EQ(m.order.due.us, day_end(instant_day(at("2026-01-12 00:00"))).us); /* a day means its end */
        is_whole(&s);
        end(&s);
}

struct erasing {
        int64_t id;
};
static int erase_op(struct ctx *ctx, void *arg)
{
        struct erasing *e = arg;
        return matter_erase(ctx, e->id, STR("依本人申请"), NULL);
}

STORE_TEST(sent_back_after_its_words_were_erased_it_opens_another_matter)
{
        struct story s;
        begin(&s, store);
        int64_t id = take(&s, GARBAGE WHO, OK).id;
        deal_with(&s, id, "2026-01-06T10:00:00+08:00", TOLD("2026-01-06T10:00:00+08:00"));
        step(&s, id, "diaodu1", "finish_up", REPLIED("2026-01-06T10:00:00+08:00"), "closed");
        CHECK_EQ(test_write(store, &s.c, erase_op, &(struct erasing){ id }), OK);
        CHECK_EQ(take(&s, GARBAGE WHO, OK).outcome, ORDER_SAME);
        set_now(&s.c, "2026-01-08T09:10:00+08:00");
        struct order_taken redo = take(&s, REDO_2, OK);
        CHECK_EQ(redo.outcome, ORDER_OPENED);
        CHECK(redo.id != id);
        struct matter m = get_one(store, &s.c, redo.id);
        CHECK_EQ(m.order.round, 2);
        CHECK_EQ(m.order.kept, 1);
        CHECK_EQ(get_one(store, &s.c, id).order.state, ORDER_NONE);
        is_whole(&s);
        end(&s);
}

struct ringing {
        const struct town *t;
        int64_t id;
        int alarms;
};
static int ring_op(struct ctx *ctx, void *arg)
{
        struct ringing *r = arg;
        return matter_ring(ctx, r->t, r->id, &r->alarms);
}

STORE_TEST(who_does_not_answer_upstream_in_time_is_reminded_and_then_it_goes_up)
{
        struct story s;
        begin(&s, store);
        struct ringing r = { s.t, take(&s, "编号：1\n派单时间：2026-01-05 08:30\n处理时限：2026-01-06 16:00\n诉求地点：第一网格\n诉求内容：小区门口的垃圾没有清运", OK).id, 0 };
        set_now(&s.c, "2026-01-06T10:00:00+08:00");
        step(&s, r.id, "cg1", "sign", "", "received");
        struct matter m = step(&s, r.id, "cg1", "answer", "text=已清运，以后每天两次", "reporting"); /* anonymous: posted, nobody to tell */
        CHECK_EQ(clock_named(&m, "reply_up").due.us, at("2026-01-06 12:00").us); /* not a day: upstream's deadline less the margin */
        set_now(&s.c, "2026-01-06T11:00:00+08:00");
        CHECK_EQ(test_write(store, &s.c, ring_op, &r), OK);
        CHECK(r.alarms >= 1);
        CHECK_EQ(get_one(store, &s.c, r.id).raised, m.raised);
        set_now(&s.c, "2026-01-06T12:00:00+08:00");
        CHECK_EQ(test_write(store, &s.c, ring_op, &r), OK);
        CHECK(get_one(store, &s.c, r.id).raised > m.raised);
        /* sent back and forgotten upstream: that rings too */
        set_now(&s.c, "2026-01-07T09:00:00+08:00");
        r.id = take(&s, "编号：2\n诉求内容：小区门口的垃圾没有清运", OK).id;
        m = step(&s, r.id, "diaodu1", "return_up", NOT_OURS, "returned_up");
        set_now(&s.c, "2026-01-09T09:00:00+08:00");
        CHECK_EQ(test_write(store, &s.c, ring_op, &r), OK);
        CHECK(get_one(store, &s.c, r.id).raised > m.raised);
        CHECK_STR(get_one(store, &s.c, r.id).state, "returned_up"); /* the system ends nothing by itself */
        end(&s);
}

#define GRANT "|reason=情况属实，同意|word=配件到货后即恢复办理"

STORE_TEST(what_we_grant_ourselves_moves_no_deadline_of_upstream)
{
        struct story s;
        begin(&s, store);
        struct ringing r = { s.t, take(&s, GARBAGE WHO, OK).id, 0 }; /* wanted on the 7th at 18:00, by us at 14:00 */
        set_now(&s.c, "2026-01-05T10:00:00+08:00");
        step(&s, r.id, "cg1", "sign", "", "received");
        step(&s, r.id, "cg1", "ask", "what=extension|reason=工程量比预计的大", "asking");
        step(&s, r.id, "daiban1", "grant_extension", "more=5" GRANT, "!more");
        step(&s, r.id, "daiban1", "refuse", "reason=先请上级延长", "working");
        step(&s, r.id, "cg1", "ask", "what=shelving|reason=须列入明年改造计划", "asking");
        step(&s, r.id, "daiban1", "grant_shelving", "until=2026-03-02T09:00:00+08:00|reason=同意|word=已列入明年改造计划，先每天清运", "!until");
        step(&s, r.id, "daiban1", "refuse", "reason=先请上级延长", "working");
        step(&s, r.id, "cg1", "ask", "what=pause|reason=等待配件到货", "asking");
        step(&s, r.id, "daiban1", "grant_pause", "until=2026-01-07T15:00:00+08:00" GRANT, "!until");
        struct matter m = step(&s, r.id, "daiban1", "grant_pause", "until=2026-01-07T12:00:00+08:00" GRANT, "paused");
        CHECK_EQ(clock_named(&m, "answer").due.us, at("2026-01-07 14:00").us); /* two days of pause, and not an hour later */
        set_now(&s.c, "2026-01-07T14:00:00+08:00");
        CHECK_EQ(test_write(store, &s.c, ring_op, &r), OK);
        m = get_one(store, &s.c, r.id);
        CHECK_STR(m.state, "working"); /* the pause was over */
        CHECK_EQ(clock_named(&m, "answer").due.us, at("2026-01-07 14:00").us);
        CHECK(m.raised > 0);
        is_whole(&s);
        end(&s);
}

STORE_TEST(upstream_gives_more_time_and_then_so_may_we)
{
        struct story s;
        begin(&s, store);
        int64_t id = take(&s, GARBAGE WHO, OK).id;
        set_now(&s.c, "2026-01-05T10:00:00+08:00");
        step(&s, id, "cg1", "sign", "", "received");
        step(&s, id, "cg1", "ask", "what=pause|reason=等待配件到货", "asking");
        step(&s, id, "daiban1", "grant_pause", "until=2026-01-09T12:00:00+08:00" GRANT, "!until");
        CHECK_EQ(take(&s, "编号：20260105001\n派单时间：2026-01-05 08:30\n处理时限：2026-01-12 18:00\n诉求地点：第一网格\n诉求内容：小区门口的垃圾没有清运\n" WHO, OK).outcome, ORDER_NOTED);
        struct matter m = step(&s, id, "daiban1", "grant_pause", "until=2026-01-09T12:00:00+08:00" GRANT, "paused");
        CHECK_EQ(m.order.ours.us, at("2026-01-12 14:00").us);
        CHECK(clock_named(&m, "answer").due.us <= m.order.ours.us);
        is_whole(&s);
        end(&s);
}

static int announce_op(struct ctx *ctx, void *arg)
{
        struct ringing *r = arg; /* its id comes back */
        struct intake_in in = { .title = STR(""), .words = STR("垃圾清运车故障，明日恢复"), .subject = STR("garbage"), .place = STR(G1), .thing = STR(""), .unit = STR(""),
                                .respondent = STR(""), .source = STR("system"), .accuracy_m = -1, .anonymous = true };
        struct intake k;
        struct code code = code_new(ctx->now, ctx->chance);
        struct instant until = { ctx->now.us + US_PER_DAY };
        int rc = intake_decide(ctx, r->t, &in, &k);
        struct known_cause c = { .subject = in.subject, .places = in.place, .text = in.words, .text_en = STR(""), .why = STR(""), .since = INSTANT_NONE, .until = until };
        struct ctx desk = *ctx;
        desk.actor = (struct actor){ ACTOR_STAFF, STR("diaodu1") };
        r->id = id_next(ctx->ids, ctx->now);
        struct matter_action who = { .id = r->id, .rights = UINT64_MAX };
        struct matter after;
        return rc == OK ? known_open(&desk, r->t, &k, &who, &c, &code, &after) : rc;
}

STORE_TEST(an_order_about_a_known_cause_is_joined_to_it_and_upstream_still_waits)
{
        struct story s;
        begin(&s, store);
        struct ringing cause = { .t = s.t };
        CHECK_EQ(test_write(store, &s.c, announce_op, &cause), OK);
        struct order_taken got = take(&s, GARBAGE WHO, OK);
        CHECK_STR(got.state, "joined");
        struct matter m = get_one(store, &s.c, got.id);
        CHECK(m.cause == cause.id && order_owed(&m.order));
        CHECK_EQ(clock_named(&m, "answer").due.us, at("2026-01-07 14:00").us);
        is_whole(&s);
        end(&s);
}

/* ---- two at once ------------------------------------------------------------------------------------------------------ */

struct twin {
        struct store *store;
        const struct town *t;
        const struct vault_keys *keys;
        struct test_ctx c;
        struct taking k;
        int rc;
};

static void *take_alone(void *arg)
{
        struct twin *w = arg;
        w->rc = test_write(w->store, &w->c, take_op, &w->k);
        return NULL;
}

STORE_TEST(two_who_take_the_same_number_in_at_once_make_one_matter)
{
        struct story s;
        static struct twin twin[4];
        pthread_t thread[4];
        begin(&s, store);
        for (size_t i = 0; i < COUNT(twin); i++) {
                test_ctx_init(&twin[i].c);
                twin[i].c.ids.node = (uint32_t)i + 1;
                chance_seed(&twin[i].c.chance, 100 + i);
                twin[i].c.ctx.town = s.c.ctx.town;
                twin[i].store = store;
                twin[i].k = (struct taking){ .t = s.t, .keys = s.keys, .text = GARBAGE WHO };
                CHECK_EQ(pthread_create(&thread[i], NULL, take_alone, &twin[i]), 0);
        }
        int opened = 0;
        for (size_t i = 0; i < COUNT(twin); i++) {
                pthread_join(thread[i], NULL);
                CHECK_EQ(twin[i].rc, OK);
                opened += twin[i].k.got.outcome == ORDER_OPENED;
                CHECK_EQ(twin[i].k.got.id, twin[0].k.got.id);
        }
        CHECK_EQ(opened, 1);
        CHECK_EQ(matters(&s), 1);
        for (size_t i = 0; i < COUNT(twin); i++)
                test_ctx_free(&twin[i].c);
        is_whole(&s);
        end(&s);
}

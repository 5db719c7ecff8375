/* Every step of a request, by whom, from where, and what is refused. Each script is one matter's life in the small
 * town. */
#include "matter/erase.h"
#include "matter/matter_test_util.h"
#include <pthread.h>
#include "store/event.h"

/* A step; code OK: the state afterwards, else the field that is named. */
#define TOLD(outcome, when) "channel=phone|time=" when "|outcome=" outcome

static struct intake_in garbage(bool anonymous)
{
        struct intake_in in = say_at("小区门口的垃圾没有清运", 39.905, 116.405);
        in.anonymous = anonymous;
        return in;
}

/* ---- from dispatch to rating
 * ------------------------------------------------------------------------------------------- */

static const struct line straight[] = {
        { "2026-01-05T09:30:00+08:00", "pa1", "sign", "", ERR_RIGHT, "" }, /* another unit's matter */
        { "", "wg3", "sign", "", ERR_RIGHT, "" },                          /* another grid */
        { "", "diaodu1", "sign", "", ERR_RIGHT, "" },                      /* a dispatcher does not sign for others */
        { "", "reporter", "sign", "", ERR_RIGHT, "" },
        { "", "cg1", "fly", "", ERR_NONE, "action" },
        { "", "cg1", "receive", "", ERR_RIGHT, "" }, /* the clock's own */
        { "", "cg1", "contact", TOLD("reached", "2026-01-05T09:20:00+08:00"), ERR_STATE, "" },
        { "", "cg1", "answer", "text=已经处理完毕了", ERR_STATE, "" },
        { "", "cg1", "sign", "why=x", ERR_UNKNOWN, "why" },
        { "", "cg1", "sign", "", OK, "received" },
        { "", "cg1", "sign", "", ERR_STATE, "" },
        { "2026-01-05T10:00:00+08:00", "cg1", "contact", "", ERR_MISSING, "channel" },
        { "", "cg1", "contact", "channel=pigeon|time=2026-01-05T09:50:00+08:00|outcome=reached", ERR_RANGE, "channel" },
        { "", "cg1", "contact", TOLD("reached", "yesterday"), ERR_TYPE, "time" },
        { "", "cg1", "contact", TOLD("reached", "2026-01-05T08:59:59+08:00"), ERR_RANGE,
          "time" }, /* before it was opened */
        { "", "cg1", "contact", TOLD("reached", "2026-01-05T10:00:01+08:00"), ERR_RANGE, "time" }, /* not yet */
        { "", "cg1", "contact", TOLD("not_reached", "2026-01-05T09:40:00+08:00"), OK, "received" },
        { "", "cg1", "contact", TOLD("reached", "2026-01-05T09:50:00+08:00") "|text=约定周三清运", OK, "working" },
        { "", "cg1", "answer", "text=好", ERR_RANGE, "text" },
        { "", "cg1", "tell", TOLD("reached", "2026-01-05T09:50:00+08:00"), ERR_RIGHT,
          "" }, /* who answers does not also close */
        { "2026-01-07T16:00:00+08:00", "cg1", "answer", "text=已清运，以后每天两次", OK, "answered" },
        { "", "reporter", "rate", "solved=yes|satisfied=5", ERR_STATE, "" },
        { "", "diaodu1", "tell", TOLD("not_reached", "2026-01-07T16:00:00+08:00"), OK, "answered" },
        { "2026-01-07T17:00:00+08:00", "diaodu1", "tell", TOLD("reached", "2026-01-07T16:30:00+08:00"), OK, "closed" },
        { "", "cg1", "answer", "text=已经处理完毕了", ERR_STATE, "" },
        { "", "reporter", "note", "text=谢谢", ERR_STATE, "" },
        { "", "reporter", "rate", "solved=maybe|satisfied=5", ERR_RANGE, "solved" },
        { "", "reporter", "rate", "solved=yes|satisfied=6", ERR_RANGE, "satisfied" },
        { "", "cg1", "rate", "solved=yes|satisfied=5", ERR_RIGHT, "" },
        { "", "reporter", "rate", "solved=partly|satisfied=4|text=还行", OK, "closed" },
        { "", "reporter", "rate", "solved=yes|satisfied=5", ERR_RULE, "rated" }, /* once */
};

STORE_TEST(a_request_from_dispatch_to_rating)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage(false);
        int64_t id = open_one(store, &c, t, &in, NULL);
        play(store, &c, t, id, straight, COUNT(straight));
        struct matter m = get_one(store, &c, id);
        struct instant want;
        CHECK(!m.open);
        CHECK_EQ(m.solved, 1);
        CHECK_EQ(m.satisfied, 4);
        CHECK(instant_is_none(m.next_at));
        instant_parse(STR("2026-01-05T09:30:00+08:00"), &want);
        CHECK_EQ(m.signed_at.us, want.us);
        instant_parse(STR("2026-01-05T09:50:00+08:00"), &want); /* when it was done, not when it was written down */
        CHECK_EQ(m.contacted.us, want.us);
        instant_parse(STR("2026-01-07T16:00:00+08:00"), &want);
        CHECK_EQ(m.answered.us, want.us);
        instant_parse(STR("2026-01-07T17:00:00+08:00"), &want);
        CHECK_EQ(m.closed.us, want.us);
        town_unref(t);
        test_ctx_free(&c);
}

/* ---- returned
 * --------------------------------------------------------------------------------------------------------- */

#define NOT_OURS "|reason=不是我们的职责"

static const struct line upheld[] = {
        { "2026-01-05T10:00:00+08:00", "pa1", "return", "unit=wuye" NOT_OURS, ERR_RIGHT, "" }, /* another unit's matter */
        { "", "cg1", "return", "unit=pab", ERR_MISSING, "reason" },
        { "", "cg1", "return", "reason=不是我们的职责", ERR_MISSING, "unit" },
        { "", "cg1", "return", "unit=nobody" NOT_OURS, ERR_UNKNOWN, "unit" },
        { "", "cg1", "return", "unit=cgb" NOT_OURS, ERR_RULE, "unit" }, /* it is theirs already */
        { "", "cg1", "return", "unit=pab" NOT_OURS, OK, "returned" },
        { "", "cg1", "sign", "", ERR_STATE, "" },
        { "", "reporter", "note", "text=请快一点", OK, "returned" },
        { "", "cg1", "uphold", "unit=pab|reason=属平安办", ERR_RIGHT, "" },
        { "", "diaodu1", "uphold", "unit=cgb|reason=还是你们", ERR_RULE, "unit" }, /* never back */
        { "2026-01-05T11:00:00+08:00", "diaodu1", "uphold", "unit=pab|reason=属平安办", OK, "dispatched" },
        { "", "pa1", "return", "unit=wuye" NOT_OURS, ERR_RULE, "returned" }, /* not twice, whoever has it */
        { "", "diaodu1", "assign", "unit=cgb|reason=再派一次", ERR_RULE, "unit" },
        { "", "pa1", "sign", "", OK, "received" },
};

static struct clock answer_clock(const struct matter *m)
{
        struct clock_set set;
        CHECK_EQ(clock_set_parse(m->clocks, &set), OK);
        return *clock_set_find(&set, STR("answer"));
}

STORE_TEST(a_unit_returns_it_and_the_desk_upholds)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage(false);
        int64_t id = open_one(store, &c, t, &in, NULL);
        struct matter before = get_one(store, &c, id);
        play(store, &c, t, id, upheld, COUNT(upheld));
        struct matter m = get_one(store, &c, id);
        CHECK_STR(m.unit, "pab");
        CHECK_STR(m.returned_by, "cgb");
        CHECK_STR(m.returned_duty, "b-garbage");
        CHECK_EQ(m.ruled_at.us - m.returned_at.us, US_PER_HOUR);
        CHECK_EQ(m.upheld, 1);
        /* nothing of the resident's began anew */
        CHECK_EQ(answer_clock(&m).started.us, answer_clock(&before).started.us);
        town_unref(t);
        test_ctx_free(&c);
}

static int all_op(struct ctx *ctx, void *arg)
{
        struct matter_filter f = { .before = INT64_MAX, .max = MATTER_LIST_MAX };
        return matter_list(ctx, &f, arg);
}

STORE_TEST(three_upheld_returns_of_a_row_have_the_desk_look_at_it)
{
        struct test_ctx c;
        struct matter_items all;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage(false);
        for (size_t i = 1; i <= 4; i++) {
                int64_t id = open_one(store, &c, t, &in, NULL);
                CHECK_EQ(act_as(store, &c, t, id, "cg1", "return", "unit=pab" NOT_OURS, NULL), OK);
                CHECK_EQ(act_as(store, &c, t, id, "diaodu1", "uphold", "unit=pab|reason=属平安办", NULL), OK);
                CHECK_EQ(test_read(store, &c, all_op, &all), OK);
                CHECK_EQ(all.n, i < 3 ? i : i + 1);
        }
        struct matter review = get_one(store, &c, all.row[1].id);
        CHECK_STR(review.source, "system");
        CHECK_STR(review.state, "placing"); /* the desk has it, with a clock */
        CHECK_EQ(act_as(store, &c, t, review.id, "diaodu1", "dispatch", "unit=desk|reason=清单由党建办维护", NULL), OK);
        town_unref(t);
        test_ctx_free(&c);
}

/* ---- not solved
 * ------------------------------------------------------------------------------------------------------- */

#define ROUND                                                                                                          \
        { "", "cg1", "sign", "", OK, "received" }, { "", "cg1", "answer", "text=已经处理完毕了", OK, "answered" },      \
        { "", "reporter", "read", "", OK, "closed" }

static const struct line not_solved[] = {
        { "2026-01-05T10:00:00+08:00", "reporter", "reopen", "text=垃圾还在", ERR_STATE, "" }, /* it has not ended */
        ROUND,
        { "", "reporter", "rate", "solved=no|satisfied=1", OK, "closed" },
        { "", "cg1", "reopen", "text=垃圾还在", ERR_RIGHT, "" }, /* the reporter's own */
        { "", "reporter", "reopen", "", ERR_MISSING, "text" },
        { "", "reporter", "appeal", "text=垃圾还在", ERR_RULE, "may_reopen" }, /* who dealt with it comes first */
        { "2026-01-06T09:00:00+08:00", "reporter", "reopen", "text=垃圾还在", OK, "dispatched" },
        ROUND,
        { "2026-01-20T09:00:00+08:00", "reporter", "reopen", "text=又堆起来了", OK, "dispatched" },
        ROUND,
        { "", "reporter", "reopen", "text=又堆起来了", ERR_RULE, "may_reopen" }, /* twice is enough */
        { "", "reporter", "appeal", "text=又堆起来了", OK, "review" },
        { "", "cg1", "redo", "unit=cgb|reason=我们再办", ERR_RIGHT, "" },
        { "", "daiban1", "redo", "unit=cgb|reason=三日内办结并现场核验", OK, "dispatched" },
        ROUND,
        { "", "reporter", "appeal", "text=又堆起来了", ERR_RULE, "reviewed" }, /* once */
        { "", "reporter", "rate", "solved=yes|satisfied=4", OK, "closed" },
};

static int whole_op(struct ctx *ctx, void *arg)
{
        return matter_verify(ctx, arg);
}

STORE_TEST(not_solved_takes_it_up_again_and_at_last_to_a_supervisor)
{
        struct test_ctx c;
        struct matter_check whole = { 0 };
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage(false);
        int64_t id = open_one(store, &c, t, &in, NULL);
        play(store, &c, t, id, not_solved, 9);
        struct matter m = get_one(store, &c, id);
        CHECK(m.open);
        CHECK_EQ(m.reopened, 1);
        CHECK_EQ(m.satisfied, INT32_MIN); /* it can be rated once more; what was said before stays in the story */
        CHECK(instant_is_none(m.closed) && instant_is_none(m.answered) && instant_is_none(m.contacted));
        CHECK_EQ(answer_clock(&m).started.us, c.ctx.now.us); /* a round of its own */
        CHECK_EQ(m.due.us, answer_clock(&m).due.us);
        play(store, &c, t, id, not_solved + 9, COUNT(not_solved) - 9);
        m = get_one(store, &c, id);
        CHECK_EQ(m.reopened, 3);
        CHECK(m.reviewed);
        CHECK_EQ(m.satisfied, 4);
        CHECK_EQ(test_read(store, &c, whole_op, &whole), OK);
        town_unref(t);
        test_ctx_free(&c);
}

static int erase_op(struct ctx *ctx, void *arg)
{
        return matter_erase(ctx, *(int64_t *)arg, STR("依本人申请"), NULL);
}

static const struct line to_the_end[] = {
        { "", "cg1", "sign", "", OK, "received" },
        { "", "cg1", "answer", "text=已经处理完毕了", OK, "closed" },
};
static const struct line erased[] = { { "", "reporter", "reopen", "text=垃圾还在", ERR_STATE, "action" } };

STORE_TEST(what_was_erased_is_not_taken_up_again)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage(true);
        int64_t id = open_one(store, &c, t, &in, NULL);
        play(store, &c, t, id, to_the_end, COUNT(to_the_end));
        CHECK_EQ(test_write(store, &c, erase_op, &id), OK);
        play(store, &c, t, id, erased, COUNT(erased));
        town_unref(t);
        test_ctx_free(&c);
}

static const struct line too_late_to_reopen[] = {
        ROUND,
        { "2026-01-21T00:00:00+08:00", "reporter", "reopen", "text=垃圾还在", ERR_RULE, "may_reopen" },
        { "", "reporter", "appeal", "text=垃圾还在", ERR_RULE, "reopen_open" },
};
static const struct line concluded[] = {
        ROUND,
        { "", "reporter", "reopen", "text=垃圾还在", ERR_RULE, "may_reopen" },
        { "", "reporter", "appeal", "text=垃圾还在", OK, "review" },
        { "", "daiban1", "conclude", "text=太短", ERR_RANGE, "text" },
        { "", "daiban1", "conclude", "text=经现场核查已清运干净；不服可向区城管委反映", OK, "answered" },
        { "", "reporter", "read", "", OK, "closed" },
};

STORE_TEST(a_town_may_send_it_to_a_supervisor_at_once_and_time_runs_out)
{
        static const char key[] = "reopen_times: 0\n";
        struct test_ctx c;
        test_ctx_init(&c);
        struct folder *plain = arena_new(&c.arena, struct folder);
        small_folder(&c.arena, NULL, plain);
        struct str yaml = folder_text(plain, "town.yaml");
        struct town_file at_once[] = { { "town.yaml", arena_printf(&c.arena, STR_FMT "%s", STR_ARG(yaml), key) }, { 0 } };
        struct town *t = load_small(store, &c, at_once);
        struct intake_in in = garbage(false);
        int64_t id[] = { open_one(store, &c, t, &in, NULL), open_one(store, &c, t, &in, NULL) };
        play(store, &c, t, id[0], concluded, COUNT(concluded));
        CHECK_STR(get_one(store, &c, id[0]).post, "leader"); /* the next post up had it */
        play(store, &c, t, id[1], too_late_to_reopen, COUNT(too_late_to_reopen));
        town_unref(t);
        test_ctx_free(&c);
}

static const struct line overruled[] = {
        { "2026-01-05T10:00:00+08:00", "cg1", "sign", "", OK, "received" },
        { "", "cg1", "return", "unit=pab" NOT_OURS, OK, "returned" }, /* signing for it does not give it up */
        { "", "diaodu1", "overrule", "", ERR_MISSING, "reason" },
        { "", "diaodu1", "overrule", "reason=清单载明由城管办牵头", OK, "received" },
        { "", "cg1", "return", "unit=pab" NOT_OURS, ERR_RULE, "returned" },
        { "", "diaodu1", "overrule", "reason=清单载明由城管办牵头", ERR_STATE, "" },
        { "", "cg1", "answer", "text=已清运，以后每天两次", OK, "answered" },
};

static const struct line too_late[] = {
        { "2026-01-06T23:59:00+08:00", "cg1", "sign", "", OK, "received" },
        { "2026-01-07T00:00:00+08:00", "cg1", "return", "unit=pab" NOT_OURS, ERR_RULE, "return_open" },
};

/* diaodu2 holds a post of the unit of last resort and stands in at the desk. */
static const struct line own_ruling[] = {
        { "2026-01-05T10:00:00+08:00", "diaodu2", "return", "unit=cgb" NOT_OURS, OK, "returned" },
        { "", "diaodu2", "overrule", "reason=还是我们办", ERR_RIGHT, "" },
        { "", "diaodu1", "overrule", "reason=还是你们办", OK, "received" },
};

STORE_TEST(a_return_is_overruled_or_comes_too_late_or_is_ones_own)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage(false), stray = say_at("小区里有流浪猫", 39.905, 116.405);
        int64_t id[] = { open_one(store, &c, t, &in, NULL), open_one(store, &c, t, &in, NULL), open_one(store, &c, t, &stray, NULL) };
        play(store, &c, t, id[0], overruled, COUNT(overruled));
        CHECK_EQ(get_one(store, &c, id[0]).upheld, 0);
        play(store, &c, t, id[2], own_ruling, COUNT(own_ruling));
        play(store, &c, t, id[1], too_late, COUNT(too_late));
        town_unref(t);
        test_ctx_free(&c);
}

/* ---- other ways to end
 * --------------------------------------------------------------------------------------------------- */

static const struct line unreached[] = {
        { "", "cg1", "sign", "", OK, "received" },
        { "2026-01-06T15:00:00+08:00", "cg1", "contact", TOLD("not_reached", "2026-01-06T14:00:00+08:00"), OK,
          "received" },
};
static const struct line reads[] = {
        { "", "cg1", "sign", "", OK, "received" },    { "", "cg1", "answer", "text=已清运完毕", OK, "answered" },
        { "", "diaodu1", "read", "", ERR_RIGHT, "" }, { "", "reporter", "note", "text=我看到了", OK, "answered" },
        { "", "reporter", "read", "", OK, "closed" },
};
static const struct line anonymous[] = {
        { "", "cg1", "sign", "", OK, "received" },
        { "", "cg1", "contact", TOLD("reached", "2026-01-05T09:00:00+08:00"), ERR_RULE,
          "anonymous" },                                          /* nobody to reach */
        { "", "cg1", "answer", "text=已清运完毕", OK, "closed" }, /* posted where the tracking code finds it */
        { "", "reporter", "rate", "solved=no|satisfied=1", OK, "closed" },
};
static const struct line declines[] = {
        { "", "cg1", "decline", "reason=不属于本街道职责|basis=条例|elsewhere=法院", ERR_RIGHT, "" },
        { "", "system", "decline", "reason=不属于本街道职责|basis=条例|elsewhere=法院", ERR_RIGHT, "" },
        { "", "diaodu1", "decline", "", ERR_MISSING, "reason" },
        { "", "diaodu1", "decline", "reason=不属于本街道职责", ERR_MISSING, "basis" },
        { "", "diaodu1", "decline", "reason=不属于本街道职责|basis=条例", ERR_MISSING, "elsewhere" },
        { "", "diaodu1", "decline", "reason=不属于本街道职责|basis=条例|elsewhere=法院", OK, "declined" },
        { "", "reporter", "withdraw", "", ERR_STATE, "" },
        { "", "reporter", "rate", "solved=no|satisfied=1", ERR_STATE, "" },
};
static const struct line withdraws[] = {
        { "", "diaodu1", "withdraw", "", ERR_RIGHT, "" },
        { "", "reporter", "note", "", ERR_MISSING, "text" },
        { "", "reporter", "note", "text=已经有人来了", OK, "dispatched" },
        { "", "reporter", "withdraw", "reason=解决了", OK, "withdrawn" },
        { "", "cg1", "sign", "", ERR_STATE, "" },
};

STORE_TEST(a_request_may_end_in_other_ways)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in named = garbage(false), nobody = garbage(true);
        static const struct {
                bool anonymous;
                const struct line *line;
                size_t n;
        } life[] = { { false, reads, COUNT(reads) },
                     { true, anonymous, COUNT(anonymous) },
                     { false, declines, COUNT(declines) },
                     { false, withdraws, COUNT(withdraws) } };
        for (size_t i = 0; i < COUNT(life); i++) {
                int64_t id = open_one(store, &c, t, life[i].anonymous ? &nobody : &named, NULL);
                play(store, &c, t, id, life[i].line, life[i].n);
                struct matter m = get_one(store, &c, id);
                CHECK(!m.open);
                CHECK(instant_is_none(m.next_at));
        }
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(a_call_nobody_answers_does_not_stop_the_clock)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage(false);
        struct clock_set clocks;
        int64_t id = open_one(store, &c, t, &in, NULL);
        play(store, &c, t, id, unreached, COUNT(unreached));
        struct matter m = get_one(store, &c, id);
        CHECK(instant_is_none(m.contacted));
        CHECK_EQ(clock_set_parse(m.clocks, &clocks), OK);
        CHECK(clock_runs(clock_set_find(&clocks, STR("contact"))));
        CHECK(!clock_runs(clock_set_find(&clocks, STR("sign"))));
        town_unref(t);
        test_ctx_free(&c);
}

/* ---- what the desk does
 * ------------------------------------------------------------------------------------------------ */

static const struct line unplaced[] = {
        { "2026-01-05T09:40:00+08:00", "cg1", "dispatch", "unit=cgb|reason=问了报事人", ERR_RIGHT, "" },
        { "", "diaodu1", "dispatch", "place=" G1, ERR_MISSING, "reason" },
        { "", "diaodu1", "dispatch", "reason=问了报事人", ERR_RULE,
          "lead_known" }, /* name a unit, or place and subject */
        { "", "diaodu1", "dispatch", "place=nowhere|reason=问了报事人", ERR_UNKNOWN, "place" },
        { "", "diaodu1", "dispatch", "subject=nothing|reason=问了报事人", ERR_UNKNOWN, "subject" },
        { "", "diaodu1", "dispatch", "unit=nobody|reason=问了报事人", ERR_UNKNOWN, "unit" },
        { "", "diaodu1", "sign", "", ERR_RIGHT, "" },
        { "", "diaodu1", "dispatch", "place=" G1 "|reason=问了报事人", ERR_RULE, "lead_known" }, /* about what? */
        { "", "diaodu1", "dispatch", "place=" G1 "|subject=garbage|reason=问了报事人", OK, "dispatched" },
        { "", "diaodu1", "dispatch", "place=" G1 "|subject=garbage|reason=问了报事人", ERR_STATE, "" },
};

STORE_TEST(the_desk_places_what_came_without_a_place)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = say("我想问一件别的事情");
        struct clock_set before, after;
        in.anonymous = false;
        int64_t id = open_one(store, &c, t, &in, NULL);
        struct matter m = get_one(store, &c, id);
        CHECK_STR(m.state, "placing");
        CHECK_STR(m.unit, "desk");
        CHECK_STR(m.holder, "diaodu1");
        CHECK_EQ(clock_set_parse(m.clocks, &before), OK);
        struct instant opened = c.ctx.now;
        play(store, &c, t, id, unplaced, COUNT(unplaced));
        m = get_one(store, &c, id);
        CHECK_STR(m.unit, "cgb");
        CHECK_STR(m.holder, "cg1");
        CHECK_STR(m.grid, G1);
        CHECK_STR(m.located, "desk"); /* a person found it */
        CHECK_STR(m.matched, "desk");
        CHECK_STR(m.duty, "b-garbage");
        CHECK_EQ(clock_set_parse(m.clocks, &after), OK);
        struct clock *old = clock_set_find(&before, STR("answer")), *now = clock_set_find(&after, STR("answer"));
        CHECK_EQ(old->started.us, opened.us);
        CHECK_EQ(now->started.us, opened.us); /* the promise keeps its start … */
        CHECK_EQ(old->limit, 5);
        CHECK_EQ(now->limit, 3); /* … and takes the duty row's limit */
        CHECK_STR(now->source, "b-garbage");
        CHECK_EQ(m.due.us, now->due.us);
        CHECK(clock_set_find(&after, STR("sign"))->started.us > opened.us); /* who signs got it only now */
        CHECK(!clock_runs(clock_set_find(&after, STR("place"))));
        CHECK_EQ(clock_set_find(&after, STR("statutory"))->started.us, opened.us);
        town_unref(t);
        test_ctx_free(&c);
}

/* A point, a lamp's number and facts were given; only the subject was missing. */
STORE_TEST(the_desk_need_not_ask_again_for_what_was_said)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = say_at("我家门口那个东西坏了", 39.905, 116.4085);
        in.thing = STR("lamp-1");
        int64_t lamp = open_one(store, &c, t, &in, NULL);
        in.thing = STR("");
        in.fact[in.n_facts++] = (struct duty_pair){ STR("owner"), STR("wuye") };
        int64_t lift = open_one(store, &c, t, &in, NULL);
        in.point.lon = 116.4201;
        int64_t street = open_one(store, &c, t, &in, NULL);
        struct matter m;
        CHECK_STR(get_one(store, &c, lamp).state, "placing");
        CHECK_EQ(act_as(store, &c, t, lamp, "diaodu1", "dispatch", "subject=light.lamp|reason=路灯", &m), OK);
        CHECK_STR(m.unit, "lamp"); /* the keeper of that very lamp */
        CHECK_STR(m.located, "inside");
        CHECK_STR(m.matched, "desk");
        CHECK_EQ(act_as(store, &c, t, lift, "diaodu1", "dispatch", "subject=lift|reason=电梯", &m), OK);
        CHECK_STR(m.unit, "wuye"); /* the fact that decides */
        CHECK_STR(m.duty, "c-lift");
        CHECK_EQ(act_as(store, &c, t, street, "diaodu1", "dispatch", "subject=garbage|reason=垃圾", &m), OK);
        CHECK_STR(m.grid, G2);
        CHECK_STR(m.located, "agreement");
        CHECK_EQ(act_as(store, &c, t, street, "diaodu1", "assign", "unit=pab|reason=联合整治", &m), OK);
        CHECK_STR(m.grid, G2); /* sent elsewhere, still there */
        CHECK_STR(m.matched, "desk");
        town_unref(t);
        test_ctx_free(&c);
}

static const struct line assigned[] = {
        { "", "cg1", "sign", "", OK, "received" },
        { "2026-01-05T15:00:00+08:00", "cg1", "assign", "unit=pab|reason=属于平安办", ERR_RIGHT, "" },
        { "", "diaodu1", "assign", "reason=属于平安办", ERR_MISSING, "unit" },
        { "", "diaodu1", "assign", "unit=pab", ERR_MISSING, "reason" },
        { "", "diaodu1", "assign", "unit=nobody|reason=属于平安办", ERR_UNKNOWN, "unit" },
        { "", "diaodu1", "assign", "unit=pab|reason=属于平安办", OK, "dispatched" },
        { "", "cg1", "answer", "text=已经处理完毕了", ERR_RIGHT, "" }, /* no longer theirs */
        { "", "wg1", "sign", "", OK, "received" },
        { "", "diaodu1", "confer", "text=由平安办牵头", ERR_RULE,
          "covered" }, /* a row of the list covers it: nothing to confer about */
};

STORE_TEST(sent_elsewhere_the_residents_clocks_run_on)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage(false);
        struct clock_set before, after;
        int64_t id = open_one(store, &c, t, &in, NULL);
        CHECK_EQ(clock_set_parse(get_one(store, &c, id).clocks, &before), OK);
        play(store, &c, t, id, assigned, COUNT(assigned));
        struct matter m = get_one(store, &c, id);
        CHECK_STR(m.unit, "pab");
        CHECK_STR(m.unit_path, "district/jiedao/pab");
        CHECK_EQ(clock_set_parse(m.clocks, &after), OK);
        CHECK_EQ(clock_set_find(&after, STR("answer"))->due.us, clock_set_find(&before, STR("answer"))->due.us);
        CHECK_EQ(clock_set_find(&after, STR("contact"))->due.us, clock_set_find(&before, STR("contact"))->due.us);
        CHECK_EQ(clock_set_find(&after, STR("statutory"))->due.us, clock_set_find(&before, STR("statutory"))->due.us);
        CHECK(clock_set_find(&after, STR("sign"))->started.us > clock_set_find(&before, STR("sign"))->started.us);
        town_unref(t);
        test_ctx_free(&c);
}

static const struct town_file another_fallback[] = {
        { "roster.csv", "date,shift,leader,officer\n2026-01-07,all,daiban1,zhiban1\n" },
        { 0 },
};

STORE_TEST(nothing_is_sent_by_lists_no_longer_in_force)
{
        struct test_ctx c;
        struct matter m;
        test_ctx_init(&c);
        struct town *old = load_small(store, &c, NULL);
        struct intake_in in = garbage(false);
        int64_t id = open_one(store, &c, old, &in, NULL);
        struct town *new = load_small(store, &c, another_fallback);
        CHECK_EQ(act_as(store, &c, old, id, "cg1", "sign", "", &m), OK); /* what decides nothing anew goes on */
        CHECK_EQ(act_as(store, &c, old, id, "diaodu1", "assign", "unit=pab|reason=联合整治", &m), ERR_CONFLICT);
        CHECK_STR(get_one(store, &c, id).unit, "cgb");
        CHECK_EQ(act_as(store, &c, new, id, "diaodu1", "assign", "unit=pab|reason=联合整治", &m), OK);
        CHECK_EQ(m.version, new->version);
        town_unref(old);
        town_unref(new);
        test_ctx_free(&c);
}

static const struct line conferred[] = {
        { "", "zhiban1", "confer", "", ERR_MISSING, "text" },
        { "", "zhiban1", "confer", "text=由城管办牵头捕捉", OK, "dispatched" },
};

STORE_TEST(what_no_row_covers_is_looked_at_together)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = say_at("流浪猫很多", 39.905, 116.405);
        struct clock_set clocks;
        int64_t id = open_one(store, &c, t, &in, NULL);
        struct matter m = get_one(store, &c, id);
        CHECK_STR(m.unit, "desk"); /* 首接负责 */
        CHECK_EQ(clock_set_parse(m.clocks, &clocks), OK);
        CHECK(clock_runs(clock_set_find(&clocks, STR("joint_look"))));
        play(store, &c, t, id, conferred, COUNT(conferred));
        CHECK_EQ(clock_set_parse(get_one(store, &c, id).clocks, &clocks), OK);
        CHECK(!clock_runs(clock_set_find(&clocks, STR("joint_look"))));
        town_unref(t);
        test_ctx_free(&c);
}

/* ---- at once
 * -------------------------------------------------------------------------------------------------------------- */

struct racer {
        struct store *store;
        const struct town *t;
        int64_t id;
        int32_t rev;
        int rc;
        pthread_t thread;
};

static int race_op(struct ctx *ctx, void *arg)
{
        struct racer *r = arg;
        struct matter after;
        struct form_value text = { STR("text"), STR("补充一点") };
        struct matter_action a = { .id = r->id, .rev = r->rev, .action = STR("note"), .form = &text, .n_form = 1 };
        return matter_act(ctx, r->t, &a, &after);
}

static void *race(void *arg)
{
        struct racer *r = arg;
        struct test_ctx c;
        test_ctx_init(&c);
        c.ctx.actor = (struct actor){ ACTOR_REPORTER, STR("") };
        r->rc = test_write(r->store, &c, race_op, r);
        test_ctx_free(&c);
        return NULL;
}

static int race_all(struct racer *racer, size_t n)
{
        int won = 0;
        for (size_t i = 0; i < n; i++)
                CHECK_EQ(pthread_create(&racer[i].thread, NULL, race, &racer[i]), 0);
        for (size_t i = 0; i < n; i++) {
                pthread_join(racer[i].thread, NULL);
                won += racer[i].rc == OK;
        }
        return won;
}

STORE_TEST(two_writers_at_once)
{
        struct test_ctx c;
        struct racer racer[2];
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage(false);
        int64_t id = open_one(store, &c, t, &in, NULL);
        for (size_t i = 0; i < COUNT(racer); i++)
                racer[i] = (struct racer){ .store = store, .t = t, .id = id };
        CHECK_EQ(race_all(racer, COUNT(racer)), 2); /* one decides again on what the other left */
        CHECK_EQ(get_one(store, &c, id).rev, 3);
        for (size_t i = 0; i < COUNT(racer); i++)
                racer[i].rev = 3;
        CHECK_EQ(race_all(racer, COUNT(racer)), 1); /* both saw revision 3; who comes second must look again */
        CHECK_EQ(racer[0].rc == OK ? racer[1].rc : racer[0].rc, ERR_REV);
        CHECK_EQ(get_one(store, &c, id).n, 4);
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(a_stale_revision_changes_nothing)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = garbage(false);
        struct racer r = { .store = store, .t = t, .id = open_one(store, &c, t, &in, NULL), .rev = 1 };
        c.ctx.actor = (struct actor){ ACTOR_REPORTER, STR("") };
        CHECK_EQ(test_write(store, &c, race_op, &r), OK);
        CHECK_EQ(test_write(store, &c, race_op, &r), ERR_REV);
        CHECK_STR(str_of(c.err.field), "If-Match");
        r.rev = 2;
        CHECK_EQ(test_write(store, &c, race_op, &r), OK);
        r.id++;
        CHECK_EQ(test_write(store, &c, race_op, &r), ERR_NONE);
        town_unref(t);
        test_ctx_free(&c);
}

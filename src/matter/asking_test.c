/* A pause, more time, a shelving; answers that are checked; the call after the end: as those live it who do it. */
#include "matter/board.h"
#include "matter/matter_test_util.h"

#define WORD "|reason=情况属实，同意|word=配件到货后即恢复办理"

static struct intake_in rubbish(void)
{
        struct intake_in in = say_at("小区门口的垃圾没有清运", 39.905, 116.405);
        in.anonymous = false;
        return in;
}

struct ringing {
        const struct town *t;
        int64_t id;
        int alarms;
};

static int ring_op(struct ctx *ctx, void *arg)
{
        struct ringing *r = arg;
        ctx->actor = (struct actor){ ACTOR_SYSTEM, STR("") };
        return matter_ring(ctx, r->t, r->id, &r->alarms);
}

static void ring(struct store *store, struct test_ctx *c, const struct town *t, int64_t id, const char *when)
{
        struct ringing r = { t, id, 0 };
        set_now(c, when);
        CHECK_EQ(test_write(store, c, ring_op, &r), OK);
}

static int whole_op(struct ctx *ctx, void *arg)
{
        return matter_verify(ctx, arg);
}

static void expect_whole(struct store *store, struct test_ctx *c)
{
        struct matter_check whole = { 0 };
        int rc = test_read(store, c, whole_op, &whole);
        if (rc != OK)
                fail_msg("verify: %s", c->err.en);
}

struct waiting {
        struct board_query q;
        struct board_rows rows;
};

static int wait_op(struct ctx *ctx, void *arg)
{
        struct waiting *w = arg;
        return board_page(ctx, &w->q, &w->rows);
}

static size_t waits_for(struct store *store, struct test_ctx *c, enum board board)
{
        struct waiting w = { .q = { .board = board, .key = INT64_MIN + 1 } };
        CHECK_EQ(test_read(store, c, wait_op, &w), OK);
        return w.rows.n;
}

static int events_op(struct ctx *ctx, void *arg)
{
        struct { int64_t id; struct event_rows rows; } *e = arg;
        return event_of(ctx, e->id, &e->rows);
}

/* What the last event says holds @part. */
static void last_says(struct store *store, struct test_ctx *c, int64_t id, const char *part)
{
        struct { int64_t id; struct event_rows rows; } e = { .id = id };
        CHECK_EQ(test_read(store, c, events_op, &e), OK);
        struct str body = e.rows.row[e.rows.n - 1].e.body;
        if (str_find(body, str_of(part)) < 0)
                fail_msg("\"" STR_FMT "\" does not say %s", STR_ARG(body), part);
}

static struct town *town_that_says(struct store *store, struct test_ctx *c, const char *more)
{
        struct folder *plain = arena_new(&c->arena, struct folder);
        small_folder(&c->arena, NULL, plain);
        struct str yaml = folder_text(plain, "town.yaml");
        struct town_file change[] = { { "town.yaml", arena_printf(&c->arena, STR_FMT "%s", STR_ARG(yaml), more) }, { 0 } };
        return load_small(store, c, change);
}

/* ---- a pause, more time, a shelving ---------------------------------------------------------------------------------- */

static const struct line pause_it[] = {
        { "2026-01-05T10:00:00+08:00", "cg1", "sign", "", OK, "received" },
        { "", "reporter", "ask", "what=pause|reason=等待配件到货", ERR_RIGHT, "" },
        { "", "cg1", "ask", "what=holiday|reason=等待配件到货", ERR_RANGE, "what" },
        { "", "cg1", "ask", "what=pause", ERR_MISSING, "reason" },
        { "", "cg1", "ask", "what=pause|reason=等待配件到货", OK, "asking" },
        { "", "cg1", "grant_pause", "until=2026-01-09T12:00:00+08:00" WORD, ERR_RIGHT, "" }, /* nobody grants it to oneself */
        { "", "daiban1", "grant_extension", "more=2" WORD, ERR_RULE, "extension_asked" },
        { "", "daiban1", "grant_pause", "until=2026-01-04T12:00:00+08:00" WORD, ERR_RANGE, "until" },
        { "", "daiban1", "grant_pause", "until=2026-02-04T12:00:00+08:00" WORD, ERR_RANGE, "until" }, /* longer than the town pauses */
        { "", "daiban1", "grant_pause", "until=2026-01-09T12:00:00+08:00|reason=情况属实", ERR_MISSING, "word" },
        { "", "daiban1", "grant_pause", "until=2026-01-09T12:00:00+08:00" WORD, OK, "paused" },
        { "", "cg1", "ask", "what=extension|reason=等待配件到货", ERR_STATE, "" },
};
static const struct line more_time[] = {
        { "", "cg1", "ask", "what=pause|reason=还要等一等", ERR_RULE, "what" }, /* pause_times is 1 */
        { "", "cg1", "ask", "what=extension|reason=工程量比预计的大", OK, "asking" },
        { "", "duban1", "grant_extension", "more=0" WORD, ERR_RANGE, "more" },
        { "", "duban1", "grant_extension", "more=6" WORD, ERR_RANGE, "more" }, /* the limit "extend" is five working days */
        { "", "duban1", "grant_extension", "more=2" WORD, OK, "working" },
        { "", "cg1", "ask", "what=extension|reason=还要等一等", ERR_RULE, "what" },
};
static const struct line shelve_it[] = {
        { "", "cg1", "ask", "what=shelving|reason=须列入明年改造计划", OK, "asking" },
        { "", "daiban1", "refuse", "reason=先拿出临时办法", OK, "working" },
        { "", "cg1", "ask", "what=shelving|reason=临时办法已用，仍须改造", OK, "asking" },
        { "", "daiban1", "grant_shelving", "until=2026-03-02T09:00:00+08:00|reason=同意|word=已列入明年改造计划，先每天人工清运", OK, "shelved" },
        { "", "reporter", "note", "text=知道了", OK, "shelved" },
};

STORE_TEST(a_unit_asks_and_somebody_else_grants)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = rubbish();
        int64_t id = open_one(store, &c, t, &in, NULL);
        char due[40];
        CHECK_STR(str_of(instant_format(get_one(store, &c, id).due, due)), "2026-01-08T23:59:59.999999+08:00");
        play(store, &c, t, id, pause_it, 5);
        CHECK_EQ(waits_for(store, &c, BOARD_ASKED), 1);
        play(store, &c, t, id, pause_it + 5, COUNT(pause_it) - 5);
        CHECK_EQ(waits_for(store, &c, BOARD_ASKED), 0);
        /* Monday to Thursday are left out: three working days are the 9th, the 12th and the 13th */
        CHECK_STR(str_of(instant_format(get_one(store, &c, id).due, due)), "2026-01-13T23:59:59.999999+08:00");
        last_says(store, &c, id, "\"moved\":[{\"clock\":\"answer\"");

        ring(store, &c, t, id, "2026-01-09T12:00:00+08:00"); /* nobody has to remember it */
        struct matter m = get_one(store, &c, id);
        CHECK_STR(m.state, "working");
        CHECK_STR(str_of(instant_format(m.due, due)), "2026-01-13T23:59:59.999999+08:00");

        play(store, &c, t, id, more_time, COUNT(more_time));
        CHECK_STR(str_of(instant_format(get_one(store, &c, id).due, due)), "2026-01-15T23:59:59.999999+08:00");

        play(store, &c, t, id, shelve_it, COUNT(shelve_it));
        CHECK_EQ(waits_for(store, &c, BOARD_SHELVED), 1);
        expect_whole(store, &c);
        ring(store, &c, t, id, "2026-03-02T09:00:00+08:00");
        m = get_one(store, &c, id);
        CHECK_STR(m.state, "working");
        CHECK(instant_is_none(m.shelved_until));
        CHECK_EQ(waits_for(store, &c, BOARD_SHELVED), 0);
        CHECK(m.due.us > c.ctx.now.us); /* the time on the shelf was left out */
        CHECK_EQ(m.pauses, 1);
        CHECK_EQ(m.extensions, 1);
        expect_whole(store, &c);
        town_unref(t);
        test_ctx_free(&c);
}

/* A matter that is asked about runs on: it may be answered, sent elsewhere or taken back meanwhile, and nobody decides in time. */
static const struct line answered_meanwhile[] = {
        { "2026-01-05T10:00:00+08:00", "cg1", "sign", "", OK, "received" },
        { "", "cg1", "ask", "what=pause|reason=等待配件到货", OK, "asking" },
        { "", "cg1", "answer", "text=配件已到，现已清运", OK, "answered" },
        { "", "daiban1", "refuse", "reason=不必了", ERR_STATE, "" },
};
static const struct line sent_meanwhile[] = {
        { "2026-01-05T10:00:00+08:00", "cg1", "sign", "", OK, "received" },
        { "", "cg1", "ask", "what=pause|reason=等待配件到货", OK, "asking" },
        { "", "diaodu1", "assign", "unit=pab|reason=属于联合整治", OK, "dispatched" },
        { "", "pa1", "sign", "", OK, "received" },
};

STORE_TEST(what_was_asked_is_over_when_the_matter_moves_on)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = rubbish();
        int64_t a = open_one(store, &c, t, &in, NULL), b = open_one(store, &c, t, &in, NULL), late = open_one(store, &c, t, &in, NULL);
        play(store, &c, t, a, answered_meanwhile, COUNT(answered_meanwhile));
        play(store, &c, t, b, sent_meanwhile, COUNT(sent_meanwhile));
        CHECK_STR(get_one(store, &c, b).asked, "");
        play(store, &c, t, late, answered_meanwhile, 2);
        CHECK_EQ(waits_for(store, &c, BOARD_ASKED), 1);
        int32_t raised = get_one(store, &c, late).raised;
        ring(store, &c, t, late, "2026-01-06T10:30:00+08:00"); /* a day to decide */
        CHECK(get_one(store, &c, late).raised > raised);
        expect_whole(store, &c);
        town_unref(t);
        test_ctx_free(&c);
}

/* ---- answers that are checked ---------------------------------------------------------------------------------------- */

#define CHECKED(outcome, when) "time=" when "|outcome=" outcome "|text=到现场看过"
static const struct line check_it[] = {
        { "2026-01-05T10:00:00+08:00", "cg1", "sign", "", OK, "received" },
        { "", "cg1", "answer", "text=已经清运完毕", OK, "verifying" },
        { "", "cg1", "verify", CHECKED("solved", "2026-01-05T10:00:00+08:00"), ERR_RIGHT, "" },
        { "2026-01-06T10:00:00+08:00", "jw1", "verify", CHECKED("not_solved", "2026-01-06T09:00:00+08:00"), OK, "working" },
        { "", "cg1", "answer", "text=这次全部清运完毕", OK, "verifying" },
        { "", "diaodu1", "verify", CHECKED("solved", "2026-01-06T10:00:00+08:00"), OK, "answered" }, /* the desk, where too few are */
};

STORE_TEST(an_answer_is_checked_by_somebody_else)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = town_that_says(store, &c, "verify: [small]\n");
        struct intake_in in = rubbish();
        int64_t id = open_one(store, &c, t, &in, NULL);
        struct instant due = get_one(store, &c, id).due;
        play(store, &c, t, id, check_it, 4);
        struct matter m = get_one(store, &c, id);
        CHECK(instant_is_none(m.answered)); /* what was not so was no answer, and the promise ran on */
        CHECK_EQ(m.due.us, due.us);
        play(store, &c, t, id, check_it + 4, COUNT(check_it) - 4);
        last_says(store, &c, id, "\"apart\":\"desk\"");
        expect_whole(store, &c);
        town_unref(t);
        test_ctx_free(&c);
}

/* diaodu2 stands in for the dispatcher and holds a handler's post: what they answered they neither check nor call about. */
static const struct line own_answer[] = {
        { "2026-01-05T10:00:00+08:00", "diaodu1", "assign", "unit=desk|reason=由中心直接办理", OK, "dispatched" },
        { "", "diaodu2", "sign", "", OK, "received" },
        { "", "diaodu2", "answer", "text=已经清运完毕", OK, "verifying" },
        { "", "diaodu2", "verify", CHECKED("solved", "2026-01-05T10:00:00+08:00"), ERR_RIGHT, "" },
        { "", "duban1", "verify", CHECKED("solved", "2026-01-05T10:00:00+08:00"), OK, "answered" },
        { "", "reporter", "read", "", OK, "closed" },
        { "", "duban1", "call_back", "channel=phone|time=2026-01-05T10:00:00+08:00|solved=yes|satisfied=5", ERR_RIGHT, "" }, /* who checked it */
        { "", "diaodu1", "call_back", "channel=phone|time=2026-01-05T10:00:00+08:00|solved=yes|satisfied=5|text=谢谢", OK, "closed" },
};

STORE_TEST(handler_verifier_and_caller_are_three_people)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = town_that_says(store, &c, "verify: [small]\n");
        struct intake_in in = rubbish();
        int64_t id = open_one(store, &c, t, &in, NULL);
        play(store, &c, t, id, own_answer, COUNT(own_answer));
        struct matter m = get_one(store, &c, id);
        CHECK(m.call_rated && !m.call_open);
        CHECK_EQ(m.satisfied, 5);
        town_unref(t);
        test_ctx_free(&c);
}

/* A town of one clerk: what another person should do is done all the same, and nobody is deceived about it. */
static const char one_clerk[] = "code,title,role,org,place,holder,backup,since,until\n"
                                "desk,调度岗,dispatcher,desk,110101002000,cg1,,2026-01-01,2028-12-31\n"
                                "h-desk,兜底承办岗,handler,desk,110101002000,cg1,,2026-01-01,2028-12-31\n"
                                "h-cgb,承办岗,handler,cgb,110101002000,cg1,,2026-01-01,2028-12-31\n";
static const struct line one_does_all[] = {
        { "2026-01-05T10:00:00+08:00", "cg1", "sign", "", OK, "received" },
        { "", "cg1", "answer", "text=已经清运完毕", OK, "verifying" },
        { "", "cg1", "verify", CHECKED("solved", "2026-01-05T10:00:00+08:00"), OK, "answered" },
        { "", "reporter", "read", "", OK, "closed" },
        { "", "cg1", "call_back", "channel=phone|time=2026-01-05T10:00:00+08:00|solved=yes|satisfied=5", OK, "closed" },
};

STORE_TEST(where_nobody_else_is_there_it_is_done_and_said_so)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct folder *plain = arena_new(&c.arena, struct folder);
        small_folder(&c.arena, NULL, plain);
        struct str yaml = folder_text(plain, "town.yaml");
        struct town_file change[] = { { "town.yaml", arena_printf(&c.arena, STR_FMT "verify: [small]\n", STR_ARG(yaml)) },
                                      { "posts.csv", one_clerk },
                                      { 0 } };
        struct town *t = load_small(store, &c, change);
        struct intake_in in = rubbish();
        int64_t id = open_one(store, &c, t, &in, NULL);
        play(store, &c, t, id, one_does_all, 3);
        last_says(store, &c, id, "\"apart\":\"alone\"");
        play(store, &c, t, id, one_does_all + 3, COUNT(one_does_all) - 3);
        last_says(store, &c, id, "\"apart\":\"alone\"");
        expect_whole(store, &c);
        town_unref(t);
        test_ctx_free(&c);
}

/* ---- the call after the end ------------------------------------------------------------------------------------------ */

#define MISS(when, outcome) "channel=phone|time=" when "|outcome=" outcome
static const struct line to_the_end[] = {
        { "2026-01-05T10:00:00+08:00", "cg1", "sign", "", OK, "received" },
        { "", "cg1", "answer", "text=已经清运完毕", OK, "answered" },
        { "", "diaodu1", "miss_call", MISS("2026-01-05T10:00:00+08:00", "no_answer"), ERR_STATE, "" },
        { "", "reporter", "read", "", OK, "closed" },
};
static const struct line in_vain[] = {
        { "", "cg1", "miss_call", MISS("2026-01-05T10:00:00+08:00", "no_answer"), ERR_RIGHT, "" },
        { "2026-01-06T10:00:00+08:00", "diaodu1", "miss_call", MISS("2026-01-06T10:00:00+08:00", "no_answer"), OK, "closed" },
        { "2026-01-06T15:00:00+08:00", "diaodu1", "miss_call", MISS("2026-01-06T15:00:00+08:00", "no_answer"), OK, "closed" },
        { "2026-01-06T17:00:00+08:00", "diaodu1", "miss_call", MISS("2026-01-06T17:00:00+08:00", "later"), OK, "closed" }, /* three, but on one day */
        { "2026-01-07T10:00:00+08:00", "diaodu1", "miss_call", MISS("2026-01-07T10:00:00+08:00", "no_answer"), OK, "closed" },
        { "", "diaodu1", "miss_call", MISS("2026-01-07T10:00:00+08:00", "no_answer"), ERR_RULE, "call_open" },
        { "", "reporter", "rate", "solved=yes|satisfied=4", OK, "closed" }, /* they still may */
};
static const struct line not_solved[] = {
        { "", "diaodu1", "reopen", "text=没解决", ERR_RULE, "action" }, /* not without the reporter's word */
        { "", "diaodu1", "call_back", "channel=phone|time=2026-01-05T10:00:00+08:00|solved=no|satisfied=1|text=根本没人来", OK, "closed" },
        { "", "reporter", "rate", "solved=yes|satisfied=5", ERR_RULE, "rated" }, /* nobody edits a rating */
        { "", "diaodu1", "call_back", "channel=phone|time=2026-01-05T10:00:00+08:00|solved=yes|satisfied=5", ERR_RULE, "call_open" },
        { "", "diaodu1", "reopen", "text=诉求人在回访中说没人来", OK, "dispatched" },
};

struct calling {
        struct matter_calls rows;
};

static int calls_op(struct ctx *ctx, void *arg)
{
        struct calling *l = arg;
        return matter_calls(ctx, INSTANT_NONE, 0, 50, &l->rows);
}

static size_t to_call(struct store *store, struct test_ctx *c)
{
        struct calling l = { 0 };
        CHECK_EQ(test_read(store, c, calls_op, &l), OK);
        return l.rows.n;
}

STORE_TEST(the_reporter_is_called_back)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = rubbish();
        int64_t vain = open_one(store, &c, t, &in, NULL), no = open_one(store, &c, t, &in, NULL);
        in.anonymous = true;
        int64_t nobody = open_one(store, &c, t, &in, NULL);
        play(store, &c, t, vain, to_the_end, COUNT(to_the_end));
        play(store, &c, t, no, to_the_end, COUNT(to_the_end));
        CHECK_EQ(to_call(store, &c), 2);
        struct line alone[] = { to_the_end[0], to_the_end[1] };
        alone[1].then = "closed";
        play(store, &c, t, nobody, alone, 2);
        CHECK_EQ(to_call(store, &c), 2); /* who left no contact is not called */

        play(store, &c, t, no, not_solved, COUNT(not_solved));
        CHECK_EQ(to_call(store, &c), 1);
        play(store, &c, t, vain, in_vain, COUNT(in_vain));
        CHECK_EQ(to_call(store, &c), 0);
        CHECK_EQ(get_one(store, &c, vain).calls, 4);
        CHECK_EQ(get_one(store, &c, vain).call_days, 2);
        expect_whole(store, &c);
        town_unref(t);
        test_ctx_free(&c);
}

/* Two commands that meet in the middle, on PostgreSQL: the second is begun and committed when the first has read and judged
 * and not yet written. Whatever comes of the first must be what would have come of it had it been said afterwards. Every action of
 * the procedure meets every rival. (On SQLite one thread writes; nothing can come between.)
 */
#include <pthread.h>
#include "matter/inner/order.h"
#include "matter/passage.h"
#include "matter/matter_test_util.h"
#include "store/sql.h"

#define AT(clock) "channel=phone|time=2026-01-05T" clock ":00+08:00"
#define SEEN "time=2026-01-05T10:00:00+08:00|outcome=solved|text=到现场看过"
#define DONE "text=已经清运完毕"
#define GRANT "|reason=情况属实，同意|word=配件到货后即恢复办理"
#define ROUND { "", "cg1", "sign", "", OK, "received" }, { "", "cg1", "answer", DONE, OK, "answered" }, { "", "reporter", "read", "", OK, "closed" }

static const struct line told[] = {
        { "2026-01-05T10:00:00+08:00", "cg1", "sign", "", OK, "received" },
        { "", "cg1", "contact", AT("09:30") "|outcome=reached", OK, "working" },
        { "", "cg1", "call_in", "unit=wuye|work=请清理绿化带内的垃圾|reason=涉及物业", OK, "working" },
        { "", "wy1", "report_in", "task=1|text=下午派两人到场", OK, "working" },
        { "", "wy1", "task_answer", "task=1|text=绿化带已清理干净", OK, "working" },
        { "", "cg1", "answer", DONE, OK, "answered" },
        { "", "diaodu1", "tell", AT("10:00") "|outcome=reached", OK, "closed" },
        { "", "cg1", "rate_help", "task=1|cooperation=4", OK, "closed" },
        { "", "wy1", "rate_call", "task=1|cooperation=5", OK, "closed" },
        { "", "reporter", "rate", "solved=yes|satisfied=5", OK, "closed" },
};
static const struct line returned[] = {
        { "2026-01-05T10:00:00+08:00", "cg1", "return", "unit=pab|reason=不是我们的职责", OK, "returned" },
        { "", "diaodu1", "uphold", "unit=pab|reason=属平安办", OK, "dispatched" },
        { "", "pa1", "sign", "", OK, "received" },
};
static const struct line conferred[] = {
        { "2026-01-05T10:00:00+08:00", "zhiban1", "confer", "text=由物业牵头劝导", OK, "dispatched" },
        { "", "diaodu1", "assign", "unit=wuye|reason=物业在场", OK, "dispatched" },
        { "", "system", "receive", "", OK, "received" },
        { "", "wy1", "call_in", "unit=pab|work=请维持现场秩序|reason=涉及治安", OK, "received" },
        { "", "wy1", "call_off", "task=1|reason=现场已经散去", OK, "received" },
        { "", "wy1", "call_in", "unit=pab|work=请维持现场秩序|reason=涉及治安", OK, "received" },
        { "", "wy1", "override", "task=2|reason=现场已无占道情况", OK, "received" },
        { "", "diaodu1", "decline", "reason=不属于本街道职责|basis=条例|elsewhere=法院", OK, "declined" },
};
static const struct line stood_still[] = {
        { "2026-01-05T10:00:00+08:00", "cg1", "return", "unit=pab|reason=不是我们的职责", OK, "returned" },
        { "", "diaodu1", "overrule", "reason=清单载明由城管办牵头", OK, "received" },
        { "", "cg1", "ask", "what=pause|reason=等待配件到货", OK, "asking" },
        { "", "daiban1", "grant_pause", "until=2026-01-09T12:00:00+08:00" GRANT, OK, "paused" },
        { "", "cg1", "resume", "", OK, "working" },
        { "", "cg1", "ask", "what=extension|reason=工程量比预计的大", OK, "asking" },
        { "", "duban1", "grant_extension", "more=2" GRANT, OK, "working" },
        { "", "cg1", "ask", "what=shelving|reason=须列入明年改造计划", OK, "asking" },
        { "", "daiban1", "refuse", "reason=先拿出临时办法", OK, "working" },
        { "", "cg1", "ask", "what=shelving|reason=临时办法已用，仍须改造", OK, "asking" },
        { "", "daiban1", "grant_shelving", "until=2026-03-02T09:00:00+08:00|reason=同意|word=已列入明年改造计划，先每天人工清运", OK, "shelved" },
        { "", "system", "resume", "", OK, "working" },
        { "", "reporter", "note", "text=请快一点", OK, "working" },
        { "", "reporter", "withdraw", "reason=解决了", OK, "withdrawn" },
};
static const struct line taken_up[] = {
        { "2026-01-05T10:00:00+08:00", "cg1", "sign", "", OK, "received" },
        { "", "cg1", "answer", DONE, OK, "answered" },
        { "", "reporter", "read", "", OK, "closed" },
        { "", "diaodu1", "miss_call", AT("10:00") "|outcome=no_answer", OK, "closed" },
        { "", "diaodu1", "call_back", AT("10:00") "|solved=no|satisfied=1|text=没人来", OK, "closed" },
        { "", "reporter", "reopen", "text=垃圾还在", OK, "dispatched" },
        ROUND,
        { "", "reporter", "reopen", "text=又堆起来了", OK, "dispatched" },
        ROUND,
        { "", "reporter", "appeal", "text=又堆起来了", OK, "review" },
        { "", "daiban1", "conclude", "text=经现场核查已清运干净；不服可向区城管委反映", OK, "answered" },
};
static const struct line done_over[] = {
        { "2026-01-05T10:00:00+08:00", "cg1", "sign", "", OK, "received" },
        { "", "cg1", "answer", DONE, OK, "verifying" },
        { "", "jw1", "verify", SEEN, OK, "answered" },
        { "", "reporter", "read", "", OK, "closed" },
        { "", "reporter", "appeal", "text=垃圾还在", OK, "review" },
        { "", "daiban1", "redo", "unit=cgb|reason=三日内办结并现场核验", OK, "dispatched" },
};
/* CAUSE stands for another matter, which its unit has signed for. */
static const struct line joined[] = {
        { "2026-01-05T10:00:00+08:00", "diaodu1", "join", "cause=CAUSE|reason=同一处", OK, "joined" },
        { "", "cg1", "contact_joined", AT("10:00") "|outcome=reached", OK, "joined" },
        { "", "reporter", "split", "reason=我说的是后门那一处", OK, "placing" },
        { "", "diaodu1", "dispatch", "place=" G1 "|subject=garbage|reason=问了报事人", OK, "dispatched" },
};
static const struct line let_go[] = {
        { "2026-01-05T10:00:00+08:00", "diaodu1", "join", "cause=CAUSE|reason=同一处", OK, "joined" },
        { "", "system", "release", "", OK, "placing" },
};
/* Nobody knows where it is. */
static const struct line sought[] = {
        { "2026-01-05T10:00:00+08:00", "diaodu1", "ask_place", AT("10:00") "|outcome=reached|said=一号灯杆旁", OK, "placing" },
        { "", "diaodu1", "dispatch", "place=" G1 "|subject=garbage|reason=问了报事人", OK, "dispatched" },
};
static const struct line announced[] = {
        { "2026-01-05T10:00:00+08:00", "cg1", "sign", "", OK, "received" },
        { "", "diaodu1", "announce", "until=2026-01-05T18:00:00+08:00|text=垃圾车检修，今日18时恢复清运", OK, "received" },
        { "", "cg1", "new_time", "until=2026-01-05T20:00:00+08:00|reason=配件未到", OK, "received" },
};
/* Between towns; what another town has decided comes by its seal. */
#define HANDED { "2026-01-05T10:00:00+08:00", "diaodu1", "hand_over", "town=110101003000|reason=该路段由乙镇管护|word=已转乙镇办理，由我们催办", OK, "handing" }
static const struct line handed_away[] = {
        HANDED,
        { "", "town", "pass_on", "town=110101000009|back=no|reason=不属乙镇管护", OK, "handing" },
        { "", "town", "taken", "reason=已由区里接收办理", OK, "handed_over" },
};
static const struct line handed_back[] = {
        HANDED,
        { "", "town", "pass_on", "town=110101002000|back=yes|reason=裁定由本地办理", OK, "dispatched" },
};
static const struct line arrived[] = {
        { "2026-01-05T10:00:00+08:00", "diaodu1", "accept", "place=" G1 "|subject=garbage|reason=属本地管护", OK, "dispatched" },
};
static const struct line not_ours[] = {
        { "2026-01-05T10:00:00+08:00", "diaodu1", "turn_down", "reason=不属本地管护", OK, "turned_down" },
};
static const struct line disputed[] = {
        { "2026-01-05T10:00:00+08:00", "diaodu1", "rule", "taker=receiver|reason=该路段登记在乙镇", OK, "settled" },
};
/* Those that came with an order from upstream. */
#define NOT_OURS "reason=该路段由区里管养|elsewhere=区城管委|until=2026-01-08T09:00:00+08:00"
#define PASTED "channel=platform|time=2026-01-05T10:00:00+08:00"
static const struct line refused_above[] = {
        { "2026-01-05T10:00:00+08:00", "diaodu1", "return_up", NOT_OURS, OK, "returned_up" },
        { "", "diaodu1", "give_back", "unit=pab|reason=上级认为仍由街道办", OK, "dispatched" },
        { "", "ck1", "supplement", "text=另有一处也没有清运", OK, "dispatched" },
        { "", "pa1", "sign", "", OK, "received" },
        { "", "pa1", "answer", DONE, OK, "answered" },
        { "", "pa1", "amend", "text=两处都已清运完毕", OK, "answered" },
        { "", "diaodu1", "reply_up", PASTED, OK, "answered" },
        { "", "ck1", "redo_open", "text=诉求人说没有清运|due=2026-01-07T18:00:00+08:00", OK, "answered" },
        { "", "diaodu1", "tell", AT("10:00") "|outcome=reached", OK, "reporting" },
        { "", "diaodu1", "finish_up", PASTED, OK, "closed" },
        { "", "ck1", "redo_up", "text=诉求人说又堆起来了|due=2026-01-08T18:00:00+08:00", OK, "dispatched" },
};
static const struct line taken_above[] = {
        { "2026-01-05T10:00:00+08:00", "diaodu1", "return_up", NOT_OURS, OK, "returned_up" },
        { "", "diaodu1", "take_back", "time=2026-01-05T10:00:00+08:00|text=同意改派", OK, "sent_back" },
};
static const struct line no_longer_wanted[] = {
        { "2026-01-05T10:00:00+08:00", "reporter", "withdraw", "reason=解决了", OK, "withdrawing" },
        { "", "diaodu1", "withdrawn_up", PASTED, OK, "withdrawn" },
};

#define GARBAGE "小区门口的垃圾没有清运"
#define STORY(line, words, more) { line, COUNT(line), words, more, false, false, NULL }
#define ORDERED(line) { line, COUNT(line), GARBAGE, "", true, false, NULL }
#define NOWHERE(line) { line, COUNT(line), GARBAGE, "", false, true, NULL }
#define ARRIVED(line, how) { line, COUNT(line), GARBAGE, "", false, false, how }
static const struct story {
        const struct line *line;
        size_t n;
        const char *words;
        const char *more; /* of town.yaml */
        bool ordered;     /* from upstream */
        bool nowhere;     /* without a place */
        const char *how;  /* from another town: offer, appeal; NULL = from a reporter */
} stories[] = {
        STORY(told, GARBAGE, ""),
        STORY(returned, GARBAGE, ""),
        STORY(conferred, "流浪猫很多", ""), /* no row of a duty list covers it */
        STORY(stood_still, GARBAGE, ""),
        STORY(taken_up, GARBAGE, ""),
        STORY(joined, GARBAGE, ""),
        STORY(let_go, GARBAGE, ""),
        NOWHERE(sought),
        STORY(announced, GARBAGE, ""),
        STORY(done_over, GARBAGE, "verify: [small]\nreopen_times: 0\n"),
        ORDERED(refused_above),
        ORDERED(taken_above),
        ORDERED(no_longer_wanted),
        STORY(handed_away, GARBAGE, ""),
        STORY(handed_back, GARBAGE, ""),
        ARRIVED(arrived, "offer"),
        ARRIVED(not_ours, "offer"),
        ARRIVED(disputed, "appeal"),
};

/* Who comes between. An empty action: the very same step again. */
static const struct line rivals[] = {
        { .who = "", .action = "", .form = "" },
        { .who = "reporter", .action = "note", .form = "text=补充一点" },
        { .who = "reporter", .action = "withdraw", .form = "reason=解决了" },
        { .who = "diaodu1", .action = "assign", .form = "unit=pab|reason=属平安办" },
        { .who = "cg1", .action = "answer", .form = "text=刚刚全部清运完毕" },
};

struct meeting {
        struct store *store;
        struct town *t;
        struct test_ctx c;
        int64_t cause;
        bool waits; /* the rival, for the first write */
        const struct line *rival;
        struct test_ctx rivals;
        int64_t id;
        int rc;
};

static int say_line(struct meeting *m, struct test_ctx *c, int64_t id, int32_t rev, const struct line *l, struct matter *ret)
{
        struct str form = str_of(l->form);
        ptrdiff_t at = str_find(form, STR("CAUSE"));
        if (at >= 0)
                form = str_printf(&c->arena, "%.*s%lld%s", (int)at, form.p, (long long)m->cause, l->form + at + 5);
        return act_seen(m->store, c, m->t, id, rev, l->who, l->action, str_c(&c->arena, form), ret);
}

static void *rival_speaks(void *arg)
{
        struct meeting *m = arg;
        m->rc = say_line(m, &m->rivals, m->id, 0, m->rival, NULL);
        return NULL;
}

static int before_writing(void *arg, const struct sql_stmt *stmt)
{
        struct meeting *m = arg;
        pthread_t thread;
        if (!m->waits || !stmt->write)
                return OK;
        m->waits = false;
        CHECK_EQ(pthread_create(&thread, NULL, rival_speaks, m), 0); /* a command never waits for another */
        pthread_join(thread, NULL);
        return OK;
}

struct ordering {
        int64_t matter;
        struct order order;
};

static int order_op(struct ctx *ctx, void *arg)
{
        const struct ordering *o = arg;
        return order_add(ctx, o->matter, &o->order, &(struct order_content){ 0 });
}

struct arriving {
        const struct town *t;
        struct arrival a;
        int64_t id;
        struct matter m;
};

static int arrive_op(struct ctx *ctx, void *arg)
{
        struct arriving *o = arg;
        ctx->actor = (struct actor){ ACTOR_TOWN, STR("110101003000") };
        return matter_arrive(ctx, o->t, &o->a, o->id, MATTER_ANONYMOUS, &o->m);
}

static int64_t brought(struct meeting *m, const struct story *s)
{
        struct arriving o = { .t = m->t, .id = id_next(&m->c.ids, m->c.ctx.now),
                              .a = { .in = say_at(s->words, 39.905, 116.405), .note = STR("乙镇移交"), .opened = m->c.ctx.now, .clocks = STR("1"),
                                     .route = STR("110101003000"), .how = str_of(s->how) } };
        chance_fill(m->c.ctx.chance, o.a.code, sizeof(o.a.code));
        CHECK_EQ(test_write(m->store, &m->c, arrive_op, &o), OK);
        return o.id;
}

static int64_t opened(struct meeting *m, const struct story *s)
{
        if (s->how)
                return brought(m, s);
        struct ordering o = { .order = { .state = ORDER_IS_RECEIVED, .system = STR("12345"), .round = 1, .received = m->c.ctx.now, .returned = INSTANT_NONE,
                                         .answered = INSTANT_NONE } };
        struct intake_in in = say_at(s->words, 39.905, 116.405);
        in.anonymous = false;
        in.has_point = !s->nowhere;
        if (!s->ordered)
                return open_one(m->store, &m->c, m->t, &in, NULL);
        o.order.due = o.order.ours = o.order.return_until = (struct instant){ m->c.ctx.now.us + 2 * US_PER_DAY };
        in.source = STR("upstream");
        in.order = &o.order;
        o.matter = open_one(m->store, &m->c, m->t, &in, NULL);
        o.order.number = str_printf(&m->c.arena, "%lld", (long long)o.matter);
        CHECK_EQ(test_write(m->store, &m->c, order_op, &o), OK);
        return o.matter;
}

/* A matter that has come as far as the story's line @upto. */
static int64_t so_far(struct meeting *m, const struct story *s, size_t upto)
{
        set_now(&m->c, "2026-01-05T09:00:00+08:00");
        int64_t id = opened(m, s);
        for (size_t i = 0; i < upto; i++) {
                struct matter after;
                if (s->line[i].at[0])
                        set_now(&m->c, s->line[i].at);
                if (say_line(m, &m->c, id, 0, &s->line[i], &after) != OK)
                        fail_msg("%s %s: %s: %s", s->line[i].who, s->line[i].action, m->c.err.field, m->c.err.en);
                CHECK_STR(after.state, s->line[i].then);
        }
        if (upto < s->n && s->line[upto].at[0])
                set_now(&m->c, s->line[upto].at);
        return id;
}

static void same(const struct matter *a, const struct matter *b, const struct line *l, const struct line *rival)
{
        bool well = str_eq(a->state, b->state) && a->rev == b->rev && a->n == b->n && a->open == b->open &&
                    str_eq(a->unit, b->unit) && str_eq(a->holder, b->holder) && str_eq(a->clocks, b->clocks) && str_eq(a->asked, b->asked) &&
                    a->pauses == b->pauses && a->extensions == b->extensions && a->reopened == b->reopened && a->waits == b->waits &&
                    a->tasks == b->tasks && a->tasks_open == b->tasks_open && a->calls == b->calls && a->satisfied == b->satisfied &&
                    a->upheld == b->upheld && a->raised == b->raised && a->order.state == b->order.state && a->order.round == b->order.round &&
                    a->order.kept == b->order.kept;
        if (!well)
                fail_msg("%s %s between: not as if it had come before %s %s (state " STR_FMT " and " STR_FMT ", n %d and %d)", rival->who,
                         rival->action, l->who, l->action, STR_ARG(a->state), STR_ARG(b->state), (int)a->n, (int)b->n);
}

/* The rival goes first when @l is about to write. Returns what came of @l. */
static int say_within(struct meeting *m, int64_t id, int32_t rev, const struct line *l, const struct line *rival)
{
        m->rivals.ctx.now = m->c.ctx.now;
        m->id = id;
        m->rival = rival;
        m->waits = true;
        int rc = say_line(m, &m->c, id, rev, l, NULL);
        if (m->waits)
                fail_msg("%s %s wrote nothing: %d %s %s", l->who, l->action, rc, m->c.err.field, m->c.err.en);
        return rc;
}

/* The same two commands, one after the other and one within the other. */
static void meet(struct meeting *m, const struct story *s, size_t i, const struct line *rival)
{
        const struct line *l = &s->line[i];
        int64_t after = so_far(m, s, i), within = so_far(m, s, i);
        int first = say_line(m, &m->c, after, 0, rival, NULL), second = say_line(m, &m->c, after, 0, l, NULL);
        int rc = say_within(m, within, 0, l, rival);
        if (m->rc != first || rc != second)
                fail_msg("%s %s between %s %s: %d and %d, one after the other %d and %d", rival->who, rival->action, l->who, l->action,
                         m->rc, rc, first, second);
        struct matter one = get_one(m->store, &m->c, after), other = get_one(m->store, &m->c, within);
        same(&one, &other, l, rival);
}

/* Who says which revision they saw is not decided for anew: they look again, and only the other's step was done. */
static void meet_seen(struct meeting *m, const struct story *s, size_t i)
{
        const struct line *l = &s->line[i];
        int64_t id = so_far(m, s, i);
        struct matter seen = get_one(m->store, &m->c, id);
        CHECK_EQ(say_within(m, id, seen.rev, l, l), ERR_REV);
        CHECK_STR(str_of(m->c.err.field), "If-Match");
        CHECK_EQ(m->rc, OK);
        struct matter now = get_one(m->store, &m->c, id);
        CHECK_EQ(now.rev, seen.rev + 1);
        CHECK_STR(now.state, l->then);
}

static int whole_op(struct ctx *ctx, void *arg)
{
        return matter_verify(ctx, arg);
}

static struct town *town_with(struct store *store, struct test_ctx *c, const char *more)
{
        struct folder *plain = arena_new(&c->arena, struct folder);
        small_folder(&c->arena, NULL, plain);
        struct str yaml = folder_text(plain, "town.yaml");
        struct town_file change[] = { { "town.yaml", arena_printf(&c->arena, STR_FMT "%s", STR_ARG(yaml), more) }, { 0 } };
        return load_small(store, c, change);
}

static void tell_interleaved(struct meeting *m, const struct story *s)
{
        struct matter_check whole = { 0 };
        struct intake_in in = say_at(GARBAGE, 39.905, 116.405);
        m->t = town_with(m->store, &m->c, s->more);
        m->cause = open_one(m->store, &m->c, m->t, &in, NULL);
        CHECK_EQ(act_as(m->store, &m->c, m->t, m->cause, "cg1", "sign", "", NULL), OK);
        for (size_t i = 0; i < s->n; i++) {
                meet_seen(m, s, i);
                for (size_t r = 0; r < COUNT(rivals); r++)
                        meet(m, s, i, rivals[r].action[0] ? &rivals[r] : &s->line[i]);
        }
        if (test_read(m->store, &m->c, whole_op, &whole) != OK)
                fail_msg("verify: %s", m->c.err.en);
        town_unref(m->t);
}

TEST(what_comes_between_reading_and_writing_counts_postgres)
{
        struct meeting m = { 0 };
        const char *url = test_store_url(STORE_POSTGRES);
        if (!url)
                SKIP("no PostgreSQL (LINLI_TEST_PG)");
        test_ctx_init(&m.c);
        test_ctx_init(&m.rivals);
        m.rivals.ids.node = 1; /* another server */
        m.store = test_store_gated(url, before_writing, &m);
        for (size_t i = 0; i < COUNT(stories); i++)
                tell_interleaved(&m, &stories[i]);
        store_close(m.store);
        test_ctx_free(&m.c);
        test_ctx_free(&m.rivals);
}

/* An action that no story tells would never have met anybody. */
TEST(every_action_of_a_request_is_told)
{
        struct town *t = small_town(NULL);
        const struct procedure *p = town_procedure(t, STR("request"));
        for (size_t a = 0; a < p->n_actions; a++) {
                bool told_once = str_is(p->action[a].code, "submit") || str_is(p->action[a].code, "follow") || /* open_test, voices_test */
                                 str_is(p->action[a].code, "inform") || /* known_test */
                                 str_starts(p->action[a].code, STR("arrive")); /* parcel_test */
                for (size_t s = 0; s < COUNT(stories); s++)
                        for (size_t i = 0; i < stories[s].n; i++)
                                told_once = told_once || str_is(p->action[a].code, stories[s].line[i].action);
                if (!told_once)
                        fail_msg("%.*s meets nobody", (int)p->action[a].code.n, p->action[a].code.p);
        }
        town_unref(t);
}

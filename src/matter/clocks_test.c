/* Every clock of a request runs out: nobody is reminded before the hour and everybody once at it, what ran out goes up or goes on by
 * itself as the procedure says, and the matter is still somebody's. On both engines.
 */
#include "matter/matter_test_util.h"
#include "matter/task.h"

#define MORNING "2026-01-05T10:00:00+08:00" /* a Monday */
#define DONE "text=已经清运完毕"
#define GRANT "|reason=情况属实，同意|word=配件到货后即恢复办理"
#define SIGNED { MORNING, "cg1", "sign", "", OK, "received" }
#define ASKED(what) SIGNED, { "", "cg1", "ask", "what=" what "|reason=等待配件到货", OK, "asking" }
#define CALLED SIGNED, { "", "cg1", "call_in", "unit=wuye|work=请清理绿化带内的垃圾|reason=涉及物业", OK, "received" }

static const struct line nothing[] = { { "", "reporter", "note", "text=请快一点", OK, "" } };
static const struct line returned[] = { { MORNING, "cg1", "return", "unit=pab|reason=不是我们的职责", OK, "returned" } };
static const struct line at_work[] = { SIGNED };
static const struct line asked[] = { ASKED("pause") };
static const struct line paused[] = { ASKED("pause"), { "", "daiban1", "grant_pause", "until=2026-01-09T12:00:00+08:00" GRANT, OK, "paused" } };
static const struct line shelved[] = {
        ASKED("shelving"),
        { "", "daiban1", "grant_shelving", "until=2026-03-02T09:00:00+08:00|reason=同意|word=已列入明年改造计划，先每天人工清运", OK, "shelved" },
};
static const struct line answered[] = { SIGNED, { "", "cg1", "answer", DONE, OK, "answered" } };
static const struct line to_verify[] = { SIGNED, { "", "cg1", "answer", DONE, OK, "verifying" } };
static const struct line appealed[] = {
        SIGNED,
        { "", "cg1", "answer", DONE, OK, "answered" },
        { "", "reporter", "read", "", OK, "closed" },
        { "", "reporter", "appeal", "text=垃圾还在", OK, "review" },
};
static const struct line announced[] = { SIGNED, { "", "diaodu1", "announce", "until=2026-01-05T18:00:00+08:00|text=垃圾车检修，今日18时恢复清运", OK, "received" } };
static const struct line handed[] = {
        { MORNING, "diaodu1", "hand_over", "town=110101003000|reason=该路段由乙镇管护|word=已转乙镇办理，由我们催办", OK, "handing" },
};
static const struct line called[] = { CALLED };
static const struct line reported[] = { CALLED, { "", "wy1", "report_in", "task=1", OK, "received" } };

#define GARBAGE "小区门口的垃圾没有清运"
#define LINES(line) line, COUNT(line)
static const struct {
        const char *clock, *words;
        const struct line *line;
        size_t n;
        const char *more;  /* of town.yaml */
        const char *after; /* the state when it has run out */
} row[] = {
        { "place", "我想问一件别的事情", LINES(nothing), "", "placing" },
        { "sign", GARBAGE, LINES(nothing), "", "received" }, /* counts as received, and goes up */
        { "ruling", GARBAGE, LINES(returned), "", "returned" },
        { "review", GARBAGE, LINES(appealed), "reopen_times: 0\n", "review" },
        { "contact", GARBAGE, LINES(at_work), "", "received" },
        { "answer", GARBAGE, LINES(at_work), "", "received" },
        { "statutory", GARBAGE, LINES(at_work), "", "received" },
        { "tell", GARBAGE, LINES(answered), "", "answered" },
        { "consent", GARBAGE, LINES(asked), "", "asking" },
        { "pause", GARBAGE, LINES(paused), "", "working" },
        { "shelf", GARBAGE, LINES(shelved), "", "working" },
        { "verify", GARBAGE, LINES(to_verify), "verify: [small]\n", "verifying" },
        { "joint_look", "流浪猫很多", LINES(nothing), "", "" }, /* whatever became of it meanwhile */
        { "restore", GARBAGE, LINES(announced), "", "received" },
        { "parcel", GARBAGE, LINES(handed), "", "handing" }, /* another town's silence ends nothing here */
        { "report_in", GARBAGE, LINES(called), "", "received" },
        { "task_answer", GARBAGE, LINES(reported), "", "received" },
};

struct looking {
        const struct town *t;
        int64_t id;
        int alarms;
        struct matter_tasks tasks;
        const char *clock;
};

static int ring_op(struct ctx *ctx, void *arg)
{
        struct looking *l = arg;
        ctx->actor = (struct actor){ ACTOR_SYSTEM, STR("") };
        return matter_ring(ctx, l->t, l->id, &l->alarms);
}

static int tasks_op(struct ctx *ctx, void *arg)
{
        struct looking *l = arg;
        struct matter m;
        int rc = matter_get(ctx, l->id, &m);
        return rc == OK ? matter_tasks(ctx, &m, &l->tasks) : rc;
}

static int whole_op(struct ctx *ctx, void *arg)
{
        struct matter_check check = { 0 };
        (void)arg;
        return matter_verify(ctx, &check);
}

/* The clock as it stands now: the matter's, or its first task's. */
static struct clock clock_now(struct store *store, struct test_ctx *c, struct looking *l)
{
        struct clock_set set;
        CHECK_EQ(clock_set_parse(get_one(store, c, l->id).clocks, &set), OK);
        struct clock *at = clock_set_find(&set, str_of(l->clock));
        if (at)
                return *at;
        CHECK_EQ(test_read(store, c, tasks_op, l), OK);
        CHECK_EQ(l->tasks.n, 1);
        CHECK_EQ(clock_set_parse(l->tasks.row[0].clocks, &set), OK);
        at = clock_set_find(&set, str_of(l->clock));
        if (!at)
                fail_msg("%s does not run", l->clock);
        return *at;
}

static struct clock ring_at(struct store *store, struct test_ctx *c, struct looking *l, int64_t us)
{
        c->ctx.now.us = us;
        CHECK_EQ(test_write(store, c, ring_op, l), OK);
        return clock_now(store, c, l);
}

static void level_is(const struct clock *c, int want, const char *clock)
{
        if (c->level != want)
                fail_msg("%s has rung %d %%, want %d %%", clock, c->level, want);
}

static void run_out(struct store *store, struct test_ctx *c, struct looking *l)
{
        struct clock k = clock_now(store, c, l), first = k;
        CHECK(clock_runs(&k));
        for (size_t i = 0; i < first.n_shares; i++) {
                int before = i ? first.share[i - 1].percent : 0;
                k = ring_at(store, c, l, first.share[i].at.us - 1);
                level_is(&k, before, l->clock);
                k = ring_at(store, c, l, first.share[i].at.us);
                level_is(&k, first.share[i].percent, l->clock);
        }
        k = ring_at(store, c, l, first.due.us - 1);
        level_is(&k, first.n_shares ? first.share[first.n_shares - 1].percent : 0, l->clock);
        CHECK(clock_runs(&k));
        k = ring_at(store, c, l, first.due.us);
        level_is(&k, 100, l->clock);
        ring_at(store, c, l, first.due.us);
        CHECK_EQ(l->alarms, 0); /* once */
}

static void expect_after(const struct looking *l, const struct matter *m, int32_t raised, const char *state)
{
        const struct procedure *p = town_procedure(l->t, m->proc);
        const struct procedure_clock *d = &p->clock[procedure_clock_find(p, str_of(l->clock))];
        CHECK(m->open);
        CHECK(m->unit.n > 0 && m->holder.n > 0); /* still somebody's */
        if (d->kind == CLOCK_TASK)
                CHECK_EQ(l->tasks.row[0].raised, 1);
        else if (d->alarm[d->n_alarms - 1].kind == ALARM_UP)
                CHECK(m->raised > raised);
        if (state[0])
                CHECK_STR(m->state, state);
}

STORE_TEST(every_clock_runs_out)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct folder *plain = arena_new(&c.arena, struct folder);
        small_folder(&c.arena, NULL, plain);
        struct str yaml = folder_text(plain, "town.yaml");
        for (size_t i = 0; i < COUNT(row); i++) {
                struct town_file change[] = { { "town.yaml", arena_printf(&c.arena, STR_FMT "%s", STR_ARG(yaml), row[i].more) }, { 0 } };
                struct intake_in in = say_at(row[i].words, 39.905, 116.405);
                struct looking l = { .clock = row[i].clock };
                set_now(&c, "2026-01-05T09:00:00+08:00");
                in.anonymous = false;
                struct town *t = load_small(store, &c, change);
                l.t = t;
                l.id = open_one(store, &c, l.t, &in, NULL);
                if (row[i].line != nothing)
                        play(store, &c, l.t, l.id, row[i].line, row[i].n);
                int32_t raised = get_one(store, &c, l.id).raised;
                run_out(store, &c, &l);
                struct matter m = get_one(store, &c, l.id);
                expect_after(&l, &m, raised, row[i].after);
                if (test_read(store, &c, whole_op, NULL) != OK)
                        fail_msg("%s: %s", row[i].clock, c.err.en);
                town_unref(t);
        }
        test_ctx_free(&c);
}

TEST(no_clock_of_a_request_is_forgotten_here)
{
        static const char *const of_orders[] = { "await_upstream", "reply_up" }; /* order_test.c */
        struct town *t = small_town(NULL);
        const struct procedure *p = town_procedure(t, STR("request"));
        for (size_t k = 0; k < p->n_clocks; k++) {
                bool there = false;
                for (size_t i = 0; i < COUNT(row); i++)
                        there = there || str_is(p->clock[k].code, row[i].clock);
                for (size_t i = 0; i < COUNT(of_orders); i++)
                        there = there || str_is(p->clock[k].code, of_orders[i]);
                if (!there)
                        fail_msg("%.*s is not seen to run out", (int)p->clock[k].code.n, p->clock[k].code.p);
        }
        town_unref(t);
}

/* The clocks of tasks, beside those of their matter: what is due, who is above, and dates counted anew. */
#include "matter/inner/fair.h"
#include "matter/inner/task.h"

/* Who is above the one who sees to it: in the unit called in; where that has no account, in the lead, who has to ask again. */
static bool above(struct ctx *ctx, const struct town *t, const struct matter *m, const struct matter_task *k, struct post_choice *ret)
{
        struct matter as = *m;
        as.unit = task_by_account(k) ? k->unit : m->unit;
        as.post = k->post;
        as.holder = k->holder;
        return ladder_next(ctx, t, &as, ret);
}

static void say_alarm(struct ctx *ctx, struct matter *m, struct notes *notes, const struct matter_task *k, const struct clock *c,
                      const struct clock_alarm *alarm)
{
        BUF_AUTO out = BUF(EVENT_BODY_MAX);
        struct json j = json_to(&out);
        json_open(&j);
        json_kstr(&j, "clock", c->code);
        json_kint(&j, "percent", alarm->percent);
        json_kinstant(&j, "due", c->due);
        task_json(&j, k);
        json_close(&j);
        struct change ch = { .kind = alarm->kind == ALARM_UP ? "task_raised" : "task_alarm", .body = str_dup(ctx->arena, buf_view(&out)), .at = ctx->now };
        change_note(ctx, m, notes, &ch);
}

static int ring_task(struct ctx *ctx, const struct town *t, struct matter *m, struct notes *notes, struct matter_task *k, size_t *ret_n)
{
        struct clock_set set;
        struct clock_alarm alarm[CLOCK_ALARMS_MAX];
        struct post_choice to;
        if (clock_set_parse(k->clocks, &set) != OK)
                return err_set(ctx->err, ERR_SCHEMA, "clocks", "时钟数据损坏", "The clocks of this matter are damaged");
        *ret_n = clock_set_fire(&set, town_procedure(t, m->proc), ctx->now, alarm);
        for (size_t i = 0; i < *ret_n; i++) {
                if (alarm[i].kind == ALARM_UP) {
                        k->raised++;
                        if (above(ctx, t, m, k, &to)) {
                                k->post = to.post;
                                k->holder = to.login;
                        }
                }
                say_alarm(ctx, m, notes, k, &set.row[alarm[i].clock], &alarm[i]);
        }
        if (*ret_n)
                task_keep_clocks(ctx, k, &set);
        return OK;
}

int task_ring(struct ctx *ctx, const struct town *t, struct matter *m, struct notes *notes, struct tasking *g, size_t *ret_n)
{
        *g = (struct tasking){ 0 };
        *ret_n = 0;
        if (m->tasks_open == 0 || instant_is_none(m->tasks_next) || m->tasks_next.us > ctx->now.us)
                return OK;
        int rc = matter_tasks(ctx, m, &g->all);
        for (size_t i = 0; i < g->all.n && rc == OK; i++) {
                size_t n = 0;
                if (g->all.row[i].open)
                        rc = ring_task(ctx, t, m, notes, &g->all.row[i], &n);
                if (n)
                        g->changed |= UINT32_C(1) << i;
                *ret_n += n;
        }
        if (rc == OK)
                task_count(ctx, m, &g->all);
        return rc;
}

static int renew_task(struct ctx *ctx, const struct town *t, const struct matter *m, struct matter_task *k, bool *ret_changed)
{
        const struct procedure *p = town_procedure(t, m->proc);
        struct working_time time = town_time(t, org_find(&t->orgs, k->unit));
        struct clock_set set;
        struct str was = k->clocks;
        bool moved;
        if (clock_set_parse(k->clocks, &set) != OK)
                return err_set(ctx->err, ERR_SCHEMA, "clocks", "时钟数据损坏", "The clocks of this matter are damaged");
        int rc = clock_set_renew(&set, p, time.calendar, time.hours, &moved, ctx->err);
        if (rc != OK)
                return rc;
        task_take_dues(p, k, &set);
        task_keep_clocks(ctx, k, &set);
        *ret_changed = !str_eq(was, k->clocks);
        return OK;
}

int task_renew(struct ctx *ctx, const struct town *t, struct matter *m, struct tasking *g)
{
        *g = (struct tasking){ 0 };
        if (!m->tasks_provisional)
                return OK;
        int rc = matter_tasks(ctx, m, &g->all);
        for (size_t i = 0; i < g->all.n && rc == OK; i++) {
                bool changed = false;
                if (g->all.row[i].open)
                        rc = renew_task(ctx, t, m, &g->all.row[i], &changed);
                if (changed)
                        g->changed |= UINT32_C(1) << i;
        }
        g->moved = g->changed;
        if (rc == OK)
                task_count(ctx, m, &g->all);
        return rc;
}

static int still(struct ctx *ctx, const struct town *t, const struct matter *m, const struct step *s, struct matter_task *k, bool *ret_moved)
{
        const struct procedure *p = town_procedure(t, m->proc);
        struct clock_ground ground = unit_ground(t, org_find(&t->orgs, k->unit), m->urgent);
        struct step own = { .action = s->action, .to = s->to, .pause = s->pause, .resume = s->resume, .until = s->until };
        struct clock_set set;
        struct str was = k->clocks;
        if (clock_set_parse(k->clocks, &set) != OK)
                return err_set(ctx->err, ERR_SCHEMA, "clocks", "时钟数据损坏", "The clocks of this matter are damaged");
        for (size_t i = 0; i < set.n; i++) { /* a clock that did its duty is not set going again */
                int at = procedure_clock_find(p, set.row[i].code);
                if (at >= 0 && !clock_runs(&set.row[i]))
                        own.resume &= ~(UINT32_C(1) << at);
        }
        int rc = clock_set_step(&set, p, &own, &ground, ctx->now, ctx->err);
        if (rc != OK)
                return rc;
        task_take_dues(p, k, &set);
        task_keep_clocks(ctx, k, &set);
        *ret_moved = !str_eq(was, k->clocks);
        return OK;
}

int task_stand_still(struct ctx *ctx, const struct town *t, const struct matter *m, const struct step *s, struct tasking *g)
{
        uint32_t theirs = task_clocks(town_procedure(t, m->proc), RECORD_CALL_IN);
        int rc = OK;
        if (!((s->pause | s->resume) & theirs))
                return OK;
        for (size_t i = 0; i < g->all.n && rc == OK; i++) {
                bool moved = false;
                if (g->all.row[i].open)
                        rc = still(ctx, t, m, s, &g->all.row[i], &moved);
                if (moved)
                        g->moved |= UINT32_C(1) << i;
        }
        g->changed |= g->moved;
        return rc;
}

void task_renewed_body(struct json *j, const struct tasking *g)
{
        if (!g->moved)
                return;
        json_key(j, "tasks");
        json_list(j);
        for (size_t i = 0; i < g->all.n; i++) {
                if (!(g->moved >> i & 1))
                        continue;
                json_open(j);
                json_kint(j, "k", g->all.row[i].k);
                json_kinstant(j, "report_due", g->all.row[i].report_due);
                json_kinstant(j, "answer_due", g->all.row[i].answer_due);
                json_close(j);
        }
        json_end(j);
}

#include "base/json.h"
#include "matter/inner/fair.h"
#include "matter/inner/night.h"
#include "matter/inner/task.h"
#include "matter/inner/write.h"
#include "matter/matter_sql.h"

/* The present holder is passed over. */
bool ladder_next(struct ctx *ctx, const struct town *t, const struct matter *m, struct post_choice *ret)
{
        if (night_leader(ctx, t, m, ret))
                return true;
        struct post_query q = { .path = m->path, .right = RIGHT_MATTER_READ, .day = instant_day(ctx->now), .except = m->respondent };
        const struct org *unit = org_find(&t->orgs, m->unit);
        const struct post *now = post_find(&t->posts, m->post);
        struct str here = now && now->org != POST_NONE ? t->orgs.row[now->org].code : m->unit;
        const struct org *from = org_find(&t->orgs, here);
        for (uint32_t up = from ? from->up : unit ? unit->up : ORG_NONE; up != ORG_NONE; up = t->orgs.row[up].up) {
                q.org = t->orgs.row[up].code;
                if (fair_post(t, ctx->arena, &q, m->respondent, ret) == OK && !str_eq(ret->login, m->holder))
                        return true;
        }
        q.org = t->fallback;
        q.right = RIGHT_MATTER_DISPATCH;
        if (fair_post(t, ctx->arena, &q, m->respondent, ret) == OK && !str_eq(ret->login, m->holder))
                return true;
        const struct staff_member *leader = roster_leader(&t->roster, ctx->now);
        if (!leader || str_eq(leader->login, m->holder) || kept_out(t, ctx->arena, leader->login, q.day, m->respondent))
                return false;
        *ret = (struct post_choice){ .post = m->post, .title = STR(""), .login = leader->login };
        return true;
}

static void say_alarm(struct ctx *ctx, struct matter *m, struct notes *notes, const struct clock *c, const struct clock_alarm *alarm, bool raised)
{
        BUF_AUTO out = BUF(EVENT_BODY_MAX);
        struct json j = json_to(&out);
        json_open(&j);
        json_kstr(&j, "clock", c->code);
        json_kint(&j, "percent", alarm->percent);
        json_kinstant(&j, "due", c->due);
        if (alarm->kind == ALARM_UP) {
                json_kbool(&j, "raised", raised);
                json_kstr(&j, "post", m->post);
                json_kstr(&j, "holder", m->holder);
        }
        json_close(&j);
        struct change ch = { .kind = alarm->kind == ALARM_UP ? "raised" : "alarm", .body = str_dup(ctx->arena, buf_view(&out)), .at = ctx->now };
        change_note(ctx, m, notes, &ch);
}

static void ring_one(struct ctx *ctx, const struct town *t, struct matter *m, struct notes *notes, const struct clock *c, const struct clock_alarm *alarm)
{
        bool raised = false;
        struct post_choice to;
        if (alarm->kind == ALARM_UP) {
                raised = ladder_next(ctx, t, m, &to);
                m->raised++;
        }
        if (raised) {
                m->post = to.post;
                m->holder = to.login;
        }
        say_alarm(ctx, m, notes, c, alarm, raised);
}

/* What the procedure says shall happen by itself when a clock has run out. */
static int act_by_itself(struct ctx *ctx, const struct town *t, const struct procedure *p, int64_t id, int then)
{
        struct matter after;
        struct matter_action a = { .id = id, .action = p->action[then].code };
        struct actor asker = ctx->actor;
        ctx->actor = (struct actor){ .kind = ACTOR_SYSTEM, .name = STR("") };
        int rc = matter_act(ctx, t, &a, &after);
        ctx->actor = asker;
        return rc == ERR_STATE || rc == ERR_RULE ? OK : rc; /* it has moved on; nothing is owed */
}

int matter_ring(struct ctx *ctx, const struct town *t, int64_t id, int *ret_alarms)
{
        struct matter m;
        struct clock_set set;
        struct clock_alarm alarm[CLOCK_ALARMS_MAX];
        int rc = matter_get(ctx, id, &m);
        *ret_alarms = 0;
        if (rc != OK)
                return rc;
        if (clock_set_parse(m.clocks, &set) != OK)
                return err_set(ctx->err, ERR_SCHEMA, "clocks", "时钟数据损坏", "The clocks of this matter are damaged");
        const struct procedure *p = town_procedure(t, m.proc);
        size_t n = m.open ? clock_set_fire(&set, p, ctx->now, alarm) : 0, of_tasks = 0;
        struct notes notes = { 0 };
        struct tasking tasks;
        rc = task_ring(ctx, t, &m, &notes, &tasks, &of_tasks);
        if (rc != OK || n + of_tasks == 0)
                return rc;
        for (size_t i = 0; i < n; i++)
                ring_one(ctx, t, &m, &notes, &set.row[alarm[i].clock], &alarm[i]);
        matter_take_clocks(ctx, &m, &set);
        rc = matter_save(ctx, &m, &notes);
        if (rc == OK)
                rc = task_save(ctx, &m, &tasks);
        for (size_t i = 0; i < n && rc == OK; i++)
                if (alarm[i].then >= 0)
                        rc = act_by_itself(ctx, t, p, id, alarm[i].then);
        *ret_alarms = (int)(n + of_tasks);
        return rc;
}

static struct str renewed_body(struct ctx *ctx, struct str before, struct str after, const struct tasking *tasks,
                               const struct calendar *by)
{
        BUF_AUTO out = BUF(EVENT_BODY_MAX);
        struct json j = json_to(&out);
        json_open(&j);
        json_kstr(&j, "calendar", calendar_version(by));
        moved_body(&j, before, after);
        task_renewed_body(&j, tasks);
        json_close(&j);
        return str_dup(ctx->arena, buf_view(&out));
}

bool matter_renews(const struct town *t, const struct matter_open_row *row)
{
        struct clock_set set;
        char text[CLOCKS_TEXT_MAX];
        bool moved;
        if (!row->provisional)
                return false;
        struct working_time time = town_time(t, org_find(&t->orgs, row->unit));
        if (row->tasks_provisional || clock_set_parse(row->clocks, &set) != OK ||
            clock_set_renew(&set, town_procedure(t, row->proc), time.calendar, time.hours, &moved, NULL) != OK)
                return true; /* matter_renew looks */
        return !str_eq(row->clocks, (struct str){ text, clock_set_write(&set, text) });
}

int matter_renew(struct ctx *ctx, const struct town *t, int64_t id, bool *ret_moved)
{
        struct matter m;
        struct clock_set set;
        int rc = matter_get(ctx, id, &m);
        *ret_moved = false;
        if (rc != OK || !m.open)
                return rc;
        if (clock_set_parse(m.clocks, &set) != OK)
                return err_set(ctx->err, ERR_SCHEMA, "clocks", "时钟数据损坏", "The clocks of this matter are damaged");
        struct working_time time = town_time(t, org_find(&t->orgs, m.unit));
        struct tasking tasks;
        rc = clock_set_renew(&set, town_procedure(t, m.proc), time.calendar, time.hours, ret_moved, ctx->err);
        if (rc == OK)
                rc = task_renew(ctx, t, &m, &tasks);
        if (rc != OK)
                return rc;
        struct str was = m.clocks;
        matter_take_clocks(ctx, &m, &set);
        if (str_eq(was, m.clocks) && !tasks.changed)
                return OK; /* as provisional as before */
        *ret_moved = *ret_moved || tasks.changed;
        struct change c = { .kind = "renewed", .body = renewed_body(ctx, was, m.clocks, &tasks, time.calendar), .at = ctx->now };
        struct notes notes = { 0 };
        change_note(ctx, &m, &notes, &c);
        rc = matter_save(ctx, &m, &notes);
        return rc == OK ? task_save(ctx, &m, &tasks) : rc;
}

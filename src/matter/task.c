#include "matter/inner/task.h"
#include "matter/inner/fair.h"

const struct task_word task_words[TASK_STATES] = {
        [TASK_ASKED] = { "asked", { "待报到", "asked" }, { "已请其协助", "It was asked to help" } },
        [TASK_REPORTED] = { "reported", { "已报到", "reported in" }, { "正在协助", "It is helping" } },
        [TASK_ANSWERED] = { "answered", { "已答复", "answered" }, { "已反馈", "It has answered" } },
        [TASK_OVERRIDDEN] = { "overridden", { "未等其答复", "not waited for" }, { "负责单位继续办理", "The unit in charge goes on" } },
        [TASK_CANCELLED] = { "cancelled", { "已撤销", "called off" }, { "不再需要", "No longer needed" } },
};

/* ---- which task, by which rights ------------------------------------------------------------------------------------- */

static struct str asked(const struct matter_action *a, const char *name)
{
        for (size_t i = 0; i < a->n_form; i++)
                if (str_is(a->form[i].name, name))
                        return str_trim(a->form[i].value);
        return (struct str){ 0 };
}

/* Reporting in, answering and rating the call belong to the unit called in. */
#define OF_THE_CALLED (RECORD_BIT(RECORD_REPORT_IN) | RECORD_BIT(RECORD_TASK_ANSWER) | RECORD_BIT(RECORD_RATE_CALL))

static uint64_t rights_over(const struct town *t, const struct matter *m, const struct matter_task *k, uint64_t records,
                            const struct task_actor *who)
{
        struct scope_object object;
        if (!(records & OF_THE_CALLED))
                return who->rights;
        if (!task_by_account(k)) /* the lead enters what it said, but does not rate itself */
                return records & RECORD_BIT(RECORD_RATE_CALL) ? who->rights & right_bit(RIGHT_MATTER_DISPATCH) : who->rights;
        if (!who->scopes)
                return 0;
        matter_item_scope(t, m->path, k->unit_path, STR(""), STR(""), m->respondent, &object);
        return scope_rights_for(who->scopes, who->login, k->unit_path, &object);
}

static struct matter_task *find(struct ctx *ctx, const struct matter_action *a, struct tasking *g)
{
        int64_t number;
        struct str k = asked(a, "task");
        if (k.n == 0) {
                err_set(ctx->err, ERR_MISSING, "task", "请写明第几项任务", "Say which task, by its number");
                return NULL;
        }
        if (str_int(k, 1, MATTER_TASKS_MAX, &number) == OK && (size_t)number <= g->all.n)
                return &g->all.row[number - 1];
        err_set(ctx->err, ERR_UNKNOWN, "task", "没有这项任务", "There is no such task");
        return NULL;
}

int task_begin(struct ctx *ctx, const struct town *t, const struct procedure_action *a, const struct matter_action *ask, const struct matter *m,
               struct tasking *ret, uint64_t *rights)
{
        *ret = (struct tasking){ .records = a ? action_records(a) : 0 };
        uint64_t of_task = ret->records & RECORDS_OF_A_TASK;
        if (!of_task && !(ret->records & RECORD_BIT(RECORD_CALL_IN)) && m->tasks_open == 0)
                return OK;
        int rc = matter_tasks(ctx, m, &ret->all);
        if (rc != OK || !of_task)
                return rc;
        ret->task = find(ctx, ask, ret);
        if (!ret->task)
                return ctx->err->code;
        *rights = rights_over(t, m, ret->task, of_task, &(struct task_actor){ ctx->actor.kind, *rights, ask->scopes, ask->login });
        return OK;
}

/* ---- what is asked beyond the form ----------------------------------------------------------------------------------- */

static int called_unit(struct ctx *ctx, const struct town *t, const struct matter *m, const struct tasking *g, struct str code)
{
        const struct org *unit = org_find(&t->orgs, code), *accused = accused_org(t, m->respondent);
        if (!unit)
                return err_set(ctx->err, ERR_UNKNOWN, "unit", "没有这个单位", "There is no such unit");
        if (str_eq(code, m->unit))
                return err_set(ctx->err, ERR_RULE, "unit", "这就是负责单位，不用吹哨", "It is in charge already");
        if (accused && path_within(unit->path, accused->path))
                return err_set(ctx->err, ERR_RULE, "unit", "被反映的单位不参与办理", "A unit complained about has no part in it");
        for (size_t i = 0; i < g->all.n; i++)
                if (g->all.row[i].open && str_eq(g->all.row[i].unit, code))
                        return err_set(ctx->err, ERR_EXISTS, "unit", "已经请了该单位（第 %d 项任务）", "That unit is called in already (task %d)",
                                       (int)g->all.row[i].k);
        if (g->all.n >= MATTER_TASKS_MAX)
                return err_set(ctx->err, ERR_RANGE, "unit", "一件事项至多吹哨 %d 次", "At most %d tasks in one matter", MATTER_TASKS_MAX);
        return OK;
}

/* The lead may ask for another day than the limit's, but not for one after the statutory limit of the matter itself. */
static int answer_by(struct ctx *ctx, const struct matter *m, const struct step_value *by)
{
        struct clock_set set;
        if (!by)
                return OK;
        if (by->number <= ctx->now.us)
                return err_set(ctx->err, ERR_RANGE, "by", "应晚于现在", "It must lie ahead");
        if (clock_set_parse(m->clocks, &set) != OK)
                return OK;
        for (size_t i = 0; i < set.n; i++)
                if (set.row[i].kind == CLOCK_STATUTORY && clock_runs(&set.row[i]) && by->number > set.row[i].due.us)
                        return err_set(ctx->err, ERR_RANGE, "by", "不能晚于事项的法定期限", "It must not lie after the statutory limit of the matter");
        return OK;
}

static bool has_field(const struct procedure_action *a, const char *name)
{
        for (size_t i = 0; i < a->n_fields; i++)
                if (str_is(a->field[i].name, name))
                        return true;
        return false;
}

/* How and when it came is said where somebody else enters it, and only there: nobody dates their own step back. */
static int how_it_came(struct ctx *ctx, const struct step *s, const struct matter_task *k)
{
        const struct step_value *channel = step_value(s, "channel"), *time = step_value(s, "time");
        if (task_by_account(k)) {
                if (!channel && !time)
                        return OK;
                return err_set(ctx->err, ERR_RULE, channel ? "channel" : "time", "该单位有账号，由其自己填写，不写渠道和时间",
                               "That unit has an account and enters it itself; channel and time are left out");
        }
        if (!channel && has_field(s->action, "channel"))
                return err_set(ctx->err, ERR_MISSING, "channel", "请写明如何收到", "Say how it came");
        if (!time && has_field(s->action, "time"))
                return err_set(ctx->err, ERR_MISSING, "time", "请写明何时收到", "Say when it came");
        if (time && time->number < whole_minute(k->asked).us)
                return err_set(ctx->err, ERR_RANGE, "time", "早于吹哨的时间", "That is before it was asked");
        return OK;
}

static int of_this_state(struct ctx *ctx, const struct tasking *g)
{
        const struct matter_task *k = g->task;
        bool over = k->state == TASK_ANSWERED || k->state == TASK_OVERRIDDEN;
        bool well = k->open;
        if (g->records & RECORD_BIT(RECORD_REPORT_IN))
                well = k->state == TASK_ASKED;
        if (g->records & RECORD_BIT(RECORD_RATE_HELP))
                well = over && k->help == INT32_MIN;
        if (g->records & RECORD_BIT(RECORD_RATE_CALL))
                well = over && k->calling == INT32_MIN;
        if (well)
                return OK;
        bool rated = over && !k->open && (g->records & (RECORD_BIT(RECORD_RATE_HELP) | RECORD_BIT(RECORD_RATE_CALL)));
        if (rated)
                return err_set(ctx->err, ERR_STATE, "task", "已经评价过，评价不能改", "It has been rated, and nobody changes a rating");
        return err_set(ctx->err, ERR_STATE, "task", "这项任务“%1$s”%2$.0s，现在不能这样办", "Not possible while the task is: %1$.0s%2$s",
                       task_words[k->state].name.zh, task_words[k->state].name.en);
}

int task_judge(struct ctx *ctx, const struct town *t, const struct matter *m, const struct step *s, const struct tasking *g)
{
        if (s->records & RECORD_BIT(RECORD_CALL_IN)) {
                int rc = called_unit(ctx, t, m, g, step_value(s, "unit")->text);
                return rc == OK ? answer_by(ctx, m, step_value(s, "by")) : rc;
        }
        if (!g->task)
                return OK;
        int rc = of_this_state(ctx, g);
        if (rc == OK && (s->records & (RECORD_BIT(RECORD_REPORT_IN) | RECORD_BIT(RECORD_TASK_ANSWER))))
                rc = how_it_came(ctx, s, g->task);
        return rc;
}

/* ---- doing it -------------------------------------------------------------------------------------------------------- */

void task_keep_clocks(struct ctx *ctx, struct matter_task *k, const struct clock_set *set)
{
        char text[CLOCKS_TEXT_MAX];
        size_t n = clock_set_write(set, text);
        k->clocks = str_dup(ctx->arena, (struct str){ text, n });
}

void task_take_dues(const struct procedure *p, struct matter_task *k, const struct clock_set *set)
{
        uint32_t reporting = task_clocks(p, RECORD_REPORT_IN);
        for (size_t i = 0; i < set->n; i++) {
                int at = procedure_clock_find(p, set->row[i].code);
                *(at >= 0 && (reporting >> at & 1) ? &k->report_due : &k->answer_due) = set->row[i].due;
        }
}

/* A day that the lead named is counted in natural time, begun hours as whole ones, and its shares lie evenly. */
static void set_due(struct clock *c, struct instant by)
{
        int64_t hours = (by.us - c->started.us + US_PER_HOUR - 1) / US_PER_HOUR;
        c->limit = hours > DUE_LIMIT_MAX ? DUE_LIMIT_MAX : (int32_t)hours;
        c->unit = DUE_HOUR;
        c->roll = DUE_ROLL_NONE;
        c->due = by;
        c->provisional = false;
        for (size_t i = 0; i < c->n_shares; i++)
                c->share[i].at.us = c->started.us + (by.us - c->started.us) / 100 * c->share[i].percent;
}

static int start_clocks(struct ctx *ctx, const struct town *t, const struct matter *m, const struct org *unit, const struct step *s,
                        struct matter_task *k)
{
        const struct procedure *p = town_procedure(t, m->proc);
        const struct step_value *by = step_value(s, "by");
        uint32_t reporting = task_clocks(p, RECORD_REPORT_IN);
        struct step own = { .action = s->action, .to = s->to, .start = task_clocks(p, RECORD_CALL_IN) };
        struct clock_ground ground = unit_ground(t, unit, m->urgent);
        struct clock_set set = { 0 };
        int rc = clock_set_step(&set, p, &own, &ground, ctx->now, ctx->err);
        for (size_t i = 0; i < set.n && rc == OK; i++) {
                struct clock *c = &set.row[i];
                bool reports = reporting >> procedure_clock_find(p, c->code) & 1;
                if (by && (!reports || by->number < c->due.us))
                        set_due(c, (struct instant){ by->number });
        }
        if (rc != OK)
                return rc;
        task_take_dues(p, k, &set);
        task_keep_clocks(ctx, k, &set);
        return OK;
}

/* Who sees to it: a post of the unit that reaches the place. Where there is nobody, the lead's own people write or call. */
static void find_post(struct ctx *ctx, const struct town *t, const struct matter *m, const struct org *unit, struct matter_task *k)
{
        struct post_query q = { .org = unit->code, .path = m->path, .right = RIGHT_MATTER_SIGN, .day = instant_day(ctx->now), .except = m->respondent };
        struct post_choice to;
        k->reach = str_of(org_reach_name(unit->reach));
        k->post = m->post;
        k->holder = m->holder;
        if (unit->reach != ORG_BY_ACCOUNT)
                return;
        if (fair_post(t, ctx->arena, &q, m->respondent, &to) == OK) {
                k->post = to.post;
                k->holder = to.login;
        } else {
                k->reach = str_of(org_reach_name(ORG_BY_PHONE));
        }
}

static int call_in(struct ctx *ctx, const struct town *t, const struct matter *m, const struct step *s, struct tasking *g)
{
        const struct org *unit = org_find(&t->orgs, step_value(s, "unit")->text);
        struct matter_task *k = &g->all.row[g->all.n];
        *k = (struct matter_task){ .k = (int32_t)g->all.n + 1, .unit = unit->code, .unit_path = unit->path, .lead = m->unit,
                                   .state = TASK_ASKED, .open = true, .asked = ctx->now, .reported = INSTANT_NONE,
                                   .ended = INSTANT_NONE, .help = INT32_MIN, .calling = INT32_MIN };
        find_post(ctx, t, m, unit, k);
        int rc = start_clocks(ctx, t, m, unit, s, k);
        g->task = k;
        g->fresh = true;
        g->all.n++;
        return rc;
}

static int stop_clocks(struct ctx *ctx, struct matter_task *k, uint32_t which, const struct procedure *p, struct instant at)
{
        struct clock_set set;
        if (clock_set_parse(k->clocks, &set) != OK)
                return err_set(ctx->err, ERR_SCHEMA, "clocks", "时钟数据损坏", "The clocks of this matter are damaged");
        for (size_t i = 0; i < set.n; i++) {
                struct clock *c = &set.row[i];
                int number = procedure_clock_find(p, c->code);
                if (clock_runs(c) && (number < 0 || (which >> number & 1)))
                        c->stopped = at.us < c->started.us ? c->started : at;
        }
        task_keep_clocks(ctx, k, &set);
        return OK;
}

static int end_task(struct ctx *ctx, struct matter_task *k, enum task_state state, const struct procedure *p, struct instant at)
{
        k->state = state;
        k->open = false;
        k->ended = at;
        return stop_clocks(ctx, k, UINT32_MAX, p, at);
}

static int on_one(struct ctx *ctx, const struct procedure *p, const struct step *s, struct tasking *g)
{
        struct matter_task *k = g->task;
        const struct step_value *time = step_value(s, "time"), *rating = step_value(s, "cooperation");
        struct instant at = time ? (struct instant){ time->number } : ctx->now;
        if (at.us < k->asked.us)
                at = k->asked;
        bool answers = s->records & RECORD_BIT(RECORD_TASK_ANSWER);
        if ((answers || (s->records & RECORD_BIT(RECORD_REPORT_IN))) && k->state == TASK_ASKED) {
                k->reported = at;
                k->state = TASK_REPORTED;
        }
        if (s->records & RECORD_BIT(RECORD_RATE_HELP))
                k->help = (int32_t)rating->number;
        if (s->records & RECORD_BIT(RECORD_RATE_CALL))
                k->calling = (int32_t)rating->number;
        if (s->records & RECORD_BIT(RECORD_OVERRIDE))
                return end_task(ctx, k, TASK_OVERRIDDEN, p, ctx->now);
        if (s->records & RECORD_BIT(RECORD_CALL_OFF))
                return end_task(ctx, k, TASK_CANCELLED, p, ctx->now);
        if (answers)
                return end_task(ctx, k, TASK_ANSWERED, p, at);
        return s->records & RECORD_BIT(RECORD_REPORT_IN) ? stop_clocks(ctx, k, task_clocks(p, RECORD_REPORT_IN), p, at) : OK;
}

/* A task ends with its matter, and a unit does not help itself. */
static int drop(struct ctx *ctx, const struct procedure *p, const struct matter *m, struct tasking *g)
{
        int rc = OK;
        for (size_t i = 0; i < g->all.n && rc == OK; i++) {
                struct matter_task *k = &g->all.row[i];
                if (!k->open || (m->open && !str_eq(k->unit, m->unit)))
                        continue;
                g->dropped |= UINT32_C(1) << i;
                rc = end_task(ctx, k, TASK_CANCELLED, p, ctx->now);
        }
        return rc;
}

static bool named_before(const struct matter_tasks *all, size_t i)
{
        for (size_t n = 0; n < i; n++)
                if (all->row[n].state != TASK_CANCELLED && str_eq(all->row[n].unit, all->row[i].unit))
                        return true;
        return false;
}

struct str task_called(struct arena *a, const struct matter_tasks *all)
{
        BUF_AUTO out = BUF(MATTER_TASKS_MAX * 256);
        for (size_t i = 0; i < all->n; i++) {
                if (all->row[i].state == TASK_CANCELLED || named_before(all, i))
                        continue;
                if (out.n)
                        buf_char(&out, ';');
                buf_str(&out, all->row[i].unit);
        }
        return str_dup(a, buf_view(&out));
}

void task_count(struct ctx *ctx, struct matter *m, const struct matter_tasks *all)
{
        m->tasks = (int32_t)all->n;
        m->tasks_open = 0;
        m->tasks_next = INSTANT_NONE;
        m->tasks_provisional = false;
        m->called = task_called(ctx->arena, all);
        for (size_t i = 0; i < all->n; i++) {
                struct clock_set set;
                if (!all->row[i].open)
                        continue;
                m->tasks_open++;
                if (clock_set_parse(all->row[i].clocks, &set) != OK)
                        continue; /* verify says so */
                struct instant next = clock_set_next(&set);
                if (!instant_is_none(next) && (instant_is_none(m->tasks_next) || next.us < m->tasks_next.us))
                        m->tasks_next = next;
                for (size_t c = 0; c < set.n; c++)
                        m->tasks_provisional |= set.row[c].provisional && clock_runs(&set.row[c]);
        }
}

int task_take(struct ctx *ctx, const struct town *t, struct matter *m, const struct step *s, struct tasking *g)
{
        const struct procedure *p = town_procedure(t, m->proc);
        int rc = OK;
        if (s->records & RECORD_BIT(RECORD_CALL_IN))
                rc = call_in(ctx, t, m, s, g);
        else if (g->task)
                rc = on_one(ctx, p, s, g);
        if (rc == OK)
                rc = task_stand_still(ctx, t, m, s, g);
        if (rc == OK)
                rc = drop(ctx, p, m, g);
        if (rc != OK || g->all.n == 0)
                return rc;
        if (g->task)
                g->changed |= UINT32_C(1) << (g->task - g->all.row);
        g->changed |= g->dropped;
        task_count(ctx, m, &g->all);
        return OK;
}

/* ---- what events say --------------------------------------------------------------------------------------------------- */

static void rated(struct json *j, const char *key, int32_t rating)
{
        if (rating != INT32_MIN)
                json_kint(j, key, rating);
}

void task_json(struct json *j, const struct matter_task *k)
{
        json_key(j, "task_is"); /* "task" is the field of the form: its number */
        json_open(j);
        json_kint(j, "k", k->k);
        json_kstr(j, "unit", k->unit);
        json_kstr(j, "lead", k->lead);
        json_kstr(j, "reach", k->reach);
        json_kstr(j, "post", k->post);
        json_kstr(j, "holder", k->holder);
        json_kint(j, "raised", k->raised);
        json_kc(j, "state", task_words[k->state].code);
        json_kinstant(j, "report_due", k->report_due);
        json_kinstant(j, "answer_due", k->answer_due);
        json_kinstant(j, "reported", k->reported);
        json_kinstant(j, "ended", k->ended);
        rated(j, "help", k->help);
        rated(j, "calling", k->calling);
        json_close(j);
}

void task_body(struct json *j, const struct tasking *g)
{
        if (g->task)
                task_json(j, g->task);
        task_renewed_body(j, g);
        if (!g->dropped)
                return;
        json_key(j, "tasks_off");
        json_list(j);
        for (size_t i = 0; i < g->all.n; i++)
                if (g->dropped >> i & 1)
                        json_int(j, g->all.row[i].k);
        json_end(j);
}

/* ---- what may be done ------------------------------------------------------------------------------------------------ */

size_t matter_task_may(const struct town *t, const struct matter *m, const struct matter_task *k, const struct task_actor *who,
                       const struct procedure_action **ret)
{
        const struct procedure *p = town_procedure(t, m->proc);
        int state = procedure_state_find(p, m->state);
        struct err unsaid = { 0 };
        struct ctx ctx = { .err = &unsaid };
        size_t n = 0;
        for (size_t i = 0; i < p->n_actions; i++) {
                const struct procedure_action *a = &p->action[i];
                uint64_t records = action_records(a) & RECORDS_OF_A_TASK;
                struct tasking g = { .records = records, .task = (struct matter_task *)(uintptr_t)k };
                if (records && procedure_may(a, state, who->kind, rights_over(t, m, k, records, who), 0) && of_this_state(&ctx, &g) == OK)
                        ret[n++] = a;
        }
        return n;
}

static bool open_for(const struct matter_tasks *all, struct str unit)
{
        for (size_t i = 0; i < all->n; i++)
                if (all->row[i].open && str_eq(all->row[i].unit, unit))
                        return true;
        return false;
}

size_t matter_task_whom(const struct town *t, const struct matter *m, const struct matter_tasks *all, const struct org *ret[TASK_WHOM_MAX])
{
        const struct org *accused = accused_org(t, m->respondent);
        struct str rest = m->assist, code;
        size_t n = 0;
        while (n < TASK_WHOM_MAX && str_split(&rest, ';', &code)) {
                const struct org *o = org_find(&t->orgs, code);
                if (o && !str_eq(code, m->unit) && !(accused && path_within(o->path, accused->path)) && !open_for(all, code))
                        ret[n++] = o;
        }
        return n;
}

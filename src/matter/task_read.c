/* The rows of tasks: read, written, listed, and held against what the events say. */
#include "matter/inner/task.h"
#include "matter/matter_sql.h"

static enum task_state state_of(struct str code)
{
        enum task_state s = 0;
        while (s < TASK_CANCELLED && !str_is(code, task_words[s].code))
                s++;
        return s;
}

int matter_tasks(struct ctx *ctx, const struct matter *m, struct matter_tasks *ret)
{
        struct sql_matter_tasks_rows rows = { 0 };
        int rc = m->tasks > 0 ? sql_matter_tasks(ctx->tx, ctx->arena, &(struct sql_matter_tasks_in){ ctx->town, m->id }, &rows) : OK;
        if (rc != OK)
                return rc;
        ret->n = rows.n < MATTER_TASKS_MAX ? rows.n : MATTER_TASKS_MAX;
        ret->row = arena_array(ctx->arena, struct matter_task, ret->n + 1); /* task_take may add one */
        for (size_t i = 0; i < ret->n; i++) {
                const struct sql_matter_tasks_row *r = &rows.row[i];
                ret->row[i] = (struct matter_task){
                        .k = r->k, .unit = r->unit, .unit_path = r->unit_path, .lead = r->lead, .reach = r->reach, .post = r->post,
                        .holder = r->holder, .raised = r->raised, .state = state_of(r->state), .open = r->open, .clocks = r->clocks,
                        .asked = r->asked, .report_due = r->report_due, .answer_due = r->answer_due, .reported = r->reported,
                        .ended = r->ended, .asked_n = r->asked_n, .ended_n = r->ended_n, .help = r->help, .calling = r->calling
                };
        }
        return OK;
}

int matter_task_get(struct ctx *ctx, const struct matter *m, int64_t number, struct matter_task *ret, struct str *ret_words)
{
        struct matter_tasks all;
        struct sql_matter_entries_rows entries;
        int rc = matter_tasks(ctx, m, &all);
        if (rc == OK && (number < 1 || (size_t)number > all.n))
                return err_set(ctx->err, ERR_UNKNOWN, "task", "没有这项任务", "There is no such task");
        if (rc == OK)
                rc = sql_matter_entries(ctx->tx, ctx->arena, &(struct sql_matter_entries_in){ .town = ctx->town, .matter = m->id }, &entries);
        if (rc != OK)
                return rc;
        *ret = all.row[number - 1];
        *ret_words = (struct str){ 0 };
        for (size_t i = 0; i < entries.n; i++)
                if (entries.row[i].n == ret->asked_n)
                        *ret_words = entries.row[i].words;
        return OK;
}

static int add(struct ctx *ctx, int64_t matter, const struct matter_task *k)
{
        return sql_matter_task_add(ctx->tx,
                                   &(struct sql_matter_task_add_in){
                                           .town = ctx->town, .matter = matter, .k = k->k, .unit = k->unit, .unit_path = k->unit_path,
                                           .lead = k->lead, .reach = k->reach, .post = k->post, .holder = k->holder,
                                           .raised = k->raised, .state = str_of(task_words[k->state].code), .open = k->open,
                                           .clocks = k->clocks, .asked = k->asked, .report_due = k->report_due,
                                           .answer_due = k->answer_due, .reported = k->reported, .ended = k->ended,
                                           .asked_n = k->asked_n, .ended_n = k->ended_n, .help = k->help, .calling = k->calling },
                                   NULL);
}

static int save(struct ctx *ctx, int64_t matter, const struct matter_task *k)
{
        return sql_matter_task_save(ctx->tx,
                                    &(struct sql_matter_task_save_in){
                                            .town = ctx->town, .matter = matter, .k = k->k, .post = k->post, .holder = k->holder,
                                            .raised = k->raised, .state = str_of(task_words[k->state].code), .open = k->open,
                                            .clocks = k->clocks, .report_due = k->report_due, .answer_due = k->answer_due,
                                            .reported = k->reported, .ended = k->ended, .ended_n = k->ended_n, .help = k->help,
                                            .calling = k->calling });
}

int task_save(struct ctx *ctx, const struct matter *m, struct tasking *g)
{
        int rc = OK;
        for (size_t i = 0; i < g->all.n && rc == OK; i++) {
                struct matter_task *k = &g->all.row[i];
                bool fresh = g->fresh && i + 1 == g->all.n;
                if (!(g->changed >> i & 1))
                        continue;
                if (fresh)
                        k->asked_n = m->n;
                if (k == g->task && !k->open && k->ended_n == 0 && !(g->dropped >> i & 1))
                        k->ended_n = m->n;
                rc = fresh ? add(ctx, m->id, k) : save(ctx, m->id, k);
        }
        return rc;
}

/* ---- lists ----------------------------------------------------------------------------------------------------------- */

/* The two list statements return rows of the same shape; only their C types differ. */
#define TAKE_TASKS(rows, ret, arena)                                                                                     \
        do {                                                                                                             \
                (ret)->n = (rows).n;                                                                                     \
                (ret)->row = arena_array(arena, struct task_item, (rows).n);                                             \
                for (size_t i_ = 0; i_ < (rows).n; i_++) {                                                               \
                        __typeof__((rows).row) r_ = &(rows).row[i_];                                                     \
                        (ret)->row[i_] = (struct task_item){                                                             \
                                .matter = r_->matter, .subject = r_->subject, .grid = r_->grid, .path = r_->path,        \
                                .unit_path = r_->case_path, .assist = r_->assist, .called = r_->called,                  \
                                .respondent = r_->respondent, .urgent = r_->urgent, .words = r_->words,                  \
                                .task = { .k = r_->k, .unit = r_->unit, .lead = r_->lead, .reach = r_->reach,            \
                                          .post = r_->post, .holder = r_->holder, .raised = r_->raised,                  \
                                          .state = state_of(r_->state), .open = true, .asked = r_->asked,                \
                                          .report_due = r_->report_due, .answer_due = r_->answer_due,                    \
                                          .reported = r_->reported, .ended = INSTANT_NONE, .help = INT32_MIN,            \
                                          .calling = INT32_MIN },                                                        \
                        };                                                                                               \
                }                                                                                                        \
        } while (0)

int matter_task_list(struct ctx *ctx, const struct task_filter *f, struct task_items *ret)
{
        int32_t max = f->max < 1 || f->max > MATTER_LIST_MAX ? MATTER_LIST_MAX : f->max;
        struct instant due = instant_is_none(f->due) ? (struct instant){ INT64_MIN + 1 } : f->due;
        if (f->unit.n) {
                struct sql_matter_task_list_unit_rows rows;
                struct sql_matter_task_list_unit_in in = { .town = ctx->town, .unit = f->unit, .due = due, .matter = f->after, .k = f->after_k, .max = max };
                int rc = sql_matter_task_list_unit(ctx->tx, ctx->arena, &in, &rows);
                if (rc == OK)
                        TAKE_TASKS(rows, ret, ctx->arena);
                return rc;
        }
        struct sql_matter_task_list_rows rows;
        struct sql_matter_task_list_in in = { .town = ctx->town, .due = due, .matter = f->after, .k = f->after_k, .max = max };
        int rc = sql_matter_task_list(ctx->tx, ctx->arena, &in, &rows);
        if (rc == OK)
                TAKE_TASKS(rows, ret, ctx->arena);
        return rc;
}

/* ---- proof ------------------------------------------------------------------------------------------------------------ */

static struct str text_of(struct arena *a, struct json_object *o, const char *key)
{
        struct json_object *v = json_get(o, key);
        return v ? str_dup(a, json_text(v)) : STR("");
}

static struct instant instant_of(struct json_object *o, const char *key)
{
        struct instant at;
        return instant_parse(json_text(json_get(o, key)), &at) == OK ? at : INSTANT_NONE;
}

static int32_t rating_of(struct json_object *o, const char *key)
{
        return json_get(o, key) ? json_object_get_int(json_get(o, key)) : INT32_MIN;
}

static struct matter_task *told(struct task_fold *f, struct json_object *number)
{
        int32_t k = number ? json_object_get_int(number) : 0;
        if (k < 1 || k > MATTER_TASKS_MAX)
                return NULL;
        f->n = k > f->n ? k : f->n;
        f->told[k - 1].k = k;
        return &f->told[k - 1];
}

static void fold_task(struct task_fold *f, struct arena *a, struct json_object *o)
{
        struct matter_task *k = o ? told(f, json_get(o, "k")) : NULL;
        if (!k)
                return;
        *k = (struct matter_task){ .k = k->k, .unit = text_of(a, o, "unit"), .lead = text_of(a, o, "lead"), .reach = text_of(a, o, "reach"),
                                   .post = text_of(a, o, "post"), .holder = text_of(a, o, "holder"),
                                   .raised = json_object_get_int(json_get(o, "raised")),
                                   .state = state_of(json_text(json_get(o, "state"))), .report_due = instant_of(o, "report_due"),
                                   .answer_due = instant_of(o, "answer_due"), .reported = instant_of(o, "reported"),
                                   .ended = instant_of(o, "ended"), .help = rating_of(o, "help"), .calling = rating_of(o, "calling") };
}

static size_t items(struct json_object *list)
{
        return list && json_object_is_type(list, json_type_array) ? json_object_array_length(list) : 0;
}

void task_fold_event(struct task_fold **fold, struct arena *a, struct json_object *body)
{
        struct json_object *off = json_get(body, "tasks_off"), *renewed = json_get(body, "tasks"), *one = json_get(body, "task_is");
        if (!one && items(off) + items(renewed) == 0)
                return;
        struct task_fold *f = *fold ? *fold : arena_new(a, struct task_fold);
        *fold = f;
        if (one)
                fold_task(f, a, one);
        for (size_t i = 0; i < items(off); i++) {
                struct matter_task *k = told(f, json_object_array_get_idx(off, i));
                if (k)
                        k->state = TASK_CANCELLED;
        }
        for (size_t i = 0; i < items(renewed); i++) {
                struct json_object *o = json_object_array_get_idx(renewed, i);
                struct matter_task *k = told(f, json_get(o, "k"));
                if (!k)
                        continue;
                k->report_due = instant_of(o, "report_due");
                k->answer_due = instant_of(o, "answer_due");
        }
        f->open = 0;
        for (int32_t i = 0; i < f->n; i++)
                f->open += f->told[i].state == TASK_ASKED || f->told[i].state == TASK_REPORTED;
        f->called = task_called(a, &(struct matter_tasks){ f->told, (size_t)f->n });
}

bool task_fold_counts(const struct task_fold *f, int32_t tasks, int32_t open, struct str called)
{
        if (!f)
                return tasks == 0 && open == 0 && called.n == 0;
        return tasks == f->n && open == f->open && str_eq(called, f->called);
}

static bool same(const struct matter_task *a, const struct matter_task *b)
{
        if (!str_eq(a->unit, b->unit) || !str_eq(a->lead, b->lead) || !str_eq(a->reach, b->reach) || !str_eq(a->post, b->post) ||
            !str_eq(a->holder, b->holder))
                return false;
        if (a->report_due.us != b->report_due.us || a->answer_due.us != b->answer_due.us || a->reported.us != b->reported.us)
                return false;
        bool ends_alike = a->state == TASK_CANCELLED || a->ended.us == b->ended.us; /* dropped: the event's own time */
        return ends_alike && a->k == b->k && a->raised == b->raised && a->state == b->state && a->help == b->help && a->calling == b->calling;
}

int task_fold_agrees(struct ctx *ctx, struct arena *a, int64_t matter, const struct task_fold *f, bool *ret)
{
        struct matter_tasks rows = { 0 };
        struct ctx own = *ctx;
        own.arena = a;
        int rc = matter_tasks(&own, &(struct matter){ .id = matter, .tasks = f->n }, &rows);
        if (rc != OK)
                return rc;
        *ret = rows.n == (size_t)f->n;
        for (size_t i = 0; i < rows.n && *ret; i++)
                *ret = same(&rows.row[i], &f->told[i]) && rows.row[i].open == (rows.row[i].state <= TASK_REPORTED);
        return OK;
}

int task_stray(struct ctx *ctx, int64_t *ret)
{
        struct sql_matter_task_stray_row row;
        int rc = sql_matter_task_stray(ctx->tx, ctx->arena, &(struct sql_matter_task_stray_in){ ctx->town }, &row);
        if (rc == OK)
                *ret = row.matter;
        return rc;
}

#include "insight/forms.h"
#include <json-c/json.h>
#include "base/json.h"
#include "insight/forms_sql.h"

#define PAGE 500

struct counting {
        struct ctx *ctx;
        const struct town *t;
        struct forms *out;
};

static struct str with_files = { "files", 5 }; /* an event names what came with it under one key, whichever field it came by */

static struct forms_row *row_of(const struct counting *c, struct str proc, struct str action)
{
        for (size_t i = 0; i < c->out->n; i++)
                if (str_eq(c->out->row[i].procedure->code, proc) && str_eq(c->out->row[i].action->code, action))
                        return &c->out->row[i];
        return NULL; /* no form, or one that is no longer in use */
}

static bool one_of_files(const struct procedure_action *a)
{
        size_t n = 0;
        for (size_t i = 0; i < a->n_fields; i++)
                n += a->field[i].type == FORM_FILES;
        return n == 1;
}

static bool has_value(const struct counting *c, struct json_object *in, struct str name)
{
        return in && json_get(in, str_c(c->ctx->arena, name)) != NULL;
}

/* Staff by their login. A reporter has no name: whoever speaks in one matter is one. */
static void take_person(struct arena *a, struct forms_row *row, struct str person)
{
        if (row->people == CELL_WORKERS_MIN)
                return;
        for (size_t i = 0; i < row->people; i++)
                if (str_eq(row->person[i], person))
                        return;
        row->person[row->people++] = str_dup(a, person);
}

/* Texts stand beside the event, the rest in it. An erased text was there or was not: nobody can tell. */
static void take_fields(struct counting *c, struct forms_row *row, struct json_object *body, struct json_object *words, bool gone)
{
        bool files = one_of_files(row->action);
        for (size_t i = 0; i < row->n_fields; i++) {
                struct forms_field *f = &row->field[i];
                enum form_type type = f->field->type;
                if ((type == FORM_TEXT && gone) || (type == FORM_FILES && !files))
                        continue;
                bool filled = type == FORM_TEXT ? has_value(c, words, f->field->name) : has_value(c, body, type == FORM_FILES ? with_files : f->field->name);
                f->of++;
                f->filled += filled;
                row->filled += filled && !gone;
                row->typed += filled && !gone && (type == FORM_TEXT || type == FORM_INT);
        }
}

static int take(struct counting *c, const struct sql_insight_fillings_row *r)
{
        struct forms_row *row = row_of(c, r->proc, r->kind);
        JSON_AUTO body = NULL;
        JSON_AUTO words = NULL;
        if (!row)
                return OK;
        int rc = json_parse(r->body, &body, c->ctx->err);
        if (rc == OK && r->words.n)
                rc = json_parse(r->words, &words, c->ctx->err);
        if (rc != OK)
                return rc;
        struct arena *a = c->ctx->arena;
        take_person(a, row, str_starts(r->actor, STR("staff:")) ? r->actor : str_printf(a, "%lld", (long long)r->matter));
        row->times++;
        row->erased += r->gone;
        c->out->counted++;
        take_fields(c, row, body, words, r->gone);
        return OK;
}

static int count_all(struct counting *c, struct day from, struct day to, bool (*late)(void *), void *arg)
{
        struct sql_insight_fillings_in at = { .town = c->ctx->town, .since = day_start(from), .opened = { day_start((struct day){ to.n + 1 }).us - 1 },
                                              .matter = INT64_MAX, .n = INT32_MAX, .max = PAGE };
        for (size_t read = 0; read < FORMS_FILLINGS_MAX; read += PAGE) {
                ARENA_AUTO page = { 0 };
                struct sql_insight_fillings_rows rows;
                int rc = sql_insight_fillings(c->ctx->tx, &page, &at, &rows);
                for (size_t i = 0; rc == OK && i < rows.n; i++)
                        rc = take(c, &rows.row[i]);
                if (rc != OK)
                        return rc;
                if (rows.n < PAGE) {
                        c->out->whole = true;
                        return OK;
                }
                if (late && late(arg))
                        return ERR_BUSY;
                at.opened = rows.row[PAGE - 1].opened;
                at.matter = rows.row[PAGE - 1].matter;
                at.n = rows.row[PAGE - 1].n;
        }
        return OK;
}

static void forms_of(struct ctx *ctx, const struct town *t, struct forms *ret)
{
        size_t most = 0;
        for (size_t p = 0; p < t->n_procedures; p++)
                most += t->procedures[p]->n_actions;
        *ret = (struct forms){ .row = arena_array(ctx->arena, struct forms_row, most + 1) };
        for (size_t p = 0; p < t->n_procedures; p++) {
                for (size_t a = 0; a < t->procedures[p]->n_actions; a++) {
                        const struct procedure_action *action = &t->procedures[p]->action[a];
                        if (action->n_fields == 0)
                                continue;
                        struct forms_row *row = &ret->row[ret->n++];
                        *row = (struct forms_row){ .procedure = t->procedures[p], .action = action, .cells = 1, .n_fields = action->n_fields };
                        row->field = arena_array(ctx->arena, struct forms_field, action->n_fields);
                        for (size_t i = 0; i < action->n_fields; i++)
                                row->field[i] = (struct forms_field){ .field = &action->field[i] };
                }
        }
}

/* A form that nobody filled in says nothing of anybody, and is not shown either. */
static void leave_unused(struct forms *f)
{
        size_t n = 0;
        for (size_t i = 0; i < f->n; i++)
                if (f->row[i].times)
                        f->row[n++] = f->row[i];
        f->n = n;
}

static void add_to(struct arena *a, struct forms_row *rest, const struct forms_row *r)
{
        rest->times += r->times;
        rest->erased += r->erased;
        rest->filled += r->filled;
        rest->typed += r->typed;
        for (size_t i = 0; i < r->people; i++)
                take_person(a, rest, r->person[i]);
}

static void join_few(struct ctx *ctx, struct forms *f)
{
        int64_t *size = arena_array(ctx->arena, int64_t, f->n + 1), sum;
        bool *joined = arena_array(ctx->arena, bool, f->n + 1);
        struct forms_row rest = { 0 };
        size_t n = 0;
        for (size_t i = 0; i < f->n; i++) /* by people where they are too few; of the others the least used goes first */
                size[i] = f->row[i].people < CELL_WORKERS_MIN ? (int64_t)f->row[i].people : f->row[i].times;
        rest.cells = (int64_t)cells_join_reports(size, f->n, joined, &sum);
        for (size_t i = 0; i < f->n; i++) {
                if (joined[i])
                        add_to(ctx->arena, &rest, &f->row[i]);
                else
                        f->row[n++] = f->row[i];
        }
        f->n = n;
        if (rest.cells == 0)
                return;
        rest.withheld = rest.people < CELL_WORKERS_MIN; /* the sum takes who filled in several for several */
        f->row[f->n++] = rest;
        if (rest.withheld) /* the sum of all would tell it */
                f->counted -= rest.times;
}

int insight_forms(struct ctx *ctx, const struct town *t, struct day from, struct day to, bool (*late)(void *), void *arg, struct forms *ret)
{
        struct counting c = { ctx, t, ret };
        if (to.n < from.n || (int64_t)to.n - from.n >= FORMS_DAYS_MAX)
                return err_set(ctx->err, ERR_RANGE, "to", "应不早于 from，期间不超过三年", "Not before from, and within three years of it");
        forms_of(ctx, t, ret);
        int rc = count_all(&c, from, to, late, arg);
        leave_unused(ret);
        join_few(ctx, ret);
        return rc;
}

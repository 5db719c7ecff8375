/* api/task_api.c — what other units were called in for: their open tasks, and how units work together. */
#include "api/cursor.h"
#include "api/matter_view.h"
#include "api/period.h"
#include "api/routes.h"
#include "insight/cooperation.h"

enum { TASKS_UNIT, TASKS_LIMIT, TASKS_CURSOR, TASKS_FIELDS };
static const struct field tasks_query[] = {
        [TASKS_UNIT] = { .name = "unit", .type = FIELD_CODE, .help = { "单位代码；不填为我能看到的全部", "Unit called in; all within my reach when left out" } },
        [TASKS_LIMIT] = { .name = "limit", .type = FIELD_INT, .min = 1, .max = MATTER_LIST_MAX, .help = { "条数，默认 50", "How many, 50 by default" } },
        [TASKS_CURSOR] = FIELD_CURSOR,
        [TASKS_FIELDS] = { 0 },
};

static int read_filter(struct request *req, struct task_filter *f)
{
        const struct values *q = &req->query;
        int64_t at[3] = { 0 };
        *f = (struct task_filter){ .unit = value_str(q, TASKS_UNIT), .due = INSTANT_NONE, .max = (int32_t)value_int(q, TASKS_LIMIT, MATTER_LIST_MAX) };
        int rc = request_page(req, TASKS_CURSOR, at, 3);
        if (rc != OK || !value_given(q, TASKS_CURSOR))
                return rc;
        f->due = (struct instant){ at[0] };
        f->after = at[1];
        f->after_k = (int32_t)at[2];
        return OK;
}

static int list(struct request *req)
{
        const struct town *t;
        struct task_filter f;
        struct task_items rows;
        struct tx *tx;
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = read_filter(req, &f);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = matter_task_list(&req->ctx, &f, &rows);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (size_t i = 0; i < rows.n; i++) {
                const struct task_item *k = &rows.row[i];
                struct scope_object object;
                matter_item_scope(t, k->path, k->unit_path, k->assist, k->called, k->respondent, &object);
                if (request_in_scope(req, k->matter, &object) == OK)
                        task_view_item(&j, t, k);
        }
        json_end(&j);
        const struct task_item *last = rows.n == (size_t)f.max ? &rows.row[rows.n - 1] : NULL;
        request_next(req, &j, last ? (int64_t[]){ last->task.answer_due.us, last->matter, last->task.k } : NULL, 3);
        json_close(&j);
        return OK;
}

/* ---- the letter to a unit without an account ---------------------------------------------------------------------------- */

enum { LETTER_TASK, LETTER_FIELDS };
static const struct field letter_query[] = {
        [LETTER_TASK] = { .name = "task", .type = FIELD_INT, .required = true, .min = 1, .max = MATTER_TASKS_MAX, .help = { "第几项任务", "Number of the task" } },
        [LETTER_FIELDS] = { 0 },
};

static int letter(struct request *req)
{
        const struct town *t;
        struct matter m;
        struct matter_task k;
        struct scope_object object;
        struct str words;
        int rc = house_matter(req, &t, &m, &object);
        if (rc != OK)
                return rc;
        rc = matter_task_get(&req->ctx, &m, value_int(&req->query, LETTER_TASK, 0), &k, &words);
        if (rc != OK)
                return rc;
        req->out.type = "text/plain; charset=utf-8";
        task_letter(&req->out.body, t, &m, &k, words, req->ctx.lang);
        return OK;
}

/* ---- figures ---------------------------------------------------------------------------------------------------------- */

static const struct field cooperation_query[] = {
        FIELDS_OF_PERIOD,
        [PERIOD_BY] = { .name = "by", .type = FIELD_ENUM, .choices = cooperation_group_names, .help = { "按被吹哨的单位（默认）或吹哨的单位", "By the unit called in (default) or the one that called" } },
        [PERIOD_FIELDS] = { 0 },
};

/* As insight/cooperation.c writes it. */
static const struct member kept_members[] = {
        { .name = "in_time", .type = FIELD_INT },
        { .name = "late", .type = FIELD_INT },
        { 0 },
};
static const struct shape kept_shape = { NULL, kept_members, NULL };

static const struct member cooperation_rating_members[] = {
        { .name = "ratings", .type = FIELD_INT },
        { .name = "mean", .type = FIELD_NUMBER },
        { 0 },
};
static const struct shape cooperation_rating_shape = { NULL, cooperation_rating_members, NULL };

static const struct member cooperation_row_members[] = {
        { .name = "unit", .type = FIELD_OBJECT, .of = &named_shape, .maybe = true, .null = true },
        { .name = "asked", .type = FIELD_INT, .maybe = true },
        { .name = "called_off", .type = FIELD_INT, .maybe = true },
        { .name = "open", .type = FIELD_INT, .maybe = true },
        { .name = "overridden", .type = FIELD_INT, .maybe = true },
        { .name = "report_in", .type = FIELD_OBJECT, .of = &kept_shape, .maybe = true },
        { .name = "answer", .type = FIELD_OBJECT, .of = &kept_shape, .maybe = true },
        { .name = "cooperation", .type = FIELD_OBJECT, .of = &cooperation_rating_shape, .maybe = true, .null = true,
          .help = { "只给全域调度看", "For whoever dispatches for the whole town" } },
        { 0 },
};
static const struct shape cooperation_row_shape = { "CooperationRow", cooperation_row_members, &cell_shape };

static const struct member cooperation_members[] = {
        { .name = "from", .type = FIELD_DAY },
        { .name = "to", .type = FIELD_DAY },
        { .name = "by", .type = FIELD_ENUM, .choices = cooperation_group_names },
        { .name = "rows", .type = FIELD_LIST, .of = &cooperation_row_shape },
        { 0 },
};
static const struct shape cooperation_shape = { "Cooperation", cooperation_members, NULL };

static void name_unit(struct json *j, struct str code, void *town)
{
        view_org(j, "unit", town, code);
}

/* A unit may be a handful of people: how it was rated is for whoever dispatches for the whole town. */
static bool sees_ratings(const struct request *req, const struct town *t)
{
        return scope_allows(&req->who.scopes, req->who.login, RIGHT_MATTER_DISPATCH, &(struct scope_object){ .path = t->path });
}

static int cooperation(struct request *req)
{
        struct cooperation out;
        struct tx *tx;
        struct cooperation_in in = { .group = (enum cooperation_group)value_choice(&req->query, PERIOD_BY, COOPERATION_BY_UNIT) };
        view_period(req, &in.from, &in.to);
        int rc = view_cell_reader(req, &in.reader);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = insight_cooperation(&req->ctx, &in, &out);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        cooperation_json(&j, &in, &out, sees_ratings(req, in.reader.town), name_unit, (void *)(uintptr_t)in.reader.town);
        return OK;
}

static const struct route task_routes[] = {
        { .name = "task.list", .method = HTTP_GET, .path = "/api/tasks", .may = RIGHT_MATTER_READ, .scope = SCOPE_LIST, .run_on = RUN_READ,
          .query = tasks_query, .run = list, .answer = &task_item_shape, .answer_form = ANSWER_PAGE,
          .help = { "吹哨后待报到、待答复的任务，先到期的在前", "Open tasks of units called in, what runs out first on top" } },
        { .name = "task.letter", .method = HTTP_GET, .path = "/api/matters/{id}/letter", .may = RIGHT_MATTER_READ, .scope = SCOPE_MATTER, .run_on = RUN_READ,
          .query = letter_query, .answer_type = "text/plain", .run = letter,
          .help = { "给没有账号的单位的协助办理函：可打印、电话念出或贴到上级系统", "The letter to a unit without an account: to print, read out, or paste into the system of the level above" } },
        { .name = "report.cooperation", .method = HTTP_GET, .path = "/api/cooperation", .may = RIGHT_REPORT_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .query = cooperation_query, .run = cooperation, .answer = &cooperation_shape,
          .help = { "吹哨报到：各单位次数、是否按时、配合评价（评价仅全域调度可见）", "Units called in: how often, in time or not, and how they cooperate (ratings for whoever dispatches for the whole town)" } },
};
const struct route_table task_route_table = ROUTES(task_routes);

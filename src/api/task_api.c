/* api/task_api.c — what other units were called in for: their open tasks, and how units work together. */
#include "api/cursor.h"
#include "api/matter_view.h"

enum { TASKS_UNIT, TASKS_LIMIT, TASKS_CURSOR, TASKS_FIELDS };
static const struct field tasks_query[] = {
        [TASKS_UNIT] = { .name = "unit", .type = FIELD_CODE, .help = { "单位代码；不填为我能看到的全部", "Unit called in; all within my reach when left out" } },
        [TASKS_LIMIT] = { .name = "limit", .type = FIELD_INT, .min = 1, .max = MATTER_LIST_MAX, .help = { "条数，默认 50", "How many, 50 by default" } },
        [TASKS_CURSOR] = { .name = "cursor", .type = FIELD_STR, .max = 300, .help = { "上一页给出的 next", "The next of the page before" } },
        [TASKS_FIELDS] = { 0 },
};

static int read_filter(struct request *req, struct task_filter *f)
{
        const struct values *q = &req->query;
        int64_t at[3] = { 0 };
        *f = (struct task_filter){ .unit = value_str(q, TASKS_UNIT), .due = INSTANT_NONE, .max = (int32_t)value_int(q, TASKS_LIMIT, MATTER_LIST_MAX) };
        if (!value_given(q, TASKS_CURSOR))
                return OK;
        int rc = request_cursor_read(req, value_str(q, TASKS_CURSOR), at, 3);
        if (rc != OK)
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
        struct json j = request_json(req, 0);
        json_open(&j);
        json_key(&j, "items");
        json_list(&j);
        for (size_t i = 0; i < rows.n; i++) {
                const struct task_item *k = &rows.row[i];
                struct scope_object object;
                matter_item_scope(t, k->path, k->unit_path, k->assist, k->called, k->respondent, &object);
                if (request_in_scope(req, k->matter, &object) == OK)
                        task_view_item(&j, t, k);
        }
        json_end(&j);
        json_key(&j, "next");
        if (rows.n == (size_t)f.max) {
                const struct task_item *last = &rows.row[rows.n - 1];
                json_str(&j, request_cursor(req, (int64_t[]){ last->task.answer_due.us, last->matter, last->task.k }, 3));
        } else {
                json_null(&j);
        }
        json_close(&j);
        return OK;
}

static const struct route task_routes[] = {
        { .name = "task.list", .method = HTTP_GET, .path = "/api/tasks", .may = RIGHT_MATTER_READ, .scope = SCOPE_LIST, .run_on = RUN_READ,
          .query = tasks_query, .run = list,
          .help = { "吹哨后待报到、待答复的任务，先到期的在前", "Open tasks of units called in, what runs out first on top" } },
};
const struct route_table task_route_table = ROUTES(task_routes);

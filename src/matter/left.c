/* Whom a matter left with a step: they are told that it changed, so that it goes from their lists. */
#include "base/json.h"
#include "matter/inner/fair.h"
#include "matter/task.h"

/* An event that says whose the matter is from then on: its opening, and each step that settled it anew. */
static bool settles(const struct event *e, struct json_object **ret)
{
        return str_find(e->body, STR("\"version\":")) >= 0 && json_parse(e->body, ret, NULL) == OK && json_get(*ret, "unit");
}

static int before_step(struct ctx *ctx, const struct town *t, const struct matter *m, int32_t n, struct scope_object *ret)
{
        struct event_rows rows;
        int rc = event_of(ctx, m->id, &rows);
        for (size_t i = rc == OK ? rows.n : 0; i-- > 0;) {
                JSON_AUTO body = NULL;
                if (rows.row[i].e.n >= n || !settles(&rows.row[i].e, &body))
                        continue;
                const struct org *unit = org_find(&t->orgs, json_text(json_get(body, "unit")));
                const struct place *grid = place_find(&t->places, json_text(json_get(body, "grid")));
                if (unit)
                        ret->org_path = unit->path;
                if (grid)
                        ret->path = grid->path;
                break;
        }
        return rc;
}

/* A unit whose task was called off with this step. */
static int called_off(struct ctx *ctx, const struct town *t, const struct matter *m, int32_t n, bool *any, struct scope_object *ret)
{
        struct matter_tasks tasks;
        int rc = matter_tasks(ctx, m, &tasks);
        for (size_t i = 0; rc == OK && i < tasks.n; i++) {
                const struct org *unit = org_find(&t->orgs, tasks.row[i].unit);
                if (tasks.row[i].state != TASK_CANCELLED || tasks.row[i].ended_n != n || !unit || ret->n_assist == COUNT(ret->assist_paths))
                        continue;
                ret->assist_paths[ret->n_assist++] = unit->path;
                *any = true;
        }
        return rc;
}

int matter_scope_left(struct ctx *ctx, const struct town *t, const struct matter *m, const struct event *step, struct scope_object *ret)
{
        struct json_object *body = NULL;
        bool any = settles(step, &body);
        json_free(&body);
        matter_scope(t, m, ret);
        int rc = any ? before_step(ctx, t, m, step->n, ret) : OK;
        if (rc == OK && m->tasks > 0)
                rc = called_off(ctx, t, m, step->n, &any, ret);
        return rc == OK && !any ? ERR_NONE : rc;
}

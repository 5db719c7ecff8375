#include "insight/course.h"
#include "insight/cells.h"
#include "insight/course_sql.h"

const char *const course_words[] = { "day", "week", "month", NULL };

/* The first day behind the step that @d lies in. */
static struct day step_end(struct day d, enum course_step step)
{
        struct day first;
        int y, m, dd;
        if (step == COURSE_DAY)
                return (struct day){ d.n + 1 };
        if (step == COURSE_WEEK)
                return (struct day){ d.n + 7 - day_weekday(d) };
        day_split(d, &y, &m, &dd);
        return day_make(m == 12 ? y + 1 : y, m == 12 ? 1 : m + 1, 1, &first) ? first : (struct day){ d.n + 31 };
}

static void steps_of(struct arena *a, struct day from, struct day to, enum course_step step, struct course *ret)
{
        *ret = (struct course){ .row = arena_array(a, struct course_row, (size_t)(to.n - from.n) + 1) };
        for (struct day at = from; at.n <= to.n;) {
                struct day end = step_end(at, step);
                ret->row[ret->n++] = (struct course_row){ .from = at, .to = { end.n - 1 < to.n ? end.n - 1 : to.n } };
                at = end;
        }
}

static struct course_row *row_at(struct course *c, int64_t day)
{
        size_t lo = 0, hi = c->n;
        while (lo < hi) {
                size_t mid = (lo + hi) / 2;
                if (c->row[mid].to.n < day)
                        lo = mid + 1;
                else
                        hi = mid;
        }
        return lo < c->n && c->row[lo].from.n <= day ? &c->row[lo] : NULL;
}

static int take_opened(struct ctx *ctx, struct instant since, struct instant before, struct course *c)
{
        struct sql_insight_opened_by_day_rows rows;
        int rc = sql_insight_opened_by_day(ctx->tx, ctx->arena, &(struct sql_insight_opened_by_day_in){ ctx->town, since, before }, &rows);
        for (size_t i = 0; rc == OK && i < rows.n; i++) {
                struct course_row *r = row_at(c, rows.row[i].day);
                if (r) {
                        r->opened += rows.row[i].n;
                        r->reopened += rows.row[i].reopened;
                }
        }
        return rc;
}

static int take_closed(struct ctx *ctx, struct instant since, struct instant before, struct course *c)
{
        struct sql_insight_closed_by_day_rows rows;
        int rc = sql_insight_closed_by_day(ctx->tx, ctx->arena, &(struct sql_insight_closed_by_day_in){ ctx->town, since, before }, &rows);
        for (size_t i = 0; rc == OK && i < rows.n; i++) {
                struct course_row *r = row_at(c, rows.row[i].day);
                if (r)
                        r->closed += rows.row[i].n;
        }
        return rc;
}

static int take_due(struct ctx *ctx, struct instant since, struct instant before, struct course *c)
{
        struct sql_insight_due_by_day_rows rows;
        int rc = sql_insight_due_by_day(ctx->tx, ctx->arena, &(struct sql_insight_due_by_day_in){ ctx->town, since, before, ctx->now }, &rows);
        for (size_t i = 0; rc == OK && i < rows.n; i++) {
                struct course_row *r = row_at(c, rows.row[i].day);
                if (r) {
                        r->due += rows.row[i].n;
                        r->kept += rows.row[i].kept;
                        r->late += rows.row[i].late;
                }
        }
        return rc;
}

static int check_period(struct ctx *ctx, struct day from, struct day to)
{
        if (to.n < from.n || (int64_t)to.n - from.n >= COURSE_DAYS_MAX)
                return err_set(ctx->err, ERR_RANGE, "to", "应不早于 from，期间不超过三年", "Not before from, and within three years of it");
        return OK;
}

int insight_course(struct ctx *ctx, struct day from, struct day to, enum course_step step, struct course *ret)
{
        struct instant since = day_start(from), before = day_start((struct day){ to.n + 1 });
        int rc = check_period(ctx, from, to);
        if (rc != OK)
                return rc;
        steps_of(ctx->arena, from, to, step, ret);
        rc = take_opened(ctx, since, before, ret);
        if (rc == OK)
                rc = take_closed(ctx, since, before, ret);
        return rc == OK ? take_due(ctx, since, before, ret) : rc;
}

int insight_heat(struct ctx *ctx, struct day from, struct day to, struct heat *ret)
{
        struct sql_insight_heat_rows rows;
        int rc = check_period(ctx, from, to);
        if (rc == OK)
                rc = sql_insight_heat(ctx->tx, ctx->arena,
                                      &(struct sql_insight_heat_in){ ctx->town, day_start(from), day_start((struct day){ to.n + 1 }), HEAT_CELLS_MAX }, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct heat){ arena_array(ctx->arena, struct heat_cell, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++) {
                bool few = rows.row[i].n < CELL_WORKERS_MIN;
                ret->row[i] = (struct heat_cell){ rows.row[i].grid, (int32_t)rows.row[i].hour, few ? 0 : rows.row[i].n, few };
        }
        return OK;
}

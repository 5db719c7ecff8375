#include "insight/rates.h"
#include <stdlib.h>
#include "base/map.h"
#include "insight/insight_sql.h"
#include "insight/listen.h"
#include "people/right.h"

const char *const rate_group_names[] = { "all", "unit", "grid", "subject", NULL };

#define FIRST ((struct instant){ INT64_MIN + 1 })

struct tally {
        struct ctx *ctx;
        const struct rates_in *in;
        struct rates_span span;
        struct rates_row *row;
        struct cell_units *units; /* that lead the row's matters */
        size_t n, cap;
        struct map by_key;
};

/* ---- rows by key ----------------------------------------------------------------------------------------------------
 */

static int grow(struct tally *t)
{
        size_t cap = t->cap ? 2 * t->cap : 64;
        if (t->n == RATES_ROWS_MAX)
                return err_set(t->ctx->err, ERR_TOO_BIG, "by", "分组太多", "Too many groups");
        struct rates_row *row = arena_array(t->ctx->arena, struct rates_row, cap);
        struct cell_units *units = arena_array(t->ctx->arena, struct cell_units, cap);
        if (t->n) {
                memcpy(row, t->row, t->n * sizeof(row[0]));
                memcpy(units, t->units, t->n * sizeof(units[0]));
        }
        t->row = row;
        t->units = units;
        t->cap = cap;
        return OK;
}

static int row_of(struct tally *t, struct str key, struct rates_row **ret)
{
        uint32_t at = map_get(&t->by_key, key);
        if (at == MAP_NONE && (t->n == t->cap || t->n == RATES_ROWS_MAX)) {
                int rc = grow(t);
                if (rc != OK)
                        return rc;
        }
        if (at == MAP_NONE) {
                at = (uint32_t)t->n++;
                t->row[at].cells = 1;
                t->row[at].key = str_dup(t->ctx->arena, key);
                map_put(&t->by_key, t->ctx->arena, t->row[at].key, at);
        }
        *ret = &t->row[at];
        return OK;
}

/* ---- reading --------------------------------------------------------------------------------------------------------
 */

/* The two statements give rows of the same shape; only their C types differ. */
#define RATED(r)                                                                                                       \
        (struct rated)                                                                                                 \
        {                                                                                                              \
                .anonymous = (r)->anonymous, .open = (r)->open, .excluded = (r)->excluded,                             \
                .first_due = (r)->first_due, .promised = (r)->promised, .due = (r)->due,                               \
                .contact_due = (r)->contact_due, .contacted = (r)->contacted, .answered = (r)->answered,               \
                .closed = (r)->closed, .solved = (r)->solved, .satisfied = (r)->satisfied, .reopened = (r)->reopened, .calls = (r)->calls, .call_open = (r)->call_open, .call_rated = (r)->call_rated, .moved = (r)->moved, .shelved = (r)->shelved,                             \
        }

static int take(struct tally *t, int64_t matter, struct str key, struct str unit, struct str path, const struct rated *m)
{
        struct rates_row *row;
        if (!path_within(path, t->in->within) || !rates_counts(m, &t->span))
                return OK; /* no group comes into being for a matter that does not count */
        int rc = row_of(t, key, &row);
        if (rc != OK)
                return rc;
        rates_take(row, m, &t->span);
        if (t->in->seen) {
                struct rates_row alone = { .cells = 1 };
                rates_take(&alone, m, &t->span);
                t->in->seen(t->in->arg, matter, key, &alone);
        }
        if (t->in->group != RATE_ALL)
                cell_add_unit(t->ctx->arena, &t->units[row - t->row], unit);
        return OK;
}

/* Matters that are open, or closed, from @after on in the order of their promised day, up to @upto. */
static int take_by_due(struct tally *t, bool open, struct instant after, struct instant upto)
{
        struct sql_insight_by_due_in in = { .town = t->ctx->town,
                                            .by = (int32_t)t->in->group,
                                            .whole = t->in->within.n == 0,
                                            .open = open,
                                            .due = after,
                                            .after = INT64_MAX,
                                            .upto = upto };
        for (;;) {
                ARENA_AUTO page = { 0 };
                struct sql_insight_by_due_rows rows;
                int rc = sql_insight_by_due(t->ctx->tx, &page, &in, &rows);
                if (rc != OK || rows.n == 0)
                        return rc;
                for (size_t i = 0; i < rows.n && rc == OK; i++) {
                        const struct sql_insight_by_due_row *r = &rows.row[i];
                        rc = take(t, r->matter, r->key, r->unit, r->path, &RATED(r));
                        in.due = r->due;
                        in.after = r->matter;
                }
                if (rc != OK)
                        return rc;
        }
}

/* What was closed after the period's end but not promised for it: it may have been a sore then. */
static int take_closed_since(struct tally *t)
{
        struct sql_insight_by_closed_in in = { .town = t->ctx->town,
                                               .by = (int32_t)t->in->group,
                                               .whole = t->in->within.n == 0,
                                               .closed = t->span.end,
                                               .after = INT64_MAX };
        for (;;) {
                ARENA_AUTO page = { 0 };
                struct sql_insight_by_closed_rows rows;
                int rc = sql_insight_by_closed(t->ctx->tx, &page, &in, &rows);
                if (rc != OK || rows.n == 0)
                        return rc;
                for (size_t i = 0; i < rows.n && rc == OK; i++) {
                        const struct sql_insight_by_closed_row *r = &rows.row[i];
                        bool seen = r->open || (r->due.us >= t->span.lo.us && r->due.us <= t->span.hi.us);
                        if (!seen)
                                rc = take(t, r->matter, r->key, r->unit, r->path, &RATED(r));
                        in.closed = r->closed;
                        in.after = r->matter;
                }
                if (rc != OK)
                        return rc;
        }
}

static int take_all(struct tally *t)
{
        int rc = take_by_due(t, true, FIRST, (struct instant){ INT64_MAX });
        if (rc == OK)
                rc = take_by_due(t, false, (struct instant){ t->span.lo.us - 1 }, t->span.hi);
        if (rc == OK)
                rc = take_closed_since(t);
        return rc;
}

/* ---- the answer -----------------------------------------------------------------------------------------------------
 */

static int by_key(const void *a, const void *b)
{
        return str_cmp(((const struct rates_row *)a)->key, ((const struct rates_row *)b)->key);
}

/* Rows that this reader does not see by themselves become one. */
static void join_small(struct tally *t)
{
        struct cell_units rest;
        struct rates_row sum = { .key = STR("") };
        size_t n = 0;
        sum.cells = (int64_t)cells_join(t->ctx->arena, &t->in->reader, t->units, t->n, &rest);
        for (size_t i = 0; i < t->n; i++)
                if (t->units[i].joined)
                        rates_add(&sum, &t->row[i]);
                else
                        t->row[n++] = t->row[i];
        t->n = n;
        if (n)
                qsort(t->row, n, sizeof(struct rates_row), by_key);
        sum.withheld = sum.cells > 0 && cells_withheld(&rest);
        if (sum.cells > 0)
                t->row[t->n++] = sum;
        if (t->in->everybody)
                rates_hush(t->row, t->n);
        if (sum.withheld)
                t->row[t->n - 1] = (struct rates_row){ .key = STR(""), .cells = sum.cells, .withheld = true };
}

static int check_period(struct ctx *ctx, const struct rates_in *in)
{
        if (in->to.n < in->from.n)
                return err_set(ctx->err, ERR_RANGE, "to", "结束日期早于开始日期", "The last day is before the first");
        if ((int64_t)in->to.n - in->from.n >= RATES_DAYS_MAX)
                return err_set(ctx->err, ERR_RANGE, "to", "期间不能超过三年", "The period is longer than three years");
        return OK;
}

int insight_rates(struct ctx *ctx, const struct rates_in *in, struct rates *ret)
{
        struct tally t = { .ctx = ctx, .in = in };
        struct rates_row *all;
        struct listen_lag lag;
        int rc = check_period(ctx, in);
        if (rc != OK)
                return rc;
        t.span = (struct rates_span){ .lo = day_start(in->from), .hi = day_end(in->to) };
        t.span.end = t.span.hi.us < ctx->now.us ? t.span.hi : ctx->now;
        map_init(&t.by_key, ctx->arena, 64);
        rc = listen_lag(ctx, LISTENER_CASES, &lag);
        if (rc == OK && in->group == RATE_ALL)
                rc = row_of(&t, STR(""), &all); /* a period without matters still answers, with nulls */
        if (rc == OK)
                rc = take_all(&t);
        if (rc != OK)
                return rc;
        join_small(&t);
        *ret = (struct rates){ .row = t.row,
                               .n = t.n,
                               .end = t.span.end,
                               .lag_seals = lag.seals,
                               .parked = lag.parked,
                               .as_of = lag.seals > 0 ? lag.upto : ctx->now };
        return OK;
}

#include "insight/returns.h"
#include "insight/insight_sql.h"

#define PERIOD_DAYS_MAX (3 * 366)

const char *const returns_group_names[] = { "unit", "duty", NULL };

/* Whose work a row is: the unit, or the one that the duty row names. */
static struct str unit_of(const struct returns_in *in, struct str key)
{
        const struct town *t = in->reader.town;
        if (in->group == RETURNS_BY_UNIT)
                return key;
        uint32_t at = duty_find(&t->duties, key);
        return at == DUTY_NONE ? STR("") : t->duties.row[at].lead;
}

static void row_add(struct returns_row *to, const struct returns_row *r)
{
        to->returned += r->returned;
        to->upheld += r->upheld;
        to->overruled += r->overruled;
        to->waiting += r->waiting;
        to->lost_us += r->lost_us;
}

static void rows_of(struct arena *a, const struct returns_in *in, const struct sql_insight_returns_rows *rows, struct returns *ret)
{
        struct cell_units *cell = arena_array(a, struct cell_units, rows->n + 1), rest;
        struct returns_row sum = { .key = STR("") };
        for (size_t i = 0; i < rows->n; i++)
                cell_add_unit(a, &cell[i], unit_of(in, rows->row[i].key));
        sum.cells = (int64_t)cells_join(a, &in->reader, cell, rows->n, &rest);
        *ret = (struct returns){ .row = arena_array(a, struct returns_row, rows->n + 1) };
        for (size_t i = 0; i < rows->n; i++) {
                const struct sql_insight_returns_row *r = &rows->row[i];
                struct returns_row row = { .key = r->key, .cells = 1, .returned = r->returned, .upheld = r->upheld, .overruled = r->overruled,
                                           .waiting = r->waiting, .lost_us = r->lost };
                if (cell[i].joined)
                        row_add(&sum, &row);
                else
                        ret->row[ret->n++] = row;
        }
        if (sum.cells > 0 && cells_withheld(&rest))
                sum = (struct returns_row){ .key = STR(""), .cells = sum.cells, .withheld = true };
        if (sum.cells > 0)
                ret->row[ret->n++] = sum;
}

int insight_returns(struct ctx *ctx, const struct returns_in *in, struct returns *ret)
{
        struct sql_insight_returns_rows rows;
        if (in->to.n < in->from.n || (int64_t)in->to.n - in->from.n >= PERIOD_DAYS_MAX)
                return err_set(ctx->err, ERR_RANGE, "to", "应不早于 from，期间不超过三年", "Not before from, and within three years of it");
        int rc = sql_insight_returns(ctx->tx, ctx->arena,
                                     &(struct sql_insight_returns_in){ .town = ctx->town,
                                                                       .by = (int32_t)in->group,
                                                                       .since = day_start(in->from),
                                                                       .before = day_start((struct day){ in->to.n + 1 }),
                                                                       .now = ctx->now },
                                     &rows);
        if (rc == OK)
                rows_of(ctx->arena, in, &rows, ret);
        return rc;
}

static void figures_json(struct json *j, const struct returns_row *row)
{
        json_kint(j, "returned", row->returned);
        json_kint(j, "upheld", row->upheld);
        json_kint(j, "overruled", row->overruled);
        json_kint(j, "waiting", row->waiting);
        json_key(j, "lost_hours");
        json_double(j, (double)row->lost_us / (double)US_PER_HOUR, 1);
}

void returns_json(struct json *j, const struct returns_in *in, const struct returns *r,
                  void (*name)(struct json *, enum returns_group, struct str code, void *arg), void *arg)
{
        json_open(j);
        json_kday(j, "from", in->from);
        json_kday(j, "to", in->to);
        json_kc(j, "by", returns_group_names[in->group]);
        json_key(j, "rows");
        json_list(j);
        for (size_t i = 0; i < r->n; i++) {
                const struct returns_row *row = &r->row[i];
                json_open(j);
                json_kstr(j, "key", row->key);
                cell_json(j, row->cells, row->withheld);
                if (name && row->cells == 1)
                        name(j, in->group, row->key, arg);
                if (!row->withheld)
                        figures_json(j, row);
                json_close(j);
        }
        json_end(j);
        json_close(j);
}

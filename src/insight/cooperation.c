#include "insight/cooperation.h"
#include "insight/insight_sql.h"

const char *const cooperation_group_names[] = { "unit", "lead", NULL };

static void row_add(struct cooperation_row *to, const struct cooperation_row *r)
{
        to->asked += r->asked;
        to->cancelled += r->cancelled;
        to->open += r->open;
        to->overridden += r->overridden;
        to->report_kept += r->report_kept;
        to->report_missed += r->report_missed;
        to->answer_kept += r->answer_kept;
        to->answer_missed += r->answer_missed;
        to->rated += r->rated;
        to->rating_sum += r->rating_sum;
}

static void rows_of(struct arena *a, const struct cooperation_in *in, const struct sql_insight_cooperation_rows *rows, struct cooperation *ret)
{
        struct cell_units *cell = arena_array(a, struct cell_units, rows->n + 1), rest;
        struct cooperation_row sum = { .key = STR("") };
        for (size_t i = 0; i < rows->n; i++)
                cell_add_unit(a, &cell[i], rows->row[i].key);
        sum.cells = (int64_t)cells_join(a, &in->reader, cell, rows->n, &rest);
        *ret = (struct cooperation){ .row = arena_array(a, struct cooperation_row, rows->n + 1) };
        for (size_t i = 0; i < rows->n; i++) {
                const struct sql_insight_cooperation_row *r = &rows->row[i];
                struct cooperation_row row = { .key = r->key, .cells = 1, .asked = r->asked, .cancelled = r->cancelled, .open = r->still_open,
                                               .overridden = r->overridden, .report_kept = r->report_kept,
                                               .report_missed = r->report_missed, .answer_kept = r->answer_kept,
                                               .answer_missed = r->answer_missed, .rated = r->rated, .rating_sum = r->rating_sum };
                if (cell[i].joined)
                        row_add(&sum, &row);
                else
                        ret->row[ret->n++] = row;
        }
        if (sum.cells > 0 && cells_withheld(&rest))
                sum = (struct cooperation_row){ .key = STR(""), .cells = sum.cells, .withheld = true };
        if (sum.cells > 0)
                ret->row[ret->n++] = sum;
}

int insight_cooperation(struct ctx *ctx, const struct cooperation_in *in, struct cooperation *ret)
{
        struct sql_insight_cooperation_rows rows;
        if (in->to.n < in->from.n || (int64_t)in->to.n - in->from.n >= COOPERATION_DAYS_MAX)
                return err_set(ctx->err, ERR_RANGE, "to", "应不早于 from，期间不超过三年", "Not before from, and within three years of it");
        struct sql_insight_cooperation_in ask = { .town = ctx->town, .by = (int32_t)in->group, .since = day_start(in->from),
                                                  .before = day_start((struct day){ in->to.n + 1 }), .now = ctx->now };
        int rc = sql_insight_cooperation(ctx->tx, ctx->arena, &ask, &rows);
        if (rc == OK)
                rows_of(ctx->arena, in, &rows, ret);
        return rc;
}

static void kept_json(struct json *j, const char *key, int64_t kept, int64_t missed)
{
        json_key(j, key);
        json_open(j);
        json_kint(j, "in_time", kept);
        json_kint(j, "late", missed);
        json_close(j);
}

static void rating_json(struct json *j, const struct cooperation_row *r, bool shown)
{
        json_key(j, "cooperation");
        if (!shown || r->rated == 0) {
                json_null(j);
                return;
        }
        json_open(j);
        json_kint(j, "ratings", r->rated);
        json_key(j, "mean");
        json_double(j, (double)r->rating_sum / (double)r->rated, 1);
        json_close(j);
}

static void figures_json(struct json *j, const struct cooperation_row *r, bool ratings)
{
        json_kint(j, "asked", r->asked);
        json_kint(j, "called_off", r->cancelled);
        json_kint(j, "open", r->open);
        json_kint(j, "overridden", r->overridden);
        kept_json(j, "report_in", r->report_kept, r->report_missed);
        kept_json(j, "answer", r->answer_kept, r->answer_missed);
        rating_json(j, r, ratings);
}

void cooperation_json(struct json *j, const struct cooperation_in *in, const struct cooperation *c, bool ratings,
                      void (*name)(struct json *, struct str code, void *arg), void *arg)
{
        json_open(j);
        json_kday(j, "from", in->from);
        json_kday(j, "to", in->to);
        json_kc(j, "by", cooperation_group_names[in->group]);
        json_key(j, "rows");
        json_list(j);
        for (size_t i = 0; i < c->n; i++) {
                const struct cooperation_row *r = &c->row[i];
                json_open(j);
                json_kstr(j, "key", r->key);
                cell_json(j, r->cells, r->withheld);
                if (r->cells == 1)
                        name(j, r->key, arg);
                if (!r->withheld)
                        figures_json(j, r, ratings);
                json_close(j);
        }
        json_end(j);
        json_close(j);
}

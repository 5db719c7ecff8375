#include "insight/returns.h"
#include "insight/insight_sql.h"

#define PERIOD_DAYS_MAX (3 * 366)

const char *const returns_group_names[] = { "unit", "duty", NULL };

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
        if (rc != OK)
                return rc;
        ret->n = rows.n;
        ret->row = arena_array(ctx->arena, struct returns_row, rows.n);
        for (size_t i = 0; i < rows.n; i++) {
                const struct sql_insight_returns_row *r = &rows.row[i];
                ret->row[i] = (struct returns_row){ r->key, r->returned, r->upheld, r->overruled, r->waiting, r->lost };
        }
        return OK;
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
                if (name)
                        name(j, in->group, row->key, arg);
                json_kint(j, "returned", row->returned);
                json_kint(j, "upheld", row->upheld);
                json_kint(j, "overruled", row->overruled);
                json_kint(j, "waiting", row->waiting);
                json_key(j, "lost_hours");
                json_double(j, (double)row->lost_us / (double)US_PER_HOUR, 1);
                json_close(j);
        }
        json_end(j);
        json_close(j);
}

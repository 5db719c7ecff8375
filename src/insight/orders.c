#include "insight/orders.h"
#include "insight/orders_sql.h"

int insight_orders(struct ctx *ctx, struct day from, struct day to, struct orders *ret)
{
        struct sql_insight_orders_rows rows;
        if (to.n < from.n || (int64_t)to.n - from.n >= ORDERS_DAYS_MAX)
                return err_set(ctx->err, ERR_RANGE, "to", "应不早于 from，期间不超过三年", "Not before from, and within three years of it");
        struct sql_insight_orders_in in = { .town = ctx->town, .since = day_start(from), .before = day_start((struct day){ to.n + 1 }),
                                            .now = ctx->now, .soon = { ctx->now.us + ORDERS_SOON_DAYS * US_PER_DAY } };
        int rc = sql_insight_orders(ctx->tx, ctx->arena, &in, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct orders){ arena_array(ctx->arena, struct orders_row, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++) {
                const struct sql_insight_orders_row *r = &rows.row[i];
                ret->row[i] = (struct orders_row){ r->system, r->orders, r->still_open, r->kept, r->late, r->overdue, r->returned,
                                                   r->taken_back, r->refused, r->redone, r->rounds, r->soon, r->past_ours };
        }
        return OK;
}

static void rate(struct json *j, const char *name, int64_t part, int64_t whole)
{
        json_key(j, name);
        if (whole == 0)
                json_null(j);
        else
                json_double(j, (double)part / (double)whole, 4);
}

void orders_json(struct json *j, struct day from, struct day to, const struct orders *o,
                 void (*name)(struct json *, struct str system, void *arg), void *arg)
{
        json_open(j);
        json_kday(j, "from", from);
        json_kday(j, "to", to);
        json_kint(j, "soon_days", ORDERS_SOON_DAYS);
        json_key(j, "rows");
        json_list(j);
        for (size_t i = 0; i < o->n; i++) {
                const struct orders_row *r = &o->row[i];
                json_open(j);
                json_kstr(j, "system", r->system);
                if (name)
                        name(j, r->system, arg);
                json_kint(j, "orders", r->orders);
                json_kint(j, "open", r->open);
                json_kint(j, "in_time", r->kept);
                json_kint(j, "late", r->late);
                json_kint(j, "overdue", r->overdue);
                rate(j, "in_time_rate", r->kept, r->kept + r->late + r->overdue);
                json_kint(j, "returned", r->returned);
                json_kint(j, "taken_back", r->taken_back);
                json_kint(j, "refused", r->refused);
                json_kint(j, "redone", r->redone);
                json_kint(j, "rounds", r->rounds);
                rate(j, "redo_rate", r->redone, r->orders);
                json_kint(j, "due_soon", r->soon);
                json_kint(j, "past_ours", r->past_ours);
                json_close(j);
        }
        json_end(j);
        json_close(j);
}

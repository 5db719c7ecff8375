#include "insight/cooperation.h"
#include "insight/insight_sql.h"

const char *const cooperation_group_names[] = { "unit", "lead", NULL };

int insight_cooperation(struct ctx *ctx, const struct cooperation_in *in, struct cooperation *ret)
{
        struct sql_insight_cooperation_rows rows;
        if (in->to.n < in->from.n || (int64_t)in->to.n - in->from.n >= COOPERATION_DAYS_MAX)
                return err_set(ctx->err, ERR_RANGE, "to", "应不早于 from，期间不超过三年", "Not before from, and within three years of it");
        struct sql_insight_cooperation_in ask = { .town = ctx->town, .by = (int32_t)in->group, .since = day_start(in->from),
                                                  .before = day_start((struct day){ in->to.n + 1 }), .now = ctx->now };
        int rc = sql_insight_cooperation(ctx->tx, ctx->arena, &ask, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct cooperation){ arena_array(ctx->arena, struct cooperation_row, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++) {
                const struct sql_insight_cooperation_row *r = &rows.row[i];
                ret->row[i] = (struct cooperation_row){ .key = r->key, .asked = r->asked, .cancelled = r->cancelled, .open = r->still_open,
                                                        .overridden = r->overridden, .report_kept = r->report_kept,
                                                        .report_missed = r->report_missed, .answer_kept = r->answer_kept,
                                                        .answer_missed = r->answer_missed, .rated = r->rated, .rating_sum = r->rating_sum };
        }
        return OK;
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
                name(j, r->key, arg);
                json_kint(j, "asked", r->asked);
                json_kint(j, "called_off", r->cancelled);
                json_kint(j, "open", r->open);
                json_kint(j, "overridden", r->overridden);
                kept_json(j, "report_in", r->report_kept, r->report_missed);
                kept_json(j, "answer", r->answer_kept, r->answer_missed);
                rating_json(j, r, ratings);
                json_close(j);
        }
        json_end(j);
        json_close(j);
}

#include "insight/sources.h"
#include "insight/insight_sql.h"
#include "matter/source.h"

int insight_sources(struct ctx *ctx, struct day from, struct day to, struct sources *ret)
{
        struct sql_insight_sources_rows rows;
        if (to.n < from.n || (int64_t)to.n - from.n >= SOURCES_DAYS_MAX)
                return err_set(ctx->err, ERR_RANGE, "to", "应不早于 from，期间不超过三年", "Not before from, and within three years of it");
        struct sql_insight_sources_in in = { .town = ctx->town, .since = day_start(from), .before = day_start((struct day){ to.n + 1 }) };
        int rc = sql_insight_sources(ctx->tx, ctx->arena, &in, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct sources){ arena_array(ctx->arena, struct sources_row, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++) {
                const struct sql_insight_sources_row *r = &rows.row[i];
                ret->row[i] = (struct sources_row){ r->source, r->opened, r->still_open, r->answered, r->closed, r->again };
        }
        return OK;
}

static void name_of(struct json *j, struct str code)
{
        enum source s = source_find(code);
        json_key(j, "name");
        json_open(j);
        json_kstr(j, "zh", s < SOURCES ? str_of(source_kinds[s].name.zh) : code);
        json_kstr(j, "en", s < SOURCES ? str_of(source_kinds[s].name.en) : code);
        json_close(j);
}

void sources_json(struct json *j, struct day from, struct day to, const struct sources *s)
{
        json_open(j);
        json_kday(j, "from", from);
        json_kday(j, "to", to);
        json_key(j, "rows");
        json_list(j);
        for (size_t i = 0; i < s->n; i++) {
                const struct sources_row *r = &s->row[i];
                json_open(j);
                json_kstr(j, "source", r->source);
                name_of(j, r->source);
                json_kint(j, "opened", r->opened);
                json_kint(j, "open", r->still_open);
                json_kint(j, "answered", r->answered);
                json_kint(j, "closed", r->closed);
                json_kint(j, "reopened", r->again);
                json_close(j);
        }
        json_end(j);
        json_close(j);
}

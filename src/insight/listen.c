#include "insight/listen.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/map.h"
#include "insight/inner/listener.h"
#include "insight/insight_sql.h"

const char *const listener_names[LISTENERS] = { "insight", "search" };
static const struct listener_kind *const kinds[LISTENERS] = { &listener_cases, &listener_search };

struct gathered_matter {
        int64_t matter;
        int rc; /* OK, or why it is parked */
        const void *item;
        size_t cost;
};

/* Is it this matter that cannot be read, or the store that fails? */
static bool is_own_fault(int rc)
{
        return rc == ERR_NONE || rc == ERR_BAD || rc == ERR_UTF8 || rc == ERR_TYPE || rc == ERR_RANGE ||
               rc == ERR_MISSING || rc == ERR_TOO_BIG || rc == ERR_UNKNOWN || rc == ERR_STATE;
}

static void park_aloud(struct ctx *ctx, enum listener who, int64_t matter, int rc)
{
        log_error("insight: listener %s parks matter=%lld town=%lld error=%s", listener_names[who], (long long)matter,
                  (long long)ctx->town, err_kind(rc)->name);
}

/* ---- gathering ------------------------------------------------------------------------------------------------------
 */

/* Each matter once, in the order of its first event. */
static size_t distinct(struct arena *a, const struct event_rows *rows, struct heard **ret)
{
        struct heard *out = arena_array(a, struct heard, rows->n);
        struct map seen;
        size_t n = 0;
        map_init(&seen, a, rows->n);
        for (size_t i = 0; i < rows->n; i++) {
                const struct event *e = &rows->row[i].e;
                if (!event_is_of_matter(e))
                        continue;
                struct str key = { (const char *)&e->matter, sizeof(e->matter) };
                uint32_t at = map_put(&seen, a, key, (uint32_t)n);
                if (at == MAP_NONE) {
                        at = (uint32_t)n++;
                        out[at].matter = e->matter;
                }
                out[at].opened = out[at].opened || e->n == 1;
                out[at].erased = out[at].erased || str_is(e->kind, "erased");
        }
        *ret = out;
        return n;
}

struct str heard_ids(struct arena *a, const struct heard *h, size_t n)
{
        BUF_AUTO out = BUF(24 * LISTEN_READ_MAX);
        for (size_t i = 0; i < n; i++) {
                if (i > 0)
                        buf_char(&out, ',');
                buf_int(&out, h[i].matter);
        }
        return str_dup(a, buf_view(&out));
}

size_t heard_find(const struct heard *h, size_t n, int64_t matter)
{
        size_t i = 0;
        while (i < n && h[i].matter != matter)
                i++;
        return i;
}

static int gather_some(struct ctx *ctx, enum listener who, const struct heard *h, size_t n, struct gathered_matter *ret)
{
        struct found *found = arena_array(ctx->arena, struct found, n);
        int rc = kinds[who]->read(ctx, h, n, found);
        if (rc != OK)
                return rc;
        for (size_t i = 0; i < n; i++) {
                if (found[i].rc != OK && !is_own_fault(found[i].rc))
                        return found[i].rc;
                if (found[i].rc != OK)
                        park_aloud(ctx, who, h[i].matter, found[i].rc);
                ret[i] = (struct gathered_matter){ .matter = h[i].matter, .rc = found[i].rc, .item = found[i].item, .cost = found[i].cost };
        }
        return OK;
}

int listen_gather(struct ctx *ctx, enum listener who, int max, struct gathered *ret)
{
        struct gathered g = { .who = who };
        struct event_rows rows;
        struct heard *heard;
        size_t wanted = 0;
        int rc = event_cursor(ctx, str_of(listener_names[who]), &g.from);
        if (rc == OK)
                rc = event_after(ctx, g.from, max, &rows, &g.to);
        if (rc != OK)
                return rc;
        size_t n = distinct(ctx->arena, &rows, &heard);
        for (size_t i = 0; i < n; i++)
                if (kinds[who]->wants(&heard[i]))
                        heard[wanted++] = heard[i];
        g.events = (int)rows.n;
        g.row = arena_array(ctx->arena, struct gathered_matter, wanted);
        while (rc == OK && g.n < wanted) {
                size_t some = wanted - g.n < LISTEN_READ_MAX ? wanted - g.n : LISTEN_READ_MAX;
                rc = gather_some(ctx, who, heard + g.n, some, g.row + g.n);
                g.n += some;
        }
        if (rc == OK)
                *ret = g;
        return rc;
}

/* ---- applying -------------------------------------------------------------------------------------------------------
 */

static int park(struct ctx *ctx, enum listener who, const struct gathered_matter *m)
{
        return sql_insight_park(ctx->tx,
                                &(struct sql_insight_park_in){ .town = ctx->town,
                                                               .listener = str_of(listener_names[who]),
                                                               .matter = m->matter,
                                                               .at = ctx->now,
                                                               .error = str_of(err_kind(m->rc)->name) },
                                NULL);
}

static int apply(struct ctx *ctx, enum listener who, const struct gathered_matter *m, size_t n)
{
        const void **item = arena_array(ctx->arena, const void *, n);
        size_t items = 0;
        int rc = OK;
        for (size_t i = 0; i < n && rc == OK; i++) {
                if (m[i].rc != OK)
                        rc = park(ctx, who, &m[i]);
                else if (m[i].item)
                        item[items++] = m[i].item;
        }
        return rc == OK ? kinds[who]->write(ctx, item, items) : rc;
}

int listen_apply(struct ctx *ctx, const struct gathered *g, size_t at, size_t *ret_next)
{
        size_t cost = 0, end = at;
        while (end < g->n && cost < LISTEN_COST_MAX)
                cost += g->row[end++].cost;
        int rc = apply(ctx, g->who, g->row + at, end - at);
        if (rc == OK && end == g->n && g->to != g->from)
                rc = event_cursor_set(ctx, str_of(listener_names[g->who]), g->to);
        if (rc == OK)
                *ret_next = end;
        return rc;
}

static int catch_up(struct ctx *ctx, enum listener who, int max, int *ret_n)
{
        struct gathered g;
        size_t at = 0;
        int rc = listen_gather(ctx, who, max, &g);
        if (rc != OK)
                return rc;
        do
                rc = listen_apply(ctx, &g, at, &at);
        while (rc == OK && at < g.n);
        if (rc == OK)
                *ret_n = g.events;
        return rc;
}

int insight_catch_up(struct ctx *ctx, int max, int *ret_n)
{
        return catch_up(ctx, LISTENER_CASES, max, ret_n);
}

int search_catch_up(struct ctx *ctx, int max, int *ret_n)
{
        return catch_up(ctx, LISTENER_SEARCH, max, ret_n);
}

/* ---- the parked -----------------------------------------------------------------------------------------------------
 */

static int again_one(struct ctx *ctx, enum listener who, int64_t matter, int *ret_n)
{
        /* What was heard then is not kept: look at it as if all had been said. */
        struct heard all = { .matter = matter, .opened = true, .erased = true };
        struct gathered_matter m;
        int rc = gather_some(ctx, who, &all, 1, &m);
        if (rc == OK)
                rc = apply(ctx, who, &m, 1);
        if (rc != OK || m.rc != OK)
                return rc;
        ++*ret_n;
        return sql_insight_unpark(ctx->tx,
                                  &(struct sql_insight_unpark_in){ .town = ctx->town,
                                                                   .matter = matter,
                                                                   .listener = str_of(listener_names[who]) },
                                  NULL);
}

int listen_again(struct ctx *ctx, enum listener who, int max, int *ret_n)
{
        struct sql_insight_parked_rows rows;
        int n = 0;
        int rc = sql_insight_parked(ctx->tx, ctx->arena,
                                    &(struct sql_insight_parked_in){
                                            .town = ctx->town, .max = max, .listener = str_of(listener_names[who]) },
                                    &rows);
        for (size_t i = 0; rc == OK && i < rows.n; i++)
                rc = again_one(ctx, who, rows.row[i].matter, &n);
        if (rc == OK)
                *ret_n = n;
        return rc;
}

int listen_lag(struct ctx *ctx, enum listener who, struct listen_lag *ret)
{
        struct sql_insight_lag_row row;
        int rc = sql_insight_lag(
                ctx->tx, ctx->arena,
                &(struct sql_insight_lag_in){ .town = ctx->town, .listener = str_of(listener_names[who]) }, &row);
        if (rc == OK)
                *ret = (struct listen_lag){ .seals = row.seals, .parked = row.parked, .upto = row.upto };
        return rc;
}

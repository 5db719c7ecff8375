#include "base/log.h"
#include "notice/inner/derive.h"
#include "notice/notice_sql.h"

/* Rows that one command writes: some 10 ms of the commit thread. */
#define APPLY_MAX 400

/* Is it this matter that cannot be read, or the store that fails? */
static bool is_own_fault(int rc)
{
        return rc == ERR_NONE || rc == ERR_BAD || rc == ERR_UTF8 || rc == ERR_TYPE || rc == ERR_RANGE || rc == ERR_MISSING ||
               rc == ERR_TOO_BIG || rc == ERR_UNKNOWN || rc == ERR_STATE || rc == ERR_RULE || rc == ERR_SCHEMA;
}

/* The others go on, and the desk finds it among what was not delivered. */
static void set_aside(struct ctx *ctx, const struct event *e, int rc, struct notice_batch *b)
{
        const char *name = err_kind(rc)->name;
        log_error("notice: matter=%lld n=%d town=%lld cannot be read: %s", (long long)e->matter, (int)e->n, (long long)ctx->town, name);
        struct sql_notice_add_in row = {
                .town = ctx->town, .matter = e->matter, .n = e->n, .kind = STR("event"), .recipient = STR("desk"), .channel = STR("app"),
                .lang = STR("zh"), .proc = STR(""), .step = STR(""), .unit = STR(""), .why = e->kind, .clock = STR(""),
                .due = INSTANT_NONE, .was = INSTANT_NONE, .at = e->at, .state = STR(UNDELIVERED), .next_at = INSTANT_NONE,
                .done_at = INSTANT_NONE, .error = str_of(name),
        };
        notice_append(ctx, b, &row);
}

int notice_gather(struct ctx *ctx, const struct town *t, const struct notice_ways *ways, int max, struct notice_batch *ret)
{
        struct notice_batch b = { 0 };
        struct event_rows rows;
        int rc = event_cursor(ctx, STR(NOTICE_LISTENER), &b.from);
        if (rc == OK)
                rc = event_after(ctx, b.from, max, &rows, &b.to);
        if (rc != OK)
                return rc;
        b.events = (int)rows.n;
        b.erased = arena_array(ctx->arena, int64_t, rows.n);
        for (size_t i = 0; i < rows.n && rc == OK; i++) {
                const struct event *e = &rows.row[i].e;
                if (!event_is_of_matter(e))
                        continue;
                if (str_is(e->kind, "erased"))
                        b.erased[b.n_erased++] = e->matter;
                rc = notice_derive(ctx, t, ways, e, &b);
                if (rc != OK && is_own_fault(rc)) {
                        set_aside(ctx, e, rc, &b);
                        rc = OK;
                }
        }
        if (rc == OK)
                *ret = b;
        return rc;
}

static int forget(struct ctx *ctx, int64_t matter)
{
        int rc = sql_notice_wish_drop(ctx->tx, &(struct sql_notice_wish_drop_in){ ctx->town, matter }, NULL);
        if (rc == OK)
                rc = sql_notice_forget(ctx->tx, &(struct sql_notice_forget_in){ ctx->town, matter, ctx->now }, NULL);
        return rc;
}

int notice_apply(struct ctx *ctx, const struct notice_batch *b, size_t at, size_t *ret_next)
{
        size_t end = b->n - at < APPLY_MAX ? b->n : at + APPLY_MAX;
        int rc = OK;
        for (size_t i = at; i < end && rc == OK; i++)
                rc = sql_notice_add(ctx->tx, &b->row[i], NULL);
        for (size_t i = 0; end == b->n && i < b->n_erased && rc == OK; i++)
                rc = forget(ctx, b->erased[i]);
        if (rc == OK && end == b->n && b->to != b->from)
                rc = event_cursor_set(ctx, STR(NOTICE_LISTENER), b->to);
        if (rc == OK)
                *ret_next = end;
        return rc;
}

int notice_catch_up(struct ctx *ctx, const struct town *t, const struct notice_ways *ways, int max, int *ret_n)
{
        struct notice_batch b;
        size_t at = 0;
        int rc = notice_gather(ctx, t, ways, max, &b);
        if (rc != OK)
                return rc;
        do
                rc = notice_apply(ctx, &b, at, &at);
        while (rc == OK && at < b.n);
        if (rc == OK)
                *ret_n = b.events;
        return rc;
}

/* insight/cases.c — the row of a matter that figures are counted from. */
#include "insight/insight_sql.h"
#include "insight/inner/listener.h"
#include "matter/matter.h"

#define NO_PROMISE ((struct instant){ INT64_MAX })

static bool wants(const struct heard *h)
{
        (void)h;
        return true;
}

/* The clocks say what was owed: the first of all, the promised answer, the contact. */
static int take_clocks(struct str text, struct instant opened, struct sql_insight_put_in *row)
{
        struct clock_set set;
        if (clock_set_parse(text, &set) != OK)
                return ERR_BAD;
        struct instant began = INSTANT_NONE;
        row->first_due = opened;
        row->due = NO_PROMISE;
        row->promised = row->contact_due = INSTANT_NONE;
        for (size_t i = 0; i < set.n; i++) {
                const struct clock *c = &set.row[i];
                if (instant_is_none(began) || c->started.us < began.us ||
                    (c->started.us == began.us && c->due.us < row->first_due.us)) {
                        began = c->started;
                        row->first_due = c->due;
                }
                if (c->kind == CLOCK_CONTACT)
                        row->contact_due = c->due;
                if (c->kind == CLOCK_PROMISED) {
                        row->promised = c->started;
                        row->due = c->due;
                }
        }
        return OK;
}

static int read_case(struct ctx *ctx, const struct heard *h, void **ret_item, size_t *ret_cost)
{
        struct matter m;
        struct sql_insight_put_in *row = arena_new(ctx->arena, struct sql_insight_put_in);
        int rc = matter_get(ctx, h->matter, &m);
        if (rc != OK)
                return rc;
        *row = (struct sql_insight_put_in){
                .town = ctx->town,
                .matter = m.id,
                .subject = m.subject,
                .unit = m.unit,
                .grid = m.grid,
                .path = m.path,
                .anonymous = m.person == MATTER_ANONYMOUS,
                .open = m.open,
                .contacted = m.contacted,
                .answered = m.answered,
                .closed = m.closed,
                .solved = m.solved,
                .satisfied = m.satisfied,
        };
        rc = take_clocks(m.clocks, m.opened, row);
        if (rc != OK)
                return rc;
        *ret_item = row;
        *ret_cost = LISTEN_COST_ROW;
        return OK;
}

static int write_cases(struct ctx *ctx, const void *const *item, size_t n)
{
        int rc = OK;
        for (size_t i = 0; rc == OK && i < n; i++)
                rc = sql_insight_put(ctx->tx, item[i], NULL);
        return rc;
}

const struct listener_kind listener_cases = {
        .name = "insight", .wants = wants, .read = read_case, .write = write_cases
};

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

static int row_of(int64_t town, const struct sql_insight_matters_row *m, struct sql_insight_put_in *row)
{
        *row = (struct sql_insight_put_in){
                .town = town,
                .matter = m->id,
                .subject = m->subject,
                .unit = m->unit,
                .grid = m->grid,
                .path = m->path,
                .anonymous = m->person == MATTER_ANONYMOUS,
                .open = m->open,
                .contacted = m->contacted_at,
                .answered = m->answered_at,
                .closed = m->closed_at,
                .solved = m->solved,
                .satisfied = m->satisfied,
                .returned_by = m->returned_by,
                .returned_duty = m->returned_duty,
                .returned_at = m->returned_at,
                .ruled_at = m->ruled_at,
                .upheld = m->upheld,
                .reopened = m->reopened,
                .opened = m->opened,
                .source = m->source,
                .calls = m->calls,
                .call_open = m->call_open,
                .call_rated = m->call_rated,
                .pauses = m->pauses,
                .extensions = m->extensions,
                .shelved = !instant_is_none(m->shelved_until),
        };
        return take_clocks(m->clocks, m->opened, row);
}

static int read_cases(struct ctx *ctx, const struct heard *h, size_t n, struct found *ret)
{
        struct sql_insight_matters_rows rows;
        int rc = sql_insight_matters(ctx->tx, ctx->arena,
                                     &(struct sql_insight_matters_in){ .town = ctx->town, .ids = heard_ids(ctx->arena, h, n) }, &rows);
        if (rc != OK)
                return rc;
        for (size_t i = 0; i < n; i++)
                ret[i].rc = ERR_NONE;
        for (size_t k = 0; k < rows.n; k++) {
                size_t i = heard_find(h, n, rows.row[k].id);
                struct sql_insight_put_in *row = arena_new(ctx->arena, struct sql_insight_put_in);
                if (i < n)
                        ret[i] = (struct found){ row_of(ctx->town, &rows.row[k], row), row, LISTEN_COST_ROW };
        }
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
        .name = "insight", .wants = wants, .read = read_cases, .write = write_cases
};

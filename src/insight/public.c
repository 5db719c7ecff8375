#include "insight/public.h"
#include "insight/insight_sql.h"

#define PAGE 500

bool public_shown(const struct town *t, const struct public_row *r)
{
        uint32_t s = subject_find(&t->subjects, r->subject);
        return s != SUBJECT_NONE && t->subjects.row[s].publicity == PUBLICITY_SUMMARY && r->respondent.n == 0;
}

static bool asked_for(const struct public_in *in, const struct public_row *r)
{
        if (in->open >= 0 && r->open != (in->open == 1))
                return false;
        for (size_t i = 0; i < in->n_subjects; i++)
                if (str_eq(in->subject[i], r->subject))
                        return true;
        return in->n_subjects == 0;
}

/* The rows of both statements have the same members. */
#define TAKE_ROW(r)                                                                                                                       \
        ((struct public_row){ .id = (r)->id, .proc = (r)->proc, .state = (r)->state, .subject = (r)->subject, .grid = (r)->grid,           \
                              .path = (r)->path, .unit = (r)->unit, .duty = (r)->duty, .respondent = (r)->respondent,                     \
                              .version = (r)->version, .open = (r)->open, .opened = (r)->opened, .due = (r)->due,                         \
                              .closed = (r)->closed_at, .changed = (r)->changed })

/* What stays of a page. */
static struct public_row kept(struct arena *a, struct public_row r)
{
        struct str *text[] = { &r.proc, &r.state, &r.subject, &r.grid, &r.path, &r.unit, &r.duty, &r.respondent };
        for (size_t i = 0; i < COUNT(text); i++)
                *text[i] = str_dup(a, *text[i]);
        return r;
}

static void take_page(struct arena *a, const struct town *t, const struct public_in *in, const struct sql_insight_public_page_rows *page, int64_t *skip,
                      struct public_rows *ret)
{
        for (size_t i = 0; i < page->n && ret->n < in->max; i++) {
                struct public_row r = TAKE_ROW(&page->row[i]);
                if (!public_shown(t, &r) || !asked_for(in, &r))
                        continue;
                if (*skip > 0)
                        (*skip)--;
                else
                        ret->row[ret->n++] = kept(a, r);
        }
}

int insight_public(struct ctx *ctx, const struct town *t, const struct public_in *in, bool (*late)(void *), void *arg, struct public_rows *ret)
{
        struct sql_insight_public_page_in at = { .town = ctx->town, .since = in->since, .at = in->until, .after = INT64_MAX, .max = PAGE };
        int64_t skip = in->skip;
        *ret = (struct public_rows){ .row = arena_array(ctx->arena, struct public_row, in->max) };
        for (;;) {
                ARENA_AUTO scratch = { 0 };
                struct sql_insight_public_page_rows page;
                int rc = sql_insight_public_page(ctx->tx, &scratch, &at, &page);
                if (rc != OK)
                        return rc;
                take_page(ctx->arena, t, in, &page, &skip, ret);
                if (page.n < PAGE || ret->n == in->max)
                        return OK;
                if (late && late(arg))
                        return ERR_BUSY;
                at.at = page.row[page.n - 1].opened;
                at.after = page.row[page.n - 1].id;
        }
}

int insight_public_get(struct ctx *ctx, int64_t id, struct public_row *ret)
{
        struct sql_insight_public_one_row row;
        int rc = sql_insight_public_one(ctx->tx, ctx->arena, &(struct sql_insight_public_one_in){ ctx->town, id }, &row);
        if (rc == OK)
                *ret = TAKE_ROW(&row);
        return rc;
}

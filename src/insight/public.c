#include "insight/public.h"
#include "base/map.h"
#include "insight/cells.h"
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

bool public_released(const struct town *t, const struct public_row *r)
{
        return public_shown(t, r) && r->released && !r->waits && (r->release.text.n || r->release.text_en.n);
}

bool public_joinable(const struct town *t, const struct public_row *r)
{
        return public_released(t, r) && r->open && instant_is_none(r->answered);
}

/* Words of a release that was erased are no words. */
static struct release release_of(struct arena *a, struct str words, struct str thing, struct str place, struct instant at)
{
        struct release r = { .text = STR(""), .text_en = STR(""), .street = STR(""), .thing = thing, .place = place, .at = at };
        release_words(a, words, &r);
        return r;
}

/* The rows of all three statements have the same members. */
#define TAKE_ROW(a, r)                                                                                                                    \
        ((struct public_row){ .id = (r)->id, .proc = (r)->proc, .state = (r)->state, .subject = (r)->subject, .grid = (r)->grid,           \
                              .path = (r)->path, .unit = (r)->unit, .duty = (r)->duty, .respondent = (r)->respondent,                     \
                              .version = (r)->version, .open = (r)->open, .opened = (r)->opened, .due = (r)->due,                         \
                              .answered = (r)->answered_at, .closed = (r)->closed_at, .changed = (r)->changed, .waits = (r)->waits,       \
                              .voices = (r)->voices, .released = (r)->thing.p != NULL, .photo = (r)->photo == INT32_MIN ? 0 : (r)->photo,  \
                              .release = release_of(a, (r)->words, (r)->thing, (r)->place, (r)->released) })

/* What stays of a page. */
static struct public_row kept(struct arena *a, struct public_row r)
{
        struct str *text[] = { &r.proc, &r.state, &r.subject, &r.grid, &r.path, &r.unit, &r.duty, &r.respondent,
                               &r.release.text, &r.release.text_en, &r.release.street, &r.release.thing, &r.release.place };
        for (size_t i = 0; i < COUNT(text); i++)
                *text[i] = str_dup(a, *text[i]);
        return r;
}

static void take_page(struct arena *a, struct arena *scratch, const struct town *t, const struct public_in *in, const struct sql_insight_public_page_rows *page, int64_t *skip,
                      struct public_rows *ret)
{
        for (size_t i = 0; i < page->n && ret->n < in->max; i++) {
                struct public_row r = TAKE_ROW(scratch, &page->row[i]);
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
                take_page(ctx->arena, &scratch, t, in, &page, &skip, ret);
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
                *ret = TAKE_ROW(ctx->arena, &row);
        return rc;
}

/* ---- around me ---------------------------------------------------------------------------------------------------------- */

static bool in_box(const struct town *t, const struct released_in *in, const struct public_row *r)
{
        struct point p;
        if (!in->boxed)
                return true;
        return release_spot(t, r->release.thing, r->release.place, &p) && p.lat >= in->low.lat && p.lat <= in->high.lat && p.lon >= in->low.lon &&
               p.lon <= in->high.lon;
}

static bool looked_for(const struct town *t, const struct released_in *in, const struct public_row *r)
{
        if (!public_released(t, r) || (in->open >= 0 && r->open != (in->open == 1)))
                return false;
        if (in->subject != SUBJECT_NONE && !subject_covers(&t->subjects, in->subject, subject_find(&t->subjects, r->subject)))
                return false;
        const struct place *at = in->place ? release_at(t, r->release.thing, r->release.place) : NULL;
        return (!in->place || (at && path_within(at->path, in->place->path))) && in_box(t, in, r);
}

int insight_released(struct ctx *ctx, const struct town *t, const struct released_in *in, struct released_rows *ret)
{
        struct sql_insight_released_in at = { .town = ctx->town, .at = in->at, .after = in->after, .max = PAGE };
        if (instant_is_none(in->at)) {
                at.at = (struct instant){ INT64_MAX };
                at.after = INT64_MAX;
        }
        *ret = (struct released_rows){ .row = arena_array(ctx->arena, struct public_row, in->max) };
        for (int looked = 0; looked < RELEASED_LOOK; looked += PAGE) {
                ARENA_AUTO scratch = { 0 };
                struct sql_insight_released_rows page;
                int rc = sql_insight_released(ctx->tx, &scratch, &at, &page);
                if (rc != OK)
                        return rc;
                for (size_t i = 0; i < page.n; i++) {
                        struct public_row r = TAKE_ROW(&scratch, &page.row[i]);
                        if (!looked_for(t, in, &r))
                                continue;
                        if (ret->n == in->max) {
                                ret->more = true;
                                return OK;
                        }
                        ret->row[ret->n++] = kept(ctx->arena, r);
                        ret->at = r.release.at;
                        ret->after = r.id;
                }
                if (page.n < PAGE)
                        return OK;
                at.at = page.row[page.n - 1].released;
                at.after = page.row[page.n - 1].id;
        }
        ret->more = true;
        ret->at = at.at;
        ret->after = at.after;
        return OK;
}

/* ---- counts ------------------------------------------------------------------------------------------------------------- */

const char *const count_group_names[] = { "both", "community", "subject", NULL };

struct counting { struct public_count *row; size_t n; struct map by_key; };

static void count_in(struct arena *a, struct counting *c, const struct public_count *one)
{
        struct str key = str_printf(a, STR_FMT " " STR_FMT, STR_ARG(one->community), STR_ARG(one->subject));
        uint32_t at = map_put(&c->by_key, a, key, (uint32_t)c->n);
        if (at == MAP_NONE) {
                c->row[c->n++] = *one;
                return;
        }
        c->row[at].reports += one->reports;
        c->row[at].open += one->open;
}

static void join_small(struct arena *a, const struct counting *c, struct public_counts *ret)
{
        int64_t *reports = arena_array(a, int64_t, c->n + 1), sum;
        bool *joined = arena_array(a, bool, c->n + 1);
        struct public_count rest = { .community = STR(""), .subject = STR("") };
        for (size_t i = 0; i < c->n; i++)
                reports[i] = c->row[i].reports;
        rest.cells = (int64_t)cells_join_reports(reports, c->n, joined, &sum);
        for (size_t i = 0; i < c->n; i++) {
                if (!joined[i]) {
                        ret->row[ret->n++] = c->row[i];
                        continue;
                }
                rest.reports += c->row[i].reports;
                rest.open += c->row[i].open;
        }
        rest.withheld = sum < CELL_REPORTS_MIN;
        if (rest.withheld)
                rest.reports = rest.open = 0;
        if (rest.cells)
                ret->row[ret->n++] = rest;
}

int insight_counts(struct ctx *ctx, const struct town *t, struct day from, struct day to, enum count_group by, struct public_counts *ret)
{
        struct sql_insight_counts_rows rows;
        struct counting c = { 0 };
        if (to.n < from.n || (int64_t)to.n - from.n >= COUNTS_DAYS_MAX)
                return err_set(ctx->err, ERR_RANGE, "to", "应不早于 from，期间不超过三年", "Not before from, and within three years of it");
        int rc = sql_insight_counts(ctx->tx, ctx->arena, &(struct sql_insight_counts_in){ ctx->town, day_start(from), day_start((struct day){ to.n + 1 }) }, &rows);
        if (rc != OK)
                return rc;
        c.row = arena_array(ctx->arena, struct public_count, rows.n + 1);
        map_init(&c.by_key, ctx->arena, rows.n);
        for (size_t i = 0; i < rows.n; i++) {
                const struct sql_insight_counts_row *r = &rows.row[i];
                uint32_t s = subject_find(&t->subjects, r->subject);
                const struct place *grid = place_find(&t->places, r->grid);
                if (s == SUBJECT_NONE || t->subjects.row[s].publicity == PUBLICITY_NONE)
                        continue;
                struct public_count one = { .community = by != COUNT_BY_SUBJECT && grid ? grid->community : STR(""),
                                            .subject = by != COUNT_BY_COMMUNITY ? r->subject : STR(""), .reports = r->reports, .open = r->still_open, .cells = 1 };
                count_in(ctx->arena, &c, &one);
        }
        *ret = (struct public_counts){ arena_array(ctx->arena, struct public_count, c.n + 1), 0 };
        join_small(ctx->arena, &c, ret);
        return OK;
}

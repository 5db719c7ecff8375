#include "matter/similar.h"
#include <json-c/json.h>
#include <math.h>
#include "base/json.h"
#include "duty/alike.h"
#include "matter/inner/write.h"
#include "matter/voices_sql.h"

#define GRIDS_LOOKED_AT 4

/* Everything that may be alike, before anybody has compared words. */
struct looking {
        struct ctx *ctx;
        const struct town *t;
        const struct similar_ask *ask;
        struct similar_row *row;
        struct alike_text *text;
        size_t n;
};

struct similar_ask intake_similar_ask(const struct intake *k)
{
        return (struct similar_ask){ .title = k->in.title, .words = k->in.words, .subject = k->subject ? k->subject->code : STR(""),
                                     .grid = k->at.grid.p ? k->at.grid : STR(""), .has_point = k->in.has_point,
                                     .point = datum_to_wgs84(k->in.datum, k->in.point) };
}

static int read_words(struct ctx *ctx, struct str json, struct alike_text *ret)
{
        JSON_AUTO doc = NULL;
        if (json.n == 0 || json_parse(json, &doc, NULL) != OK)
                return ERR_NONE;
        struct json_object *title = json_get(doc, "title"), *words = json_get(doc, "words");
        ret->title = title ? str_dup(ctx->arena, json_text(title)) : STR("");
        ret->words = words ? str_dup(ctx->arena, json_text(words)) : STR("");
        return OK;
}

static bool read_point(struct str why, struct point *ret)
{
        JSON_AUTO doc = NULL;
        enum datum datum;
        if (why.n == 0 || json_parse(why, &doc, NULL) != OK)
                return false;
        struct json_object *place = json_get(doc, "place"), *lat = json_get(place, "lat"), *lon = json_get(place, "lon");
        if (!lat || !lon || datum_parse(json_text(json_get(place, "datum")), &datum) != OK)
                return false;
        *ret = datum_to_wgs84(datum, (struct point){ json_object_get_double(lat), json_object_get_double(lon) });
        return true;
}

int matter_similar_ask(struct ctx *ctx, const struct town *t, const struct matter *m, struct similar_ask *ret)
{
        struct sql_matter_said_row said;
        struct intake_in in = { .place = STR("") };
        struct alike_text text;
        int rc = sql_matter_said(ctx->tx, ctx->arena, &(struct sql_matter_said_in){ ctx->town, m->id, 1 }, &said);
        if (rc == OK)
                rc = read_words(ctx, said.words, &text);
        if (rc == OK)
                rc = matter_recall(ctx, t, m->id, &in);
        if (rc != OK)
                return rc == ERR_NONE ? err_set(ctx->err, ERR_NONE, "id", "内容已依申请删除", "What was said was erased on request") : rc;
        *ret = (struct similar_ask){ .except = m->id, .title = text.title, .words = text.words, .subject = m->subject, .grid = m->grid,
                                     .has_point = in.has_point, .point = datum_to_wgs84(in.datum, in.point) };
        return OK;
}

static uint32_t root_of(const struct subjects *s, uint32_t at)
{
        while (s->row[at].up != SUBJECT_NONE)
                at = s->row[at].up;
        return at;
}

static bool same_family(const struct town *t, struct str a, struct str b)
{
        uint32_t x = subject_find(&t->subjects, a), y = subject_find(&t->subjects, b);
        return x == SUBJECT_NONE || y == SUBJECT_NONE || root_of(&t->subjects, x) == root_of(&t->subjects, y);
}

static void look_at(struct looking *l, const struct sql_matter_similar_row *r, struct str grid)
{
        struct point p;
        struct alike_text text;
        double metres = INFINITY;
        if (r->id == l->ask->except || !same_family(l->t, r->subject, l->ask->subject) || read_words(l->ctx, r->words, &text) != OK)
                return;
        if (l->ask->has_point && read_point(r->why, &p)) {
                metres = point_metres(l->ask->point, p);
                if (metres > l->t->similar.metres)
                        return;
        }
        l->text[l->n] = text;
        l->row[l->n++] = (struct similar_row){ .id = r->id, .cause = r->waits ? r->cause : r->id, .voices = r->voices, .metres = metres,
                                               .subject = r->subject, .state = r->state, .grid = grid, .path = r->path,
                                               .unit_path = r->unit_path, .assist = r->assist, .called = r->called, .opened = r->opened };
}

/* Ids begin with the time they were made at. */
static int64_t first_id_of(struct instant at)
{
        struct id_gen fresh = { 0 };
        return id_next(&fresh, at) - 1;
}

static int look_in(struct looking *l, struct str grid)
{
        struct sql_matter_similar_rows rows;
        struct instant since = { l->ctx->now.us - l->t->similar.days * US_PER_DAY };
        int rc = sql_matter_similar(l->ctx->tx, l->ctx->arena,
                                    &(struct sql_matter_similar_in){ .town = l->ctx->town, .grid = grid, .after = first_id_of(since), .released = l->ask->released,
                                                                   .max = SIMILAR_LOOK }, &rows);
        for (size_t i = 0; rc == OK && i < rows.n; i++)
                look_at(l, &rows.row[i], grid);
        return rc;
}

static int look_around(struct looking *l)
{
        struct grid_nears near = { .n = 0 };
        int rc = look_in(l, l->ask->grid);
        if (l->ask->has_point && grid_crossing(l->t->index, l->ask->point, l->t->similar.metres, &near) != OK)
                near.n = 0;
        for (size_t i = 0, looked = 1; rc == OK && i < near.n && looked < GRIDS_LOOKED_AT; i++) {
                struct str grid = l->t->grids.row[near.row[i].grid].code;
                if (str_eq(grid, l->ask->grid))
                        continue;
                rc = look_in(l, grid);
                looked++;
        }
        return rc;
}

static void rank(struct similar_rows *ret, const struct similar_row *row)
{
        for (size_t i = 0; i < ret->n; i++)
                if (ret->row[i].cause == row->cause)
                        return; /* something more alike speaks for it already */
        if (ret->n < SIMILAR_MAX)
                ret->row[ret->n++] = *row;
}

static int most_alike_first(const void *a, const void *b)
{
        const struct similar_row *x = a, *y = b;
        if (x->percent != y->percent)
                return x->percent > y->percent ? -1 : 1;
        return (x->id > y->id) - (x->id < y->id);
}

int matter_similar(struct ctx *ctx, const struct town *t, const struct similar_ask *ask, struct similar_rows *ret)
{
        enum { MOST = GRIDS_LOOKED_AT * SIMILAR_LOOK };
        struct looking l = { .ctx = ctx, .t = t, .ask = ask };
        l.row = arena_array(ctx->arena, struct similar_row, MOST);
        l.text = arena_array(ctx->arena, struct alike_text, MOST);
        int rc = look_around(&l);
        if (rc != OK)
                return rc;
        int32_t *percent = arena_array(ctx->arena, int32_t, l.n);
        alike_score(ctx->arena, &(struct alike_text){ ask->title, ask->words }, l.text, l.n, percent);
        for (size_t i = 0; i < l.n; i++)
                l.row[i].percent = percent[i];
        if (l.n > 1)
                qsort(l.row, l.n, sizeof(*l.row), most_alike_first);
        ret->n = 0;
        for (size_t i = 0; i < l.n && l.row[i].percent >= t->similar.percent; i++)
                rank(ret, &l.row[i]);
        return OK;
}

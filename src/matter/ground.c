#include "matter/ground.h"
#include <json-c/json.h>
#include "base/json.h"
#include "matter/matter_sql.h"

const char *const ground_how_words[] = { "point", "thing", "grid", "nowhere" };

/* The point that was given when it was last sent somewhere. */
static bool point_given(struct json_object *place, struct point *ret)
{
        struct json_object *lat = json_get(place, "lat"), *lon = json_get(place, "lon");
        enum datum datum;
        if (!lat || !lon || datum_parse(json_text(json_get(place, "datum")), &datum) != OK)
                return false;
        struct point p = { json_object_get_double(lat), json_object_get_double(lon) };
        if (point_check(p, NULL) != OK)
                return false;
        *ret = datum_to_wgs84(datum, p);
        return true;
}

static bool thing_named(const struct town *t, struct json_object *place, struct point *ret)
{
        const struct thing *x = thing_find(&t->things, json_text(json_get(place, "thing")));
        if (!x || !x->has_point)
                return false;
        *ret = x->point;
        return true;
}

static void put_down(const struct town *t, struct str why, struct ground_row *m)
{
        JSON_AUTO doc = NULL;
        struct json_object *place = why.n > 0 && json_parse(why, &doc, NULL) == OK ? json_get(doc, "place") : NULL;
        uint32_t grid = grid_find(&t->grids, m->grid);
        m->how = GROUND_NOWHERE;
        if (place && point_given(place, &m->at)) {
                m->how = GROUND_POINT;
        } else if (place && thing_named(t, place, &m->at)) {
                m->how = GROUND_THING;
        } else if (grid != MAP_NONE) {
                m->how = GROUND_GRID;
                m->at = grid_label(&t->grids, grid);
        }
}

int matter_ground(struct ctx *ctx, const struct town *t, int64_t after, struct ground_rows *ret)
{
        struct sql_matter_ground_rows rows;
        int rc = sql_matter_ground(ctx->tx, ctx->arena, &(struct sql_matter_ground_in){ ctx->town, after, GROUND_PAGE }, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct ground_rows){ arena_array(ctx->arena, struct ground_row, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++) {
                const struct sql_matter_ground_row *r = &rows.row[i];
                ret->row[i] = (struct ground_row){ .id = r->id, .state = r->state, .subject = r->subject, .grid = r->grid, .path = r->path, .unit = r->unit,
                                                   .unit_path = r->unit_path, .assist = r->assist, .called = r->called, .respondent = r->respondent,
                                                   .urgent = r->urgent, .due = r->due };
                put_down(t, r->why, &ret->row[i]);
        }
        return OK;
}

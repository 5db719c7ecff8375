#include "api/map_view.h"
#include "place/geojson.h"

/* A label may fall anywhere inside a grid; what is drawn of things needs no more than a metre. */
#define POINT_DECIMALS 6

static const struct member map_place_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "parent", .type = FIELD_STR },
        { .name = "kind", .type = FIELD_STR },
        { .name = "name", .type = FIELD_STR },
        { .name = "lat", .type = FIELD_LAT, .maybe = true, .help = { "网格内的一点，写名称用", "A point inside the grid, for its label" } },
        { .name = "lon", .type = FIELD_LON, .maybe = true },
        { 0 },
};
static const struct shape map_place_shape = { "MapPlace", map_place_members, NULL };
static const struct member map_thing_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "kind", .type = FIELD_STR },
        { .name = "place", .type = FIELD_STR },
        { .name = "lat", .type = FIELD_LAT, .maybe = true },
        { .name = "lon", .type = FIELD_LON, .maybe = true },
        { 0 },
};
static const struct shape map_thing_shape = { "MapThing", map_thing_members, NULL };
static const struct member map_members[] = {
        { .name = "version", .type = FIELD_INT },
        { .name = "approval", .type = FIELD_STR, .help = { "审图号，画图就要标出", "The approval number, to be shown with every map" } },
        { .name = "drawn", .type = FIELD_BOOL, .help = { "可以画图；否则没有图形和坐标", "It may be drawn; else there is neither outline nor point" } },
        { .name = "bbox", .type = FIELD_LIST, .item = FIELD_NUMBER, .null = true, .help = { "西、南、东、北", "West, south, east, north" } },
        { .name = "places", .type = FIELD_LIST, .of = &map_place_shape },
        { .name = "grids", .type = FIELD_ANY, .null = true, .help = { "GeoJSON：多边形，属性 code、name、community", "GeoJSON FeatureCollection: polygons with code, name, community" } },
        { .name = "things", .type = FIELD_LIST, .of = &map_thing_shape },
        { 0 },
};
const struct shape map_shape = { "TownMap", map_members, NULL };

bool map_box(const struct town *t, struct box *ret)
{
        struct box b = BOX_EMPTY;
        for (uint32_t i = 0; i < t->grids.shapes.n_vertices; i++)
                box_add(&b, t->grids.shapes.v[i]);
        for (size_t i = 0; i < t->things.n; i++)
                if (t->things.row[i].has_point)
                        box_add(&b, vertex_at(t->things.row[i].point));
        *ret = b;
        return b.x0 <= b.x1;
}

static void bbox(struct json *j, const struct town *t, bool drawn)
{
        struct box b;
        json_key(j, "bbox");
        if (!drawn || !map_box(t, &b)) {
                json_null(j);
                return;
        }
        struct point low = vertex_point((struct vertex){ b.x0, b.y0 }), high = vertex_point((struct vertex){ b.x1, b.y1 });
        json_list(j);
        json_double(j, low.lon, POINT_DECIMALS);
        json_double(j, low.lat, POINT_DECIMALS);
        json_double(j, high.lon, POINT_DECIMALS);
        json_double(j, high.lat, POINT_DECIMALS);
        json_end(j);
}

static void at(struct json *j, struct point p)
{
        json_key(j, "lat");
        json_double(j, p.lat, POINT_DECIMALS);
        json_key(j, "lon");
        json_double(j, p.lon, POINT_DECIMALS);
}

static void place_of(struct json *j, const struct town *t, const struct place *p, bool drawn)
{
        uint32_t grid = drawn && p->kind == PLACE_GRID ? grid_find(&t->grids, p->code) : MAP_NONE;
        json_open(j);
        json_kstr(j, "code", p->code);
        json_kstr(j, "parent", p->parent);
        json_kc(j, "kind", place_kind_name(p->kind));
        json_kstr(j, "name", p->name);
        if (grid != MAP_NONE)
                at(j, grid_label(&t->grids, grid));
        json_close(j);
}

/* Buildings and units have no place of their own on a map: they are asked for below their grid. */
static void places_of(struct json *j, const struct town *t, bool drawn)
{
        json_key(j, "places");
        json_list(j);
        for (size_t i = 0; i < t->places.n; i++)
                if (t->places.row[i].kind <= PLACE_GRID)
                        place_of(j, t, &t->places.row[i], drawn);
        json_end(j);
}

static void grid_of(struct json *j, const struct town *t, uint32_t i)
{
        const struct place *p = &t->places.row[t->grids.row[i].place];
        json_open(j);
        json_kc(j, "type", "Feature");
        json_key(j, "geometry");
        geojson_polygon(j, &t->grids.shapes, i);
        json_key(j, "properties");
        json_open(j);
        json_kstr(j, "code", p->code);
        json_kstr(j, "name", p->name);
        json_kstr(j, "community", p->community);
        json_close(j);
        json_close(j);
}

static void grids_of(struct json *j, const struct town *t, bool drawn)
{
        json_key(j, "grids");
        if (!drawn) {
                json_null(j);
                return;
        }
        json_open(j);
        json_kc(j, "type", "FeatureCollection");
        json_key(j, "features");
        json_list(j);
        for (uint32_t i = 0; i < t->grids.n; i++)
                grid_of(j, t, i);
        json_end(j);
        json_close(j);
}

static void things_of(struct json *j, const struct town *t, bool drawn)
{
        json_key(j, "things");
        json_list(j);
        for (size_t i = 0; i < t->things.n; i++) {
                const struct thing *x = &t->things.row[i];
                json_open(j);
                json_kstr(j, "code", x->code);
                json_kstr(j, "kind", x->kind);
                json_kstr(j, "place", x->place);
                if (drawn && x->has_point)
                        at(j, x->point);
                json_close(j);
        }
        json_end(j);
}

void map_view(struct json *j, const struct town *t, bool drawn)
{
        json_open(j);
        json_kint(j, "version", t->version);
        json_kstr(j, "approval", t->map_approval);
        json_kbool(j, "drawn", drawn);
        bbox(j, t, drawn);
        places_of(j, t, drawn);
        grids_of(j, t, drawn);
        things_of(j, t, drawn);
}

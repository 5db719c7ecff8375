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
static const char *const base_kinds[] = { "file", "tiles", NULL };
static const struct member base_members[] = {
        { .name = "kind", .type = FIELD_ENUM, .choices = base_kinds, .help = { "文件：在 base/file 按段读；瓦片：在 base/{层}/{z}/{x}/{y} 逐块取", "file: read base/file in ranges; tiles: one at base/{layer}/{z}/{x}/{y}" } },
        { .name = "layers", .type = FIELD_INT, .help = { "瓦片有几层，从下往上", "How many layers of tiles, from the lowest up" } },
        { .name = "vector", .type = FIELD_BOOL, .null = true, .help = { "矢量瓦片；文件自己写明，为空", "Vector tiles; null of a file, which says it itself" } },
        { .name = "min_zoom", .type = FIELD_INT },
        { .name = "max_zoom", .type = FIELD_INT },
        { .name = "tile_size", .type = FIELD_INT },
        { .name = "bounds", .type = FIELD_LIST, .item = FIELD_NUMBER, .null = true, .help = { "有瓦片的范围：西、南、东、北", "Where there are tiles: west, south, east, north" } },
        { .name = "attribution", .type = FIELD_STR, .help = { "要标在图上；文件没有另写的，用文件里的", "To be shown with it; where it is empty, the file's own" } },
        { .name = "approval", .type = FIELD_STR, .help = { "底图自己的审图号", "The base map's own approval number" } },
        { 0 },
};
static const struct shape base_shape = { "BaseMap", base_members, NULL };
static const struct member map_members[] = {
        { .name = "version", .type = FIELD_INT },
        { .name = "approval", .type = FIELD_STR, .help = { "审图号，画图就要标出", "The approval number, to be shown with every map" } },
        { .name = "drawn", .type = FIELD_BOOL, .help = { "可以画图；否则没有图形和坐标", "It may be drawn; else there is neither outline nor point" } },
        { .name = "bbox", .type = FIELD_LIST, .item = FIELD_NUMBER, .null = true, .help = { "西、南、东、北", "West, south, east, north" } },
        { .name = "base", .type = FIELD_OBJECT, .of = &base_shape, .null = true, .help = { "底图；没有则为空", "The ground under it; null where there is none" } },
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

static void null_at(struct json *j, const char *key)
{
        json_key(j, key);
        json_null(j);
}

bool map_base_public(const struct town *t, const struct basemap_config *b)
{
        return b && t->map_approval.n && b->approval.n;
}

static void corners(struct json *j, const char *key, struct box b)
{
        json_key(j, key);
        struct point low = vertex_point((struct vertex){ b.x0, b.y0 }), high = vertex_point((struct vertex){ b.x1, b.y1 });
        json_list(j);
        json_double(j, low.lon, POINT_DECIMALS);
        json_double(j, low.lat, POINT_DECIMALS);
        json_double(j, high.lon, POINT_DECIMALS);
        json_double(j, high.lat, POINT_DECIMALS);
        json_end(j);
}

static void bbox(struct json *j, const struct town *t, bool drawn)
{
        struct box b;
        if (drawn && map_box(t, &b))
                corners(j, "bbox", b);
        else
                null_at(j, "bbox");
}

static void base_of(struct json *j, const struct town *t, const struct basemap_config *b)
{
        struct box town;
        if (!b) {
                null_at(j, "base");
                return;
        }
        json_key(j, "base");
        json_open(j);
        json_kc(j, "kind", base_kinds[b->kind]);
        json_kint(j, "layers", (int64_t)b->n_urls);
        if (b->kind == BASEMAP_FILE)
                null_at(j, "vector");
        else
                json_kbool(j, "vector", b->vector);
        json_kint(j, "min_zoom", b->min_zoom);
        json_kint(j, "max_zoom", b->max_zoom);
        json_kint(j, "tile_size", b->tile_size);
        if (map_box(t, &town))
                corners(j, "bounds", tile_around(town));
        else
                null_at(j, "bounds");
        json_kstr(j, "attribution", b->attribution);
        json_kstr(j, "approval", b->approval);
        json_close(j);
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

void map_view(struct json *j, const struct town *t, bool drawn, const struct basemap_config *base)
{
        json_open(j);
        json_kint(j, "version", t->version);
        json_kstr(j, "approval", t->map_approval);
        json_kbool(j, "drawn", drawn);
        bbox(j, t, drawn);
        base_of(j, t, base);
        places_of(j, t, drawn);
        grids_of(j, t, drawn);
        things_of(j, t, drawn);
}

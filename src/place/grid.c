#include "place/grid.h"
#include <json-c/json.h>
#include <math.h>
#include <stdlib.h>
#include "base/err.h"
#include "base/json.h"
#include "place/inner/grid_check.h"

const struct str grids_file = { "grids.geojson", 13 };

/* One feature that was understood, in the order of the file. */
struct feature {
        struct grid grid;
        uint32_t ring, n_rings;
};

struct reader {
        struct arena *arena;
        struct findings *f;
        const struct places *places;
        struct str text;
        size_t cursor; /* in the text: behind the code found last */
        int32_t line;  /* there */
        int misses;    /* codes that are spelled otherwise in the text, with escapes */
        struct arena scratch;
        struct feature *feature;
        uint32_t n_features;
        uint32_t *seen; /* per place: line of its feature, 0 = none */
        struct vertex *v;
        uint32_t n_v;
        uint32_t *ring; /* first vertex of each */
        uint8_t *hole;
        uint32_t n_rings;
        struct str name; /* of the feature at work, for sentences */
};

static const struct str none = { "", 0 };
static const struct say rfc7946 = { "按 RFC 7946 导出 GeoJSON。", "Export it as GeoJSON after RFC 7946." };

/* The sentences take the feature's code and then @what, or only the code. */
static void complain(struct reader *r, const char *rule, struct say hint, const char *zh, const char *en,
                     struct str what)
{
        finding_add(r->f, rule, SEV_ERROR, grids_file, r->line, hint, zh, en, str_c(r->f->arena, r->name),
                    str_c(r->f->arena, what));
}

/* --- coordinates --- */

static struct str brief(struct json_object *o)
{
        struct str s = str_of(json_object_to_json_string(o));
        return (struct str){ s.p, utf8_prefix(s, 80) };
}

static bool read_position(struct reader *r, struct json_object *o, struct vertex *ret)
{
        double c[2];
        bool pair = json_object_is_type(o, json_type_array) && json_object_array_length(o) >= 2;
        for (size_t i = 0; pair && i < 2; i++) {
                struct json_object *n = json_object_array_get_idx(o, i);
                pair = json_object_is_type(n, json_type_double) || json_object_is_type(n, json_type_int);
                c[i] = pair ? json_object_get_double(n) : 0;
        }
        if (!pair) {
                complain(r, "grid.ring", rfc7946, "网格 %s：坐标应为 [经度, 纬度]，现在是 %s。",
                         "Grid %s: a position must be [longitude, latitude], not %s.", brief(o));
                return false;
        }
        struct point p = { .lat = c[1], .lon = c[0] };
        if (point_check(p, NULL) != OK) {
                complain(r, "grid.coordinates",
                         (struct say){ "顺序是先经度后纬度，单位为度；投影坐标请先转换。",
                                       "Longitude comes first, in degrees; convert projected coordinates before." },
                         "网格 %s 的坐标不在地球上：%s。", "Grid %s has a position that is not on earth: %s.",
                         brief(o));
                return false;
        }
        *ret = vertex_at(p);
        return true;
}

static bool ring_closed(const struct vertex *v, uint32_t n)
{
        return v[0].x == v[n - 1].x && v[0].y == v[n - 1].y;
}

static bool ring_fits(const struct vertex *v, uint32_t n)
{
        struct box b = BOX_EMPTY;
        for (uint32_t i = 0; i < n; i++)
                box_add(&b, v[i]);
        const int64_t max = (int64_t)RING_DEGREES_MAX * VERTEX_PER_DEGREE;
        return (int64_t)b.x1 - b.x0 <= max && (int64_t)b.y1 - b.y0 <= max;
}

static bool check_ring(struct reader *r, const struct vertex *v, uint32_t n, size_t positions)
{
        if (positions < 4)
                complain(r, "grid.ring", rfc7946, "网格 %s：环至少要有 4 个坐标。",
                         "Grid %s: a ring needs at least 4 positions.", none);
        else if (n < 4)
                complain(r, "grid.ring", rfc7946, "网格 %s：环不足三个不同的点，没有面积。",
                         "Grid %s: a ring has fewer than three different corners, so no area.", none);
        else if (!ring_closed(v, n))
                complain(r, "grid.ring", rfc7946, "网格 %s：环没有闭合，首尾两点应相同。",
                         "Grid %s: a ring is not closed; its last position must equal its first.", none);
        else if (!ring_fits(v, n))
                complain(r, "grid.coordinates",
                         (struct say){ "检查经度正负号和小数点。",
                                       "Look at the signs and decimal points of the longitudes." },
                         "网格 %s 跨越 90 度以上或跨过 180 度经线。",
                         "Grid %s spans more than 90 degrees or crosses the antimeridian.", none);
        else
                return true;
        return false;
}

/* Positions that rounding made equal are one vertex. */
static bool read_ring(struct reader *r, struct json_object *o, bool hole)
{
        if (!json_object_is_type(o, json_type_array)) {
                complain(r, "grid.ring", rfc7946, "网格 %s：环应为坐标数组。",
                         "Grid %s: a ring must be a list of positions.", none);
                return false;
        }
        uint32_t first = r->n_v;
        size_t n = json_object_array_length(o);
        for (size_t i = 0; i < n; i++) {
                struct vertex v;
                if (!read_position(r, json_object_array_get_idx(o, i), &v))
                        return false;
                if (r->n_v > first && r->v[r->n_v - 1].x == v.x && r->v[r->n_v - 1].y == v.y)
                        continue;
                r->v[r->n_v++] = v;
        }
        if (!check_ring(r, r->v + first, r->n_v - first, n))
                return false;
        r->ring[r->n_rings] = first;
        r->hole[r->n_rings++] = hole;
        return true;
}

static bool read_polygon(struct reader *r, struct json_object *o)
{
        size_t n = json_object_is_type(o, json_type_array) ? json_object_array_length(o) : 0;
        if (n == 0) {
                complain(r, "grid.ring", rfc7946, "网格 %s 的多边形没有环。", "Grid %s: a polygon has no rings.", none);
                return false;
        }
        for (size_t i = 0; i < n; i++) {
                if (!read_ring(r, json_object_array_get_idx(o, i), i > 0))
                        return false;
        }
        return true;
}

static bool read_geometry(struct reader *r, struct json_object *geometry)
{
        struct str type = json_text(json_get(geometry, "type"));
        struct json_object *o = json_get(geometry, "coordinates");
        if (str_is(type, "Polygon"))
                return read_polygon(r, o);
        if (!str_is(type, "MultiPolygon")) {
                complain(r, "grid.type", rfc7946, "网格 %s 的几何应为 Polygon 或 MultiPolygon，现在是“%s”。",
                         "Grid %s must be a Polygon or MultiPolygon, not \"%s\".", type);
                return false;
        }
        size_t n = json_object_is_type(o, json_type_array) ? json_object_array_length(o) : 0;
        if (n == 0) {
                complain(r, "grid.ring", rfc7946, "网格 %s 没有多边形。", "Grid %s has no polygons.", none);
                return false;
        }
        for (size_t i = 0; i < n; i++) {
                if (!read_polygon(r, json_object_array_get_idx(o, i)))
                        return false;
        }
        return true;
}

/* --- features --- */

/* Move the cursor behind the next @token in the text. json-c keeps no positions, and features come in the
 * order of the text, so the next place where the code stands is this feature's. */
static void find_line(struct reader *r, struct str token)
{
        if (r->misses > 100) /* each miss has run through the whole rest */
                return;
        const char *from = r->text.p + r->cursor;
        const char *at = memmem(from, r->text.n - r->cursor, token.p, token.n);
        if (!at) {
                r->misses++;
                return;
        }
        for (; from < at; from++)
                r->line += *from == '\n';
        r->cursor = (size_t)(at - r->text.p) + token.n;
}

/* Map programs write codes that are all digits as numbers: read those too. */
static struct str read_code(struct reader *r, struct json_object *feature)
{
        struct json_object *o = json_get(json_get(feature, "properties"), "code");
        struct str code = json_text(o);
        bool number = json_object_is_type(o, json_type_int) && json_object_get_int64(o) >= 0;
        if (number)
                code = str_printf(&r->scratch, "%lld", (long long)json_object_get_int64(o));
        if (!code_valid(code)) {
                r->name = code;
                complain(r, "grid.code",
                         (struct say){ "每个要素的 properties 里写上 places.csv 中网格的编码。",
                                       "Give each feature a property code: the code of a grid in places.csv." },
                         "要素没有可用的 code 属性：“%s”（上一个编码在此行）。",
                         "A feature has no usable property code: \"%s\" (the code before it stands on this line).",
                         none);
                return (struct str){ NULL, 0 };
        }
        find_line(r, number ? code : str_printf(&r->scratch, "\"" STR_FMT "\"", STR_ARG(code)));
        return str_dup(r->arena, code);
}

static bool check_place(struct reader *r, struct str code, uint32_t *ret_place)
{
        uint32_t i = map_get(&r->places->by_code, code);
        const char *rule = "grid.unknown";
        if (i == MAP_NONE) {
                complain(r, rule,
                         (struct say){ "在 places.csv 中加上这个网格，或改正编码。",
                                       "Add the grid to places.csv, or mend the code." },
                         "网格 %s 不在 places.csv 中。", "Grid %s is not in places.csv.", none);
                return false;
        }
        const struct place *p = &r->places->row[i];
        if (p->kind != PLACE_GRID) {
                complain(r, rule, (struct say){ "只有网格有多边形。", "Only grids have polygons." },
                         "%s 在 places.csv 中不是网格而是 %s。", "%s is not a grid in places.csv but a %s.",
                         str_of(place_kind_name(p->kind)));
                return false;
        }
        if (r->seen[i] != 0) {
                finding_add(r->f, "grid.duplicate", SEV_ERROR, grids_file, r->line,
                            (struct say){ "同一网格的几块合成一个 MultiPolygon。",
                                          "Join the parts of one grid into a MultiPolygon." },
                            "网格 %s 出现两次：第 %d 行和第 %d 行。", "Grid %s stands twice: on line %d and line %d.",
                            str_c(r->f->arena, code), r->seen[i], r->line);
                return false;
        }
        r->seen[i] = r->line;
        *ret_place = i;
        return true;
}

static void read_feature(struct reader *r, struct json_object *o)
{
        if (!str_is(json_text(json_get(o, "type")), "Feature")) {
                complain(r, "grid.type", rfc7946, "features 里有一项不是 Feature。",
                         "An item of features is not a Feature.", none);
                return;
        }
        struct feature feature = { .grid.code = read_code(r, o), .ring = r->n_rings };
        r->name = feature.grid.code;
        feature.grid.line = r->line;
        if (feature.grid.code.n == 0 || !check_place(r, feature.grid.code, &feature.grid.place))
                return;

        uint32_t v = r->n_v;
        if (!read_geometry(r, json_get(o, "geometry"))) {
                r->n_v = v;
                r->n_rings = feature.ring;
                return;
        }
        feature.n_rings = r->n_rings - feature.ring;
        r->feature[r->n_features++] = feature;
}

/* --- the file --- */

static void whole_file(struct reader *r, const char *rule, int32_t line, struct say hint, const char *zh,
                       const char *en, struct str what)
{
        finding_add(r->f, rule, SEV_ERROR, grids_file, line, hint, zh, en, str_c(r->f->arena, what));
}

/* Where strict JSON ends to make sense. */
static int32_t parse_line(struct str text)
{
        struct json_tokener *t = json_tokener_new();
        if (!t)
                return 0;
        json_tokener_set_flags(t, JSON_TOKENER_STRICT);
        json_object_put(json_tokener_parse_ex(t, text.p, (int)text.n));
        size_t end = json_tokener_get_parse_end(t);
        bool fine = json_tokener_get_error(t) == json_tokener_success;
        json_tokener_free(t);
        if (fine)
                return 0;
        int32_t line = 1;
        for (size_t i = 0; i < end && i < text.n; i++)
                line += text.p[i] == '\n';
        return line;
}

/* The old "crs" member may only say what RFC 7946 says anyway; CGCS2000 (4490) is within centimetres. */
static bool crs_fits(struct json_object *root)
{
        struct json_object *crs = json_get(root, "crs");
        if (!crs)
                return true;
        struct str name = json_text(json_get(json_get(crs, "properties"), "name"));
        return str_find(name, STR("CRS84")) >= 0 || str_find(name, STR("4326")) >= 0 ||
               str_find(name, STR("4490")) >= 0;
}

static bool check_root(struct reader *r, struct json_object *root)
{
        if (!str_is(json_text(json_get(root, "type")), "FeatureCollection") ||
            !json_object_is_type(json_get(root, "features"), json_type_array)) {
                whole_file(r, "grid.type", 1, rfc7946, "文件不是 FeatureCollection。",
                           "The file is not a FeatureCollection.", none);
                return false;
        }
        if (!crs_fits(root))
                whole_file(
                        r, "grid.crs", 1,
                        (struct say){ "先转换为 WGS 84 经纬度。", "Convert to WGS 84 longitude and latitude first." },
                        "坐标系不是 WGS 84：%s。", "The coordinates are not WGS 84: %s.", brief(json_get(root, "crs")));
        return true;
}

/* Every position and every ring opens a bracket: count them, and nothing needs to grow. */
static bool make_room(struct reader *r, size_t features)
{
        size_t brackets = 0;
        for (size_t i = 0; i < r->text.n; i++)
                brackets += r->text.p[i] == '[';
        if (brackets > GRID_VERTICES_MAX || features > GRIDS_MAX) {
                whole_file(r, "grid.too-many", 0,
                           (struct say){ "简化边界，或拆分文件夹。", "Simplify the boundaries, or split the folder." },
                           "坐标或要素过多（最多 2000 万个坐标）。",
                           "Too many positions or features (at most 20 million positions).", none);
                return false;
        }
        r->feature = arena_raw(&r->scratch, features * sizeof *r->feature);
        r->seen = arena_array(&r->scratch, uint32_t, r->places->n);
        r->v = arena_raw(&r->scratch, brackets * sizeof *r->v);
        r->ring = arena_raw(&r->scratch, brackets * sizeof *r->ring);
        r->hole = arena_raw(&r->scratch, brackets);
        return true;
}

static int by_code(const void *a, const void *b)
{
        return str_cmp(((const struct feature *)a)->grid.code, ((const struct feature *)b)->grid.code);
}

static uint32_t ring_end(const struct reader *r, uint32_t ring)
{
        return ring + 1 < r->n_rings ? r->ring[ring + 1] : r->n_v;
}

/* From the order of the file into the order of the codes. */
static struct grids arrange(struct reader *r)
{
        qsort(r->feature, r->n_features, sizeof *r->feature, by_code);
        struct vertex *v = table_alloc(r->arena, r->n_v * sizeof *v);
        uint32_t *ring = arena_array(r->arena, uint32_t, r->n_rings + 1),
                 *polygon = arena_array(r->arena, uint32_t, r->n_features + 1);
        uint8_t *hole = arena_array(r->arena, uint8_t, r->n_rings);
        struct grids g = { .row = arena_array(r->arena, struct grid, r->n_features), .n = r->n_features };
        map_init(&g.by_code, r->arena, g.n);
        uint32_t n_v = 0, n_rings = 0;
        for (uint32_t i = 0; i < g.n; i++) {
                const struct feature *f = &r->feature[i];
                g.row[i] = f->grid;
                map_put(&g.by_code, r->arena, f->grid.code, i);
                for (uint32_t k = f->ring; k < f->ring + f->n_rings; k++) {
                        uint32_t n = ring_end(r, k) - r->ring[k];
                        memcpy(v + n_v, r->v + r->ring[k], n * sizeof *v);
                        hole[n_rings] = r->hole[k];
                        n_v += n;
                        ring[++n_rings] = n_v;
                }
                polygon[i + 1] = n_rings;
        }
        g.shapes = (struct shapes){ v, ring, hole, polygon, n_v, n_rings, (uint32_t)g.n };
        return g;
}

static void report_missing(const struct reader *r)
{
        for (size_t i = 0; i < r->places->n; i++) {
                const struct place *p = &r->places->row[i];
                if (p->kind != PLACE_GRID || r->seen[i] != 0)
                        continue;
                finding_add(r->f, "grid.no-polygon", SEV_ERROR, STR("places.csv"), p->line,
                            (struct say){ "在 grids.geojson 中画出这个网格，或从 places.csv 中删去。",
                                          "Draw the grid in grids.geojson, or take it out of places.csv." },
                            "网格 %s（%s）在 grids.geojson 中没有多边形。",
                            "Grid %s (%s) has no polygon in grids.geojson.", str_c(r->f->arena, p->code),
                            str_c(r->f->arena, p->name));
        }
}

static void read_root(struct reader *r, struct json_object *root, struct grids *ret)
{
        if (!check_root(r, root))
                return;
        struct json_object *features = json_get(root, "features");
        size_t n = json_object_array_length(features);
        if (!make_room(r, n))
                return;
        r->line = 1;
        for (size_t i = 0; i < n; i++)
                read_feature(r, json_object_array_get_idx(features, i));
        *ret = arrange(r);
        report_missing(r);
}

int grids_parse(struct arena *a, struct str text, const struct places *places, struct findings *f, struct grids *ret)
{
        struct reader r = { .arena = a, .f = f, .places = places, .text = text };
        struct grids g = { 0 };
        JSON_AUTO root = NULL;
        struct err e = { 0 };
        if (json_parse(text, &root, &e) == OK)
                read_root(&r, root, &g);
        else
                finding_add(f, "grid.parse", SEV_ERROR, grids_file, parse_line(text),
                            (struct say){ "文件可能没有写完或被手工改坏。",
                                          "The file may be half written or damaged by hand." },
                            "%s%.0s。", "%.0s%s.", e.zh, e.en);
        arena_free(&r.scratch);
        *ret = g;
        return OK;
}

int grids_read(struct arena *a, struct str text, const struct places *places, struct findings *f, struct grids *ret)
{
        int rc = grids_parse(a, text, places, f, ret);
        return rc != OK ? rc : grids_check(ret, places, f);
}

int grids_index(struct arena *a, const struct grids *g, const struct grid_index **ret)
{
        return grid_index_build(a, &g->shapes, ret);
}

uint32_t grid_find(const struct grids *g, struct str code)
{
        return map_get(&g->by_code, code);
}

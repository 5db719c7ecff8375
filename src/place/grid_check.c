#include <math.h>
#include "base/err.h"
#include "place/geojson.h"
#include "place/inner/grid_check.h"

/* GEOS answers 1, 0, or 2 for an exception; messages go nowhere, the findings are our own. */
static void hush(const char *text, void *user)
{
        (void)text, (void)user;
}

static const struct {
        const char *geos;
        struct say say;
} reasons[] = {
        { "Self-intersection", { "边界自相交", "the boundary crosses itself" } },
        { "Ring Self-intersection", { "边界在一点自相接触", "a ring touches itself" } },
        { "Hole lies outside shell", { "洞在外边界之外", "a hole lies outside its shell" } },
        { "Holes are nested", { "洞中有洞", "a hole lies in a hole" } },
        { "Nested shells", { "几块互相包含", "one part lies in another" } },
        { "Duplicate Rings", { "同一个环出现两次", "a ring stands twice" } },
        { "Interior is disconnected", { "内部被洞分成几块", "holes cut the inside into parts" } },
};

static struct say reason_say(const char *geos)
{
        for (size_t i = 0; i < COUNT(reasons); i++) {
                if (strcmp(geos, reasons[i].geos) == 0)
                        return reasons[i].say;
        }
        return (struct say){ "图形不合法", "the shape is not valid" };
}

struct point checker_point(const struct checker *c, double x, double y)
{
        return (struct point){ .lat = c->origin.lat + y / c->scale.lat, .lon = c->origin.lon + x / c->scale.lon };
}

struct str checker_community(const struct checker *c, uint32_t grid)
{
        return c->places->row[c->g->row[grid].place].community;
}

struct point checker_inside_point(const struct checker *c, const GEOSGeometry *g)
{
        double x = 0, y = 0;
        GEOSGeometry *at = GEOSPointOnSurface_r(c->h, g);
        if (at) {
                GEOSGeomGetX_r(c->h, at, &x);
                GEOSGeomGetY_r(c->h, at, &y);
                GEOSGeom_destroy_r(c->h, at);
        }
        return checker_point(c, x, y);
}

bool checker_area_counts(const struct checker *c, const GEOSGeometry *g, double *ret_m2)
{
        double area = 0, round = 0;
        if (!g || !GEOSArea_r(c->h, g, &area) || !GEOSLength_r(c->h, g, &round))
                return false;
        *ret_m2 = area;
        return area >= SLIVER_M2 && area >= round / 2 * SLIVER_M;
}

/* --- from vertices to GEOS --- */

static GEOSGeometry *make_ring(const struct checker *c, uint32_t ring)
{
        const struct shapes *s = &c->g->shapes;
        uint32_t from = s->ring[ring], n = s->ring[ring + 1] - from;
        GEOSCoordSequence *seq = GEOSCoordSeq_create_r(c->h, n, 2);
        for (uint32_t i = 0; seq && i < n; i++) {
                struct point p = vertex_point(s->v[from + i]);
                GEOSCoordSeq_setXY_r(c->h, seq, i, (p.lon - c->origin.lon) * c->scale.lon,
                                     (p.lat - c->origin.lat) * c->scale.lat);
        }
        return seq ? GEOSGeom_createLinearRing_r(c->h, seq) : NULL;
}

/* The shell @ring and the holes behind it; *ring moves past them. */
static GEOSGeometry *make_part(struct checker *c, uint32_t *ring, uint32_t end)
{
        const uint8_t *hole = c->g->shapes.hole;
        GEOSGeometry *shell = make_ring(c, (*ring)++);
        uint32_t first = *ring, n = 0;
        while (*ring < end && hole[*ring])
                ++*ring;
        GEOSGeometry **holes = arena_array(&c->scratch, GEOSGeometry *, *ring - first);
        for (; first + n < *ring; n++)
                holes[n] = make_ring(c, first + n);
        return shell ? GEOSGeom_createPolygon_r(c->h, shell, holes, n) : NULL;
}

static GEOSGeometry *make_polygon(struct checker *c, uint32_t grid)
{
        const struct shapes *s = &c->g->shapes;
        uint32_t ring = s->polygon[grid], end = s->polygon[grid + 1], n = 0;
        GEOSGeometry **part = arena_array(&c->scratch, GEOSGeometry *, end - ring);
        while (ring < end) {
                GEOSGeometry *g = make_part(c, &ring, end);
                if (g)
                        part[n++] = g;
        }
        if (n == 1)
                return part[0];
        return GEOSGeom_createCollection_r(c->h, GEOS_MULTIPOLYGON, part, n);
}

/* Where the reason lies, in degrees. */
static struct point location_point(const struct checker *c, GEOSGeometry *at)
{
        double x = 0, y = 0;
        if (at) {
                GEOSGeomGetX_r(c->h, at, &x);
                GEOSGeomGetY_r(c->h, at, &y);
                GEOSGeom_destroy_r(c->h, at);
        }
        return checker_point(c, x, y);
}

/* Mending a ring that crosses itself everywhere takes for ever: past so many vertices it is left out. */
#define MEND_VERTICES_MAX 1000

static void mend(struct checker *c, uint32_t i)
{
        const struct shapes *s = &c->g->shapes;
        uint32_t vertices = s->ring[s->polygon[i + 1]] - s->ring[s->polygon[i]];
        bool small = c->polygon[i] && vertices <= MEND_VERTICES_MAX;
        GEOSGeometry *mended = small ? GEOSMakeValid_r(c->h, c->polygon[i]) : NULL;
        GEOSGeom_destroy_r(c->h, c->polygon[i]);
        c->polygon[i] = mended;
        if (mended)
                GEOSArea_r(c->h, mended, &c->area[i]);
        else
                c->missing = true;
}

/* Valid as drawn? If not, it is told, and mended only for the checks that follow. */
static void check_valid(struct checker *c, uint32_t i)
{
        char *reason = NULL;
        GEOSGeometry *at = NULL;
        char ok = c->polygon[i] ? GEOSisValidDetail_r(c->h, c->polygon[i], 0, &reason, &at) : 2;
        if (ok == 1) {
                GEOSArea_r(c->h, c->polygon[i], &c->area[i]);
                return;
        }
        struct point p = location_point(c, at);
        struct say why = reason_say(reason ? reason : "");
        GEOSFree_r(c->h, reason);
        finding_add(c->f, "grid.invalid", SEV_ERROR, grids_file, c->g->row[i].line,
                    (struct say){ "在绘图软件中打开这个位置，移开或删去交叉的点。",
                                  "Open this position in the map program and move or delete the crossing points." },
                    "网格 %s 的多边形不合法：%s%.0s，位置 %.6f, %.6f（纬度, 经度）。",
                    "The polygon of grid %s is not valid: %.0s%s, at %.6f, %.6f (latitude, longitude).",
                    str_c(c->f->arena, c->g->row[i].code), why.zh, why.en, p.lat, p.lon);
        finding_shape(c->f, geojson_point_text(c->f->arena, p));
        mend(c, i);
}

static void make_polygons(struct checker *c)
{
        size_t n = c->g->n;
        c->polygon = arena_array(&c->scratch, GEOSGeometry *, n);
        c->area = arena_array(&c->scratch, double, n);
        c->number = arena_array(&c->scratch, uint32_t, n);
        c->tree = GEOSSTRtree_create_r(c->h, 10);
        for (uint32_t i = 0; i < n; i++) {
                c->number[i] = i;
                c->polygon[i] = make_polygon(c, i);
                check_valid(c, i);
                if (c->tree && c->polygon[i])
                        GEOSSTRtree_insert_r(c->h, c->tree, c->polygon[i], &c->number[i]);
        }
}

static void release(struct checker *c)
{
        GEOSGeom_destroy_r(c->h, c->all);
        GEOSSTRtree_destroy_r(c->h, c->tree);
        for (size_t i = 0; i < c->g->n; i++)
                GEOSGeom_destroy_r(c->h, c->polygon[i]);
        GEOS_finish_r(c->h);
        arena_free(&c->scratch);
}

/* --- overlaps --- */

/* Past so many overlaps or pairs nobody reads on, and piled up polygons would take for ever. */
#define OVERLAPS_MAX 1000
#define PAIRS_MAX 5000000

struct pairs {
        struct checker *c;
        uint32_t grid;
        struct box box;
        uint64_t n;
        uint32_t told;
};

static void tell_overlap(struct pairs *p, uint32_t other, const GEOSGeometry *both, double m2)
{
        struct checker *c = p->c;
        const struct grid *a = &c->g->row[p->grid], *b = &c->g->row[other];
        double smaller = fmin(c->area[p->grid], c->area[other]);
        struct point at = checker_inside_point(c, both);
        int32_t line = a->line > b->line ? a->line : b->line;
        p->told++;
        finding_add(
                c->f, "grid.overlap", SEV_ERROR, grids_file, line,
                (struct say){ "让两个网格共用同一条边界。", "Let the two grids share one boundary." },
                "网格 %s 和 %s 重叠 %.1f 平方米，占较小者的 %.2f%%，位置 %.6f, %.6f（纬度, 经度）。",
                "Grids %s and %s overlap by %.1f m2, %.2f %% of the smaller one, at %.6f, %.6f (latitude, longitude).",
                str_c(c->f->arena, a->code), str_c(c->f->arena, b->code), m2, smaller > 0 ? 100 * m2 / smaller : 0,
                at.lat, at.lon);
        checker_tell_where(c, both);
}

static void tell_unknown(struct checker *c, uint32_t a, uint32_t b)
{
        finding_add(c->f, "grid.check", SEV_WARNING, grids_file, c->g->row[a].line,
                    (struct say){ "先改正这些网格的其他问题。", "Mend the other findings of these grids first." },
                    "无法算出网格 %s 和 %s 是否重叠。", "Whether grids %s and %s overlap could not be computed.",
                    str_c(c->f->arena, c->g->row[a].code), str_c(c->f->arena, c->g->row[b].code));
}

/* Can the common part of the two boxes hold an overlap that counts? Neighbours on a lattice cannot. */
static bool boxes_overlap(const struct checker *c, struct box a, struct box b)
{
        double w = (double)fmin(a.x1, b.x1) - fmax(a.x0, b.x0), h = (double)fmin(a.y1, b.y1) - fmax(a.y0, b.y0);
        double unit = 1.0 / VERTEX_PER_DEGREE;
        return w > 0 && h > 0 && w * unit * c->scale.lon * h * unit * c->scale.lat >= SLIVER_M2;
}

static void check_pair(void *item, void *user)
{
        struct pairs *p = user;
        struct checker *c = p->c;
        uint32_t other = *(const uint32_t *)item;
        if (other <= p->grid || p->told >= OVERLAPS_MAX || p->n >= PAIRS_MAX)
                return;
        if (!boxes_overlap(c, p->box, polygon_box(&c->g->shapes, other)))
                return;
        p->n++;
        GEOSGeometry *both = GEOSIntersection_r(c->h, c->polygon[p->grid], c->polygon[other]);
        double m2;
        if (!both)
                tell_unknown(c, p->grid, other);
        else if (checker_area_counts(c, both, &m2))
                tell_overlap(p, other, both, m2);
        GEOSGeom_destroy_r(c->h, both);
}

static void check_overlaps(struct checker *c)
{
        struct pairs p = { .c = c };
        for (uint32_t i = 0; i < c->g->n; i++) {
                if (!c->polygon[i])
                        continue;
                p.grid = i;
                p.box = polygon_box(&c->g->shapes, i);
                GEOSSTRtree_query_r(c->h, c->tree, c->polygon[i], check_pair, &p);
        }
        if (p.told >= OVERLAPS_MAX || p.n >= PAIRS_MAX)
                finding_add(c->f, "grid.check", SEV_WARNING, grids_file, 0,
                            (struct say){ "先改正前面的重叠。", "Mend the overlaps above first." },
                            "重叠过多，其余没有再查。", "Too many overlaps; the rest were not looked for.");
}

/* No overlap of two grids is larger than what the grids have more than their union: on a clean map, and
 * most are, this one subtraction saves looking at every pair of neighbours. */
static bool no_overlaps(const struct checker *c)
{
        double sum = 0, area = 0;
        for (size_t i = 0; i < c->g->n; i++)
                sum += c->area[i];
        return c->all && GEOSArea_r(c->h, c->all, &area) && sum - area < SLIVER_M2;
}

static struct point middle(const struct shapes *s)
{
        struct box b = BOX_EMPTY;
        for (uint32_t i = 0; i < s->n_vertices; i++)
                box_add(&b, s->v[i]);
        struct point p0 = vertex_point((struct vertex){ b.x0, b.y0 }), p1 = vertex_point((struct vertex){ b.x1, b.y1 });
        return (struct point){ .lat = (p0.lat + p1.lat) / 2, .lon = (p0.lon + p1.lon) / 2 };
}

int grids_check(const struct grids *g, const struct places *places, struct findings *f)
{
        if (g->n == 0)
                return OK;
        struct checker c = { .h = GEOS_init_r(), .g = g, .places = places, .f = f, .origin = middle(&g->shapes) };
        if (!c.h)
                return ERR_INTERNAL;
        GEOSContext_setNoticeMessageHandler_r(c.h, hush, NULL);
        GEOSContext_setErrorMessageHandler_r(c.h, hush, NULL);
        c.scale = degree_metres_at(c.origin.lat);
        make_polygons(&c);
        c.all = c.tree && !c.missing ? grids_union(&c) : NULL;
        if (c.tree && !no_overlaps(&c))
                check_overlaps(&c);
        grids_check_gaps(&c);
        release(&c);
        return OK;
}

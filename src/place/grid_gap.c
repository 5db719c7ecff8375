#include <stdio.h>
#include "place/inner/grid_check.h"

/* Cracks up to twice this wide are closed to find them; shorter ones are corners, not cracks. */
#define CRACK_REACH_M 2.5
#define CRACK_LENGTH_M 15.0
/* A grid this near to a gap borders it. */
#define BORDER_M 0.05

/* The grids around one gap. */
struct border {
        const struct checker *c;
        const GEOSGeometry *gap;
        double reach; /* m */
        uint32_t first;
        size_t n;
        struct str community; /* of the first */
        bool several;         /* grids of other communities border it too */
        char names[200];      /* codes of the first few */
};

static void border_grid(void *item, void *user)
{
        struct border *b = user;
        const struct checker *c = b->c;
        uint32_t grid = *(const uint32_t *)item;
        double metres;
        if (!GEOSDistance_r(c->h, b->gap, c->polygon[grid], &metres) || metres > b->reach)
                return;
        struct str code = c->g->row[grid].code, community = checker_community(c, grid);
        size_t used = strlen(b->names);
        if (b->n < 4)
                snprintf(b->names + used, sizeof b->names - used, "%s" STR_FMT, b->n ? ", " : "", STR_ARG(code));
        if (b->n++ == 0) {
                b->first = grid;
                b->community = community;
        }
        b->several |= !str_eq(b->community, community);
}

static struct border find_border(const struct checker *c, const GEOSGeometry *gap, double reach)
{
        struct border b = { .c = c, .gap = gap, .reach = reach };
        GEOSGeometry *wide = GEOSBuffer_r(c->h, gap, reach, 1);
        if (wide)
                GEOSSTRtree_query_r(c->h, c->tree, wide, border_grid, &b);
        GEOSGeom_destroy_r(c->h, wide);
        return b;
}

/* Square metres of the grids of a community, or of all grids when it is empty. */
static double community_area(const struct checker *c, struct str community)
{
        double sum = 0;
        for (uint32_t i = 0; i < c->g->n; i++) {
                if (community.n == 0 || str_eq(community, checker_community(c, i)))
                        sum += c->area[i];
        }
        return sum;
}

static const struct say hint_gap = { "把边界接上；如果是别的乡镇的飞地，在说明里写明。",
                                     "Join the boundaries; if it belongs to another township, say so in the notes." };

static void tell_gap(const struct checker *c, const struct border *b, const GEOSGeometry *gap, double m2)
{
        struct str community = b->several ? (struct str){ "", 0 } : b->community;
        double all = community_area(c, community), share = all > 0 ? 100 * m2 / all : 0;
        struct point at = checker_inside_point(c, gap);
        int32_t line = c->g->row[b->first].line;
        if (community.n > 0)
                finding_add(
                        c->f, "grid.gap", SEV_ERROR, grids_file, line, hint_gap,
                        "社区 %s 内有一块 %.1f 平方米（%.2f%%）没有网格，在 %s 之间，位置 %.6f, %.6f（纬度, 经度）。",
                        "Community %s has a hole of %.1f m2 (%.2f %%) without a grid, between %s, at %.6f, %.6f "
                        "(latitude, longitude).",
                        str_c(c->f->arena, community), m2, share, b->names, at.lat, at.lon);
        else
                finding_add(c->f, "grid.gap", SEV_WARNING, grids_file, line, hint_gap,
                            "社区之间有一块 %.1f 平方米（全部的 %.2f%%）没有网格，在 %s 之间，位置 %.6f, %.6f（纬度, "
                            "经度）。",
                            "Between communities there is a hole of %.1f m2 (%.2f %% of all) without a grid, between "
                            "%s, at "
                            "%.6f, %.6f (latitude, longitude).",
                            m2, share, b->names, at.lat, at.lon);
        checker_tell_where(c, gap);
}

static void tell_crack(const struct checker *c, const struct border *b, const GEOSGeometry *gap, double m2)
{
        struct point at = checker_inside_point(c, gap);
        finding_add(c->f, "grid.gap", SEV_WARNING, grids_file, c->g->row[b->first].line, hint_gap,
                    "网格之间有一条 %.1f 平方米的细缝，在 %s 之间，位置 %.6f, %.6f（纬度, 经度）。",
                    "There is a crack of %.1f m2 between %s, at %.6f, %.6f (latitude, longitude).", m2, b->names,
                    at.lat, at.lon);
        checker_tell_where(c, gap);
}

/* What no grid covers inside a ring of the union: islands in it are covered. */
static void check_hole(const struct checker *c, const GEOSGeometry *all, const GEOSGeometry *ring)
{
        GEOSGeometry *filled = GEOSGeom_createPolygon_r(c->h, GEOSGeom_clone_r(c->h, ring), NULL, 0);
        GEOSGeometry *gap = filled ? GEOSDifference_r(c->h, filled, all) : NULL;
        double m2;
        if (checker_area_counts(c, gap, &m2)) {
                struct border b = find_border(c, gap, BORDER_M);
                if (b.n > 0)
                        tell_gap(c, &b, gap, m2);
        }
        GEOSGeom_destroy_r(c->h, gap);
        GEOSGeom_destroy_r(c->h, filled);
}

static void check_holes(const struct checker *c, const GEOSGeometry *all)
{
        for (int i = 0; i < GEOSGetNumGeometries_r(c->h, all); i++) {
                const GEOSGeometry *part = GEOSGetGeometryN_r(c->h, all, i);
                if (GEOSGeomTypeId_r(c->h, part) != GEOS_POLYGON)
                        continue;
                for (int k = 0; k < GEOSGetNumInteriorRings_r(c->h, part); k++)
                        check_hole(c, all, GEOSGetInteriorRingN_r(c->h, part, k));
        }
}

/* Takes the geometries over. NULL when GEOS cannot. */
static GEOSGeometry *union_of(const struct checker *c, GEOSGeometry **g, uint32_t n)
{
        GEOSGeometry *heap = GEOSGeom_createCollection_r(c->h, GEOS_GEOMETRYCOLLECTION, g, n);
        GEOSGeometry *out = heap ? GEOSUnaryUnion_r(c->h, heap) : NULL;
        GEOSGeom_destroy_r(c->h, heap);
        return out;
}

GEOSGeometry *grids_union(struct checker *c)
{
        GEOSGeometry **copy = arena_array(&c->scratch, GEOSGeometry *, c->g->n);
        uint32_t n = 0;
        for (size_t i = 0; i < c->g->n; i++) {
                GEOSGeometry *g = c->polygon[i] ? GEOSGeom_clone_r(c->h, c->polygon[i]) : NULL;
                if (g)
                        copy[n++] = g;
        }
        return union_of(c, copy, n);
}

/* The union with its holes filled in: they were told already. */
static GEOSGeometry *without_holes(struct checker *c, const GEOSGeometry *all)
{
        int parts = GEOSGetNumGeometries_r(c->h, all);
        GEOSGeometry **shell = arena_array(&c->scratch, GEOSGeometry *, parts);
        uint32_t n = 0;
        for (int i = 0; i < parts; i++) {
                const GEOSGeometry *part = GEOSGetGeometryN_r(c->h, all, i);
                if (GEOSGeomTypeId_r(c->h, part) != GEOS_POLYGON)
                        continue;
                GEOSGeometry *ring = GEOSGeom_clone_r(c->h, GEOSGetExteriorRing_r(c->h, part));
                GEOSGeometry *filled = ring ? GEOSGeom_createPolygon_r(c->h, ring, NULL, 0) : NULL;
                if (filled)
                        shell[n++] = filled;
        }
        return union_of(c, shell, n);
}

/* Grow, then shrink: what closes up was a crack (or a sharp corner, which is too short to be told). */
static GEOSGeometry *close_cracks(const struct checker *c, const GEOSGeometry *g)
{
        GEOSGeometry *grown = GEOSBuffer_r(c->h, g, CRACK_REACH_M, 4);
        GEOSGeometry *closed = grown ? GEOSBuffer_r(c->h, grown, -CRACK_REACH_M, 4) : NULL;
        GEOSGeometry *cracks = closed ? GEOSDifference_r(c->h, closed, g) : NULL;
        GEOSGeom_destroy_r(c->h, grown);
        GEOSGeom_destroy_r(c->h, closed);
        return cracks;
}

static void check_crack(const struct checker *c, const GEOSGeometry *crack)
{
        double m2, round = 0;
        GEOSLength_r(c->h, crack, &round);
        if (round / 2 < CRACK_LENGTH_M || !checker_area_counts(c, crack, &m2))
                return;
        struct border b = find_border(c, crack, BORDER_M);
        if (b.n > 1)
                tell_crack(c, &b, crack, m2);
}

static void check_cracks(struct checker *c, const GEOSGeometry *all)
{
        GEOSGeometry *filled = without_holes(c, all);
        GEOSGeometry *cracks = filled ? close_cracks(c, filled) : NULL;
        for (int i = 0; cracks && i < GEOSGetNumGeometries_r(c->h, cracks); i++)
                check_crack(c, GEOSGetGeometryN_r(c->h, cracks, i));
        GEOSGeom_destroy_r(c->h, cracks);
        GEOSGeom_destroy_r(c->h, filled);
}

void grids_check_gaps(struct checker *c)
{
        if (!c->all) {
                finding_add(c->f, "grid.check", SEV_WARNING, grids_file, 0,
                            (struct say){ "先改正前面的问题。", "Mend the findings above first." },
                            "无法算出网格之间有没有空隙。",
                            "Whether there are gaps between the grids could not be computed.");
                return;
        }
        check_holes(c, c->all);
        check_cracks(c, c->all);
}

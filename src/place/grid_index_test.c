/* place/grid_index_test.c — every answer against a slow and simple reference, and against GEOS. */
#include <geos_c.h>
#include <math.h>
#include "base/err.h"
#include "base/test.h"
#include "place/grid.h"
#include "place/inner/grid_table.h"

/* --- polygons for tests --- */

#define MAKE_VERTICES 400000
struct make {
        struct arena arena;
        struct vertex *v;
        uint32_t *ring, *polygon;
        uint8_t *hole;
        struct shapes s;
        const struct grid_index *ix;
};

static void make_init(struct make *m)
{
        *m = (struct make){ 0 };
        m->v = arena_array(&m->arena, struct vertex, MAKE_VERTICES);
        m->ring = arena_array(&m->arena, uint32_t, MAKE_VERTICES);
        m->polygon = arena_array(&m->arena, uint32_t, MAKE_VERTICES);
        m->hole = arena_array(&m->arena, uint8_t, MAKE_VERTICES);
        m->s = (struct shapes){ .v = m->v, .ring = m->ring, .polygon = m->polygon, .hole = m->hole };
}

static void make_free(struct make *m)
{
        arena_free(&m->arena);
}
#define MAKE_AUTO __attribute__((cleanup(make_free))) struct make

static void make_ring(struct make *m, const struct vertex *v, uint32_t n, bool hole)
{
        for (uint32_t i = 0; i < n; i++)
                m->v[m->s.n_vertices++] = v[i];
        m->v[m->s.n_vertices++] = v[0];
        m->hole[m->s.n_rings++] = hole;
        m->ring[m->s.n_rings] = m->s.n_vertices;
        m->polygon[m->s.n_polygons] = m->s.n_rings;
}

static void make_polygon(struct make *m)
{
        m->s.n_polygons++;
        m->polygon[m->s.n_polygons] = m->s.n_rings;
}

static void make_box(struct make *m, int32_t x0, int32_t y0, int32_t x1, int32_t y1)
{
        make_polygon(m);
        make_ring(m, (struct vertex[]){ { x0, y0 }, { x1, y0 }, { x1, y1 }, { x0, y1 } }, 4, false);
}

static void make_index(struct make *m)
{
        CHECK_EQ(grid_index_build(&m->arena, &m->s, &m->ix), OK);
}

static uint64_t random_next(uint64_t *s)
{
        *s ^= *s << 13;
        *s ^= *s >> 7;
        *s ^= *s << 17;
        return *s * 0x2545f4914f6cdd1d >> 11;
}

static int32_t random_in(uint64_t *s, int32_t lo, int32_t hi)
{
        return (int32_t)(lo + (int64_t)(random_next(s) % (uint64_t)((int64_t)hi - lo + 1)));
}

/* --- the reference: all edges of all polygons, textbook rules, wide integers --- */

__extension__ typedef __int128 wide;

static enum grid_how plain_side(const struct shapes *s, uint32_t g, struct vertex p, bool *ret_on)
{
        bool in = false;
        *ret_on = false;
        for (uint32_t r = s->polygon[g]; r < s->polygon[g + 1]; r++) {
                for (uint32_t i = s->ring[r]; i + 1 < s->ring[r + 1]; i++) {
                        struct vertex a = s->v[i], b = s->v[i + 1];
                        wide o = (wide)((int64_t)b.x - a.x) * ((int64_t)p.y - a.y) -
                                 (wide)((int64_t)b.y - a.y) * ((int64_t)p.x - a.x);
                        bool box = p.x >= (a.x < b.x ? a.x : b.x) && p.x <= (a.x < b.x ? b.x : a.x) &&
                                   p.y >= (a.y < b.y ? a.y : b.y) && p.y <= (a.y < b.y ? b.y : a.y);
                        if (o == 0 && box)
                                *ret_on = true;
                        if ((a.y > p.y) != (b.y > p.y) && (b.y > a.y ? o > 0 : o < 0))
                                in = !in;
                }
        }
        return in || *ret_on ? GRID_INSIDE : GRID_NONE;
}

struct plain {
        uint32_t grid, n;
        bool boundary;
};

static struct plain plain_locate(const struct shapes *s, struct vertex p)
{
        struct plain out = { .grid = UINT32_MAX };
        bool strict = false;
        for (uint32_t g = 0; g < s->n_polygons; g++) {
                bool on;
                if (plain_side(s, g, p, &on) == GRID_NONE)
                        continue;
                if (out.n++ == 0 || (!on && !strict))
                        out.grid = g;
                strict |= !on;
                out.boundary |= on;
        }
        return out;
}

static void same_answer(const struct make *m, struct vertex p)
{
        struct plain want = plain_locate(&m->s, p);
        struct grid_hit hit;
        CHECK_EQ(grid_locate(m->ix, vertex_point(p), 0, &hit), OK);
        bool same = want.n == 0 ? hit.how == GRID_NONE
                                : hit.how == GRID_INSIDE && hit.grid == want.grid && hit.n_others == want.n - 1 &&
                                          hit.boundary == want.boundary;
        if (!same)
                fail_msg("at %d,%d: got %d grid %u others %u boundary %d, want grid %d of %u boundary %d", p.x, p.y,
                         hit.how, hit.grid, hit.n_others, hit.boundary, (int)want.grid, want.n, want.boundary);
}

/* Vertices, points beside them, and lattice points on or beside edges. */
static void same_at_edges(const struct make *m, uint64_t *seed, uint32_t n)
{
        for (uint32_t k = 0; k < n; k++) {
                uint32_t i = (uint32_t)(random_next(seed) % (m->s.n_vertices - 1));
                struct vertex a = m->s.v[i], b = m->s.v[i + 1];
                double t = (double)(random_next(seed) % 1000) / 999;
                struct vertex on = { (int32_t)lrint(a.x + t * ((double)b.x - a.x)),
                                     (int32_t)lrint(a.y + t * ((double)b.y - a.y)) };
                same_answer(m, a);
                same_answer(m, on);
                same_answer(m, (struct vertex){ on.x + random_in(seed, -1, 1), on.y + random_in(seed, -1, 1) });
        }
}

static void same_everywhere(const struct make *m, uint64_t *seed, uint32_t n)
{
        struct box box = BOX_EMPTY;
        for (uint32_t i = 0; i < m->s.n_vertices; i++)
                box_add(&box, m->s.v[i]);
        for (uint32_t k = 0; k < n; k++)
                same_answer(m, (struct vertex){ random_in(seed, box.x0 - 2, box.x1 + 2),
                                                random_in(seed, box.y0 - 2, box.y1 + 2) });
        same_at_edges(m, seed, n);
}

/* --- tests --- */

TEST(two_boxes_share_a_side)
{
        MAKE_AUTO m;
        make_init(&m);
        make_box(&m, 0, 0, 10, 10);
        make_box(&m, 10, 0, 20, 10);
        make_index(&m);
        struct grid_hit hit;
        grid_locate(m.ix, vertex_point((struct vertex){ 5, 5 }), 0, &hit);
        CHECK_EQ(hit.how, GRID_INSIDE);
        CHECK_EQ(hit.grid, 0);
        CHECK(!hit.boundary && hit.n_others == 0 && hit.metres == 0);
        grid_locate(m.ix, vertex_point((struct vertex){ 10, 5 }), 0, &hit);
        CHECK_EQ(hit.grid, 0);
        CHECK(hit.boundary);
        CHECK_EQ(hit.n_others, 1);
        CHECK_EQ(hit.others[0], 1);
        grid_locate(m.ix, vertex_point((struct vertex){ 20, 5 }), 0, &hit);
        CHECK_EQ(hit.grid, 1);
        CHECK(hit.boundary && hit.n_others == 0);
        for (int32_t x = -2; x <= 22; x++) {
                for (int32_t y = -2; y <= 12; y++)
                        same_answer(&m, (struct vertex){ x, y });
        }
}

TEST(a_hole_and_what_fills_it)
{
        MAKE_AUTO m;
        make_init(&m);
        make_box(&m, 0, 0, 100, 100);
        make_ring(&m, (struct vertex[]){ { 30, 30 }, { 60, 40 }, { 50, 70 } }, 3, true);
        make_polygon(&m);
        make_ring(&m, (struct vertex[]){ { 30, 30 }, { 60, 40 }, { 50, 70 } }, 3, false);
        make_ring(&m, (struct vertex[]){ { 200, 0 }, { 220, 0 }, { 210, 30 } }, 3, false);
        make_index(&m);
        uint64_t seed = 7;
        same_everywhere(&m, &seed, 20000);
}

/* Anything at all on a small lattice: self-crossing, overlapping, flat, with spikes and repeats. Even-odd
 * is the rule, and every point of the lattice is asked. */
TEST(wild_polygons_on_a_small_lattice)
{
        uint64_t seed = 20260105;
        for (int round = 0; round < 300; round++) {
                MAKE_AUTO m;
                make_init(&m);
                int32_t side = random_in(&seed, 1, 40);
                int32_t polygons = random_in(&seed, 1, 6);
                for (int32_t g = 0; g < polygons; g++) {
                        make_polygon(&m);
                        for (int32_t r = random_in(&seed, 1, 2); r > 0; r--) {
                                struct vertex v[40];
                                uint32_t n = (uint32_t)random_in(&seed, 1, 12 + round % 28);
                                for (uint32_t i = 0; i < n; i++)
                                        v[i] = (struct vertex){ random_in(&seed, 0, side), random_in(&seed, 0, side) };
                                make_ring(&m, v, n, r == 1);
                        }
                }
                make_index(&m);
                for (int32_t x = -1; x <= side + 1; x++) {
                        for (int32_t y = -1; y <= side + 1; y++)
                                same_answer(&m, (struct vertex){ x, y });
                }
        }
}

/* The same on large coordinates, where the squares of cells and tiles come into play. */
TEST(wild_polygons_on_the_whole_earth)
{
        uint64_t seed = 99;
        for (int round = 0; round < 40; round++) {
                MAKE_AUTO m;
                make_init(&m);
                for (int32_t g = 0; g < 30; g++) {
                        int32_t cx = random_in(&seed, -1350000000, 1350000000),
                                cy = random_in(&seed, -450000000, 450000000);
                        int32_t reach = 1 << random_in(&seed, 3, 28);
                        struct vertex v[60];
                        uint32_t n = (uint32_t)random_in(&seed, 3, 60);
                        for (uint32_t i = 0; i < n; i++)
                                v[i] = (struct vertex){ cx + random_in(&seed, -reach, reach),
                                                        cy + random_in(&seed, -reach, reach) };
                        make_polygon(&m);
                        make_ring(&m, v, n, false);
                }
                make_index(&m);
                same_everywhere(&m, &seed, 300);
        }
}

static struct vertex shaken_corner(int32_t x, int32_t y, int32_t step)
{
        uint64_t s = ((uint64_t)(uint32_t)x << 32 | (uint32_t)y) * 0x9e3779b97f4a7c15 + 1;
        random_next(&s);
        return (struct vertex){ 1160000000 + x * step + random_in(&s, -step / 3, step / 3),
                                390000000 + y * step + random_in(&s, -step / 3, step / 3) };
}

static void make_partition(struct make *m, int32_t side, int32_t step)
{
        for (int32_t y = 0; y < side; y++) {
                for (int32_t x = 0; x < side; x++) {
                        struct vertex v[] = { shaken_corner(x, y, step), shaken_corner(x + 1, y, step),
                                              shaken_corner(x + 1, y + 1, step), shaken_corner(x, y + 1, step) };
                        make_polygon(m);
                        make_ring(m, v, 4, false);
                }
        }
}

TEST(a_partition_gives_each_point_one_grid)
{
        MAKE_AUTO m;
        make_init(&m);
        make_partition(&m, 30, 30000);
        make_index(&m);
        uint64_t seed = 5;
        same_everywhere(&m, &seed, 3000);
        for (int k = 0; k < 20000; k++) {
                struct vertex p = { random_in(&seed, 1160020000, 1160880000), random_in(&seed, 390020000, 390880000) };
                struct grid_hit hit;
                grid_locate(m.ix, vertex_point(p), 0, &hit);
                CHECK_EQ(hit.how, GRID_INSIDE);
                CHECK(hit.boundary == (hit.n_others > 0));
        }
}

/* One stray polygon at 0, 0 must not make the index of a town slow: tiles take over. */
TEST(a_stray_polygon_far_away)
{
        MAKE_AUTO m;
        make_init(&m);
        make_partition(&m, 20, 30000);
        make_box(&m, 0, 0, 1000, 1000);
        make_index(&m);
        uint64_t seed = 11;
        same_at_edges(&m, &seed, 3000);
        for (int k = 0; k < 5000; k++)
                same_answer(&m, (struct vertex){ random_in(&seed, 1160000000, 1160600000),
                                                 random_in(&seed, 390000000, 390600000) });
        CHECK(m.ix->bytes < 1000000);
}

TEST(piled_up_polygons_stay_small)
{
        MAKE_AUTO m;
        make_init(&m);
        uint64_t seed = 3;
        for (int g = 0; g < 5000; g++) {
                int32_t x = random_in(&seed, 0, 1000), y = random_in(&seed, 0, 1000);
                make_box(&m, x, y, 100000000 - random_in(&seed, 0, 1000), 100000000 - y);
        }
        make_index(&m);
        CHECK(m.ix->bytes < 8000000);
        same_everywhere(&m, &seed, 20);
}

TEST(a_star_of_many_edges_in_one_point)
{
        MAKE_AUTO m;
        make_init(&m);
        struct vertex v[2000];
        for (uint32_t i = 0; i < 1000; i++) {
                double t = i * 0.00628;
                v[2 * i] = (struct vertex){ 500000, 500000 };
                v[2 * i + 1] = (struct vertex){ 500000 + (int32_t)(4e5 * cos(t)), 500000 + (int32_t)(4e5 * sin(t)) };
        }
        make_polygon(&m);
        make_ring(&m, v, 2000, false);
        make_index(&m);
        uint64_t seed = 8;
        same_everywhere(&m, &seed, 3000);
}

TEST(nothing_to_find)
{
        MAKE_AUTO m;
        make_init(&m);
        make_index(&m);
        struct grid_hit hit;
        struct grid_nears near;
        CHECK_EQ(grid_locate(m.ix, (struct point){ 39.9, 116.4 }, 1000, &hit), OK);
        CHECK_EQ(hit.how, GRID_NONE);
        CHECK_EQ(grid_crossing(m.ix, (struct point){ 0, 0 }, 1000, &near), OK);
        CHECK_EQ(near.n, 0);
}

TEST(points_off_the_earth_are_refused)
{
        MAKE_AUTO m;
        make_init(&m);
        make_box(&m, 0, 0, 10, 10);
        make_index(&m);
        struct grid_hit hit = { .grid = 77 };
        struct grid_nears near;
        CHECK_EQ(grid_locate(m.ix, (struct point){ (double)NAN, 0 }, 0, &hit), ERR_RANGE);
        CHECK_EQ(grid_locate(m.ix, (struct point){ 0, 181 }, 0, &hit), ERR_RANGE);
        CHECK_EQ(hit.grid, 77);
        CHECK_EQ(grid_crossing(m.ix, (struct point){ -91, 0 }, 10, &near), ERR_RANGE);
        CHECK_EQ(grid_crossing(m.ix, (struct point){ 0, 0 }, (double)NAN, &near), ERR_RANGE);
        CHECK_EQ(grid_locate(m.ix, (struct point){ 90, 180 }, 1e9, &hit), OK);
        CHECK_EQ(hit.how, GRID_NONE);
}

TEST(too_wide_rings_are_refused)
{
        MAKE_AUTO m;
        make_init(&m);
        make_box(&m, -1000000000, 0, 1000000000, 10);
        const struct grid_index *ix = NULL;
        CHECK_EQ(grid_index_build(&m.arena, &m.s, &ix), ERR_RANGE);
        CHECK(ix == NULL);
}

TEST(nearest_is_measured_to_the_boundary)
{
        MAKE_AUTO m;
        make_init(&m);
        int32_t x = 1164000000, y = 399000000;
        make_box(&m, x, y, x + 10000, y + 10000);
        make_box(&m, x + 10000, y, x + 20000, y + 10000);
        make_index(&m);
        struct degree_metres d = degree_metres_at(39.9);
        struct grid_hit hit;
        struct point south = vertex_point((struct vertex){ x + 5000, y - 2000 });
        grid_locate(m.ix, south, 50, &hit);
        CHECK_EQ(hit.how, GRID_NEAREST);
        CHECK_EQ(hit.grid, 0);
        CHECK(fabs(hit.metres - 0.0002 * d.lat) < 0.01);
        grid_locate(m.ix, south, 20, &hit);
        CHECK_EQ(hit.how, GRID_NONE);
        /* Just under the shared corner both are equally far: the lowest number. */
        grid_locate(m.ix, vertex_point((struct vertex){ x + 10000, y - 2000 }), 50, &hit);
        CHECK_EQ(hit.how, GRID_NEAREST);
        CHECK_EQ(hit.grid, 0);
        grid_locate(m.ix, vertex_point((struct vertex){ x + 10500, y - 2000 }), 50, &hit);
        CHECK_EQ(hit.grid, 1);
}

/* Whichever cell is searched first: the lowest number. */
TEST(equally_near_goes_to_the_lowest_number)
{
        for (int32_t flip = -1; flip <= 1; flip += 2) {
                MAKE_AUTO m;
                make_init(&m);
                int32_t x = 1164000000, y = 399000000;
                make_box(&m, x, y + flip * 1000, x + 9000, y + flip * 20000);
                make_box(&m, x, y - flip * 1000, x + 9000, y - flip * 20000);
                make_index(&m);
                struct grid_hit hit;
                grid_locate(m.ix, vertex_point((struct vertex){ x + 4000, y }), 50, &hit);
                CHECK_EQ(hit.how, GRID_NEAREST);
                CHECK_EQ(hit.grid, 0);
        }
}

/* --- nearness against the slow way --- */

static double plain_metres(const struct make *m, uint32_t g, struct vertex p)
{
        struct degree_metres d = degree_metres_at((double)p.y / VERTEX_PER_DEGREE);
        double best = HUGE_VAL, kx = d.lon / VERTEX_PER_DEGREE, ky = d.lat / VERTEX_PER_DEGREE;
        for (uint32_t r = m->s.polygon[g]; r < m->s.polygon[g + 1]; r++) {
                for (uint32_t i = m->s.ring[r]; i + 1 < m->s.ring[r + 1]; i++) {
                        double ax = ((double)m->s.v[i].x - p.x) * kx, ay = ((double)m->s.v[i].y - p.y) * ky;
                        double bx = ((double)m->s.v[i + 1].x - p.x) * kx, by = ((double)m->s.v[i + 1].y - p.y) * ky;
                        double len = (bx - ax) * (bx - ax) + (by - ay) * (by - ay);
                        double t = len > 0 ? fmax(0, fmin(1, -(ax * (bx - ax) + ay * (by - ay)) / len)) : 0;
                        best = fmin(best, hypot(ax + t * (bx - ax), ay + t * (by - ay)));
                }
        }
        return best;
}

TEST(the_circle_touches_what_it_touches)
{
        MAKE_AUTO m;
        make_init(&m);
        make_partition(&m, 12, 30000);
        make_index(&m);
        uint64_t seed = 21;
        for (int k = 0; k < 400; k++) {
                struct vertex p = { random_in(&seed, 1159950000, 1160400000), random_in(&seed, 389950000, 390400000) };
                double metres = random_in(&seed, 0, 400);
                struct grid_nears near;
                CHECK_EQ(grid_crossing(m.ix, vertex_point(p), metres, &near), OK);
                size_t want = 0;
                for (uint32_t g = 0; g < m.s.n_polygons; g++) {
                        bool on, in = plain_side(&m.s, g, p, &on) == GRID_INSIDE;
                        want += in || plain_metres(&m, g, p) <= metres;
                }
                if (near.n != (want < GRID_NEAR_MAX ? want : GRID_NEAR_MAX) || near.more != (want > GRID_NEAR_MAX))
                        fail_msg("at %d,%d within %.0f m: got %zu, want %zu", p.x, p.y, metres, near.n, want);
                for (size_t i = 0; i < near.n; i++) {
                        bool on;
                        CHECK(near.row[i].inside == (plain_side(&m.s, near.row[i].grid, p, &on) == GRID_INSIDE));
                        if (!near.row[i].inside)
                                CHECK(fabs(near.row[i].metres - plain_metres(&m, near.row[i].grid, p)) < 0.002);
                        CHECK(i == 0 || near.row[i - 1].metres <= near.row[i].metres);
                }
        }
}

/* --- against GEOS: whole numbers are exact in its doubles, and so are its orientation tests --- */

static GEOSGeometry *geos_ring_polygon(GEOSContextHandle_t h, const struct shapes *s, uint32_t ring)
{
        uint32_t from = s->ring[ring], n = s->ring[ring + 1] - from;
        GEOSCoordSequence *seq = GEOSCoordSeq_create_r(h, n, 2);
        for (uint32_t i = 0; i < n; i++)
                GEOSCoordSeq_setXY_r(h, seq, i, s->v[from + i].x, s->v[from + i].y);
        return GEOSGeom_createPolygon_r(h, GEOSGeom_createLinearRing_r(h, seq), NULL, 0);
}

static void same_as_geos(GEOSContextHandle_t h, const struct make *m, const GEOSPreparedGeometry **g, struct vertex p)
{
        GEOSGeometry *at = GEOSGeom_createPointFromXY_r(h, p.x, p.y);
        struct grid_hit hit;
        CHECK_EQ(grid_locate(m->ix, vertex_point(p), 0, &hit), OK);
        uint32_t n = 0;
        bool found = false;
        for (uint32_t i = 0; i < m->s.n_polygons; i++) {
                if (GEOSPreparedIntersects_r(h, g[i], at) != 1)
                        continue;
                n++;
                found |= hit.grid == i;
        }
        CHECK_EQ(hit.how == GRID_INSIDE ? hit.n_others + 1 : 0, n);
        CHECK(n == 0 || found);
        GEOSGeom_destroy_r(h, at);
}

TEST(the_same_as_geos)
{
        MAKE_AUTO m;
        make_init(&m);
        make_partition(&m, 8, 30001);
        make_index(&m);
        GEOSContextHandle_t h = GEOS_init_r();
        GEOSGeometry *polygon[64];
        const GEOSPreparedGeometry *prepared[64];
        for (uint32_t i = 0; i < 64; i++) {
                polygon[i] = geos_ring_polygon(h, &m.s, i);
                prepared[i] = GEOSPrepare_r(h, polygon[i]);
        }
        uint64_t seed = 4;
        for (int k = 0; k < 2000; k++) {
                uint32_t i = (uint32_t)(random_next(&seed) % (m.s.n_vertices - 1));
                struct vertex a = m.s.v[i], b = m.s.v[i + 1];
                same_as_geos(h, &m, prepared, a);
                same_as_geos(h, &m, prepared, (struct vertex){ a.x + (b.x - a.x) / 2, a.y + (b.y - a.y) / 2 });
                same_as_geos(h, &m, prepared,
                             (struct vertex){ random_in(&seed, 1159980000, 1160260000),
                                              random_in(&seed, 389980000, 390260000) });
        }
        for (uint32_t i = 0; i < 64; i++) {
                GEOSPreparedGeom_destroy_r(h, prepared[i]);
                GEOSGeom_destroy_r(h, polygon[i]);
        }
        GEOS_finish_r(h);
}

/* ---- labels ---- */

/* A U: the middle of its box is not in it. And a box with a hole: nor is that one's. */
TEST(a_label_lies_inside_its_polygon)
{
        MAKE_AUTO m;
        make_init(&m);
        make_polygon(&m);
        make_ring(&m, (struct vertex[]){ { 0, 0 }, { 100, 0 }, { 100, 90 }, { 70, 90 }, { 70, 10 }, { 10, 10 }, { 10, 90 }, { 0, 90 } }, 8, false);
        make_box(&m, 1000, 1000, 1100, 1100);
        make_ring(&m, (struct vertex[]){ { 1020, 1020 }, { 1090, 1020 }, { 1090, 1080 }, { 1020, 1080 } }, 4, true);
        struct grids g = { .shapes = m.s };
        struct vertex u = vertex_at(grid_label(&g, 0)), holed = vertex_at(grid_label(&g, 1));
        CHECK_EQ(u.x, 85); /* the wider arm */
        CHECK_EQ(u.y, 45);
        CHECK_EQ(holed.x, 1010);
        CHECK_EQ(holed.y, 1050);
}

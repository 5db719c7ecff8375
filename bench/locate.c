/* bench/locate.c — how long does it take to say in which grid a point lies?
 *
 * Ours beside GEOS (STRtree of envelopes, then prepared polygons) on the same made-up partition and the same uniform
 * random points; every answer is compared. Warm: batches one after another. Cold: before each batch a 64 MB buffer is
 * written, twice what the largest cache of the reference machine holds, and the 64 points of a batch lie anywhere.
 */
#include <geos_c.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "app/bench.h"
#include "place/grid_index.h"

#define EVICT_BYTES ((size_t)64 << 20)
#define SOUTH 39.0
#define WEST 115.0
#define STEP 0.0028 /* degrees: about 300 m, a grid of a few hundred households */

static uint64_t mix(uint64_t x)
{
        x += 0x9e3779b97f4a7c15;
        x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
        x = (x ^ x >> 27) * 0x94d049bb133111eb;
        return x ^ x >> 31;
}

static double unit(uint64_t seed)
{
        return (double)(mix(seed) >> 11) / 9007199254740992.0;
}

static double resident_mb(void)
{
        long pages = 0, size = 0;
        FILE *f = fopen("/proc/self/statm", "r");
        if (f && fscanf(f, "%ld %ld", &size, &pages) != 2)
                pages = 0;
        if (f)
                fclose(f);
        return (double)pages * (double)sysconf(_SC_PAGESIZE) / 1e6;
}

/* --- a partition: a lattice of shaken corners, neighbours sharing shaken points on their common side --- */

struct partition {
        struct arena arena;
        uint32_t side;
        struct vertex *v;
        uint32_t *ring, *polygon;
        struct shapes s;
};

static struct vertex shaken(double x, double y, uint64_t seed, double by)
{
        x += (unit(seed) - 0.5) * by;
        y += (unit(seed ^ 0x5bd1e995) - 0.5) * by;
        return vertex_at((struct point){ .lat = SOUTH + y * STEP, .lon = WEST + x * STEP * 1.28 });
}

static struct vertex corner(uint32_t x, uint32_t y)
{
        return shaken(x, y, (uint64_t)x << 32 | y, 0.5);
}

/* Points between two corners, from the first (included) to the second (left out). */
static uint32_t side_points(struct vertex *out, uint32_t x0, uint32_t y0, uint32_t x1, uint32_t y1)
{
        bool back = x1 < x0 || y1 < y0;
        uint64_t id = ((uint64_t)(back ? x1 : x0) << 32 | (back ? y1 : y0)) * 2 + (x0 != x1) + ((uint64_t)7 << 60);
        uint32_t between = (uint32_t)(mix(id) % 5), n = 0;
        out[n++] = corner(x0, y0);
        struct vertex a = corner(x0, y0), b = corner(x1, y1);
        for (uint32_t k = 1; k <= between; k++) {
                uint32_t i = back ? between + 1 - k : k;
                double t = (double)k / (between + 1), off = (unit(id + i) - 0.5) * 0.1 * STEP * VERTEX_PER_DEGREE;
                out[n++] = (struct vertex){ (int32_t)lrint(a.x + t * (b.x - a.x) + (y0 != y1 ? off : 0)),
                                            (int32_t)lrint(a.y + t * (b.y - a.y) + (y0 == y1 ? off : 0)) };
        }
        return n;
}

static void partition_make(struct partition *p, uint32_t grids)
{
        p->side = (uint32_t)lrint(sqrt(grids));
        uint32_t n = p->side * p->side;
        p->v = table_alloc(&p->arena, (size_t)n * 21 * sizeof *p->v);
        p->ring = arena_raw(&p->arena, (n + 1) * sizeof *p->ring);
        p->polygon = arena_raw(&p->arena, (n + 1) * sizeof *p->polygon);
        uint32_t at = 0;
        for (uint32_t g = 0; g < n; g++) {
                uint32_t x = g % p->side, y = g / p->side, first = at;
                p->ring[g] = at;
                p->polygon[g] = g;
                at += side_points(p->v + at, x, y, x + 1, y);
                at += side_points(p->v + at, x + 1, y, x + 1, y + 1);
                at += side_points(p->v + at, x + 1, y + 1, x, y + 1);
                at += side_points(p->v + at, x, y + 1, x, y);
                p->v[at++] = p->v[first];
        }
        p->ring[n] = at;
        p->polygon[n] = n;
        p->s = (struct shapes){
                .v = p->v, .ring = p->ring, .polygon = p->polygon, .n_vertices = at, .n_rings = n, .n_polygons = n
        };
}

static struct point random_point(const struct partition *p, uint64_t seed)
{
        struct point q = { .lat = SOUTH + unit(seed * 2) * p->side * STEP,
                           .lon = WEST + unit(seed * 2 + 1) * p->side * STEP * 1.28 };
        return vertex_point(vertex_at(q));
}

/* --- the two ways --- */

struct finder {
        const char *name;
        uint32_t (*find)(void *self, struct point);
        void *self;
};

static uint32_t find_ours(void *self, struct point p)
{
        struct grid_hit hit;
        if (grid_locate(self, p, 0, &hit) != OK || hit.how != GRID_INSIDE)
                return UINT32_MAX;
        return hit.grid;
}

struct geos {
        GEOSContextHandle_t h;
        GEOSSTRtree *tree;
        const GEOSPreparedGeometry **prepared;
        GEOSGeometry **polygon;
        uint32_t *number;
        uint32_t n;
};

struct geos_query {
        const struct geos *g;
        GEOSGeometry *point;
        double x, y;
        uint32_t found;
};

static void geos_candidate(void *item, void *user)
{
        struct geos_query *q = user;
        uint32_t i = *(const uint32_t *)item;
        if (q->found == UINT32_MAX)
                q->found = GEOSPreparedIntersects_r(q->g->h, q->g->prepared[i], q->point) == 1 ? i : UINT32_MAX;
}

static uint32_t find_geos(void *self, struct point p)
{
        struct geos *g = self;
        struct geos_query q = { .g = g,
                                .point = GEOSGeom_createPointFromXY_r(g->h, p.lon, p.lat),
                                .found = UINT32_MAX };
        GEOSSTRtree_query_r(g->h, g->tree, q.point, geos_candidate, &q);
        GEOSGeom_destroy_r(g->h, q.point);
        return q.found;
}

static GEOSGeometry *geos_polygon(struct geos *g, const struct shapes *s, uint32_t i)
{
        uint32_t from = s->ring[i], n = s->ring[i + 1] - from;
        GEOSCoordSequence *seq = GEOSCoordSeq_create_r(g->h, n, 2);
        for (uint32_t k = 0; k < n; k++) {
                struct point p = vertex_point(s->v[from + k]);
                GEOSCoordSeq_setXY_r(g->h, seq, k, p.lon, p.lat);
        }
        return GEOSGeom_createPolygon_r(g->h, GEOSGeom_createLinearRing_r(g->h, seq), NULL, 0);
}

static void geos_make(struct geos *g, struct arena *a, const struct shapes *s)
{
        *g = (struct geos){ .h = GEOS_init_r(), .n = s->n_polygons };
        g->tree = GEOSSTRtree_create_r(g->h, 10);
        g->prepared = arena_alloc(a, g->n * sizeof(void *));
        g->polygon = arena_alloc(a, g->n * sizeof(void *));
        g->number = arena_array(a, uint32_t, g->n);
        for (uint32_t i = 0; i < g->n; i++) {
                g->number[i] = i;
                g->polygon[i] = geos_polygon(g, s, i);
                g->prepared[i] = GEOSPrepare_r(g->h, g->polygon[i]);
                GEOSSTRtree_insert_r(g->h, g->tree, g->polygon[i], &g->number[i]);
        }
}

static void geos_free(struct geos *g)
{
        GEOSSTRtree_destroy_r(g->h, g->tree);
        for (uint32_t i = 0; i < g->n; i++) {
                GEOSPreparedGeom_destroy_r(g->h, g->prepared[i]);
                GEOSGeom_destroy_r(g->h, g->polygon[i]);
        }
        GEOS_finish_r(g->h);
}

/* --- measuring --- */

static volatile uint64_t sink;

static void evict(char *buffer)
{
        for (size_t i = 0; i < EVICT_BYTES; i += 64)
                buffer[i]++;
}

static void fill_points(const struct partition *p, struct point *point, uint32_t size, uint32_t batch)
{
        for (uint32_t i = 0; i < size; i++)
                point[i] = random_point(p, (uint64_t)batch * size + i);
}

/* Microseconds of a point timed alone, the median; the clock's own 0.03 us is in it. @buffer NULL = warm. */
static double measure(const struct finder *f, const struct partition *p, uint32_t batches, uint32_t size, char *buffer)
{
        ARENA_AUTO a = { 0 };
        double *single = arena_array(&a, double, (size_t)batches * size);
        struct point *point = arena_array(&a, struct point, size);
        uint64_t sum = 0;
        for (uint32_t b = 0; b < batches; b++) {
                fill_points(p, point, size, b);
                if (buffer)
                        evict(buffer);
                double last = bench_clock();
                for (uint32_t i = 0; i < size; i++) {
                        sum += f->find(f->self, point[i]);
                        double now = bench_clock();
                        single[(size_t)b * size + i] = now - last;
                        last = now;
                }
        }
        sink += sum;
        return bench_median(single, (size_t)batches * size) * 1e6;
}

static void compare_speed(struct bench *b, const struct partition *p, const struct finder *ours, const struct finder *geos, char *buffer)
{
        bool million = p->s.n_polygons >= 900000;
        for (int cold = 0; cold < 2; cold++) {
                uint32_t batches = cold ? 201 : 101, points = cold ? 64 : 5000;
                char *evicted = cold ? buffer : NULL;
                measure(ours, p, 10, cold ? 64 : 20000, NULL);
                double us = measure(ours, p, batches, points, evicted), theirs = measure(geos, p, batches, points, evicted);
                bench_row(b, arena_printf(b->a->arena, "locate, %s grids, %s (limit: GEOS)", million ? "1M" : "100k", cold ? "cold" : "warm"),
                          us, theirs, "us", million ? "<= 1" : "<= 0.5");
        }
}

static uint32_t compare(const struct finder *a, const struct finder *b, const struct partition *p, uint32_t n)
{
        uint32_t differ = 0;
        for (uint32_t i = 0; i < n; i++) {
                struct point q = random_point(p, i);
                differ += a->find(a->self, q) != b->find(b->self, q);
        }
        return differ;
}

static int run_size(struct bench *b, uint32_t grids, char *buffer)
{
        struct partition p = { 0 };
        struct arena a = { 0 };
        const struct grid_index *ix;
        struct geos g;
        partition_make(&p, grids);
        if (grid_index_build(&a, &p.s, &ix) != OK)
                BUG("the index cannot be built");
        struct finder ours = { "linli", find_ours, (void *)(uintptr_t)ix };
        double before = resident_mb();
        geos_make(&g, &a, &p.s);
        struct finder geos = { "geos", find_geos, &g };
        geos.find(geos.self, random_point(&p, 0));
        double theirs = resident_mb() - before;
        compare_speed(b, &p, &ours, &geos, buffer);
        bench_row(b, arena_printf(b->a->arena, "locate, %s grids, memory over the coordinates (limit: GEOS)", grids >= 900000 ? "1M" : "100k"),
                  (double)grid_index_bytes(ix) / 1e6, theirs, "MB", "<= 100");
        uint32_t differ = compare(&ours, &geos, &p, 200000);
        if (differ)
                bench_say(b, "locate: %u of 200000 answers differ from GEOS", differ);
        geos_free(&g);
        arena_free(&a);
        arena_free(&p.arena);
        return differ ? EXIT_FAILED : EXIT_FINE;
}

static int run(struct bench *b)
{
        char *buffer = calloc(1, EVICT_BYTES);
        if (!buffer)
                out_of_memory(EVICT_BYTES);
        int rc = run_size(b, 100000, buffer);
        if (rc == EXIT_FINE)
                rc = run_size(b, 1000000, buffer);
        free(buffer);
        return rc;
}

const struct bench_case bench_locate = {
        .name = "locate",
        .help = { "定位一个点", "locate a point" },
        .run = run,
};

/* place/inner/grid_build.h — between the two steps of building the point index: polygons onto the root
 * frame (grid_build.c), then cells into words and tiles (grid_settle.c). */
#pragma once
#include "place/inner/grid_table.h"

struct keys {
        uint64_t *p;
        size_t n, cap;
};
void grid_key_add(struct arena *, struct keys *, uint64_t key);

struct build {
        struct arena scratch;
        const struct shapes *s;
        struct frame f;
        uint32_t *at;    /* per root cell: how many runs; once filled, where its runs end */
        struct run *run; /* NULL while counting; a cell's runs stand side by side in the order of the grids */
        uint64_t n_run;
        struct keys edges; /* of one polygon: cell << 32 | edge */
        struct keys flips; /* of one polygon: the cells from which on its row's corners change side */
};

/* One run out of ascending edges (the lower 32 bits of each key); returns how many it used up. */
size_t grid_next_run(const uint64_t *edge, size_t n, uint32_t grid, bool corner, struct run *ret);

/* How many runs tiles may add to those of the root frame. */
static inline uint64_t settle_room(const struct shapes *s)
{
        return 2 * (uint64_t)s->n_vertices + 65536;
}

static inline int64_t floor_div(int64_t a, int64_t b)
{
        int64_t q = a / b;
        return q - ((a % b != 0) && ((a < 0) != (b < 0)));
}

/* x of an edge at @y, rounded down; hi lies above lo. Rounding down never changes the cell or square,
 * because the lines between them are whole numbers. */
static inline int64_t edge_x(struct vertex lo, struct vertex hi, int64_t y)
{
        return lo.x + floor_div(((int64_t)hi.x - lo.x) * (y - lo.y), (int64_t)hi.y - lo.y);
}

/* The finished index; tables in @a, which outlives the build. */
struct grid_index *grid_settle(struct arena *a, const struct build *);

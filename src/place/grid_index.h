/* place/grid_index.h — in which grid is this point? The hot path of every request.
 *
 * Built once from the polygons of a town (or a city: up to sixteen million grids), then read by any
 * number of threads without change. A table of cells covers the polygons; a cell that lies wholly in
 * one grid answers at once, the others list the edges that cross them and whether their corner is
 * inside, so that only those edges are looked at. Every decision is exact in integers (place/shape.h).
 *
 * Ties. A point on the boundary of several grids, or inside several that overlap, belongs to exactly
 * one: a grid it lies strictly inside before one it merely touches, then the lowest number. Grids are
 * numbered in the byte order of their codes (place/grid.h), so that is the lowest code. The answer
 * never varies and says that it was a tie.
 */
#pragma once
#include "base/arena.h"
#include "place/shape.h"

#define GRIDS_MAX (((uint32_t)1 << 24) - 1)
#define GRID_OTHERS_MAX 4
#define GRID_NEAR_MAX 16
/* Farther than this nobody is near: more metres asked for are cut to it. */
#define GRID_REACH_METRES 2000.0

struct grid_index;

/* The shapes' coordinates are kept by reference: they must outlive the index. Everything else lies in
 * the arena. OK; ERR_TOO_BIG past GRIDS_MAX or where overlapping polygons would make the table explode;
 * ERR_RANGE for a ring past RING_DEGREES_MAX. */
int grid_index_build(struct arena *, const struct shapes *, const struct grid_index **ret);
/* Bytes besides the coordinates. */
size_t grid_index_bytes(const struct grid_index *);

enum grid_how { GRID_NONE, GRID_INSIDE, GRID_NEAREST };

struct grid_hit {
        enum grid_how how;
        uint32_t grid;     /* the grid's number; meaningless with GRID_NONE */
        double metres;     /* to the grid's boundary, in whole millimetres; 0 inside */
        bool boundary;     /* it lies exactly on the boundary of the grid or of one of the others */
        uint32_t n_others; /* further grids that hold or touch the point; may be more than are listed */
        uint32_t others[GRID_OTHERS_MAX];
};

/* @nearest_metres: how far outside every grid a point still counts as nearest to one; 0 = not at all.
 * Equal distances go to the lowest number. OK or ERR_RANGE (a point that is not on earth). */
int grid_locate(const struct grid_index *, struct point, double nearest_metres, struct grid_hit *ret);

struct grid_near {
        uint32_t grid;
        double metres; /* 0 when the point is inside or on the boundary */
        bool inside;   /* or on the boundary */
};
struct grid_nears {
        struct grid_near row[GRID_NEAR_MAX]; /* nearest first, then by number */
        size_t n;
        bool more; /* there were others, farther away */
};

/* The grids that a circle of @metres around the point touches: when there are several, the phone's
 * accuracy does not tell in which grid it stands. OK or ERR_RANGE. */
int grid_crossing(const struct grid_index *, struct point, double metres, struct grid_nears *ret);

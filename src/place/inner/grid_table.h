/* place/inner/grid_table.h — how the point index lies in memory; for its builder and its reader.
 *
 * The root frame divides the box of all polygons into nx * ny cells, row by row, and each cell into
 * 5 * 5 squares. A cell is 16 bytes: two grids, A and B, and for each square whether it lies wholly in
 * A, wholly in B, in no grid, or must be looked up in the cell's list. On a partition with two cells a
 * grid seven points of ten are answered from these 16 bytes: one access to memory, and waiting for
 * memory is nearly all that locating costs. A list holds, for each grid that has edges in the cell or
 * covers it, one or more runs of consecutive edges. Where a list would be long, a tile of 4 * 4 smaller
 * cells stands in for the cell.
 *
 * Corner and parity. A run's grid is inside or not at the cell's lower left corner. A point of the cell
 * is reached from there on an L: up along the left border, then right. Each edge crossed flips the
 * answer, and only edges of this cell can be crossed. So that no vertex and no edge is ever hit exactly,
 * points are thought of as moved up by an infinitely small step and right by a far smaller one.
 */
#pragma once
#include "place/grid_index.h"

#define SQUARES 5 /* along each side of a cell */
enum square { SQUARE_NOBODY, SQUARE_A, SQUARE_B, SQUARE_LIST };

/* Low bits first: squares 50 bits (two each, row by row from the lower left), at 14 of 30 bits;
 * a 24, b 24, at 16 of 30 bits. `at` is where the list or the tile begins. */
struct cell {
        uint64_t squares;
        uint64_t grids;
};
#define CELL_AT_MAX ((1 << 30) - 1)
#define CELL_ALL(square) (UINT64_C(0x1555555555555) * (square)&UINT64_C(0x3ffffffffffff))
#define CELL_TILE_MARK ((uint32_t)GRIDS_MAX) /* as A: the cell is a tile, and all its squares say list */

static inline struct cell cell_make(uint64_t squares, uint32_t a, uint32_t b, uint32_t at)
{
        return (struct cell){ squares | (uint64_t)(at & 0x3fff) << 50,
                              a | (uint64_t)b << 24 | (uint64_t)(at >> 14) << 48 };
}
static inline enum square cell_square(struct cell c, uint32_t i)
{
        return (enum square)(c.squares >> (2 * i) & 3);
}
static inline uint32_t cell_a(struct cell c)
{
        return (uint32_t)(c.grids & 0xffffff);
}
static inline uint32_t cell_b(struct cell c)
{
        return (uint32_t)(c.grids >> 24 & 0xffffff);
}
static inline uint32_t cell_at(struct cell c)
{
        return (uint32_t)(c.squares >> 50 | c.grids >> 48 << 14);
}
static inline bool cell_is_tile(struct cell c)
{
        return cell_a(c) == CELL_TILE_MARK;
}
/* Is any square a list? Both bits of a pair must be set. */
static inline bool cell_has_list(struct cell c)
{
        return (c.squares & c.squares >> 1 & CELL_ALL(1)) != 0;
}

/* Edges first, first + 1, ... of one grid; edge i goes from vertex i to vertex i + 1. */
struct run {
        uint32_t head; /* grid number and the bits below */
        uint32_t first;
};
#define RUN_GRID(head) ((head)&0xffffff)
#define RUN_COUNT(head) ((head) >> 24 & 31)
#define RUN_COUNT_MAX 31
#define RUN_CORNER ((uint32_t)1 << 29) /* the corner is inside the grid; the same in all runs of a grid */
#define RUN_MORE ((uint32_t)1 << 30)   /* the next run is of the same grid */
#define RUN_LAST ((uint32_t)1 << 31)   /* of the cell */

struct frame {
        int32_t x, y;  /* lower left */
        uint32_t w, h; /* of one square; a cell is five times as wide and high */
        uint32_t nx, ny;
};
#define TILE_SIDE 4
struct tile {
        struct cell cell[TILE_SIDE * TILE_SIDE];
};
#define TILE_DEPTH_MAX 9

struct grid_index {
        struct frame frame;
        const struct cell *cell;
        const struct run *run;
        const struct tile *tile;
        const struct vertex *v;
        size_t bytes;
};

/* The frame of a tile that stands in for a cell of frame @f with its corner at @x, @y. */
static inline struct frame tile_frame(struct frame f, int32_t x, int32_t y)
{
        return (struct frame){
                x, y, (f.w + TILE_SIDE - 1) / TILE_SIDE, (f.h + TILE_SIDE - 1) / TILE_SIDE, TILE_SIDE, TILE_SIDE
        };
}

/* Lower left corners of a frame's cells. */
static inline int32_t frame_x(struct frame f, uint32_t col)
{
        return (int32_t)(f.x + (int64_t)col * f.w * SQUARES);
}
static inline int32_t frame_y(struct frame f, uint32_t row)
{
        return (int32_t)(f.y + (int64_t)row * f.h * SQUARES);
}

/* Twice the signed area of a, b, (x, y): positive where the point lies left of a to b. At most
 * 9e8 * 36e8 + 9e8 * 18e8 = 4.9e18 in size, so it is exact. */
static inline int64_t orient(struct vertex a, struct vertex b, int64_t x, int64_t y)
{
        return ((int64_t)b.x - a.x) * (y - a.y) - ((int64_t)b.y - a.y) * (x - a.x);
}

/* The side of the moved point: never in doubt, as long as a is not b. */
static inline bool left_of(struct vertex a, struct vertex b, int64_t x, int64_t y)
{
        int64_t o = orient(a, b, x, y);
        if (__builtin_expect(o != 0, 1))
                return o > 0;
        return a.x != b.x ? b.x > a.x : b.y < a.y;
}

/* Does the edge cross the L from the corner (cx, cy) to the point (x, y)? */
static inline bool crosses(struct vertex a, struct vertex b, int32_t cx, int32_t cy, int32_t x, int32_t y)
{
        bool flip = false;
        if ((a.y <= y) != (b.y <= y))
                flip = left_of(a, b, x, y) != left_of(a, b, cx, y);
        if ((a.x <= cx) != (b.x <= cx))
                flip ^= left_of(a, b, cx, y) != left_of(a, b, cx, cy);
        return flip;
}

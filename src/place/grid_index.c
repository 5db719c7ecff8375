#include <math.h>
#include "place/inner/grid_table.h"

/* Where a search stands: a cell, its corner, the point. */
struct spot {
        int32_t cx, cy;
        int32_t x, y;
};

enum side { OUTSIDE, INSIDE, ON_EDGE };

static inline bool on_edge(struct vertex a, struct vertex b, int32_t x, int32_t y)
{
        bool in_x = (a.x <= x && x <= b.x) || (b.x <= x && x <= a.x);
        bool in_y = (a.y <= y && y <= b.y) || (b.y <= y && y <= a.y);
        return in_x && in_y && orient(a, b, x, y) == 0;
}

/* What the edges of a run say of the point. */
struct verdict {
        bool flip, on;
};

/* Edge by edge, with every tie looked at. */
static __attribute__((noinline)) struct verdict run_slow(const struct vertex *e, uint32_t n, struct spot at)
{
        struct verdict out = { 0 };
        for (; n > 0; n--, e++) {
                out.flip ^= crosses(e[0], e[1], at.cx, at.cy, at.x, at.y);
                out.on |= on_edge(e[0], e[1], at.x, at.y);
        }
        return out;
}

/* The same without a jump that depends on the data: which side a random point lies on cannot be
 * predicted, and a wrong guess costs more than all the multiplications. The three orientations (point,
 * foot of the L's riser, corner) differ by one product each; where one of them is zero, look again. */
static inline struct verdict run_fast(const struct vertex *e, uint32_t n, struct spot at)
{
        int64_t right = (int64_t)at.x - at.cx, up = (int64_t)at.y - at.cy;
        bool flip = false, tie = false;
        for (uint32_t i = 0; i < n; i++) {
                struct vertex a = e[i], b = e[i + 1];
                int64_t dx = (int64_t)b.x - a.x, dy = (int64_t)b.y - a.y;
                int64_t point = dx * ((int64_t)at.y - a.y) - dy * ((int64_t)at.x - a.x);
                int64_t foot = point + dy * right, corner = foot - dx * up;
                flip ^= ((a.y <= at.y) ^ (b.y <= at.y)) & ((point > 0) ^ (foot > 0));
                flip ^= ((a.x <= at.cx) ^ (b.x <= at.cx)) & ((foot > 0) ^ (corner > 0));
                tie |= (point == 0) | (foot == 0) | (corner == 0);
        }
        if (__builtin_expect(tie, 0))
                return run_slow(e, n, at);
        return (struct verdict){ .flip = flip };
}

/* One grid of a list; *run moves to its last run. */
static inline enum side side_of(const struct vertex *v, const struct run **run, struct spot at)
{
        bool in = ((*run)->head & RUN_CORNER) != 0;
        bool on = false;
        for (;; ++*run) {
                struct verdict got = run_fast(v + (*run)->first, RUN_COUNT((*run)->head), at);
                in ^= got.flip;
                on |= got.on;
                if (((*run)->head & RUN_MORE) == 0)
                        break;
        }
        return on ? ON_EDGE : in ? INSIDE : OUTSIDE;
}

static inline void hit_other(struct grid_hit *hit, uint32_t grid)
{
        if (hit->n_others < GRID_OTHERS_MAX)
                hit->others[hit->n_others] = grid;
        hit->n_others++;
}

/* Lists are in ascending order, so what was taken first is the lowest of its sort. */
static inline void hit_take(struct grid_hit *hit, uint32_t grid, enum side side, bool *strict)
{
        hit->boundary |= side == ON_EDGE;
        if (hit->how == GRID_NONE) {
                hit->how = GRID_INSIDE;
                hit->grid = grid;
                *strict = side == INSIDE;
        } else if (side == INSIDE && !*strict) {
                hit_other(hit, hit->grid);
                hit->grid = grid;
                *strict = true;
        } else {
                hit_other(hit, grid);
        }
}

static inline void locate_list(const struct grid_index *ix, const struct run *run, struct spot at, struct grid_hit *hit)
{
        const struct run *r = run;
        do
                __builtin_prefetch(ix->v + r->first);
        while ((r++->head & RUN_LAST) == 0);

        bool strict = false;
        for (r = run;; r++) {
                uint32_t grid = RUN_GRID(r->head);
                enum side side = side_of(ix->v, &r, at);
                if (side != OUTSIDE)
                        hit_take(hit, grid, side, &strict);
                if (r->head & RUN_LAST)
                        return;
        }
}

/* The cell that holds the point, its corner, and the square; false outside the frame. */
static inline bool find_cell(const struct grid_index *ix, struct vertex p, struct cell *ret, struct spot *ret_spot,
                             enum square *ret_square)
{
        struct frame f = ix->frame;
        uint32_t sx = ((uint32_t)p.x - (uint32_t)f.x) / f.w, sy = ((uint32_t)p.y - (uint32_t)f.y) / f.h;
        uint32_t cx = sx / SQUARES, cy = sy / SQUARES;
        if (p.x < f.x || p.y < f.y || cx >= f.nx || cy >= f.ny)
                return false;
        struct cell c = ix->cell[(size_t)cy * f.nx + cx];
        while (__builtin_expect(cell_is_tile(c), 0)) {
                f = tile_frame(f, frame_x(f, cx), frame_y(f, cy));
                sx = ((uint32_t)p.x - (uint32_t)f.x) / f.w;
                sy = ((uint32_t)p.y - (uint32_t)f.y) / f.h;
                cx = sx / SQUARES;
                cy = sy / SQUARES;
                c = ix->tile[cell_at(c)].cell[cy * TILE_SIDE + cx];
        }
        *ret = c;
        *ret_spot = (struct spot){ frame_x(f, cx), frame_y(f, cy), p.x, p.y };
        *ret_square = cell_square(c, (sy - cy * SQUARES) * SQUARES + sx - cx * SQUARES);
        return true;
}

static inline void locate_inside(const struct grid_index *ix, struct vertex p, struct grid_hit *hit)
{
        struct cell c;
        struct spot at;
        enum square square;
        if (!find_cell(ix, p, &c, &at, &square) || square == SQUARE_NOBODY)
                return;
        if (square == SQUARE_LIST) {
                locate_list(ix, ix->run + cell_at(c), at, hit);
                return;
        }
        hit->how = GRID_INSIDE;
        hit->grid = square == SQUARE_A ? cell_a(c) : cell_b(c);
}

/* --- distances: doubles are good enough for metres; they are compared as whole millimetres --- */

struct search {
        const struct grid_index *ix;
        struct vertex p;
        double kx, ky;          /* metres per unit */
        int64_t x0, y0, x1, y1; /* box around the circle */
        int64_t mm;             /* radius */
        struct {
                uint32_t grid;
                int64_t mm;
        } row[GRID_NEAR_MAX];
        size_t n;
        bool more;
};

/* The ends are put in a fixed order first, so that an edge shared by two grids gives both the same. */
static int64_t edge_mm(const struct search *s, struct vertex a, struct vertex b)
{
        if (a.x > b.x || (a.x == b.x && a.y > b.y)) {
                struct vertex t = a;
                a = b;
                b = t;
        }
        double ax = ((double)a.x - s->p.x) * s->kx, ay = ((double)a.y - s->p.y) * s->ky;
        double dx = ((double)b.x - a.x) * s->kx, dy = ((double)b.y - a.y) * s->ky;
        double along = dx * dx + dy * dy;
        double t = along > 0 ? -(ax * dx + ay * dy) / along : 0;
        t = t < 0 ? 0 : t > 1 ? 1 : t;
        return llround(hypot(ax + t * dx, ay + t * dy) * 1000);
}

static bool nearer(const struct search *s, size_t i, uint32_t grid, int64_t mm)
{
        return mm != s->row[i].mm ? mm < s->row[i].mm : grid < s->row[i].grid;
}

static size_t search_place(struct search *s, uint32_t grid)
{
        size_t i = 0;
        while (i < s->n && s->row[i].grid != grid)
                i++;
        return i;
}

/* Insertion into a sorted list of sixteen. */
static void search_add(struct search *s, uint32_t grid, int64_t mm)
{
        size_t i = search_place(s, grid);
        if (i == s->n) {
                if (s->n < GRID_NEAR_MAX) {
                        s->n++;
                } else {
                        s->more = true;
                        if (!nearer(s, --i, grid, mm))
                                return;
                }
        } else if (mm >= s->row[i].mm) {
                return;
        }
        for (; i > 0 && nearer(s, i - 1, grid, mm); i--)
                s->row[i] = s->row[i - 1];
        s->row[i].grid = grid;
        s->row[i].mm = mm;
}

static void search_list(struct search *s, const struct run *run)
{
        for (;; run++) {
                const struct vertex *e = s->ix->v + run->first;
                for (uint32_t n = RUN_COUNT(run->head); n > 0; n--, e++) {
                        int64_t mm = edge_mm(s, e[0], e[1]);
                        if (mm <= s->mm)
                                search_add(s, RUN_GRID(run->head), mm);
                }
                if (run->head & RUN_LAST)
                        return;
        }
}

/* The cells of a frame between two coordinates, cut to the frame; false when there are none. */
static bool cell_range(int64_t from, int64_t to, int64_t origin, uint32_t size, uint32_t n, uint32_t *ret_lo,
                       uint32_t *ret_hi)
{
        if (to < origin || from >= origin + (int64_t)n * size)
                return false;
        *ret_lo = from <= origin ? 0 : (uint32_t)((from - origin) / size);
        int64_t hi = (to - origin) / size;
        *ret_hi = hi < n ? (uint32_t)hi : n - 1;
        return true;
}

/* Recursion goes TILE_DEPTH_MAX deep at most. */
static void search_frame(struct search *s, struct frame f, const struct cell *cell)
{
        uint32_t c0, c1, r0, r1;
        if (!cell_range(s->x0, s->x1, f.x, f.w * SQUARES, f.nx, &c0, &c1) ||
            !cell_range(s->y0, s->y1, f.y, f.h * SQUARES, f.ny, &r0, &r1))
                return;
        for (uint32_t r = r0; r <= r1; r++) {
                for (uint32_t c = c0; c <= c1; c++) {
                        struct cell at = cell[(size_t)r * f.nx + c];
                        if (cell_is_tile(at))
                                search_frame(s, tile_frame(f, frame_x(f, c), frame_y(f, r)),
                                             s->ix->tile[cell_at(at)].cell);
                        else if (cell_has_list(at))
                                search_list(s, s->ix->run + cell_at(at));
                }
        }
}

static struct search search_run(const struct grid_index *ix, struct vertex p, double metres)
{
        struct degree_metres m = degree_metres_at((double)p.y / VERTEX_PER_DEGREE);
        if (!(metres < GRID_REACH_METRES))
                metres = GRID_REACH_METRES;
        /* At the poles a degree of longitude shrinks to nothing: there the box is cut to the globe. */
        double east = fmin(metres / fmax(m.lon, 1e-3), 360) * VERTEX_PER_DEGREE;
        double north = metres / m.lat * VERTEX_PER_DEGREE;
        struct search s = {
                .ix = ix,
                .p = p,
                .kx = m.lon / VERTEX_PER_DEGREE,
                .ky = m.lat / VERTEX_PER_DEGREE,
                .x0 = p.x - (int64_t)east - 1,
                .x1 = p.x + (int64_t)east + 1,
                .y0 = p.y - (int64_t)north - 1,
                .y1 = p.y + (int64_t)north + 1,
                .mm = llround(metres * 1000),
        };
        search_frame(&s, ix->frame, ix->cell);
        return s;
}

int grid_locate(const struct grid_index *ix, struct point point, double nearest_metres, struct grid_hit *ret)
{
        if (__builtin_expect(point_check(point, NULL) != OK, 0))
                return ERR_RANGE;
        struct vertex p = vertex_at(point);
        struct grid_hit hit = { 0 };
        locate_inside(ix, p, &hit);
        if (hit.how == GRID_NONE && nearest_metres > 0) {
                struct search s = search_run(ix, p, nearest_metres);
                if (s.n > 0) {
                        hit.how = GRID_NEAREST;
                        hit.grid = s.row[0].grid;
                        hit.metres = (double)s.row[0].mm / 1000;
                }
        }
        *ret = hit;
        return OK;
}

static void nears_inside(struct grid_nears *out, uint32_t grid)
{
        out->row[out->n++] = (struct grid_near){ .grid = grid, .inside = true };
}

static bool nears_has(const struct grid_nears *out, uint32_t grid)
{
        for (size_t i = 0; i < out->n; i++) {
                if (out->row[i].grid == grid)
                        return true;
        }
        return false;
}

int grid_crossing(const struct grid_index *ix, struct point point, double metres, struct grid_nears *ret)
{
        if (point_check(point, NULL) != OK || !(metres >= 0))
                return ERR_RANGE;
        struct vertex p = vertex_at(point);
        struct grid_hit hit = { 0 };
        locate_inside(ix, p, &hit);
        struct search s = search_run(ix, p, metres);

        struct grid_nears out = { .more = s.more || hit.n_others > GRID_OTHERS_MAX };
        if (hit.how == GRID_INSIDE)
                nears_inside(&out, hit.grid);
        for (uint32_t i = 0; i < hit.n_others && i < GRID_OTHERS_MAX; i++)
                nears_inside(&out, hit.others[i]);
        for (size_t i = 0; i < s.n; i++) {
                if (nears_has(&out, s.row[i].grid))
                        continue;
                if (out.n == GRID_NEAR_MAX) {
                        out.more = true;
                        break;
                }
                out.row[out.n++] = (struct grid_near){ .grid = s.row[i].grid, .metres = (double)s.row[i].mm / 1000 };
        }
        *ret = out;
        return OK;
}

size_t grid_index_bytes(const struct grid_index *ix)
{
        return ix->bytes;
}

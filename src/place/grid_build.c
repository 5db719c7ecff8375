#include <math.h>
#include <stdlib.h>
#include "place/inner/grid_build.h"

/* Up to CELLS_PLENTY the root frame has a cell for three edges, which answers fastest (measured with
 * bench/locate.c). Beyond, memory counts: 1.8 million cells and their lists for a million grids
 * take 90 MB. */
#define EDGES_PER_CELL 3
#define CELLS_PLENTY ((uint64_t)1800000)
#define EDGES_PER_CELL_BEYOND 12
#define CELLS_MAX ((uint64_t)1 << 26)
/* How many cells the boxes of all polygons together may cover, per cell: ten deep is no partition. */
#define COVER_MAX 16

void grid_key_add(struct arena *a, struct keys *k, uint64_t key)
{
        if (k->n == k->cap) {
                size_t cap = k->cap ? k->cap * 2 : 256;
                uint64_t *p = arena_raw(a, cap * sizeof *p);
                if (k->n > 0)
                        memcpy(p, k->p, k->n * sizeof *p);
                k->p = p;
                k->cap = cap;
        }
        k->p[k->n++] = key;
}

static int key_order(const void *a, const void *b)
{
        uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
        return x < y ? -1 : x > y;
}

/* Most polygons touch a dozen cells, nearly in order. */
static void keys_sort(struct keys *k)
{
        if (k->n > 64) {
                qsort(k->p, k->n, sizeof *k->p, key_order);
                return;
        }
        for (size_t i = 1; i < k->n; i++) {
                uint64_t key = k->p[i];
                size_t j = i;
                for (; j > 0 && k->p[j - 1] > key; j--)
                        k->p[j] = k->p[j - 1];
                k->p[j] = key;
        }
}

/* --- the root frame --- */

static uint32_t col_of(const struct frame *f, int64_t x)
{
        return (uint32_t)((x - f->x) / f->w / SQUARES);
}

static uint32_t row_of(const struct frame *f, int64_t y)
{
        return (uint32_t)((y - f->y) / f->h / SQUARES);
}

/* Where the next row begins; past the last row it may be more than 32 bits hold. */
static int64_t frame_top(const struct frame *f, uint32_t row)
{
        return f->y + ((int64_t)row + 1) * f->h * SQUARES;
}

/* Cells as square as the ground is, about as many as asked for. */
static struct frame frame_for(struct box box, uint64_t cells)
{
        uint64_t width = (uint64_t)((int64_t)box.x1 - box.x0) + 1, height = (uint64_t)((int64_t)box.y1 - box.y0) + 1;
        struct degree_metres m = degree_metres_at(((double)box.y0 + box.y1) / 2 / VERTEX_PER_DEGREE);
        double kx = fmax(m.lon, 1), ky = m.lat;
        double side = sqrt((double)width * kx * (double)height * ky / (double)cells) / SQUARES;
        struct frame f = {
                .x = box.x0,
                .y = box.y0,
                .w = (uint32_t)fmin(fmax(ceil(side / kx), 1), (double)width),
                .h = (uint32_t)fmin(fmax(ceil(side / ky), 1), (double)height),
        };
        f.nx = (uint32_t)((width - 1) / f.w / SQUARES + 1);
        f.ny = (uint32_t)((height - 1) / f.h / SQUARES + 1);
        return f;
}

/* How many cells the boxes of the polygons cover, counted one by one. */
static uint64_t frame_cover(const struct frame *f, const struct shapes *s)
{
        uint64_t n = 0;
        for (uint32_t g = 0; g < s->n_polygons; g++) {
                struct box b = polygon_box(s, g);
                if (b.x0 <= b.x1)
                        n += (uint64_t)(col_of(f, b.x1) - col_of(f, b.x0) + 1) *
                             (row_of(f, b.y1) - row_of(f, b.y0) + 1);
        }
        return n;
}

static uint64_t cells_wanted(const struct shapes *s)
{
        uint64_t few = (uint64_t)s->n_vertices / EDGES_PER_CELL_BEYOND, many = (uint64_t)s->n_vertices / EDGES_PER_CELL;
        uint64_t cells = many < CELLS_PLENTY ? many : few > CELLS_PLENTY ? few : CELLS_PLENTY;
        return cells < CELLS_MAX ? cells + 1 : CELLS_MAX;
}

/* Halves the number of cells while polygons pile up on them. With one cell everything fits. */
static struct frame choose_frame(const struct shapes *s)
{
        struct box all = BOX_EMPTY;
        for (uint32_t i = 0; i < s->n_vertices; i++)
                box_add(&all, s->v[i]);
        if (s->n_vertices == 0)
                all = (struct box){ 0, 0, 0, 0 };

        for (uint64_t cells = cells_wanted(s);; cells /= 2) {
                struct frame f = frame_for(all, cells);
                uint64_t have = (uint64_t)f.nx * f.ny;
                /* Long thin boxes round up to many more cells than asked for. */
                if (cells <= 1 || (have <= 2 * cells + 64 && frame_cover(&f, s) <= COVER_MAX * (have + s->n_polygons)))
                        return f;
        }
}

/* --- one polygon onto the root frame --- */

static void touch_row(struct build *b, uint32_t edge, uint32_t row, int64_t x0, int64_t x1)
{
        uint32_t c0 = col_of(&b->f, x0 < x1 ? x0 : x1), c1 = col_of(&b->f, x0 < x1 ? x1 : x0);
        for (uint32_t c = c0; c <= c1; c++)
                grid_key_add(&b->scratch, &b->edges, (uint64_t)(row * b->f.nx + c) << 32 | edge);
}

/* Every cell that the edge lies in, taken as half-open boxes of the real plane. */
static void touch_edge(struct build *b, uint32_t edge)
{
        struct vertex lo = b->s->v[edge], hi = b->s->v[edge + 1];
        if (lo.y > hi.y) {
                lo = hi;
                hi = b->s->v[edge];
        }
        uint32_t r0 = row_of(&b->f, lo.y), r1 = row_of(&b->f, hi.y);
        if (r0 == r1) {
                touch_row(b, edge, r0, lo.x, hi.x);
                return;
        }
        int64_t x = lo.x;
        for (uint32_t r = r0; r < r1; r++) {
                int64_t next = edge_x(lo, hi, frame_top(&b->f, r));
                touch_row(b, edge, r, x, next);
                x = next;
        }
        touch_row(b, edge, r1, x, hi.x);
}

/* Is the corner of column @c to the right of an edge that crosses its height? */
static bool corner_right(const struct build *b, struct vertex lo, struct vertex hi, int64_t c, int64_t y)
{
        return !left_of(lo, hi, b->f.x + c * b->f.w * SQUARES, y);
}

/* The first corner of the row at @y that lies right of the edge; b lies above a. */
static int64_t first_right(const struct build *b, struct vertex lo, struct vertex hi, int64_t y)
{
        int64_t c = (edge_x(lo, hi, y) - b->f.x) / b->f.w / SQUARES;
        while (c > 0 && corner_right(b, lo, hi, c - 1, y))
                c--;
        while (!corner_right(b, lo, hi, c, y))
                c++;
        return c;
}

static void flip_edge(struct build *b, uint32_t edge, uint32_t last_col)
{
        struct vertex lo = b->s->v[edge], hi = b->s->v[edge + 1];
        if (lo.y > hi.y) {
                lo = hi;
                hi = b->s->v[edge];
        }
        int64_t height = (int64_t)b->f.h * SQUARES;
        for (uint32_t r = (uint32_t)((lo.y - b->f.y + height - 1) / height);; r++) {
                int64_t y = b->f.y + r * height;
                if (y >= hi.y)
                        return;
                int64_t c = first_right(b, lo, hi, y);
                if (c <= last_col)
                        grid_key_add(&b->scratch, &b->flips, r * b->f.nx + (uint64_t)c);
        }
}

static void emit(struct build *b, uint32_t cell, struct run run)
{
        if (b->run)
                b->run[b->at[cell]] = run;
        b->at[cell]++;
        b->n_run++;
}

size_t grid_next_run(const uint64_t *edge, size_t n, uint32_t grid, bool corner, struct run *ret)
{
        uint32_t first = (uint32_t)edge[0];
        size_t count = 1;
        while (count < n && count < RUN_COUNT_MAX && (uint32_t)edge[count] == first + count)
                count++;
        *ret = (struct run){ grid | (uint32_t)count << 24 | (corner ? RUN_CORNER : 0) | (count < n ? RUN_MORE : 0),
                             first };
        return count;
}

static void emit_cell(struct build *b, uint32_t cell, uint32_t grid, const uint64_t *edge, size_t n, bool corner)
{
        if (n == 0 && corner)
                emit(b, cell, (struct run){ grid | RUN_CORNER, 0 });
        while (n > 0) {
                struct run run;
                size_t used = grid_next_run(edge, n, grid, corner, &run);
                emit(b, cell, run);
                edge += used;
                n -= used;
        }
}

/* Row by row over the polygon's box: corners change side where the flips say. */
static void sweep(struct build *b, uint32_t grid, uint32_t c0, uint32_t c1, uint32_t r0, uint32_t r1)
{
        const struct keys *flips = &b->flips, *edges = &b->edges;
        size_t f = 0, e = 0;
        for (uint32_t r = r0; r <= r1; r++) {
                bool corner = false;
                for (uint32_t cell = r * b->f.nx + c0; cell <= r * b->f.nx + c1; cell++) {
                        for (; f < flips->n && flips->p[f] == cell; f++)
                                corner = !corner;
                        size_t end = e;
                        while (end < edges->n && edges->p[end] >> 32 == cell)
                                end++;
                        emit_cell(b, cell, grid, edges->p + e, end - e, corner);
                        e = end;
                }
        }
}

static void put_polygon(struct build *b, uint32_t g)
{
        struct box box = polygon_box(b->s, g);
        if (box.x0 > box.x1)
                return;
        uint32_t c0 = col_of(&b->f, box.x0), c1 = col_of(&b->f, box.x1);
        uint32_t r0 = row_of(&b->f, box.y0), r1 = row_of(&b->f, box.y1);
        b->edges.n = 0;
        b->flips.n = 0;
        for (uint32_t ring = b->s->polygon[g]; ring < b->s->polygon[g + 1]; ring++) {
                for (uint32_t i = b->s->ring[ring]; i + 1 < b->s->ring[ring + 1]; i++) {
                        touch_edge(b, i);
                        flip_edge(b, i, c1);
                }
        }
        keys_sort(&b->edges);
        keys_sort(&b->flips);
        sweep(b, g, c0, c1, r0, r1);
}

/* Counts, then fills: the runs of a cell end up side by side, in the order of the grids. */
static int put_all(struct build *b)
{
        size_t cells = (size_t)b->f.nx * b->f.ny;
        b->at = arena_array(&b->scratch, uint32_t, cells + 1);
        for (uint32_t g = 0; g < b->s->n_polygons; g++)
                put_polygon(b, g);
        if (b->n_run + settle_room(b->s) > CELL_AT_MAX)
                return ERR_TOO_BIG;

        uint32_t sum = 0;
        for (size_t i = 0; i <= cells; i++) {
                uint32_t n = b->at[i];
                b->at[i] = sum;
                sum += n;
        }
        b->run = arena_raw(&b->scratch, (sum + 1) * sizeof *b->run);
        for (uint32_t g = 0; g < b->s->n_polygons; g++)
                put_polygon(b, g);
        return OK;
}

static bool rings_fit(const struct shapes *s)
{
        const int64_t max = (int64_t)RING_DEGREES_MAX * VERTEX_PER_DEGREE;
        for (uint32_t r = 0; r < s->n_rings; r++) {
                struct box b = BOX_EMPTY;
                for (uint32_t i = s->ring[r]; i < s->ring[r + 1]; i++)
                        box_add(&b, s->v[i]);
                if ((int64_t)b.x1 - b.x0 > max || (int64_t)b.y1 - b.y0 > max)
                        return false;
        }
        return true;
}

int grid_index_build(struct arena *a, const struct shapes *s, const struct grid_index **ret)
{
        if (s->n_polygons > GRIDS_MAX)
                return ERR_TOO_BIG;
        if (!rings_fit(s))
                return ERR_RANGE;
        struct build b = { .s = s, .f = choose_frame(s) };
        int rc = put_all(&b);
        if (rc == OK)
                *ret = grid_settle(a, &b);
        arena_free(&b.scratch);
        return rc;
}

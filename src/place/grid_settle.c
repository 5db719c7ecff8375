#include "place/inner/grid_build.h"

/* A list with more edges than this is cut into a tile. */
#define TILE_EDGES 24

struct settle {
        const struct vertex *v;
        struct run *run; /* the final tables; NULL while counting */
        struct tile *tile;
        uint32_t n_run, n_tile;
        uint64_t room; /* how many more runs the tiles may cost in all: piled up polygons would explode */
        struct arena scratch;
        struct run *pool; /* a stack: the runs of the pieces at work */
        size_t n_pool, cap_pool;
        struct keys edges;
};

/* A cell and where its runs stand in the pool. */
struct piece {
        int32_t x, y;
        uint32_t w, h; /* of a square */
        size_t from, n;
        uint32_t depth;
};

static void pool_add(struct settle *s, struct run run)
{
        if (s->n_pool == s->cap_pool) {
                size_t cap = s->cap_pool ? s->cap_pool * 2 : 1024;
                struct run *p = arena_raw(&s->scratch, cap * sizeof *p);
                if (s->n_pool > 0)
                        memcpy(p, s->pool, s->n_pool * sizeof *p);
                s->pool = p;
                s->cap_pool = cap;
        }
        s->pool[s->n_pool++] = run;
}

/* Could the edge touch the box? Bounding boxes, then the four corners against the edge's line. */
static bool edge_touches(struct vertex a, struct vertex b, struct piece p)
{
        int64_t x0 = p.x, y0 = p.y, x1 = x0 + (int64_t)p.w * SQUARES, y1 = y0 + (int64_t)p.h * SQUARES;
        if ((a.x < x0 && b.x < x0) || (a.x > x1 && b.x > x1) || (a.y < y0 && b.y < y0) || (a.y > y1 && b.y > y1))
                return false;
        int64_t o[4] = { orient(a, b, x0, y0), orient(a, b, x0, y1), orient(a, b, x1, y0), orient(a, b, x1, y1) };
        bool left = o[0] > 0 && o[1] > 0 && o[2] > 0 && o[3] > 0;
        bool right = o[0] < 0 && o[1] < 0 && o[2] < 0 && o[3] < 0;
        return !left && !right;
}

static size_t group_end(const struct settle *s, size_t i)
{
        while (s->pool[i].head & RUN_MORE)
                i++;
        return i + 1;
}

/* Is the grid whose runs stand in the pool from @i to @end inside at x, y, a point of the piece? */
static bool group_inside(const struct settle *s, struct piece p, size_t i, size_t end, int32_t x, int32_t y)
{
        bool in = (s->pool[i].head & RUN_CORNER) != 0;
        for (; i < end; i++) {
                const struct vertex *e = s->v + s->pool[i].first;
                for (uint32_t n = RUN_COUNT(s->pool[i].head); n > 0; n--, e++)
                        in ^= crosses(e[0], e[1], p.x, p.y, x, y);
        }
        return in;
}

/* Collects in s->edges what touches the child, of one grid. */
static void child_edges(struct settle *s, struct piece child, size_t i, size_t end)
{
        s->edges.n = 0;
        for (; i < end; i++) {
                uint32_t first = s->pool[i].first;
                for (uint32_t e = first; e < first + RUN_COUNT(s->pool[i].head); e++) {
                        if (edge_touches(s->v[e], s->v[e + 1], child))
                                grid_key_add(&s->scratch, &s->edges, e);
                }
        }
}

/* Push the child's runs onto the pool. */
static void child_runs(struct settle *s, struct piece parent, struct piece *child)
{
        child->from = s->n_pool;
        for (size_t i = parent.from, end; i < parent.from + parent.n; i = end) {
                end = group_end(s, i);
                uint32_t grid = RUN_GRID(s->pool[i].head);
                bool corner = group_inside(s, parent, i, end, child->x, child->y);
                child_edges(s, *child, i, end);
                if (s->edges.n == 0 && corner)
                        pool_add(s, (struct run){ grid | RUN_CORNER, 0 });
                for (size_t k = 0; k < s->edges.n;) {
                        struct run run;
                        k += grid_next_run(s->edges.p + k, s->edges.n - k, grid, corner, &run);
                        pool_add(s, run);
                }
        }
        child->n = s->n_pool - child->from;
}

/* Cells past the parent's far edges, left over by rounding up, hold no point and stay empty. */
static void make_children(struct settle *s, struct piece p, struct piece *child)
{
        struct frame f = tile_frame((struct frame){ .w = p.w, .h = p.h }, p.x, p.y);
        for (uint32_t i = 0; i < TILE_SIDE * TILE_SIDE; i++) {
                int64_t dx = (int64_t)(i % TILE_SIDE) * f.w * SQUARES, dy = (int64_t)(i / TILE_SIDE) * f.h * SQUARES;
                child[i] = (struct piece){ .w = f.w, .h = f.h, .depth = p.depth + 1 };
                if (dx >= (int64_t)p.w * SQUARES || dy >= (int64_t)p.h * SQUARES)
                        continue;
                child[i].x = (int32_t)(p.x + dx);
                child[i].y = (int32_t)(p.y + dy);
                child_runs(s, p, &child[i]);
        }
}

/* --- the squares of a cell --- */

/* Who has each square. */
struct squares {
        bool crossed[SQUARES * SQUARES]; /* by an edge */
        uint32_t owner[SQUARES * SQUARES];
};
#define OWNER_NONE UINT32_MAX
#define OWNER_MANY (UINT32_MAX - 1)

static int64_t clamp(int64_t v, int64_t lo, int64_t hi)
{
        return v < lo ? lo : v > hi ? hi : v;
}

/* An edge that does not reach into the row's columns is clamped onto the outermost: too much is marked
 * then, never too little, and the edges of a cell do touch it. */
static void cross_row(struct piece p, struct squares *q, int64_t row, int64_t x0, int64_t x1)
{
        int64_t c0 = clamp(floor_div((x0 < x1 ? x0 : x1) - p.x, p.w), 0, SQUARES - 1);
        int64_t c1 = clamp(floor_div((x0 < x1 ? x1 : x0) - p.x, p.w), 0, SQUARES - 1);
        for (int64_t c = c0; c <= c1; c++)
                q->crossed[row * SQUARES + c] = true;
}

static void cross_edge(struct piece p, struct squares *q, struct vertex lo, struct vertex hi)
{
        if (lo.y > hi.y) {
                struct vertex t = lo;
                lo = hi;
                hi = t;
        }
        int64_t r0 = clamp(floor_div((int64_t)lo.y - p.y, p.h), 0, SQUARES - 1);
        int64_t r1 = clamp(floor_div((int64_t)hi.y - p.y, p.h), 0, SQUARES - 1);
        for (int64_t r = r0; r <= r1; r++) {
                int64_t y0 = p.y + r * p.h, y1 = y0 + p.h;
                int64_t x0 = lo.y >= y0 || lo.y == hi.y ? lo.x : edge_x(lo, hi, y0);
                int64_t x1 = hi.y <= y1 || lo.y == hi.y ? hi.x : edge_x(lo, hi, y1);
                cross_row(p, q, r, x0, x1);
        }
}

static uint32_t owner_at(const struct settle *s, struct piece p, int32_t x, int32_t y)
{
        uint32_t owner = OWNER_NONE;
        for (size_t i = p.from, end; i < p.from + p.n; i = end) {
                end = group_end(s, i);
                if (!group_inside(s, p, i, end, x, y))
                        continue;
                if (owner != OWNER_NONE)
                        return OWNER_MANY;
                owner = RUN_GRID(s->pool[i].head);
        }
        return owner;
}

/* Between two squares that no edge crosses nobody changes. */
static uint32_t square_owner(const struct settle *s, struct piece p, const struct squares *q, uint32_t i)
{
        if (q->crossed[i])
                return OWNER_MANY;
        if (i % SQUARES > 0 && !q->crossed[i - 1])
                return q->owner[i - 1];
        if (i >= SQUARES && !q->crossed[i - SQUARES])
                return q->owner[i - SQUARES];
        return owner_at(s, p, (int32_t)(p.x + (int64_t)(i % SQUARES) * p.w),
                        (int32_t)(p.y + (int64_t)(i / SQUARES) * p.h));
}

/* The grid that has most squares, besides @but. */
static uint32_t most_squares(const struct squares *q, uint32_t but)
{
        uint32_t best = OWNER_NONE, most = 0;
        for (uint32_t i = 0; i < SQUARES * SQUARES; i++) {
                uint32_t n = 0;
                if (q->owner[i] >= OWNER_MANY || q->owner[i] == but)
                        continue;
                for (uint32_t k = i; k < SQUARES * SQUARES; k++)
                        n += q->owner[k] == q->owner[i];
                if (n > most) {
                        most = n;
                        best = q->owner[i];
                }
        }
        return best;
}

static struct cell settle_squares(const struct settle *s, struct piece p, uint32_t at)
{
        struct squares q = { 0 };
        for (size_t i = p.from; i < p.from + p.n; i++) {
                const struct vertex *e = s->v + s->pool[i].first;
                for (uint32_t n = RUN_COUNT(s->pool[i].head); n > 0; n--, e++)
                        cross_edge(p, &q, e[0], e[1]);
        }
        for (uint32_t i = 0; i < SQUARES * SQUARES; i++)
                q.owner[i] = square_owner(s, p, &q, i);

        uint32_t a = most_squares(&q, OWNER_NONE), b = most_squares(&q, a);
        uint64_t bits = 0;
        for (uint32_t i = 0; i < SQUARES * SQUARES; i++) {
                uint32_t o = q.owner[i];
                uint64_t square = o == OWNER_NONE ? SQUARE_NOBODY : o == a ? SQUARE_A : o == b ? SQUARE_B : SQUARE_LIST;
                bits |= square << (2 * i);
        }
        return cell_make(bits, a == OWNER_NONE ? 0 : a, b == OWNER_NONE ? 0 : b, at);
}

/* --- cells --- */

static struct cell settle_list(struct settle *s, struct piece p)
{
        uint32_t at = s->n_run;
        s->n_run += (uint32_t)p.n;
        if (!s->run)
                return (struct cell){ 0 };
        memcpy(s->run + at, s->pool + p.from, p.n * sizeof *s->run);
        s->run[at + p.n - 1].head |= RUN_LAST;
        return settle_squares(s, p, at);
}

static bool worth_cutting(const struct settle *s, struct piece p)
{
        if (p.w < TILE_SIDE * TILE_SIDE || p.h < TILE_SIDE * TILE_SIDE || p.depth == TILE_DEPTH_MAX)
                return false;
        uint64_t edges = 0;
        for (size_t i = p.from; i < p.from + p.n; i++)
                edges += RUN_COUNT(s->pool[i].head);
        return edges > TILE_EDGES;
}

/* Recursion goes TILE_DEPTH_MAX deep at most. */
static struct cell settle(struct settle *s, struct piece p)
{
        if (p.n == 0)
                return cell_make(CELL_ALL(SQUARE_NOBODY), 0, 0, 0);
        if (p.n == 1 && RUN_COUNT(s->pool[p.from].head) == 0)
                return cell_make(CELL_ALL(SQUARE_A), RUN_GRID(s->pool[p.from].head), 0, 0);
        if (!worth_cutting(s, p))
                return settle_list(s, p);

        struct piece child[TILE_SIDE * TILE_SIDE];
        size_t mark = s->n_pool;
        make_children(s, p, child);
        size_t made = s->n_pool - mark + sizeof(struct tile) / sizeof(struct run);
        if (made > p.n + s->room) {
                s->n_pool = mark;
                return settle_list(s, p);
        }
        s->room -= made > p.n ? made - p.n : 0;
        uint32_t at = s->n_tile++;
        for (uint32_t i = 0; i < COUNT(child); i++) {
                struct cell c = settle(s, child[i]);
                if (s->tile)
                        s->tile[at].cell[i] = c;
        }
        s->n_pool = mark;
        return cell_make(CELL_ALL(SQUARE_LIST), CELL_TILE_MARK, 0, at);
}

static struct cell settle_root(struct settle *s, const struct build *b, size_t cell)
{
        size_t from = cell ? b->at[cell - 1] : 0, to = b->at[cell];
        s->n_pool = 0;
        for (size_t i = from; i < to; i++)
                pool_add(s, b->run[i]);
        return settle(s, (struct piece){
                                 .x = frame_x(b->f, (uint32_t)(cell % b->f.nx)),
                                 .y = frame_y(b->f, (uint32_t)(cell / b->f.nx)),
                                 .w = b->f.w,
                                 .h = b->f.h,
                                 .n = to - from,
                         });
}

static void settle_all(struct settle *s, const struct build *b, struct cell *cell)
{
        s->n_run = s->n_tile = 0;
        s->room = settle_room(b->s);
        for (size_t i = 0; i < (size_t)b->f.nx * b->f.ny; i++) {
                struct cell c = settle_root(s, b, i);
                if (cell)
                        cell[i] = c;
        }
}

/* Twice the same walk: once to know the sizes, once to fill. */
struct grid_index *grid_settle(struct arena *a, const struct build *b)
{
        size_t cells = (size_t)b->f.nx * b->f.ny;
        struct settle s = { .v = b->s->v };
        settle_all(&s, b, NULL);

        struct grid_index *ix = arena_new(a, struct grid_index);
        struct cell *cell = table_alloc(a, cells * sizeof *cell);
        s.run = table_alloc(a, s.n_run * sizeof *s.run);
        s.tile = table_alloc(a, s.n_tile * sizeof *s.tile);
        ix->bytes = sizeof *ix + cells * sizeof *cell + s.n_run * sizeof *s.run + s.n_tile * sizeof *s.tile;
        settle_all(&s, b, cell);
        arena_free(&s.scratch);
        ix->frame = b->f;
        ix->cell = cell;
        ix->run = s.run;
        ix->tile = s.tile;
        ix->v = b->s->v;
        return ix;
}

/* Where a map writes the name of a grid: a point inside it that says nothing of any house. */
#include "place/grid.h"
#include <stdlib.h>

static int by_x(const void *a, const void *b)
{
        const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
        return (x > y) - (x < y);
}

/* Where the edges of polygon @p cross the height @y; a vertex that lies on it counts with the edge above. */
static size_t crossings(const struct shapes *s, uint32_t p, int64_t y, int64_t *x)
{
        size_t n = 0;
        for (uint32_t r = s->polygon[p]; r < s->polygon[p + 1]; r++)
                for (uint32_t i = s->ring[r]; i + 1 < s->ring[r + 1]; i++) {
                        struct vertex a = s->v[i], b = s->v[i + 1];
                        if ((a.y > y) == (b.y > y))
                                continue;
                        x[n++] = a.x + (y - a.y) * ((int64_t)b.x - a.x) / ((int64_t)b.y - a.y);
                }
        qsort(x, n, sizeof(*x), by_x);
        return n;
}

struct point grid_label(const struct grids *g, uint32_t i)
{
        ARENA_AUTO scratch = { 0 };
        const struct shapes *s = &g->shapes;
        struct box box = polygon_box(s, i);
        int64_t y = ((int64_t)box.y0 + box.y1) / 2, best = -1, middle = ((int64_t)box.x0 + box.x1) / 2;
        int64_t *x = arena_array(&scratch, int64_t, s->ring[s->polygon[i + 1]] - s->ring[s->polygon[i]]);
        size_t n = crossings(s, i, y, x);
        for (size_t k = 0; k + 1 < n; k += 2) {
                if (x[k + 1] - x[k] <= best)
                        continue;
                best = x[k + 1] - x[k];
                middle = (x[k] + x[k + 1]) / 2;
        }
        return vertex_point((struct vertex){ (int32_t)middle, (int32_t)y });
}

#include "place/shape.h"
#include <math.h>
#include <sys/mman.h>

struct vertex vertex_at(struct point p)
{
        return (struct vertex){ .x = (int32_t)lrint(p.lon * VERTEX_PER_DEGREE),
                                .y = (int32_t)lrint(p.lat * VERTEX_PER_DEGREE) };
}

struct point vertex_point(struct vertex v)
{
        return (struct point){ .lat = (double)v.y / VERTEX_PER_DEGREE, .lon = (double)v.x / VERTEX_PER_DEGREE };
}

void box_add(struct box *b, struct vertex v)
{
        b->x0 = v.x < b->x0 ? v.x : b->x0;
        b->x1 = v.x > b->x1 ? v.x : b->x1;
        b->y0 = v.y < b->y0 ? v.y : b->y0;
        b->y1 = v.y > b->y1 ? v.y : b->y1;
}

struct box polygon_box(const struct shapes *s, uint32_t polygon)
{
        struct box b = BOX_EMPTY;
        for (uint32_t i = s->ring[s->polygon[polygon]]; i < s->ring[s->polygon[polygon + 1]]; i++)
                box_add(&b, s->v[i]);
        return b;
}

void *table_alloc(struct arena *a, size_t n)
{
        const size_t large = (size_t)2 << 20;
        if (n < large)
                return arena_raw(a, n);
        size_t whole = (n + large - 1) / large * large;
        char *p = arena_raw(a, whole + large);
        p += (large - (uintptr_t)p % large) % large;
        madvise(p, whole, MADV_HUGEPAGE);
        return p;
}

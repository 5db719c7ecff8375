/* place/shape.h — polygons as whole numbers: the coordinates that grids are checked, stored and located with.
 *
 * A coordinate is degrees times ten million in an int32: 1.1 cm of latitude, finer than any survey of a
 * grid, and small enough that every decision about sides is exact in 64-bit integers. The file is
 * rounded once, when it is read; what is checked is what is used.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"
#include "place/datum.h"

#define VERTEX_PER_DEGREE 10000000
/* No ring is wider or higher than this many degrees. It keeps products of two differences inside 63
 * bits, and refuses rings that jump over the antimeridian. */
#define RING_DEGREES_MAX 90

struct vertex {
        int32_t x, y; /* longitude, latitude; 1e-7 degrees */
};

/* Many polygons, each of one or more rings; a point is inside where an odd number of rings enclose it. */
struct shapes {
        const struct vertex *v;  /* ring after ring, each closed: its last vertex equals its first */
        const uint32_t *ring;    /* [n_rings + 1]: first vertex of each ring */
        const uint8_t *hole;     /* [n_rings]: 1 = a hole of the last ring before it that is none; NULL = no holes */
        const uint32_t *polygon; /* [n_polygons + 1]: first ring of each polygon */
        uint32_t n_vertices, n_rings, n_polygons;
};

/* The nearest vertex; @p must be on earth (point_check). */
struct vertex vertex_at(struct point p);
struct point vertex_point(struct vertex);

/* A box around vertices, both ends included; empty while x0 > x1. */
struct box {
        int32_t x0, y0, x1, y1;
};
#define BOX_EMPTY ((struct box){ INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN })
void box_add(struct box *, struct vertex);
/* Around all rings of one polygon. */
struct box polygon_box(const struct shapes *, uint32_t polygon);

/* Memory for tables of many megabytes that are read here and there: each access would cost a walk through
 * the page tables, so large pages are asked for. Not zeroed. Only advice: where it is not taken, all works. */
void *table_alloc(struct arena *, size_t n);

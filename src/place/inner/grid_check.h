/* place/inner/grid_check.h — grids as GEOS geometries in metres, shared by the checks of overlaps and gaps. */
#pragma once
#include <geos_c.h>
#include "place/grid.h"

extern const struct str grids_file;

/* Rounding, not a mistake of the town's: below this area, or below this area for its length. */
#define SLIVER_M2 0.5
#define SLIVER_M 0.02

struct checker {
        GEOSContextHandle_t h;
        const struct grids *g;
        const struct places *places;
        struct findings *f;
        struct point origin;
        struct degree_metres scale;
        GEOSGeometry **polygon; /* per grid; NULL where GEOS could not make one */
        double *area;           /* m2 */
        uint32_t *number;       /* 0, 1, 2, ...: what the tree hands back */
        bool missing;           /* some polygon is NULL: what looks like a gap may be that grid */
        GEOSGeometry *all;      /* their union; NULL where GEOS could not, or a polygon is missing */
        GEOSSTRtree *tree;      /* envelopes of all polygons */
        struct arena scratch;
};

/* Is it more than rounding could make? */
bool checker_area_counts(const struct checker *, const GEOSGeometry *, double *ret_m2);
/* A point inside it, in degrees. */
struct point checker_inside_point(const struct checker *, const GEOSGeometry *);
struct point checker_point(const struct checker *, double x, double y);
/* The finding added last lies there: its areas, or a point inside where they are too intricate to draw. */
void checker_tell_where(const struct checker *, const GEOSGeometry *);
struct str checker_community(const struct checker *, uint32_t grid);

GEOSGeometry *grids_union(struct checker *);
void grids_check_gaps(struct checker *);

/* place/grid.h — the service grids (网格) of a town as polygons: read, checked, located in.
 *
 * grids.geojson is a FeatureCollection after RFC 7946: Polygon or MultiPolygon, longitude before latitude,
 * WGS 84; the property "code" names a row of places.csv of kind grid. Coordinates are rounded once to
 * 1e-7 degrees (place/shape.h), and it is the rounded polygons that are checked and used.
 *
 * Grids must not overlap and must leave no holes (rulebook 1.2, 1.3). Overlaps and holes below half a
 * square metre, or thinner than two centimetres on average, come from rounding and are not reported.
 */
#pragma once
#include "place/grid_index.h"
#include "place/place.h"

#define GRID_VERTICES_MAX 20000000 /* positions and rings of one file */

struct grid {
        struct str code;
        uint32_t place; /* row of places.csv */
        int32_t line;   /* where its code stands in grids.geojson */
};

/* Grid number i is row i and polygon i of the shapes. Numbers follow the byte order of the codes. */
struct grids {
        struct grid *row;
        size_t n;
        struct map by_code;
        struct shapes shapes;
};

/* Read grids.geojson (UTF-8) into the arena. OK even when there were findings; a feature that makes no
 * sense is left out. Findings, all errors: grid.parse grid.type grid.crs grid.code grid.unknown
 * grid.duplicate grid.ring grid.coordinates grid.too-many, and grid.no-polygon at the line of places.csv
 * for a place of kind grid that the file does not name. */
int grids_parse(struct arena *, struct str text, const struct places *, struct findings *, struct grids *ret);

/* Topology, computed by GEOS in metres. Findings: grid.invalid (a ring crosses itself, and where),
 * grid.overlap (area and share of the smaller grid), grid.gap (an error for a hole within a community; a
 * warning for a hole between communities, and for a crack narrower than five metres that is open to the
 * outside), each with area, share and place; grid.check (warning) when GEOS could not say.
 * OK, or ERR_INTERNAL when GEOS does not start. */
int grids_check(const struct grids *, const struct places *, struct findings *);

/* Both. */
int grids_read(struct arena *, struct str text, const struct places *, struct findings *, struct grids *ret);

/* The point index of the grids; they must outlive it. Errors: those of grid_index_build. */
int grids_index(struct arena *, const struct grids *, const struct grid_index **ret);

/* The grid's number, or MAP_NONE. */
uint32_t grid_find(const struct grids *, struct str code);

/* A point inside grid @i, for maps and public lists: the middle of its widest part at half its height, the same for all that
 * happens in it. WGS 84. */
struct point grid_label(const struct grids *, uint32_t i);

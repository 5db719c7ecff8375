/* Where a finding lies, as GeoJSON in degrees: what a map can draw. */
#include "place/geojson.h"
#include "place/inner/grid_check.h"

/* More is drawn as a point: a map of findings is looked at, not surveyed. */
#define WHERE_VERTICES_MAX 2000
#define WHERE_BYTES_MAX ((size_t)256 << 10)

static void ring_of(const struct checker *c, struct json *j, const GEOSGeometry *ring)
{
        const GEOSCoordSequence *seq = GEOSGeom_getCoordSeq_r(c->h, ring);
        unsigned n = 0;
        double x, y;
        json_list(j);
        if (seq)
                GEOSCoordSeq_getSize_r(c->h, seq, &n);
        for (unsigned i = 0; i < n; i++)
                if (GEOSCoordSeq_getXY_r(c->h, seq, i, &x, &y))
                        geojson_position(j, checker_point(c, x, y));
        json_end(j);
}

static void polygon_of(const struct checker *c, struct json *j, const GEOSGeometry *g)
{
        json_list(j);
        ring_of(c, j, GEOSGetExteriorRing_r(c->h, g));
        for (int i = 0; i < GEOSGetNumInteriorRings_r(c->h, g); i++)
                ring_of(c, j, GEOSGetInteriorRingN_r(c->h, g, i));
        json_end(j);
}

/* Lines and points where two grids only touch are left out. */
static void areas_of(const struct checker *c, struct json *j, const GEOSGeometry *g)
{
        json_open(j);
        json_kc(j, "type", "MultiPolygon");
        json_key(j, "coordinates");
        json_list(j);
        for (int i = 0; i < GEOSGetNumGeometries_r(c->h, g); i++) {
                const GEOSGeometry *part = GEOSGetGeometryN_r(c->h, g, i);
                if (GEOSGeomTypeId_r(c->h, part) == GEOS_POLYGON && !GEOSisEmpty_r(c->h, part))
                        polygon_of(c, j, part);
        }
        json_end(j);
        json_close(j);
}

void checker_tell_where(const struct checker *c, const GEOSGeometry *g)
{
        BUF_AUTO out = BUF(WHERE_BYTES_MAX);
        struct json j = json_to(&out);
        if (GEOSGetNumCoordinates_r(c->h, g) <= WHERE_VERTICES_MAX)
                areas_of(c, &j, g);
        if (out.n == 0 || out.over)
                finding_shape(c->f, geojson_point_text(c->f->arena, checker_inside_point(c, g)));
        else
                finding_shape(c->f, buf_view(&out));
}

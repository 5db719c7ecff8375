/* place/geojson.h — points and polygons as GeoJSON geometries (RFC 7946), for maps: longitude first, WGS 84. */
#pragma once
#include "base/json.h"
#include "place/shape.h"

#define GEOJSON_DECIMALS 7 /* as vertices are kept: a centimetre */

/* [lon,lat] */
void geojson_position(struct json *, struct point);
/* {"type":"Point",…} */
void geojson_point(struct json *, struct point);
struct str geojson_point_text(struct arena *, struct point);
/* Polygon or MultiPolygon: one polygon of the shapes. */
void geojson_polygon(struct json *, const struct shapes *, uint32_t polygon);

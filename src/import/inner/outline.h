/* import/inner/outline.h — outlines as GeoJSON. */
#pragma once
#include "import/rows.h"

bool is_outline(struct str geometry); /* a Polygon or MultiPolygon */
/* Each vertex of a layer in GCJ-02 or BD-09 to where it is; others come converted. */
struct str outline_to_wgs84(struct arena *, enum coordinates, struct str geometry);

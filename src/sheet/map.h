/* sheet/map.h — a map layer as a table: Shapefile and GeoPackage, read by GDAL in a program of its own (linli-map).
 *
 * The table's first row holds the names of the fields; behind the fields stand "@lat" and "@lon", a point in the shape in degrees with seven
 * decimals. Chinese projections: CGCS2000, geographic or in any Gauss-Krüger zone (EPSG 4490 to 4554), and WGS 84; everything leaves as WGS 84, of
 * which CGCS2000 differs by less than a metre. Other systems (Beijing 1954, Xi'an 1980) are refused: their parameters are not public.
 * GCJ-02 and BD-09 are no systems a file could declare: they must be named, and their degrees leave as they are.
 */
#pragma once
#include "sheet/sheet.h"

/* Does the name end like that of a map layer (.shp, .gpkg)? */
bool sheet_is_map(struct str path);
/* @layer "" for the first one. @coordinates: "file" (as the layer declares), "wgs84", "cgcs2000", "gcj02", "bd09" or "EPSG:4549". *ret_shape: per row the
 * geometry as GeoJSON, "" in the first row and where there is none. Errors as sheet_read_file; ERR_BAD with the layer's fault. */
int sheet_read_map(struct arena *, const char *path, struct str layer, struct str coordinates, struct sheet *ret, struct str **ret_shape, struct err *err);

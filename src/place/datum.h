/* place/datum.h — where on earth is this point, whatever the map it was read from?
 *
 * Chinese map applications hand out shifted coordinates: GCJ-02 (Gaode, Tencent, WeChat) and
 * BD-09 (Baidu). Everything inside Linli is WGS 84; CGCS2000 differs from it by centimetres and
 * is read as the same. Pure rules: no state, no allocation.
 */
#pragma once
#include <stdint.h>
#include "base/err.h"
#include "base/str.h"

/* Degrees. */
struct point {
        double lat; /* -90 to 90, north positive */
        double lon; /* -180 to 180, east positive */
};

enum datum { DATUM_WGS84, DATUM_GCJ02, DATUM_BD09 };

/* "wgs84", "gcj02", "bd09", or "cgcs2000" (read as WGS 84); lower case. OK or ERR_UNKNOWN. */
int datum_parse(struct str, enum datum *ret);
const char *datum_name(enum datum);

/* OK, or ERR_RANGE with field "lat" or "lon" when a coordinate is not finite or off the earth.
 * @err may be NULL. */
int point_check(struct point, struct err *err);

/* The same spot in WGS 84. The published shift is inverted by iteration to less than a centimetre;
 * outside China's bounding box nothing was shifted and nothing is. @p must be on earth. */
struct point datum_to_wgs84(enum datum, struct point p);

/* The shift itself, as the maps apply it; for tests and for handing points to such a map. */
struct point datum_from_wgs84(enum datum, struct point p);

/* Metres that one degree measures at a latitude, on the WGS 84 ellipsoid. */
struct degree_metres {
        double lat, lon;
};
struct degree_metres degree_metres_at(double lat);

/* Metres between two points; local, meant for distances up to a few kilometres. */
double point_metres(struct point a, struct point b);

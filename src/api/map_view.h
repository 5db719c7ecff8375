/* api/map_view.h — the town as a map: grids, places, public things, as GeoJSON. */
#pragma once
#include "api/house.h"

extern const struct shape map_shape;

/* What the whole town lies within; false when it has neither grids nor things with a point. */
bool map_box(const struct town *, struct box *ret);
/* May the public see it under this town? Only what has an approval number of its own, under a map that has one. */
bool map_base_public(const struct town *, const struct basemap_config *);
/* {"version","approval","drawn","bbox","base","places","grids","things"}. Without @drawn there is neither outline nor point in it: places and
 * things stand as lists. @base NULL: plain ground. The object stays open for more. */
void map_view(struct json *, const struct town *, bool drawn, const struct basemap_config *base);

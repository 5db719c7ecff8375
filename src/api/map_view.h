/* api/map_view.h — the town as a map: grids, places, public things, as GeoJSON. */
#pragma once
#include "api/house.h"

extern const struct shape map_shape;

/* What the whole town lies within; false when it has neither grids nor things with a point. */
bool map_box(const struct town *, struct box *ret);
/* {"version","approval","shown","bbox","places","grids","things"}. Without @drawn there is neither outline nor point in it: places and
 * things stand as lists. The object stays open for more. */
void map_view(struct json *, const struct town *, bool drawn);

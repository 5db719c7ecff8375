/* basemap/tile.h — squares of the web's map: which there are, and which a town may ask for. Pure. */
#pragma once
#include "place/shape.h"

struct tile_id {
        uint8_t layer, z;
        uint32_t x, y;
};

/* From the texts of a path. ERR_NONE: there is no such tile within these layers and zooms. */
int tile_read(struct str layer, struct str z, struct str x, struct str y, size_t layers, int64_t min_zoom, int64_t max_zoom, struct tile_id *ret);
/* The box with half its longer side and a kilometre around it: what a screen shows beside the town. */
struct box tile_around(struct box town);
/* Does the tile touch the box? */
bool tile_touches(struct tile_id, struct box);
static inline bool tile_same(struct tile_id a, struct tile_id b) { return a.layer == b.layer && a.z == b.z && a.x == b.x && a.y == b.y; }

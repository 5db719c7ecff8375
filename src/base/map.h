/* base/map.h — text to a 32-bit number: open addressing, filled once, then read by many threads. */
#pragma once
#include <stdint.h>
#include "base/str.h"

#define MAP_NONE UINT32_MAX
struct map {
        struct map_slot *slot;
        uint32_t n, cap; /* cap a power of two */
};
struct map_slot { uint64_t hash; struct str key; uint32_t value; uint32_t used; };

/* Keys are views: what they point to must outlive the map. Slots live in the arena. */
void map_init(struct map *, struct arena *, size_t expected);
/* The value that stood there before, or MAP_NONE; the first one stays. */
uint32_t map_put(struct map *, struct arena *, struct str key, uint32_t value);
uint32_t map_get(const struct map *, struct str key); /* MAP_NONE if absent */

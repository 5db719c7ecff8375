/* app/starter.h — a small, complete town folder to begin with: two grids, a handful of units, subjects and duties. */
#pragma once
#include "base/day.h"
#include "town/folder.h"

struct starter {
        struct str code;  /* 12 digits of a township: …000, digits 7 to 9 not 000 */
        struct str name;  /* no quotes, commas, control characters */
        struct day today; /* terms and the roster begin here */
};
/* Every file but staff and grids is meant to be kept and edited; people, grids and outlines are invented. Texts live in
 * the arena. */
void starter_write(struct arena *, const struct starter *, struct folder *ret);

/* place/inner/place_check.h — what places.csv may not say; for place.c alone. */
#pragma once
#include "place/place.h"

extern const struct str places_file;

void place_report_duplicate(struct findings *, const struct place *again, const struct place *first);
/* Everything that needs the whole tree: codes, parents, circles, names. */
void places_check(const struct places *, struct findings *);

/* api/around.h — a matter as everybody may see it. */
#pragma once
#include "api/house.h"
#include "insight/public.h"

extern const struct shape around_one_shape, around_place_shape;

/* As an item of a list; with @photos (NULL = none) as one matter: their numbers. Only what public_released lets through comes here. */
void around_view(struct json *, const struct town *, const struct public_row *, const struct release_photos *photos, struct arena *);
/* "thing", "place", "community", "street", "lat", "lon": members of an object that is open. */
void around_place(struct json *, const struct town *, const struct release *, struct arena *);

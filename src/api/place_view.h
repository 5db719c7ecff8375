/* api/place_view.h — places as JSON: what words were found to mean. */
#pragma once
#include "api/house.h"
#include "town/learned.h"

extern const struct shape place_hit_shape, learned_shape;
/* "candidates":[{how, how_name, certain, words, percent, place, thing, lat, lon}], the likeliest first. Which organisation keeps a
 * thing is not told. */
void place_hits_view(struct json *, const struct town *, const struct place_hits *);
/* {id, said, place, thing, state, matter, proposer, proposed, reviewer, reviewed}. */
void learned_view(struct json *, const struct town *, const struct learned *);

/* town/shelf.h — the models in use: current versions of every town, and a few past ones. Thread-safe. */
#pragma once
#include "store/store.h"
#include "town/town.h"

struct shelf;
struct shelf *shelf_new(struct store *);
void shelf_free(struct shelf *);
/* The current model of @town with one more reference (town_unref it). ERR_NONE when the store has no such town.
 * Looks into the store at most once in 2 s for a newer version (another process may have loaded one). */
int shelf_town(struct shelf *, int64_t town, struct instant now, struct town **ret, struct err *);
/* The model in force on a past day; keeps the last four. */
int shelf_town_on(struct shelf *, int64_t town, struct day on, struct instant now, struct town **ret, struct err *);
/* By version, for the explanation of an old matter. */
int shelf_town_version(struct shelf *, int64_t town, int64_t version, struct instant now, struct town **ret,
                       struct err *);
/* Forget what is cached of @town: a new version was loaded. */
void shelf_drop(struct shelf *, int64_t town);
/* The only town, or 0 when there are none or several. */
int64_t shelf_only(struct shelf *);

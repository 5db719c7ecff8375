/* app/town_words.h — telling people what changed between two versions of a town: what load and diff share. */
#pragma once
#include "app/command.h"
#include "town/diff.h"

/* One line a file, a table and a duty row that changed; "no difference" when there is none. */
void tell_town_diff(const struct args *, const struct town *before, const struct town *after, const struct town_diff *);
/* A version's files and model out of the store; 0 = current. *ret_town is NULL when the store has no such town yet.
 * EXIT_FINE or EXIT_FAILED after telling why. */
struct world;
int stored_version(struct args *, struct world *, int64_t town, int64_t version, struct folder **ret,
                   struct town **ret_town);

/* app/erasures.h — the list of what was erased on request, in a file that outlives the database (删除清单).
 *
 * A restored backup brings back what was erased since it was made. So the list stands outside too: one line of JSON for each,
 * {"town","matter","at","by","basis"}, ids and times, nobody's words. On SQLite it is PATH.erased beside the database (LINLI_ERASED
 * names another place, better on another disk); on PostgreSQL only where LINLI_ERASED says. Lines are only added.
 */
#pragma once
#include "app/world.h"

/* NULL: there is none. */
const char *erasures_path(struct args *);
/* Bring the file up to what @town's list holds behind @since (INSTANT_NONE: all of it). *ret_n lines were added. ERR_IO, ERR_FULL;
 * ERR_BAD naming a line that cannot be read. */
int erasures_write(const char *path, struct store *, int64_t town, struct instant since, int64_t *ret_n, struct err *err);
/* The same for every town. */
int erasures_write_all(const char *path, struct store *, int64_t *ret_n, struct err *err);

struct erasures_replay { int64_t lines, erased, open; /* of those erased now: still open in this store */ };
/* Erase again what the file names. A file that is not there is an empty one. */
int erasures_replay(const char *path, struct args *, struct world *, struct erasures_replay *ret);
/* Lines whose matter stands in the store, and not in its list. */
int erasures_missing(const char *path, struct args *, struct world *, int64_t *ret_n);

/* basemap/keep.h — tiles that were fetched, kept in memory: so many bytes, so long, and the longest unused goes first.
 *
 * In memory and not on the disk: services allow short keeping only, and what a town looked at is nobody's business tomorrow. Not for
 * sharing between threads without a lock.
 */
#pragma once
#include "base/buf.h"
#include "base/day.h"
#include "basemap/tile.h"

#define KEEP_TILES 4096

struct tile_kept {
        struct tile_id id;
        const char *type;      /* NULL: the service has no such tile */
        struct buf bytes;
        struct instant until;
        uint32_t of_hash;      /* the next one with the same hash */
        uint32_t newer, older; /* by use */
};
struct tile_keep {
        struct tile_kept *row;
        uint32_t *hash;
        uint32_t newest, oldest, n, freed;
        size_t bytes, bytes_max;
        int64_t us;
};

void tile_keep_init(struct tile_keep *, struct arena *, size_t bytes_max, int64_t us);
void tile_keep_free(struct tile_keep *);
/* NULL: not there, or too old. It becomes the last used; good until the next call. */
const struct tile_kept *tile_keep_find(struct tile_keep *, struct tile_id, struct instant now);
/* In place of what was kept under this id. @type NULL: there is none. */
void tile_keep_put(struct tile_keep *, struct tile_id, const char *type, struct str bytes, struct instant now);

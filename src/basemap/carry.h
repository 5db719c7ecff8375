/* basemap/carry.h — fetching tiles from the service that the operator named, so that no address of a resident reaches it.
 *
 * One thread, TILE_AT_ONCE transfers: whoever asks for a tile under way waits for the same one. Nothing of the asker goes along: no
 * address, cookie or referrer. After TILE_FAILS failures in a row nobody is asked for TILE_SULK_SECONDS. By libcurl.
 */
#pragma once
#include "basemap/config.h"
#include "basemap/keep.h"

#define TILE_BYTES_MAX ((size_t)1 << 20)
#define TILE_AT_ONCE 8
#define TILE_WAITING_MAX 512
#define TILE_SECONDS 8
#define TILE_FAILS 5
#define TILE_SULK_SECONDS 20

struct tile_carrier;

/* One who waits. It and @to live until done was called. */
struct tile_ask {
        struct tile_id id;
        struct instant now;
        struct buf *to;    /* the bytes are added here */
        const char *type;  /* and are of this type */
        /* OK; ERR_NONE: the service has no such tile; ERR_BUSY: it did not answer as it should. From the carrier's thread. */
        void (*done)(struct tile_ask *, int rc);
        void *arg;
        struct tile_ask *next;
};

/* @config is the caller's and outlives it. */
struct tile_carrier *tile_carrier_new(struct arena *, const struct basemap_config *config);
/* At once from memory: OK or ERR_NONE, as done would be told. ERR_BUSY: the service sulks, or too many wait. ERR_STATE: tile_fetch it. */
int tile_look(struct tile_carrier *, struct tile_ask *);
/* done is called once, also when the carrier closes. */
void tile_fetch(struct tile_carrier *, struct tile_ask *);
/* Whoever waits is told ERR_BUSY. Once. NULL is fine. */
void tile_carrier_close(struct tile_carrier *);

struct tile_counts {
        uint64_t kept, fetched, failed, bytes;
};
void tile_counts(struct tile_carrier *, struct tile_counts *ret);

/* store/event.h — the journal: append-only, hash-chained per aggregate; sealed in order after commit.
 *
 * An event holds codes, ids, times and salted hashes, never words. Its hash is BLAKE2b-256 over
 * (town, matter, n, at, kind, actor, body, prev). n counts 1, 2, 3 … within a matter under that
 * matter's revision, so nothing serialises a town. The sealer gives committed events their place in
 * the town's order: a seal row lists its members, their Merkle root (RFC 9162 shape: leaf and node
 * prefixes) and the previous seal's hash. Listeners follow seals, so a cursor cannot skip a late commit.
 */
#pragma once
#include "base/ctx.h"
#include "store/store.h"

#define EVENT_BODY_MAX 12288
#define EVENT_HASH_BYTES 32

struct event {
        int64_t matter; /* the aggregate's id */
        int32_t n;      /* from 1 */
        struct instant at;
        struct str kind;  /* "opened", "signed", ... */
        struct str actor; /* kind:name, "staff:chuli03", "reporter", "system" */
        struct str body;  /* canonical JSON, at most EVENT_BODY_MAX bytes */
};

/* Does it tell of a matter? What else keeps a chain names itself in each kind: "shift_sheet", "standing_opened", "draft_loaded".
 * Who listens to matters passes the others over. */
bool event_is_of_matter(const struct event *);

/* Append @e to its chain inside ctx->tx. @prev is the hash of event n-1 (32 zero bytes for n = 1) as kept in the
 * aggregate's row; @ret_hash is to be kept there (it may be the same bytes as @prev). Also notes it for the sealer.
 * When n stands already the command fails with ERR_EXISTS, on PostgreSQL perhaps not before its commit. ERR_RANGE,
 * ERR_MISSING, ERR_TOO_BIG for an event that is not well formed. */
int event_append(struct ctx *ctx, const struct event *e, const unsigned char prev[EVENT_HASH_BYTES],
                 unsigned char ret_hash[EVENT_HASH_BYTES]);
/* The hash alone, for whoever must write it into the aggregate's row before the event: there two writers at once meet.
 * @ret may be the same bytes as @prev. */
void event_hash(int64_t town, const struct event *e, const unsigned char prev[EVENT_HASH_BYTES],
                unsigned char ret[EVENT_HASH_BYTES]);
/* Append @e with the hash that event_hash gave for it: event_append in two steps, the first one before the transaction. */
int event_put(struct ctx *ctx, const struct event *e, const unsigned char hash[EVENT_HASH_BYTES]);

/* Seal up to @max (4096 at most) unsealed events of ctx->town in one transaction; *ret_n = how many. The lease "sealer"
 * keeps servers from racing; two sealers would do no harm, one gets ERR_CONFLICT and is run again. */
int event_seal(struct ctx *ctx, int max, int *ret_n);

/* Are there events of ctx->town that wait for the sealer? */
int event_waits(struct ctx *ctx, bool *ret);

/* Sealed events after @seal, in order: a batch of at most @max events, whole seals only, but at least one seal if there
 * is one. *ret_seal is the last seal given, @seal when there was none. Within a matter events come in order, none left
 * out. */
struct event_row {
        struct event e;
        int64_t seal;
        unsigned char hash[EVENT_HASH_BYTES];
};
struct event_rows {
        struct event_row *row;
        size_t n;
};
int event_after(struct ctx *ctx, int64_t seal, int max, struct event_rows *ret, int64_t *ret_seal);

/* All events of one matter in order (10,000 at most); seal is 0 in the rows. */
int event_of(struct ctx *ctx, int64_t matter, struct event_rows *ret);

/* Recompute chains and seals of the town, in bounded memory; on a read transaction it renews the snapshot as it goes,
 * so it may take its time. Counts; the first fault as a sentence in ctx->err (ERR_RULE; *ret is set then too). */
struct event_check {
        int64_t events, sealed, unsealed, seals, faults;
};
int event_verify(struct ctx *ctx, struct event_check *ret);

/* A listener's place: the last seal it has handled. event_cursor_set is called inside the listener's own write
 * transaction, so its effect and its cursor move together; ERR_CONFLICT when somebody has gone further already. */
int event_cursor(struct ctx *ctx, struct str listener, int64_t *ret_seal);
int event_cursor_set(struct ctx *ctx, struct str listener, int64_t seal);

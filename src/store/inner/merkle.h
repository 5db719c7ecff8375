/* store/inner/merkle.h — hashes of events and seals. Pure.
 *
 * BLAKE2b-256; numbers big endian, texts with a 4-byte length before them, so no two contents give the same bytes.
 * The tree has the shape of RFC 9162 section 2.1: leaves and nodes carry different prefixes.
 */
#pragma once
#include "base/str.h"
#include "store/event.h"

/* Root of leaves given one by one; at most 2^32 of them. */
struct merkle {
        unsigned char level[33][EVENT_HASH_BYTES]; /* full subtrees, biggest first */
        uint64_t n;
        int used;
};
void merkle_add(struct merkle *, const unsigned char leaf[EVENT_HASH_BYTES]);
void merkle_root(struct merkle *, unsigned char ret[EVENT_HASH_BYTES]); /* of nothing: the hash of nothing */

struct seal {
        int64_t n, first;
        struct instant at;
        struct str members; /* (matter 8 bytes, n 4 bytes) each, big endian, ascending */
        struct str root, prev, hash;
};
#define SEAL_MEMBER_BYTES 12
void seal_hash(int64_t town, const struct seal *, unsigned char ret[EVENT_HASH_BYTES]);
void seal_member_put(unsigned char out[SEAL_MEMBER_BYTES], int64_t matter, int32_t n);
void seal_member_get(const struct seal *, size_t i, int64_t *ret_matter, int32_t *ret_n);
static inline size_t seal_count(const struct seal *s)
{
        return s->members.n / SEAL_MEMBER_BYTES;
}

/* The events of a seal that are there, in the order of its members. */
int event_members(struct ctx *, const struct seal *, struct event_rows *ret);

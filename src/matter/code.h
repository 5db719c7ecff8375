/* matter/code.h — the tracking code: what a reporter holds in the hand.
 *
 * 20 characters in five groups, "7K3M-9QXT-...": 3 characters of time (so that codes made together lie together
 * in the index), 16 of chance (80 random bits) and one check character. Crockford's alphabet without I, L, O, U; reading is
 * forgiving (small letters, blanks, dashes, O for 0, I and L for 1). The store keeps only a hash.
 */
#pragma once
#include "base/ctx.h"

#define CODE_CHARS 24            /* with dashes */
#define CODE_HASH_BYTES 18       /* 2 of time, 16 of BLAKE2b */

struct code { char text[CODE_CHARS + 1]; };

struct code code_new(struct instant now, struct chance *);
/* Canonical form and its hash. ERR_BAD when it is not a code (also a wrong check character). */
int code_read(struct str typed, struct code *ret, unsigned char ret_hash[CODE_HASH_BYTES]);

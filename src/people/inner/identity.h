/* people/inner/identity.h — identity data as the bytes inside a box, and what is kept beside the box. */
#pragma once
#include "people/inner/seal.h"

/* Six texts (four before there were mail and code), each after its length (2 bytes, big endian), filled up with zeros to a multiple of 64 bytes, so that the
 * box does not tell how long a name is. */
struct str identity_pack(struct arena *, const struct identity *);
/* Views into @plain. ERR_INTERNAL when it is no such thing. */
int identity_unpack(struct str plain, struct identity *ret);
struct seal_place identity_place(int64_t town, int64_t person);
/* Blind index under key @i: {NULL,0} when the phone has fewer than 7 digits. */
struct str identity_blind(const struct vault_keys *, size_t i, struct arena *, int64_t town, struct str phone);

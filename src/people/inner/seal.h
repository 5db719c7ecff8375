/* people/inner/seal.h — the vault's cryptography: keys in memory, boxes, keyed hashes. libsodium does the work.
 *
 * Box: 1 byte algorithm (1 = XChaCha20-Poly1305-IETF), 4 bytes key id big endian, 24 bytes nonce, ciphertext, 16 bytes
 * tag. Associated data: those first 5 bytes, town and person (8 bytes each, big endian), field. From each master key
 * four are derived (crypto_kdf): for boxes, for nonces, for the blind index, for keyed hashes.
 */
#pragma once
#include "people/vault.h"

#define SEAL_KEYS_MAX 64
#define SEAL_MASTER_BYTES 32
#define SEAL_BLIND_BYTES 16

struct seal_key {
        int32_t id;
        unsigned char box[32], nonce[32], blind[32], mac[32];
};
struct vault_keys {
        size_t n;
        struct seal_key key[SEAL_KEYS_MAX]; /* ascending id; the last one seals */
};

/* An empty ring in guarded memory; BUG when there is no memory. */
struct vault_keys *seal_ring(void);
void seal_ring_add(struct vault_keys *, int32_t id, const unsigned char master[static SEAL_MASTER_BYTES]);
/* No more writing. */
void seal_ring_close(struct vault_keys *);

/* What a box is bound to. */
struct seal_place { int64_t town, person; struct str field; };

int32_t seal_key_of(struct str box);  /* 0 when it is no box */
struct str seal_close(const struct vault_keys *, struct chance *, struct arena *, const struct seal_place *,
                      struct str plain);
/* ERR_INTERNAL, with a sentence in @err. */
int seal_open(const struct vault_keys *, struct arena *, const struct seal_place *, struct str box,
              struct str *ret_plain, struct err *err);
/* The blind index of @text (a normal phone) under key @i of the ring. */
void seal_blind(const struct vault_keys *, size_t i, int64_t town, struct str text,
                unsigned char ret[static SEAL_BLIND_BYTES]);
/* The same of a sign-in elsewhere (issuer and subject). */
void seal_link(const struct vault_keys *, size_t i, int64_t town, struct str text, unsigned char ret[static SEAL_BLIND_BYTES]);
/* A keyed hash for what need not be found out from the database: 128 bits under the newest key. */
void seal_mac(const struct vault_keys *, const char *label, int64_t town, struct str text,
              unsigned char ret[static 16]);

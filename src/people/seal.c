#include "people/inner/seal.h"
#include <sodium.h>

#define ALGORITHM 1
#define HEAD_BYTES 5
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES
#define FIELD_MAX 256
#define AAD_MAX (HEAD_BYTES + 16 + FIELD_MAX)

enum { SUB_BOX = 1, SUB_NONCE, SUB_BLIND, SUB_MAC };
static const char kdf_context[crypto_kdf_CONTEXTBYTES] = "linlvlt1";

/* ---- keys ------------------------------------------------------------------------------------------- */

struct vault_keys *seal_ring(void)
{
        if (sodium_init() < 0)
                BUG("libsodium finds no source of randomness");
        struct vault_keys *k = sodium_malloc(sizeof *k);
        if (!k)
                BUG("no guarded memory for the vault's keys");
        memset(k, 0, sizeof *k);
        return k;
}

void seal_ring_add(struct vault_keys *k, int32_t id, const unsigned char master[static SEAL_MASTER_BYTES])
{
        if (k->n == SEAL_KEYS_MAX || (k->n > 0 && k->key[k->n - 1].id >= id))
                BUG("keys of the vault come in order, at most 64");
        struct seal_key *key = &k->key[k->n++];
        key->id = id;
        crypto_kdf_derive_from_key(key->box, sizeof key->box, SUB_BOX, kdf_context, master);
        crypto_kdf_derive_from_key(key->nonce, sizeof key->nonce, SUB_NONCE, kdf_context, master);
        crypto_kdf_derive_from_key(key->blind, sizeof key->blind, SUB_BLIND, kdf_context, master);
        crypto_kdf_derive_from_key(key->mac, sizeof key->mac, SUB_MAC, kdf_context, master);
}

void seal_ring_close(struct vault_keys *k)
{
        sodium_mprotect_readonly(k);
}

void vault_keys_free(struct vault_keys *k)
{
        sodium_free(k); /* wipes */
}

int32_t vault_keys_newest(const struct vault_keys *k)
{
        return k->key[k->n - 1].id;
}

static const struct seal_key *newest(const struct vault_keys *k)
{
        return &k->key[k->n - 1];
}

static const struct seal_key *key_by_id(const struct vault_keys *k, int32_t id)
{
        for (size_t i = 0; i < k->n; i++)
                if (k->key[i].id == id)
                        return &k->key[i];
        return NULL;
}

/* ---- boxes ------------------------------------------------------------------------------------------ */

static unsigned char *put_be(unsigned char *p, uint64_t v, int bytes)
{
        for (int i = bytes - 1; i >= 0; i--, v >>= 8)
                p[i] = (unsigned char)v;
        return p + bytes;
}

static void put_head(unsigned char *p, int32_t id)
{
        p[0] = ALGORITHM;
        put_be(p + 1, (uint32_t)id, 4);
}

static size_t put_aad(unsigned char aad[static AAD_MAX], int32_t id, const struct seal_place *at)
{
        if (at->field.n > FIELD_MAX)
                BUG("the field of a box is a short word");
        put_head(aad, id);
        unsigned char *p = put_be(aad + HEAD_BYTES, (uint64_t)at->town, 8);
        p = put_be(p, (uint64_t)at->person, 8);
        if (at->field.n > 0)
                p = mempcpy(p, at->field.p, at->field.n);
        return (size_t)(p - aad);
}

/* A seeded chance may give the same bytes twice, in a replay; with the content and its place mixed in, the same nonce
 * then stands for the same box only. */
static void put_nonce(unsigned char *ret, const struct seal_key *key, struct chance *chance, const unsigned char *aad,
                      size_t n_aad, struct str plain)
{
        unsigned char fresh[NONCE_BYTES];
        chance_fill(chance, fresh, sizeof fresh);
        crypto_generichash_state h;
        crypto_generichash_init(&h, key->nonce, sizeof key->nonce, NONCE_BYTES);
        crypto_generichash_update(&h, fresh, sizeof fresh);
        crypto_generichash_update(&h, aad, n_aad);
        crypto_generichash_update(&h, (const unsigned char *)plain.p, plain.n);
        crypto_generichash_final(&h, ret, NONCE_BYTES);
}

int32_t seal_key_of(struct str box)
{
        const unsigned char *p = (const unsigned char *)box.p;
        if (box.n < HEAD_BYTES + NONCE_BYTES + TAG_BYTES || p[0] != ALGORITHM)
                return 0;
        uint32_t id = (uint32_t)p[1] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 8 | p[4];
        return id <= INT32_MAX ? (int32_t)id : 0;
}

struct str seal_close(const struct vault_keys *k, struct chance *chance, struct arena *a, const struct seal_place *at,
                      struct str plain)
{
        const struct seal_key *key = newest(k);
        unsigned char aad[AAD_MAX];
        size_t n_aad = put_aad(aad, key->id, at), n = HEAD_BYTES + NONCE_BYTES + plain.n + TAG_BYTES;
        unsigned char *box = arena_raw(a, n), *nonce = box + HEAD_BYTES;
        put_head(box, key->id);
        put_nonce(nonce, key, chance, aad, n_aad, plain);
        crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + NONCE_BYTES, NULL, (const unsigned char *)plain.p, plain.n,
                                                   aad, n_aad, NULL, nonce, key->box);
        return (struct str){ (const char *)box, n };
}

int seal_open(const struct vault_keys *k, struct arena *a, const struct seal_place *at, struct str box, struct str *ret,
              struct err *err)
{
        int32_t id = seal_key_of(box);
        const struct seal_key *key = id ? key_by_id(k, id) : NULL;
        if (id && !key)
                return err_set(err, ERR_INTERNAL, "", "密钥文件中没有第 %d 号密钥", "Key %d is not in the key file",
                               id);
        unsigned char aad[AAD_MAX];
        size_t n = key ? box.n - HEAD_BYTES - NONCE_BYTES : 0;
        unsigned char *plain = arena_raw(a, n + 1);
        const unsigned char *nonce = (const unsigned char *)box.p + HEAD_BYTES;
        if (!key || crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL, nonce + NONCE_BYTES, n, aad,
                                                               put_aad(aad, id, at), nonce, key->box) != 0)
                return err_set(err, ERR_INTERNAL, "", "保险柜中的一条数据已损坏或不属于这里",
                               "Something in the vault is damaged or does not belong here");
        *ret = (struct str){ (const char *)plain, n - TAG_BYTES };
        return OK;
}

/* ---- keyed hashes ----------------------------------------------------------------------------------- */

static void keyed(const unsigned char key[32], const char *label, int64_t town, struct str text, unsigned char *ret)
{
        unsigned char town_be[8];
        put_be(town_be, (uint64_t)town, sizeof town_be);
        crypto_generichash_state h;
        crypto_generichash_init(&h, key, 32, 16);
        crypto_generichash_update(&h, town_be, sizeof town_be);
        crypto_generichash_update(&h, (const unsigned char *)label, strlen(label) + 1);
        crypto_generichash_update(&h, (const unsigned char *)text.p, text.n);
        crypto_generichash_final(&h, ret, 16);
}

void seal_blind(const struct vault_keys *k, size_t i, int64_t town, struct str text,
                unsigned char ret[static SEAL_BLIND_BYTES])
{
        keyed(k->key[i].blind, "phone", town, text, ret);
}

void seal_link(const struct vault_keys *k, size_t i, int64_t town, struct str text, unsigned char ret[static SEAL_BLIND_BYTES])
{
        keyed(k->key[i].blind, "link", town, text, ret);
}

void seal_mac(const struct vault_keys *k, const char *label, int64_t town, struct str text,
              unsigned char ret[static 16])
{
        keyed(newest(k)->mac, label, town, text, ret);
}

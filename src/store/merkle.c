#include "store/inner/merkle.h"
#include <sodium.h>

#define hash_state crypto_generichash_state

static void put_be(unsigned char *out, uint64_t v, int bytes)
{
        for (int i = bytes - 1; i >= 0; i--, v >>= 8)
                out[i] = (unsigned char)(v & 0xff);
}

static uint64_t get_be(const unsigned char *p, int bytes)
{
        uint64_t v = 0;
        for (int i = 0; i < bytes; i++)
                v = v << 8 | p[i];
        return v;
}

static void add_int(hash_state *h, uint64_t v, int bytes)
{
        unsigned char be[8];
        put_be(be, v, bytes);
        crypto_generichash_update(h, be, (size_t)bytes);
}

static void add_bytes(hash_state *h, const void *p, size_t n)
{
        if (n)
                crypto_generichash_update(h, p, n);
}

static void add_str(hash_state *h, struct str s)
{
        add_int(h, s.n, 4);
        add_bytes(h, s.p, s.n);
}

void event_hash(int64_t town, const struct event *e, const unsigned char prev[EVENT_HASH_BYTES],
                unsigned char ret[EVENT_HASH_BYTES])
{
        hash_state h;
        crypto_generichash_init(&h, NULL, 0, EVENT_HASH_BYTES);
        add_str(&h, STR("linli event 1"));
        add_int(&h, (uint64_t)town, 8);
        add_int(&h, (uint64_t)e->matter, 8);
        add_int(&h, (uint32_t)e->n, 4);
        add_int(&h, (uint64_t)e->at.us, 8);
        add_str(&h, e->kind);
        add_str(&h, e->actor);
        add_str(&h, e->body);
        add_bytes(&h, prev, EVENT_HASH_BYTES);
        crypto_generichash_final(&h, ret, EVENT_HASH_BYTES);
}

/* ---- tree ------------------------------------------------------------------------------------------- */
static void node(const unsigned char *left, const unsigned char *right, unsigned char *ret)
{
        hash_state h;
        crypto_generichash_init(&h, NULL, 0, EVENT_HASH_BYTES);
        add_int(&h, 1, 1);
        add_bytes(&h, left, EVENT_HASH_BYTES);
        add_bytes(&h, right, EVENT_HASH_BYTES);
        crypto_generichash_final(&h, ret, EVENT_HASH_BYTES);
}

static void join_last_two(struct merkle *m)
{
        node(m->level[m->used - 2], m->level[m->used - 1], m->level[m->used - 2]);
        m->used--;
}

void merkle_add(struct merkle *m, const unsigned char leaf[EVENT_HASH_BYTES])
{
        hash_state h;
        crypto_generichash_init(&h, NULL, 0, EVENT_HASH_BYTES);
        add_int(&h, 0, 1);
        add_bytes(&h, leaf, EVENT_HASH_BYTES);
        crypto_generichash_final(&h, m->level[m->used++], EVENT_HASH_BYTES);
        m->n++;
        for (uint64_t n = m->n; n % 2 == 0; n /= 2)
                join_last_two(m);
}

void merkle_root(struct merkle *m, unsigned char ret[EVENT_HASH_BYTES])
{
        if (!m->used) {
                crypto_generichash(ret, EVENT_HASH_BYTES, NULL, 0, NULL, 0);
                return;
        }
        while (m->used > 1)
                join_last_two(m);
        memcpy(ret, m->level[0], EVENT_HASH_BYTES);
}

/* ---- seals ------------------------------------------------------------------------------------------ */
void seal_hash(int64_t town, const struct seal *s, unsigned char ret[EVENT_HASH_BYTES])
{
        hash_state h;
        crypto_generichash_init(&h, NULL, 0, EVENT_HASH_BYTES);
        add_str(&h, STR("linli seal 1"));
        add_int(&h, (uint64_t)town, 8);
        add_int(&h, (uint64_t)s->n, 8);
        add_int(&h, (uint64_t)s->first, 8);
        add_int(&h, (uint64_t)s->at.us, 8);
        add_str(&h, s->members);
        add_str(&h, s->root);
        add_str(&h, s->prev);
        crypto_generichash_final(&h, ret, EVENT_HASH_BYTES);
}

void seal_member_put(unsigned char out[SEAL_MEMBER_BYTES], int64_t matter, int32_t n)
{
        put_be(out, (uint64_t)matter, 8);
        put_be(out + 8, (uint32_t)n, 4);
}

void seal_member_get(const struct seal *s, size_t i, int64_t *ret_matter, int32_t *ret_n)
{
        const unsigned char *p = (const unsigned char *)s->members.p + i * SEAL_MEMBER_BYTES;
        *ret_matter = (int64_t)get_be(p, 8);
        *ret_n = (int32_t)get_be(p + 8, 4);
}

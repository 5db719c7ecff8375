#include "base/ctx.h"
#include <sodium.h>
#include <stdatomic.h>
#include <string.h>

#define ID_EPOCH_MS INT64_C(1577836800000) /* 2020-01-01T00:00:00Z */
#define ID_MS_BITS 41
#define ID_NODE_BITS 10
#define ID_COUNT_BITS 12

void chance_fill(struct chance *c, void *p, size_t n)
{
        c->fill(c, p, n);
}

static void fill_system(struct chance *c, void *p, size_t n)
{
        (void)c;
        if (sodium_init() < 0)
                BUG("libsodium finds no source of randomness");
        randombytes_buf(p, n);
}

struct chance chance_system = { fill_system };

/* Each fill is a stream of its own, keyed by the seed and the number of the call. */
static void fill_seeded(struct chance *c, void *p, size_t n)
{
        struct chance_seeded *s = (struct chance_seeded *)c;
        unsigned char key[randombytes_SEEDBYTES] = "linli seeded chance";
        memcpy(key + sizeof key - 16, &s->seed, 8);
        memcpy(key + sizeof key - 8, &s->n, 8);
        s->n++;
        randombytes_buf_deterministic(p, n, key);
}

void chance_seed(struct chance_seeded *s, uint64_t seed)
{
        *s = (struct chance_seeded){ .base = { fill_seeded }, .seed = seed };
}

int64_t id_next(struct id_gen *g, struct instant now)
{
        int64_t ms = now.us / 1000 - ID_EPOCH_MS;
        uint64_t floor = ms > 0 ? (uint64_t)ms << ID_COUNT_BITS : 0;
        uint64_t last = g->last, next;
        do
                next = last >= floor ? last + 1 : floor; /* a full or backward clock borrows from the future */
        while (!atomic_compare_exchange_weak(&g->last, &last, next));
        if (next >> (ID_COUNT_BITS + ID_MS_BITS) || g->node >> ID_NODE_BITS)
                BUG("an id past its 63 bits");
        uint64_t count = next & ((1u << ID_COUNT_BITS) - 1);
        return (int64_t)((next >> ID_COUNT_BITS) << (ID_NODE_BITS + ID_COUNT_BITS) |
                         (uint64_t)g->node << ID_COUNT_BITS | count);
}

struct instant id_instant(int64_t id)
{
        return (struct instant){ ((id >> (ID_NODE_BITS + ID_COUNT_BITS)) + ID_EPOCH_MS) * 1000 };
}

int64_t id_floor(struct instant t)
{
        int64_t ms = t.us / 1000 - ID_EPOCH_MS;
        return ms > 0 ? ms << (ID_NODE_BITS + ID_COUNT_BITS) : 0;
}

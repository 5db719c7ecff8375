#include "basemap/keep.h"

#define NONE UINT32_MAX
#define HASHES (KEEP_TILES * 2)

static uint32_t hash_of(struct tile_id id)
{
        uint64_t h = ((uint64_t)id.x << 32 | id.y) * UINT64_C(0x9e3779b97f4a7c15) + ((uint64_t)id.z << 8 | id.layer) * UINT64_C(0xc2b2ae3d27d4eb4f);
        return (uint32_t)((h ^ h >> 29) * UINT64_C(0xbf58476d1ce4e5b9) >> 40) % HASHES;
}

void tile_keep_init(struct tile_keep *k, struct arena *a, size_t bytes_max, int64_t us)
{
        *k = (struct tile_keep){ .newest = NONE, .oldest = NONE, .freed = NONE, .bytes_max = bytes_max, .us = us };
        k->row = arena_array(a, struct tile_kept, KEEP_TILES);
        k->hash = arena_array(a, uint32_t, HASHES);
        memset(k->hash, 0xff, HASHES * sizeof(k->hash[0]));
}

void tile_keep_free(struct tile_keep *k)
{
        for (uint32_t i = 0; i < k->n; i++)
                buf_free(&k->row[i].bytes);
        k->n = 0;
}

/* ---- in order of use ------------------------------------------------------------------------------------------------- */

static void take_out(struct tile_keep *k, uint32_t i)
{
        struct tile_kept *t = &k->row[i];
        *(t->newer == NONE ? &k->newest : &k->row[t->newer].older) = t->older;
        *(t->older == NONE ? &k->oldest : &k->row[t->older].newer) = t->newer;
}

static void put_first(struct tile_keep *k, uint32_t i)
{
        struct tile_kept *t = &k->row[i];
        t->newer = NONE;
        t->older = k->newest;
        *(k->newest == NONE ? &k->oldest : &k->row[k->newest].newer) = i;
        k->newest = i;
}

static void drop(struct tile_keep *k, uint32_t i)
{
        struct tile_kept *t = &k->row[i];
        uint32_t *at = &k->hash[hash_of(t->id)];
        while (*at != i)
                at = &k->row[*at].of_hash;
        *at = t->of_hash;
        take_out(k, i);
        k->bytes -= t->bytes.n;
        buf_free(&t->bytes);
        t->of_hash = k->freed;
        k->freed = i;
}

static uint32_t find(const struct tile_keep *k, struct tile_id id)
{
        uint32_t i = k->hash[hash_of(id)];
        while (i != NONE && !tile_same(k->row[i].id, id))
                i = k->row[i].of_hash;
        return i;
}

const struct tile_kept *tile_keep_find(struct tile_keep *k, struct tile_id id, struct instant now)
{
        uint32_t i = find(k, id);
        if (i == NONE)
                return NULL;
        if (k->row[i].until.us <= now.us) {
                drop(k, i);
                return NULL;
        }
        take_out(k, i);
        put_first(k, i);
        return &k->row[i];
}

void tile_keep_put(struct tile_keep *k, struct tile_id id, const char *type, struct str bytes, struct instant now)
{
        uint32_t i = find(k, id);
        if (i != NONE)
                drop(k, i);
        if (bytes.n > k->bytes_max)
                return;
        while (k->oldest != NONE && (k->bytes + bytes.n > k->bytes_max || (k->n == KEEP_TILES && k->freed == NONE)))
                drop(k, k->oldest);
        i = k->freed != NONE ? k->freed : k->n++;
        if (i == k->freed)
                k->freed = k->row[i].of_hash;
        struct tile_kept *t = &k->row[i];
        uint32_t *head = &k->hash[hash_of(id)];
        *t = (struct tile_kept){ .id = id, .type = type, .bytes = BUF(bytes.n + 1), .until = { now.us + k->us }, .of_hash = *head };
        buf_str(&t->bytes, bytes);
        *head = i;
        k->bytes += bytes.n;
        put_first(k, i);
}

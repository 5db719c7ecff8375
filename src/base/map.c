#include "base/map.h"
#include "base/err.h"

static uint32_t cap_for(size_t expected)
{
        uint32_t cap = 8;
        while (cap / 2 < expected) {
                if (cap > UINT32_MAX / 4)
                        BUG("a map of more than a billion keys");
                cap *= 2;
        }
        return cap;
}

void map_init(struct map *m, struct arena *a, size_t expected)
{
        m->n = 0;
        m->cap = cap_for(expected);
        m->slot = arena_array(a, struct map_slot, m->cap);
}

static struct map_slot *map_find(const struct map *m, uint64_t hash, struct str key)
{
        uint32_t at = (uint32_t)hash & (m->cap - 1);
        while (m->slot[at].used && !(m->slot[at].hash == hash && str_eq(m->slot[at].key, key)))
                at = (at + 1) & (m->cap - 1);
        return &m->slot[at];
}

static void map_grow(struct map *m, struct arena *a)
{
        struct map old = *m;
        map_init(m, a, (size_t)old.cap); /* twice the slots */
        m->n = old.n;
        for (uint32_t i = 0; i < old.cap; i++)
                if (old.slot[i].used)
                        *map_find(m, old.slot[i].hash, old.slot[i].key) = old.slot[i];
}

uint32_t map_put(struct map *m, struct arena *a, struct str key, uint32_t value)
{
        if (m->cap == 0)
                map_init(m, a, 4);
        uint64_t hash = str_hash(key);
        struct map_slot *s = map_find(m, hash, key);
        if (s->used)
                return s->value;
        if (m->n >= m->cap / 2) {
                map_grow(m, a);
                s = map_find(m, hash, key);
        }
        *s = (struct map_slot){ .hash = hash, .key = key, .value = value, .used = 1 };
        m->n++;
        return MAP_NONE;
}

uint32_t map_get(const struct map *m, struct str key)
{
        if (m->n == 0)
                return MAP_NONE;
        const struct map_slot *s = map_find(m, str_hash(key), key);
        return s->used ? s->value : MAP_NONE;
}

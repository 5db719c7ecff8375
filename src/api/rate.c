#include "api/rate.h"
#include <pthread.h>
#include <sodium.h>

#define WAYS 4     /* buckets a key may live in */
#define STRIPES 64 /* locks */
#define MINUTE_US (60 * INT64_C(1000000))
#define DAY_US (24 * 60 * MINUTE_US)

struct bucket {
        uint64_t key;    /* 0 = free */
        int64_t full_us; /* when it will be full again */
};

struct rate {
        struct rate_limit limit[RATE_CLASSES];
        unsigned char key[crypto_shorthash_KEYBYTES];
        pthread_mutex_t lock[STRIPES];
        size_t rows; /* power of two; WAYS buckets each */
        struct bucket *bucket;
};

struct rate *rate_new(struct arena *arena, const struct rate_limit limit[RATE_CLASSES], size_t buckets)
{
        if (!limit)
                return NULL;
        size_t rows = 16;
        while (rows * WAYS < buckets)
                rows *= 2;
        struct rate *r = arena_new(arena, struct rate);
        for (size_t i = 0; i < RATE_CLASSES; i++)
                r->limit[i] = limit[i];
        for (size_t i = 0; i < STRIPES; i++)
                pthread_mutex_init(&r->lock[i], NULL);
        randombytes_buf(r->key, sizeof r->key);
        r->rows = rows;
        r->bucket = arena_array(arena, struct bucket, rows * WAYS);
        return r;
}

void rate_end(struct rate *r)
{
        for (size_t i = 0; r && i < STRIPES; i++)
                pthread_mutex_destroy(&r->lock[i]);
}

/* The bucket of @key in its row, or the one nearest to full to be taken over. */
static struct bucket *bucket_of(struct bucket *row, uint64_t key, int64_t now)
{
        struct bucket *best = &row[0];
        for (size_t i = 0; i < WAYS; i++) {
                if (row[i].key == key)
                        return &row[i];
                if (row[i].full_us < best->full_us)
                        best = &row[i];
        }
        *best = (struct bucket){ .key = key, .full_us = now };
        return best;
}

static int rate_ask(struct rate *r, uint64_t address, enum rate_class class, int64_t now, bool take)
{
        if (!r || (r->limit[class].per_minute <= 0 && r->limit[class].per_day <= 0))
                return 0;
        const struct rate_limit *l = &r->limit[class];
        int64_t period = l->per_day > 0 ? DAY_US : MINUTE_US, times = l->per_day > 0 ? l->per_day : l->per_minute;
        int64_t step = period / times;
        int64_t room = period * (l->burst > 0 ? l->burst : times) / times;
        uint64_t in[2] = { address, (uint64_t) class }, key = 0;
        crypto_shorthash((unsigned char *)&key, (const unsigned char *)in, sizeof in, r->key);
        key |= 1;
        size_t row = (size_t)(key >> 8) & (r->rows - 1);
        pthread_mutex_t *lock = &r->lock[row % STRIPES];
        pthread_mutex_lock(lock);
        struct bucket *b = bucket_of(&r->bucket[row * WAYS], key, now);
        int64_t full = (b->full_us > now ? b->full_us : now) + step;
        int64_t wait = full - (now + room);
        if (wait <= 0 && take)
                b->full_us = full;
        pthread_mutex_unlock(lock);
        return wait <= 0 ? 0 : (int)(wait / 1000000 + 1);
}

int rate_take(struct rate *r, uint64_t address, enum rate_class class, int64_t now_us)
{
        return rate_ask(r, address, class, now_us, true);
}

int rate_look(struct rate *r, uint64_t address, enum rate_class class, int64_t now_us)
{
        return rate_ask(r, address, class, now_us, false);
}

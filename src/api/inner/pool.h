/* api/inner/pool.h — a fixed number of workers and a bounded queue before them. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"

struct pool;

struct pool_item {
        struct pool_item *next; /* the pool's */
};

/* @work runs on a worker, one item at a time each. */
struct pool *pool_new(struct arena *, int workers, int queue_max, void (*work)(void *arg, struct pool_item *),
                      void *arg);
/* A place in the queue, to be filled by pool_put; false when it is full or the pool is closing. */
bool pool_reserve(struct pool *);
void pool_put(struct pool *, struct pool_item *);
/* Waiting now. */
int pool_waiting(struct pool *);
/* Take no more, run what waits, join the workers. Only once. */
void pool_close(struct pool *);

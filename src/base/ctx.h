/* base/ctx.h — what every operation is told: who asks, where, when, inside which transaction.
 *
 * Time and chance are arguments: only app reads the clock and the kernel's random source, so a
 * day can be replayed and a decision recomputed.
 */
#pragma once
#include <stdint.h>
#include "base/arena.h"
#include "base/day.h"
#include "base/err.h"
#include "base/str.h"

struct tx;

/* Source of random bytes: libsodium in production, a seeded stream in tests and replays. */
struct chance {
        void (*fill)(struct chance *, void *p, size_t n);
};
void chance_fill(struct chance *, void *p, size_t n);
extern struct chance chance_system;              /* libsodium randombytes; thread-safe */
struct chance_seeded { struct chance base; uint64_t seed, n; };
void chance_seed(struct chance_seeded *, uint64_t seed); /* deterministic; one thread */

/* 63-bit, time-ordered: 41 bits of milliseconds since 2020-01-01Z, 10 bits leased node, 12 bits counter. */
struct id_gen { uint32_t node; _Atomic uint64_t last; };
int64_t id_next(struct id_gen *, struct instant now); /* thread-safe; unique per node */
struct instant id_instant(int64_t id);
int64_t id_floor(struct instant); /* no id made at that moment or later is below it; 0 before 2020 */

enum actor_kind { ACTOR_PUBLIC, ACTOR_REPORTER, ACTOR_STAFF, ACTOR_KEY, ACTOR_SYSTEM, ACTOR_TOWN /* another town, by its seal */ };
struct actor {
        enum actor_kind kind;
        struct str name; /* login, key name, or ""; of a reporter the key they speak through; never a resident's name */
};

struct ctx {
        int64_t town;            /* tenant: the 12-digit division code as a number */
        struct actor actor;
        struct instant now;      /* fixed for one request */
        struct tx *tx;           /* NULL outside a transaction */
        struct arena *arena;
        struct err *err;
        struct chance *chance;
        struct id_gen *ids;
        enum lang lang;
};

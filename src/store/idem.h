/* store/idem.h — idempotency keys: the same write asked twice is done once and answered the same.
 *
 * A key (client-made, 8 to 64 characters; UUIDv7 advised) is unique per (town, route, actor) and kept 30 days with a
 * hash of the body. 2xx answers and rule refusals are remembered; 429 and 5xx are not.
 */
#pragma once
#include "base/ctx.h"

#define IDEM_DAYS 30

struct idem {
        struct str route, actor, key; /* actor "" for anonymous */
        unsigned char body[32];       /* BLAKE2b-256 of the body */
};
struct idem_answer {
        int32_t status;    /* HTTP status of the first answer */
        int64_t id;        /* what it made, 0 if nothing */
        struct str sealed; /* the answer's body, sealed by the caller; at most 8 KiB */
};

/* Inside the write's transaction, before anything else: OK and *ret_found = false: go on. *ret_found = true: answer
 * *ret again. ERR_KEY: the key was used with another body. ERR_RANGE: not 8 to 64 visible ASCII characters. */
int idem_begin(struct ctx *ctx, const struct idem *, bool *ret_found, struct idem_answer *ret);
/* Remember the answer in the same transaction. ERR_CONFLICT when a twin came first: return it from the command, which
 * the store then runs again, and idem_begin finds the twin's answer. ERR_TOO_BIG past 8 KiB. */
int idem_end(struct ctx *ctx, const struct idem *, const struct idem_answer *);
/* Forget the answers that told of @matter: they hold its tracking code, and a hash of what was written. Write. */
int idem_forget(struct ctx *ctx, int64_t matter);
/* Forget keys older than 30 days, at most @max. */
int idem_sweep(struct ctx *ctx, int max, int *ret_n);

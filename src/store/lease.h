/* store/lease.h — who does a background job for a town, when several servers run on one database. */
#pragma once
#include "base/ctx.h"
#include "store/store.h"

/* Take or renew (town, job) for @holder until now + seconds, inside ctx->tx. ERR_BUSY while another holds it.
 * *ret_epoch grows each time the holder changes; an effect rechecks it with lease_check in its own write transaction
 * (ERR_BUSY when it is lost), which also keeps it from changing hands until that commits. */
int lease_take(struct ctx *ctx, struct str job, struct str holder, int seconds, int64_t *ret_epoch);
int lease_check(struct ctx *ctx, struct str job, struct str holder, int64_t epoch);
/* A free node number 0..1023 for id_gen, leased like a job under town 0: the holder's own if it has one still.
 * ERR_CONFLICT when another took it a moment ago (the store runs the command again), ERR_BUSY when all are taken. */
int lease_node(struct ctx *ctx, struct str holder, int seconds, uint32_t *ret_node);

/* The jobs of ctx->town and who holds them, also where the lease has run out. Read. */
struct lease_row { struct str job, holder; int64_t epoch; struct instant until; };
struct lease_rows { struct lease_row *row; size_t n; };
int lease_list(struct ctx *ctx, struct lease_rows *ret);

/* notice/carry.h — taking what waits to the gateways: short messages, mails, webhooks. By libcurl.
 *
 * A pass takes at most CARRY_MAX messages of a town, opens the addresses it needs (each opening leaves its row in the
 * vault's record), sends them all at once, and writes down how it went. Whatever stops it in between, what was not
 * written down is sent again later with the same message id: at least once. Runs in a thread of its own, never inside
 * a transaction.
 */
#pragma once
#include "notice/config.h"
#include "town/shelf.h"

#define CARRY_MAX 16
#define CARRY_SECONDS 15       /* for one message */
#define CARRY_LEASE_SECONDS 30 /* another server takes over after that */

struct carrier {
        const struct notice_config *config;
        struct store *store;
        struct shelf *shelf;
        const struct vault_keys *keys;
        struct str holder; /* of the lease "notice"; "" = the only process there is */
        _Atomic uint64_t sent, failed, lost;
};

/* Once in a process, before other threads. */
void carry_init(void);
/* One pass for ctx->town at ctx->now; ctx has no transaction. *ret_n = messages tried or put off: 0 when nothing waits. ERR_BUSY:
 * another server does it. */
int carry(struct carrier *, struct ctx *, int *ret_n);

/* What waits, and what nobody has acted on, for the metrics. */
struct carry_load {
        int64_t waiting, undelivered;
};
int carry_load(struct ctx *, struct carry_load *ret);

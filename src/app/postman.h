/* app/postman.h — messages while a server runs: one thread hears of them from the journal, another carries them out, so that neither a slow
 * gateway nor a busy journal keeps anything else waiting. */
#pragma once
#include "api/house.h"
#include "notice/carry.h"
#include "parcel/carry.h"

/* One pass of the listener for ctx->town. @holder of the lease "notices"; "" = no lease, the only process there is. *ret_more: there was
 * more than one batch. */
int notices_hear(struct house *, struct ctx *, struct str holder, bool *ret_more);

struct postman;
/* @now: the clock of app. Where the operator configured no gateway it only counts what nobody has acted on. It lives in the arena. */
struct postman *postman_start(struct arena *, struct house *, struct id_gen *, struct instant (*now)(void *), void *arg);
void postman_stop(struct postman *); /* finishes the pass under way; NULL is fine */
/* Lines for /metrics. */
void postman_metrics(struct postman *, struct buf *out);

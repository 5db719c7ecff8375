/* app/rounds.h — what goes on by itself while a server runs: sealing, listening, ringing the clocks, sweeping.
 *
 * One thread. Each job holds its lease, works in small write commands behind requests, and can stop and start anywhere:
 * several servers on one PostgreSQL share the jobs. Time is handed in, so a replay drives the same rounds.
 */
#pragma once
#include "api/house.h"

struct rounds;
/* @now: the clock of app. */
struct rounds *rounds_start(struct house *, struct id_gen *, struct instant (*now)(void *), void *arg);
void rounds_wake(struct rounds *);   /* something was committed */
void rounds_stop(struct rounds *);   /* finishes what is under way; NULL is fine */
/* Lines for /metrics. */
void rounds_metrics(struct rounds *, struct buf *out);

/* One pass for one town at ctx->now: seal, catch up the figures and the search index. *ret_more: there was more than one
 * batch. Used by commands that work without a server. */
int round_listen(struct house *, struct ctx *, bool *ret_more);
/* What was erased lies in no old segment of the search index afterwards, nor in the WAL. Waits for readers some seconds at most. */
int round_scrub(struct house *, struct ctx *);
/* Ring all clocks that are due at ctx->now. *ret_n = matters rung. */
int round_ring(struct house *, struct ctx *, int *ret_n);
/* Pass answers on to the voices that did not fit into the transaction of the answer. *ret_n = voices seen to. */
int round_follow(struct house *, struct ctx *, int *ret_n);

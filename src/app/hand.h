/* app/hand.h — matters of who left or is away are moved, in small commands behind requests. */
#pragma once
#include "api/house.h"
#include "matter/handover.h"

/* Move at most @max of what is due at ctx->now, as the lease @holder of the job "handover" ("" = none). @all: look through the holders of
 * all open matters; else only at units of who is away today. *ret_n moved, *ret_stuck: nobody is left who could take it. */
int hand_some(struct house *, struct ctx *, struct str holder, const struct town *, bool all, int max, int *ret_n, int *ret_stuck);
/* Until nothing moves. */
int hand_all(struct house *, struct ctx *, const struct town *, int *ret_n, int *ret_stuck);

/* app/retain.h — what retention.csv says is done, in small commands behind requests. */
#pragma once
#include "api/house.h"

/* Take away at most @max of what is due, as the lease @holder of the job "retention" ("" = no lease). *ret_n: how much it was, 0 when
 * nothing is left. An event for each matter; for rows of the audit, one row of the audit says how many. */
int retain_some(struct house *, struct ctx *, struct str holder, const struct town *, int max, int64_t *ret_n);

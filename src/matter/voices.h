/* matter/voices.h — one cause, many voices (并案): several people report one thing, and it is dealt with once.
 *
 * A matter that is joined to another, its cause, keeps its row, its tracking code, its clocks and its own rating; it waits while the
 * work is done on the cause. When the cause is answered each voice is answered with it, in a step of its own: told, read,
 * rated and taken up again one by one. When the cause ends without an answer (withdrawn, declined) its voices go
 * back to the desk. A named person joins; the desk or the reporter splits; clocks owed to the reporter never begin anew.
 *
 * At most MATTER_FOLLOW_MAX voices follow in the transaction of the answer; for the others a row stays in
 * matter_following until matter_follow has seen to them, so that neither a stopped server nor a busy one loses any.
 */
#pragma once
#include "matter/matter.h"

#define MATTER_FOLLOW_MAX 100

struct matter_voice_sum {
        int64_t n, waiting;
        struct instant first_opened, first_due; /* the earliest promised to one that waits; INSTANT_NONE = none */
};
int matter_voice_sum(struct ctx *, int64_t cause, struct matter_voice_sum *ret);
/* Those joined to @cause with ids above @after, at most @max (1 … MATTER_LIST_MAX), the oldest first. */
int matter_voices(struct ctx *, int64_t cause, int64_t after, int32_t max, struct matter_items *ret);
/* Which matter a form names, for the scope check at the door: ERR_UNKNOWN naming "cause" when it is no number of one. */
int matter_cause_named(struct ctx *, struct str text, struct matter *ret);
/* Does this action of @m's procedure join it to another matter? */
bool matter_joins(const struct town *, const struct matter *, struct str action);

/* Causes whose voices have not all followed, at most @max. */
int matter_following(struct ctx *, int32_t max, int64_t **ret_ids, size_t *ret_n);
/* See to the next @max voices of @cause. *ret_n: how many; less than @max = all are done. */
int matter_follow(struct ctx *, const struct town *, int64_t cause, int32_t max, int *ret_n);

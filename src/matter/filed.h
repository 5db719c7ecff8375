/* matter/filed.h — requests that another system filed for somebody, with its API key (Open311).
 *
 * That system follows its own requests and writes into them for whoever it filed them for; of others it learns what everybody may.
 */
#pragma once
#include "matter/matter.h"

/* In the transaction that opens it; the key is ctx->actor. Write. */
int filed_add(struct ctx *, int64_t matter);
/* Did the key that asks (ctx->actor) file it? OK, or ERR_NONE naming service_request_id. */
int filed_by_asker(struct ctx *, int64_t matter);

#define FILED_STEPS_MAX 1000
/* A change of state as the other system may know it. */
struct filed_step {
        int64_t matter;
        int32_t n;
        struct instant at;
        const struct procedure_state *to;
};
struct filed_steps {
        struct filed_step *row; /* the oldest first */
        size_t n;
};
/* What became of the requests of the key that asks, from @since to @until, both included. Of more than FILED_STEPS_MAX events the
 * oldest are looked at: ask again from the last one on. */
int filed_steps(struct ctx *, const struct town *, struct instant since, struct instant until, struct filed_steps *ret);

struct matter_check;
/* For matter_verify. */
int filed_verify(struct ctx *, struct matter_check *);

/* insight/orders.h — orders from upstream: how many came, which were answered in time, what is owed next.
 *
 * Counted from the orders themselves, so it shows what the last step wrote. An order belongs to the day its last round was sent. In time
 * means by upstream's own deadline, each round for itself; ours is earlier and is nobody's figure. Systems are compared, no person is.
 */
#pragma once
#include "base/ctx.h"
#include "base/json.h"

#define ORDERS_DAYS_MAX (3 * 366)
#define ORDERS_SOON_DAYS 3

struct orders_row {
        struct str system;
        int64_t orders, open;
        int64_t kept, late;              /* rounds answered by upstream's deadline, and past it */
        int64_t overdue;                 /* not answered, and past it */
        int64_t returned, taken_back, refused; /* sent back upstream; upstream agreed; did not */
        int64_t redone, rounds;          /* orders that came again to be dealt with once more; rounds of all of them */
        int64_t soon, past_ours;         /* open ones due within the next days; past our own deadline */
};
struct orders {
        struct orders_row *row;          /* by code of the system */
        size_t n;
};
/* ERR_RANGE when @to is before @from or the period is longer than three years. */
int insight_orders(struct ctx *, struct day from, struct day to, struct orders *ret);
/* @name (may be NULL) writes a member that names the system. */
void orders_json(struct json *, struct day from, struct day to, const struct orders *,
                 void (*name)(struct json *, struct str system, void *arg), void *arg);

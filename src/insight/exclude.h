/* insight/exclude.h — leaving a matter out of the official rates (剔除): asked by one person, approved by another, with
 * a reason, counted and published. Never automatic, and the honest reading keeps the matter in (rulebook 2.4). */
#pragma once
#include "base/ctx.h"

struct exclusion {
        int64_t matter;
        struct str reason;          /* 1 to 500 characters */
        struct str asked, approved; /* logins of two different people */
};
/* ERR_MISSING naming the field; ERR_RULE when one person does both; ERR_NONE when the matter is not among the figures;
 * ERR_EXISTS when it was left out before: the first decision stays. */
int insight_exclude(struct ctx *, const struct exclusion *);

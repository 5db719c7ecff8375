/* matter/inner/night.h — outside office hours what is urgent is with who is on duty (值班带班, 24 小时值班制度).
 *
 * The unit stays in charge and its post stays named; only who sees to it differs. The officer of the shift signs for it; when that is not
 * done in time (limit sign_urgent of town.yaml) it goes up to the leader of the shift. When the office opens, or the shift ends, it goes on by itself.
 */
#pragma once
#include "matter/matter.h"

/* Does the office of @unit rest at @now? NULL: the town's. */
bool night_at(const struct town *, const struct org *unit, struct instant now);
/* The officer on duty at ctx->now who may sign for it, else who may read it; nobody who is kept out. NULL in office hours, and when
 * there is none. */
struct night_ask { const struct org *unit; struct str path, respondent; };
const struct staff_member *night_officer(struct ctx *, const struct town *, const struct night_ask *);
/* The leader of the shift, for what is urgent by night and not theirs yet. False: none, or it is day. */
bool night_leader(struct ctx *, const struct town *, const struct matter *, struct post_choice *ret);
/* It is held by the roster alone, not by its post, and that time is over: to whom it goes. False: it stays. ret->login "" : to whoever acts
 * for its post. */
bool night_over(struct ctx *, const struct town *, const struct matter *, struct post_choice *ret);

/* matter/inner/returns.h — a unit gives a matter back because it is not theirs (退单), and the desk rules.
 *
 * Once for a matter, within the town's limit "return" of being sent (潍坊市12345 管理规定 第二十二条: after a ruling no
 * further return). Who returned it rightly does not get it again (A to B to A), and who returned it does not rule. The
 * resident's clocks run on.
 */
#pragma once
#include "base/json.h"
#include "matter/matter.h"

/* The facts returned and return_open. */
uint32_t return_facts(const struct town *, const struct matter *, struct instant now);
/* The unit that is named instead: ERR_UNKNOWN, or ERR_RULE when it is the one that has it. */
int return_names(struct ctx *, const struct town *, const struct matter *, struct str unit);
/* ERR_RULE when @unit had it and returned it rightly, or is about to (@upheld). */
int return_no_way_back(struct ctx *, const struct matter *, struct str unit, bool upheld);
/* After a return was upheld: every third one of the same duty row opens a matter of its own for the desk, to look at the row. */
int return_review_list(struct ctx *, const struct town *, const struct matter *);
/* What the event says about it: "return":{"by","duty"} and "ruling":{"upheld"}. Objects, as no field of a form can be. */
void return_body(struct json *, const struct matter *, bool returned, bool ruled);

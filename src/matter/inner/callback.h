/* matter/inner/callback.h — the reporter is called back after the end (回访): is it solved, are they content?
 *
 * Due for whoever left a contact and has not rated. It is over when they have said so, when they do not want to, or after callback_calls
 * calls in vain on callback_days days of town.yaml: then they count as unreachable, which figures report apart and never as content.
 * What they say is kept in their own words; no action can change a rating.
 */
#pragma once
#include "base/json.h"
#include "matter/matter.h"

/* After the records and the new state were taken into the row: is a call due, was one made? @outcome of a call in vain. */
void callback_take(const struct town *, struct matter *, uint64_t records, bool ended, struct str outcome, struct instant now, bool by_staff);
/* "call":{"calls","days","open"} */
void callback_body(struct json *, const struct matter *, uint64_t records);
/* Staff take a matter up again only on the word of a reporter who said on the telephone that it is not solved: else ERR_RULE. */
int callback_said_no(struct ctx *, const struct matter *);

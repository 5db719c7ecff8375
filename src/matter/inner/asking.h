/* matter/inner/asking.h — a unit asks for a pause, more time, or to shelve a matter (暂停、延期、挂账); somebody else decides.
 *
 * Nothing of this happens by itself or to oneself: it is asked for with a reason, a person who did not ask decides, and the reporter
 * reads the reason and the new date. A pause and a shelving end on a day that is named when they are granted. How often and how long is
 * the town's: pause_times, extend_times and the limits pause, extend and shelf of town.yaml.
 */
#pragma once
#include "base/json.h"
#include "matter/matter.h"

/* The facts pause_asked, extension_asked, shelving_asked, may_pause and may_extend. */
uint32_t asking_facts(const struct town *, const struct matter *);
/* Asked for what it may have no more: ERR_RULE. */
int asking_fits(struct ctx *, const struct town *, const struct matter *, struct str what);
/* An extension moves no deadline further than the town's limit "extend" from where it was: else ERR_RANGE. */
int extension_fits(struct ctx *, const struct town *, const struct matter *, const struct clock_set *before, const struct clock_set *after);
/* Nothing that was granted lasts beyond our deadline of an order that upstream waits for: else ERR_RANGE naming "until" or "more". */
int asking_fits_order(struct ctx *, const struct matter *, uint64_t records, struct instant until, const struct clock_set *before,
                      const struct clock_set *after);

/* What a step does to the row. @what is the choice of a request; @until the day a shelving ends. */
void asking_take(struct matter *, uint64_t records, struct str what, struct instant until, bool left_state, struct str actor);
/* What the event says: "asked":{"what"} or "granted":{"pauses","extensions","shelved_until"}. Objects, as no field of a form can be. */
void asking_body(struct json *, const struct matter *, uint64_t records);
#define ASKING_RULINGS (RECORD_BIT(RECORD_PAUSE) | RECORD_BIT(RECORD_EXTENSION) | RECORD_BIT(RECORD_SHELVING) | RECORD_BIT(RECORD_REFUSAL))

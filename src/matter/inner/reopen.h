/* matter/inner/reopen.h — "not solved": the reporter has a matter that ended taken up again (重办), a number of times that the town
 * sets; after that a supervisor looks at it, once (复核). Each time is a round of its own: clocks, answer and rating begin anew,
 * what was done before stays in the story.
 */
#pragma once
#include "base/json.h"
#include "matter/matter.h"

/* The facts reopen_open, may_reopen and reviewed. */
uint32_t reopen_facts(const struct town *, const struct matter *, struct instant now);
/* ERR_STATE when what was said of it is erased: nobody could deal with it. */
int reopen_has_words(struct ctx *, const struct matter *);
/* Begin the new round; to a supervisor when @appeal. What @upstream sends back is not counted as the reporter's. */
void reopen_begin(struct ctx *, const struct town *, struct matter *, bool appeal, bool upstream);
/* What the event says: "reopening":{"times","reviewed","post","holder"}, and "before": the clocks of the round that ended. */
void reopen_body(struct json *, const struct matter *, struct str clocks_before);

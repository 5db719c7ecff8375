/* matter/retract.h — a matter that came in with a table goes again when that import is undone (linli import --undo). */
#pragma once
#include "matter/matter.h"

/* It ends as withdrawn with an event "retracted" by ctx->actor, its clocks stop, its words and contact are erased, the number of
 * its order is free again. ERR_STATE when anybody has done
 * anything with it: only alarms of its own clocks do not count. */
int matter_retract(struct ctx *, const struct town *, int64_t id, struct str batch);

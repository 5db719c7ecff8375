/* api/matter_view.h — a matter as JSON: for the one who reported it, for staff, as a line of a list. */
#pragma once
#include "api/house.h"

/* What a reporter sees: public words, unit, post, days, answers; no inner notes, no staff names beyond 张*. */
void matter_view_reporter(struct json *, const struct town *, const struct matter *, const struct matter_story *,
                          struct instant now, struct arena *);
/* What staff see. @reporter: the masked contact, or NULL where this asker must not see it. @may: bits of rights held here. */
void matter_view_staff(struct json *, const struct town *, const struct matter *, const struct matter_story *,
                       const struct masked *reporter, uint64_t may, struct arena *);
void matter_view_item(struct json *, const struct town *, const struct matter_item *);

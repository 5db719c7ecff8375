/* duty/inner/cover.h — does every subject in every grid have one lead, from today on? */
#pragma once
#include "duty/check.h"

/* duty.tie, duty.duplicate, duty.recalled-kept, duty.too-many: rows against rows. */
void check_rivals(const struct duty_check *, struct findings *);
/* duty.no-lead, duty.fallback-only. */
void check_gaps(const struct duty_check *, struct findings *);

/* Days on which something changes for a subject: today, and later days on which a row of it or of those above
 * begins, or has just ended. Of rows for the whole town and the places on the grid's path; of all rows where
 * @grid is NULL. Ascending, in the arena. Returns how many. */
uint32_t turning_days(const struct duty_check *, struct arena *, uint32_t subject, const struct duty_grid *grid,
                      struct day **ret);

/* insight/standing.h — do reports fall? The measure of a standing problem (matter/standing.h), and what might become one.
 *
 * Counted are reports by the day they came in, each person's own, joined to another or not; what the program opened itself is left out.
 * Full months only: so many of them before the plan began as the town says (town.yaml: standing), and all since, up to a year; the month in which it began
 * counts for neither. Whole numbers: they fall when reports a month since are fewer than before (cross-multiplied).
 */
#pragma once
#include "base/json.h"
#include "matter/standing.h"

#define STANDING_SINCE 12

enum standing_verdict { STANDING_TOO_EARLY, STANDING_FALLS, STANDING_SAME, STANDING_RISES, STANDING_VERDICTS };
extern const char *const standing_verdict_names[]; /* "too_early", "falls", "same", "rises" */

struct standing_measure {
        struct standing_count count;         /* last: reports of the last full month since, -1 = none yet */
        bool goal_met;                       /* last <= goal */
        bool overdue;                        /* its day is over, and it has not ended */
        enum standing_verdict verdict;
};
struct standing_again { struct str subject, grid; int64_t reports; }; /* in the months that the town looks back */
struct standing_figures {
        struct standing_measure *of;   /* as the problems given */
        struct standing_again *again;  /* most reports first, at most 50, without what stands already */
        size_t n_again;
};
int insight_standing(struct ctx *, const struct town *, const struct standings *, struct standing_figures *ret);

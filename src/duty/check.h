/* duty/check.h — do the duty lists hold, before anyone relies on them?
 *
 * What a row says by itself was judged when it was read; here it is judged against the orgs, the places, the other
 * rows and the day. Findings in duties.csv:
 *   duty.unknown-org         lead or assist is not in orgs.csv                                              error
 *   duty.unknown-place       place is not in places.csv                                                     error
 *   duty.recalled-by-missing a recalled row names nobody, our own unit or a committee as who took it back   error
 *   duty.recalled-kept       taken back, yet a row of the same subject still gives it to the township
 *                            (a recalled item leaves the power list, 行政处罚法 第二十四条)                 error
 *   duty.assist-lead         an assist row whose lead is our own unit                                       error
 *   duty.committee-lead      a committee leads a row of another list, or carries an assist row alone
 *                            (北京市接诉即办工作条例 第十七条)                                              error
 *   duty.committee-list      a row of the committee's list that no committee leads                          warning
 *   duty.grid-worker         a committee leads a conferred or entrusted row: grid workers and community staff
 *                            neither inspect nor punish (国办发〔2024〕54号)                                error
 *   duty.capacity            a conferred or entrusted row without staff, certificates or money              error
 *   duty.tie                 two rows of equal rank name two leads, with a grid and a day as example        error
 *   duty.duplicate           two rows say the same on the same days                                         warning
 *   duty.out-of-date         the last day has passed                                                        warning
 *   duty.too-many            more than DUTY_CELL_MAX rows for one subject at one place                      error
 * and in subjects.csv:
 *   duty.no-lead             a leaf subject without a lead, in a town without a fallback unit               error
 *   duty.fallback-only       a leaf subject that in some grids only the fallback unit covers, from today or a later
 *                            day on; one finding a subject                                                  warning
 */
#pragma once
#include "duty/lead.h"

#define DUTY_CELL_MAX 200

struct duty_grid {
        struct str code;
        const struct str *path; /* place codes from the widest down to the grid itself */
        uint32_t n_path;
};

struct duty_check {
        const struct duty_book *book; /* duties bound to the same orgs */
        struct duty_orgs orgs;
        bool (*place_exists)(const void *self, struct str code);
        const void *places;
        const struct duty_grid *grid;
        uint32_t n_grids;
        struct day today; /* ties and gaps are looked for from this day on */
};

void duties_check(const struct duty_check *, struct findings *);

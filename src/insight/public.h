/* insight/public.h — what everybody may know of single matters: those of subjects that are published with a summary.
 *
 * subjects.csv says for each subject none, count or summary (publicity); only summary appears here, by the catalogue in force when it
 * is asked, so that a town that takes a subject back has taken it back at once. A matter about a unit or a member of staff never
 * appears, nor one whose subject is not known yet. There are no words, no persons and no place finer than a grid in it.
 */
#pragma once
#include "base/ctx.h"
#include "town/town.h"

struct public_row {
        int64_t id;
        struct str proc, state, subject, grid, path, unit, duty, respondent;
        int64_t version; /* of the town folder its duty row is of */
        bool open;
        struct instant opened, due, closed, changed; /* changed: its last event */
};
struct public_rows {
        struct public_row *row; /* the newest first */
        size_t n;
};

bool public_shown(const struct town *, const struct public_row *);

#define PUBLIC_ROWS_MAX 1000
struct public_in {
        struct instant since, until; /* both included; by when it was opened */
        int open;                    /* 1 open ones, 0 closed ones, -1 all */
        const struct str *subject;   /* of these; n_subjects 0 = all */
        size_t n_subjects;
        int64_t skip; /* of those that are shown */
        size_t max;   /* 1..PUBLIC_ROWS_MAX */
};
/* From the listener's rows: what was opened in the last moments may be missing. ERR_BUSY when @late says so between two pages. */
int insight_public(struct ctx *, const struct town *, const struct public_in *, bool (*late)(void *), void *arg, struct public_rows *ret);
/* One, shown or not, as it stands now. ERR_NONE. */
int insight_public_get(struct ctx *, int64_t id, struct public_row *ret);

/* insight/cells.h — no figure says how a handful of people work (no ranking of persons).
 *
 * A cell of a table is a figure and the units whose work it counts. One that fewer than CELL_WORKERS_MIN workers stand behind is shown to
 * them and to their supervisor alone. For everybody else such cells are added into one row, together with the smallest of the others
 * while still too few stand behind it, so that it cannot be worked out from the total either. What is nobody's work yet stays.
 */
#pragma once
#include "base/json.h"
#include "people/right.h"
#include "town/town.h"

#define CELL_WORKERS_MIN 5
#define CELL_REPORTS_MIN 5

/* And no figure for everybody says what a handful of neighbours reported: cells of fewer than CELL_REPORTS_MIN reports are added into one,
 * together with the smallest of the others while that is still fewer. Sets @ret_joined of each; how many were joined, and *ret_sum the
 * reports in them: fewer than CELL_REPORTS_MIN is not shown either. Pure. */
size_t cells_join_reports(const int64_t *reports, size_t n, bool *ret_joined, int64_t *ret_sum);

struct cell_units {
        struct str *unit; /* each once */
        size_t n, cap;
        size_t workers;   /* by staff.csv, each once: cells_join */
        bool joined;      /* went into the rest: cells_join */
};
void cell_add_unit(struct arena *, struct cell_units *, struct str unit);

/* Who asks. login "" = nobody in person: a key, the machine's command line. */
struct cell_reader {
        const struct town *town;
        struct str login;
        const struct scopes *scopes;
        struct day on;
};
/* Which cells this reader does not see by themselves. Returns how many; *rest are their units. */
size_t cells_join(struct arena *, const struct cell_reader *, struct cell_units *cell, size_t n, struct cell_units *rest);
/* Too few stand behind the row they were added into: its figures are not shown. */
static inline bool cells_withheld(const struct cell_units *rest)
{
        return rest->workers < CELL_WORKERS_MIN;
}

/* "cells" and "withheld" of a row. */
void cell_json(struct json *, int64_t cells, bool withheld);

/* How many people work in these units (and below), by staff.csv on @on? Each once. */
size_t cell_workers(const struct town *, const struct str *unit, size_t n, struct day on);
/* May whoever asks see the figure of these units by themselves? */
bool cell_theirs(const struct cell_reader *, const struct str *unit, size_t n);

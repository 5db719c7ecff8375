/* matter/ground.h — where the open matters are, for the map of those who deal with them.
 *
 * A matter lies where it was said to be: the point that was given, else that of the public thing it is about, else the label of its
 * grid, which is the same for all that happens there. What is joined to another matter is shown there and not on its own.
 */
#pragma once
#include "matter/matter.h"

enum ground_how { GROUND_POINT, GROUND_THING, GROUND_GRID, GROUND_NOWHERE };
extern const char *const ground_how_words[]; /* "point", "thing", "grid", "nowhere" */

struct ground_row {
        int64_t id;
        struct str state, subject, grid, path, unit, unit_path, assist, called, respondent;
        bool urgent;
        struct instant due; /* INSTANT_NONE: nothing is promised */
        enum ground_how how;
        struct point at;    /* WGS 84; not with GROUND_NOWHERE */
};
struct ground_rows { struct ground_row *row; size_t n; };
#define GROUND_PAGE 500

/* The open matters behind @after (0 to begin), by id, at most GROUND_PAGE. Whose scope they are in is the caller's to ask. Read. */
int matter_ground(struct ctx *, const struct town *, int64_t after, struct ground_rows *ret);

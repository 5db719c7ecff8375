/* town/diff.h — what changed between two folders of a town, and which of it moves work?
 *
 * Pure. Files are compared byte for byte, except phones of staff.csv where one side is sealed; rows of tables by
 * their code. Which open matters would go elsewhere is the room matter's to say (matter_would_go).
 */
#pragma once
#include "duty/diff.h"
#include "town/town.h"

enum change { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_CHANGED, CHANGES };
const char *change_name(enum change); /* "added", "removed", "changed" */
struct say change_say(enum change);

struct code_change {
        struct str code; /* or the name of a file; a view into the models */
        enum change change;
};
struct code_changes {
        struct code_change *row; /* removed and changed in the old order, then added in the new one */
        size_t n;
};

/* Tables whose rows are compared. */
enum diff_table { DIFF_PLACES, DIFF_ALIASES, DIFF_GRIDS, DIFF_ORGS, DIFF_POSTS, DIFF_STAFF, DIFF_SUBJECTS, DIFF_TABLES };
const char *diff_table_name(enum diff_table); /* "places", "aliases", "grids" (polygons), ... */
struct say diff_table_say(enum diff_table);

struct town_diff {
        struct code_changes files;
        struct code_changes table[DIFF_TABLES];
        struct duty_diff duties;
};

/* One version: its files and the model read from them. */
struct town_version {
        const struct folder *folder;
        const struct town *town;
};
void town_diff(struct arena *, struct town_version before, struct town_version after, struct town_diff *ret);
/* Does it differ at all? */
bool town_differs(const struct town_diff *);

/* api/diff_view.h — what differs between two versions of a town, as JSON: for `linli diff --json` and for the desk. */
#pragma once
#include "api/house.h"
#include "matter/moved.h"
#include "town/diff.h"

extern const struct shape diff_shape;

/* {"differs","files":{added,removed,changed},"places":…,"duties":[…],"matters":{"open","moved":[…]}}. @moves NULL: matters were not
 * looked at, and stand as null. @more: not all of them were. */
void diff_view(struct json *, struct town_version before, struct town_version after, const struct town_diff *, const struct matter_moves *moves, bool more);
/* {"added":[…],"removed":[…],"changed":[…]} under @key. */
void diff_changes_view(struct json *, const char *key, const struct code_changes *);

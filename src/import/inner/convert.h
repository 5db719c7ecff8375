/* import/inner/convert.h — one cell to one field. */
#pragma once
#include "import/rows.h"

/* What stands in a cell to what the folder's file wants; references stay as they were said. *ret is "" for an empty cell.
 * @ret_unit: the unit that stood behind a limit, or p NULL. */
enum import_reason convert_cell(struct arena *, const struct mapping *, const struct mapped_column *, const struct cell *, struct str *ret, struct str *ret_unit);
/* "甲、乙；丙" in parts; calls @each for every one that is not empty. */
struct parts { struct str part[64]; size_t n; bool over; };
void split_list(struct arena *, struct str, struct parts *ret);

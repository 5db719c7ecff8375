/* import/merge.h — accepted rows into the file of the town folder that holds their kind.
 *
 * A row whose key stands there already takes its place: fields that the mapping has a source for are written, others stay as they are.
 * New rows come at the end. Rows that do not change stay byte for byte, as do columns that nobody knows. The answer is UTF-8.
 */
#pragma once
#include "import/rows.h"

struct import_counts { size_t added, replaced, unchanged; };

/* @old: text of the present file (UTF-8), or p NULL when there is none. Its head must name the key columns. *ret_text is @old itself when
 * nothing changed. ERR_BAD (field: the file) when @old is no table of this kind. */
int import_merge_csv(struct arena *, const struct import_rows *, struct str old, struct str *ret_text, struct import_counts *, struct err *err);
/* The same for grids.geojson: outlines by the property "code"; other properties and other features stay. */
int import_merge_outlines(struct arena *, const struct import_rows *, struct str old, struct str *ret_text, struct import_counts *, struct err *err);

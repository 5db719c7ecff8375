/* import/suggest.h — a first draft of a mapping for a table that nobody has described yet.
 *
 * The kind is the one whose usual heads fit best. What is missing and which values nobody knows stands in the draft as comments; a person looks at
 * each line before it is used.
 */
#pragma once
#include "base/buf.h"
#include "import/mapping.h"

/* @layer: it is a map layer. Writes YAML to @out. ERR_BAD with findings for a register of residents; ERR_NONE (import.kind) when no kind fits. */
int import_suggest(struct arena *, const struct sheet *, bool layer, struct findings *, struct buf *out);

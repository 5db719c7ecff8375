/* import/inner/reject.h — adding a fault to a row. */
#pragma once
#include "import/rows.h"

/* Where a row's fault lies, as a person finds it. */
struct fault_place { struct str column, head, value; };
void reject_row(struct arena *, struct import_rows *, size_t row, const struct import_field *, struct fault_place, enum import_reason);

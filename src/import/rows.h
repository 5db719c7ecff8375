/* import/rows.h — an office's table, read through a mapping: which rows can be taken over, and why the others cannot.
 *
 * Nothing is guessed and nothing is half taken: a row with one fault is rejected whole, and the fault names its cell. References may
 * use a code or a name (a name that two have is a fault); they are looked up in the town folder and in the accepted rows of the same
 * table. A table that looks like a register of residents is refused altogether (docs/people-first.md).
 */
#pragma once
#include "import/mapping.h"
#include "base/buf.h"
#include "town/folder.h"

enum import_reason {
        REASON_NONE, REASON_MISSING, REASON_CELL_ERROR, REASON_LOST_DIGITS, REASON_BAD_CODE, REASON_UNKNOWN_WORD, REASON_NOT_A_NUMBER, REASON_NOT_A_DAY,
        REASON_DAY_UNCLEAR, REASON_NOT_A_PHONE, REASON_OUT_OF_RANGE, REASON_TOO_LONG, REASON_UNKNOWN_REFERENCE, REASON_UNCLEAR_REFERENCE, REASON_TWICE,
        REASON_PERSONAL_NUMBER, REASON_NO_OUTLINE, REASON_LATER_THAN_NOW, REASON_TOUCHED, REASON_REFUSED, IMPORT_REASONS
};
/* "missing", "lost-digits": stable, in files and JSON; and what to tell a person. */
const char *import_reason_name(enum import_reason);
struct say import_reason_say(enum import_reason);

struct import_fault {
        int32_t line;            /* the row's number in the file */
        struct str column;       /* "C", or "" where no column is at fault */
        struct str head;         /* its head, or the field's name */
        struct str value;        /* what stands there, masked where it is about a person */
        enum import_reason reason;
        struct say why;          /* more than the reason says, or NULL */
};

struct import_row {
        int32_t line;
        enum import_reason reason; /* REASON_NONE: accepted; else that of its first fault */
        struct str *cell;          /* per field of the target, as the file of the folder wants it; p NULL = the mapping has no source for it */
        struct str shape;          /* outline as GeoJSON, of a map layer; else "" */
};
struct import_rows {
        const struct import_target *target;
        struct import_row *row;
        size_t n, accepted, rejected;
        size_t by_reason[IMPORT_REASONS]; /* rejected rows, each under its first fault */
        struct import_fault *fault;       /* in the order of the rows */
        size_t n_faults, cap_faults;
};

/* @shapes: per row of the sheet, from sheet_read_map; NULL for a table. @folder may be NULL: then only codes and names of the table itself are known. Texts live in the arena.
 * Findings, all errors: import.register (residents), import.head (not found; names the missing heads), import.head-twice,
 * import.coordinates (what only a map layer can declare is asked of a table).
 * ERR_BAD when there was one. */
int import_read_rows(struct arena *, const struct mapping *, const struct sheet *, const struct str *shapes, const struct folder *, struct findings *,
                     struct import_rows *ret);

/* Reject an accepted row afterwards: a later step found a fault in it. @field may be SIZE_MAX, @why NULL. */
void import_reject(struct arena *, struct import_rows *, size_t row, size_t field, enum import_reason, const struct err *why);

/* The file of rejects: CSV in UTF-8 with a byte order mark (Excel needs it), one line a fault: row, column, head, value, reason, 原因,
 * explanation. A cell that a spreadsheet would take for a formula stands behind an apostrophe. */
void import_rejects_csv(const struct import_rows *, struct buf *out);

/* sheet/sheet.h — a table out of whatever file an office has: rows of cells, each with the place where a person finds it.
 *
 * Formats are told by content, never by the file's name:
 *   CSV    comma, tab or semicolon (the one that occurs most in the first line that has any); UTF-8 with or without a byte
 *          order mark, GB18030, UTF-16 with a mark ("Unicode text" of Excel and WPS). Parsed by libcsv.
 *   XLSX   ECMA-376 parts out of the archive by libzip, XML by expat. The first visible sheet, or the one asked for by
 *          name. Cells of a merged range all carry what stands at its top left. Dates (by their number format, 1900 and
 *          1904 date systems) become ISO text. Formulas count by the value that was saved with them.
 * An old .xls, a file with a password and an OpenDocument file are refused with a sentence that says how to save it anew.
 *
 * Nothing here knows what a column means. Reading what a person wrote in a cell (full-width digits, dates, telephone
 * numbers) is sheet/cell.h. Everything returned lives in the arena; the bytes may go afterwards.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#define SHEET_FILE_BYTES ((size_t)64 << 20)   /* of a file as it is on disk */
#define SHEET_PART_BYTES ((size_t)512 << 20)  /* of all parts of an XLSX together, unpacked */
#define SHEET_PART_RATIO 400                  /* a part past 1 MiB may unpack to this many times its packed size */
#define SHEET_ROWS_MAX 200000
#define SHEET_COLUMNS_MAX 512
#define SHEET_CELLS_MAX 4000000               /* rows times columns */
#define SHEET_CELL_BYTES 131072               /* of one cell: Excel's own ceiling is 32,767 characters */

enum cell_kind {
        CELL_EMPTY,
        CELL_TEXT,
        CELL_NUMBER, /* text is the decimal number without exponent; CSV has no numbers, only texts */
        CELL_DATE,   /* text is "2026-03-05", "2026-03-05 14:30:00" or, without a day, "14:30:00" */
        CELL_FLAG,   /* "TRUE" or "FALSE" */
        CELL_ERROR,  /* "#REF!" and its like, or a date that does not exist */
};

struct cell {
        struct str text;     /* UTF-8, as written: not trimmed, not folded */
        uint8_t kind;        /* enum cell_kind */
        bool merged;         /* carried here from the top left of its merged range */
        bool lossy;          /* a number that has lost digits before it came to us (past 15 of them) */
};

struct sheet {
        struct str name;     /* of the sheet in its workbook; "" for CSV */
        const char *format;  /* "xlsx", "csv" */
        const char *encoding; /* "UTF-8", "GB18030", "UTF-16" */
        size_t rows, columns;
        struct cell *cell;   /* rows * columns; rows without any content are left out */
        int32_t *line;       /* per row: the row's number in Excel, the line in a text file; rising, from 1 */
        size_t names_n;      /* all sheets of the workbook, for a message or a choice */
        struct str *names;
};

/* @bytes: the whole file. @want: name of a sheet, or "" for the first visible one.
 * ERR_TYPE: no format that is read here; ERR_BAD: damaged; ERR_UTF8: text of no known encoding; ERR_TOO_BIG: past one of the
 * ceilings above; ERR_NONE: no sheet of that name (the sentence lists those there are). @err says so in both languages. */
int sheet_read(struct arena *, struct str bytes, struct str want, struct sheet *ret, struct err *err);
/* The same from a file. ERR_NONE (field "FILE") and ERR_IO too. */
int sheet_read_file(struct arena *, const char *path, struct str want, struct sheet *ret, struct err *err);

static inline const struct cell *sheet_at(const struct sheet *s, size_t row, size_t column)
{
        return &s->cell[row * s->columns + column];
}
/* "A", "Z", "AA" for the column 0, 25, 26: as the head of the screen shows it. */
struct str sheet_column_name(struct arena *, size_t column);

/* base/csv.h — a table out of a CSV file, by column name, with the line of every row. Parsed by libcsv. */
#pragma once
#include "base/finding.h"

struct csv_column {
        const char *name;
        bool required;   /* the column must be there (a cell may still be empty) */
        bool filled;     /* no cell may be empty */
};

struct csv {
        struct str file;       /* name for findings */
        size_t rows, columns;  /* columns = those asked for */
        struct str *cell;      /* rows * columns; a missing column reads as "" */
        int32_t *line;         /* per row */
};

/* @text is UTF-8 (see town files: text_utf8 converts first). Columns are asked for in order; cell [r][c] is
 * column c of the array. Cells are trimmed. Findings: csv.parse, csv.column-missing, csv.column-unknown,
 * csv.column-twice,
 * csv.cell-empty, csv.cell-long (cut at CSV_CELL_MAX bytes), csv.control, csv.width (row has more or fewer cells than the
 * head), csv.rows (more than 1,000,000). A column "note" is ignored, blank lines are skipped.
 * OK even when there were findings; a table that could not be read has rows = 0. ERR_UTF8 if @text is not UTF-8. */
int csv_read(struct arena *, struct str file, struct str text, const struct csv_column *, size_t n_columns,
             struct findings *, struct csv *ret);
#define CSV_CELL_MAX 4096
/* The same with another ceiling for a cell, for files that are not of a town folder (real messages are longer). */
int csv_read_long(struct arena *, struct str file, struct str text, const struct csv_column *, size_t n_columns,
                  size_t cell_max, struct findings *, struct csv *ret);
static inline struct str csv_at(const struct csv *t, size_t row, size_t column) { return t->cell[row * t->columns + column]; }

/* For changing a file's cell and no other byte. The record that begins at byte @at, with the end of its line: a quoted cell may hold newlines. */
struct str csv_record(struct str text, size_t at);
/* The bytes of its @k-th cell, quotes and all, without the end of the line. False: it has fewer. */
bool csv_span(struct str record, size_t k, struct str *ret);
/* What such bytes say: trimmed, without quotes. */
struct str csv_plain(struct arena *, struct str cell);

struct buf;
/* A cell alone that is read back byte for byte: in quotes only where it must be. */
void csv_cell(struct buf *out, struct str cell);
/* One cell for a spreadsheet, in quotes, with the comma or the end of the line behind it. What a spreadsheet would take for a formula stands behind
 * an apostrophe. A file for Excel begins with CSV_MARK. */
void csv_put(struct buf *out, struct str cell, bool last);
#define CSV_MARK "\xEF\xBB\xBF"

/* Text of a file as UTF-8: a BOM is dropped, GB18030 converted. OK, or ERR_UTF8 when it is neither. */
int text_utf8(struct arena *, struct str bytes, struct str *ret_text, const char **ret_encoding);

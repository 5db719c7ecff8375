/* api/table_out.h — a table that leaves the house: CSV as UTF-8 with a byte order mark, CSV as GB18030, XLSX. */
#pragma once
#include "api/request.h"

#define TABLE_COLUMNS_MAX 40
#define TABLE_ROWS_MAX 30000

enum cell_out_kind { CELL_OUT_NONE, CELL_OUT_TEXT, CELL_OUT_INT, CELL_OUT_SHARE };
struct cell_out {
        enum cell_out_kind kind;
        struct str text;
        int64_t n;
        double share;     /* of 1, four digits */
};
struct table_out {
        struct arena *a;
        const char *name; /* of sheet and file, ASCII */
        const char *head[TABLE_COLUMNS_MAX];
        size_t columns, rows, room;
        struct cell_out *cell; /* rows * columns */
};
/* @head ends with NULL; its texts are kept. */
void table_begin(struct table_out *, struct arena *, const char *name, const char *const *head);
/* The next row, to be filled by column; what is not filled is empty. NULL past TABLE_ROWS_MAX. */
struct cell_out *table_row(struct table_out *);
static inline struct cell_out cell_text(struct str s) { return (struct cell_out){ .kind = CELL_OUT_TEXT, .text = s }; }
static inline struct cell_out cell_int(int64_t n) { return (struct cell_out){ .kind = CELL_OUT_INT, .n = n }; }
/* Nothing where there is no denominator. */
struct cell_out cell_share(int64_t numerator, int64_t denominator);

enum table_format { TABLE_CSV, TABLE_CSV_GB18030, TABLE_XLSX };
extern const char *const table_formats[]; /* "csv", "csv-gb18030", "xlsx"; ends with NULL */
/* The answer is this table, as a file to keep. What a spreadsheet would read as a formula stands as text. */
int table_answer(struct request *, const struct table_out *, enum table_format);

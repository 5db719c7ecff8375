/* sheet/inner/build.h — cells as a format hands them out, one by one, to the table that sheet.h promises. */
#pragma once
#include "sheet/sheet.h"

/* One non-empty cell. */
struct built {
        int32_t row, column; /* row from 1, column from 0 */
        struct cell cell;
};

struct builder {
        struct arena *a;
        struct err *err;
        struct built *item;
        size_t n, cap;
        size_t rows;      /* distinct so far */
        int32_t last;     /* row of the newest item */
        int32_t columns;  /* widest column plus one */
};

/* Blank cells are passed over. Rows must come in rising order. ERR_BAD, ERR_TOO_BIG with the sentence in ->err. */
int build_cell(struct builder *, int32_t row, int32_t column, struct cell);
int build_done(const struct builder *, struct sheet *ret);

/* A range, both ends inside. */
struct merge { int32_t row0, column0, row1, column1; };
/* Carry the top left of each range into the rest of it. ERR_BAD when ranges cover the table many times over. */
int build_merges(struct sheet *, const struct merge *, size_t n, struct err *);

/* The formats. */
int read_text(struct arena *, struct str bytes, struct sheet *ret, struct err *err);
int read_xlsx(struct arena *, struct str bytes, struct str want, struct sheet *ret, struct err *err);

/* import/inner/head.h — where the head of a table stands, and which column is which. */
#pragma once
#include "import/rows.h"

#define COLUMN_NONE SIZE_MAX

struct head {
        size_t row, rows;                    /* rows of the sheet */
        size_t at[IMPORT_FIELDS_MAX];        /* per mapped column: column of the sheet, or COLUMN_NONE */
        struct str text[IMPORT_FIELDS_MAX];  /* its head, as people see it */
};
/* OK, or ERR_BAD with findings. */
int head_find(struct arena *, const struct mapping *, const struct sheet *, struct findings *, struct head *ret);
/* The same at one place, whatever is missing there. */
void head_try(struct arena *, const struct mapping *, const struct sheet *, size_t row, size_t rows, struct head *ret);
/* A sum, a head that is printed anew on each page, or a row in which no mapped column has anything. */
bool head_no_row(struct arena *, const struct mapping *, const struct sheet *, const struct head *, size_t row);
/* The texts over a column, from the top down, joined by "/"; what repeats stands once. */
struct str head_text(struct arena *, const struct sheet *, size_t row, size_t rows, size_t column);
/* ERR_BAD with a finding when the heads are those of a register of residents. */
int head_refuse_register(struct arena *, const struct sheet *, struct str file, struct findings *);

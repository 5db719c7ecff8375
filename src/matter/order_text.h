/* matter/order_text.h — what an order from upstream says: from cells, from a table of a file, from text that a person pasted. Pure. */
#pragma once
#include "matter/order.h"
#include "sheet/sheet.h"

#define ORDER_TEXT_BYTES ((size_t)64 << 10) /* of one pasted order */

/* Cells by enum order_field to an order. A day without a time means its end for deadlines. ERR_MISSING, ERR_TYPE, ERR_RANGE naming the
 * field by order_field_words. */
int order_read(struct ctx *, const struct upstream *, const struct cell cell[static ORDER_FIELDS], struct order_in *ret);
/* Labelled lines as a person copies them from upstream's screen ("工单编号：… 诉求内容：…") to cells. A value goes on to the next known label;
 * a label stands at the beginning of a line or behind a blank and is followed by a colon. ERR_MISSING when no known label is in it, ERR_UTF8,
 * ERR_TOO_BIG. */
int order_paste(struct arena *, const struct upstream *, struct str text, struct cell ret_cell[static ORDER_FIELDS], struct err *err);
/* Which columns of a table hold what, by its first row that has the heading of the number: cells of row @row in *ret_cell. -1 as a column:
 * there is none. */
struct order_columns { int column[ORDER_FIELDS][UPSTREAM_HEADS_MAX]; size_t head; };
/* ERR_MISSING naming the heading when none of the first 30 rows has number and words. */
int order_columns(struct arena *, const struct upstream *, const struct sheet *, struct order_columns *ret, struct err *err);
void order_row(const struct sheet *, const struct order_columns *, size_t row, struct cell ret_cell[static ORDER_FIELDS]);

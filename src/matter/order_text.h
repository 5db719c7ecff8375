/* matter/order_text.h — what an order from upstream says: from cells (a table: import/orders.h), from text that a person pasted. Pure. */
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

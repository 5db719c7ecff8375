/* import/orders.h — a table of orders from upstream, read by the headings that upstreams.yaml maps.
 *
 * The head is found as in every other table (heads of several rows, merged cells, "=C" for a letter, upper/lower); what a cell means is
 * order_read's. Columns that no heading names are not looked at and not kept. Sums and heads printed anew are no rows.
 */
#pragma once
#include "import/rows.h"
#include "matter/order_text.h"

struct head;
struct import_orders {
        struct arena *a;
        const struct mapping *map;
        const struct sheet *sheet;
        const struct head *head;
        size_t next;
};

/* @err: the first of what is wrong, as one sentence: the headings are missing, or one stands there twice. ERR_BAD then. Memory from @a. */
int import_orders_begin(struct arena *a, const struct upstream *, const struct sheet *, struct import_orders *ret, struct err *err);
/* The next row, cells by enum order_field; false at the end. *ret_line: its number in the file. */
bool import_orders_next(struct import_orders *, struct cell ret_cell[static ORDER_FIELDS], int32_t *ret_line);

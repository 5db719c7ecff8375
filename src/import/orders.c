#include "import/orders.h"
#include "import/inner/head.h"

/* As enum order_field. What is read out of a cell is not decided here, so the types say nothing. */
static const struct import_field fields[ORDER_FIELDS] = {
        [ORDER_NUMBER] = { .name = "number", .needed = true }, [ORDER_KIND] = { .name = "kind" },   [ORDER_RECEIVED] = { .name = "received" },
        [ORDER_DUE] = { .name = "due" },                       [ORDER_RETURN_UNTIL] = { .name = "return_until" },
        [ORDER_TITLE] = { .name = "title" },                   [ORDER_WORDS] = { .name = "words", .needed = true },
        [ORDER_PLACE] = { .name = "place" },                   [ORDER_NAME] = { .name = "name" },   [ORDER_PHONE] = { .name = "phone" },
        [ORDER_ADDRESS] = { .name = "address" },
};
static const struct import_target target = { .kind = "orders", .title = { "上级派单", "orders from upstream" }, .field = fields, .n = ORDER_FIELDS };

static const struct mapping *mapping_of(struct arena *a, const struct upstream *up)
{
        struct mapping *m = arena_new(a, struct mapping);
        *m = (struct mapping){ .target = &target, .file = STR(UPSTREAM_FILE), .expires = DAY_NONE };
        for (size_t f = 0; f < ORDER_FIELDS; f++) {
                if (up->n_head[f] == 0)
                        continue;
                struct mapped_column *c = &m->column[m->n++];
                *c = (struct mapped_column){ .field = &fields[f], .n_from = up->n_head[f], .optional = !fields[f].needed, .line = up->line };
                for (size_t k = 0; k < up->n_head[f]; k++)
                        c->from[k] = up->head[f][k];
        }
        return m;
}

int import_orders_begin(struct arena *a, const struct upstream *up, const struct sheet *s, struct import_orders *ret, struct err *err)
{
        struct findings f = { .arena = a };
        struct head *head = arena_new(a, struct head);
        *ret = (struct import_orders){ .a = a, .map = mapping_of(a, up), .sheet = s, .head = head };
        if (head_find(a, ret->map, s, &f, head) != OK)
                return err_set(err, ERR_BAD, "FILE", "%1$s；列名写在 upstreams.yaml%2$.0s", "%1$.0s%2$s; the headings are named in upstreams.yaml",
                               str_c(a, f.row[0].zh), str_c(a, f.row[0].en));
        ret->next = head->row + head->rows;
        return OK;
}

bool import_orders_next(struct import_orders *o, struct cell ret_cell[static ORDER_FIELDS], int32_t *ret_line)
{
        while (o->next < o->sheet->rows && head_no_row(o->a, o->map, o->sheet, o->head, o->next))
                o->next++;
        if (o->next >= o->sheet->rows)
                return false;
        for (size_t f = 0; f < ORDER_FIELDS; f++)
                ret_cell[f] = (struct cell){ .text = STR(""), .kind = CELL_EMPTY };
        for (size_t i = 0; i < o->map->n; i++)
                if (o->head->at[i] != COLUMN_NONE)
                        ret_cell[o->map->column[i].field - fields] = *sheet_at(o->sheet, o->next, o->head->at[i]);
        *ret_line = o->sheet->line[o->next++];
        return true;
}

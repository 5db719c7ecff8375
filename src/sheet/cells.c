/* The cells of a worksheet, and its merged ranges. */
#include "sheet/inner/xlsx.h"
#include <stdio.h>

static void row_start(struct part *p, const char **attributes)
{
        const char *r = xml_attribute(attributes, "r");
        int64_t row = p->row + 1;
        if (r && str_int(str_of(r), 1, 1048576, &row) != OK)
                p->xml.rc = err_set(p->xml.err, ERR_BAD, "FILE", "表格内部的行号不对：%.20s", "A row number inside the file is wrong: %.20s", r);
        p->row = (int32_t)row;
        p->column = -1;
}

static void cell_start(struct part *p, const char **attributes)
{
        const char *ref = xml_attribute(attributes, "r"), *type = xml_attribute(attributes, "t"), *style = xml_attribute(attributes, "s");
        int32_t row = p->row;
        int64_t s = 0;
        p->column++;
        if (ref && (!cell_place(ref, &row, &p->column) || row != p->row))
                p->xml.rc = err_set(p->xml.err, ERR_BAD, "FILE", "表格内部的格位不对：%.20s", "A cell's place inside the file is wrong: %.20s", ref);
        if (style && str_int(str_of(style), 0, XLSX_STYLES_MAX - 1, &s) != OK)
                s = 0;
        p->style = (int)s;
        snprintf(p->type, sizeof(p->type), "%s", type ? type : "n");
        p->in_cell = true;
        buf_clear(&p->text);
}

static void merge_start(struct part *p, const char **attributes)
{
        struct xlsx *x = p->x;
        const char *ref = xml_attribute(attributes, "ref");
        const char *colon = ref ? strchr(ref, ':') : NULL;
        struct merge m;
        if (!colon)
                return;
        if (!cell_place(str_c(x->a, (struct str){ ref, (size_t)(colon - ref) }), &m.row0, &m.column0) || !cell_place(colon + 1, &m.row1, &m.column1) ||
            m.row1 < m.row0 || m.column1 < m.column0 || x->n_merges == XLSX_MERGES_MAX) {
                p->xml.rc = err_set(p->xml.err, ERR_BAD, "FILE", "合并单元格读不通：%.40s", "A merged range does not read: %.40s", ref);
                return;
        }
        if (x->n_merges == x->cap_merges) {
                size_t cap = x->cap_merges ? x->cap_merges * 2 : 64;
                struct merge *all = arena_raw(x->a, cap * sizeof(*all));
                if (x->n_merges)
                        memcpy(all, x->merge, x->n_merges * sizeof(*all));
                x->merge = all;
                x->cap_merges = cap;
        }
        x->merge[x->n_merges++] = m;
}

static void on_start(struct xml *xml, const char *name, const char **attributes)
{
        struct part *p = xml->user;
        if (strcmp(name, "row") == 0)
                row_start(p, attributes);
        else if (strcmp(name, "c") == 0)
                cell_start(p, attributes);
        else if (strcmp(name, "mergeCell") == 0)
                merge_start(p, attributes);
        else if (strcmp(name, "rPh") == 0)
                p->phonetic = true;
        else if (p->in_cell && (strcmp(name, "v") == 0 || strcmp(name, "t") == 0))
                p->gathers = true; /* a formula (f) is not: its value is */
}

static struct cell value_of(struct part *p)
{
        struct xlsx *x = p->x;
        struct str type = str_of(p->type), raw = part_gathered(p);
        int64_t n;
        if (str_is(type, "s"))
                return str_int(raw, 0, XLSX_STRINGS_MAX, &n) == OK && (size_t)n < x->n_shared ? (struct cell){ .text = x->shared[n], .kind = CELL_TEXT }
                                                                                             : (struct cell){ .text = raw, .kind = CELL_ERROR };
        if (str_is(type, "b"))
                return (struct cell){ .text = str_is(raw, "1") ? STR("TRUE") : STR("FALSE"), .kind = CELL_FLAG };
        if (str_is(type, "e"))
                return (struct cell){ .text = raw, .kind = CELL_ERROR };
        if (str_is(type, "n"))
                return number_cell(x->a, raw, (size_t)p->style < x->n_shapes ? x->shape[p->style] : SHAPE_PLAIN, x->from_1904);
        return (struct cell){ .text = raw, .kind = CELL_TEXT }; /* str, inlineStr, d (ISO 8601) */
}

static void on_end(struct xml *xml, const char *name)
{
        struct part *p = xml->user;
        if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
                p->gathers = false;
        if (strcmp(name, "rPh") == 0)
                p->phonetic = false;
        if (strcmp(name, "c") != 0)
                return;
        p->in_cell = false;
        if (p->text.n > 0)
                xml->rc = build_cell(&p->x->cells, p->row, p->column, value_of(p));
}

void cells_part(struct xml *xml)
{
        xml->start = on_start;
        xml->end = on_end;
        xml->text = part_text;
}

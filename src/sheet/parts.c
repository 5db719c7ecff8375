/* Parts of a workbook other than its cells: links, the list of sheets, texts that cells share, formats of numbers. */
#include "sheet/inner/xlsx.h"

static int too_many(struct xml *xml, const char *what_zh, const char *what_en)
{
        return err_set(xml->err, ERR_TOO_BIG, "FILE", "文件中的%s太多%.0s", "The file has too many%.0s %s", what_zh, what_en);
}

/* ---- text --------------------------------------------------------------------------------------------------------- */

void part_text(struct xml *xml, const char *s, int n)
{
        struct part *p = xml->user;
        if (!p->gathers || p->phonetic)
                return;
        buf_add(&p->text, s, (size_t)n);
        if (p->text.over)
                xml->rc = err_set(xml->err, ERR_TOO_BIG, "FILE", "有一格的内容超过 %d 字节", "A cell holds more than %d bytes", SHEET_CELL_BYTES);
}

static int hex(char c)
{
        return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "_x000D_" stands for a carriage return (ECMA-376 part 1, 22.9.2.19); only characters that XML cannot hold are written so. */
static size_t escaped(struct str s, size_t i, char *ret)
{
        if (s.n - i < 7 || s.p[i] != '_' || s.p[i + 1] != 'x' || s.p[i + 6] != '_')
                return 0;
        int v = 0;
        for (size_t k = 2; k < 6; k++) {
                if (hex(s.p[i + k]) < 0)
                        return 0;
                v = v * 16 + hex(s.p[i + k]);
        }
        *ret = (char)v;
        return (v > 0 && v < 32) || v == '_' ? 7 : 0;
}

struct str part_gathered(struct part *p)
{
        struct str s = buf_view(&p->text);
        p->gathers = false;
        char *out = arena_raw(p->x->a, s.n + 1);
        size_t n = 0;
        for (size_t i = 0; i < s.n;) {
                size_t cut = escaped(s, i, &out[n]);
                if (cut == 0)
                        out[n] = s.p[i];
                i += cut ? cut : 1;
                n++;
        }
        out[n] = '\0';
        return (struct str){ out, n };
}

static struct str attribute(struct part *p, const char **attributes, const char *name)
{
        return str_dup(p->x->a, str_of(xml_attribute(attributes, name)));
}

static int number(const char *s, int most)
{
        int64_t n;
        return s && str_int(str_of(s), 0, most, &n) == OK ? (int)n : -1;
}

/* ---- links (.rels) ---------------------------------------------------------------------------------------------- */

static void link_start(struct xml *xml, const char *name, const char **attributes)
{
        struct part *p = xml->user;
        struct xlsx *x = p->x;
        if (strcmp(name, "Relationship") != 0)
                return;
        if (x->n_links == XLSX_LINKS_MAX) {
                xml->rc = too_many(xml, "部件", "parts");
                return;
        }
        x->link[x->n_links++] = (struct xlsx_link){ attribute(p, attributes, "Id"), attribute(p, attributes, "Type"), attribute(p, attributes, "Target"),
                                                    str_is(str_of(xml_attribute(attributes, "TargetMode")), "External") };
}

void links_part(struct xml *xml)
{
        xml->start = link_start;
}

/* ---- the list of sheets ------------------------------------------------------------------------------------------- */

static void workbook_start(struct xml *xml, const char *name, const char **attributes)
{
        struct part *p = xml->user;
        struct xlsx *x = p->x;
        struct str since = str_of(xml_attribute(attributes, "date1904")), state = str_of(xml_attribute(attributes, "state"));
        if (strcmp(name, "workbookPr") == 0)
                x->from_1904 = str_is(since, "1") || str_is(since, "true") || str_is(since, "on");
        if (strcmp(name, "sheet") != 0)
                return;
        if (x->n_sheets == XLSX_SHEETS_MAX) {
                xml->rc = too_many(xml, "工作表", "sheets");
                return;
        }
        struct str link = { 0 };
        for (size_t i = 0; attributes[i]; i += 2) /* r:id; sheetId has another local name */
                if (str_ends(str_of(attributes[i]), STR("|id")))
                        link = str_dup(x->a, str_of(attributes[i + 1]));
        x->sheet[x->n_sheets++] = (struct xlsx_sheet){ attribute(p, attributes, "name"), link, state.n > 0 && !str_is(state, "visible") };
}

void workbook_part(struct xml *xml)
{
        xml->start = workbook_start;
}

/* ---- texts that cells share --------------------------------------------------------------------------------------- */

static void strings_start(struct xml *xml, const char *name, const char **attributes)
{
        (void)attributes;
        struct part *p = xml->user;
        if (strcmp(name, "si") == 0)
                buf_clear(&p->text);
        if (strcmp(name, "rPh") == 0)
                p->phonetic = true;
        if (strcmp(name, "t") == 0)
                p->gathers = true;
}

static void strings_add(struct xlsx *x, struct str s)
{
        if (x->n_shared == x->cap_shared) {
                size_t cap = x->cap_shared ? x->cap_shared * 2 : 1024;
                struct str *all = arena_raw(x->a, cap * sizeof(*all));
                if (x->n_shared)
                        memcpy(all, x->shared, x->n_shared * sizeof(*all));
                x->shared = all;
                x->cap_shared = cap;
        }
        x->shared[x->n_shared++] = s;
}

static void strings_end(struct xml *xml, const char *name)
{
        struct part *p = xml->user;
        if (strcmp(name, "rPh") == 0)
                p->phonetic = false;
        if (strcmp(name, "t") == 0)
                p->gathers = false;
        if (strcmp(name, "si") != 0)
                return;
        if (p->x->n_shared == XLSX_STRINGS_MAX)
                xml->rc = too_many(xml, "文本", "texts");
        else
                strings_add(p->x, part_gathered(p));
}

void strings_part(struct xml *xml)
{
        xml->start = strings_start;
        xml->end = strings_end;
        xml->text = part_text;
}

/* ---- formats of numbers ------------------------------------------------------------------------------------------- */

static enum number_shape shape_of(const struct part *p, int id)
{
        for (size_t i = 0; i < p->n_custom; i++)
                if (p->custom[i].id == id)
                        return p->custom[i].shape;
        return shape_of_builtin(id);
}

static void styles_start(struct xml *xml, const char *name, const char **attributes)
{
        struct part *p = xml->user;
        struct xlsx *x = p->x;
        const char *code = xml_attribute(attributes, "formatCode");
        int id = number(xml_attribute(attributes, "numFmtId"), 1 << 24);
        if (strcmp(name, "numFmt") == 0 && code && id >= 0 && p->n_custom < COUNT(p->custom)) {
                p->custom[p->n_custom].id = id;
                p->custom[p->n_custom++].shape = (uint8_t)shape_of_format(code);
        }
        if (strcmp(name, "cellXfs") == 0) {
                p->in_formats = true;
                x->shape = arena_alloc(x->a, XLSX_STYLES_MAX);
        }
        if (!p->in_formats || strcmp(name, "xf") != 0)
                return;
        if (x->n_shapes == XLSX_STYLES_MAX)
                xml->rc = too_many(xml, "单元格格式", "cell formats");
        else
                x->shape[x->n_shapes++] = (uint8_t)(id >= 0 ? shape_of(p, id) : SHAPE_PLAIN);
}

static void styles_end(struct xml *xml, const char *name)
{
        struct part *p = xml->user;
        if (strcmp(name, "cellXfs") == 0)
                p->in_formats = false;
}

void styles_part(struct xml *xml)
{
        xml->start = styles_start;
        xml->end = styles_end;
}

/* ---- one part ----------------------------------------------------------------------------------------------------- */

void part_begin(struct part *p, struct xlsx *x, enum part_kind kind)
{
        static void (*const set[PART_KINDS])(struct xml *) = { links_part, workbook_part, strings_part, styles_part, cells_part };
        *p = (struct part){ .x = x, .text = BUF(SHEET_CELL_BYTES) };
        p->xml = (struct xml){ .user = p, .err = x->err };
        set[kind](&p->xml);
        xml_begin(&p->xml);
}

void part_clear(struct part *p)
{
        xml_end(&p->xml);
        buf_free(&p->text);
}

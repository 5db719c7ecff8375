#include "import/mapping.h"
#include "base/yaml.h"

struct reading {
        struct arena *a;
        struct findings *f;
        struct mapping *m;
};

static const struct say hint_manual = { "写法见 docs/import.md；linli import --suggest 文件 会起草一份", "See docs/import.md; linli import --suggest FILE drafts one" };

static void bad(const struct reading *r, const char *rule, int32_t line, struct str at, const char *zh, const char *en)
{
        finding_add(r->f, rule, SEV_ERROR, r->m->file, line, hint_manual, "%.*s：%s%.0s", "%.*s: %.0s%s", STR_ARG(at), zh, en);
}

/* ---- one column --------------------------------------------------------------------------------------------------- */

static bool read_heads(const struct reading *r, const struct yaml_node *n, struct str *to, size_t *ret_n)
{
        *ret_n = 0;
        if (n->kind == YAML_SCALAR && n->text.n) {
                to[(*ret_n)++] = n->text;
                return true;
        }
        for (size_t i = 0; n->kind == YAML_LIST && i < n->n; i++) {
                if (n->item[i]->kind != YAML_SCALAR || n->item[i]->text.n == 0 || i == MAPPING_HEADS_MAX)
                        return false;
                to[(*ret_n)++] = n->item[i]->text;
        }
        (void)r;
        return n->kind == YAML_LIST && n->n > 0;
}

static bool read_values(const struct reading *r, const struct yaml_node *n, struct mapped_column *c)
{
        if (n->kind != YAML_MAP || n->n > MAPPING_VALUES_MAX)
                return false;
        c->values = arena_array(r->a, struct mapped_value, n->n);
        for (size_t i = 0; i < n->n; i++) {
                if (n->item[i]->kind != YAML_SCALAR)
                        return false;
                c->values[c->n_values++] = (struct mapped_value){ cell_key(r->a, n->key[i]), n->item[i]->text };
        }
        return true;
}

static bool read_of(const struct reading *r, const struct yaml_node *n, struct mapped_column *c)
{
        for (size_t i = 0; n->kind == YAML_LIST && i < n->n; i++) {
                size_t field = import_field_of(r->m->target, yaml_text(n->item[i]));
                if (field == SIZE_MAX || &r->m->target->field[field] == c->field || i == COUNT(c->of))
                        return false;
                c->of[c->n_of++] = field;
        }
        return c->n_of > 0;
}

static void read_part(const struct reading *r, struct mapped_column *c, struct str key, int32_t line, const struct yaml_node *v)
{
        bool scalar = v->kind == YAML_SCALAR, fine = true;
        if (str_is(key, "from"))
                fine = read_heads(r, v, c->from, &c->n_from);
        else if (str_is(key, "value") && (fine = scalar))
                c->constant = true, c->value = v->text;
        else if (str_is(key, "otherwise") && (fine = scalar))
                c->otherwise = v->text;
        else if (str_is(key, "optional") && (fine = scalar))
                c->optional = str_is(v->text, "true") || str_is(v->text, "yes");
        else if (str_is(key, "values"))
                fine = read_values(r, v, c);
        else if (str_is(key, "make") && (fine = scalar && c->field->type == FIELD_CODE))
                c->make = v->text;
        else if (str_is(key, "of"))
                fine = read_of(r, v, c);
        else if (fine)
                bad(r, "import.key", line, key, "不认识的键", "an unknown key");
        if (!fine)
                bad(r, "import.column", line, key, "写法不对", "is not written as it should be");
}

static void read_column(const struct reading *r, struct str name, int32_t line, const struct yaml_node *v)
{
        struct mapping *m = r->m;
        size_t field = import_field_of(m->target, name);
        if (field == SIZE_MAX) {
                bad(r, "import.column", line, name, "这一类没有这个字段", "there is no such field in this kind");
                return;
        }
        struct mapped_column *c = &m->column[m->n++];
        *c = (struct mapped_column){ .field = &m->target->field[field], .line = line, .value = STR(""), .otherwise = STR(""), .make = STR("") };
        if (v->kind != YAML_MAP) {
                if (!read_heads(r, v, c->from, &c->n_from))
                        bad(r, "import.column", line, name, "应是一个表头或一列表头", "needs a head or a list of heads");
                return;
        }
        for (size_t i = 0; i < v->n; i++)
                read_part(r, c, v->key[i], v->key_line[i], v->item[i]);
        int ways = (c->n_from > 0) + c->constant + (c->n_of > 0);
        if (ways != 1 || (c->n_of > 0) != (c->make.n > 0))
                bad(r, "import.column", line, name, "from、value、make 与 of 三者选一", "needs one of: from, value, make with of");
}

static const struct mapped_column *column_of(const struct mapping *m, const struct import_field *field)
{
        for (size_t i = 0; i < m->n; i++)
                if (m->column[i].field == field)
                        return &m->column[i];
        return NULL;
}

static void judge_columns(const struct reading *r, int32_t line)
{
        const struct import_target *t = r->m->target;
        bool degrees = false;
        for (size_t i = 0; i < t->n; i++) {
                const struct mapped_column *c = column_of(r->m, &t->field[i]);
                degrees = degrees || (c && t->field[i].type == FIELD_DEGREES) || t->field[i].type == FIELD_SHAPE;
                if (!c && t->field[i].needed && t->field[i].type != FIELD_SHAPE)
                        bad(r, "import.needed", line, str_of(t->field[i].name), "这个字段不能为空，映射中没有它的来源（可写 value）",
                            "may not be empty and has no source in the mapping (a value will do)");
                if (c && c->optional && t->field[i].needed && c->otherwise.n == 0)
                        bad(r, "import.needed", c->line, str_of(t->field[i].name), "不能为空的字段不能写 optional", "a field that may not be empty cannot be optional");
        }
        if (degrees && r->m->coordinates == COORDINATES_NONE)
                bad(r, "import.coordinates", line, STR("coordinates"),
                    "必须写明坐标系（wgs84、cgcs2000、gcj02、bd09；图层自带声明时写 file）：手机地图的坐标有几百米偏移，从不猜测",
                    "must be named (wgs84, cgcs2000, gcj02, bd09; file for what a map layer declares): phone maps are shifted by hundreds of metres, so it is never guessed");
}

/* ---- the whole ---------------------------------------------------------------------------------------------------- */

static void read_head(const struct reading *r, const struct yaml_node *n, int32_t line)
{
        int64_t row = 0, rows = 1;
        const struct yaml_node *many = yaml_get(n, "rows");
        if (str_int(yaml_text(yaml_get(n, "row")), 1, 1048576, &row) != OK || (many && str_int(yaml_text(many), 1, 5, &rows) != OK))
                bad(r, "import.value", line, STR("head"), "应为 {row: 行号, rows: 1 到 5}", "needs {row: NUMBER, rows: 1 to 5}");
        r->m->head_row = (int32_t)row;
        r->m->head_rows = (int32_t)rows;
}

static bool pick(struct str s, const char *const *names, int *ret)
{
        for (int i = 0; names[i]; i++)
                if (names[i][0] && str_is(s, names[i])) {
                        *ret = i;
                        return true;
                }
        return false;
}

static bool read_coordinates(struct mapping *m, struct str text)
{
        static const char *const datums[] = { "", "wgs84", "cgcs2000", "gcj02", "bd09", "file", NULL };
        int choice = COORDINATES_EPSG;
        int64_t epsg;
        m->coordinates_text = text;
        bool fine = str_starts(text, STR("EPSG:")) ? str_int((struct str){ text.p + 5, text.n - 5 }, 1, 99999, &epsg) == OK : pick(text, datums, &choice);
        m->coordinates = fine ? (enum coordinates)choice : COORDINATES_NONE;
        return fine;
}

static void read_key(const struct reading *r, struct str key, int32_t line, const struct yaml_node *v)
{
        static const char *const orders[] = { "ymd", "mdy", "dmy", NULL };
        struct mapping *m = r->m;
        struct str text = yaml_text(v);
        int choice = 0;
        bool fine = true;
        if (str_is(key, "sheet"))
                m->sheet = text;
        else if (str_is(key, "head"))
                read_head(r, v, line);
        else if (str_is(key, "skip"))
                fine = read_heads(r, v, m->skip, &m->n_skip);
        else if (str_is(key, "basis"))
                m->basis = text, m->line_basis = line;
        else if (str_is(key, "expires"))
                fine = day_parse(text, &m->expires) == OK;
        else if (str_is(key, "dates") && (fine = pick(text, orders, &choice)))
                m->order = (enum day_order)choice;
        else if (str_is(key, "coordinates"))
                fine = read_coordinates(m, text);
        else if (fine && !str_is(key, "kind") && !str_is(key, "columns"))
                bad(r, "import.key", line, key, "不认识的键", "an unknown key");
        if (!fine)
                bad(r, "import.value", line, key, "值不对", "has a value that does not exist");
}

/* 个人信息保护法 第六条, 第十九条: for a named purpose, and no longer than it needs. */
static void judge_persons(const struct reading *r, int32_t line, struct day today)
{
        const struct mapping *m = r->m;
        if (!m->target->of_persons)
                return;
        if (m->basis.n == 0)
                bad(r, "import.basis", line, STR("basis"), "这是人员名单：写明依据哪条规定、为何目的保存", "this is a list of persons: say by which rule and for which purpose it is kept");
        if (day_is_none(m->expires))
                bad(r, "import.basis", line, STR("expires"), "这是人员名单：写明保存到哪一天", "this is a list of persons: say until which day it is kept");
        else if (m->expires.n <= today.n)
                bad(r, "import.basis", line, STR("expires"), "到期日已过", "the day has passed");
}

static void read_root(const struct reading *r, const struct yaml_node *root, struct day today)
{
        const struct yaml_node *kind = yaml_get(root, "kind"), *columns = yaml_get(root, "columns");
        r->m->target = import_target_of(yaml_text(kind));
        if (!r->m->target) {
                bad(r, "import.kind", kind ? kind->line : 1, STR("kind"), "应为 orgs、places、grids、things、subjects、duties、posts、staff、roster 或 matters",
                    "needs orgs, places, grids, things, subjects, duties, posts, staff, roster or matters");
                return;
        }
        for (size_t i = 0; i < root->n; i++)
                read_key(r, root->key[i], root->key_line[i], root->item[i]);
        if (!columns || columns->kind != YAML_MAP) {
                bad(r, "import.column", 1, STR("columns"), "缺少 columns", "columns is missing");
                return;
        }
        for (size_t i = 0; i < columns->n && i < IMPORT_FIELDS_MAX; i++) /* keys are unique, so a kind's fields bound it */
                read_column(r, columns->key[i], columns->key_line[i], columns->item[i]);
        judge_columns(r, columns->line);
        judge_persons(r, root->line, today);
}

int mapping_read(struct arena *a, struct str file, struct str text, struct day today, struct findings *f, struct mapping *ret)
{
        struct yaml_node *root;
        size_t before = f->errors;
        *ret = (struct mapping){ .file = file, .sheet = STR(""), .coordinates_text = STR(""), .basis = STR(""), .expires = DAY_NONE };
        struct reading r = { a, f, ret };
        if (yaml_read(a, file, text, f, &root) != OK)
                return ERR_BAD;
        if (root->kind != YAML_MAP)
                bad(&r, "import.kind", 1, file, "应是“键: 值”的写法", "needs \"key: value\" lines");
        else
                read_root(&r, root, today);
        return f->errors > before ? ERR_BAD : OK;
}

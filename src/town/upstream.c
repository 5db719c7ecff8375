#include "town/upstream.h"
#include "base/yaml.h"

static const struct str file = { UPSTREAM_FILE, sizeof(UPSTREAM_FILE) - 1 };
static const struct say manual = { "格式见《上级派单》手册", "See the manual, docs/upstream.md" };

const char *const order_field_words[ORDER_FIELDS] = { "number", "kind",  "received", "due",   "return_until", "title",
                                                      "words",  "place", "name",     "phone", "address" };
const char *const reply_from_words[REPLY_FROMS] = { "value", "number",    "received", "due",  "unit",   "post",   "subject",   "place", "state",
                                                    "signed", "contacted", "answered", "told", "answer", "solved", "satisfied", "round" };

struct reading {
        struct arena *a;
        struct findings *f;
        struct day today;
        struct upstream *up; /* the system being read */
        bool broken;
};

/* Both formats take the same arguments; each prints one of the two sentences at length zero. */
static void bad(struct reading *r, const char *rule, const struct yaml_node *at, const char *what, const char *zh, const char *en)
{
        r->broken = true;
        finding_add(r->f, rule, SEV_ERROR, file, at ? at->line : r->up->line, manual, "%.*s %s：%s%.0s", "%.*s %s: %.0s%s", STR_ARG(r->up->code),
                    what, zh, en);
}

static void known_keys(struct reading *r, const struct yaml_node *map, const char *const *key, size_t n)
{
        for (size_t i = 0; map && map->kind == YAML_MAP && i < map->n; i++) {
                bool known = false;
                for (size_t k = 0; k < n; k++)
                        known = known || str_is(map->key[i], key[k]);
                if (!known)
                        finding_add(r->f, "upstream.key-unknown", SEV_WARNING, file, map->key_line[i],
                                    (struct say){ "核对写法，或删去", "Look at the spelling, or remove it" }, "不认识的键 " STR_FMT,
                                    "Unknown key " STR_FMT, STR_ARG(map->key[i]));
        }
}

static bool short_text(struct str s)
{
        return s.n > 0 && !utf8_has_control(s) && utf8_count(s) <= UPSTREAM_LABEL_CHARS;
}

static bool read_say(const struct yaml_node *n, struct str *zh, struct str *en)
{
        *zh = n && n->kind == YAML_MAP ? yaml_text(yaml_get(n, "zh")) : yaml_text(n);
        *en = n && n->kind == YAML_MAP ? yaml_text(yaml_get(n, "en")) : *zh;
        if (en->n == 0)
                *en = *zh;
        if (zh->n == 0)
                *zh = *en;
        return short_text(*zh) && short_text(*en);
}

/* ---- limits ------------------------------------------------------------------------------------------------------- */

static void read_limit(struct reading *r, const struct yaml_node *n, const char *name, bool natural, struct town_limit *ret)
{
        static const char *const key[] = { "limit", "unit", "source", "review" };
        int64_t limit = 0;
        *ret = (struct town_limit){ .id = str_of(name), .line = n ? n->line : r->up->line, .review = DAY_NONE };
        known_keys(r, n, key, COUNT(key));
        if (str_int(yaml_text(yaml_get(n, "limit")), 1, 1000, &limit) != OK ||
            due_unit_parse(yaml_text(yaml_get(n, "unit")), &ret->unit) != OK ||
            (natural && ret->unit != DUE_HOUR && ret->unit != DUE_DAY)) {
                bad(r, "upstream.value", n, name,
                    natural ? "应为 {limit: 4, unit: hour, source: …, review: …}，unit 为 hour 或 day"
                            : "应为 {limit: 1, unit: workday, source: …, review: …}",
                    natural ? "needs {limit: 4, unit: hour, source: ..., review: ...}, unit hour or day"
                            : "needs {limit: 1, unit: workday, source: ..., review: ...}");
                return;
        }
        ret->limit = (int32_t)limit;
        ret->source = yaml_text(yaml_get(n, "source"));
        struct str review = yaml_text(yaml_get(n, "review"));
        bool read = day_parse(review, &ret->review) == OK;
        if (ret->source.n && read && (day_is_none(r->today) || ret->review.n >= r->today.n))
                return;
        finding_add(r->f, "upstream.source", SEV_WARNING, file, n->line,
                    (struct say){ "写明出处和今后的复核日期", "Name the source and a day of review that lies ahead" },
                    "%.*s 的 %s 没有出处，或已过复核日期", "%.*s: %s names no source, or is past its review date", STR_ARG(r->up->code), name);
}

/* ---- headings ----------------------------------------------------------------------------------------------------- */

/* One text, or a list of them. */
static size_t read_texts(struct reading *r, const struct yaml_node *n, const char *name, struct str *out, size_t max)
{
        size_t count = !n ? 0 : n->kind == YAML_LIST ? n->n : 1, k = 0;
        if (count > max || (n && n->kind == YAML_MAP)) {
                bad(r, "upstream.columns", n, name, "写一个名称，或一列名称（不要太多）", "write one heading or a list of them, not too many");
                return 0;
        }
        for (size_t i = 0; i < count; i++) {
                struct str s = str_trim(yaml_text(n->kind == YAML_LIST ? n->item[i] : n));
                if (!short_text(s))
                        bad(r, "upstream.columns", n, name, "名称不能为空，最多 40 个字", "a heading is not empty and has at most 40 characters");
                else
                        out[k++] = s;
        }
        return k;
}

static bool stands_elsewhere(const struct upstream *up, int field, struct str head)
{
        for (int i = 0; i < field; i++)
                for (size_t k = 0; k < up->n_head[i]; k++)
                        if (str_eq(up->head[i][k], head))
                                return true;
        return false;
}

static void read_columns(struct reading *r, const struct yaml_node *n)
{
        struct upstream *up = r->up;
        known_keys(r, n, order_field_words, ORDER_FIELDS);
        for (int i = 0; i < ORDER_FIELDS; i++) {
                const char *word = order_field_words[i];
                up->n_head[i] = read_texts(r, yaml_get(n, word), word, up->head[i], UPSTREAM_HEADS_MAX);
                for (size_t k = 0; k < up->n_head[i]; k++)
                        if (stands_elsewhere(up, i, up->head[i][k]))
                                bad(r, "upstream.columns", yaml_get(n, word), word, "同一个名称不能用于两项", "a heading cannot mean two things");
        }
        if (up->n_head[ORDER_NUMBER] == 0)
                bad(r, "upstream.columns", n, "number", "须写明工单编号是哪一列", "it must be said which column is the number");
        if (up->n_head[ORDER_WORDS] == 0)
                bad(r, "upstream.columns", n, "words", "须写明诉求内容是哪一列", "it must be said which column says what it is about");
}

/* ---- the reply ---------------------------------------------------------------------------------------------------- */

static void read_field(struct reading *r, const struct yaml_node *n)
{
        static const char *const key[] = { "code", "label", "from", "value", "required", "max" };
        struct upstream *up = r->up;
        struct upstream_field *x = &up->field[up->n_fields];
        struct str from = yaml_text(yaml_get(n, "from")), max = yaml_text(yaml_get(n, "max")), required = yaml_text(yaml_get(n, "required"));
        int64_t most = UPSTREAM_REPLY_MAX;
        int at = 0;
        known_keys(r, n, key, COUNT(key));
        *x = (struct upstream_field){ .code = yaml_text(yaml_get(n, "code")), .value = yaml_text(yaml_get(n, "value")), .line = n->line };
        while (from.n && at < REPLY_FROMS && !str_is(from, reply_from_words[at]))
                at++;
        x->from = (enum reply_from)at;
        x->required = str_is(required, "yes") || str_is(required, "true");
        if (!code_valid(x->code) || upstream_field_find(up, x->code) || !read_say(yaml_get(n, "label"), &x->label_zh, &x->label_en))
                bad(r, "upstream.reply", n, "reply", "每个字段有不重复的 code 和 label", "a field has a code of its own and a label");
        else if (at == REPLY_FROMS || (x->from == REPLY_VALUE) != (x->value.n > 0))
                bad(r, "upstream.reply", n, str_c(r->a, x->code), "from 应为手册所列之一；固定文字写 value",
                    "from is one of those in the manual; a fixed text is written as value");
        else if (max.n && str_int(max, 1, UPSTREAM_REPLY_MAX, &most) != OK)
                bad(r, "upstream.reply", n, str_c(r->a, x->code), "max 应为 1 到 20000", "max is a number from 1 to 20000");
        else
                up->n_fields++;
        x->max = (int32_t)most;
}

bool upstream_template_next(struct str *rest, struct str *ret_before, struct str *ret_code)
{
        for (size_t i = 0; i < rest->n; i++) {
                const char *end = rest->p[i] == '{' ? memchr(rest->p + i, '}', rest->n - i) : NULL;
                struct str code = { rest->p + i + 1, end ? (size_t)(end - rest->p) - i - 1 : 0 };
                if (!end || !code_valid(code))
                        continue;
                *ret_before = (struct str){ rest->p, i };
                *ret_code = code;
                *rest = (struct str){ end + 1, rest->n - i - code.n - 2 };
                return true;
        }
        *ret_before = *rest;
        *rest = (struct str){ 0 };
        return false;
}

/* A demanded field that the text leaves out would be found out upstream only. */
static void check_template(struct reading *r, const struct yaml_node *n)
{
        struct str rest = r->up->template, before, code;
        bool *used = arena_array(r->a, bool, UPSTREAM_FIELDS_MAX);
        while (upstream_template_next(&rest, &before, &code)) {
                const struct upstream_field *x = upstream_field_find(r->up, code);
                if (!x)
                        bad(r, "upstream.reply", n, str_c(r->a, code), "模板里的这个字段没有写在 fields 中", "the template names a field that is not among fields");
                else
                        used[x - r->up->field] = true;
        }
        for (size_t i = 0; i < r->up->n_fields; i++)
                if (r->up->field[i].required && !used[i])
                        bad(r, "upstream.reply", n, str_c(r->a, r->up->field[i].code), "必填的字段没有写进模板", "a required field is not in the template");
}

static void read_reply(struct reading *r, const struct yaml_node *n)
{
        static const char *const key[] = { "fields", "template" };
        const struct yaml_node *fields = yaml_get(n, "fields"), *template = yaml_get(n, "template");
        known_keys(r, n, key, COUNT(key));
        r->up->template = yaml_text(template);
        if (!fields || fields->kind != YAML_LIST || fields->n == 0 || fields->n > UPSTREAM_FIELDS_MAX || r->up->template.n == 0) {
                bad(r, "upstream.reply", n, "reply", "应有 fields（1 到 32 项）和 template", "needs fields (1 to 32) and a template");
                return;
        }
        r->up->field = arena_array(r->a, struct upstream_field, fields->n);
        for (size_t i = 0; i < fields->n; i++)
                read_field(r, fields->item[i]);
        check_template(r, template);
}

/* ---- the file ----------------------------------------------------------------------------------------------------- */

static void read_system(struct reading *r, struct str code, const struct yaml_node *n)
{
        static const char *const key[] = { "name", "margin", "return", "columns", "redo", "skip", "reply" };
        struct upstream *up = r->up;
        *up = (struct upstream){ .code = code, .line = n->line };
        known_keys(r, n, key, COUNT(key));
        if (!code_valid(code))
                bad(r, "upstream.value", n, "systems", "系统代码应为 1-64 个字母、数字或 . _ -", "a system's code is 1-64 letters, digits or . _ -");
        if (!read_say(yaml_get(n, "name"), &up->name_zh, &up->name_en))
                bad(r, "upstream.value", n, "name", "缺少名称，或超过 40 个字", "a name is missing or longer than 40 characters");
        read_limit(r, yaml_get(n, "margin"), "margin", true, &up->margin);
        read_limit(r, yaml_get(n, "return"), "return", false, &up->window);
        read_columns(r, yaml_get(n, "columns"));
        up->n_redo = read_texts(r, yaml_get(n, "redo"), "redo", up->redo, UPSTREAM_WORDS_MAX);
        up->n_skip = read_texts(r, yaml_get(n, "skip"), "skip", up->skip, UPSTREAM_SKIP_MAX);
        read_reply(r, yaml_get(n, "reply"));
}

void upstreams_read(struct arena *a, struct str text, struct day today, struct findings *f, struct upstreams *ret)
{
        static const char *const key[] = { "systems" };
        struct yaml_node *root;
        struct upstream none = { .line = 1 };
        struct reading r = { .a = a, .f = f, .today = today, .up = &none };
        *ret = (struct upstreams){ 0 };
        if (yaml_read(a, file, text, f, &root) != OK)
                return;
        const struct yaml_node *systems = yaml_get(root, "systems");
        known_keys(&r, root, key, COUNT(key));
        if (!systems || systems->kind != YAML_MAP || systems->n > UPSTREAMS_MAX) {
                bad(&r, "upstream.value", root, "systems", "应为“systems: {代码: …}”，最多 16 个", "needs systems: {CODE: ...}, at most 16");
                return;
        }
        ret->row = arena_array(a, struct upstream, systems->n);
        for (size_t i = 0; i < systems->n; i++) {
                r.up = &ret->row[ret->n];
                r.broken = false;
                read_system(&r, systems->key[i], systems->item[i]);
                ret->n += !r.broken;
        }
}

const struct upstream *upstream_find(const struct upstreams *all, struct str code)
{
        for (size_t i = 0; i < all->n; i++)
                if (str_eq(all->row[i].code, code))
                        return &all->row[i];
        return NULL;
}

const struct upstream_field *upstream_field_find(const struct upstream *up, struct str code)
{
        for (size_t i = 0; i < up->n_fields; i++)
                if (str_eq(up->field[i].code, code))
                        return &up->field[i];
        return NULL;
}

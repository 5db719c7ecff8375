#include "procedure/inner/reader.h"
#include "base/err.h"

static bool key_known(struct str name, const struct reader_key *key, size_t n)
{
        for (size_t i = 0; i < n; i++)
                if (str_is(name, key[i].name))
                        return true;
        return false;
}

const char *reader_quote(struct reader *r, struct str s)
{
        char *c = arena_strndup(r->arena, s.p ? s.p : "", utf8_valid(s) ? utf8_prefix(s, 64) : 0);
        for (char *at = c; *at; at++)
                if ((unsigned char)*at < ' ')
                        *at = '?';
        return c;
}

bool reader_map(struct reader *r, const struct yaml_node *node, int32_t line, struct say what,
                const struct reader_key *key, size_t n_keys)
{
        if (!node || node->kind != YAML_MAP) {
                reader_error(r, "procedure.shape", node ? node->line : line, "%1$s%2$.0s应写成“键: 值”",
                             "%1$.0s%2$s must be written as keys and values", what.zh, what.en);
                return false;
        }
        for (size_t i = 0; i < node->n; i++)
                if (!key_known(node->key[i], key, n_keys))
                        reader_error(r, "procedure.key-unknown", node->key_line[i], "%1$s%2$.0s没有“%3$s”这个键",
                                     "%1$.0s%2$s has no key \"%3$s\"", what.zh, what.en, reader_quote(r, node->key[i]));
        for (size_t i = 0; i < n_keys; i++)
                if (key[i].required && !yaml_get(node, key[i].name))
                        reader_error(r, "procedure.key-missing", line, "%1$s%2$.0s缺少“%3$s”",
                                     "%1$.0s%2$s lacks \"%3$s\"", what.zh, what.en, key[i].name);
        return true;
}

const struct yaml_node *reader_table(struct reader *r, const struct yaml_node *node, int32_t line, struct say what,
                                     size_t max)
{
        if (!node || node->kind != YAML_MAP || node->n == 0) {
                reader_error(r, "procedure.shape", node ? node->line : line, "%1$s%2$.0s应是一张表，每项以代码开头",
                             "%1$.0s%2$s must be a table whose entries begin with a code", what.zh, what.en);
                return NULL;
        }
        if (node->n > max) {
                reader_error(r, "procedure.many", node->line, "%1$s%2$.0s有 %3$zu 项，最多 %4$zu 项",
                             "%1$.0s%2$s has %3$zu entries, at most %4$zu are allowed", what.zh, what.en, node->n, max);
                return NULL;
        }
        for (size_t i = 0; i < node->n; i++) {
                if (code_valid(node->key[i]))
                        continue;
                reader_error(r, "procedure.code", node->key_line[i],
                             "%1$s%2$.0s：代码只能用 1 到 64 个字母、数字和 . _ -",
                             "%1$.0s%2$s: a code is 1 to 64 letters, digits, . _ or -", what.zh, what.en);
                return NULL;
        }
        return node;
}

size_t reader_count(const struct yaml_node *node)
{
        if (!node)
                return 0;
        return node->kind == YAML_LIST ? node->n : 1;
}

const struct yaml_node *reader_item(const struct yaml_node *node, size_t i)
{
        return node->kind == YAML_LIST ? node->item[i] : node;
}

/* @node as text of 1 … @max code points without line breaks. */
static struct str text_of(struct reader *r, const struct yaml_node *node, const char *name, size_t max)
{
        struct str s = str_trim(yaml_text(node));
        bool fine = node->kind == YAML_SCALAR && s.n > 0 && utf8_valid(s) && utf8_count(s) <= max &&
                    !utf8_has_control(s) && !memchr(s.p, '\n', s.n);
        if (fine)
                return str_dup(r->arena, s);
        reader_error(r, "procedure.text", node->line, "“%1$s”应是一行文字，1 到 %2$zu 个字",
                     "\"%1$s\" must be one line of 1 to %2$zu characters", name, max);
        return STR("");
}

struct str reader_text(struct reader *r, const struct yaml_node *map, const char *key, size_t max)
{
        const struct yaml_node *node = yaml_get(map, key);
        return node ? text_of(r, node, key, max) : STR("");
}

struct str reader_code(struct reader *r, const struct yaml_node *map, const char *key)
{
        const struct yaml_node *node = yaml_get(map, key);
        if (!node)
                return STR("");
        if (node->kind == YAML_SCALAR && code_valid(node->text))
                return str_dup(r->arena, node->text);
        reader_error(r, "procedure.code", node->line, "“%s”：代码只能用 1 到 64 个字母、数字和 . _ -",
                     "\"%s\": a code is 1 to 64 letters, digits, . _ or -", key);
        return STR("");
}

struct say reader_say_of(struct reader *r, const struct yaml_node *node)
{
        static const struct reader_key key[] = { { "zh", true }, { "en", true } };
        static const struct say what = { "两种语言的文字", "A text in both languages" };
        struct say s = { "", "" };
        if (!reader_map(r, node, node->line, what, key, COUNT(key)))
                return s;
        s.zh = reader_text(r, node, "zh", 200).p;
        s.en = reader_text(r, node, "en", 200).p;
        return s;
}

struct say reader_say(struct reader *r, const struct yaml_node *map, const char *key)
{
        const struct yaml_node *node = yaml_get(map, key);
        return node ? reader_say_of(r, node) : (struct say){ "", "" };
}

bool reader_bool(struct reader *r, const struct yaml_node *map, const char *key)
{
        const struct yaml_node *node = yaml_get(map, key);
        if (!node || str_is(yaml_text(node), "no") || str_is(yaml_text(node), "false"))
                return false;
        if (str_is(yaml_text(node), "yes") || str_is(yaml_text(node), "true"))
                return true;
        reader_error(r, "procedure.value", node->line, "“%s”应是 yes 或 no", "\"%s\" must be yes or no", key);
        return false;
}

int64_t reader_int(struct reader *r, const struct yaml_node *map, const char *key, int64_t lo, int64_t hi,
                   int64_t fallback)
{
        const struct yaml_node *node = yaml_get(map, key);
        int64_t n = fallback;
        if (node && (node->kind != YAML_SCALAR || str_int(node->text, lo, hi, &n) != OK))
                reader_error(r, "procedure.value", node->line, "“%1$s”应是 %2$lld 到 %3$lld 之间的整数",
                             "\"%1$s\" must be a whole number from %2$lld to %3$lld", key, (long long)lo,
                             (long long)hi);
        return n;
}

int reader_word(struct reader *r, const struct yaml_node *node, struct say what, const char *const *words, size_t n)
{
        if (!node)
                return -1;
        for (size_t i = 0; i < n; i++)
                if (str_is(yaml_text(node), words[i]))
                        return (int)i;
        struct str list = STR("");
        for (size_t i = 0; i < n; i++)
                list = str_printf(r->arena, STR_FMT "%s%s", STR_ARG(list), i ? ", " : "", words[i]);
        reader_error(r, "procedure.value", node->line, "%1$s%2$.0s只能是：%3$s", "%1$.0s%2$s must be one of: %3$s",
                     what.zh, what.en, list.p);
        return -1;
}

int reader_ref(struct reader *r, const struct yaml_node *node, const struct yaml_node *table, const char *rule,
               struct say what)
{
        struct str code = yaml_text(node);
        for (size_t i = 0; table && i < table->n; i++)
                if (node->kind == YAML_SCALAR && str_eq(table->key[i], code))
                        return (int)i;
        reader_error(r, rule, node->line, "没有这个%1$s%2$.0s：“%3$s”", "There is no such %1$.0s%2$s: \"%3$s\"",
                     what.zh, what.en, reader_quote(r, code));
        return -1;
}

uint32_t reader_refs(struct reader *r, const struct yaml_node *node, const struct yaml_node *table, const char *rule,
                     struct say what)
{
        uint32_t set = 0;
        for (size_t i = 0; i < reader_count(node); i++) {
                int at = reader_ref(r, reader_item(node, i), table, rule, what);
                if (at >= 0)
                        set |= UINT32_C(1) << at;
        }
        return set;
}

/* Conditions, effects and forms: what actions and states have in common. */
#include "procedure/inner/reader.h"
#include "base/err.h"

static int field_find(const struct reader *r, struct str name)
{
        for (size_t i = 0; i < r->n_form; i++)
                if (str_eq(r->form[i].name, name))
                        return (int)i;
        return -1;
}

static int fact_find(struct str name)
{
        for (int i = 0; i < FACT_COUNT; i++)
                if (str_is(name, procedure_facts[i].name))
                        return i;
        return -1;
}

static uint32_t yes_or_no(struct reader *r, const struct yaml_node *node)
{
        static const char *const word[] = { "no", "yes" };
        static const struct say what = { "条件的取值", "The value of a condition" };
        int at = reader_word(r, node, what, word, COUNT(word));
        return at < 0 ? 0 : UINT32_C(1) << at;
}

static uint32_t choice_bit(struct reader *r, const struct procedure_field *f, const struct yaml_node *node)
{
        for (size_t i = 0; i < f->n_choices; i++)
                if (str_eq(f->choice[i].code, yaml_text(node)))
                        return UINT32_C(1) << i;
        reader_error(r, "procedure.choice-unknown", node->line, "字段“%s”没有选项“%s”",
                     "Field \"%s\" has no choice \"%s\"", reader_quote(r, f->name), reader_quote(r, yaml_text(node)));
        return 0;
}

static uint32_t term_values(struct reader *r, const struct procedure_field *f, const struct yaml_node *node)
{
        uint32_t any = 0;
        for (size_t i = 0; i < reader_count(node); i++) {
                const struct yaml_node *item = reader_item(node, i);
                any |= f && f->type == FORM_CHOICE ? choice_bit(r, f, item) : yes_or_no(r, item);
        }
        return any;
}

static struct procedure_term read_term(struct reader *r, struct str name, int32_t line, const struct yaml_node *value)
{
        struct procedure_term t = { .field = field_find(r, name) };
        int fact = t.field < 0 ? fact_find(name) : 0;
        if (fact < 0) {
                reader_error(r, r->form ? "procedure.field-unknown" : "procedure.fact-unknown", line,
                             "“%s”既不是已知的事实，也不是这里能用的字段",
                             "\"%s\" is neither a known fact nor a field usable here", reader_quote(r, name));
                return t;
        }
        const struct procedure_field *f = t.field < 0 ? NULL : &r->form[t.field];
        if (f && f->type != FORM_CHOICE && f->type != FORM_BOOL) {
                reader_error(r, "procedure.value", line, "条件只能用选择或是否类的字段，“%s”不是",
                             "A condition needs a choice or a bool; \"%s\" is neither", reader_quote(r, name));
                return t;
        }
        t.fact = (enum procedure_fact)fact;
        t.any = term_values(r, f, value);
        return t;
}

struct procedure_when reader_when(struct reader *r, const struct yaml_node *node)
{
        struct procedure_when w = { 0 };
        if (!node)
                return w;
        if (node->kind != YAML_MAP || node->n == 0 || node->n > PROCEDURE_TERMS_MAX) {
                reader_error(r, "procedure.shape", node->line, "条件应写成 {事实: 值}，1 到 %d 项",
                             "A condition is written {fact: value}, 1 to %d of them", PROCEDURE_TERMS_MAX);
                return w;
        }
        struct procedure_term *term = arena_array(r->arena, struct procedure_term, node->n);
        for (size_t i = 0; i < node->n; i++)
                term[i] = read_term(r, node->key[i], node->key_line[i], node->item[i]);
        return (struct procedure_when){ .term = term, .n = node->n };
}

static const struct say clock_word = { "时限", "clock" };

static uint32_t notify_set(struct reader *r, const struct yaml_node *node)
{
        static const struct say what = { "notify 的对象", "Who is notified" };
        uint32_t set = 0;
        for (size_t i = 0; i < reader_count(node); i++) {
                int at = reader_word(r, reader_item(node, i), what, procedure_notify_words, NOTIFY_COUNT);
                if (at >= 0)
                        set |= UINT32_C(1) << at;
        }
        return set;
}

static enum procedure_record record_of(struct reader *r, const struct yaml_node *node)
{
        const char *word[RECORD_COUNT];
        for (int i = 0; i < RECORD_COUNT; i++)
                word[i] = procedure_records[i].name;
        int at = reader_word(r, node, (struct say){ "record", "record" }, word, RECORD_COUNT);
        return at < 0 ? RECORD_NOTE : (enum procedure_record)at;
}

/* The field an effect takes its time or number from, or -1 with a finding. `at` counts from what the form says and not from when it was
 * typed in; `until` lies ahead; `more` is at least one. */
static int effect_field(struct reader *r, const struct yaml_node *node, const char *key)
{
        const struct yaml_node *name = yaml_get(node, key);
        if (!name)
                return -1;
        int at = field_find(r, yaml_text(name));
        const struct procedure_field *f = at < 0 ? NULL : &r->form[at];
        bool number = strcmp(key, "more") == 0, ahead = strcmp(key, "until") == 0;
        if (f && f->required && (number ? f->type == FORM_INT && f->min >= 1 && f->max <= DUE_LIMIT_MAX : f->type == FORM_INSTANT && f->future == ahead))
                return at;
        reader_error(r, "procedure.field-unknown", name->line,
                     "“%s”不能用“%s”：at 和 until 要写必填的时间字段（until 的须写 future: yes），more 要写必填的整数字段（min 至少为 1）",
                     "\"%s\" cannot take \"%s\": at and until need a required field of type instant (that of until says future: yes), more a "
                     "required int with a min of at least 1",
                     key, reader_quote(r, yaml_text(name)));
        return -1;
}

/* Does every key that goes with one kind of effect only stand beside that one, and is none left out? */
static bool keys_fit(const struct yaml_node *node, int kind)
{
        bool until = yaml_get(node, "until"), more = yaml_get(node, "more");
        if ((yaml_get(node, "at") && kind != EFFECT_STOP) || (yaml_get(node, "by") && kind != EFFECT_RECORD))
                return false;
        if (until ? kind != EFFECT_START && kind != EFFECT_PAUSE : kind == EFFECT_PAUSE)
                return false;
        return more == (kind == EFFECT_EXTEND);
}

/* Which of them does @node do? Exactly one, or -1 with a finding. */
static int effect_kind(struct reader *r, const struct yaml_node *node)
{
        static const char *const word[EFFECT_KINDS] = { "start", "stop", "notify", "record", "pause", "resume", "extend" };
        int kind = -1, found = 0;
        for (int i = 0; i < EFFECT_KINDS; i++)
                if (yaml_get(node, word[i])) {
                        kind = i;
                        found++;
                }
        if (found == 1 && keys_fit(node, kind))
                return kind;
        reader_error(r, "procedure.shape", node->line,
                     "一项效果只写 start、stop、pause、resume、extend、notify、record 之一；at 只随 stop，by 只随 record，until 随 pause "
                     "或 start，more 随 extend",
                     "An effect is one of start, stop, pause, resume, extend, notify, record; at goes with stop, by with record, until with "
                     "pause or start, more with extend");
        return -1;
}

static void effect_value(struct reader *r, const struct yaml_node *node, struct procedure_effect *e)
{
        const char *const rule = "procedure.clock-unknown";
        switch (e->kind) {
        case EFFECT_START:
                e->set = reader_refs(r, yaml_get(node, "start"), r->clocks, rule, clock_word);
                e->field = effect_field(r, node, "until");
                return;
        case EFFECT_PAUSE:
                e->set = reader_refs(r, yaml_get(node, "pause"), r->clocks, rule, clock_word);
                e->field = effect_field(r, node, "until");
                return;
        case EFFECT_RESUME:
                e->set = reader_refs(r, yaml_get(node, "resume"), r->clocks, rule, clock_word);
                return;
        case EFFECT_EXTEND:
                e->set = reader_refs(r, yaml_get(node, "extend"), r->clocks, rule, clock_word);
                e->field = effect_field(r, node, "more");
                return;
        case EFFECT_STOP:
                e->set = reader_refs(r, yaml_get(node, "stop"), r->clocks, rule, clock_word);
                e->field = effect_field(r, node, "at");
                return;
        case EFFECT_NOTIFY:
                e->set = notify_set(r, yaml_get(node, "notify"));
                return;
        default:
                e->record = record_of(r, yaml_get(node, "record"));
                int by = reader_word(r, yaml_get(node, "by"), (struct say){ "by", "by" }, procedure_told_words,
                                     TOLD_WAYS);
                e->by = by < 0 ? TOLD_FORM : (enum procedure_told)by;
        }
}

static bool read_effect(struct reader *r, const struct yaml_node *node, struct procedure_effect *e)
{
        static const struct reader_key key[] = { { "start", false }, { "stop", false }, { "notify", false },
                                                 { "at", false },    { "by", false },   { "record", false },
                                                 { "pause", false }, { "resume", false }, { "extend", false },
                                                 { "until", false }, { "more", false },  { "when", false } };
        if (!reader_map(r, node, node->line, (struct say){ "效果", "An effect" }, key, COUNT(key)))
                return false;
        int kind = effect_kind(r, node);
        if (kind < 0)
                return false;
        *e = (struct procedure_effect){ .kind = (enum effect_kind)kind, .field = -1, .line = node->line };
        effect_value(r, node, e);
        e->when = reader_when(r, yaml_get(node, "when"));
        return true;
}

struct procedure_effects reader_effects(struct reader *r, const struct yaml_node *node)
{
        struct procedure_effects list = { 0 };
        size_t n = reader_count(node);
        if (n > PROCEDURE_EFFECTS_MAX) {
                reader_error(r, "procedure.many", node->line, "效果太多，最多 %d 项", "Too many effects; at most %d",
                             PROCEDURE_EFFECTS_MAX);
                return list;
        }
        struct procedure_effect *row = arena_array(r->arena, struct procedure_effect, n);
        for (size_t i = 0; i < n; i++)
                if (read_effect(r, reader_item(node, i), &row[list.n]))
                        list.n++;
        list.row = row;
        return list;
}

static void read_choices(struct reader *r, const struct yaml_node *node, struct procedure_field *f)
{
        const struct yaml_node *table =
                reader_table(r, node, f->line, (struct say){ "choices", "choices" }, PROCEDURE_CHOICES_MAX);
        if (!table)
                return;
        struct procedure_choice *choice = arena_array(r->arena, struct procedure_choice, table->n);
        for (size_t i = 0; i < table->n; i++)
                choice[i] =
                        (struct procedure_choice){ str_dup(r->arena, table->key[i]), reader_say_of(r, table->item[i]) };
        f->choice = choice;
        f->n_choices = table->n;
}

#define TEXT_MAX 20000 /* code points; 60 KB of UTF-8 at the most */
#define INT_LIMIT INT64_C(1000000000000000)

static void read_bounds(struct reader *r, const struct yaml_node *node, struct procedure_field *f)
{
        bool text = f->type == FORM_TEXT, whole = f->type == FORM_INT, files = f->type == FORM_FILES;
        const struct yaml_node *stray = NULL;
        if (!text && !whole && !files)
                stray = yaml_get(node, "min") ? yaml_get(node, "min") : yaml_get(node, "max");
        if (!stray && f->type != FORM_CHOICE)
                stray = yaml_get(node, "choices");
        if (!stray && f->type != FORM_INSTANT)
                stray = yaml_get(node, "future");
        if (stray)
                reader_error(r, "procedure.value", stray->line, "“%s”：这个键不适用于该类型的字段",
                             "\"%s\": this key does not go with a field of this type", reader_quote(r, f->name));
        if (f->type == FORM_CHOICE)
                read_choices(r, yaml_get(node, "choices"), f);
        if (files) {
                f->min = 0;
                f->max = reader_int(r, node, "max", 1, PROCEDURE_FILES_MAX, PROCEDURE_FILES_MAX);
        }
        if (!text && !whole)
                return;
        f->min = reader_int(r, node, "min", text ? 0 : -INT_LIMIT, text ? TEXT_MAX : INT_LIMIT, text ? 0 : -INT_LIMIT);
        f->max =
                reader_int(r, node, "max", text ? 1 : -INT_LIMIT, text ? TEXT_MAX : INT_LIMIT, text ? 1000 : INT_LIMIT);
        if (f->min > f->max)
                reader_error(r, "procedure.value", node->line, "字段“%s”的 min 大于 max",
                             "Field \"%s\": min is above max", reader_quote(r, f->name));
}

static void read_field(struct reader *r, const struct yaml_node *node, struct procedure_field *f)
{
        static const struct reader_key key[] = { { "label", true },  { "type", true }, { "required", false },
                                                 { "min", false },   { "max", false }, { "choices", false },
                                                 { "future", false } };
        if (!reader_map(r, node, f->line, (struct say){ "字段", "A field" }, key, COUNT(key)))
                return;
        int type = reader_word(r, yaml_get(node, "type"), (struct say){ "字段类型", "The type of a field" },
                               form_type_words, FORM_TYPES);
        f->label = reader_say(r, node, "label");
        f->type = type < 0 ? FORM_TEXT : (enum form_type)type;
        f->required = reader_bool(r, node, "required");
        f->future = reader_bool(r, node, "future");
        if (type >= 0)
                read_bounds(r, node, f);
}

const struct procedure_field *reader_form(struct reader *r, const struct yaml_node *node, size_t *ret_n)
{
        *ret_n = 0;
        if (!node)
                return NULL;
        node = reader_table(r, node, node->line, (struct say){ "表单", "A form" }, PROCEDURE_FIELDS_MAX);
        if (!node)
                return NULL;
        struct procedure_field *f = arena_array(r->arena, struct procedure_field, node->n);
        for (size_t i = 0; i < node->n; i++) {
                f[i] = (struct procedure_field){ .name = str_dup(r->arena, node->key[i]),
                                                 .label = { "", "" },
                                                 .line = node->key_line[i] };
                if (fact_find(f[i].name) >= 0)
                        reader_error(r, "procedure.code", f[i].line, "字段“%s”与一项事实同名",
                                     "Field \"%s\" has the name of a fact", f[i].name.p);
                read_field(r, node->item[i], &f[i]);
        }
        *ret_n = node->n;
        return f;
}

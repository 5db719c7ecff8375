#include "procedure/inner/reader.h"
#include "base/err.h"

static const struct say state_word = { "状态", "state" };
static const struct say action_word = { "动作", "action" };
static const struct say clock_word = { "时限", "clock" };

/* The row of the right, a new one when it is met for the first time; NULL with a finding when unknown. */
static const struct procedure_right *right_of_name(struct reader *r, const struct yaml_node *node)
{
        struct str name = yaml_text(node);
        for (size_t i = 0; i < r->p->n_rights; i++)
                if (str_eq(r->right[i].name, name))
                        return &r->right[i];
        unsigned bit = name.n > 0 ? r->names->right(name) : 0;
        if (bit == 0 || bit > 63 || r->p->n_rights >= PROCEDURE_RIGHTS_MAX) {
                reader_error(r, "procedure.right-unknown", node->line, "没有“%s”这项权限", "There is no right \"%s\"",
                             reader_quote(r, name));
                return NULL;
        }
        struct procedure_right *right = &r->right[r->p->n_rights++];
        *right = (struct procedure_right){ str_dup(r->arena, name), bit, node->line };
        return right;
}

static void read_who(struct reader *r, const struct yaml_node *node, struct procedure_action *a)
{
        for (size_t i = 0; i < reader_count(node); i++) {
                const struct yaml_node *item = reader_item(node, i);
                struct str who = yaml_text(item);
                const struct procedure_right *right = NULL;
                if (str_is(who, "public"))
                        a->anybody = true;
                else if (str_is(who, "reporter"))
                        a->reporter = true;
                else if (str_is(who, "system"))
                        a->system = true;
                else if (str_is(who, "town"))
                        a->town = true;
                else
                        right = right_of_name(r, item);
                if (right)
                        a->rights |= UINT64_C(1) << right->bit;
        }
}

static void read_from(struct reader *r, const struct yaml_node *node, struct procedure_action *a)
{
        for (size_t i = 0; i < reader_count(node); i++) {
                const struct yaml_node *item = reader_item(node, i);
                if (str_is(yaml_text(item), "start")) {
                        a->opens = true;
                        continue;
                }
                int at = reader_ref(r, item, r->states, "procedure.state-unknown", state_word);
                if (at >= 0)
                        a->from |= UINT32_C(1) << at;
        }
}

static int target(struct reader *r, const struct yaml_node *node)
{
        if (!node || str_is(yaml_text(node), "same"))
                return STATE_SAME;
        int at = reader_ref(r, node, r->states, "procedure.state-unknown", state_word);
        return at < 0 ? STATE_SAME : at;
}

static struct procedure_row read_row(struct reader *r, const struct yaml_node *node)
{
        static const struct reader_key key[] = { { "state", true }, { "when", false } };
        struct procedure_row row = { .to = STATE_SAME, .line = node->line };
        if (!reader_map(r, node, node->line, (struct say){ "to 的一行", "A row of to" }, key, COUNT(key)))
                return row;
        row.to = target(r, yaml_get(node, "state"));
        row.when = reader_when(r, yaml_get(node, "when"));
        return row;
}

/* Absent: stays. A code: always there. A list: the first row that holds. */
static void read_to(struct reader *r, const struct yaml_node *node, struct procedure_action *a)
{
        size_t n = node && node->kind == YAML_LIST ? node->n : 1;
        if (n == 0 || n > PROCEDURE_ROWS_MAX) {
                reader_error(r, "procedure.many", node->line, "to 应有 1 到 %d 行", "to must have 1 to %d rows",
                             PROCEDURE_ROWS_MAX);
                n = 0;
        }
        struct procedure_row *row = arena_array(r->arena, struct procedure_row, n > 0 ? n : 1);
        row[0] = (struct procedure_row){ .to = STATE_SAME, .line = a->line };
        if (!node || node->kind == YAML_SCALAR)
                row[0] = (struct procedure_row){ .to = target(r, node), .line = node ? node->line : a->line };
        else
                for (size_t i = 0; i < n; i++)
                        row[i] = read_row(r, reader_item(node, i));
        a->row = row;
        a->n_rows = n > 0 ? n : 1;
}

static void read_action(struct reader *r, const struct yaml_node *node, struct procedure_action *a)
{
        static const struct reader_key key[] = { { "name", true },     { "who", true },       { "from", true },
                                                 { "to", false },      { "when", false },     { "form", false },
                                                 { "effects", false }, { "after_end", false },
                                                 { "reopens", false } };
        if (!reader_map(r, node, a->line, (struct say){ "动作", "An action" }, key, COUNT(key))) {
                read_to(r, NULL, a);
                return;
        }
        a->name = reader_say(r, node, "name");
        read_who(r, yaml_get(node, "who"), a);
        read_from(r, yaml_get(node, "from"), a);
        a->when = reader_when(r, yaml_get(node, "when"));
        a->field = r->form = reader_form(r, yaml_get(node, "form"), &a->n_fields);
        r->n_form = a->n_fields;
        read_to(r, yaml_get(node, "to"), a);
        a->effects = reader_effects(r, yaml_get(node, "effects"));
        a->after_end = reader_bool(r, node, "after_end");
        a->reopens = reader_bool(r, node, "reopens");
        r->form = NULL;
        r->n_form = 0;
}

/* The records named under `after`, as bits. */
static uint64_t read_after(struct reader *r, const struct yaml_node *node)
{
        const char *word[RECORD_COUNT];
        for (int i = 0; i < RECORD_COUNT; i++)
                word[i] = procedure_records[i].name;
        uint64_t set = 0;
        for (size_t i = 0; i < reader_count(node); i++) {
                int at = reader_word(r, reader_item(node, i), (struct say){ "after", "after" }, word, RECORD_COUNT);
                if (at >= 0)
                        set |= RECORD_BIT(at);
        }
        return set;
}

static void read_state(struct reader *r, const struct yaml_node *node, struct procedure_state *s)
{
        static const struct reader_key key[] = { { "name", true },   { "public", true }, { "final", false },
                                                 { "watch", false }, { "needs", false }, { "after", false },
                                                 { "enter", false } };
        if (!reader_map(r, node, s->line, (struct say){ "状态", "A state" }, key, COUNT(key)))
                return;
        s->name = reader_say(r, node, "name");
        s->public_word = reader_say(r, node, "public");
        s->final = reader_bool(r, node, "final");
        const struct yaml_node *watch = yaml_get(node, "watch");
        if (watch)
                s->watch = reader_ref(r, watch, r->clocks, "procedure.clock-unknown", clock_word);
        if (s->final == (watch != NULL))
                reader_error(r, "procedure.unwatched", s->line, "状态“%s”要么是 final，要么写明由哪个时限看着（watch）",
                             "State \"%s\" must either be final or name the clock that watches it (watch)", s->code.p);
        s->needs = reader_when(r, yaml_get(node, "needs"));
        s->after = read_after(r, yaml_get(node, "after"));
        s->enter = reader_effects(r, yaml_get(node, "enter"));
}

static void bad_alarms(struct reader *r, const struct yaml_node *node, const struct procedure_clock *c)
{
        reader_error(r, "procedure.value", node ? node->line : c->line,
                     "at 应写成 {50: remind, 80: remind, 100: up}：百分比递增，以 100 结尾，最多 %d 项",
                     "at is written {50: remind, 80: remind, 100: up}: percentages rise, the last is 100, at most %d",
                     PROCEDURE_ALARMS_MAX);
}

static void read_alarms(struct reader *r, const struct yaml_node *node, struct procedure_clock *c)
{
        if (!node)
                return;
        if (node->kind != YAML_MAP || node->n == 0 || node->n > PROCEDURE_ALARMS_MAX) {
                bad_alarms(r, node, c);
                return;
        }
        struct procedure_alarm *alarm = arena_array(r->arena, struct procedure_alarm, node->n);
        int64_t last = 0;
        for (size_t i = 0; i < node->n; i++) {
                int64_t percent;
                if (str_int(node->key[i], last + 1, 100, &percent) != OK) {
                        bad_alarms(r, node, c);
                        return;
                }
                int kind = reader_word(r, node->item[i], (struct say){ "at", "at" }, alarm_kind_words, ALARM_KINDS);
                alarm[i] =
                        (struct procedure_alarm){ (int32_t)percent, kind < 0 ? ALARM_REMIND : (enum alarm_kind)kind };
                last = percent;
        }
        if (last != 100)
                bad_alarms(r, node, c);
        c->alarm = alarm;
        c->n_alarms = node->n;
}

static enum due_roll read_roll(struct reader *r, const struct yaml_node *node)
{
        static const char *const word[] = { "none", "statutory" };
        int at = reader_word(r, node, (struct say){ "roll", "roll" }, word, COUNT(word));
        return at == 1 ? DUE_ROLL_STATUTORY : DUE_ROLL_NONE;
}

static void read_clock(struct reader *r, const struct yaml_node *node, struct procedure_clock *c)
{
        static const struct reader_key key[] = { { "name", true },     { "kind", true },  { "limit", true },
                                                 { "urgent", false },  { "duty", false }, { "roll", false },
                                                 { "upstream", false },
                                                 { "at", true },       { "then", false }, { "source", true },
                                                 { "restarts", false } };
        if (!reader_map(r, node, c->line, (struct say){ "时限", "A clock" }, key, COUNT(key)))
                return;
        const struct yaml_node *limit = yaml_get(node, "limit"), *urgent = yaml_get(node, "urgent");
        int kind = reader_word(r, yaml_get(node, "kind"), (struct say){ "时限种类", "The kind of a clock" },
                               clock_kind_words, CLOCK_KINDS);
        c->kind = kind < 0 ? CLOCK_STAGE : (enum clock_kind)kind;
        c->name = reader_say(r, node, "name");
        c->limit = reader_code(r, node, "limit");
        c->urgent = reader_code(r, node, "urgent");
        c->limit_line = limit ? limit->line : c->line;
        c->urgent_line = urgent ? urgent->line : c->line;
        c->duty = reader_bool(r, node, "duty");
        c->upstream = reader_bool(r, node, "upstream");
        c->roll = read_roll(r, yaml_get(node, "roll"));
        c->restarts = reader_bool(r, node, "restarts");
        c->source = reader_text(r, node, "source", 200);
        read_alarms(r, yaml_get(node, "at"), c);
        const struct yaml_node *then = yaml_get(node, "then");
        if (then)
                c->then = reader_ref(r, then, r->actions, "procedure.action-unknown", action_word);
}

static void read_states(struct reader *r)
{
        size_t n = r->states ? r->states->n : 0;
        struct procedure_state *s = arena_array(r->arena, struct procedure_state, n);
        for (size_t i = 0; i < n; i++) {
                s[i] = (struct procedure_state){ .code = str_dup(r->arena, r->states->key[i]),
                                                 .name = { "", "" },
                                                 .public_word = { "", "" },
                                                 .watch = -1,
                                                 .line = r->states->key_line[i] };
                if (str_is(s[i].code, "start") || str_is(s[i].code, "same"))
                        reader_error(r, "procedure.code", s[i].line, "状态不能叫 %s，这个词另有用处",
                                     "A state cannot be called %s: the word has a use of its own", s[i].code.p);
                read_state(r, r->states->item[i], &s[i]);
        }
        r->p->state = s;
        r->p->n_states = n;
}

static void read_actions(struct reader *r)
{
        size_t n = r->actions ? r->actions->n : 0;
        struct procedure_action *a = arena_array(r->arena, struct procedure_action, n);
        for (size_t i = 0; i < n; i++) {
                a[i] = (struct procedure_action){ .code = str_dup(r->arena, r->actions->key[i]),
                                                  .name = { "", "" },
                                                  .line = r->actions->key_line[i] };
                read_action(r, r->actions->item[i], &a[i]);
        }
        r->p->action = a;
        r->p->n_actions = n;
}

static void read_clocks(struct reader *r)
{
        size_t n = r->clocks ? r->clocks->n : 0;
        struct procedure_clock *c = arena_array(r->arena, struct procedure_clock, n);
        for (size_t i = 0; i < n; i++) {
                c[i] = (struct procedure_clock){ .code = str_dup(r->arena, r->clocks->key[i]),
                                                 .name = { "", "" },
                                                 .then = -1,
                                                 .limit = STR(""),
                                                 .urgent = STR(""),
                                                 .source = STR(""),
                                                 .line = r->clocks->key_line[i] };
                if (c[i].code.n > CLOCK_CODE_MAX)
                        reader_error(r, "procedure.code", c[i].line, "时限的代码最多 %d 个字符",
                                     "A clock's code has at most %d characters", CLOCK_CODE_MAX);
                read_clock(r, r->clocks->item[i], &c[i]);
        }
        r->p->clock = c;
        r->p->n_clocks = n;
}

static void read_head(struct reader *r, const struct yaml_node *root)
{
        r->p->code = reader_code(r, root, "code");
        r->p->version = (int32_t)reader_int(r, root, "version", 1, 1000000, 1);
        r->p->name = reader_say(r, root, "name");
        r->p->source = reader_text(r, root, "source", 500);
        r->states = reader_table(r, yaml_get(root, "states"), root->line, (struct say){ "states", "states" },
                                 PROCEDURE_STATES_MAX);
        r->actions = reader_table(r, yaml_get(root, "actions"), root->line, (struct say){ "actions", "actions" },
                                  PROCEDURE_ACTIONS_MAX);
        r->clocks = reader_table(r, yaml_get(root, "clocks"), root->line, (struct say){ "clocks", "clocks" },
                                 PROCEDURE_CLOCKS_MAX);
}

int procedure_read(struct arena *a, struct str file, struct str text, const struct procedure_names *names,
                   struct findings *out, const struct procedure **ret)
{
        static const struct reader_key key[] = { { "code", true },   { "version", true }, { "name", true },
                                                 { "source", true }, { "states", false }, { "actions", false },
                                                 { "clocks", false } };
        struct procedure *p = arena_new(a, struct procedure);
        struct reader r = { .arena = a, .out = out, .names = names, .p = p };
        size_t before = out->errors;
        p->file = str_dup(a, file);
        p->right = r.right = arena_array(a, struct procedure_right, PROCEDURE_RIGHTS_MAX);
        if (text.n > PROCEDURE_BYTES_MAX) {
                reader_error(&r, "procedure.many", 0, "文件太大，最多 %d KiB", "The file is too large; at most %d KiB",
                             PROCEDURE_BYTES_MAX / 1024);
                return ERR_BAD;
        }
        struct yaml_node *root;
        if (yaml_read(a, file, text, out, &root) != OK)
                return ERR_BAD;
        if (!reader_map(&r, root, root->line, (struct say){ "流程文件", "A procedure file" }, key, COUNT(key)))
                return ERR_BAD;
        read_head(&r, root);
        read_clocks(&r);
        read_states(&r);
        read_actions(&r);
        if (out->errors != before)
                return ERR_BAD;
        *ret = p;
        return OK;
}

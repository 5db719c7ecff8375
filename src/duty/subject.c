#include "duty/subject.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/err.h"
#include "duty/inner/list.h"

static const char *const level_names[LEVEL_COUNT] = { "small", "big", "hard" };
static const char *const publicity_names[PUBLICITY_KINDS] = { "none", "count", "summary" };

enum { C_CODE, C_PARENT, C_NAME_ZH, C_NAME_EN, C_KEYWORDS, C_LEVEL, C_PUBLICITY, C_EXTERNAL, C_COLUMNS };
static const struct csv_column columns[C_COLUMNS] = {
        [C_CODE] = { .name = "code", .required = true, .filled = true },
        [C_PARENT] = { .name = "parent" },
        [C_NAME_ZH] = { .name = "name_zh", .required = true, .filled = true },
        [C_NAME_EN] = { .name = "name_en", .required = true, .filled = true },
        [C_KEYWORDS] = { .name = "keywords" },
        [C_LEVEL] = { .name = "level" },
        [C_PUBLICITY] = { .name = "publicity" },
        [C_EXTERNAL] = { .name = "external_codes" },
};

static const struct say hint_code = { "代码用 1 至 64 个字母、数字、点、下划线或连字符",
                                      "Use 1 to 64 letters, digits, dots, underscores or hyphens" };
static const struct say hint_duplicate = { "保留一行，或给另一行新的代码",
                                           "Keep one of the rows, or give the other a new code" };
static const struct say hint_parent = { "改为已有的代码，或留空作为顶层",
                                        "Name an existing code, or leave it empty for a root" };
static const struct say hint_cycle = { "让其中一行的上级留空", "Leave the parent of one of them empty" };
static const struct say hint_keyword = { "删去空的关键词或多余的分号",
                                         "Remove the empty keyword or the extra semicolon" };
static const struct say hint_short = { "改用两个字以上的词", "Use a word of two characters or more" };
static const struct say hint_shared = {
        "把关键词留给更合适的事项，或换成更具体的词",
        "Leave the keyword to the subject that fits best, or use a more specific word"
};

struct reading {
        struct arena *arena;
        struct findings *findings;
        struct subjects *out;
};

#define FOUND(r, rule, sev, line, hint, ...)                                                                           \
        finding_add((r)->findings, rule, sev, STR(SUBJECT_FILE), line, hint, __VA_ARGS__)

static int name_index(const char *const *names, int n, struct str s)
{
        for (int i = 0; i < n; i++)
                if (str_is(s, names[i]))
                        return i;
        return s.n ? -1 : 0;
}

static void read_choices(struct reading *r, struct subject *s, struct str level, struct str publicity)
{
        int l = name_index(level_names, LEVEL_COUNT, level);
        if (l < 0)
                FOUND(r, "subject.level", SEV_ERROR, s->line,
                      ((struct say){ "small、big 或 hard", "small, big or hard" }), "不认识的级别“%.*s”",
                      "Unknown level \"%.*s\"", STR_ARG(level));
        int p = name_index(publicity_names, PUBLICITY_KINDS, publicity);
        if (p < 0)
                FOUND(r, "subject.publicity", SEV_ERROR, s->line,
                      ((struct say){ "none、count 或 summary", "none, count or summary" }), "不认识的公开方式“%.*s”",
                      "Unknown publicity \"%.*s\"", STR_ARG(publicity));
        s->level = l < 0 ? LEVEL_SMALL : (enum subject_level)l;
        s->publicity = p < 0 ? PUBLICITY_NONE : (enum subject_publicity)p;
}

static void read_keywords(struct reading *r, struct subject *s, struct str cell)
{
        bool empty;
        s->n_keywords = list_split(r->arena, cell, &s->keywords, &empty);
        if (empty)
                FOUND(r, "subject.keyword-empty", SEV_WARNING, s->line, hint_keyword, "事项“%.*s”有空的关键词",
                      "Subject \"%.*s\" has an empty keyword", STR_ARG(s->code));
        for (uint32_t i = 0; i < s->n_keywords; i++)
                if (utf8_count(s->keywords[i]) < 2)
                        FOUND(r, "subject.keyword-short", SEV_WARNING, s->line, hint_short,
                              "关键词“%.*s”只有一个字，会处处命中",
                              "The keyword \"%.*s\" is one character and will match everywhere",
                              STR_ARG(s->keywords[i]));
}

static void read_external(struct reading *r, struct subject *s, struct str cell)
{
        bool empty;
        s->n_external_codes = list_split(r->arena, cell, &s->external_codes, &empty);
        for (uint32_t i = 0; i < s->n_external_codes; i++) {
                uint32_t at = (uint32_t)(s - r->out->row);
                uint32_t first = map_put(&r->out->by_external, r->arena, s->external_codes[i], at);
                if (first != MAP_NONE)
                        FOUND(r, "subject.external-shared", SEV_WARNING, s->line, hint_duplicate,
                              "外部代码“%.*s”已属于事项“%.*s”",
                              "The external code \"%.*s\" belongs to subject \"%.*s\" already",
                              STR_ARG(s->external_codes[i]), STR_ARG(r->out->row[first].code));
        }
}

static void read_row(struct reading *r, const struct csv *t, size_t row)
{
        struct str code = csv_at(t, row, C_CODE);
        if (code.n == 0)
                return; /* csv.cell-empty was found */
        if (!code_valid(code)) {
                FOUND(r, "subject.code", SEV_ERROR, t->line[row], hint_code, "事项代码“%.*s”不合格式",
                      "The subject code \"%.*s\" is malformed", STR_ARG(code));
                return;
        }
        uint32_t first = map_put(&r->out->by_code, r->arena, code, r->out->n);
        if (first != MAP_NONE) {
                FOUND(r, "subject.duplicate", SEV_ERROR, t->line[row], hint_duplicate,
                      "事项代码“%.*s”重复，第 %d 行已有", "The subject code \"%.*s\" is a duplicate of line %d",
                      STR_ARG(code), r->out->row[first].line);
                return;
        }
        struct subject *s = &r->out->row[r->out->n++];
        *s = (struct subject){ .code = code,
                               .parent = csv_at(t, row, C_PARENT),
                               .name_zh = csv_at(t, row, C_NAME_ZH),
                               .name_en = csv_at(t, row, C_NAME_EN),
                               .up = SUBJECT_NONE,
                               .leaf = true,
                               .line = t->line[row] };
        read_external(r, s, csv_at(t, row, C_EXTERNAL));
        read_choices(r, s, csv_at(t, row, C_LEVEL), csv_at(t, row, C_PUBLICITY));
        read_keywords(r, s, csv_at(t, row, C_KEYWORDS));
}

static void link_parents(struct reading *r)
{
        for (uint32_t i = 0; i < r->out->n; i++) {
                struct subject *s = &r->out->row[i];
                if (s->parent.n == 0)
                        continue;
                s->up = map_get(&r->out->by_code, s->parent);
                if (s->up == MAP_NONE)
                        FOUND(r, "subject.parent-unknown", SEV_ERROR, s->line, hint_parent,
                              "事项“%.*s”的上级“%.*s”不存在",
                              "The parent of subject \"%.*s\", \"%.*s\", does not exist", STR_ARG(s->code),
                              STR_ARG(s->parent));
        }
}

/* Every row is walked once: up to a row already settled, and back down as depths are known. */
static void settle_depths(struct reading *r)
{
        enum { NEW, WALKING, SETTLED };
        struct subjects *all = r->out;
        uint8_t *state = arena_alloc(r->arena, all->n);
        uint32_t *chain = arena_array(r->arena, uint32_t, all->n);
        for (uint32_t i = 0; i < all->n; i++) {
                uint32_t n = 0, at = i;
                for (; at != SUBJECT_NONE && state[at] == NEW; at = all->row[at].up) {
                        state[at] = WALKING;
                        chain[n++] = at;
                }
                if (at != SUBJECT_NONE && state[at] == WALKING) {
                        struct subject *last = &all->row[chain[n - 1]];
                        FOUND(r, "subject.cycle", SEV_ERROR, last->line, hint_cycle, "事项“%.*s”的上级又回到它自己",
                              "The parents of subject \"%.*s\" lead back to itself", STR_ARG(last->code));
                        last->up = SUBJECT_NONE;
                }
                while (n-- > 0) {
                        struct subject *s = &all->row[chain[n]];
                        s->depth = s->up == SUBJECT_NONE ? 0 : all->row[s->up].depth + 1;
                        state[chain[n]] = SETTLED;
                }
        }
        for (uint32_t i = 0; i < all->n; i++)
                if (all->row[i].up != SUBJECT_NONE)
                        all->row[all->row[i].up].leaf = false;
}

static void check_shared(struct reading *r)
{
        const struct subjects *all = r->out;
        struct map first = { 0 };
        for (uint32_t i = 0; i < all->n; i++) {
                const struct subject *s = &all->row[i];
                for (uint32_t k = 0; k < s->n_keywords; k++) {
                        uint32_t other = map_put(&first, r->arena, s->keywords[k], i);
                        if (other == MAP_NONE || subject_covers(all, other, i) || subject_covers(all, i, other))
                                continue;
                        FOUND(r, "subject.keyword-shared", SEV_WARNING, s->line, hint_shared,
                              "关键词“%.*s”同时属于“%.*s”和“%.*s”",
                              "The keyword \"%.*s\" belongs to both \"%.*s\" and \"%.*s\"", STR_ARG(s->keywords[k]),
                              STR_ARG(all->row[other].code), STR_ARG(s->code));
                }
        }
}

int subjects_read(struct arena *a, struct str text, struct findings *findings, struct subjects *ret)
{
        struct csv t;
        int rc = csv_read(a, STR(SUBJECT_FILE), text, columns, C_COLUMNS, findings, &t);
        if (rc != OK)
                return rc;

        struct subjects out = { .row = arena_array(a, struct subject, t.rows) };
        map_init(&out.by_code, a, t.rows);
        struct reading r = { .arena = a, .findings = findings, .out = &out };
        for (size_t i = 0; i < t.rows; i++)
                read_row(&r, &t, i);
        link_parents(&r);
        settle_depths(&r);
        check_shared(&r);
        *ret = out;
        return OK;
}

uint32_t subject_find(const struct subjects *all, struct str code)
{
        return map_get(&all->by_code, code);
}

uint32_t subject_find_external(const struct subjects *all, struct str external_code)
{
        return map_get(&all->by_external, external_code);
}

bool subject_covers(const struct subjects *all, uint32_t above, uint32_t below)
{
        while (below != SUBJECT_NONE && below != above)
                below = all->row[below].up;
        return below == above && below != SUBJECT_NONE;
}

const char *subject_level_name(enum subject_level level)
{
        return level_names[level];
}

const char *subject_publicity_name(enum subject_publicity publicity)
{
        return publicity_names[publicity];
}

/* ---- writing ---- */

static bool column_of(struct arena *a, struct str head, const char *name, size_t *ret)
{
        struct str cell;
        for (size_t k = 0; csv_span(head, k, &cell); k++)
                if (str_is(csv_plain(a, cell), name)) {
                        *ret = k;
                        return true;
                }
        return false;
}

static struct str with_words(struct arena *a, struct str cell, const struct str *word, size_t n)
{
        struct str all = csv_plain(a, cell);
        for (size_t i = 0; i < n; i++)
                all = str_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(all), all.n ? ";" : "", STR_ARG(word[i]));
        return all;
}

int subject_taught(struct arena *a, struct str text, struct str code, const struct str *word, size_t n, struct str *ret)
{
        BUF_AUTO out = BUF(text.n + (size_t)CSV_CELL_MAX * 2);
        struct str head = csv_record(text, 0), cell;
        size_t code_at, words_at;
        if (!column_of(a, head, columns[C_CODE].name, &code_at) || !column_of(a, head, columns[C_KEYWORDS].name, &words_at))
                return ERR_NONE;
        for (size_t at = head.n; at < text.n;) {
                struct str record = csv_record(text, at);
                at += record.n;
                if (!csv_span(record, code_at, &cell) || !str_eq(csv_plain(a, cell), code) || !csv_span(record, words_at, &cell))
                        continue;
                buf_str(&out, (struct str){ text.p, (size_t)(cell.p - text.p) });
                csv_cell(&out, with_words(a, cell, word, n));
                buf_str(&out, (struct str){ cell.p + cell.n, (size_t)(text.p + text.n - (cell.p + cell.n)) });
                *ret = str_dup(a, buf_view(&out));
                return OK;
        }
        return ERR_NONE;
}

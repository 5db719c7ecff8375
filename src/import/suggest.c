#include "import/suggest.h"
#include "base/json.h"
#include "base/map.h"
#include "import/inner/head.h"

#define ROWS_LOOKED_AT 15
#define ROWS_DEEP 3
#define VALUES_SHOWN 12

struct guess {
        struct mapping m;
        struct head head;
        int score;
};

/* A mapping that takes every field from its usual heads. */
static void usual(struct arena *a, enum import_kind kind, bool layer, struct mapping *m)
{
        *m = (struct mapping){ .target = &import_targets[kind], .file = STR("-"), .sheet = STR("") };
        for (size_t i = 0; i < m->target->n; i++) {
                const struct import_field *f = &m->target->field[i];
                struct mapped_column *c = &m->column[m->n++];
                struct str heads = str_of(f->heads), one;
                *c = (struct mapped_column){ .field = f, .optional = true };
                c->from[c->n_from++] = str_of(f->name);
                if (layer && f->type == FIELD_DEGREES)
                        c->from[c->n_from++] = str_printf(a, "@%s", f->name);
                while (str_split(&heads, ' ', &one) && c->n_from < MAPPING_HEADS_MAX)
                        if (one.n)
                                c->from[c->n_from++] = one;
        }
}

static bool takes_column(const struct head *h, size_t before, size_t at)
{
        for (size_t i = 0; i < before; i++)
                if (h->at[i] == at)
                        return true;
        return false;
}

/* A field found counts, a needed one more, one that is lacking counts against. A column serves one field. */
static int score(struct guess *g, bool layer)
{
        int n = 0;
        for (size_t i = 0; i < g->m.n; i++) {
                const struct import_field *f = g->m.column[i].field;
                if (g->head.at[i] != COLUMN_NONE && takes_column(&g->head, i, g->head.at[i]))
                        g->head.at[i] = COLUMN_NONE;
                if (f->type == FIELD_SHAPE)
                        n += layer ? 3 : -20;
                else if (g->head.at[i] != COLUMN_NONE)
                        n += f->needed ? 3 : 1;
                else if (f->needed)
                        n -= f->words ? 1 : 2; /* a value of a closed list is often the same in all rows, and in no column */
        }
        return n;
}

static void guess_kind(struct arena *a, const struct sheet *s, bool layer, enum import_kind kind, struct guess *best)
{
        struct guess now;
        usual(a, kind, layer, &now.m);
        for (size_t rows = 1; rows <= ROWS_DEEP; rows++) /* of equal guesses the plainest head */
                for (size_t row = 0; row + rows <= s->rows && row < ROWS_LOOKED_AT; row++) {
                        head_try(a, &now.m, s, row, rows, &now.head);
                        now.score = score(&now, layer);
                        if (now.score > best->score)
                                *best = now;
                }
}

/* ---- the draft ---------------------------------------------------------------------------------------------------- */

/* In double quotes, as JSON has them: what a head holds never reads as YAML of its own. */
static void quoted(struct buf *out, struct str s)
{
        struct json j = json_to(out);
        json_str(&j, s);
}

/* One line of a comment. */
static void plain(struct arena *a, struct buf *out, struct str s)
{
        struct str line = cell_line(a, s);
        buf_str(out, (struct str){ line.p, utf8_prefix(line, 24) });
}

static bool knows(struct arena *a, const struct import_field *f, struct str key)
{
        for (const struct import_word *w = f->words; w->said; w++)
                if (str_eq(key, cell_key(a, str_of(w->said))) || str_is(key, w->means))
                        return true;
        return key.n == 0;
}

static void unknown_values(struct arena *a, const struct guess *g, const struct sheet *s, size_t column, struct buf *out)
{
        struct map seen;
        int n = 0;
        map_init(&seen, a, 64);
        for (size_t r = g->head.row + g->head.rows; r < s->rows && n < VALUES_SHOWN; r++) {
                struct str text = sheet_at(s, r, g->head.at[column])->text, key = cell_key(a, text);
                if (knows(a, g->m.column[column].field, key) || map_put(&seen, a, key, 0) != MAP_NONE)
                        continue;
                buf_puts(out, n++ ? "、" : "  # 不认识的取值，写入 values（values that nobody knows yet）：");
                plain(a, out, text);
        }
        if (n)
                buf_char(out, '\n');
}

static void choices(const struct import_field *f, struct buf *out)
{
        const char *last = "";
        buf_puts(out, "：");
        for (const struct import_word *w = f->words; w && w->said; w++) {
                if (strcmp(w->means, last) != 0)
                        buf_printf(out, " %s", w->means);
                last = w->means;
        }
}

static void draft_column(struct arena *a, const struct guess *g, const struct sheet *s, size_t i, struct buf *out)
{
        const struct import_field *f = g->m.column[i].field;
        if (g->head.at[i] != COLUMN_NONE) {
                if (f->type == FIELD_WORD)
                        unknown_values(a, g, s, i, out);
                buf_printf(out, "  %s: ", f->name);
                quoted(out, head_text(a, s, g->head.row, g->head.rows, g->head.at[i]));
                buf_char(out, '\n');
        } else if (f->needed && f->type != FIELD_SHAPE) {
                buf_puts(out, "  # 必填，表中没有找到（needed, not found in the table）");
                if (f->words)
                        choices(f, out);
                buf_printf(out, "\n  %s: {value: \"\"}\n", f->name);
        }
}

static void unused(struct arena *a, const struct guess *g, const struct sheet *s, struct buf *out)
{
        int n = 0;
        for (size_t c = 0; c < s->columns; c++) {
                struct str head = head_text(a, s, g->head.row, g->head.rows, c);
                if (head.n == 0 || takes_column(&g->head, g->m.n, c))
                        continue;
                buf_puts(out, n++ ? "、" : "# 没有用到的列（columns not used）：");
                plain(a, out, head);
        }
        if (n)
                buf_char(out, '\n');
}

static void draft(struct arena *a, const struct guess *g, const struct sheet *s, bool layer, struct buf *out)
{
        bool degrees = layer;
        buf_puts(out, "# 由 linli import --suggest 起草，逐行核对后再用。Drafted by linli import --suggest: look at each line before it is used.\n");
        buf_printf(out, "kind: %s\n", g->m.target->kind);
        if (s->names_n > 1) {
                buf_puts(out, "sheet: ");
                quoted(out, s->name);
                buf_char(out, '\n');
        }
        buf_printf(out, "head: {row: %d, rows: %zu}\n", (int)s->line[g->head.row], g->head.rows);
        for (size_t i = 0; i < g->m.n; i++)
                degrees = degrees || (g->head.at[i] != COLUMN_NONE && g->m.column[i].field->type == FIELD_DEGREES);
        if (degrees)
                buf_printf(out, "# 坐标系从不猜测：wgs84、cgcs2000、gcj02、bd09（never guessed）\ncoordinates: %s\n", layer ? "file" : "\"\"");
        if (g->m.target->of_persons)
                buf_puts(out, "# 人员名单：依据和保存期限（a list of persons: on what basis, and until when）\nbasis: \"\"\nexpires: \"\"\n");
        buf_puts(out, "columns:\n");
        for (size_t i = 0; i < g->m.n; i++)
                draft_column(a, g, s, i, out);
        unused(a, g, s, out);
}

int import_suggest(struct arena *a, const struct sheet *s, bool layer, struct findings *f, struct buf *out)
{
        struct guess *best = arena_new(a, struct guess);
        if (head_refuse_register(a, s, STR("-"), f) != OK)
                return ERR_BAD;
        for (int k = 0; k < IMPORT_KINDS; k++)
                guess_kind(a, s, layer, (enum import_kind)k, best);
        if (best->score > 0) {
                draft(a, best, s, layer, out);
                return OK;
        }
        finding_add(f, "import.kind", SEV_ERROR, STR("-"), 0, (struct say){ "照 docs/import.md 自己写一份映射", "Write a mapping by hand, as docs/import.md shows" }, "看不出这是哪一类表",
                    "It is not plain which kind of table this is");
        return ERR_NONE;
}

#include "import/inner/head.h"

#define HEAD_LOOKED_AT 30 /* rows from the top */
#define HEAD_ROWS_MAX 3

static const struct say hint_head = { "核对映射中的表头，或用 head: {row: 行号, rows: 行数} 写明表头在哪里", "Compare the heads in the mapping, or say where the head stands: head: {row: NUMBER, rows: NUMBER}" };

struct str head_text(struct arena *a, const struct sheet *s, size_t row, size_t rows, size_t column)
{
        struct str all = STR(""), last = STR("");
        for (size_t r = row; r < row + rows && r < s->rows; r++) {
                struct str text = cell_line(a, sheet_at(s, r, column)->text);
                if (text.n == 0 || str_eq(text, last))
                        continue;
                all = all.n ? str_printf(a, STR_FMT "/" STR_FMT, STR_ARG(all), STR_ARG(text)) : text;
                last = text;
        }
        return all;
}

static struct str last_part(struct str s)
{
        for (size_t i = s.n; i > 0; i--)
                if (s.p[i - 1] == '/')
                        return (struct str){ s.p + i, s.n - i };
        return s;
}

/* "=C": by the letter. */
static size_t by_letter(struct arena *a, const struct sheet *s, struct str want)
{
        for (size_t c = 0; want.n > 1 && want.p[0] == '=' && c < s->columns; c++)
                if (str_eq(sheet_column_name(a, c), (struct str){ want.p + 1, want.n - 1 }))
                        return c;
        return COLUMN_NONE;
}

/* How many columns have the head @want, the whole path before its last part alone; *ret is the first. */
static size_t columns_with(struct arena *a, const struct str *keys, size_t n, struct str want, size_t *ret)
{
        struct str key = cell_key(a, want);
        size_t whole = 0, part = 0, first_part = COLUMN_NONE;
        *ret = COLUMN_NONE;
        for (size_t c = 0; c < n; c++) {
                if (str_eq(keys[c], key) && whole++ == 0)
                        *ret = c;
                if (str_eq(last_part(keys[c]), key) && part++ == 0)
                        first_part = c;
        }
        if (whole == 0)
                *ret = first_part;
        return whole ? whole : part;
}

/* One place where the head may stand: how many mapped columns are there, and is one of them not? */
struct attempt {
        struct head head;
        size_t found;
        bool lacks;
        const struct mapped_column *twice;
};

static void attempt(struct arena *a, const struct mapping *m, const struct sheet *s, size_t row, size_t rows, struct attempt *ret)
{
        struct str *keys = arena_array(a, struct str, s->columns);
        *ret = (struct attempt){ .head = { .row = row, .rows = rows } };
        for (size_t c = 0; c < s->columns; c++)
                keys[c] = cell_key(a, head_text(a, s, row, rows, c));
        for (size_t i = 0; i < m->n; i++) {
                const struct mapped_column *col = &m->column[i];
                size_t at = COLUMN_NONE, many = 0;
                for (size_t k = 0; k < col->n_from && at == COLUMN_NONE; k++) {
                        at = by_letter(a, s, col->from[k]);
                        many = at == COLUMN_NONE ? columns_with(a, keys, s->columns, col->from[k], &at) : 1;
                }
                if (many > 1)
                        ret->twice = col;
                ret->head.at[i] = at;
                ret->head.text[i] = at == COLUMN_NONE ? str_of(col->field->name) : head_text(a, s, row, rows, at);
                ret->found += at != COLUMN_NONE;
                ret->lacks = ret->lacks || (at == COLUMN_NONE && col->n_from > 0 && !col->optional);
        }
}

void head_try(struct arena *a, const struct mapping *m, const struct sheet *s, size_t row, size_t rows, struct head *ret)
{
        struct attempt now;
        attempt(a, m, s, row, rows, &now);
        *ret = now.head;
}

static void tell_missing(const struct mapping *m, const struct attempt *best, const struct sheet *s, struct findings *f)
{
        for (size_t i = 0; i < m->n; i++) {
                const struct mapped_column *c = &m->column[i];
                if (best->head.at[i] == COLUMN_NONE && c->n_from > 0 && !c->optional)
                        finding_add(f, "import.head", SEV_ERROR, m->file, c->line, hint_head, "表中没有表头“%.*s”（%s 要用；最像表头的是第 %d 行）",
                                    "The table has no head \"%.*s\" (needed for %s; row %d looks most like a head)", STR_ARG(c->from[0]), c->field->name,
                                    s->rows ? (int)s->line[best->head.row] : 0);
        }
        if (f->errors == 0)
                finding_add(f, "import.head", SEV_ERROR, m->file, 0, hint_head, "表是空的", "The table is empty");
}

static bool head_tried(const struct mapping *m, const struct sheet *s, size_t row, size_t rows)
{
        if (row + rows > s->rows)
                return false;
        return m->head_row == 0 || (s->line[row] == m->head_row && rows == (size_t)m->head_rows);
}

int head_find(struct arena *a, const struct mapping *m, const struct sheet *s, struct findings *f, struct head *ret)
{
        struct attempt best = { .lacks = true }, now;
        bool tried = false;
        size_t last = m->head_row ? s->rows : s->rows < HEAD_LOOKED_AT ? s->rows : HEAD_LOOKED_AT;
        for (size_t i = 0; i < m->n; i++)
                best.head.at[i] = COLUMN_NONE;
        for (size_t row = 0; row < last && best.lacks; row++)
                for (size_t rows = 1; rows <= (m->head_row ? 5 : HEAD_ROWS_MAX) && best.lacks; rows++) {
                        if (!head_tried(m, s, row, rows))
                                continue;
                        attempt(a, m, s, row, rows, &now);
                        if (!tried || !now.lacks || now.found > best.found)
                                best = now;
                        tried = true;
                }
        if (!tried || best.lacks) {
                tell_missing(m, &best, s, f);
                return ERR_BAD;
        }
        if (best.twice) {
                finding_add(f, "import.head-twice", SEV_ERROR, m->file, best.twice->line, (struct say){ "写出完整的表头（上级/下级），或按列号写 \"=C\"", "Write the whole head (upper/lower), or the letter of the column: \"=C\"" },
                            "%s 的表头在表中出现不止一次", "The head of %s stands in the table more than once", best.twice->field->name);
                return ERR_BAD;
        }
        *ret = best.head;
        return OK;
}

/* What only a register of residents has: the number of a citizen, or who lives with whom. */
static const char *const of_residents[] = { "身份证", "公民身份", "证件号", "户主", "户号", "家庭成员关系", "idcard", "政治面貌", "宗教信仰" };

int head_refuse_register(struct arena *a, const struct sheet *s, struct str file, struct findings *f)
{
        for (size_t i = 0; i < s->rows && i < 10; i++)
                for (size_t c = 0; c < s->columns; c++) {
                        struct str key = cell_key(a, sheet_at(s, i, c)->text);
                        for (size_t w = 0; w < COUNT(of_residents) && key.n <= 60; w++) {
                                if (str_find(key, str_of(of_residents[w])) < 0)
                                        continue;
                                finding_add(f, "import.register", SEV_ERROR, file, s->line[i],
                                            (struct say){ "本系统不建居民总台账。只需要其中一部分时，先删去这一列（身份证号、户主等），再导入需要的内容",
                                                          "There is no register of residents here. If a part of it is needed, delete this column first, then import that part" },
                                            "“%.*s”是居民台账的列，整个文件不导入", "\"%.*s\" is a column of a register of residents; nothing of the file is imported", STR_ARG(key));
                                return ERR_BAD;
                        }
                }
        return OK;
}

/* ---- rows that are none ------------------------------------------------------------------------------------------- */

static bool begins_with_total(struct arena *a, const struct mapping *m, struct str key)
{
        static const char *const totals[] = { "合计", "小计", "总计" };
        for (size_t i = 0; i < COUNT(totals); i++)
                if (str_starts(key, str_of(totals[i])))
                        return true;
        for (size_t i = 0; i < m->n_skip; i++)
                if (str_starts(key, cell_key(a, m->skip[i])))
                        return true;
        return false;
}

bool head_no_row(struct arena *a, const struct mapping *m, const struct sheet *s, const struct head *head, size_t row)
{
        size_t filled = 0, mapped = 0, like_head = 0;
        bool first = true;
        for (size_t c = 0; c < s->columns; c++) {
                struct str key = cell_key(a, sheet_at(s, row, c)->text);
                if (key.n && first && begins_with_total(a, m, key))
                        return true;
                first = first && key.n == 0;
        }
        for (size_t i = 0; i < m->n; i++) {
                if (head->at[i] == COLUMN_NONE)
                        continue;
                struct str key = cell_key(a, sheet_at(s, row, head->at[i])->text);
                struct str said = cell_key(a, sheet_at(s, head->row, head->at[i])->text);
                mapped++;
                filled += key.n > 0;
                like_head += key.n > 0 && str_eq(key, said);
        }
        return filled == 0 || (mapped > 1 && like_head * 2 > mapped && like_head == filled);
}

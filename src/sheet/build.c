#include "sheet/inner/build.h"

static bool blank(struct str s)
{
        for (size_t i = 0; i < s.n; i++)
                if (!strchr(" \t\r\n", s.p[i]))
                        return false;
        return true;
}

static void grow(struct builder *b)
{
        size_t cap = b->cap ? b->cap * 2 : 1024;
        struct built *item = arena_raw(b->a, cap * sizeof(*item));
        if (b->n)
                memcpy(item, b->item, b->n * sizeof(*item));
        b->item = item;
        b->cap = cap;
}

static int new_row(struct builder *b, int32_t row)
{
        if (row < b->last)
                return err_set(b->err, ERR_BAD, "FILE", "表格内部的行号不是递增的（第 %d 行之后是第 %d 行），文件可能已损坏",
                               "The rows inside the file do not rise (row %d is followed by row %d); it may be damaged", (int)b->last, (int)row);
        if (b->rows == SHEET_ROWS_MAX)
                return err_set(b->err, ERR_TOO_BIG, "FILE", "超过 %d 行，请拆成几个文件", "More than %d rows; split the file", SHEET_ROWS_MAX);
        b->rows++;
        b->last = row;
        return OK;
}

int build_cell(struct builder *b, int32_t row, int32_t column, struct cell cell)
{
        if (blank(cell.text))
                return OK;
        if (column < 0 || column >= SHEET_COLUMNS_MAX)
                return err_set(b->err, ERR_TOO_BIG, "FILE", "第 %d 行超过 %d 列", "Row %d has more than %d columns", (int)row, SHEET_COLUMNS_MAX);
        if (cell.text.n > SHEET_CELL_BYTES)
                return err_set(b->err, ERR_TOO_BIG, "FILE", "第 %d 行第 %d 列的内容超过 %d 字节", "Row %d, column %d holds more than %d bytes",
                               (int)row, (int)column + 1, SHEET_CELL_BYTES);
        int rc = row == b->last ? OK : new_row(b, row);
        if (rc != OK)
                return rc;
        if (b->n == SHEET_CELLS_MAX)
                return err_set(b->err, ERR_TOO_BIG, "FILE", "超过 %d 格，请拆成几个文件", "More than %d cells; split the file", SHEET_CELLS_MAX);
        if (b->n == b->cap)
                grow(b);
        b->item[b->n++] = (struct built){ row, column, cell };
        b->columns = column >= b->columns ? column + 1 : b->columns;
        return OK;
}

int build_done(const struct builder *b, struct sheet *ret)
{
        size_t width = (size_t)b->columns;
        if (b->rows * width > SHEET_CELLS_MAX)
                return err_set(b->err, ERR_TOO_BIG, "FILE", "%zu 行 × %zu 列，超过 %d 格；请删去空的远端列，或拆成几个文件",
                               "%zu rows of %zu columns are more than %d cells; delete far-off columns, or split the file", b->rows, width, SHEET_CELLS_MAX);
        ret->rows = b->rows;
        ret->columns = width;
        ret->cell = arena_array(b->a, struct cell, b->rows * width);
        ret->line = arena_array(b->a, int32_t, b->rows);
        size_t row = 0;
        for (size_t i = 0; i < b->n; i++) {
                const struct built *x = &b->item[i];
                row += i > 0 && x->row != b->item[i - 1].row;
                ret->line[row] = x->row;
                ret->cell[row * width + (size_t)x->column] = x->cell;
        }
        return OK;
}

/* ---- merged ranges ------------------------------------------------------------------------------------------------ */

/* The first row of the table whose number is at least @line. */
static size_t row_from(const struct sheet *s, int32_t line)
{
        size_t lo = 0, hi = s->rows;
        while (lo < hi) {
                size_t mid = lo + (hi - lo) / 2;
                if (s->line[mid] < line)
                        lo = mid + 1;
                else
                        hi = mid;
        }
        return lo;
}

static size_t carry(struct sheet *s, const struct merge *m)
{
        size_t first = row_from(s, m->row0), done = 0;
        if (first == s->rows || s->line[first] != m->row0 || (size_t)m->column0 >= s->columns)
                return 0; /* its top left is empty */
        struct cell from = *sheet_at(s, first, (size_t)m->column0);
        from.merged = true;
        for (size_t r = first; r < s->rows && s->line[r] <= m->row1; r++)
                for (size_t c = (size_t)m->column0; c <= (size_t)m->column1 && c < s->columns; c++, done++)
                        if (r != first || c != (size_t)m->column0)
                                s->cell[r * s->columns + c] = from;
        return done;
}

int build_merges(struct sheet *s, const struct merge *m, size_t n, struct err *err)
{
        size_t most = 2 * s->rows * s->columns + 1024, done = 0; /* true ranges do not overlap */
        for (size_t i = 0; i < n; i++) {
                done += carry(s, &m[i]);
                if (done > most)
                        return err_set(err, ERR_BAD, "FILE", "合并单元格互相重叠，文件可能已损坏", "Merged ranges overlap; the file may be damaged");
        }
        return OK;
}

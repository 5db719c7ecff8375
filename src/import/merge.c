#include "import/merge.h"
#include <csv.h>
#include "base/csv.h"
#include "base/map.h"

#define TEXT_MAX FOLDER_FILE_BYTES
#define COLUMNS_MAX 64

/* A row of the present file: its bytes, and its cells. */
struct line {
        struct str raw;      /* with its end */
        struct str *cell;
        size_t n;
        const struct import_row *by; /* the row that takes its place, or NULL */
};

struct file {
        struct arena *a;
        struct line *line;   /* line[0] is the head */
        size_t n, cap;
        struct str cell[COLUMNS_MAX];
        size_t width;
        bool open, wide, done;
        const char *end;     /* "\n" or "\r\n" */
        size_t old_columns;  /* of the head as it was */
        struct str column[COLUMNS_MAX]; /* the head, with what is added */
        size_t columns;
};

/* ---- the present file --------------------------------------------------------------------------------------------- */

static void on_cell(void *p, size_t n, void *user)
{
        struct file *f = user;
        if (f->width < COLUMNS_MAX)
                f->cell[f->width++] = str_dup(f->a, str_trim((struct str){ p, n }));
        else
                f->wide = true;
}

static void on_row(int c, void *user)
{
        (void)c;
        struct file *f = user;
        f->done = true;
}

static struct line *new_line(struct file *f)
{
        if (f->n == f->cap) {
                size_t cap = f->cap ? f->cap * 2 : 64;
                struct line *all = arena_raw(f->a, cap * sizeof(*all));
                if (f->n)
                        memcpy(all, f->line, f->n * sizeof(*all));
                f->line = all;
                f->cap = cap;
        }
        f->line[f->n] = (struct line){ 0 };
        return &f->line[f->n++];
}

static void keep_row(struct file *f, struct str raw)
{
        struct line *l = new_line(f);
        l->raw = raw;
        l->n = f->width;
        l->cell = arena_array(f->a, struct str, f->width);
        for (size_t i = 0; i < f->width; i++)
                l->cell[i] = f->cell[i];
        f->width = 0;
        f->done = false;
}

/* The length of the first line, its end included. */
static size_t line_length(struct str s)
{
        size_t n = 0;
        while (n < s.n && s.p[n] != '\n' && s.p[n] != '\r')
                n++;
        n += n + 1 < s.n && s.p[n] == '\r' && s.p[n + 1] == '\n';
        return n + (n < s.n);
}

static bool feed(struct file *f, struct csv_parser *p, struct str text)
{
        const char *from = text.p;
        while (text.n > 0) {
                size_t n = line_length(text);
                if (csv_parse(p, text.p, n, on_cell, on_row, f) != n)
                        return false;
                text = (struct str){ text.p + n, text.n - n };
                if (text.n == 0 && csv_fini(p, on_cell, on_row, f) != 0)
                        return false;
                if (f->done || f->width == 0) { /* a blank line belongs to the row behind it */
                        if (f->width > 0)
                                keep_row(f, (struct str){ from, (size_t)(text.p - from) });
                        from = f->n && f->line[f->n - 1].raw.p == from ? text.p : from;
                }
        }
        return true;
}

static bool read_old(struct file *f, struct str old)
{
        struct csv_parser p;
        if (csv_init(&p, CSV_STRICT | CSV_STRICT_FINI) != 0)
                out_of_memory(sizeof(p));
        bool fine = feed(f, &p, old);
        csv_free(&p);
        return fine && !f->wide && f->n > 0;
}

/* ---- the new one -------------------------------------------------------------------------------------------------- */

static size_t column_of(const struct file *f, const char *name)
{
        for (size_t i = 0; i < f->columns; i++)
                if (str_is(f->column[i], name))
                        return i;
        return SIZE_MAX;
}

static bool is_written(const struct import_rows *rows, size_t field)
{
        for (size_t i = 0; i < rows->n; i++)
                if (rows->row[i].reason == REASON_NONE && rows->row[i].cell[field].n)
                        return true;
        return false;
}

static int head_of(struct file *f, const struct import_rows *rows, bool fresh, struct err *err)
{
        const struct import_target *t = rows->target;
        for (size_t i = 0; !fresh && i < f->line[0].n; i++)
                f->column[f->columns++] = f->line[0].cell[i];
        f->old_columns = f->columns;
        for (size_t i = 0; i < t->n; i++)
                if ((fresh || is_written(rows, i)) && column_of(f, t->field[i].name) == SIZE_MAX && f->columns < COLUMNS_MAX)
                        f->column[f->columns++] = str_of(t->field[i].name);
        for (size_t k = 0; k < t->n_key; k++)
                if (column_of(f, t->field[t->key[k]].name) >= (fresh ? COLUMNS_MAX : f->old_columns))
                        return err_set(err, ERR_BAD, t->file, "现有的 %s 没有列 %s，先用 linli check 核对", "the present %s has no column %s; look at it with linli check", t->file,
                                       t->field[t->key[k]].name);
        return OK;
}

static struct str key_text(struct arena *a, struct str one, struct str two) { return str_printf(a, STR_FMT "\n" STR_FMT, STR_ARG(one), STR_ARG(two)); }

static struct str cell_at(const struct line *l, size_t i) { return i < l->n ? l->cell[i] : STR(""); }

static struct str line_key(const struct file *f, const struct import_target *t, const struct line *l)
{
        size_t one = column_of(f, t->field[t->key[0]].name), two = t->n_key > 1 ? column_of(f, t->field[t->key[1]].name) : SIZE_MAX;
        return key_text(f->a, cell_at(l, one), two == SIZE_MAX ? STR("") : cell_at(l, two));
}

static struct str row_key(const struct file *f, const struct import_target *t, const struct import_row *r)
{
        return key_text(f->a, r->cell[t->key[0]], t->n_key > 1 ? r->cell[t->key[1]] : STR(""));
}

static void write_row(const struct file *f, struct buf *out, const struct str *cell)
{
        for (size_t i = 0; i < f->columns; i++) {
                if (i)
                        buf_char(out, ',');
                csv_cell(out, cell[i]);
        }
        buf_puts(out, f->end);
}

/* The bytes as they were, with room for columns that were added. */
static void write_old(const struct file *f, struct buf *out, const struct line *l)
{
        size_t n = l->raw.n;
        while (n > 0 && (l->raw.p[n - 1] == '\n' || l->raw.p[n - 1] == '\r'))
                n--;
        buf_str(out, (struct str){ l->raw.p, n });
        for (size_t i = f->old_columns; i < f->columns; i++)
                buf_char(out, ',');
        if (n < l->raw.n)
                buf_str(out, (struct str){ l->raw.p + n, l->raw.n - n });
        else
                buf_puts(out, f->end);
}

/* True when something differs from what stood there. */
static bool fill(const struct file *f, const struct import_target *t, const struct line *old, const struct import_row *r, struct str *cell)
{
        bool changed = false;
        for (size_t i = 0; i < f->columns; i++)
                cell[i] = old ? cell_at(old, i) : STR("");
        for (size_t i = 0; i < t->n; i++) {
                size_t at = column_of(f, t->field[i].name);
                if (at == SIZE_MAX || !r->cell[i].p)
                        continue;
                changed = changed || !str_eq(cell[at], r->cell[i]);
                cell[at] = r->cell[i];
        }
        return changed;
}

static void write_head(const struct file *f, struct buf *out, bool fresh)
{
        if (fresh || f->columns > f->old_columns)
                write_row(f, out, f->column);
        else
                buf_str(out, f->line[0].raw);
}

static void write_all(struct file *f, const struct import_rows *rows, bool fresh, struct buf *out, struct import_counts *counts)
{
        struct str cell[COLUMNS_MAX];
        struct map at, written;
        map_init(&at, f->a, rows->n);
        map_init(&written, f->a, rows->n);
        for (size_t i = 0; i < rows->n; i++)
                if (rows->row[i].reason == REASON_NONE)
                        map_put(&at, f->a, row_key(f, rows->target, &rows->row[i]), (uint32_t)i);
        write_head(f, out, fresh);
        for (size_t i = 1; i < f->n; i++) {
                const struct line *l = &f->line[i];
                struct str key = line_key(f, rows->target, l);
                uint32_t by = map_get(&at, key);
                bool changed = by != MAP_NONE && fill(f, rows->target, l, &rows->row[by], cell);
                if (changed)
                        write_row(f, out, cell);
                else
                        write_old(f, out, l);
                if (by != MAP_NONE && map_put(&written, f->a, key, 0) == MAP_NONE)
                        *(changed ? &counts->replaced : &counts->unchanged) += 1;
        }
        for (size_t i = 0; i < rows->n; i++) {
                const struct import_row *r = &rows->row[i];
                if (r->reason != REASON_NONE || map_put(&written, f->a, row_key(f, rows->target, r), 0) != MAP_NONE)
                        continue;
                fill(f, rows->target, NULL, r, cell);
                write_row(f, out, cell);
                counts->added++;
        }
}

int import_merge_csv(struct arena *a, const struct import_rows *rows, struct str old, struct str *ret_text, struct import_counts *counts, struct err *err)
{
        struct file *f = arena_new(a, struct file);
        bool fresh = !old.p || str_trim(old).n == 0;
        BUF_AUTO out = BUF(TEXT_MAX);
        f->a = a;
        f->end = str_find(old, STR("\r\n")) >= 0 ? "\r\n" : "\n";
        *counts = (struct import_counts){ 0 };
        if (!fresh && !read_old(f, old))
                return err_set(err, ERR_BAD, rows->target->file, "现有的 %s 读不通，先用 linli check 核对", "the present %s does not read; look at it with linli check", rows->target->file);
        int rc = head_of(f, rows, fresh, err);
        if (rc != OK)
                return rc;
        write_all(f, rows, fresh, &out, counts);
        if (out.over)
                return err_set(err, ERR_TOO_BIG, rows->target->file, "结果超过 64 MiB", "the result is larger than 64 MiB");
        *ret_text = counts->added + counts->replaced == 0 ? old : str_dup(a, buf_view(&out));
        return OK;
}

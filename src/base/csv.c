#include "base/csv.h"
#include "base/buf.h"
#include <csv.h>
#include <iconv.h>
#include <stdlib.h>
#include "base/err.h"

#define ROWS_MAX 1000000
#define WIDTH_MAX 1024
#define COLUMN_NONE SIZE_MAX

static const struct say hint_quote = { "用 Excel 或 WPS 重新另存为 CSV，引号会自动成对",
                                       "Save it again as CSV from Excel or WPS, which pairs the quotes" };
static const struct say hint_head = { "对照手册中的列名检查第一行",
                                      "Compare the first row with the column names in the manual" };
static const struct say hint_fill = { "补填这一格", "Fill in this cell" };
static const struct say hint_short = { "缩短这一格，或把长文放到别处",
                                       "Shorten the cell, or keep the long text elsewhere" };
static const struct say hint_control = { "删去看不见的字符后重新输入这一格",
                                         "Remove the invisible characters and type the cell again" };
static const struct say hint_width = { "检查这一行是否多了或少了逗号，含逗号的内容要加引号",
                                       "Look for a missing or extra comma; cells with commas need quotes" };
static const struct say hint_rows = { "拆成几个文件夹分别载入", "Split the folder and load the parts" };

/* One pass over the text; the row being read waits in row[]. */
struct reader {
        struct arena *a;
        struct findings *out;
        size_t cell_max; /* bytes */
        struct csv *table;
        const struct csv_column *want;
        size_t *target; /* per column of the file: which column asked for, or COLUMN_NONE */
        size_t width;   /* cells of the head; 0 before it was read */
        struct str row[WIDTH_MAX];
        size_t n;         /* cells of this row, also those past WIDTH_MAX */
        size_t cap;       /* rows the table has room for */
        int32_t row_line; /* where this row began */
        bool row_open;
        bool full; /* past ROWS_MAX */
};

static struct str cell_cut(struct reader *r, struct str s)
{
        if (s.n <= r->cell_max)
                return s;
        finding_add(r->out, "csv.cell-long", SEV_ERROR, r->table->file, r->row_line, hint_short,
                    "第 %zu 列有 %zu 字节，最多 %zu 字节", "Column %zu has %zu bytes; at most %zu are allowed",
                    r->n + 1, s.n, r->cell_max);
        size_t n = r->cell_max;
        while (n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
                n--;
        return (struct str){ s.p, n };
}

static void on_cell(void *p, size_t n, void *user)
{
        struct reader *r = user;
        struct str s = cell_cut(r, str_trim((struct str){ p, n }));
        if (utf8_has_control(s))
                finding_add(r->out, "csv.control", SEV_ERROR, r->table->file, r->row_line, hint_control,
                            "第 %zu 列有控制字符", "Column %zu has a control character", r->n + 1);
        if (r->n < WIDTH_MAX)
                r->row[r->n] = s.n ? str_dup(r->a, s) : STR("");
        r->n++;
}

static size_t wanted_index(const struct reader *r, struct str name)
{
        for (size_t i = 0; i < r->table->columns; i++)
                if (str_is(name, r->want[i].name))
                        return i;
        return COLUMN_NONE;
}

static void head_missing(struct reader *r, int32_t line)
{
        for (size_t i = 0; i < r->table->columns; i++) {
                bool there = false;
                for (size_t c = 0; c < r->width && !there; c++)
                        there = r->target[c] == i;
                if (!there && r->want[i].required)
                        finding_add(r->out, "csv.column-missing", SEV_ERROR, r->table->file, line, hint_head,
                                    "缺少列 %s", "Column %s is missing", r->want[i].name);
        }
}

static bool head_has(const struct reader *r, size_t before, size_t target)
{
        for (size_t c = 0; c < before; c++)
                if (r->target[c] == target)
                        return true;
        return false;
}

static void head_column(struct reader *r, size_t c)
{
        struct str name = r->row[c];
        r->target[c] = wanted_index(r, name);
        if (r->target[c] == COLUMN_NONE && !str_is(name, "note"))
                finding_add(r->out, "csv.column-unknown", SEV_WARNING, r->table->file, r->row_line, hint_head,
                            "不认识的列 %.*s", "Column %.*s is not known", STR_ARG(name));
        if (r->target[c] == COLUMN_NONE || !head_has(r, c, r->target[c]))
                return;
        r->target[c] = COLUMN_NONE;
        finding_add(r->out, "csv.column-twice", SEV_ERROR, r->table->file, r->row_line, hint_head, "列 %.*s 出现了两次",
                    "Column %.*s stands twice", STR_ARG(name));
}

static void head_done(struct reader *r)
{
        r->width = r->n < WIDTH_MAX ? r->n : WIDTH_MAX;
        r->target = arena_array(r->a, size_t, r->width);
        for (size_t c = 0; c < r->width; c++)
                head_column(r, c);
        head_missing(r, r->row_line);
}

static void table_grow(struct reader *r)
{
        struct csv *t = r->table;
        size_t cap = r->cap ? r->cap * 2 : 32;
        struct str *cell = arena_array(r->a, struct str, cap * t->columns);
        int32_t *line = arena_array(r->a, int32_t, cap);
        if (t->rows > 0) {
                memcpy(cell, t->cell, t->rows * t->columns * sizeof *cell);
                memcpy(line, t->line, t->rows * sizeof *line);
        }
        t->cell = cell;
        t->line = line;
        r->cap = cap;
}

static void row_check(struct reader *r, const struct str *cell)
{
        if (r->n != r->width)
                finding_add(r->out, "csv.width", SEV_ERROR, r->table->file, r->row_line, hint_width,
                            "这一行有 %zu 格，表头有 %zu 列", "This row has %zu cells, the head %zu", r->n, r->width);
        for (size_t i = 0; i < r->table->columns; i++)
                if (r->want[i].filled && cell[i].n == 0)
                        finding_add(r->out, "csv.cell-empty", SEV_ERROR, r->table->file, r->row_line, hint_fill,
                                    "%s 不能为空", "%s may not be empty", r->want[i].name);
}

static void row_add(struct reader *r)
{
        struct csv *t = r->table;
        if (t->rows == r->cap)
                table_grow(r);
        struct str *cell = t->cell + t->rows * t->columns;
        for (size_t i = 0; i < t->columns; i++)
                cell[i] = STR("");
        for (size_t c = 0; c < r->n && c < r->width; c++)
                if (r->target[c] != COLUMN_NONE)
                        cell[r->target[c]] = r->row[c];
        t->line[t->rows++] = r->row_line;
        row_check(r, cell);
}

static void on_row(int c, void *user)
{
        (void)c;
        struct reader *r = user;
        r->row_open = false;
        if (r->n == 0)
                return;
        if (r->width == 0)
                head_done(r);
        else if (r->table->rows < ROWS_MAX)
                row_add(r);
        else
                r->full = true;
        r->n = 0;
}

/* The next line with its end ("\n", "\r\n" or "\r"); *rest moves past it. */
static struct str next_line(struct str *rest)
{
        size_t n = 0;
        while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r')
                n++;
        if (n < rest->n && rest->p[n] == '\r' && n + 1 < rest->n && rest->p[n + 1] == '\n')
                n++;
        n += n < rest->n;
        struct str line = { rest->p, n };
        rest->p += n;
        rest->n -= n;
        return line;
}

static bool feed(struct reader *r, struct csv_parser *p, struct str text)
{
        int32_t number = 0;
        while (text.n > 0 && !r->full) {
                struct str line = next_line(&text);
                number++;
                if (!r->row_open) {
                        if (str_trim(line).n == 0)
                                continue;
                        r->row_line = number;
                        r->row_open = true;
                }
                if (csv_parse(p, line.p, line.n, on_cell, on_row, r) != line.n)
                        return false;
        }
        return r->full || csv_fini(p, on_cell, on_row, r) == 0;
}

static void read_all(struct reader *r, struct str text)
{
        struct csv_parser p;
        if (csv_init(&p, CSV_STRICT | CSV_STRICT_FINI) != 0)
                out_of_memory(sizeof p);
        if (!feed(r, &p, text)) {
                if (csv_error(&p) == CSV_ENOMEM)
                        out_of_memory(csv_get_buffer_size(&p));
                finding_add(r->out, "csv.parse", SEV_ERROR, r->table->file, r->row_line, hint_quote,
                            "从这一行起引号不成对", "The quotes do not match from this row on");
                r->table->rows = 0;
        }
        if (r->full)
                finding_add(r->out, "csv.rows", SEV_ERROR, r->table->file, r->row_line, hint_rows, "超过 1,000,000 行",
                            "More than 1,000,000 rows");
        if (r->width == 0)
                head_missing(r, 1);
        csv_free(&p);
}

int csv_read_long(struct arena *a, struct str file, struct str text, const struct csv_column *want, size_t n_columns,
                  size_t cell_max, struct findings *out, struct csv *ret)
{
        if (!utf8_valid(text))
                return ERR_UTF8;
        *ret = (struct csv){ .file = file, .columns = n_columns };
        struct reader *r = arena_new(a, struct reader);
        r->a = a;
        r->out = out;
        r->table = ret;
        r->want = want;
        r->cell_max = cell_max;
        read_all(r, text);
        return OK;
}

int csv_read(struct arena *a, struct str file, struct str text, const struct csv_column *want, size_t n_columns,
             struct findings *out, struct csv *ret)
{
        return csv_read_long(a, file, text, want, n_columns, CSV_CELL_MAX, out, ret);
}

static struct str drop_bom(struct str s)
{
        struct str bom = STR("\xEF\xBB\xBF");
        return str_starts(s, bom) ? (struct str){ s.p + 3, s.n - 3 } : s;
}

/* At most three bytes of UTF-8 come out of two of GB18030, four out of four. */
static int from_gb18030(struct arena *a, struct str s, struct str *ret)
{
        iconv_t to = iconv_open("UTF-8", "GB18030");
        if (to == (iconv_t)-1)
                return ERR_UTF8;
        size_t room = s.n * 2 + 4, in_left = s.n, out_left = room;
        char *out = arena_raw(a, room), *in_at = (char *)(uintptr_t)s.p, *out_at = out;
        size_t bad = iconv(to, &in_at, &in_left, &out_at, &out_left);
        iconv_close(to);
        if (bad == (size_t)-1 || in_left > 0)
                return ERR_UTF8;
        *ret = drop_bom((struct str){ out, room - out_left });
        return OK;
}

int text_utf8(struct arena *a, struct str bytes, struct str *ret_text, const char **ret_encoding)
{
        struct str plain = drop_bom(bytes);
        const char *name = "UTF-8";
        if (!utf8_valid(plain)) {
                name = "GB18030";
                if (plain.n != bytes.n || from_gb18030(a, bytes, &plain) != OK)
                        return ERR_UTF8;
        }
        *ret_text = plain;
        if (ret_encoding)
                *ret_encoding = name;
        return OK;
}

static void doubled(struct buf *out, struct str s)
{
        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] == '"')
                        buf_char(out, '"');
                buf_char(out, s.p[i]);
        }
}

void csv_cell(struct buf *out, struct str s)
{
        bool quoted = false;
        for (size_t i = 0; i < s.n && !quoted; i++)
                quoted = s.p[i] == ',' || s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r';
        if (!quoted) {
                buf_str(out, s);
                return;
        }
        buf_char(out, '"');
        doubled(out, s);
        buf_char(out, '"');
}

void csv_put(struct buf *out, struct str s, bool last)
{
        bool formula = s.n && strchr("=+-@\t\r", s.p[0]);
        buf_puts(out, formula ? "\"'" : "\"");
        doubled(out, s);
        buf_puts(out, last ? "\"\r\n" : "\",");
}

struct str csv_record(struct str text, size_t at)
{
        bool quoted = false;
        size_t i = at;
        while (i < text.n && (quoted || text.p[i] != '\n'))
                quoted = text.p[i++] == '"' ? !quoted : quoted;
        return (struct str){ text.p + at, (i < text.n ? i + 1 : i) - at };
}

bool csv_span(struct str record, size_t k, struct str *ret)
{
        bool quoted = false;
        size_t from = 0, end = record.n;
        while (end > 0 && (record.p[end - 1] == '\n' || record.p[end - 1] == '\r'))
                end--;
        for (size_t i = 0; i <= end; i++) {
                if (i < end && record.p[i] == '"')
                        quoted = !quoted;
                if (i < end && (quoted || record.p[i] != ','))
                        continue;
                *ret = (struct str){ record.p + from, i - from };
                if (k-- == 0)
                        return true;
                from = i + 1;
        }
        return false;
}

struct str csv_plain(struct arena *a, struct str cell)
{
        cell = str_trim(cell);
        if (cell.n < 2 || cell.p[0] != '"' || cell.p[cell.n - 1] != '"')
                return cell;
        char *p = arena_array(a, char, cell.n);
        size_t n = 0;
        for (size_t i = 1; i + 1 < cell.n; i++) {
                p[n++] = cell.p[i];
                i += cell.p[i] == '"' && i + 2 < cell.n && cell.p[i + 1] == '"';
        }
        return str_trim((struct str){ p, n });
}

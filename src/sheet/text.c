/* Text tables: comma, tab or semicolon, in the encodings that Excel and WPS write. */
#include <csv.h>
#include <iconv.h>
#include "base/csv.h"
#include "sheet/inner/build.h"

struct reading {
        struct builder b;
        int32_t line;      /* where the row being read began */
        int32_t column;
        bool open;         /* inside a row */
        int rc;
};

static void on_cell(void *p, size_t n, void *user)
{
        struct reading *r = user;
        struct str s = { p, n };
        int32_t column = r->column++;
        if (r->rc != OK || n == 0)
                return;
        if (n <= SHEET_CELL_BYTES)
                s = str_dup(r->b.a, s);
        r->rc = build_cell(&r->b, r->line, column, (struct cell){ .text = s, .kind = CELL_TEXT });
}

static void on_row(int c, void *user)
{
        (void)c;
        struct reading *r = user;
        r->column = 0;
        r->open = false;
}

static struct str next_line(struct str *rest)
{
        size_t n = 0;
        while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r')
                n++;
        if (n + 1 < rest->n && rest->p[n] == '\r' && rest->p[n + 1] == '\n')
                n++;
        n += n < rest->n;
        struct str line = { rest->p, n };
        *rest = (struct str){ rest->p + n, rest->n - n };
        return line;
}

/* What separates the cells: the mark that occurs most in the first line that has any of them outside quotes. */
static unsigned char separator(struct str text)
{
        static const char marks[] = ",\t;";
        while (text.n > 0) {
                size_t count[3] = { 0 };
                bool quoted = false;
                struct str line = next_line(&text);
                for (size_t i = 0; i < line.n; i++) {
                        const char *mark = line.p[i] ? strchr(marks, line.p[i]) : NULL;
                        quoted = quoted != (line.p[i] == '"');
                        if (mark && !quoted)
                                count[mark - marks]++;
                }
                size_t best = count[1] > count[0] ? 1 : 0;
                best = count[2] > count[best] ? 2 : best;
                if (count[best] > 0)
                        return (unsigned char)marks[best];
        }
        return ',';
}

static int feed(struct reading *r, struct csv_parser *p, struct str text)
{
        int32_t number = 0;
        while (text.n > 0 && r->rc == OK) {
                struct str line = next_line(&text);
                number++;
                if (!r->open && str_trim(line).n == 0)
                        continue;
                if (!r->open)
                        r->line = number;
                r->open = true;
                if (csv_parse(p, line.p, line.n, on_cell, on_row, r) != line.n)
                        return ERR_BAD;
        }
        return r->rc == OK && csv_fini(p, on_cell, on_row, r) != 0 ? ERR_BAD : r->rc;
}

static int read_rows(struct arena *a, struct str text, struct sheet *ret, struct err *err)
{
        struct reading r = { .b = { .a = a, .err = err } };
        struct csv_parser p;
        if (csv_init(&p, CSV_STRICT | CSV_STRICT_FINI) != 0)
                out_of_memory(sizeof(p));
        csv_set_delim(&p, separator(text));
        int rc = feed(&r, &p, text);
        if (rc != OK && csv_error(&p) == CSV_ENOMEM)
                out_of_memory(csv_get_buffer_size(&p));
        csv_free(&p);
        if (r.rc != OK) /* what a cell said comes before what the quotes say */
                return r.rc;
        if (rc != OK)
                return err_set(err, ERR_BAD, "FILE", "从第 %d 行起引号不成对；用 Excel 或 WPS 重新另存一次", "The quotes do not match from row %d on; save it again from Excel or WPS",
                               (int)r.line);
        return build_done(&r.b, ret);
}

/* "Unicode text" of Excel: UTF-16 behind its byte order mark. */
static int from_utf16(struct arena *a, struct str bytes, const char *order, struct str *ret)
{
        iconv_t to = iconv_open("UTF-8", order);
        if (to == (iconv_t)-1)
                return ERR_UTF8;
        size_t room = bytes.n * 2 + 4, in_left = bytes.n - 2, out_left = room;
        char *out = arena_raw(a, room), *in_at = (char *)(uintptr_t)bytes.p + 2, *out_at = out;
        size_t bad = iconv(to, &in_at, &in_left, &out_at, &out_left);
        iconv_close(to);
        *ret = (struct str){ out, room - out_left };
        return bad == (size_t)-1 || in_left > 0 ? ERR_UTF8 : OK;
}

static int decode(struct arena *a, struct str bytes, struct str *ret, const char **ret_encoding)
{
        bool little = str_starts(bytes, STR("\xFF\xFE"));
        if (!little && !str_starts(bytes, STR("\xFE\xFF")))
                return text_utf8(a, bytes, ret, ret_encoding);
        *ret_encoding = "UTF-16";
        return from_utf16(a, bytes, little ? "UTF-16LE" : "UTF-16BE", ret);
}

int read_text(struct arena *a, struct str bytes, struct sheet *ret, struct err *err)
{
        struct str text = STR("");
        ret->format = "csv";
        if (decode(a, bytes, &text, &ret->encoding) != OK)
                return err_set(err, ERR_UTF8, "FILE", "不是 XLSX，也不是 UTF-8、GB18030 或 UTF-16 的文本", "Neither XLSX nor text in UTF-8, GB18030 or UTF-16");
        if (text.n && memchr(text.p, 0, text.n))
                return err_set(err, ERR_TYPE, "FILE", "不是表格文件：请另存为 .xlsx 或 CSV", "Not a table: save it as .xlsx or CSV");
        return read_rows(a, text, ret, err);
}

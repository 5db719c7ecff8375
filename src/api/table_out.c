#include "api/table_out.h"
#include <fcntl.h>
#include <iconv.h>
#include <stdio.h>
#include <unistd.h>
#include <xlsxwriter.h>
#include "api/house.h"
#include "base/csv.h"

const char *const table_formats[] = { "csv", "csv-gb18030", "xlsx", NULL };

#define TABLE_BYTES_MAX ((size_t)8 << 20)

void table_begin(struct table_out *t, struct arena *a, const char *name, const char *const *head)
{
        *t = (struct table_out){ .a = a, .name = name };
        while (head[t->columns] && t->columns < TABLE_COLUMNS_MAX) {
                t->head[t->columns] = head[t->columns];
                t->columns++;
        }
}

struct cell_out *table_row(struct table_out *t)
{
        if (t->rows == TABLE_ROWS_MAX)
                return NULL;
        if (t->rows == t->room) {
                size_t room = t->room ? 2 * t->room : 64;
                struct cell_out *more = arena_array(t->a, struct cell_out, room * t->columns);
                if (t->rows)
                        memcpy(more, t->cell, t->rows * t->columns * sizeof(*more));
                t->cell = more;
                t->room = room;
        }
        return &t->cell[t->rows++ * t->columns];
}

struct cell_out cell_share(int64_t numerator, int64_t denominator)
{
        if (denominator <= 0)
                return (struct cell_out){ 0 };
        return (struct cell_out){ .kind = CELL_OUT_SHARE, .share = (double)numerator / (double)denominator };
}

/* ---- CSV ---------------------------------------------------------------------------------------------------------------- */

static void cell_csv(struct buf *out, const struct cell_out *c, bool last)
{
        char text[32] = "";
        if (c->kind == CELL_OUT_TEXT) {
                csv_put(out, c->text, last);
                return;
        }
        if (c->kind == CELL_OUT_INT)
                snprintf(text, sizeof(text), "%lld", (long long)c->n);
        else if (c->kind == CELL_OUT_SHARE)
                snprintf(text, sizeof(text), "%.4f", c->share);
        csv_put(out, str_of(text), last);
}

static void as_csv(struct buf *out, const struct table_out *t)
{
        for (size_t k = 0; k < t->columns; k++)
                csv_put(out, str_of(t->head[k]), k + 1 == t->columns);
        for (size_t i = 0; i < t->rows; i++)
                for (size_t k = 0; k < t->columns; k++)
                        cell_csv(out, &t->cell[i * t->columns + k], k + 1 == t->columns);
}

/* What old spreadsheets of offices open without asking. GB18030 has every character, so nothing can be lost. */
static int to_gb18030(struct request *req, struct str text)
{
        iconv_t to = iconv_open("GB18030", "UTF-8");
        if (to == (iconv_t)-1)
                return ERR_INTERNAL;
        size_t room = text.n * 2 + 16, in_left = text.n, out_left = room;
        char *out = arena_raw(req->ctx.arena, room), *in_at = (char *)(uintptr_t)text.p, *out_at = out;
        size_t bad = iconv(to, &in_at, &in_left, &out_at, &out_left);
        iconv_close(to);
        if (bad == (size_t)-1)
                return ERR_UTF8;
        buf_str(&req->out.body, (struct str){ out, room - out_left });
        return OK;
}

/* ---- XLSX --------------------------------------------------------------------------------------------------------------- */

static void fill_sheet(struct arena *a, lxw_workbook *book, lxw_worksheet *sheet, const struct table_out *t)
{
        lxw_format *bold = workbook_add_format(book), *share = workbook_add_format(book);
        format_set_bold(bold);
        format_set_num_format(share, "0.0%");
        worksheet_freeze_panes(sheet, 1, 0);
        worksheet_set_column(sheet, 0, 0, 24, NULL);
        for (size_t k = 0; k < t->columns; k++)
                worksheet_write_string(sheet, 0, (lxw_col_t)k, t->head[k], bold);
        for (size_t i = 0; i < t->rows * t->columns; i++) {
                const struct cell_out *c = &t->cell[i];
                lxw_row_t row = (lxw_row_t)(i / t->columns + 1);
                lxw_col_t col = (lxw_col_t)(i % t->columns);
                if (c->kind == CELL_OUT_TEXT)
                        worksheet_write_string(sheet, row, col, str_c(a, c->text), NULL);
                else if (c->kind == CELL_OUT_INT)
                        worksheet_write_number(sheet, row, col, (double)c->n, NULL);
                else if (c->kind == CELL_OUT_SHARE)
                        worksheet_write_number(sheet, row, col, c->share, share);
        }
}

/* The library writes to a path; the draft has none in the tree, but one here. */
static int as_xlsx(struct request *req, const struct table_out *t)
{
        struct file_draft draft = { 0 };
        char path[40];
        int rc = file_begin(house_of(req)->store, &draft, &req->err);
        if (rc != OK)
                return rc;
        snprintf(path, sizeof(path), "/proc/self/fd/%d", draft.fd);
        lxw_workbook_options options = { .constant_memory = LXW_FALSE };
        lxw_workbook *book = workbook_new_opt(path, &options);
        lxw_worksheet *sheet = book ? workbook_add_worksheet(book, t->name) : NULL;
        if (sheet)
                fill_sheet(req->ctx.arena, book, sheet, t);
        bool good = book && workbook_close(book) == LXW_NO_ERROR && sheet;
        off_t bytes = good ? lseek(draft.fd, 0, SEEK_END) : 0;
        int fd = good && lseek(draft.fd, 0, SEEK_SET) == 0 ? dup(draft.fd) : -1;
        file_draft_end(&draft);
        if (fd < 0)
                return err_set(&req->err, ERR_IO, "format", "写不了文件", "The file cannot be written");
        request_file(req, fd, bytes);
        return OK;
}

/* ---- the answer --------------------------------------------------------------------------------------------------------- */

int table_answer(struct request *req, const struct table_out *t, enum table_format f)
{
        static const char *const type[] = { "text/csv; charset=utf-8", "text/csv; charset=gb18030", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" };
        BUF_AUTO text = BUF(TABLE_BYTES_MAX);
        int rc = OK;
        req->out.disposition = str_printf(req->ctx.arena, "attachment; filename=\"%s.%s\"", t->name, f == TABLE_XLSX ? "xlsx" : "csv");
        req->out.type = type[f];
        if (f == TABLE_XLSX)
                return as_xlsx(req, t);
        as_csv(&text, t);
        if (f == TABLE_CSV_GB18030)
                return to_gb18030(req, buf_view(&text));
        buf_puts(&req->out.body, CSV_MARK);
        buf_str(&req->out.body, buf_view(&text));
        return rc;
}

#include <csv.h>
#include <sodium.h>
#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/err.h"
#include "people/staff.h"

#define COLUMNS_MAX 1024
#define FILE_BYTES_MAX (size_t)(256 << 20)

/* The file is fed to libcsv byte by byte, so that a cell's callback tells where the cell ended: what counts as a cell
 * is decided by the same parser that later reads the rows, and no phone can hide behind odd quoting. */
struct rewrite {
        struct arena *a;
        struct str bytes;
        size_t at;     /* byte just fed */
        size_t start;  /* where the present cell began */
        size_t copied; /* bytes of the original already in out */
        size_t column; /* of the present cell */
        bool phone[COLUMNS_MAX];
        bool head_done;
        staff_phone_fn *fn;
        void *arg;
        bool opening;
        int rc;
        struct buf out;
};

/* The content of the cell: without blanks around, quotes, and blanks inside quotes. */
static struct str inner_of(const struct rewrite *w)
{
        struct str s = str_trim((struct str){ w->bytes.p + w->start, w->at - w->start });
        if (s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"')
                s = str_trim((struct str){ s.p + 1, s.n - 2 });
        return s;
}

static int token_of(struct rewrite *w, struct str value, struct str *ret)
{
        struct str box;
        int rc = w->fn(w->arg, w->a, value, &box);
        if (rc != OK)
                return rc;
        size_t room = sodium_base64_encoded_len(box.n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        char *text = arena_raw(w->a, room);
        sodium_bin2base64(text, room, (const unsigned char *)box.p, box.n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        *ret = str_printf(w->a, STAFF_SEALED "%s", text);
        return OK;
}

static int open_token(struct arena *a, struct str token, staff_phone_fn *fn, void *arg, struct str *ret)
{
        struct str text = { token.p + sizeof(STAFF_SEALED) - 1, token.n - (sizeof(STAFF_SEALED) - 1) };
        unsigned char *box = arena_raw(a, text.n + 1);
        size_t n;
        if (sodium_base642bin(box, text.n, text.p, text.n, NULL, &n, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) !=
            0)
                return ERR_BAD;
        return fn(arg, a, (struct str){ (const char *)box, n }, ret);
}

/* What was sealed was the content alone: back in the file, its quotes stand twice again. A token brought into a bare cell
 * may not break the row. */
static int as_written(struct rewrite *w, struct str inner, struct str *text)
{
        BUF_AUTO out = BUF(FILE_BYTES_MAX);
        struct str before = { w->bytes.p + w->start, (size_t)(inner.p - w->bytes.p) - w->start };
        bool quoted = str_find(before, STR("\"")) >= 0;
        for (size_t i = 0; i < text->n; i++) {
                if (!quoted && memchr("\",\r\n", text->p[i], 4))
                        return ERR_BAD;
                if (text->p[i] == '"')
                        buf_char(&out, '"');
                buf_char(&out, text->p[i]);
        }
        *text = str_dup(w->a, buf_view(&out));
        return OK;
}

static void replace_cell(struct rewrite *w, struct str value)
{
        bool sealed = str_starts(value, STR(STAFF_SEALED));
        if (value.n == 0 || w->rc != OK || sealed != w->opening)
                return;
        struct str inner = inner_of(w), text;
        w->rc = w->opening ? open_token(w->a, value, w->fn, w->arg, &text) : token_of(w, value, &text);
        if (w->rc == OK && w->opening)
                w->rc = as_written(w, inner, &text);
        if (w->rc != OK)
                return;
        size_t from = (size_t)(inner.p - w->bytes.p);
        buf_add(&w->out, w->bytes.p + w->copied, from - w->copied);
        buf_str(&w->out, text);
        w->copied = from + inner.n;
}

static void on_cell(void *p, size_t n, void *user)
{
        struct rewrite *w = user;
        struct str value = str_trim((struct str){ p, n });
        size_t c = w->column++;
        if (c >= COLUMNS_MAX)
                w->rc = w->rc == OK ? ERR_BAD : w->rc; /* a phone beyond it could not be told */
        else if (!w->head_done)
                w->phone[c] = str_is(value, "phone");
        else if (w->phone[c])
                replace_cell(w, value);
        w->start = w->at + 1;
}

static void on_row(int c, void *user)
{
        (void)c;
        struct rewrite *w = user;
        w->head_done = true;
        w->column = 0;
        w->start = w->at + 1;
}

static int feed(struct rewrite *w, struct csv_parser *p)
{
        bool bom = str_starts(w->bytes, STR("\xEF\xBB\xBF"));
        w->start = bom ? 3 : 0;
        for (w->at = w->start; w->at < w->bytes.n && w->rc == OK; w->at++)
                if (csv_parse(p, w->bytes.p + w->at, 1, on_cell, on_row, w) != 1)
                        return ERR_BAD;
        if (w->rc == OK && csv_fini(p, on_cell, on_row, w) != 0)
                return ERR_BAD;
        return w->rc;
}

static int rewrite_all(struct rewrite *w, struct str *ret)
{
        struct csv_parser p;
        if (csv_init(&p, CSV_STRICT | CSV_STRICT_FINI) != 0)
                return ERR_INTERNAL;
        int rc = feed(w, &p);
        csv_free(&p);
        if (rc != OK)
                return rc;
        if (w->copied == 0) {
                *ret = w->bytes;
                return OK;
        }
        buf_add(&w->out, w->bytes.p + w->copied, w->bytes.n - w->copied);
        if (w->out.over)
                return ERR_TOO_BIG;
        *ret = str_dup(w->a, buf_view(&w->out));
        return OK;
}

static int rewrite(struct arena *a, struct str bytes, staff_phone_fn *fn, void *arg, bool opening, struct str *ret)
{
        struct rewrite *w = arena_new(a, struct rewrite);
        *w = (struct rewrite){
                .a = a, .bytes = bytes, .fn = fn, .arg = arg, .opening = opening, .out = BUF(FILE_BYTES_MAX)
        };
        int rc = rewrite_all(w, ret);
        buf_free(&w->out);
        return rc;
}

int staff_seal_phones(struct arena *a, struct str bytes, staff_phone_fn *seal, void *arg, struct str *ret)
{
        return rewrite(a, bytes, seal, arg, false, ret);
}

int staff_open_phones(struct arena *a, struct str bytes, staff_phone_fn *open, void *arg, struct str *ret)
{
        return rewrite(a, bytes, open, arg, true, ret);
}

int staff_phone(struct arena *a, const struct staff_member *m, staff_phone_fn *open, void *arg, struct str *ret)
{
        if (m->phone.n == 0)
                return ERR_NONE;
        if (str_starts(m->phone, STR(STAFF_SEALED)))
                return open_token(a, m->phone, open, arg, ret);
        *ret = m->phone;
        return OK;
}

/* A table file of any kind: what comes out keeps its promises, and what a cell means can be asked of all of it. */
#include "fuzz.h"
#include "sheet/cell.h"

static void ask(struct arena *a, const struct cell *c)
{
        struct instant at;
        struct str s;
        int64_t n;
        double v;
        bool has_time;
        MUST(c->text.n <= SHEET_CELL_BYTES && utf8_valid(c->text));
        struct str line = cell_line(a, c->text), words = cell_words(a, c->text);
        MUST(utf8_valid(line) && utf8_valid(words) && !utf8_has_control(line) && !utf8_has_control(words));
        MUST(utf8_valid(cell_key(a, c->text)));
        if (cell_instant(a, c, DAY_MDY, &at, &has_time) == CELL_FINE)
                MUST(instant_day(at).n > -30000 && instant_day(at).n < 90000);
        if (cell_phone(a, c, &s) == CELL_FINE)
                MUST(s.n >= 3 && s.n <= 32);
        cell_int(a, c, &n);
        cell_number(a, c, &v);
        text_has_citizen_number(c->text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        ARENA_AUTO a = { 0 };
        struct sheet s;
        struct err err = { 0 };
        int rc = sheet_read(&a, fuzz_bytes(data, n), STR(""), &s, &err);
        MUST(rc == err.code && (rc == OK || (err.zh[0] && err.en[0])));
        if (rc != OK)
                return 0;
        MUST(s.rows <= SHEET_ROWS_MAX && s.columns <= SHEET_COLUMNS_MAX && s.rows * s.columns <= SHEET_CELLS_MAX);
        for (size_t r = 0; r < s.rows; r++) {
                MUST(s.line[r] > (r ? s.line[r - 1] : 0));
                for (size_t c = 0; c < s.columns; c++)
                        ask(&a, sheet_at(&s, r, c));
        }
        return 0;
}

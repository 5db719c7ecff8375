/* A CSV file in any of the three encodings: UTF-8, UTF-8 with BOM, GB18030. */
#include "fuzz.h"

static const struct csv_column column[] = {
        { "code", true, true }, { "name", true, false }, { "note2", false, false }, { "until", false, true }
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        ARENA_AUTO a = { 0 };
        struct findings f = { .arena = &a };
        struct csv t;
        struct str text;
        if (!fuzz_text(&a, fuzz_bytes(data, n), &text))
                return 0;
        MUST(csv_read(&a, STR("x.csv"), text, column, COUNT(column), &f, &t) == OK);
        fuzz_findings(&f);
        for (size_t r = 0; r < t.rows; r++) {
                MUST(t.line[r] > (r ? t.line[r - 1] : 0));
                for (size_t c = 0; c < COUNT(column); c++) {
                        struct str s = csv_at(&t, r, c);
                        MUST(s.n <= CSV_CELL_MAX && utf8_valid(s) && str_trim(s).n == s.n);
                }
        }
        return 0;
}

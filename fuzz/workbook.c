/* The parts of an XLSX file: the first byte says which, the rest is its XML. No archive stands between the bytes and the reader. */
#include "fuzz.h"
#include "sheet/inner/xlsx.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        ARENA_AUTO a = { 0 };
        struct err err = { 0 };
        struct xlsx *x = arena_new(&a, struct xlsx);
        struct part *p = arena_new(&a, struct part);
        struct sheet s = { 0 };
        if (n == 0)
                return 0;
        x->a = &a;
        x->err = &err;
        x->cells = (struct builder){ .a = &a, .err = &err };
        part_begin(p, x, (enum part_kind)(data[0] % PART_KINDS));
        int rc = xml_feed(&p->xml, (const char *)data + 1, n - 1, true);
        part_clear(p);
        MUST(rc == err.code);
        if (rc == OK)
                rc = build_done(&x->cells, &s);
        if (rc == OK)
                rc = build_merges(&s, x->merge, x->n_merges, &err);
        for (size_t i = 0; rc == OK && i < s.rows * s.columns; i++)
                MUST(utf8_valid(s.cell[i].text) && s.cell[i].text.n <= SHEET_CELL_BYTES);
        return 0;
}

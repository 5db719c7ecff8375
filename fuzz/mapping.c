/* A mapping, and a table read through it: the first line that is "---" parts them. */
#include "fuzz.h"
#include "import/merge.h"

static size_t parted(struct str s)
{
        for (size_t i = 0; i + 5 <= s.n; i++)
                if (memcmp(s.p + i, "\n---\n", 5) == 0)
                        return i;
        return s.n;
}

static void judge_rows(const struct import_rows *r)
{
        size_t rejected = 0;
        for (size_t i = 0; i < r->n; i++) {
                rejected += r->row[i].reason != REASON_NONE;
                for (size_t c = 0; c < r->target->n; c++)
                        MUST(utf8_valid(r->row[i].cell[c]) && r->row[i].cell[c].n <= (r->row[i].reason == REASON_NONE ? 65536u : SIZE_MAX));
        }
        MUST(r->accepted + r->rejected == r->n && r->rejected == rejected && (rejected == 0) == (r->n_faults == 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        ARENA_AUTO a = { 0 };
        struct findings f = { .arena = &a };
        struct mapping m;
        struct sheet s;
        struct import_rows rows;
        struct err err = { 0 };
        struct str all = fuzz_bytes(data, n), text, table = { 0 };
        size_t cut = parted(all);
        if (!fuzz_text(&a, (struct str){ all.p, cut }, &text))
                return 0;
        int rc = mapping_read(&a, STR("m.yaml"), text, (struct day){ 20000 }, &f, &m);
        MUST(rc == OK || (rc == ERR_BAD && f.errors > 0));
        fuzz_findings(&f);
        if (cut + 5 <= all.n)
                table = (struct str){ all.p + cut + 5, all.n - cut - 5 };
        if (rc != OK || sheet_read(&a, table, m.sheet, &s, &err) != OK)
                return 0;
        rc = import_read_rows(&a, &m, &s, NULL, NULL, &f, &rows);
        MUST(rc == OK || f.errors > 0);
        if (rc != OK)
                return 0;
        judge_rows(&rows);
        BUF_AUTO out = BUF((size_t)1 << 26);
        import_rejects_csv(&rows, &out);
        MUST(utf8_valid(buf_view(&out)));
        struct import_counts counts, again;
        struct str first, second;
        if (!m.target->file || import_merge_csv(&a, &rows, (struct str){ 0 }, &first, &counts, &err) != OK)
                return 0;
        MUST(counts.replaced == 0 && counts.added <= rows.accepted);
        /* What was written once is not written again. */
        MUST(import_merge_csv(&a, &rows, first, &second, &again, &err) == OK && again.added + again.replaced == 0 && str_eq(first, second));
        return 0;
}

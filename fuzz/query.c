/* The query string of every public route in turn (chosen by the first byte), and a path segment. */
#include "api/routes.h"
#include "fuzz.h"

static const struct field *query_of(uint8_t which)
{
        size_t n_tables;
        const struct route_table *const *table = route_tables(&n_tables);
        const struct field *found[64];
        size_t n = 0;
        for (size_t t = 0; t < n_tables; t++)
                for (size_t i = 0; i < table[t]->n && n < COUNT(found); i++)
                        if (table[t]->route[i].query)
                                found[n++] = table[t]->route[i].query;
        MUST(n > 0);
        return found[which % n];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        ARENA_AUTO a = { 0 };
        struct err err = { 0 };
        struct values v = { 0 };
        struct str plain;
        if (n == 0)
                return 0;
        struct str text = fuzz_bytes(data + 1, n - 1);
        int rc = schema_read_query(query_of(data[0]), text, data[0] >> 7, &a, &v, &err);
        if (rc != OK) {
                MUST(err.code == rc && err.zh[0] && err.en[0]);
                MUST(utf8_valid(str_of(err.zh)) && utf8_valid(str_of(err.en)) && utf8_valid(str_of(err.field)));
        }
        if (percent_decode(&a, text, data[0] & 1, &plain) == OK)
                MUST(plain.n <= text.n && memchr(plain.p, 0, plain.n) == NULL);
        return 0;
}

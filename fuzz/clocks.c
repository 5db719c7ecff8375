/* The clocks of a matter as they stand in its row. */
#include "fuzz.h"
#include "procedure/clocks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        struct clock_set set, again;
        char out[CLOCKS_TEXT_MAX], twice[CLOCKS_TEXT_MAX];
        int rc = clock_set_parse(fuzz_bytes(data, n), &set);
        MUST(rc == OK || rc == ERR_BAD);
        if (rc != OK)
                return 0;
        struct instant next = clock_set_next(&set);
        (void)next;
        size_t written = clock_set_write(&set, out);
        MUST(written <= sizeof out);
        MUST(clock_set_parse((struct str){ out, written }, &again) == OK && again.n == set.n);
        MUST(clock_set_write(&again, twice) == written && memcmp(out, twice, written) == 0);
        return 0;
}

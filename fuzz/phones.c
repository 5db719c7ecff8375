/* Sealing the phones of staff.csv: everything else stays byte for byte, and opening gives the file back. */
#include "fuzz.h"
#include "people/staff.h"

static int turn(void *arg, struct arena *a, struct str in, struct str *ret)
{
        char *out = arena_alloc(a, in.n + 1);
        (void)arg;
        for (size_t i = 0; i < in.n; i++)
                out[i] = (char)(in.p[i] ^ 0x5A);
        *ret = (struct str){ out, in.n };
        return OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        ARENA_AUTO a = { 0 };
        struct str bytes = fuzz_bytes(data, n), sealed, again, opened;
        int rc = staff_seal_phones(&a, bytes, turn, NULL, &sealed);
        MUST(rc == OK || rc == ERR_BAD || rc == ERR_UTF8);
        if (rc != OK)
                return 0;
        MUST(staff_seal_phones(&a, sealed, turn, NULL, &again) == OK && str_eq(sealed, again));
        /* A file that brings tokens of its own cannot come back as it was. */
        if (str_find(bytes, STR(STAFF_SEALED)) < 0) {
                MUST(staff_open_phones(&a, sealed, turn, NULL, &opened) == OK);
                MUST(str_eq(bytes, opened));
        } else {
                staff_open_phones(&a, sealed, turn, NULL, &opened);
        }
        return 0;
}

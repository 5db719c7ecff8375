/* A telephone number as people type it: what is taken is read as itself again, and can be dialled. */
#include "fuzz.h"
#include "base/phone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        ARENA_AUTO a = { 0 };
        struct str got, again;
        int rc = phone_read(&a, fuzz_bytes(data, n), &got);
        MUST(rc == OK || rc == ERR_TYPE);
        if (rc != OK)
                return 0;
        MUST(got.n >= 3 && got.n <= PHONE_DIGITS_MAX + PHONE_EXTENSION_MAX + 4);
        MUST(phone_read(&a, got, &again) == OK && str_eq(got, again));
        return 0;
}

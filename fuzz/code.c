/* A tracking code as people type it. */
#include "fuzz.h"
#include "matter/code.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        struct code code, again;
        unsigned char hash[CODE_HASH_BYTES], other[CODE_HASH_BYTES];
        int rc = code_read(fuzz_bytes(data, n), &code, hash);
        MUST(rc == OK || rc == ERR_BAD);
        if (rc != OK)
                return 0;
        MUST(strlen(code.text) == CODE_CHARS);
        MUST(code_read(str_of(code.text), &again, other) == OK);
        MUST(strcmp(code.text, again.text) == 0 && memcmp(hash, other, sizeof hash) == 0);
        return 0;
}

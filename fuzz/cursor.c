/* A cursor that a client hands back: only what we made ourselves is taken. */
#include "api/cursor.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        static const struct cursor_key key = { "the key of a harness" };
        ARENA_AUTO a = { 0 };
        struct err err = { 0 };
        int64_t value[CURSOR_VALUES_MAX] = { 0 }, back[CURSOR_VALUES_MAX];
        struct str text = fuzz_bytes(data, n);
        for (size_t want = 1; want <= CURSOR_VALUES_MAX; want++) {
                if (cursor_read(&key, 7, "matter.list", text, back, want, &err) == OK)
                        MUST(str_eq(cursor_make(&a, &key, 7, "matter.list", back, want), text));
                else
                        MUST(err.code == ERR_BAD);
        }
        memcpy(value, data, n < sizeof value ? n : sizeof value);
        struct str made = cursor_make(&a, &key, 7, "matter.list", value, CURSOR_VALUES_MAX);
        MUST(cursor_read(&key, 7, "matter.list", made, back, CURSOR_VALUES_MAX, &err) == OK);
        MUST(memcmp(value, back, sizeof value) == 0);
        MUST(cursor_read(&key, 8, "matter.list", made, back, CURSOR_VALUES_MAX, &err) == ERR_BAD);
        MUST(cursor_read(&key, 7, "matter.lists", made, back, CURSOR_VALUES_MAX, &err) == ERR_BAD);
        return 0;
}

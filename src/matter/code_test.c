#include "base/test.h"
#include "matter/code.h"

static struct code sample(uint64_t seed, int64_t ms)
{
        struct chance_seeded chance;
        chance_seed(&chance, seed);
        return code_new((struct instant){ ms * 1000 }, &chance.base);
}

TEST(a_code_reads_back_however_it_is_typed)
{
        struct code c = sample(1, 498000), back;
        unsigned char hash[CODE_HASH_BYTES], again[CODE_HASH_BYTES];
        char typed[64];
        size_t n = 0;
        CHECK_EQ(strlen(c.text), CODE_CHARS);
        CHECK_EQ(code_read(str_of(c.text), &back, hash), OK);
        CHECK_STR(str_of(back.text), c.text);
        for (size_t i = 0; c.text[i]; i++) { /* small letters, blanks for dashes, O for zero */
                char x = c.text[i] == '-' ? ' ' : c.text[i] == '0' ? 'o' : c.text[i];
                typed[n++] = x >= 'A' && x <= 'Z' ? (char)(x - 'A' + 'a') : x;
        }
        CHECK_EQ(code_read((struct str){ typed, n }, &back, again), OK);
        CHECK_EQ(memcmp(hash, again, sizeof(hash)), 0);
}

TEST(one_wrong_letter_is_noticed)
{
        static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        struct code c = sample(7, 498000), back;
        unsigned char hash[CODE_HASH_BYTES];
        int passed = 0, tried = 0;
        for (size_t i = 0; i < CODE_CHARS; i++) {
                for (size_t k = 0; c.text[i] != '-' && letters[k]; k++) {
                        struct code wrong = c;
                        if (letters[k] == c.text[i])
                                continue;
                        wrong.text[i] = letters[k];
                        tried++;
                        passed += code_read(str_of(wrong.text), &back, hash) == OK;
                }
        }
        CHECK_EQ(tried, 20 * 31);
        CHECK(passed <= 20); /* only 0 against Z, at most once a place */
}

TEST(codes_made_together_lie_together)
{
        struct code back;
        unsigned char a[CODE_HASH_BYTES], b[CODE_HASH_BYTES], later[CODE_HASH_BYTES];
        CHECK_EQ(code_read(str_of(sample(1, 498000).text), &back, a), OK);
        CHECK_EQ(code_read(str_of(sample(2, 498005).text), &back, b), OK);
        CHECK_EQ(code_read(str_of(sample(2, 498100).text), &back, later), OK);
        CHECK_EQ(memcmp(a, b, 2), 0);
        CHECK(memcmp(a, b, CODE_HASH_BYTES) != 0);
        CHECK(memcmp(a, later, 2) < 0);
}

TEST(what_is_no_code_is_refused)
{
        static const char *const bad[] = { "", "-", "7K3M", "hello world, this is not", "U000-0000-0000-0000-0000", "0000-0000-0000-0000-00000" };
        struct code back;
        unsigned char hash[CODE_HASH_BYTES];
        for (size_t i = 0; i < COUNT(bad); i++)
                CHECK_EQ(code_read(str_of(bad[i]), &back, hash), ERR_BAD);
}

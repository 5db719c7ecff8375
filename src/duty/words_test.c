#include "duty/inner/words.h"
#include "base/test.h"

/* Words found in a text, joined by '|'. */
static struct str found(struct arena *a, const char *const *word, uint32_t n, const char *text)
{
        struct str *list = arena_array(a, struct str, n);
        for (uint32_t i = 0; i < n; i++)
                list[i] = str_of(word[i]);
        struct words w;
        words_init(&w, a, list, n);
        struct word_hits hits = { 0 };
        words_find(&w, a, str_of(text), &hits);
        struct str out = STR("");
        for (uint32_t i = 0; i < hits.n; i++)
                out = str_printf(a, "%.*s%s%.*s", STR_ARG(out), i ? "|" : "", (int)hits.row[i].n,
                                 text + hits.row[i].at);
        return out;
}

static const char *const words[] = { "消防", "消防通道",    "通道", "通道堵塞", "堵塞", "停水",   "水停了",
                                     "tap",  "street lamp", "ETC",  "",         "h2o",  "𠮷野家", "ＫＴＶ" };

static const struct {
        const char *text, *found;
} row[] = {
        { "消防", "消防" },
        { "消防通道", "消防通道" },              /* the longer word swallows those inside */
        { "消防通道堵塞", "消防通道|通道堵塞" }, /* overlapping words both stand */
        { "停水停了", "停水|水停了" },
        { "停 水", "" },
        { "tap water", "tap" },
        { "Taps drip", "Tap" }, /* a plural */
        { "tape", "" },
        { "untap", "" },
        { "tapss", "" },
        { "水tap坏了", "tap" },
        { "STREET\tLAMP", "STREET\tLAMP" }, /* case and blanks fold */
        { "street  lamp", "" },
        { "高速ＥＴＣ收费", "ＥＴＣ" }, /* full width folds */
        { "ktv噪音", "ktv" },
        { "h2o", "h2o" },
        { "h2o2", "" },
        { "在𠮷野家门口", "𠮷野家" },
        { "", "" },
        { "什么也没有", "" },
        { "停", "" },
        { "停水停水", "停水|停水" },
};

TEST(words_are_found_in_one_pass)
{
        for (size_t i = 0; i < COUNT(row); i++) {
                ARENA_AUTO a = { 0 };
                CHECK_STR(found(&a, words, COUNT(words), row[i].text), row[i].found);
        }
}

TEST(no_words_find_nothing)
{
        ARENA_AUTO a = { 0 };
        CHECK_STR(found(&a, words, 0, "消防通道"), "");
}

/* Beside a plain search over random texts of a tiny alphabet, where words overlap all the time. */
TEST(it_agrees_with_a_plain_search)
{
        static const char *const ab[] = { "甲", "甲乙", "乙甲", "甲乙甲", "乙乙", "乙乙乙甲", "丙", "甲丙乙" };
        static const char *const letter[] = { "甲", "乙", "丙" };
        uint32_t seed = 1;
        for (int round = 0; round < 500; round++) {
                ARENA_AUTO a = { 0 };
                struct str text = STR("");
                for (int i = 0; i < 12; i++) {
                        seed = seed * 1103515245 + 12345;
                        text = str_printf(&a, "%.*s%s", STR_ARG(text), letter[(seed >> 16) % 3]);
                }
                struct str want = STR("");
                size_t end_before = 0;
                for (size_t at = 0; at < text.n; at += 3) {
                        size_t longest = 0;
                        for (size_t k = 0; k < COUNT(ab); k++)
                                if (str_starts((struct str){ text.p + at, text.n - at }, str_of(ab[k])) &&
                                    strlen(ab[k]) > longest)
                                        longest = strlen(ab[k]);
                        if (longest == 0 || at + longest <= end_before)
                                continue;
                        want = str_printf(&a, "%.*s%s%.*s", STR_ARG(want), want.n ? "|" : "", (int)longest,
                                          text.p + at);
                        end_before = at + longest;
                }
                CHECK_STR(found(&a, ab, COUNT(ab), text.p), want.p);
        }
}

TEST(folding_keeps_everything_else)
{
        ARENA_AUTO a = { 0 };
        CHECK_STR(word_fold_text(&a, STR("Ａb　C\n水é𠮷")), "ab c 水é𠮷");
}

/* notices.yaml: the town's own words, proved before anybody relies on them. */
#include "town/inner/sample_test.h"

#define WORDS(kind, title, sms, text)                                                                                              \
        kind ":\n  title: {zh: \"" title "\", en: \"" title "\"}\n  sms: {zh: \"" sms "\", en: \"" sms "\"}\n  text: {zh: \"" text "\", en: \"" text "\"}\n"

static const struct {
        const char *text, *rule;
        int32_t line;
} row[] = {
        { "receipt: [", "yaml.parse", 0 },
        { "- receipt\n", "notice.shape", 1 },
        { "reciept: {}\n", "notice.kind-unknown", 1 },
        { "receipt: {title: {zh: a, en: b}}\n", "notice.shape", 1 },
        { "receipt:\n  title: {zh: a}\n  sms: {zh: a, en: b}\n  text: {zh: a, en: b}\n", "notice.language", 2 },
        { WORDS("receipt", "t", "{subject}", "x"), "notice.slot", 3 },       /* what it is about is in no message */
        { WORDS("answered", "t", "{code}", "x"), "notice.slot", 3 },         /* the code is in the one receipt */
        { WORDS("discreet", "{town}", "s", "x"), "notice.slot", 2 },
        { WORDS("receipt", "t", "s", ""), "notice.text", 4 },
        { WORDS("receipt", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一", "s", "x"),
          "notice.text", 2 },
        { WORDS("receipt", "t", "一二三四五六七八九十一二三四五六七八九十{code}一二三四五六七八九十一二三四五六七八九十{number}", "x"), "notice.sms-long", 3 },
};

TEST(what_is_wrong_with_words_is_found_with_its_line)
{
        for (size_t i = 0; i < COUNT(row); i++) {
                struct sample s;
                sample_open(&s);
                sample_put(&s, "notices.yaml", str_of(row[i].text));
                CHECK_EQ(sample_check(&s), OK);
                const struct finding *f = sample_found(&s, row[i].rule);
                if (!f || (row[i].line && f->line != row[i].line))
                        fail_msg("row %zu: no %s in line %d:%s", i, row[i].rule, (int)row[i].line, sample_list(&s));
                sample_close(&s);
        }
}

TEST(a_towns_words_stand_in_for_the_products_kind_by_kind)
{
        struct sample s;
        sample_open(&s);
        sample_put(&s, "notices.yaml", STR(WORDS("receipt", "t", "{unit} {due}", "x")));
        CHECK_EQ(sample_check(&s), OK);
        CHECK(!sample_found(&s, "notice.slot"));
        CHECK_STR(s.town->notices.kind[NOTICE_RECEIPT].part[NOTICE_SMS][LANG_ZH], "{unit} {due}");
        CHECK(s.town->notices.kind[NOTICE_DATE].part[NOTICE_SMS][LANG_EN].n > 10);
        CHECK_EQ(s.town->quiet.from, 21 * 60);
        CHECK_EQ(s.town->quiet.to, 8 * 60);
        sample_close(&s);
}

TEST(quiet_hours_are_the_towns)
{
        struct sample s;
        sample_open(&s);
        sample_edit(&s, "town.yaml", "{hours: \"21:00-08:00\"", "{hours: \"22:30-07:00\"");
        CHECK_EQ(sample_check(&s), OK);
        CHECK_EQ(s.town->quiet.from, 22 * 60 + 30);
        CHECK_EQ(s.town->quiet.to, 7 * 60);
        sample_close(&s);
        sample_open(&s);
        sample_edit(&s, "town.yaml", "{hours: \"21:00-08:00\"", "{hours: \"late\"");
        CHECK_EQ(sample_check(&s), OK);
        CHECK(sample_found(&s, "town.value") != NULL);
        sample_close(&s);
}

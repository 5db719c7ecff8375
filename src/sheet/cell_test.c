/* sheet/cell_test.c: what a person meant. One row, one sentence. */
#include "base/test.h"
#include "sheet/cell.h"

static struct cell text(const char *s) { return (struct cell){ .text = str_of(s), .kind = CELL_TEXT }; }

TEST(characters_of_full_width_and_blanks_of_every_kind)
{
        ARENA_AUTO a = { 0 };
        CHECK_STR(cell_line(&a, STR("　１２号　楼\xC2\xA0 Ａ座 ")), "12号 楼 A座");
        CHECK_STR(cell_line(&a, STR("甲，乙（丙）")), "甲，乙（丙）"); /* punctuation of a sentence stays */
        CHECK_STR(cell_code(&a, STR(" （０１０）　１２－３ ")), "(010)12-3");
        CHECK_STR(cell_line(&a, STR("a\xE2\x80\x8B\xEF\xBB\xBF" "b\r\n\x07" "c")), "ab c");
        CHECK_STR(cell_words(&a, STR("第一行\r\n第２行 \xE2\x80\xAE")), "第一行\n第２行");
        CHECK_STR(cell_key(&a, STR("＊联系 电话（Tel）：")), "联系电话(tel)");
}

static const struct { const char *text; enum day_order order; const char *want; enum cell_fault fault; } days[] = {
        { "2026-03-05", DAY_YMD, "2026-03-05", CELL_FINE },
        { "2026/3/5", DAY_YMD, "2026-03-05", CELL_FINE },
        { "２０２６．３．５", DAY_YMD, "2026-03-05", CELL_FINE },
        { "2026.3.5", DAY_YMD, "2026-03-05", CELL_FINE },
        { "2026年3月5日", DAY_YMD, "2026-03-05", CELL_FINE },
        { "2026年３月５号 星期四", DAY_YMD, "2026-03-05", CELL_FINE },
        { "20260305", DAY_YMD, "2026-03-05", CELL_FINE },
        { "46086", DAY_YMD, "2026-03-05", CELL_FINE },
        { "2026-03-05 14:30:00", DAY_YMD, "2026-03-05", CELL_FINE },
        { "2026-02-30", DAY_YMD, NULL, CELL_NOT_DAY },
        { "2026年3月", DAY_YMD, NULL, CELL_NOT_DAY },
        { "5/3/2026", DAY_YMD, NULL, CELL_DAY_UNCLEAR },
        { "5/3/2026", DAY_MDY, "2026-05-03", CELL_FINE },
        { "5/3/2026", DAY_DMY, "2026-03-05", CELL_FINE },
        { "26.3.5", DAY_YMD, NULL, CELL_DAY_UNCLEAR },
        { "长期", DAY_YMD, NULL, CELL_NOT_DAY },
        { "2026-03-05起", DAY_YMD, NULL, CELL_NOT_DAY },
        { "", DAY_YMD, NULL, CELL_NOT_DAY },
};

TEST(days_in_the_ways_people_write_them)
{
        for (size_t i = 0; i < COUNT(days); i++) {
                ARENA_AUTO a = { 0 };
                struct cell c = text(days[i].text);
                struct day got;
                char shown[11];
                enum cell_fault fault = cell_day(&a, &c, days[i].order, &got);
                if (fault != days[i].fault)
                        fail_msg("%s: fault %d, not %d", days[i].text, (int)fault, (int)days[i].fault);
                if (fault == CELL_FINE)
                        CHECK_STR(str_of(day_format(got, shown)), days[i].want);
        }
}

static const struct { const char *text, *want; bool has_time; } moments[] = {
        { "2026-03-05 14:30", "2026-03-05T14:30:00+08:00", true },
        { "2026年3月5日14时30分", "2026-03-05T14:30:00+08:00", true },
        { "2026/3/5 下午2:30", "2026-03-05T14:30:00+08:00", true },
        { "2026-03-05T09:05:07+08:00", "2026-03-05T09:05:07+08:00", true },
        { "2026-03-05 12:10 AM", "2026-03-05T00:10:00+08:00", true },
        { "2026-3-5", "2026-03-05T00:00:00+08:00", false },
        { "46086.604166666664", "2026-03-05T14:30:00+08:00", true },
        { "2026-03-05 25:00", NULL, false },
};

TEST(moments)
{
        for (size_t i = 0; i < COUNT(moments); i++) {
                ARENA_AUTO a = { 0 };
                struct cell c = text(moments[i].text);
                struct instant got;
                bool has_time;
                char shown[40];
                enum cell_fault fault = cell_instant(&a, &c, DAY_YMD, &got, &has_time);
                CHECK_EQ(fault, moments[i].want ? CELL_FINE : CELL_NOT_DAY);
                if (fault != CELL_FINE)
                        continue;
                CHECK_STR(str_of(instant_format(got, shown)), moments[i].want);
                CHECK_EQ(has_time, moments[i].has_time);
        }
}

static const struct { const char *text, *want; enum cell_fault fault; } phones[] = {
        { "13800000001", "13800000001", CELL_FINE },
        { "１３８ ００００ ０００１", "13800000001", CELL_FINE },
        { "+86 138-0000-0001", "13800000001", CELL_FINE },
        { "1.3800000001E+10", "13800000001", CELL_FINE },
        { "1.38E+10", NULL, CELL_LOST_DIGITS }, /* eight digits are gone, and zeros would be somebody else's number */
        { "1.4E+10", NULL, CELL_LOST_DIGITS },
        { "010-12345678", "010-12345678", CELL_FINE },
        { "(010)12345678", "010-12345678", CELL_FINE },
        { "12345", "12345", CELL_FINE },
        { "1380000001", NULL, CELL_NOT_PHONE }, /* a digit short */
        { "13800000001/13800000002", NULL, CELL_NOT_PHONE },
        { ")1", NULL, CELL_NOT_PHONE },
        { "1-1-0-1-1-2", NULL, CELL_NOT_PHONE },
        { "无", NULL, CELL_NOT_PHONE },
        { "10800000001", NULL, CELL_NOT_PHONE },
};

TEST(telephone_numbers)
{
        for (size_t i = 0; i < COUNT(phones); i++) {
                ARENA_AUTO a = { 0 };
                struct cell c = text(phones[i].text);
                struct str got = STR("untouched");
                enum cell_fault fault = cell_phone(&a, &c, &got);
                if (fault != phones[i].fault)
                        fail_msg("%s: fault %d, not %d", phones[i].text, (int)fault, (int)phones[i].fault);
                CHECK_STR(got, phones[i].want ? phones[i].want : "untouched");
        }
}

TEST(codes_that_lost_digits_do_not_pass_as_others)
{
        ARENA_AUTO a = { 0 };
        struct cell cut = text("1.10101E+11"), whole = text("1.10101012E+8"), long_number = { .text = STR("110101199001011000"), .kind = CELL_NUMBER, .lossy = true };
        struct str got;
        int64_t n;
        CHECK_EQ(cell_code_text(&a, &cut, &got), CELL_LOST_DIGITS);
        CHECK_EQ(cell_code_text(&a, &whole, &got), CELL_FINE);
        CHECK_STR(got, "110101012");
        CHECK_EQ(cell_code_text(&a, &long_number, &got), CELL_LOST_DIGITS);
        struct cell count = text("３５.0"), no = text("三十五"), error = { .text = STR("#N/A"), .kind = CELL_ERROR };
        CHECK_EQ(cell_int(&a, &count, &n), CELL_FINE);
        CHECK_EQ(n, 35);
        CHECK_EQ(cell_int(&a, &no, &n), CELL_NOT_NUMBER);
        CHECK_EQ(cell_int(&a, &error, &n), CELL_IS_ERROR);
}

TEST(a_citizens_number_is_known_by_its_check_character)
{
        CHECK(text_has_citizen_number(STR("11010119900307123X")) == false);
        CHECK(text_has_citizen_number(STR("证号11010519491231002X。"))); /* the sample of the standard itself */
        CHECK(!text_has_citizen_number(STR("1101051949123100210")));
        CHECK(!text_has_citizen_number(STR("110101012001001")));
        CHECK(!text_has_citizen_number(STR("11010519491331002X")));
}

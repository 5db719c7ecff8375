#include "people/mask.h"
#include "base/test.h"

struct pair {
        const char *in, *want;
};

static void check_all(struct str (*mask)(struct arena *, struct str), const struct pair *row, size_t n)
{
        ARENA_AUTO a = { 0 };
        for (size_t i = 0; i < n; i++) {
                struct str got = mask(&a, str_of(row[i].in));
                if (!str_is(got, row[i].want))
                        fail_msg("'%s' gives '%.*s', want '%s'", row[i].in, STR_ARG(got), row[i].want);
                CHECK(got.p != NULL && utf8_valid(got));
                if (str_trim(str_of(row[i].in)).n > 0)
                        CHECK(!str_is(got, row[i].in) && str_find(got, STR("*")) >= 0);
        }
}

TEST(mask_names)
{
        static const struct pair row[] = {
                { "张三", "张*" },
                { "王小明", "王**" },
                { "欧阳娜娜", "欧***" },
                { "阿依古丽·买买提", "阿***" },
                { "𠮷野家", "𠮷**" },            /* outside the basic plane */
                { "ئالىم", "ئ***" },             /* Uyghur */
                { "\xE2\x80\x8Fئالىم", "ئ***" }, /* a direction mark in front */
                { "བསྟན་འཛིན", "བ***" },           /* Tibetan */
                { "ᠪᠠᠲᠤ", "ᠪ***" },              /* Mongolian */
                { "John Smith", "J***" },
                { "Li", "L*" },
                { "李", "*" },
                { "X", "*" },
                { "E\xCC\x81", "*" }, /* one letter with a combining accent */
                { "👩\xE2\x80\x8D🔬", "👩*" },
                { "👩", "*" },
                { "  张三  ", "张*" },
                { "*", "*" },
                { "", "" },
                { "   ", "" },
        };
        ARENA_AUTO a = { 0 };
        for (size_t i = 0; i < COUNT(row); i++) {
                struct str got = mask_name(&a, str_of(row[i].in));
                if (!str_is(got, row[i].want))
                        fail_msg("'%s' gives '%.*s', want '%s'", row[i].in, STR_ARG(got), row[i].want);
        }
        CHECK_STR(mask_name(&a, STR("\xFF\xFE")), "*");
        CHECK_STR(mask_name(&a, (struct str){ 0 }), "");
}

TEST(mask_phones)
{
        static const struct pair row[] = {
                { "13800001234", "138****1234" },
                { "138 0000 1234", "138****1234" },
                { "+86 138 0000 1234", "138****1234" },
                { "010-62345678", "010****5678" },
                { "１３８００００１２３４", "138****1234" },
                { "62345678", "62****78" },
                { "6234567", "6****67" },
                { "12345", "1***5" },
                { "110", "**0" },
                { "12", "*2" },
                { "1", "*" },
                { "微信 abc", "***" },
                { "4008001234567890123456789", "400********6789" },
        };
        check_all(mask_phone, row, COUNT(row));
        ARENA_AUTO a = { 0 };
        CHECK_STR(mask_phone(&a, STR("")), "");
        CHECK_STR(mask_phone(&a, STR("\xFF")), "***");
}

TEST(mask_addresses)
{
        static const struct pair row[] = {
                { "幸福街道样例社区和平小区3号楼2单元501室", "幸福街道样例社区和平小区***" },
                { "和平小区", "和平***" },
                { "建国路88号院5号楼", "建国路***" },
                { "样例社区三号楼二单元", "样例社区***" },
                { "三里屯样例里甲12号", "三里屯样例里***" },
                { "样例大厦B座1201", "样例大厦***" },
                { "向阳村老槐树旁", "向阳村***" },
                { "Flat 3, 12 Main Street", "Flat***" },
                { "12 Main Street", "***" },
                { "村", "***" },
        };
        check_all(mask_address, row, COUNT(row));
        ARENA_AUTO a = { 0 };
        CHECK_STR(mask_address(&a, STR("")), "");
        struct str far = mask_address(&a, STR("很长很长很长很长很长很长很长很长很长很长很长很长很长很长的地名小区1号"));
        CHECK_EQ(utf8_count(far), 24 + 3);
}

TEST(phones_to_compare)
{
        static const struct pair row[] = {
                { "13800001234", "13800001234" },
                { "+86 138-0000-1234", "13800001234" },
                { "0086 13800001234", "13800001234" },
                { "８６１３８００００１２３４", "13800001234" },
                { "86123456", "86123456" },
                { "010-62345678", "01062345678" },
                { "", "" },
                { "no", "" },
        };
        ARENA_AUTO a = { 0 };
        for (size_t i = 0; i < COUNT(row); i++)
                CHECK_STR(phone_normal(&a, str_of(row[i].in)), row[i].want);
}

/* Which texts speak of the same thing? Each row is a pair that a clerk could judge. */
#include "duty/alike.h"
#include "base/test.h"

static const struct {
        const char *a, *b;
        bool same;
} row[] = {
        { "丽发新城附近建搅拌站噪音扰民", "A2区丽发新城旁边的搅拌站，粉尘噪音影响居民", true },
        { "伊景园滨河苑捆绑销售车位", "投诉伊景园滨河苑车位捆绑销售", true },
        { "小区门口的垃圾没有清运", "小区门口垃圾三天没有清运了", true },
        { "三号楼电梯又坏了", "3号楼的电梯坏了没人修", true },
        { "street lamp out at 12 Elm Road", "the lamp at Elm Road has been out for days", true },
        { "小区门口的垃圾没有清运", "路灯不亮，晚上很黑", false },
        { "丽发新城附近建搅拌站噪音扰民", "月亮岛路架设高压线影响居民生活", false },
        { "请问公积金贷款怎么办理", "消防通道被占用", false },
};

TEST(alike_or_not)
{
        for (size_t i = 0; i < COUNT(row); i++) {
                ARENA_AUTO a = { 0 };
                struct alike_text asked = { STR(""), str_of(row[i].a) }, other = { STR(""), str_of(row[i].b) };
                int32_t percent, back;
                alike_score(&a, &asked, &other, 1, &percent);
                alike_score(&a, &other, &asked, 1, &back);
                CHECK_EQ(percent, back); /* whoever came first */
                if ((percent >= 30) != row[i].same)
                        fail_msg("%s / %s: %d", row[i].a, row[i].b, (int)percent);
        }
}

/* What everybody writes weighs less than the name of a place. */
TEST(alike_in_company)
{
        ARENA_AUTO a = { 0 };
        const struct alike_text asked = { STR("万科城噪音影响居民生活"), STR("万科城工地夜间施工，噪音影响居民生活") };
        const struct alike_text other[] = {
                { STR("万科城工地吵得睡不着"), STR("万科城的工地半夜还在施工") },
                { STR("梅溪湖噪音影响居民生活"), STR("梅溪湖广场舞噪音影响居民生活") },
                { STR("岳麓路噪音影响居民生活"), STR("岳麓路大货车噪音影响居民生活") },
                { STR("南湖噪音影响居民生活"), STR("南湖酒吧噪音影响居民生活") },
                { STR("开福寺噪音影响居民生活"), STR("开福寺喇叭噪音影响居民生活") },
        };
        int32_t alone[COUNT(other)], together[COUNT(other)];
        alike_score(&a, &asked, &other[1], 1, &alone[1]);
        alike_score(&a, &asked, other, COUNT(other), together);
        CHECK(together[1] < alone[1]);
}

TEST(alike_equal_and_empty)
{
        ARENA_AUTO a = { 0 };
        const struct alike_text same = { STR("路灯"), STR("路灯不亮") }, nothing = { STR(""), STR("。") };
        int32_t percent;
        alike_score(&a, &same, &same, 1, &percent);
        CHECK_EQ(percent, 100);
        alike_score(&a, &same, &nothing, 1, &percent);
        CHECK_EQ(percent, 0);
        alike_score(&a, &nothing, &nothing, 1, &percent);
        CHECK_EQ(percent, 0);
}

TEST(alike_what_is_common)
{
        ARENA_AUTO a = { 0 };
        const struct alike_text text[] = {
                { STR("A2区丽发新城附近建搅拌站"), STR("噪音太大") },
                { STR("丽发新城旁的搅拌站扰民"), STR("天天有灰") },
                { STR("搅拌站污染"), STR("我住丽发新城，受不了") },
        };
        struct str found[3];
        CHECK_EQ(alike_common(&a, text, COUNT(text), found, COUNT(found)), 2);
        CHECK_STR(found[0], "丽发新城");
        CHECK_STR(found[1], "搅拌站");
        CHECK_EQ(alike_common(&a, text, COUNT(text), found, 1), 1);
        CHECK_STR(found[0], "丽发新城");
}

/* place/spoken_test.c */
#include "place/spoken.h"
#include "base/test.h"

/* What a clerk would call the same place. */
static const struct { const char *said, *form; } row[] = {
        { "三号灯杆", "3号灯杆" },
        { "３号灯杆", "3号灯杆" },
        { "灯杆 0123", "灯杆123" },
        { "灯杆-0123", "灯杆123" },
        { "LAMP-003", "lamp3" },
        { "lamp 003", "lamp3" },
        { "十字路口", "路口" },
        { "十里堡", "10里堡" },
        { "二十三号", "23号" },
        { "一百零五弄", "105弄" },
        { "二〇三室", "203室" },
        { "幺零幺", "101" },
        { "百万庄", "百万庄" },
        { "二十三十", "2十3十" },
        { "两千零二号", "2002号" },
        { "第三栋", "3栋" },
        { "3号楼", "3栋" },
        { "三幢", "3栋" },
        { "3#楼", "3栋" },
        { "A座", "a栋" },
        { "3#", "3号" },
        { "12-3-401", "12-3-401" },
        { "2单元门口", "2单元口" },
        { "金鼎村村委会", "金鼎村" },
        { "金鼎村村民委员会", "金鼎村" },
        { "馨园社区居民委员会", "馨园社区" },
        { "凯旋居委会", "凯旋社区" },
        { "老供销社，往东；路边。", "老供销社|往东|路边" },
        { "  Old  Mill   Road ", "old mill road" },
        { "No. 12 Mill Road", "12mill road" },
        { "", "" },
        { "，，", "" },
};

TEST(one_form_for_what_means_the_same)
{
        ARENA_AUTO a = { 0 };
        for (size_t i = 0; i < COUNT(row); i++) {
                struct str form = spoken_form(&a, str_of(row[i].said));
                CHECK_STR(form, row[i].form);
                CHECK_STR(spoken_form(&a, form), row[i].form);
        }
}

TEST(a_direction_and_a_distance)
{
        static const struct { const char *said; size_t bytes; enum spoken_side side; int32_t metres, crossings; } from[] = {
                { "往东200米", 13, SIDE_E, 200, 0 }, { "东北侧", 9, SIDE_NE, 0, 0 },       { "以南约50米处", 19 - 2, SIDE_S, 50, 0 },
                { "往西2里", 10, SIDE_W, 1000, 0 },  { "往东2个路口", 16, SIDE_E, 0, 2 }, { "东", 3, SIDE_E, 0, 0 },
                { "灯杆", 0, SIDE_NONE, 0, 0 },      { "north side", 10, SIDE_N, 0, 0 },
        };
        for (size_t i = 0; i < COUNT(from); i++) {
                struct spoken_offset o;
                size_t n = spoken_offset_at(str_of(from[i].said), &o);
                CHECK_EQ(o.side, from[i].side);
                CHECK_EQ(o.metres, from[i].metres);
                CHECK_EQ(o.crossings, from[i].crossings);
                if (from[i].bytes == 0)
                        CHECK_EQ(n, 0);
                else
                        CHECK_EQ(n, strlen(from[i].said));
        }
        struct spoken_offset o;
        CHECK_EQ(spoken_offset_at(STR("对面的店"), &o), 6);
        CHECK(o.opposite);
        CHECK_EQ(spoken_offset_at(STR("往东99999999999米"), &o), 6); /* no such distance: the direction alone */
        CHECK_EQ(o.metres, 0);
}

TEST(what_could_be_learned)
{
        static const struct { const char *said, *name; } from[] = {
                { "就在老供销社旁边，3号灯杆", "老供销社" }, { "老供销社往东第二个路口", "老供销社往东2个路口" }, { "，，歪脖子树", "歪脖子树" },
                { "near the old mill", "old mill" },        { "附近", "附近" },                                  { "", "" },
        };
        ARENA_AUTO a = { 0 };
        for (size_t i = 0; i < COUNT(from); i++)
                CHECK_STR(spoken_name(&a, str_of(from[i].said)), from[i].name);
}

TEST(words_that_point_at_a_person)
{
        static const char *const person[] = { "老张家", "王建国家门口", "三组李四家旁边", "张大爷屋后", "老王师傅修车铺", "户主门前", "13800001234", "138 0000 1234",
                                              "8765-4321", "Mr Smith" };
        static const char *const place[] = { "张家村", "王家庄", "李家湾三组", "国家电网营业厅", "老供销社", "农家书屋", "三号灯杆", "肖家河社区", "大家乐超市",
                                             "全家便利店", "lamp 12", "" };
        ARENA_AUTO a = { 0 };
        for (size_t i = 0; i < COUNT(person); i++)
                if (!spoken_names_person(&a, str_of(person[i])))
                        fail_msg("%s is a person's", person[i]);
        for (size_t i = 0; i < COUNT(place); i++)
                if (spoken_names_person(&a, str_of(place[i])))
                        fail_msg("%s is nobody's", place[i]);
}

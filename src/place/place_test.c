/* place/place_test.c */
#include "place/place.h"
#include "base/err.h"
#include "base/test.h"
#include "place/inner/found_test.h"

#define HEAD "code,parent,kind,name,aliases,households,population\n"
#define TOWN                                                                                                           \
        HEAD "110101000000,,county,示例区,,,\n"                                                                     \
             "110101002000,110101000000,township,示例街道,老街;示例办事处,,\n"                              \
             "110101002001,110101002000,community,第一社区,,1200,3000\n"                                           \
             "110101002001001,110101002001,grid,第一网格,东片,350,900\n"                                         \
             "110101002001001-07,110101002001001,building,7号楼,老邮局,,\n"                                       \
             "110101002001001-07-2,110101002001001-07,unit,2单元,,,\n"

struct town {
        struct arena arena;
        struct findings f;
        struct places ps;
};

static void town_read(struct town *t, const char *text)
{
        *t = (struct town){ 0 };
        t->f.arena = &t->arena;
        CHECK_EQ(places_read(&t->arena, str_of(text), &t->f, &t->ps), OK);
}

static void town_free(struct town *t)
{
        arena_free(&t->arena);
}
#define TOWN_AUTO __attribute__((cleanup(town_free))) struct town

TEST(a_good_tree)
{
        TOWN_AUTO t;
        town_read(&t, TOWN);
        if (t.f.n)
                found_print(&t.f);
        CHECK_EQ(t.f.n, 0);
        CHECK_EQ(t.ps.n, 6);

        const struct place *grid = place_find(&t.ps, STR("110101002001001"));
        CHECK(grid && grid->kind == PLACE_GRID);
        CHECK_EQ(grid->households, 350);
        CHECK_EQ(grid->line, 5);
        CHECK_STR(grid->community, "110101002001");
        CHECK_STR(grid->path, "110101000000/110101002000/110101002001/110101002001001");
        CHECK_STR(t.ps.row[grid->up].code, "110101002001");
        CHECK_EQ(place_find(&t.ps, STR("110101002000"))->households, -1);
        CHECK_STR(place_find(&t.ps, STR("110101002000"))->community, "");
        CHECK(place_find(&t.ps, STR("none")) == NULL);
        CHECK(place_find(&t.ps, STR("")) == NULL);
}

TEST(within)
{
        TOWN_AUTO t;
        town_read(&t, TOWN);
        CHECK(place_within(&t.ps, STR("110101002001001-07-2"), STR("110101000000")));
        CHECK(place_within(&t.ps, STR("110101002001"), STR("110101002001")));
        CHECK(!place_within(&t.ps, STR("110101002000"), STR("110101002001")));
        CHECK(!place_within(&t.ps, STR("none"), STR("none")));
        CHECK(!place_within(&t.ps, STR("none"), STR("110101000000")));
}

TEST(names_and_aliases)
{
        TOWN_AUTO t;
        town_read(&t, TOWN "110101002001001-08,110101002001001,building,8号楼,老邮局;7号楼,,\n");
        const struct place *row[4];
        CHECK_EQ(places_by_name(&t.ps, STR("示例办事处"), row, 4), 1);
        CHECK_STR(row[0]->code, "110101002000");
        CHECK_EQ(places_by_name(&t.ps, STR("老邮局"), row, 4), 2);
        CHECK_STR(row[0]->code, "110101002001001-07");
        CHECK_STR(row[1]->code, "110101002001001-08");
        CHECK_EQ(places_by_name(&t.ps, STR("老邮局"), row, 1), 2);
        CHECK_EQ(places_by_name(&t.ps, STR("7号"), row, 4), 0);
        CHECK_EQ(places_by_name(&t.ps, STR(""), row, 4), 0);
}

/* One wrong row after the good town, and the rule that must tell. The row stands on line 8. */
static const struct {
        const char *row, *rule;
        enum severity severity;
} wrong[] = {
        { "110101002002,110101002000,village,二村,,,\n", "place.kind", SEV_ERROR },
        { "110101002001,110101002000,community,又一社区,,,\n", "place.duplicate", SEV_ERROR },
        { "110101002002,110101009000,community,二社区,,,\n", "place.parent-missing", SEV_ERROR },
        { "110101002002,,community,二社区,,,\n", "place.parent-missing", SEV_ERROR },
        { "11010100300,110101000000,township,少一位,,,\n", "place.code", SEV_ERROR },
        { "110101003001,110101000000,township,村码,,,\n", "place.code", SEV_ERROR },
        { "110101000000x,,county,字母,,,\n", "place.code", SEV_ERROR },
        { "110101002000002,110101002001,community,十五位,,,\n", "place.code", SEV_ERROR },
        { "a b,110101002001001,building,空格,,,\n", "place.code", SEV_ERROR },
        { "110102002002,110101002000,community,别的街道,,,\n", "place.code-parent", SEV_WARNING },
        { "110101002009001,110101002001,grid,别的社区,,,\n", "place.code-parent", SEV_WARNING },
        { "110101002001002,110101002000,grid,挂街道,,,\n", "place.grid-parent", SEV_ERROR },
        { "110101002001002,110101000000,grid,挂区,,,\n", "place.grid-parent", SEV_ERROR },
        { "110101002001002,110101002001001,grid,挂网格,,,\n", "place.grid-parent", SEV_ERROR },
        { "110101002001002,,grid,不挂,,,\n", "place.grid-parent", SEV_ERROR },
        { "110101002002,110101000000,community,挂区,,,\n", "place.parent-kind", SEV_ERROR },
        { "110000000000,110101000000,province,倒挂,,,\n", "place.parent-kind", SEV_ERROR },
        { "110101003000,110101003000,township,自己,,,\n", "place.circular", SEV_ERROR },
        { "110101002001002,110101002001,grid,户数,,三百,\n", "place.number", SEV_ERROR },
        { "110101002001002,110101002001,grid,户数,,-3,\n", "place.number", SEV_ERROR },
        { "110101002001002,110101002001,grid,人数,,,1.5\n", "place.number", SEV_ERROR },
        { "110101002001002,110101002001,grid,人数,,,99999999999\n", "place.number", SEV_ERROR },
        { "110101002001002,110101002001,grid,第一网格,,,\n", "place.name-twice", SEV_WARNING },
};

TEST(each_wrong_row_is_told)
{
        for (size_t i = 0; i < COUNT(wrong); i++) {
                TOWN_AUTO t;
                struct arena a = { 0 };
                town_read(&t, str_c(&a, str_printf(&a, "%s%s", TOWN, wrong[i].row)));
                if (found(&t.f, wrong[i].rule, 8) != 1) {
                        found_print(&t.f);
                        fail_msg("%s not found in: %s", wrong[i].rule, wrong[i].row);
                }
                CHECK_EQ(t.f.row[0].severity, wrong[i].severity);
                CHECK(t.f.row[0].hint.zh[0] && t.f.row[0].hint.en[0]);
                arena_free(&a);
        }
}

TEST(a_duplicate_names_both_lines)
{
        TOWN_AUTO t;
        town_read(&t, TOWN "110101002001,110101002000,community,又一社区,,,\n");
        CHECK_EQ(t.f.n, 1);
        CHECK(str_find(t.f.row[0].en, STR("line 4")) >= 0 && str_find(t.f.row[0].en, STR("line 8")) >= 0);
        CHECK_STR(place_find(&t.ps, STR("110101002001"))->name, "第一社区");
}

TEST(a_circle_is_told_once_and_hurts_nobody)
{
        TOWN_AUTO t;
        town_read(&t, HEAD "110101002001,110101002003,community,甲,,,\n"
                           "110101002002,110101002001,community,乙,,,\n"
                           "110101002003,110101002002,community,丙,,,\n"
                           "x,110101002003,grid,丁,,,\n");
        CHECK_EQ(found(&t.f, "place.circular", -1), 1);
        CHECK(!place_within(&t.ps, STR("110101002001"), STR("110101002002")));
        CHECK_STR(place_find(&t.ps, STR("x"))->path, "110101002003/x");
}

TEST(a_city_without_counties)
{
        TOWN_AUTO t;
        town_read(&t, HEAD "441900000000,,city,无区县市,,,\n441900003000,441900000000,township,街道,,,\n");
        CHECK_EQ(t.f.n, 0);
}

TEST(grid_size_is_a_warning_with_limits)
{
        TOWN_AUTO t;
        town_read(&t, TOWN "110101002001002,110101002001,grid,小,,299,\n"
                           "110101002001003,110101002001,grid,大,,501,\n"
                           "110101002001004,110101002001,grid,不详,,,\n");
        CHECK_EQ(t.f.n, 0);
        places_check_size(&t.ps, place_limits_default, &t.f);
        CHECK_EQ(t.f.n, 2);
        CHECK_EQ(t.f.warnings, 2);
        CHECK_EQ(found(&t.f, "place.grid-size", 8), 1);
        CHECK_EQ(found(&t.f, "place.grid-size", 9), 1);
        places_check_size(&t.ps, (struct place_limits){ 100, 600 }, &t.f);
        CHECK_EQ(t.f.n, 2);
}

TEST(files_that_are_no_tables)
{
        static const char *const texts[] = {
                "", "\n", "code\n", "code,kind,name\n", "\"", HEAD "\"110101,,,", ",,,,\n,,,\n", HEAD ",,,,,,\n"
        };
        for (size_t i = 0; i < COUNT(texts); i++) {
                TOWN_AUTO t;
                town_read(&t, texts[i]);
                CHECK(place_find(&t.ps, STR("110101002000")) == NULL);
                const struct place *row;
                CHECK_EQ(places_by_name(&t.ps, STR("x"), &row, 1), 0);
        }
}

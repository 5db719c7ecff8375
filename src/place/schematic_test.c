#include "base/test.h"
#include "place/schematic.h"

TEST(tiles_stand_in_rows_from_the_north_and_in_each_from_the_west)
{
        struct schematic_tile t[] = {
                { .at = { 39.1, 116.3 }, .which = 0 }, { .at = { 39.9, 116.2 }, .which = 1 }, { .at = { 39.8, 116.1 }, .which = 2 },
                { .at = { 39.2, 116.0 }, .which = 3 }, { .at = { 39.5, 116.9 }, .which = 4 },
        };
        static const uint32_t want[] = { 2, 1, 4, 3, 0 };
        CHECK_EQ(schematic_arrange(t, 5), 3);
        for (size_t i = 0; i < 5; i++)
                CHECK_EQ(t[i].which, want[i]);
        CHECK(t[2].row == 0 && t[2].column == 2 && t[3].row == 1 && t[3].column == 0);
}

TEST(only_the_order_matters_not_the_distance)
{
        struct schematic_tile near[] = { { .at = { 39.2, 116.1 }, .which = 0 }, { .at = { 39.1, 116.1 }, .which = 1 }, { .at = { 39.1, 116.2 }, .which = 2 } };
        struct schematic_tile far[] = { { .at = { 80, -20 }, .which = 0 }, { .at = { -3, 0 }, .which = 1 }, { .at = { -3, 170 }, .which = 2 } };
        CHECK_EQ(schematic_arrange(near, 3), schematic_arrange(far, 3));
        for (size_t i = 0; i < 3; i++)
                CHECK(near[i].which == far[i].which && near[i].row == far[i].row && near[i].column == far[i].column);
}

TEST(none_one_and_many_have_no_holes)
{
        struct schematic_tile t[61] = { 0 };
        CHECK_EQ(schematic_arrange(t, 0), 1);
        CHECK_EQ(schematic_arrange(t, 1), 1);
        for (uint32_t i = 0; i < 61; i++)
                t[i] = (struct schematic_tile){ .at = { 39 + (i * 37 % 61) / 100.0, 116 + (i * 17 % 61) / 100.0 }, .which = i };
        CHECK_EQ(schematic_arrange(t, 61), 4);
        for (size_t i = 1; i < 61; i++) /* the next in its row, or the first of the next one */
                CHECK(t[i].row == t[i - 1].row ? t[i].column == t[i - 1].column + 1 : t[i].row == t[i - 1].row + 1 && t[i].column == 0 && t[i - 1].column >= 2);
}

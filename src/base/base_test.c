#include "base/test.h"

TEST(str_views)
{
        CHECK(str_eq(STR("a"), str_of("a")));
}

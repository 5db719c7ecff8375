/* Days and instants: sentences that can be checked on a wall calendar. */
#include "base/day.h"
#include "base/err.h"
#include "base/test.h"

TEST(days_that_exist)
{
        static const struct {
                const char *text;
                int32_t n;
                int weekday;
        } row[] = {
                { "1970-01-01", 0, 3 },     { "1969-12-31", -1, 2 },    { "2000-02-29", 11016, 1 },
                { "2024-02-29", 19782, 3 }, { "2026-11-23", 20780, 0 }, { "1900-01-01", -25567, 0 },
                { "2199-12-31", 84005, 1 },
        };
        char out[11];
        for (size_t i = 0; i < COUNT(row); i++) {
                struct day d = DAY_NONE;
                CHECK_EQ(day_parse(str_of(row[i].text), &d), OK);
                CHECK_EQ(d.n, row[i].n);
                CHECK_EQ(day_weekday(d), row[i].weekday);
                CHECK_STR(str_of(day_format(d, out)), row[i].text);
        }
}

TEST(days_that_do_not_exist)
{
        static const char *const row[] = {
                "2025-02-29", "2100-02-29",  "2026-02-30",  "2026-04-31",     "2026-13-01", "2026-00-10", "2026-01-00",
                "2026-01-32", "1899-12-31",  "2200-01-01",  "2026-1-01",      "2026-01-1",  "2026/01/01", "20260101",
                "",           "2026-01-01 ", " 2026-01-01", "２０２６-01-01", "-026-01-01", "2026-01-0a", "2026-+1-01",
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                struct day d = { 77 };
                CHECK_EQ(day_parse(str_of(row[i]), &d), ERR_TYPE);
                CHECK_EQ(d.n, 77);
        }
}

TEST(every_day_of_three_centuries)
{
        struct day d, want;
        CHECK(day_make(1900, 1, 1, &d));
        int y0 = 1899, m0 = 12, dom0 = 31;
        for (; d.n <= 84005; d.n++) {
                int y, m, dom;
                day_split(d, &y, &m, &dom);
                CHECK(day_make(y, m, dom, &want));
                CHECK_EQ(want.n, d.n);
                CHECK((dom == dom0 + 1 && m == m0 && y == y0) ||
                      (dom == 1 && dom0 >= 28 && (m == m0 + 1 || y == y0 + 1)));
                y0 = y, m0 = m, dom0 = dom;
        }
}

TEST(instants_as_written)
{
        static const struct {
                const char *text, *want;
        } row[] = {
                { "2026-11-23T09:00:00+08:00", "2026-11-23T09:00:00+08:00" },
                { "2026-11-23T01:00:00Z", "2026-11-23T09:00:00+08:00" },
                { "2026-11-23t01:00:00z", "2026-11-23T09:00:00+08:00" },
                { "2026-11-22T20:00:00-05:00", "2026-11-23T09:00:00+08:00" },
                { "2026-11-23T09:00:00.5+08:00", "2026-11-23T09:00:00.500000+08:00" },
                { "2026-11-23T23:59:59.999999+08:00", "2026-11-23T23:59:59.999999+08:00" },
                { "2026-11-23 09:00", "2026-11-23T09:00:00+08:00" },
                { "2026-11-23 09:00:01", "2026-11-23T09:00:01+08:00" },
                { "2026-11-23T09:00", "2026-11-23T09:00:00+08:00" },
                { "1969-12-31T23:59:59.000001Z", "1970-01-01T07:59:59.000001+08:00" },
        };
        char out[40];
        for (size_t i = 0; i < COUNT(row); i++) {
                struct instant t = INSTANT_NONE;
                CHECK_EQ(instant_parse(str_of(row[i].text), &t), OK);
                CHECK_STR(str_of(instant_format(t, out)), row[i].want);
        }
}

TEST(instants_that_are_none)
{
        static const char *const row[] = {
                "2026-11-23",
                "2026-11-23T24:00:00Z",
                "2026-11-23T09:60:00Z",
                "2026-11-23T09:00:60Z",
                "2026-02-29T09:00:00Z",
                "2026-11-23T09:00Z",
                "2026-11-23T09:00:00+8:00",
                "2026-11-23T09:00:00+0800",
                "2026-11-23T09:00:00+24:00",
                "2026-11-23T09:00:00 ",
                "2026-11-23T09:00:00.Z",
                "2026-11-23T09:00:00.1234567Z",
                "2026-11-23_09:00:00Z",
                "2026-11-23T9:00:00Z",
                "",
                "T",
                "2026-11-23T09:00:",
                "2026-11-23T0a:00:00Z",
                "2026-11-23T09:00:00ZZ",
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                struct instant t = { 77 };
                CHECK_EQ(instant_parse(str_of(row[i]), &t), ERR_TYPE);
                CHECK_EQ(t.us, 77);
        }
}

TEST(a_day_begins_and_ends_in_china)
{
        struct day d;
        char out[40];
        CHECK_EQ(day_parse(STR("2026-11-23"), &d), OK);
        CHECK_STR(str_of(instant_format(day_start(d), out)), "2026-11-23T00:00:00+08:00");
        CHECK_STR(str_of(instant_format(day_end(d), out)), "2026-11-23T23:59:59.999999+08:00");
        CHECK_EQ(instant_day(day_start(d)).n, d.n);
        CHECK_EQ(instant_day(day_end(d)).n, d.n);
        CHECK_EQ(instant_day((struct instant){ day_start(d).us - 1 }).n, d.n - 1);
        CHECK_EQ(instant_us_of_day(day_end(d)), US_PER_DAY - 1);
        struct instant old = { -CST_OFFSET_US - 1 };
        CHECK_EQ(instant_day(old).n, -1);
        CHECK_EQ(instant_us_of_day(old), US_PER_DAY - 1);
        CHECK_STR(str_of(instant_format(INSTANT_NONE, out)), "");
}

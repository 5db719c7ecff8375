/* Working days and office hours, as on the wall calendar of the year. */
#include "base/calendar.h"
#include "base/test.h"

static struct day day_of(const char *text)
{
        struct day d;
        CHECK_EQ(day_parse(str_of(text), &d), OK);
        return d;
}

static const char *text_of(struct day d)
{
        static char text[11];
        return day_format(d, text);
}

TEST(rest_days_of_2025_and_2026)
{
        static const struct {
                const char *from, *to;
                bool work;
        } row[] = {
                { "2025-01-01", "2025-01-01", false }, { "2025-01-28", "2025-02-04", false },
                { "2025-04-04", "2025-04-06", false }, { "2025-05-01", "2025-05-05", false },
                { "2025-05-31", "2025-06-02", false }, { "2025-10-01", "2025-10-08", false },
                { "2025-01-26", "2025-01-26", true },  { "2025-02-08", "2025-02-08", true },
                { "2025-04-27", "2025-04-27", true },  { "2025-09-28", "2025-09-28", true },
                { "2025-10-11", "2025-10-11", true },  { "2026-01-01", "2026-01-03", false },
                { "2026-02-15", "2026-02-23", false }, { "2026-04-04", "2026-04-06", false },
                { "2026-05-01", "2026-05-05", false }, { "2026-06-19", "2026-06-21", false },
                { "2026-09-25", "2026-09-27", false }, { "2026-10-01", "2026-10-07", false },
                { "2026-01-04", "2026-01-04", true },  { "2026-02-14", "2026-02-14", true },
                { "2026-02-28", "2026-02-28", true },  { "2026-05-09", "2026-05-09", true },
                { "2026-09-20", "2026-09-20", true },  { "2026-10-10", "2026-10-10", true },
                { "2026-11-23", "2026-11-27", true },  { "2026-11-28", "2026-11-29", false },
        };
        ARENA_AUTO a = { 0 };
        const struct calendar *c = calendar_build(&a, NULL, 0);
        for (size_t i = 0; i < COUNT(row); i++)
                for (struct day d = day_of(row[i].from); d.n <= day_of(row[i].to).n; d.n++)
                        CHECK_EQ(calendar_is_work(c, d), row[i].work);
}

/* Counted by another program from the same notices. */
TEST(working_days_of_each_year)
{
        static const int want[] = {
                262, 249, 251, 250, 250, 250, 249, 250, 250, 249, 250,
                249, 250, 250, 249, 250, 249, 249, 251, 248, 248, 261,
        };
        ARENA_AUTO a = { 0 };
        const struct calendar *c = calendar_build(&a, NULL, 0);
        for (int i = 0; i < (int)COUNT(want); i++) {
                struct day first, last;
                CHECK(day_make(2006 + i, 1, 1, &first));
                CHECK(day_make(2006 + i, 12, 31, &last));
                if (calendar_count_work(c, (struct day){ first.n - 1 }, last) != want[i])
                        fail_msg("%d: %d", 2006 + i, calendar_count_work(c, (struct day){ first.n - 1 }, last));
        }
}

TEST(the_turn_of_the_year_comes_from_the_next_notice)
{
        ARENA_AUTO a = { 0 };
        const struct calendar *c = calendar_build(&a, NULL, 0);
        CHECK(!calendar_is_work(c, day_of("2007-12-31"))); /* a Monday, in the notice of 2008 */
        CHECK(calendar_is_work(c, day_of("2007-12-29")));  /* a Saturday */
        CHECK(!calendar_is_work(c, day_of("2018-12-31")));
        CHECK(calendar_is_work(c, day_of("2011-12-31")));
}

TEST(why_a_day_is_what_it_is)
{
        static const struct {
                const char *day;
                enum day_kind kind;
                const char *zh, *en;
        } row[] = {
                { "2026-11-23", DAY_WORKDAY, "", "" },
                { "2026-11-28", DAY_WEEKEND, "", "" },
                { "2026-02-17", DAY_HOLIDAY, "春节", "Spring Festival" },
                { "2026-02-14", DAY_MAKEUP, "春节", "Spring Festival" },
                { "2020-02-03", DAY_WORKDAY, "", "" }, /* a Monday that the notice names as worked */
                { "2026-03-08", DAY_LOCAL_OFF, "赶集", "赶集" },
                { "2026-03-07", DAY_LOCAL_WORK, "换班", "换班" },
                { "2030-10-01", DAY_WORKDAY, "", "" }, /* no notice yet */
        };
        const struct local_day local[] = {
                { day_of("2026-03-08"), true, STR("被后一行取代") },
                { day_of("2026-03-07"), true, STR("换班") },
                { day_of("2026-03-08"), false, STR("赶集") },
                { { INT32_MAX }, false, STR("far") },
        };
        ARENA_AUTO a = { 0 };
        const struct calendar *c = calendar_build(&a, local, COUNT(local));
        for (size_t i = 0; i < COUNT(row); i++) {
                struct day_why why = calendar_why(c, day_of(row[i].day));
                CHECK_EQ(why.kind, row[i].kind);
                CHECK_STR(str_of(why.name.zh), row[i].zh);
                CHECK_STR(str_of(why.name.en), row[i].en);
        }
        CHECK(calendar_is_work(c, day_of("2026-03-07")));
        CHECK(!calendar_is_work(c, day_of("2026-03-08")));
        CHECK_STR(str_of(day_name(day_of("2026-03-08")).zh), "周日");
}

TEST(a_version_names_its_days)
{
        const struct local_day one[] = { { day_of("2026-03-10"), false, STR("A") },
                                         { day_of("2026-03-11"), false, STR("B") } };
        const struct local_day turned[] = { one[1], one[0] };
        const struct local_day other[] = { one[0], { day_of("2026-03-11"), true, STR("B") } };
        ARENA_AUTO a = { 0 };
        struct str national = calendar_version(calendar_build(&a, NULL, 0));
        struct str v1 = calendar_version(calendar_build(&a, one, 2)),
                   v2 = calendar_version(calendar_build(&a, turned, 2));
        struct str v3 = calendar_version(calendar_build(&a, other, 2));
        CHECK(str_starts(national, STR("cn-2026.")));
        CHECK_EQ(national.n, 16);
        CHECK(str_starts(v1, national) && v1.n == national.n + 9);
        CHECK(str_eq(v1, v2));
        CHECK(!str_eq(v1, v3));
}

TEST(a_year_is_published_with_its_notice)
{
        static const char *const festival[] = { "元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节" };
        ARENA_AUTO a = { 0 };
        const struct calendar *c = calendar_build(&a, NULL, 0);
        CHECK(calendar_published(c, day_of("2007-01-01"), day_of("2026-12-31")));
        CHECK(!calendar_published(c, day_of("2006-12-31"), day_of("2007-01-01")));
        CHECK(!calendar_published(c, day_of("2026-12-31"), day_of("2027-01-01")));
        struct local_day local[7];
        for (size_t i = 0; i < 7; i++)
                local[i] =
                        (struct local_day){ { day_of("2027-01-01").n + 30 * (int32_t)i }, false, str_of(festival[i]) };
        CHECK(!calendar_published(calendar_build(&a, local, 6), day_of("2027-01-01"), day_of("2027-01-01")));
        CHECK(calendar_published(calendar_build(&a, local, 7), day_of("2026-01-01"), day_of("2027-12-31")));
        CHECK(!calendar_published(calendar_build(&a, local, 7), day_of("2026-01-01"), day_of("2028-01-01")));
        struct local_day two[14];
        for (size_t i = 0; i < 14; i++)
                two[i] = (struct local_day){ { local[i % 7].day.n + (i < 7 ? 0 : 365) }, false, local[i % 7].name };
        CHECK(calendar_published(calendar_build(&a, two, 14), day_of("2027-01-01"), day_of("2028-12-31")));
        CHECK(!calendar_published(calendar_build(&a, two + 7, 7), day_of("2028-01-01"),
                                  day_of("2028-12-31"))); /* a gap */
        local[3].work = true;
        CHECK(!calendar_published(calendar_build(&a, local, 7), day_of("2027-01-01"), day_of("2027-01-01")));
}

TEST(the_nth_working_day)
{
        static const struct {
                const char *from;
                int32_t n;
                int want;
                const char *to;
        } row[] = {
                { "2026-02-13", 5, OK, "2026-02-27" },     { "2026-11-23", 1, OK, "2026-11-24" },
                { "2026-11-27", 1, OK, "2026-11-30" },     { "2026-11-28", 1, OK, "2026-11-30" },
                { "2026-11-23", 0, OK, "2026-11-23" },     { "2026-11-28", 0, OK, "2026-11-28" },
                { "2026-11-30", -1, OK, "2026-11-27" },    { "2026-11-28", -1, OK, "2026-11-27" },
                { "2026-02-27", -4, OK, "2026-02-14" },    { "1900-01-01", 1, OK, "1900-01-02" },
                { "1900-01-02", -1, OK, "1900-01-01" },    { "1900-01-01", -1, ERR_RANGE, NULL },
                { "2199-12-30", 1, OK, "2199-12-31" },     { "2199-12-31", 1, ERR_RANGE, NULL },
                { "1900-01-01", 100000, ERR_RANGE, NULL },
        };
        ARENA_AUTO a = { 0 };
        const struct calendar *c = calendar_build(&a, NULL, 0);
        for (size_t i = 0; i < COUNT(row); i++) {
                struct day d = { -7 };
                CHECK_EQ(calendar_add_work(c, day_of(row[i].from), row[i].n, &d), row[i].want);
                if (row[i].want == OK)
                        CHECK_STR(str_of(text_of(d)), row[i].to);
                else
                        CHECK_EQ(d.n, -7);
        }
        struct day d;
        CHECK_EQ(calendar_add_work(c, (struct day){ INT32_MAX }, 1, &d), ERR_RANGE);
        CHECK_EQ(calendar_add_work(c, DAY_NONE, 1, &d), ERR_RANGE);
        CHECK(!calendar_is_work(c, DAY_NONE) && !calendar_is_work(c, (struct day){ 84006 }));
}

/* Every working day of three centuries is the next one after the day before, under a calendar with long gaps. */
TEST(the_select_agrees_with_a_walk)
{
        ARENA_AUTO a = { 0 };
        struct local_day *local = arena_array(&a, struct local_day, 3000);
        for (int32_t i = 0; i < 3000; i++)
                local[i] = (struct local_day){ { 21000 + i + (i > 2000) * 500 }, false, STR("closed") };
        const struct calendar *c[] = { calendar_build(&a, NULL, 0), calendar_build(&a, local, 3000) };
        for (size_t k = 0; k < COUNT(c); k++) {
                int32_t n = 0;
                struct day start = { -25567 }, got;
                for (struct day d = { start.n + 1 }; d.n <= 84005; d.n++) {
                        n += calendar_is_work(c[k], d);
                        CHECK_EQ(calendar_count_work(c[k], start, d), n);
                        if (!calendar_is_work(c[k], d))
                                continue;
                        CHECK_EQ(calendar_add_work(c[k], start, n, &got), OK);
                        CHECK_EQ(got.n, d.n);
                }
                CHECK_EQ(calendar_add_work(c[k], start, n + 1, &got), ERR_RANGE);
        }
}

TEST(a_calendar_may_close_for_ever)
{
        ARENA_AUTO a = { 0 };
        struct local_day *local = arena_array(&a, struct local_day, 109573);
        for (int32_t i = 0; i < 109573; i++)
                local[i] = (struct local_day){ { -25567 + i }, false, STR("closed") };
        const struct calendar *c = calendar_build(&a, local, 109573);
        struct day d;
        CHECK_EQ(calendar_add_work(c, (struct day){ 0 }, 1, &d), ERR_RANGE);
        CHECK_EQ(calendar_add_work(c, (struct day){ 0 }, -1, &d), ERR_RANGE);
}

TEST(office_hours_as_written)
{
        static const struct {
                const char *text;
                int want;
                int minutes;
        } row[] = {
                { "09:00-12:00;14:00-18:00", OK, 420 },
                { "00:00-24:00", OK, 1440 },
                { " 08:30-17:00 ", OK, 510 },
                { "09:00-12:00;12:00-13:00", OK, 240 },
                { "01:00-02:00;03:00-04:00;05:00-06:00;07:00-08:00;09:00-10:00;11:00-12:00", OK, 360 },
                { "01:00-02:00;03:00-04:00;05:00-06:00;07:00-08:00;09:00-10:00;11:00-12:00;13:00-14:00", ERR_RANGE, 0 },
                { "", ERR_RANGE, 0 },
                { "12:00-09:00", ERR_RANGE, 0 },
                { "09:00-09:00", ERR_RANGE, 0 },
                { "09:00-12:00;11:00-13:00", ERR_RANGE, 0 },
                { "14:00-18:00;09:00-12:00", ERR_RANGE, 0 },
                { "9:00-12:00", ERR_TYPE, 0 },
                { "09:00-24:01", ERR_TYPE, 0 },
                { "09:00-25:00", ERR_TYPE, 0 },
                { "09:60-12:00", ERR_TYPE, 0 },
                { "09:00~12:00", ERR_TYPE, 0 },
                { "-9:00-12:00", ERR_TYPE, 0 },
                { "09:-1-12:00", ERR_TYPE, 0 },
                { "closed", ERR_TYPE, 0 },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                struct str rest = str_of(row[i].text), part[8];
                size_t n = 0;
                while (n < 8 && str_split(&rest, ';', &part[n]))
                        n++;
                struct office_hours h = { .n = 99 };
                if (office_hours_parse(part, n, &h) != row[i].want)
                        fail_msg("%s", row[i].text);
                if (row[i].want == OK)
                        CHECK_EQ(office_hours_us(&h), row[i].minutes * US_PER_MINUTE);
                else
                        CHECK_EQ(h.n, 99);
        }
        CHECK_EQ(office_hours_us(&office_hours_default), 7 * US_PER_HOUR);
}

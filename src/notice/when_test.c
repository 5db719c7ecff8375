/* When people are left in peace, and how often a message is tried. */
#include "base/test.h"
#include "notice/when.h"

#define DAY "2026-01-05T"
static const struct {
        const char *at, *quiet, *chosen, *want;
} row[] = {
        { DAY "12:00:00+08:00", "21:00-08:00", NULL, DAY "12:00:00+08:00" },
        { DAY "20:59:59+08:00", "21:00-08:00", NULL, DAY "20:59:59+08:00" },
        { DAY "21:00:00+08:00", "21:00-08:00", NULL, "2026-01-06T08:00:00+08:00" },
        { DAY "03:15:00+08:00", "21:00-08:00", NULL, DAY "08:00:00+08:00" },
        { DAY "08:00:00+08:00", "21:00-08:00", NULL, DAY "08:00:00+08:00" },
        { DAY "13:00:00+08:00", "12:00-14:00", NULL, DAY "14:00:00+08:00" }, /* a nap */
        { DAY "03:00:00+08:00", "00:00-00:00", NULL, DAY "03:00:00+08:00" }, /* never quiet */
        { DAY "23:30:00+08:00", "21:00-24:00", NULL, "2026-01-06T00:00:00+08:00" },
        /* hours that the recipient chose */
        { DAY "12:00:00+08:00", "21:00-08:00", "18:00-20:00", DAY "18:00:00+08:00" },
        { DAY "19:00:00+08:00", "21:00-08:00", "18:00-20:00", DAY "19:00:00+08:00" },
        { DAY "20:00:00+08:00", "21:00-08:00", "18:00-20:00", "2026-01-06T18:00:00+08:00" },
        { DAY "12:00:00+08:00", "21:00-08:00", "22:00-23:00", DAY "22:00:00+08:00" }, /* asked for: it goes before the town's quiet */
        { DAY "23:30:00+08:00", "21:00-08:00", "22:00-02:00", DAY "23:30:00+08:00" },
        { DAY "01:59:00+08:00", "21:00-08:00", "22:00-02:00", DAY "01:59:00+08:00" },
        { DAY "02:00:00+08:00", "21:00-08:00", "22:00-02:00", DAY "22:00:00+08:00" },
};

TEST(nobody_is_disturbed_in_quiet_hours)
{
        for (size_t i = 0; i < COUNT(row); i++) {
                struct instant at;
                struct quiet_hours quiet, chosen = { 0, 0 };
                char got[40];
                CHECK_EQ(instant_parse(str_of(row[i].at), &at), 0);
                CHECK_EQ(quiet_hours_parse(str_of(row[i].quiet), &quiet), 0);
                if (row[i].chosen)
                        CHECK_EQ(quiet_hours_parse(str_of(row[i].chosen), &chosen), 0);
                instant_format(notice_when(at, quiet, chosen), got);
                if (strcmp(got, row[i].want) != 0)
                        fail_msg("row %zu: got %s, want %s", i, got, row[i].want);
        }
}

TEST(hours_that_are_none_are_refused)
{
        static const char *const bad[] = { "", "21-08", "21:00-25:00", "24:01-08:00", "21:60-08:00", "2100-0800xx", "21:00 08:00", "-1:00-08:00" };
        struct quiet_hours q = { 7, 7 };
        for (size_t i = 0; i < COUNT(bad); i++)
                CHECK(quiet_hours_parse(str_of(bad[i]), &q) != 0);
        CHECK_EQ(q.from, 7);
}

TEST(a_message_is_tried_seven_times_in_a_day_then_given_up)
{
        int64_t wait, all = 0;
        for (int32_t tries = 1; tries <= 6; tries++) {
                int64_t before = tries == 1 ? 0 : wait;
                CHECK(notice_retry(tries, false, &wait));
                CHECK(wait > before);
                all += wait;
        }
        CHECK(!notice_retry(7, false, &wait));
        CHECK(all > 20 * US_PER_HOUR && all < US_PER_DAY);
        CHECK(notice_retry(2, true, &wait));
        CHECK(!notice_retry(3, true, &wait)); /* urgent: after four minutes somebody picks up the telephone */
        CHECK(!notice_retry(0, false, &wait));
}

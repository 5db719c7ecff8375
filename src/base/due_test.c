/* Deadlines: each row is one sentence that a clerk can check on a wall calendar. */
#include "base/due.h"
#include "base/test.h"

#define END "T23:59:59.999999+08:00"

/* "FROM/TO FROM/TO ..." with blanks between the pauses. */
static size_t pauses_of(const char *text, struct due_span *out)
{
        struct str rest = str_of(text), part;
        size_t n = 0;
        while (str_split(&rest, ' ', &part))
                CHECK_EQ(due_pause_parse(part, &out[n++]), OK);
        return n;
}

static struct due_spec spec_of(const char *start, int32_t limit, const char *unit, const char *roll)
{
        struct due_spec s = { .limit = limit };
        CHECK_EQ(due_start_parse(str_of(start), &s.start), OK);
        CHECK_EQ(due_unit_parse(str_of(unit), &s.unit), OK);
        CHECK_EQ(due_roll_parse(str_of(roll), &s.roll), OK);
        return s;
}

static const struct {
        const char *start;
        int32_t limit;
        const char *unit, *roll, *pauses, *due;
        bool provisional;
} row[] = {
        /* the eight dates of the rule book */
        { "2026-02-13", 5, "workday", "none", "", "2026-02-27" END, false },
        { "2026-09-24", 3, "workday", "none", "", "2026-09-30" END, false },
        { "2026-09-30", 7, "workday", "none", "", "2026-10-15" END, false },
        { "2025-09-30", 5, "workday", "none", "", "2025-10-14" END, false },
        { "2026-09-20", 15, "day", "statutory", "", "2026-10-08" END, false },
        { "2026-04-16", 15, "day", "statutory", "", "2026-05-06" END, false },
        { "2026-01-30", 15, "day", "statutory", "", "2026-02-14" END, false }, /* a make-up Saturday: no roll */
        { "2026-03-01", 30, "day", "statutory", "", "2026-03-31" END, false },

        /* working days */
        { "2026-11-23", 1, "workday", "none", "", "2026-11-24" END, false },
        { "2026-11-23T23:59:59+08:00", 1, "workday", "none", "", "2026-11-24" END, false }, /* any hour of the day */
        { "2026-11-23T16:00:00Z", 1, "workday", "none", "", "2026-11-25" END, false }, /* already Tuesday in China */
        { "2026-11-27", 1, "workday", "none", "", "2026-11-30" END, false },           /* over a weekend */
        { "2026-11-28", 1, "workday", "none", "", "2026-11-30" END, false },           /* from a Saturday */
        { "2026-02-14", 1, "workday", "none", "", "2026-02-24" END, false },           /* over the Spring Festival */
        { "2026-02-27", 1, "workday", "none", "", "2026-02-28" END, false },           /* make-up Saturday counts */
        { "2025-12-31", 2, "workday", "none", "", "2026-01-05" END, false },           /* 01-04 is a make-up Sunday */
        { "2026-12-30", 1, "workday", "none", "", "2026-12-31" END, false },           /* last published day */
        { "2026-12-31", 1, "workday", "none", "", "2027-01-01" END, true },            /* a Friday as far as known */
        { "2006-12-28", 1, "workday", "none", "", "2006-12-29" END, true },            /* before the notices */
        { "2006-12-29", 3, "workday", "none", "", "2007-01-04" END, true },            /* through them into 2007 */
        { "2006-12-31", 1, "workday", "none", "", "2007-01-04" END, false },
        { "2026-11-24", 1, "workday", "statutory", "", "2026-11-25" END, false }, /* nothing to roll */

        /* natural days */
        { "2026-11-23", 1, "day", "none", "", "2026-11-24" END, false },
        { "2026-11-27", 1, "day", "none", "", "2026-11-28" END, false }, /* a Saturday stays: a service limit */
        { "2026-11-27", 1, "day", "statutory", "", "2026-11-30" END, false },
        { "2026-09-25", 15, "day", "statutory", "", "2026-10-10" END, false }, /* make-up Saturday again */
        { "2024-02-28", 1, "day", "none", "", "2024-02-29" END, false },
        { "2025-02-28", 1, "day", "none", "", "2025-03-01" END, false },
        { "2026-12-25", 7, "day", "none", "", "2027-01-01" END, true },
        { "2026-12-25", 8, "day", "statutory", "", "2027-01-04" END, true },
        { "2026-01-05", 60, "day", "none", "", "2026-03-06" END, false },

        /* months: the corresponding day, else the end of the month */
        { "2026-01-31", 1, "month", "none", "", "2026-02-28" END, false },
        { "2024-01-31", 1, "month", "none", "", "2024-02-29" END, false },
        { "2026-01-31", 2, "month", "none", "", "2026-03-31" END, false },
        { "2026-03-31", 1, "month", "none", "", "2026-04-30" END, false },
        { "2025-11-30", 3, "month", "none", "", "2026-02-28" END, false },
        { "2026-11-15", 12, "month", "none", "", "2027-11-15" END, true },
        { "2024-02-29", 12, "month", "none", "", "2025-02-28" END, false },
        { "2025-12-31", 1, "month", "none", "", "2026-01-31" END, false },
        { "2025-12-31", 1, "month", "statutory", "", "2026-02-02" END, false }, /* a Saturday */
        { "2026-08-31", 1, "month", "statutory", "", "2026-09-30" END, false },
        { "2026-09-01", 1, "month", "statutory", "", "2026-10-08" END, false }, /* 1 October and the week after */

        /* hours run on, day and night */
        { "2026-11-23T09:00:00+08:00", 24, "hour", "none", "", "2026-11-24T09:00:00+08:00", false },
        { "2026-11-27T17:30:15.25+08:00", 48, "hour", "none", "", "2026-11-29T17:30:15.250000+08:00", false },
        { "2026-11-27T17:00:00+08:00", 24, "hour", "statutory", "", "2026-11-28T17:00:00+08:00",
          false }, /* hours never roll */
        { "2026-11-23", 2, "hour", "none", "", "2026-11-23T02:00:00+08:00", false },
        { "2026-12-31T20:00:00+08:00", 24, "hour", "none", "", "2027-01-01T20:00:00+08:00", true },

        /* working hours: 09:00-12:00, 14:00-18:00 */
        { "2026-11-23T09:00:00+08:00", 2, "workhour", "none", "", "2026-11-23T11:00:00+08:00", false },
        { "2026-11-23T09:00:00+08:00", 3, "workhour", "none", "", "2026-11-23T12:00:00+08:00", false }, /* to the end */
        { "2026-11-23T11:00:00+08:00", 2, "workhour", "none", "", "2026-11-23T15:00:00+08:00", false }, /* over lunch */
        { "2026-11-23T12:30:00+08:00", 1, "workhour", "none", "", "2026-11-23T15:00:00+08:00", false }, /* at lunch */
        { "2026-11-23T17:30:00+08:00", 1, "workhour", "none", "", "2026-11-24T09:30:00+08:00", false }, /* overnight */
        { "2026-11-23T03:00:00+08:00", 7, "workhour", "none", "", "2026-11-23T18:00:00+08:00",
          false }, /* before opening */
        { "2026-11-27T17:00:00+08:00", 2, "workhour", "none", "", "2026-11-30T10:00:00+08:00", false }, /* a weekend */
        { "2026-11-28T10:00:00+08:00", 2, "workhour", "none", "", "2026-11-30T11:00:00+08:00",
          false }, /* on a Saturday */
        { "2026-02-14T17:00:00+08:00", 2, "workhour", "none", "", "2026-02-24T10:00:00+08:00",
          false }, /* Spring Festival */
        { "2026-11-23T09:00:00.000001+08:00", 7, "workhour", "none", "", "2026-11-24T09:00:00.000001+08:00", false },
        { "2026-11-23", 14, "workhour", "none", "", "2026-11-24T18:00:00+08:00", false },
        { "2026-12-31T18:00:00+08:00", 1, "workhour", "none", "", "2027-01-01T10:00:00+08:00", true },

        /* pauses, in days: half-open */
        { "2026-11-23", 3, "workday", "none", "2026-11-24/2026-11-25", "2026-11-27" END, false },
        { "2026-11-23", 3, "workday", "none", "2026-11-24/2026-11-26", "2026-11-30" END, false },
        { "2026-11-23", 3, "workday", "none", "2026-11-28/2026-11-30", "2026-11-26" END, false }, /* after the end */
        { "2026-11-23", 4, "workday", "none", "2026-11-28/2026-11-30", "2026-11-27" END, false },
        { "2026-11-23", 5, "workday", "none", "2026-11-28/2026-11-30", "2026-11-30" END,
          false }, /* a weekend: no loss */
        { "2026-11-23", 3, "workday", "none", "2026-11-20/2026-11-24", "2026-11-26" END, false }, /* before the count */
        { "2026-11-23", 3, "workday", "none", "2026-11-25/2026-11-25", "2026-11-26" END, false }, /* empty */
        { "2026-11-23", 3, "workday", "none", "2026-11-25/2026-11-27 2026-11-24/2026-11-26", "2026-12-01" END, false },
        { "2026-11-23", 3, "workday", "none", "2026-11-24/2026-11-27 2026-11-25/2026-11-26", "2026-12-01" END, false },
        { "2026-11-23", 3, "day", "none", "2026-11-24/2026-11-26", "2026-11-28" END, false },
        { "2026-11-23", 3, "day", "statutory", "2026-11-24/2026-11-26", "2026-11-30" END, false },
        { "2026-11-23", 5, "day", "statutory", "2026-11-30/2026-12-02", "2026-12-02" END,
          false }, /* no roll into a pause */
        { "2026-01-31", 1, "month", "none", "2026-02-10/2026-02-13", "2026-03-03" END, false }, /* 28 days and 3 */

        /* pauses, as instants, for clocks in days: a day is lost for each midnight */
        { "2026-11-23", 3, "workday", "none", "2026-11-24T10:00/2026-11-24T15:00", "2026-11-26" END, false },
        { "2026-11-23", 3, "workday", "none", "2026-11-24T15:00/2026-11-25T10:00", "2026-11-27" END, false },
        { "2026-11-23", 3, "workday", "none", "2026-11-24T15:00/2026-11-25T00:00", "2026-11-27" END, false },
        { "2026-11-23", 3, "workday", "none", "2026-11-24T00:00/2026-11-24T23:59:59.999999", "2026-11-26" END, false },
        { "2026-11-23", 3, "workday", "none", "2026-11-24T15:00/2026-11-24T20:00 2026-11-24T20:00/2026-11-25T10:00",
          "2026-11-27" END, false }, /* cut in two: the same */

        /* pauses for hours: to the microsecond */
        { "2026-11-23T09:00:00+08:00", 24, "hour", "none", "2026-11-23T10:00/2026-11-23T12:30",
          "2026-11-24T11:30:00+08:00", false },
        { "2026-11-23T09:00:00+08:00", 1, "hour", "none", "2026-11-23T10:00/2026-11-23T12:30",
          "2026-11-23T10:00:00+08:00", false },
        { "2026-11-23T09:00:00+08:00", 1, "hour", "none", "2026-11-23T08:00/2026-11-23T09:30",
          "2026-11-23T10:30:00+08:00", false },
        { "2026-11-23T09:00:00+08:00", 1, "hour", "none", "2026-11-23T09:59:59.999999/2026-11-23T11:00",
          "2026-11-23T11:00:00.000001+08:00", false },
        { "2026-11-23T09:00:00+08:00", 24, "hour", "none", "2026-11-24/2026-11-25", "2026-11-25T09:00:00+08:00",
          false },
        { "2026-11-23T09:00:00+08:00", 2, "workhour", "none", "2026-11-23T10:00/2026-11-23T14:30",
          "2026-11-23T15:30:00+08:00", false },
        { "2026-11-23T09:00:00+08:00", 2, "workhour", "none", "2026-11-23T12:00/2026-11-23T14:00",
          "2026-11-23T11:00:00+08:00", false },
        { "2026-11-23T09:00:00+08:00", 4, "workhour", "none", "2026-11-23T12:00/2026-11-23T14:00",
          "2026-11-23T15:00:00+08:00", false },
        { "2026-11-23T17:00:00+08:00", 2, "workhour", "none", "2026-11-23T18:00/2026-11-24T10:00",
          "2026-11-24T11:00:00+08:00", false },
        { "2026-11-23T09:00:00+08:00", 7, "workhour", "none", "2026-11-23/2026-11-24", "2026-11-24T18:00:00+08:00",
          false },
};

TEST(deadlines)
{
        ARENA_AUTO a = { 0 };
        const struct calendar *c = calendar_build(&a, NULL, 0);
        for (size_t i = 0; i < COUNT(row); i++) {
                struct due_span pause[8];
                struct due_spec s = spec_of(row[i].start, row[i].limit, row[i].unit, row[i].roll);
                s.pause = pause;
                s.n_pause = pauses_of(row[i].pauses, pause);
                struct due due;
                struct due_steps steps;
                char text[40];
                CHECK_EQ(due_compute(c, NULL, &s, &due, NULL), OK);
                if (!str_is(str_of(row[i].due), instant_format(due.at, text)) || due.provisional != row[i].provisional)
                        fail_msg("%s + %d %s %s: %s%s, want %s", row[i].start, (int)row[i].limit, row[i].unit,
                                 row[i].pauses, text, due.provisional ? " provisional" : "", row[i].due);
                CHECK_EQ(due_steps(&a, c, NULL, &s, &steps, NULL), OK);
                CHECK_EQ(steps.due.at.us, due.at.us);
        }
}

TEST(what_cannot_be_answered)
{
        static const struct {
                const char *start;
                int32_t limit;
                const char *unit, *field;
        } bad[] = {
                { "2026-11-23", 0, "day", "limit" },        { "2026-11-23", -1, "workday", "limit" },
                { "2026-11-23", 100001, "hour", "limit" },  { "2026-11-23", INT32_MAX, "month", "limit" },
                { "2026-11-23", 100000, "month", "limit" }, { "2026-11-23", 100000, "workday", "limit" },
                { "2199-12-31", 1, "day", "limit" },        { "2199-12-31", 1, "workday", "limit" },
                { "2199-12-31", 24, "hour", "limit" },      { "2199-12-31T18:00:00+08:00", 1, "workhour", "limit" },
                { "2199-12-01", 1, "month", "limit" },
        };
        ARENA_AUTO a = { 0 };
        const struct calendar *c = calendar_build(&a, NULL, 0);
        for (size_t i = 0; i < COUNT(bad); i++) {
                struct due_spec s = spec_of(bad[i].start, bad[i].limit, bad[i].unit, "statutory");
                struct due due = { { 77 }, true };
                struct err err = { 0 };
                CHECK_EQ(due_compute(c, NULL, &s, &due, &err), ERR_RANGE);
                CHECK_STR(str_of(err.field), bad[i].field);
                CHECK_EQ(due.at.us, 77);
        }
        struct due due;
        struct due_spec s = spec_of("2199-12-30", 1, "day", "none");
        CHECK_EQ(due_compute(c, NULL, &s, &due, NULL), OK);
        s = spec_of("2199-12-31", 23, "hour", "none");
        CHECK_EQ(due_compute(c, NULL, &s, &due, NULL), OK);
        s = spec_of("1900-01-01", 100000, "day", "none");
        CHECK_EQ(due_compute(c, NULL, &s, &due, NULL), OK);
        s.start.us -= 1;
        CHECK_EQ(due_compute(c, NULL, &s, &due, NULL), ERR_RANGE);
        s.start = INSTANT_NONE;
        CHECK_EQ(due_compute(c, NULL, &s, &due, NULL), ERR_RANGE);
}

TEST(pauses_have_limits)
{
        ARENA_AUTO a = { 0 };
        const struct calendar *c = calendar_build(&a, NULL, 0);
        struct due_span pause[65];
        struct due_spec s = spec_of("2026-11-23", 1, "day", "none");
        struct due due;
        for (int i = 0; i < 65; i++)
                pause[i] = (struct due_span){ { s.start.us + i * US_PER_DAY }, { s.start.us + (i + 1) * US_PER_DAY } };
        s.pause = pause;
        s.n_pause = 65;
        CHECK_EQ(due_compute(c, NULL, &s, &due, NULL), ERR_RANGE);
        s.n_pause = 64;
        CHECK_EQ(due_compute(c, NULL, &s, &due, NULL), OK);
        CHECK_EQ(due.at.us, s.start.us + 65 * US_PER_DAY - 1); /* day 0 is the start; 1 to 63 are paused */
        pause[5].to.us = pause[5].from.us - 1;
        CHECK_EQ(due_compute(c, NULL, &s, &due, NULL), ERR_RANGE);
        pause[5].to = INSTANT_NONE;
        CHECK_EQ(due_compute(c, NULL, &s, &due, NULL), ERR_RANGE);
        pause[0] = (struct due_span){ s.start, day_end((struct day){ 84005 }) };
        s.n_pause = 1;
        s.limit = 2;
        CHECK_EQ(due_compute(c, NULL, &s, &due, NULL), ERR_RANGE); /* one day is left at the end of all days */
}

TEST(words_of_the_command_line)
{
        static const struct {
                const char *text;
                int want;
        } pauses[] = {
                { "2026-11-23/2026-11-24", OK },
                { "2026-11-23T10:00:00+08:00/2026-11-24", OK },
                { "2026-11-24/2026-11-23", ERR_RANGE },
                { "2026-11-23", ERR_TYPE },
                { "/2026-11-23", ERR_TYPE },
                { "2026-11-23/", ERR_TYPE },
                { "2026-11-23/2026-11-24/2026-11-25", ERR_TYPE },
                { "2026-02-30/2026-03-01", ERR_TYPE },
                { "", ERR_TYPE },
        };
        for (size_t i = 0; i < COUNT(pauses); i++) {
                struct due_span p = { { 7 }, { 7 } };
                CHECK_EQ(due_pause_parse(str_of(pauses[i].text), &p), pauses[i].want);
                CHECK((p.to.us == 7) == (pauses[i].want != OK));
        }
        for (int u = DUE_WORKDAY; u <= DUE_HOUR; u++) {
                enum due_unit unit;
                CHECK_EQ(due_unit_parse(str_of(due_unit_name((enum due_unit)u)), &unit), OK);
                CHECK_EQ((int)unit, u);
        }
        enum due_unit unit;
        enum due_roll roll;
        struct instant t;
        CHECK_EQ(due_unit_parse(STR("days"), &unit), ERR_TYPE);
        CHECK_EQ(due_unit_parse(STR(""), &unit), ERR_TYPE);
        CHECK_EQ(due_roll_parse(STR("yes"), &roll), ERR_TYPE);
        CHECK_EQ(due_start_parse(STR("2026-02-29"), &t), ERR_TYPE);
        CHECK_EQ(due_start_parse(STR("tomorrow"), &t), ERR_TYPE);
}

TEST(local_days_and_hours_count)
{
        ARENA_AUTO a = { 0 };
        struct day closed, open;
        CHECK_EQ(day_parse(STR("2026-11-25"), &closed), OK);
        CHECK_EQ(day_parse(STR("2026-11-28"), &open), OK);
        const struct local_day local[] = { { closed, false, STR("街道庙会") }, { open, true, STR("换班") } };
        const struct calendar *c = calendar_build(&a, local, 2);
        struct due_spec s = spec_of("2026-11-24", 3, "workday", "none");
        struct due due;
        char text[40];
        CHECK_EQ(due_compute(c, NULL, &s, &due, NULL), OK);
        CHECK_STR(str_of(instant_format(due.at, text)), "2026-11-28" END);
        struct office_hours night;
        const struct str part[] = { STR("00:00-01:00"), STR("23:00-24:00") };
        CHECK_EQ(office_hours_parse(part, 2, &night), OK);
        s = spec_of("2026-11-24T23:30:00+08:00", 1, "workhour", "none");
        CHECK_EQ(due_compute(c, &night, &s, &due, NULL), OK);
        CHECK_STR(str_of(instant_format(due.at, text)), "2026-11-26T00:30:00+08:00"); /* 25 November is closed */
}

TEST(alarms)
{
        static const struct {
                const char *start;
                int32_t limit;
                const char *unit, *roll, *pauses, *half, *most, *all;
        } share[] = {
                { "2026-11-23", 5, "workday", "none", "", "2026-11-26T12:00:00+08:00", "2026-11-27" END,
                  "2026-11-30" END },
                { "2026-11-23", 1, "workday", "none", "", "2026-11-24T12:00:00+08:00", "2026-11-24T19:12:00+08:00",
                  "2026-11-24" END },
                { "2026-11-27", 2, "workday", "none", "", "2026-11-30" END, "2026-12-01T14:24:00+08:00",
                  "2026-12-01" END },
                { "2026-09-20", 10, "day", "none", "", "2026-09-25" END, "2026-09-28" END, "2026-09-30" END },
                { "2026-09-20", 15, "day", "statutory", "", "2026-09-28T12:00:00+08:00", "2026-10-02" END,
                  "2026-10-08" END },
                { "2026-01-31", 1, "month", "none", "", "2026-02-14" END, "2026-02-23T09:36:00+08:00",
                  "2026-02-28" END },
                { "2026-11-23T09:00:00+08:00", 24, "hour", "none", "", "2026-11-23T21:00:00+08:00",
                  "2026-11-24T04:12:00+08:00", "2026-11-24T09:00:00+08:00" },
                { "2026-11-23T11:00:00+08:00", 2, "workhour", "none", "", "2026-11-23T12:00:00+08:00",
                  "2026-11-23T14:36:00+08:00", "2026-11-23T15:00:00+08:00" },
                { "2026-11-23", 5, "workday", "none", "2026-11-25/2026-11-26", "2026-11-27T12:00:00+08:00",
                  "2026-11-30" END, "2026-12-01" END },
                { "2026-11-23T09:00:00+08:00", 10, "hour", "none", "2026-11-23T12:00/2026-11-23T13:00",
                  "2026-11-23T15:00:00+08:00", "2026-11-23T18:00:00+08:00", "2026-11-23T20:00:00+08:00" },
        };
        ARENA_AUTO a = { 0 };
        const struct calendar *c = calendar_build(&a, NULL, 0);
        for (size_t i = 0; i < COUNT(share); i++) {
                struct due_span pause[8];
                struct due_spec s = spec_of(share[i].start, share[i].limit, share[i].unit, share[i].roll);
                s.pause = pause;
                s.n_pause = pauses_of(share[i].pauses, pause);
                const char *const want[DUE_ALARMS] = { share[i].half, share[i].most, share[i].all };
                for (int k = 0; k < DUE_ALARMS; k++) {
                        struct instant at;
                        char text[40];
                        CHECK_EQ(due_share(c, NULL, &s, due_alarm_percent[k], &at, NULL), OK);
                        CHECK_STR(str_of(instant_format(at, text)), want[k]);
                }
        }
        struct due_spec s = spec_of("2026-11-23", 5, "workday", "none");
        struct instant at = { 77 };
        CHECK_EQ(due_share(c, NULL, &s, 0, &at, NULL), ERR_RANGE);
        CHECK_EQ(due_share(c, NULL, &s, 101, &at, NULL), ERR_RANGE);
        CHECK_EQ(at.us, 77);
}

TEST(days_before_an_event)
{
        static const struct {
                const char *event;
                int32_t n;
                enum due_unit unit;
                bool clear;
                int want;
                const char *latest;
        } before[] = {
                { "2026-12-10", 10, DUE_DAY, false, OK, "2026-11-30" },
                { "2026-12-10", 10, DUE_DAY, true, OK, "2026-11-29" }, /* a Sunday, and not moved later */
                { "2026-12-10", 3, DUE_WORKDAY, false, OK, "2026-12-07" },
                { "2026-12-10", 3, DUE_WORKDAY, true, OK, "2026-12-04" },
                { "2026-02-24", 1, DUE_WORKDAY, false, OK, "2026-02-14" },
                { "1900-01-02", 2, DUE_DAY, false, ERR_RANGE, NULL },
                { "1900-01-02", 2, DUE_WORKDAY, false, ERR_RANGE, NULL },
                { "2026-12-10", 0, DUE_DAY, false, ERR_RANGE, NULL },
                { "2026-12-10", 1, DUE_MONTH, false, ERR_TYPE, NULL },
        };
        ARENA_AUTO a = { 0 };
        const struct calendar *c = calendar_build(&a, NULL, 0);
        for (size_t i = 0; i < COUNT(before); i++) {
                struct day event, got = { -7 };
                char text[11];
                CHECK_EQ(day_parse(str_of(before[i].event), &event), OK);
                CHECK_EQ(due_before(c, event, before[i].n, before[i].unit, before[i].clear, &got), before[i].want);
                if (before[i].want == OK)
                        CHECK_STR(str_of(day_format(got, text)), before[i].latest);
                else
                        CHECK_EQ(got.n, -7);
        }
}

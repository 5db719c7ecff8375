/* How long is what kept? Each row is one sentence a clerk could check on a wall calendar. */
#include "town/retention.h"
#include "base/err.h"
#include "base/test.h"

static const struct {
        const char *period, *today, *before, *ended, *last;
} row[] = {
        { "1y", "2026-11-23", "2025-11-23", "2025-11-23", "2026-11-23" },
        { "3y", "2027-02-28", "2024-02-28", "2024-02-29", "2027-02-28" }, /* no 29th that year: its last day */
        { "1m", "2026-03-31", "2026-02-28", "2026-01-31", "2026-02-28" },
        { "18m", "2026-01-15", "2024-07-15", "2024-07-15", "2026-01-15" },
        { "90d", "2026-01-01", "2025-10-03", "2025-10-03", "2026-01-01" },
};

static struct retention read_one(const char *period)
{
        struct arena a = { 0 };
        struct findings f = { .arena = &a };
        struct retentions out;
        retention_read(&a, str_printf(&a, "class,period,basis,action\nvoice,%s,测试,erase\n", period), &f, &out);
        CHECK_EQ(out.n, 1);
        CHECK_EQ(f.n, 0);
        struct retention r = out.row[0];
        r.class = r.basis = r.period = STR("");
        arena_free(&a);
        return r;
}

TEST(a_period_is_counted_by_the_calendar)
{
        for (size_t i = 0; i < COUNT(row); i++) {
                char got[11];
                struct day today, ended;
                struct retention r = read_one(row[i].period);
                CHECK_EQ(day_parse(str_of(row[i].today), &today), OK);
                CHECK_EQ(day_parse(str_of(row[i].ended), &ended), OK);
                CHECK_STR(str_of(day_format(retention_before(&r, today), got)), row[i].before);
                CHECK_STR(str_of(day_format(retention_last(&r, ended), got)), row[i].last);
        }
}

TEST(what_is_permanent_never_ends)
{
        struct retention r = read_one("permanent");
        CHECK(day_is_none(retention_before(&r, (struct day){ 20000 })));
        CHECK(day_is_none(retention_last(&r, (struct day){ 20000 })));
}

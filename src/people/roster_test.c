#include "people/roster.h"
#include "base/err.h"
#include "base/test.h"
#include "people/inner/test_util.h"

#define HEAD "date,shift,leader,officer\n"

struct fixture {
        struct arena a;
        struct findings f;
        struct staff_list staff;
        struct roster r;
        struct day today;
};

static void make(struct fixture *x, const char *rows, const char *today)
{
        struct orgs o;
        *x = (struct fixture){ .today = DAY_NONE };
        x->f.arena = &x->a;
        CHECK_EQ(orgs_read(&x->a, STR("code,parent,kind,relation,reach,name\no,,government,own,account,办\n"), &x->f,
                           &o),
                 OK);
        CHECK_EQ(staff_read(&x->a, STR("login,name,org,until\nann,甲甲,o,\nbob,乙乙,o,\ncat,丙丙,o,2026-01-10\n"), &o,
                            &x->f, &x->staff),
                 OK);
        if (today)
                CHECK_EQ(day_parse(str_of(today), &x->today), OK);
        CHECK_EQ(roster_read(&x->a, str_printf(&x->a, HEAD "%s", rows), &x->staff, x->today, &x->f, &x->r), OK);
}

TEST(roster_findings)
{
        static const struct finding_case row[] = {
                { "2026-02-30,day,ann,bob\n", "roster.date-bad", 2 },
                { "2026-01-05,morning,ann,bob\n", "roster.shift-bad", 2 },
                { "2026-01-05,25:00-26:00,ann,bob\n", "roster.shift-bad", 2 },
                { "2026-01-05,08:00,ann,bob\n", "roster.shift-bad", 2 },
                { "2026-01-05,8:00-9:00,ann,bob\n", "roster.shift-bad", 2 },
                { "2026-01-05,08:00-09:00-10:00,ann,bob\n", "roster.shift-bad", 2 },
                { "2026-01-05,24:00-08:00,ann,bob\n", "roster.shift-bad", 2 },
                { "2026-01-05,day,eve,bob\n", "roster.staff-unknown", 2 },
                { "2026-01-05,day,ann,bob;eve\n", "roster.staff-unknown", 2 },
                { "2026-01-11,day,ann,cat\n", "roster.staff-gone", 2 },
                { "2026-01-05,day,ann,ann;ann;ann;ann;ann;ann;ann;ann;ann\n", "roster.too-many", 2 },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                struct fixture x;
                make(&x, row[i].rows, NULL);
                check_one_finding(&x.f, &row[i]);
                arena_free(&x.a);
        }
}

TEST(roster_who_is_on_duty)
{
        struct fixture x;
        make(&x,
             "2026-01-05,night,bob,ann;bob\n2026-01-05,day,ann,bob\n2026-01-07,00:00-24:00,bob,bob\n"
             "2026-01-10,22:00-06:00,ann,cat\n2026-02-01,09:00-09:00,bob,ann\n",
             NULL);
        CHECK_EQ(x.f.n, 0);
        const struct {
                const char *at, *officer, *leader;
        } row[] = {
                { "2026-01-05T08:29:59+08:00", NULL, NULL },
                { "2026-01-05T08:30:00+08:00", "bob", "ann" },
                { "2026-01-05T17:29:59+08:00", "bob", "ann" },
                { "2026-01-05T17:30:00+08:00", "ann", "bob" },
                { "2026-01-05T23:59:59Z", "ann", "bob" }, /* 07:59:59 of the next day in China */
                { "2026-01-06T08:29:59.999999+08:00", "ann", "bob" },
                { "2026-01-06T08:30:00+08:00", NULL, NULL },
                { "2026-01-07T00:00:00+08:00", "bob", "bob" },
                { "2026-01-07T23:59:59+08:00", "bob", "bob" },
                { "2026-01-08T00:00:00+08:00", NULL, NULL },
                { "2026-01-10T23:00:00+08:00", "cat", "ann" },
                { "2026-01-11T05:59:00+08:00", "ann", "ann" }, /* cat's last day is over: the leader is called */
                { "2026-02-02T08:59:59+08:00", "ann", "bob" }, /* from nine to nine is a whole day */
                { "2026-02-02T09:00:00+08:00", NULL, NULL },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                struct instant at;
                CHECK_EQ(instant_parse(str_of(row[i].at), &at), OK);
                const struct staff_member *o = roster_officer(&x.r, at), *l = roster_leader(&x.r, at);
                if (!str_is(o ? o->login : STR("none"), row[i].officer ? row[i].officer : "none") ||
                    !str_is(l ? l->login : STR("none"), row[i].leader ? row[i].leader : "none"))
                        fail_msg("row %zu %s: %s", i, row[i].at, o ? o->login.p : "none");
        }
        arena_free(&x.a);
}

TEST(roster_overlapping_shifts)
{
        struct fixture x;
        make(&x, "2026-01-05,all,ann,ann\n2026-01-05,12:00-14:00,bob,bob\n", NULL);
        struct instant noon;
        const struct shift *on[4];
        CHECK_EQ(instant_parse(STR("2026-01-05T12:30:00+08:00"), &noon), OK);
        CHECK_EQ(roster_on(&x.r, noon, on, 4), 2);
        CHECK_EQ(on[0]->line, 2);
        CHECK_EQ(roster_on(&x.r, noon, on, 1), 1);
        CHECK_STR(roster_officer(&x.r, noon)->login, "bob"); /* the shift that began last */
        noon.us += 90 * US_PER_MINUTE;                       /* 14:00: over */
        CHECK_EQ(roster_on(&x.r, noon, on, 4), 1);
        CHECK_STR(roster_officer(&x.r, noon)->login, "ann");
        arena_free(&x.a);
}

TEST(roster_gaps)
{
        struct fixture x;
        make(&x, "", "2026-01-05");
        check_one_finding(&x.f, &(struct finding_case){ NULL, "roster.gap", 0 });
        CHECK(str_find(x.f.row[0].zh, STR("2026-01-05T08:30 至 2026-02-04T08:30")) >= 0);
        arena_free(&x.a);

        struct fixture y; /* 30 days of day and night, but one night */
        make(&y, "", NULL);
        struct str rows = STR("");
        for (int i = 0; i < 31; i++) {
                char date[11];
                struct day d;
                CHECK_EQ(day_parse(STR("2026-01-05"), &d), OK);
                day_format((struct day){ d.n + i }, date);
                rows = str_printf(&y.a, "%.*s%s,day,ann,bob\n%s", STR_ARG(rows), date,
                                  i == 9 ? "" : str_c(&y.a, str_printf(&y.a, "%s,night,ann,bob\n", date)));
        }
        CHECK_EQ(day_parse(STR("2026-01-05"), &y.today), OK);
        CHECK_EQ(roster_read(&y.a, str_printf(&y.a, HEAD "%.*s", STR_ARG(rows)), &y.staff, y.today, &y.f, &y.r), OK);
        check_one_finding(&y.f, &(struct finding_case){ NULL, "roster.gap", 20 });
        CHECK(str_find(y.f.row[0].en, STR("2026-01-14T17:30 to 2026-01-15T08:30")) >= 0);
        arena_free(&y.a);
}

#include "duty/inner/fixture.h"

TEST(a_row_is_read_whole)
{
        struct fixture f;
        fixture_open(&f, DUTY_HEAD "d1,conferred,lamp,路灯,warranty=yes; owner=property,squad,urban; "
                                   "lampco,g1,5,workday,条例,2026-01-01,2026-12-31,3,4,5\n");
        CHECK_STR(fixture_found(&f.arena, &f.findings), "");
        const struct duty *d = &f.duties.row[duty_find(&f.duties, STR("d1"))];
        CHECK_EQ(d->list, DUTY_CONFERRED);
        CHECK_EQ(d->subject, subject_find(&f.subjects, STR("lamp")));
        CHECK_EQ(d->n_condition, 2);
        CHECK_STR(d->condition[0].fact, "owner"); /* sorted by fact */
        CHECK_STR(d->condition[1].value, "yes");
        CHECK_EQ(d->n_assist, 2);
        CHECK_STR(d->assist[1], "lampco");
        CHECK_EQ(d->limit, 5);
        CHECK_EQ(d->unit, DUE_WORKDAY);
        CHECK(d->usable && duty_has_capacity(d));
        CHECK(duty_holds_on(d, fixture_day("2026-01-01")) && duty_holds_on(d, fixture_day("2026-12-31")));
        CHECK(!duty_holds_on(d, fixture_day("2025-12-31")) && !duty_holds_on(d, fixture_day("2027-01-01")));
        arena_free(&f.arena);
}

/* Each row: the cells after the code, and what is found. */
static const struct {
        const char *row, *found;
} bad[] = {
        { "basic,lamp,路灯,,urban,,,5,workday,条例,,,,,", "" },
        { "basic,lamp,路灯,,urban,,,,,条例,,,,,", "" }, /* no limit of its own */
        { "basics,lamp,路灯,,urban,,,,,条例,,,,,", "duty.list:2" },
        { "basic,lampe,路灯,,urban,,,,,条例,,,,,", "duty.unknown-subject:2" },
        { "basic,lamp,路灯,owner,urban,,,,,条例,,,,,", "duty.condition:2" },
        { "basic,lamp,路灯,owner=,urban,,,,,条例,,,,,", "duty.condition:2" },
        { "basic,lamp,路灯,=property,urban,,,,,条例,,,,,", "duty.condition:2" },
        { "basic,lamp,路灯,owner=a=b,urban,,,,,条例,,,,,", "duty.condition:2" },
        { "basic,lamp,路灯,owner=a;owner=b,urban,,,,,条例,,,,,", "duty.condition:2" },
        { "basic,lamp,路灯,owner=a;;warranty=b,urban,,,,,条例,,,,,", "duty.condition:2" },
        { "basic,lamp,路灯,a=1;b=1;c=1;d=1;e=1;f=1;g=1;h=1;i=1,urban,,,,,条例,,,,,", "duty.condition:2" },
        { "basic,lamp,路灯,,urban,,,5,,条例,,,,,", "duty.limit:2" },
        { "basic,lamp,路灯,,urban,,,,day,条例,,,,,", "duty.limit:2" },
        { "basic,lamp,路灯,,urban,,,0,day,条例,,,,,", "duty.limit:2" },
        { "basic,lamp,路灯,,urban,,,-3,day,条例,,,,,", "duty.limit:2" },
        { "basic,lamp,路灯,,urban,,,2.5,day,条例,,,,,", "duty.limit:2" },
        { "basic,lamp,路灯,,urban,,,5,week,条例,,,,,", "duty.limit:2" },
        { "basic,lamp,路灯,,urban,,,,,条例,2026-02-30,,,,", "duty.dates:2" },
        { "basic,lamp,路灯,,urban,,,,,条例,2026-03-01,2026-02-28,,,", "duty.dates:2" },
        { "basic,lamp,路灯,,urban,,,,,条例,2026-03-01,2026-03-01,,,", "" }, /* one day */
        { "basic,lamp,路灯,,urban,,,,,,,,,,", "duty.basis-empty:2" },
        { "basic,,路灯,,urban,,,,,条例,,,,,", "csv.cell-empty:2" },
};

TEST(each_mistake_in_a_row_is_found)
{
        for (size_t i = 0; i < COUNT(bad); i++) {
                ARENA_AUTO a = { 0 };
                struct fixture f;
                fixture_open(&f, str_printf(&a, "%sd1,%s\n", DUTY_HEAD, bad[i].row).p);
                CHECK_STR(fixture_found(&a, &f.findings), bad[i].found);
                CHECK_EQ(f.duties.row[0].usable, f.findings.errors == 0);
                arena_free(&f.arena);
        }
}

TEST(a_code_stands_once)
{
        struct fixture f;
        fixture_open(&f, DUTY_HEAD "d1,basic,lamp,路灯,,urban,,,,,条例,,,,,\nd1,basic,lamp,路灯,,estate,,,,,条例,,,,,"
                                   "\nd 2,basic,lamp,路灯,,estate,,,,,条例,,,,,\n");
        CHECK_STR(fixture_found(&f.arena, &f.findings), "duty.duplicate:3 duty.code:4");
        CHECK_EQ(f.duties.n, 1);
        arena_free(&f.arena);
}

/* Two conditions: may both hold, is the first narrower? */
static const struct {
        const char *a, *b;
        bool meet, narrower, same;
} pair[] = {
        { "", "", true, false, true },
        { "x=1", "", true, true, false },
        { "x=1", "x=2", false, false, false },
        { "x=1", "x=1", true, false, true },
        { "x=1", "y=1", true, false, false },
        { "x=1;y=1", "y=1", true, true, false },
        { "x=1;y=1", "y=1;x=1", true, false, true },
        { "x=1;y=1", "y=2", false, false, false },
};

TEST(conditions_are_compared)
{
        for (size_t i = 0; i < COUNT(pair); i++) {
                ARENA_AUTO a = { 0 };
                struct fixture f;
                fixture_open(&f, str_printf(&a,
                                            "%sa,basic,lamp,路灯,%s,urban,,,,,条例,,,,,\nb,basic,lamp,路灯,%s,urban,,,,"
                                            ",条例,,,,,\n",
                                            DUTY_HEAD, pair[i].a, pair[i].b)
                                         .p);
                CHECK_EQ(duty_conditions_meet(&f.duties.row[0], &f.duties.row[1]), pair[i].meet);
                CHECK_EQ(duty_conditions_meet(&f.duties.row[1], &f.duties.row[0]), pair[i].meet);
                CHECK_EQ(duty_condition_narrower(&f.duties.row[0], &f.duties.row[1]), pair[i].narrower);
                CHECK_EQ(duty_condition_same(&f.duties.row[0], &f.duties.row[1]), pair[i].same);
                arena_free(&f.arena);
        }
}

TEST(lists_have_names)
{
        static const char *const names[DUTY_LISTS] = { "basic",     "assist",    "recalled", "service",
                                                       "conferred", "entrusted", "committee" };
        for (int i = 0; i < DUTY_LISTS; i++) {
                CHECK_STR(str_of(duty_list_name((enum duty_list)i)), names[i]);
                CHECK(duty_list_say((enum duty_list)i).zh[0] && duty_list_say((enum duty_list)i).en[0]);
        }
}

#include "duty/inner/fixture.h"

/* Ask who leads. @place is a path; @facts as in a condition cell. The book must stay open. */
static struct lead ask(struct fixture *f, const char *subject, const char *place, const char *facts, const char *keeper,
                       const char *day)
{
        struct str *path = arena_array(&f->arena, struct str, LEAD_PATH_MAX);
        struct lead_in in = { .subject = subject_find(&f->subjects, str_of(subject)),
                              .path = path,
                              .day = fixture_day(day),
                              .keeper = str_of(keeper),
                              .keeper_committee = str_is(str_of(keeper), "jw") };
        in.n_path = lead_path(str_of(place), path);
        struct duty_pair *fact;
        CHECK_EQ(lead_facts(&f->arena, str_of(facts), &fact, &in.n_fact), OK);
        in.fact = fact;
        struct lead lead;
        lead_find(&f->book, &f->arena, &in, &lead);
        return lead;
}

static struct str row_code(const struct fixture *f, uint32_t duty)
{
        return duty == DUTY_NONE ? STR("-") : f->duties.row[duty].code;
}

static struct str join(struct arena *a, const struct str *list, uint32_t n)
{
        struct str out = STR("");
        for (uint32_t i = 0; i < n; i++)
                out = str_printf(a, "%.*s%s%.*s", STR_ARG(out), i ? " " : "", STR_ARG(list[i]));
        return out;
}

#define G1 "11/town/c1/g1"
#define G2 "11/town/c1/g2"
#define G3 "11/town/c2/g3"

static const char town[] =
        DUTY_HEAD "all,basic,water,供水,,urban,works,,5,workday,条例,,,,,\n"
                  "pipe,service,water.pipe,漏水,,works,urban,,24,hour,条例,,,,,\n"
                  "pipe.own,basic,water.pipe,小区漏水,owner=property,estate,works,,24,hour,条例,,,,,\n"
                  "pipe.new,service,water.pipe,质保漏水,owner=property;warranty=yes,lampco,estate,,24,hour,条例,,,,,\n"
                  "water.c1,basic,water,一社区供水,,estate,,c1,5,workday,条例,,,,,\n"
                  "water.g2,service,water,二网格供水,,lampco,,g2,5,workday,条例,2026-07-01,2026-12-31,,,\n"
                  "lamp.up,assist,lamp,路灯,,bureau,urban;estate,,3,workday,条例,,,,,\n"
                  "self.jw,committee,self,议事,,jw,,c1,10,workday,组织法,,,,,\n"
                  "self.all,basic,self,自治,,estate,,,10,workday,组织法,,,,,\n";

/* One row, one sentence: about this, here, when that is known, kept by, on this day: so this org leads, by that row. */
static const struct {
        const char *subject, *place, *facts, *keeper, *day;
        enum lead_how how;
        const char *org, *duty, *assist;
} row[] = {
        /* the plain row of the subject, else of the one above */
        { "water.pipe", G3, "", "", "2026-03-01", LEAD_PLAIN, "works", "pipe", "urban" },
        { "water.pipe.main", G3, "", "", "2026-03-01", LEAD_PLAIN, "works", "pipe", "urban" },
        { "water", G3, "", "", "2026-03-01", LEAD_PLAIN, "urban", "all", "works" },
        /* a row whose condition holds comes before any plain row */
        { "water.pipe", G3, "owner=property", "", "2026-03-01", LEAD_CONDITION, "estate", "pipe.own", "works" },
        { "water.pipe", G1, "owner=property", "", "2026-03-01", LEAD_CONDITION, "estate", "pipe.own", "works" },
        { "water.pipe", G3, "owner=municipal", "", "2026-03-01", LEAD_PLAIN, "works", "pipe", "urban" },
        /* the condition that demands more */
        { "water.pipe", G3, "warranty=yes;owner=property", "", "2026-03-01", LEAD_CONDITION, "lampco", "pipe.new",
          "estate" },
        { "water.pipe", G3, "owner=property;warranty=no", "", "2026-03-01", LEAD_CONDITION, "estate", "pipe.own",
          "works" },
        /* the most specific place, before the most specific subject */
        { "water", G1, "", "", "2026-03-01", LEAD_PLAIN, "estate", "water.c1", "" },
        { "water.pipe", G1, "", "", "2026-03-01", LEAD_PLAIN, "estate", "water.c1", "" },
        { "water.pipe", "11/town/c1/g1/b7", "", "", "2026-03-01", LEAD_PLAIN, "estate", "water.c1", "" },
        /* from the first day to the last, both included */
        { "water", G2, "", "", "2026-06-30", LEAD_PLAIN, "estate", "water.c1", "" },
        { "water", G2, "", "", "2026-07-01", LEAD_PLAIN, "lampco", "water.g2", "" },
        { "water", G2, "", "", "2026-12-31", LEAD_PLAIN, "lampco", "water.g2", "" },
        { "water", G2, "", "", "2027-01-01", LEAD_PLAIN, "estate", "water.c1", "" },
        /* the place is not known: rows for the whole town */
        { "water.pipe", "", "", "", "2026-03-01", LEAD_PLAIN, "works", "pipe", "urban" },
        /* who keeps the thing comes before all; limit and basis stay those of the row */
        { "water.pipe", G1, "owner=property", "lampco", "2026-03-01", LEAD_KEEPER, "lampco", "pipe.own", "works" },
        { "water.pipe", G3, "", "urban", "2026-03-01", LEAD_KEEPER, "urban", "pipe",
          "" }, /* and does not assist itself */
        /* an assist row: the upper organ leads, our units assist */
        { "lamp", G1, "", "", "2026-03-01", LEAD_PLAIN, "bureau", "lamp.up", "urban estate" },
        /* a committee leads its own list, in its own community */
        { "self", G1, "", "", "2026-03-01", LEAD_PLAIN, "jw", "self.jw", "" },
        { "self", G3, "", "", "2026-03-01", LEAD_PLAIN, "estate", "self.all", "" },
        /* a committee that keeps a thing leads only what is on its list */
        { "self", G1, "", "jw", "2026-03-01", LEAD_KEEPER, "jw", "self.jw", "" },
        { "lamp", G1, "", "jw", "2026-03-01", LEAD_PLAIN, "bureau", "lamp.up", "urban estate" },
        /* nothing known of the subject: the fallback unit */
        { "unheard", G1, "", "", "2026-03-01", LEAD_FALLBACK, "desk", "-", "" },
};

TEST(who_leads)
{
        struct fixture f;
        fixture_open(&f, town);
        CHECK_STR(fixture_found(&f.arena, &f.findings), "");
        for (size_t i = 0; i < COUNT(row); i++) {
                struct lead l = ask(&f, row[i].subject, row[i].place, row[i].facts, row[i].keeper, row[i].day);
                CHECK_STR(l.org, row[i].org);
                CHECK_EQ(l.how, row[i].how);
                CHECK_STR(row_code(&f, l.duty), row[i].duty);
                CHECK_STR(join(&f.arena, l.assist, l.n_assist), row[i].assist);
                CHECK_EQ(l.interim, l.how == LEAD_FALLBACK);
                CHECK_EQ(l.joint_look, l.how == LEAD_FALLBACK);
        }
        CHECK(ask(&f, "lamp", G1, "", "jw", "2026-03-01").keeper_passed_over);
        CHECK(!ask(&f, "self", G1, "", "jw", "2026-03-01").keeper_passed_over);
        arena_free(&f.arena);
}

/* Rows beside "m1" in a town that has nothing else, all about lamps in grid g1 on 2026-03-01. */
static const struct {
        const char *rows, *facts;
        enum lead_how how;
        const char *org, *duty, *assist;
        bool recalled;
} few[] = {
        { "a,basic,lamp,灯,,urban,,,,,条例,,,,,\n", "", LEAD_PLAIN, "urban", "a", "", false },
        /* taken back: to who took it back, also beside a row that was left standing */
        { "a,recalled,lamp,灯,,bureau,urban,,,,条例,,,,,\n", "", LEAD_PLAIN, "bureau", "a", "urban", true },
        { "a,basic,lamp,灯,,urban,,,,,条例,,,,,\nb,recalled,lamp,灯,,bureau,,,,,条例,,,,,\n", "", LEAD_PLAIN, "bureau",
          "b", "", true },
        /* ... but a narrower row is not touched by a wider recall */
        { "a,basic,lamp,灯,x=1;y=1,urban,,,,,条例,,,,,\nb,recalled,lamp,灯,x=1,bureau,,,,,条例,,,,,\n", "x=1;y=1",
          LEAD_CONDITION, "urban", "a", "", false },
        /* an assist row never makes our own unit the lead */
        { "a,assist,lamp,灯,,urban,estate,,,,条例,,,,,\n", "", LEAD_FALLBACK, "desk", "-", "", false },
        /* a committee never leads another list */
        { "a,basic,lamp,灯,,jw,,,,,条例,,,,,\n", "", LEAD_FALLBACK, "desk", "-", "", false },
        /* handed down without the means */
        { "a,conferred,lamp,灯,,squad,,,,,条例,,,3,,5\n", "", LEAD_FALLBACK, "desk", "-", "", false },
        { "a,conferred,lamp,灯,,squad,,,,,条例,,,3,4,5\n", "", LEAD_PLAIN, "squad", "a", "", false },
        /* a lead that does not exist */
        { "a,basic,lamp,灯,,ghost,,,,,条例,,,,,\n", "", LEAD_FALLBACK, "desk", "-", "", false },
        /* equals: the fallback unit leads for the time being, and both are called */
        { "a,basic,lamp,灯,,urban,,,,,条例,,,,,\nb,basic,lamp,灯,,estate,,,,,条例,,,,,\n", "", LEAD_TIE, "desk", "-",
          "urban estate", false },
        { "a,basic,lamp,灯,x=1,urban,,,,,条例,,,,,\nb,basic,lamp,灯,y=1,estate,,,,,条例,,,,,\n", "x=1;y=1", LEAD_TIE,
          "desk", "-", "urban estate", false },
        { "a,basic,lamp,灯,x=1,urban,,,,,条例,,,,,\nb,basic,lamp,灯,x=2,estate,,,,,条例,,,,,\n", "x=2", LEAD_CONDITION,
          "estate", "b", "", false },
        /* equals that name the same lead are no tie: the first of the file counts */
        { "a,basic,lamp,灯,,urban,works,,,,条例,,,,,\nb,service,lamp,灯,,urban,,,,,条例,,,,,\n", "", LEAD_PLAIN,
          "urban", "a", "works", false },
        /* only conditional rows, and nothing known */
        { "a,basic,lamp,灯,x=1,urban,,,,,条例,,,,,\n", "", LEAD_FALLBACK, "desk", "-", "", false },
        /* wider than two incomparable recalls: nobody is left out by a circle */
        { "a,basic,lamp,灯,w=1;x=1,urban,,,,,条例,,,,,\nb,basic,lamp,灯,y=1;z=1,estate,,,,,条例,,,,,\n"
          "c,recalled,lamp,灯,w=1,bureau,,,,,条例,,,,,\nd,recalled,lamp,灯,y=1,bureau,,,,,条例,,,,,\n",
          "w=1;x=1;y=1;z=1", LEAD_TIE, "desk", "-", "urban estate", false },
};

TEST(particular_rows)
{
        for (size_t i = 0; i < COUNT(few); i++) {
                ARENA_AUTO a = { 0 };
                struct fixture f;
                fixture_open(&f, str_printf(&a, "%s%s", DUTY_HEAD, few[i].rows).p);
                struct lead l = ask(&f, "lamp", G1, few[i].facts, "", "2026-03-01");
                CHECK_STR(l.org, few[i].org);
                CHECK_EQ(l.how, few[i].how);
                CHECK_STR(row_code(&f, l.duty), few[i].duty);
                CHECK_STR(join(&a, l.assist, l.n_assist), few[i].assist);
                CHECK_EQ(l.recalled, few[i].recalled);
                CHECK_EQ(l.joint_look, l.how == LEAD_TIE || l.how == LEAD_FALLBACK);
                arena_free(&f.arena);
        }
}

static const char equals[] = DUTY_HEAD
        "a,basic,lamp,灯,,urban,works,,3,day,条例,,,,,\nb,conferred,lamp,灯,,squad,estate,,2,day,条例,,,3,4,5\n";

TEST(an_agreement_decides_between_equals)
{
        struct fixture f;
        fixture_open(&f, equals);
        struct lead l = ask(&f, "lamp", G2, "", "", "2026-03-01");
        CHECK_EQ(l.how, LEAD_AGREEMENT);
        CHECK_STR(l.org, "squad");
        CHECK_STR(l.agreement, "joint-1"); /* other-1 names nobody concerned */
        CHECK_STR(row_code(&f, l.duty), "b");
        CHECK_STR(join(&f.arena, l.assist, l.n_assist), "urban estate");
        CHECK(l.interim && !l.joint_look);
        CHECK_EQ(l.row[0].lost, LOST_AGREEMENT);
        CHECK_EQ(ask(&f, "lamp", G1, "", "", "2026-03-01").how, LEAD_TIE); /* not in that grid */
        CHECK_EQ(ask(&f, "lamp", G2, "", "", "2027-03-01").how, LEAD_TIE); /* no longer */
        arena_free(&f.arena);
}

TEST(a_keeper_ends_a_tie)
{
        struct fixture f;
        fixture_open(&f, equals);
        struct lead l = ask(&f, "lamp", G1, "", "lampco", "2026-03-01");
        CHECK_EQ(l.how, LEAD_KEEPER);
        CHECK_STR(l.org, "lampco");
        CHECK(!l.interim && !l.joint_look);
        CHECK_STR(join(&f.arena, l.assist, l.n_assist), "urban squad");
        arena_free(&f.arena);
}

TEST(every_row_looked_at_says_why_it_lost)
{
        struct fixture f;
        fixture_open(&f, town);
        struct lead l = ask(&f, "water.pipe.main", G2, "owner=property", "", "2026-03-01");
        static const struct {
                const char *code;
                enum lead_lost lost;
        } want[] = {
                { "pipe.own", LEAD_WON },  { "pipe.new", LOST_UNKNOWN },   { "pipe", LOST_CONDITION },
                { "all", LOST_CONDITION }, { "water.c1", LOST_CONDITION }, { "water.g2", LOST_EARLY },
        };
        CHECK_EQ(l.n_rows, COUNT(want));
        for (size_t k = 0; k < COUNT(want); k++) {
                uint32_t i = 0;
                while (i < l.n_rows && !str_is(row_code(&f, l.row[i].duty), want[k].code))
                        i++;
                CHECK(i < l.n_rows);
                CHECK_EQ(l.row[i].lost, want[k].lost);
        }
        CHECK_STR(join(&f.arena, l.missing, l.n_missing), "warranty");
        l = ask(&f, "water.pipe", G1, "", "", "2026-03-01");
        CHECK_STR(join(&f.arena, l.missing, l.n_missing), "owner warranty");
        l = ask(&f, "water.pipe", G1, "owner=municipal", "", "2026-03-01");
        CHECK_EQ(l.n_missing, 0);
        arena_free(&f.arena);
}

TEST(the_order_of_the_file_does_not_decide)
{
        struct fixture one, two;
        fixture_open(&one, DUTY_HEAD "a,basic,lamp,灯,,urban,,,,,条例,,,,,\nb,basic,lamp,灯,,estate,,c1,,,条例,,,,,\nc,"
                                     "basic,lamp,灯,x=1,works,,,,,条例,,,,,\n");
        fixture_open(&two, DUTY_HEAD "c,basic,lamp,灯,x=1,works,,,,,条例,,,,,\nb,basic,lamp,灯,,estate,,c1,,,条例,,,,,"
                                     "\na,basic,lamp,灯,,urban,,,,,条例,,,,,\n");
        static const char *const facts[] = { "", "x=1", "x=2" };
        static const char *const places[] = { G1, G3, "" };
        for (size_t i = 0; i < COUNT(facts); i++)
                for (size_t k = 0; k < COUNT(places); k++)
                        CHECK(str_eq(ask(&one, "lamp", places[k], facts[i], "", "2026-03-01").org,
                                     ask(&two, "lamp", places[k], facts[i], "", "2026-03-01").org));
        arena_free(&one.arena);
        arena_free(&two.arena);
}

TEST(paths_and_facts_are_read)
{
        ARENA_AUTO a = { 0 };
        struct str path[LEAD_PATH_MAX];
        CHECK_EQ(lead_path(STR("11/1101//c1"), path), 3);
        CHECK_STR(path[2], "c1");
        CHECK_EQ(lead_path(STR(""), path), 0);
        CHECK_EQ(lead_path(STR("1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17"), path), LEAD_PATH_MAX);
        struct duty_pair *fact;
        uint32_t n;
        CHECK_EQ(lead_facts(&a, STR(" owner = property ;kind=lamp"), &fact, &n), OK);
        CHECK_EQ(n, 2);
        CHECK_STR(fact[0].value, "property");
        CHECK_EQ(lead_facts(&a, STR("owner"), &fact, &n), ERR_TYPE);
        CHECK_EQ(lead_facts(&a, STR("=x"), &fact, &n), ERR_TYPE);
        CHECK_EQ(lead_facts(&a, STR(""), &fact, &n), OK);
        CHECK_EQ(n, 0);
}

TEST(every_reason_has_a_name_and_a_sentence)
{
        for (int i = 0; i < LEAD_HOWS; i++)
                CHECK(lead_how_name((enum lead_how)i)[0] && lead_how_say((enum lead_how)i).zh[0] &&
                      lead_how_say((enum lead_how)i).en[0]);
        for (int i = 0; i < LEAD_LOSTS; i++)
                CHECK(lead_lost_name((enum lead_lost)i)[0] && lead_lost_say((enum lead_lost)i).zh[0] &&
                      lead_lost_say((enum lead_lost)i).en[0]);
}

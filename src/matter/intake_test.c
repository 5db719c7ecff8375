/* Where does it go, to whom, until when? Each row is a sentence that a clerk of the small town could check. */
#include "base/test.h"
#include "matter/matter_test_util.h"

static struct town *town;
static struct test_ctx c;

static void begin(const struct town_file *change)
{
        test_ctx_init(&c);
        town = small_town(change);
        c.ctx.town = town->id;
}

static void end(void)
{
        town_unref(town);
        test_ctx_free(&c);
}

static int decide(const struct intake_in *in, struct intake *k)
{
        c.err = (struct err){ 0 };
        return intake_decide(&c.ctx, town, in, k);
}

static const char *text(struct str s)
{
        return s.n ? str_c(&c.arena, s) : "";
}

/* ---- where ------------------------------------------------------------------------------------------------------- */

static const struct {
        const char *why;
        double lat, lon; /* 0: no point */
        const char *place, *thing;
        const char *how, *grid, *building, *path_end, *state;
} places[] = {
        { "a point in the middle of a grid", 39.905, 116.405, "", "", "inside", G1, "", G1, "dispatched" },
        { "30 m south of a grid is nearest to it", 39.89973, 116.405, "", "", "nearest", G1, "", G1, "dispatched" },
        { "200 m away nobody guesses", 39.8982, 116.405, "", "", "desk", "", "", "110101002000", "placing" },
        { "another town altogether", 31.2, 121.5, "", "", "desk", "", "", "110101002000", "placing" },
        { "8 m inside G3, but on the shared street that G2 takes", 39.905, 116.4201, "", "", "agreement", G2, "", G2,
          "dispatched" },
        { "400 m from that street G3 has its own", 39.905, 116.425, "", "", "inside", G3, "", G3, "dispatched" },
        { "the enclave is in G4, by agreement", 39.905, 116.435, "", "", "agreement", G4, "", G4, "dispatched" },
        { "no place at all: the desk asks", 0, 0, "", "", "desk", "", "", "110101002000", "placing" },
        { "a building chosen from the list", 0, 0, G1 "-1", "", "inside", G1, G1 "-1", G1 "-1", "dispatched" },
        { "a community is a place, though no grid", 0, 0, A_COMMUNITY, "", "inside", "", "", A_COMMUNITY,
          "dispatched" },
        { "somewhere in the township is not", 0, 0, "110101002000", "", "inside", "", "", "110101002000", "placing" },
        { "what is chosen goes before the phone's point", 39.905, 116.425, G1, "", "inside", G1, "", G1, "dispatched" },
        { "a lamp's number says where it stands", 0, 0, "", "lamp-1", "inside", G1, "", G1, "dispatched" },
        { "a lift's number names its building", 0, 0, "", "lift-1", "inside", G1, G1 "-1", G1 "-1", "dispatched" },
        { "a point goes before the thing's own place", 39.905, 116.425, "", "lamp-1", "inside", G3, "", G3,
          "dispatched" },
};

/* What is said is taken where it can mean one thing only; what somebody chose or pointed at goes before it. */
static const struct {
        const char *said, *place, *thing;
        double lat, lon;
        const char *found_by, *found, *grid, *state;
} spoken[] = {
        { "一号灯杆旁", "", "", 0, 0, "number", "lamp-1", G1, "dispatched" },
        { "甲社区第一网格", "", "", 0, 0, "name", G1, G1, "dispatched" },
        { "第一网格１幢门口", "", "", 0, 0, "name", G1 "-1", G1, "dispatched" },
        { "甲社区", "", "", 0, 0, "name", A_COMMUNITY, "", "dispatched" },
        { "一号灯杆往东二百米", "", "", 0, 0, NULL, "", "", "placing" },
        { "测试街道", "", "", 0, 0, NULL, "", "", "placing" },
        { "老供销社", "", "", 0, 0, NULL, "", "", "placing" },
        { "一号灯杆旁", G2, "", 0, 0, NULL, "", G2, "dispatched" },
        { "甲社区", "", "lamp-1", 0, 0, NULL, "", G1, "dispatched" },
        { "一号灯杆旁", "", "", 39.905, 116.425, NULL, "", G3, "dispatched" },
        { "一号灯杆旁", "", "", 31.2, 121.5, NULL, "", "", "placing" },
};

TEST(intake_takes_what_can_mean_one_place_only)
{
        begin(NULL);
        for (size_t i = 0; i < COUNT(spoken); i++) {
                struct intake_in in = say("门口的垃圾没有清运");
                struct intake k;
                in.said = str_of(spoken[i].said);
                in.place = str_of(spoken[i].place);
                in.thing = str_of(spoken[i].thing);
                in.has_point = spoken[i].lat > 0;
                in.point = (struct point){ spoken[i].lat, spoken[i].lon };
                CHECK_EQ(decide(&in, &k), OK);
                struct str want = spoken[i].found_by ? str_printf(&c.arena, "\"found_by\":\"%s\",\"found\":\"%s\"", spoken[i].found_by, spoken[i].found)
                                                     : STR("\"found_by\"");
                if ((str_find(k.why, want) >= 0) != (spoken[i].found_by != NULL) || !str_is(k.state, spoken[i].state) || strcmp(text(k.at.grid), spoken[i].grid) != 0)
                        fail_msg("%s: %s %s in " STR_FMT, spoken[i].said, text(k.state), text(k.at.grid), STR_ARG(k.why));
                CHECK(str_find(k.why, str_of(spoken[i].said)) < 0); /* codes only: an explanation outlives the words */
        }
        end();
}

TEST(intake_says_where)
{
        begin(NULL);
        for (size_t i = 0; i < COUNT(places); i++) {
                struct intake_in in = say_at("小区门口的垃圾没有清运", places[i].lat, places[i].lon);
                struct intake k;
                in.has_point = places[i].lat > 0;
                in.place = str_of(places[i].place);
                in.thing = str_of(places[i].thing);
                print_message("%s\n", places[i].why);
                CHECK_EQ(decide(&in, &k), OK);
                CHECK_STR(str_of(located_name(k.at.how)), places[i].how);
                CHECK_STR(k.at.grid, places[i].grid);
                CHECK_STR(k.at.building, places[i].building);
                CHECK(str_ends(k.path, str_of(places[i].path_end)));
                CHECK_STR(k.state, places[i].state);
        }
        end();
}

TEST(intake_reads_other_coordinate_systems)
{
        begin(NULL);
        struct intake_in in = say_at("垃圾没有清运", 39.905, 116.4085);
        struct intake k;
        in.point = datum_from_wgs84(DATUM_GCJ02, in.point);
        CHECK_EQ(decide(&in, &k), OK);
        CHECK_STR(k.at.grid, G2); /* read as WGS 84 it lies some 500 m further east */
        in.datum = DATUM_GCJ02;
        CHECK_EQ(decide(&in, &k), OK);
        CHECK_STR(k.at.grid, G1);
        CHECK(str_find(k.why, STR("\"datum\":\"gcj02\"")) > 0);
        end();
}

TEST(intake_asks_is_it_here_when_the_circle_crosses_two_grids)
{
        begin(NULL);
        struct intake_in in = say_at("垃圾没有清运", 39.905, 116.4095); /* 43 m from G2 */
        struct intake k;
        in.accuracy_m = 10;
        CHECK_EQ(decide(&in, &k), OK);
        CHECK(!k.at.ask);
        in.accuracy_m = 100;
        CHECK_EQ(decide(&in, &k), OK);
        CHECK_STR(k.at.grid, G1);
        CHECK(k.at.ask);
        CHECK_EQ(k.at.n_others, 1);
        CHECK_STR(k.at.others[0], G2);
        CHECK_STR(k.state, "dispatched"); /* asked, not refused */
        end();
}

/* ---- about what
 * ------------------------------------------------------------------------------------------------------ */

static const struct {
        const char *words, *choice, *matched, *subject, *state;
} subjects[] = {
        { "门口的垃圾桶满了好几天", "", "keyword", "garbage", "dispatched" },
        { "晚上回家路上黑，灯杆上没有亮", "", "keyword", "light.lamp", "dispatched" },
        { "门口的垃圾桶满了好几天", "noise", "choice", "noise", "dispatched" }, /* what people choose stands */
        { "街灯不亮了怎么办", "", "ngram", "light.lamp", "dispatched" },
        { "我想问一件别的事情", "", "desk", "", "placing" },
};

TEST(intake_says_about_what)
{
        begin(NULL);
        for (size_t i = 0; i < COUNT(subjects); i++) {
                struct intake_in in = say_at(subjects[i].words, 39.905, 116.405);
                struct intake k;
                in.subject = str_of(subjects[i].choice);
                CHECK_EQ(decide(&in, &k), OK);
                CHECK_STR(str_of(match_how_name(k.match.how)), subjects[i].matched);
                CHECK_STR(k.subject ? k.subject->code : STR(""), subjects[i].subject);
                CHECK_STR(k.state, subjects[i].state);
        }
        end();
}

/* ---- who
 * ------------------------------------------------------------------------------------------------------------- */

static const struct {
        const char *why, *subject, *place, *thing, *fact, *value;
        const char *how, *unit, *duty, *assist, *holder;
        bool joint;
} leads[] = {
        { "a plain row", "garbage", G1, "", NULL, NULL, "plain", "cgb", "b-garbage", "wuye;pab", "cg1", false },
        { "what is said of a subject holds for those below it", "light.lamp", G1, "", NULL, NULL, "plain", "cgb",
          "b-light", "lamp", "cg1", false },
        { "the thing's keeper comes first", "light.lamp", "", "lamp-1", NULL, NULL, "keeper", "lamp", "b-light", "",
          "ld1", false },
        { "a committee that keeps a thing does not lead", "garbage", "", "board-1", NULL, NULL, "plain", "cgb",
          "b-garbage", "wuye;pab", "cg1", false },
        { "a row whose condition holds, by what the reporter knows", "lift", G1, "", "owner", "wuye", "condition",
          "wuye", "c-lift", "pab", "wy1", false },
        { "the same by what the register knows of the lift", "lift", "", "lift-1", NULL, NULL, "condition", "wuye",
          "c-lift", "pab", "wy1", false },
        { "what is said of this case goes before the register", "lift", "", "lift-1", "owner", "city", "plain", "pab",
          "b-lift", "", "wg1", false },
        { "owner not known: the plain row", "lift", G2, "", NULL, NULL, "plain", "pab", "b-lift", "", "pa1", false },
        { "the most specific place", "noise", G1, "", NULL, NULL, "plain", "cgb", "b-noise-a", "", "cg1", false },
        { "elsewhere the row for the whole town, and the post nearest to it", "noise", G3, "", NULL, NULL, "plain",
          "pab", "b-noise", "", "wg3", false },
        { "an assist row: the upper organ leads, by letter; the desk carries it", "river", G1, "", NULL, NULL, "plain",
          "qsw", "a-river", "cgb", "diaodu1", false },
        { "recalled: who took it back leads", "demolish", G1, "", NULL, NULL, "plain", "qcg", "r-demolish", "cgb",
          "diaodu1", false },
        { "a committee leads its own lawful list", "neighbour", G1, "", NULL, NULL, "plain", "jw1", "k-neighbour", "",
          "jw1", false },
        { "and only where it is; elsewhere nobody: the fallback and a joint look", "neighbour", G3, "", NULL, NULL,
          "fallback", "desk", "", "", "zhiban1", true },
        { "no row: the fallback and a joint look", "stray", G1, "", NULL, NULL, "fallback", "desk", "", "", "zhiban1",
          true },
};

TEST(intake_says_who)
{
        begin(NULL);
        for (size_t i = 0; i < COUNT(leads); i++) {
                struct intake_in in = say("请处理一下");
                struct intake k;
                in.subject = str_of(leads[i].subject);
                in.place = str_of(leads[i].place);
                in.thing = str_of(leads[i].thing);
                if (leads[i].fact)
                        in.fact[in.n_facts++] = (struct duty_pair){ str_of(leads[i].fact), str_of(leads[i].value) };
                CHECK_EQ(decide(&in, &k), OK);
                print_message("%s: %s\n", leads[i].why, text(k.unit->code));
                CHECK_STR(str_of(lead_how_name(k.lead.how)), leads[i].how);
                CHECK_STR(k.unit->code, leads[i].unit);
                CHECK_STR(k.duty ? k.duty->code : STR(""), leads[i].duty);
                CHECK_STR(k.assist, leads[i].assist);
                CHECK_STR(k.post.login, leads[i].holder);
                CHECK_EQ(k.lead.joint_look, leads[i].joint);
                CHECK_STR(k.state, "dispatched"); /* never refused, never closed */
                CHECK_EQ(clock_set_find(&k.clocks, STR("joint_look")) != NULL, leads[i].joint);
        }
        end();
}

/* "owner=wuye" speaks of an organisation, which the register knows; "owner=property" of a kind, which it does not. */
TEST(intake_takes_from_the_register_only_what_conditions_speak_of)
{
        static const struct town_file by_kind[] = {
                { "duties.csv", "code,list,subject,title,condition,lead,assist,place,limit,unit,basis,since,until\n"
                                "b-lift,basic,lift,电梯,,pab,,,4,workday,测试清单三,2026-01-01,\n"
                                "c-lift,basic,lift,物业电梯,owner=property,wuye,pab,,2,workday,测试清单四,2026-01-01,\n" },
                { 0 }
        };
        begin(by_kind);
        struct intake_in in = say("电梯坏了");
        struct intake k;
        in.subject = STR("lift");
        in.thing = STR("lift-1");
        CHECK_EQ(decide(&in, &k), OK);
        CHECK_EQ(k.lead.n_missing, 1);
        CHECK_STR(k.lead.missing[0], "owner"); /* so it is asked, not taken to be another's */
        CHECK_STR(k.unit->code, "pab");
        end();
}

TEST(intake_asks_for_the_fact_that_would_name_another)
{
        begin(NULL);
        struct intake_in in = say("电梯坏了");
        struct intake k;
        in.subject = STR("lift");
        in.place = STR(G1);
        CHECK_EQ(decide(&in, &k), OK);
        CHECK_EQ(k.lead.n_missing, 1);
        CHECK_STR(k.lead.missing[0], "owner");
        CHECK_STR(k.unit->code, "pab"); /* meanwhile somebody has it */
        end();
}

TEST(an_agreement_on_an_enclave_names_who_takes_it)
{
        begin(NULL);
        struct intake_in in = say_at("垃圾没有清运", 39.905, 116.435);
        struct intake k;
        CHECK_EQ(decide(&in, &k), OK);
        CHECK_STR(k.unit->code, "linjie"); /* whatever the subject */
        CHECK_STR(k.at.agreement, "enclave-1");
        CHECK_STR(k.duty->code, "b-garbage"); /* limit and basis stay those of the duty list */
        CHECK_STR(k.post.login, "diaodu1");   /* reached by letter: the desk carries it there */
        CHECK_EQ(day_parse(STR("2025-12-31"), &(struct day){ 0 }), OK);
        CHECK_EQ(instant_parse(STR("2025-12-31T10:00:00+08:00"), &c.ctx.now), OK);
        CHECK_EQ(decide(&in, &k), OK); /* the day before it held, and before any duty row did */
        CHECK_STR(str_of(located_name(k.at.how)), "inside");
        CHECK_STR(str_of(lead_how_name(k.lead.how)), "fallback");
        end();
}

/* ---- who is complained about
 * ------------------------------------------------------------------------------------------- */

static const struct {
        const char *why, *subject, *about;
        bool placed;
        const char *unit, *holder;
} about[] = {
        { "a unit complained about does not answer: one level up", "garbage", "cgb", true, "jiedao", "daiban1" },
        { "neither does a unit when one of its own is", "garbage", "cg1", true, "jiedao", "daiban1" },
        { "nor its superior's inspectors below it", "garbage", "xc1", true, "cgb", "cg1" },
        { "another unit is not concerned", "garbage", "pab", true, "cgb", "cg1" },
        { "a unit without a superior here: the upper government; the desk carries it", "lift", "wuye", true, "district",
          "diaodu1" },
        { "the desk is complained about: not placed, yet not left with the desk", "garbage", "desk", false, "jiedao",
          "daiban1" },
        { "the township itself: the district, and nobody below it holds it", "garbage", "jiedao", true, "district",
          "" },
        { "the dispatcher in person: the office above", "garbage", "diaodu1", false, "jiedao", "daiban1" },
};

TEST(the_respondent_and_their_unit_keep_out)
{
        begin(NULL);
        for (size_t i = 0; i < COUNT(about); i++) {
                struct intake_in in = say("请处理一下");
                struct intake k;
                in.subject = str_of(about[i].subject);
                in.place = about[i].placed ? STR(G1) : STR("");
                in.respondent = str_of(about[i].about);
                in.fact[in.n_facts++] = (struct duty_pair){ STR("owner"), STR("wuye") };
                CHECK_EQ(decide(&in, &k), OK);
                print_message("%s: %s %s\n", about[i].why, text(k.unit->code), text(k.post.login));
                CHECK_STR(k.unit->code, about[i].unit);
                CHECK_STR(k.post.login, about[i].holder);
        }
        end();
}

/* ---- working time of the unit --------------------------------------------------------------------------------------- */

static struct instant at(const char *s);

static struct str with_hours(struct arena *a, const char *row, const char *hours)
{
        struct folder *fo = arena_new(a, struct folder);
        small_folder(a, NULL, fo);
        struct str rest = folder_text(fo, "orgs.csv"), line, out = STR("");
        while (str_split(&rest, '\n', &line)) {
                const char *more = str_starts(line, STR("code,")) ? ",office_hours" : str_starts(line, str_of(row)) ? hours : "";
                out = str_printf(a, STR_FMT STR_FMT "%s%s\n", STR_ARG(out), STR_ARG(line), *more && *more != ',' ? "," : *more ? "" : ",", more);
        }
        return out;
}

/* Monday 2026-01-05, 09:00; the town is open 09:00-12:00 and 14:00-18:00. */
TEST(clocks_run_by_the_days_and_hours_of_the_unit)
{
        ARENA_AUTO a = { 0 };
        const struct town_file change[] = {
                { "orgs.csv", with_hours(&a, "cgb,", "13:00-17:00").p },
                { "calendar.csv", "date,work,name,org\n2026-01-06,no,盘点,cgb\n2026-01-10,yes,值守,pab\n" },
                { 0 } };
        begin(change);
        struct intake_in in = say_at("垃圾没有清运", 39.905, 116.405);
        struct intake k;
        in.subject = STR("garbage");
        CHECK_EQ(decide(&in, &k), OK);
        CHECK_STR(k.unit->code, "cgb");
        CHECK_EQ(clock_set_find(&k.clocks, STR("sign"))->due.us, at("2026-01-05T15:00:00+08:00").us);
        CHECK_EQ(k.due.us, at("2026-01-09T23:59:59.999999+08:00").us); /* three working days without the sixth */
        struct working_time own = town_time(town, k.unit), team = town_time(town, org_find(&town->orgs, STR("cgb-team")));
        CHECK(team.calendar == own.calendar && team.hours == own.hours); /* as the org above */
        CHECK(own.calendar != town->calendar && own.hours != &town->hours);
        CHECK(town_time(town, NULL).calendar == town->calendar && town_time(town, NULL).hours == &town->hours);
        struct str cgb = k.why;
        in.subject = STR("lift");
        CHECK_EQ(decide(&in, &k), OK);
        CHECK_STR(k.unit->code, "pab");
        CHECK_EQ(clock_set_find(&k.clocks, STR("sign"))->due.us, at("2026-01-05T11:00:00+08:00").us);
        CHECK_EQ(k.due.us, at("2026-01-09T23:59:59.999999+08:00").us); /* four working days, none of them the Saturday */
        struct str version = calendar_version(own.calendar);
        CHECK(str_find(cgb, version) > 0 && str_find(k.why, version) < 0);
        end();
}

/* ---- danger, and other doors
 * -------------------------------------------------------------------------------------------- */

TEST(words_of_danger_open_an_urgent_matter_and_alarm_the_duty_officer)
{
        begin(NULL);
        struct intake_in in = say_at("一楼着火了，快来人，楼上有老人", 39.905, 116.405);
        struct intake k;
        CHECK_EQ(decide(&in, &k), OK);
        CHECK(k.urgent);
        CHECK(k.signs.n_dangers > 0);
        CHECK_STR(str_of(danger_kinds[k.signs.danger[0].kind].code), "fire");
        CHECK_STR(str_of(danger_kinds[k.signs.danger[0].kind].numbers[0]), "119");
        CHECK(k.duty_officer != NULL);
        CHECK_STR(k.duty_officer->login, "zhiban1");
        in.anonymous = false;
        in.subject = STR("fire");
        CHECK_EQ(decide(&in, &k), OK);
        CHECK_EQ(clock_set_find(&k.clocks, STR("contact"))->due.us, c.ctx.now.us + 2 * US_PER_HOUR);
        CHECK_EQ(clock_set_find(&k.clocks, STR("answer"))->due.us, c.ctx.now.us + 24 * US_PER_HOUR);
        CHECK(str_find(k.why, STR("\"urgent\":true")) > 0);
        in.words = STR("楼道里的消防通道长期堆放杂物");
        CHECK_EQ(decide(&in, &k), OK);
        CHECK(!k.urgent); /* talk of danger is not danger */
        end();
}

TEST(what_looks_out_of_scope_shows_another_door_and_is_opened_all_the_same)
{
        begin(NULL);
        struct intake_in in = say_at("法院判决已经下来了，垃圾清运的事还是没人管", 39.905, 116.405);
        struct intake k;
        CHECK_EQ(decide(&in, &k), OK);
        CHECK(k.signs.n_channels > 0);
        CHECK_STR(str_of(channel_kinds[k.signs.channel[0].kind].code), "court");
        CHECK_STR(k.state, "dispatched");
        CHECK_STR(k.unit->code, "cgb");
        CHECK(str_find(k.why, STR("\"other_doors\":[\"court\"")) > 0);
        end();
}

/* ---- what cannot be
 * ---------------------------------------------------------------------------------------------------- */

static const struct {
        const char *field, *subject, *place, *thing, *about, *unit;
        double lat, lon;
        int code;
} wrong[] = {
        { "subject", "nothing", G1, "", "", "", 0, 0, ERR_UNKNOWN },
        { "place", "garbage", "999", "", "", "", 0, 0, ERR_UNKNOWN },
        { "thing", "garbage", "", "lamp-99", "", "", 0, 0, ERR_UNKNOWN },
        { "about", "garbage", G1, "", "nobody", "", 0, 0, ERR_UNKNOWN },
        { "unit", "garbage", G1, "", "", "nobody", 0, 0, ERR_UNKNOWN },
        { "lat", "garbage", "", "", "", "", 91, 116, ERR_RANGE },
        { "lon", "garbage", "", "", "", "", 39, 181, ERR_RANGE },
};

TEST(what_cannot_be_names_its_field)
{
        begin(NULL);
        for (size_t i = 0; i < COUNT(wrong); i++) {
                struct intake_in in = say_at("垃圾没有清运", wrong[i].lat, wrong[i].lon);
                struct intake k = { .path = STR("untouched") };
                in.has_point = wrong[i].lat > 0;
                in.subject = str_of(wrong[i].subject);
                in.place = str_of(wrong[i].place);
                in.thing = str_of(wrong[i].thing);
                in.respondent = str_of(wrong[i].about);
                in.unit = str_of(wrong[i].unit);
                CHECK_EQ(decide(&in, &k), wrong[i].code);
                CHECK_STR(str_of(c.err.field), wrong[i].field);
                CHECK(c.err.zh[0] && c.err.en[0]);
        }
        struct intake_in in = say("x");
        struct intake k;
        CHECK_EQ(decide(&in, &k), ERR_RANGE); /* the procedure's own form: at least two characters */
        CHECK_STR(str_of(c.err.field), "words");
        end();
}

/* ---- until when
 * ---------------------------------------------------------------------------------------------------------- */

static struct instant at(const char *s)
{
        struct instant t;
        CHECK_EQ(instant_parse(str_of(s), &t), OK);
        return t;
}

TEST(clocks_start_at_dispatch_and_name_their_source)
{
        begin(NULL);
        struct intake_in in = say_at("垃圾没有清运", 39.905, 116.405);
        struct intake k;
        in.anonymous = false;
        CHECK_EQ(decide(&in, &k), OK); /* Monday 2026-01-05, 09:00 */
        CHECK_EQ(k.clocks.n, 4);
        CHECK_EQ(clock_set_find(&k.clocks, STR("sign"))->due.us, at("2026-01-05T11:00:00+08:00").us);
        CHECK_EQ(clock_set_find(&k.clocks, STR("contact"))->due.us, at("2026-01-06T09:00:00+08:00").us);
        CHECK_EQ(k.due.us, at("2026-01-08T23:59:59.999999+08:00").us); /* the duty row's three working days */
        CHECK_STR(clock_set_find(&k.clocks, STR("answer"))->source, "b-garbage");
        CHECK_STR(clock_set_find(&k.clocks, STR("statutory"))->source, "statutory");
        CHECK_EQ(clock_set_find(&k.clocks, STR("statutory"))->due.us, at("2026-03-06T23:59:59.999999+08:00").us);
        in.anonymous = true; /* who cannot be reached need not be called */
        CHECK_EQ(decide(&in, &k), OK);
        CHECK(clock_set_find(&k.clocks, STR("contact")) == NULL);
        in.has_point = false; /* the resident's clocks run while the desk looks for the place */
        CHECK_EQ(decide(&in, &k), OK);
        CHECK_STR(k.state, "placing");
        CHECK(clock_set_find(&k.clocks, STR("sign")) == NULL);
        CHECK_EQ(clock_set_find(&k.clocks, STR("place"))->due.us, at("2026-01-05T10:00:00+08:00").us); /* one working hour */
        CHECK(!instant_is_none(k.due));
        end();
}

TEST(the_same_question_gives_the_same_bytes)
{
        begin(NULL);
        struct intake_in in = say_at("路灯不亮了，晚上没法走", 39.905, 116.405);
        struct intake a, b;
        in.thing = STR("lamp-1");
        in.fact[in.n_facts++] = (struct duty_pair){ STR("kind"), STR("lamp") };
        CHECK_EQ(decide(&in, &a), OK);
        struct town *first = town;
        town = small_town(NULL);
        CHECK_EQ(decide(&in, &b), OK);
        CHECK(str_eq(a.why, b.why));
        CHECK(a.why.n < 16000);
        town_unref(first);
        end();
}

/* ---- the sample town
 * ------------------------------------------------------------------------------------------------------ */

TEST(every_subject_of_the_sample_finds_somebody_in_every_community)
{
        ARENA_AUTO a = { 0 };
        struct folder *fo = arena_new(&a, struct folder);
        struct findings found = { .arena = &a };
        if (!sample_folder(&a, fo))
                SKIP("LINLI_SOURCE is not set");
        test_ctx_init(&c);
        c.ctx.now = at("2026-11-23T10:00:00+08:00");
        CHECK_EQ(town_parse(fo, &(struct town_load_options){ .today = instant_day(c.ctx.now) }, &found, &town), OK);
        c.ctx.town = town->id;
        uint32_t asked = 0, fallback = 0, named = 0;
        for (size_t p = 0; p < town->places.n; p++) {
                if (town->places.row[p].kind != PLACE_COMMUNITY)
                        continue;
                for (uint32_t s = 0; s < town->subjects.n; s++) {
                        struct intake_in in = say("请处理一下");
                        struct intake k;
                        in.subject = town->subjects.row[s].code;
                        in.place = town->places.row[p].code;
                        CHECK_EQ(decide(&in, &k), OK);
                        CHECK_STR(k.state, "dispatched");
                        CHECK(!instant_is_none(k.due));
                        asked++;
                        fallback += k.lead.joint_look;
                        named += k.post.login.n > 0;
                        arena_reset(&c.arena);
                }
        }
        print_message("%u questions, %u to the fallback unit\n", asked, fallback);
        CHECK(asked > 500);
        CHECK_EQ(named, asked);
        CHECK_EQ(fallback, 0);
        end();
}

TEST(the_label_of_every_grid_of_the_sample_lies_in_it)
{
        ARENA_AUTO a = { 0 };
        struct folder *fo = arena_new(&a, struct folder);
        struct findings found = { .arena = &a };
        if (!sample_folder(&a, fo))
                SKIP("LINLI_SOURCE is not set");
        test_ctx_init(&c);
        c.ctx.now = at("2026-11-23T10:00:00+08:00");
        CHECK_EQ(town_parse(fo, &(struct town_load_options){ .today = instant_day(c.ctx.now) }, &found, &town), OK);
        for (uint32_t i = 0; i < town->grids.n; i++) {
                struct locate_in in = { .has_point = true, .p = grid_label(&town->grids, i), .datum = DATUM_WGS84, .accuracy_m = -1, .on = instant_day(c.ctx.now) };
                struct located where;
                CHECK_EQ(locate(&town->ground, &in, &where, &c.err), OK);
                if (where.how == LOCATED_AGREEMENT)
                        continue; /* another one deals with what happens there */
                CHECK_STR(where.grid, str_c(&a, town->grids.row[i].code));
                CHECK_EQ(where.how, LOCATED_INSIDE);
        }
        CHECK(town->grids.n > 10);
        end();
}

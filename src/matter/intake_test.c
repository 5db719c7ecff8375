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

/* ---- where ---------------------------------------------------------------------------------------------------------- */

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
        { "8 m inside G3, but on the shared street that G2 takes", 39.905, 116.4201, "", "", "agreement", G2, "", G2, "dispatched" },
        { "400 m from that street G3 has its own", 39.905, 116.425, "", "", "inside", G3, "", G3, "dispatched" },
        { "the enclave is in G4, by agreement", 39.905, 116.435, "", "", "agreement", G4, "", G4, "dispatched" },
        { "no place at all: the desk asks", 0, 0, "", "", "desk", "", "", "110101002000", "placing" },
        { "a building chosen from the list", 0, 0, G1 "-1", "", "inside", G1, G1 "-1", G1 "-1", "dispatched" },
        { "a community is a place, though no grid", 0, 0, A_COMMUNITY, "", "inside", "", "", A_COMMUNITY, "dispatched" },
        { "somewhere in the township is not", 0, 0, "110101002000", "", "inside", "", "", "110101002000", "placing" },
        { "what is chosen goes before the phone's point", 39.905, 116.425, G1, "", "inside", G1, "", G1, "dispatched" },
        { "a lamp's number says where it stands", 0, 0, "", "lamp-1", "inside", G1, "", G1, "dispatched" },
        { "a lift's number names its building", 0, 0, "", "lift-1", "inside", G1, G1 "-1", G1 "-1", "dispatched" },
        { "a point goes before the thing's own place", 39.905, 116.425, "", "lamp-1", "inside", G3, "", G3, "dispatched" },
};

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
        struct intake_in in = say_at("垃圾没有清运", 39.905, 116.405);
        struct point gcj;
        struct intake k;
        CHECK_EQ(point_from_wgs84((struct point){ 39.905, 116.4001 }, DATUM_GCJ02, &gcj), OK);
        in.point = gcj;
        CHECK_EQ(decide(&in, &k), OK);
        CHECK(!str_is(k.at.grid, G1) || gcj.lon < 116.41); /* read as WGS 84 it lies some 500 m further east */
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

/* ---- about what ------------------------------------------------------------------------------------------------------ */

static const struct {
        const char *words, *choice, *matched, *subject, *state;
} subjects[] = {
        { "门口的垃圾桶满了好几天", "", "keyword", "garbage", "dispatched" },
        { "晚上回家路上黑，灯杆上没有亮", "", "keyword", "light.lamp", "dispatched" },
        { "门口的垃圾桶满了好几天", "noise", "choice", "noise", "dispatched" }, /* what people choose stands */
        { "街灯不亮了怎么办", "", "ngram", "light.lamp", "dispatched" },
        { "我想问一件别的事情", "", "desk", "", "placing" },
        { "救护车通道", "", "desk", "", "placing" },
};

TEST(intake_says_about_what)
{
        begin(NULL);
        for (size_t i = 0; i < COUNT(subjects); i++) {
                struct intake_in in = say_at(subjects[i].words, 39.905, 116.405);
                struct intake k;
                in.subject = str_of(subjects[i].choice);
                CHECK_EQ(decide(&in, &k), OK);
                print_message("%s: %s %d\n", subjects[i].words, match_how_name(k.match.how), k.match.score);
                CHECK_STR(str_of(match_how_name(k.match.how)), subjects[i].matched);
                CHECK_STR(k.subject ? k.subject->code : STR(""), subjects[i].subject);
                CHECK_STR(k.state, subjects[i].state);
        }
        end();
}

/* ---- who ------------------------------------------------------------------------------------------------------------- */

static const struct {
        const char *why, *subject, *place, *thing, *fact, *value;
        const char *how, *unit, *duty, *assist, *holder;
        bool joint;
} leads[] = {
        { "a plain row", "garbage", G1, "", NULL, NULL, "plain", "cgb", "b-garbage", "wuye;pab", "cg1", false },
        { "what is said of a subject holds for those below it", "light.lamp", G1, "", NULL, NULL, "plain", "cgb", "b-light", "lamp", "cg1", false },
        { "the thing's keeper comes first", "light.lamp", "", "lamp-1", NULL, NULL, "keeper", "lamp", "b-light", "cgb", "ld1", false },
        { "a committee that keeps a thing does not lead", "garbage", "", "board-1", NULL, NULL, "plain", "cgb", "b-garbage", "wuye;pab", "cg1", false },
        { "a row whose condition holds, by what the reporter knows", "lift", G1, "", "owner", "property", "condition", "wuye", "c-lift", "pab", "wy1", false },
        { "the same by what the register knows of the lift", "lift", "", "lift-1", NULL, NULL, "condition", "wuye", "c-lift", "pab", "wy1", false },
        { "what is said of this case goes before the register", "lift", "", "lift-1", "owner", "city", "plain", "pab", "b-lift", "", "pa1", false },
        { "owner not known: the plain row", "lift", G1, "", NULL, NULL, "plain", "pab", "b-lift", "", "pa1", false },
        { "the most specific place", "noise", G1, "", NULL, NULL, "plain", "cgb", "b-noise-a", "", "cg1", false },
        { "elsewhere the row for the whole town", "noise", G3, "", NULL, NULL, "plain", "pab", "b-noise", "", "pa1", false },
        { "an assist row: the upper organ leads, by letter; the desk carries it", "river", G1, "", NULL, NULL, "plain", "qsw", "a-river", "cgb", "diaodu1", false },
        { "recalled: who took it back leads", "demolish", G1, "", NULL, NULL, "plain", "qcg", "r-demolish", "cgb", "diaodu1", false },
        { "a committee leads its own lawful list", "neighbour", G1, "", NULL, NULL, "plain", "jw1", "k-neighbour", "", "jw1", false },
        { "and only where it is; elsewhere nobody: the fallback and a joint look", "neighbour", G3, "", NULL, NULL, "fallback", "desk", "", "", "diaodu2", true },
        { "no row: the fallback and a joint look", "stray", G1, "", NULL, NULL, "fallback", "desk", "", "", "diaodu2", true },
        { "an agreement takes the enclave whatever the subject", "garbage", G4, "", NULL, NULL, "plain", "cgb", "b-garbage", "wuye;pab", "cg1", false },
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
                print_message("%s: %s %s %s assist %s holder %s joint %d\n", leads[i].why, lead_how_name(k.lead.how), text(k.unit->code),
                              k.duty ? text(k.duty->code) : "-", text(k.assist), text(k.post.login), k.lead.joint_look);
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

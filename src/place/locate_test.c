/* place/locate_test.c — a town of three boxes in a row and the decisions about points in it. */
#include "place/locate.h"
#include <math.h>
#include "base/err.h"
#include "base/test.h"
#include "place/inner/found_test.h"

/* w1 | e1 | (a street of about 17 m without grid) | e2, each about 170 m by 222 m, from 116.4, 39.9. */
#define PLACES                                                                                                         \
        "code,parent,kind,name\n"                                                                                      \
        "110101002000,,township,示例街道\n"                                                                        \
        "110101002001,110101002000,community,东社区\n"                                                              \
        "110101002002,110101002000,community,西社区\n"                                                              \
        "w1,110101002002,grid,西一\ne1,110101002001,grid,东一\ne2,110101002001,grid,东二\n"                      \
        "e1-7,e1,building,7号楼\nw1-1,w1,building,1号楼\n"
#define BOX(code, a, c)                                                                                                \
        "{\"type\":\"Feature\",\"properties\":{\"code\":\"" code                                                       \
        "\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[" a ",39.9],[" c ",39.9],[" c ",39.902],[" a        \
        ",39.902],[" a ",39.9]]]}}"
#define GRIDS                                                                                                          \
        "{\"type\":\"FeatureCollection\",\"features\":[" BOX("w1", "116.400", "116.402") "," BOX(                      \
                "e1", "116.402", "116.404") "," BOX("e2", "116.4042", "116.406") "]}"
#define THINGS                                                                                                         \
        "code,kind,place,lat,lon\n"                                                                                    \
        "b7,building,e1-7,39.9005,116.403\nb1,building,w1-1,39.9015,116.4019\nlamp,lamp,e1,39.9001,116.4035\n"

struct town {
        struct arena arena;
        struct findings f;
        struct places places;
        struct grids grids;
        struct things things;
        struct agreements as;
        struct locator l;
};

static void town_make(struct town *t, const char *agreements)
{
        *t = (struct town){ 0 };
        t->f.arena = &t->arena;
        const struct grid_index *ix;
        CHECK_EQ(places_read(&t->arena, STR(PLACES), &t->f, &t->places), OK);
        CHECK_EQ(grids_read(&t->arena, STR(GRIDS), &t->places, &t->f, &t->grids), OK);
        CHECK_EQ(things_read(&t->arena, STR(THINGS), &t->places, &t->f, &t->things), OK);
        CHECK_EQ(agreements_read(&t->arena, str_of(agreements), &t->places, &t->f, &t->as), OK);
        CHECK_EQ(grids_index(&t->arena, &t->grids, &ix), OK);
        CHECK_EQ(t->f.errors, 0);
        t->l = (struct locator){ &t->places, &t->grids, ix, &t->things, &t->as, 50 };
}

static void town_free(struct town *t)
{
        arena_free(&t->arena);
}
#define TOWN_AUTO __attribute__((cleanup(town_free))) struct town

#define NO_AGREEMENTS "code,kind,places,lead,document,since,until\n"

static struct located at(const struct town *t, double lat, double lon, double accuracy)
{
        struct locate_in in = { .has_point = true, .p = { lat, lon }, .accuracy_m = accuracy };
        CHECK_EQ(day_parse(STR("2026-06-01"), &in.on), OK);
        struct located out;
        CHECK_EQ(locate(&t->l, &in, &out, NULL), OK);
        return out;
}

/* One row is one sentence: at this point, that grid, found that way. */
static const struct {
        double lat, lon;
        enum located_how how;
        const char *grid, *building;
        bool tie;
} plain[] = {
        { 39.9010, 116.4030, LOCATED_INSIDE, "e1", "", false },
        { 39.9006, 116.4030, LOCATED_INSIDE, "e1", "e1-7", false },
        { 39.9010, 116.4010, LOCATED_INSIDE, "w1", "", false },
        { 39.9010, 116.4020, LOCATED_INSIDE, "e1", "", true },   /* the common side: the lowest code */
        { 39.9015, 116.4021, LOCATED_INSIDE, "e1", "", false },  /* the nearest building is the neighbour's */
        { 39.9010, 116.4041, LOCATED_NEAREST, "e1", "", false }, /* the middle of the street */
        { 39.9010, 116.40415, LOCATED_NEAREST, "e2", "", false },
        { 39.8999, 116.4030, LOCATED_NEAREST, "e1", "", false },
        { 39.9030, 116.4030, LOCATED_DESK, "", "", false },
        { 0, 0, LOCATED_DESK, "", "", false },
};

TEST(points_without_agreements)
{
        TOWN_AUTO t;
        town_make(&t, NO_AGREEMENTS);
        for (size_t i = 0; i < COUNT(plain); i++) {
                struct located got = at(&t, plain[i].lat, plain[i].lon, -1);
                if (got.how != plain[i].how || !str_is(got.grid, plain[i].grid) ||
                    !str_is(got.building, plain[i].building) || got.tie != plain[i].tie)
                        fail_msg("row %zu: %s " STR_FMT " building " STR_FMT " tie %d", i, located_name(got.how),
                                 STR_ARG(got.grid), STR_ARG(got.building), got.tie);
                CHECK(!got.ask && got.agreement.n == 0);
        }
}

TEST(metres_and_others)
{
        TOWN_AUTO t;
        town_make(&t, NO_AGREEMENTS);
        CHECK(at(&t, 39.901, 116.403, -1).metres == 0);
        CHECK(fabs(at(&t, 39.8999, 116.403, -1).metres - 11.1) < 0.1);
        CHECK(at(&t, 0, 0, -1).metres == -1);
        struct located tie = at(&t, 39.901, 116.402, -1);
        CHECK_EQ(tie.n_others, 1);
        CHECK_STR(tie.others[0], "w1");
}

TEST(the_circle_of_accuracy_asks)
{
        TOWN_AUTO t;
        town_make(&t, NO_AGREEMENTS);
        CHECK(!at(&t, 39.901, 116.403, 20).ask);
        struct located got = at(&t, 39.901, 116.4022, 20);
        CHECK(got.ask);
        CHECK_STR(got.grid, "e1");
        CHECK_EQ(got.n_others, 1);
        CHECK_STR(got.others[0], "w1");
        CHECK(at(&t, 39.901, 116.403, 5000).ask);
        CHECK(at(&t, 39.901, 116.403, (double)INFINITY).ask);
        CHECK(!at(&t, 39.901, 116.403, (double)NAN).ask);
        CHECK(at(&t, 39.9030, 116.4020, 150).ask); /* at the desk too */
}

TEST(a_shared_street_goes_to_the_lead)
{
        TOWN_AUTO t;
        town_make(&t, NO_AGREEMENTS "s1,street,w1;e1,w1,纪要,,\ns2,street,e1;e2,office,纪要,2026-01-01,2026-12-31\n");
        struct located got = at(&t, 39.901, 116.40205, -1); /* 4 m inside e1 */
        CHECK_EQ(got.how, LOCATED_AGREEMENT);
        CHECK_STR(got.grid, "w1");
        CHECK_STR(got.agreement, "s1");
        CHECK_STR(got.agreement_lead, "w1");
        CHECK_EQ(got.n_others, 1);
        CHECK_STR(got.others[0], "e1");
        got = at(&t, 39.901, 116.402, -1); /* on the boundary: decided, so no tie */
        CHECK_EQ(got.how, LOCATED_AGREEMENT);
        CHECK(!got.tie);
        CHECK_EQ(got.n_others, 1);
        CHECK_EQ(at(&t, 39.901, 116.4023, -1).how, LOCATED_INSIDE); /* 26 m in */
        got = at(&t, 39.901, 116.4041, -1);                         /* on the street that no grid covers */
        CHECK_EQ(got.how, LOCATED_AGREEMENT);
        CHECK_STR(got.agreement_lead, "office");
        CHECK_STR(got.grid, "e1");
}

TEST(an_agreement_out_of_date_does_not_count)
{
        TOWN_AUTO t;
        town_make(&t, NO_AGREEMENTS "s1,street,w1;e1,w1,纪要,,2025-12-31\n");
        CHECK_EQ(at(&t, 39.901, 116.40205, -1).how, LOCATED_INSIDE);
}

TEST(an_enclave_goes_to_the_lead)
{
        TOWN_AUTO t;
        town_make(&t, NO_AGREEMENTS "n1,enclave,w1,e2,协议,,\n");
        struct located got = at(&t, 39.901, 116.401, -1);
        CHECK_EQ(got.how, LOCATED_AGREEMENT);
        CHECK_STR(got.grid, "e2");
        CHECK_STR(got.agreement, "n1");
        CHECK_STR(got.others[0], "w1");
        CHECK_EQ(at(&t, 39.901, 116.403, -1).how, LOCATED_INSIDE);
        CHECK_EQ(at(&t, 39.8999, 116.401, -1).how, LOCATED_NEAREST); /* outside it is nobody's enclave */
}

TEST(concurrent_powers_do_not_move_points)
{
        TOWN_AUTO t;
        town_make(&t, NO_AGREEMENTS "c1,concurrent,w1;e1,office,三定方案,,\n");
        CHECK_EQ(at(&t, 39.901, 116.401, -1).how, LOCATED_INSIDE);
}

TEST(shifted_coordinates_are_converted)
{
        TOWN_AUTO t;
        town_make(&t, NO_AGREEMENTS);
        struct point p = { 39.901, 116.403 };
        for (int d = DATUM_WGS84; d <= DATUM_BD09; d++) {
                struct locate_in in = { .has_point = true,
                                        .p = datum_from_wgs84((enum datum)d, p),
                                        .datum = (enum datum)d,
                                        .accuracy_m = -1 };
                struct located got;
                CHECK_EQ(locate(&t.l, &in, &got, NULL), OK);
                CHECK_EQ(got.how, LOCATED_INSIDE);
                CHECK_STR(got.grid, "e1");
                CHECK(point_metres(got.point, p) < 0.01);
        }
}

TEST(no_point_is_for_the_desk)
{
        TOWN_AUTO t;
        town_make(&t, NO_AGREEMENTS);
        struct locate_in in = { .p = { (double)NAN, 0 } };
        struct located got;
        CHECK_EQ(locate(&t.l, &in, &got, NULL), OK);
        CHECK_EQ(got.how, LOCATED_DESK);
        CHECK_STR(str_of(located_name(got.how)), "desk");
        in.has_point = true;
        struct err e = { 0 };
        got.how = LOCATED_NEAREST;
        CHECK_EQ(locate(&t.l, &in, &got, &e), ERR_RANGE);
        CHECK_STR(str_of(e.field), "lat");
        CHECK_EQ(got.how, LOCATED_NEAREST);
}

TEST(without_things_and_agreements)
{
        TOWN_AUTO t;
        town_make(&t, NO_AGREEMENTS);
        t.l.things = NULL;
        t.l.agreements = NULL;
        CHECK_STR(at(&t, 39.9006, 116.403, -1).building, "");
        CHECK_STR(at(&t, 39.9006, 116.403, -1).grid, "e1");
}

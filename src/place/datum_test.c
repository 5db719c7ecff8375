/* place/datum_test.c */
#include "place/datum.h"
#include <math.h>
#include "base/test.h"

static void near_point(struct point got, struct point want, double metres)
{
        if (point_metres(got, want) > metres)
                fail_msg("got %.8f,%.8f, want %.8f,%.8f", got.lat, got.lon, want.lat, want.lon);
}

/* Pairs that are published all over the net for the same formula. */
static const struct {
        struct point wgs84, gcj02;
} pairs[] = {
        { { 39.915, 116.404 }, { 39.91640428150164, 116.41024449916938 } },
        { { 39.911954, 116.377817 }, { 39.91334545536069, 116.38404722455657 } },
        { { 22.543847, 113.912316 }, { 22.540796131694766, 113.9171764808363 } },
        { { 31.1774276, 121.5272106 }, { 31.17530398364597, 121.531541859215 } },
};

TEST(gcj02_known_pairs)
{
        for (size_t i = 0; i < COUNT(pairs); i++) {
                near_point(datum_from_wgs84(DATUM_GCJ02, pairs[i].wgs84), pairs[i].gcj02, 0.01);
                near_point(datum_to_wgs84(DATUM_GCJ02, pairs[i].gcj02), pairs[i].wgs84, 0.01);
        }
}

TEST(bd09_known_pair)
{
        /* GCJ-02 39.915, 116.404 is BD-09 39.92133699351021, 116.41036949371029. */
        struct point gcj = { 39.915, 116.404 }, bd = { 39.92133699351021, 116.41036949371029 };
        near_point(datum_to_wgs84(DATUM_BD09, bd), datum_to_wgs84(DATUM_GCJ02, gcj), 0.01);
}

TEST(there_and_back_within_a_centimetre)
{
        for (double lat = 3.5; lat < 54; lat += 1.37) {
                for (double lon = 73.5; lon < 136; lon += 1.91) {
                        struct point p = { lat, lon };
                        near_point(datum_to_wgs84(DATUM_GCJ02, datum_from_wgs84(DATUM_GCJ02, p)), p, 0.01);
                        near_point(datum_to_wgs84(DATUM_BD09, datum_from_wgs84(DATUM_BD09, p)), p, 0.01);
                }
        }
}

TEST(the_shift_is_a_few_hundred_metres)
{
        struct point p = { 39.915, 116.404 };
        double gcj = point_metres(p, datum_from_wgs84(DATUM_GCJ02, p));
        CHECK(gcj > 300 && gcj < 800);
        CHECK(point_metres(p, datum_from_wgs84(DATUM_BD09, p)) > gcj);
}

TEST(outside_china_nothing_moves)
{
        struct point paris = { 48.8566, 2.3522 };
        for (int d = DATUM_WGS84; d <= DATUM_BD09; d++) {
                struct point p = datum_to_wgs84((enum datum)d, paris);
                CHECK(p.lat == paris.lat && p.lon == paris.lon);
        }
}

TEST(datum_names)
{
        enum datum d = DATUM_BD09;
        CHECK_EQ(datum_parse(STR("wgs84"), &d), OK);
        CHECK_EQ(d, DATUM_WGS84);
        CHECK_EQ(datum_parse(STR("gcj02"), &d), OK);
        CHECK_EQ(d, DATUM_GCJ02);
        CHECK_EQ(datum_parse(STR("cgcs2000"), &d), OK);
        CHECK_EQ(d, DATUM_WGS84);
        d = DATUM_BD09;
        CHECK_EQ(datum_parse(STR("mars"), &d), ERR_UNKNOWN);
        CHECK_EQ(datum_parse(STR(""), &d), ERR_UNKNOWN);
        CHECK_EQ(d, DATUM_BD09);
        for (int i = DATUM_WGS84; i <= DATUM_BD09; i++) {
                CHECK_EQ(datum_parse(str_of(datum_name((enum datum)i)), &d), OK);
                CHECK_EQ(d, i);
        }
}

TEST(points_off_the_earth)
{
        struct err e = { 0 };
        CHECK_EQ(point_check((struct point){ 39.9, 116.4 }, &e), OK);
        CHECK_EQ(e.code, OK);
        CHECK_EQ(point_check((struct point){ 90, -180 }, NULL), OK);
        CHECK_EQ(point_check((struct point){ 116.4, 39.9 }, &e), ERR_RANGE);
        CHECK_STR(str_of(e.field), "lat");
        CHECK_EQ(point_check((struct point){ 39.9, 180.1 }, &e), ERR_RANGE);
        CHECK_STR(str_of(e.field), "lon");
        CHECK_EQ(point_check((struct point){ (double)NAN, 0 }, NULL), ERR_RANGE);
        CHECK_EQ(point_check((struct point){ 0, (double)INFINITY }, NULL), ERR_RANGE);
}

TEST(a_degree_in_metres)
{
        struct degree_metres m = degree_metres_at(40);
        CHECK(fabs(m.lat - 111035) < 5);
        CHECK(fabs(m.lon - 85394) < 5);
}

/* place/thing_test.c */
#include "place/thing.h"
#include <math.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/test.h"
#include "place/inner/found_test.h"

#define HEAD "code,kind,place,lat,lon,owner,keeper,warranty_until\n"

struct yard {
        struct arena arena;
        struct findings f;
        struct places places;
        struct things things;
};

static void yard_read(struct yard *y, const char *text)
{
        *y = (struct yard){ 0 };
        y->f.arena = &y->arena;
        CHECK_EQ(places_read(&y->arena, STR("code,parent,kind,name\n110101002000,,township,示例街道\n"), &y->f,
                             &y->places),
                 OK);
        CHECK_EQ(things_read(&y->arena, str_of(text), &y->places, &y->f, &y->things), OK);
}

static void yard_free(struct yard *y)
{
        arena_free(&y->arena);
}
#define YARD_AUTO __attribute__((cleanup(yard_free))) struct yard

TEST(good_things)
{
        YARD_AUTO y;
        yard_read(&y, HEAD "lamp-1,lamp,110101002000,39.9,116.4,city,light,2027-12-31\n"
                           "lamp-2,lamp,,39.9001,116.4,,,\n"
                           "bin-1,bin,,,,,,\n");
        CHECK_EQ(y.f.n, 0);
        CHECK_EQ(y.things.n, 3);
        const struct thing *lamp = thing_find(&y.things, STR("lamp-1"));
        CHECK(lamp && lamp->has_point);
        CHECK_STR(lamp->keeper, "light");
        CHECK_STR(lamp->owner, "city");
        char day[11];
        CHECK_STR(str_of(day_format(lamp->warranty_until, day)), "2027-12-31");
        CHECK(day_is_none(thing_find(&y.things, STR("bin-1"))->warranty_until));
        CHECK(!thing_find(&y.things, STR("bin-1"))->has_point);
        CHECK(thing_find(&y.things, STR("lamp-3")) == NULL);
}

TEST(the_nearest_of_its_kind)
{
        YARD_AUTO y;
        yard_read(&y, HEAD "b,lamp,,39.90000,116.40000,,,\n"
                           "a,lamp,,39.90020,116.40000,,,\n"
                           "c,bin,,39.90009,116.40000,,,\n");
        double m = -1;
        struct point p = { 39.90009, 116.4 };
        CHECK_STR(thing_near(&y.things, STR("lamp"), p, 50, &m)->code, "b");
        CHECK(fabs(m - 9.99) < 0.02);
        CHECK_STR(thing_near(&y.things, STR(""), p, 50, &m)->code, "c");
        CHECK(m == 0);
        CHECK(thing_near(&y.things, STR("lamp"), p, 5, NULL) == NULL);
        CHECK(thing_near(&y.things, STR("tree"), p, 500, NULL) == NULL);
        /* Equally far: the first code. */
        CHECK_STR(thing_near(&y.things, STR("lamp"), (struct point){ 39.9001, 116.4 }, 50, NULL)->code, "a");
        CHECK_STR(thing_near(&y.things, STR(""), (struct point){ 39.900045, 116.4 }, 50, NULL)->code, "b");
        CHECK(thing_near(&y.things, STR("lamp"), (struct point){ 139, 116.4 }, 50, NULL) == NULL);
        CHECK(thing_near(&y.things, STR("lamp"), p, (double)NAN, NULL) == NULL);
}

TEST(near_is_the_same_as_looking_at_all)
{
        BUF_AUTO text = BUF(1 << 20);
        uint64_t s = 17;
        buf_puts(&text, HEAD);
        for (int i = 0; i < 3000; i++) {
                s = s * 6364136223846793005u + 1442695040888963407u;
                buf_printf(&text, "t%04d,lamp,,%.6f,%.6f,,,\n", i, 39.9 + (double)(s >> 40 & 0xffff) * 1e-6,
                           116.4 + (double)(s >> 20 & 0xffff) * 1e-6);
        }
        YARD_AUTO y;
        buf_char(&text, '\0');
        yard_read(&y, text.p);
        CHECK_EQ(y.things.n_spots, 3000);
        for (int i = 0; i < 300; i++) {
                s = s * 6364136223846793005u + 1442695040888963407u;
                struct point p = { 39.899 + (double)(s >> 40 & 0xffff) * 1.1e-6,
                                   116.399 + (double)(s >> 20 & 0xffff) * 1.1e-6 };
                double best = 120, got = 120;
                for (size_t k = 0; k < y.things.n; k++)
                        best = fmin(best, point_metres(p, y.things.row[k].point));
                thing_near(&y.things, STR("lamp"), p, 120, &got);
                CHECK(fabs(got - best) < 0.001);
        }
}

static const struct {
        const char *row, *rule;
} wrong[] = {
        { "a b,lamp,,,,,,\n", "thing.code" },
        { "x,lamp,nowhere,,,,,\n", "thing.place" },
        { "x,lamp,,39.9,,,,\n", "thing.point" },
        { "x,lamp,,,116.4,,,\n", "thing.point" },
        { "x,lamp,,116.4,39.9,,,\n", "thing.point" },
        { "x,lamp,,nan,116.4,,,\n", "thing.point" },
        { "x,lamp,,1e999,116.4,,,\n", "thing.point" },
        { "x,lamp,,39.9,116.4E,,,\n", "thing.point" },
        { "x,lamp,,,,,,2027-02-30\n", "thing.warranty" },
        { "x,lamp,,,,,,soon\n", "thing.warranty" },
        { "lamp-1,lamp,,,,,,\n", "thing.duplicate" },
        { "x,,,,,,,\n", "csv.cell-empty" },
};

TEST(each_wrong_thing_is_told)
{
        for (size_t i = 0; i < COUNT(wrong); i++) {
                YARD_AUTO y;
                struct arena a = { 0 };
                yard_read(&y, arena_printf(&a, "%slamp-1,lamp,,39.9,116.4,,,\n%s", HEAD, wrong[i].row));
                if (found(&y.f, wrong[i].rule, 3) != 1 || y.f.n != 1) {
                        found_print(&y.f);
                        fail_msg("%s not found alone in: %s", wrong[i].rule, wrong[i].row);
                }
                arena_free(&a);
        }
}

TEST(no_things)
{
        YARD_AUTO y;
        yard_read(&y, HEAD);
        CHECK_EQ(y.things.n, 0);
        CHECK(thing_near(&y.things, STR("lamp"), (struct point){ 39.9, 116.4 }, 50, NULL) == NULL);
}

/* place/gazetteer_test.c */
#include "place/gazetteer.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/test.h"
#include "place/inner/found_test.h"

static const char places_text[] = "code,parent,kind,name,aliases\n"
                                  "110101002000,,township,示例街道,示例\n"
                                  "110101002001,110101002000,community,馨园社区,东风大队;老供销社\n"
                                  "110101002002,110101002000,community,金鼎村,\n"
                                  "110101002001001,110101002001,grid,馨园一网格,\n"
                                  "110101002002001,110101002002,grid,金鼎一网格,\n"
                                  "b-a1,110101002001001,building,1号楼,\n"
                                  "b-a2,110101002001001,building,2号楼,\n"
                                  "b-b1,110101002002001,building,1号楼,\n";
static const char things_text[] = "code,kind,place,lat,lon\n"
                                  "lamp-001,lamp,110101002001001,39.9000,116.4000\n"
                                  "lamp-003,lamp,110101002001001,39.9001,116.4002\n"
                                  "n-lamp-0007,lamp,110101002001,39.9002,116.4003\n"
                                  "s-lamp-0007,lamp,110101002002,39.8900,116.4100\n"
                                  "gate,building,b-a2,39.9001,116.4001\n";
static const char aliases_text[] = "said,place,thing,since,until\n"
                                   "歪脖子树,110101002002,,2026-01-05,2026-03-01\n"
                                   "老供销社往东第二个路口,,lamp-003,,\n"
                                   "大槐树,110101002001,,,\n"
                                   "大槐树,110101002002,,,\n";

struct town_words {
        struct arena arena;
        struct findings f;
        struct places places;
        struct things things;
        struct aliases aliases;
        const struct gazetteer *g;
        struct day on;
};
static void words_read(struct town_words *w)
{
        *w = (struct town_words){ 0 };
        w->f.arena = &w->arena;
        CHECK_EQ(day_parse(STR("2026-02-01"), &w->on), OK);
        CHECK_EQ(places_read(&w->arena, str_of(places_text), &w->f, &w->places), OK);
        CHECK_EQ(things_read(&w->arena, str_of(things_text), &w->places, &w->f, &w->things), OK);
        CHECK_EQ(aliases_read(&w->arena, str_of(aliases_text), &w->places, &w->things, &w->f, &w->aliases), OK);
        w->g = gazetteer_new(&w->arena, &w->places, &w->things, &w->aliases);
}
static void words_free(struct town_words *w)
{
        arena_free(&w->arena);
}
#define WORDS_AUTO __attribute__((cleanup(words_free))) struct town_words

/* What is found first, as "how code" with "!" when it is certain. */
static struct str first(struct town_words *w, const char *said)
{
        struct place_hits l;
        gazetteer_find(w->g, &w->arena, NULL, str_of(said), w->on, true, &l);
        if (l.n == 0)
                return STR("nothing");
        const struct place_hit *f = &l.row[0];
        struct str code = f->thing ? f->thing->code : f->place ? f->place->code : STR("point");
        return str_printf(&w->arena, "%s " STR_FMT "%s", found_how_name(f->how), STR_ARG(code), f->certain ? "!" : "");
}

TEST(what_was_said_and_what_it_means)
{
        static const struct { const char *said, *want; } row[] = {
                { "3号灯杆旁", "number lamp-003!" },
                { "三号灯杆", "number lamp-003!" },
                { "灯杆 0003", "number lamp-003!" },
                { "路灯杆３号附近", "number lamp-003!" },
                { "lamp-003", "number lamp-003!" },
                { "LAMP 3", "number lamp-003!" },
                { "near lamp post 3", "number lamp-003!" },
                { "13号灯杆", "nothing" },                         /* not lamp 3 */
                { "7号灯杆", "number n-lamp-0007" },               /* there are two */
                { "金鼎村7号灯杆", "number s-lamp-0007!" },        /* and one of them there */
                { "馨园社区", "name 110101002001!" },
                { "馨园社区居委会门口", "name 110101002001!" },
                { "东风大队", "alias 110101002001!" },
                { "馨园", "short 110101002001" },                  /* a guess, though a good one */
                { "馨园社区二幢", "name b-a2!" },
                { "馨园社区1号楼3单元501室", "name b-a1!" },
                { "1号楼", "name b-a1" },                          /* which estate? */
                { "21号楼", "nothing" },
                { "示例街道金鼎村三组", "name 110101002002!" },
                { "示例街道", "nothing" },                         /* somewhere in the township */
                { "金鼎村到馨园社区的路上", "name 110101002001" }, /* two, and more was said */
                { "歪脖子树下面", "said 110101002002!" },
                { "老供销社往东第二个路口", "said lamp-003!" },
                { "老供销社往东第二个路口，3号灯杆旁", "said lamp-003!" },
                { "老供销社东边", "alias 110101002001" },          /* that is not where it is */
                { "老供销社对面", "alias 110101002001" },
                { "大槐树", "said 110101002001" },                 /* two of them */
                { "金鼎村大槐树", "name 110101002002!" },
                { "金顶村委会", "alike 110101002002" },            /* one character was heard wrongly */
                { "馨缘社区", "alike 110101002001" },
                { "老供消社旁边", "alike 110101002001" },
                { "我说不清楚在哪里", "nothing" },
                { "", "nothing" },
        };
        WORDS_AUTO w;
        words_read(&w);
        CHECK_EQ(w.f.errors, 0);
        for (size_t i = 0; i < COUNT(row); i++) {
                struct str got = first(&w, row[i].said);
                if (!str_is(got, row[i].want))
                        fail_msg("%s: got \"" STR_FMT "\", want \"%s\"", row[i].said, STR_ARG(got), row[i].want);
        }
}

TEST(an_alias_holds_from_its_first_day_to_its_last)
{
        WORDS_AUTO w;
        words_read(&w);
        CHECK_EQ(day_parse(STR("2026-03-01"), &w.on), OK);
        CHECK_STR(first(&w, "歪脖子树"), "said 110101002002!");
        CHECK(gazetteer_knows(w.g, STR("歪脖子 树"), w.on));
        CHECK_EQ(day_parse(STR("2026-03-02"), &w.on), OK);
        CHECK_STR(first(&w, "歪脖子树"), "nothing");
        CHECK(!gazetteer_knows(w.g, STR("歪脖子树"), w.on));
}

TEST(so_many_metres_from_a_landmark)
{
        WORDS_AUTO w;
        struct place_hits l;
        words_read(&w);
        gazetteer_find(w.g, &w.arena, NULL, STR("3号灯杆往北100米"), w.on, false, &l);
        CHECK(l.n > 0 && !l.row[0].certain);
        /* Without polygons a point lies in no place, and the landmark alone is offered. */
        CHECK_EQ(l.row[0].how, FOUND_NUMBER);
        CHECK_STR(l.row[0].words, "3号灯杆");
}

TEST(many_of_one_name_and_long_words)
{
        ARENA_AUTO a = { 0 };
        struct findings f = { .arena = &a };
        struct places ps;
        struct things ts;
        struct aliases as;
        struct place_hits l;
        struct day on;
        BUF_AUTO text = BUF(1 << 20), said = BUF(1 << 16);
        buf_puts(&text, "code,parent,kind,name\n");
        for (int i = 0; i < 6000; i++)
                buf_printf(&text, "b-%d,,building,1号楼\n", i);
        for (int i = 0; i < 4000; i++)
                buf_puts(&said, "一号楼");
        CHECK_EQ(day_parse(STR("2026-02-01"), &on), OK);
        CHECK_EQ(places_read(&a, buf_view(&text), &f, &ps), OK);
        CHECK_EQ(things_read(&a, STR("code,kind\n"), &ps, &f, &ts), OK);
        CHECK_EQ(aliases_read(&a, STR("said\n"), &ps, &ts, &f, &as), OK);
        gazetteer_find(gazetteer_new(&a, &ps, &ts, &as), &a, NULL, buf_view(&said), on, true, &l);
        CHECK_EQ(l.n, FOUND_MAX);
        CHECK(!l.row[0].certain);
}

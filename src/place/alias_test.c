/* place/alias_test.c */
#include "place/alias.h"
#include "base/err.h"
#include "base/test.h"
#include "place/inner/found_test.h"

#define HEAD "said,place,thing,since,until\n"
static const char places_text[] = "code,parent,kind,name\n110101002000,,township,示例街道\n110101002001,110101002000,community,示例社区\n";
static const char things_text[] = "code,kind,place\nlamp-3,lamp,110101002001\n";

struct desk {
        struct arena arena;
        struct findings f;
        struct places places;
        struct things things;
        struct aliases aliases;
};
static void desk_read(struct desk *d, struct str text)
{
        *d = (struct desk){ 0 };
        d->f.arena = &d->arena;
        CHECK_EQ(places_read(&d->arena, str_of(places_text), &d->f, &d->places), OK);
        CHECK_EQ(things_read(&d->arena, str_of(things_text), &d->places, &d->f, &d->things), OK);
        CHECK_EQ(aliases_read(&d->arena, text, &d->places, &d->things, &d->f, &d->aliases), OK);
}
static void desk_free(struct desk *d)
{
        arena_free(&d->arena);
}
#define DESK_AUTO __attribute__((cleanup(desk_free))) struct desk

static struct day day(const char *s)
{
        struct day d;
        CHECK_EQ(day_parse(str_of(s), &d), OK);
        return d;
}

TEST(aliases_of_places_and_things)
{
        DESK_AUTO d;
        desk_read(&d, STR(HEAD "老供销社,110101002001,,2026-01-05,\n歪脖子灯,,lamp-3,,2026-02-01\n"));
        CHECK_EQ(d.f.n, 0);
        CHECK_EQ(d.aliases.n, 2);
        CHECK(!alias_in_force(&d.aliases.row[0], day("2026-01-04")));
        CHECK(alias_in_force(&d.aliases.row[0], day("2026-01-05")));
        CHECK(alias_in_force(&d.aliases.row[1], day("2026-02-01")));
        CHECK(!alias_in_force(&d.aliases.row[1], day("2026-02-02")));
}

TEST(rows_that_cannot_be)
{
        DESK_AUTO d;
        desk_read(&d, STR(HEAD "老,110101002001,,,\n老供销社,,,,\n老供销社,110101002001,lamp-3,,\n老车站,999,,,\n老茶馆,110101002001,,2026-13-01,\n"
                               "老张家,110101002001,,,\n老粮站,110101002001,,,\n老粮站,110101002001,,,\n"));
        CHECK_EQ(found(&d.f, "alias.said", 2), 1);
        CHECK_EQ(found(&d.f, "alias.target", 3), 1);
        CHECK_EQ(found(&d.f, "alias.target", 4), 1);
        CHECK_EQ(found(&d.f, "alias.unknown", 5), 1);
        CHECK_EQ(found(&d.f, "alias.day", 6), 1);
        CHECK_EQ(found(&d.f, "alias.person", 7), 1);
        CHECK_EQ(found(&d.f, "alias.twice", 9), 1);
        CHECK_EQ(d.f.errors, 5);
        CHECK_EQ(d.aliases.n, 3);
}

TEST(a_row_is_added_and_ended_and_the_others_keep_their_bytes)
{
        ARENA_AUTO a = { 0 };
        struct alias old = { .said = STR("老供销社"), .place = STR("110101002001"), .thing = STR(""), .since = day("2026-01-05"), .until = DAY_NONE };
        struct alias odd = { .said = STR("\"大\"门,东"), .place = STR(""), .thing = STR("lamp-3"), .since = day("2026-02-05"), .until = DAY_NONE };
        struct str text = alias_added(&a, STR(""), &old), after;
        CHECK_STR(text, HEAD "老供销社,110101002001,,2026-01-05,\n");
        text = alias_added(&a, STR("place,thing,note,said\r\n110101002001,,手写,老粮站\r\n"), &odd);
        CHECK_STR(text, "place,thing,note,said\r\n110101002001,,手写,老粮站\r\n,lamp-3,,\"\"\"大\"\"门,东\"\n");
        text = alias_added(&a, STR(HEAD "老粮站 , 110101002001,,,\n"), &old);
        text = alias_added(&a, text, &odd);
        CHECK_EQ(alias_ended(&a, text, &odd, day("2026-02-09"), &after), OK);
        CHECK_STR(after, HEAD "老粮站 , 110101002001,,,\n老供销社,110101002001,,2026-01-05,\n\"\"\"大\"\"门,东\",,lamp-3,2026-02-05,2026-02-09\n");
        /* Ended before it began: it never was. */
        CHECK_EQ(alias_ended(&a, text, &old, day("2026-01-04"), &after), OK);
        CHECK_STR(after, HEAD "老粮站 , 110101002001,,,\n\"\"\"大\"\"门,东\",,lamp-3,2026-02-05,\n");
        old.said = STR("没有的");
        CHECK_EQ(alias_ended(&a, text, &old, day("2026-02-09"), &after), ERR_NONE);
}

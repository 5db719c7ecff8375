#include "duty/diff.h"
#include "duty/inner/fixture.h"

#define ROW "a,basic,lamp,灯,x=1;y=2,urban,works;estate,g1,3,day,条例,2026-01-01,2026-12-31,3,4,5\n"

/* Each row: the row as it is now, and the columns that changed. */
static const struct {
        const char *now, *fields;
} edit[] = {
        { "a,basic,lamp,灯,y=2;x=1,urban,estate;works,g1,3,day,条例,2026-01-01,2026-12-31,3,4,5\n", "" },
        { "a,service,lamp,灯,x=1;y=2,urban,works;estate,g1,3,day,条例,2026-01-01,2026-12-31,3,4,5\n", "list" },
        { "a,basic,self,灯,x=1;y=2,urban,works;estate,g1,3,day,条例,2026-01-01,2026-12-31,3,4,5\n", "subject" },
        { "a,basic,lamp,路灯,x=1;y=2,urban,works;estate,g1,3,day,条例,2026-01-01,2026-12-31,3,4,5\n", "title" },
        { "a,basic,lamp,灯,x=1,urban,works;estate,g1,3,day,条例,2026-01-01,2026-12-31,3,4,5\n", "condition" },
        { "a,basic,lamp,灯,x=1;y=2,estate,works,g1,3,day,条例,2026-01-01,2026-12-31,3,4,5\n", "lead assist" },
        { "a,basic,lamp,灯,x=1;y=2,urban,works;estate,,3,day,条例,2026-01-01,2026-12-31,3,4,5\n", "place" },
        { "a,basic,lamp,灯,x=1;y=2,urban,works;estate,g1,3,workday,条例,2026-01-01,2026-12-31,3,4,5\n", "limit" },
        { "a,basic,lamp,灯,x=1;y=2,urban,works;estate,g1,,,条例,2026-01-01,2026-12-31,3,4,5\n", "limit" },
        { "a,basic,lamp,灯,x=1;y=2,urban,works;estate,g1,3,day,办法,2026-01-02,,3,4,5\n", "basis since until" },
        { "a,basic,lamp,灯,x=1;y=2,urban,works;estate,g1,3,day,条例,2026-01-01,2026-12-31,6,7,8\n",
          "staff certificates money" },
};

static struct str fields_of(struct arena *a, uint32_t bits)
{
        struct str out = STR("");
        for (int i = 0; i < DUTY_FIELDS; i++)
                if (bits >> i & 1)
                        out = str_printf(a, "%.*s%s%s", STR_ARG(out), out.n ? " " : "",
                                         duty_field_name((enum duty_field)i));
        return out;
}

TEST(each_changed_column_is_named)
{
        for (size_t i = 0; i < COUNT(edit); i++) {
                ARENA_AUTO a = { 0 };
                struct fixture before, after;
                fixture_open(&before, DUTY_HEAD ROW);
                fixture_open(&after, str_printf(&a, "%s%s", DUTY_HEAD, edit[i].now).p);
                struct duty_diff d;
                duties_diff(&a, &before.duties, &after.duties, &d);
                CHECK_EQ(d.n, edit[i].fields[0] != 0);
                CHECK_EQ(d.changed, d.n);
                CHECK_STR(fields_of(&a, d.n ? d.row[0].fields : 0), edit[i].fields);
                arena_free(&before.arena);
                arena_free(&after.arena);
        }
}

TEST(rows_come_and_go)
{
        ARENA_AUTO a = { 0 };
        struct fixture before, after;
        fixture_open(&before, DUTY_HEAD "gone,basic,lamp,灯,,urban,,,,,条例,,,,,\n" ROW);
        fixture_open(&after, DUTY_HEAD ROW "new,basic,self,议事,,urban,,,,,条例,,,,,\n");
        struct duty_diff d;
        duties_diff(&a, &before.duties, &after.duties, &d);
        CHECK_EQ(d.n, 2);
        CHECK_EQ(d.added, 1);
        CHECK_EQ(d.removed, 1);
        CHECK_EQ(d.changed, 0);
        CHECK_EQ(d.row[0].after, DUTY_NONE);
        CHECK_EQ(d.row[0].before, 0);
        CHECK_EQ(d.row[1].before, DUTY_NONE);
        CHECK_STR(after.duties.row[d.row[1].after].code, "new");
        arena_free(&before.arena);
        arena_free(&after.arena);
}

static void ask(const struct duty_book *book, struct arena *a, struct str subject, struct lead_in in, struct lead *ret)
{
        in.subject = subject_find(book->subjects, subject);
        lead_find(book, a, &in, ret);
}

/* The same question to two versions. */
static const struct {
        const char *subject, *place, *before, *after;
        bool changed;
} moves[] = {
        { "lamp", "11/town/c1/g1", "urban", "estate", true }, /* a row of its own now */
        { "lamp", "11/town/c2/g3", "urban", "urban", false },
        { "self", "11/town/c1/g1", "urban", "desk", true },  /* nobody any more: the fallback unit */
        { "water", "11/town/c1/g1", "desk", "works", true }, /* somebody at last */
};

TEST(a_new_version_moves_matters)
{
        ARENA_AUTO a = { 0 };
        struct fixture before, after;
        fixture_open(&before,
                     DUTY_HEAD "l,basic,lamp,灯,,urban,,,,,条例,,,,,\ns,basic,self,议事,,urban,,,,,条例,,,,,\n");
        fixture_open(&after, DUTY_HEAD "w,service,water,水,,works,,,,,条例,,,,,\nl1,basic,lamp,灯,,estate,,g1,,,条例,,,"
                                       ",,\nl,basic,lamp,灯,,urban,,,,,条例,,,,,\n");
        for (size_t i = 0; i < COUNT(moves); i++) {
                struct str path[LEAD_PATH_MAX];
                struct lead_in in = { .path = path,
                                      .n_path = lead_path(str_of(moves[i].place), path),
                                      .day = fixture_day("2026-03-01") };
                struct lead was, is;
                ask(&before.book, &a, str_of(moves[i].subject), in, &was);
                ask(&after.book, &a, str_of(moves[i].subject), in, &is);
                CHECK_EQ(!str_eq(was.org, is.org), moves[i].changed);
                CHECK_STR(was.org, moves[i].before);
                CHECK_STR(is.org, moves[i].after);
        }
        arena_free(&before.arena);
        arena_free(&after.arena);
}

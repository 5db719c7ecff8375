#include "duty/subject.h"
#include "base/err.h"
#include "base/test.h"

#define HEAD "code,parent,name_zh,name_en,keywords,level,publicity,external_codes\n"

static struct subjects read(struct arena *a, const char *text, struct findings *f)
{
        struct subjects s;
        *f = (struct findings){ .arena = a };
        CHECK_EQ(subjects_read(a, str_of(text), f, &s), OK);
        return s;
}

/* "rule:line rule:line ..." in the order found. */
static void check_found(const struct findings *f, const char *want)
{
        struct arena a = { 0 };
        struct str got = STR("");
        for (size_t i = 0; i < f->n; i++)
                got = str_printf(&a, "%.*s%s%s:%d", STR_ARG(got), i ? " " : "", f->row[i].rule, f->row[i].line);
        CHECK_STR(got, want);
        arena_free(&a);
}

TEST(a_catalogue_is_a_tree)
{
        ARENA_AUTO a = { 0 };
        struct findings f;
        struct subjects s = read(&a,
                                 HEAD "water.cold,water,停冷水,No cold water,停水; 没水;停水,big,summary,A1;A2\n"
                                      "water,,供水,Water,,,,\n",
                                 &f);
        check_found(&f, "");
        CHECK_EQ(s.n, 2);
        const struct subject *cold = &s.row[0], *water = &s.row[1];
        CHECK_EQ(cold->up, 1);
        CHECK_EQ(cold->depth, 1);
        CHECK(cold->leaf && !water->leaf);
        CHECK_EQ(cold->level, LEVEL_BIG);
        CHECK_EQ(cold->publicity, PUBLICITY_SUMMARY);
        CHECK_EQ(water->level, LEVEL_SMALL); /* the defaults */
        CHECK_EQ(water->publicity, PUBLICITY_NONE);
        CHECK_EQ(cold->n_keywords, 2); /* said twice counts once */
        CHECK_STR(cold->keywords[1], "没水");
        CHECK_EQ(cold->n_external_codes, 2);
        CHECK_EQ(subject_find(&s, STR("water")), 1);
        CHECK_EQ(subject_find(&s, STR("gas")), SUBJECT_NONE);
        CHECK_EQ(subject_find_external(&s, STR("A2")), 0);
        CHECK_EQ(subject_find_external(&s, STR("A3")), SUBJECT_NONE);
        CHECK(subject_covers(&s, 1, 0) && subject_covers(&s, 0, 0) && !subject_covers(&s, 0, 1));
}

/* Each row: a file, and what is found in it. */
static const struct {
        const char *text, *found;
        uint32_t n;
} bad[] = {
        { HEAD "a,,甲,A,,,,\na,,乙,B,,,,\n", "subject.duplicate:3", 1 },
        { HEAD "a b,,甲,A,,,,\n", "subject.code:2", 0 },
        { HEAD "a,zz,甲,A,,,,\n", "subject.parent-unknown:2", 1 },
        { HEAD "a,a,甲,A,,,,\n", "subject.cycle:2", 1 },
        { HEAD "a,b,甲,A,,,,\nb,c,乙,B,,,,\nc,a,丙,C,,,,\n", "subject.cycle:4", 3 },
        { HEAD "a,,甲,A,,tiny,,\n", "subject.level:2", 1 },
        { HEAD "a,,甲,A,,,all,\n", "subject.publicity:2", 1 },
        { HEAD "a,,甲,A,停水;;没水,,,\n", "subject.keyword-empty:2", 1 },
        { HEAD "a,,甲,A,停水;没水;,,,\n", "", 1 }, /* a last semicolon is no empty keyword */
        { HEAD "a,,甲,A,水,,,\n", "subject.keyword-short:2", 1 },
        { HEAD "a,,甲,A,停水,,,\nb,,乙,B,停水,,,\n", "subject.keyword-shared:3", 2 },
        { HEAD "a,,甲,A,停水,,,\nb,a,乙,B,停水,,,\n", "", 2 }, /* shared with the subject above it: related */
        { HEAD "a,,甲,A,,,,X1\nb,,乙,B,,,,X1\n", "subject.external-shared:3", 2 },
        { HEAD ",,甲,A,,,,\n", "csv.cell-empty:2", 0 },
        { "code,name_zh\na,甲\n", "csv.column-missing:1 csv.cell-empty:2", 1 },
        { HEAD, "", 0 },
};

TEST(each_mistake_is_found_at_its_line)
{
        for (size_t i = 0; i < COUNT(bad); i++) {
                ARENA_AUTO a = { 0 };
                struct findings f;
                struct subjects s = read(&a, bad[i].text, &f);
                check_found(&f, bad[i].found);
                CHECK_EQ(s.n, bad[i].n);
        }
}

TEST(a_long_circle_does_not_trap_the_reader)
{
        ARENA_AUTO a = { 0 };
        struct str text = STR(HEAD);
        for (int i = 0; i < 300; i++)
                text = str_printf(&a, "%.*ss%d,s%d,甲%d,A,,,,\n", STR_ARG(text), i, (i + 1) % 300, i);
        struct findings f = { .arena = &a };
        struct subjects s;
        CHECK_EQ(subjects_read(&a, text, &f, &s), OK);
        CHECK_EQ(f.errors, 1);
        uint32_t deepest = 0;
        for (uint32_t i = 0; i < s.n; i++)
                deepest = s.row[i].depth > deepest ? s.row[i].depth : deepest;
        CHECK_EQ(deepest, 299);
}

TEST(levels_have_names)
{
        CHECK_STR(str_of(subject_level_name(LEVEL_HARD)), "hard");
        CHECK_STR(str_of(subject_publicity_name(PUBLICITY_COUNT)), "count");
}

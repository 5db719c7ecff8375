/* duty/inner/fixture.h — for the tests of this room: a tiny town. Three grids in two communities, a few orgs. */
#pragma once
#include "base/err.h"
#include "base/test.h"
#include "duty/check.h"

#define DUTY_HEAD                                                                                                      \
        "code,list,subject,title,condition,lead,assist,place,limit,unit,basis,since,until,staff,certificates,money\n"

static const char fixture_subjects[] = "code,parent,name_zh,name_en\n"
                                       "water,,供水,Water\n"
                                       "water.pipe,water,漏水,Leak\n"
                                       "water.pipe.main,water.pipe,主管漏水,Burst main\n"
                                       "lamp,,路灯,Street lamp\n"
                                       "self,,自治,Self-government\n";

static const struct {
        const char *code;
        struct duty_org is;
} fixture_orgs[] = {
        { "desk", { .own = true } },
        { "urban", { .own = true } }, /* our own urban management office */
        { "estate", { .own = true } },
        { "squad", { 0 } },  /* stationed enforcement squad */
        { "bureau", { 0 } }, /* an upper department */
        { "works", { 0 } },  /* a water company */
        { "lampco", { 0 } },
        { "jw", { .committee = true } }, /* a residents' committee */
};

static inline bool fixture_org(const void *self, struct str code, struct duty_org *ret)
{
        (void)self;
        for (size_t i = 0; i < COUNT(fixture_orgs); i++)
                if (str_is(code, fixture_orgs[i].code)) {
                        *ret = fixture_orgs[i].is;
                        return true;
                }
        return false;
}

static const char *const fixture_paths[] = { "11/town/c1/g1", "11/town/c1/g2", "11/town/c2/g3" };

/* An agreement on concurrent powers in grid g2, good for 2026: the squad leads first. */
static inline bool fixture_concurrent(const void *self, const struct str *path, uint32_t n_path, struct day day,
                                      uint32_t nth, struct str *ret_code, struct str *ret_lead)
{
        (void)self;
        struct day first, last;
        CHECK_EQ(day_parse(STR("2026-01-01"), &first), OK);
        CHECK_EQ(day_parse(STR("2026-12-31"), &last), OK);
        *ret_code = nth == 0 ? STR("other-1") : STR("joint-1");
        *ret_lead = nth == 0 ? STR("lampco") : STR("squad");
        return nth < 2 && n_path == 4 && str_is(path[3], "g2") && first.n <= day.n && day.n <= last.n;
}

struct fixture {
        struct arena arena;
        struct findings findings;
        struct subjects subjects;
        struct duties duties;
        struct duty_book book;
};

static inline void fixture_open(struct fixture *f, const char *duties)
{
        *f = (struct fixture){ 0 };
        f->findings.arena = &f->arena;
        CHECK_EQ(subjects_read(&f->arena, str_of(fixture_subjects), &f->findings, &f->subjects), OK);
        CHECK_EQ(f->findings.n, 0);
        CHECK_EQ(duties_read(&f->arena, str_of(duties), &f->subjects, &f->findings, &f->duties), OK);
        duties_bind(&f->duties, (struct duty_orgs){ .find = fixture_org });
        f->book = (struct duty_book){ .subjects = &f->subjects,
                                      .duties = &f->duties,
                                      .fallback = STR("desk"),
                                      .concurrent = fixture_concurrent };
}

static inline struct day fixture_day(const char *s)
{
        struct day d;
        CHECK_EQ(day_parse(str_of(s), &d), OK);
        return d;
}

/* "rule:line rule:line ..." sorted as people read them. */
static inline struct str fixture_found(struct arena *a, struct findings *f)
{
        findings_sort(f);
        struct str got = STR("");
        for (size_t i = 0; i < f->n; i++)
                got = str_printf(a, "%.*s%s%s:%d", STR_ARG(got), i ? " " : "", f->row[i].rule, f->row[i].line);
        return got;
}

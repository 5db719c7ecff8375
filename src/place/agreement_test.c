/* place/agreement_test.c */
#include "place/agreement.h"
#include "base/err.h"
#include "base/test.h"
#include "place/inner/found_test.h"

#define PLACES                                                                                                         \
        "code,parent,kind,name\n"                                                                                      \
        "110101002000,,township,示例街道\n"                                                                        \
        "110101002001,110101002000,community,东社区\n"                                                              \
        "110101002002,110101002000,community,西社区\n"                                                              \
        "e1,110101002001,grid,东一\ne2,110101002001,grid,东二\nw1,110101002002,grid,西一\n"
#define HEAD "code,kind,places,lead,document,since,until\n"

struct desk {
        struct arena arena;
        struct findings f;
        struct places places;
        struct agreements as;
};

static void desk_read(struct desk *d, const char *text)
{
        *d = (struct desk){ 0 };
        d->f.arena = &d->arena;
        CHECK_EQ(places_read(&d->arena, STR(PLACES), &d->f, &d->places), OK);
        CHECK_EQ(agreements_read(&d->arena, str_of(text), &d->places, &d->f, &d->as), OK);
}

static void desk_free(struct desk *d)
{
        arena_free(&d->arena);
}
#define DESK_AUTO __attribute__((cleanup(desk_free))) struct desk

static struct day day(const char *s)
{
        struct day d = DAY_NONE;
        CHECK_EQ(day_parse(str_of(s), &d), OK);
        return d;
}

TEST(an_agreement_in_force)
{
        DESK_AUTO d;
        desk_read(&d, HEAD "s1,street,e1;w1,e1,会议纪要〔2026〕1号,2026-01-01,2026-12-31\n"
                           "n1,enclave,e2,110101002002,协议,,\n"
                           "c1,concurrent,110101002001,office,三定方案,2026-03-01,\n");
        CHECK_EQ(d.f.n, 0);
        CHECK_EQ(d.as.n, 3);
        CHECK_STR(d.as.row[0].code, "c1");
        CHECK(!d.as.row[0].lead_is_grid && d.as.row[2].lead_is_grid);

        struct str both[] = { STR("w1"), STR("e2"), STR("e1") }, one[] = { STR("e1"), STR("e2") },
                   off[] = { STR("e2"), STR("e1"), STR("w1") };
        CHECK(agreement_street(&d.as, &d.places, both, 3, day("2026-01-01")) == &d.as.row[2]);
        CHECK(agreement_street(&d.as, &d.places, both, 3, day("2026-12-31")) == &d.as.row[2]);
        CHECK(agreement_street(&d.as, &d.places, both, 3, day("2025-12-31")) == NULL);
        CHECK(agreement_street(&d.as, &d.places, both, 3, day("2027-01-01")) == NULL);
        CHECK(agreement_street(&d.as, &d.places, both, 2, day("2026-05-01")) == NULL);
        CHECK(agreement_street(&d.as, &d.places, one, 2, day("2026-05-01")) == NULL);
        CHECK(agreement_street(&d.as, &d.places, off, 3, day("2026-05-01")) == NULL);
        CHECK(agreement_find(&d.as, &d.places, AGREEMENT_ENCLAVE, STR("e2"), day("1999-05-01")) == &d.as.row[1]);
        CHECK(agreement_find(&d.as, &d.places, AGREEMENT_ENCLAVE, STR("e1"), day("2026-05-01")) == NULL);
        CHECK(agreement_find(&d.as, &d.places, AGREEMENT_CONCURRENT, STR("e1"), day("2026-05-01")) == &d.as.row[0]);
        CHECK(agreement_find(&d.as, &d.places, AGREEMENT_CONCURRENT, STR("w1"), day("2026-05-01")) == NULL);
}

TEST(communities_stand_for_their_grids)
{
        DESK_AUTO d;
        desk_read(&d, HEAD "s1,street,110101002001;110101002002,office,纪要,,\n");
        struct str border[] = { STR("e2"), STR("w1") }, within[] = { STR("e1"), STR("e2") };
        CHECK(agreement_street(&d.as, &d.places, border, 2, day("2026-05-01")) != NULL);
        CHECK(agreement_street(&d.as, &d.places, within, 2, day("2026-05-01")) == NULL);
}

static const struct {
        const char *row, *rule;
} wrong[] = {
        { "a b,enclave,e1,x,d,,\n", "agreement.code" },
        { "x,lane,e1;w1,x,d,,\n", "agreement.kind" },
        { "x,street,e1;nowhere,x,d,,\n", "agreement.place" },
        { "x,enclave,110101002000,x,d,,\n", "agreement.place" },
        { "x,street,e1,x,d,,\n", "agreement.places" },
        { "x,street,e1;e1,x,d,,\n", "agreement.places" },
        { "x,enclave,;;,x,d,,\n", "agreement.places" },
        { "x,enclave,e1,x,d,2026-13-01,\n", "agreement.date" },
        { "x,enclave,e1,x,d,,31.12.2026\n", "agreement.date" },
        { "x,enclave,e1,x,d,2026-02-01,2026-01-01\n", "agreement.date" },
        { "n1,enclave,w1,x,d,,\n", "agreement.duplicate" },
        { "x,enclave,w1,x,,,\n", "csv.cell-empty" },
        { "x,enclave,e2;w1,x,d,2026-12-31,\n", "agreement.clash" },
};

TEST(each_wrong_agreement_is_told)
{
        for (size_t i = 0; i < COUNT(wrong); i++) {
                DESK_AUTO d;
                struct arena a = { 0 };
                desk_read(&d, arena_printf(&a, "%sn1,enclave,e2,y,d,,2026-12-31\n%s", HEAD, wrong[i].row));
                if (found(&d.f, wrong[i].rule, 3) != 1 || d.f.n != 1) {
                        found_print(&d.f);
                        fail_msg("%s not found alone in: %s", wrong[i].rule, wrong[i].row);
                }
                arena_free(&a);
        }
}

TEST(one_after_the_other_is_no_clash)
{
        DESK_AUTO d;
        desk_read(
                &d, HEAD
                "a,enclave,e2,y,d,,2026-12-31\nb,enclave,e2,z,d,2027-01-01,\nc,enclave,e1,z,d,,\nd,street,e1;w1,z,d,,\n"
                "e,street,e2;w1,y,d,,\n");
        CHECK_EQ(d.f.n, 0);
}

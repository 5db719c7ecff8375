#include "people/org.h"
#include "base/err.h"
#include "base/test.h"
#include "people/credit.h"
#include "people/inner/test_util.h"

#define HEAD "code,parent,kind,relation,reach,name,credit_code\n"

TEST(credit_codes)
{
        static const struct {
                const char *code;
                enum credit want;
        } row[] = {
                { "9144030071526726XG", CREDIT_OK },    { "914403001922038216", CREDIT_OK },
                { "91110000802100433B", CREDIT_OK },    { "91330100799655058B", CREDIT_OK },
                { "9144030071526726XH", CREDIT_DIGIT }, { "9144030071526726XA", CREDIT_DIGIT },
                { "9144030017526726XG", CREDIT_DIGIT }, /* two digits swapped */
                { "91440300715267267", CREDIT_SHAPE },  { "9144030071526726XGG", CREDIT_SHAPE },
                { "9144030071526726Xg", CREDIT_SHAPE }, { "914403001922O38216", CREDIT_SHAPE },
                { "91110101000010030W", CREDIT_OK }, /* inner remainder 0 */
                { "91110101123456789C", CREDIT_ORG },   { "", CREDIT_SHAPE },
                { "110105000000001", CREDIT_OLD },      { "11010500000000A", CREDIT_SHAPE },
                { "统一社会信用代", CREDIT_SHAPE },
        };
        for (size_t i = 0; i < COUNT(row); i++)
                if (credit_check(str_of(row[i].code)) != row[i].want)
                        fail_msg("%s", row[i].code);
        CHECK_EQ(credit_check((struct str){ 0 }), CREDIT_SHAPE);
        CHECK_EQ(credit_check((struct str){ "9144030071526726X\0", 18 }), CREDIT_SHAPE);
}

static void read_orgs(struct arena *a, const char *text, struct findings *f, struct orgs *ret)
{
        *f = (struct findings){ .arena = a };
        CHECK_EQ(orgs_read(a, str_of(text), f, ret), OK);
}

TEST(orgs_paths_and_ancestors)
{
        ARENA_AUTO a = { 0 };
        struct findings f;
        struct orgs o;
        read_orgs(&a,
                  HEAD "team,urban,department,own,account,中队,\n"
                       "office,,government,own,account,办事处,\n"
                       "urban,office,department,own,phone,城管办,\n"
                       "police,,government,stationed,upstream,派出所,\n",
                  &f, &o);
        CHECK_EQ(f.n, 0);
        CHECK_EQ(o.n, 4);
        CHECK_STR(org_find(&o, STR("team"))->path, "office/urban/team");
        CHECK_STR(org_find(&o, STR("police"))->path, "police");
        CHECK_EQ(org_find(&o, STR("urban"))->reach, ORG_BY_PHONE);
        CHECK_EQ(org_find(&o, STR("police"))->relation, ORG_STATIONED);
        CHECK_EQ(org_find(&o, STR("team"))->up, 2);
        CHECK_EQ(org_find(&o, STR("office"))->up, ORG_NONE);
        CHECK(org_find(&o, STR("nobody")) == NULL);
        CHECK(org_below(&o, STR("team"), STR("office")));
        CHECK(org_below(&o, STR("team"), STR("team")));
        CHECK(!org_below(&o, STR("office"), STR("team")));
        CHECK(!org_below(&o, STR("team"), STR("police")));
        CHECK(!org_below(&o, STR("nobody"), STR("nobody")));
}

TEST(orgs_findings)
{
        static const struct finding_case row[] = {
                { "o,,kingdom,own,account,甲,\n", "org.kind-unknown", 2 },
                { "o,,party,owned,account,甲,\n", "org.relation-unknown", 2 },
                { "o,,party,own,mail,甲,\n", "org.reach-unknown", 2 },
                { "o,,party,own,account,甲,9144030071526726XH\n", "org.credit-code", 2 },
                { "o,,party,own,account,甲,110105000000001\n", "org.credit-old", 2 },
                { "o,,party,own,account,甲,\no,,party,own,account,乙,\n", "org.code-twice", 3 },
                { "o,p,party,own,account,甲,\n", "org.parent-unknown", 2 },
                { "o,o,party,own,account,甲,\n", "org.parent-circle", 2 },
                { "甲方,,party,own,account,甲,\n", "org.code-bad", 2 },
                { ",,party,own,account,甲,\n", "csv.cell-empty", 2 },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                ARENA_AUTO a = { 0 };
                struct findings f;
                struct orgs o;
                read_orgs(&a, str_c(&a, str_printf(&a, HEAD "%s", row[i].rows)), &f, &o);
                check_one_finding(&f, &row[i]);
        }
}

TEST(orgs_circles_and_depth_end)
{
        ARENA_AUTO a = { 0 };
        struct findings f;
        struct orgs o;
        read_orgs(&a,
                  HEAD "a,b,party,own,account,甲,\nb,c,party,own,account,乙,\nc,a,party,own,account,丙,\n"
                       "d,a,party,own,account,丁,\n",
                  &f, &o);
        CHECK_EQ(count_rule(&f, "org.parent-circle"), 3);
        CHECK_EQ(count_rule(&f, "org.depth"), 1); /* d hangs below the circle */
        for (size_t i = 0; i < o.n; i++) {
                CHECK_EQ(o.row[i].up, ORG_NONE);
                CHECK(str_eq(o.row[i].path, o.row[i].code));
        }
        struct str text = STR(HEAD);
        for (int i = 0; i <= ORG_DEPTH_MAX; i++)
                text = i == 0 ? str_printf(&a, "%.*so0,,party,own,account,甲,\n", STR_ARG(text))
                              : str_printf(&a, "%.*so%d,o%d,party,own,account,甲,\n", STR_ARG(text), i, i - 1);
        read_orgs(&a, str_c(&a, text), &f, &o);
        CHECK_EQ(f.n, 1);
        CHECK_EQ(f.row[0].line, ORG_DEPTH_MAX + 2);
        CHECK_EQ(o.row[ORG_DEPTH_MAX - 1].up, ORG_DEPTH_MAX - 2);
}

TEST(orgs_not_utf8)
{
        ARENA_AUTO a = { 0 };
        struct findings f = { .arena = &a };
        struct orgs o = { .n = 77 };
        CHECK_EQ(orgs_read(&a, STR(HEAD "a,,party,own,account,\xFF,\n"), &f, &o), ERR_UTF8);
        CHECK_EQ(o.n, 77);
}

TEST(orgs_have_hours_of_their_own)
{
        static const struct {
                const char *hours, *want;
                size_t spans;
        } row[] = {
                { "", "", 0 },
                { "08:30-17:30", "", 1 },
                { "08:30-12:00;13:30-17:30", "", 2 },
                { "09:00-12:00;11:00-18:00", "org.hours:2", 0 },
                { "all day", "org.hours:2", 0 },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                ARENA_AUTO a = { 0 };
                struct findings f = { .arena = &a };
                struct orgs o;
                read_orgs(&a,
                          str_c(&a, str_printf(&a, "code,kind,relation,reach,name,office_hours\no,party,own,account,甲,%s\n",
                                               row[i].hours)),
                          &f, &o);
                CHECK_EQ(o.row[0].hours.n, row[i].spans);
                CHECK_EQ(f.errors, *row[i].want ? 1 : 0);
                if (*row[i].want)
                        CHECK_STR(str_of(f.row[0].rule), "org.hours");
        }
}

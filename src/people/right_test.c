#include "people/right.h"
#include "base/test.h"

#define S(x)                                                                                                           \
        {                                                                                                              \
                x, sizeof(x) - 1                                                                                       \
        }
#define READ (UINT64_C(1) << RIGHT_MATTER_READ)
#define ANSWER (UINT64_C(1) << RIGHT_MATTER_ANSWER)
#define MANAGE (UINT64_C(1) << RIGHT_PEOPLE_MANAGE)

TEST(right_names_both_ways)
{
        for (unsigned r = RIGHT_FIRST_GRANTED; r < RIGHT_COUNT; r++) {
                CHECK(right_name((enum right)r) != NULL);
                CHECK_EQ(right_of(str_of(right_name((enum right)r))), r);
        }
        CHECK(right_name(RIGHT_UNDECIDED) == NULL);
        CHECK(right_name(RIGHT_PUBLIC) == NULL);
        CHECK(right_name((enum right)999) == NULL);
        CHECK_EQ(right_of(STR("matter.rea")), RIGHT_UNDECIDED);
        CHECK_EQ(right_of(STR("")), RIGHT_UNDECIDED);
}

TEST(path_within_goes_by_segments)
{
        CHECK(path_within(STR("1/2/3"), STR("1/2")));
        CHECK(path_within(STR("1/2"), STR("1/2")));
        CHECK(path_within(STR("1/2"), STR("")));
        CHECK(path_within(STR(""), STR("")));
        CHECK(!path_within(STR("1/23"), STR("1/2")));
        CHECK(!path_within(STR("1"), STR("1/2")));
        CHECK(!path_within(STR(""), STR("1")));
}

/* The people of the table. */
static struct scope dispatcher[] = { { READ | ANSWER, S(""), S(""), S("desk-day"), S("office/desk") } };
static struct scope grid[] = { { READ | ANSWER, S("t/c1/g1"), S(""), S("grid-1"), S("office/c1") } };
static struct scope urban[] = { { READ | ANSWER, S(""), S("office/urban"), S("urban-1"), S("office/urban") } };
static struct scope urban_c1[] = { { READ | ANSWER, S("t/c1"), S("office/urban"), S("urban-2"), S("office/urban") } };
static struct scope two[] = { { READ, S("t/c1"), S(""), S("a"), S("office/c1") },
                              { ANSWER, S("t/c2"), S(""), S("b"), S("office/c2") } };
static struct scope admin[] = { { MANAGE, S(""), S(""), S("admin"), S("office/zhb") } };

#define MATTER(place, org) .o = { .path = S(place), .org_path = S(org) }
static const struct {
        struct scopes who;
        enum right right;
        struct scope_object o;
        int want;
} row[] = {
        /* place */
        { { dispatcher, 1, S("") }, RIGHT_MATTER_READ, MATTER("t/c1/g1", "office/urban"), 1 },
        { { dispatcher, 1, S("") }, RIGHT_MATTER_READ, MATTER("", ""), 1 }, /* not placed: whole town sees it */
        { { grid, 1, S("") }, RIGHT_MATTER_READ, MATTER("t/c1/g1/b7", "office/urban"), 1 },
        { { grid, 1, S("") }, RIGHT_MATTER_READ, MATTER("t/c1/g12", "office/urban"), 0 },
        { { grid, 1, S("") }, RIGHT_MATTER_READ, MATTER("t/c1", "office/urban"), 0 }, /* placed above the grid */
        { { grid, 1, S("") }, RIGHT_MATTER_READ, MATTER("", ""), 0 },
        /* org */
        { { urban, 1, S("") }, RIGHT_MATTER_READ, MATTER("t/c2", "office/urban"), 1 },
        { { urban, 1, S("") }, RIGHT_MATTER_READ, MATTER("t/c2", "office/urban/team"), 1 },
        { { urban, 1, S("") }, RIGHT_MATTER_READ, MATTER("", "office/urban"), 1 },
        { { urban, 1, S("") }, RIGHT_MATTER_READ, MATTER("t/c2", "office"), 0 },
        { { urban, 1, S("") }, RIGHT_MATTER_READ, MATTER("t/c2", "office/urbanity"), 0 },
        { { urban, 1, S("") }, RIGHT_MATTER_READ, MATTER("t/c2", ""), 0 }, /* not dispatched yet */
        /* both */
        { { urban_c1, 1, S("") }, RIGHT_MATTER_READ, MATTER("t/c1/g1", "office/urban"), 1 },
        { { urban_c1, 1, S("") }, RIGHT_MATTER_READ, MATTER("t/c2/g1", "office/urban"), 0 },
        { { urban_c1, 1, S("") }, RIGHT_MATTER_READ, MATTER("t/c1/g1", "office/desk"), 0 },
        /* right: of the post whose place it is */
        { { grid, 1, S("") }, RIGHT_MATTER_CLOSE, MATTER("t/c1/g1", ""), 0 },
        { { two, 2, S("") }, RIGHT_MATTER_READ, MATTER("t/c1", ""), 1 },
        { { two, 2, S("") }, RIGHT_MATTER_ANSWER, MATTER("t/c1", ""), 0 },
        { { two, 2, S("") }, RIGHT_MATTER_ANSWER, MATTER("t/c2", ""), 1 },
        { { admin, 1, S("") }, RIGHT_PEOPLE_MANAGE, MATTER("", ""), 1 },
        { { admin, 1, S("") }, RIGHT_MATTER_READ, MATTER("t/c1", ""), 0 },
        { { NULL, 0, S("") }, RIGHT_MATTER_READ, MATTER("t/c1", ""), 0 },
        /* what needs no scope, and what no scope gives */
        { { NULL, 0, S("") }, RIGHT_PUBLIC, MATTER("t/c1", ""), 1 },
        { { NULL, 0, S("") }, RIGHT_SIGNED_IN, MATTER("", ""), 1 },
        { { dispatcher, 1, S("") }, RIGHT_TRACK, MATTER("", ""), 0 },
        { { dispatcher, 1, S("") }, RIGHT_UNDECIDED, MATTER("", ""), 0 },
        { { dispatcher, 1, S("") }, RIGHT_COUNT, MATTER("", ""), 0 },
};

TEST(scope_table)
{
        for (size_t i = 0; i < COUNT(row); i++)
                if (scope_allows(&row[i].who, STR("me"), row[i].right, &row[i].o) != row[i].want)
                        fail_msg("row %zu", i);
        struct scopes none = { 0 };
        struct scope_object o = { 0 };
        CHECK_EQ(scope_allows(&none, STR(""), RIGHT_SIGNED_IN, &o), 0);
}

TEST(rights_no_role_can_give)
{
        struct scope everything[] = { { ~UINT64_C(0), STR(""), STR(""), STR("x"), STR("") } };
        struct scopes s = { everything, 1, STR("") };
        struct scope_object o = { 0 };
        CHECK_EQ(scope_allows(&s, STR("me"), RIGHT_TRACK, &o), 0);
        CHECK_EQ(scope_allows(&s, STR("me"), RIGHT_UNDECIDED, &o), 0);
        CHECK_EQ(scope_allows(&s, STR("me"), RIGHT_COUNT, &o), 0);
        CHECK_EQ(scope_allows(&s, STR("me"), RIGHT_AUDIT_READ, &o), 1);
}

TEST(assisting_unit_reads_only)
{
        struct scopes s = { urban, 1, STR("office/urban") };
        struct scope_object o = { .path = STR("t/c1"),
                                  .org_path = STR("office/desk"),
                                  .assist_paths = { STR("utility/water"), STR("office/urban/team") },
                                  .n_assist = 2 };
        CHECK_EQ(scope_allows(&s, STR("me"), RIGHT_MATTER_READ, &o), 1);
        CHECK_EQ(scope_allows(&s, STR("me"), RIGHT_MATTER_ANSWER, &o), 0);
        o.n_assist = 1;
        CHECK_EQ(scope_allows(&s, STR("me"), RIGHT_MATTER_READ, &o), 0);
}

/* Each row: a complaint, and whether somebody who would otherwise see it may. */
TEST(respondent_and_subordinates_are_kept_out)
{
        struct scope mine[] = { { READ, STR(""), STR(""), STR("post-7"), STR("office/urban/team") } };
        struct scopes s = { mine, 1, STR("office/zhb") };
        const struct {
                const char *respondent, *path;
                int want;
        } table[] = {
                { "", "", 1 },
                { "me", "", 0 }, /* oneself */
                { "other", "", 1 },
                { "post-7", "", 0 },                /* one's post */
                { "urban", "office/urban", 0 },     /* the org above one's post */
                { "team", "office/urban/team", 0 }, /* one's own */
                { "office", "office", 0 },
                { "desk", "office/desk", 1 },
                { "sub", "office/urban/team/sub", 1 }, /* a complaint about those below one */
                { "other", "office/zhb", 0 },          /* a colleague of the org of staff.csv */
        };
        for (size_t i = 0; i < COUNT(table); i++) {
                struct scope_object o = { .path = STR("t/c1"),
                                          .respondent = str_of(table[i].respondent),
                                          .respondent_path = str_of(table[i].path) };
                if (scope_allows(&s, STR("me"), RIGHT_MATTER_READ, &o) != table[i].want)
                        fail_msg("row %zu: %s", i, table[i].respondent);
        }
}

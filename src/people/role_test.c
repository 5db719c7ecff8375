#include "people/role.h"
#include "base/err.h"
#include "base/test.h"
#include "people/inner/test_util.h"

TEST(roles_of_the_product)
{
        ARENA_AUTO a = { 0 };
        struct roles r;
        roles_default(&a, &r);
        CHECK_EQ(r.n, 10);
        uint64_t all = 0;
        for (size_t i = 0; i < r.n; i++)
                all |= r.row[i].rights;
        for (unsigned x = RIGHT_FIRST_GRANTED; x < RIGHT_COUNT; x++)
                CHECK(all & right_bit((enum right)x)); /* every right can be held by somebody */
        CHECK_EQ(role_find(&r, STR("handler"))->sees, SEES_ORG);
        CHECK_EQ(role_find(&r, STR("dispatcher"))->sees, SEES_PLACE);
        CHECK(!(role_find(&r, STR("admin"))->rights & right_bit(RIGHT_AUDIT_READ)));
        CHECK(!(role_find(&r, STR("admin"))->rights & right_bit(RIGHT_MATTER_READ)));
        CHECK(!(role_find(&r, STR("handler"))->rights & right_bit(RIGHT_MATTER_CLOSE)));
        CHECK(role_find(&r, STR("king")) == NULL);
}

TEST(roles_of_a_town)
{
        ARENA_AUTO a = { 0 };
        struct findings f = { .arena = &a };
        struct roles r;
        CHECK_EQ(roles_read(&a,
                            STR("roles:\n  h: {name: {zh: 承办, en: Handler}, sees: org, may: [matter.read, "
                                "matter.sign]}\n"),
                            &f, &r),
                 OK);
        CHECK_EQ(f.n, 0);
        CHECK_EQ(r.n, 1);
        CHECK_STR(r.row[0].name_zh, "承办");
        CHECK_EQ(r.row[0].rights, right_bit(RIGHT_MATTER_READ) | right_bit(RIGHT_MATTER_SIGN));
        CHECK_EQ(r.row[0].line, 2);
}

TEST(roles_findings)
{
        static const struct finding_case row[] = {
                { "  h: {name: {zh: 甲, en: A}, sees: all, may: [matter.read]}\n", "role.sees-unknown", 2 },
                { "  h: {name: {zh: 甲, en: A}, may: [matter.read]}\n", "role.sees-unknown", 2 },
                { "  h:\n    name: {zh: 甲, en: A}\n    sees: org\n    may: [matter.read,\n      matter.fly]\n",
                  "role.right-unknown", 6 },
                { "  h: {name: {zh: 甲, en: A}, sees: org, may: [undecided]}\n", "role.right-unknown", 2 },
                { "  h: {name: {zh: 甲, en: A}, sees: org, may: []}\n", "role.right-none", 2 },
                { "  h: {name: {zh: 甲, en: A}, sees: org, may: matter.read}\n", "role.right-none", 2 },
                { "  h: {name: {zh: 甲}, sees: org, may: [matter.read]}\n", "role.name-missing", 2 },
                { "  h: {name: {zh: 甲, en: A}, sees: org, may: [matter.read], colour: red}\n", "role.key-unknown", 2 },
                { "  角色: {name: {zh: 甲, en: A}, sees: org, may: [matter.read]}\n", "role.code-bad", 2 },
                { "  h: {name: {zh: 甲, en: A}, sees: org, may: [people.manage, audit.read]}\n", "role.three-admins",
                  2 },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                ARENA_AUTO a = { 0 };
                struct findings f = { .arena = &a };
                struct roles r;
                CHECK_EQ(roles_read(&a, str_printf(&a, "roles:\n%s", row[i].rows), &f, &r), OK);
                check_one_finding(&f, &row[i]);
        }
}

TEST(roles_that_are_none)
{
        static const char *const text[] = { "",       "roles:\n", "roles: []\n", "roles: {}\n",
                                            "a: 1\n", "- 1\n",    "roles: [\n" };
        for (size_t i = 0; i < COUNT(text); i++) {
                ARENA_AUTO a = { 0 };
                struct findings f = { .arena = &a };
                struct roles r = { .n = 7 };
                CHECK_EQ(roles_read(&a, str_of(text[i]), &f, &r), ERR_BAD);
                CHECK(f.errors > 0);
                CHECK_EQ(r.n, 7);
        }
}

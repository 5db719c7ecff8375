#include "people/post.h"
#include "base/err.h"
#include "base/test.h"
#include "people/inner/test_util.h"

#define HEAD "code,title,role,org,place,holder,backup,since,until\n"

static const struct {
        const char *code, *path;
} places[] = {
        { "d", "d" }, { "t", "d/t" }, { "c1", "d/t/c1" }, { "g1", "d/t/c1/g1" }, { "c2", "d/t/c2" },
};

static struct str path_of(const void *arg, struct str code)
{
        (void)arg;
        for (size_t i = 0; i < COUNT(places); i++)
                if (str_is(code, places[i].code))
                        return str_of(places[i].path);
        return (struct str){ 0 };
}

/* A small town: who works where. */
struct town {
        struct arena a;
        struct findings f;
        struct orgs orgs;
        struct staff_list staff;
        struct roles roles;
        struct posts posts;
        struct day today;
};

static void town_make(struct town *t)
{
        *t = (struct town){ 0 };
        t->f.arena = &t->a;
        CHECK_EQ(orgs_read(&t->a,
                           STR("code,parent,kind,relation,reach,name\n"
                               "office,,government,own,account,办事处\n"
                               "urban,office,department,own,account,城管办\n"
                               "c1,office,committee,own,account,居委会\n"
                               "empty,office,department,own,account,空\n"),
                           &t->f, &t->orgs),
                 OK);
        CHECK_EQ(staff_read(&t->a,
                            STR("login,name,org,until\n"
                                "ann,甲甲,urban,\nbob,乙乙,urban,\ncat,丙丙,c1,\n"
                                "old,丁丁,urban,2025-12-31\nroot,戊戊,office,\n"),
                            &t->orgs, &t->f, &t->staff),
                 OK);
        roles_default(&t->a, &t->roles);
        CHECK_EQ(t->f.n, 0);
        CHECK_EQ(day_parse(STR("2026-01-05"), &t->today), OK);
}

static void town_posts(struct town *t, const char *rows, struct day today)
{
        struct post_world w = { &t->orgs, &t->staff, &t->roles, path_of, NULL, STR("d/t") };
        CHECK_EQ(posts_read(&t->a, str_printf(&t->a, HEAD "%s", rows), &w, today, &t->f, &t->posts), OK);
}

TEST(posts_findings)
{
        static const struct finding_case row[] = {
                { "p,岗,king,urban,t,ann,,,\n", "post.role-unknown", 2 },
                { "p,岗,handler,nowhere,t,ann,,,\n", "post.org-unknown", 2 },
                { "p,岗,handler,urban,moon,ann,,,\n", "post.place-unknown", 2 },
                { "p,岗,handler,urban,t,nobody,ann,,\n", "post.holder-unknown", 2 }, /* and post.holder-gone */
                { "p,岗,handler,urban,t,ann,nobody,,\n", "post.backup-unknown", 2 },
                { "p,岗,handler,urban,t,ann,,2026-02-30,\n", "post.date-bad", 2 },
                { "p,岗,handler,urban,t,ann,,2027-01-01,2026-12-31\n", "post.dates", 2 },
                { "p,岗,handler,urban,t,,,,\n", "post.no-holder", 2 },
                { "p,岗,handler,urban,t,old,,,\n", "post.no-holder", 2 },
                { "p,岗,handler,urban,t,old,ann,,\n", "post.holder-gone", 2 },
                { "p,岗,handler,urban,t,ann,ann,,\n", "post.same-person", 2 },
                { "p,岗,handler,urban,t,ann,,,2026-01-04\n", "post.term-over", 2 },
                { "p,岗,handler,urban,t,ann,,,2026-01-04\nq,岗,handler,urban,c1,ann,,,\n", "post.term-over", 2 },
                { "p,岗,handler,urban,t,ann,,,\np,岗,handler,urban,c1,bob,,,\n", "post.code-twice", 3 },
                { "岗,岗,handler,urban,t,ann,,,\n", "post.code-bad", 2 },
                { "p,岗,admin,office,t,root,,,\nq,岗,auditor,office,t,root,,,\n", "post.two-admins", 2 },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                struct town t;
                town_make(&t);
                town_posts(&t, row[i].rows, t.today);
                if (strcmp(row[i].rule, "post.holder-unknown") == 0) {
                        CHECK_EQ(count_rule(&t.f, "post.holder-gone"), 1);
                        t.f.n = 1;
                }
                check_one_finding(&t.f, &row[i]);
                arena_free(&t.a);
        }
}

TEST(posts_that_are_in_order)
{
        static const char *const rows[] = {
                "p,岗,handler,urban,t,ann,bob,2026-01-05,2026-01-05\n",                           /* its only day */
                "p,岗,handler,urban,t,,,2026-01-06,\n",                                           /* not in use yet */
                "p,岗,handler,urban,t,old,,,2025-12-31\nq,岗,handler,urban,t,ann,,2026-01-01,\n", /* history */
                "p,岗,admin,office,t,root,,,\nq,岗,auditor,office,t,ann,,,\n",
                "",
        };
        for (size_t i = 0; i < COUNT(rows); i++) {
                struct town t;
                town_make(&t);
                town_posts(&t, rows[i], t.today);
                if (t.f.n > 0)
                        fail_msg("row %zu: %s", i, t.f.row[0].rule);
                arena_free(&t.a);
        }
        struct town t; /* reading an old version back says nothing about today */
        town_make(&t);
        town_posts(&t, "p,岗,handler,urban,t,old,,,2020-01-01\n", DAY_NONE);
        CHECK_EQ(t.f.n, 0);
        arena_free(&t.a);
}

TEST(post_term_includes_its_ends)
{
        struct post p = { .since = { 100 }, .until = { 200 } };
        CHECK(!post_in_force(&p, (struct day){ 99 }));
        CHECK(post_in_force(&p, (struct day){ 100 }));
        CHECK(post_in_force(&p, (struct day){ 200 }));
        CHECK(!post_in_force(&p, (struct day){ 201 }));
        p.since = p.until = DAY_NONE;
        CHECK(post_in_force(&p, (struct day){ -99999 }));
}

/* What roles.yaml says of a role is not said again of everybody who holds it. */
TEST(posts_two_admins_in_one_role_said_once)
{
        struct town t;
        town_make(&t);
        CHECK_EQ(
                roles_read(
                        &t.a,
                        STR("roles:\n  both: {name: {zh: 甲, en: A}, sees: place, may: [people.manage, audit.read]}\n"),
                        &t.f, &t.roles),
                OK);
        town_posts(&t, "p,岗,both,office,t,root,,,\n", t.today);
        check_one_finding(&t.f, &(struct finding_case){ NULL, "role.three-admins", 2 });
        arena_free(&t.a);
}

TEST(posts_too_many_for_one)
{
        struct town t;
        town_make(&t);
        struct str rows = STR("");
        for (int i = 0; i < SCOPES_MAX; i++)
                rows = str_printf(&t.a, "%.*sp%d,岗,handler,urban,t,ann,,,\n", STR_ARG(rows), i);
        town_posts(&t, str_c(&t.a, rows), t.today);
        CHECK_EQ(t.f.n, 0);
        rows = str_printf(&t.a, "%.*sp,岗,handler,urban,t,ann,,,\n", STR_ARG(rows));
        town_posts(&t, str_c(&t.a, rows), t.today);
        check_one_finding(&t.f, &(struct finding_case){ NULL, "post.too-many", SCOPES_MAX + 2 });
        struct scopes s;
        scopes_of(&t.a, &t.posts, STR("ann"), t.today, &s);
        CHECK_EQ(s.n, SCOPES_MAX);
        arena_free(&t.a);
}

#define POSTS                                                                                                          \
        "all,总岗,handler,urban,t,ann,bob,,\n"                                                                       \
        "c1-a,片区甲,handler,urban,c1,bob,,,\n"                                                                     \
        "c1-b,片区乙,handler,urban,c1,ann,,,\n"                                                                     \
        "g1,网格,handler,urban,g1,old,,,\n"                                                                          \
        "grid,网格员,grid_worker,c1,g1,cat,,,2026-01-31\n"                                                          \
        "lead,带班,leader,office,d,root,,,\n"                                                                        \
        "stand,替班,clerk,urban,c2,old,cat,,\n"

TEST(post_for_most_specific_first)
{
        struct town t;
        town_make(&t);
        town_posts(&t, POSTS, DAY_NONE);
        const struct {
                const char *org, *path, *except;
                enum right right;
                const char *post, *login;
                bool backup;
        } row[] = {
                { "urban", "d/t/c1/g1/b3", "", RIGHT_MATTER_SIGN, "c1-a", "bob",
                  false }, /* the grid's post is vacant */
                { "urban", "d/t/c1", "", RIGHT_MATTER_SIGN, "c1-a", "bob", false },
                { "urban", "d/t/c1", "bob", RIGHT_MATTER_SIGN, "c1-b", "ann", false },
                { "urban", "d/t/c2", "", RIGHT_MATTER_SIGN, "all", "ann", false },
                { "urban", "", "", RIGHT_MATTER_SIGN, "all", "ann", false },
                { "urban", "d/t/c2", "", RIGHT_MATTER_OPEN, "stand", "cat", true },
                { "urban", "d/t/c1", "", RIGHT_MATTER_OPEN, NULL, NULL, false },
                { "urban", "d/t/c2", "", RIGHT_MATTER_CLOSE, NULL, NULL, false },
                { "c1", "d/t/c1/g1", "", RIGHT_MATTER_SIGN, "grid", "cat", false },
                { "c1", "d/t/c1/g12", "", RIGHT_MATTER_SIGN, NULL, NULL, false },
                { "c1", "", "", RIGHT_MATTER_SIGN, NULL, NULL, false },
                { "office", "", "", RIGHT_MATTER_DECLINE, "lead", "root",
                  false }, /* above the town is the whole town */
                { "empty", "d/t/c1", "", RIGHT_MATTER_SIGN, NULL, NULL, false },
                { "nowhere", "d/t/c1", "", RIGHT_MATTER_SIGN, NULL, NULL, false },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                struct post_query q = { str_of(row[i].org), str_of(row[i].path), row[i].right, t.today,
                                        str_of(row[i].except) };
                struct post_choice c = { .post = STR("untouched") };
                int rc = post_for(&t.posts, &q, &c);
                if (rc != (row[i].post ? OK : ERR_NONE) || !str_is(c.post, row[i].post ? row[i].post : "untouched"))
                        fail_msg("row %zu: %d %.*s", i, rc, STR_ARG(c.post));
                if (row[i].post) {
                        CHECK_STR(c.login, row[i].login);
                        CHECK_EQ(c.backup, row[i].backup);
                }
        }
        arena_free(&t.a);
}

TEST(scopes_by_posts_held)
{
        struct town t;
        struct scopes s;
        town_make(&t);
        town_posts(&t, POSTS, DAY_NONE);
        scopes_of(&t.a, &t.posts, STR("ann"), t.today, &s);
        CHECK_EQ(s.n, 2);
        CHECK_STR(s.home, "office/urban");
        CHECK_STR(s.row[0].post, "all");
        CHECK_STR(s.row[0].place, "");
        CHECK_STR(s.row[0].org, "office/urban");
        CHECK_STR(s.row[1].place, "d/t/c1");
        scopes_of(&t.a, &t.posts, STR("bob"), t.today, &s); /* backup of "all", whose holder is there */
        CHECK_EQ(s.n, 1);
        CHECK_STR(s.row[0].post, "c1-a");
        scopes_of(&t.a, &t.posts, STR("cat"), t.today, &s); /* her own, and as backup where the holder left */
        CHECK_EQ(s.n, 2);
        CHECK_STR(s.row[0].post, "grid");
        CHECK_STR(s.row[0].org, "");
        CHECK_STR(s.row[0].home, "office/c1");
        CHECK_STR(s.row[1].post, "stand");
        CHECK_STR(s.row[1].home, "office/urban");
        scopes_of(&t.a, &t.posts, STR("cat"), (struct day){ t.today.n + 27 }, &s); /* 1 February: the term is over */
        CHECK_EQ(s.n, 1);
        scopes_of(&t.a, &t.posts, STR("old"), t.today, &s); /* left */
        CHECK_EQ(s.n, 0);
        scopes_of(&t.a, &t.posts, STR("nobody"), t.today, &s);
        CHECK_EQ(s.n, 0);
        scopes_of(&t.a, &t.posts, STR("root"), t.today, &s);
        CHECK_EQ(s.n, 1);
        CHECK_STR(s.row[0].place, "");
        arena_free(&t.a);
}

/* From the file to the decision: who may read a complaint about the urban department. */
TEST(scopes_keep_the_respondent_out)
{
        struct town t;
        town_make(&t);
        town_posts(&t, POSTS "desk,调度,dispatcher,office,t,bob,,,\n", DAY_NONE);
        struct scope_object o = { .path = STR("d/t/c1/g1"),
                                  .org_path = STR("office"),
                                  .respondent = STR("urban"),
                                  .respondent_path = org_find(&t.orgs, STR("urban"))->path };
        const struct {
                const char *login;
                int want;
        } row[] = {
                { "root", 1 },
                { "ann", 0 },
                { "bob", 0 /* dispatcher too, but of that department */ },
                { "cat", 0 /* stands in for a post there */ },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                struct scopes s;
                scopes_of(&t.a, &t.posts, str_of(row[i].login), t.today, &s);
                if (scope_allows(&s, str_of(row[i].login), RIGHT_MATTER_READ, &o) != row[i].want)
                        fail_msg("%s", row[i].login);
        }
        arena_free(&t.a);
}

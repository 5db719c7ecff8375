#include "base/test.h"
#include "matter/matter_test_util.h"

struct asking {
        const struct town *t;
        int64_t id;
        struct str unit;
        enum lead_how how;
};

static int ask(struct ctx *ctx, void *arg)
{
        struct asking *q = arg;
        struct matter_walk walk = { 0 };
        struct matter_open_row *row;
        size_t n;
        int rc = matter_walk_open(ctx, &walk, &row, &n);
        for (size_t i = 0; rc == OK && i < n; i++)
                if (row[i].id == q->id)
                        return matter_would_go(ctx, q->t, &row[i], &q->unit, &q->how);
        return rc == OK ? ERR_NONE : rc;
}

static struct str unit_under(struct store *store, struct test_ctx *c, const struct town *t, int64_t id)
{
        struct asking q = { .t = t, .id = id };
        CHECK_EQ(test_read(store, c, ask, &q), OK);
        return q.unit;
}

/* The grids of the small town, with the boundary between the communities drawn further west. */
static struct str redrawn(struct arena *a)
{
        struct folder *fo = arena_new(a, struct folder);
        struct buf out = BUF(65536);
        small_folder(a, NULL, fo);
        struct str rest = folder_text(fo, "grids.geojson");
        for (ptrdiff_t at; (at = str_find(rest, STR("116.42,"))) >= 0;) {
                buf_add(&out, rest.p, (size_t)at);
                buf_puts(&out, "116.415,");
                rest = (struct str){ rest.p + at + 7, rest.n - (size_t)at - 7 };
        }
        buf_str(&out, rest);
        struct str text = str_dup(a, buf_view(&out));
        buf_free(&out);
        return text;
}

STORE_TEST(a_boundary_that_moves_takes_open_matters_with_it)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        const struct town_file change[] = { { "grids.geojson", redrawn(&c.arena).p }, { 0 } };
        struct town *after = small_town(change);
        struct intake_in moves = say_at("太吵了", 39.905, 116.418), stays = say_at("太吵了", 39.905, 116.405);
        moves.subject = stays.subject = STR("noise");
        int64_t a = open_one(store, &c, t, &moves, NULL), b = open_one(store, &c, t, &stays, NULL);
        CHECK_STR(unit_under(store, &c, t, a), "cgb");
        CHECK_STR(unit_under(store, &c, after, a), "pab"); /* its point lies in the other community now */
        CHECK_STR(unit_under(store, &c, t, b), "cgb");
        CHECK_STR(unit_under(store, &c, after, b), "cgb");
        town_unref(after);
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(facts_of_the_report_decide_under_the_new_lists_too)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        const struct town_file change[] = {
                { "duties.csv",
                  "code,list,subject,title,condition,lead,assist,place,limit,unit,basis,since,until\n"
                  "b-lift,basic,lift,电梯,,pab,,,4,workday,测试清单三,2026-01-01,\n"
                  "c-lift,basic,lift,物业电梯,owner=wuye,cgb,,,2,workday,测试清单四,2026-01-01,\n" },
                { 0 } };
        struct town *after = small_town(change);
        struct intake_in in = say_at("电梯坏了", 39.905, 116.405);
        in.subject = STR("lift");
        int64_t plain = open_one(store, &c, t, &in, NULL);
        in.fact[in.n_facts++] = (struct duty_pair){ STR("owner"), STR("wuye") };
        int64_t owned = open_one(store, &c, t, &in, NULL);
        in.has_point = false;
        int64_t unplaced = open_one(store, &c, t, &in, NULL);
        CHECK_STR(unit_under(store, &c, t, owned), "wuye");
        CHECK_STR(unit_under(store, &c, after, owned), "cgb");
        CHECK_STR(unit_under(store, &c, after, plain), "pab");
        CHECK_STR(unit_under(store, &c, after, unplaced), "cgb"); /* likely, while the desk still looks for the place */
        town_unref(after);
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(a_subject_that_is_gone_goes_to_the_desk)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = say_at("垃圾没有清运", 39.905, 116.405);
        in.subject = STR("garbage");
        struct asking q = { .t = t, .id = open_one(store, &c, t, &in, NULL) };
        CHECK_EQ(test_read(store, &c, ask, &q), OK);
        CHECK_EQ(q.how, LEAD_PLAIN);
        const struct town_file change[] = {
                { "subjects.csv", "code,parent,name_zh,name_en,keywords,level,publicity,external_codes\n"
                                  "lift,,电梯,Lift,电梯,small,none,\n" },
                { "duties.csv", "code,list,subject,title,condition,lead,assist,place,limit,unit,basis,since,until\n"
                                "b-lift,basic,lift,电梯,,pab,,,4,workday,测试清单三,2026-01-01,\n" },
                { 0 } };
        struct town *after = small_town(change);
        q.t = after;
        CHECK_EQ(test_read(store, &c, ask, &q), OK);
        CHECK_EQ(q.how, LEAD_FALLBACK);
        CHECK_STR(q.unit, "desk");
        town_unref(after);
        town_unref(t);
        test_ctx_free(&c);
}

/* Lists: page by page every matter comes once, in order, however the pages are cut. */
#include "matter/matter_test_util.h"

#define ALL 120

struct listing {
        struct matter_filter f;
        struct matter_items page;
};

static int list_op(struct ctx *ctx, void *arg)
{
        struct listing *l = arg;
        return matter_list(ctx, &l->f, &l->page);
}

static bool in_order(const struct listing *l, const struct matter_item *a, const struct matter_item *b)
{
        if (l->f.unit.n == 0)
                return a->id > b->id; /* the newest first */
        return a->due.us < b->due.us || (a->due.us == b->due.us && a->id < b->id);
}

/* How many there are, walking in pages of @size. Every one is checked against the one before, so none comes twice. */
static size_t walk(struct store *store, struct test_ctx *c, struct matter_filter f, int32_t size)
{
        struct listing l = { .f = f };
        struct matter_item before = { 0 };
        size_t n = 0;
        l.f.max = size;
        for (;;) {
                CHECK_EQ(test_read(store, c, list_op, &l), OK);
                CHECK(l.page.n <= (size_t)size);
                for (size_t i = 0; i < l.page.n; i++) {
                        CHECK(n == 0 || in_order(&l, &before, &l.page.row[i]));
                        before = l.page.row[i];
                        n++;
                }
                if (l.page.n < (size_t)size)
                        return n;
                l.f.before = before.id;
                l.f.due = before.due;
                l.f.after = before.id;
        }
}

static const struct matter_filter start = { .before = INT64_MAX, .due = { INT64_MIN }, .open = true };

static void check_all_sizes(struct store *store, struct test_ctx *c, struct matter_filter f, size_t want)
{
        static const int32_t sizes[] = { 1, 7, 20, 50 };
        for (size_t i = 0; i < COUNT(sizes); i++)
                CHECK_EQ(walk(store, c, f, sizes[i]), want);
}

STORE_TEST(lists_have_neither_gaps_nor_doubles)
{
        struct test_ctx c;
        int64_t ids[ALL];
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in kind[] = { say_at("垃圾没有清运", 39.905, 116.405), say_at("垃圾没有清运", 39.905, 116.425),
                                    say_at("路灯不亮", 39.905, 116.405), say_at("电梯坏了", 39.905, 116.415) };
        open_many(store, &c, t, kind, COUNT(kind), ALL / 2, ids);
        set_now(&c, "2026-01-06T09:00:00+08:00"); /* another due day, and many of equal due */
        open_many(store, &c, t, kind, COUNT(kind), ALL / 2, ids + ALL / 2);
        struct matter_filter f = start;
        check_all_sizes(store, &c, f, ALL);
        f.grid = STR(G1);
        check_all_sizes(store, &c, f, ALL / 2);
        f.grid = STR(G4);
        check_all_sizes(store, &c, f, 0);
        f = start;
        f.unit = STR("cgb"); /* refuse of two grids, and lamps: three in four */
        check_all_sizes(store, &c, f, ALL / 4 * 3);
        f.open = false;
        check_all_sizes(store, &c, f, 0);
        for (int i = 0; i < 4; i++)
                CHECK_EQ(act_as(store, &c, t, ids[4 * i], "reporter", "withdraw", "", NULL), OK);
        check_all_sizes(store, &c, f, 4);
        f.open = true;
        check_all_sizes(store, &c, f, ALL / 4 * 3 - 4);
        f = start;
        check_all_sizes(store, &c, f, ALL);
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(a_page_is_never_longer_than_fifty)
{
        struct test_ctx c;
        int64_t ids[55];
        struct listing l = { .f = start };
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = say_at("垃圾没有清运", 39.905, 116.405);
        open_many(store, &c, t, &in, 1, COUNT(ids), ids);
        static const int32_t asked[] = { 0, -1, 51, INT32_MAX };
        for (size_t i = 0; i < COUNT(asked); i++) {
                l.f.max = asked[i];
                CHECK_EQ(test_read(store, &c, list_op, &l), OK);
                CHECK_EQ(l.page.n, MATTER_LIST_MAX);
        }
        CHECK_EQ(l.page.row[0].id, ids[54]);
        CHECK_STR(l.page.row[0].unit, "cgb");
        CHECK_STR(l.page.row[0].holder, "cg1");
        c.ctx.town++; /* another town sees nothing of it */
        CHECK_EQ(test_read(store, &c, list_op, &l), OK);
        CHECK_EQ(l.page.n, 0);
        town_unref(t);
        test_ctx_free(&c);
}

struct walking {
        struct matter_walk at;
        struct matter_open_row *row;
        size_t n;
};

static int walk_op(struct ctx *ctx, void *arg)
{
        struct walking *w = arg;
        return matter_walk_open(ctx, &w->at, &w->row, &w->n);
}

STORE_TEST(the_walk_meets_every_open_matter_once)
{
        static int64_t ids[205];
        struct test_ctx c;
        struct walking w = { .at = { 0 } };
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = say_at("垃圾没有清运", 39.905, 116.405);
        open_many(store, &c, t, &in, 1, COUNT(ids), ids);
        CHECK_EQ(act_as(store, &c, t, ids[3], "reporter", "withdraw", "", NULL), OK);
        size_t seen = 0;
        do {
                CHECK_EQ(test_read(store, &c, walk_op, &w), OK);
                for (size_t i = 0; i < w.n; i++, seen++)
                        CHECK_EQ(w.row[i].id, ids[seen < 3 ? seen : seen + 1]);
        } while (w.n > 0);
        CHECK_EQ(seen, COUNT(ids) - 1);
        town_unref(t);
        test_ctx_free(&c);
}

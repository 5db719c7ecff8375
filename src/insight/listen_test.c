#include "insight/listen.h"
#include "insight/insight_sql.h"
#include "insight/inner/test_matter.h"

#define HOUR US_PER_HOUR
/* 2026-01-05T09:00+08:00, when every test begins, in microseconds */
#define T0 1767574800000000

/* Clocks as the procedure room writes them: sign 2 h, contact 24 h, answer 5 days, from T0. */
#define SIGN "sign|s|2|o|0|1767574800000000|1767582000000000|0|0||t:sign|"
#define CONTACT "contact|c|24|h|0|1767574800000000|1767661200000000|0|0||t:contact|"
#define ANSWER "answer|p|5|d|0|1767574800000000|1768060799999999|0|0||t:answer|"
#define PLACE "place|g|2|o|0|1767574800000000|1767582000000000|0|0||t:sign|"

static int cases_op(struct ctx *ctx, void *arg)
{
        return insight_catch_up(ctx, 100, arg);
}

static int lag_op(struct ctx *ctx, void *arg)
{
        return listen_lag(ctx, LISTENER_CASES, arg);
}

static int again_op(struct ctx *ctx, void *arg)
{
        return listen_again(ctx, LISTENER_CASES, 10, arg);
}

struct all {
        bool open;
        int32_t by; /* enum rate_group: which code is the key */
        struct sql_insight_by_due_rows rows;
};

static int all_op(struct ctx *ctx, void *arg)
{
        struct all *a = arg;
        return sql_insight_by_due(ctx->tx, ctx->arena,
                                  &(struct sql_insight_by_due_in){ .town = ctx->town,
                                                                   .by = a->by,
                                                                   .open = a->open,
                                                                   .due = { INT64_MIN + 1 },
                                                                   .after = 0,
                                                                   .upto = { INT64_MAX } },
                                  &a->rows);
}

static int catch_up(struct store *store, struct test_ctx *t)
{
        int n = -1;
        test_seal(store, t);
        CHECK_EQ(test_write(store, t, cases_op, &n), OK);
        return n;
}

STORE_TEST(a_matter_is_copied_with_what_figures_need)
{
        struct test_ctx t;
        struct all open = { .open = true };
        struct test_matter m = {
                .id = 41, .clocks = "1;" SIGN ";" CONTACT ";" ANSWER, .unit = "urban", .grid = "g1", .subject = "leak"
        };
        test_ctx_init(&t);
        test_matter_open(store, &t, &m);
        CHECK_EQ(catch_up(store, &t), 1);
        CHECK_EQ(test_read(store, &t, all_op, &open), OK);
        CHECK_EQ(open.rows.n, 1);
        const struct sql_insight_by_due_row *r = &open.rows.row[0];
        CHECK_EQ(r->matter, 41);
        static const char *const keys[] = { "", "urban", "g1", "leak" };
        CHECK(!r->anonymous);
        CHECK_EQ(r->first_due.us, T0 + 2 * HOUR);
        CHECK_EQ(r->promised.us, T0);
        CHECK_EQ(r->due.us, 1768060799999999);
        CHECK_EQ(r->contact_due.us, T0 + 24 * HOUR);
        CHECK(instant_is_none(r->contacted) && instant_is_none(r->answered) && instant_is_none(r->closed));
        CHECK_EQ(r->solved, INT32_MIN);
        CHECK_STR(r->path, "town/grid");
        for (open.by = 0; open.by < 4; open.by++) {
                CHECK_EQ(test_read(store, &t, all_op, &open), OK);
                CHECK_STR(open.rows.row[0].key, keys[open.by]);
        }
        CHECK_EQ(catch_up(store, &t), 0);
        test_ctx_free(&t);
}

STORE_TEST(later_events_bring_the_row_up_to_date)
{
        struct test_ctx t;
        struct all closed = { .open = false, .by = 1 }, open = { .open = true };
        struct test_matter m = { .id = 42, .clocks = "1;" PLACE, .anonymous = true };
        test_ctx_init(&t);
        test_matter_open(store, &t, &m);
        CHECK_EQ(catch_up(store, &t), 1);
        CHECK_EQ(test_read(store, &t, all_op, &open), OK);
        CHECK_EQ(open.rows.n, 1);
        CHECK(open.rows.row[0].anonymous);
        CHECK_EQ(open.rows.row[0].due.us, INT64_MAX); /* nothing promised while it waits at the desk */
        CHECK(instant_is_none(open.rows.row[0].promised));
        CHECK_EQ(open.rows.row[0].first_due.us, T0 + 2 * HOUR);

        m.m.clocks = STR("1;" PLACE ";" ANSWER);
        m.m.unit = STR("water");
        test_matter_step(store, &t, &m, "dispatch");
        m.m.answered = m.m.closed = (struct instant){ T0 + HOUR };
        m.m.open = false;
        m.m.solved = 2;
        m.m.satisfied = 5;
        test_matter_step(store, &t, &m, "rate");
        CHECK_EQ(catch_up(store, &t), 2);
        CHECK_EQ(test_read(store, &t, all_op, &open), OK);
        CHECK_EQ(open.rows.n, 0);
        CHECK_EQ(test_read(store, &t, all_op, &closed), OK);
        CHECK_EQ(closed.rows.n, 1);
        CHECK_STR(closed.rows.row[0].key, "water");
        CHECK_EQ(closed.rows.row[0].closed.us, T0 + HOUR);
        CHECK_EQ(closed.rows.row[0].solved, 2);
        CHECK_EQ(closed.rows.row[0].satisfied, 5);
        test_ctx_free(&t);
}

STORE_TEST(a_matter_that_cannot_be_read_is_parked_and_the_others_go_on)
{
        struct test_ctx t;
        struct all open = { .open = true };
        struct listen_lag lag;
        struct test_matter m[3] = { { .id = 1, .clocks = "1;" ANSWER },
                                    { .id = 2, .clocks = "9;broken" },
                                    { .id = 3, .clocks = "1;" ANSWER } };
        int n = -1;
        test_ctx_init(&t);
        for (size_t i = 0; i < COUNT(m); i++)
                test_matter_open(store, &t, &m[i]);
        CHECK_EQ(catch_up(store, &t), 3);
        CHECK_EQ(test_read(store, &t, all_op, &open), OK);
        CHECK_EQ(open.rows.n, 2);
        CHECK_EQ(test_read(store, &t, lag_op, &lag), OK);
        CHECK_EQ(lag.parked, 1);
        CHECK_EQ(lag.seals, 0);

        CHECK_EQ(test_write(store, &t, again_op, &n), OK);
        CHECK_EQ(n, 0); /* still broken, still parked */
        m[1].m.clocks = STR("1;" ANSWER);
        test_matter_step(store, &t, &m[1], "mended");
        CHECK_EQ(test_write(store, &t, again_op, &n), OK);
        CHECK_EQ(n, 1);
        CHECK_EQ(test_read(store, &t, lag_op, &lag), OK);
        CHECK_EQ(lag.parked, 0);
        CHECK_EQ(test_read(store, &t, all_op, &open), OK);
        CHECK_EQ(open.rows.n, 3);
        test_ctx_free(&t);
}

static int gather_op(struct ctx *ctx, void *arg)
{
        return listen_gather(ctx, LISTENER_CASES, 100, arg);
}

static int apply_op(struct ctx *ctx, void *arg)
{
        size_t next;
        return listen_apply(ctx, arg, 0, &next);
}

STORE_TEST(the_same_batch_twice_is_the_same_and_a_stale_one_is_refused)
{
        struct test_ctx t;
        struct all open = { .open = true };
        struct gathered early, late;
        struct listen_lag lag;
        struct test_matter m[2] = { { .id = 1, .clocks = "1;" ANSWER }, { .id = 2, .clocks = "1;" ANSWER } };
        test_ctx_init(&t);
        test_matter_open(store, &t, &m[0]);
        test_seal(store, &t);
        CHECK_EQ(test_read(store, &t, gather_op, &early), OK);
        CHECK_EQ(early.events, 1);
        CHECK_EQ(test_write(store, &t, apply_op, &early), OK);
        CHECK_EQ(test_write(store, &t, apply_op, &early), OK);
        CHECK_EQ(test_read(store, &t, all_op, &open), OK);
        CHECK_EQ(open.rows.n, 1);

        test_matter_open(store, &t, &m[1]);
        test_seal(store, &t);
        CHECK_EQ(test_read(store, &t, lag_op, &lag), OK);
        CHECK_EQ(lag.seals, 1);
        CHECK_EQ(lag.upto.us, t.ctx.now.us);
        CHECK_EQ(test_read(store, &t, gather_op, &late), OK);
        CHECK_EQ(test_write(store, &t, apply_op, &late), OK);
        CHECK_EQ(test_write(store, &t, apply_op, &early), ERR_CONFLICT);
        CHECK_EQ(test_read(store, &t, lag_op, &lag), OK);
        CHECK_EQ(lag.seals, 0);
        test_ctx_free(&t);
}

STORE_TEST(many_events_of_one_matter_are_one_look)
{
        struct test_ctx t;
        struct gathered g;
        struct test_matter m = { .id = 5, .clocks = "1;" ANSWER };
        test_ctx_init(&t);
        test_matter_open(store, &t, &m);
        for (int i = 0; i < 20; i++)
                test_matter_step(store, &t, &m, "note");
        test_seal(store, &t);
        CHECK_EQ(test_read(store, &t, gather_op, &g), OK);
        CHECK_EQ(g.events, 21);
        CHECK_EQ(g.n, 1);
        test_ctx_free(&t);
}

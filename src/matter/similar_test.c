/* Is it reported already? Near in place and time, of one family of subjects, alike in words. */
#include "matter/similar.h"
#include <stdio.h>
#include "matter/matter_test_util.h"
#include "matter/voices.h"

struct asking {
        const struct town *t;
        int64_t id;
        struct similar_rows found;
};

static int ask_op(struct ctx *ctx, void *arg)
{
        struct asking *a = arg;
        struct matter m;
        struct similar_ask ask;
        int rc = matter_get(ctx, a->id, &m);
        if (rc == OK)
                rc = matter_similar_ask(ctx, a->t, &m, &ask);
        return rc == OK ? matter_similar(ctx, a->t, &ask, &a->found) : rc;
}

#define HEAP "小区门口的垃圾没有清运"

static const struct {
        const char *why, *words;
        double lat, lon;
        const char *later; /* when the new one is reported; the other one was on 2026-01-05 at nine */
        bool found;
} row[] = {
        { "at the same gate", "小区门口垃圾没有清运，很臭", 39.905, 116.405, "2026-01-05T15:00:00+08:00", true },
        { "100 m away", "小区门口垃圾没有清运，很臭", 39.9059, 116.405, "2026-01-05T15:00:00+08:00", true },
        { "200 m away", "小区门口垃圾没有清运，很臭", 39.9068, 116.405, "2026-01-05T15:00:00+08:00", false },
        { "three weeks later", "小区门口垃圾没有清运，很臭", 39.905, 116.405, "2026-01-26T15:00:00+08:00", true },
        { "two months later", "小区门口垃圾没有清运，很臭", 39.905, 116.405, "2026-03-06T15:00:00+08:00", false },
        { "of another family", "小区门口的路灯没有亮", 39.905, 116.405, "2026-01-05T15:00:00+08:00", false },
        { "of the same subject in other words", "垃圾桶盖子坏了", 39.905, 116.405, "2026-01-05T15:00:00+08:00", false },
};

STORE_TEST(similar_or_not)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        for (size_t i = 0; i < COUNT(row); i++) {
                set_now(&c, "2026-01-05T09:00:00+08:00");
                struct intake_in old = say_at(HEAP, 39.905, 116.405), new = say_at(row[i].words, row[i].lat, row[i].lon);
                int64_t first = open_one(store, &c, t, &old, NULL);
                set_now(&c, row[i].later);
                struct asking a = { .t = t, .id = open_one(store, &c, t, &new, NULL) };
                CHECK_EQ(test_read(store, &c, ask_op, &a), OK);
                if ((a.found.n > 0) != row[i].found || (a.found.n > 0 && a.found.row[0].id != first))
                        fail_msg("%s: %zu found", row[i].why, a.found.n);
                set_now(&c, "2026-01-05T09:00:00+08:00");
                CHECK_EQ(act_as(store, &c, t, first, "reporter", "withdraw", "", NULL), OK); /* out of the next row's way */
                CHECK_EQ(act_as(store, &c, t, a.id, "reporter", "withdraw", "", NULL), OK);
        }
        town_unref(t);
        test_ctx_free(&c);
}

/* Over the boundary of a grid; and a voice speaks for its cause, once. */
STORE_TEST(similar_across_grids_and_behind_a_cause)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in west = say_at(HEAP, 39.905, 116.4097), east = say_at(HEAP, 39.905, 116.4103), about = west;
        about.respondent = STR("pab");
        int64_t a = open_one(store, &c, t, &west, NULL), b = open_one(store, &c, t, &west, NULL);
        open_one(store, &c, t, &about, NULL); /* never offered */
        char form[64];
        snprintf(form, sizeof(form), "cause=%lld|reason=同一处", (long long)a);
        CHECK_EQ(act_as(store, &c, t, b, "diaodu1", "join", form, NULL), OK);
        struct asking ask = { .t = t, .id = open_one(store, &c, t, &east, NULL) };
        CHECK_STR(get_one(store, &c, a).grid, G1);
        CHECK_STR(get_one(store, &c, ask.id).grid, G2);
        CHECK_EQ(test_read(store, &c, ask_op, &ask), OK);
        CHECK_EQ(ask.found.n, 1);
        CHECK_EQ(ask.found.row[0].cause, a);
        CHECK_EQ(ask.found.row[0].percent, 100);
        CHECK(ask.found.row[0].metres > 40 && ask.found.row[0].metres < 60);
        town_unref(t);
        test_ctx_free(&c);
}

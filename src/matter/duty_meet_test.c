/* Two who do duty's work at once, on PostgreSQL: the second is begun and committed when the first has read and judged and not yet written.
 * (On SQLite one thread writes; nothing can come between.) */
#include <pthread.h>
#include "matter/handover.h"
#include "matter/matter_test_util.h"
#include "matter/shift.h"
#include "people/swap.h"
#include "store/sql.h"

struct meeting {
        struct store *store;
        struct town *t;
        struct test_ctx c, other;
        bool waits; /* the rival, for the first write */
        int (*rival)(struct meeting *, struct test_ctx *);
        int rc;     /* what came of the rival */
        int64_t id;
        const char *who;
        int32_t rev;
        struct leaves leaves;
        struct shift_sheet sheet;
        struct shift_sheets sheets;
        struct swaps swaps;
        enum swap_step step;
};

static void *rival_acts(void *arg)
{
        struct meeting *m = arg;
        m->rc = m->rival(m, &m->other);
        return NULL;
}

static int before_writing(void *arg, const struct sql_stmt *stmt)
{
        struct meeting *m = arg;
        pthread_t thread;
        if (!m->waits || !stmt->write)
                return OK;
        m->waits = false;
        CHECK_EQ(pthread_create(&thread, NULL, rival_acts, m), 0);
        pthread_join(thread, NULL);
        return OK;
}

/* @op by m->c, with @rival in the middle of it. */
static int within(struct meeting *m, int (*op)(struct ctx *, void *), int (*rival)(struct meeting *, struct test_ctx *))
{
        m->other.ctx.now = m->c.ctx.now;
        m->rival = rival;
        m->waits = true;
        int rc = test_write(m->store, &m->c, op, m);
        CHECK(!m->waits);
        return rc;
}

#define TURNS "date,shift,leader,officer\n2026-01-05,day,daiban1,zhiban1\n2026-01-05,night,daiban2,diaodu1\n2026-01-07,day,daiban1,zhiban1\n"

static bool begin(struct meeting *m)
{
        const char *url = test_store_url(STORE_POSTGRES);
        *m = (struct meeting){ 0 };
        if (!url)
                return false;
        test_ctx_init(&m->c);
        test_ctx_init(&m->other);
        m->other.ids.node = 1;
        m->store = test_store_gated(url, before_writing, m);
        m->t = load_small(m->store, &m->c, (struct town_file[]){ { "roster.csv", TURNS }, { 0 } });
        set_now(&m->c, "2026-01-05T17:20:00+08:00");
        return true;
}

static void end(struct meeting *m)
{
        town_unref(m->t);
        store_close(m->store);
        test_ctx_free(&m->c);
        test_ctx_free(&m->other);
}

/* ---- a matter changes hands while somebody works on it ------------------------------------------------------------------ */

static int hand_op(struct ctx *ctx, void *arg)
{
        struct meeting *m = arg;
        bool moved;
        return matter_hand(ctx, m->t, &m->leaves, &(struct hand_ask){ { m->id, HAND_ASKED }, STR("cg1"), STR("desk") }, &moved);
}

static int unit_signs(struct meeting *m, struct test_ctx *c)
{
        return act_as(m->store, c, m->t, m->id, "cg1", "sign", "", NULL);
}

static int reporter_withdraws(struct meeting *m, struct test_ctx *c)
{
        return act_as(m->store, c, m->t, m->id, "reporter", "withdraw", "", NULL);
}

TEST(what_is_done_to_a_matter_that_changes_hands_counts_postgres)
{
        struct meeting m;
        if (!begin(&m))
                SKIP("no PostgreSQL (LINLI_TEST_PG)");
        struct intake_in in = say_at("小区门口的垃圾没有清运", 39.905, 116.405);
        m.id = open_one(m.store, &m.c, m.t, &in, NULL);
        CHECK_EQ(within(&m, hand_op, unit_signs), OK);
        CHECK_EQ(m.rc, OK);
        struct matter now = get_one(m.store, &m.c, m.id);
        CHECK_STR(now.state, "received");
        CHECK_STR(now.holder, "diaodu1");
        m.id = open_one(m.store, &m.c, m.t, &in, NULL);
        CHECK_EQ(within(&m, hand_op, reporter_withdraws), OK);
        now = get_one(m.store, &m.c, m.id);
        CHECK(!now.open);
        CHECK_STR(now.holder, "cg1"); /* what has ended changes hands no more */
        end(&m);
}

/* ---- two make, and sign, one sheet ---------------------------------------------------------------------------------------- */

static int make_op(struct ctx *ctx, void *arg)
{
        struct meeting *m = arg;
        return shift_make(ctx, m->t, STR("zhiban1"), instant_day(ctx->now), STR("day"), &m->id);
}

static int leader_makes_op(struct ctx *ctx, void *arg)
{
        struct meeting *m = arg;
        int64_t id;
        return shift_make(ctx, m->t, STR("daiban1"), instant_day(ctx->now), STR("day"), &id);
}

static int leader_makes(struct meeting *m, struct test_ctx *c)
{
        return test_write(m->store, c, leader_makes_op, m);
}

static int sign_op(struct ctx *ctx, void *arg)
{
        struct meeting *m = arg;
        return shift_sign(ctx, m->t, STR("zhiban1"), m->id, m->rev);
}

static int leader_signs_op(struct ctx *ctx, void *arg)
{
        struct meeting *m = arg;
        return shift_sign(ctx, m->t, STR("daiban1"), m->id, m->rev);
}

static int leader_signs(struct meeting *m, struct test_ctx *c)
{
        return test_write(m->store, c, leader_signs_op, m);
}

static int get_op(struct ctx *ctx, void *arg)
{
        struct meeting *m = arg;
        int rc = shift_get(ctx, m->id, &m->sheet);
        return rc == OK ? shift_list(ctx, instant_day(ctx->now), &m->sheets) : rc;
}

TEST(one_sheet_of_a_shift_and_one_signature_each_postgres)
{
        struct meeting m;
        if (!begin(&m))
                SKIP("no PostgreSQL (LINLI_TEST_PG)");
        CHECK_EQ(within(&m, make_op, leader_makes), OK);
        CHECK_EQ(m.rc, OK);
        CHECK_EQ(test_read(m.store, &m.c, get_op, &m), OK);
        CHECK_EQ(m.sheets.n, 1);
        CHECK_EQ(m.sheet.rev, 2);
        m.rev = 2;
        CHECK_EQ(within(&m, sign_op, leader_signs), ERR_REV);
        CHECK_EQ(m.rc, OK);
        CHECK_EQ(test_read(m.store, &m.c, get_op, &m), OK);
        CHECK_STR(m.sheet.out_by, "daiban1");
        CHECK_STR(m.sheet.in_by, "");
        end(&m);
}

/* ---- two decide on one swap ------------------------------------------------------------------------------------------------ */

static struct swap_ground ground_of(const struct town *t)
{
        return (struct swap_ground){ &t->staff, &t->posts, &t->roster };
}

static int ask_op(struct ctx *ctx, void *arg)
{
        struct meeting *m = arg;
        struct swap_ground g = ground_of(m->t);
        struct swap_ask a = { .asker = STR("zhiban1"), .other = STR("diaodu1"), .turn = { { instant_day(ctx->now).n + 2 }, STR("day") },
                              .back = { DAY_NONE, STR("") }, .reason = STR("外出培训") };
        return swap_ask(ctx, &g, &a, &m->id);
}

static int move_op(struct ctx *ctx, void *arg)
{
        struct meeting *m = arg;
        struct swap_ground g = ground_of(m->t);
        return swap_move(ctx, &g, m->id, m->step, str_of(m->who));
}

static int refuse_op(struct ctx *ctx, void *arg)
{
        struct meeting *m = arg;
        struct swap_ground g = ground_of(m->t);
        return swap_move(ctx, &g, m->id, SWAP_REFUSE, STR("duban1"));
}

static int other_refuses(struct meeting *m, struct test_ctx *c)
{
        return test_write(m->store, c, refuse_op, m);
}

static int swaps_op(struct ctx *ctx, void *arg)
{
        struct meeting *m = arg;
        return swap_list(ctx, instant_day(ctx->now), &m->swaps);
}

TEST(of_two_who_decide_on_a_swap_one_is_heard_postgres)
{
        struct meeting m;
        if (!begin(&m))
                SKIP("no PostgreSQL (LINLI_TEST_PG)");
        CHECK_EQ(test_write(m.store, &m.c, ask_op, &m), OK);
        m.step = SWAP_AGREE;
        m.who = "diaodu1";
        CHECK_EQ(test_write(m.store, &m.c, move_op, &m), OK);
        m.step = SWAP_APPROVE;
        m.who = "daiban1";
        CHECK_EQ(within(&m, move_op, other_refuses), ERR_STATE);
        CHECK_EQ(m.rc, OK);
        CHECK_EQ(test_read(m.store, &m.c, swaps_op, &m), OK);
        CHECK_STR(m.swaps.row[0].state, "refused");
        CHECK_STR(m.swaps.row[0].ruler, "duban1");
        end(&m);
}

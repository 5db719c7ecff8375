#include "insight/search.h"
#include "insight/inner/test_matter.h"

static int listen_op(struct ctx *ctx, void *arg)
{
        return search_catch_up(ctx, 1000, arg);
}

static int apply_op(struct ctx *ctx, void *arg)
{
        size_t next;
        return listen_apply(ctx, arg, 0, &next);
}

static int catch_up(struct store *store, struct test_ctx *t)
{
        int n = -1;
        test_seal(store, t);
        CHECK_EQ(test_write(store, t, listen_op, &n), OK);
        return n;
}

struct asked {
        const char *query;
        int64_t before;
        int32_t max;
        int64_t *ids;
        size_t n;
};

static int ask_op(struct ctx *ctx, void *arg)
{
        struct asked *a = arg;
        return insight_search(ctx, str_of(a->query), a->before ? a->before : INT64_MAX, a->max ? a->max : SEARCH_MAX,
                              &a->ids, &a->n);
}

/* The ids found, newest first, as "3 1". */
static void finds(struct store *store, struct test_ctx *t, const char *query, const char *want)
{
        struct asked a = { .query = query };
        BUF_AUTO got = BUF(4096);
        CHECK_EQ(test_read(store, t, ask_op, &a), OK);
        for (size_t i = 0; i < a.n; i++)
                buf_printf(&got, "%s%lld", i ? " " : "", (long long)a.ids[i]);
        if (!str_is(buf_view(&got), want))
                fail_msg("%s: got \"" STR_FMT "\", want \"%s\"", query, STR_ARG(buf_view(&got)), want);
}

static struct test_matter reports[] = {
        { .id = 1, .title = "楼道漏水", .words = "3栋2单元楼道漏水，无人处理，联系13800000000" },
        { .id = 2, .title = "路灯不亮", .words = "中山路LED路灯坏了，夜里很黑" },
        { .id = 3, .title = NULL, .words = "水管爆裂，路面积水" },
        { .id = 4, .title = "", .words = "！！！" },
        { .id = 5, .title = "سۇ", .words = "مەھەللىمىزدە سۇ يوق Su Yoq" },
};

STORE_TEST(words_find_the_reports_that_hold_them)
{
        struct test_ctx t;
        test_ctx_init(&t);
        for (size_t i = 0; i < COUNT(reports); i++)
                test_matter_open(store, &t, &reports[i]);
        CHECK_EQ(catch_up(store, &t), (int)COUNT(reports));
        finds(store, &t, "漏水", "1");
        finds(store, &t, "水", "3 1"); /* one character: wherever it stands */
        finds(store, &t, "亮", "2");   /* also as the last of a run */
        finds(store, &t, "路", "3 2");
        finds(store, &t, "路灯 夜里", "2"); /* all words, in any order */
        finds(store, &t, "夜里，路灯？", "2");
        finds(store, &t, "路灯漏水", "");
        finds(store, &t, "水3", "1");
        finds(store, &t, "led", "2");
        finds(store, &t, "ＬＥＤ", "2");
        finds(store, &t, "le", ""); /* words are whole */
        finds(store, &t, "سۇ yoq", "5");
        finds(store, &t, "亮中", ""); /* title and report are not run together */
        test_ctx_free(&t);
}

STORE_TEST(indexing_again_changes_nothing)
{
        struct test_ctx t;
        struct gathered g;
        struct test_matter m = { .id = 1, .words = "漏水" };
        test_ctx_init(&t);
        test_matter_open(store, &t, &m);
        test_seal(store, &t);
        CHECK_EQ(store_read_begin(store, &t.ctx.tx, &t.err), OK);
        CHECK_EQ(listen_gather(&t.ctx, LISTENER_SEARCH, 10, &g), OK);
        store_read_end(t.ctx.tx);
        CHECK_EQ(g.n, 1);
        for (int i = 0; i < 2; i++)
                CHECK_EQ(test_write(store, &t, apply_op, &g), OK);
        finds(store, &t, "漏水", "1");
        m.m.open = false;
        test_matter_step(store, &t, &m, "erased");
        catch_up(store, &t);
        finds(store, &t, "漏水", ""); /* taken out once, it is out */
        test_ctx_free(&t);
}

STORE_TEST(what_is_erased_is_no_longer_found)
{
        struct test_ctx t;
        struct test_matter m[3] = { { .id = 1, .words = "漏水" },
                                    { .id = 2, .words = "漏水" },
                                    { .id = 3, .words = "漏水" } };
        test_ctx_init(&t);
        for (size_t i = 0; i < COUNT(m); i++)
                test_matter_open(store, &t, &m[i]);
        test_matter_step(store, &t, &m[2], "erased"); /* before it was ever indexed */
        catch_up(store, &t);
        finds(store, &t, "漏水", "2 1");
        test_matter_step(store, &t, &m[0], "erased");
        CHECK_EQ(catch_up(store, &t), 1);
        finds(store, &t, "漏水", "2");
        test_ctx_free(&t);
}

STORE_TEST(a_town_finds_only_its_own_even_with_equal_ids)
{
        struct test_ctx t;
        struct test_matter here = { .id = 7, .words = "噪音扰民" }, there = { .id = 7, .words = "噪音很大" };
        test_ctx_init(&t);
        test_matter_open(store, &t, &here);
        catch_up(store, &t);
        t.ctx.town = TEST_TOWN + 1000;
        test_matter_open(store, &t, &there);
        catch_up(store, &t);
        finds(store, &t, "噪音", "7");
        finds(store, &t, "扰民", "");
        test_matter_step(store, &t, &there, "erased");
        catch_up(store, &t);
        finds(store, &t, "噪音", "");
        t.ctx.town = TEST_TOWN;
        finds(store, &t, "噪音", "7");
        finds(store, &t, "扰民", "7");
        test_ctx_free(&t);
}

STORE_TEST(pages_go_on_below_the_last_id)
{
        struct test_ctx t;
        struct asked a = { .query = "漏水", .max = 40 };
        int64_t next = 120;
        test_ctx_init(&t);
        for (int64_t id = 1; id <= 120; id++) {
                struct test_matter m = { .id = id, .words = "漏水" };
                test_matter_open(store, &t, &m);
        }
        catch_up(store, &t);
        for (int page = 0; page < 3; page++) {
                CHECK_EQ(test_read(store, &t, ask_op, &a), OK);
                CHECK_EQ(a.n, 40);
                for (size_t i = 0; i < a.n; i++)
                        CHECK_EQ(a.ids[i], next--);
                a.before = a.ids[a.n - 1];
        }
        CHECK_EQ(test_read(store, &t, ask_op, &a), OK);
        CHECK_EQ(a.n, 0);
        test_ctx_free(&t);
}

STORE_TEST(questions_without_words_are_refused)
{
        static const struct {
                const char *query;
                int rc;
        } row[] = {
                { "", ERR_MISSING },
                { "  ，。!?", ERR_MISSING },
                { "13800000000", ERR_MISSING }, /* nobody is looked up */
                { "\xff\xfe", ERR_UTF8 },
                { "AND", OK },
                { "\"漏", OK },
                { "漏*水", OK },
                { "漏:水 OR (x", OK },
                { "'; DROP TABLE x;--", OK },
                { "& | ! <->", ERR_MISSING },
        };
        struct test_ctx t;
        test_ctx_init(&t);
        for (size_t i = 0; i < COUNT(row); i++) {
                struct asked a = { .query = row[i].query };
                CHECK_EQ(test_read(store, &t, ask_op, &a), row[i].rc);
        }
        BUF_AUTO longer = BUF(1000);
        for (int i = 0; i <= SEARCH_CHARS_MAX; i++)
                buf_puts(&longer, "水");
        buf_char(&longer, '\0');
        struct asked a = { .query = longer.p };
        CHECK_EQ(test_read(store, &t, ask_op, &a), ERR_TOO_BIG);
        a = (struct asked){ .query = "水", .max = SEARCH_MAX + 1 };
        CHECK_EQ(test_read(store, &t, ask_op, &a), ERR_RANGE);
        test_ctx_free(&t);
}

struct slice {
        struct gathered g;
        size_t at;
};

static int gather_op(struct ctx *ctx, void *arg)
{
        struct slice *s = arg;
        return listen_gather(ctx, LISTENER_SEARCH, 1000, &s->g);
}

static int slice_op(struct ctx *ctx, void *arg)
{
        struct slice *s = arg;
        return listen_apply(ctx, &s->g, s->at, &s->at);
}

/* Long reports are written a few at a time; a stop in between is made good by the next round. */
STORE_TEST(a_long_batch_is_written_in_slices)
{
        struct test_ctx t;
        struct slice s = { .at = 0 };
        BUF_AUTO words = BUF(65536);
        int slices = 0;
        test_ctx_init(&t);
        for (int i = 0; i < 3000; i++)
                buf_puts(&words, "漏水");
        buf_char(&words, '\0');
        for (int64_t id = 1; id <= 20; id++) {
                struct test_matter m = { .id = id, .words = words.p };
                test_matter_open(store, &t, &m);
        }
        test_seal(store, &t);
        CHECK_EQ(test_read(store, &t, gather_op, &s), OK);
        CHECK_EQ(test_write(store, &t, slice_op, &s), OK);
        CHECK(s.at > 0 && s.at < s.g.n);
        struct asked a = { .query = "漏水" };
        CHECK_EQ(test_read(store, &t, ask_op, &a), OK);
        CHECK_EQ(a.n, s.at); /* written, although the place has not moved */
        s = (struct slice){ .at = 0 };
        CHECK_EQ(test_read(store, &t, gather_op, &s), OK);
        CHECK_EQ(s.g.n, 20);
        for (; slices == 0 || s.at < s.g.n; slices++)
                CHECK_EQ(test_write(store, &t, slice_op, &s), OK);
        CHECK(slices > 2);
        CHECK_EQ(catch_up(store, &t), 0);
        CHECK_EQ(test_read(store, &t, ask_op, &a), OK);
        CHECK_EQ(a.n, 20);
        test_ctx_free(&t);
}

/* A note is no report: nothing of it is looked at. */
STORE_TEST(only_the_first_event_is_indexed)
{
        struct test_ctx t;
        struct slice s = { .at = 0 };
        struct test_matter m = { .id = 1, .words = "漏水" };
        test_ctx_init(&t);
        test_matter_open(store, &t, &m);
        catch_up(store, &t);
        test_matter_step(store, &t, &m, "note");
        test_seal(store, &t);
        CHECK_EQ(test_read(store, &t, gather_op, &s), OK);
        CHECK_EQ(s.g.events, 1);
        CHECK_EQ(s.g.n, 0);
        test_ctx_free(&t);
}

/* Not only out of sight: the index itself no longer holds the tokens. */
static void nothing_is_left_of_it(enum store_engine engine, const char *count)
{
        const char *url = test_store_url(engine);
        struct test_matter m = { .id = 1, .words = "漏水" };
        struct slice s = { .at = 0 };
        struct test_ctx t;
        if (!url)
                SKIP("no PostgreSQL (LINLI_TEST_PG)");
        struct store *store = test_store_open(url);
        test_ctx_init(&t);
        test_matter_open(store, &t, &m);
        test_seal(store, &t);
        CHECK_EQ(test_read(store, &t, gather_op, &s), OK);
        for (int again = 0; again < 2; again++) {
                s.at = 0;
                CHECK_EQ(test_write(store, &t, slice_op, &s), OK);
        }
        CHECK_EQ(test_store_number(url, count), 1);
        test_matter_step(store, &t, &m, "erased");
        catch_up(store, &t);
        CHECK_EQ(test_store_number(url, count), 0);
        CHECK_EQ(test_store_number(url, "SELECT count(*) FROM insight_text"), 0);
        test_ctx_free(&t);
        store_close(store);
}

TEST(nothing_is_left_of_it_sqlite)
{
        nothing_is_left_of_it(STORE_SQLITE,
                              "SELECT count(*) FROM insight_words WHERE insight_words MATCH '110101002000z6f0f6c34'");
}

TEST(nothing_is_left_of_it_postgres)
{
        nothing_is_left_of_it(STORE_POSTGRES,
                              "SELECT count(*) FROM insight_words WHERE tokens @@ '110101002000z6f0f6c34'::tsquery");
}

/* What only PostgreSQL can do: break the line, come back. Each test has a database or a name of its own. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>
#include "store/store_sql.h"
#include "store/store_test_util.h"

/* An address whose connections can be told from all others. */
static const char *named_url(const char *name)
{
        static char url[800];
        snprintf(url, sizeof url, "%s&application_name=%s_%ld", test_store_url(STORE_POSTGRES), name, (long)getpid());
        return url;
}

static void cut(const char *name)
{
        char sql[200];
        snprintf(
                sql, sizeof sql,
                "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE application_name = '%s_%ld'",
                name, (long)getpid());
        test_store_edit(test_pg_url(), sql);
}

struct attempt {
        const char *name;
        int cuts;   /* how many runs break the line */
        bool after; /* a statement follows the break */
        int runs;
};

static int write_and_break(struct tx *tx, struct command *c)
{
        struct attempt *a = c->arg;
        struct sql_cursor_set_in in = { TEST_TOWN, STR("x"), 1 };
        int64_t changed;

        a->runs++;
        int rc = sql_cursor_set(tx, &in, &changed);
        if (rc != OK)
                return rc;
        if (a->runs <= a->cuts)
                cut(a->name);
        return a->after ? sql_cursor_set(tx, &in, &changed) : OK;
}

TEST(a_line_broken_before_commit_is_tried_again_postgres)
{
        if (!test_pg_url())
                SKIP("no PostgreSQL (LINLI_TEST_PG)");
        struct attempt a = { "linli_cut_before", 1, true, 0 };
        struct store *s = test_store_open(named_url(a.name));

        CHECK_EQ(store_write(s, write_and_break, &a, PRIO_REQUEST, NULL), OK);
        CHECK_EQ(a.runs, 2);
        store_close(s);
}

TEST(a_line_broken_in_commit_leaves_it_unsure_postgres)
{
        if (!test_pg_url())
                SKIP("no PostgreSQL (LINLI_TEST_PG)");
        struct attempt a = { "linli_cut_commit", 1, false, 0 };
        struct store *s = test_store_open(named_url(a.name));

        CHECK_EQ(store_write(s, write_and_break, &a, PRIO_REQUEST, NULL), ERR_UNSURE);
        CHECK_EQ(a.runs, 1);
        a.cuts = 0;
        CHECK_EQ(store_write(s, write_and_break, &a, PRIO_REQUEST, NULL), OK);
        store_close(s);
}

TEST(a_line_cut_while_idle_is_not_noticed_postgres)
{
        if (!test_pg_url())
                SKIP("no PostgreSQL (LINLI_TEST_PG)");
        struct attempt a = { "linli_cut_idle", 0, false, 0 };
        struct tx *tx;
        struct sql_cursor_get_row row;
        ARENA_AUTO mem = { 0 };
        struct store *s = test_store_open(named_url(a.name));

        for (int i = 0; i < 4; i++) {
                CHECK_EQ(store_write(s, write_and_break, &a, PRIO_REQUEST, NULL), OK);
                CHECK_EQ(store_read_begin(s, &tx, NULL), OK);
                CHECK_EQ(sql_cursor_get(tx, &mem, &(struct sql_cursor_get_in){ TEST_TOWN, STR("x") }, &row), OK);
                store_read_end(tx);
                cut(a.name);
        }
        store_close(s);
}

/* ---- the server goes away --------------------------------------------------------------------------- */
static int64_t now_ms(void)
{
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int write_one(struct store *s)
{
        struct attempt a = { "", 0, false, 0 };
        return store_write(s, write_and_break, &a, PRIO_REQUEST, NULL);
}

static int read_one(struct store *s)
{
        struct tx *tx;
        struct sql_cursor_get_row row;
        ARENA_AUTO a = { 0 };

        int rc = store_read_begin(s, &tx, NULL);
        if (rc != OK)
                return rc;
        rc = sql_cursor_get(tx, &a, &(struct sql_cursor_get_in){ TEST_TOWN, STR("x") }, &row);
        store_read_end(tx);
        return rc;
}

static void go_away(const char *db)
{
        char sql[200];
        snprintf(sql, sizeof sql, "ALTER DATABASE %s ALLOW_CONNECTIONS false", db);
        test_store_edit(test_pg_url(), sql);
        snprintf(sql, sizeof sql,
                 "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = '%s'", db);
        test_store_edit(test_pg_url(), sql);
}

static void come_back(const char *db)
{
        char sql[200];
        snprintf(sql, sizeof sql, "ALTER DATABASE %s ALLOW_CONNECTIONS true", db);
        test_store_edit(test_pg_url(), sql);
}

static int until_ok(int (*fn)(struct store *), struct store *s)
{
        struct timespec nap = { 0, 20000000 };
        int64_t give_up = now_ms() + 10000;
        int rc;
        while ((rc = fn(s)) != OK && now_ms() < give_up)
                nanosleep(&nap, NULL);
        return rc;
}

TEST(a_server_that_is_away_is_said_at_once_and_comes_back_postgres)
{
        if (!test_pg_url())
                SKIP("no PostgreSQL (LINLI_TEST_PG)");
        char db[64], sql[128], url[800];
        snprintf(db, sizeof db, "linli_away_%lld", (long long)now_ms());
        snprintf(sql, sizeof sql, "CREATE DATABASE %s", db);
        test_store_edit(test_pg_url(), sql);
        snprintf(url, sizeof url, "%s&dbname=%s", test_pg_url(), db);
        struct store *s = test_store_open(url);

        CHECK_EQ(until_ok(write_one, s), OK);
        CHECK_EQ(read_one(s), OK);
        go_away(db);
        int64_t start = now_ms();
        for (int i = 0; i < 50; i++) {
                int rc = write_one(s);
                CHECK(rc == ERR_STORE || rc == ERR_UNSURE);
                CHECK_EQ(read_one(s), ERR_STORE);
        }
        CHECK(now_ms() - start < 2000);
        come_back(db);
        CHECK_EQ(until_ok(write_one, s), OK);
        CHECK_EQ(until_ok(read_one, s), OK);
        store_close(s);
        snprintf(sql, sizeof sql, "DROP DATABASE %s WITH (FORCE)", db);
        test_store_edit(test_pg_url(), sql);
}

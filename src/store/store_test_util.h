/* store/store_test_util.h — a fresh database for a test, on either engine. For tests of every room.
 *
 *   STORE_TEST(opens_a_matter)             runs twice: opens_a_matter_sqlite and opens_a_matter_postgres
 *   {                                      (skipped, and said so, when no server was given)
 *           struct test_ctx t;             store is open, migrated, empty; closed after the body
 *           test_ctx_init(&t);
 *           CHECK_EQ(test_write(store, &t, my_op, &arg), OK);
 *           CHECK_EQ(test_read(store, &t, my_view, &arg), OK);
 *           test_ctx_free(&t);
 *   }
 */
#pragma once
#include "base/ctx.h"
#include "base/test.h"
#include "store/store.h"

#define TEST_TOWN INT64_C(110101002000)

/* Address of a database that does not exist yet (SQLite) or an empty schema of its own (PostgreSQL). NULL when there is
 * no PostgreSQL. Good until the process ends; schemas are dropped at exit. */
const char *test_store_url(enum store_engine);
/* Opened with create; fails the test when it cannot. */
struct store *test_store_open(const char *url);
/* The same with somebody at the gate: store/store.h. */
struct store *test_store_gated(const char *url, int (*gate)(void *, const struct sql_stmt *), void *arg);
/* Both in one; NULL when there is no PostgreSQL. Close with store_close. */
struct store *test_store(enum store_engine);
void test_store_run(enum store_engine, void (*body)(struct store *));

#define STORE_TEST(name)                                                                                               \
        static void store_test_##name(struct store *store);                                                            \
        TEST(name##_sqlite)                                                                                            \
        {                                                                                                              \
                test_store_run(STORE_SQLITE, store_test_##name);                                                       \
        }                                                                                                              \
        TEST(name##_postgres)                                                                                          \
        {                                                                                                              \
                test_store_run(STORE_POSTGRES, store_test_##name);                                                     \
        }                                                                                                              \
        static void store_test_##name(struct store *store)

/* What an operation needs: town TEST_TOWN, now = 2026-01-05T09:00:00+08:00 (change it freely), a seeded chance. */
struct test_ctx {
        struct ctx ctx;
        struct arena arena;
        struct err err;
        struct chance_seeded chance;
        struct id_gen ids;
};
void test_ctx_init(struct test_ctx *);
void test_ctx_free(struct test_ctx *);
/* Run @op as one write command / on a read snapshot; ctx->tx is set for it. Returns its code. */
int test_write(struct store *, struct test_ctx *, int (*op)(struct ctx *, void *), void *arg);
int test_read(struct store *, struct test_ctx *, int (*op)(struct ctx *, void *), void *arg);
/* Edit the database behind the program's back (a connection of its own). Fails the test on error. */
void test_store_edit(const char *url, const char *sql);
/* The first column of the first row, as a number. */
int64_t test_store_number(const char *url, const char *sql);

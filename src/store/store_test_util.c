#include "store/store_test_util.h"
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#define URL_MAX 600
#define URLS_MAX 2000

/* ---- addresses -------------------------------------------------------------------------------------- */
static char schemas[URLS_MAX][48];
static int n_schemas;

static void admin(const char *sql)
{
        PGconn *c = PQconnectdb(test_pg_url());
        PGresult *r = PQexec(c, sql);
        if (PQresultStatus(r) != PGRES_COMMAND_OK)
                fprintf(stderr, "%s: %s\n", sql, PQerrorMessage(c));
        PQclear(r);
        PQfinish(c);
}

static void drop_schemas(void)
{
        char sql[128];
        PGconn *c = PQconnectdb(test_pg_url());
        PQclear(PQexec(c, "SET client_min_messages = error; SET synchronous_commit = off"));
        for (int i = 0; i < n_schemas; i++) {
                snprintf(sql, sizeof sql, "DROP SCHEMA IF EXISTS %s CASCADE", schemas[i]);
                PQclear(PQexec(c, sql));
        }
        PQfinish(c);
}

static const char *postgres_url(char *url)
{
        char sql[128];
        const char *base = test_pg_url();

        if (n_schemas == 0)
                atexit(drop_schemas);
        snprintf(schemas[n_schemas], sizeof schemas[0], "t_%ld_%d", (long)getpid(), n_schemas);
        snprintf(sql, sizeof sql, "CREATE SCHEMA %s", schemas[n_schemas]);
        admin(sql);
        snprintf(url, URL_MAX, "%s%coptions=-csearch_path%%3D%s", base, strchr(base, '?') ? '&' : '?',
                 schemas[n_schemas]);
        n_schemas++;
        return url;
}

const char *test_store_url(enum store_engine engine)
{
        static char urls[URLS_MAX][URL_MAX];
        static int n;

        if (n == URLS_MAX || n_schemas == URLS_MAX)
                abort();
        if (engine == STORE_POSTGRES)
                return test_pg_url() ? postgres_url(urls[n++]) : NULL;
        snprintf(urls[n], URL_MAX, "sqlite:%s/linli.db", test_tmpdir());
        return urls[n++];
}

/* ---- stores ----------------------------------------------------------------------------------------- */
struct store *test_store_gated(const char *url, int (*gate)(void *, const struct sql_stmt *), void *arg)
{
        struct err err = { 0 };
        struct store *s = NULL;
        struct store_options options = { .url = url, .create = true, .connections = 4, .gate = gate, .gate_arg = arg };

        if (store_open(&options, &s, &err) != OK)
                fail_msg("%s: %s", url, err_text(&err, LANG_EN));
        return s;
}

struct store *test_store_open(const char *url)
{
        return test_store_gated(url, NULL, NULL);
}

struct store *test_store(enum store_engine engine)
{
        const char *url = test_store_url(engine);
        return url ? test_store_open(url) : NULL;
}

void test_store_run(enum store_engine engine, void (*body)(struct store *))
{
        struct store *s = test_store(engine);
        if (!s)
                SKIP("no PostgreSQL (LINLI_TEST_PG)");
        body(s);
        store_close(s);
}

/* ---- context ---------------------------------------------------------------------------------------- */
void test_ctx_init(struct test_ctx *t)
{
        *t = (struct test_ctx){ 0 };
        chance_seed(&t->chance, 1);
        t->ctx = (struct ctx){ .town = TEST_TOWN,
                               .actor = { ACTOR_SYSTEM, STR("test") },
                               .arena = &t->arena,
                               .err = &t->err,
                               .chance = &t->chance.base,
                               .ids = &t->ids,
                               .lang = LANG_EN };
        if (instant_parse(STR("2026-01-05T09:00:00+08:00"), &t->ctx.now) != OK)
                abort();
}

void test_ctx_free(struct test_ctx *t)
{
        arena_free(&t->arena);
}

struct work {
        struct ctx *ctx;
        int (*op)(struct ctx *, void *);
        void *arg;
};

static int run_work(struct tx *tx, struct command *c)
{
        struct work *w = c->arg;
        w->ctx->tx = tx;
        int rc = w->op(w->ctx, w->arg);
        w->ctx->tx = NULL;
        return rc;
}

int test_write(struct store *s, struct test_ctx *t, int (*op)(struct ctx *, void *), void *arg)
{
        struct work w = { &t->ctx, op, arg };
        return store_write(s, run_work, &w, PRIO_REQUEST, &t->err);
}

int test_read(struct store *s, struct test_ctx *t, int (*op)(struct ctx *, void *), void *arg)
{
        int rc = store_read_begin(s, &t->ctx.tx, &t->err);
        if (rc != OK)
                return rc;
        rc = op(&t->ctx, arg);
        store_read_end(t->ctx.tx);
        t->ctx.tx = NULL;
        return rc;
}

/* ---- behind its back -------------------------------------------------------------------------------- */
static int64_t lite_number(const char *path, const char *sql)
{
        sqlite3 *db = NULL;
        sqlite3_stmt *s = NULL;
        int64_t v = INT64_MIN;

        if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK)
                fail_msg("%s: %s", path, sqlite3_errmsg(db));
        sqlite3_busy_timeout(db, 5000);
        if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
                fail_msg("%s: %s", sql, sqlite3_errmsg(db));
        int rc = sqlite3_step(s);
        if (rc == SQLITE_ROW)
                v = sqlite3_column_int64(s, 0);
        else if (rc != SQLITE_DONE)
                fail_msg("%s: %s", sql, sqlite3_errmsg(db));
        sqlite3_finalize(s);
        sqlite3_close(db);
        return v;
}

static int64_t pg_number(const char *url, const char *sql)
{
        PGconn *c = PQconnectdb(url);
        PGresult *r = PQexec(c, sql);
        int64_t v = INT64_MIN;

        if (PQresultStatus(r) == PGRES_TUPLES_OK && PQntuples(r))
                v = strtoll(PQgetvalue(r, 0, 0), NULL, 10);
        else if (PQresultStatus(r) != PGRES_COMMAND_OK && PQresultStatus(r) != PGRES_TUPLES_OK)
                fail_msg("%s: %s", sql, PQerrorMessage(c));
        PQclear(r);
        PQfinish(c);
        return v;
}

int64_t test_store_number(const char *url, const char *sql)
{
        return strncmp(url, "sqlite:", 7) == 0 ? lite_number(url + 7, sql) : pg_number(url, sql);
}

void test_store_edit(const char *url, const char *sql)
{
        test_store_number(url, sql);
}

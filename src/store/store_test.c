#include "store/store_test_util.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>
#include "store/lease.h"
#include "store/store_sql.h"

/* One row of store_cursor is a handy thing to write. */
struct mark {
        struct str name;
        int64_t value;
        int want; /* what run returns after writing */
        int runs;
};

static int add_mark(struct tx *tx, struct command *c)
{
        struct mark *m = c->arg;
        struct sql_idem_add_in in = { TEST_TOWN, STR("test"), STR(""), m->name, STR("body"),
                                      200,       m->value,    STR(""), { 1 } };

        m->runs++;
        int rc = sql_idem_add(tx, &in);
        return rc == OK ? m->want : rc;
}

static int put(struct store *s, const char *name, int64_t value, int want)
{
        struct mark m = { str_of(name), value, want, 0 };
        return store_write(s, add_mark, &m, PRIO_REQUEST, NULL);
}

static int64_t get(struct store *s, const char *name)
{
        struct tx *tx;
        struct sql_idem_get_row row = { .id = -1 };
        ARENA_AUTO a = { 0 };

        CHECK_EQ(store_read_begin(s, &tx, NULL), OK);
        int rc = sql_idem_get(tx, &a, &(struct sql_idem_get_in){ TEST_TOWN, STR("test"), STR(""), str_of(name) }, &row);
        store_read_end(tx);
        return rc == OK ? row.id : rc;
}

STORE_TEST(write_then_read)
{
        CHECK_EQ(get(store, "a"), ERR_NONE);
        CHECK_EQ(put(store, "a", 7, OK), OK);
        CHECK_EQ(get(store, "a"), 7);
}

STORE_TEST(failing_command_leaves_nothing)
{
        CHECK_EQ(put(store, "a", 1, ERR_RULE), ERR_RULE);
        CHECK_EQ(get(store, "a"), ERR_NONE);
        CHECK_EQ(put(store, "a", 2, OK), OK);
        CHECK_EQ(get(store, "a"), 2);
}

STORE_TEST(conflict_is_tried_three_times)
{
        struct mark m = { STR("a"), 1, ERR_CONFLICT, 0 };
        CHECK_EQ(store_write(store, add_mark, &m, PRIO_REQUEST, NULL), ERR_CONFLICT);
        CHECK_EQ(m.runs, 3);
        CHECK_EQ(get(store, "a"), ERR_NONE);
}

static int add_event_twice(struct tx *tx, struct command *c)
{
        int *seen = c->arg;
        struct sql_event_add_in in = { TEST_TOWN, 1, 1, { 1 }, STR("opened"), STR("staff:a"), STR("{}"), STR("h") };
        int64_t changed;

        int rc = sql_event_add(tx, &in, &changed);
        if (rc != OK)
                return rc;
        *seen = sql_event_add(tx, &in, &changed);
        return OK; /* the store does not believe it */
}

STORE_TEST(duplicate_key_spoils_the_command)
{
        int seen = OK;
        CHECK_EQ(store_write(store, add_event_twice, &seen, PRIO_REQUEST, NULL), ERR_EXISTS);
        CHECK_EQ(seen, ERR_EXISTS);
        CHECK_EQ(put(store, "after", 1, OK), OK);
}

static int write_on(struct tx *tx)
{
        return sql_idem_drop(tx, &(struct sql_idem_drop_in){ .town = 1 }, NULL);
}

STORE_TEST(reader_may_not_write)
{
        struct tx *tx;
        CHECK_EQ(store_read_begin(store, &tx, NULL), OK);
        CHECK_EQ(write_on(tx), ERR_INTERNAL);
        store_read_end(tx);
}

STORE_TEST(reader_keeps_its_snapshot)
{
        struct tx *tx;
        struct sql_idem_get_row row;
        struct sql_idem_get_in in = { TEST_TOWN, STR("test"), STR(""), STR("a") };
        ARENA_AUTO a = { 0 };

        CHECK_EQ(store_read_begin(store, &tx, NULL), OK);
        CHECK_EQ(sql_idem_get(tx, &a, &in, &row), ERR_NONE);
        CHECK_EQ(put(store, "a", 1, OK), OK);
        CHECK_EQ(sql_idem_get(tx, &a, &in, &row), ERR_NONE);
        CHECK_EQ(store_read_renew(tx), OK);
        CHECK_EQ(sql_idem_get(tx, &a, &in, &row), OK);
        store_read_end(tx);
}

/* ---- many at once ----------------------------------------------------------------------------------- */
#define THREADS 8
#define EACH 1000

struct worker {
        pthread_t thread;
        struct store *store;
        int n, ok, refused;
};

/* Every tenth command fails after having written. */
static void *work(void *arg)
{
        struct worker *w = arg;
        char name[32];

        for (int i = 0; i < EACH; i++) {
                snprintf(name, sizeof name, "w%d-%d", w->n, i);
                int rc = put(w->store, name, i, i % 10 == 9 ? ERR_RULE : OK);
                w->ok += rc == OK;
                w->refused += rc == ERR_RULE;
        }
        return NULL;
}

static void check_many(const char *url)
{
        struct worker w[THREADS] = { 0 };
        struct store *s = test_store_open(url);
        struct store_stats stats;

        for (int i = 0; i < THREADS; i++) {
                w[i].store = s;
                w[i].n = i;
                pthread_create(&w[i].thread, NULL, work, &w[i]);
        }
        for (int i = 0; i < THREADS; i++) {
                pthread_join(w[i].thread, NULL);
                CHECK_EQ(w[i].ok, EACH / 10 * 9);
                CHECK_EQ(w[i].refused, EACH / 10);
        }
        store_stats_get(s, &stats);
        CHECK_EQ(stats.commands, THREADS * EACH);
        CHECK_EQ(stats.failed, THREADS * EACH / 10);
        if (store_engine(s) == STORE_SQLITE)
                CHECK(stats.commits < stats.commands);
        store_close(s);
        CHECK_EQ(test_store_number(url, "SELECT count(*) FROM store_idem"), THREADS * EACH / 10 * 9);
}

TEST(eight_threads_sqlite)
{
        check_many(test_store_url(STORE_SQLITE));
}

TEST(eight_threads_postgres)
{
        if (!test_pg_url())
                SKIP("no PostgreSQL (LINLI_TEST_PG)");
        check_many(test_store_url(STORE_POSTGRES));
}

struct flying {
        struct command c;
        struct mark mark;
        char name[32];
        atomic_int *left;
};

static void landed(struct command *c)
{
        atomic_fetch_sub(((struct flying *)(void *)c)->left, 1);
}

/* Requests and background commands submitted without waiting all come back, also when the store is closed at once. */
STORE_TEST(close_runs_what_is_queued)
{
        enum { N = 500 };
        static struct flying f[N];
        atomic_int left = N;
        const char *url = test_store_url(store_engine(store));
        struct store *s = test_store_open(url);

        for (int i = 0; i < N; i++) {
                snprintf(f[i].name, sizeof f[i].name, "f%d", i);
                f[i].mark = (struct mark){ str_of(f[i].name), i, OK, 0 };
                f[i].left = &left;
                f[i].c = (struct command){ .run = add_mark,
                                           .done = landed,
                                           .arg = &f[i].mark,
                                           .priority = i % 3 ? PRIO_REQUEST : PRIO_BACKGROUND };
                CHECK_EQ(store_submit(s, &f[i].c), OK);
        }
        store_close(s);
        CHECK_EQ(atomic_load(&left), 0);
        CHECK_EQ(test_store_number(url, "SELECT count(*) FROM store_idem"), N);
}

static void count_up(struct command *c)
{
        (void)c;
}

STORE_TEST(full_queue_refuses_at_once)
{
        struct store *s = NULL;
        struct store_options o = { .url = test_store_url(store_engine(store)), .create = true, .queue_max = 4 };
        static struct flying f[64];
        int refused = 0;

        CHECK_EQ(store_open(&o, &s, NULL), OK);
        for (int i = 0; i < 64; i++) {
                snprintf(f[i].name, sizeof f[i].name, "f%d", i);
                f[i].mark = (struct mark){ str_of(f[i].name), i, OK, 0 };
                f[i].c = (struct command){ .run = add_mark, .done = count_up, .arg = &f[i].mark };
                refused += store_submit(s, &f[i].c) == ERR_BUSY;
        }
        store_close(s);
        CHECK(refused > 0);
        CHECK_EQ(test_store_number(o.url, "SELECT count(*) FROM store_idem"), 64 - refused);
}

/* A failing command among many in one transaction takes only its own rows away, whether or not it has written. */
STORE_TEST(a_failing_command_is_undone_alone)
{
        enum { N = 600 };
        static struct flying f[N];
        atomic_int left = N;

        for (int i = 0; i < N; i++) {
                snprintf(f[i].name, sizeof f[i].name, "f%d", i);
                f[i].mark = (struct mark){ str_of(f[i].name), i, i % 150 == 77 ? ERR_STATE : OK, 0 };
                f[i].left = &left;
                f[i].c = (struct command){ .run = add_mark, .done = landed, .arg = &f[i].mark };
                CHECK_EQ(store_submit(store, &f[i].c), OK);
        }
        while (atomic_load(&left))
                usleep(1000);
        for (int i = 0; i < N; i++) {
                CHECK_EQ(f[i].c.rc, f[i].mark.want);
                CHECK_EQ(get(store, f[i].name), f[i].mark.want == OK ? i : ERR_NONE);
        }
}

/* ---- opening ---------------------------------------------------------------------------------------- */
static int open_code(const char *url, bool create, struct err *err)
{
        struct store *s = NULL;
        struct store_options o = { .url = url, .create = create };
        int rc = store_open(&o, &s, err);
        store_close(s);
        return rc;
}

STORE_TEST(reopens_with_its_rows)
{
        const char *url = test_store_url(store_engine(store));
        struct store *s = test_store_open(url);
        CHECK_EQ(put(s, "a", 1, OK), OK);
        store_close(s);
        s = test_store_open(url);
        CHECK_EQ(get(s, "a"), 1);
        store_close(s);
}

static void refuses_after(enum store_engine engine, const char *edit, const char *says)
{
        const char *url = test_store_url(engine);
        struct err err = { 0 };

        CHECK_EQ(open_code(url, true, &err), OK);
        test_store_edit(url, edit);
        CHECK_EQ(open_code(url, true, &err), ERR_SCHEMA);
        CHECK_EQ(err.code, ERR_SCHEMA);
        if (!strstr(err.en, says))
                fail_msg("\"%s\" does not say \"%s\"", err.en, says);
}

STORE_TEST(refuses_a_strange_schema)
{
        enum store_engine engine = store_engine(store);
        const char *foreign = test_store_url(engine);
        struct err err = { 0 };

        refuses_after(engine, "INSERT INTO schema_version (n, name, sha256, at) VALUES (9999, 'x', 'y', 1)", "newer");
        refuses_after(engine, "UPDATE schema_version SET sha256 = 'x' WHERE n = 1", "edited");
        refuses_after(engine, "UPDATE schema_version SET n = 0 WHERE n = 1", "incomplete");
        test_store_edit(foreign, "CREATE TABLE somebody (x integer)");
        CHECK_EQ(open_code(foreign, true, &err), ERR_SCHEMA);
        CHECK(strstr(err.en, "another program") != NULL);
        CHECK_EQ(open_code(test_store_url(engine), false, &err), engine == STORE_SQLITE ? ERR_NONE : ERR_SCHEMA);
}

TEST(second_writer_is_refused)
{
        struct err err = { 0 };
        const char *url = test_store_url(STORE_SQLITE);
        struct store *s = test_store_open(url), *reader = NULL;
        struct store_options look = { .url = url, .read_only = true };

        CHECK_EQ(open_code(url, true, &err), ERR_BUSY);
        CHECK(strstr(err.en, "Another linli process") != NULL);
        CHECK_EQ(put(s, "a", 1, OK), OK);
        CHECK_EQ(store_open(&look, &reader, &err), OK);
        CHECK_EQ(get(reader, "a"), 1);
        CHECK_EQ(put(reader, "b", 1, OK), ERR_BUSY);
        store_close(reader);
        store_close(s);
        CHECK_EQ(open_code(url, false, &err), OK);
}

TEST(refuses_what_is_no_address)
{
        CHECK_EQ(open_code("mysql://x", true, NULL), ERR_BAD);
        CHECK_EQ(open_code("", true, NULL), ERR_BAD);
        CHECK_EQ(open_code("sqlite:", true, NULL), ERR_BAD);
}

TEST(refuses_a_file_that_is_no_database)
{
        struct err err = { 0 };
        const char *url = test_store_url(STORE_SQLITE);
        char folder[700];
        FILE *f = fopen(url + 7, "wb");

        for (int i = 0; i < 5000; i++)
                fputs("not a database ", f);
        fclose(f);
        CHECK_EQ(open_code(url, true, &err), ERR_IO);
        CHECK_EQ(err.code, ERR_IO);
        snprintf(folder, sizeof folder, "sqlite:%s", test_tmpdir());
        CHECK_EQ(open_code(folder, true, &err), ERR_BAD);
        CHECK_EQ(open_code("sqlite:/nowhere/at/all.db", true, &err), ERR_STORE);
}

TEST(backup_is_a_whole_copy)
{
        char to[700];
        struct err err = { 0 };
        struct store *s = test_store(STORE_SQLITE);

        snprintf(to, sizeof to, "sqlite:%s/copy.db", test_tmpdir());
        CHECK_EQ(put(s, "a", 5, OK), OK);
        CHECK_EQ(store_backup(s, to + 7, &err), OK);
        CHECK_EQ(store_backup(s, to + 7, &err), ERR_EXISTS);
        CHECK_EQ(store_integrity(s, &err), OK);
        store_close(s);
        s = test_store_open(to);
        CHECK_EQ(get(s, "a"), 5);
        store_close(s);
}

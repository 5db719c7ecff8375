/* bench/store_bench.c — what does the store cost beside the bare libraries?
 *
 *   store_bench FOLDER [COMMANDS]              SQLite: commands of six rows in seven b-trees through store_submit, and
 *                                              a bare sqlite3 loop writing the same rows, 256 commands a transaction
 *   store_bench postgresql://... [COMMANDS]    PostgreSQL: the same over 8 connections, and a bare libpq loop in
 *                                              pipeline mode (BEGIN to COMMIT in one round trip) over 8 connections
 *
 * The database must be empty. Both runs write to the same server or disk, one after the other, twice, in turn.
 */
#include <libpq-fe.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "store/store.h"
#include "store/store_sql.h"

#define BATCH 256
#define FLYING 1024
#define CONNECTIONS 8
#define TOWN INT64_C(110101002000)

static const char body_text[] = "{\"place\":\"110101002001\",\"grid\":\"110101002001003\",\"subject\":\"noise.night\","
                                "\"how\":\"inside\",\"list\":12,\"row\":\"D-0417\",\"unit\":\"urban\",\"due\":20462}";
static const char hash_text[33] = "0123456789abcdef0123456789abcdef";

_Noreturn static void die(const char *why)
{
        fprintf(stderr, "store_bench: %s\n", why);
        exit(2);
}

static double now_s(void)
{
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- ours ------------------------------------------------------------------------------------------- */
struct flight {
        struct command c;
        int64_t id;
        char key[48];
};

static struct {
        pthread_mutex_t lock;
        pthread_cond_t some;
        struct flight flight[FLYING];
        struct flight *free[FLYING];
        int n_free;
        atomic_long failed;
} air = { .lock = PTHREAD_MUTEX_INITIALIZER, .some = PTHREAD_COND_INITIALIZER };

static int add_events(struct tx *tx, int64_t id)
{
        struct str hash = { hash_text, 32 };
        int rc = OK;

        for (int32_t n = 1; n <= 2 && rc == OK; n++) {
                struct sql_event_add_in e = { TOWN,
                                              id,
                                              n,
                                              { 1767574800000000 },
                                              STR("opened"),
                                              STR("staff:chuli03"),
                                              { body_text, sizeof body_text - 1 },
                                              hash };
                struct sql_tail_add_in t = { TOWN, id, n, hash };
                rc = sql_event_add(tx, &e, NULL);
                if (rc == OK)
                        rc = sql_tail_add(tx, &t, NULL);
        }
        return rc;
}

static int write_six(struct tx *tx, struct command *c)
{
        struct flight *f = c->arg;
        struct str key = str_of(f->key), hash = { hash_text, 32 };
        struct sql_idem_add_in k = { TOWN, STR("matter.open"),  STR(""), key, hash, 201, f->id,
                                     hash, { 1767574800000000 } };
        struct sql_cursor_set_in s = { TOWN, key, f->id };

        int rc = sql_idem_add(tx, &k, NULL);
        if (rc == OK)
                rc = sql_cursor_set(tx, &s, NULL);
        return rc == OK ? add_events(tx, f->id) : rc;
}

static void landed(struct command *c)
{
        if (c->rc != OK)
                atomic_fetch_add(&air.failed, 1);
        pthread_mutex_lock(&air.lock);
        air.free[air.n_free++] = c->arg;
        if (air.n_free == FLYING / 2 || air.n_free == FLYING)
                pthread_cond_signal(&air.some);
        pthread_mutex_unlock(&air.lock);
}

static struct flight *take_flight(void)
{
        pthread_mutex_lock(&air.lock);
        while (!air.n_free)
                pthread_cond_wait(&air.some, &air.lock);
        struct flight *f = air.free[--air.n_free];
        pthread_mutex_unlock(&air.lock);
        return f;
}

static void wait_landed(void)
{
        pthread_mutex_lock(&air.lock);
        while (air.n_free < FLYING)
                pthread_cond_wait(&air.some, &air.lock);
        pthread_mutex_unlock(&air.lock);
}

static double ours(const char *url, int64_t first, int64_t n)
{
        struct store *s;
        struct err err = { 0 };
        struct store_options o = { .url = url, .create = true, .connections = CONNECTIONS };

        if (store_open(&o, &s, &err) != OK)
                die(err_text(&err, LANG_EN));
        for (air.n_free = 0; air.n_free < FLYING; air.n_free++)
                air.free[air.n_free] = &air.flight[air.n_free];
        double start = now_s();
        for (int64_t i = first; i < first + n; i++) {
                struct flight *f = take_flight();
                f->id = i;
                snprintf(f->key, sizeof f->key, "0190a5f0-0000-7000-8000-%012lld", (long long)i);
                f->c = (struct command){ .run = write_six, .done = landed, .arg = f };
                if (store_submit(s, &f->c) != OK)
                        die("the queue is full");
        }
        wait_landed();
        double took = now_s() - start;
        struct store_stats st;
        store_stats_get(s, &st);
        fprintf(stderr, "  store: %.0f commands/s; %llu commits, %.1f commands each, %.2f ms a commit\n",
                (double)n / took, (unsigned long long)st.commits, (double)st.commands / (double)st.commits,
                (double)st.commit_us_sum / (double)st.commits / 1000);
        store_close(s);
        if (air.failed)
                die("commands failed");
        return (double)n / took;
}

/* ---- the statements, for the bare loops --------------------------------------------------------------- */
enum { IDEM, CURSOR, EVENT, TAIL, STATEMENTS };
static const struct sql_stmt *stmt[STATEMENTS];

static void find(const struct sql_table *t, uint32_t i, void *arg)
{
        static const char *const name[STATEMENTS] = { "idem_add", "cursor_set", "event_add", "tail_add" };
        (void)arg;
        for (int k = 0; k < STATEMENTS; k++)
                if (!strcmp(t->stmt[i].name, name[k]))
                        stmt[k] = &t->stmt[i];
}

/* ---- bare SQLite ------------------------------------------------------------------------------------ */
static sqlite3_stmt *lite[STATEMENTS];

static void lite_run(sqlite3_stmt *s)
{
        if (sqlite3_step(s) != SQLITE_DONE)
                die("bare sqlite3: a statement failed");
        sqlite3_reset(s);
}

static void lite_bind_text(sqlite3_stmt *s, int at, const char *p, int n)
{
        sqlite3_bind_text(s, at, p, n, SQLITE_STATIC);
}

static void lite_six(int64_t id)
{
        char key[48];
        int kn = snprintf(key, sizeof key, "0190a5f0-0000-7000-8000-%012lld", (long long)id);
        sqlite3_stmt *s = lite[IDEM];

        sqlite3_bind_int64(s, 1, TOWN);
        lite_bind_text(s, 2, "matter.open", 11);
        lite_bind_text(s, 3, "", 0);
        lite_bind_text(s, 4, key, kn);
        sqlite3_bind_blob(s, 5, hash_text, 32, SQLITE_STATIC);
        sqlite3_bind_int(s, 6, 201);
        sqlite3_bind_int64(s, 7, id);
        sqlite3_bind_blob(s, 8, hash_text, 32, SQLITE_STATIC);
        sqlite3_bind_int64(s, 9, 1767574800000000);
        lite_run(s);
        s = lite[CURSOR];
        sqlite3_bind_int64(s, 1, TOWN);
        lite_bind_text(s, 2, key, kn);
        sqlite3_bind_int64(s, 3, id);
        lite_run(s);
        for (int n = 1; n <= 2; n++) {
                s = lite[EVENT];
                sqlite3_bind_int64(s, 1, TOWN);
                sqlite3_bind_int64(s, 2, id);
                sqlite3_bind_int(s, 3, n);
                sqlite3_bind_int64(s, 4, 1767574800000000);
                lite_bind_text(s, 5, "opened", 6);
                lite_bind_text(s, 6, "staff:chuli03", 13);
                lite_bind_text(s, 7, body_text, sizeof body_text - 1);
                sqlite3_bind_blob(s, 8, hash_text, 32, SQLITE_STATIC);
                lite_run(s);
                s = lite[TAIL];
                sqlite3_bind_int64(s, 1, TOWN);
                sqlite3_bind_int64(s, 2, id);
                sqlite3_bind_int(s, 3, n);
                sqlite3_bind_blob(s, 4, hash_text, 32, SQLITE_STATIC);
                lite_run(s);
        }
}

static double bare_sqlite(const char *path, int64_t first, int64_t n)
{
        sqlite3 *db;
        if (sqlite3_open(path, &db) != SQLITE_OK ||
            sqlite3_exec(db,
                         "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                         "PRAGMA cache_size=-49152; PRAGMA wal_autocheckpoint=4000",
                         NULL, NULL, NULL) != SQLITE_OK)
                die(sqlite3_errmsg(db));
        for (int k = 0; k < STATEMENTS; k++)
                if (sqlite3_prepare_v2(db, stmt[k]->sqlite, -1, &lite[k], NULL) != SQLITE_OK)
                        die(sqlite3_errmsg(db));
        double start = now_s();
        for (int64_t i = first; i < first + n; i++) {
                if ((i - first) % BATCH == 0)
                        sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
                lite_six(i);
                if ((i - first) % BATCH == BATCH - 1 || i == first + n - 1)
                        sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
        }
        double took = now_s() - start;
        for (int k = 0; k < STATEMENTS; k++)
                sqlite3_finalize(lite[k]);
        sqlite3_close(db);
        fprintf(stderr, "  bare:  %.0f commands/s\n", (double)n / took);
        return (double)n / took;
}

/* ---- bare libpq ------------------------------------------------------------------------------------- */
struct bare {
        pthread_t thread;
        const char *url;
        int64_t first, n;
};

static void pg_send(PGconn *c, int k, int n, const char *const *v, const int *len, const int *fmt)
{
        static const char *const name[STATEMENTS] = { "idem", "cursor", "event", "tail" };
        if (!PQsendQueryPrepared(c, name[k], n, v, len, fmt, 1))
                die(PQerrorMessage(c));
}

static void pg_six(PGconn *c, int64_t id)
{
        static const int text[9] = { 0 };
        static const int idem_format[9] = { 0, 0, 0, 0, 1, 0, 0, 1, 0 }, event_format[8] = { 0, 0, 0, 0, 0, 0, 0, 1 },
                         tail_format[4] = { 0, 0, 0, 1 };
        static const int idem_len[9] = { 0, 0, 0, 0, 32, 0, 0, 32, 0 }, event_len[8] = { 0, 0, 0, 0, 0, 0, 0, 32 },
                         tail_len[4] = { 0, 0, 0, 32 };
        static const char town[] = "110101002000", at[] = "1767574800000000";
        char key[40], num[24];

        snprintf(key, sizeof key, "0190a5f0-0000-7000-8000-%012lld", (long long)id);
        snprintf(num, sizeof num, "%lld", (long long)id);
        PQsendQueryParams(c, "BEGIN", 0, NULL, NULL, NULL, NULL, 0);
        pg_send(c, IDEM, 9, (const char *[]){ town, "matter.open", "", key, hash_text, "201", num, hash_text, at },
                idem_len, idem_format);
        pg_send(c, CURSOR, 3, (const char *[]){ town, key, num }, text, text);
        for (int n = 1; n <= 2; n++) {
                const char *nth = n == 1 ? "1" : "2";
                pg_send(c, EVENT, 8,
                        (const char *[]){ town, num, nth, at, "opened", "staff:chuli03", body_text, hash_text },
                        event_len, event_format);
                pg_send(c, TAIL, 4, (const char *[]){ town, num, nth, hash_text }, tail_len, tail_format);
        }
        PQsendQueryParams(c, "COMMIT", 0, NULL, NULL, NULL, NULL, 0);
        PQpipelineSync(c);
        for (int i = 0; i < 8; i++) {
                PGresult *r = PQgetResult(c);
                if (PQresultStatus(r) != PGRES_COMMAND_OK)
                        die(PQerrorMessage(c));
                PQclear(r);
                PQgetResult(c);
        }
        PQclear(PQgetResult(c));
}

static void *bare_thread(void *arg)
{
        struct bare *b = arg;
        static const char *const name[STATEMENTS] = { "idem", "cursor", "event", "tail" };
        PGconn *c = PQconnectdb(b->url);

        if (PQstatus(c) != CONNECTION_OK)
                die(PQerrorMessage(c));
        for (int k = 0; k < STATEMENTS; k++)
                PQclear(PQprepare(c, name[k], stmt[k]->postgres, 0, NULL));
        PQenterPipelineMode(c);
        for (int64_t i = b->first; i < b->first + b->n; i++)
                pg_six(c, i);
        PQfinish(c);
        return NULL;
}

static double bare_postgres(const char *url, int64_t first, int64_t n)
{
        struct bare b[CONNECTIONS];
        int64_t each = n / CONNECTIONS;

        double start = now_s();
        for (int i = 0; i < CONNECTIONS; i++) {
                b[i] = (struct bare){ .url = url, .first = first + i * each, .n = each };
                pthread_create(&b[i].thread, NULL, bare_thread, &b[i]);
        }
        for (int i = 0; i < CONNECTIONS; i++)
                pthread_join(b[i].thread, NULL);
        double took = now_s() - start;
        fprintf(stderr, "  bare:  %.0f commands/s\n", (double)(each * CONNECTIONS) / took);
        return (double)(each * CONNECTIONS) / took;
}

/* ---- turns ------------------------------------------------------------------------------------------ */
int main(int argc, char **argv)
{
        double got[2] = { 0 }, bare[2] = { 0 };
        char url[4096];

        if (argc < 2)
                die("usage: store_bench FOLDER|postgresql://... [COMMANDS]");
        bool pg = strstr(argv[1], "://") != NULL;
        int64_t n = argc > 2 ? strtoll(argv[2], NULL, 10) : pg ? 16000 : 100000;
        snprintf(url, sizeof url, pg ? "%s" : "sqlite:%s/store_bench.db", argv[1]);
        sql_each(find, NULL);
        for (int turn = 0; turn < 2; turn++) {
                int64_t first = 1 + turn * 2 * n;
                got[turn] = ours(url, first, n);
                bare[turn] = pg ? bare_postgres(url, first + n, n) : bare_sqlite(url + 7, first + n, n);
        }
        double mine = got[0] + got[1], theirs = bare[0] + bare[1];
        printf("%s: store %.0f commands/s, bare %.0f commands/s, ratio %.2f\n", pg ? "postgresql" : "sqlite", mine / 2,
               theirs / 2, mine / theirs);
        return 0;
}

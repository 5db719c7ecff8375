#include <libpq-fe.h>
#include <pthread.h>
#include <stdlib.h>
#include "bare.h"

#define COLUMNS_MAX 48
#define BYTEA_OID 17

static const struct {
        const char *name, *select;
} source[] = {
        { "matter_entry", "SELECT * FROM matter_entry WHERE n = 1 ORDER BY town, matter LIMIT %lld" },
        { "store_event", "SELECT * FROM store_event WHERE n = 1 ORDER BY town, matter LIMIT %lld" },
        { "store_tail", "SELECT town, matter, n, hash FROM store_event WHERE n = 1 ORDER BY town, matter LIMIT %lld" },
        { "people_vault", "SELECT * FROM people_vault ORDER BY town, person LIMIT %lld" },
        { "matter_case", "SELECT * FROM matter_case ORDER BY town, id LIMIT %lld" },
        { "store_idem", "SELECT * FROM store_idem WHERE route = 'matter.open' ORDER BY town, route, actor, idem LIMIT %lld" },
};
#define TABLES COUNT(source)

struct value {
        const char *p; /* NULL = NULL */
        int n;
};
struct rows {
        int n, columns;
        int format[COLUMNS_MAX];
        struct value *v;
};
struct copying {
        struct bench *b;
        const char *url;
        struct arena arena;
        struct rows rows[TABLES];
        int n;
};
struct lane {
        pthread_t thread;
        struct copying *c;
        PGconn *pg;
        int from, upto;
        bool failed;
};

static int broke(struct copying *c, PGconn *pg)
{
        bench_say(c->b, "bare libpq: %s", PQerrorMessage(pg));
        return EXIT_FAILED;
}

static bool plain(PGconn *pg, const char *sql)
{
        PGresult *r = PQexec(pg, sql);
        bool fine = PQresultStatus(r) == PGRES_COMMAND_OK || PQresultStatus(r) == PGRES_TUPLES_OK;
        PQclear(r);
        return fine;
}

/* ---- what is to be written ------------------------------------------------------------------------------------------ */

static struct value value_of(struct arena *a, PGresult *r, int row, int k)
{
        if (PQgetisnull(r, row, k))
                return (struct value){ NULL, 0 };
        if (PQftype(r, k) != BYTEA_OID)
                return (struct value){ arena_strndup(a, PQgetvalue(r, row, k), (size_t)PQgetlength(r, row, k)), 0 };
        size_t n;
        unsigned char *raw = PQunescapeBytea((const unsigned char *)PQgetvalue(r, row, k), &n);
        struct value v = { arena_strndup(a, (char *)raw, n), (int)n };
        PQfreemem(raw);
        return v;
}

static int read_table(struct copying *c, PGconn *pg, size_t i, int64_t most)
{
        char text[512];
        struct rows *t = &c->rows[i];
        snprintf(text, sizeof(text), source[i].select, (long long)most);
        PGresult *r = PQexec(pg, text);
        if (PQresultStatus(r) != PGRES_TUPLES_OK || PQnfields(r) > COLUMNS_MAX) {
                PQclear(r);
                return broke(c, pg);
        }
        *t = (struct rows){ .n = PQntuples(r), .columns = PQnfields(r) };
        t->v = arena_array(&c->arena, struct value, (size_t)(t->n * t->columns));
        for (int k = 0; k < t->columns; k++)
                t->format[k] = PQftype(r, k) == BYTEA_OID;
        for (int row = 0; row < t->n; row++)
                for (int k = 0; k < t->columns; k++)
                        t->v[row * t->columns + k] = value_of(&c->arena, r, row, k);
        PQclear(r);
        c->n = t->n > c->n ? t->n : c->n;
        return EXIT_FINE;
}

static int read_all(struct copying *c, PGconn *pg, int64_t most)
{
        int rc = plain(pg, "DROP SCHEMA IF EXISTS bare CASCADE; CREATE SCHEMA bare") ? EXIT_FINE : broke(c, pg);
        for (size_t i = 0; i < TABLES && rc == EXIT_FINE; i++) {
                char text[256];
                snprintf(text, sizeof(text), "CREATE TABLE bare.%s (LIKE %s INCLUDING ALL)", source[i].name, source[i].name);
                rc = plain(pg, text) ? read_table(c, pg, i, most) : broke(c, pg);
        }
        return rc;
}

/* ---- writing it ------------------------------------------------------------------------------------------------------- */

static bool prepare(struct lane *l)
{
        for (size_t i = 0; i < TABLES; i++) {
                char text[512];
                int n = snprintf(text, sizeof(text), "INSERT INTO bare.%s VALUES (", source[i].name);
                for (int k = 0; k < l->c->rows[i].columns; k++)
                        n += snprintf(text + n, sizeof(text) - (size_t)n, "%s$%d", k ? "," : "", k + 1);
                snprintf(text + n, sizeof(text) - (size_t)n, ")");
                PGresult *r = PQprepare(l->pg, source[i].name, text, 0, NULL);
                bool fine = PQresultStatus(r) == PGRES_COMMAND_OK;
                PQclear(r);
                if (!fine)
                        return false;
        }
        return PQenterPipelineMode(l->pg) == 1;
}

static bool send_row(struct lane *l, size_t i, int row)
{
        const struct rows *t = &l->c->rows[i];
        const char *p[COLUMNS_MAX];
        int n[COLUMNS_MAX];
        for (int k = 0; k < t->columns; k++) {
                p[k] = t->v[row * t->columns + k].p;
                n[k] = t->v[row * t->columns + k].n;
        }
        return PQsendQueryPrepared(l->pg, source[i].name, t->columns, p, n, t->format, 1) == 1;
}

static bool answers(struct lane *l, int statements)
{
        bool fine = true;
        for (int i = 0; i < statements; i++) {
                PGresult *r = PQgetResult(l->pg);
                fine = fine && PQresultStatus(r) == PGRES_COMMAND_OK;
                PQclear(r);
                PQclear(PQgetResult(l->pg));
        }
        PGresult *r = PQgetResult(l->pg);
        fine = fine && PQresultStatus(r) == PGRES_PIPELINE_SYNC;
        PQclear(r);
        return fine;
}

static bool write_one(struct lane *l, int row)
{
        int sent = 2;
        bool fine = PQsendQueryParams(l->pg, "BEGIN", 0, NULL, NULL, NULL, NULL, 0) == 1;
        for (size_t i = 0; i < TABLES && fine; i++) {
                if (row >= l->c->rows[i].n)
                        continue;
                fine = send_row(l, i, row);
                sent++;
        }
        return fine && PQsendQueryParams(l->pg, "COMMIT", 0, NULL, NULL, NULL, NULL, 0) == 1 && PQpipelineSync(l->pg) == 1 && answers(l, sent);
}

static void *write_lane(void *arg)
{
        struct lane *l = arg;
        for (int row = l->from; row < l->upto && !l->failed; row++)
                l->failed = !write_one(l, row);
        return NULL;
}

static int write_all(struct copying *c, int connections, double *ret_rate)
{
        struct lane *lane = arena_array(&c->arena, struct lane, (size_t)connections);
        int rc = EXIT_FINE, each = c->n / connections;
        for (int i = 0; i < connections; i++) {
                lane[i] = (struct lane){ .c = c, .pg = PQconnectdb(c->url), .from = i * each, .upto = (i + 1) * each };
                if (PQstatus(lane[i].pg) != CONNECTION_OK || !prepare(&lane[i]))
                        rc = broke(c, lane[i].pg);
        }
        double begin = bench_clock();
        for (int i = 0; i < connections && rc == EXIT_FINE; i++)
                if (pthread_create(&lane[i].thread, NULL, write_lane, &lane[i]) != 0)
                        BUG("no thread");
        for (int i = 0; i < connections && rc == EXIT_FINE; i++)
                pthread_join(lane[i].thread, NULL);
        *ret_rate = each * connections / (bench_clock() - begin);
        for (int i = 0; i < connections; i++) {
                if (lane[i].failed)
                        rc = broke(c, lane[i].pg);
                PQfinish(lane[i].pg);
        }
        return rc;
}

static double one_number(PGconn *pg, const char *sql)
{
        PGresult *r = PQexec(pg, sql);
        double v = PQntuples(r) ? strtod(PQgetvalue(r, 0, 0), NULL) : 0;
        PQclear(r);
        return v;
}

int bare_pg(struct bench *b, const char *url, int connections, int64_t most, double *ret_rate, struct intake_cost *ret)
{
        struct copying c = { .b = b, .url = url, .arena = { .block = 1 << 20 } };
        PGconn *pg = PQconnectdb(url);
        int rc = PQstatus(pg) == CONNECTION_OK ? read_all(&c, pg, most) : broke(&c, pg);
        if (rc == EXIT_FINE && c.n < connections) {
                bench_say(b, "%s", "bare libpq: too few rows to copy");
                rc = EXIT_FAILED;
        }
        if (rc == EXIT_FINE)
                rc = write_all(&c, connections, ret_rate);
        if (rc == EXIT_FINE) {
                double rows = 0;
                for (size_t i = 0; i < TABLES; i++)
                        rows += c.rows[i].n;
                *ret = (struct intake_cost){
                        .rows = rows / c.n,
                        .trees = one_number(pg, "SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = "
                                                "c.relnamespace WHERE n.nspname = 'bare' AND pg_relation_size(c.oid) > 8192"),
                        .bytes = one_number(pg, "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = "
                                                "c.relnamespace WHERE n.nspname = 'bare' AND c.relkind = 'r'") / c.n,
                };
        }
        plain(pg, "DROP SCHEMA IF EXISTS bare CASCADE");
        PQfinish(pg);
        arena_free(&c.arena);
        return rc;
}

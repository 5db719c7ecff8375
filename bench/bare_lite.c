#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>
#include "bare.h"

/* The tables an intake writes, in the order it writes them. */
static const struct {
        const char *name, *select;
} source[] = {
        { "matter_entry", "SELECT * FROM matter_entry WHERE n = 1 ORDER BY town, matter" },
        { "store_event", "SELECT * FROM store_event WHERE n = 1 ORDER BY town, matter" },
        { "store_tail", "SELECT town, matter, n, hash FROM store_event WHERE n = 1 ORDER BY town, matter" },
        { "people_vault", "SELECT * FROM people_vault ORDER BY town, person" },
        { "matter_case", "SELECT * FROM matter_case ORDER BY town, id" },
        { "store_idem", "SELECT * FROM store_idem WHERE route = 'matter.open' ORDER BY town, route, actor, idem" },
};
#define TABLES COUNT(source)
#define COLUMNS_MAX 48

struct cell {
        int type; /* SQLITE_INTEGER, SQLITE_TEXT … */
        int n;
        int64_t number;
        const char *p;
};

struct copying {
        struct bench *b;
        sqlite3 *from, *to;
        sqlite3_stmt *read[TABLES], *write[TABLES];
        int columns[TABLES];
        struct arena arena;          /* of one batch */
        struct cell *cell[TABLES];   /* batch * columns */
        int64_t rows, trees;
};

static int broke(struct copying *c, sqlite3 *db)
{
        bench_say(c->b, "bare SQLite: %s", sqlite3_errmsg(db));
        return EXIT_FAILED;
}

static bool plain(sqlite3 *db, const char *sql)
{
        return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* Tables and indexes word for word as the program made them. */
static int copy_schema(struct copying *c)
{
        sqlite3_stmt *s;
        for (size_t i = 0; i < TABLES; i++) {
                if (sqlite3_prepare_v2(c->from, "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type DESC", -1, &s, NULL) != SQLITE_OK)
                        return broke(c, c->from);
                sqlite3_bind_text(s, 1, source[i].name, -1, SQLITE_STATIC);
                while (sqlite3_step(s) == SQLITE_ROW)
                        if (!plain(c->to, (const char *)sqlite3_column_text(s, 0)))
                                return broke(c, c->to);
                sqlite3_finalize(s);
        }
        return EXIT_FINE;
}

static int prepare(struct copying *c)
{
        for (size_t i = 0; i < TABLES; i++) {
                char text[512];
                int n = snprintf(text, sizeof(text), "INSERT INTO %s VALUES (", source[i].name);
                if (sqlite3_prepare_v2(c->from, source[i].select, -1, &c->read[i], NULL) != SQLITE_OK)
                        return broke(c, c->from);
                c->columns[i] = sqlite3_column_count(c->read[i]);
                for (int k = 0; k < c->columns[i]; k++)
                        n += snprintf(text + n, sizeof(text) - (size_t)n, k ? ",?" : "?");
                snprintf(text + n, sizeof(text) - (size_t)n, ")");
                if (c->columns[i] > COLUMNS_MAX || sqlite3_prepare_v3(c->to, text, -1, SQLITE_PREPARE_PERSISTENT, &c->write[i], NULL) != SQLITE_OK)
                        return broke(c, c->to);
        }
        return EXIT_FINE;
}

static int open_both(struct copying *c, const char *from, const char *to)
{
        unlink(to);
        if (sqlite3_open_v2(from, &c->from, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
                return broke(c, c->from);
        if (sqlite3_open(to, &c->to) != SQLITE_OK ||
            !plain(c->to, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-49152; PRAGMA wal_autocheckpoint=4000"))
                return broke(c, c->to);
        int rc = copy_schema(c);
        return rc == EXIT_FINE ? prepare(c) : rc;
}

static struct cell cell_of(struct arena *a, sqlite3_stmt *s, int k)
{
        struct cell v = { .type = sqlite3_column_type(s, k) };
        if (v.type == SQLITE_INTEGER) {
                v.number = sqlite3_column_int64(s, k);
        } else if (v.type != SQLITE_NULL) {
                const void *p = sqlite3_column_blob(s, k);
                v.n = sqlite3_column_bytes(s, k);
                v.p = arena_strndup(a, p, (size_t)v.n);
        }
        return v;
}

/* The next rows of table @i: how many there were. */
static int read_some(struct copying *c, size_t i, int batch)
{
        int n = 0;
        c->cell[i] = arena_array(&c->arena, struct cell, (size_t)(batch * c->columns[i]));
        while (n < batch && sqlite3_step(c->read[i]) == SQLITE_ROW) {
                for (int k = 0; k < c->columns[i]; k++)
                        c->cell[i][n * c->columns[i] + k] = cell_of(&c->arena, c->read[i], k);
                n++;
        }
        return n;
}

static bool write_row(sqlite3_stmt *s, const struct cell *v, int columns)
{
        for (int k = 0; k < columns; k++) {
                if (v[k].type == SQLITE_INTEGER)
                        sqlite3_bind_int64(s, k + 1, v[k].number);
                else if (v[k].type == SQLITE_TEXT)
                        sqlite3_bind_text(s, k + 1, v[k].p, v[k].n, SQLITE_STATIC);
                else if (v[k].type == SQLITE_BLOB)
                        sqlite3_bind_blob(s, k + 1, v[k].p, v[k].n, SQLITE_STATIC);
                else
                        sqlite3_bind_null(s, k + 1);
        }
        bool fine = sqlite3_step(s) == SQLITE_DONE;
        sqlite3_reset(s);
        return fine;
}

static int write_batch(struct copying *c, const int n[TABLES], int most)
{
        if (!plain(c->to, "BEGIN IMMEDIATE"))
                return broke(c, c->to);
        for (int r = 0; r < most; r++)
                for (size_t i = 0; i < TABLES; i++)
                        if (r < n[i] && !write_row(c->write[i], c->cell[i] + r * c->columns[i], c->columns[i]))
                                return broke(c, c->to);
        return plain(c->to, "COMMIT") ? EXIT_FINE : broke(c, c->to);
}

static int copy_all(struct copying *c, int batch, int64_t most, int64_t *ret_n, double *ret_s)
{
        *ret_n = 0;
        *ret_s = 0;
        while (*ret_n < most) {
                int n[TABLES], top = 0;
                for (size_t i = 0; i < TABLES; i++) {
                        n[i] = read_some(c, i, batch);
                        top = n[i] > top ? n[i] : top;
                        c->rows += n[i];
                }
                if (top == 0)
                        return EXIT_FINE;
                double begin = bench_clock();
                int rc = write_batch(c, n, top);
                *ret_s += bench_clock() - begin;
                if (rc != EXIT_FINE)
                        return rc;
                *ret_n += top;
                arena_reset(&c->arena);
        }
        return EXIT_FINE;
}

static double one_number(sqlite3 *db, const char *sql)
{
        sqlite3_stmt *s;
        double v = 0;
        if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
                v = sqlite3_column_double(s, 0);
        sqlite3_finalize(s);
        return v;
}

/* Every table here has its primary key as its own tree. */
static double trees_used(struct copying *c)
{
        double n = 0;
        for (size_t i = 0; i < TABLES; i++) {
                char text[256];
                snprintf(text, sizeof(text), "SELECT count(*) FROM sqlite_master WHERE tbl_name = '%s' AND EXISTS (SELECT 1 FROM %s)",
                         source[i].name, source[i].name);
                n += one_number(c->to, text);
        }
        return n;
}

static void copy_end(struct copying *c)
{
        for (size_t i = 0; i < TABLES; i++) {
                sqlite3_finalize(c->read[i]);
                sqlite3_finalize(c->write[i]);
        }
        sqlite3_close(c->from);
        sqlite3_close(c->to);
        arena_free(&c->arena);
}

int bare_lite(struct bench *b, const char *from, const char *to, int batch, int64_t most, double *ret_rate, struct intake_cost *ret)
{
        struct copying c = { .b = b, .arena = { .block = 1 << 20 } };
        int64_t n = 0;
        double s = 0;
        int rc = open_both(&c, from, to);
        if (rc == EXIT_FINE)
                rc = copy_all(&c, batch, most, &n, &s);
        if (rc == EXIT_FINE && n > 0) {
                *ret_rate = (double)n / s;
                *ret = (struct intake_cost){ .rows = (double)c.rows / (double)n, .trees = trees_used(&c) };
                plain(c.to, "PRAGMA wal_checkpoint(TRUNCATE)");
                ret->bytes = one_number(c.to, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") / (double)n;
        }
        copy_end(&c);
        return rc;
}

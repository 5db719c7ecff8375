/* Every statement that is linked into this program, run on both engines over the same rows and inputs; codes, numbers
 * changed and rows must agree. In the room's own test these are the store's; t/ builds it with the whole house. */
#include "store/inner/store_inner.h"
#include "store/store_test_util.h"

/* What the inputs hold: zeros and empty texts; NULL wherever it is allowed; ones and "a". */
enum fill { ZEROS, NULLS, ONES, FILLS };

struct trial {
        const struct sql_table *table;
        uint32_t i;
        enum fill fill;
        bool keep; /* commit, so that later statements find rows */
        int rc;
        size_t rows;
        int64_t changed;
        uint64_t digest; /* of the rows' contents */
};

struct both {
        struct store *store[2];
        enum fill fill;
        bool keep, rows; /* rows: some were kept, tables are no longer empty */
        int runs, found, bad;
};

/* ---- inputs and rows -------------------------------------------------------------------------------- */
static void fill_null(const struct sql_field *f, void *p)
{
        if (f->type == SQL_INT64 || f->type == SQL_INSTANT)
                *(int64_t *)p = INT64_MIN;
        else if (f->type == SQL_INT32 || f->type == SQL_DAY)
                *(int32_t *)p = INT32_MIN;
}

static void fill_one(const struct sql_field *f, void *p)
{
        if (sql_is_bytes(f->type))
                *(struct str *)p = STR("a");
        else if (f->type == SQL_INT64 || f->type == SQL_INSTANT)
                *(int64_t *)p = 1;
        else if (f->type == SQL_BOOL)
                *(bool *)p = true;
        else
                *(int32_t *)p = 1;
}

static unsigned char *make_in(struct arena *a, const struct sql_stmt *st, enum fill fill)
{
        unsigned char *in = arena_alloc(a, st->in_size);
        for (uint32_t i = 0; i < st->n_in; i++) {
                if (fill == NULLS && st->in[i].null)
                        fill_null(&st->in[i], in + st->in[i].offset);
                if (fill == ONES)
                        fill_one(&st->in[i], in + st->in[i].offset);
        }
        return in;
}

static uint64_t digest_of(const struct sql_stmt *st, const unsigned char *row, size_t n)
{
        uint64_t d = n;
        for (; n; n--, row += st->row_size) {
                for (uint32_t i = 0; i < st->n_out; i++) {
                        const struct sql_field *f = &st->out[i];
                        d = d * 1099511628211U +
                            (sql_is_bytes(f->type) ? str_hash(sql_in_str(f, row)) : (uint64_t)sql_in_int(f, row));
                }
        }
        return d;
}

/* ---- one statement on one engine -------------------------------------------------------------------- */
static int try_out(struct tx *tx, struct command *c)
{
        struct trial *t = c->arg;
        const struct sql_stmt *st = &t->table->stmt[t->i];
        ARENA_AUTO a = { 0 };
        void *in = make_in(&a, st, t->fill), *row = arena_alloc(&a, st->row_size);

        t->rows = 0;
        t->changed = 0;
        if (st->shape == SQL_MUST) {
                t->rc = sql_run_exec(tx, t->table, t->i, in, NULL);
        } else if (st->shape == SQL_EXEC) {
                t->rc = sql_run_exec(tx, t->table, t->i, in, &t->changed);
        } else if (st->shape == SQL_ONE) {
                t->rc = sql_run_one(tx, &a, t->table, t->i, in, row);
                t->rows = t->rc == OK;
        } else {
                t->rc = sql_run_many(tx, &a, t->table, t->i, in, &row, &t->rows);
        }
        t->digest = digest_of(st, row, t->rows);
        return t->keep ? t->rc : ERR_STATE;
}

/* ---- both ------------------------------------------------------------------------------------------- */
/* A statement with two texts need only find the same in empty tables; how many rows it touches is its own affair. */
static bool alike(const struct sql_stmt *st, const struct trial *a, const struct trial *b)
{
        return a->rc == b->rc && a->rows == b->rows && a->digest == b->digest &&
               (st->apart || a->changed == b->changed);
}

static bool acceptable(int rc)
{
        return rc == OK || rc == ERR_NONE || rc == ERR_RULE || rc == ERR_EXISTS || rc == ERR_CONFLICT;
}

static void same_on_both(const struct sql_table *table, uint32_t i, void *arg)
{
        struct both *b = arg;
        struct trial t[2] = { { .table = table, .i = i, .fill = b->fill, .keep = b->keep } };
        const struct sql_stmt *st = &table->stmt[i];
        int took[2] = { OK, OK };

        if (b->keep && (!st->write || !strncmp(st->sqlite, "DELETE", 6)))
                return;
        if (b->rows && st->apart) /* search: what the engines keep differs, and FTS5 must be told the truth */
                return;
        t[1] = t[0];
        for (int e = 0; e < 2; e++)
                if (b->store[e])
                        took[e] = store_write(b->store[e], try_out, &t[e], PRIO_REQUEST, NULL);
        for (int e = 0; e < 2 && st->shape == SQL_MUST; e++) /* PostgreSQL says it at COMMIT only, and where nothing is kept there is none */
                t[e].rc = b->keep ? took[e] : OK;
        b->runs++;
        b->found += t[0].rows > 0;
        if (acceptable(t[0].rc) && (!b->store[1] || alike(st, &t[0], &t[1])))
                return;
        b->bad++;
        print_message("%s/%s (%d): SQLite %d, %zu rows, %d changed; PostgreSQL %d, %zu rows, %d changed\n", table->room,
                      st->name, (int)b->fill, t[0].rc, t[0].rows, (int)t[0].changed, t[1].rc, t[1].rows,
                      (int)t[1].changed);
}

TEST(every_statement_runs_alike)
{
        struct both b = { .store = { test_store(STORE_SQLITE), test_store(STORE_POSTGRES) } };

        /* First on empty tables; then whatever can be written with such inputs is, some of it needing what another
         * wrote; then all once more over those rows. */
        for (b.fill = ZEROS; b.fill < FILLS; b.fill++)
                sql_each(same_on_both, &b);
        b.keep = b.rows = true;
        for (int round = 0; round < 3; round++)
                for (b.fill = ZEROS; b.fill < FILLS; b.fill++)
                        sql_each(same_on_both, &b);
        b.keep = false;
        for (b.fill = ZEROS; b.fill < FILLS; b.fill++)
                sql_each(same_on_both, &b);
        print_message("%d runs, %d with rows\n", b.runs, b.found);
        CHECK(b.found > 10);
        CHECK_EQ(b.bad, 0);
        store_close(b.store[0]);
        store_close(b.store[1]);
}

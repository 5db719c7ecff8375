/* Every statement that is linked into this program, prepared and run on both engines over the same inputs: zeros and
 * empty texts. In the room's own test these are the store's; t/ builds it once more with the whole house. */
#include "store/sql.h"
#include "store/store_test_util.h"

struct both {
        struct store *store[2];
        int statements;
};

struct trial {
        const struct sql_table *table;
        uint32_t i;
        int rc;
        size_t rows;
        int64_t changed;
};

static int try_out(struct tx *tx, struct command *c)
{
        struct trial *t = c->arg;
        const struct sql_stmt *st = &t->table->stmt[t->i];
        ARENA_AUTO a = { 0 };
        void *in = arena_alloc(&a, st->in_size), *row = arena_alloc(&a, st->row_size);

        t->rows = 0;
        t->changed = 0;
        if (st->shape == SQL_EXEC) {
                t->rc = sql_run_exec(tx, t->table, t->i, in, &t->changed);
        } else if (st->shape == SQL_ONE) {
                t->rc = sql_run_one(tx, &a, t->table, t->i, in, row);
                t->rows = t->rc == OK;
        } else {
                t->rc = sql_run_many(tx, &a, t->table, t->i, in, &row, &t->rows);
        }
        return ERR_STATE; /* leave nothing behind */
}

static void same_on_both(const struct sql_table *table, uint32_t i, void *arg)
{
        struct both *b = arg;
        struct trial t[2] = { { table, i, 0, 0, 0 }, { table, i, 0, 0, 0 } };

        for (int e = 0; e < 2; e++)
                if (b->store[e])
                        CHECK_EQ(store_write(b->store[e], try_out, &t[e], PRIO_REQUEST, NULL), ERR_STATE);
        const char *name = table->stmt[i].name;
        if (t[0].rc != OK && t[0].rc != ERR_NONE && t[0].rc != ERR_RULE)
                fail_msg("%s on SQLite: %s", name, err_kind(t[0].rc)->name);
        if (b->store[1] && (t[0].rc != t[1].rc || t[0].rows != t[1].rows || t[0].changed != t[1].changed))
                fail_msg("%s: SQLite %d (%zu rows, %d changed), PostgreSQL %d (%zu rows, %d changed)", name, t[0].rc,
                         t[0].rows, (int)t[0].changed, t[1].rc, t[1].rows, (int)t[1].changed);
        b->statements++;
}

TEST(every_statement_runs_alike)
{
        struct both b = { { test_store(STORE_SQLITE), test_store(STORE_POSTGRES) }, 0 };
        sql_each(same_on_both, &b);
        CHECK(b.statements > 10);
        store_close(b.store[0]);
        store_close(b.store[1]);
}

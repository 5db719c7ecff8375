#include "store/inner/lite.h"

void lite_pool_init(struct store *s)
{
        struct lite *l = lite_of(s);
        int n = s->options.connections;

        pool_init(&l->pool);
        l->reader = arena_array(&l->arena, struct lite_conn, (size_t)n);
        for (int i = 0; i < n; i++) {
                lite_conn_init(&l->reader[i], s, &l->arena, false);
                pool_give(&l->pool, &l->reader[i].tx);
        }
}

void lite_pool_free(struct store *s)
{
        struct lite *l = lite_of(s);

        for (int i = 0; i < s->options.connections; i++)
                lite_conn_close(&l->reader[i]);
        pool_free(&l->pool);
}

int lite_read_begin(struct store *s, struct tx **ret, struct err *err)
{
        struct tx *tx;
        int rc = pool_take(&lite_of(s)->pool, s->options.busy_ms, &tx, err);
        if (rc != OK)
                return rc;

        struct lite_conn *c = (struct lite_conn *)tx;
        c->deadline = 0;
        rc = lite_conn_open(c, false);
        if (rc == OK)
                rc = lite_do(c, LITE_BEGIN_READ);
        if (rc != OK) {
                lite_conn_close(c);
                pool_give(&lite_of(s)->pool, tx);
                return rc == ERR_INTERNAL ? ERR_STORE : rc;
        }
        c->deadline = mono_us() + READ_MAX_US;
        tx->err = err;
        tx->failed = OK;
        *ret = tx;
        return OK;
}

int lite_read_renew(struct tx *tx)
{
        struct lite_conn *c = (struct lite_conn *)tx;

        c->deadline = 0;
        if (!sqlite3_get_autocommit(c->db))
                lite_do(c, LITE_COMMIT);
        int rc = lite_do(c, LITE_BEGIN_READ);
        c->deadline = mono_us() + READ_MAX_US;
        c->tx.failed = rc;
        return rc;
}

void lite_read_end(struct tx *tx)
{
        struct lite_conn *c = (struct lite_conn *)tx;
        int failed = tx->failed;

        c->deadline = 0;
        c->tx.err = NULL;
        if (!sqlite3_get_autocommit(c->db) && lite_do(c, LITE_COMMIT) != OK)
                failed = ERR_IO;
        if (failed == ERR_IO) /* its caches may be wrong */
                lite_conn_close(c);
        pool_give(&lite_of(tx->store)->pool, tx);
}

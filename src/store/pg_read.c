#include "store/inner/pg.h"

void pg_pool_init(struct store *s)
{
        struct pg *p = pg_of(s);
        int n = s->options.connections;

        pool_init(&p->pool);
        p->reader = arena_array(&p->arena, struct pg_conn, (size_t)n);
        for (int i = 0; i < n; i++) {
                pg_conn_init(&p->reader[i], s, &p->arena, false);
                pool_give(&p->pool, &p->reader[i].tx);
        }
}

void pg_pool_free(struct store *s)
{
        struct pg *p = pg_of(s);

        for (int i = 0; i < s->options.connections; i++)
                pg_conn_close(&p->reader[i]);
        pool_free(&p->pool);
}

/* The answer to the last reader's COMMIT is still to be taken. */
static int make_ready(struct pg_conn *c)
{
        pg_begin(c, NULL);
        if (c->c && ((c->n_sent && pg_drain(c, NULL) != OK) || !pg_conn_alive(c)))
                pg_conn_close(c);
        return pg_conn_open(c);
}

int pg_read_begin(struct store *s, struct tx **ret, struct err *err)
{
        struct tx *tx;
        int rc = pool_take(&pg_of(s)->pool, s->options.busy_ms, &tx, err);
        if (rc != OK)
                return rc;

        struct pg_conn *c = (struct pg_conn *)tx;
        rc = make_ready(c);
        if (rc != OK) {
                pool_give(&pg_of(s)->pool, tx);
                return rc;
        }
        pg_begin(c, err);
        c->read_until = mono_us() + PG_READ_MAX_US;
        *ret = tx;
        return OK;
}

int pg_read_renew(struct tx *tx)
{
        struct pg_conn *c = (struct pg_conn *)tx;

        if (c->lost)
                return ERR_STORE;
        pg_leave(c);
        int rc = c->n_sent ? pg_drain(c, NULL) : OK;
        if (c->lost)
                return ERR_STORE;
        pg_begin(c, tx->err);
        c->read_until = mono_us() + PG_READ_MAX_US;
        return rc;
}

void pg_read_end(struct tx *tx)
{
        struct pg_conn *c = (struct pg_conn *)tx;

        pg_leave(c);
        if (c->lost)
                pg_conn_close(c);
        tx->err = NULL;
        pool_give(&pg_of(tx->store)->pool, tx);
}

#include <errno.h>
#include <time.h>
#include "store/inner/pg.h"

void pg_pool_init(struct store *s)
{
        struct pg *p = pg_of(s);
        int n = s->options.connections;

        pthread_mutex_init(&p->pool.lock, NULL);
        pthread_cond_init(&p->pool.some, NULL);
        p->pool.all = arena_array(&p->arena, struct pg_conn, (size_t)n);
        for (int i = n - 1; i >= 0; i--) {
                pg_conn_init(&p->pool.all[i], s, &p->arena, false);
                p->pool.all[i].next = p->pool.free;
                p->pool.free = &p->pool.all[i];
        }
}

void pg_pool_free(struct store *s)
{
        struct pg *p = pg_of(s);

        for (int i = 0; i < s->options.connections; i++)
                pg_conn_close(&p->pool.all[i]);
        pthread_cond_destroy(&p->pool.some);
        pthread_mutex_destroy(&p->pool.lock);
}

static struct pg_conn *take(struct pg *p, int ms)
{
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += (ms + 999) / 1000;

        pthread_mutex_lock(&p->pool.lock);
        while (!p->pool.free)
                if (pthread_cond_timedwait(&p->pool.some, &p->pool.lock, &until) == ETIMEDOUT)
                        break;
        struct pg_conn *c = p->pool.free;
        if (c)
                p->pool.free = c->next;
        pthread_mutex_unlock(&p->pool.lock);
        return c;
}

static void give_back(struct pg *p, struct pg_conn *c)
{
        pthread_mutex_lock(&p->pool.lock);
        c->next = p->pool.free;
        p->pool.free = c;
        pthread_cond_signal(&p->pool.some);
        pthread_mutex_unlock(&p->pool.lock);
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
        struct pg_conn *c = take(pg_of(s), s->options.busy_ms);
        if (!c)
                return err_set(err, ERR_BUSY, "", "查询过多，请稍后再试。", "Too many queries at once; try again shortly.");

        int rc = make_ready(c);
        if (rc != OK) {
                give_back(pg_of(s), c);
                return rc;
        }
        pg_begin(c, err);
        c->read_until = mono_us() + PG_READ_MAX_US;
        *ret = &c->tx;
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
        give_back(pg_of(tx->store), c);
}

#include <errno.h>
#include <time.h>
#include "store/inner/lite.h"

void lite_pool_init(struct store *s)
{
        struct lite *l = lite_of(s);
        int n = s->options.connections;

        pthread_mutex_init(&l->pool.lock, NULL);
        pthread_cond_init(&l->pool.some, NULL);
        l->pool.all = arena_array(&l->arena, struct lite_conn, (size_t)n);
        l->pool.n = n;
        for (int i = n - 1; i >= 0; i--) {
                lite_conn_init(&l->pool.all[i], s, &l->arena, false);
                l->pool.all[i].next = l->pool.free;
                l->pool.free = &l->pool.all[i];
        }
}

void lite_pool_free(struct store *s)
{
        struct lite *l = lite_of(s);

        for (int i = 0; i < l->pool.n; i++)
                lite_conn_close(&l->pool.all[i]);
        pthread_cond_destroy(&l->pool.some);
        pthread_mutex_destroy(&l->pool.lock);
}

/* The connection used last comes first: its cache is warm. */
static struct lite_conn *take(struct lite *l, int ms)
{
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += ms / 1000;

        pthread_mutex_lock(&l->pool.lock);
        while (!l->pool.free)
                if (pthread_cond_timedwait(&l->pool.some, &l->pool.lock, &until) == ETIMEDOUT)
                        break;
        struct lite_conn *c = l->pool.free;
        if (c)
                l->pool.free = c->next;
        pthread_mutex_unlock(&l->pool.lock);
        return c;
}

static void give_back(struct lite *l, struct lite_conn *c)
{
        pthread_mutex_lock(&l->pool.lock);
        c->next = l->pool.free;
        l->pool.free = c;
        pthread_cond_signal(&l->pool.some);
        pthread_mutex_unlock(&l->pool.lock);
}

int lite_read_begin(struct store *s, struct tx **ret, struct err *err)
{
        struct lite_conn *c = take(lite_of(s), s->options.busy_ms);
        if (!c)
                return err_set(err, ERR_BUSY, "", "查询过多，请稍后再试。", "Too many queries at once; try again shortly.");

        c->deadline = 0;
        int rc = lite_conn_open(c, false);
        if (rc == OK)
                rc = lite_do(c, LITE_BEGIN_READ);
        if (rc != OK) {
                lite_conn_close(c);
                give_back(lite_of(s), c);
                return rc == ERR_INTERNAL ? ERR_STORE : rc;
        }
        c->deadline = mono_us() + READ_MAX_US;
        c->tx.err = err;
        c->tx.failed = OK;
        *ret = &c->tx;
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
        give_back(lite_of(tx->store), c);
}

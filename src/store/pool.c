#include "store/inner/store_inner.h"

void pool_init(struct pool *p)
{
        pthread_condattr_t mono;
        *p = (struct pool){ 0 };
        pthread_mutex_init(&p->lock, NULL);
        pthread_condattr_init(&mono);
        pthread_condattr_setclock(&mono, CLOCK_MONOTONIC);
        pthread_cond_init(&p->some, &mono);
        pthread_condattr_destroy(&mono);
}

void pool_free(struct pool *p)
{
        pthread_cond_destroy(&p->some);
        pthread_mutex_destroy(&p->lock);
}

void pool_give(struct pool *p, struct tx *tx)
{
        pthread_mutex_lock(&p->lock);
        tx->next = p->free;
        p->free = tx;
        pthread_cond_signal(&p->some);
        pthread_mutex_unlock(&p->lock);
}

int pool_take(struct pool *p, int ms, struct tx **ret, struct err *err)
{
        struct timespec until = mono_after(ms);

        pthread_mutex_lock(&p->lock);
        while (!p->free)
                if (pthread_cond_timedwait(&p->some, &p->lock, &until))
                        break;
        struct tx *tx = p->free;
        if (tx)
                p->free = tx->next;
        pthread_mutex_unlock(&p->lock);
        if (!tx)
                return err_set(err, ERR_BUSY, "", "查询过多，请稍后再试。",
                               "Too many queries at once; try again shortly.");
        *ret = tx;
        return OK;
}

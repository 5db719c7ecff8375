#include "store/inner/store_inner.h"

struct timespec mono_after(int ms)
{
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        t.tv_sec += ms / 1000;
        t.tv_nsec += ms % 1000 * 1000000L;
        if (t.tv_nsec >= 1000000000L) {
                t.tv_sec++;
                t.tv_nsec -= 1000000000L;
        }
        return t;
}

void queue_init(struct queue *q, size_t max)
{
        pthread_condattr_t mono;
        *q = (struct queue){ .max = max };
        q->tail[0] = &q->head[0];
        q->tail[1] = &q->head[1];
        pthread_mutex_init(&q->lock, NULL);
        pthread_condattr_init(&mono);
        pthread_condattr_setclock(&mono, CLOCK_MONOTONIC);
        pthread_cond_init(&q->some, &mono);
        pthread_condattr_destroy(&mono);
}

void queue_free(struct queue *q)
{
        pthread_cond_destroy(&q->some);
        pthread_mutex_destroy(&q->lock);
}

int queue_put(struct queue *q, struct command *c)
{
        int lane = c->priority == PRIO_BACKGROUND, rc = ERR_BUSY;

        c->next = NULL;
        pthread_mutex_lock(&q->lock);
        if (!q->closing && q->n[lane] < q->max) {
                *q->tail[lane] = c;
                q->tail[lane] = &c->next;
                q->n[lane]++;
                rc = OK;
                if (q->sleeping && lane)
                        pthread_cond_broadcast(&q->some); /* some sleepers do not take this lane */
                else if (q->sleeping)
                        pthread_cond_signal(&q->some);
        }
        pthread_mutex_unlock(&q->lock);
        return rc;
}

struct command *queue_take(struct queue *q, enum store_priority priority)
{
        int lane = priority == PRIO_BACKGROUND;

        pthread_mutex_lock(&q->lock);
        struct command *c = q->head[lane];
        if (c) {
                q->head[lane] = c->next;
                if (!c->next)
                        q->tail[lane] = &q->head[lane];
                q->n[lane]--;
        }
        pthread_mutex_unlock(&q->lock);
        return c;
}

bool queue_wait(struct queue *q, int ms, bool requests_only)
{
        struct timespec until = mono_after(ms);

        pthread_mutex_lock(&q->lock);
        q->sleeping++;
        while (!q->n[0] && (requests_only || !q->n[1]) && !q->closing && !q->woken)
                if (pthread_cond_timedwait(&q->some, &q->lock, &until))
                        break;
        q->sleeping--;
        q->woken = false;
        bool stay = q->n[0] || q->n[1] || !q->closing;
        pthread_mutex_unlock(&q->lock);
        return stay;
}

void queue_wake(struct queue *q)
{
        pthread_mutex_lock(&q->lock);
        if (q->sleeping) {
                q->woken = true;
                pthread_cond_broadcast(&q->some);
        }
        pthread_mutex_unlock(&q->lock);
}

void queue_close(struct queue *q)
{
        pthread_mutex_lock(&q->lock);
        q->closing = true;
        pthread_cond_broadcast(&q->some);
        pthread_mutex_unlock(&q->lock);
}

size_t queue_length(struct queue *q)
{
        pthread_mutex_lock(&q->lock);
        size_t n = q->n[0] + q->n[1];
        pthread_mutex_unlock(&q->lock);
        return n;
}

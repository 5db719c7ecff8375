#include "api/inner/pool.h"
#include <pthread.h>
#include "base/err.h"

struct pool {
        pthread_mutex_t lock;
        pthread_cond_t some;
        struct pool_item *head, **tail;
        int places; /* taken: waiting or promised */
        int waiting, queue_max, workers, idle;
        bool closing;
        pthread_t *thread;
        void (*work)(void *, struct pool_item *);
        void *arg;
};

/* The next item, or NULL when the pool is closing and empty. */
static struct pool_item *pool_take(struct pool *p)
{
        pthread_mutex_lock(&p->lock);
        p->idle++;
        while (!p->head && !(p->closing && p->places == 0))
                pthread_cond_wait(&p->some, &p->lock);
        p->idle--;
        struct pool_item *item = p->head;
        if (item) {
                p->head = item->next;
                p->waiting--;
                p->places--;
                if (!p->head)
                        p->tail = &p->head;
        }
        if (p->closing)
                pthread_cond_broadcast(&p->some);
        pthread_mutex_unlock(&p->lock);
        return item;
}

static void *pool_main(void *arg)
{
        struct pool *p = arg;
        for (struct pool_item *item; (item = pool_take(p));)
                p->work(p->arg, item);
        return NULL;
}

struct pool *pool_new(struct arena *arena, int workers, int queue_max, void (*work)(void *arg, struct pool_item *),
                      void *arg)
{
        struct pool *p = arena_new(arena, struct pool);
        *p = (struct pool){ .queue_max = queue_max, .workers = workers, .work = work, .arg = arg };
        p->tail = &p->head;
        p->thread = arena_array(arena, pthread_t, (size_t)workers);
        pthread_mutex_init(&p->lock, NULL);
        pthread_cond_init(&p->some, NULL);
        for (int i = 0; i < workers; i++)
                if (pthread_create(&p->thread[i], NULL, pool_main, p) != 0)
                        BUG("no thread for a worker");
        return p;
}

bool pool_reserve(struct pool *p)
{
        pthread_mutex_lock(&p->lock);
        bool room = !p->closing && p->places < p->queue_max;
        p->places += room;
        pthread_mutex_unlock(&p->lock);
        return room;
}

void pool_put(struct pool *p, struct pool_item *item)
{
        item->next = NULL;
        pthread_mutex_lock(&p->lock);
        *p->tail = item;
        p->tail = &item->next;
        p->waiting++;
        bool wake = p->idle > 0;
        pthread_mutex_unlock(&p->lock);
        if (wake)
                pthread_cond_signal(&p->some);
}

int pool_waiting(struct pool *p)
{
        pthread_mutex_lock(&p->lock);
        int n = p->waiting;
        pthread_mutex_unlock(&p->lock);
        return n;
}

void pool_close(struct pool *p)
{
        pthread_mutex_lock(&p->lock);
        p->closing = true;
        pthread_cond_broadcast(&p->some);
        pthread_mutex_unlock(&p->lock);
        for (int i = 0; i < p->workers; i++)
                pthread_join(p->thread[i], NULL);
        pthread_cond_destroy(&p->some);
        pthread_mutex_destroy(&p->lock);
}

#include "api/inner/job.h"
#include <time.h>
#include <unistd.h>

#define FREE_WARM 64 /* unused jobs that keep their first block */
#define BODY_KEPT ((size_t)16 << 10)

int64_t clock_us(void)
{
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static struct job *job_new(struct server *s)
{
        struct job *j = arena_new(&s->arena, struct job);
        j->server = s;
        j->next_all = s->all;
        s->all = j;
        return j;
}

struct job *job_take(struct server *s)
{
        pthread_mutex_lock(&s->lock);
        struct job *j = s->free;
        if (j) {
                s->free = j->next_free;
                s->n_free--;
        } else {
                j = job_new(s);
        }
        pthread_mutex_unlock(&s->lock);
        atomic_store_explicit(&j->refs, 1, memory_order_relaxed);
        atomic_store_explicit(&j->state, JOB_HERE, memory_order_relaxed);
        atomic_fetch_add_explicit(&s->metrics.in_flight, 1, memory_order_relaxed);
        return j;
}

static void buf_rest(struct buf *b)
{
        if (b->cap > BODY_KEPT)
                buf_free(b);
        else
                buf_clear(b);
}

/* As new, but with the memory it has grown into, as long as that is little. */
static void job_clean(struct job *j, bool warm)
{
        struct arena arena = j->req.arena;
        struct buf out = j->req.out.body;
        buf_rest(&j->body);
        buf_rest(&out);
        arena_reset(&arena);
        if (!warm)
                arena_free(&arena);
        memset(j, 0, offsetof(struct job, server));
        j->req.arena = arena;
        j->req.out.body = out;
}

void job_drop(struct job *j)
{
        if (atomic_fetch_sub_explicit(&j->refs, 1, memory_order_acq_rel) != 1)
                return;
        struct server *s = j->server;
        job_tx_end(j);
        if (j->req.release)
                j->req.release(&j->req);
        file_draft_end(&j->req.body_file);
        if (j->req.out.file.open)
                close(j->req.out.file.fd);
        if (j->body_n)
                atomic_fetch_sub_explicit(j->req.route && j->req.route->body_file ? &s->file_bytes : &s->body_bytes, j->body_n, memory_order_relaxed);
        job_clean(j, atomic_load_explicit(&s->n_free, memory_order_relaxed) < FREE_WARM);
        pthread_mutex_lock(&s->lock);
        j->next_free = s->free;
        s->free = j;
        s->n_free++;
        pthread_mutex_unlock(&s->lock);
        /* The last touch of the server: server_free may wait for just this. */
        atomic_fetch_sub_explicit(&s->metrics.in_flight, 1, memory_order_release);
}

void job_release(struct job *j)
{
        if (atomic_fetch_sub_explicit(&j->parties, 1, memory_order_acq_rel) != 1)
                return;
        struct http_conn *conn = j->conn;
        int away = JOB_AWAY;
        bool back = atomic_compare_exchange_strong(&j->state, &away, JOB_BACK);
        job_drop(j);
        if (back)
                http_resume(conn); /* the last touch */
}

void job_abandon(struct job *j)
{
        int away = JOB_AWAY;
        if (atomic_compare_exchange_strong(&j->state, &away, JOB_LEFT))
                http_resume(j->conn);
}

void job_tx_end(struct job *j)
{
        if (j->tx)
                store_read_end(j->tx);
        j->tx = NULL;
        j->req.ctx.tx = NULL;
}

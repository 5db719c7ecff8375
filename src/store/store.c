#include "store/store.h"
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "store/inner/store_inner.h"

#define CONNECTIONS_DEFAULT 8
#define QUEUE_DEFAULT 8192
#define BUSY_MS_DEFAULT 5000

_Thread_local bool store_inside;

int64_t mono_us(void)
{
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* ---- open, close ------------------------------------------------------------------------------------ */
static const struct engine *engine_of(const char *url)
{
        if (!url)
                return NULL;
        if (!strncmp(url, "sqlite:", 7) && url[7])
                return &engine_sqlite;
        if (!strncmp(url, "postgresql://", 13) || !strncmp(url, "postgres://", 11))
                return &engine_postgres;
        return NULL;
}

static void defaults(struct store *s, const struct store_options *o)
{
        s->options = *o;
        s->url = strdup(o->url);
        if (!s->url)
                out_of_memory(1);
        s->options.url = s->url;
        if (s->options.connections <= 0)
                s->options.connections = CONNECTIONS_DEFAULT;
        if (s->options.queue_max <= 0)
                s->options.queue_max = QUEUE_DEFAULT;
        if (s->options.busy_ms <= 0)
                s->options.busy_ms = BUSY_MS_DEFAULT;
}

int store_open(const struct store_options *o, struct store **ret, struct err *err)
{
        const struct engine *engine = engine_of(o->url);
        if (!engine)
                return err_set(err, ERR_BAD, "db", "数据库地址应为 sqlite:路径 或 postgresql://…",
                               "A database address is sqlite:PATH or postgresql://...");

        struct store *s = calloc(1, sizeof *s);
        if (!s)
                out_of_memory(sizeof *s);
        if (sodium_init() < 0)
                BUG("libsodium does not start");
        s->engine = engine;
        defaults(s, o);
        queue_init(&s->queue, (size_t)s->options.queue_max);
        int rc = engine->open(s, err);
        if (rc != OK) {
                store_close(s);
                return rc;
        }
        *ret = s;
        return OK;
}

void store_close(struct store *s)
{
        if (!s)
                return;
        queue_close(&s->queue);
        s->engine->close(s);
        queue_free(&s->queue);
        free(s->url);
        free(s);
}

enum store_engine store_engine(const struct store *s)
{
        return s->engine->kind;
}

/* ---- reading ---------------------------------------------------------------------------------------- */
int store_read_begin(struct store *s, struct tx **ret, struct err *err)
{
        return s->engine->read_begin(s, ret, err);
}

int store_read_renew(struct tx *tx)
{
        return tx->write ? OK : tx->store->engine->read_renew(tx);
}

void store_read_end(struct tx *tx)
{
        if (tx)
                tx->store->engine->read_end(tx);
}

/* ---- writing ---------------------------------------------------------------------------------------- */
int store_submit(struct store *s, struct command *c)
{
        int away = atomic_load_explicit(&s->away, memory_order_relaxed);
        if (away)
                return away;
        if (s->options.read_only)
                return ERR_BUSY;
        c->rc = OK;
        c->tries = 0;
        return queue_put(&s->queue, c);
}

struct waiter {
        pthread_mutex_t lock;
        pthread_cond_t cond;
        bool done;
        void *arg;
        int (*run)(struct tx *, struct command *);
};

static int waiter_run(struct tx *tx, struct command *c)
{
        struct waiter *w = c->arg;
        struct command as_given = {
                .run = w->run, .arg = w->arg, .err = c->err, .priority = c->priority, .tries = c->tries
        };
        return w->run(tx, &as_given);
}

static void waiter_done(struct command *c)
{
        struct waiter *w = c->arg;
        pthread_mutex_lock(&w->lock);
        w->done = true;
        pthread_cond_signal(&w->cond);
        pthread_mutex_unlock(&w->lock);
}

/* A commit that fails after the command went well has words of its own only in the log: the code's must do. */
static int named(struct err *err, int rc)
{
        if (rc != OK && err && err->code == OK)
                err->code = rc;
        return rc;
}

int store_write(struct store *s, int (*run)(struct tx *, struct command *), void *arg, enum store_priority priority,
                struct err *err)
{
        /* One per thread and never destroyed: the store's thread may still be leaving it when we go on. */
        static _Thread_local struct waiter w = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, NULL,
                                                 NULL };
        struct command c = { .run = waiter_run, .done = waiter_done, .arg = &w, .err = err, .priority = priority };

        if (store_inside)
                BUG("a command may not wait for another command");
        w.done = false;
        w.arg = arg;
        w.run = run;
        int rc = store_submit(s, &c);
        if (rc != OK)
                return named(err, rc);
        pthread_mutex_lock(&w.lock);
        while (!w.done)
                pthread_cond_wait(&w.cond, &w.lock);
        pthread_mutex_unlock(&w.lock);
        return named(err, c.rc);
}

/* ---- what the engines do with a command ------------------------------------------------------------- */
int command_run(struct command *c, struct tx *tx)
{
        if (c->err)
                *c->err = (struct err){ 0 };
        tx->err = c->err;
        tx->failed = OK;
        store_inside = true;
        int rc = c->run(tx, c);
        store_inside = false;
        tx->err = NULL;
        return rc == OK ? tx->failed : rc;
}

bool command_again(struct store *s, struct command *c, int rc)
{
        if (rc != ERR_CONFLICT || ++c->tries >= STORE_TRIES_MAX)
                return false;
        atomic_fetch_add_explicit(&s->retried, 1, memory_order_relaxed);
        return true;
}

void command_answer(struct store *s, struct command *c, int rc)
{
        atomic_fetch_add_explicit(&s->commands, 1, memory_order_relaxed);
        if (rc != OK)
                atomic_fetch_add_explicit(&s->failed, 1, memory_order_relaxed);
        c->rc = rc;
        if (c->done)
                c->done(c);
}

void store_commit_seen(struct store *s, size_t commands, int64_t us)
{
        atomic_fetch_add_explicit(&s->commits, 1, memory_order_relaxed);
        atomic_fetch_add_explicit(&s->commit_us, us, memory_order_relaxed);
        if (commands > atomic_load_explicit(&s->batch_max, memory_order_relaxed))
                atomic_store_explicit(&s->batch_max, commands, memory_order_relaxed);
}

/* ---- facts ------------------------------------------------------------------------------------------ */
void store_stats_get(struct store *s, struct store_stats *ret)
{
        *ret = (struct store_stats){
                .commits = atomic_load(&s->commits),
                .commands = atomic_load(&s->commands),
                .failed = atomic_load(&s->failed),
                .retried = atomic_load(&s->retried),
                .batch_max = atomic_load(&s->batch_max),
                .queue_now = queue_length(&s->queue),
                .queue_max = s->queue.max,
                .bytes = s->engine->bytes(s),
                .commit_us_sum = atomic_load(&s->commit_us),
        };
}

int store_backup(struct store *s, const char *to_path, struct err *err)
{
        return s->engine->backup(s, to_path, err);
}

int store_integrity(struct store *s, struct err *err)
{
        return s->engine->integrity(s, err);
}

int store_scrub(struct store *s, int wait_ms, struct err *err)
{
        return s->engine->scrub(s, wait_ms, err);
}

/* The sync thread: what the commit thread has committed is told to its callers once the WAL is on the disk. While it
 * waits for the disk, the commit thread runs the next batch. docs/decisions/0012-sync-beside.md */
#include "base/log.h"
#include "store/inner/lite.h"

/* The WAL of the writer's connection; NULL where nothing has to be synced. */
static sqlite3_file *wal_of(struct store *s)
{
        sqlite3_file *f = NULL;
        sqlite3 *db = lite_of(s)->writer.db;
        if (db && !s->options.scratch)
                sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &f);
        return f && f->pMethods ? f : NULL;
}

static int sync_file(struct store *s, sqlite3_file *f)
{
        int64_t start = mono_us();
        int rc = f ? f->pMethods->xSync(f, SQLITE_SYNC_NORMAL) : SQLITE_OK;
        atomic_fetch_add_explicit(&s->commit_us, mono_us() - start, memory_order_relaxed);
        if (rc != SQLITE_OK)
                log_error("store: sync: %s (%d)", sqlite3_errstr(rc), rc);
        return rc == SQLITE_OK ? OK : ERR_UNSURE;
}

static void answer(struct store *s, struct command *c, int rc)
{
        while (c) {
                struct command *next = c->next; /* once answered it is gone */
                command_answer(s, c, c->rc == OK ? rc : c->rc);
                c = next;
        }
}

/* NULL when it is time to go. *ret_wal is where they were written. */
static struct command *take_all(struct lite_sync *y, sqlite3_file **ret_wal)
{
        pthread_mutex_lock(&y->lock);
        while (!y->first && !y->stop)
                pthread_cond_wait(&y->some, &y->lock);
        struct command *c = y->first;
        y->first = NULL;
        y->last = &y->first;
        y->busy = c != NULL;
        *ret_wal = y->wal;
        pthread_mutex_unlock(&y->lock);
        return c;
}

/* After one failure the kernel may call the next sync good although pages are missing: until the commit thread has
 * repaired it, nothing counts as synced. */
static void *sync_thread(void *arg)
{
        struct store *s = arg;
        struct lite_sync *y = &lite_of(s)->sync;

        sqlite3_file *wal;

        for (struct command *c = take_all(y, &wal); c; c = take_all(y, &wal)) {
                int rc = atomic_load(&y->failed) ? ERR_UNSURE : sync_file(s, wal);
                pthread_mutex_lock(&y->lock);
                if (rc != OK)
                        atomic_store(&y->failed, true);
                y->busy = false;
                pthread_cond_signal(&y->idle);
                pthread_mutex_unlock(&y->lock);
                queue_wake(&s->queue);
                answer(s, c, rc);
        }
        return NULL;
}

void lite_sync_give(struct store *s, struct command *const *c, const int *rc, int n)
{
        struct lite_sync *y = &lite_of(s)->sync;

        pthread_mutex_lock(&y->lock);
        y->wal = wal_of(s);
        for (int i = 0; i < n; i++) {
                c[i]->rc = rc[i];
                c[i]->next = NULL;
                *y->last = c[i];
                y->last = &c[i]->next;
        }
        pthread_cond_signal(&y->some);
        pthread_mutex_unlock(&y->lock);
}

bool lite_sync_busy(struct store *s)
{
        struct lite_sync *y = &lite_of(s)->sync;

        pthread_mutex_lock(&y->lock);
        bool busy = y->busy || y->first;
        pthread_mutex_unlock(&y->lock);
        return busy;
}

void lite_sync_settle(struct store *s)
{
        struct lite_sync *y = &lite_of(s)->sync;

        pthread_mutex_lock(&y->lock);
        while (y->busy || y->first)
                pthread_cond_wait(&y->idle, &y->lock);
        pthread_mutex_unlock(&y->lock);
}

int lite_sync_now(struct store *s)
{
        struct lite_sync *y = &lite_of(s)->sync;

        lite_sync_settle(s);
        int rc = atomic_load(&y->failed) ? ERR_UNSURE : sync_file(s, wal_of(s));
        if (rc != OK)
                atomic_store(&y->failed, true);
        return rc;
}

int lite_sync_start(struct store *s)
{
        struct lite_sync *y = &lite_of(s)->sync;

        y->last = &y->first;
        pthread_mutex_init(&y->lock, NULL);
        pthread_cond_init(&y->some, NULL);
        pthread_cond_init(&y->idle, NULL);
        y->running = pthread_create(&y->thread, NULL, sync_thread, s) == 0;
        return y->running ? OK : ERR_STORE;
}

void lite_sync_stop(struct store *s)
{
        struct lite_sync *y = &lite_of(s)->sync;

        if (!y->running)
                return;
        pthread_mutex_lock(&y->lock);
        y->stop = true;
        pthread_cond_signal(&y->some);
        pthread_mutex_unlock(&y->lock);
        pthread_join(y->thread, NULL);
        y->running = false;
}

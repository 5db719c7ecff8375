/* The copy thread: copies what the WAL holds into the database file (a checkpoint) while the commit thread goes on, so
 * that the commit thread has only the last few pages left to copy before the WAL starts over. */
#include "base/log.h"
#include "store/inner/lite.h"

#define PAGES_FEW 400
#define PASSES_MAX 4

int lite_checkpoint(sqlite3 *db, int mode, int *ret_log, int *ret_done)
{
        *ret_log = *ret_done = 0;
        int rc = sqlite3_wal_checkpoint_v2(db, NULL, mode, ret_log, ret_done);
        if (rc != SQLITE_OK && (rc & 0xff) != SQLITE_BUSY)
                log_error("store: checkpoint: %s (%d)", sqlite3_errmsg(db), rc);
        return rc;
}

/* Again while much was written meanwhile, for less each time. */
static void copy(struct lite_conn *c)
{
        int log, done, before = 0;

        if (lite_conn_open(c, false) != OK)
                return;
        for (int i = 0; i < PASSES_MAX; i++) {
                if (lite_checkpoint(c->db, SQLITE_CHECKPOINT_PASSIVE, &log, &done) != SQLITE_OK || done - before < PAGES_FEW)
                        return;
                before = done;
        }
}

static void *copy_thread(void *arg)
{
        struct lite_copy *y = arg;

        pthread_mutex_lock(&y->lock);
        while (!y->stop) {
                if (y->state != COPY_ASKED) {
                        pthread_cond_wait(&y->asked, &y->lock);
                        continue;
                }
                pthread_mutex_unlock(&y->lock);
                copy(&y->conn);
                pthread_mutex_lock(&y->lock);
                y->state = COPY_DONE;
        }
        pthread_mutex_unlock(&y->lock);
        return NULL;
}

enum lite_copy_state lite_copy_state(struct store *s)
{
        struct lite_copy *y = &lite_of(s)->copy;

        pthread_mutex_lock(&y->lock);
        enum lite_copy_state state = y->state;
        pthread_mutex_unlock(&y->lock);
        return state;
}

void lite_copy_set(struct store *s, enum lite_copy_state state)
{
        struct lite_copy *y = &lite_of(s)->copy;

        pthread_mutex_lock(&y->lock);
        y->state = state;
        pthread_cond_signal(&y->asked);
        pthread_mutex_unlock(&y->lock);
}

int lite_copy_start(struct store *s)
{
        struct lite_copy *y = &lite_of(s)->copy;

        lite_conn_init(&y->conn, s, &lite_of(s)->arena, false);
        pthread_mutex_init(&y->lock, NULL);
        pthread_cond_init(&y->asked, NULL);
        y->running = pthread_create(&y->thread, NULL, copy_thread, y) == 0;
        return y->running ? OK : ERR_STORE;
}

void lite_copy_stop(struct store *s)
{
        struct lite_copy *y = &lite_of(s)->copy;

        if (!y->running)
                return;
        pthread_mutex_lock(&y->lock);
        y->stop = true;
        pthread_cond_signal(&y->asked);
        pthread_mutex_unlock(&y->lock);
        pthread_join(y->thread, NULL);
        lite_conn_close(&y->conn);
        y->running = false;
}

/* The commit thread: takes what waits, runs it inside one transaction, commits once, then answers. It alone writes and
 * it alone checkpoints.
 *
 * A failing command is undone alone. A savepoint for each costs an eighth of the throughput (SQLite copies every page
 * that is touched after it), and most commands that fail do so before they have written. So a batch starts without
 * savepoints; when a command fails after writing, all is rolled back, the batch runs again with savepoints, and so do
 * the next ones. */
#include "base/log.h"
#include "store/inner/lite.h"

#define BATCH_MAX 256
#define BATCH_US 10000
#define BACKGROUND_SHARE 32 /* commands of the second lane in a full batch, at most; at least one */
#define IDLE_MS 200
#define PAGES_PASSIVE 4000  /* 16 MB of WAL: copy what no reader holds */
#define PAGES_AGAIN 2000    /* while readers hold it: try again after so many more */
#define PAGES_RESTART 65000 /* 256 MB: wait a moment for readers, so that the WAL starts over */
#define RESTART_WAIT_MS 50
#define REOPEN_US 200000
#define CAREFUL_BATCHES 64

struct batch {
        struct command *c[BATCH_MAX];
        int rc[BATCH_MAX];
        int n, background;
        int64_t start;
};

struct writer {
        struct store *store;
        struct lite_conn *conn;
        struct batch batch;
        int copied;        /* WAL pages at the last checkpoint */
        int careful;       /* batches to run with savepoints */
        int64_t reopen_at; /* connection lost: when to try again */
};

enum outcome { KEPT, DIRTY, GONE }; /* of a command in a batch; DIRTY: failed, wrote, and has no savepoint */

static bool whole_gone(struct writer *w)
{
        return !w->conn->db || sqlite3_get_autocommit(w->conn->db);
}

/* ---- checkpoints ------------------------------------------------------------------------------------ */
static void checkpoint(struct writer *w, int mode)
{
        sqlite3 *db = w->conn->db;
        int log = 0, done = 0;

        sqlite3_busy_timeout(db, mode == SQLITE_CHECKPOINT_PASSIVE ? 0 : RESTART_WAIT_MS);
        int rc = sqlite3_wal_checkpoint_v2(db, NULL, mode, &log, &done);
        sqlite3_busy_timeout(db, w->store->options.busy_ms);
        if (rc != SQLITE_OK && (rc & 0xff) != SQLITE_BUSY)
                log_error("store: checkpoint: %s (%d)", sqlite3_errmsg(db), rc);
        w->copied = log > 0 ? log : 0;
        if (rc == SQLITE_OK && mode == SQLITE_CHECKPOINT_RESTART)
                w->conn->wal_pages = w->copied = 0;
}

static void checkpoint_by_size(struct writer *w)
{
        int pages = w->conn->wal_pages;

        if (pages < w->copied)
                w->copied = 0; /* it started over */
        if (pages < PAGES_PASSIVE || pages - w->copied < PAGES_AGAIN)
                return;
        checkpoint(w, pages >= PAGES_RESTART ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE);
}

static void checkpoint_idle(struct writer *w)
{
        if (w->conn->db && w->conn->wal_pages != w->copied && w->conn->wal_pages > 0)
                checkpoint(w, SQLITE_CHECKPOINT_PASSIVE);
}

/* ---- the connection --------------------------------------------------------------------------------- */
static int writer_open(struct writer *w)
{
        if (w->conn->db)
                return OK;
        if (mono_us() < w->reopen_at)
                return ERR_STORE;
        int rc = lite_conn_open(w->conn, false);
        if (rc != OK)
                w->reopen_at = mono_us() + REOPEN_US;
        w->copied = 0;
        return rc == OK ? OK : ERR_STORE;
}

static void roll_back(struct writer *w)
{
        if (!whole_gone(w))
                lite_do(w->conn, LITE_ROLLBACK);
        /* A connection that cannot even roll back is of no use. */
        if (!whole_gone(w))
                lite_conn_close(w->conn);
}

/* ---- one command alone: when its batch was lost ------------------------------------------------------- */
/* A COMMIT that failed on the device may or may not have reached it. */
static int commit_code(struct writer *w, int rc)
{
        if (rc == ERR_IO) {
                lite_conn_close(w->conn);
                return ERR_UNSURE;
        }
        roll_back(w);
        return rc == ERR_INTERNAL ? ERR_STORE : rc;
}

static int run_alone(struct writer *w, struct command *c)
{
        int rc = writer_open(w);
        if (rc == OK)
                rc = lite_do(w->conn, LITE_BEGIN);
        if (rc != OK)
                return rc;

        rc = command_run(c, &w->conn->tx);
        if (rc != OK) {
                roll_back(w);
                return rc;
        }
        int64_t start = mono_us();
        rc = lite_do(w->conn, LITE_COMMIT);
        store_commit_seen(w->store, 1, mono_us() - start);
        return rc == OK ? OK : commit_code(w, rc);
}

static int run_alone_again(struct writer *w, struct command *c)
{
        int rc;
        do
                rc = run_alone(w, c);
        while (command_again(w->store, c, rc));
        return rc;
}

/* ---- a batch ---------------------------------------------------------------------------------------- */
static void answer_all(struct writer *w)
{
        for (int i = 0; i < w->batch.n; i++)
                command_answer(w->store, w->batch.c[i], w->batch.rc[i]);
        w->batch.n = 0;
}

/* Everything since BEGIN is gone. The one in whose hands it broke keeps its code; what the others decided stood on
 * rows that no longer exist, so each runs again in a transaction of its own. */
static void rerun_others(struct writer *w, int culprit)
{
        struct batch *b = &w->batch;

        for (int i = 0; i < b->n; i++) {
                if (i != culprit) {
                        atomic_fetch_add(&w->store->retried, 1);
                        b->rc[i] = run_alone_again(w, b->c[i]);
                }
        }
        answer_all(w);
}

static void fail_done(struct writer *w, int code)
{
        for (int i = 0; i < w->batch.n; i++)
                if (w->batch.rc[i] == OK)
                        w->batch.rc[i] = code;
        answer_all(w);
}

static enum outcome run_once(struct writer *w, struct command *c, int *ret_rc)
{
        int64_t before = sqlite3_total_changes64(w->conn->db);

        int rc = w->careful ? lite_do(w->conn, LITE_SAVE) : OK;
        if (rc == OK)
                rc = command_run(c, &w->conn->tx);
        *ret_rc = rc;
        if (whole_gone(w))
                return GONE;
        bool undo = rc != OK && sqlite3_total_changes64(w->conn->db) != before;
        if (!w->careful)
                return undo ? DIRTY : KEPT;
        if (undo && lite_do(w->conn, LITE_BACK) != OK)
                return GONE;
        return lite_do(w->conn, LITE_RELEASE) == OK ? KEPT : GONE;
}

static enum outcome run_in_batch(struct writer *w, struct command *c, int *ret_rc)
{
        enum outcome o;
        bool more;

        do {
                o = run_once(w, c, ret_rc);
                more = o != GONE && command_again(w->store, c, *ret_rc);
        } while (o == KEPT && more);
        return o;
}

static struct command *next_command(struct writer *w)
{
        struct batch *b = &w->batch;
        struct queue *q = &w->store->queue;

        bool late = b->n >= BATCH_MAX - BACKGROUND_SHARE || (b->n && mono_us() - b->start >= BATCH_US);
        struct command *c = late ? NULL : queue_take(q, PRIO_REQUEST);
        if (c || b->n == BATCH_MAX || (late && b->background) || b->background >= BACKGROUND_SHARE)
                return c;
        c = queue_take(q, PRIO_BACKGROUND);
        if (c)
                b->background++;
        return c;
}

static enum outcome fill_batch(struct writer *w, struct command *c)
{
        struct batch *b = &w->batch;
        enum outcome o = KEPT;

        for (; c; c = o == KEPT ? next_command(w) : NULL) {
                b->c[b->n] = c;
                o = run_in_batch(w, c, &b->rc[b->n++]);
        }
        return o;
}

/* The same commands once more, each in its savepoint. *ret_at is the one at hand when it broke. */
static enum outcome run_carefully(struct writer *w, int *ret_at)
{
        struct batch *b = &w->batch;
        enum outcome o = KEPT;

        roll_back(w);
        w->careful = CAREFUL_BATCHES;
        if (!w->conn->db || lite_do(w->conn, LITE_BEGIN) != OK)
                return GONE;
        for (int i = 0; i < b->n && o == KEPT; i++) {
                o = run_in_batch(w, b->c[i], &b->rc[i]);
                *ret_at = i;
        }
        return o;
}

static void commit_batch(struct writer *w)
{
        int64_t start = mono_us();
        int rc = lite_do(w->conn, LITE_COMMIT);
        store_commit_seen(w->store, (size_t)w->batch.n, mono_us() - start);

        if (rc == OK) {
                answer_all(w);
        } else if (rc == ERR_IO || rc == ERR_FULL) {
                fail_done(w, commit_code(w, rc));
        } else {
                roll_back(w);
                rerun_others(w, -1);
        }
}

static void run_begun(struct writer *w, struct command *c)
{
        int at = -1;

        enum outcome o = fill_batch(w, c);
        if (o == GONE)
                at = w->batch.n - 1;
        if (o == DIRTY)
                o = run_carefully(w, &at);
        if (o == KEPT) {
                commit_batch(w);
                return;
        }
        roll_back(w);
        rerun_others(w, at >= 0 && w->batch.rc[at] != OK ? at : -1);
}

/* True when there was something to do. */
static bool run_batch(struct writer *w)
{
        struct batch *b = &w->batch;

        b->n = b->background = 0;
        b->start = mono_us();
        struct command *c = next_command(w);
        if (!c)
                return false;

        int rc = writer_open(w);
        if (rc == OK)
                rc = lite_do(w->conn, LITE_BEGIN);
        if (rc != OK) {
                command_answer(w->store, c, rc == ERR_INTERNAL ? ERR_STORE : rc);
                return true;
        }
        run_begun(w, c);
        if (w->careful)
                w->careful--;
        if (w->conn->db)
                checkpoint_by_size(w);
        return true;
}

static void *commit_thread(void *arg)
{
        struct store *s = arg;
        struct writer w = { .store = s, .conn = &lite_of(s)->writer };

        while (queue_wait(&s->queue, IDLE_MS, false))
                if (!run_batch(&w))
                        checkpoint_idle(&w);
        return NULL;
}

int lite_write_start(struct store *s)
{
        struct lite *l = lite_of(s);
        if (pthread_create(&l->thread, NULL, commit_thread, s))
                return ERR_STORE;
        l->running = true;
        return OK;
}

void lite_write_stop(struct store *s)
{
        struct lite *l = lite_of(s);
        if (l->running)
                pthread_join(l->thread, NULL);
        l->running = false;
}

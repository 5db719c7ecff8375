/* The commit thread: takes what waits, runs it inside one transaction and commits once; the sync thread answers when it
 * is on the disk, and meanwhile the next batch gathers. It alone writes, and it alone lets the WAL start over.
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
        int64_t busy_at;   /* when the last batch ended */
};

enum outcome { KEPT, DIRTY, GONE }; /* of a command in a batch; DIRTY: failed, wrote, and has no savepoint */

static bool whole_gone(struct writer *w)
{
        return !w->conn->db || sqlite3_get_autocommit(w->conn->db);
}

/* ---- checkpoints ------------------------------------------------------------------------------------ */
static int checkpoint(struct writer *w, int mode)
{
        int log, done;

        sqlite3_busy_timeout(w->conn->db, mode == SQLITE_CHECKPOINT_PASSIVE ? 0 : RESTART_WAIT_MS);
        int rc = lite_checkpoint(w->conn->db, mode, &log, &done);
        sqlite3_busy_timeout(w->conn->db, w->store->options.busy_ms);
        w->copied = log > 0 ? log : 0;
        if (rc == SQLITE_OK && mode != SQLITE_CHECKPOINT_PASSIVE)
                w->conn->wal_pages = w->copied = 0;
        return rc;
}

/* The copy thread does most of it; what was written meanwhile is copied between two batches, so that nothing is left. */
static void checkpoint_by_size(struct writer *w)
{
        int pages = w->conn->wal_pages;
        enum lite_copy_state copying = lite_copy_state(w->store);

        if (pages < w->copied)
                w->copied = 0; /* it started over */
        if (copying == COPY_ASKED)
                return;
        if (pages >= PAGES_RESTART) {
                checkpoint(w, SQLITE_CHECKPOINT_RESTART);
        } else if (copying == COPY_DONE) {
                lite_copy_set(w->store, COPY_IDLE);
                checkpoint(w, SQLITE_CHECKPOINT_PASSIVE);
        } else if (pages >= PAGES_PASSIVE && pages - w->copied >= PAGES_AGAIN) {
                lite_copy_set(w->store, COPY_ASKED);
        }
}

static void checkpoint_idle(struct writer *w)
{
        if (w->conn->db && w->conn->wal_pages != w->copied && w->conn->wal_pages > 0 && lite_copy_state(w->store) != COPY_ASKED)
                checkpoint(w, SQLITE_CHECKPOINT_PASSIVE);
}

/* What was deleted must not stay in the WAL: all of it is copied, and the file cut to nothing. While a reader holds an
 * older state it cannot be; then it is tried again with the next batch or the next idle look. */
static void scrub_if_asked(struct writer *w)
{
        struct lite *l = lite_of(w->store);
        unsigned asked = atomic_load(&l->scrub_asked);

        if (asked == atomic_load(&l->scrub_done) || !w->conn->db || lite_copy_state(w->store) == COPY_ASKED)
                return;
        lite_sync_settle(w->store);
        if (checkpoint(w, SQLITE_CHECKPOINT_TRUNCATE) == SQLITE_OK)
                atomic_store(&l->scrub_done, asked);
}

/* ---- the connection --------------------------------------------------------------------------------- */
static void writer_close(struct writer *w)
{
        lite_sync_settle(w->store);
        lite_conn_close(w->conn);
}

/* The disk refused to sync the WAL, and may have dropped pages of it. They are still in memory: once all of the WAL is
 * copied into the database, and that is synced, nothing depends on them any more. */
static int repair_sync(struct writer *w)
{
        struct lite_sync *y = &lite_of(w->store)->sync;
        int log, done;

        if (!atomic_load(&y->failed))
                return OK;
        if (lite_checkpoint(w->conn->db, SQLITE_CHECKPOINT_RESTART, &log, &done) != SQLITE_OK)
                return ERR_STORE;
        atomic_store(&y->failed, false);
        log_warn("store: all that was written is on the disk again");
        return OK;
}

static int writer_open(struct writer *w)
{
        bool failed = atomic_load(&lite_of(w->store)->sync.failed);
        if (w->conn->db && !failed)
                return OK;
        if (mono_us() < w->reopen_at)
                return ERR_STORE;
        if (failed)
                writer_close(w);
        int rc = lite_conn_open(w->conn, false);
        w->copied = 0;
        if (rc == OK)
                rc = repair_sync(w);
        if (rc == OK)
                return OK;
        w->reopen_at = mono_us() + REOPEN_US;
        return ERR_STORE;
}

static void roll_back(struct writer *w)
{
        if (!whole_gone(w))
                lite_do(w->conn, LITE_ROLLBACK);
        /* A connection that cannot even roll back is of no use. */
        if (!whole_gone(w))
                writer_close(w);
}

/* ---- one command alone: when its batch was lost ------------------------------------------------------- */
/* A COMMIT that failed on the device may or may not have reached it. */
static int commit_code(struct writer *w, int rc)
{
        if (rc == ERR_IO) {
                writer_close(w);
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
        return rc == OK ? lite_sync_now(w->store) : commit_code(w, rc);
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
        lite_sync_give(w->store, w->batch.c, w->batch.rc, w->batch.n);
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

/* A commit before the last one is synced would only have to wait: until then the batch may grow. */
static struct command *next_or_synced(struct writer *w)
{
        struct batch *b = &w->batch;
        struct command *c = next_command(w);

        while (!c && b->n < BATCH_MAX && mono_us() - b->start < BATCH_US && lite_sync_busy(w->store)) {
                if (!queue_wait(&w->store->queue, 1, b->background >= BACKGROUND_SHARE))
                        break;
                c = next_command(w);
        }
        return c;
}

static enum outcome fill_batch(struct writer *w, struct command *c)
{
        struct batch *b = &w->batch;
        enum outcome o = KEPT;

        for (; c; c = o == KEPT ? next_or_synced(w) : NULL) {
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
        if (atomic_load(&lite_of(w->store)->sync.failed)) { /* the batch before it, which it stands on, may be lost */
                roll_back(w);
                rerun_others(w, -1);
                return;
        }
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

        while (queue_wait(&s->queue, IDLE_MS, false)) {
                if (run_batch(&w))
                        w.busy_at = mono_us();
                else if (mono_us() - w.busy_at >= IDLE_MS * 1000) /* the sync thread wakes us too */
                        checkpoint_idle(&w);
                scrub_if_asked(&w);
        }
        return NULL;
}

int lite_write_start(struct store *s)
{
        struct lite *l = lite_of(s);
        if (lite_sync_start(s) != OK || lite_copy_start(s) != OK || pthread_create(&l->thread, NULL, commit_thread, s))
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
        lite_copy_stop(s);
        lite_sync_stop(s);
}

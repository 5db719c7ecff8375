/* store/inner/lite.h — the SQLite engine: connections, the commit thread, the readers' pool. */
#pragma once
#include <sqlite3.h>
#include "store/inner/schema.h"
#include "store/inner/store_inner.h"

#define READ_MAX_US (5 * INT64_C(1000000)) /* a read transaction's ceiling, so that the WAL can start over */

/* Statements of our own, prepared once. */
enum lite_own { LITE_BEGIN, LITE_BEGIN_READ, LITE_COMMIT, LITE_ROLLBACK, LITE_SAVE, LITE_RELEASE, LITE_BACK, LITE_OWN };

struct lite_conn {
        struct tx tx; /* first: a transaction is its connection */
        sqlite3 *db;
        sqlite3_stmt *own[LITE_OWN];
        sqlite3_stmt **stmt; /* by number in the program; prepared when first used */
        int64_t deadline;    /* monotonic us; 0 = none */
        int wal_pages;       /* as of the last commit */
        int failed;          /* SQLite's code of the last failure that was the operator's too */
};

/* Committed, and waiting for the disk: in the order of their commits. */
struct lite_sync {
        pthread_mutex_t lock;
        pthread_cond_t some, idle;
        pthread_t thread;
        struct command *first, **last;
        sqlite3_file *wal; /* the connection's; it is not closed while this thread is busy */
        bool running, busy, stop;
        atomic_bool failed; /* a sync failed; the commit thread alone clears it, when all is on the disk after all */
};

enum lite_copy_state { COPY_IDLE, COPY_ASKED, COPY_DONE };
struct lite_copy {
        pthread_mutex_t lock;
        pthread_cond_t asked;
        pthread_t thread;
        struct lite_conn conn;
        enum lite_copy_state state;
        bool running, stop;
};

struct lite {
        struct arena arena; /* lives as long as the store; used by the opening thread alone */
        const char *path;
        int lock_fd;
        struct lite_conn writer;
        pthread_t thread;
        bool running;
        atomic_uint scrub_asked, scrub_done; /* how often the WAL was to be emptied, and up to which asking it was */
        struct lite_sync sync;
        struct lite_copy copy;
        struct pool pool;
        struct lite_conn *reader; /* options.connections of them */
        atomic_int_fast64_t forgot_us; /* monotonic: a file was forgotten last, or the store opened */
};

/* lite_conn.c */
void lite_conn_init(struct lite_conn *, struct store *, struct arena *, bool write);
int lite_conn_open(struct lite_conn *, bool create); /* no-op when open */
void lite_conn_close(struct lite_conn *);
int lite_do(struct lite_conn *, enum lite_own);
int lite_exec(struct lite_conn *, const char *sql); /* own texts only */
int lite_code(int sqlite_rc);                       /* extended result code -> our code */
struct say lite_why(int sqlite_rc);                 /* for the operator: a few words */
int lite_call(struct tx *, struct sql_call *);
static inline struct lite *lite_of(struct store *s)
{
        return s->own;
}

/* lite_schema.c */
int lite_schema(struct lite_conn *, bool may_apply, struct err *);

/* lite_write.c */
int lite_write_start(struct store *);
void lite_write_stop(struct store *);

/* lite_sync.c: all but the thread itself is the commit thread's to call */
int lite_sync_start(struct store *);
void lite_sync_stop(struct store *);                                                      /* once all are answered */
void lite_sync_give(struct store *, struct command *const *, const int *rc, int n);       /* answers them when synced */
int lite_sync_now(struct store *);                                                        /* without the thread; OK or ERR_UNSURE */
bool lite_sync_busy(struct store *);
void lite_sync_settle(struct store *); /* wait until it is not busy: before the connection is closed */

/* lite_copy.c */
int lite_copy_start(struct store *);
void lite_copy_stop(struct store *);
enum lite_copy_state lite_copy_state(struct store *);
void lite_copy_set(struct store *, enum lite_copy_state); /* not while COPY_ASKED: then the state is the thread's */
int lite_checkpoint(sqlite3 *, int mode, int *ret_log, int *ret_done); /* SQLite's code; pages of the WAL, copied ones */

/* lite_read.c */
void lite_pool_init(struct store *);
void lite_pool_free(struct store *);
int lite_read_begin(struct store *, struct tx **, struct err *);
int lite_read_renew(struct tx *);
void lite_read_end(struct tx *);

/* lite_file.c */
int lite_files_lock(struct store *, int how); /* of flock; the descriptor to close, or -1 */
void lite_files_clean(struct store *);
/* Copy the files that @copy, a copy of the database, names beside @to. */
void lite_files_remove(const char *of); /* a copy that was not finished */
int lite_files_copy(struct store *, sqlite3 *copy, const char *to);

/* lite_admin.c */
int64_t lite_bytes(struct store *);
int lite_backup(struct store *, const char *to, struct err *);
int lite_integrity(struct store *, struct err *);
int lite_scrub(struct store *, int wait_ms, struct err *);

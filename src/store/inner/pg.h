/* store/inner/pg.h — the PostgreSQL engine: connections in pipeline mode, K writers, a pool of readers.
 *
 * A transaction sends BEGIN with its first statement. Statements whose result nobody asked for wait in the pipeline
 * and go out with the next one that is asked for, or with COMMIT: a command of plain inserts costs one round trip.
 * The server skips everything after a failure up to the sync point, COMMIT included.
 */
#pragma once
#include <libpq-fe.h>
#include "store/inner/schema.h"
#include "store/inner/store_inner.h"

#define PG_SENT_MAX 128
#define PG_READ_MAX_US (5 * INT64_C(1000000))

enum pg_step { PG_BEGIN, PG_COMMIT, PG_ROLLBACK, PG_PREPARE, PG_EXECUTE, PG_SYNC };
enum pg_prepared { PREPARED_NO, PREPARED_SENT, PREPARED_YES };

struct pg_sent {
        enum pg_step step;
        uint32_t index; /* of the statement */
        const struct sql_stmt *stmt;
};

struct pg_conn {
        struct tx tx;            /* first: a transaction is its connection */
        PGconn *c;               /* NULL while away */
        unsigned char *prepared; /* by number in the program: enum pg_prepared */
        struct pg_sent sent[PG_SENT_MAX + 8];
        int n_sent;
        bool begun, commit_sent;
        bool lost;          /* the connection broke in this transaction */
        int64_t read_until; /* monotonic us; 0 = no ceiling */
};

struct pg_writer {
        struct pg_conn conn;
        pthread_t thread;
        bool running, counted; /* counted: among pg.down */
        unsigned turn;
};

struct pg {
        struct arena arena; /* as old as the store; used by the opening thread alone */
        struct pg_writer *writer;
        int n;
        pthread_mutex_t down_lock;
        int down;              /* writers without a connection */
        atomic_int background; /* writers busy with the second lane */
        atomic_int_fast64_t retry_at, backoff;
        struct pool pool;
        struct pg_conn *reader; /* options.connections of them */
};
static inline struct pg *pg_of(struct store *s)
{
        return s->own;
}

/* pg_conn.c */
void pg_conn_init(struct pg_conn *, struct store *, struct arena *, bool write);
PGconn *pg_connect_plain(struct store *, bool write); /* not in pipeline mode; NULL when away */
/* Connects unless connected. ERR_STORE at once while the last failure is recent. */
int pg_conn_open(struct pg_conn *);
void pg_conn_close(struct pg_conn *);
bool pg_conn_alive(struct pg_conn *); /* of an idle connection: has the server hung up? */
int pg_code(const char *sqlstate);    /* ERR_STORE when the connection is over */
bool pg_state_is_loss(const char *sqlstate);
const char *pg_says(const PGconn *); /* its last message, one line; good until this thread asks again */

/* pg_call.c */
int pg_call(struct tx *, struct sql_call *);
/* Everything sent has been answered. *call gets the rows of the last statement; may be NULL. */
int pg_drain(struct pg_conn *, struct sql_call *call);
void pg_begin(struct pg_conn *, struct err *); /* a fresh transaction; nothing is sent yet */
int pg_commit(struct pg_conn *);
void pg_rollback(struct pg_conn *);
void pg_leave(struct pg_conn *); /* COMMIT without waiting: for readers */

/* pg_schema.c */
int pg_schema(struct store *, bool may_apply, struct err *);

/* pg_write.c */
int pg_write_start(struct store *);
void pg_write_stop(struct store *);

/* pg_read.c */
void pg_pool_init(struct store *);
void pg_pool_free(struct store *);
int pg_read_begin(struct store *, struct tx **, struct err *);
int pg_read_renew(struct tx *);
void pg_read_end(struct tx *);

/* store/inner/store_inner.h — what the two engines share: the store, a transaction, the queue of commands. */
#pragma once
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>
#include "store/sql.h"
#include "store/store.h"

/* ---- queue: two lanes, first in first out each ------------------------------------------------------ */
struct queue {
        pthread_mutex_t lock;
        pthread_cond_t some;
        struct command *head[2], **tail[2]; /* by enum store_priority */
        size_t n[2], max;                   /* max holds for each lane */
        int sleeping;                       /* takers in queue_wait */
        bool woken, closing;
};
void queue_init(struct queue *, size_t max);
void queue_free(struct queue *);
/* OK, or ERR_BUSY when the lane is full or closing. */
int queue_put(struct queue *, struct command *);
struct command *queue_take(struct queue *, enum store_priority); /* NULL when that lane is empty */
/* Wait until something is there (in the first lane when @requests_only) or queue_wake is called, at most @ms. False when
 * closing and both lanes are empty: time to go. */
bool queue_wait(struct queue *, int ms, bool requests_only);
void queue_wake(struct queue *);
void queue_close(struct queue *);
size_t queue_length(struct queue *);

/* ---- a transaction ---------------------------------------------------------------------------------- */
struct tx {
        struct store *store;
        struct err *err; /* the caller's; may be NULL */
        bool write;
        int failed;      /* the first statement failure; sticky */
        struct tx *next; /* in the pool */
};

/* Readers' connections, last used first: its cache is warm. */
struct pool {
        pthread_mutex_t lock;
        pthread_cond_t some;
        struct tx *free;
};
void pool_init(struct pool *);
void pool_free(struct pool *);
void pool_give(struct pool *, struct tx *);
/* ERR_BUSY with a sentence when none is free within @ms. */
int pool_take(struct pool *, int ms, struct tx **ret, struct err *);
/* The monotonic time @ms from now. */
struct timespec mono_after(int ms);

/* One run of a statement: where its rows gather. */
struct sql_call {
        const struct sql_stmt *stmt;
        uint32_t index; /* number in the program: slot of the prepared statement */
        const unsigned char *in;
        struct arena *arena;
        unsigned char *row; /* rows so far */
        size_t n, cap;
        int64_t *changed; /* may be NULL */
};
uint32_t sql_count(void);
/* A fresh zeroed row at the end. */
unsigned char *sql_row(struct sql_call *);
/* Parameter as C value. */
bool sql_in_null(const struct sql_field *, const unsigned char *in);
int64_t sql_in_int(const struct sql_field *, const unsigned char *in);
struct str sql_in_str(const struct sql_field *, const unsigned char *in);
/* Column into the row. ERR_INTERNAL when the value does not fit the declared type. */
int sql_out_null(const struct sql_field *, unsigned char *row);
int sql_out_int(const struct sql_field *, unsigned char *row, int64_t v);
int sql_out_str(const struct sql_field *, unsigned char *row, struct arena *, const void *p, size_t n);
static inline bool sql_is_bytes(enum sql_type t)
{
        return t == SQL_TEXT || t == SQL_BLOB;
}

struct engine_files;

/* ---- an engine -------------------------------------------------------------------------------------- */
struct engine {
        enum store_engine kind;
        int (*open)(struct store *, struct err *); /* on failure leaves what close can clear */
        void (*close)(struct store *);             /* queue is closed; run what is left */
        int (*read_begin)(struct store *, struct tx **, struct err *);
        int (*read_renew)(struct tx *);
        void (*read_end)(struct tx *);
        int (*call)(struct tx *, struct sql_call *);
        int64_t (*bytes)(struct store *);
        int (*backup)(struct store *, const char *to, struct err *);
        int (*integrity)(struct store *, struct err *);
        int (*scrub)(struct store *, int wait_ms, struct err *);
        const struct engine_files *files;
};
extern const struct engine engine_sqlite, engine_postgres;

struct store {
        const struct engine *engine;
        struct store_options options; /* url points to url below; zeros replaced by defaults */
        char *url;
        struct queue queue;
        void *own;       /* the engine's */
        atomic_int away; /* not 0: commands are refused at once with this code */
        atomic_uint_fast64_t commits, commands, failed, retried, batch_max;
        atomic_int_fast64_t commit_us;
};

#define STORE_TRIES_MAX 3
extern _Thread_local bool store_inside; /* this thread is running a command */

/* Run @c on @tx once: reset err, call, and let a failed statement decide over an OK. */
int command_run(struct command *c, struct tx *tx);
/* Does this result ask for another run? Counts the try. */
bool command_again(struct store *, struct command *, int rc);
/* Hand the result to the caller. @c may be gone afterwards. */
void command_answer(struct store *, struct command *c, int rc);
int64_t mono_us(void);
void store_commit_seen(struct store *, size_t commands, int64_t us);

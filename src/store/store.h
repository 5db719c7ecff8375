/* store/store.h — the only room that knows a database driver.
 *
 * One interface over SQLite and PostgreSQL. Every statement is named and typed in a room's .sql file
 * (tools/sqlgen.py); no function here takes free SQL. All writes are commands handed to the store:
 * SQLite runs them one after another on its commit thread, many in one transaction (group commit),
 * PostgreSQL on its own connections, one transaction each. When store_write returns OK, or a submitted
 * command's done() is called with OK, the bytes are on disk.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/ctx.h"
#include "base/err.h"

struct store;
struct tx; /* an open transaction, or a read-only connection: what generated statements take */

enum store_engine { STORE_SQLITE, STORE_POSTGRES };

struct sql_stmt;

struct store_options {
        const char *url; /* "sqlite:PATH" or "postgresql://..." */
        int connections; /* PostgreSQL write connections and SQLite/PostgreSQL pooled readers; 0 = 8 */
        int queue_max;   /* commands waiting at most; 0 = 8192; more answer ERR_BUSY at once */
        int busy_ms;     /* connect and statement deadline; 0 = 5000 */
        bool create;     /* make the file / apply migrations when empty or older */
        bool read_only;  /* no commit thread, no lock; writes are ERR_BUSY */
        bool scratch;    /* a file that is thrown away afterwards: nothing is synced, and OK promises nothing (SQLite) */
        /* For tests: asked before every statement of a write, on the store's thread. What comes between two statements is done
         * there; a code other than OK is what the statement then gives. NULL = nobody is asked. */
        int (*gate)(void *arg, const struct sql_stmt *);
        void *gate_arg;
};

/* Opens, checks the schema (ERR_SCHEMA with a sentence when it is newer, edited, incomplete or foreign),
 * applies pending migrations each in one transaction, takes PATH.lock when writing (ERR_BUSY when another
 * process holds it), starts the commit thread or connections. ERR_BAD: no address; ERR_NONE: no such file (without
 * create); ERR_STORE: the server cannot be reached; ERR_IO: not a database. */
int store_open(const struct store_options *, struct store **ret, struct err *err);
/* Refuse new commands, run what is queued, close. NULL is fine. */
void store_close(struct store *);
enum store_engine store_engine(const struct store *);

/* ---- reading -------------------------------------------------------------------------------------- */
/* A read-only connection of the calling thread's own slot or the pool; one snapshot until store_read_end.
 * Keep it short: 5 s at most. ERR_BUSY when none is free in time, ERR_STORE when the database is gone. */
int store_read_begin(struct store *, struct tx **ret, struct err *err);
void store_read_end(struct tx *);
/* Give up the snapshot and take a new one, with a new ceiling: for long walks in pages. */
int store_read_renew(struct tx *);

/* ---- writing -------------------------------------------------------------------------------------- */
enum store_priority { PRIO_REQUEST, PRIO_BACKGROUND }; /* listeners and clocks wait behind requests */

/* A typed write command. @run does all its statements on @tx, in a savepoint of its own: any code but OK
 * rolls back what this command did, and only that. It may be run again from the start (a lost connection, a
 * failed batch), so it must not keep state of an earlier run; memory it allocates comes from its own arena.
 * A statement that changed no row under a named revision returns ERR_CONFLICT from run: the store runs it
 * up to three times in all. A statement that failed (not ERR_NONE) spoils the command on both engines: later statements
 * give the same code and the command fails even if run returns OK. */
struct command {
        int (*run)(struct tx *tx, struct command *self);
        void (*done)(struct command *self); /* after commit or failure, on the store's thread; be short; may be NULL */
        void *arg;
        struct err *err; /* detail for the caller; reset before every run; may be NULL */
        int rc;          /* the result, set before done */
        enum store_priority priority;
        struct command *next; /* the store's */
        int tries;            /* the store's */
};

/* Hand over a command; it belongs to the store until done() is called. Returns ERR_BUSY at once (and done is not
 * called) when the queue is full or the store is closing, ERR_STORE while the server is away. */
int store_submit(struct store *, struct command *);
/* Submit and wait. Returns the command's rc. */
int store_write(struct store *, int (*run)(struct tx *, struct command *), void *arg, enum store_priority,
                struct err *err);

/* What a failing statement means is decided here, for both engines: ERR_EXISTS (unique or primary key),
 * ERR_RULE (foreign key, check), ERR_CONFLICT (serialization, deadlock), ERR_BUSY (too slow, locked), ERR_FULL,
 * ERR_STORE (database gone), ERR_IO, ERR_UTF8, ERR_TOO_BIG, ERR_INTERNAL (our own mistake).
 * A commit whose outcome is not known gives ERR_UNSURE and is never retried. */

/* ---- engine facts --------------------------------------------------------------------------------- */
struct store_stats {
        uint64_t commits, commands, failed, retried, batch_max, queue_now, queue_max;
        int64_t bytes; /* database size on disk, WAL included; -1 unknown (PostgreSQL) */
        int64_t commit_us_sum;
};
void store_stats_get(struct store *, struct store_stats *ret);
/* Consistent copy of a running store (SQLite: backup API; PostgreSQL: says to use pg_dump, ERR_RULE). */
int store_backup(struct store *, const char *to_path, struct err *err);
/* Such a copy and its attachments take the place of the database @path and its own, which nobody has open (SQLite). ERR_IO. */
int store_put_in_place(const char *copy, const char *path);
/* Leave no bytes of what was deleted beside the database: on SQLite, where deleted bytes are overwritten in its pages, the WAL is
 * copied and cut to nothing; PostgreSQL does it by its own vacuum. Waits at most @wait_ms (0: only asks), ERR_BUSY when a reader
 * held it for longer; it is done then as soon as the reader lets go. */
int store_scrub(struct store *, int wait_ms, struct err *err);
/* Integrity of the engine itself (PRAGMA integrity_check, foreign keys). */
int store_integrity(struct store *, struct err *err);

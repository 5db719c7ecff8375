#include <fcntl.h>
#include <unistd.h>
#include "base/log.h"
#include "store/inner/lite.h"

static const char *const own_text[LITE_OWN] = {
        [LITE_BEGIN] = "BEGIN IMMEDIATE",    [LITE_BEGIN_READ] = "BEGIN",       [LITE_COMMIT] = "COMMIT",
        [LITE_ROLLBACK] = "ROLLBACK",        [LITE_SAVE] = "SAVEPOINT command", [LITE_RELEASE] = "RELEASE command",
        [LITE_BACK] = "ROLLBACK TO command",
};

/* NORMAL: SQLite syncs when it checkpoints and when the WAL starts over; after a commit the sync thread does it
 * (lite_sync.c). The commit and the copy thread checkpoint (lite_write.c, lite_copy.c): never inside a commit. */
/* What is deleted is overwritten with zeros, so that erased words lie in no free page: measured with 1,500 erased rows of
 * 3,000, FAST leaves a few, ON none; filling an index took as long with it as without. */
static const char writer_setup[] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=0;"
                                   "PRAGMA secure_delete=ON;"
                                   "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
                                   "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-49152;"
                                   "PRAGMA journal_size_limit=67108864;";
/* No mmap: a lookup among a million rows took 20 us with it and 15 without while a writer was busy, and a disk error
 * would be a SIGBUS. */
static const char reader_setup[] = "PRAGMA query_only=ON; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
                                   "PRAGMA wal_autocheckpoint=0; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-12288;";

/* ---- codes ------------------------------------------------------------------------------------------ */
static int code_of_constraint(int rc)
{
        switch (rc) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
                return ERR_EXISTS;
        default:
                return ERR_RULE;
        }
}

int lite_code(int rc)
{
        switch (rc & 0xff) {
        case SQLITE_OK:
        case SQLITE_ROW:
        case SQLITE_DONE:
                return OK;
        case SQLITE_CONSTRAINT:
                return code_of_constraint(rc);
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_INTERRUPT:
                return ERR_BUSY;
        case SQLITE_FULL:
                return ERR_FULL;
        case SQLITE_IOERR:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
                return ERR_IO;
        case SQLITE_TOOBIG:
                return ERR_TOO_BIG;
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
        case SQLITE_NOMEM:
        case SQLITE_PERM:
        case SQLITE_AUTH:
                return ERR_STORE;
        default:
                return ERR_INTERNAL;
        }
}

struct say lite_why(int rc)
{
        switch (rc & 0xff) {
        case SQLITE_FULL:
                return (struct say){ "磁盘已满", "the disk is full" };
        case SQLITE_IOERR:
                return (struct say){ "读写失败，磁盘可能已满或已损坏", "reading or writing failed; the disk may be full or damaged" };
        case SQLITE_NOTADB:
                return (struct say){ "不是 SQLite 数据库", "it is no SQLite database" };
        case SQLITE_CORRUPT:
                return (struct say){ "文件已损坏，请用备份恢复", "the file is damaged; restore a backup" };
        case SQLITE_READONLY:
        case SQLITE_PERM:
                return (struct say){ "没有写权限（文件和所在目录都要）", "it may not be written (the file and its folder must be)" };
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
                return (struct say){ "被别的程序占用", "another program holds it" };
        default:
                return (struct say){ "打不开，请查看文件和所在目录的权限", "look at the rights on the file and its folder" };
        }
}

/* Constraints are the caller's news; everything else is the operator's too. */
static int fail(struct lite_conn *c, int rc, const char *what)
{
        int code = lite_code(rc);
        if (code == ERR_EXISTS || code == ERR_RULE)
                return code;
        c->failed = rc;
        log_error("store: %s: %s (%d)", what, c->db ? sqlite3_errmsg(c->db) : sqlite3_errstr(rc), rc);
        return code;
}

/* ---- a connection ----------------------------------------------------------------------------------- */
void lite_conn_init(struct lite_conn *c, struct store *s, struct arena *a, bool write)
{
        *c = (struct lite_conn){ .tx = { .store = s, .write = write } };
        c->stmt = arena_array(a, sqlite3_stmt *, sql_count() + 1);
}

static int past_deadline(void *arg)
{
        struct lite_conn *c = arg;
        return c->deadline && mono_us() > c->deadline;
}

static int note_wal(void *arg, sqlite3 *db, const char *name, int pages)
{
        (void)db, (void)name;
        ((struct lite_conn *)arg)->wal_pages = pages;
        return SQLITE_OK;
}

static int setup(struct lite_conn *c)
{
        sqlite3_extended_result_codes(c->db, 1);
        sqlite3_busy_timeout(c->db, c->tx.store->options.busy_ms);
        sqlite3_db_config(c->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        sqlite3_db_config(c->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
        sqlite3_db_config(c->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
        if (!c->tx.write) {
                sqlite3_db_config(c->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
                sqlite3_progress_handler(c->db, 5000, past_deadline, c);
        }
        int rc = lite_exec(c, c->tx.write ? writer_setup : reader_setup);
        if (rc == OK && c->tx.write && c->tx.store->options.scratch)
                rc = lite_exec(c, "PRAGMA synchronous=OFF");
        if (c->tx.write)
                sqlite3_wal_hook(c->db, note_wal, c);
        return rc;
}

static int prepare_own(struct lite_conn *c)
{
        for (int i = 0; i < LITE_OWN; i++) {
                int rc = sqlite3_prepare_v3(c->db, own_text[i], -1, SQLITE_PREPARE_PERSISTENT, &c->own[i], NULL);
                if (rc != SQLITE_OK)
                        return fail(c, rc, own_text[i]);
        }
        return OK;
}

/* What is in it is nobody's business but the owner's; SQLite gives the WAL and its index the same mode. Only a new file
 * is touched: closing a descriptor of an open database would drop its locks. */
static void make_private(const char *path)
{
        int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fd >= 0)
                close(fd);
}

int lite_conn_open(struct lite_conn *c, bool create)
{
        if (c->db)
                return OK;

        if (create)
                make_private(lite_of(c->tx.store)->path);
        int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
        int rc = sqlite3_open_v2(lite_of(c->tx.store)->path, &c->db, flags, NULL);
        rc = rc == SQLITE_OK ? setup(c) : fail(c, rc, "open");
        if (rc == OK)
                rc = prepare_own(c);
        if (rc != OK)
                lite_conn_close(c);
        return rc;
}

void lite_conn_close(struct lite_conn *c)
{
        for (int i = 0; i < LITE_OWN; i++) {
                sqlite3_finalize(c->own[i]);
                c->own[i] = NULL;
        }
        for (uint32_t i = 0; i < sql_count() && c->stmt; i++) {
                sqlite3_finalize(c->stmt[i]);
                c->stmt[i] = NULL;
        }
        sqlite3_close(c->db);
        c->db = NULL;
        c->wal_pages = 0;
}

int lite_do(struct lite_conn *c, enum lite_own which)
{
        int rc = sqlite3_step(c->own[which]);
        sqlite3_reset(c->own[which]);
        return rc == SQLITE_DONE ? OK : fail(c, rc, own_text[which]);
}

int lite_exec(struct lite_conn *c, const char *sql)
{
        int rc = sqlite3_exec(c->db, sql, NULL, NULL, NULL);
        return rc == SQLITE_OK ? OK : fail(c, rc, "setup");
}

/* ---- a statement ------------------------------------------------------------------------------------ */
static int prepare(struct lite_conn *c, const struct sql_call *call)
{
        const struct sql_stmt *st = call->stmt;
        sqlite3_stmt *s;

        int rc = sqlite3_prepare_v3(c->db, st->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL);
        if (rc != SQLITE_OK)
                return fail(c, rc, st->name);
        if (sqlite3_bind_parameter_count(s) != (int)st->n_in || sqlite3_column_count(s) != (int)st->n_out) {
                log_error("store: %s: %d parameters and %d columns, declared %u and %u", st->name,
                          sqlite3_bind_parameter_count(s), sqlite3_column_count(s), st->n_in, st->n_out);
                sqlite3_finalize(s);
                return ERR_INTERNAL;
        }
        c->stmt[call->index] = s;
        return OK;
}

static void bind(sqlite3_stmt *s, const struct sql_call *call)
{
        for (uint32_t i = 0; i < call->stmt->n_in; i++) {
                const struct sql_field *f = &call->stmt->in[i];
                int at = (int)i + 1;
                if (sql_in_null(f, call->in)) {
                        sqlite3_bind_null(s, at);
                } else if (f->type == SQL_TEXT) {
                        struct str v = sql_in_str(f, call->in);
                        sqlite3_bind_text64(s, at, v.p, v.n, SQLITE_STATIC, SQLITE_UTF8);
                } else if (f->type == SQL_BLOB) {
                        struct str v = sql_in_str(f, call->in);
                        sqlite3_bind_blob64(s, at, v.p, v.n, SQLITE_STATIC);
                } else {
                        sqlite3_bind_int64(s, at, sql_in_int(f, call->in));
                }
        }
}

/* Through the value itself: the sqlite3_column_ functions each look the column up anew. */
static int read_column(sqlite3_value *v, const struct sql_field *f, unsigned char *row, struct arena *a)
{
        int type = sqlite3_value_type(v);

        if (type == SQLITE_NULL)
                return sql_out_null(f, row);
        if (type == SQLITE_INTEGER && !sql_is_bytes(f->type))
                return sql_out_int(f, row, sqlite3_value_int64(v));
        if ((type == SQLITE_TEXT && f->type == SQL_TEXT) || (type == SQLITE_BLOB && f->type == SQL_BLOB)) {
                const void *p = sqlite3_value_blob(v);
                return sql_out_str(f, row, a, p, (size_t)sqlite3_value_bytes(v));
        }
        return ERR_INTERNAL;
}

static int read_row(sqlite3_stmt *s, struct sql_call *call)
{
        const struct sql_stmt *st = call->stmt;
        unsigned char *row = sql_row(call);

        for (uint32_t i = 0; i < st->n_out; i++) {
                int rc = read_column(sqlite3_column_value(s, (int)i), &st->out[i], row, call->arena);
                if (rc != OK) {
                        log_error("store: %s: column %s is not of its declared type", st->name, st->out[i].name);
                        return rc;
                }
        }
        return OK;
}

static int step_all(struct lite_conn *c, sqlite3_stmt *s, struct sql_call *call)
{
        int rc, code;

        while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
                if (call->stmt->shape == SQL_ONE && call->n)
                        continue; /* run to the end: a RETURNING statement must finish */
                code = read_row(s, call);
                if (code != OK)
                        return code;
        }
        if (rc != SQLITE_DONE)
                return fail(c, rc, call->stmt->name);
        if (call->changed)
                *call->changed = sqlite3_changes64(c->db);
        return call->stmt->shape == SQL_MUST && sqlite3_changes64(c->db) == 0 ? ERR_CONFLICT : OK;
}

int lite_call(struct tx *tx, struct sql_call *call)
{
        struct lite_conn *c = (struct lite_conn *)tx;

        if (!c->stmt[call->index]) {
                int rc = prepare(c, call);
                if (rc != OK)
                        return rc;
        }
        sqlite3_stmt *s = c->stmt[call->index];
        bind(s, call);
        int rc = step_all(c, s, call);
        sqlite3_reset(s);
        return rc;
}

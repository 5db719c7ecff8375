#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/log.h"
#include "store/inner/pg.h"

#define FIELDS_MAX 80
#define PG_NO_ROW "22012" /* division by zero: how a must says that it changed no row (tools/sqlgen.py) */
#define GRACE_MS 1000 /* past the server's own statement_timeout */

/* Types of pg_type, which never change. */
enum {
        OID_BOOL = 16,
        OID_BYTEA = 17,
        OID_NAME = 19,
        OID_INT8 = 20,
        OID_INT2 = 21,
        OID_INT4 = 23,
        OID_TEXT = 25,
        OID_BPCHAR = 1042,
        OID_VARCHAR = 1043
};

static int lose(struct pg_conn *c, const char *why)
{
        if (!c->lost)
                log_warn("store: PostgreSQL: %s: %s", why, pg_says(c->c));
        c->lost = true;
        if (!c->tx.failed)
                c->tx.failed = ERR_STORE;
        return ERR_STORE;
}

/* ---- waiting ---------------------------------------------------------------------------------------- */
static bool wait_for(struct pg_conn *c, short events, int64_t until)
{
        struct pollfd fd = { .fd = PQsocket(c->c), .events = events };
        int64_t left = (until - mono_us()) / 1000;
        return left > 0 && poll(&fd, 1, (int)left) > 0;
}

static int flush(struct pg_conn *c, int64_t until)
{
        int more;

        while ((more = PQflush(c->c)) == 1) {
                if (!wait_for(c, POLLIN | POLLOUT, until))
                        return lose(c, "sending takes too long");
                if (!PQconsumeInput(c->c))
                        return lose(c, "sending");
        }
        return more == 0 ? OK : lose(c, "sending");
}

/* The next result of the pipeline; NULL when lost. */
static PGresult *next_result(struct pg_conn *c, int64_t until)
{
        while (PQisBusy(c->c)) {
                if (!wait_for(c, POLLIN, until)) {
                        lose(c, "no answer in time");
                        return NULL;
                }
                if (!PQconsumeInput(c->c)) {
                        lose(c, "waiting for an answer");
                        return NULL;
                }
        }
        return PQgetResult(c->c);
}

/* ---- results ---------------------------------------------------------------------------------------- */
static int64_t int_of(const unsigned char *p, int n)
{
        uint64_t v = p[0] & 0x80 && n > 1 ? UINT64_MAX : 0;
        for (int i = 0; i < n; i++)
                v = v << 8 | p[i];
        return (int64_t)v;
}

static bool type_fits(Oid oid, enum sql_type t)
{
        switch (oid) {
        case OID_BOOL:
        case OID_INT2:
        case OID_INT4:
        case OID_INT8:
                return !sql_is_bytes(t);
        case OID_BYTEA:
                return t == SQL_BLOB;
        case OID_TEXT:
        case OID_VARCHAR:
        case OID_BPCHAR:
        case OID_NAME:
                return t == SQL_TEXT;
        default:
                return false;
        }
}

static int read_column(PGresult *r, int row, int col, const struct sql_field *f, unsigned char *out, struct arena *a)
{
        if (PQgetisnull(r, row, col))
                return sql_out_null(f, out);
        const void *p = PQgetvalue(r, row, col);
        int n = PQgetlength(r, row, col);
        return sql_is_bytes(f->type) ? sql_out_str(f, out, a, p, (size_t)n) : sql_out_int(f, out, int_of(p, n));
}

static int read_row(PGresult *r, int row, struct sql_call *call)
{
        const struct sql_stmt *st = call->stmt;
        unsigned char *out = sql_row(call);

        for (uint32_t i = 0; i < st->n_out; i++) {
                int rc = read_column(r, row, (int)i, &st->out[i], out, call->arena);
                if (rc != OK) {
                        log_error("store: %s: column %s is not of its declared type", st->name, st->out[i].name);
                        return rc;
                }
        }
        return OK;
}

static int check_columns(PGresult *r, const struct sql_stmt *st)
{
        bool fits = PQnfields(r) == (int)st->n_out;
        for (uint32_t i = 0; fits && i < st->n_out; i++)
                fits = type_fits(PQftype(r, (int)i), st->out[i].type);
        if (!fits)
                log_error("store: %s: columns are not as declared", st->name);
        return fits ? OK : ERR_INTERNAL;
}

static bool gives_rows(const struct sql_call *call)
{
        return call->stmt->shape == SQL_ONE || call->stmt->shape == SQL_MANY;
}

static int read_rows(PGresult *r, struct sql_call *call)
{
        if (!gives_rows(call)) {
                if (call->changed)
                        *call->changed = strtoll(PQcmdTuples(r), NULL, 10);
                return OK;
        }
        int n = PQntuples(r), rc = check_columns(r, call->stmt);
        if (call->stmt->shape == SQL_ONE && n > 1)
                n = 1;
        for (int i = 0; i < n && rc == OK; i++)
                rc = read_row(r, i, call);
        return rc;
}

/* The primary message has no row values in it; the detail has, and stays out of the log. */
static int fail(struct pg_conn *c, PGresult *r, const struct pg_sent *sent)
{
        const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
        const char *what = sent->stmt ? sent->stmt->name : sent->step == PG_COMMIT ? "COMMIT" : "BEGIN";
        int code = pg_code(state);

        if (pg_state_is_loss(state))
                return lose(c, what);
        if (sent->stmt && sent->stmt->shape == SQL_MUST && state && !strcmp(state, PG_NO_ROW))
                return ERR_CONFLICT;
        if (code != ERR_EXISTS && code != ERR_RULE && code != ERR_CONFLICT)
                log_error("store: %s: %s %s", what, state, PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY));
        return code;
}

static int take_result(struct pg_conn *c, PGresult *r, const struct pg_sent *sent, struct sql_call *call)
{
        switch (PQresultStatus(r)) {
        case PGRES_COMMAND_OK:
        case PGRES_TUPLES_OK:
                if (sent->step == PG_PREPARE)
                        c->prepared[sent->index] = PREPARED_YES;
                return call ? read_rows(r, call) : OK;
        case PGRES_PIPELINE_ABORTED:
                return OK; /* what came before it has failed and said so */
        default:
                return fail(c, r, sent);
        }
}

static int drain_one(struct pg_conn *c, const struct pg_sent *sent, struct sql_call *call, int64_t until)
{
        PGresult *r = next_result(c, until);
        if (!r)
                return c->lost ? ERR_STORE : lose(c, "an answer is missing");
        if (sent->step == PG_SYNC) {
                bool right = PQresultStatus(r) == PGRES_PIPELINE_SYNC;
                PQclear(r);
                return right ? OK : lose(c, "out of step");
        }
        int rc = take_result(c, r, sent, call);
        PQclear(r);
        while (!c->lost && (r = next_result(c, until)) != NULL)
                PQclear(r);
        return rc;
}

int pg_drain(struct pg_conn *c, struct sql_call *call)
{
        int64_t until = mono_us() + (c->tx.store->options.busy_ms + GRACE_MS) * INT64_C(1000);
        int first = flush(c, until), n = c->n_sent;

        for (int i = 0; i < n && !c->lost; i++) {
                const struct pg_sent *sent = &c->sent[i];
                bool asked = call && i == n - 2; /* before the sync */
                int rc = drain_one(c, sent, asked ? call : NULL, until);
                if (sent->step == PG_PREPARE && c->prepared[sent->index] == PREPARED_SENT)
                        c->prepared[sent->index] = PREPARED_NO;
                if (rc != OK && first == OK)
                        first = rc;
        }
        c->n_sent = 0;
        if (first != OK && !c->tx.failed)
                c->tx.failed = first;
        return first;
}

/* ---- sending ---------------------------------------------------------------------------------------- */
static int note(struct pg_conn *c, int sent_ok, enum pg_step step, const struct sql_call *call)
{
        if (!sent_ok)
                return lose(c, "sending");
        c->sent[c->n_sent++] = (struct pg_sent){ step, call ? call->index : 0, call ? call->stmt : NULL };
        return OK;
}

static int send_text(struct pg_conn *c, const char *sql, enum pg_step step)
{
        return note(c, PQsendQueryParams(c->c, sql, 0, NULL, NULL, NULL, NULL, 1), step, NULL);
}

static int send_sync(struct pg_conn *c)
{
        return note(c, PQpipelineSync(c->c), PG_SYNC, NULL);
}

static const char *name_of(char out[16], uint32_t index)
{
        snprintf(out, 16, "s%u", index);
        return out;
}

static void put_int(unsigned char out[8], int64_t v, int n)
{
        for (int i = n - 1; i >= 0; i--, v >>= 8)
                out[i] = (unsigned char)(v & 0xff);
}

static int width_of(enum sql_type t)
{
        return t == SQL_INT64 || t == SQL_INSTANT ? 8 : 4;
}

static int send_execute(struct pg_conn *c, const struct sql_call *call)
{
        const char *value[FIELDS_MAX];
        int length[FIELDS_MAX], format[FIELDS_MAX];
        unsigned char number[FIELDS_MAX][8];
        char name[16];

        for (uint32_t i = 0; i < call->stmt->n_in; i++) {
                const struct sql_field *f = &call->stmt->in[i];
                format[i] = 1;
                length[i] = 0;
                value[i] = NULL;
                if (sql_in_null(f, call->in))
                        continue;
                if (sql_is_bytes(f->type)) {
                        struct str s = sql_in_str(f, call->in);
                        value[i] = s.p;
                        length[i] = (int)s.n;
                } else {
                        length[i] = width_of(f->type);
                        put_int(number[i], sql_in_int(f, call->in), length[i]);
                        value[i] = (const char *)number[i];
                }
        }
        return note(
                c,
                PQsendQueryPrepared(c->c, name_of(name, call->index), (int)call->stmt->n_in, value, length, format, 1),
                PG_EXECUTE, call);
}

static int send_prepare(struct pg_conn *c, const struct sql_call *call)
{
        char name[16];
        if (c->prepared[call->index] != PREPARED_NO)
                return OK;
        c->prepared[call->index] = PREPARED_SENT;
        return note(c, PQsendPrepare(c->c, name_of(name, call->index), call->stmt->postgres, 0, NULL), PG_PREPARE,
                    call);
}

static int send_begin(struct pg_conn *c)
{
        if (c->begun)
                return OK;
        c->begun = true;
        return send_text(c,
                         c->tx.write ? "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
                                     : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                         PG_BEGIN);
}

static int call_once(struct pg_conn *c, struct sql_call *call)
{
        int rc = send_begin(c);
        if (rc == OK)
                rc = send_prepare(c, call);
        if (rc == OK)
                rc = send_execute(c, call);
        if (rc != OK)
                return rc;
        if (!gives_rows(call) && !call->changed && c->n_sent < PG_SENT_MAX)
                return OK;
        rc = send_sync(c);
        return rc == OK ? pg_drain(c, call) : rc;
}

int pg_call(struct tx *tx, struct sql_call *call)
{
        struct pg_conn *c = (struct pg_conn *)tx;
        bool first = !c->begun;

        if (call->stmt->n_in > FIELDS_MAX)
                return ERR_INTERNAL;
        if (c->read_until && mono_us() > c->read_until)
                return ERR_BUSY;
        int rc = call_once(c, call);
        if (!c->lost || !first || tx->write)
                return rc;
        /* A reader that has seen nothing yet may as well look at another snapshot. */
        pg_conn_close(c);
        if (pg_conn_open(c) != OK)
                return rc;
        pg_begin(c, tx->err);
        call->n = 0;
        return call_once(c, call);
}

/* ---- transactions ----------------------------------------------------------------------------------- */
void pg_begin(struct pg_conn *c, struct err *err)
{
        c->begun = c->commit_sent = c->lost = false;
        c->tx.failed = OK;
        c->tx.err = err;
}

int pg_commit(struct pg_conn *c)
{
        if (!c->begun)
                return OK;
        int rc = send_text(c, "COMMIT", PG_COMMIT);
        if (rc == OK)
                rc = send_sync(c);
        c->commit_sent = true;
        if (rc == OK)
                rc = pg_drain(c, NULL);
        if (c->lost)
                /* A failure that was answered before the line broke is certain: COMMIT was skipped. */
                return c->tx.failed == ERR_STORE ? ERR_UNSURE : c->tx.failed;
        if (rc != OK)
                pg_rollback(c);
        c->begun = false;
        return rc;
}

void pg_rollback(struct pg_conn *c)
{
        if (!c->begun || c->lost)
                return;
        /* Statements still in the pipeline are sent for nothing; the server undoes them. */
        if (send_sync(c) == OK && pg_drain(c, NULL) == ERR_STORE && c->lost)
                return;
        if (send_text(c, "ROLLBACK", PG_ROLLBACK) == OK && send_sync(c) == OK)
                pg_drain(c, NULL);
        c->begun = false;
}

void pg_leave(struct pg_conn *c)
{
        if (c->begun && !c->lost && send_text(c, "COMMIT", PG_COMMIT) == OK && send_sync(c) == OK)
                flush(c, mono_us() + GRACE_MS * INT64_C(1000));
        c->begun = false;
}

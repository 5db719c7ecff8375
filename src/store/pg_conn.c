#include <poll.h>
#include <stdio.h>
#include <string.h>
#include "base/log.h"
#include "store/inner/pg.h"

#define BACKOFF_FIRST_US 100000
#define BACKOFF_MAX_US 2000000

/* ---- codes ------------------------------------------------------------------------------------------ */
struct state_code {
        const char *prefix;
        int code;
};

/* The first prefix that fits. PostgreSQL manual, appendix A. */
static const struct state_code state_codes[] = {
        { "23505", ERR_EXISTS },   { "23P01", ERR_EXISTS }, { "23", ERR_RULE },     { "40001", ERR_CONFLICT },
        { "40P01", ERR_CONFLICT }, { "53100", ERR_FULL },   { "53", ERR_STORE },    { "54", ERR_TOO_BIG },
        { "55P03", ERR_BUSY },     { "57014", ERR_BUSY },   { "57", ERR_STORE },    { "58", ERR_IO },
        { "22021", ERR_UTF8 },     { "22P05", ERR_UTF8 },   { "22003", ERR_RANGE }, { "25006", ERR_STORE },
        { "25P03", ERR_STORE },    { "08", ERR_STORE },     { "28", ERR_STORE },    { "XX001", ERR_IO },
        { "XX002", ERR_IO },
};

int pg_code(const char *state)
{
        if (!state)
                return ERR_STORE;
        for (size_t i = 0; i < COUNT(state_codes); i++)
                if (!strncmp(state, state_codes[i].prefix, strlen(state_codes[i].prefix)))
                        return state_codes[i].code;
        return ERR_INTERNAL;
}

/* Also a statement that the server does not remember, and a server that became a standby: only a new line helps. */
bool pg_state_is_loss(const char *state)
{
        return !state || !strncmp(state, "57P0", 4) || !strncmp(state, "08", 2) || !strcmp(state, "25P03") ||
               !strcmp(state, "26000") || !strcmp(state, "25006");
}

const char *pg_says(const PGconn *c)
{
        static _Thread_local char line[256];
        snprintf(line, sizeof line, "%s", PQerrorMessage(c));
        line[strcspn(line, "\n")] = '\0';
        return line;
}

/* ---- connecting ------------------------------------------------------------------------------------- */
static void no_notice(void *arg, const char *message)
{
        (void)arg, (void)message;
}

/* What a commit promises is not left to the server's configuration. */
static int session(PGconn *c, int busy_ms)
{
        char sql[512];
        snprintf(sql, sizeof sql,
                 "SET statement_timeout = %d; SET lock_timeout = %d; SET idle_in_transaction_session_timeout = %d;"
                 "SET standard_conforming_strings = on; SET timezone = 'UTC';"
                 "SELECT set_config('synchronous_commit', 'on', false) "
                 "WHERE current_setting('synchronous_commit') IN ('off', 'local') "
                 "AND current_setting('fsync') = 'on'",
                 busy_ms, busy_ms, busy_ms * 2);
        PGresult *r = PQexec(c, sql);
        int rc = PQresultStatus(r) == PGRES_TUPLES_OK ? OK : ERR_STORE;
        PQclear(r);
        return rc;
}

PGconn *pg_connect_plain(struct store *s, bool write)
{
        char connect_s[16], user_ms[16];
        int ms = s->options.busy_ms;
        /* What the address itself says comes later and wins. */
        const char *const key[] = { "connect_timeout",  "tcp_user_timeout",
                                    "keepalives_idle",  "keepalives_interval",
                                    "keepalives_count", "application_name",
                                    "client_encoding",  "target_session_attrs",
                                    "dbname",           NULL };
        const char *const value[] = { connect_s, user_ms, "5", "2", "3", "linli", "UTF8", write ? "read-write" : "any",
                                      s->url,    NULL };

        snprintf(connect_s, sizeof connect_s, "%d", ms < 2000 ? 2 : (ms + 999) / 1000);
        snprintf(user_ms, sizeof user_ms, "%d", ms);
        PGconn *c = PQconnectdbParams(key, value, 1);
        if (!c)
                out_of_memory(1);
        PQsetNoticeProcessor(c, no_notice, NULL);
        if (PQstatus(c) == CONNECTION_OK && session(c, ms) == OK)
                return c;
        log_error("store: PostgreSQL: %s", pg_says(c));
        PQfinish(c);
        return NULL;
}

void pg_conn_init(struct pg_conn *c, struct store *s, struct arena *a, bool write)
{
        *c = (struct pg_conn){ .tx = { .store = s, .write = write } };
        c->prepared = arena_array(a, unsigned char, sql_count() + 1);
}

/* One failure speaks for all connections for a while, so that nobody waits for a server that is away. */
static void note_failure(struct pg *p)
{
        int64_t wait = atomic_load(&p->backoff) * 2;
        if (wait < BACKOFF_FIRST_US)
                wait = BACKOFF_FIRST_US;
        if (wait > BACKOFF_MAX_US)
                wait = BACKOFF_MAX_US;
        atomic_store(&p->backoff, wait);
        atomic_store(&p->retry_at, mono_us() + wait);
}

static int make_reader(PGconn *c)
{
        PGresult *r = PQexec(c, "SET default_transaction_read_only = on");
        int rc = PQresultStatus(r) == PGRES_COMMAND_OK ? OK : ERR_STORE;
        PQclear(r);
        return rc;
}

int pg_conn_open(struct pg_conn *c)
{
        struct pg *p = pg_of(c->tx.store);

        if (c->c)
                return OK;
        if (mono_us() < atomic_load(&p->retry_at))
                return ERR_STORE;
        c->c = pg_connect_plain(c->tx.store, c->tx.write);
        if (!c->c || (!c->tx.write && make_reader(c->c) != OK) || PQsetnonblocking(c->c, 1) != 0 ||
            PQenterPipelineMode(c->c) != 1) {
                pg_conn_close(c);
                note_failure(p);
                return ERR_STORE;
        }
        atomic_store(&p->backoff, 0);
        return OK;
}

void pg_conn_close(struct pg_conn *c)
{
        PQfinish(c->c);
        c->c = NULL;
        memset(c->prepared, PREPARED_NO, sql_count());
        c->n_sent = 0;
        c->begun = false;
}

bool pg_conn_alive(struct pg_conn *c)
{
        /* Nothing is owed to us: whatever the server says now is good-bye, or a notice that is worth a new line. */
        struct pollfd fd = { .fd = PQsocket(c->c), .events = POLLIN };
        return poll(&fd, 1, 0) == 0;
}

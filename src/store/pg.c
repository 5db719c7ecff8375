#include <stdlib.h>
#include "store/inner/files.h"
#include "store/inner/pg.h"

static int pg_open(struct store *s, struct err *err)
{
        struct pg *p = calloc(1, sizeof *p);
        if (!p)
                out_of_memory(sizeof *p);
        s->own = p;
        pthread_mutex_init(&p->down_lock, NULL);
        pg_pool_init(s);
        int rc = pg_schema(s, s->options.create && !s->options.read_only, err);
        if (rc == OK && !s->options.read_only)
                rc = pg_write_start(s);
        return rc;
}

static void pg_close(struct store *s)
{
        struct pg *p = pg_of(s);
        if (!p)
                return;
        pg_write_stop(s);
        pg_pool_free(s);
        pthread_mutex_destroy(&p->down_lock);
        arena_free(&p->arena);
        free(p);
}

static int64_t pg_bytes(struct store *s)
{
        (void)s;
        return -1; /* the server's own monitoring knows */
}

static int pg_backup(struct store *s, const char *to, struct err *err)
{
        (void)s, (void)to;
        return err_set(err, ERR_RULE, "db", "PostgreSQL 的备份请用 pg_dump 或 pg_basebackup。",
                       "Back PostgreSQL up with pg_dump or pg_basebackup.");
}

/* The server checks its pages and keys itself; we ask whether it found anything. */
static int pg_integrity(struct store *s, struct err *err)
{
        PGconn *c = pg_connect_plain(s, false);
        if (!c)
                return ERR_STORE;
        PGresult *r = PQexec(c, "SELECT coalesce(sum(checksum_failures), 0)::bigint FROM pg_stat_database");
        int rc = PQresultStatus(r) == PGRES_TUPLES_OK ? OK : ERR_STORE;
        if (rc == OK && atoll(PQgetvalue(r, 0, 0)) > 0)
                rc = err_set(err, ERR_IO, "db", "PostgreSQL 报告有数据页校验失败。",
                             "PostgreSQL reports pages whose checksum failed.");
        PQclear(r);
        PQfinish(c);
        return rc;
}

/* No statement gives a deleted row back. Its bytes go from the pages with the server's own vacuum, which runs by itself. */
static int pg_scrub(struct store *s, int wait_ms, struct err *err)
{
        (void)s, (void)wait_ms, (void)err;
        return OK;
}

const struct engine engine_postgres = {
        .kind = STORE_POSTGRES,
        .open = pg_open,
        .close = pg_close,
        .read_begin = pg_read_begin,
        .read_renew = pg_read_renew,
        .read_end = pg_read_end,
        .call = pg_call,
        .bytes = pg_bytes,
        .backup = pg_backup,
        .integrity = pg_integrity,
        .scrub = pg_scrub,
        .files = &pg_files,
};

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/log.h"
#include "store/inner/pg.h"

static int run(PGconn *c, const char *sql)
{
        PGresult *r = PQexec(c, sql);
        ExecStatusType st = PQresultStatus(r);
        int rc =
                st == PGRES_COMMAND_OK || st == PGRES_TUPLES_OK ? OK : pg_code(PQresultErrorField(r, PG_DIAG_SQLSTATE));
        if (rc != OK)
                log_error("store: migration: %s", pg_says(c));
        PQclear(r);
        return rc;
}

static int number(PGconn *c, const char *sql, int64_t *ret)
{
        PGresult *r = PQexec(c, sql);
        int rc = PQresultStatus(r) == PGRES_TUPLES_OK && PQntuples(r) == 1 ? OK : ERR_STORE;
        if (rc == OK)
                *ret = strtoll(PQgetvalue(r, 0, 0), NULL, 10);
        else
                log_error("store: %s", pg_says(c));
        PQclear(r);
        return rc;
}

/* ---- what is there ---------------------------------------------------------------------------------- */
/* Tables of extensions (spatial_ref_sys, pg_stat_statements) are nobody's. */
static const char tables_sql[] =
        "SELECT count(*) FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace "
        "AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT EXISTS (SELECT 1 FROM pg_depend d "
        "WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')";
static const char versioned_sql[] = "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace "
                                    "AND relkind = 'r' AND relname = 'schema_version'";

static int read_rows(PGconn *c, struct schema_state *state)
{
        PGresult *r = PQexec(c, "SELECT n, sha256 FROM schema_version ORDER BY n");
        int rc = PQresultStatus(r) == PGRES_TUPLES_OK ? OK : ERR_STORE;
        for (int i = 0; rc == OK && i < PQntuples(r) && state->n < SCHEMA_ROWS_MAX; i++) {
                struct schema_row *row = &state->row[state->n++];
                row->n = atoi(PQgetvalue(r, i, 0));
                snprintf(row->sha256, sizeof row->sha256, "%s", PQgetvalue(r, i, 1));
        }
        PQclear(r);
        return rc;
}

static int read_state(PGconn *c, struct schema_state *state)
{
        int64_t tables, versions;
        int rc = number(c, tables_sql, &tables);
        if (rc == OK)
                rc = number(c, versioned_sql, &versions);
        if (rc != OK)
                return rc;
        state->empty = tables == 0;
        state->versioned = versions == 1;
        return state->versioned ? read_rows(c, state) : OK;
}

/* ---- applying --------------------------------------------------------------------------------------- */
static int apply(PGconn *c, const struct schema_file *f, bool first)
{
        char sql[512];

        int rc = run(c, "BEGIN");
        if (rc == OK && first)
                rc = run(c, schema_version_sql);
        if (rc == OK)
                rc = run(c, f->postgres);
        snprintf(sql, sizeof sql,
                 "INSERT INTO schema_version (n, name, sha256, at) VALUES (%d, '%s', '%s', "
                 "CAST(extract(epoch FROM now()) AS bigint) * 1000000)",
                 (int)f->n, f->name, f->sha256);
        if (rc == OK)
                rc = run(c, sql);
        if (rc == OK)
                rc = run(c, "COMMIT");
        if (rc != OK)
                run(c, "ROLLBACK");
        return rc;
}

/* Every table that has a town is spread by it, all in one colocation group. Does nothing without the extension.
 * Written from the Citus manual; the tests here have no Citus to run it on. */
static int distribute(PGconn *c)
{
        int64_t citus = 0;
        int rc = number(c, "SELECT count(*) FROM pg_extension WHERE extname = 'citus'", &citus);
        if (rc != OK || !citus)
                return rc;
        return run(c, "SELECT create_distributed_table(t.oid::regclass, 'town') FROM (SELECT c.oid FROM pg_class c "
                      "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'town' AND NOT a.attisdropped "
                      "WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' "
                      "AND NOT EXISTS (SELECT 1 FROM pg_dist_partition p WHERE p.logicalrelid = c.oid) "
                      "ORDER BY c.oid) t");
}

static int bring_up(PGconn *c, bool may_apply, struct err *err)
{
        struct schema_state state = { 0 };
        size_t first = 0;

        int rc = read_state(c, &state);
        if (rc != OK)
                return err_set(err, rc, "db", "无法读取数据库结构。", "The database schema cannot be read.");
        rc = schema_judge(&state, may_apply, &first, err);
        if (rc != OK || first == schema_files_n)
                return rc;
        for (size_t i = first; i < schema_files_n; i++) {
                rc = apply(c, &schema_files[i], i == 0);
                if (rc != OK)
                        return err_set(err, rc, "db", "执行第 %d 版升级脚本（%s）失败，数据库未改动。",
                                       "Migration %d (%s) failed; the database is as it was before it.",
                                       (int)schema_files[i].n, schema_files[i].name);
        }
        rc = distribute(c);
        return rc == OK ? OK
                        : err_set(err, rc, "db", "无法按乡镇分布数据表（Citus）。",
                                  "Citus could not distribute the tables.");
}

/* Several servers may start at once on one database: the first one migrates, the others look again. */
int pg_schema(struct store *s, bool may_apply, struct err *err)
{
        PGconn *c = pg_connect_plain(s, may_apply);
        if (!c)
                return err_set(err, ERR_STORE, "db", "连不上 PostgreSQL，请检查地址和服务器是否在运行。",
                               "PostgreSQL cannot be reached; check the address and that the server is running.");
        int rc = run(c,
                     "SET statement_timeout = 0; SET lock_timeout = '60s'; SET idle_in_transaction_session_timeout = 0;"
                     "SELECT pg_advisory_lock(119876, hashtext(coalesce(current_schema(), '')))");
        if (rc == OK)
                rc = bring_up(c, may_apply, err);
        PQfinish(c); /* and the lock goes with it */
        return rc;
}

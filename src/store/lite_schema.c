#include <stdio.h>
#include <string.h>
#include "store/inner/lite.h"

static int count_of(struct lite_conn *c, const char *sql, int64_t *ret)
{
        sqlite3_stmt *s;
        int rc = sqlite3_prepare_v2(c->db, sql, -1, &s, NULL);
        if (rc != SQLITE_OK)
                return lite_code(rc);
        rc = sqlite3_step(s);
        if (rc == SQLITE_ROW)
                *ret = sqlite3_column_int64(s, 0);
        sqlite3_finalize(s);
        return rc == SQLITE_ROW ? OK : lite_code(rc);
}

static int read_rows(struct lite_conn *c, struct schema_state *state)
{
        sqlite3_stmt *s;
        int rc = sqlite3_prepare_v2(c->db, "SELECT n, sha256 FROM schema_version ORDER BY n", -1, &s, NULL);
        if (rc != SQLITE_OK)
                return lite_code(rc);
        while ((rc = sqlite3_step(s)) == SQLITE_ROW && state->n < SCHEMA_ROWS_MAX) {
                struct schema_row *row = &state->row[state->n++];
                const char *sha = (const char *)sqlite3_column_text(s, 1);
                row->n = sqlite3_column_int(s, 0);
                snprintf(row->sha256, sizeof row->sha256, "%s", sha ? sha : "");
        }
        sqlite3_finalize(s);
        return rc == SQLITE_ROW || rc == SQLITE_DONE ? OK : lite_code(rc);
}

static int read_state(struct lite_conn *c, struct schema_state *state)
{
        int64_t tables = 0, versions = 0;
        int rc = count_of(c, "SELECT count(*) FROM sqlite_master", &tables);
        if (rc == OK)
                rc = count_of(c, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'",
                              &versions);
        if (rc != OK)
                return rc;
        state->empty = tables == 0;
        state->versioned = versions == 1;
        return state->versioned ? read_rows(c, state) : OK;
}

static int note(struct lite_conn *c, const struct schema_file *f)
{
        sqlite3_stmt *s;
        int rc = sqlite3_prepare_v2(c->db,
                                    "INSERT INTO schema_version (n, name, sha256, at) "
                                    "VALUES (?1, ?2, ?3, CAST(strftime('%s', 'now') AS integer) * 1000000)",
                                    -1, &s, NULL);
        if (rc != SQLITE_OK)
                return lite_code(rc);
        sqlite3_bind_int(s, 1, f->n);
        sqlite3_bind_text(s, 2, f->name, -1, SQLITE_STATIC);
        sqlite3_bind_text(s, 3, f->sha256, -1, SQLITE_STATIC);
        rc = sqlite3_step(s);
        sqlite3_finalize(s);
        return lite_code(rc);
}

static int apply(struct lite_conn *c, const struct schema_file *f, bool first)
{
        int rc = lite_do(c, LITE_BEGIN);
        if (rc != OK)
                return rc;
        if (first)
                rc = lite_exec(c, schema_version_sql);
        if (rc == OK)
                rc = lite_exec(c, f->sqlite);
        if (rc == OK)
                rc = note(c, f);
        if (rc == OK)
                rc = lite_do(c, LITE_COMMIT);
        if (rc != OK && !sqlite3_get_autocommit(c->db))
                lite_do(c, LITE_ROLLBACK);
        return rc;
}

int lite_schema(struct lite_conn *c, bool may_apply, struct err *err)
{
        struct schema_state state = { 0 };
        size_t first = 0;

        int rc = read_state(c, &state);
        if (rc != OK)
                return err_set(err, rc, "db", "无法读取数据库，它可能不是 SQLite 文件或已损坏。",
                               "The database cannot be read; it may be damaged or no SQLite file.");
        rc = schema_judge(&state, may_apply, &first, err);
        for (size_t i = first; rc == OK && i < schema_files_n; i++) {
                rc = apply(c, &schema_files[i], i == 0);
                if (rc != OK)
                        return err_set(err, rc, "db", "执行第 %d 版升级脚本（%s）失败，数据库未改动。",
                                       "Migration %d (%s) failed; the database is as it was before it.",
                                       (int)schema_files[i].n, schema_files[i].name);
        }
        return rc;
}

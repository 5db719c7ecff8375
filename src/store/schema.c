#include "store/inner/schema.h"
#include <string.h>

const char schema_version_sql[] = "CREATE TABLE schema_version (n integer PRIMARY KEY, name text NOT NULL, "
                                  "sha256 text NOT NULL, at bigint NOT NULL)";

static int newest(void)
{
        return schema_files_n ? (int)schema_files[schema_files_n - 1].n : 0;
}

static int judge_rows(const struct schema_state *s, struct err *err)
{
        for (size_t i = 0; i < s->n; i++) {
                int32_t n = s->row[i].n;
                if (i >= schema_files_n)
                        return err_set(err, ERR_SCHEMA, "",
                                       "数据库结构是第 %d 版，比本程序新（本程序到第 %d 版）。请换用更新的程序。",
                                       "The database schema is version %d, newer than this program (which knows %d). "
                                       "Use a newer program.",
                                       (int)s->row[s->n - 1].n, newest());
                if (n != schema_files[i].n)
                        return err_set(err, ERR_SCHEMA, "", "数据库结构不完整：缺少第 %d 版的升级记录。",
                                       "The database schema is incomplete: migration %d is not recorded.",
                                       (int)schema_files[i].n);
                if (strcmp(s->row[i].sha256, schema_files[i].sha256) != 0)
                        return err_set(
                                err, ERR_SCHEMA, "", "第 %d 版升级脚本（%s）与数据库中记录的不一致，可能被改动过。",
                                "Migration %d (%s) differs from the one recorded in the database; it was edited.",
                                (int)n, schema_files[i].name);
        }
        return OK;
}

int schema_judge(const struct schema_state *s, bool may_apply, size_t *ret_first, struct err *err)
{
        if (!s->empty && !s->versioned)
                return err_set(
                        err, ERR_SCHEMA, "", "这个数据库里有别的程序的表，不是邻里的数据库，不作改动。",
                        "This database holds tables of another program; it is not one of Linli's and is left alone.");
        int rc = judge_rows(s, err);
        if (rc != OK)
                return rc;
        if (s->n < schema_files_n && !may_apply)
                return err_set(err, ERR_SCHEMA, "", "数据库结构是第 %d 版，本程序需要第 %d 版，请先升级数据库。",
                               "The database schema is version %d, this program needs %d: upgrade the database first.",
                               s->n ? (int)s->row[s->n - 1].n : 0, newest());
        *ret_first = s->n;
        return OK;
}

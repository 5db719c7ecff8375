#include "town/town.h"
#include "town/town_sql.h"

static int head_of(struct ctx *ctx, int64_t *ret)
{
        struct sql_town_head_row head;
        int rc = sql_town_head(ctx->tx, ctx->arena, &(struct sql_town_head_in){ .town = ctx->town }, &head);
        if (rc == OK)
                *ret = head.version;
        else if (rc == ERR_NONE)
                *ret = 0;
        return rc == ERR_NONE ? OK : rc;
}

static int store_files(struct ctx *ctx, const struct folder *fo, int64_t n)
{
        for (size_t i = 0; i < fo->n; i++) {
                const struct folder_file *f = &fo->row[i];
                struct str sha = { (const char *)f->sha, sizeof(f->sha) };
                struct str bytes = f->bytes.p ? f->bytes : STR("");
                int rc = sql_town_blob_add(
                        ctx->tx, &(struct sql_town_blob_add_in){ .town = ctx->town, .sha = sha, .bytes = bytes }, NULL);
                if (rc != OK)
                        return rc;
                rc = sql_town_file_add(
                        ctx->tx,
                        &(struct sql_town_file_add_in){ .town = ctx->town, .n = n, .name = f->name, .sha = sha }, NULL);
                if (rc != OK)
                        return rc;
        }
        return OK;
}

static int same_digest(struct ctx *ctx, const struct folder *fo, int64_t n, bool trial, bool *ret)
{
        struct sql_town_version_row v;
        *ret = false;
        if (n == 0)
                return OK;
        int rc = sql_town_version(ctx->tx, ctx->arena, &(struct sql_town_version_in){ .town = ctx->town, .n = n }, &v);
        if (rc == OK)
                *ret = v.trial == trial &&
                       str_eq(v.digest, (struct str){ (const char *)fo->digest, sizeof(fo->digest) });
        return rc;
}

int town_store(struct ctx *ctx, const struct folder *fo, bool trial, int64_t *ret_version)
{
        int64_t now_at = 0;
        bool same;
        int rc = head_of(ctx, &now_at);
        if (rc == OK)
                rc = same_digest(ctx, fo, now_at, trial, &same);
        if (rc != OK)
                return rc;
        if (same) {
                *ret_version = now_at;
                return OK;
        }
        int64_t n = now_at + 1;
        rc = sql_town_version_add(
                ctx->tx,
                &(struct sql_town_version_add_in){ .town = ctx->town,
                                                   .n = n,
                                                   .at = ctx->now,
                                                   .actor = ctx->actor.name.p ? ctx->actor.name : STR(""),
                                                   .digest = { (const char *)fo->digest, sizeof(fo->digest) },
                                                   .trial = trial },
                NULL);
        if (rc == OK)
                rc = store_files(ctx, fo, n);
        if (rc == OK)
                rc = sql_town_head_put(ctx->tx, &(struct sql_town_head_put_in){ .town = ctx->town, .version = n },
                                       NULL);
        if (rc == OK)
                *ret_version = n;
        return rc == ERR_EXISTS ? ERR_CONFLICT : rc;
}

int town_label(struct ctx *ctx, int64_t version, struct town_label *ret)
{
        struct sql_town_version_row v;
        int rc = version == 0 ? head_of(ctx, &version) : OK;
        if (rc == OK)
                rc = sql_town_version(ctx->tx, ctx->arena,
                                      &(struct sql_town_version_in){ .town = ctx->town, .n = version }, &v);
        if (rc == OK)
                *ret = (struct town_label){ v.n, v.at, v.actor, v.trial };
        return rc;
}

int town_version_on(struct ctx *ctx, struct day on, struct town_label *ret)
{
        struct sql_town_version_on_row v;
        int rc = sql_town_version_on(ctx->tx, ctx->arena,
                                     &(struct sql_town_version_on_in){ .town = ctx->town, .at = day_end(on) }, &v);
        if (rc == OK)
                *ret = (struct town_label){ v.n, v.at, v.actor, v.trial };
        if (rc != ERR_NONE)
                return rc;
        struct sql_town_version_first_row first;
        rc = sql_town_version_first(ctx->tx, ctx->arena, &(struct sql_town_version_first_in){ .town = ctx->town },
                                    &first);
        if (rc == OK)
                *ret = (struct town_label){ first.n, first.at, first.actor, first.trial };
        return rc;
}

/* ---- the list of versions ------------------------------------------------------------------------------------------ */

static int names_of(struct ctx *ctx, int64_t n, struct sql_town_file_names_rows *ret)
{
        return sql_town_file_names(ctx->tx, ctx->arena, &(struct sql_town_file_names_in){ ctx->town, n }, ret);
}

/* Both in the byte order of the names. */
static void changed_between(struct arena *a, const struct sql_town_file_names_rows *old, const struct sql_town_file_names_rows *new,
                            struct town_version_row *v)
{
        size_t i = 0, k = 0;
        v->changed = arena_array(a, struct str, old->n + new->n);
        while (i < old->n || k < new->n) {
                int c = i == old->n ? 1 : k == new->n ? -1 : str_cmp(old->row[i].name, new->row[k].name);
                if (c != 0 || !str_eq(old->row[i].sha, new->row[k].sha))
                        v->changed[v->n_changed++] = c < 0 ? old->row[i].name : new->row[k].name;
                i += c <= 0;
                k += c >= 0;
        }
}

int town_versions(struct ctx *ctx, int64_t before, struct town_version_rows *ret)
{
        struct sql_town_version_list_rows rows;
        struct sql_town_file_names_rows new = { 0 }, old = { 0 };
        int rc = sql_town_version_list(ctx->tx, ctx->arena, &(struct sql_town_version_list_in){ ctx->town, before, TOWN_VERSIONS_PAGE }, &rows);
        if (rc == OK && rows.n > 0)
                rc = names_of(ctx, rows.row[0].n, &new);
        if (rc != OK)
                return rc;
        *ret = (struct town_version_rows){ arena_array(ctx->arena, struct town_version_row, rows.n), rows.n };
        for (size_t i = 0; rc == OK && i < rows.n; i++) {
                const struct sql_town_version_list_row *r = &rows.row[i];
                struct town_version_row *v = &ret->row[i];
                *v = (struct town_version_row){ .label = { r->n, r->at, r->actor, r->trial }, .draft = r->draft, .proposer = r->proposer, .judge = r->judge,
                                                .why = r->why };
                old = (struct sql_town_file_names_rows){ 0 };
                if (r->n > 1)
                        rc = names_of(ctx, r->n - 1, &old);
                if (rc == OK)
                        changed_between(ctx->arena, &old, &new, v);
                new = old;
        }
        return rc;
}

static int damaged(struct ctx *ctx, struct str name)
{
        return err_set(ctx->err, ERR_SCHEMA, "town", "库中的文件 %.*s 已损坏", "The stored file %.*s is damaged",
                       STR_ARG(name));
}

int town_folder_of(struct ctx *ctx, struct arena *a, int64_t version, struct folder *ret)
{
        struct sql_town_files_rows rows;
        if (version == 0) {
                int rc = head_of(ctx, &version);
                if (rc != OK)
                        return rc;
        }
        int rc = sql_town_files(ctx->tx, a, &(struct sql_town_files_in){ .town = ctx->town, .n = version }, &rows);
        if (rc != OK)
                return rc;
        if (rows.n == 0)
                return ERR_NONE;
        *ret = (struct folder){ .n = rows.n };
        for (size_t i = 0; i < rows.n; i++) {
                ret->row[i] = (struct folder_file){ .name = rows.row[i].name, .bytes = rows.row[i].bytes };
                if (folder_file_text(a, &ret->row[i]) != OK)
                        return damaged(ctx, rows.row[i].name); /* only readable files are loaded */
        }
        folder_seal(ret);
        for (size_t i = 0; i < rows.n; i++) { /* both are in the byte order of the names */
                struct str sha = { (const char *)ret->row[i].sha, sizeof(ret->row[i].sha) };
                if (!str_eq(rows.row[i].sha, sha))
                        return damaged(ctx, rows.row[i].name);
        }
        return OK;
}

int town_list(struct ctx *ctx, struct town_row **ret, size_t *ret_n)
{
        struct sql_town_all_rows rows;
        int rc = sql_town_all(ctx->tx, ctx->arena, &rows);
        if (rc != OK)
                return rc;
        *ret = arena_array(ctx->arena, struct town_row, rows.n);
        *ret_n = rows.n;
        for (size_t i = 0; i < rows.n; i++)
                (*ret)[i] = (struct town_row){ rows.row[i].town, rows.row[i].version, rows.row[i].at };
        return OK;
}

#include "matter/files.h"
#include <sodium.h>
#include "matter/inner/verify.h"
#include "matter/inner/write.h"
#include "matter/matter_sql.h"
#include "people/audit.h"
#include "store/file.h"

#define TOKEN_HASH 32

/* The store keeps a hash: who reads the table can bind nothing. */
static struct str token_hash(struct arena *a, struct str token)
{
        unsigned char *hash = arena_raw(a, TOKEN_HASH);
        crypto_generichash(hash, TOKEN_HASH, (const unsigned char *)token.p, token.n, NULL, 0);
        return (struct str){ (const char *)hash, TOKEN_HASH };
}

/* Who alone may bind it: staff what is theirs. Of everybody else nothing is known but the token. */
static struct str binder(const struct ctx *ctx)
{
        bool staff = ctx->actor.kind == ACTOR_STAFF || ctx->actor.kind == ACTOR_KEY;
        return staff ? actor_text(ctx->arena, ctx->actor) : STR("");
}

/* ---- uploads ---------------------------------------------------------------------------------------------------- */

int matter_upload_add(struct ctx *ctx, struct str token, const struct matter_upload *u)
{
        struct sql_matter_upload_sum_row sum;
        int rc = sql_matter_upload_sum(ctx->tx, ctx->arena, &(struct sql_matter_upload_sum_in){ .town = ctx->town }, &sum);
        if (rc != OK)
                return rc;
        if (sum.bytes + u->bytes > MATTER_UPLOADS_BYTES_MAX)
                return err_set(ctx->err, ERR_RATE, "file", "待提交的附件太多，请稍后再传", "Too many files wait to be sent in; try again later");
        return sql_matter_upload_add(ctx->tx,
                                     &(struct sql_matter_upload_add_in){ .town = ctx->town, .token = token_hash(ctx->arena, token), .digest = u->digest,
                                                                         .thumb = u->thumb, .kind = u->kind, .type = u->type, .bytes = u->bytes,
                                                                         .width = u->width, .height = u->height, .ms = u->ms, .name = u->name,
                                                                         .by = binder(ctx), .at = ctx->now },
                                     NULL);
}

static int forget(struct ctx *ctx, struct str digest, struct str thumb)
{
        int rc = file_forget(ctx, digest);
        return rc == OK && thumb.n ? file_forget(ctx, thumb) : rc;
}

int matter_upload_sweep(struct ctx *ctx, struct instant before, int max, int *ret_n)
{
        struct sql_matter_upload_old_rows rows;
        int rc = sql_matter_upload_old(ctx->tx, ctx->arena, &(struct sql_matter_upload_old_in){ .town = ctx->town, .before = before, .max = max }, &rows);
        for (size_t i = 0; rc == OK && i < rows.n; i++) {
                rc = sql_matter_upload_take(ctx->tx, &(struct sql_matter_upload_take_in){ .town = ctx->town, .token = rows.row[i].token });
                if (rc == OK)
                        rc = forget(ctx, rows.row[i].digest, rows.row[i].thumb);
        }
        *ret_n = rc == OK ? (int)rows.n : 0;
        return rc;
}

/* ---- binding ---------------------------------------------------------------------------------------------------- */

static int find_one(struct ctx *ctx, struct str token, const char *field, struct matter_upload *ret)
{
        struct sql_matter_upload_get_row r;
        int rc = token.n == MATTER_TOKEN_CHARS ? sql_matter_upload_get(ctx->tx, ctx->arena,
                                                                       &(struct sql_matter_upload_get_in){ .town = ctx->town, .token = token_hash(ctx->arena, token) }, &r)
                                               : ERR_NONE;
        if (rc == ERR_NONE)
                return err_set(ctx->err, ERR_UNKNOWN, field, "有附件不存在、已用过或已过期，请重新上传", "A file is unknown, used already or too old; upload it again");
        if (rc != OK)
                return rc;
        if (!str_eq(r.by, binder(ctx)))
                return err_set(ctx->err, ERR_RIGHT, field, "附件是别人上传的", "A file was sent in by somebody else");
        *ret = (struct matter_upload){ .digest = r.digest, .thumb = r.thumb, .kind = r.kind, .type = r.type, .bytes = r.bytes,
                                       .width = r.width, .height = r.height, .ms = r.ms, .name = r.name };
        return OK;
}

static bool named_before(const struct matter_files *f, struct str token)
{
        for (size_t i = 0; i < f->n; i++)
                if (str_eq(f->token[i], token))
                        return true;
        return false;
}

int matter_files_find(struct ctx *ctx, const struct town *t, struct str tokens, int32_t had, const char *field, struct matter_files *ret)
{
        struct str token;
        *ret = (struct matter_files){ .first = had + 1 };
        while (str_split(&tokens, ' ', &token)) {
                if (token.n == 0 || named_before(ret, token))
                        continue;
                if (ret->n == MATTER_FILES_STEP_MAX)
                        return err_set(ctx->err, ERR_RANGE, field, "一次最多 %d 个附件", "At most %d files at once", MATTER_FILES_STEP_MAX);
                if (had + (int32_t)ret->n >= t->files_max)
                        return err_set(ctx->err, ERR_RANGE, field, "一件事项最多 %d 个附件", "A matter has at most %d files", (int)t->files_max);
                int rc = find_one(ctx, token, field, &ret->row[ret->n]);
                if (rc != OK)
                        return rc;
                ret->token[ret->n++] = token;
        }
        return OK;
}

static void hash_text(struct str digest, char out[FILE_DIGEST_BYTES * 2 + 1])
{
        sodium_bin2hex(out, FILE_DIGEST_BYTES * 2 + 1, (const unsigned char *)digest.p, digest.n < FILE_DIGEST_BYTES ? digest.n : FILE_DIGEST_BYTES);
}

void matter_files_body(struct json *j, const struct matter_files *f)
{
        char hash[FILE_DIGEST_BYTES * 2 + 1];
        if (f->n == 0)
                return;
        json_key(j, "files");
        json_list(j);
        for (size_t i = 0; i < f->n; i++) {
                hash_text(f->row[i].digest, hash);
                json_open(j);
                json_kint(j, "k", f->first + (int32_t)i);
                json_kstr(j, "kind", f->row[i].kind);
                json_kc(j, "hash", hash);
                json_close(j);
        }
        json_end(j);
}

int matter_files_take(struct ctx *ctx, int64_t matter, int32_t n, const struct matter_files *f, bool shown)
{
        bool reporter = ctx->actor.kind == ACTOR_REPORTER || ctx->actor.kind == ACTOR_PUBLIC;
        int rc = OK;
        for (size_t i = 0; i < f->n && rc == OK; i++) {
                const struct matter_upload *u = &f->row[i];
                rc = sql_matter_upload_take(ctx->tx, &(struct sql_matter_upload_take_in){ .town = ctx->town, .token = token_hash(ctx->arena, f->token[i]) });
                if (rc == OK)
                        rc = sql_matter_file_add(ctx->tx,
                                                 &(struct sql_matter_file_add_in){ .town = ctx->town, .matter = matter, .k = f->first + (int32_t)i, .n = n,
                                                                                   .digest = u->digest, .thumb = u->thumb, .kind = u->kind, .type = u->type,
                                                                                   .bytes = u->bytes, .width = u->width, .height = u->height, .ms = u->ms,
                                                                                   .name = u->name, .reporter = reporter, .shown = shown || reporter },
                                                 NULL);
        }
        return rc;
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

int matter_files(struct ctx *ctx, int64_t matter, struct matter_file_rows *ret)
{
        struct sql_matter_files_rows rows;
        int rc = sql_matter_files(ctx->tx, ctx->arena, &(struct sql_matter_files_in){ .town = ctx->town, .matter = matter }, &rows);
        if (rc != OK)
                return rc;
        ret->n = rows.n;
        ret->row = arena_array(ctx->arena, struct matter_file, rows.n);
        for (size_t i = 0; i < rows.n; i++) {
                const struct sql_matter_files_row *r = &rows.row[i];
                ret->row[i] = (struct matter_file){ .k = r->k, .n = r->n, .reporter = r->reporter, .shown = r->shown, .erased = r->erased,
                                                    .of = { .digest = r->digest, .thumb = r->thumb, .kind = r->kind, .type = r->type, .bytes = r->bytes,
                                                            .width = r->width, .height = r->height, .ms = r->ms, .name = r->name } };
        }
        return OK;
}

int matter_file_find(const struct matter_file_rows *rows, int64_t k, const struct matter_file **ret, struct err *err)
{
        for (size_t i = 0; i < rows->n; i++) {
                if (rows->row[i].k != k)
                        continue;
                if (rows->row[i].erased.p)
                        return err_set(err, ERR_NONE, "k", "这个附件已删除", "This file was erased");
                *ret = &rows->row[i];
                return OK;
        }
        return err_set(err, ERR_NONE, "k", "没有这个附件", "There is no such file");
}

/* ---- erasing ---------------------------------------------------------------------------------------------------- */

static int erase_one(struct ctx *ctx, int64_t matter, const struct matter_file *f, struct str by)
{
        int rc = sql_matter_file_erase(ctx->tx, &(struct sql_matter_file_erase_in){ .town = ctx->town, .matter = matter, .k = f->k, .erased = by }, NULL);
        return rc == OK ? forget(ctx, f->of.digest, f->of.thumb) : rc;
}

int files_erase(struct ctx *ctx, int64_t matter, struct str by, bool said, int64_t *ret_n)
{
        struct matter_file_rows rows;
        *ret_n = 0;
        int rc = matter_files(ctx, matter, &rows);
        for (size_t i = 0; rc == OK && i < rows.n; i++) {
                if (rows.row[i].erased.p || (said && !rows.row[i].reporter))
                        continue;
                rc = erase_one(ctx, matter, &rows.row[i], by);
                *ret_n += 1;
        }
        return rc;
}

int matter_file_erase(struct ctx *ctx, int64_t matter, int64_t k, struct str basis)
{
        struct matter m;
        struct matter_file_rows rows;
        const struct matter_file *f;
        int rc = matter_get(ctx, matter, &m);
        if (rc == OK)
                rc = matter_files(ctx, matter, &rows);
        if (rc == OK)
                rc = matter_file_find(&rows, k, &f, ctx->err);
        if (rc != OK)
                return rc;
        struct str by = str_printf(ctx->arena, "%s: " STR_FMT, ctx->actor.kind == ACTOR_REPORTER ? "reporter" : "staff", STR_ARG(basis));
        struct change c = { .kind = "file-erased", .body = str_printf(ctx->arena, "{\"k\":%d}", (int)f->k), .at = ctx->now };
        struct notes notes = { 0 };
        change_note(ctx, &m, &notes, &c);
        rc = matter_save(ctx, &m, &notes);
        return rc == OK ? erase_one(ctx, matter, f, by) : rc;
}

/* ---- proof ------------------------------------------------------------------------------------------------------ */

static void verify_file(struct ctx *ctx, struct matter_check *c, const struct sql_matter_verify_files_row *r)
{
        char hash[FILE_DIGEST_BYTES * 2 + 1];
        hash_text(r->digest, hash);
        c->files++;
        c->files_erased += r->erased.p != NULL;
        if (str_find(r->body, str_of(hash)) < 0)
                verify_fault(ctx, c, r->matter, "附件与记录的指纹不符", "a file does not have the hash that its event names");
        if (!r->erased.p && (!r->there || !r->thumb_there))
                verify_fault(ctx, c, r->matter, "附件不见了，却没有删除的记录", "a file is gone, and nobody had it erased");
        if (r->erased.p && r->there)
                verify_fault(ctx, c, r->matter, "附件已删除，内容却还在", "a file was erased, and its bytes are still kept");
}

int verify_files(struct ctx *ctx, struct matter_check *c)
{
        struct sql_matter_verify_files_in in = { .town = ctx->town, .after = INT64_MIN, .max = VERIFY_PAGE };
        struct sql_matter_files_short_row less;
        for (;;) {
                ARENA_AUTO page = { 0 };
                struct sql_matter_verify_files_rows rows;
                int rc = store_read_renew(ctx->tx);
                if (rc == OK)
                        rc = sql_matter_verify_files(ctx->tx, &page, &in, &rows);
                if (rc != OK)
                        return rc;
                if (rows.n == 0)
                        break;
                for (size_t i = 0; i < rows.n; i++)
                        verify_file(ctx, c, &rows.row[i]);
                in.after = rows.row[rows.n - 1].matter;
                in.after_k = rows.row[rows.n - 1].k;
        }
        int rc = sql_matter_files_short(ctx->tx, ctx->arena, &(struct sql_matter_files_short_in){ .town = ctx->town }, &less);
        if (rc == OK)
                verify_fault(ctx, c, less.id, "附件的记录不全", "rows of its files are missing, or there are too many");
        return rc == ERR_NONE ? OK : rc;
}

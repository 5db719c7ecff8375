#include "store/file.h"
#include <errno.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>
#include "store/inner/files.h"
#include "store/inner/store_inner.h"
#include "store/store_sql.h"

#define PIECE ((size_t)64 << 10)
#define VERIFY_PAGE 200

static const struct engine_files *files_of(const struct store *s)
{
        return s->engine->files;
}

/* ---- descriptors ------------------------------------------------------------------------------------ */
int file_code(int error)
{
        return error == ENOSPC || error == EDQUOT || error == EFBIG ? ERR_FULL : ERR_IO;
}

int fd_write(int fd, const void *p, size_t n)
{
        for (size_t at = 0; at < n;) {
                ssize_t k = write(fd, (const char *)p + at, n - at);
                if (k < 0 && errno == EINTR)
                        continue;
                if (k <= 0)
                        return file_code(errno);
                at += (size_t)k;
        }
        return OK;
}

int fd_each(int fd, file_piece *piece, void *arg)
{
        char buf[PIECE];
        off_t at = 0;
        for (;;) {
                ssize_t n = pread(fd, buf, sizeof buf, at);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n < 0)
                        return ERR_IO;
                if (n == 0)
                        return OK;
                int rc = piece(arg, buf, (size_t)n);
                if (rc != OK)
                        return rc;
                at += n;
        }
}

void file_hex(struct str digest, char out[FILE_HEX])
{
        sodium_bin2hex(out, FILE_HEX, (const unsigned char *)digest.p, digest.n < FILE_DIGEST_BYTES ? digest.n : FILE_DIGEST_BYTES);
}

/* ---- a hash ----------------------------------------------------------------------------------------- */
struct hashing {
        crypto_generichash_state h;
        int64_t bytes;
};

static void hash_begin(struct hashing *h, struct str salt)
{
        crypto_generichash_init(&h->h, (const unsigned char *)salt.p, salt.n, FILE_DIGEST_BYTES);
        h->bytes = 0;
}

static int hash_piece(void *arg, const void *p, size_t n)
{
        struct hashing *h = arg;
        crypto_generichash_update(&h->h, p, n);
        h->bytes += (int64_t)n;
        return OK;
}

/* ---- writing ---------------------------------------------------------------------------------------- */
static int cannot_keep(struct err *err, int rc)
{
        return err_set(err, rc, "file", "附件存不下来：%s%.0s", "The file cannot be kept: %.0s%s", err_kind(rc)->say.zh, err_kind(rc)->say.en);
}

int file_begin(struct store *s, struct file_draft *ret, struct err *err)
{
        *ret = (struct file_draft){ .fd = -1 };
        int rc = files_of(s)->begin(s, ret);
        if (rc != OK)
                return cannot_keep(err, rc);
        ret->store = s;
        return OK;
}

int file_settle(struct ctx *ctx, struct file_draft *d, struct file_ref *ret)
{
        struct hashing h;
        struct stat st;
        struct file_ref ref;
        if (fstat(d->fd, &st) != 0)
                return cannot_keep(ctx->err, ERR_IO);
        if (st.st_size == 0)
                return err_set(ctx->err, ERR_RANGE, "file", "文件是空的", "The file is empty");
        if (st.st_size > FILE_BYTES_MAX)
                return err_set(ctx->err, ERR_TOO_BIG, "file", "文件太大，最多 %lld MiB", "The file is too large: at most %lld MiB",
                               (long long)(FILE_BYTES_MAX >> 20));
        chance_fill(ctx->chance, ref.salt, sizeof ref.salt);
        hash_begin(&h, (struct str){ (const char *)ref.salt, sizeof ref.salt });
        int rc = fd_each(d->fd, hash_piece, &h);
        crypto_generichash_final(&h.h, ref.digest, sizeof ref.digest);
        ref.bytes = h.bytes;
        if (rc == OK && files_of(d->store)->settle)
                rc = files_of(d->store)->settle(d->store, ctx->town, d, &ref);
        if (rc != OK)
                return cannot_keep(ctx->err, rc);
        *ret = ref;
        return OK;
}

int file_add(struct ctx *ctx, const struct file_ref *ref, const struct file_draft *d)
{
        int rc = sql_file_add(ctx->tx,
                              &(struct sql_file_add_in){ .town = ctx->town, .digest = { (const char *)ref->digest, sizeof ref->digest },
                                                         .salt = { (const char *)ref->salt, sizeof ref->salt }, .bytes = ref->bytes, .at = ctx->now },
                              NULL);
        return rc == OK && files_of(d->store)->add ? files_of(d->store)->add(ctx, ref, d) : rc;
}

void file_draft_end(struct file_draft *d)
{
        if (!d->store)
                return;
        files_of(d->store)->end(d);
        close(d->fd);
        *d = (struct file_draft){ 0 };
}

/* ---- reading and forgetting ------------------------------------------------------------------------- */
int file_open(struct ctx *ctx, struct str digest, int *ret_fd, int64_t *ret_bytes)
{
        struct sql_file_get_row row;
        struct stat st;
        int fd = -1;
        int rc = sql_file_get(ctx->tx, ctx->arena, &(struct sql_file_get_in){ .town = ctx->town, .digest = digest }, &row);
        if (rc == ERR_NONE)
                return err_set(ctx->err, rc, "file", "没有这个附件", "There is no such file");
        if (rc == OK)
                rc = files_of(ctx->tx->store)->open(ctx, digest, &fd);
        if (rc == OK && (fstat(fd, &st) != 0 || st.st_size != row.bytes || lseek(fd, 0, SEEK_SET) != 0)) {
                close(fd);
                rc = ERR_IO;
        }
        if (rc != OK)
                return err_set(ctx->err, ERR_IO, "file", "附件丢失或损坏，请管理员运行 linli verify",
                               "A file is missing or damaged; the operator should run linli verify");
        *ret_fd = fd;
        *ret_bytes = row.bytes;
        return OK;
}

int file_forget(struct ctx *ctx, struct str digest)
{
        int64_t n = 0;
        int rc = sql_file_drop(ctx->tx, &(struct sql_file_drop_in){ .town = ctx->town, .digest = digest }, &n);
        return rc == OK && n ? files_of(ctx->tx->store)->forget(ctx, digest) : rc;
}

int file_sweep(struct store *s, struct ctx *ctx, bool orphans, int *ret_n)
{
        *ret_n = 0;
        return files_of(s)->sweep ? files_of(s)->sweep(s, ctx, orphans, ret_n) : OK;
}

/* ---- proof ------------------------------------------------------------------------------------------ */
static void fault(struct ctx *ctx, struct file_check *c, struct str digest, bool gone)
{
        char hex[FILE_HEX];
        if (c->missing + c->damaged == 0) {
                file_hex(digest, hex);
                err_set(ctx->err, ERR_RULE, "file", "附件 %s %s%.0s", "The file %s %.0s%s", hex, gone ? "不见了" : "与其指纹不符",
                        gone ? "is gone" : "does not have its hash: it is damaged");
        }
        *(gone ? &c->missing : &c->damaged) += 1;
}

static int verify_one(struct ctx *ctx, struct file_check *c, const struct sql_file_page_row *r)
{
        struct hashing h;
        unsigned char digest[FILE_DIGEST_BYTES];
        hash_begin(&h, r->salt);
        int rc = files_of(ctx->tx->store)->each(ctx, r->digest, hash_piece, &h);
        crypto_generichash_final(&h.h, digest, sizeof digest);
        c->files++;
        c->bytes += r->bytes;
        bool whole = h.bytes == r->bytes && r->digest.n == sizeof digest && memcmp(digest, r->digest.p, sizeof digest) == 0;
        if (rc == ERR_NONE || rc == ERR_IO || (rc == OK && !whole)) {
                fault(ctx, c, r->digest, rc == ERR_NONE);
                rc = OK;
        }
        return rc;
}

int file_verify(struct ctx *ctx, struct file_check *ret)
{
        char last[FILE_DIGEST_BYTES];
        struct str after = { "", 0 };
        *ret = (struct file_check){ 0 };
        for (;;) {
                ARENA_AUTO page = { 0 };
                struct ctx of_page = *ctx;
                struct sql_file_page_rows rows;
                of_page.arena = &page;
                int rc = store_read_renew(ctx->tx);
                if (rc == OK)
                        rc = sql_file_page(ctx->tx, &page, &(struct sql_file_page_in){ .town = ctx->town, .after = after, .max = VERIFY_PAGE }, &rows);
                for (size_t i = 0; rc == OK && i < rows.n; i++)
                        rc = verify_one(&of_page, ret, &rows.row[i]);
                if (rc != OK)
                        return rc;
                if (rows.n == 0)
                        return ret->missing + ret->damaged ? ERR_RULE : OK;
                struct str digest = rows.row[rows.n - 1].digest;
                memcpy(last, digest.p, digest.n < sizeof last ? digest.n : sizeof last);
                after = (struct str){ last, digest.n < sizeof last ? digest.n : sizeof last };
        }
}

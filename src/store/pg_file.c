/* Attachments on PostgreSQL: chunks in a table of the town, so that they commit, replicate and are backed up with it. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "store/inner/files.h"
#include "store/inner/store_inner.h"
#include "store/store_sql.h"

#define CHUNK ((size_t)256 << 10)

/* A file without a name in the folder for temporary ones: gone when it is closed. */
static int temporary(int *ret_fd)
{
        char path[4096];
        const char *folder = getenv("TMPDIR");
        if (snprintf(path, sizeof path, "%s/linli-XXXXXX", folder && *folder ? folder : "/tmp") >= (int)sizeof path)
                return ERR_IO;
        int fd = mkostemp(path, O_CLOEXEC);
        if (fd < 0)
                return file_code(errno);
        unlink(path);
        *ret_fd = fd;
        return OK;
}

static int begin(struct store *s, struct file_draft *d)
{
        (void)s;
        return temporary(&d->fd);
}

static void end(struct file_draft *d)
{
        (void)d;
}

static int add(struct ctx *ctx, const struct file_ref *ref, const struct file_draft *d)
{
        ARENA_AUTO a = { 0 };
        char *buf = arena_raw(&a, CHUNK);
        struct sql_chunk_add_in in = { .town = ctx->town, .digest = { (const char *)ref->digest, sizeof ref->digest } };
        for (int64_t at = 0; at < ref->bytes; in.n++) {
                size_t want = ref->bytes - at < (int64_t)CHUNK ? (size_t)(ref->bytes - at) : CHUNK, n = 0;
                while (n < want) {
                        ssize_t k = pread(d->fd, buf + n, want - n, (off_t)(at + (int64_t)n));
                        if (k < 0 && errno == EINTR)
                                continue;
                        if (k <= 0)
                                return ERR_IO;
                        n += (size_t)k;
                }
                in.bytes = (struct str){ buf, n };
                int64_t changed; /* asked for, so that it is sent before the buffer is filled anew */
                int rc = sql_chunk_add(ctx->tx, &in, &changed);
                if (rc != OK)
                        return rc;
                at += (int64_t)n;
        }
        return OK;
}

static int each(struct ctx *ctx, struct str digest, file_piece *piece, void *arg)
{
        for (int32_t n = 0;; n++) {
                ARENA_AUTO a = { 0 };
                struct sql_chunk_get_row row;
                int rc = sql_chunk_get(ctx->tx, &a, &(struct sql_chunk_get_in){ .town = ctx->town, .digest = digest, .n = n }, &row);
                if (rc == ERR_NONE)
                        return n ? OK : ERR_NONE;
                if (rc == OK)
                        rc = piece(arg, row.bytes.p, row.bytes.n);
                if (rc != OK)
                        return rc;
        }
}

static int copy_piece(void *arg, const void *p, size_t n)
{
        return fd_write(*(int *)arg, p, n);
}

static int open_chunks(struct ctx *ctx, struct str digest, int *ret_fd)
{
        int fd;
        int rc = temporary(&fd);
        if (rc != OK)
                return rc;
        rc = each(ctx, digest, copy_piece, &fd);
        if (rc == OK)
                *ret_fd = fd;
        else
                close(fd);
        return rc;
}

static int forget(struct ctx *ctx, struct str digest)
{
        return sql_chunk_drop(ctx->tx, &(struct sql_chunk_drop_in){ .town = ctx->town, .digest = digest }, NULL);
}

const struct engine_files pg_files = { .begin = begin, .add = add, .end = end, .each = each, .open = open_chunks, .forget = forget };

/* Attachments on SQLite: files beside the database, PATH.files/TOWN/ab/HEX; what is being written lies in PATH.files/tmp. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/log.h"
#include "store/inner/files.h"
#include "store/inner/lite.h"
#include "store/store_sql.h"

#define PATH_BYTES 4352
#define ORPHAN_AGE_US US_PER_HOUR
#define DROPS_MAX 500
#define SWEEP_SOON_US (10 * US_PER_SECOND) /* asked often, it looks only while something was just forgotten */

/* ---- places ----------------------------------------------------------------------------------------- */
static int path_of(const struct store *s, char out[PATH_BYTES], int64_t town, struct str digest)
{
        char hex[FILE_HEX];
        file_hex(digest, hex);
        int n = snprintf(out, PATH_BYTES, "%s.files/%lld/%.2s/%s", lite_of((struct store *)(uintptr_t)s)->path, (long long)town, hex, hex);
        return n < PATH_BYTES ? OK : ERR_IO;
}

static int draft_path(const struct file_draft *d, char out[PATH_BYTES])
{
        int n = snprintf(out, PATH_BYTES, "%s.files/tmp/%s", lite_of(d->store)->path, d->name);
        return n < PATH_BYTES ? OK : ERR_IO;
}

static int sync_folder(const char *path)
{
        int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0)
                return ERR_IO;
        int rc = fsync(fd) == 0 ? OK : file_code(errno);
        close(fd);
        return rc;
}

/* Make the folders of @path above its last part. */
static int make_folders(const char *root, char *path)
{
        for (char *at = strchr(path + strlen(root), '/'); at; at = strchr(at + 1, '/')) {
                *at = '\0';
                int rc = mkdir(path, 0700) == 0 || errno == EEXIST ? OK : file_code(errno);
                *at = '/';
                if (rc != OK)
                        return rc;
        }
        return OK;
}

/* All folders from the one that @path lies in up to that of the database: another thread may have made one and not synced it yet. */
static int sync_folders(const char *root, char *path)
{
        int rc = OK;
        for (char *at = strrchr(path, '/'); rc == OK && at; at = strrchr(path, '/')) {
                *at = '\0';
                rc = sync_folder(*path ? path : "/");
                if (strlen(path) < strlen(root))
                        return rc;
        }
        return rc == OK ? sync_folder(".") : rc;
}

/* ---- writing ---------------------------------------------------------------------------------------- */
static int begin(struct store *s, struct file_draft *d)
{
        char path[PATH_BYTES];
        if (snprintf(path, sizeof path, "%s.files/tmp/XXXXXX", lite_of(s)->path) >= (int)sizeof path)
                return ERR_IO;
        int rc = make_folders(lite_of(s)->path, path);
        if (rc != OK)
                return rc;
        d->fd = mkostemp(path, O_CLOEXEC);
        if (d->fd < 0)
                return file_code(errno);
        snprintf(d->name, sizeof d->name, "%s", strrchr(path, '/') + 1);
        return OK;
}

static int settle(struct store *s, int64_t town, struct file_draft *d, const struct file_ref *ref)
{
        char from[PATH_BYTES], to[PATH_BYTES];
        bool synced = !s->options.scratch;
        int rc = draft_path(d, from);
        if (rc == OK)
                rc = path_of(s, to, town, (struct str){ (const char *)ref->digest, sizeof ref->digest });
        if (rc == OK && synced && fsync(d->fd) != 0)
                rc = file_code(errno);
        if (rc == OK)
                rc = make_folders(lite_of(s)->path, to);
        if (rc == OK && rename(from, to) != 0)
                rc = file_code(errno);
        if (rc != OK)
                return rc;
        d->name[0] = '\0';
        return synced ? sync_folders(lite_of(s)->path, to) : OK;
}

static void end(struct file_draft *d)
{
        char path[PATH_BYTES];
        if (d->name[0] && draft_path(d, path) == OK)
                unlink(path);
}

/* ---- reading ---------------------------------------------------------------------------------------- */
static int open_file(struct ctx *ctx, struct str digest, int *ret_fd)
{
        char path[PATH_BYTES];
        int rc = path_of(ctx->tx->store, path, ctx->town, digest);
        int fd = rc == OK ? open(path, O_RDONLY | O_CLOEXEC) : -1;
        if (fd < 0)
                return rc == OK && errno == ENOENT ? ERR_NONE : ERR_IO;
        *ret_fd = fd;
        return OK;
}

static int each(struct ctx *ctx, struct str digest, file_piece *piece, void *arg)
{
        int fd;
        int rc = open_file(ctx, digest, &fd);
        if (rc != OK)
                return rc;
        rc = fd_each(fd, piece, arg);
        close(fd);
        return rc;
}

/* ---- forgetting ------------------------------------------------------------------------------------- */
static int forget(struct ctx *ctx, struct str digest)
{
        atomic_store(&lite_of(ctx->tx->store)->forgot_us, mono_us());
        return sql_drop_add(ctx->tx, &(struct sql_drop_add_in){ .town = ctx->town, .digest = digest }, NULL);
}

/* A sweep and a backup exclude each other: what the copied database names is still there to be copied. */
int lite_files_lock(struct store *s, int how)
{
        char path[PATH_BYTES];
        if (snprintf(path, sizeof path, "%s.files", lite_of(s)->path) >= (int)sizeof path)
                return -1;
        int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd >= 0 && flock(fd, how) == 0)
                return fd;
        if (fd >= 0)
                close(fd);
        return -1;
}

struct sweeping {
        struct store *store;
        struct ctx *ctx;
        struct sql_drop_list_rows drops;
        int n;
};

static int drops_done(struct tx *tx, struct command *self)
{
        struct sweeping *w = self->arg;
        int rc = OK;
        for (size_t i = 0; i < w->drops.n && rc == OK; i++)
                rc = sql_drop_done(tx, &(struct sql_drop_done_in){ .town = w->ctx->town, .digest = w->drops.row[i].digest }, NULL);
        return rc;
}

static int sweep_drops(struct sweeping *w, struct ctx *read)
{
        char path[PATH_BYTES];
        int rc = sql_drop_list(read->tx, read->arena, &(struct sql_drop_list_in){ .town = read->town, .max = DROPS_MAX }, &w->drops);
        for (size_t i = 0; rc == OK && i < w->drops.n; i++) {
                rc = path_of(w->store, path, read->town, w->drops.row[i].digest);
                if (rc != OK || (unlink(path) != 0 && errno != ENOENT))
                        return ERR_IO;
                w->n++;
                *strrchr(path, '/') = '\0';
                int synced = w->store->options.scratch ? OK : sync_folder(path);
                if (synced != OK && access(path, F_OK) == 0)
                        return synced;
        }
        return rc;
}

static int orphan(struct sweeping *w, struct ctx *read, const char *folder, const char *name)
{
        unsigned char digest[FILE_DIGEST_BYTES];
        char path[PATH_BYTES];
        size_t n = 0;
        struct stat st;
        struct sql_file_get_row row;
        if (sodium_hex2bin(digest, sizeof digest, name, strlen(name), NULL, &n, NULL) != 0 || n != sizeof digest ||
            snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path || stat(path, &st) != 0)
                return OK; /* not ours */
        if ((int64_t)st.st_mtime * US_PER_SECOND > read->now.us - ORPHAN_AGE_US)
                return OK;
        int rc = sql_file_get(read->tx, read->arena, &(struct sql_file_get_in){ .town = read->town, .digest = { (const char *)digest, n } }, &row);
        if (rc != ERR_NONE)
                return rc;
        log_info("town=%lld: a file that nothing names was removed", (long long)read->town);
        w->n += unlink(path) == 0;
        return OK;
}

static int sweep_folder(struct sweeping *w, struct ctx *read, const char *folder)
{
        DIR *d = opendir(folder);
        int rc = d ? store_read_renew(read->tx) : OK;
        for (struct dirent *e; rc == OK && d && (e = readdir(d)) != NULL;)
                rc = orphan(w, read, folder, e->d_name);
        if (d)
                closedir(d);
        return rc;
}

static int sweep_orphans(struct sweeping *w, struct ctx *read)
{
        char folder[PATH_BYTES];
        int rc = OK;
        for (int i = 0; i < 256 && rc == OK; i++) {
                snprintf(folder, sizeof folder, "%s.files/%lld/%02x", lite_of(w->store)->path, (long long)read->town, i);
                rc = sweep_folder(w, read, folder);
        }
        return rc;
}

static int sweep(struct store *s, struct ctx *ctx, bool orphans, int *ret_n)
{
        ARENA_AUTO a = { 0 };
        struct sweeping w = { .store = s, .ctx = ctx };
        struct ctx read = *ctx;
        if (!orphans && mono_us() - atomic_load(&lite_of(s)->forgot_us) > SWEEP_SOON_US)
                return OK;
        int lock = lite_files_lock(s, LOCK_EX | LOCK_NB);
        if (lock < 0)
                return OK; /* no files yet, or a backup copies them */
        read.arena = &a;
        int rc = store_read_begin(s, &read.tx, ctx->err);
        if (rc == OK) {
                rc = sweep_drops(&w, &read);
                if (rc == OK && orphans)
                        rc = sweep_orphans(&w, &read);
                store_read_end(read.tx);
        }
        close(lock);
        if (rc == OK && w.drops.n)
                rc = store_write(s, drops_done, &w, PRIO_BACKGROUND, ctx->err);
        *ret_n = w.n;
        return rc;
}

/* What was being written when the process ended. The caller holds the store's lock, so nobody writes now. */
void lite_files_clean(struct store *s)
{
        char path[PATH_BYTES], file[PATH_BYTES];
        snprintf(path, sizeof path, "%s.files/tmp", lite_of(s)->path);
        DIR *d = opendir(path);
        for (struct dirent *e; d && (e = readdir(d)) != NULL;)
                if (e->d_name[0] != '.' && snprintf(file, sizeof file, "%s/%s", path, e->d_name) < (int)sizeof file)
                        unlink(file);
        if (d)
                closedir(d);
}

/* ---- backup ----------------------------------------------------------------------------------------- */
static int copy_piece(void *arg, const void *p, size_t n)
{
        return fd_write(*(int *)arg, p, n);
}

static int copy_file(const char *from, const char *to)
{
        int in = open(from, O_RDONLY | O_CLOEXEC), out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        int rc = in < 0 || out < 0 ? file_code(errno) : fd_each(in, copy_piece, &out);
        if (rc == OK && fsync(out) != 0)
                rc = file_code(errno);
        if (in >= 0)
                close(in);
        if (out >= 0)
                close(out);
        return rc;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
        (void)st, (void)kind, (void)at;
        return remove(path);
}

void lite_files_remove(const char *of)
{
        char path[PATH_BYTES];
        if (snprintf(path, sizeof path, "%s.files", of) < (int)sizeof path)
                nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* Until the database itself is moved the others are kept aside: whoever is interrupted begins again with all there. */
static int move_files(const char *copy, const char *path)
{
        char from[PATH_BYTES], to[PATH_BYTES], aside[PATH_BYTES];
        if (snprintf(from, sizeof from, "%s.files", copy) >= (int)sizeof from || snprintf(to, sizeof to, "%s.files", path) >= (int)sizeof to ||
            snprintf(aside, sizeof aside, "%s.old.files", path) >= (int)sizeof aside)
                return ERR_IO;
        if (access(to, F_OK) == 0 && access(aside, F_OK) != 0 && rename(to, aside) != 0)
                return ERR_IO;
        if (access(from, F_OK) == 0 && rename(from, to) != 0)
                return ERR_IO;
        return OK;
}

int store_put_in_place(const char *copy, const char *path)
{
        char aside[PATH_BYTES];
        int rc = move_files(copy, path);
        if (rc == OK && rename(copy, path) != 0)
                rc = ERR_IO;
        if (rc == OK && snprintf(aside, sizeof aside, "%s.old", path) < (int)sizeof aside)
                lite_files_remove(aside);
        return rc;
}

/* Copy what the database @copy names to TO.files. */
int lite_files_copy(struct store *s, sqlite3 *copy, const char *to)
{
        char from[PATH_BYTES], path[PATH_BYTES], hex[FILE_HEX];
        sqlite3_stmt *q;
        int rc = sqlite3_prepare_v2(copy, "SELECT town, digest FROM store_file ORDER BY town, digest", -1, &q, NULL) == SQLITE_OK ? OK : ERR_IO;
        int step = SQLITE_DONE;
        while (rc == OK && (step = sqlite3_step(q)) == SQLITE_ROW) {
                struct str digest = { sqlite3_column_blob(q, 1), (size_t)sqlite3_column_bytes(q, 1) };
                long long town = sqlite3_column_int64(q, 0);
                file_hex(digest, hex);
                rc = path_of(s, from, town, digest);
                if (rc == OK && snprintf(path, sizeof path, "%s.files/%lld/%.2s/%s", to, town, hex, hex) >= (int)sizeof path)
                        rc = ERR_IO;
                if (rc == OK)
                        rc = make_folders(to, path);
                if (rc == OK)
                        rc = copy_file(from, path);
                if (rc == OK)
                        rc = sync_folders(to, path);
        }
        sqlite3_finalize(q);
        return rc == OK && step != SQLITE_DONE ? ERR_IO : rc;
}

const struct engine_files lite_files = { .begin = begin, .settle = settle, .end = end, .each = each, .open = open_file, .forget = forget, .sweep = sweep };

/* store/file.h — attachments: bytes that go by a salted hash of themselves.
 *
 * A file is written once and never changed. Its name is BLAKE2b-256 over the bytes, keyed with 16 random bytes of its own: it
 * proves the bytes, two files with the same bytes cannot be told from their names, and once row and salt are gone nobody can
 * find out from the name what it was. So nothing is shared between two owners, and forgetting one is forgetting it.
 * On SQLite the bytes lie in PATH.files/TOWN/ab/HEX, on PostgreSQL in chunks of 256 KiB in a table.
 *
 *      file_begin, write to ->fd, file_settle      before the transaction: on SQLite file and folder are synced then
 *      file_add                                    in the transaction that names it elsewhere too
 *      file_draft_end                              always
 *
 * What was settled and never added (a crash between) is an orphan: file_sweep removes it.
 */
#pragma once
#include "base/ctx.h"
#include "store/store.h"

#define FILE_BYTES_MAX ((int64_t)32 << 20)
#define FILE_DIGEST_BYTES 32
#define FILE_SALT_BYTES 16

/* A file being written. All zero = none. */
struct file_draft {
        struct store *store;
        int fd;        /* read, write, seek; good while store is set */
        char name[32]; /* the engine's: its name while it has no other */
};
struct file_ref {
        unsigned char digest[FILE_DIGEST_BYTES], salt[FILE_SALT_BYTES];
        int64_t bytes;
};

/* An empty file where the engine wants it. ERR_FULL, ERR_IO. Any thread. */
int file_begin(struct store *, struct file_draft *ret, struct err *);
/* Salt (ctx->chance) and hash it, and on SQLite sync it and give it its name. Uses ctx->town; ctx->tx may be NULL.
 * ERR_RANGE when it is empty, ERR_TOO_BIG past FILE_BYTES_MAX, ERR_FULL, ERR_IO. */
int file_settle(struct ctx *, struct file_draft *, struct file_ref *ret);
/* In a write transaction: from here on it is there. May be run again. */
int file_add(struct ctx *, const struct file_ref *, const struct file_draft *);
/* Close it, and remove what has no name yet. A draft that is all zero is fine. */
void file_draft_end(struct file_draft *);

/* To be read from its first byte on: the caller closes *ret_fd. ERR_NONE: there is none such; ERR_IO: there should be. */
int file_open(struct ctx *, struct str digest, int *ret_fd, int64_t *ret_bytes);
/* In a write transaction: it is gone for everybody. Its bytes go with the commit (PostgreSQL) or with the next sweep
 * (SQLite). No such file is fine. */
int file_forget(struct ctx *, struct str digest);

/* Remove the bytes of what was forgotten and, with @orphans, files that no row names and that nobody has touched for an hour before
 * ctx->now. Not inside a transaction. A backup under way is waited for by doing nothing. *ret_n = files removed. */
int file_sweep(struct store *, struct ctx *, bool orphans, int *ret_n);

/* Every file of the town is there, as long as it was, and has its hash. Renews the read snapshot. ERR_RULE with the first fault as a
 * sentence in ctx->err; *ret is set then too. */
struct file_check { int64_t files, bytes, missing, damaged; };
int file_verify(struct ctx *, struct file_check *ret);

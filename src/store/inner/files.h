/* store/inner/files.h — where an engine keeps the bytes of attachments. */
#pragma once
#include "store/file.h"

typedef int file_piece(void *arg, const void *p, size_t n);

struct engine_files {
        int (*begin)(struct store *, struct file_draft *);
        /* Give it its name, durably; NULL: the transaction does all. */
        int (*settle)(struct store *, int64_t town, struct file_draft *, const struct file_ref *);
        /* Bytes into the transaction; NULL: they are there. */
        int (*add)(struct ctx *, const struct file_ref *, const struct file_draft *);
        void (*end)(struct file_draft *);
        /* Hand over all bytes, in pieces. ERR_NONE: they are not there. */
        int (*each)(struct ctx *, struct str digest, file_piece *, void *arg);
        /* A descriptor of its own. */
        int (*open)(struct ctx *, struct str digest, int *ret_fd);
        int (*forget)(struct ctx *, struct str digest);
        int (*sweep)(struct store *, struct ctx *, bool orphans, int *ret_n);
};
extern const struct engine_files lite_files, pg_files;

#define FILE_HEX (FILE_DIGEST_BYTES * 2 + 1)
void file_hex(struct str digest, char out[FILE_HEX]);
/* The whole of @fd, in pieces, from the beginning. */
int fd_each(int fd, file_piece *, void *arg);
/* All of it, or ERR_FULL, ERR_IO. */
int fd_write(int fd, const void *p, size_t n);
int file_code(int error); /* errno to ours */

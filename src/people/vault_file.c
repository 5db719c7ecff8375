#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/buf.h"
#include "people/inner/seal.h"

/* One line a key: number, 64 hexadecimal digits, the day it was made. Lines with # and empty ones are passed over. */
#define HEADING                                                                                                        \
        "# Linli vault keys 保险柜密钥. Whoever has this file can read the vault; without it nobody can.\n"       \
        "# Keep a copy apart from the database and its backups. Drop old keys only after linli vault rekey.\n"

#define HEX_CHARS (2 * SEAL_MASTER_BYTES)
#define FILE_MAX 65536

static int io_error(struct err *err, const char *path, int why)
{
        char text[128];
        const char *said = strerror_r(why, text, sizeof text);
        int rc = why == ENOSPC || why == EDQUOT ? ERR_FULL : ERR_IO;
        return err_set(err, rc, "", "密钥文件 %.150s 读写失败：%.60s", "The key file %.150s: %.60s", path, said);
}

/* ---- reading ---------------------------------------------------------------------------------------- */

static int check_stat(int fd, const char *path, struct err *err)
{
        struct stat st;
        if (fstat(fd, &st) != 0)
                return io_error(err, path, errno);
        if (!S_ISREG(st.st_mode))
                return err_set(err, ERR_RULE, "", "密钥文件 %.150s 不是普通文件",
                               "The key file %.150s is no plain file", path);
        if (st.st_uid != geteuid() && st.st_uid != 0)
                return err_set(err, ERR_RULE, "", "密钥文件 %.150s 属于别的用户",
                               "The key file %.150s belongs to another user", path);
        if (st.st_mode & (S_IRWXG | S_IRWXO))
                return err_set(err, ERR_RULE, "", "密钥文件 %.150s 他人可读，请执行 chmod 600",
                               "Others may read the key file %.150s: chmod 600 it", path);
        return st.st_size <= FILE_MAX
                       ? OK
                       : err_set(err, ERR_TOO_BIG, "", "密钥文件 %.150s 过大", "The key file %.150s is too big", path);
}

static int read_all(int fd, const char *path, struct buf *b, struct err *err)
{
        char part[4096];
        ssize_t n;
        while ((n = read(fd, part, sizeof part)) > 0)
                buf_add(b, part, (size_t)n);
        int why = errno;
        sodium_memzero(part, sizeof part);
        return n == 0 ? OK : io_error(err, path, why);
}

static int read_file(const char *path, struct buf *b, struct err *err)
{
        int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
        if (fd < 0 && errno == ENOENT)
                return err_set(err, ERR_NONE, "", "没有密钥文件 %.150s", "There is no key file %.150s", path);
        if (fd < 0 && errno == ELOOP)
                return err_set(err, ERR_RULE, "", "密钥文件 %.150s 不能是链接", "The key file %.150s may not be a link",
                               path);
        if (fd < 0)
                return io_error(err, path, errno);
        int rc = check_stat(fd, path, err);
        if (rc == OK)
                rc = read_all(fd, path, b, err);
        close(fd);
        return rc;
}

static bool take_line(struct str line, int64_t last, int32_t *ret_id,
                      unsigned char ret_master[static SEAL_MASTER_BYTES])
{
        struct str id, hex, made, rest = line;
        struct day day;
        int64_t n;
        size_t bytes;
        return str_split(&rest, ' ', &id) && str_split(&rest, ' ', &hex) && str_split(&rest, ' ', &made) &&
               rest.n == 0 && str_int(id, last + 1, INT32_MAX, &n) == OK && day_parse(made, &day) == OK &&
               hex.n == HEX_CHARS &&
               sodium_hex2bin(ret_master, SEAL_MASTER_BYTES, hex.p, hex.n, NULL, &bytes, NULL) == 0 &&
               bytes == SEAL_MASTER_BYTES && (*ret_id = (int32_t)n, true);
}

static int take_keys(struct str text, const char *path, struct vault_keys *ring, struct err *err)
{
        struct str line;
        for (int number = 1; str_split(&text, '\n', &line); number++) {
                line = str_trim(line);
                if (line.n == 0 || line.p[0] == '#')
                        continue;
                unsigned char master[SEAL_MASTER_BYTES];
                int32_t id;
                int64_t last = ring->n > 0 ? ring->key[ring->n - 1].id : 0;
                if (ring->n == SEAL_KEYS_MAX || !take_line(line, last, &id, master))
                        return err_set(err, ERR_BAD, "", "密钥文件 %.150s 第 %d 行读不懂",
                                       "The key file %.150s, line %d, cannot be read", path, number);
                seal_ring_add(ring, id, master);
                sodium_memzero(master, sizeof master);
        }
        return ring->n > 0 ? OK
                           : err_set(err, ERR_BAD, "", "密钥文件 %.150s 里没有密钥",
                                     "There is no key in the key file %.150s", path);
}

static void wipe(struct buf *b)
{
        if (b->p)
                sodium_memzero(b->p, b->cap);
        buf_free(b);
}

int vault_keys_load(const char *path, struct vault_keys **ret, struct err *err)
{
        struct buf text = BUF(FILE_MAX);
        struct vault_keys *ring = seal_ring();
        int rc = read_file(path, &text, err);
        if (rc == OK)
                rc = take_keys(buf_view(&text), path, ring, err);
        wipe(&text);
        if (rc != OK) {
                vault_keys_free(ring);
                return rc;
        }
        seal_ring_close(ring);
        *ret = ring;
        return OK;
}

int vault_keys_in_memory(struct chance *chance, struct vault_keys **ret)
{
        unsigned char master[SEAL_MASTER_BYTES];
        chance_fill(chance, master, sizeof master);
        *ret = seal_ring();
        seal_ring_add(*ret, 1, master);
        seal_ring_close(*ret);
        sodium_memzero(master, sizeof master);
        return OK;
}

/* ---- writing ---------------------------------------------------------------------------------------- */

static void add_key(struct buf *b, struct chance *chance, int32_t id, struct day today)
{
        unsigned char master[SEAL_MASTER_BYTES];
        char hex[HEX_CHARS + 1], day[11];
        chance_fill(chance, master, sizeof master);
        buf_printf(b, "%d %s %s\n", id, sodium_bin2hex(hex, sizeof hex, master, sizeof master), day_format(today, day));
        sodium_memzero(master, sizeof master);
        sodium_memzero(hex, sizeof hex);
}

static bool write_all(int fd, struct str s)
{
        while (s.n > 0) {
                ssize_t n = write(fd, s.p, s.n);
                if (n < 0 && errno != EINTR)
                        return false;
                if (n > 0)
                        s = (struct str){ s.p + n, s.n - (size_t)n };
        }
        return true;
}

/* The new name must survive a power cut as well. */
static bool sync_folder(const char *path)
{
        char *copy = strdup(path);
        int fd = copy ? open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
        free(copy);
        bool done = fd >= 0 && fsync(fd) == 0;
        if (fd >= 0)
                close(fd);
        return done;
}

static int write_new(const char *path, struct str text, struct err *err)
{
        int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd < 0 && errno == EEXIST)
                return err_set(err, ERR_EXISTS, "", "密钥文件 %.150s 已存在", "The key file %.150s exists already",
                               path);
        if (fd < 0)
                return io_error(err, path, errno);
        bool done = fchmod(fd, 0600) == 0 && write_all(fd, text) && fsync(fd) == 0;
        int why = errno;
        if (close(fd) != 0 && done) {
                done = false;
                why = errno;
        }
        if (done)
                return OK;
        unlink(path);
        return io_error(err, path, why);
}

int vault_keys_make(const char *path, struct chance *chance, struct day today, struct err *err)
{
        struct buf text = BUF(FILE_MAX);
        buf_puts(&text, HEADING);
        add_key(&text, chance, 1, today);
        int rc = write_new(path, buf_view(&text), err);
        if (rc == OK && !sync_folder(path))
                rc = io_error(err, path, errno);
        wipe(&text);
        return rc;
}

static int replace(const char *path, struct str text, struct err *err)
{
        char fresh[4096];
        if (snprintf(fresh, sizeof fresh, "%s.new", path) >= (int)sizeof fresh)
                return io_error(err, path, ENAMETOOLONG);
        int rc = write_new(fresh, text, err);
        if (rc != OK)
                return rc;
        if (rename(fresh, path) == 0 && sync_folder(path))
                return OK;
        rc = io_error(err, path, errno);
        unlink(fresh);
        return rc;
}

int vault_keys_add(const char *path, struct chance *chance, struct day today, int32_t *ret_id, struct err *err)
{
        struct vault_keys *ring;
        int rc = vault_keys_load(path, &ring, err);
        if (rc != OK)
                return rc;
        int32_t id = vault_keys_newest(ring);
        bool full = ring->n == SEAL_KEYS_MAX || id == INT32_MAX;
        vault_keys_free(ring);
        if (full)
                return err_set(err, ERR_RANGE, "", "密钥已满，请先删去旧的",
                               "The key file is full; drop old keys first");
        struct buf text = BUF(FILE_MAX);
        rc = read_file(path, &text, err);
        if (rc == OK && text.n > 0 && text.p[text.n - 1] != '\n')
                buf_char(&text, '\n');
        add_key(&text, chance, id + 1, today);
        if (rc == OK)
                rc = replace(path, buf_view(&text), err);
        wipe(&text);
        if (rc == OK)
                *ret_id = id + 1;
        return rc;
}

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include "store/inner/files.h"
#include "store/inner/lite.h"

static pthread_once_t configured = PTHREAD_ONCE_INIT;

/* SQLite's own memory figures cost a lock in every allocation. */
static void configure(void)
{
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static void write_pid(int fd)
{
        char pid[32];
        int n = snprintf(pid, sizeof pid, "%ld\n", (long)getpid());
        if (ftruncate(fd, 0) != 0 || pwrite(fd, pid, (size_t)n, 0) != n)
                return; /* only a help for whoever finds it locked */
}

static long read_pid(int fd)
{
        char pid[32] = "";
        return pread(fd, pid, sizeof pid - 1, 0) > 0 ? strtol(pid, NULL, 10) : 0;
}

static int lock(struct lite *l, struct err *err)
{
        const char *path = arena_printf(&l->arena, "%s.lock", l->path);
        l->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (l->lock_fd < 0)
                return err_set(err, ERR_STORE, "db", "无法建立锁文件 %s：%s", "Cannot make the lock file %s: %s", path,
                               strerror(errno));
        if (flock(l->lock_fd, LOCK_EX | LOCK_NB) != 0)
                return err_set(err, ERR_BUSY, "db", "另一个邻里进程（%ld）正在写这个数据库：%s",
                               "Another linli process (%ld) is writing this database: %s", read_pid(l->lock_fd),
                               l->path);
        write_pid(l->lock_fd);
        return OK;
}

static int check_file(struct lite *l, bool create, struct err *err)
{
        struct stat st;
        if (stat(l->path, &st) == 0 && !S_ISREG(st.st_mode))
                return err_set(err, ERR_BAD, "db", "%s 不是文件。", "%s is not a file.", l->path);
        if (stat(l->path, &st) != 0 && !create)
                return err_set(err, ERR_NONE, "db", "没有这个数据库：%s", "There is no such database: %s", l->path);
        return OK;
}

static int open_checked(struct store *s, struct err *err)
{
        struct lite *l = lite_of(s);
        bool create = s->options.create && !s->options.read_only;

        lite_conn_init(&l->writer, s, &l->arena, !s->options.read_only);
        int rc = lite_conn_open(&l->writer, create);
        if (rc != OK)
                return err_set(err, rc == ERR_INTERNAL ? ERR_STORE : rc, "db", "无法打开数据库 %s：%s%.0s",
                               "The database %s cannot be opened: %.0s%s", l->path, lite_why(l->writer.failed).zh,
                               lite_why(l->writer.failed).en);
        rc = lite_schema(&l->writer, create, err);
        return rc;
}

static int lite_open(struct store *s, struct err *err)
{
        struct lite *l = calloc(1, sizeof *l);
        if (!l)
                out_of_memory(sizeof *l);
        pthread_once(&configured, configure);
        s->own = l;
        l->lock_fd = -1;
        l->path = arena_strndup(&l->arena, s->url + 7, strlen(s->url + 7));
        lite_pool_init(s);

        int rc = check_file(l, s->options.create && !s->options.read_only, err);
        if (rc == OK && !s->options.read_only)
                rc = lock(l, err);
        if (rc == OK)
                rc = open_checked(s, err);
        if (rc == OK && !s->options.read_only) {
                lite_files_clean(s);
                atomic_store(&l->forgot_us, mono_us());
                rc = lite_write_start(s);
        }
        if (rc == OK && s->options.read_only)
                lite_conn_close(&l->writer);
        return rc;
}

static void lite_close(struct store *s)
{
        struct lite *l = lite_of(s);
        if (!l)
                return;
        lite_write_stop(s);
        lite_pool_free(s);
        lite_conn_close(&l->writer); /* the last one out copies the WAL and removes it */
        if (l->lock_fd >= 0)
                close(l->lock_fd);
        arena_free(&l->arena);
        free(l);
}

const struct engine engine_sqlite = {
        .kind = STORE_SQLITE,
        .open = lite_open,
        .close = lite_close,
        .read_begin = lite_read_begin,
        .read_renew = lite_read_renew,
        .read_end = lite_read_end,
        .call = lite_call,
        .bytes = lite_bytes,
        .backup = lite_backup,
        .integrity = lite_integrity,
        .scrub = lite_scrub,
        .files = &lite_files,
};

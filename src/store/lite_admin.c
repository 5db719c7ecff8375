#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "store/inner/lite.h"

static int64_t size_of(const char *path)
{
        struct stat st;
        return stat(path, &st) == 0 ? (int64_t)st.st_size : 0;
}

int64_t lite_bytes(struct store *s)
{
        char wal[4096];
        const char *path = lite_of(s)->path;
        snprintf(wal, sizeof wal, "%s-wal", path);
        return size_of(path) + size_of(wal);
}

/* ---- backup ----------------------------------------------------------------------------------------- */
static int copy_pages(sqlite3 *from, sqlite3 *to)
{
        /* In one step: one snapshot, whatever is written meanwhile. */
        sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
        if (!b)
                return sqlite3_errcode(to);
        int rc = sqlite3_backup_step(b, -1);
        int rc2 = sqlite3_backup_finish(b);
        return rc == SQLITE_DONE ? rc2 : rc;
}

static int copy_to(struct store *s, struct lite_conn *from, const char *path)
{
        sqlite3 *to = NULL;
        int rc = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
        if (rc == SQLITE_OK)
                rc = sqlite3_exec(to, "PRAGMA synchronous=FULL", NULL, NULL, NULL);
        if (rc == SQLITE_OK)
                rc = copy_pages(from->db, to);
        if (rc == SQLITE_OK) /* the copy is one file, not three */
                rc = sqlite3_exec(to, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
        int files = rc == SQLITE_OK ? lite_files_copy(s, to, path) : OK;
        sqlite3_close(to);
        if (files != OK)
                return files;
        return rc == SQLITE_OK ? OK : lite_code(rc) == ERR_FULL ? ERR_FULL : ERR_IO;
}

static int sync_folder_of(const char *path)
{
        char folder[4096];
        const char *slash = strrchr(path, '/');
        snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path + 1) : 1, slash ? path : ".");
        int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0)
                return ERR_IO;
        int rc = fsync(fd) == 0 ? OK : ERR_IO;
        close(fd);
        return rc;
}

/* The files first: a copy of the database that stands under its own name has all that it names. */
static int take_names(const char *part, const char *to)
{
        char from[4224], name[4224];
        snprintf(from, sizeof from, "%s.files", part);
        snprintf(name, sizeof name, "%s.files", to);
        if (access(from, F_OK) == 0 && rename(from, name) != 0)
                return errno == ENOTEMPTY || errno == EEXIST ? ERR_EXISTS : ERR_IO;
        return rename(part, to) == 0 ? OK : ERR_IO;
}

int lite_backup(struct store *s, const char *to, struct err *err)
{
        char part[4096];
        struct lite_conn from;
        ARENA_AUTO a = { 0 };

        if (access(to, F_OK) == 0)
                return err_set(err, ERR_EXISTS, "to", "文件已存在：%s", "The file exists already: %s", to);
        if (snprintf(part, sizeof part, "%s.part", to) >= (int)sizeof part)
                return ERR_RANGE;
        unlink(part);
        lite_files_remove(part);
        lite_conn_init(&from, s, &a, false);
        int files = lite_files_lock(s, LOCK_SH);
        int rc = lite_conn_open(&from, false);
        if (rc == OK)
                rc = copy_to(s, &from, part);
        lite_conn_close(&from);
        if (files >= 0)
                close(files);
        if (rc == OK)
                rc = take_names(part, to);
        if (rc == OK)
                rc = sync_folder_of(to);
        if (rc == OK)
                return OK;
        unlink(part);
        lite_files_remove(part);
        return err_set(err, rc, "to", "备份到 %s 失败：%s%.0s", "The backup to %s failed: %.0s%s", to, err_kind(rc)->say.zh,
                       err_kind(rc)->say.en);
}

/* ---- integrity -------------------------------------------------------------------------------------- */
static int first_row(struct lite_conn *c, const char *sql, char *out, size_t n)
{
        sqlite3_stmt *s;
        int rc = sqlite3_prepare_v2(c->db, sql, -1, &s, NULL);
        if (rc != SQLITE_OK)
                return lite_code(rc);
        rc = sqlite3_step(s);
        if (rc == SQLITE_ROW)
                snprintf(out, n, "%.200s", (const char *)sqlite3_column_text(s, 0));
        sqlite3_finalize(s);
        return rc == SQLITE_ROW || rc == SQLITE_DONE ? OK : lite_code(rc);
}

static int check(struct lite_conn *c, struct err *err)
{
        char said[256] = "", table[256] = "";

        int rc = first_row(c, "PRAGMA integrity_check(1)", said, sizeof said);
        if (rc == OK && strcmp(said, "ok") != 0)
                rc = ERR_IO;
        if (rc != OK)
                return err_set(err, rc, "db", "数据库文件已损坏：%s", "The database file is damaged: %s", said);
        rc = first_row(c, "PRAGMA foreign_key_check", table, sizeof table);
        if (rc == OK && table[0])
                rc = ERR_RULE;
        if (rc != OK)
                return err_set(err, rc, "db", "表 %s 中有记录指向不存在的记录",
                               "Rows of table %s point to rows that do not exist", table);
        return OK;
}

int lite_integrity(struct store *s, struct err *err)
{
        struct lite_conn c;
        ARENA_AUTO a = { 0 };

        lite_conn_init(&c, s, &a, false);
        int rc = lite_conn_open(&c, false);
        if (rc == OK)
                rc = check(&c, err);
        lite_conn_close(&c);
        return rc;
}

/* ---- scrubbing -------------------------------------------------------------------------------------- */
int lite_scrub(struct store *s, int wait_ms, struct err *err)
{
        struct lite *l = lite_of(s);
        int64_t until = mono_us() + (int64_t)wait_ms * 1000;
        unsigned mine = atomic_fetch_add(&l->scrub_asked, 1) + 1;

        queue_wake(&s->queue);
        while (wait_ms > 0 && (int)(atomic_load(&l->scrub_done) - mine) < 0) {
                if (mono_us() > until)
                        return err_set(err, ERR_BUSY, "db", "有读取占用日志文件，稍后会自动清空", "A reader holds the WAL; it is emptied as soon as it lets go");
                nanosleep(&(struct timespec){ .tv_nsec = 2000000 }, NULL);
        }
        return OK;
}

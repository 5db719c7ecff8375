#include "town/folder.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <sodium.h>
#include "base/buf.h"
#include "base/csv.h"

static const struct {
        const char *name;
        bool required;
} known[] = {
        { "agreements.csv", false }, { "aliases.csv", false },   { "calendar.csv", false }, { "duties.csv", true }, { "grids.geojson", true },
        { "neighbours.yaml", false }, { "notices.yaml", false },
        { "orgs.csv", true },        { "places.csv", true },    { "posts.csv", false }, { "retention.csv", false },
        { "roles.yaml", false },     { "roster.csv", false },   { "staff.csv", false }, { "subjects.csv", true },
        { "things.csv", false },     { "town.yaml", true },
        { "upstreams.yaml", false },
};

static bool is_known(struct str name)
{
        if (str_starts(name, STR("procedures/")))
                return str_ends(name, STR(".yaml"));
        for (size_t i = 0; i < COUNT(known); i++)
                if (str_is(name, known[i].name))
                        return true;
        return false;
}

bool folder_knows(struct str name)
{
        size_t at = str_starts(name, STR("procedures/")) ? 11 : 0;
        for (size_t i = at; i < name.n; i++)
                if (name.p[i] == '/')
                        return false;
        return name.n > at && name.n <= FOLDER_NAME_MAX && name.p[at] != '.' && !utf8_has_control(name) && is_known(name);
}

static bool passed_over(const char *name)
{
        return name[0] == '.' || strncmp(name, "README", 6) == 0 || strncmp(name, "LICENSE", 7) == 0;
}

int folder_file_text(struct arena *a, struct folder_file *file)
{
        const char *encoding;
        int rc = text_utf8(a, file->bytes, &file->text, &encoding);
        if (rc != OK)
                file->text = (struct str){ 0 };
        else if (!file->text.p)
                file->text = STR("");
        return rc;
}

/* A directory being read. */
struct walk {
        struct arena *a;
        struct findings *f;
        struct folder *out;
        size_t bytes; /* of all files so far */
        struct err *err;
};

static void tell_too_big(struct walk *w, struct str name)
{
        finding_add(w->f, "folder.too-big", SEV_ERROR, name, 0,
                    (struct say){ "请拆分或精简该文件", "Split or thin the file" },
                    "文件超过 64 MiB，或整个文件夹超过 512 MiB",
                    "The file is larger than 64 MiB, or the folder larger than 512 MiB");
}

static int add_file(struct walk *w, const char *path, struct str name)
{
        BUF_AUTO b = BUF(FOLDER_FILE_BYTES);
        int rc = buf_read_file(&b, path);
        if (rc == ERR_TOO_BIG || (rc == OK && b.n > FOLDER_BYTES - w->bytes)) {
                tell_too_big(w, name);
                return OK;
        }
        if (rc != OK)
                return err_set(w->err, ERR_IO, "DIR", "文件无法读取：%s", "The file cannot be read: %s", path);
        struct folder_file *file = &w->out->row[w->out->n++];
        w->bytes += b.n;
        file->name = str_dup(w->a, name);
        file->bytes = str_dup(w->a, buf_view(&b));
        if (folder_file_text(w->a, file) != OK)
                finding_add(w->f, "folder.encoding", SEV_ERROR, file->name, 0,
                            (struct say){ "请另存为 UTF-8 或 GB18030", "Save it as UTF-8 or GB18030" },
                            "文件既不是 UTF-8 也不是 GB18030", "The file is neither UTF-8 nor GB18030");
        return OK;
}

static int read_below(struct walk *w, const char *dir, const char *prefix);

static int read_entry(struct walk *w, const char *path, struct str name)
{
        struct stat st;
        if (stat(path, &st) != 0)
                return err_set(w->err, ERR_IO, "DIR", "文件无法读取：%s", "The file cannot be read: %s", path);
        if (S_ISDIR(st.st_mode) && str_is(name, "procedures"))
                return read_below(w, path, "procedures/");
        if (!S_ISREG(st.st_mode) || !is_known(name)) {
                finding_add(w->f, "folder.unknown-file", SEV_WARNING, name, 0,
                            (struct say){ "只装入手册中列出的文件", "Only the files named in the manual are loaded" },
                            "不认识的文件，不会装入", "Not a file of a town folder; it is not loaded");
                return OK;
        }
        if (w->out->n == FOLDER_FILES_MAX) {
                finding_add(w->f, "folder.too-many", SEV_ERROR, name, 0,
                            (struct say){ "合并或删去流程文件", "Merge or remove procedures" }, "文件超过 %d 个",
                            "More than %d files", FOLDER_FILES_MAX);
                return OK;
        }
        return add_file(w, path, name);
}

static int read_below(struct walk *w, const char *dir, const char *prefix)
{
        DIR *d = opendir(dir);
        if (!d && (errno == ENOENT || errno == ENOTDIR))
                return err_set(w->err, ERR_NONE, "DIR", "没有这个目录：%s", "No such directory: %s", dir);
        if (!d)
                return err_set(w->err, ERR_IO, "DIR", "目录无法读取：%s", "The directory cannot be read: %s", dir);
        int rc = OK;
        struct dirent *e;
        while (rc == OK && (e = readdir(d)))
                if (!passed_over(e->d_name))
                        rc = read_entry(w, arena_printf(w->a, "%s/%s", dir, e->d_name),
                                        str_printf(w->a, "%s%s", prefix, e->d_name));
        closedir(d);
        return rc;
}

int folder_read_dir(struct arena *a, const char *dir, struct findings *f, struct folder *ret, struct err *err)
{
        struct walk w = { .a = a, .f = f, .out = ret, .err = err };
        *ret = (struct folder){ 0 };
        int rc = read_below(&w, dir, "");
        if (rc != OK)
                return rc;
        folder_missing(ret, f);
        folder_seal(ret);
        return OK;
}

void folder_missing(const struct folder *fo, struct findings *f)
{
        for (size_t i = 0; i < COUNT(known); i++)
                if (known[i].required && !folder_find(fo, known[i].name))
                        finding_add(f, "folder.missing-file", SEV_ERROR, str_of(known[i].name), 0,
                                    (struct say){ "linli init 会生成一份样例", "linli init writes a sample" },
                                    "缺少必需的文件 %s", "The required file %s is missing", known[i].name);
}

static int by_name(const void *a, const void *b)
{
        return str_cmp(((const struct folder_file *)a)->name, ((const struct folder_file *)b)->name);
}

void folder_seal(struct folder *fo)
{
        qsort(fo->row, fo->n, sizeof(fo->row[0]), by_name);
        crypto_generichash_state h;
        crypto_generichash_init(&h, NULL, 0, sizeof(fo->digest));
        for (size_t i = 0; i < fo->n; i++) {
                struct folder_file *f = &fo->row[i];
                crypto_generichash(f->sha, sizeof(f->sha), (const unsigned char *)f->bytes.p, f->bytes.n, NULL, 0);
                crypto_generichash_update(&h, (const unsigned char *)f->name.p, f->name.n);
                crypto_generichash_update(&h, (const unsigned char *)"", 1);
                crypto_generichash_update(&h, f->sha, sizeof(f->sha));
        }
        crypto_generichash_final(&h, fo->digest, sizeof(fo->digest));
}

const struct folder_file *folder_find(const struct folder *fo, const char *name)
{
        for (size_t i = 0; i < fo->n; i++)
                if (str_is(fo->row[i].name, name))
                        return &fo->row[i];
        return NULL;
}

struct str folder_text(const struct folder *fo, const char *name)
{
        const struct folder_file *f = folder_find(fo, name);
        return f ? f->text : (struct str){ 0 };
}

static int same_on_disk(const char *path, struct str bytes, bool *ret_exists)
{
        BUF_AUTO b = BUF(FOLDER_FILE_BYTES);
        int rc = buf_read_file(&b, path);
        *ret_exists = rc != ERR_NONE;
        if (rc == OK && str_eq(buf_view(&b), bytes))
                return OK;
        return rc == ERR_NONE ? OK : ERR_EXISTS;
}

static int write_file(const char *path, struct str bytes)
{
        char tmp[4096];
        if (snprintf(tmp, sizeof(tmp), "%s.part", path) >= (int)sizeof(tmp))
                return ERR_IO;
        int fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        if (fd < 0)
                return ERR_IO;
        size_t done = 0;
        while (done < bytes.n) {
                ssize_t n = write(fd, bytes.p + done, bytes.n - done);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n <= 0)
                        break;
                done += (size_t)n;
        }
        int full = done < bytes.n ? (errno == ENOSPC ? ERR_FULL : ERR_IO) : OK;
        if (fsync(fd) != 0 && full == OK)
                full = ERR_IO;
        if (close(fd) != 0 && full == OK)
                full = ERR_IO;
        if (full == OK && rename(tmp, path) != 0)
                full = ERR_IO;
        if (full != OK)
                unlink(tmp);
        return full;
}

int folder_write_dir(const struct folder *fo, const char *dir, bool force, struct err *err)
{
        char path[4096];
        snprintf(path, sizeof(path), "%s/procedures", dir);
        bool made = (mkdir(dir, 0755) == 0 || errno == EEXIST) && (mkdir(path, 0755) == 0 || errno == EEXIST);
        if (!made)
                return err_set(err, ERR_IO, "DIR", "无法建立目录 %s", "The directory %s cannot be made", dir);
        for (size_t i = 0; i < fo->n; i++) {
                const struct folder_file *f = &fo->row[i];
                bool exists;
                snprintf(path, sizeof(path), "%s/" STR_FMT, dir, STR_ARG(f->name));
                if (same_on_disk(path, f->bytes, &exists) != OK && !force)
                        return err_set(err, ERR_EXISTS, "DIR", "%s 已存在且内容不同", "%s exists with other content",
                                       path);
        }
        for (size_t i = 0; i < fo->n; i++) {
                const struct folder_file *f = &fo->row[i];
                snprintf(path, sizeof(path), "%s/" STR_FMT, dir, STR_ARG(f->name));
                int rc = write_file(path, f->bytes);
                if (rc != OK)
                        return err_set(err, rc, "DIR", "无法写入 %s：%s%.0s", "%s cannot be written: %.0s%s", path,
                                       err_kind(rc)->say.zh, err_kind(rc)->say.en);
        }
        snprintf(path, sizeof(path), "%s/procedures", dir);
        rmdir(path); /* goes only when it stayed empty */
        return OK;
}

#include "import/batch.h"
#include <dirent.h>
#include <errno.h>
#include <json-c/json.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/json.h"
#include "town/folder.h"

#define JOURNAL ".linli-import"
#define RECORD_MAX 65536
#define BATCHES_MAX 100000

static struct str digest(struct arena *a, struct str s)
{
        unsigned char h[32];
        char *hex = arena_raw(a, 65);
        crypto_generichash(h, sizeof(h), (const unsigned char *)s.p, s.n, NULL, 0);
        sodium_bin2hex(hex, 65, h, sizeof(h));
        return (struct str){ hex, 64 };
}

/* One file by rename and synced; the folder knows how. */
static int put(struct arena *a, const char *dir, struct str name, struct str bytes, struct err *err)
{
        struct folder *one = arena_new(a, struct folder);
        one->row[0] = (struct folder_file){ .name = name, .bytes = bytes };
        one->n = 1;
        return folder_write_dir(one, dir, true, err);
}

static struct str record(struct arena *a, const struct import_batch *b, struct str before, struct str after)
{
        BUF_AUTO out = BUF(RECORD_MAX);
        struct json j = json_to(&out);
        json_open(&j);
        json_kstr(&j, "batch", b->id);
        json_kstr(&j, "kind", b->kind);
        json_kstr(&j, "file", b->file);
        json_kstr(&j, "by", b->by);
        json_kinstant(&j, "at", b->at);
        json_kstr(&j, "source", b->source);
        json_kstr(&j, "mapping", b->mapping);
        json_kstr(&j, "basis", b->basis);
        json_kday(&j, "expires", b->expires);
        json_kint(&j, "rows", b->rows);
        json_kint(&j, "accepted", b->accepted);
        json_kint(&j, "rejected", b->rejected);
        json_key(&j, "before");
        if (b->had_before)
                json_str(&j, digest(a, before));
        else
                json_null(&j);
        json_kstr(&j, "after", digest(a, after));
        json_close(&j);
        return str_dup(a, buf_view(&out));
}

struct str batch_name(struct arena *a, struct instant at, struct str kind, int again)
{
        char day[11];
        struct str d = str_of(day_format(instant_day(at), day));
        int64_t s = instant_us_of_day(at) / US_PER_SECOND;
        struct str name = str_printf(a, "%.4s%.2s%.2s-%02d%02d%02d-" STR_FMT, d.p, d.p + 5, d.p + 8, (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60), STR_ARG(kind));
        return again ? str_printf(a, STR_FMT "-%d", STR_ARG(name), again + 1) : name;
}

static struct str new_id(struct arena *a, const char *dir, struct instant at, struct str kind)
{
        struct stat st;
        struct str id;
        int again = 0;
        do
                id = batch_name(a, at, kind, again++);
        while (again < 1000 && stat(arena_printf(a, "%s/" JOURNAL "/" STR_FMT, dir, STR_ARG(id)), &st) == 0);
        return id;
}

int batch_write(struct arena *a, const char *dir, struct import_batch *b, struct str before, struct str after, struct err *err)
{
        const char *all = arena_printf(a, "%s/" JOURNAL, dir);
        if (mkdir(all, 0700) != 0 && errno != EEXIST)
                return err_set(err, ERR_IO, "DIR", "无法建立目录 %s", "The directory %s cannot be made", all);
        b->id = new_id(a, dir, b->at, b->kind);
        const char *journal = arena_printf(a, "%s/" STR_FMT, all, STR_ARG(b->id));
        int rc = b->had_before ? put(a, journal, STR("before"), before, err) : OK;
        if (rc == OK)
                rc = put(a, journal, STR("batch.json"), record(a, b, before, after), err);
        return rc == OK ? put(a, dir, b->file, after, err) : rc;
}

/* ---- reading it back ---------------------------------------------------------------------------------------------- */

static int read_file(struct arena *a, const char *path, struct str *ret)
{
        BUF_AUTO b = BUF(FOLDER_FILE_BYTES);
        int rc = buf_read_file(&b, path);
        if (rc == OK)
                *ret = b.n ? str_dup(a, buf_view(&b)) : STR("");
        return rc;
}

static struct str text_of(struct arena *a, struct json_object *o, const char *key) { return str_dup(a, json_text(json_get(o, key))); }

struct record { struct import_batch batch; struct str before, after; /* digests */ };

static int64_t number_of(struct json_object *o, const char *key) { return json_object_get_int64(json_get(o, key)); }

static int read_record(struct arena *a, const char *dir, struct str id, struct record *ret)
{
        const char *journal = arena_printf(a, "%s/" JOURNAL "/" STR_FMT, dir, STR_ARG(id));
        struct str text, undone;
        JSON_AUTO o = NULL;
        JSON_AUTO u = NULL;
        *ret = (struct record){ .batch = { .id = id, .undone_by = STR(""), .undone_at = INSTANT_NONE, .at = INSTANT_NONE, .expires = DAY_NONE } };
        struct import_batch *b = &ret->batch;
        if (read_file(a, arena_printf(a, "%s/batch.json", journal), &text) != OK || json_parse(text, &o, NULL) != OK)
                return ERR_NONE;
        b->kind = text_of(a, o, "kind");
        b->file = text_of(a, o, "file");
        b->by = text_of(a, o, "by");
        b->source = text_of(a, o, "source");
        b->mapping = text_of(a, o, "mapping");
        b->basis = text_of(a, o, "basis");
        instant_parse(text_of(a, o, "at"), &b->at);
        day_parse(text_of(a, o, "expires"), &b->expires);
        b->rows = number_of(o, "rows");
        b->accepted = number_of(o, "accepted");
        b->rejected = number_of(o, "rejected");
        ret->before = text_of(a, o, "before");
        ret->after = text_of(a, o, "after");
        b->had_before = ret->before.n > 0;
        if (read_file(a, arena_printf(a, "%s/undone.json", journal), &undone) == OK && json_parse(undone, &u, NULL) == OK) {
                b->undone_by = text_of(a, u, "by");
                instant_parse(text_of(a, u, "at"), &b->undone_at);
        }
        /* The journal lies in a folder that people edit: a file name from it must be one of a folder's own. */
        return b->file.n && !memchr(b->file.p, '/', b->file.n) && b->file.p[0] != '.' && ret->after.n == 64 ? OK : ERR_NONE;
}

static int newest_first(const void *a, const void *b) { return str_cmp(((const struct import_batch *)b)->id, ((const struct import_batch *)a)->id); }

int batch_list(struct arena *a, const char *dir, size_t max, struct import_batch **ret, size_t *ret_n, struct err *err)
{
        DIR *d = opendir(arena_printf(a, "%s/" JOURNAL, dir));
        size_t n = 0, cap = 64;
        struct import_batch *all = arena_array(a, struct import_batch, cap);
        *ret_n = 0;
        if (!d && errno != ENOENT)
                return err_set(err, ERR_IO, "DIR", "目录无法读取：%s", "The directory cannot be read: %s", dir);
        for (struct dirent *e; d && (e = readdir(d)) && n < BATCHES_MAX;) {
                struct record r;
                if (e->d_name[0] == '.' || read_record(a, dir, str_dup(a, str_of(e->d_name)), &r) != OK)
                        continue;
                if (n == cap) {
                        struct import_batch *more = arena_array(a, struct import_batch, cap * 2);
                        memcpy(more, all, n * sizeof(*all));
                        all = more;
                        cap *= 2;
                }
                all[n++] = r.batch;
        }
        if (d)
                closedir(d);
        if (n)
                qsort(all, n, sizeof(*all), newest_first);
        *ret = all;
        *ret_n = n < max ? n : max;
        return OK;
}

/* Which batch wrote the same file last, if not this one? */
static struct str later_batch(struct arena *a, const char *dir, const struct import_batch *b)
{
        struct import_batch *all;
        size_t n;
        if (batch_list(a, dir, BATCHES_MAX, &all, &n, NULL) != OK)
                return STR("");
        for (size_t i = 0; i < n && !str_eq(all[i].id, b->id); i++)
                if (str_eq(all[i].file, b->file) && instant_is_none(all[i].undone_at))
                        return all[i].id;
        return STR("");
}

static int judge_undo(struct arena *a, const char *dir, const struct record *r, struct err *err)
{
        const struct import_batch *b = &r->batch;
        struct str now = { 0 };
        if (!instant_is_none(b->undone_at))
                return err_set(err, ERR_STATE, "--undo", "批次 %.*s 已经撤销过", "Batch %.*s was undone before", STR_ARG(b->id));
        int rc = read_file(a, arena_printf(a, "%s/" STR_FMT, dir, STR_ARG(b->file)), &now);
        if (rc == OK && str_eq(digest(a, now), r->after))
                return OK;
        struct str later = later_batch(a, dir, b);
        if (later.n)
                return err_set(err, ERR_CONFLICT, "--undo", "后来的批次 %.*s 也改了 %.*s：请先撤销它", "Batch %.*s changed %.*s later: undo that one first", STR_ARG(later), STR_ARG(b->file));
        return err_set(err, ERR_CONFLICT, "--undo", "%.*s 在导入之后被改过，不能整批撤销；要么先改回去，要么手工修改", "%.*s was edited after the import, so the batch cannot be undone: put it back first, or mend it by hand",
                       STR_ARG(b->file));
}

int batch_undo(struct arena *a, const char *dir, struct str id, struct str by, struct instant now, struct import_batch *ret, struct err *err)
{
        struct record r;
        struct str before = { 0 };
        if (!code_valid(id) || id.p[0] == '.' || read_record(a, dir, id, &r) != OK)
                return err_set(err, ERR_NONE, "--undo", "没有这个批次：%.*s（linli import --batches 列出全部）", "No such batch: %.*s (linli import --batches lists them)", STR_ARG(id));
        int rc = judge_undo(a, dir, &r, err);
        if (rc != OK)
                return rc;
        const char *journal = arena_printf(a, "%s/" JOURNAL "/" STR_FMT, dir, STR_ARG(id));
        if (r.batch.had_before && (read_file(a, arena_printf(a, "%s/before", journal), &before) != OK || !str_eq(digest(a, before), r.before)))
                return err_set(err, ERR_IO, "--undo", "批次 %.*s 的原文件缺失或已损坏", "What batch %.*s kept of the old file is missing or damaged", STR_ARG(id));
        if (r.batch.had_before)
                rc = put(a, dir, r.batch.file, before, err);
        else if (unlink(arena_printf(a, "%s/" STR_FMT, dir, STR_ARG(r.batch.file))) != 0)
                rc = err_set(err, ERR_IO, "--undo", "无法删除 %.*s", "%.*s cannot be removed", STR_ARG(r.batch.file));
        if (rc != OK)
                return rc;
        BUF_AUTO out = BUF(RECORD_MAX);
        struct json j = json_to(&out);
        json_open(&j);
        json_kstr(&j, "by", by);
        json_kinstant(&j, "at", now);
        json_close(&j);
        r.batch.undone_by = by;
        r.batch.undone_at = now;
        *ret = r.batch;
        return put(a, journal, STR("undone.json"), buf_view(&out), err);
}

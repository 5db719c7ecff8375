#include "api/bundle.h"
#include <stdio.h>
#include <unistd.h>
#include <zip.h>
#include "base/csv.h"
#include "media/media.h"
#include "store/file.h"

#define FIELDS_BYTES ((size_t)1 << 20)

static struct str fields_table(struct ctx *ctx, const struct reply *r)
{
        static const struct say fault[] = { [REPLY_FINE] = { "", "" }, [REPLY_MISSING] = { "缺", "missing" }, [REPLY_TOO_LONG] = { "超长", "too long" } };
        BUF_AUTO out = BUF(FIELDS_BYTES);
        bool zh = ctx->lang == LANG_ZH;
        buf_puts(&out, zh ? CSV_MARK "字段,内容,问题\r\n" : CSV_MARK "field,value,fault\r\n");
        for (size_t i = 0; i < r->n; i++) {
                csv_put(&out, zh ? r->field[i].as->label_zh : r->field[i].as->label_en, false);
                csv_put(&out, r->field[i].value, false);
                csv_put(&out, str_of(say_in(fault[r->field[i].fault], ctx->lang)), true);
        }
        return str_dup(ctx->arena, buf_view(&out));
}

struct str bundle_file_name(struct ctx *ctx, const struct matter_file *f)
{
        const char *ending = "bin";
        for (size_t i = 0; i < MEDIA_TYPES; i++)
                if (str_is(f->of.type, media_types[i].mime))
                        ending = media_types[i].ending;
        return str_printf(ctx->arena, STR_FMT "-%d.%s", STR_ARG(f->of.kind), (int)f->k, ending);
}

int bundle_of(struct ctx *ctx, const struct town *t, const struct matter *m, const struct reply *r, struct bundle *ret)
{
        struct matter_file_rows files;
        int rc = reply_files(ctx, t, m, &files);
        if (rc != OK)
                return rc;
        *ret = (struct bundle){ .part = arena_array(ctx->arena, struct bundle_part, files.n + 2) };
        ret->part[ret->n++] = (struct bundle_part){ .name = STR("reply.txt"), .text = r->text };
        ret->part[ret->n++] = (struct bundle_part){ .name = STR("fields.csv"), .text = fields_table(ctx, r) };
        for (size_t i = 0; i < files.n; i++)
                ret->part[ret->n++] = (struct bundle_part){ .name = bundle_file_name(ctx, &files.row[i]), .file = &files.row[i] };
        for (size_t i = 0; i < ret->n; i++)
                ret->bytes += ret->part[i].file ? ret->part[i].file->of.bytes : (int64_t)ret->part[i].text.n;
        return OK;
}

/* ---- one part ----------------------------------------------------------------------------------------------------------- */

static int write_all(struct ctx *ctx, int fd, const char *p, size_t n)
{
        while (n > 0) {
                ssize_t done = write(fd, p, n);
                if (done <= 0)
                        return err_set(ctx->err, ERR_IO, "bundle", "写不了文件", "The file cannot be written");
                p += done;
                n -= (size_t)done;
        }
        return OK;
}

int bundle_copy(struct ctx *ctx, const struct bundle_part *part, int fd)
{
        char chunk[16384];
        int64_t bytes;
        ssize_t n = 0;
        int from, rc;
        if (!part->file)
                return write_all(ctx, fd, part->text.p, part->text.n);
        rc = file_open(ctx, part->file->of.digest, &from, &bytes);
        if (rc != OK)
                return rc;
        while (rc == OK && (n = read(from, chunk, sizeof(chunk))) > 0)
                rc = write_all(ctx, fd, chunk, (size_t)n);
        close(from);
        return rc == OK && n < 0 ? err_set(ctx->err, ERR_IO, "bundle", "读不了附件", "An attachment cannot be read") : rc;
}

/* ---- an archive --------------------------------------------------------------------------------------------------------- */

static zip_source_t *source_of(struct ctx *ctx, zip_t *zip, const struct bundle_part *part)
{
        int64_t bytes;
        int fd;
        if (!part->file)
                return zip_source_buffer(zip, part->text.p, part->text.n, 0);
        if (file_open(ctx, part->file->of.digest, &fd, &bytes) != OK)
                return NULL;
        FILE *f = fdopen(fd, "rb"); /* libzip closes it */
        if (!f) {
                close(fd);
                return NULL;
        }
        zip_source_t *s = zip_source_filep(zip, f, 0, bytes);
        if (!s)
                fclose(f);
        return s;
}

static bool add(struct ctx *ctx, zip_t *zip, const struct bundle_part *part)
{
        zip_source_t *s = source_of(ctx, zip, part);
        zip_int64_t at = s ? zip_file_add(zip, str_c(ctx->arena, part->name), s, ZIP_FL_ENC_UTF_8) : -1;
        if (s && at < 0)
                zip_source_free(s);
        if (at < 0)
                return false;
        /* Pictures and sound are packed already. */
        return zip_set_file_compression(zip, (zip_uint64_t)at, part->file ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0) == 0 &&
               zip_file_set_mtime(zip, (zip_uint64_t)at, (time_t)(ctx->now.us / US_PER_SECOND), 0) == 0;
}

static int hand_out(struct ctx *ctx, zip_source_t *made, int fd)
{
        char chunk[16384];
        zip_int64_t n;
        int rc = zip_source_open(made) == 0 ? OK : ERR_IO;
        if (rc != OK)
                return rc;
        while (rc == OK && (n = zip_source_read(made, chunk, sizeof(chunk))) > 0)
                rc = write_all(ctx, fd, chunk, (size_t)n);
        zip_source_close(made);
        return rc;
}

int bundle_zip(struct ctx *ctx, const struct bundle *b, int fd)
{
        if (b->bytes > BUNDLE_BYTES_MAX)
                return err_set(ctx->err, ERR_TOO_BIG, "bundle", "附件共超过 %d MiB，装不进一个压缩包", "More than %d MiB of files do not go into one archive",
                               (int)(BUNDLE_BYTES_MAX >> 20));
        zip_source_t *made = zip_source_buffer_create(NULL, 0, 0, NULL);
        zip_t *zip = made ? zip_open_from_source(made, ZIP_TRUNCATE, NULL) : NULL;
        if (!zip) {
                zip_source_free(made);
                return err_set(ctx->err, ERR_IO, "bundle", "做不了压缩包", "The archive cannot be made");
        }
        zip_source_keep(made); /* zip_close gives it up, and it is read then */
        bool good = true;
        for (size_t i = 0; good && i < b->n; i++)
                good = add(ctx, zip, &b->part[i]);
        if (!good || zip_close(zip) != 0) {
                zip_discard(zip);
                good = false;
        }
        int rc = good ? hand_out(ctx, made, fd) : ERR_IO;
        zip_source_free(made);
        return rc == OK ? OK : err_set(ctx->err, rc, "bundle", "做不了压缩包", "The archive cannot be made");
}

#include "app/erasures.h"
#include <errno.h>
#include <fcntl.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/json.h"
#include "base/map.h"
#include "matter/erase.h"

#define FILE_MAX (256u << 20)
#define LINE_MAX_BYTES 4096

const char *erasures_path(struct args *a)
{
        const char *env = getenv("LINLI_ERASED"), *url = world_url(a);
        if (env && *env)
                return env;
        return strncmp(url, "sqlite:", 7) == 0 ? arena_printf(a->arena, "%s.erased", url + 7) : NULL;
}

/* ---- reading -------------------------------------------------------------------------------------------------------- */

struct line { int64_t town; struct matter_erasure e; };
struct lines { struct line *row; size_t n; };

static int bad_line(const char *path, size_t at, struct err *err)
{
        return err_set(err, ERR_BAD, "erased", "%s 第 %zu 行读不出来", "Line %2$zu of %1$s cannot be read", path, at);
}

static int read_line(struct arena *a, struct str text, struct line *ret)
{
        JSON_AUTO doc = NULL;
        int64_t town, matter;
        if (text.n > LINE_MAX_BYTES || json_parse(text, &doc, NULL) != OK)
                return ERR_BAD;
        struct str by = json_text(json_get(doc, "by")), basis = json_text(json_get(doc, "basis"));
        if (str_int(json_text(json_get(doc, "town")), 1, INT64_C(999999999999), &town) != OK ||
            str_int(json_text(json_get(doc, "matter")), 1, INT64_MAX, &matter) != OK ||
            instant_parse(json_text(json_get(doc, "at")), &ret->e.at) != OK || by.n == 0 || basis.n == 0)
                return ERR_BAD;
        ret->town = town;
        ret->e.matter = matter;
        ret->e.by = str_dup(a, by);
        ret->e.basis = str_dup(a, basis);
        return OK;
}

static size_t count_lines(struct str text)
{
        size_t n = 1;
        for (size_t i = 0; i < text.n; i++)
                n += text.p[i] == '\n';
        return n;
}

static int read_lines(const char *path, struct arena *a, struct lines *ret, struct err *err)
{
        BUF_AUTO bytes = BUF(FILE_MAX);
        *ret = (struct lines){ 0 };
        if (access(path, F_OK) != 0 && errno == ENOENT)
                return OK;
        if (buf_read_file(&bytes, path) != OK)
                return err_set(err, ERR_IO, "erased", "读不了删除清单 %s", "The list of erasures %s cannot be read", path);
        struct str rest = buf_view(&bytes), text;
        ret->row = arena_array(a, struct line, count_lines(rest));
        for (size_t at = 1; str_split(&rest, '\n', &text); at++) {
                if (str_trim(text).n == 0)
                        continue;
                if (read_line(a, text, &ret->row[ret->n]) != OK)
                        return bad_line(path, at, err);
                ret->n++;
        }
        return OK;
}

/* ---- writing -------------------------------------------------------------------------------------------------------- */

static void write_line(struct buf *out, int64_t town, const struct matter_erasure *e)
{
        struct json j = json_to(out);
        json_open(&j);
        json_kid(&j, "town", town);
        json_kid(&j, "matter", e->matter);
        json_kinstant(&j, "at", e->at);
        json_kstr(&j, "by", e->by);
        json_kstr(&j, "basis", e->basis);
        json_close(&j);
        buf_char(out, '\n');
}

static int append(const char *path, const struct buf *b, struct err *err)
{
        int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
        bool fine = fd >= 0;
        for (size_t at = 0; fine && at < b->n;) {
                ssize_t n = write(fd, b->p + at, b->n - at);
                fine = n > 0 || (n < 0 && errno == EINTR);
                at += n > 0 ? (size_t)n : 0;
        }
        fine = fine && fsync(fd) == 0;
        int rc = fine ? OK : errno == ENOSPC ? ERR_FULL : ERR_IO;
        if (fd >= 0)
                close(fd);
        return rc == OK ? OK : err_set(err, rc, "erased", "写不了删除清单 %s", "The list of erasures %s cannot be written", path);
}

static struct str key_of(struct arena *a, int64_t town, int64_t matter)
{
        return str_printf(a, "%lld %lld", (long long)town, (long long)matter);
}

/* Those of the store that the file lacks. */
static int append_missing(const char *path, struct arena *a, int64_t town, const struct matter_erasures *have, int64_t *ret_n, struct err *err)
{
        BUF_AUTO out = BUF(FILE_MAX);
        struct lines known;
        struct map seen;
        int rc = read_lines(path, a, &known, err);
        if (rc != OK)
                return rc;
        map_init(&seen, a, known.n);
        for (size_t i = 0; i < known.n; i++)
                map_put(&seen, a, key_of(a, known.row[i].town, known.row[i].e.matter), 0);
        for (size_t i = 0; i < have->n; i++) {
                if (map_get(&seen, key_of(a, town, have->row[i].matter)) != MAP_NONE)
                        continue;
                write_line(&out, town, &have->row[i]);
                ++*ret_n;
        }
        if (out.over)
                return err_set(err, ERR_TOO_BIG, "erased", "删除清单过长", "The list of erasures is too long");
        return out.n ? append(path, &out, err) : OK;
}

int erasures_write(const char *path, struct store *store, int64_t town, struct instant since, int64_t *ret_n, struct err *err)
{
        struct instant after = since;
        int64_t matter = INT64_MAX;
        if (instant_is_none(since))
                matter = 0;
        for (*ret_n = 0;;) {
                ARENA_AUTO arena = { 0 };
                struct ctx ctx = { .town = town, .arena = &arena, .err = err };
                struct matter_erasures page;
                int rc = store_read_begin(store, &ctx.tx, err);
                if (rc != OK)
                        return rc;
                rc = matter_erasures(&ctx, after, matter, &page);
                store_read_end(ctx.tx);
                if (rc != OK || page.n == 0)
                        return rc;
                rc = append_missing(path, &arena, town, &page, ret_n, err);
                if (rc != OK)
                        return rc;
                after = page.row[page.n - 1].at;
                matter = page.row[page.n - 1].matter;
        }
}

int erasures_write_all(const char *path, struct store *store, int64_t *ret_n, struct err *err)
{
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = { .arena = &arena, .err = err };
        struct town_row *row;
        size_t n = 0;
        int64_t added = 0;
        int rc = store_read_begin(store, &ctx.tx, err);
        if (rc != OK)
                return rc;
        rc = town_list(&ctx, &row, &n);
        store_read_end(ctx.tx);
        for (size_t i = 0; rc == OK && i < n; i++) {
                int64_t some = 0;
                rc = erasures_write(path, store, row[i].id, INSTANT_NONE, &some, err);
                added += some;
        }
        *ret_n = added;
        return rc;
}

/* ---- replaying ------------------------------------------------------------------------------------------------------ */

struct again { struct args *a; struct world *w; const struct line *line; bool done, open; };

static int again_run(struct tx *tx, struct command *self)
{
        struct again *o = self->arg;
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = world_ctx(o->a, o->w, o->line->town);
        struct matter m;
        ctx.arena = &arena;
        ctx.tx = tx;
        ctx.err = self->err;
        int rc = matter_erase_again(&ctx, &o->line->e, &o->done);
        if (rc == OK && o->done)
                rc = matter_get(&ctx, o->line->e.matter, &m);
        o->open = rc == OK && o->done && m.open;
        return rc;
}

int erasures_replay(const char *path, struct args *a, struct world *w, struct erasures_replay *ret)
{
        ARENA_AUTO arena = { 0 };
        struct lines lines;
        int rc = read_lines(path, &arena, &lines, &w->err);
        *ret = (struct erasures_replay){ .lines = (int64_t)lines.n };
        for (size_t i = 0; rc == OK && i < lines.n; i++) {
                struct again o = { .a = a, .w = w, .line = &lines.row[i] };
                rc = store_write(w->store, again_run, &o, PRIO_BACKGROUND, &w->err);
                ret->erased += rc == OK && o.done;
                ret->open += rc == OK && o.open;
        }
        return rc;
}

static int missing(struct ctx *ctx, const struct line *line, int64_t *ret_n)
{
        bool listed;
        struct matter m;
        ctx->town = line->town;
        int rc = matter_erased_listed(ctx, line->e.matter, &listed);
        if (rc != OK || listed)
                return rc;
        rc = matter_get(ctx, line->e.matter, &m);
        *ret_n += rc == OK;
        return rc == ERR_NONE ? OK : rc;
}

int erasures_missing(const char *path, struct args *a, struct world *w, int64_t *ret_n)
{
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = world_ctx(a, w, 0);
        struct lines lines;
        *ret_n = 0;
        int rc = read_lines(path, &arena, &lines, &w->err);
        if (rc != OK || lines.n == 0)
                return rc;
        ctx.arena = &arena;
        rc = store_read_begin(w->store, &ctx.tx, &w->err);
        if (rc != OK)
                return rc;
        for (size_t i = 0; rc == OK && i < lines.n; i++) {
                if (i % 256 == 255)
                        rc = store_read_renew(ctx.tx);
                if (rc == OK)
                        rc = missing(&ctx, &lines.row[i], ret_n);
        }
        store_read_end(ctx.tx);
        w->err = (struct err){ 0 };
        return rc;
}

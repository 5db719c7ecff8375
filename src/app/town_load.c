#include "app/town_load.h"
#include "app/tell.h"
#include "base/csv.h"
#include "people/staff.h"
#include "town/learned.h"

struct loading {
        struct args *a;
        struct world *w;
        struct folder *folder;
        int64_t town, version;
        bool trial;
};

static int load_run(struct tx *tx, struct command *self)
{
        struct loading *l = self->arg;
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = world_ctx(l->a, l->w, l->town);
        ctx.arena = &arena;
        ctx.tx = tx;
        ctx.err = self->err;
        return town_store(&ctx, l->folder, l->trial, &l->version);
}

/* Phones are sealed before the folder is stored, so no plain one ever reaches the database. */
static int seal_phones(struct loading *l)
{
        struct ctx ctx = world_ctx(l->a, l->w, l->town);
        int rc = store_read_begin(l->w->store, &ctx.tx, &l->w->err);
        if (rc != OK)
                return rc;
        rc = town_seal(&ctx, l->w->keys, l->folder);
        store_read_end(ctx.tx);
        return rc;
}

/* What was learned since is not lost by loading an older copy of the folder. */
static int keep_learned(struct loading *l)
{
        struct ctx ctx = world_ctx(l->a, l->w, l->town);
        bool kept = false;
        int rc = store_read_begin(l->w->store, &ctx.tx, &l->w->err);
        if (rc != OK)
                return rc;
        rc = learned_keep(&ctx, l->folder, &kept);
        store_read_end(ctx.tx);
        if (rc == OK && kept)
                fputs(l->a->lang == LANG_ZH ? "文件夹里没有 aliases.csv，沿用已装入的那份\n" : "the folder has no aliases.csv: the one in force stays\n", l->a->errors);
        return rc;
}

static void tell_missing(struct loading *l)
{
        struct ctx ctx = world_ctx(l->a, l->w, l->town);
        struct town *t;
        size_t n = 0;
        if (shelf_town(l->w->shelf, l->town, l->a->now, &t, &l->w->err) != OK)
                return;
        if (store_read_begin(l->w->store, &ctx.tx, &l->w->err) == OK) {
                if (learned_missing(&ctx, t, &n) == OK && n > 0)
                        fprintf(l->a->errors, l->a->lang == LANG_ZH ? "提醒：有 %zu 个复核过的叫法不在这份 aliases.csv 里，不再使用\n"
                                                                    : "warning: %zu names that were accepted are not in this aliases.csv and are no longer used\n", n);
                store_read_end(ctx.tx);
        }
        town_unref(t);
}

static int read_and_check(struct loading *l, struct str dir)
{
        struct args *a = l->a;
        struct findings found = { .arena = a->arena };
        struct town_load_options opt = { .trial = l->trial, .today = instant_day(a->now) };
        struct town *t = NULL;
        if (folder_read_dir(a->arena, arg_path(a, dir), &found, l->folder, &l->w->err) != OK) {
                fail(a, &l->w->err);
                return EXIT_USAGE;
        }
        int rc = town_parse(l->folder, &opt, &found, &t);
        if (rc == OK) {
                town_check(t, &opt, &found);
                l->town = t->id;
        }
        town_unref(t);
        if (rc == OK && found.errors == 0)
                return EXIT_FINE;
        FILE *out = a->out;
        a->out = a->errors;
        tell_findings(a, &found, false);
        fputs(a->lang == LANG_ZH ? "有错误，没有装入；数据库没有变化\n" : "not loaded because of errors; nothing was changed\n", a->errors);
        a->out = out;
        return EXIT_FINDINGS;
}

int town_load_dir(struct args *a, struct world *w, struct str dir, bool trial)
{
        struct loading l = { .a = a, .w = w, .trial = trial, .folder = arena_new(a->arena, struct folder) };
        int rc = read_and_check(&l, dir);
        if (rc != EXIT_FINE)
                return rc;
        if (seal_phones(&l) != OK || keep_learned(&l) != OK)
                return fail(a, &w->err);
        if (store_write(w->store, load_run, &l, PRIO_REQUEST, &w->err) != OK)
                return fail(a, &w->err);
        shelf_drop(w->shelf, l.town);
        tell_missing(&l);
        fprintf(a->errors, a->lang == LANG_ZH ? "已装入 %lld，第 %lld 版%s\n" : "loaded %lld, version %lld%s\n", (long long)l.town,
                (long long)l.version, !trial ? "" : a->lang == LANG_ZH ? "（试装）" : " (trial)");
        return EXIT_FINE;
}

static struct str phones_aside(struct arena *a, struct str bytes)
{
        struct csv c;
        struct findings none = { .arena = a };
        static const struct csv_column column[] = { { "login", true, false }, { "name", true, false }, { "org", true, false }, { "until", false, false } };
        struct str text;
        const char *encoding;
        BUF_AUTO out = BUF(FOLDER_FILE_BYTES);
        if (text_utf8(a, bytes, &text, &encoding) != OK)
                return bytes;
        csv_read(a, STR("staff.csv"), text, column, COUNT(column), &none, &c);
        for (size_t i = 0; i < c.rows * c.columns; i++) {
                buf_str(&out, c.cell[i]);
                buf_char(&out, '\n');
        }
        return str_dup(a, buf_view(&out));
}

static bool same(struct arena *a, const struct folder *x, const struct folder *y)
{
        if (x->n != y->n)
                return false;
        for (size_t i = 0; i < x->n; i++) {
                struct str bx = x->row[i].bytes, by = y->row[i].bytes;
                if (!str_eq(x->row[i].name, y->row[i].name))
                        return false;
                if (str_is(x->row[i].name, "staff.csv")) {
                        bx = phones_aside(a, bx);
                        by = phones_aside(a, by);
                }
                if (!str_eq(bx, by))
                        return false;
        }
        return true;
}

int town_warn_if_differs(struct args *a, struct world *w, struct str dir)
{
        ARENA_AUTO arena = { 0 };
        struct findings found = { .arena = &arena };
        struct folder *here = arena_new(&arena, struct folder), *there = arena_new(&arena, struct folder);
        struct town_load_options opt = { .trial = true, .ground_only = false, .today = DAY_NONE };
        struct town *t;
        if (folder_read_dir(&arena, arg_path(a, dir), &found, here, &w->err) != OK) {
                fail(a, &w->err);
                return EXIT_USAGE;
        }
        if (town_parse(here, &opt, &found, &t) != OK)
                return usage_error(a, "--town", (struct say){ "文件夹不能用；linli check 会说明原因", "the folder cannot be used; linli check says why" });
        struct ctx ctx = world_ctx(a, w, t->id);
        ctx.arena = &arena;
        town_unref(t);
        int rc = store_read_begin(w->store, &ctx.tx, &w->err);
        if (rc == OK) {
                rc = town_folder_of(&ctx, &arena, 0, there);
                store_read_end(ctx.tx);
        }
        if (rc != OK && rc != ERR_NONE)
                return fail(a, &w->err);
        if (rc == ERR_NONE || !same(&arena, here, there))
                fputs(a->lang == LANG_ZH ? "提醒：--town 的文件夹与已装入的版本不同；按已装入的版本服务，要更新请用 linli load\n"
                                         : "warning: the folder of --town differs from what is loaded; serving what is loaded, linli load brings it in\n", a->errors);
        return EXIT_FINE;
}

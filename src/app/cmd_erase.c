/* Erasing and keeping from the command line: erase, restore, retention; and a person's own export. */
#include <unistd.h>
#include "api/export_view.h"
#include "app/archive.h"
#include "app/cmd_erase.h"
#include "app/erasures.h"
#include "app/retain.h"
#include "app/rounds.h"
#include "app/tell.h"
#include "base/json.h"
#include "store/file.h"

#define PERSON_ID_DIGITS 16 /* ids have more, telephone numbers fewer */
#define MATTERS_MAX 1000

static struct house house_here(struct world *w)
{
        return (struct house){ .store = w->store, .shelf = w->shelf, .keys = w->keys, .only_town = shelf_only(w->shelf) };
}

/* The index hears of it, its old segments and the WAL go. */
static int leave_nothing(struct args *a, struct world *w, int64_t town)
{
        struct house h = house_here(w);
        int rc = OK;
        for (bool more = true; more && rc == OK;) {
                ARENA_AUTO arena = { 0 };
                struct ctx ctx = world_ctx(a, w, town);
                ctx.arena = &arena;
                rc = round_listen(&h, &ctx, &more);
        }
        struct ctx ctx = world_ctx(a, w, town);
        int n;
        if (rc == OK)
                rc = file_sweep(w->store, &ctx, false, &n);
        return rc == OK ? round_scrub(&h, &ctx) : rc;
}

/* ---- whose, and which ------------------------------------------------------------------------------------------------ */

struct chosen { int64_t id[MATTERS_MAX]; size_t n; };

static void choose(struct chosen *c, int64_t id)
{
        for (size_t i = 0; i < c->n; i++)
                if (c->id[i] == id)
                        return;
        if (c->n < MATTERS_MAX)
                c->id[c->n++] = id;
}

struct finding_person { struct args *a; struct world *w; int64_t town; struct str phone, purpose; struct vault_persons found; };

static int find_run(struct tx *tx, struct command *self)
{
        struct finding_person *o = self->arg;
        struct ctx ctx = world_ctx(o->a, o->w, o->town);
        ctx.tx = tx;
        ctx.err = self->err;
        return vault_find(o->w->keys, &ctx, o->phone, o->purpose, &o->found);
}

static int persons_of(struct args *a, struct world *w, int64_t town, struct str who, struct str purpose, struct vault_persons *ret)
{
        int64_t id;
        if (who.n >= PERSON_ID_DIGITS && str_int(who, 1, INT64_MAX, &id) == OK) {
                ret->row = arena_array(a->arena, int64_t, 1);
                ret->row[0] = id;
                ret->n = 1;
                return EXIT_FINE;
        }
        struct finding_person o = { .a = a, .w = w, .town = town, .phone = who, .purpose = purpose };
        int rc = world_keys(a, w, false);
        if (rc != EXIT_FINE)
                return rc;
        if (store_write(w->store, find_run, &o, PRIO_REQUEST, &w->err) != OK)
                return fail(a, &w->err);
        *ret = o.found;
        return EXIT_FINE;
}

static int matters_of(struct args *a, struct world *w, int64_t town, const struct vault_persons *p, struct chosen *ret)
{
        struct ctx ctx = world_ctx(a, w, town);
        int rc = store_read_begin(w->store, &ctx.tx, &w->err);
        if (rc != OK)
                return fail(a, &w->err);
        for (size_t i = 0; rc == OK && i < p->n; i++) {
                int64_t *ids;
                size_t n = 0;
                rc = matter_of_person(&ctx, p->row[i], &ids, &n);
                for (size_t k = 0; rc == OK && k < n; k++)
                        choose(ret, ids[k]);
        }
        store_read_end(ctx.tx);
        return rc == OK ? EXIT_FINE : fail(a, &w->err);
}

/* --matter ID as often as wanted, --person ID or PHONE. */
static int choose_all(struct args *a, struct world *w, int64_t town, struct str purpose, struct chosen *ret)
{
        int64_t id;
        *ret = (struct chosen){ 0 };
        for (size_t i = 0; i < a->n_given; i++) {
                struct str v = a->given[i].value;
                if (strcmp(a->given[i].option->name, "matter") == 0) {
                        if (str_int(v, 1, INT64_MAX, &id) != OK)
                                return usage_error(a, "--matter", (struct say){ "不是事项编号", "not the id of a matter" });
                        choose(ret, id);
                }
                if (strcmp(a->given[i].option->name, "person") != 0)
                        continue;
                struct vault_persons p = { 0 };
                int rc = persons_of(a, w, town, v, purpose, &p);
                if (rc == EXIT_FINE)
                        rc = matters_of(a, w, town, &p, ret);
                if (rc != EXIT_FINE)
                        return rc;
        }
        return EXIT_FINE;
}

/* ---- erase ----------------------------------------------------------------------------------------------------------- */

static const struct option erase_options[] = {
        OPTION_DB, OPTION_TOWN_CODE, OPTION_KEY, OPTION_JSON,
        { "matter", "ID", true, { "事项编号，可多次", "the id of a matter; may be given again" } },
        { "person", "WHO", true, { "保险柜中的人员编号或电话：其名下全部事项", "an id of the vault or a phone: all matters of theirs" } },
        { "basis", "TEXT", false, { "依据（默认《个人信息保护法》第四十七条）", "on which basis (default: Personal Information Protection Law, article 47)" } },
        { "replay", NULL, false, { "按删除清单再删一遍（恢复备份之后）", "erase again what the list of erasures names (after restoring a backup)" } },
        { 0 },
};

struct one_erasing { struct args *a; struct world *w; int64_t town, id; struct str basis; struct matter_gone gone; };

static int erase_run(struct tx *tx, struct command *self)
{
        struct one_erasing *o = self->arg;
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = world_ctx(o->a, o->w, o->town);
        ctx.arena = &arena;
        ctx.tx = tx;
        ctx.err = self->err;
        return matter_erase(&ctx, o->id, o->basis, &o->gone);
}

struct erased { int64_t matters, entries, contacts; struct chosen open; };

static int erase_chosen(struct args *a, struct world *w, int64_t town, const struct chosen *c, struct erased *ret)
{
        for (size_t i = 0; i < c->n; i++) {
                struct one_erasing o = { .a = a, .w = w, .town = town, .id = c->id[i], .basis = arg_text(a, "basis", MATTER_ERASE_BASIS) };
                int rc = store_write(w->store, erase_run, &o, PRIO_REQUEST, &w->err);
                if (rc == ERR_STATE) {
                        choose(&ret->open, c->id[i]);
                        continue;
                }
                if (rc != OK)
                        return fail(a, &w->err);
                ret->matters++;
                ret->entries += o.gone.entries;
                ret->contacts += o.gone.contacts;
        }
        return EXIT_FINE;
}

static void tell_erased(struct args *a, const struct erased *e)
{
        if (!arg_has(a, "json")) {
                fprintf(a->out, a->lang == LANG_ZH ? "已删除 %lld 件事项的内容 %lld 条、联系方式 %lld 份；数据库、日志和检索中不再留存\n"
                                                   : "erased %lld matters: %lld texts, %lld contacts; nothing of it is left in database, log or index\n",
                        (long long)e->matters, (long long)e->entries, (long long)e->contacts);
                for (size_t i = 0; i < e->open.n; i++)
                        fprintf(a->errors, a->lang == LANG_ZH ? "事项 %lld 还在办理中，没有删除；请先撤回或办结\n" : "matter %lld is still open and was not erased: withdraw or end it first\n",
                                (long long)e->open.id[i]);
                return;
        }
        BUF_AUTO out = BUF(1u << 20);
        struct json j = json_to(&out);
        json_open(&j);
        json_kbool(&j, "ok", e->open.n == 0);
        json_kint(&j, "matters", e->matters);
        json_kint(&j, "entries", e->entries);
        json_kint(&j, "contacts", e->contacts);
        json_key(&j, "open");
        json_list(&j);
        for (size_t i = 0; i < e->open.n; i++)
                json_id(&j, e->open.id[i]);
        json_end(&j);
        json_close(&j);
        tell_buf(a, &out);
}

static void tell_replayed(struct args *a, const struct erasures_replay *r)
{
        if (arg_has(a, "json"))
                fprintf(a->out, "{\"lines\":%lld,\"erased\":%lld,\"open\":%lld}\n", (long long)r->lines, (long long)r->erased, (long long)r->open);
        else
                fprintf(a->out, a->lang == LANG_ZH ? "删除清单 %lld 条，这次再删 %lld 件（其中 %lld 件在此库中尚未办结，请值班人员处理）\n"
                                                   : "the list of erasures has %lld lines; %lld were erased again (%lld of them still open here: the desk ends them)\n",
                        (long long)r->lines, (long long)r->erased, (long long)r->open);
}

static int replay_list(struct args *a, struct world *w, const char *path)
{
        struct erasures_replay done;
        struct ctx any = world_ctx(a, w, 0);
        int64_t lines;
        if (erasures_replay(path, a, w, &done) != OK)
                return fail(a, &w->err);
        ARENA_AUTO arena = { 0 };
        struct town_row *row;
        size_t n = 0;
        any.arena = &arena;
        int rc = store_read_begin(w->store, &any.tx, &w->err);
        if (rc == OK) {
                rc = town_list(&any, &row, &n);
                store_read_end(any.tx);
        }
        for (size_t i = 0; rc == OK && done.erased && i < n; i++)
                rc = leave_nothing(a, w, row[i].id);
        if (rc == OK)
                rc = erasures_write_all(path, w->store, &lines, &w->err);
        if (rc != OK)
                return fail(a, &w->err);
        tell_replayed(a, &done);
        return EXIT_FINE;
}

static int no_list(struct args *a)
{
        return usage_error(a, "--replay", (struct say){ "请用环境变量 LINLI_ERASED 指明删除清单", "name the list of erasures with LINLI_ERASED" });
}

static int erase_named(struct args *a, struct world *w)
{
        int64_t town, lines;
        struct chosen *c = arena_new(a->arena, struct chosen);
        struct erased *e = arena_new(a->arena, struct erased);
        const char *path = erasures_path(a);
        int rc = world_town(a, w, &town);
        if (rc == EXIT_FINE)
                rc = choose_all(a, w, town, STR("应本人要求删除"), c);
        if (rc == EXIT_FINE)
                rc = erase_chosen(a, w, town, c, e);
        if (rc != EXIT_FINE)
                return rc;
        if (leave_nothing(a, w, town) != OK || (path && erasures_write_all(path, w->store, &lines, &w->err) != OK))
                return fail(a, &w->err);
        tell_erased(a, e);
        return e->open.n ? EXIT_FINDINGS : EXIT_FINE;
}

static int run_erase(struct args *a)
{
        WORLD_AUTO w = { 0 };
        bool replay = arg_has(a, "replay");
        if (replay == (arg_has(a, "matter") || arg_has(a, "person")))
                return usage_error(a, NULL, (struct say){ "需要 --matter、--person 或 --replay", "--matter, --person or --replay is needed" });
        if (replay && !erasures_path(a))
                return no_list(a);
        int rc = world_open(a, true, &w);
        if (rc != EXIT_FINE)
                return rc;
        return replay ? replay_list(a, &w, erasures_path(a)) : erase_named(a, &w);
}

const struct verb cmd_erase = {
        .name = "erase",
        .usage = "[--matter ID]... [--person WHO]... | --replay [--basis TEXT] [--db URL] [--town-code CODE] [--key FILE] [--json]",
        .writes = true,
        .summary = { "应要求删除已办结事项的内容和联系方式", "erase words and contact of matters that have ended" },
        .details = { "删除填写的内容、派单说明、联系方式和留存的应答，从检索中取出，清空日志；经过（代码、时间、指纹）留下，linli verify 显示为已删除。"
                     "还在办理的事项不删，退出码 1。按电话查找会留痕。删除清单另存在数据库之外，恢复备份后用 --replay 再删一遍。",
                     "Takes what was written, the explanations, the contact and remembered answers, leaves the search index and empties the WAL; codes, times and "
                     "hashes stay, and linli verify says erased. A matter that is open is not erased, exit code 1. Looking up a phone is logged. The list of "
                     "erasures stands outside the database too: --replay erases again after a backup was restored." },
        .options = erase_options,
        .run = run_erase,
};

/* ---- restore --------------------------------------------------------------------------------------------------------- */

static const struct option restore_options[] = {
        OPTION_DB, OPTION_KEY, OPTION_JSON,
        { "force", NULL, false, { "替换已有的数据库", "replace the database that is there" } },
        { 0 },
};

/* What is there is in nobody's hands, and its list of erasures is written out before it goes. */
static int make_room(struct args *a, const char *path)
{
        struct store *old = NULL;
        struct err err = { 0 };
        struct store_options o = { .url = world_url(a) };
        int64_t n;
        if (access(path, F_OK) != 0)
                return EXIT_FINE;
        if (!arg_has(a, "force"))
                return usage_error(a, path, (struct say){ "已有数据库；--force 替换它", "there is a database already; --force replaces it" });
        int rc = store_open(&o, &old, &err);
        if (rc == ERR_BUSY)
                return fail(a, &err);
        if (rc == OK && erasures_write_all(erasures_path(a), old, &n, &err) != OK) {
                store_close(old);
                return fail(a, &err);
        }
        if (rc == OK)
                store_close(old);
        return EXIT_FINE;
}

/* A copy beside it first: what is there goes only when the other stands on the disk. */
static int put_in_place(struct args *a, struct store *from, const char *path)
{
        struct err err = { 0 };
        const char *copy = arena_printf(a->arena, "%s.restore", path);
        unlink(copy);
        int rc = store_backup(from, copy, &err);
        if (rc != OK)
                return fail(a, &err);
        unlink(arena_printf(a->arena, "%s-wal", path));
        unlink(arena_printf(a->arena, "%s-shm", path));
        if (store_put_in_place(copy, path) == OK)
                return EXIT_FINE;
        err_set(&err, ERR_IO, "db", "放不到 %s", "It cannot be put at %s", path);
        unlink(copy);
        return fail(a, &err);
}

/* The one that came with the backup says what was erased before it was made; it may have lost its database's own. */
static int join_lists(struct args *a, struct world *w, const char *from)
{
        struct erasures_replay more;
        const char *beside = arena_printf(a->arena, "%s.erased", from);
        return erasures_replay(beside, a, w, &more) == OK ? EXIT_FINE : fail(a, &w->err);
}

static int run_restore(struct args *a)
{
        WORLD_AUTO w = { 0 };
        struct store *from = NULL;
        struct err err = { 0 };
        const char *file = arg_path(a, a->at[0]), *url = world_url(a);
        struct store_options o = { .url = arena_printf(a->arena, "sqlite:%s", file), .read_only = true };
        if (strncmp(url, "sqlite:", 7) != 0)
                return usage_error(a, "--db", (struct say){ "PostgreSQL 请用 pg_restore，然后 linli erase --replay", "for PostgreSQL use pg_restore, then linli erase --replay" });
        if (store_open(&o, &from, &err) != OK)
                return fail(a, &err);
        int rc = store_integrity(from, &err) == OK ? make_room(a, url + 7) : fail(a, &err);
        if (rc == EXIT_FINE)
                rc = put_in_place(a, from, url + 7);
        store_close(from);
        if (rc == EXIT_FINE)
                rc = world_open(a, true, &w);
        if (rc == EXIT_FINE)
                rc = join_lists(a, &w, file);
        return rc == EXIT_FINE ? replay_list(a, &w, erasures_path(a)) : rc;
}

const struct verb cmd_restore = {
        .name = "restore",
        .usage = "FILE [--db URL] [--force] [--json]",
        .min_at = 1,
        .max_at = 1,
        .summary = { "恢复备份，并把此后删除的再删一遍", "restore a backup, and erase again what was erased since" },
        .details = { "先停服务。核对备份完好，放到数据库的位置，再按数据库旁和备份旁的删除清单（.erased）逐条再删。密钥文件须另行放回。",
                     "Stop the server first. Checks the backup, puts it in the database's place, and erases again what the lists of erasures (.erased) beside the "
                     "database and the backup name. The vault's key has to be put back by hand." },
        .options = restore_options,
        .run = run_restore,
};

/* ---- retention ------------------------------------------------------------------------------------------------------- */

static const struct option retention_options[] = {
        OPTION_DB, OPTION_TOWN_CODE, OPTION_JSON,
        { "dry-run", NULL, false, { "只列出，不删除", "only tell, take nothing away" } },
        { 0 },
};

static void tell_plan(struct args *a, const struct retain_plan *plan, int64_t done)
{
        char day[11];
        if (arg_has(a, "json")) {
                BUF_AUTO out = BUF(1u << 20);
                struct json j = json_to(&out);
                json_open(&j);
                json_kbool(&j, "dry_run", arg_has(a, "dry-run"));
                json_kint(&j, "done", done);
                json_key(&j, "plan");
                retain_view(&j, plan);
                json_close(&j);
                tell_buf(a, &out);
                return;
        }
        for (size_t i = 0; i < plan->n; i++) {
                const struct retain_row *r = &plan->row[i];
                fprintf(a->out, a->lang == LANG_ZH ? STR_FMT "：保存 " STR_FMT "，%s；%s 之前结束的到期 %lld%s\n"
                                                   : STR_FMT ": kept " STR_FMT ", then %s; due from before %s: %lld%s\n",
                        STR_ARG(r->rule->class), STR_ARG(r->rule->period), retention_action_names[r->rule->action],
                        day_is_none(r->before) ? "-" : day_format(r->before, day), (long long)r->due,
                        r->by_itself || r->due == 0 ? "" : a->lang == LANG_ZH ? "（由人处理）" : " (for people to do)");
        }
        if (!arg_has(a, "dry-run"))
                fprintf(a->out, a->lang == LANG_ZH ? "已处理 %lld\n" : "done: %lld\n", (long long)done);
}

static int run_retention(struct args *a)
{
        WORLD_AUTO w = { 0 };
        int64_t town, done = 0, some = 0;
        struct town *t = NULL;
        struct retain_plan *plan = arena_new(a->arena, struct retain_plan);
        int rc = world_open(a, !arg_has(a, "dry-run"), &w);
        if (rc == EXIT_FINE)
                rc = world_town(a, &w, &town);
        if (rc != EXIT_FINE)
                return rc;
        if (shelf_town(w.shelf, town, a->now, &t, &w.err) != OK)
                return fail(a, &w.err);
        struct ctx ctx = world_ctx(a, &w, town);
        struct house h = house_here(&w);
        int code = store_read_begin(w.store, &ctx.tx, &w.err);
        if (code == OK) {
                code = retain_plan(&ctx, t, plan);
                store_read_end(ctx.tx);
                ctx.tx = NULL;
        }
        do {
                if (code == OK && !arg_has(a, "dry-run"))
                        code = retain_some(&h, &ctx, STR(""), t, 1000, &some);
                done += some;
        } while (code == OK && some > 0);
        if (code == OK && done)
                code = leave_nothing(a, &w, town);
        if (code == OK)
                tell_plan(a, plan, done);
        town_unref(t);
        return code == OK ? EXIT_FINE : fail(a, &w.err);
}

const struct verb cmd_retention = {
        .name = "retention",
        .usage = "[--dry-run] [--db URL] [--town-code CODE] [--json]",
        .writes = true,
        .summary = { "按 retention.csv 处理到期的内容", "do what retention.csv says about what is over its time" },
        .details = { "服务每天自动做一次；这里可以先看（--dry-run）或现在就做。每件事项留一条记录；archive 和 review 只列出，由人处理。",
                     "A running server does it every day by itself; here it can be looked at first (--dry-run) or done now. Each matter gets an event; archive and review "
                     "are only told, for people to do." },
        .options = retention_options,
        .run = run_retention,
};

/* ---- a person's own export -------------------------------------------------------------------------------------------- */

struct opening { struct args *a; struct world *w; int64_t town, id; struct held_all held; };

static int open_run(struct tx *tx, struct command *self)
{
        struct opening *o = self->arg;
        struct ctx ctx = world_ctx(o->a, o->w, o->town);
        ctx.tx = tx;
        ctx.err = self->err;
        int rc = held_read(&ctx, o->id, &o->held);
        return rc == OK ? held_open(o->w->keys, &ctx, arg_text(o->a, "purpose", ""), &o->held) : rc;
}

/* What they sent and what was sent to them; not what is with the matter for the office alone. */
static void add_files(struct ctx *ctx, const struct matter *m, const struct matter_story *s, struct bundle *b)
{
        size_t n = s->files ? s->files->n : 0;
        struct bundle_part *more = arena_array(ctx->arena, struct bundle_part, b->n + n + 1);
        if (b->n)
                memcpy(more, b->part, b->n * sizeof(*more));
        b->part = more;
        for (size_t i = 0; i < n; i++) {
                const struct matter_file *f = &s->files->row[i];
                if (f->erased.p || !(f->reporter || f->shown))
                        continue;
                struct str name = bundle_file_name(ctx, f);
                b->part[b->n++] = (struct bundle_part){ .name = str_printf(ctx->arena, "%lld/" STR_FMT, (long long)m->id, STR_ARG(name)), .file = f };
                b->bytes += f->of.bytes;
        }
}

/* The same with the files, as an archive to take away. */
static int hand_over(struct args *a, struct world *w, int64_t town, struct str json, struct bundle *b)
{
        struct ctx ctx = world_ctx(a, w, town);
        if (!b->part)
                b->part = arena_new(a->arena, struct bundle_part);
        b->part[b->n++] = (struct bundle_part){ .name = STR("held.json"), .text = json };
        b->bytes += (int64_t)json.n;
        ctx.err = &w->err;
        if (store_read_begin(w->store, &ctx.tx, &w->err) != OK)
                return fail(a, &w->err);
        int rc = archive_bundle(a, &ctx, b);
        store_read_end(ctx.tx);
        return rc == OK ? EXIT_FINE : fail(a, &w->err);
}

static int write_held(struct args *a, struct world *w, const struct town *t, int64_t town, const struct chosen *c)
{
        BUF_AUTO out = BUF(64u << 20);
        struct bundle b = { 0 };
        struct ctx ctx = world_ctx(a, w, town);
        struct json j = json_to(&out);
        json_open(&j);
        json_kinstant(&j, "as_of", a->now);
        json_kstr(&j, "town", t->code);
        json_key(&j, "matters");
        json_list(&j);
        for (size_t i = 0; i < c->n; i++) {
                struct opening o = { .a = a, .w = w, .town = town, .id = c->id[i] };
                if (store_write(w->store, open_run, &o, PRIO_REQUEST, &w->err) != OK)
                        return fail(a, &w->err);
                held_view(&j, t, &o.held, a->now, a->arena);
                add_files(&ctx, &o.held.m, &o.held.story, &b);
        }
        json_end(&j);
        json_close(&j);
        if (arg_has(a, "bundle"))
                return hand_over(a, w, town, buf_view(&out), &b);
        tell_buf(a, &out);
        return EXIT_FINE;
}

int export_held(struct args *a)
{
        WORLD_AUTO w = { 0 };
        int64_t town;
        struct town *t = NULL;
        struct chosen *c = arena_new(a->arena, struct chosen);
        size_t chars = utf8_count(arg_text(a, "purpose", ""));
        if (chars < VAULT_PURPOSE_CHARS_MIN || chars > VAULT_PURPOSE_CHARS_MAX)
                return usage_error(a, "--purpose", (struct say){ "请写明目的（4 至 200 个字）：会留痕，本人看得到", "say for what purpose (4 to 200 characters): it is logged, and the person can see it" });
        int rc = world_open(a, true, &w);
        if (rc == EXIT_FINE)
                rc = world_keys(a, &w, false);
        if (rc == EXIT_FINE)
                rc = world_town(a, &w, &town);
        if (rc == EXIT_FINE)
                rc = choose_all(a, &w, town, arg_text(a, "purpose", ""), c);
        if (rc != EXIT_FINE)
                return rc;
        if (shelf_town(w.shelf, town, a->now, &t, &w.err) != OK)
                return fail(a, &w.err);
        rc = write_held(a, &w, t, town, c);
        town_unref(t);
        return rc;
}

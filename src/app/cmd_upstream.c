/* linli upstream: orders from above, in by file or pasted text, out as a reply ready to be pasted back. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "app/archive.h"
#include "app/command.h"
#include "app/tell.h"
#include "app/world.h"
#include "base/csv.h"
#include "base/json.h"
#include "import/orders.h"
#include "matter/order_text.h"
#include "matter/reply.h"

#define REASONS_MAX 64

static const struct option options[] = {
        OPTION_DB,
        OPTION_TOWN_CODE,
        OPTION_KEY,
        { "system", "CODE", false, { "上级系统代码；upstreams.yaml 只有一个时可不写", "code of the system; not needed when upstreams.yaml names one only" } },
        { "sheet", "NAME", false, { "import：工作表，默认第一个", "import: the worksheet, the first one by default" } },
        { "dry-run", NULL, false, { "import、paste：只看会怎样，什么都不写", "import, paste: only look, write nothing" } },
        { "out", "DIR", false, { "reply：把回复、必填项和附件写进这个文件夹", "reply: write text, fields and files into this folder" } },
        { "bundle", "FILE", false, { "reply：把它们打成一个 ZIP 文件", "reply: write them as one ZIP file" } },
        { "done", NULL, false, { "list：已回复或已收回的", "list: those replied to or taken back" } },
        OPTION_JSON,
        { 0 },
};

/* ---- what all of them need ------------------------------------------------------------------------------------------- */

struct upstreaming {
        struct args *a;
        struct world world;
        int64_t town_id;
        struct town *t;
        const struct upstream *up;
};

static void let_go(struct upstreaming *u)
{
        town_unref(u->t);
        world_close(&u->world);
}
#define UPSTREAMING_AUTO __attribute__((cleanup(let_go))) struct upstreaming

static int find_system(struct upstreaming *u)
{
        struct str code = arg_text(u->a, "system", "");
        if (code.n == 0 && u->t->upstreams.n == 1)
                u->up = &u->t->upstreams.row[0];
        else
                u->up = upstream_find(&u->t->upstreams, code);
        if (u->up)
                return EXIT_FINE;
        return usage_error(u->a, "--system",
                           (struct say){ "请指明上级系统；它们写在乡镇文件夹的 upstreams.yaml", "say which system; they stand in upstreams.yaml of the town folder" });
}

static int begin(struct args *a, struct upstreaming *u)
{
        *u = (struct upstreaming){ .a = a };
        int rc = world_open(a, true, &u->world);
        if (rc == EXIT_FINE)
                rc = world_town(a, &u->world, &u->town_id);
        if (rc != EXIT_FINE)
                return rc;
        if (shelf_town(u->world.shelf, u->town_id, a->now, &u->t, &u->world.err) != OK)
                return fail(a, &u->world.err);
        return find_system(u);
}

/* A file taken in by hand comes from the other system, not from a named person: what it does needs no name. */
static struct ctx taking_ctx(struct upstreaming *u, struct arena *arena, struct err *err)
{
        struct ctx ctx = world_ctx(u->a, &u->world, u->town_id);
        ctx.arena = arena;
        ctx.err = err;
        ctx.actor = (struct actor){ ACTOR_KEY, STR("upstream-import") };
        return ctx;
}

/* ---- one order in ----------------------------------------------------------------------------------------------------- */

struct taken_in {
        struct upstreaming *u;
        struct ctx ctx;
        struct order_taking *o;
        struct order_taken done;
};

static int town_anew(struct taken_in *k)
{
        struct town *t;
        int rc = shelf_town(k->u->world.shelf, k->u->town_id, k->ctx.now, &t, k->ctx.err);
        if (rc != OK)
                return rc;
        town_unref(k->u->t);
        k->u->t = t;
        k->u->up = upstream_find(&t->upstreams, k->u->up->code);
        return order_again(&k->ctx, t, k->o);
}

static int take_run(struct tx *tx, struct command *self)
{
        struct taken_in *k = self->arg;
        k->ctx.tx = tx;
        k->ctx.err = self->err;
        int rc = self->tries > 0 ? town_anew(k) : OK;
        return rc == OK ? order_take(&k->ctx, k->o, &k->done) : rc;
}

/* What would happen, judged by what stands there now. */
static int look(struct upstreaming *u, struct ctx *ctx, const struct order_in *in, struct order_taken *ret)
{
        int rc = store_read_begin(u->world.store, &ctx->tx, ctx->err);
        if (rc != OK)
                return rc;
        rc = order_look(ctx, u->up, in, ret);
        store_read_end(ctx->tx);
        ctx->tx = NULL;
        return rc;
}

static int take(struct upstreaming *u, struct arena *arena, const struct cell cell[static ORDER_FIELDS], struct order_taken *ret, struct err *err)
{
        struct taken_in k = { .u = u, .ctx = taking_ctx(u, arena, err) };
        struct order_in in;
        int rc = order_read(&k.ctx, u->up, cell, &in);
        if (rc == OK && arg_has(u->a, "dry-run"))
                return look(u, &k.ctx, &in, ret);
        if (rc == OK)
                rc = order_prepare(&k.ctx, u->t, u->world.keys, u->up, &in, UINT64_MAX, &k.o);
        if (rc == OK)
                rc = store_write(u->world.store, take_run, &k, PRIO_REQUEST, err);
        *ret = k.done;
        return rc;
}

/* ---- a file ------------------------------------------------------------------------------------------------------------ */

struct importing {
        struct upstreaming *u;
        struct sheet sheet;
        struct import_orders table;
        int64_t rows, outcome[ORDER_OUTCOMES], rejected;
        struct { char field[96]; int64_t n; } reason[REASONS_MAX];
        size_t n_reasons;
        struct buf *list; /* JSON of the rejected rows */
        struct json j;
};

static void count_reason(struct importing *m, const struct err *err)
{
        size_t i = 0;
        while (i < m->n_reasons && strcmp(m->reason[i].field, err->field) != 0)
                i++;
        if (i == REASONS_MAX)
                return;
        snprintf(m->reason[i].field, sizeof(m->reason[i].field), "%s", err->field);
        m->reason[i].n++;
        m->n_reasons += i == m->n_reasons;
}

static void reject(struct importing *m, int32_t line, struct str number, const struct err *err)
{
        struct args *a = m->u->a;
        m->rejected++;
        count_reason(m, err);
        if (!arg_has(a, "json")) {
                fprintf(a->out, a->lang == LANG_ZH ? "第 %d 行 " STR_FMT "：%s\n" : "row %d " STR_FMT ": %s\n", (int)line, STR_ARG(number), err_text(err, a->lang));
                return;
        }
        json_open(&m->j);
        json_kint(&m->j, "line", line);
        json_kstr(&m->j, "number", number);
        json_kc(&m->j, "field", err->field);
        json_kc(&m->j, "why", err_text(err, a->lang));
        json_close(&m->j);
}

/* ERR_STORE and its like stop the file; what is wrong with a row does not. */
static bool stops(int code)
{
        return err_kind(code)->status >= 500;
}

static int import_rows(struct importing *m)
{
        struct cell cell[ORDER_FIELDS];
        int32_t line;
        while (import_orders_next(&m->table, cell, &line)) {
                ARENA_AUTO arena = { 0 };
                struct order_taken done;
                struct err err = { 0 };
                m->rows++;
                int rc = take(m->u, &arena, cell, &done, &err);
                if (rc != OK && stops(rc)) {
                        m->u->world.err = err;
                        return rc;
                }
                if (rc == OK) {
                        m->outcome[done.outcome]++;
                        continue;
                }
                err.code = rc;
                reject(m, line, cell[ORDER_NUMBER].text, &err);
        }
        return OK;
}

static void tell_counts(struct importing *m)
{
        const struct args *a = m->u->a;
        const int64_t *n = m->outcome;
        fprintf(a->out,
                a->lang == LANG_ZH ? "%s%lld 行：新开 %lld，已有且无变化 %lld，补充 %lld，重办 %lld，不收 %lld\n"
                                   : "%s%lld rows: %lld opened, %lld known and unchanged, %lld added to, %lld to be dealt with again, %lld rejected\n",
                arg_has(a, "dry-run") ? (a->lang == LANG_ZH ? "试收，什么都没写。" : "a look only, nothing was written. ") : "", (long long)m->rows,
                (long long)n[ORDER_OPENED], (long long)n[ORDER_SAME], (long long)n[ORDER_NOTED], (long long)n[ORDER_REDONE], (long long)m->rejected);
}

static void tell_json(struct importing *m, const struct buf *rejects)
{
        BUF_AUTO out = BUF(64u << 20);
        struct json j = json_to(&out);
        json_open(&j);
        json_kint(&j, "rows", m->rows);
        json_kint(&j, "accepted", m->rows - m->rejected);
        json_kint(&j, "rejected", m->rejected);
        for (int i = 0; i < ORDER_OUTCOMES; i++)
                json_kint(&j, order_outcome_words[i], m->outcome[i]);
        json_key(&j, "by_reason");
        json_open(&j);
        for (size_t i = 0; i < m->n_reasons; i++)
                json_kint(&j, m->reason[i].field[0] ? m->reason[i].field : "other", m->reason[i].n);
        json_close(&j);
        json_key(&j, "rejects");
        json_raw(&j, buf_view(rejects));
        json_close(&j);
        tell_buf(m->u->a, &out);
}

static int import_file(struct upstreaming *u)
{
        struct args *a = u->a;
        struct importing m = { .u = u };
        BUF_AUTO rejects = BUF(32u << 20);
        m.j = json_to(&rejects);
        int rc = sheet_read_file(a->arena, arg_path(a, a->at[1]), arg_text(a, "sheet", ""), &m.sheet, &u->world.err);
        if (rc == OK)
                rc = import_orders_begin(a->arena, u->up, &m.sheet, &m.table, &u->world.err);
        json_list(&m.j);
        if (rc == OK)
                rc = import_rows(&m);
        json_end(&m.j);
        if (rc != OK)
                return fail(a, &u->world.err);
        if (arg_has(a, "json"))
                tell_json(&m, &rejects);
        else
                tell_counts(&m);
        return m.rejected ? EXIT_FINDINGS : EXIT_FINE;
}

/* ---- pasted ------------------------------------------------------------------------------------------------------------- */

static int read_all(struct args *a, struct buf *text)
{
        char chunk[4096];
        size_t n;
        if (a->n_at == 2 && !str_is(a->at[1], "-"))
                return buf_read_file(text, arg_path(a, a->at[1]));
        while ((n = fread(chunk, 1, sizeof(chunk), a->in)) > 0)
                buf_add(text, chunk, n);
        return text->over ? ERR_TOO_BIG : OK;
}

static int paste(struct upstreaming *u)
{
        struct args *a = u->a;
        struct cell cell[ORDER_FIELDS];
        struct order_taken done;
        struct str utf8;
        const char *encoding;
        BUF_AUTO text = BUF(ORDER_TEXT_BYTES + 1);
        int rc = read_all(a, &text);
        if (rc != OK)
                err_set(&u->world.err, rc, "FILE", "读不出文字，或超过 64 KiB", "No text could be read, or it is longer than 64 KiB");
        else if ((rc = text_utf8(a->arena, buf_view(&text), &utf8, &encoding)) != OK)
                err_set(&u->world.err, rc, "FILE", "文字既不是 UTF-8 也不是 GB18030", "The text is neither UTF-8 nor GB18030");
        if (rc == OK)
                rc = order_paste(a->arena, u->up, utf8, cell, &u->world.err);
        if (rc == OK)
                rc = take(u, a->arena, cell, &done, &u->world.err);
        if (rc != OK)
                return fail(a, &u->world.err);
        if (arg_has(a, "json"))
                fprintf(a->out, "{\"outcome\":\"%s\",\"id\":\"%lld\",\"code\":\"%s\"}\n", order_outcome_words[done.outcome], (long long)done.id, done.code);
        else
                fprintf(a->out, a->lang == LANG_ZH ? "%s：事项 %lld %s\n" : "%s: matter %lld %s\n", order_outcome_words[done.outcome], (long long)done.id, done.code);
        return EXIT_FINE;
}

/* ---- list --------------------------------------------------------------------------------------------------------------- */

static int list(struct upstreaming *u)
{
        struct args *a = u->a;
        struct ctx ctx = world_ctx(a, &u->world, u->town_id);
        struct order_items rows;
        char due[40], ours[40];
        int rc = store_read_begin(u->world.store, &ctx.tx, &u->world.err);
        if (rc == OK) {
                rc = order_list(&ctx, !arg_has(a, "done"), INSTANT_NONE, 0, ORDER_LIST_MAX, &rows);
                store_read_end(ctx.tx);
        }
        if (rc != OK)
                return fail(a, &u->world.err);
        for (size_t i = 0; i < rows.n; i++) {
                const struct order *o = &rows.row[i].order;
                fprintf(a->out, a->lang == LANG_ZH ? STR_FMT " " STR_FMT "：%s，第 %d 轮，上级时限 %s，本地时限 %s，事项 %lld（" STR_FMT "）\n"
                                                   : STR_FMT " " STR_FMT ": %s, round %d, upstream wants it by %s, we by %s, matter %lld (" STR_FMT ")\n",
                        STR_ARG(o->system), STR_ARG(o->number), say_in(order_state_say(o->state), a->lang), (int)o->round,
                        instant_is_none(o->due) ? "-" : instant_format(o->due, due), instant_is_none(o->ours) ? "-" : instant_format(o->ours, ours),
                        (long long)rows.row[i].matter, STR_ARG(rows.row[i].state));
        }
        return EXIT_FINE;
}

/* ---- the reply ---------------------------------------------------------------------------------------------------------- */

static void tell_faults(struct args *a, const struct reply *r)
{
        for (size_t i = 0; i < r->n; i++) {
                const struct upstream_field *f = r->field[i].as;
                struct str label = a->lang == LANG_ZH ? f->label_zh : f->label_en;
                if (r->field[i].fault == REPLY_MISSING)
                        fprintf(a->errors, a->lang == LANG_ZH ? "缺少：" STR_FMT "（" STR_FMT "）\n" : "missing: " STR_FMT " (" STR_FMT ")\n", STR_ARG(label), STR_ARG(f->code));
                else if (r->field[i].fault == REPLY_TOO_LONG)
                        fprintf(a->errors, a->lang == LANG_ZH ? "超过 %d 个字：" STR_FMT "（" STR_FMT "）\n" : "longer than %d characters: " STR_FMT " (" STR_FMT ")\n",
                                (int)f->max, STR_ARG(label), STR_ARG(f->code));
        }
}

static int into_folder(struct args *a, struct ctx *ctx, const struct bundle *b)
{
        const char *dir = arg_path(a, arg_text(a, "out", ""));
        int rc = mkdir(dir, 0700) == 0 || errno == EEXIST ? OK : err_set(ctx->err, ERR_IO, "--out", "建不了文件夹 %s", "The folder %s cannot be made", dir);
        for (size_t i = 0; rc == OK && i < b->n; i++) {
                const char *path = arena_printf(a->arena, "%s/%s", dir, str_c(a->arena, b->part[i].name));
                int fd = -1;
                rc = archive_file(ctx, "--out", path, &fd);
                if (rc != OK)
                        break;
                rc = bundle_copy(ctx, &b->part[i], fd);
                if (close(fd) != 0 && rc == OK)
                        rc = err_set(ctx->err, ERR_IO, "--out", "写不了 %s", "%s cannot be written", path);
                if (rc == OK)
                        fprintf(a->out, "%s\n", path);
        }
        return rc;
}

static int hand_out(struct args *a, struct ctx *ctx, const struct town *t, const struct matter *m, const struct reply *r)
{
        struct bundle b;
        if (!arg_has(a, "out") && !arg_has(a, "bundle")) {
                fwrite(r->text.p, 1, r->text.n, a->out);
                return OK;
        }
        int rc = bundle_of(ctx, t, m, r, &b);
        if (rc == OK && arg_has(a, "out"))
                rc = into_folder(a, ctx, &b);
        return rc == OK && arg_has(a, "bundle") ? archive_bundle(a, ctx, &b) : rc;
}

static int reply(struct upstreaming *u)
{
        struct args *a = u->a;
        struct ctx ctx = world_ctx(a, &u->world, u->town_id);
        struct matter m;
        struct reply r;
        int64_t id;
        int rc = store_read_begin(u->world.store, &ctx.tx, &u->world.err);
        if (rc != OK)
                return fail(a, &u->world.err);
        rc = order_find(&ctx, u->up->code, a->at[1], &id);
        if (rc == OK)
                rc = matter_get(&ctx, id, &m);
        if (rc == OK)
                rc = reply_make(&ctx, u->t, &m, &r);
        if (rc == OK)
                rc = hand_out(a, &ctx, u->t, &m, &r);
        store_read_end(ctx.tx);
        if (rc != OK)
                return fail(a, &u->world.err);
        tell_faults(a, &r);
        return r.faults ? EXIT_FINDINGS : EXIT_FINE;
}

/* ---- the command ---------------------------------------------------------------------------------------------------------- */

static const struct {
        const char *name;
        size_t least, most; /* positional arguments */
        bool keys;          /* contacts are sealed */
        int (*run)(struct upstreaming *);
} actions[] = {
        { "import", 2, 2, true, import_file }, { "paste", 1, 2, true, paste }, { "list", 1, 1, false, list }, { "reply", 2, 2, false, reply },
};

static int run(struct args *a)
{
        UPSTREAMING_AUTO u = { 0 };
        size_t i = 0;
        while (i < COUNT(actions) && !str_is(a->at[0], actions[i].name))
                i++;
        if (i == COUNT(actions))
                return usage_error(a, str_c(a->arena, a->at[0]), (struct say){ "应为 import、paste、list 或 reply", "import, paste, list or reply" });
        if (a->n_at < actions[i].least || a->n_at > actions[i].most)
                return usage_error(a, NULL, (struct say){ "参数个数不对", "wrong number of arguments" });
        int rc = begin(a, &u);
        if (rc == EXIT_FINE && actions[i].keys && !arg_has(a, "dry-run"))
                rc = world_keys(a, &u.world, true);
        return rc == EXIT_FINE ? actions[i].run(&u) : rc;
}

const struct verb cmd_upstream = {
        .name = "upstream",
        .usage = "import FILE | paste [FILE] | list [--done] | reply NUMBER [--out DIR] [--bundle FILE] [--system CODE] [--sheet NAME] [--dry-run] [--db URL] [--json]",
        .min_at = 1,
        .max_at = 2,
        .writes = true,
        .summary = { "上级派单：收进来、列出来、写好回复", "orders from upstream: take them in, list them, write the reply" },
        .details = { "import：按 upstreams.yaml 的列名收 XLSX 或 CSV，同一编号只有一件事项，可反复收；不收的行说明原因，退出码 1。paste：收一段复制来的文字（不给文件则读标准输入）。"
                     "list：待回复的，先到期的在前。reply：按系统要求的字段写好回复，连同随答复公开的附件写进文件夹或 ZIP；缺必填项逐项列出，退出码 1。",
                     "import: takes in XLSX or CSV by the headings of upstreams.yaml; one number is one matter, and the same file again changes nothing; rejected rows say why, exit code 1. "
                     "paste: takes in copied text (standard input without a file). list: what upstream waits for, the nearest deadline on top. reply: writes the reply by the fields "
                     "the system demands, with the files that went with the answer, into a folder or a ZIP file; what is missing is named, exit code 1." },
        .options = options,
        .run = run,
};

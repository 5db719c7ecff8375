/* The operator's commands: help, version, invite, backup, verify, vault. */
#include "api/openapi.h"
#include "api/routes.h"
#include "app/erasures.h"
#include "app/tell.h"
#include "app/world.h"
#include "base/json.h"
#include "matter/handover.h"
#include "matter/shift.h"
#include "matter/matter.h"
#include "people/account.h"
#include "store/event.h"
#include "store/file.h"

#define LINLI_VERSION "0.1.0"

/* ---- help, version ---------------------------------------------------------------------------------------------------- */

static const struct option help_options[] = {
        { "manual", NULL, false, { "以手册页格式（roff）输出", "print the manual page (roff)" } },
        { "api", NULL, false, { "输出接口说明（docs/api.md）", "print the routes of the API (docs/api.md)" } },
        { "openapi", NULL, false, { "输出 OpenAPI 文档（JSON）", "print the OpenAPI document (JSON)" } },
        { 0 },
};

static int help_api(struct args *a, void (*write)(const struct router *, struct buf *))
{
        BUF_AUTO out = BUF(4u << 20);
        struct err err = { 0 };
        struct router *router;
        size_t n;
        const struct route_table *const *tables = route_tables(&n);
        if (router_make(a->arena, tables, n, &router, &err) != OK)
                return fail(a, &err);
        write(router, &out);
        fwrite(out.p, 1, out.n, a->out);
        return EXIT_FINE;
}

static int help(struct args *a)
{
        if (arg_has(a, "manual")) {
                help_manual(a->out);
                return EXIT_FINE;
        }
        if (arg_has(a, "api"))
                return help_api(a, route_markdown);
        if (arg_has(a, "openapi"))
                return help_api(a, openapi_write);
        const char *name = a->n_at ? str_c(a->arena, a->at[0]) : NULL;
        for (const struct verb *const *c = verbs; name && *c; c++)
                if (strcmp((*c)->name, name) == 0) {
                        help_print(a->out, a->lang, name);
                        return EXIT_FINE;
                }
        if (name)
                return usage_error(a, name, (struct say){ "没有这个命令", "no such command" });
        help_print(a->out, a->lang, NULL);
        return EXIT_FINE;
}

const struct verb cmd_help = {
        .name = "help", .usage = "[COMMAND] [--manual] [--api] [--openapi]", .max_at = 1,
        .summary = { "列出命令，或说明一个命令", "list the commands, or explain one" },
        .details = { "帮助、手册页和接口说明都出自程序自己的表。", "Help, the manual page and the chapter on the API are made from the program's own tables." },
        .options = help_options, .run = help,
};

static int version(struct args *a)
{
        fprintf(a->out, "linli %s (%s)\n", LINLI_VERSION, "SQLite, PostgreSQL");
        return EXIT_FINE;
}

const struct verb cmd_version = {
        .name = "version", .usage = "",
        .summary = { "版本", "the version" },
        .details = { "输出版本号。", "Prints the version." },
        .run = version,
};

/* ---- invite ------------------------------------------------------------------------------------------------------------- */

static const struct option invite_options[] = {
        OPTION_DB, OPTION_TOWN_CODE, OPTION_JSON,
        { "url", "URL", false, { "对外的网址，写进链接", "the address people use, for the link" } },
        { 0 },
};

struct inviting { struct args *a; struct world *w; int64_t town; struct invite_given given; };

static int invite_run(struct tx *tx, struct command *self)
{
        struct inviting *o = self->arg;
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = world_ctx(o->a, o->w, o->town);
        ctx.arena = &arena;
        ctx.tx = tx;
        ctx.err = self->err;
        return invite_make(&ctx, o->a->at[0], &o->given);
}

static int invite(struct args *a)
{
        WORLD_AUTO w = { 0 };
        struct inviting o = { .a = a, .w = &w };
        struct town *t;
        char until[40];
        int rc = world_open(a, true, &w);
        if (rc == EXIT_FINE)
                rc = world_town(a, &w, &o.town);
        if (rc != EXIT_FINE)
                return rc;
        if (shelf_town(w.shelf, o.town, a->now, &t, &w.err) != OK)
                return fail(a, &w.err);
        bool serves = staff_serves(staff_find(&t->staff, a->at[0]), instant_day(a->now));
        town_unref(t);
        if (!serves)
                return usage_error(a, str_c(a->arena, a->at[0]), (struct say){ "staff.csv 里没有这个在职人员", "no member of staff in service has this login" });
        if (store_write(w.store, invite_run, &o, PRIO_REQUEST, &w.err) != OK)
                return fail(a, &w.err);
        const char *url = arg_c(a, "url", "http://127.0.0.1:8080");
        if (arg_has(a, "json"))
                fprintf(a->out, "{\"login\":\"" STR_FMT "\",\"token\":\"%s\",\"until\":\"%s\"}\n", STR_ARG(a->at[0]), o.given.token,
                        instant_format(o.given.until, until));
        else
                fprintf(a->out, a->lang == LANG_ZH ? "%s/invite#%s\n一次有效，到 %s 为止\n" : "%s/invite#%s\nworks once, until %s\n", url, o.given.token,
                        instant_format(o.given.until, until));
        return EXIT_FINE;
}

const struct verb cmd_invite = {
        .name = "invite", .usage = "LOGIN [--db URL] [--town-code CODE] [--url URL] [--json]", .min_at = 1, .max_at = 1, .writes = true,
        .summary = { "给工作人员一个一次性链接，自己设密码", "give a member of staff a one-time link to set a password" },
        .details = { "没有默认密码。链接 72 小时内一次有效；使用后，原来的密码、二次验证和登录全部失效。",
                     "There is no default password. The link works once within 72 hours; using it replaces password and second factor and ends all sessions." },
        .options = invite_options, .run = invite,
};

/* ---- backup ----------------------------------------------------------------------------------------------------------- */

static const struct option backup_options[] = { OPTION_DB, { 0 } };

static int backup(struct args *a)
{
        WORLD_AUTO w = { 0 };
        int64_t n;
        int rc = world_open(a, false, &w);
        if (rc != EXIT_FINE)
                return rc;
        const char *to = arg_path(a, a->at[0]);
        if (store_backup(w.store, to, &w.err) != OK || erasures_write_all(arena_printf(a->arena, "%s.erased", to), w.store, &n, &w.err) != OK)
                return fail(a, &w.err);
        fprintf(a->out, a->lang == LANG_ZH ? "已备份到 %s（保险柜密钥不在其中，请另存）\n" : "backed up to %s (without the vault's key: keep that elsewhere)\n", to);
        return EXIT_FINE;
}

const struct verb cmd_backup = {
        .name = "backup", .usage = "FILE [--db URL]", .min_at = 1, .max_at = 1, .writes = true,
        .summary = { "在服务运行中做一份一致的备份", "make a consistent copy while the server runs" },
        .details = { "SQLite 数据库整库复制，旁边放一份删除清单（.erased）；PostgreSQL 请用 pg_dump。", "Copies an SQLite store whole, with the list of erasures (.erased) beside it; for PostgreSQL use pg_dump." },
        .options = backup_options, .run = backup,
};

/* ---- verify ------------------------------------------------------------------------------------------------------------- */

static const struct option verify_options[] = { OPTION_DB, OPTION_TOWN_CODE, OPTION_JSON, { 0 } };

struct verdict { struct matter_check matters; struct event_check events; struct file_check files; struct vault_counts vault; bool ok; char zh[400], en[400]; };

static int verify_town(struct args *a, struct world *w, int64_t town, struct verdict *v)
{
        ARENA_AUTO arena = { 0 };
        struct err err = { 0 };
        struct ctx ctx = world_ctx(a, w, town);
        struct matter_check m = { 0 };
        struct event_check e = { 0 };
        struct vault_counts c = { 0 };
        struct file_check f = { 0 };
        ctx.arena = &arena;
        ctx.err = &err;
        struct town *t = NULL;
        int rc = shelf_town(w->shelf, town, a->now, &t, &err);
        if (rc == OK)
                rc = store_read_begin(w->store, &ctx.tx, &err);
        if (rc != OK) {
                town_unref(t);
                return rc;
        }
        int chain = event_verify(&ctx, &e);
        int rows = chain == OK || chain == ERR_RULE ? matter_verify(&ctx, &m) : chain;
        if (rows == OK)
                rows = matter_verify_held(&ctx, t, &m);
        if (rows == OK)
                rows = shift_verify(&ctx, &m);
        if (rows == OK || rows == ERR_RULE)
                rc = vault_count(&ctx, &c);
        int files = rc == OK && (rows == OK || rows == ERR_RULE) ? file_verify(&ctx, &f) : OK;
        store_read_end(ctx.tx);
        town_unref(t);
        if (chain == ERR_RULE || rows == ERR_RULE || files == ERR_RULE) {
                v->ok = false;
                snprintf(v->zh, sizeof(v->zh), "%s", err.zh);
                snprintf(v->en, sizeof(v->en), "%s", err.en);
        }
        v->matters.matters += m.matters;
        v->matters.erased += m.erased;
        v->matters.faults += m.faults;
        v->matters.files += m.files;
        v->matters.files_erased += m.files_erased;
        v->files.files += f.files;
        v->files.bytes += f.bytes;
        v->files.missing += f.missing;
        v->files.damaged += f.damaged;
        v->events.events += e.events;
        v->events.sealed += e.sealed;
        v->events.unsealed += e.unsealed;
        v->events.seals += e.seals;
        v->events.faults += e.faults;
        v->vault.sealed += c.sealed;
        if (rc == OK && chain != OK && chain != ERR_RULE)
                rc = chain;
        if (rc == OK && files != OK && files != ERR_RULE)
                rc = files;
        return rc == OK && rows != OK && rows != ERR_RULE ? rows : rc;
}

static int verify_all(struct args *a, struct world *w, int64_t only, struct verdict *v)
{
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = world_ctx(a, w, 0);
        struct town_row *row;
        size_t n = 0;
        ctx.arena = &arena;
        int rc = store_integrity(w->store, &w->err);
        if (rc == ERR_RULE) {
                v->ok = false;
                snprintf(v->zh, sizeof(v->zh), "%s", w->err.zh);
                snprintf(v->en, sizeof(v->en), "%s", w->err.en);
                rc = OK;
        }
        if (rc == OK)
                rc = store_read_begin(w->store, &ctx.tx, &w->err);
        if (rc != OK)
                return rc;
        rc = town_list(&ctx, &row, &n);
        store_read_end(ctx.tx);
        for (size_t i = 0; rc == OK && i < n; i++)
                if (only == 0 || row[i].id == only)
                        rc = verify_town(a, w, row[i].id, v);
        return rc;
}

/* What the list of erasures outside names must be erased here too: a backup that was copied back by hand is found out. */
static int verify_list(struct args *a, struct world *w, struct verdict *v)
{
        const char *path = erasures_path(a);
        int64_t n = 0;
        int rc = path ? erasures_missing(path, a, w, &n) : OK;
        if (rc != OK || n == 0)
                return rc;
        v->ok = false;
        v->matters.faults += n;
        snprintf(v->zh, sizeof(v->zh), "删除清单上有 %lld 件事项在库中没有删除：linli erase --replay", (long long)n);
        snprintf(v->en, sizeof(v->en), "%lld matters on the list of erasures are not erased here: linli erase --replay", (long long)n);
        return OK;
}

static void tell_verdict(struct args *a, const struct verdict *v)
{
        if (arg_has(a, "json")) {
                BUF_AUTO out = BUF(4096);
                struct json j = json_to(&out);
                json_open(&j);
                json_kbool(&j, "ok", v->ok);
                json_kint(&j, "matters", v->matters.matters);
                json_kint(&j, "events", v->events.events);
                json_kint(&j, "sealed", v->events.sealed);
                json_kint(&j, "erased", v->matters.erased);
                json_kint(&j, "unsealed", v->events.unsealed);
                json_kint(&j, "seals", v->events.seals);
                json_kint(&j, "contacts", v->vault.sealed);
                json_kint(&j, "files", v->files.files);
                json_kint(&j, "file_bytes", v->files.bytes);
                json_kint(&j, "files_erased", v->matters.files_erased);
                json_kint(&j, "files_missing", v->files.missing);
                json_kint(&j, "files_damaged", v->files.damaged);
                json_kint(&j, "faults", v->matters.faults + v->events.faults + v->files.missing + v->files.damaged);
                json_kc(&j, "fault", v->ok ? NULL : a->lang == LANG_ZH ? v->zh : v->en);
                json_close(&j);
                tell_buf(a, &out);
                return;
        }
        fprintf(a->out, a->lang == LANG_ZH ? "事项 %lld，记录 %lld（已封 %lld，待封 %lld），已删除内容的事项 %lld，附件 %lld：%s\n"
                                           : "matters %lld, events %lld (sealed %lld, not yet %lld), erased %lld, files %lld: %s\n",
                (long long)v->matters.matters, (long long)v->events.events, (long long)v->events.sealed, (long long)v->events.unsealed,
                (long long)v->matters.erased, (long long)v->files.files, v->ok ? (a->lang == LANG_ZH ? "完好" : "whole") : (a->lang == LANG_ZH ? v->zh : v->en));
}

static int verify(struct args *a)
{
        WORLD_AUTO w = { 0 };
        struct verdict v = { .ok = true };
        int64_t only = 0; /* all */
        int rc = world_open(a, false, &w);
        if (rc == EXIT_FINE && arg_has(a, "town-code"))
                rc = world_town(a, &w, &only);
        if (rc != EXIT_FINE)
                return rc;
        if (verify_all(a, &w, only, &v) != OK || verify_list(a, &w, &v) != OK)
                return fail(a, &w.err);
        tell_verdict(a, &v);
        return v.ok ? EXIT_FINE : EXIT_FINDINGS;
}

const struct verb cmd_verify = {
        .name = "verify", .usage = "[--db URL] [--town-code CODE] [--json]",
        .summary = { "核对数据库：指纹链、封条和数据", "prove the store: chains, seals and rows" },
        .details = { "逐条重算指纹链和封条，核对每件事项有人负责、有时限、内容未被改动；依申请删除的显示为已删除而不是损坏。",
                     "Recomputes every chain and seal, and checks that each matter has an owner, a clock and words as they were written; what was erased on request counts as erased, not broken." },
        .options = verify_options, .run = verify,
};

/* ---- vault -------------------------------------------------------------------------------------------------------------- */

static const struct option vault_options[] = { OPTION_DB, OPTION_TOWN_CODE, OPTION_KEY, { 0 } };

static int vault_rekey_all(struct args *a, struct world *w)
{
        int64_t town;
        struct vault_rekeyed done;
        int rc = world_town(a, w, &town);
        if (rc != EXIT_FINE)
                return rc;
        if (vault_rekey(w->store, w->keys, &chance_system, town, a->now, &done, &w->err) != OK)
                return fail(a, &w->err);
        fprintf(a->out, a->lang == LANG_ZH ? "已用新密钥重封：联系方式 %lld，账号 %lld；打不开的 %lld\n" : "sealed anew: %lld contacts, %lld accounts; could not be opened: %lld\n",
                (long long)done.persons, (long long)done.accounts, (long long)done.damaged);
        return done.damaged ? EXIT_FINDINGS : EXIT_FINE;
}

static int vault(struct args *a)
{
        WORLD_AUTO w = { 0 };
        struct str what = a->at[0];
        if (!str_is(what, "init") && !str_is(what, "add-key") && !str_is(what, "rekey"))
                return usage_error(a, str_c(a->arena, what), (struct say){ "应为 init、add-key 或 rekey", "init, add-key or rekey" });
        const char *path = world_key_path(a);
        int32_t id = 1;
        if (str_is(what, "init") || str_is(what, "add-key")) {
                struct err err = { 0 };
                int rc = str_is(what, "init") ? vault_keys_make(path, &chance_system, instant_day(a->now), &err)
                                              : vault_keys_add(path, &chance_system, instant_day(a->now), &id, &err);
                if (rc != OK)
                        return fail(a, &err);
                fprintf(a->out, a->lang == LANG_ZH ? "%s：第 %d 号密钥。请另存一份。\n" : "%s: key %d. Keep a copy elsewhere.\n", path, (int)id);
                return EXIT_FINE;
        }
        int rc = world_open(a, true, &w);
        if (rc == EXIT_FINE)
                rc = world_keys(a, &w, false);
        return rc == EXIT_FINE ? vault_rekey_all(a, &w) : rc;
}

const struct verb cmd_vault = {
        .name = "vault", .usage = "init|add-key|rekey [--db URL] [--town-code CODE] [--key FILE]", .min_at = 1, .max_at = 1,
        .summary = { "保险柜密钥：生成、换新、重封", "the vault's keys: make, add, seal anew" },
        .details = { "密钥文件权限须为 0600，不进数据库也不进备份。换密钥：先 add-key，重启服务，再 rekey。",
                     "The key file has mode 0600 and is in neither the database nor its backup. To change keys: add-key, restart the server, rekey." },
        .options = vault_options, .run = vault,
};

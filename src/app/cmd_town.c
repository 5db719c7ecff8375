#include "app/command.h"
#include "app/cmd_erase.h"
#include "app/hand.h"
#include "app/tell.h"
#include "app/town_load.h"
#include "app/town_words.h"
#include "app/world.h"

#define OPTION_TRIAL                                                                                                   \
        {                                                                                                              \
                "trial", NULL, false,                                                                                  \
                {                                                                                                      \
                        "试运行：有兜底的错误降为提醒", "a trial: errors that a fallback covers become warnings"       \
                }                                                                                                      \
        }

/* ---- check ------------------------------------------------------------------------------------------------------- */

static const struct option check_options[] = {
        OPTION_TRIAL,
        { "today",
          "DAY",
          false,
          { "按哪一天判断任期、时效（默认今天）", "the day by which terms are judged (default: today)" } },
        OPTION_JSON,
        { 0 },
};

static int read_today(const struct args *a, struct day *ret)
{
        *ret = instant_day(a->now);
        if (!arg_has(a, "today") || day_parse(arg_text(a, "today", ""), ret) == OK)
                return EXIT_FINE;
        return usage_error(
                a, "--today",
                (struct say){ "应为存在的日期，如 2026-12-31", "needs a date that exists, such as 2026-12-31" });
}

static int run_check(struct args *a)
{
        struct town_load_options opt = { .trial = arg_has(a, "trial") };
        struct judged j;
        int rc = read_today(a, &opt.today);
        if (rc == EXIT_FINE)
                rc = town_judge(a, a->at[0], &opt, &j);
        if (rc != EXIT_FINE)
                return rc;
        town_unref(j.town);
        tell_findings(a, &j.found, arg_has(a, "json"));
        return j.found.errors > 0 ? EXIT_FINDINGS : EXIT_FINE;
}

const struct verb cmd_check = {
        .name = "check",
        .usage = "DIR [--trial] [--today DAY] [--json]",
        .min_at = 1,
        .max_at = 1,
        .summary = { "检查乡镇文件夹", "judge a town folder" },
        .details = { "逐个文件、逐行检查，并检查文件之间：每个网格的每类事项都有人牵头，每个在用岗位有人担任，网格不重"
                     "不漏，"
                     "流程走得到头、不超法定期限，被收回的事项写明由谁收回……每条结果有文件、行号、规则编号和改法。"
                     "没有错误时退出码为 0，有错误为 1，用法不对或读不了目录为 2。",
                     "Judges every file and row, and what holds between them: every subject in every grid has a lead, "
                     "every post in use "
                     "a holder, grids neither overlap nor leave holes, procedures come to an end within the statutory "
                     "limit, what was "
                     "recalled names who took it ... Each finding gives file, line, rule and what to do. Exit status 0 "
                     "without errors, "
                     "1 with errors, 2 for wrong usage or an unreadable folder." },
        .options = check_options,
        .run = run_check,
};

/* ---- load -------------------------------------------------------------------------------------------------------- */

static const struct option load_options[] = { OPTION_DB, OPTION_KEY, OPTION_TRIAL, { 0 } };

static int tell_what_changed(struct args *a, struct world *w, struct town_version before, int64_t town)
{
        struct town_diff diff;
        struct town_version after;
        struct folder *folder;
        struct town *model;
        int rc = stored_version(a, w, town, 0, &folder, &model);
        if (rc != EXIT_FINE || !model)
                return rc;
        after = (struct town_version){ folder, model };
        if (before.town) {
                town_diff(a->arena, before, after, &diff);
                tell_town_diff(a, before.town, model, &diff);
        } else {
                fprintf(a->out,
                        a->lang == LANG_ZH
                                ? "首次装入：%zu 个文件，%zu 个网格，%zu 个单位，%zu 个岗位，%zu 类事项，%zu 行职责\n"
                                : "first load: %zu files, %zu grids, %zu organisations, %zu posts, %zu subjects, %zu "
                                  "duty rows\n",
                        folder->n, model->grids.n, model->orgs.n, model->posts.n, (size_t)model->subjects.n,
                        (size_t)model->duties.n);
        }
        town_unref(model);
        return EXIT_FINE;
}

/* Nobody who left with this version keeps an open matter. */
static int hand_over(struct args *a, struct world *w, int64_t town)
{
        struct town *t;
        int moved, stuck;
        struct ctx ctx = world_ctx(a, w, town);
        struct house h = { .store = w->store, .shelf = w->shelf };
        int rc = shelf_town(w->shelf, town, a->now, &t, &w->err);
        if (rc != OK)
                return fail(a, &w->err);
        rc = hand_all(&h, &ctx, t, &moved, &stuck);
        town_unref(t);
        if (rc != OK)
                return fail(a, &w->err);
        if (moved + stuck)
                fprintf(a->errors, a->lang == LANG_ZH ? "离任人员名下 %d 件已移交，%d 件无人可接\n" : "%d matters of who left changed hands, %d found nobody\n", moved, stuck);
        return EXIT_FINE;
}

static int load_into(struct args *a, struct world *w, int64_t town, bool trial)
{
        struct town_version before = { 0 };
        struct folder *folder;
        struct town *model;
        int rc = stored_version(a, w, town, 0, &folder, &model);
        if (rc != EXIT_FINE)
                return rc;
        before = (struct town_version){ folder, model };
        rc = town_load_dir(a, w, a->at[0], trial);
        if (rc == EXIT_FINE)
                rc = tell_what_changed(a, w, before, town);
        if (rc == EXIT_FINE)
                rc = hand_over(a, w, town);
        town_unref(model);
        return rc;
}

static int run_load(struct args *a)
{
        WORLD_AUTO w = { 0 };
        struct town_load_options opt = { .trial = arg_has(a, "trial"), .today = instant_day(a->now) };
        struct judged j;
        int rc = town_judge(a, a->at[0], &opt, &j);
        if (rc != EXIT_FINE)
                return rc;
        int64_t town = j.town ? j.town->id : 0;
        town_unref(j.town);
        if (j.found.errors > 0) { /* before a store is opened, so that none is made */
                tell_findings(a, &j.found, false);
                fputs(a->lang == LANG_ZH ? "有错误，没有装入；数据库没有变化\n"
                                         : "not loaded because of errors; nothing was changed\n",
                      a->errors);
                return EXIT_FINDINGS;
        }
        rc = world_open(a, true, &w);
        if (rc == EXIT_FINE)
                rc = world_keys(a, &w, true);
        return rc == EXIT_FINE ? load_into(a, &w, town, opt.trial) : rc;
}

const struct verb cmd_load = {
        .name = "load",
        .usage = "DIR [--db URL] [--key FILE] [--trial]",
        .min_at = 1,
        .max_at = 1,
        .summary = { "检查并装入乡镇文件夹，成为新的一版", "check a town folder and bring it in as a new version" },
        .details = { "一个事务；有错误就不装入，列出问题，数据库不变。staff.csv "
                     "的电话先封存再入库。内容与当前版相同时什么也不变。"
                     "装入后按新版派单，旧版留着：过去某天的答复仍按那天的版本。",
                     "One transaction; with errors nothing is loaded and nothing changes. Phones of staff.csv are "
                     "sealed before they are "
                     "stored. A folder equal to the current version changes nothing. From then on matters go by the "
                     "new version; older "
                     "ones stay, so that a past day keeps its answer." },
        .options = load_options,
        .writes = true,
        .run = run_load,
};

/* ---- export ------------------------------------------------------------------------------------------------------ */

static const struct option export_options[] = {
        OPTION_DB,
        OPTION_TOWN_CODE,
        { "version", "N", false, { "哪一版（默认当前）", "which version (default: the current one)" } },
        { "force", NULL, false, { "覆盖内容不同的文件", "replace files that differ" } },
        OPTION_KEY,
        { "matter", "ID", true, { "改为输出一件事项的全部记录（JSON）", "instead, all that is held about a matter (JSON)" } },
        { "person", "WHO", true, { "改为输出一个人名下的全部记录：保险柜编号或电话", "instead, all that is held about a person: an id of the vault or a phone" } },
        { "purpose", "TEXT", false, { "与 --matter、--person 同用：目的，会留痕", "with --matter, --person: for what purpose; logged" } },
        { "bundle", "FILE", false, { "与 --matter、--person 同用：连同附件写成一个 ZIP 文件", "with --matter, --person: as one ZIP file, with their attachments" } },
        { 0 },
};

static int export_to(struct args *a, struct world *w, int64_t town, int64_t version)
{
        struct ctx ctx = world_ctx(a, w, town);
        struct folder *folder = arena_new(a->arena, struct folder);
        int rc = store_read_begin(w->store, &ctx.tx, &w->err);
        if (rc != OK)
                return fail(a, &w->err);
        rc = town_folder_of(&ctx, a->arena, version, folder);
        store_read_end(ctx.tx);
        if (rc == ERR_NONE)
                err_set(&w->err, rc, "version", "没有这个乡镇或这一版", "There is no such town or version");
        if (rc == OK)
                rc = folder_write_dir(folder, arg_path(a, a->at[0]), arg_has(a, "force"), &w->err);
        if (rc != OK)
                return fail(a, &w->err);
        fprintf(a->out, a->lang == LANG_ZH ? "已写出 %zu 个文件到 " STR_FMT "\n" : "wrote %zu files to " STR_FMT "\n",
                folder->n, STR_ARG(a->at[0]));
        return EXIT_FINE;
}

static int run_export(struct args *a)
{
        WORLD_AUTO w = { 0 };
        int64_t town, version;
        bool held = arg_has(a, "matter") || arg_has(a, "person");
        if (held != (a->n_at == 0))
                return usage_error(a, NULL, (struct say){ "需要目录，或者 --matter、--person", "a folder is needed, or --matter or --person" });
        if (held)
                return export_held(a);
        int rc = arg_int(a, "version", 0, 1, INT64_C(1000000000), &version);
        if (rc == EXIT_FINE)
                rc = world_open(a, false, &w);
        if (rc == EXIT_FINE)
                rc = world_town(a, &w, &town);
        return rc == EXIT_FINE ? export_to(a, &w, town, version) : rc;
}

const struct verb cmd_export = {
        .name = "export",
        .usage = "DIR [--db URL] [--town-code CODE] [--version N] [--force] | [--matter ID]... [--person WHO]... --purpose TEXT [--bundle FILE]",
        .max_at = 1,
        .summary = { "把装入的乡镇文件夹写回磁盘；或输出一个人的全部记录", "write a loaded town folder back to disk; or all that is held about a person" },
        .details = { "每个文件与装入时逐字节相同，只有 staff.csv "
                     "的电话是封存的记号；可以直接再装入。目录中内容不同的同名文件不覆盖，除非 --force。",
                     "Every file byte for byte as it was loaded, except that phones of staff.csv stand as sealed "
                     "tokens; it can be loaded "
                     "again as it is. A file of the same name and other content is not replaced without --force." },
        .options = export_options,
        .writes = true, /* a look at a contact is logged */
        .run = run_export,
};

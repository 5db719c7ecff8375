/* linli import: an office's tables into a town folder, as a batch that can be taken back. */
#include "app/cmd_import.h"
#include "app/tell.h"
#include "base/csv.h"
#include "base/json.h"
#include "import/batch.h"
#include "import/merge.h"
#include "import/suggest.h"
#include "sheet/map.h"

#define REJECTS_MAX ((size_t)256 << 20)
#define JSON_MAX 65536
#define DRAFT_MAX ((size_t)1 << 20)
#define BATCHES_SHOWN 1000
#define NEW_ERRORS_SHOWN 10

static const struct option options[] = {
        { "map", "MAPPING", false, { "映射文件（YAML）：哪一列是哪个字段", "the mapping (YAML): which column is which field" } },
        { "suggest", NULL, false, { "起草一份映射：linli import --suggest 文件", "draft a mapping: linli import --suggest FILE" } },
        { "dry-run", NULL, false, { "只试一遍，什么都不写（--rejects 指定的文件除外）", "only try: nothing is written but the file of --rejects" } },
        { "rejects", "FILE", false, { "退回清单写到哪里（默认：来源文件名加 .rejects.csv）", "where the rejected rows go (default: the source's name with .rejects.csv)" } },
        { "by", "NAME", false, { "谁在导入，记入批次", "who imports, for the batch" } },
        { "undo", "BATCH", false, { "撤销一个批次", "take a batch back" } },
        { "batches", NULL, false, { "列出这个文件夹的批次", "list the batches of the folder" } },
        OPTION_DB,
        OPTION_TOWN_CODE,
        OPTION_KEY,
        OPTION_JSON,
        { 0 },
};

/* ---- reading ------------------------------------------------------------------------------------------------------ */

static int tell_refusal(struct importing *i, struct findings *f)
{
        struct args *a = i->a;
        FILE *out = a->out;
        findings_sort(f);
        a->out = a->errors;
        tell_findings(a, f, false);
        a->out = out;
        return EXIT_USAGE;
}

static struct str base_name(struct str path)
{
        for (size_t n = path.n; n > 0; n--)
                if (path.p[n - 1] == '/')
                        return (struct str){ path.p + n, path.n - n };
        return path;
}

static int read_mapping(struct importing *i)
{
        struct args *a = i->a;
        struct findings f = { .arena = a->arena };
        BUF_AUTO bytes = BUF(MAPPING_BYTES);
        struct str text, path = arg_text(a, "map", "");
        if (path.n == 0)
                return usage_error(a, "--map", (struct say){ "需要映射文件；linli import --suggest 文件 会起草一份", "a mapping is needed; linli import --suggest FILE drafts one" });
        if (buf_read_file(&bytes, arg_path(a, path)) != OK)
                return usage_error(a, "--map", (struct say){ "映射文件读不出来，或超过 1 MiB", "the mapping cannot be read, or is larger than 1 MiB" });
        if (text_utf8(a->arena, str_dup(a->arena, buf_view(&bytes)), &text, NULL) != OK)
                return usage_error(a, "--map", (struct say){ "既不是 UTF-8 也不是 GB18030", "neither UTF-8 nor GB18030" });
        if (mapping_read(a->arena, path, text, instant_day(a->now), &f, &i->map) != OK)
                return tell_refusal(i, &f);
        return EXIT_FINE;
}

/* *ret_shapes stays NULL for a table. */
static int read_source(struct importing *i, struct str sheet, struct str coordinates, struct str **ret_shapes)
{
        struct args *a = i->a;
        struct err err = { 0 };
        const char *path = arg_path(a, a->at[0]);
        int rc = sheet_is_map(a->at[0]) ? sheet_read_map(a->arena, path, sheet, coordinates, &i->sheet, ret_shapes, &err) : sheet_read_file(a->arena, path, sheet, &i->sheet, &err);
        if (rc == OK)
                return EXIT_FINE;
        fail(a, &err);
        return EXIT_USAGE;
}

int import_read_source(struct importing *i, const struct folder *folder)
{
        struct args *a = i->a;
        struct findings f = { .arena = a->arena };
        struct str *shapes = NULL;
        int rc = read_source(i, i->map.sheet, i->map.coordinates_text.n ? i->map.coordinates_text : STR("file"), &shapes);
        if (rc != EXIT_FINE)
                return rc;
        return import_read_rows(a->arena, &i->map, &i->sheet, shapes, folder, &f, &i->rows) == OK ? EXIT_FINE : tell_refusal(i, &f);
}

static int suggest(struct importing *i)
{
        struct args *a = i->a;
        struct findings f = { .arena = a->arena };
        struct str *shapes = NULL;
        BUF_AUTO out = BUF(DRAFT_MAX);
        int rc = read_source(i, STR(""), STR("file"), &shapes);
        if (rc != EXIT_FINE)
                return rc;
        if (import_suggest(a->arena, &i->sheet, shapes != NULL, &f, &out) != OK)
                return tell_refusal(i, &f);
        fwrite(out.p, 1, out.n, a->out);
        return EXIT_FINE;
}

/* ---- telling ------------------------------------------------------------------------------------------------------ */

static void json_by_reason(struct json *j, const struct import_rows *r)
{
        json_key(j, "by_reason");
        json_open(j);
        for (int k = 1; k < IMPORT_REASONS; k++)
                if (r->by_reason[k])
                        json_kint(j, import_reason_name((enum import_reason)k), (int64_t)r->by_reason[k]);
        json_close(j);
}

static void tell_json(const struct importing *i)
{
        BUF_AUTO out = BUF(JSON_MAX);
        struct json j = json_to(&out);
        json_open(&j);
        json_kint(&j, "rows", (int64_t)i->rows.n);
        json_kint(&j, "accepted", (int64_t)i->rows.accepted);
        json_kint(&j, "rejected", (int64_t)i->rows.rejected);
        json_by_reason(&j, &i->rows);
        if (!i->dry) {
                json_kint(&j, "added", (int64_t)i->counts.added);
                json_kint(&j, "replaced", (int64_t)i->counts.replaced);
                json_kint(&j, "unchanged", (int64_t)i->counts.unchanged);
                json_key(&j, "batch");
                json_c(&j, i->batch.n ? str_c(i->a->arena, i->batch) : NULL);
                json_key(&j, "rejects");
                json_c(&j, i->rejects);
        }
        json_close(&j);
        tell_buf(i->a, &out);
}

static void tell_text(const struct importing *i)
{
        struct args *a = i->a;
        bool zh = a->lang == LANG_ZH;
        fprintf(a->out, zh ? "读到 %zu 行：接受 %zu，退回 %zu\n" : "%zu rows: %zu accepted, %zu rejected\n", i->rows.n, i->rows.accepted, i->rows.rejected);
        for (int k = 1; k < IMPORT_REASONS; k++)
                if (i->rows.by_reason[k])
                        fprintf(a->out, "  %zu  %s  %s\n", i->rows.by_reason[k], import_reason_name((enum import_reason)k),
                                say_in(import_reason_say((enum import_reason)k), a->lang));
        fprintf(a->out, zh ? "%s新增 %zu，更新 %zu，未变 %zu\n" : "%s%zu added, %zu replaced, %zu unchanged\n",
                !i->dry ? "" : zh ? "将会：" : "would be: ", i->counts.added, i->counts.replaced, i->counts.unchanged);
        if (i->rejects)
                fprintf(a->out, zh ? "退回清单：%s\n" : "rejected rows: %s\n", i->rejects);
        if (i->batch.n && a->n_at > 1)
                fprintf(a->out, zh ? "批次 %.*s；撤销：linli import --undo %.*s %.*s\n" : "batch %.*s; to take it back: linli import --undo %.*s %.*s\n",
                        STR_ARG(i->batch), STR_ARG(i->batch), STR_ARG(a->at[1]));
}

int import_write_rejects(struct importing *i)
{
        struct args *a = i->a;
        BUF_AUTO out = BUF(REJECTS_MAX);
        if (i->rows.rejected == 0 || (i->dry && !arg_has(a, "rejects")))
                return EXIT_FINE;
        struct str path = arg_has(a, "rejects") ? arg_text(a, "rejects", "") : str_printf(a->arena, STR_FMT ".rejects.csv", STR_ARG(a->at[0]));
        i->rejects = str_c(a->arena, path);
        import_rejects_csv(&i->rows, &out);
        FILE *f = fopen(arg_path(a, path), "wb");
        bool fine = f && fwrite(out.p, 1, out.n, f) == out.n;
        if (f && fclose(f) != 0)
                fine = false;
        return fine && !out.over ? EXIT_FINE : usage_error(a, "--rejects", (struct say){ "退回清单写不进去", "the rejected rows cannot be written" });
}

int import_tell(const struct importing *i)
{
        if (arg_has(i->a, "json"))
                tell_json(i);
        else
                tell_text(i);
        return i->rows.rejected ? EXIT_FINDINGS : EXIT_FINE;
}

/* ---- into a folder ------------------------------------------------------------------------------------------------ */

static struct findings check(struct args *a, const struct folder *folder)
{
        struct town_load_options opt = { .today = instant_day(a->now) };
        struct findings f = { .arena = a->arena };
        struct town *t;
        if (town_parse(folder, &opt, &f, &t) == OK)
                town_check(t, &opt, &f);
        town_unref(t);
        return f;
}

static bool stood_before(const struct findings *before, const struct finding *f)
{
        for (size_t i = 0; i < before->n; i++)
                if (before->row[i].rule == f->rule && str_eq(before->row[i].en, f->en))
                        return true;
        return false;
}

static void tell_new_errors(const struct args *a, const struct findings *before, const struct findings *after)
{
        int shown = 0;
        fprintf(a->errors, a->lang == LANG_ZH ? "linli check：导入前 %zu 个错误，导入后 %zu 个\n" : "linli check: %zu errors before, %zu after\n", before->errors, after->errors);
        for (size_t i = 0; i < after->n && shown < NEW_ERRORS_SHOWN; i++) {
                const struct finding *f = &after->row[i];
                if (f->severity != SEV_ERROR || stood_before(before, f))
                        continue;
                fprintf(a->errors, "  " STR_FMT ":%d: " STR_FMT " [%s]\n", STR_ARG(f->file), (int)f->line, STR_ARG(a->lang == LANG_ZH ? f->zh : f->en), f->rule);
                shown++;
        }
}

/* What linli check says before and after: a table may be read well and still not fit the rest of the folder. */
static void tell_check(const struct importing *i, const struct folder *before, struct str after)
{
        struct args *a = i->a;
        struct folder *then = arena_new(a->arena, struct folder);
        *then = *before;
        struct folder_file *file = NULL;
        for (size_t k = 0; k < then->n && !file; k++)
                if (str_is(then->row[k].name, i->map.target->file))
                        file = &then->row[k];
        if (!file && then->n < FOLDER_FILES_MAX)
                file = &then->row[then->n++];
        if (!file)
                return;
        *file = (struct folder_file){ .name = str_of(i->map.target->file), .bytes = after, .text = after };
        folder_seal(then);
        struct findings old = check(a, before), new = check(a, then);
        tell_new_errors(a, &old, &new);
}

static int write_batch(struct importing *i, const struct folder_file *old, struct str after)
{
        struct args *a = i->a;
        struct err err = { 0 };
        struct import_batch b = { .kind = str_of(i->map.target->kind), .file = str_of(i->map.target->file), .by = arg_text(a, "by", ""), .at = a->now,
                                  .source = base_name(a->at[0]), .mapping = base_name(arg_text(a, "map", "")), .basis = i->map.basis, .expires = i->map.expires,
                                  .rows = (int64_t)i->rows.n, .accepted = (int64_t)i->rows.accepted, .rejected = (int64_t)i->rows.rejected, .had_before = old != NULL };
        if (batch_write(a->arena, arg_path(a, a->at[1]), &b, old ? old->bytes : STR(""), after, &err) != OK)
                return fail(a, &err);
        i->batch = b.id;
        return EXIT_FINE;
}

static int into_folder(struct importing *i)
{
        struct args *a = i->a;
        struct err err = { 0 };
        struct findings f = { .arena = a->arena };
        struct folder *folder = arena_new(a->arena, struct folder);
        if (a->n_at < 2)
                return usage_error(a, "DIR", (struct say){ "导入到哪个乡镇文件夹？", "into which town folder?" });
        if (folder_read_dir(a->arena, arg_path(a, a->at[1]), &f, folder, &err) != OK) {
                fail(a, &err);
                return EXIT_USAGE;
        }
        int rc = import_read_source(i, folder);
        if (rc != EXIT_FINE)
                return rc;
        const struct folder_file *old = folder_find(folder, i->map.target->file);
        struct str after;
        bool outlines = import_field_of(i->map.target, STR("shape")) != SIZE_MAX;
        struct str before = old ? old->text : (struct str){ 0 };
        if ((outlines ? import_merge_outlines : import_merge_csv)(a->arena, &i->rows, before, &after, &i->counts, &err) != OK)
                return fail(a, &err);
        bool changes = i->counts.added + i->counts.replaced > 0;
        if (changes && !arg_has(a, "json"))
                tell_check(i, folder, after);
        if (changes && !i->dry)
                rc = write_batch(i, old, after);
        if (rc == EXIT_FINE)
                rc = import_write_rejects(i);
        return rc == EXIT_FINE ? import_tell(i) : rc;
}

/* ---- taking back -------------------------------------------------------------------------------------------------- */

static void batch_json(struct json *j, const struct import_batch *b)
{
        json_open(j);
        json_kstr(j, "batch", b->id);
        json_kstr(j, "kind", b->kind);
        json_kstr(j, "file", b->file);
        json_kstr(j, "by", b->by);
        json_kinstant(j, "at", b->at);
        json_kstr(j, "source", b->source);
        json_kint(j, "rows", b->rows);
        json_kint(j, "accepted", b->accepted);
        json_kint(j, "rejected", b->rejected);
        json_kstr(j, "basis", b->basis);
        json_kday(j, "expires", b->expires);
        json_kstr(j, "undone_by", b->undone_by);
        json_kinstant(j, "undone_at", b->undone_at);
        json_close(j);
}

static void batch_text(const struct args *a, const struct import_batch *b)
{
        char at[40], undone[40];
        instant_format(b->at, at);
        fprintf(a->out, STR_FMT "  " STR_FMT "  " STR_FMT "  %lld/%lld  %.16s  " STR_FMT "%s%.16s\n", STR_ARG(b->id), STR_ARG(b->file), STR_ARG(b->source),
                (long long)b->accepted, (long long)b->rows, at, STR_ARG(b->by), instant_is_none(b->undone_at) ? "" : a->lang == LANG_ZH ? "  已撤销 " : "  undone ",
                instant_is_none(b->undone_at) ? "" : instant_format(b->undone_at, undone));
}

static int undo(struct args *a)
{
        struct err err = { 0 };
        struct import_batch b;
        if (a->n_at == 0)
                return import_undo_matters(a);
        int rc = batch_undo(a->arena, arg_path(a, a->at[0]), arg_text(a, "undo", ""), arg_text(a, "by", ""), a->now, &b, &err);
        if (rc != OK)
                return fail(a, &err);
        BUF_AUTO out = BUF(JSON_MAX);
        struct json j = json_to(&out);
        if (arg_has(a, "json")) {
                batch_json(&j, &b);
                tell_buf(a, &out);
        } else {
                fprintf(a->out, a->lang == LANG_ZH ? "批次 %.*s 已撤销，%.*s 恢复到导入之前\n" : "batch %.*s is undone: %.*s is as it was before\n", STR_ARG(b.id), STR_ARG(b.file));
        }
        return EXIT_FINE;
}

void import_tell_batches(const struct args *a, const struct import_batch *b, size_t n)
{
        BUF_AUTO out = BUF((size_t)1 << 22);
        struct json j = json_to(&out);
        json_list(&j);
        for (size_t i = 0; i < n; i++) {
                if (arg_has(a, "json"))
                        batch_json(&j, &b[i]);
                else
                        batch_text(a, &b[i]);
        }
        json_end(&j);
        if (arg_has(a, "json"))
                tell_buf(a, &out);
}

static int list(struct args *a)
{
        struct err err = { 0 };
        struct import_batch *b;
        size_t n;
        if (a->n_at == 0)
                return import_list_matters(a);
        if (batch_list(a->arena, arg_path(a, a->at[0]), BATCHES_SHOWN, &b, &n, &err) != OK)
                return fail(a, &err);
        import_tell_batches(a, b, n);
        return EXIT_FINE;
}

static int run(struct args *a)
{
        struct importing i = { .a = a, .dry = arg_has(a, "dry-run") };
        if (arg_has(a, "undo"))
                return undo(a);
        if (arg_has(a, "batches"))
                return list(a);
        if (a->n_at == 0)
                return usage_error(a, "FILE", (struct say){ "导入哪个文件？", "which file?" });
        if (arg_has(a, "suggest"))
                return suggest(&i);
        int rc = read_mapping(&i);
        if (rc != EXIT_FINE)
                return rc;
        if (i.map.target->file)
                return into_folder(&i);
        if (a->n_at > 1)
                return usage_error(a, "DIR", (struct say){ "未办结事项导入数据库，不写文件夹：用 --db", "open matters go into the store, not into a folder: use --db" });
        return import_matters(&i);
}

/* Open matters go into the store, which a running server holds; folders are only files. */
static bool on_store(const struct args *a)
{
        bool back = arg_has(a, "undo") || arg_has(a, "batches");
        return a->n_at == (back ? 0 : 1) && !arg_has(a, "suggest");
}

const struct verb cmd_import = {
        .name = "import",
        .usage = "FILE [DIR] --map MAPPING [--dry-run] [--rejects FILE] [--by NAME] [--db URL] [--json] | --suggest FILE | --undo BATCH [DIR] | --batches [DIR]",
        .min_at = 0,
        .max_at = 2,
        .writes = true,
        .forwards = on_store,
        .summary = { "把单位现有的表格和未办结事项导进来，可整批撤销", "take over an office's tables and open matters, as a batch that can be undone" },
        .details = { "读 XLSX 和 CSV（UTF-8、GB18030、UTF-16），合并单元格、多行表头、全角数字、各种日期都认；映射文件说明哪一列是哪个字段。"
                     "有毛病的行整行退回，写明行、列和原因；同一编码的行只更新、不重复。居民总台账不导入。"
                     "未办结事项不写文件夹，写入数据库：按原受理时间计时，同一原编号只成一件。"
                     "全部接受时退出码为 0，有退回为 1，用法或映射不对为 2。",
                     "Reads XLSX and CSV (UTF-8, GB18030, UTF-16) with merged cells, heads of several rows, digits of full width and days in every "
                     "way of writing; a mapping says which column is which field. A row with a fault is rejected whole, with row, column and reason; a row whose "
                     "code is there already takes its place. Registers of residents are not imported. Open matters go into the store "
                     "instead of a folder: their clocks count from when they were received, and one number is one matter. Exit status 0 when all rows were accepted, 1 when some "
                     "were rejected, 2 for wrong usage or mapping." },
        .options = options,
        .run = run,
};

#include "app/tell.h"
#include "base/json.h"

#define JSON_MAX ((size_t)1 << 30) /* ten thousand findings that each quote a long cell */

void tell_buf(const struct args *a, const struct buf *b)
{
        fwrite(b->p, 1, b->n, a->out);
        fputc('\n', a->out);
}

static void finding_json(struct json *j, const struct finding *f, enum lang lang)
{
        json_open(j);
        json_kc(j, "rule", f->rule);
        json_kc(j, "severity", f->severity == SEV_ERROR ? "error" : "warning");
        json_kstr(j, "file", f->file);
        json_kint(j, "line", f->line);
        json_kstr(j, "message", lang == LANG_ZH ? f->zh : f->en);
        json_kc(j, "hint", say_in(f->hint, lang));
        json_close(j);
}

static void as_json_text(const struct args *a, const struct findings *f)
{
        BUF_AUTO out = BUF(JSON_MAX);
        struct json j = json_to(&out);
        json_open(&j);
        json_kint(&j, "errors", (int64_t)f->errors);
        json_kint(&j, "warnings", (int64_t)f->warnings);
        json_key(&j, "findings");
        json_list(&j);
        for (size_t i = 0; i < f->n; i++)
                finding_json(&j, &f->row[i], a->lang);
        json_end(&j);
        json_close(&j);
        tell_buf(a, &out);
}

void tell_findings(const struct args *a, const struct findings *f, bool as_json)
{
        if (as_json) {
                as_json_text(a, f);
                return;
        }
        static const struct say severity[] = {
                [SEV_ERROR] = { "错误", "error" }, [SEV_WARNING] = { "提醒", "warning" }
        };
        for (size_t i = 0; i < f->n; i++) {
                const struct finding *x = &f->row[i];
                const char *hint = say_in(x->hint, a->lang);
                fprintf(a->out, STR_FMT ":%d: %s: " STR_FMT " [%s]\n", STR_ARG(x->file), (int)x->line,
                        say_in(severity[x->severity], a->lang), STR_ARG(a->lang == LANG_ZH ? x->zh : x->en), x->rule);
                if (hint && *hint)
                        fprintf(a->out, "        %s\n", hint);
        }
        if (a->lang == LANG_ZH)
                fprintf(a->out, "%zu 个错误，%zu 个提醒\n", f->errors, f->warnings);
        else
                fprintf(a->out, "%zu error%s, %zu warning%s\n", f->errors, f->errors == 1 ? "" : "s", f->warnings,
                        f->warnings == 1 ? "" : "s");
        if (f->dropped)
                fprintf(a->out, a->lang == LANG_ZH ? "另有 %zu 条未列出\n" : "%zu more not listed\n", f->dropped);
}

static int read_folder(struct args *a, struct str dir, struct findings *found, struct folder **ret)
{
        struct err err = { 0 };
        *ret = arena_new(a->arena, struct folder);
        if (folder_read_dir(a->arena, arg_path(a, dir), found, *ret, &err) == OK)
                return EXIT_FINE;
        fail(a, &err);
        return EXIT_USAGE;
}

int town_judge(struct args *a, struct str dir, const struct town_load_options *opt, struct judged *ret)
{
        *ret = (struct judged){ .found = { .arena = a->arena } };
        int rc = read_folder(a, dir, &ret->found, &ret->folder);
        if (rc != EXIT_FINE)
                return rc;
        if (town_parse(ret->folder, opt, &ret->found, &ret->town) == OK)
                town_check(ret->town, opt, &ret->found);
        findings_sort(&ret->found);
        return EXIT_FINE;
}

static void tell_on_errors(struct args *a, struct findings *found)
{
        FILE *out = a->out;
        findings_sort(found);
        a->out = a->errors;
        tell_findings(a, found, false);
        a->out = out;
}

int town_for_asking(struct args *a, struct str dir, struct town **ret)
{
        struct findings found = { .arena = a->arena };
        struct folder *folder;
        struct town_load_options opt = { .trial = true, .today = instant_day(a->now) };
        int rc = read_folder(a, dir, &found, &folder);
        if (rc != EXIT_FINE)
                return rc;
        if (town_parse(folder, &opt, &found, ret) == OK)
                return EXIT_FINE;
        tell_on_errors(a, &found);
        return EXIT_USAGE;
}

int ground_for_asking(struct args *a, struct str dir, struct town **ret)
{
        struct findings found = { .arena = a->arena };
        struct folder *folder;
        struct town_load_options opt = { .trial = true, .ground_only = true, .today = instant_day(a->now) };
        int rc = read_folder(a, dir, &found, &folder);
        if (rc != EXIT_FINE)
                return rc;
        found = (struct findings){ .arena = a->arena }; /* that other files are missing does not matter here */
        town_parse(folder, &opt, &found, ret);
        if (folder_find(folder, "grids.geojson") && folder_find(folder, "places.csv") &&
            ((*ret)->grids.n > 0 || found.errors == 0))
                return EXIT_FINE;
        if (found.n > 0)
                tell_on_errors(a, &found);
        town_unref(*ret);
        return usage_error(a, NULL,
                           (struct say){ "需要可用的 places.csv 和 grids.geojson",
                                         "places.csv and grids.geojson that can be used are needed" });
}

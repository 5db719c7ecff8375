#include "app/tell.h"
#include "base/json.h"

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
        BUF_AUTO out = BUF(64u << 20);
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
        static const struct say severity[] = { [SEV_ERROR] = { "错误", "error" }, [SEV_WARNING] = { "提醒", "warning" } };
        for (size_t i = 0; i < f->n; i++) {
                const struct finding *x = &f->row[i];
                const char *hint = say_in(x->hint, a->lang);
                fprintf(a->out, STR_FMT ":%d: %s: " STR_FMT " [%s]\n", STR_ARG(x->file), (int)x->line,
                        say_in(severity[x->severity], a->lang), STR_ARG(a->lang == LANG_ZH ? x->zh : x->en), x->rule);
                if (hint && *hint)
                        fprintf(a->out, "        %s\n", hint);
        }
        fprintf(a->out, a->lang == LANG_ZH ? "%zu 个错误，%zu 个提醒\n" : "%zu errors, %zu warnings\n", f->errors, f->warnings);
        if (f->dropped)
                fprintf(a->out, a->lang == LANG_ZH ? "另有 %zu 条未列出\n" : "%zu more not listed\n", f->dropped);
}

int town_for_asking(struct args *a, struct str dir, struct town **ret)
{
        struct findings found = { .arena = a->arena };
        struct err err = { 0 };
        struct folder *folder = arena_new(a->arena, struct folder);
        if (folder_read_dir(a->arena, arg_path(a, dir), &found, folder, &err) != OK) {
                fail(a, &err);
                return EXIT_USAGE;
        }
        struct town_load_options opt = { .trial = true, .today = instant_day(a->now) };
        if (town_parse(folder, &opt, &found, ret) == OK)
                return EXIT_FINE;
        FILE *out = a->out;
        a->out = a->errors;
        tell_findings(a, &found, false);
        a->out = out;
        return EXIT_USAGE;
}

#include "app/command.h"
#include <stdlib.h>

static const struct option *option_of(const struct verb *c, struct str name)
{
        for (const struct option *o = c->options; o && o->name; o++)
                if (str_is(name, o->name))
                        return o;
        return NULL;
}

int usage_error(const struct args *a, const char *option, struct say why)
{
        fprintf(a->errors, a->lang == LANG_ZH ? "linli %s：%s%s%s\n用法：linli %s %s\n" : "linli %s: %s%s%s\nusage: linli %s %s\n",
                a->verb->name, option ? option : "", option ? (a->lang == LANG_ZH ? "：" : ": ") : "",
                say_in(why, a->lang), a->verb->name, a->verb->usage);
        return EXIT_USAGE;
}

static int take_option(struct args *a, struct str word, int argc, char **argv, int *i)
{
        struct str name = { word.p + 2, word.n - 2 }, value = { 0 };
        ptrdiff_t eq = str_find(name, STR("="));
        if (eq >= 0) {
                value = (struct str){ name.p + eq + 1, name.n - (size_t)eq - 1 };
                name.n = (size_t)eq;
        }
        const char *shown = str_c(a->arena, word);
        const struct option *o = option_of(a->verb, name);
        if (!o)
                return usage_error(a, shown, (struct say){ "不认识的选项", "unknown option" });
        if (!o->arg && eq >= 0)
                return usage_error(a, shown, (struct say){ "这个选项不带值", "this option takes no value" });
        if (o->arg && eq < 0) {
                if (*i + 1 >= argc)
                        return usage_error(a, shown, (struct say){ "缺少值", "a value is missing" });
                value = str_of(argv[++*i]);
        }
        if (!o->many && arg_has(a, o->name))
                return usage_error(a, shown, (struct say){ "只能给一次", "given twice" });
        if (a->n_given == OPTION_VALUES_MAX)
                return usage_error(a, shown, (struct say){ "选项太多", "too many options" });
        if (!utf8_valid(value))
                return usage_error(a, shown, (struct say){ "不是有效的 UTF-8", "not valid UTF-8" });
        a->given[a->n_given].option = o;
        a->given[a->n_given++].value = value;
        return EXIT_FINE;
}

int args_parse(const struct verb *c, int argc, char **argv, struct args *a)
{
        a->verb = c;
        bool only_words = false;
        for (int i = 0; i < argc; i++) {
                struct str word = str_of(argv[i]);
                if (!only_words && str_is(word, "--")) {
                        only_words = true;
                } else if (!only_words && str_starts(word, STR("--"))) {
                        int rc = take_option(a, word, argc, argv, &i);
                        if (rc != EXIT_FINE)
                                return rc;
                } else if (a->n_at == c->max_at || a->n_at == COUNT(a->at)) {
                        return usage_error(a, argv[i], (struct say){ "多余的参数", "one argument too many" });
                } else {
                        a->at[a->n_at++] = word;
                }
        }
        if (a->n_at < c->min_at)
                return usage_error(a, NULL, (struct say){ "缺少参数", "an argument is missing" });
        return EXIT_FINE;
}

bool arg_has(const struct args *a, const char *option)
{
        for (size_t i = 0; i < a->n_given; i++)
                if (strcmp(a->given[i].option->name, option) == 0)
                        return true;
        return false;
}

struct str arg_text(const struct args *a, const char *option, const char *otherwise)
{
        for (size_t i = 0; i < a->n_given; i++)
                if (strcmp(a->given[i].option->name, option) == 0)
                        return a->given[i].value;
        return str_of(otherwise);
}

const char *arg_c(const struct args *a, const char *option, const char *otherwise)
{
        return arg_has(a, option) ? str_c(a->arena, arg_text(a, option, "")) : otherwise;
}

const char *arg_path(const struct args *a, struct str path)
{
        if (!a->cwd || path.n == 0 || path.p[0] == '/')
                return str_c(a->arena, path);
        return arena_printf(a->arena, "%s/" STR_FMT, a->cwd, STR_ARG(path));
}

static const char *dashed(const struct args *a, const char *option)
{
        return arena_printf(a->arena, "--%s", option);
}

int arg_int(const struct args *a, const char *option, int64_t otherwise, int64_t lo, int64_t hi, int64_t *ret)
{
        *ret = otherwise;
        if (!arg_has(a, option))
                return EXIT_FINE;
        int rc = str_int(arg_text(a, option, ""), lo, hi, ret);
        if (rc == OK)
                return EXIT_FINE;
        return usage_error(a, dashed(a, option),
                           (struct say){ arena_printf(a->arena, "应为 %lld 到 %lld 的整数", (long long)lo, (long long)hi),
                                         arena_printf(a->arena, "a whole number from %lld to %lld is needed", (long long)lo,
                                                      (long long)hi) });
}

int arg_double(const struct args *a, const char *option, double otherwise, double lo, double hi, double *ret)
{
        *ret = otherwise;
        if (!arg_has(a, option))
                return EXIT_FINE;
        if (str_double(arg_text(a, option, ""), ret) == OK && *ret >= lo && *ret <= hi)
                return EXIT_FINE;
        return usage_error(a, dashed(a, option),
                           (struct say){ arena_printf(a->arena, "应为 %g 到 %g 的数", lo, hi),
                                         arena_printf(a->arena, "a number from %g to %g is needed", lo, hi) });
}

int fail(const struct args *a, const struct err *e)
{
        static const struct say log = { "没有做成，原因见日志", "it was not done; the log says why" };
        bool named = e->field[0] != '\0';
        const char *text = err_text(e, a->lang);
        fprintf(a->errors, "linli %s: %s%s%s\n", a->verb->name, named ? e->field : "", named ? ": " : "",
                text[0] ? text : say_in(log, a->lang));
        return EXIT_FAILED;
}

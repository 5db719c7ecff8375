#include "app/command.h"

static const struct verb *command_named(const char *name)
{
        for (const struct verb *const *c = verbs; *c; c++)
                if (strcmp((*c)->name, name) == 0)
                        return *c;
        return NULL;
}

static void print_all(FILE *f, enum lang lang)
{
        fputs(lang == LANG_ZH ? "邻里：乡镇（街道）基层治理软件\n\n用法：linli 命令 [参数]\n\n"
                              : "Linli: grassroots governance for a township\n\nusage: linli COMMAND [ARGUMENT]...\n\n",
              f);
        for (const struct verb *const *c = verbs; *c; c++)
                fprintf(f, "  %-9s %s\n", (*c)->name, say_in((*c)->summary, lang));
        fputs(lang == LANG_ZH ? "\n详情：linli help 命令\n" : "\nMore: linli help COMMAND\n", f);
}

void help_print(FILE *f, enum lang lang, const char *name)
{
        const struct verb *c = name ? command_named(name) : NULL;
        if (!c) {
                print_all(f, lang);
                return;
        }
        fprintf(f, lang == LANG_ZH ? "linli %s：%s\n\n用法：linli %s%s%s\n\n%s\n" : "linli %s: %s\n\nusage: linli %s%s%s\n\n%s\n",
                c->name, say_in(c->summary, lang), c->name, *c->usage ? " " : "", c->usage, say_in(c->details, lang));
        if (c->options && c->options->name)
                fputc('\n', f);
        for (const struct option *o = c->options; o && o->name; o++)
                fprintf(f, "  --%s%s%s\n        %s\n", o->name, o->arg ? " " : "", o->arg ? o->arg : "", say_in(o->help, lang));
}

/* A leading dot or quote would be a request to roff; a backslash an escape. */
static void roff_text(FILE *f, const char *s)
{
        if (*s == '.' || *s == '\'')
                fputs("\\&", f);
        for (; *s; s++) {
                if (*s == '\\')
                        fputs("\\e", f);
                else if (*s == '-')
                        fputs("\\-", f);
                else
                        fputc(*s, f);
        }
        fputc('\n', f);
}

void help_manual(FILE *f)
{
        fputs(".TH LINLI 1\n.SH NAME\nlinli \\- grassroots governance for a township\n.SH SYNOPSIS\n.B linli\n"
              ".I COMMAND\n[ARGUMENT]...\n.SH COMMANDS\n",
              f);
        for (const struct verb *const *c = verbs; *c; c++) {
                fprintf(f, ".SS linli %s ", (*c)->name);
                roff_text(f, (*c)->usage);
                roff_text(f, (*c)->summary.en);
                fputs(".PP\n", f);
                roff_text(f, (*c)->details.en);
                for (const struct option *o = (*c)->options; o && o->name; o++) {
                        fprintf(f, ".TP\n.B \\-\\-%s %s\n", o->name, o->arg ? o->arg : "");
                        roff_text(f, o->help.en);
                }
        }
        fputs(".SH EXIT STATUS\n0 done; 1 findings; 2 wrong usage or an unreadable folder; 3 failed.\n", f);
}

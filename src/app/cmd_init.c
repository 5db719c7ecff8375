#include "app/command.h"
#include "app/starter.h"
#include "app/tell.h"

#define NAME_CHARS_MAX 60

static const struct option options[] = {
        { "code",
          "CODE",
          false,
          { "12 位区划代码（默认 990101001000，不是真实的地方）",
            "the 12-digit division code (default 990101001000, no real place)" } },
        { "name", "NAME", false, { "名称（默认：示例乡镇）", "its name (default: 示例乡镇)" } },
        { 0 },
};

static bool name_valid(struct str s)
{
        static const char bad[] = "\"'\\,;@\n\t";
        if (s.n == 0 || utf8_count(s) > NAME_CHARS_MAX || utf8_has_control(s))
                return false;
        for (size_t i = 0; i < s.n; i++)
                if (strchr(bad, s.p[i]))
                        return false;
        return true;
}

static bool code_of_township(struct str s)
{
        int64_t n;
        return s.n == 12 && str_int(s, INT64_C(100000000000), INT64_C(999999999999), &n) == OK && n % 1000 == 0 &&
               n / 1000 % 1000 != 0;
}

/* What is written must pass the check, or somebody begins with our mistake. */
static int prove(struct args *a, const struct folder *fo)
{
        struct findings found = { .arena = a->arena };
        struct town_load_options opt = { .today = instant_day(a->now) };
        struct town *t;
        if (town_parse(fo, &opt, &found, &t) == OK) {
                town_check(t, &opt, &found);
                town_unref(t);
        }
        if (found.errors == 0)
                return EXIT_FINE;
        FILE *out = a->out;
        a->out = a->errors;
        tell_findings(a, &found, false);
        a->out = out;
        return usage_error(
                a, "--code",
                (struct say){ "用这个代码生成的文件夹通不过检查", "a folder with this code does not pass the check" });
}

static int run(struct args *a)
{
        struct err err = { 0 };
        struct folder *fo = arena_new(a->arena, struct folder);
        struct starter s = { arg_text(a, "code", "990101001000"), arg_text(a, "name", "示例乡镇"),
                             instant_day(a->now) };
        if (!code_of_township(s.code))
                return usage_error(
                        a, "--code",
                        (struct say){ "应为乡镇（街道）的 12 位代码，以 000 结尾，如 990101001000",
                                      "needs the 12 digits of a township, ending in 000, such as 990101001000" });
        if (!name_valid(s.name))
                return usage_error(a, "--name",
                                   (struct say){ "1 到 60 个字，不含引号、逗号、控制字符",
                                                 "1 to 60 characters without quotes, commas or controls" });
        s.code = str_dup(a->arena, s.code);
        starter_write(a->arena, &s, fo);
        int rc = prove(a, fo);
        if (rc != EXIT_FINE)
                return rc;
        if (folder_write_dir(fo, arg_path(a, a->at[0]), false, &err) != OK)
                return fail(a, &err);
        fprintf(a->out,
                a->lang == LANG_ZH ? "已写出 %zu 个文件到 " STR_FMT "；改成自己的，再运行 linli check " STR_FMT "\n"
                                   : "wrote %zu files to " STR_FMT "; make them your own, then run linli check " STR_FMT
                                     "\n",
                fo->n, STR_ARG(a->at[0]), STR_ARG(a->at[0]));
        return EXIT_FINE;
}

const struct verb cmd_init = {
        .name = "init",
        .usage = "DIR [--code CODE] [--name NAME]",
        .min_at = 1,
        .max_at = 1,
        .summary = { "生成一个可用的乡镇文件夹", "write a small town folder to begin with" },
        .details = { "一个社区、两个网格、几个单位、岗位、事项和职责，能通过检查，可以直接装入试用。人员、网格边界都是"
                     "虚构的，请换成自己的。"
                     "已有内容不同的同名文件时不写。",
                     "A community, two grids, a few units, posts, subjects and duties: it passes the check and can be "
                     "loaded to try things "
                     "out. People and outlines are invented: put in your own. Writes nothing when a file of the same "
                     "name and other content "
                     "stands there." },
        .options = options,
        .run = run,
};

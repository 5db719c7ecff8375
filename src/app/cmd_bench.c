#include <ftw.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include "app/bench.h"
#include "app/tell.h"
#include "app/world.h"
#include "base/json.h"

static const struct bench_case *const cases[] = { &bench_workday, &bench_locate, &bench_intake, &bench_start, &bench_read, &bench_lifecycle, &bench_voices };

static const struct option options[] = {
        { "seconds", "N", false, { "按时间测的项目各测多少秒（默认 60）", "seconds of each measurement that runs by time (default 60)" } },
        { "rows", "N", false, { "需要大量存量的项目用多少件（默认 1000000）", "matters stored for those that want many (default 1000000)" } },
        { "town", "DIR", false, { "乡镇文件夹（默认 samples/town）", "the town folder (default samples/town)" } },
        { "dir", "DIR", false, { "临时数据放在哪里（默认 /var/tmp）：应是真实磁盘", "where its files go (default /var/tmp): should be a real disk" } },
        { "db", "URL", false, { "用这个空的 PostgreSQL 库", "use this empty PostgreSQL database" } },
        OPTION_JSON,
        { 0 },
};

void bench_row(struct bench *b, const char *name, double ours, double limit, const char *unit, const char *goal)
{
        if (b->n == BENCH_ROWS_MAX)
                BUG("more rows than a table holds");
        b->row[b->n++] = (struct bench_row){ name, unit, ours, limit, goal };
        if (limit > 0)
                bench_say(b, "%s: %.4g %s, %.2f of %.4g", name, ours, unit, ours / limit, limit);
        else
                bench_say(b, "%s: %.4g %s", name, ours, unit);
}

void bench_say(struct bench *b, const char *fmt, ...)
{
        va_list ap;
        va_start(ap, fmt);
        vfprintf(b->a->errors, fmt, ap);
        va_end(ap);
        fputc('\n', b->a->errors);
        fflush(b->a->errors);
}

double bench_clock(void)
{
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int order(const void *a, const void *b)
{
        double x = *(const double *)a, y = *(const double *)b;
        return x < y ? -1 : x > y;
}

double bench_median(double *v, size_t n)
{
        qsort(v, n, sizeof(*v), order);
        return n ? v[n / 2] : 0;
}

/* ---- the table ------------------------------------------------------------------------------------------------------- */

static void number(struct json *j, const char *key, double v)
{
        json_key(j, key);
        if (v < 0)
                json_null(j);
        else
                json_double(j, v, v < 10 ? 4 : 1);
}

static void print_json(const struct bench *b)
{
        BUF_AUTO out = BUF(1u << 20);
        struct json j = json_to(&out);
        json_open(&j);
        json_key(&j, "rows");
        json_list(&j);
        for (size_t i = 0; i < b->n; i++) {
                const struct bench_row *r = &b->row[i];
                json_open(&j);
                json_kc(&j, "name", r->name);
                number(&j, "ours", r->ours);
                number(&j, "limit", r->limit);
                number(&j, "ratio", r->limit > 0 ? r->ours / r->limit : -1);
                json_kc(&j, "unit", r->unit);
                json_close(&j);
        }
        json_end(&j);
        json_close(&j);
        tell_buf(b->a, &out);
}

static void cell(FILE *f, double v)
{
        if (v < 0)
                fprintf(f, " %12s", "");
        else
                fprintf(f, " %12.*f", v < 10 ? 3 : v < 100 ? 1 : 0, v);
}

static void print_table(const struct bench *b)
{
        FILE *f = b->a->out;
        fprintf(f, "%-52s %12s %12s %6s  %-8s %s\n", "", "ours", "limit", "ratio", "unit", "goal");
        for (size_t i = 0; i < b->n; i++) {
                const struct bench_row *r = &b->row[i];
                fprintf(f, "%-52s", r->name);
                cell(f, r->ours);
                cell(f, r->limit);
                if (r->limit > 0)
                        fprintf(f, " %6.2f", r->ours / r->limit);
                else
                        fprintf(f, " %6s", "");
                fprintf(f, "  %-8s %s\n", r->unit, r->goal);
        }
}

static bool asked(const struct args *a, const char *name)
{
        for (size_t i = 0; i < a->n_at; i++)
                if (str_is(a->at[i], name))
                        return true;
        return a->n_at == 0;
}

static int names_known(struct args *a)
{
        for (size_t i = 0; i < a->n_at; i++) {
                size_t k = 0;
                while (k < COUNT(cases) && !str_is(a->at[i], cases[k]->name))
                        k++;
                if (k < COUNT(cases))
                        continue;
                for (k = 0; k < COUNT(cases); k++)
                        fprintf(a->errors, "  %-12s %s\n", cases[k]->name, say_in(cases[k]->help, a->lang));
                return usage_error(a, NULL, (struct say){ "没有这个测试项", "there is no such benchmark" });
        }
        return EXIT_FINE;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
        (void)st, (void)kind, (void)at;
        return remove(path);
}

static int run_all(struct bench *b)
{
        int rc = EXIT_FINE;
        char *folder = arena_printf(b->a->arena, "%s/linli-bench-XXXXXX", arg_path(b->a, arg_text(b->a, "dir", "/var/tmp")));
        if (!mkdtemp(folder))
                return usage_error(b->a, "--dir", (struct say){ "这里不能建文件", "no file can be made there" });
        b->folder = folder;
        for (size_t i = 0; i < COUNT(cases) && rc == EXIT_FINE; i++)
                if (asked(b->a, cases[i]->name))
                        rc = cases[i]->run(b);
        nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
        return rc;
}

static int run(struct args *a)
{
        struct bench b = { .a = a, .town = arg_text(a, "town", "samples/town"), .url = arg_c(a, "db", NULL) };
        int64_t seconds;
        int rc = names_known(a);
        if (rc == EXIT_FINE)
                rc = arg_int(a, "seconds", 60, 1, 3600, &seconds);
        if (rc == EXIT_FINE)
                rc = arg_int(a, "rows", 1000000, 1000, 100000000, &b.rows);
        if (rc != EXIT_FINE)
                return rc;
        b.seconds = (double)seconds;
        rc = run_all(&b);
        if (rc == EXIT_FINE && arg_has(a, "json"))
                print_json(&b);
        else if (rc == EXIT_FINE)
                print_table(&b);
        return rc;
}

const struct verb cmd_bench = {
        .name = "bench",
        .usage = "[NAME...] [--seconds N] [--rows N] [--town DIR] [--dir DIR] [--db URL] [--json]",
        .max_at = 16,
        .summary = { "测速，并与裸库比较", "measure speed, beside the bare libraries" },
        .details = { "在同一次运行里先后测本程序和裸用的 SQLite、libpq、libmicrohttpd、GEOS，并打印比值。不写名称则全部测。"
                     "数据放在 --dir 下，测完删除；--db 给一个空的 PostgreSQL 库。机器忙时数字不可信。",
                     "Measures this program and bare SQLite, libpq, libmicrohttpd and GEOS in one run, and prints the ratio. Without names all "
                     "are run. Files go under --dir and are removed; --db names an empty PostgreSQL database. On a busy machine the figures mean little." },
        .options = options,
        .run = run,
};

/* Runs the tests that registered themselves. An argument is a pattern of test names ("csv_*"). */
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "base/test.h"

#define TESTS_MAX 2000

static struct CMUnitTest tests[TESTS_MAX];
static void (*functions[TESTS_MAX])(void);
static size_t n_tests;
static char tmp_root[PATH_MAX - 64];

static bool skipped;

void test_skipped(const char *why)
{
        print_message("skipped: %s\n", why);
        skipped = true;
}

static void run_one(void **state)
{
        void (**fn)(void) = *state;
        skipped = false;
        (*fn)();
        if (skipped)
                skip(); /* a long jump: here nothing is left that a cleanup attribute would have to free */
}

void test_register(const char *name, void (*fn)(void))
{
        if (n_tests == TESTS_MAX)
                abort();
        functions[n_tests] = fn;
        tests[n_tests] = (struct CMUnitTest){ name, run_one, NULL, NULL, &functions[n_tests] };
        n_tests++;
}

const char *test_pg_url(void)
{
        const char *url = getenv("LINLI_TEST_PG");
        return url && url[0] ? url : NULL;
}

const char *test_shared_data(void)
{
        static char path[PATH_MAX];
        const char *source = getenv("LINLI_SOURCE");
        struct stat st;
        if (!source)
                return NULL;
        snprintf(path, sizeof path, "%s/../shared/data", source);
        return stat(path, &st) == 0 && S_ISDIR(st.st_mode) ? path : NULL;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *walk)
{
        (void)st, (void)kind, (void)walk;
        return remove(path);
}

static void remove_tmp(void)
{
        nftw(tmp_root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void make_root(void)
{
        const char *base = getenv("TMPDIR");
        snprintf(tmp_root, sizeof tmp_root, "%s/linli-test-XXXXXX", base && base[0] ? base : "/tmp");
        if (!mkdtemp(tmp_root)) {
                perror(tmp_root);
                exit(2);
        }
        atexit(remove_tmp);
}

const char *test_tmpdir(void)
{
        static char path[PATH_MAX];
        static unsigned n;
        if (!tmp_root[0])
                make_root();
        snprintf(path, sizeof path, "%s/%u", tmp_root, n++);
        if (mkdir(path, 0700) != 0) {
                perror(path);
                exit(2);
        }
        return path;
}

int main(int argc, char **argv)
{
        if (argc > 1)
                cmocka_set_test_filter(argv[1]);
        return _cmocka_run_group_tests("linli", tests, n_tests, NULL, NULL) != 0;
}

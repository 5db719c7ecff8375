/* base/test.h — TEST(name) { CHECK...; } registers itself; base/test_main.c runs them under cmocka. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include "base/str.h"

void test_register(const char *name, void (*fn)(void));
#define TEST(name)                                                                       \
        static void test_##name(void);                                                   \
        __attribute__((constructor)) static void test_reg_##name(void)                   \
        {                                                                                \
                test_register(#name, test_##name);                                       \
        }                                                                                \
        static void test_##name(void)

#define CHECK(x) assert_true(x)
#define CHECK_EQ(a, b) assert_int_equal((a), (b))
#define CHECK_STR(a, b)                                                                  \
        do {                                                                             \
                struct str ca_ = (a), cb_ = str_of(b);                                   \
                if (!str_eq(ca_, cb_))                                                   \
                        fail_msg("got \"" STR_FMT "\", want \"" STR_FMT "\"", STR_ARG(ca_), STR_ARG(cb_)); \
        } while (0)
/* Where PostgreSQL tests find their server (made by script/test), or NULL: then they skip and say so. */
const char *test_pg_url(void);
/* ../shared/data beside the project, or NULL when absent. */
const char *test_shared_data(void);
/* A fresh empty directory, removed at exit. */
const char *test_tmpdir(void);
/* In a test's own body, or in one that it ends with: leave, so that what was made is freed, and count as skipped. */
#define SKIP(why) do { test_skipped(why); return; } while (0)
void test_skipped(const char *why);

/* Text, memory, maps, errors, findings, ids. */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/ctx.h"
#include "base/finding.h"
#include "base/map.h"
#include "base/sanitized.h"
#include "base/test.h"

TEST(str_compares)
{
        CHECK(str_cmp(STR("a"), STR("b")) < 0);
        CHECK(str_cmp(STR("ab"), STR("a")) > 0);
        CHECK(str_cmp(STR("a"), STR("ab")) < 0);
        CHECK_EQ(str_cmp(STR("网格"), STR("网格")), 0);
        CHECK_EQ(str_cmp((struct str){ NULL, 0 }, STR("")), 0);
        CHECK(str_cmp(STR("\x7f"), STR("\x80")) < 0); /* bytes, not signed chars */
        CHECK(str_eq((struct str){ NULL, 0 }, STR("")));
        CHECK(!str_eq(STR("a"), STR("A")));
        CHECK(str_starts(STR("street/1"), STR("street")) && !str_starts(STR("st"), STR("street")));
        CHECK(str_ends(STR("grids.geojson"), STR(".geojson")) && !str_ends(STR("json"), STR(".geojson")));
}

TEST(str_finds)
{
        CHECK_EQ(str_find(STR("噪声扰民"), STR("扰民")), 6);
        CHECK_EQ(str_find(STR("abc"), STR("d")), -1);
        CHECK_EQ(str_find(STR("abc"), STR("")), 0);
        CHECK_EQ(str_find(STR("ab"), STR("abc")), -1);
        CHECK_EQ(str_find((struct str){ NULL, 0 }, STR("a")), -1);
}

TEST(str_trims)
{
        CHECK_STR(str_trim(STR(" \t a b \r\n")), "a b");
        CHECK_STR(str_trim(STR("   ")), "");
        CHECK_STR(str_trim(STR("")), "");
}

TEST(str_splits)
{
        static const struct {
                const char *text;
                size_t parts;
                const char *joined;
        } row[] = {
                { "", 0, "" },     { "a", 1, "a|" },   { "a;b", 2, "a|b|" },
                { "a;", 1, "a|" }, { ";a", 2, "|a|" }, { ";", 1, "|" },
        };
        ARENA_AUTO a = { 0 };
        for (size_t i = 0; i < COUNT(row); i++) {
                struct str rest = str_of(row[i].text), part, joined = STR("");
                size_t n = 0;
                for (; str_split(&rest, ';', &part); n++)
                        joined = str_printf(&a, STR_FMT STR_FMT "|", STR_ARG(joined), STR_ARG(part));
                CHECK_EQ(n, row[i].parts);
                CHECK_STR(joined, row[i].joined);
        }
}

TEST(str_reads_whole_numbers)
{
        static const struct {
                const char *text;
                int64_t lo, hi;
                int want;
                int64_t value;
        } row[] = {
                { "0", 0, 9, OK, 0 },
                { "-7", -9, 9, OK, -7 },
                { "007", 0, 9, OK, 7 },
                { "10", 0, 9, ERR_RANGE, 0 },
                { "-1", 0, 9, ERR_RANGE, 0 },
                { "9223372036854775807", INT64_MIN, INT64_MAX, OK, INT64_MAX },
                { "-9223372036854775808", INT64_MIN, INT64_MAX, OK, INT64_MIN },
                { "9223372036854775808", INT64_MIN, INT64_MAX, ERR_RANGE, 0 },
                { "-9223372036854775809", INT64_MIN, INT64_MAX, ERR_RANGE, 0 },
                { "99999999999999999999999999", 0, 9, ERR_RANGE, 0 },
                { "99999999999999999999999999x", 0, 9, ERR_TYPE, 0 },
                { "", 0, 9, ERR_TYPE, 0 },
                { "-", 0, 9, ERR_TYPE, 0 },
                { "+1", 0, 9, ERR_TYPE, 0 },
                { " 1", 0, 9, ERR_TYPE, 0 },
                { "1 ", 0, 9, ERR_TYPE, 0 },
                { "1.0", 0, 9, ERR_TYPE, 0 },
                { "0x1", 0, 9, ERR_TYPE, 0 },
                { "１", 0, 9, ERR_TYPE, 0 },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                int64_t v = -42;
                CHECK_EQ(str_int(str_of(row[i].text), row[i].lo, row[i].hi, &v), row[i].want);
                CHECK_EQ(v, row[i].want == OK ? row[i].value : -42);
        }
        int64_t v = 0;
        CHECK_EQ(str_int((struct str){ "1\0002", 3 }, 0, 999, &v), ERR_TYPE);
}

TEST(str_reads_decimal_numbers)
{
        static const struct {
                const char *text;
                int want;
                double value;
        } row[] = {
                { "39.9042", OK, 39.9042 }, { "-116.5", OK, -116.5 }, { "1e3", OK, 1000 },      { "0", OK, 0 },
                { "", ERR_TYPE, 0 },        { "nan", ERR_TYPE, 0 },   { "inf", ERR_TYPE, 0 },   { "0x10", ERR_TYPE, 0 },
                { "1,5", ERR_TYPE, 0 },     { "1.5 ", ERR_TYPE, 0 },  { "1e999", ERR_TYPE, 0 }, { "--1", ERR_TYPE, 0 },
                { ".", ERR_TYPE, 0 },       { "1.2.3", ERR_TYPE, 0 },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                double v = -42;
                CHECK_EQ(str_double(str_of(row[i].text), &v), row[i].want);
                CHECK(v == (row[i].want == OK ? row[i].value : -42));
        }
}

TEST(utf8_knows_what_is_well_formed)
{
        static const struct {
                const char *bytes;
                bool valid;
        } row[] = {
                { "", true },
                { "plain ascii that is longer than eight bytes", true },
                { "邻里 é 𠮷 \xF4\x8F\xBF\xBF", true },
                { "\xEF\xBF\xBF", true },  /* U+FFFF is a noncharacter, yet well-formed */
                { "\xED\x9F\xBF", true },  /* last before the surrogates */
                { "\xEE\x80\x80", true },  /* first after them */
                { "12345678\x80", false }, /* a tail byte alone, after a fast stretch */
                { "1234567\xE9", false },  /* cut off */
                { "\xC0\xAF", false },     /* overlong '/' */
                { "\xC1\xBF", false },
                { "\xE0\x80\xAF", false }, /* overlong in three */
                { "\xE0\x9F\xBF", false },
                { "\xF0\x80\x80\xAF", false }, /* overlong in four */
                { "\xF0\x8F\xBF\xBF", false },
                { "\xED\xA0\x80", false }, /* surrogate */
                { "\xED\xBF\xBF", false },
                { "\xF4\x90\x80\x80", false }, /* past U+10FFFF */
                { "\xF5\x80\x80\x80", false },
                { "\xFE", false },
                { "\xFF", false },
                { "\xE9\x82", false }, /* two of three */
                { "\xE9\x82\x41", false },
                { "\xF0\xA0\xAE", false }, /* three of four */
                { "\xF0\xA0\xAE\x41", false },
                { "\xE9\x41\xBB", false },
        };
        for (size_t i = 0; i < COUNT(row); i++)
                CHECK_EQ(utf8_valid(str_of(row[i].bytes)), row[i].valid);
}

TEST(utf8_counts_and_cuts)
{
        struct str s = STR("a邻é𠮷");
        static const uint32_t want[] = { 'a', 0x90BB, 0xE9, 0x20BB7 };
        size_t at = 0;
        for (size_t i = 0; i < COUNT(want); i++)
                CHECK_EQ(utf8_next(s, &at), want[i]);
        CHECK_EQ(at, s.n);
        CHECK_EQ(utf8_count(s), 4);
        CHECK_EQ(utf8_prefix(s, 0), 0);
        CHECK_EQ(utf8_prefix(s, 2), 4);
        CHECK_EQ(utf8_prefix(s, 4), s.n);
        CHECK_EQ(utf8_prefix(s, 99), s.n);
}

TEST(utf8_sees_control_characters)
{
        static const struct {
                const char *text;
                bool control;
        } row[] = {
                { "两行\n一个\t制表符", false },
                { "阿卜杜拉·买买提", false },
                { "\r", true },
                { "\x1b[31m", true },
                { "\x7f", true },
                { "\xC2\x80", true },
                { "\xC2\x9F", true },
                { "\xC2\xA0", false },
                { "\xE2\x80\xAE txt.exe", true },
                { "\xE2\x81\xA6", true },
                { "a\xEF\xBB\xBF", true },
        };
        for (size_t i = 0; i < COUNT(row); i++)
                CHECK_EQ(utf8_has_control(str_of(row[i].text)), row[i].control);
        CHECK(utf8_has_control((struct str){ "a\0b", 3 }));
}

TEST(code_is_a_short_plain_word)
{
        CHECK(code_valid(STR("110101002000")) && code_valid(STR("Street_7-b.2")));
        CHECK(!code_valid(STR("")) && !code_valid(STR("a b")) && !code_valid(STR("网格")) && !code_valid(STR("a/b")));
        CHECK(code_valid(STR("0123456789012345678901234567890123456789012345678901234567890123")));
        CHECK(!code_valid(STR("01234567890123456789012345678901234567890123456789012345678901234")));
}

TEST(arena_gives_zeroed_aligned_memory)
{
        ARENA_AUTO a = { .block = 256 };
        for (size_t n = 0; n < 600; n += 7) {
                unsigned char *p = arena_alloc(&a, n);
                CHECK_EQ((uintptr_t)p % 16, 0);
                for (size_t i = 0; i < n; i++)
                        CHECK_EQ(p[i], 0);
                memset(p, 0xAA, n);
        }
        CHECK_STR(str_of(arena_printf(&a, "%s-%d", "grid", 7)), "grid-7");
        CHECK_STR(str_of(arena_strndup(&a, "abcdef", 3)), "abc");
}

TEST(arena_reset_keeps_one_block)
{
        ARENA_AUTO a = { .block = 1024 };
        arena_alloc(&a, 10);
        arena_alloc(&a, 1 << 20);
        arena_alloc(&a, 900);
        CHECK(a.held > 1 << 20);
        arena_reset(&a);
        CHECK_EQ(a.held, 1024);
        memset(arena_raw(&a, 900), 0xFF, 900);
        arena_reset(&a);
        CHECK_EQ(*(char *)arena_alloc(&a, 900), 0);
        CHECK_EQ(a.held, 1024);
        arena_free(&a);
        CHECK_EQ(a.held, 0);
        arena_alloc(&a, 1 << 20); /* a large block is not kept, not even alone */
        arena_reset(&a);
        CHECK_EQ(a.held, 0);
}

/* Runs fn in a child; true if it aborted. */
static bool aborts(void (*fn)(void))
{
        fflush(NULL);
        pid_t pid = fork();
        if (pid == 0) {
                int null = open("/dev/null", O_WRONLY);
                dup2(null, STDERR_FILENO);
                fn();
                _exit(0);
        }
        int status = 0;
        CHECK(pid > 0 && waitpid(pid, &status, 0) == pid);
        return WIFSIGNALED(status) || WEXITSTATUS(status) != 0;
}

static void take_too_much(void)
{
        struct arena a = { 0 };
        arena_raw(&a, SIZE_MAX / 2);
}

static void overflow_array(void)
{
        struct arena a = { 0 };
        arena_alloc_array(&a, SIZE_MAX / 4, 8);
}

static void ask_unknown_code(void)
{
        err_kind(-ERR_COUNT - 1);
}

static void ask_ok(void)
{
        err_kind(OK);
}

static void touch_after_reset(void)
{
        struct arena a = { 0 };
        char *volatile p = arena_alloc(&a, 8);
        arena_reset(&a);
        *p = 1;
}

static void touch_past_end(void)
{
        struct arena a = { 0 };
        char *volatile p = arena_alloc(&a, 24);
        arena_alloc(&a, 24);
        p[24] = 1;
}

TEST(mistakes_of_the_program_abort)
{
        CHECK(aborts(take_too_much));
        CHECK(aborts(overflow_array));
        CHECK(aborts(ask_unknown_code));
        CHECK(aborts(ask_ok));
}

TEST(arena_is_poisoned_under_the_sanitizer)
{
#if SANITIZED
        CHECK(aborts(touch_after_reset));
        CHECK(aborts(touch_past_end));
#else
        (void)touch_after_reset, (void)touch_past_end;
        SKIP("built without AddressSanitizer");
#endif
}

TEST(buf_grows_up_to_its_ceiling)
{
        BUF_AUTO b = BUF(10);
        buf_puts(&b, "1234567");
        buf_printf(&b, "%d", 890);
        CHECK_STR(buf_view(&b), "1234567890");
        CHECK(!b.over);
        buf_char(&b, 'x');
        CHECK(b.over);
        CHECK_STR(buf_view(&b), "1234567890");
        buf_clear(&b);
        buf_printf(&b, "%s", "12345678901");
        CHECK(b.over && b.n == 0);
        buf_char(&b, 'x'); /* nothing follows a hole */
        CHECK_EQ(b.n, 0);
}

TEST(buf_writes_whole_numbers)
{
        static const struct {
                int64_t v;
                const char *want;
        } row[] = {
                { 0, "0" },
                { -1, "-1" },
                { 1234567890, "1234567890" },
                { INT64_MAX, "9223372036854775807" },
                { INT64_MIN, "-9223372036854775808" },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                BUF_AUTO b = BUF(64);
                buf_int(&b, row[i].v);
                CHECK_STR(buf_view(&b), row[i].want);
        }
}

TEST(buf_reads_files)
{
        ARENA_AUTO a = { 0 };
        BUF_AUTO b = BUF(100000);
        const char *dir = test_tmpdir(), *path = arena_printf(&a, "%s/f", dir);
        CHECK_EQ(buf_read_file(&b, path), ERR_NONE);
        CHECK_EQ(buf_read_file(&b, dir), ERR_IO);
        FILE *f = fopen(path, "w");
        for (int i = 0; i < 50000; i++)
                fputs("ab", f);
        fclose(f);
        buf_puts(&b, "old");
        CHECK_EQ(buf_read_file(&b, path), OK);
        CHECK_EQ(b.n, 100000);
        BUF_AUTO small = BUF(99999);
        CHECK_EQ(buf_read_file(&small, path), ERR_TOO_BIG);
}

TEST(map_keeps_the_first)
{
        ARENA_AUTO a = { 0 };
        struct map m = { 0 };
        CHECK_EQ(map_get(&m, STR("x")), MAP_NONE);
        CHECK_EQ(map_put(&m, &a, STR("x"), 7), MAP_NONE);
        CHECK_EQ(map_put(&m, &a, STR("x"), 8), 7);
        CHECK_EQ(map_put(&m, &a, STR(""), 9), MAP_NONE);
        CHECK_EQ(map_get(&m, STR("x")), 7);
        CHECK_EQ(map_get(&m, STR("")), 9);
        CHECK_EQ(m.n, 2);
}

TEST(map_finds_each_of_many)
{
        ARENA_AUTO a = { 0 };
        struct map m;
        map_init(&m, &a, 10);
        for (uint32_t i = 0; i < 20000; i++)
                CHECK_EQ(map_put(&m, &a, str_printf(&a, "1101010020%05u", i), i), MAP_NONE);
        for (uint32_t i = 0; i < 20000; i++)
                CHECK_EQ(map_get(&m, str_printf(&a, "1101010020%05u", i)), i);
        CHECK_EQ(map_get(&m, STR("110101002020000")), MAP_NONE);
        CHECK_EQ(m.n, 20000);
}

TEST(err_speaks_both_languages)
{
        struct err e = { 0 };
        CHECK_STR(str_of(err_text(&e, LANG_EN)), "");
        CHECK_EQ(err_set(&e, ERR_RANGE, "limit", "%s 超过 %d", "%s is over %d", "limit", 5), ERR_RANGE);
        CHECK_STR(str_of(err_text(&e, LANG_ZH)), "limit 超过 5");
        CHECK_STR(str_of(err_text(&e, LANG_EN)), "limit is over 5");
        CHECK_STR(str_of(e.field), "limit");
        err_set(&e, ERR_NONE, NULL, "", "");
        CHECK_STR(str_of(err_text(&e, LANG_EN)), "Not found");
        CHECK_STR(str_of(e.field), "");
        CHECK_EQ(err_set(NULL, ERR_BAD, "x", "a", "b"), ERR_BAD);
}

TEST(err_never_cuts_a_character)
{
        struct err e = { 0 };
        ARENA_AUTO a = { 0 };
        for (int pad = 0; pad < 4; pad++) {
                struct str s = str_printf(&a, "%.*s", pad, "xxx");
                for (int i = 0; i < 200; i++)
                        s = str_printf(&a, STR_FMT "邻", STR_ARG(s));
                err_set(&e, ERR_BAD, "", "%s", "%s", s.p);
                CHECK(utf8_valid(str_of(e.zh)));
                CHECK(strlen(e.zh) > sizeof e.zh - 5);
        }
}

TEST(err_kinds_are_complete)
{
        for (int code = -1; code >= -ERR_COUNT; code--) {
                const struct err_kind *k = err_kind(code);
                CHECK(k->status >= 400 && k->status < 600 && k->name[0] && k->say.zh[0] && k->say.en[0]);
        }
        CHECK_STR(str_of(err_kind(ERR_NONE)->name), "none");
}

TEST(lang_is_read_from_what_was_asked)
{
        static const struct {
                const char *asked;
                enum lang want;
        } row[] = {
                { NULL, LANG_ZH },
                { "", LANG_ZH },
                { "C", LANG_ZH },
                { "fr-FR", LANG_ZH },
                { "en", LANG_EN },
                { "en_GB.UTF-8", LANG_EN },
                { "zh_CN.UTF-8", LANG_ZH },
                { "EN-us", LANG_EN },
                { "en,zh", LANG_EN },
                { "zh,en", LANG_ZH },
                { "en;q=0.5, zh;q=0.9", LANG_ZH },
                { "zh;q=0.1, en;q=0.2", LANG_EN },
                { "fr, en;q=0.3", LANG_EN },
                { "en;q=0", LANG_ZH },
                { ",,,;q=x", LANG_ZH },
        };
        for (size_t i = 0; i < COUNT(row); i++)
                CHECK_EQ(lang_of(row[i].asked), row[i].want);
}

TEST(findings_are_sorted_for_reading)
{
        ARENA_AUTO a = { 0 };
        struct findings f = { .arena = &a };
        static const struct {
                const char *file, *rule;
                int32_t line;
        } in[] = {
                { "posts.csv", "b", 2 },
                { "duties.csv", "z", 10 },
                { "duties.csv", "a", 9 },
                { "posts.csv", "a", 2 },
        };
        for (size_t i = 0; i < COUNT(in); i++)
                finding_add(&f, in[i].rule, i ? SEV_ERROR : SEV_WARNING, str_of(in[i].file), in[i].line,
                            (struct say){ 0 }, "第 %d 行", "row %d", (int)in[i].line);
        findings_sort(&f);
        CHECK_EQ(f.errors, 3);
        CHECK_EQ(f.warnings, 1);
        CHECK_EQ(f.row[0].line, 9);
        CHECK_EQ(f.row[1].line, 10);
        CHECK_STR(str_of(f.row[2].rule), "a");
        CHECK_STR(f.row[3].zh, "第 2 行");
        CHECK_STR(f.row[3].en, "row 2");
        CHECK_STR(str_of(f.row[3].hint.en), "");
}

TEST(findings_have_a_ceiling)
{
        ARENA_AUTO a = { 0 };
        struct findings f = { .arena = &a };
        for (int i = 0; i < FINDINGS_MAX + 5; i++)
                finding_add(&f, "r", SEV_ERROR, STR("f"), i, (struct say){ 0 }, "中", "en");
        CHECK_EQ(f.n, FINDINGS_MAX);
        CHECK_EQ(f.dropped, 5);
        CHECK_EQ(f.errors, FINDINGS_MAX + 5);
}

#define ID_THREADS 4
#define ID_EACH 20000
static struct id_gen shared_ids = { .node = 3 };
static int64_t made[ID_THREADS][ID_EACH];

static void *make_ids(void *row)
{
        int64_t *out = row;
        for (int i = 0; i < ID_EACH; i++)
                out[i] = id_next(&shared_ids, (struct instant){ INT64_C(1800000000000000) + i / 1000 * 1000 });
        return NULL;
}

static int by_value(const void *a, const void *b)
{
        int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
        return (x > y) - (x < y);
}

TEST(ids_of_many_threads_are_unique_and_rise)
{
        pthread_t t[ID_THREADS];
        for (int i = 0; i < ID_THREADS; i++)
                CHECK_EQ(pthread_create(&t[i], NULL, make_ids, made[i]), 0);
        for (int i = 0; i < ID_THREADS; i++)
                pthread_join(t[i], NULL);
        for (int i = 0; i < ID_THREADS; i++)
                for (int k = 1; k < ID_EACH; k++)
                        CHECK(made[i][k] > made[i][k - 1]);
        qsort(made, (size_t)ID_THREADS * ID_EACH, sizeof made[0][0], by_value);
        const int64_t *all = made[0];
        for (int i = 1; i < ID_THREADS * ID_EACH; i++)
                CHECK(all[i] != all[i - 1]);
}

TEST(ids_tell_their_time_and_node)
{
        struct id_gen a = { .node = 1 }, b = { .node = 1023 };
        struct instant t = { INT64_C(1700000000123456) };
        int64_t x = id_next(&a, t), y = id_next(&b, t);
        CHECK(x > 0 && y > 0 && x != y);
        CHECK_EQ(id_instant(x).us, INT64_C(1700000000123000));
        CHECK_EQ(x >> 12 & 1023, 1);
        CHECK_EQ(y >> 12 & 1023, 1023);
        CHECK(id_next(&a, (struct instant){ t.us - US_PER_DAY }) > x); /* a clock set back */
        CHECK(id_next(&b, (struct instant){ 0 }) > y);
        struct id_gen old = { .node = 0 };
        CHECK(id_next(&old, (struct instant){ 0 }) > 0); /* a message of 1970 */
}

TEST(chance_is_repeatable_with_a_seed)
{
        struct chance_seeded a, b, c;
        unsigned char x[3][32];
        chance_seed(&a, 7);
        chance_seed(&b, 7);
        chance_seed(&c, 8);
        chance_fill(&a.base, x[0], 32);
        chance_fill(&b.base, x[1], 32);
        chance_fill(&c.base, x[2], 32);
        CHECK_EQ(memcmp(x[0], x[1], 32), 0);
        CHECK(memcmp(x[0], x[2], 32) != 0);
        chance_fill(&a.base, x[2], 32);
        CHECK(memcmp(x[0], x[2], 32) != 0);
        chance_fill(&chance_system, x[0], 32);
        chance_fill(&chance_system, x[1], 32);
        CHECK(memcmp(x[0], x[1], 32) != 0);
}

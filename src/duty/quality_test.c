/* How well do words find subjects, on the sample catalogue and real messages? The messages are not part of the project
 * and none is shown: without them these tests say "skipped". */
#include <stdio.h>
#include "base/buf.h"
#include "base/csv.h"
#include "base/err.h"
#include "base/map.h"
#include "base/test.h"
#include "duty/duty.h"
#include "duty/match.h"
#include "duty/signpost.h"

static bool read_file(struct arena *a, const char *folder, const char *name, struct str *ret)
{
        if (folder == NULL)
                return false;
        BUF_AUTO bytes = BUF(64u << 20);
        const char *encoding;
        if (buf_read_file(&bytes, str_printf(a, "%s/%s", folder, name).p) != OK)
                return false;
        CHECK_EQ(text_utf8(a, str_dup(a, buf_view(&bytes)), ret, &encoding), OK);
        return true;
}

static bool read_catalogue(struct arena *a, struct findings *f, struct subjects *ret)
{
        const char *root = getenv("LINLI_SOURCE");
        struct str text = STR("");
        if (root == NULL || !read_file(a, str_printf(a, "%s/samples/town", root).p, "subjects.csv", &text))
                return false;
        CHECK_EQ(subjects_read(a, text, f, ret), OK);
        return true;
}

TEST(the_sample_town_reads_without_a_finding)
{
        ARENA_AUTO a = { 0 };
        struct findings f = { .arena = &a };
        struct subjects s;
        struct str text = STR("");
        if (!read_catalogue(&a, &f, &s) ||
            !read_file(&a, str_printf(&a, "%s/samples/town", getenv("LINLI_SOURCE")).p, "duties.csv", &text))
                SKIP("no sample town");
        struct duties d;
        CHECK_EQ(duties_read(&a, text, &s, &f, &d), OK);
        CHECK_EQ(f.n, 0);
        CHECK(s.n > 100 && d.n > 100);
}

/* Which of the seven classes of the labelled messages a subject belongs to; the longest prefix decides. */
static const struct {
        const char *code, *labels;
} labels[] = {
        { "water", "城乡建设" },
        { "power", "城乡建设" },
        { "gas", "城乡建设" },
        { "heat", "城乡建设" },
        { "road", "城乡建设" },
        { "order", "城乡建设" },
        { "green", "城乡建设" },
        { "estate", "城乡建设" },
        { "house", "城乡建设" },
        { "plan", "城乡建设" },
        { "safe", "城乡建设" },
        { "clean", "城乡建设|环境保护" },
        { "water.river", "城乡建设|环境保护" },
        { "road.build", "交通运输" },
        { "road.toll", "交通运输" },
        { "road.signal", "交通运输" },
        { "traffic", "交通运输" },
        { "traffic.parking", "城乡建设" },
        { "traffic.fee", "城乡建设" },
        { "traffic.bus", "交通运输|城乡建设" },
        { "env", "环境保护" },
        { "green.park", "城乡建设|教育文体" },
        { "estate.lift", "城乡建设|商贸旅游" },
        { "labour", "劳动和社会保障" },
        { "social", "劳动和社会保障" },
        { "social.medical", "劳动和社会保障|卫生计生" },
        { "welfare.veteran", "劳动和社会保障" },
        { "edu", "教育文体" },
        { "culture", "教育文体" },
        { "culture.travel", "商贸旅游" },
        { "culture.net", "商贸旅游|教育文体" },
        { "market", "商贸旅游" },
        { "market.food", "商贸旅游|卫生计生" },
        { "market.drug", "商贸旅游|卫生计生" },
        { "health", "卫生计生" },
        { "public.market", "商贸旅游|城乡建设" },
        { "biz.telecom", "商贸旅游|交通运输" },
        { "biz.tax", "商贸旅游|城乡建设" },
};

static bool right_class(const struct subjects *s, uint32_t subject, struct str label)
{
        for (; subject != SUBJECT_NONE; subject = s->row[subject].up)
                for (size_t i = 0; i < COUNT(labels); i++)
                        if (str_is(s->row[subject].code, labels[i].code))
                                return str_find(str_of(labels[i].labels), label) >= 0;
        return false;
}

/* "停水 了" as it was written: the stored words are parted by blanks. */
static struct str joined(struct arena *a, struct str words)
{
        char *out = arena_raw(a, words.n);
        size_t n = 0;
        for (size_t i = 0; i < words.n; i++)
                if (words.p[i] != ' ')
                        out[n++] = words.p[i];
        return (struct str){ out, n };
}

TEST(labelled_messages_find_their_class)
{
        ARENA_AUTO a = { 0 };
        ARENA_AUTO scratch = { 0 };
        struct findings f = { .arena = &a };
        struct subjects s;
        struct str text = STR("");
        const struct csv_column columns[] = { { .name = "tokens" }, { .name = "label" } };
        struct csv t;
        if (!read_catalogue(&a, &f, &s) ||
            !read_file(&a, test_shared_data(), "requests_cn/labelled_segmented.csv", &text))
                SKIP("no labelled messages");
        CHECK_EQ(csv_read_long(&a, STR("messages"), text, columns, COUNT(columns), 1 << 20, &f, &t), OK);

        struct matcher *m = matcher_new(&a, &s);
        struct map seen = { 0 };
        uint32_t n = 0, right = 0, how[MATCH_HOWS] = { 0 };
        for (size_t i = 0; i < t.rows; i++) {
                if (map_put(&seen, &a, csv_at(&t, i, 0), 1) != MAP_NONE)
                        continue; /* the set holds exact duplicates */
                arena_reset(&scratch);
                struct match_in in = { .text = joined(&scratch, csv_at(&t, i, 0)) };
                struct match found;
                match_subject(&s, matcher_classifier(m), &scratch, &in, &found);
                n++;
                how[found.how]++;
                right += right_class(&s, found.subject, csv_at(&t, i, 1));
        }
        print_message("%u messages: keyword %u, ngram %u, desk %u; right class %.1f %%\n", n, how[MATCH_KEYWORD],
                      how[MATCH_NGRAM], how[MATCH_DESK], 100.0 * right / n);
        CHECK(right * 10 >= n * 7);
}

TEST(real_messages_rarely_raise_an_alarm)
{
        ARENA_AUTO a = { 0 };
        ARENA_AUTO scratch = { 0 };
        struct findings f = { .arena = &a };
        struct str text = STR("");
        const struct csv_column columns[] = { { .name = "title" }, { .name = "detail" } };
        struct csv t;
        if (!read_file(&a, test_shared_data(), "requests_cn/messages_replies.csv", &text))
                SKIP("no messages");
        CHECK_EQ(csv_read_long(&a, STR("messages"), text, columns, COUNT(columns), 1 << 20, &f, &t), OK);
        struct signposts *sp = signposts_new(&a);
        size_t alarms = 0, quiet = 0, doors = 0;
        for (size_t i = 0; i < t.rows; i++) {
                struct signs signs;
                arena_reset(&scratch);
                signposts_read(sp, &scratch, csv_at(&t, i, 0), csv_at(&t, i, 1), &signs);
                alarms += signs.alarm;
                quiet += !signs.alarm && signs.n_dangers > 0;
                doors += signs.n_channels > 0;
        }
        print_message("%zu messages: alarm %zu, numbers shown quietly %zu, another door shown %zu\n", t.rows, alarms,
                      quiet, doors);
        CHECK(t.rows > 2000 && alarms * 100 < t.rows);
}

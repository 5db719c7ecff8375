#include "duty/match.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/err.h"
#include "base/test.h"

static const char catalogue[] = "code,parent,name_zh,name_en,keywords,level,publicity\n"
                                "water,,供水与排水,Water and drainage,供水;排水,,\n"
                                "water.outage,water,停水与水压不足,No water or low pressure,停水;没水;水压,,\n"
                                "water.sewer,water,污水冒溢,Sewage overflow,下水道;化粪池;堵塞,,\n"
                                "safe,,安全与消防,Safety and fire,安全;消防,,\n"
                                "safe.lane,safe,消防通道,Fire lane,消防通道;占用消防通道,,\n"
                                "estate,,物业与小区,Housing estates,小区;物业,,\n"
                                "estate.lift,estate,电梯故障,Lift out of order,电梯;困人,,\n"
                                "noise,,噪声,Noise,噪音;扰民,,\n"
                                "noise.dance,noise,广场舞扰民,Dancing in the square,广场舞,,\n"
                                "lamp,,路灯不亮,Street lamp out,路灯;street lamp,,\n";

struct bench {
        struct arena arena;
        struct subjects subjects;
        struct matcher *matcher;
};

static void bench_open(struct bench *b, struct str text)
{
        *b = (struct bench){ 0 };
        struct findings f = { .arena = &b->arena };
        CHECK_EQ(subjects_read(&b->arena, text, &f, &b->subjects), OK);
        b->matcher = matcher_new(&b->arena, &b->subjects);
}

static struct match ask(struct bench *b, const char *choice, const char *title, const char *text)
{
        struct match m;
        struct match_in in = { .choice = str_of(choice), .title = str_of(title), .text = str_of(text) };
        match_subject(&b->subjects, matcher_classifier(b->matcher), &b->arena, &in, &m);
        return m;
}

static struct str code(const struct bench *b, uint32_t subject)
{
        return subject == SUBJECT_NONE ? STR("-") : b->subjects.row[subject].code;
}

/* One row: what a reporter chose and wrote, and what it is taken to be about. */
static const struct {
        const char *choice, *title, *text;
        enum match_how how;
        const char *subject;
} row[] = {
        { "", "", "家里停水两天了", MATCH_KEYWORD, "water.outage" },
        { "", "", "消防通道被堵", MATCH_KEYWORD, "safe.lane" },     /* not safe: the longer word decides */
        { "", "", "小区的电梯坏了", MATCH_KEYWORD, "estate.lift" }, /* the more specific of a family */
        { "", "", "小区物业没人管", MATCH_KEYWORD, "estate" },
        { "", "路灯", "小区物业", MATCH_KEYWORD, "estate" },
        { "", "路灯不亮", "小区里一片黑", MATCH_KEYWORD, "lamp" }, /* the title counts double */
        { "", "", "广场舞的音响太大", MATCH_KEYWORD, "noise.dance" },
        { "", "", "水压不足", MATCH_KEYWORD, "water.outage" },                      /* part of a name */
        { "", "", "下水道堵塞，化粪池满了，还停水", MATCH_KEYWORD, "water.sewer" }, /* more words weigh more */
        { "", "", "The STREET LAMPS are out", MATCH_KEYWORD, "lamp" },
        { "", "", "污水从井里溢出来", MATCH_NGRAM, "water.sewer" }, /* no keyword, but alike */
        { "", "", "the lift is broken", MATCH_NGRAM, "estate.lift" },
        { "", "", "你好", MATCH_DESK, "-" },
        { "", "", "", MATCH_DESK, "-" },
        { "", "", "，。！", MATCH_DESK, "-" },
        { "noise", "", "家里停水两天了", MATCH_CHOICE, "noise" },        /* the reporter decides */
        { "gone", "", "家里停水两天了", MATCH_KEYWORD, "water.outage" }, /* a choice that no longer exists */
};

TEST(words_find_the_subject)
{
        struct bench b;
        bench_open(&b, str_of(catalogue));
        for (size_t i = 0; i < COUNT(row); i++) {
                struct match m = ask(&b, row[i].choice, row[i].title, row[i].text);
                CHECK_STR(code(&b, m.subject), row[i].subject[0] ? row[i].subject : "-");
                CHECK_EQ(m.how, row[i].how);
                CHECK(m.score >= 0 && m.score <= 1000);
        }
        arena_free(&b.arena);
}

TEST(a_match_says_which_words_decided)
{
        struct bench b;
        bench_open(&b, str_of(catalogue));
        struct match m = ask(&b, "", "停水", "我们小区从昨天起没水，停水也不通知");
        CHECK_EQ(m.n_words, 2);
        CHECK_STR(m.words[0].text, "停水");
        CHECK(m.words[0].in_title);
        CHECK_STR(m.words[1].text, "没水");
        CHECK_EQ(m.words[1].at, strlen("我们小区从昨天起"));
        CHECK_EQ(m.n_others, 1);
        CHECK_STR(code(&b, m.others[0].subject), "estate");
        CHECK(m.others[0].score < m.score);
        arena_free(&b.arena);
}

TEST(a_choice_keeps_what_the_words_suggest)
{
        struct bench b;
        bench_open(&b, str_of(catalogue));
        struct match m = ask(&b, "lamp", "", "家里停水两天了");
        CHECK_EQ(m.score, 1000);
        CHECK_STR(code(&b, m.others[0].subject), "water.outage");
        CHECK_EQ(m.n_words, 0);
        m = ask(&b, "water.outage", "", "家里停水两天了");
        CHECK_EQ(m.n_words, 1);
        for (uint32_t i = 0; i < m.n_others; i++)
                CHECK(m.others[i].subject != m.subject);
        arena_free(&b.arena);
}

TEST(equal_weights_go_by_the_order_of_the_file)
{
        struct bench b;
        bench_open(&b, STR("code,parent,name_zh,name_en,keywords\nb,,乙,B,黄色\na,,甲,A,绿色\nc,,丙,C,黄色\n"));
        CHECK_STR(code(&b, ask(&b, "", "", "绿色和黄色").subject), "a"); /* 黄色 is shared, so it weighs half */
        CHECK_STR(code(&b, ask(&b, "", "", "黄色").subject), "b");
        arena_free(&b.arena);
}

TEST(a_long_text_is_no_trouble)
{
        struct bench b;
        bench_open(&b, str_of(catalogue));
        BUF_AUTO text = BUF(1 << 20);
        for (int i = 0; i < 5000; i++)
                buf_puts(&text, "消防通道停水");
        buf_char(&text, 0);
        struct match m = ask(&b, "", "", text.p);
        CHECK_EQ(m.how, MATCH_KEYWORD);
        CHECK_EQ(m.n_words, 1); /* each word once */
        arena_free(&b.arena);
}

/* The door lets no such text in; if one came through, nothing may break. */
TEST(broken_bytes_do_no_harm)
{
        struct bench b;
        bench_open(&b, str_of(catalogue));
        uint32_t seed = 7;
        for (int round = 0; round < 2000; round++) {
                char text[40];
                for (size_t i = 0; i < sizeof text - 1; i++) {
                        seed = seed * 1103515245 + 12345;
                        text[i] = (char)(1 + (seed >> 16) % 255);
                }
                text[sizeof text - 1] = 0;
                struct match m = ask(&b, "", "停水", text + round % 20);
                CHECK(m.subject < b.subjects.n);
        }
        arena_free(&b.arena);
}

TEST(an_empty_catalogue_leaves_all_to_the_desk)
{
        struct bench b;
        bench_open(&b, STR("code,parent,name_zh,name_en,keywords\n"));
        CHECK_EQ(ask(&b, "", "停水", "停水").how, MATCH_DESK);
        arena_free(&b.arena);
}

/* What is offered while somebody types. */
static const struct {
        const char *typed, *offered;
} typing[] = {
        { "", "" },
        { "停", "water.outage" },
        { "消防", "safe safe.lane" },
        { "fire", "safe.lane" },
        { "电梯坏了", "estate.lift" },
        { "小区停水", "water.outage estate" },
};

TEST(suggestions_come_while_typing)
{
        struct bench b;
        bench_open(&b, str_of(catalogue));
        for (size_t i = 0; i < COUNT(typing); i++) {
                uint32_t got[2];
                uint32_t n = match_suggest(b.matcher, &b.arena, str_of(typing[i].typed), got, COUNT(got));
                struct str s = STR("");
                for (uint32_t k = 0; k < n; k++)
                        s = str_printf(&b.arena, "%.*s%s%.*s", STR_ARG(s), k ? " " : "", STR_ARG(code(&b, got[k])));
                if (!str_starts(s, str_of(typing[i].offered)))
                        CHECK_STR(s, typing[i].offered);
        }
        arena_free(&b.arena);
}

TEST(ways_of_matching_have_names)
{
        CHECK_STR(str_of(match_how_name(MATCH_NGRAM)), "ngram");
        CHECK(match_how_say(MATCH_DESK).zh[0] && match_how_say(MATCH_DESK).en[0]);
}

#include "insight/why_text.h"
#include "base/test.h"

/* A town that knows one of each. */
static void small_town(struct arena *a, struct town *t)
{
        static struct org org = { .code = { "urban", 5 }, .name = { "城管办", 9 } };
        static struct place place = { .code = { "g1", 2 }, .name = { "第一网格", 12 } };
        static struct subject subject = { .code = { "leak", 4 }, .name_zh = { "漏水", 6 }, .name_en = { "Leak", 4 } };
        static struct duty duty = { .code = { "d1", 2 }, .title = { "供水", 6 } };
        *t = (struct town){ .orgs = { .row = &org, .n = 1 },
                            .places = { .row = &place, .n = 1 },
                            .subjects = { .row = &subject, .n = 1 },
                            .duties = { .row = &duty, .n = 1 } };
        map_init(&t->orgs.by_code, a, 1);
        map_put(&t->orgs.by_code, a, org.code, 0);
        map_init(&t->places.by_code, a, 1);
        map_put(&t->places.by_code, a, place.code, 0);
        map_init(&t->subjects.by_code, a, 1);
        map_put(&t->subjects.by_code, a, subject.code, 0);
        map_init(&t->duties.by_code, a, 1);
        map_put(&t->duties.by_code, a, duty.code, 0);
}

static const struct {
        const char *json, *zh, *en;
} row[] = {
        { "{\"at\":\"2026-01-05T09:00:00+08:00\",\"town_version\":3,\"calendar\":\"cn-2026\"}",
          "2026-01-05（周一）09:00 按第 3 版乡镇资料和日历 cn-2026 决定。\n",
          "Decided on 2026-01-05 (Monday) 09:00 by version 3 of the town's files and calendar cn-2026.\n" },
        { "{\"place\":{\"how\":\"inside\",\"grid\":\"g1\",\"lat\":39.9,\"lon\":116.4,\"datum\":\"gcj02\",\"accuracy\":"
          "20.0,\"others\":[]}}",
          "地点：坐标为北纬 39.900000、东经 116.400000（gcj02），精度约 20 米。位于网格 第一网格（g1）。\n",
          "Where: The point was 39.900000 north, 116.400000 east (gcj02), accurate to some 20 m. It lies in the grid "
          "第一网格 (g1).\n" },
        { "{\"place\":{\"how\":\"nearest\",\"grid\":\"g9\",\"lat\":39.9,\"lon\":116.4,\"datum\":\"wgs84\",\"accuracy\":"
          "null,\"metres\":12.3}}",
          "地点：坐标为北纬 39.900000、东经 116.400000（wgs84）。不在任何网格内，归入最近的网格 g9，相距 12.3 米。\n",
          "Where: The point was 39.900000 north, 116.400000 east (wgs84). It lies in no grid and was given to the "
          "nearest, g9, 12.3 m away.\n" },
        { "{\"place\":{\"how\":\"agreement\",\"grid\":\"g1\",\"agreement\":\"street-1\",\"chosen\":\"g1\"}}",
          "地点：选择的地点是 第一网格（g1）。属共管地段，按协议 street-1 归网格 第一网格（g1）。\n",
          "Where: The place chosen was 第一网格 (g1). It is shared ground; by agreement street-1 it goes to the grid "
          "第一网格 (g1).\n" },
        { "{\"place\":{\"how\":\"desk\",\"grid\":\"\",\"thing\":\"lamp-1\"}}",
          "地点：报的是设施 lamp-1。尚不能确定网格，由调度员核实。\n",
          "Where: The thing reported was lamp-1. The grid is not known yet; the desk finds out.\n" },
        { "{\"place\":{\"how\":\"inside\",\"grid\":\"g1\",\"tie\":true,\"ask\":true,\"others\":[\"g1\",\"g2\"]}}",
          "地点：位于网格 第一网格（g1）。该点在网格边界上，按固定规则取其一。精度范围还跨到 "
          "第一网格（g1）、g2，需向诉求人核实。\n",
          "Where: It lies in the grid 第一网格 (g1). It lies on a boundary; a fixed rule took one of the grids. "
          "Its accuracy also reaches 第一网格 (g1), g2: the reporter is to be asked.\n" },
        { "{\"subject\":{\"code\":\"leak\",\"how\":\"keyword\",\"score\":812,\"words\":[\"漏水\",\"水管\"],\"others\":["
          "\"x\"]}}",
          "事项：漏水（leak），按关键词匹配：“漏水”、“水管”（明确度 812/1000）。也可能是 x。\n",
          "About: Leak (leak). Matched by keywords: “漏水”, “水管” (clear to 812 in 1000). It might also be x.\n" },
        { "{\"subject\":{\"code\":\"\",\"how\":\"desk\",\"score\":3,\"words\":[],\"others\":[]}}",
          "事项：从文字看不出类别，由调度员判断。\n", "About: the words do not tell. Left to the desk.\n" },
        { "{\"danger\":[\"fire\"],\"urgent\":true,\"duty_officer_alarmed\":true,\"other_doors\":[\"court\","
          "\"nonsense\"]}",
          NULL, NULL },
        { "{\"lead\":{\"how\":\"condition\",\"org\":\"urban\",\"duty\":\"d1\",\"list\":\"basic\",\"basis\":\"某条例\","
          "\"condition\":[\"owner\",\"property\",\"warranty\",\"yes\"],\"missing\":[\"kind\"],\"rows\":[{\"duty\":"
          "\"d1\",\"lost\":\"won\"},"
          "{\"duty\":\"d2\",\"lost\":\"place\"}],\"rows_all\":2}}",
          "负责：城管办（urban），条件成立的职责。适用职责 供水（d1）（基本履职事项），条件 "
          "owner=property;warranty=yes 成立，依据：某条例。"
          "尚不清楚 kind；查明后可能改由其他单位负责。\n未采用的职责：d2，地点更具体的职责优先（共看过 2 条）。\n",
          NULL },
        { "{\"lead\":{\"org\":\"urban\",\"how\":\"plain\"},\"unit\":\"desk\",\"reach\":\"phone\",\"assist\":\"urban;"
          "water\","
          "\"post\":{\"code\":\"p1\",\"title\":\"调度岗\",\"backup\":true}}",
          "负责：城管办（urban），清单中的职责。\n派给：desk。地点或事项尚未查明，先由它接办；查明后预计由 "
          "城管办（urban） 负责。"
          "该单位没有账号，由调度员电话转办。岗位 调度岗（p1），由代岗人员承担。"
          "配合单位：城管办（urban）。配合单位：water。\n",
          NULL },
        { "{\"clocks\":[{\"clock\":\"answer\",\"limit\":5,\"unit\":\"workday\",\"roll\":false,\"from\":\"duty\",\"id\":"
          "\"d1\",\"source\":\"某条例\","
          "\"due\":\"2026-01-12T23:59:59.999999+08:00\",\"provisional\":false},{\"clock\":\"law\",\"limit\":60,"
          "\"unit\":\"day\",\"roll\":true,"
          "\"from\":\"town\",\"id\":\"statutory\",\"source\":\"\",\"due\":\"2027-03-06T15:30:00+08:00\","
          "\"provisional\":true}]}",
          "期限：answer，5 个工作日，至 2026-01-12（周一）24:00；取自职责 d1，依据：某条例。\n"
          "期限：law，60 日，至 2027-03-06（周六）15:30；取自本地规定 "
          "statutory；末日为休息日的顺延；暂定，待国务院公布放假安排后重算。\n",
          "Limit: answer, 5 working days, until 2026-01-12 (Monday) 24:00; from the duty d1, based on 某条例.\n"
          "Limit: law, 60 days, until 2027-03-06 (Saturday) 15:30; from the town's limit statutory; a last day that is "
          "a rest day moves on; "
          "provisional until the holidays of that year are published.\n" },
};

/* All lines but the head, unless the head is what is asked for. */
static struct str body(struct buf *out, const char *want)
{
        struct str all = buf_view(out), first, rest = all;
        if (strncmp(want, "2026", 4) == 0 || strncmp(want, "Decided", 7) == 0)
                return all;
        str_split(&rest, '\n', &first);
        return rest;
}

TEST(explanations_read_as_sentences)
{
        ARENA_AUTO a = { 0 };
        struct town t;
        small_town(&a, &t);
        for (size_t i = 0; i < COUNT(row); i++) {
                for (int lang = LANG_ZH; lang <= LANG_EN; lang++) {
                        const char *want = lang == LANG_ZH ? row[i].zh : row[i].en;
                        BUF_AUTO out = BUF(65536);
                        CHECK_EQ(why_sentences(str_of(row[i].json), &t, (enum lang)lang, &out), OK);
                        CHECK(utf8_valid(buf_view(&out)));
                        if (want)
                                CHECK_STR(body(&out, want), want);
                }
        }
}

TEST(danger_and_other_doors_are_told)
{
        ARENA_AUTO a = { 0 };
        struct town t;
        BUF_AUTO out = BUF(65536);
        small_town(&a, &t);
        CHECK_EQ(why_sentences(STR("{\"danger\":[\"fire\"],\"urgent\":true,\"duty_officer_alarmed\":true,\"other_"
                                   "doors\":[\"court\",\"?\"]}"),
                               &t, LANG_ZH, &out),
                 OK);
        CHECK(str_find(buf_view(&out), STR("119")) > 0);
        CHECK(str_find(buf_view(&out), STR("按紧急事项办理，当班人员已被提醒。")) > 0);
        CHECK(str_find(buf_view(&out), STR("另有渠道：")) > 0);
        CHECK(str_find(buf_view(&out), STR("不影响受理")) > 0);
}

TEST(what_is_no_explanation_is_refused)
{
        static const struct {
                const char *json;
                int rc;
        } bad[] = { { "", ERR_BAD }, { "[]", ERR_BAD }, { "\"x\"", ERR_BAD }, { "{\"a\":", ERR_BAD } };
        ARENA_AUTO a = { 0 };
        struct town t;
        small_town(&a, &t);
        for (size_t i = 0; i < COUNT(bad); i++) {
                BUF_AUTO out = BUF(65536);
                CHECK_EQ(why_sentences(str_of(bad[i].json), &t, LANG_EN, &out), bad[i].rc);
                CHECK_EQ(out.n, 0);
        }
        /* keys of another kind than expected are passed over */
        BUF_AUTO out = BUF(65536);
        CHECK_EQ(why_sentences(
                         STR("{\"place\":3,\"subject\":[],\"lead\":\"x\",\"clocks\":{},\"post\":null,\"unit\":[1]}"),
                         &t, LANG_ZH, &out),
                 OK);
}

/* What residents see around them, over HTTP: released by a clerk, joined by a neighbour, taken back; and what never appears. */
#include <stdio.h>
#include "api/inner/house_story.h"

struct told { char id[24], track[40]; };

static struct told report(struct open_house *h, const char *body)
{
        struct told v;
        ask(h, NULL, "POST", "/api/matters", body, "", &g);
        answers(201);
        snprintf(v.id, sizeof(v.id), STR_FMT, STR_ARG(got_text(h, &g, "id")));
        snprintf(v.track, sizeof(v.track), "track:" STR_FMT, STR_ARG(got_text(h, &g, "code")));
        return v;
}

static void release(struct open_house *h, const char *id, const char *body, int status)
{
        ask(h, "diaodu1", "PUT", target_of(h, "/api/matters/%s/release", id), body, "", &g);
        answers(status);
}

static void see(struct open_house *h, const char *query, int status)
{
        ask(h, NULL, "GET", target_of(h, "/api/public/matters%s", query), NULL, "", &g);
        answers(status);
}

#define HEAP "{\"words\":\"小区门口的垃圾没有清运，就在我住的三号楼下\",\"lat\":39.905,\"lon\":116.405,\"name\":\"张三丰\",\"phone\":\"13800005678\"}"
#define SUMMARY "{\"text\":\"门口垃圾堆积，已安排清运\",\"text_en\":\"Rubbish at the gate, to be collected\",\"street\":\"幸福路\",\"thing\":\"lamp-1\"}"

HOUSE_TEST(a_clerk_makes_it_public_and_takes_it_back)
{
        struct told m = report(h, HEAP);
        see(h, "", 200);
        has(h, "items", "[]");
        ask(h, "cg1", "GET", target_of(h, "/api/matters/%s/release", m.id), NULL, "", &g);
        answers(200);
        has(h, "may", "false"); /* the handler answers; the desk makes public */
        has(h, "why_not", "");
        ask(h, "diaodu1", "GET", target_of(h, "/api/matters/%s/release", m.id), NULL, "", &g);
        has(h, "may", "true");
        has(h, "release", "");
        has(h, "places.0.place.code", "110101002000");
        has(h, "places.2.place.code", G1);
        has(h, "places.3.thing.code", "lamp-1");
        has(h, "places.3.metres", "0");
        ask(h, "cg1", "PUT", target_of(h, "/api/matters/%s/release", m.id), SUMMARY, "", &g);
        answers(403);
        release(h, m.id, SUMMARY, 200);
        has(h, "public", "true");
        see(h, "", 200);
        has(h, "items.0.id", m.id);
        has(h, "items.0.text_en", "Rubbish at the gate, to be collected");
        has(h, "items.0.thing.name.zh", "路灯 lamp-1");
        has(h, "items.0.community.code", A_COMMUNITY);
        has(h, "items.0.lat", "39.905000");
        has(h, "items.0.unit.code", "cgb");
        has(h, "items.0.due", "2026-01-08");
        has(h, "items.0.people", "1");
        has(h, "items.0.joinable", "true");
        has(h, "next", "");
        CHECK(!got_has(&g, "三号楼") && !got_has(&g, "张三丰") && !got_has(&g, "13800005678"));
        see(h, target_of(h, "/%s", m.id), 200);
        has(h, "photos", "[]");
        ask(h, m.track, "GET", "/api/track", NULL, "", &g);
        CHECK(got_has(&g, "公开摘要") && got_has(&g, "门口垃圾堆积")); /* the reporter knows what is shown */
        ask(h, "diaodu1", "DELETE", target_of(h, "/api/matters/%s/release", m.id), NULL, "", &g);
        answers(200);
        see(h, target_of(h, "/%s", m.id), 404);
        see(h, "", 200);
        has(h, "items", "[]");
        ask(h, "diaodu1", "GET", target_of(h, "/api/matters/%s", m.id), NULL, "", &g);
        CHECK(got_has(&g, "public-ended"));
}

HOUSE_TEST(what_is_said_of_a_summary_before_it_is_public)
{
        struct told m = report(h, HEAP);
        const char *at = target_of(h, "/api/matters/%s/release/preview", m.id);
        ask(h, "diaodu1", "POST", at, "{\"text\":\"请打13800005678联系，京A12345停在3号楼前\",\"place\":\"" A_COMMUNITY "\"}", "", &g);
        answers(200);
        has(h, "advice.0.kind", "phone");
        has(h, "advice.0.what", "13800005678");
        has(h, "advice.1.kind", "plate");
        has(h, "advice.2.kind", "door");
        has(h, "shown.place.code", A_COMMUNITY);
        CHECK(got_text(h, &g, "shown.lat").p);
        ask(h, "diaodu1", "POST", at, "{\"text\":\"小区门口的垃圾没有清运，就在我住的三号楼下\",\"place\":\"" A_COMMUNITY "\"}", "", &g);
        CHECK(got_has(&g, "same-words"));
        see(h, "", 200);
        has(h, "items", "[]"); /* nothing was done */
        release(h, m.id, "{\"text\":\"请打13800005678联系\",\"place\":\"" A_COMMUNITY "\"}", 200); /* advice: a person decides */
        release(h, m.id, "{\"text\":\"门口垃圾\",\"place\":\"" A_COMMUNITY "\"}", 422);
        has(h, "field", "text");
        release(h, m.id, "{\"text\":\"门口垃圾堆积\"}", 422);
        has(h, "field", "place");
        release(h, m.id, "{\"text\":\"门口垃圾堆积\",\"place\":\"110101002001001-1\"}", 422);
        has(h, "field", "place");
        release(h, m.id, "{\"text\":\"门口垃圾堆积\",\"place\":\"" A_COMMUNITY "\",\"photos\":[1]}", 422);
        has(h, "field", "photos");
        ask(h, "diaodu1", "PUT", target_of(h, "/api/matters/%s/release", m.id), SUMMARY, "If-Match: \"r1\"\r\n", &g);
        answers(412);
}

HOUSE_TEST(what_is_never_public)
{
        struct told noise = report(h, "{\"words\":\"楼上半夜噪声扰民\",\"lat\":39.905,\"lon\":116.405}");
        struct told about = report(h, "{\"words\":\"城管办的人态度恶劣，垃圾不收\",\"lat\":39.905,\"lon\":116.405,\"about\":\"pab\"}");
        release(h, noise.id, "{\"text\":\"半夜施工噪声\",\"place\":\"" A_COMMUNITY "\"}", 422);
        has(h, "field", "subject");
        release(h, about.id, "{\"text\":\"垃圾没有清运\",\"place\":\"" A_COMMUNITY "\"}", 422);
        has(h, "field", "id");
        struct told m = report(h, HEAP);
        release(h, m.id, SUMMARY, 200);
        static const struct town_file none[] = {
                { "subjects.csv", "code,parent,name_zh,name_en,keywords,level,publicity\ngarbage,,垃圾清运,Refuse,垃圾;清运,small,none\nlight,,照明,Lighting,照明,small,summary\n"
                                  "light.lamp,light,路灯不亮,Lamp,路灯,small,summary\nlift,,电梯故障,Lift,电梯,big,summary\nnoise,,噪声,Noise,噪声,small,count\n"
                                  "river,,河道,River,河道,small,summary\ndemolish,,违法建设,Unlawful,违建,hard,none\nneighbour,,邻里纠纷,Neighbours,邻里纠纷,hard,none\n"
                                  "fire,,消防隐患,Fire,消防,big,none\nstray,,流浪动物,Stray,流浪猫,small,summary\n" },
                { 0 },
        };
        house_load(h, none); /* the town takes the subject back: at once, released or not */
        see(h, target_of(h, "/%s", m.id), 404);
        see(h, "", 200);
        has(h, "items", "[]");
}

HOUSE_TEST(me_too)
{
        struct told m = report(h, HEAP);
        const char *at = target_of(h, "/api/public/matters/%s/join", m.id), *key = "Idempotency-Key: 01957f2a-0000-7000-8000-0000000000ab\r\n";
        ask(h, NULL, "POST", at, "{}", "", &g);
        answers(404);
        release(h, m.id, SUMMARY, 200);
        ask(h, NULL, "POST", at, "{\"phone\":\"13800007777\",\"notify_by\":\"mail\"}", "", &g);
        answers(422);
        has(h, "field", "mail");
        ask(h, NULL, "POST", at, "{\"words\":\"我这边也堆了三天\",\"phone\":\"13800007777\"}", key, &g);
        answers(201);
        has(h, "joined", "true");
        char code[40], id[24];
        snprintf(code, sizeof(code), STR_FMT, STR_ARG(got_text(h, &g, "code")));
        snprintf(id, sizeof(id), STR_FMT, STR_ARG(got_text(h, &g, "id")));
        ask(h, NULL, "POST", at, "{\"words\":\"我这边也堆了三天\",\"phone\":\"13800007777\"}", key, &g); /* sent twice is done once */
        answers(201);
        has(h, "code", code);
        has(h, "id", id);
        struct told other = report(h, HEAP);
        release(h, other.id, SUMMARY, 200);
        ask(h, NULL, "POST", target_of(h, "/api/public/matters/%s/join", other.id), "{\"words\":\"我这边也堆了三天\",\"phone\":\"13800007777\"}", key, &g);
        answers(422); /* the same key for another matter is another request */
        see(h, target_of(h, "/%s", m.id), 200);
        has(h, "people", "2");
        CHECK(!got_has(&g, "堆了三天"));
        const char *mine = target_of(h, "track:%s", code);
        ask(h, mine, "GET", "/api/track", NULL, "", &g);
        answers(200);
        has(h, "state", "joined");
        has(h, "together.unit.code", "cgb");
        CHECK_STR(str_of(got_header(&g, "Cache-Control")), "no-store"); /* two codes on one phone may stand at one revision */
        ask(h, "cg1", "GET", target_of(h, "/api/matters/%s", m.id), NULL, "", &g);
        CHECK_STR(str_of(got_header(&g, "Cache-Control")), "no-store"); /* so may two people at one desk, who may do different things */
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/sign", m.id), "{}", "", &g);
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/answer", m.id), "{\"text\":\"张女士，已清运\",\"shared\":\"垃圾已清运，以后每天两次\"}", "", &g);
        answers(200);
        ask(h, mine, "GET", "/api/track", NULL, "", &g);
        has(h, "state", "answered");
        CHECK(got_has(&g, "以后每天两次"));
        ask(h, mine, "POST", "/api/track/read", "{}", "", &g);
        ask(h, mine, "POST", "/api/track/rate", "{\"solved\":\"yes\",\"satisfied\":4}", "", &g);
        answers(200);
        see(h, target_of(h, "/%s", m.id), 200);
        has(h, "joinable", "false");
        ask(h, NULL, "POST", at, "{}", "", &g);
        answers(409);
}

#define LIKE_IT "{\"words\":\"小区门口的垃圾好几天没有清运\",\"lat\":39.905,\"lon\":116.405}"

/* From inside a report: what is public is offered with what a clerk wrote; the rest stays unknown, also what waits for a public one. */
HOUSE_TEST(while_reporting_what_is_public_is_offered)
{
        struct told m = report(h, HEAP), voice = report(h, "{\"words\":\"小区门口的垃圾没有清运，我家二单元楼下\",\"lat\":39.9051,\"lon\":116.405}");
        ask(h, NULL, "POST", "/api/similar", LIKE_IT, "", &g);
        answers(200);
        has(h, "items", "[]");
        has(h, "count", "0");
        release(h, m.id, SUMMARY, 200);
        for (int i = 0; i < 12; i++) /* more than are compared with, as like it as can be, and unknown to the public */
                report(h, LIKE_IT);
        ask(h, "diaodu1", "POST", target_of(h, "/api/matters/%s/join", voice.id), target_of(h, "{\"cause\":\"%s\",\"reason\":\"同一处\"}", m.id), "", &g);
        answers(200);
        ask(h, NULL, "POST", "/api/similar", LIKE_IT, "", &g);
        has(h, "items.0.id", m.id);
        has(h, "items.0.text_en", "Rubbish at the gate, to be collected");
        has(h, "items.0.people", "2");
        has(h, "items.0.joinable", "true");
        has(h, "items.1", ""); /* two are alike, one of them stands for both */
        has(h, "count", "1");
        CHECK(!got_has(&g, voice.id) && !got_has(&g, "二单元") && !got_has(&g, "三号楼") && !got_has(&g, "nearby"));
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/sign", m.id), "{}", "", &g);
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/answer", m.id), "{\"text\":\"门口垃圾已清运\",\"shared\":\"垃圾已清运\"}", "", &g);
        answers(200);
        ask(h, NULL, "POST", "/api/similar", LIKE_IT, "", &g);
        has(h, "items", "[]"); /* it is answered: whoever still has the trouble reports it anew */
}

HOUSE_TEST(what_is_taken_back_is_not_offered)
{
        struct told m = report(h, HEAP);
        release(h, m.id, SUMMARY, 200);
        ask(h, NULL, "POST", "/api/similar", LIKE_IT, "", &g);
        has(h, "items.0.id", m.id);
        ask(h, "diaodu1", "DELETE", target_of(h, "/api/matters/%s/release", m.id), NULL, "", &g);
        answers(200);
        ask(h, NULL, "POST", "/api/similar", LIKE_IT, "", &g);
        has(h, "items", "[]");
        has(h, "count", "0");
}

/* Their own place, photo, contact and how to use it come along: the handler reads them as of any report. */
HOUSE_TEST(a_report_becomes_a_voice)
{
        struct told m = report(h, HEAP);
        release(h, m.id, SUMMARY, 200);
        const char *at = target_of(h, "/api/public/matters/%s/join", m.id), *key = "Idempotency-Key: 01957f2a-0000-7000-8000-0000000000ac\r\n";
        const char *body = target_of(h, "{\"words\":\"后门也有一堆，没有清运\",\"place\":\"" G3 "\",\"said\":\"后门边上\",\"phone\":\"13800007777\",\"safe_contact\":\"不要留言\",\"files\":[\"%s\"]}", house_photo(h, NULL));
        ask(h, NULL, "POST", at, "{\"lat\":39.905}", "", &g);
        answers(422);
        has(h, "field", "lon");
        ask(h, NULL, "POST", at, "{\"safe_contact\":\"不要留言\"}", "", &g);
        answers(422);
        has(h, "field", "phone");
        ask(h, NULL, "POST", at, "{\"files\":[\"01957f2a-0000-7000-8000-0000000000ad\"]}", "", &g);
        answers(422);
        has(h, "field", "files");
        ask(h, NULL, "POST", at, body, key, &g);
        answers(201);
        has(h, "joined", "true");
        char code[40], id[24];
        snprintf(code, sizeof(code), STR_FMT, STR_ARG(got_text(h, &g, "code")));
        snprintf(id, sizeof(id), STR_FMT, STR_ARG(got_text(h, &g, "id")));
        ask(h, NULL, "POST", at, body, key, &g); /* sent twice is one voice, though the photo's token is used up */
        answers(201);
        has(h, "id", id);
        see(h, target_of(h, "/%s", m.id), 200);
        has(h, "people", "2");
        ask(h, target_of(h, "track:%s", code), "GET", "/api/track", NULL, "", &g);
        has(h, "state", "joined");
        has(h, "grid.code", G3);
        has(h, "files.0.k", "1");
        CHECK(got_has(&g, "后门也有一堆"));
        ask(h, "diaodu1", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        answers(200);
        CHECK(got_has(&g, "后门边上"));
        ask(h, "diaodu1", "DELETE", target_of(h, "/api/matters/%s/release", m.id), NULL, "", &g);
        answers(200);
        ask(h, NULL, "POST", at, body, key, &g); /* the answer was lost, and the clerk has taken it back since: they did join */
        answers(201);
        has(h, "id", id);
        has(h, "code", code);
        ask(h, NULL, "POST", at, "{}", "Idempotency-Key: 01957f2a-0000-7000-8000-0000000000ae\r\n", &g);
        answers(404);
}

/* Whoever says that there is danger is not put in line behind a heap of rubbish. */
HOUSE_TEST(danger_goes_its_own_way)
{
        struct told m = report(h, HEAP);
        release(h, m.id, SUMMARY, 200);
        ask(h, NULL, "POST", target_of(h, "/api/public/matters/%s/join", m.id), "{\"words\":\"垃圾堆着火了，火很大\"}", "", &g);
        answers(201);
        has(h, "joined", "false");
        CHECK(got_has(&g, "119"));
        see(h, target_of(h, "/%s", m.id), 200);
        has(h, "people", "1");
}

HOUSE_TEST(photos_are_chosen_one_by_one)
{
        const char *words = target_of(h, "{\"words\":\"门口的垃圾没有清运\",\"place\":\"" G1 "\",\"files\":[\"%s\",\"%s\"]}", house_photo(h, NULL), house_photo(h, NULL));
        struct told m = report(h, words);
        release(h, m.id, "{\"text\":\"门口垃圾堆积\",\"place\":\"" G1 "\",\"photos\":[2]}", 200);
        see(h, "", 200);
        has(h, "items.0.photo", "2");
        see(h, target_of(h, "/%s", m.id), 200);
        has(h, "photos", "[2]");
        see(h, target_of(h, "/%s/photos/2", m.id), 200);
        CHECK_STR(str_of(got_header(&g, "Content-Type")), "image/jpeg");
        CHECK_STR(str_of(got_header(&g, "Cache-Control")), "private, no-cache"); /* taken back is gone: it is asked for again each time */
        see(h, target_of(h, "/%s/photos/1", m.id), 404);
        ask(h, "diaodu1", "GET", target_of(h, "/api/matters/%s/release", m.id), NULL, "", &g);
        has(h, "photos.0.released", "false");
        has(h, "photos.1.released", "true");
        has(h, "photos.1.who", "staff:diaodu1");
        ask(h, m.track, "POST", "/api/track/files/2/erase", NULL, "", &g); /* its reporter takes it back */
        answers(200);
        see(h, target_of(h, "/%s/photos/2", m.id), 404);
        see(h, target_of(h, "/%s", m.id), 200);
        has(h, "photos", "[]");
        has(h, "photo", "0");
}

HOUSE_TEST(the_list_is_filtered_and_paged)
{
        struct told one = report(h, HEAP);
        struct told two = report(h, "{\"words\":\"门口路灯不亮\",\"place\":\"" G3 "\"}");
        release(h, one.id, SUMMARY, 200);
        house_now(h, "2026-01-05T09:01:00+08:00");
        release(h, two.id, "{\"text\":\"B 社区路灯不亮\",\"place\":\"" G3 "\"}", 200);
        static const struct { const char *query; int which; } row[] = {
                { "", 3 },
                { "?subject=light", 2 },
                { "?subject=garbage", 1 },
                { "?place=" A_COMMUNITY, 1 },
                { "?place=" G3, 2 },
                { "?state=open", 3 },
                { "?state=ended", 0 },
                { "?south=39.9&west=116.40&north=39.91&east=116.41", 1 },
                { "?south=39.9&west=116.42&north=39.91&east=116.43", 2 },
                { "?south=0&west=0&north=1&east=1", 0 },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                see(h, row[i].query, 200);
                if (got_has(&g, one.id) != (row[i].which & 1) || got_has(&g, two.id) != (row[i].which >> 1))
                        fail_msg("%s: %.300s", row[i].query, g.body);
        }
        static const struct { const char *query, *field; } wrong[] = {
                { "?subject=nothing", "subject" }, { "?place=nowhere", "place" }, { "?south=1", "west" }, { "?state=perhaps", "state" },
                { "?south=2&west=0&north=1&east=1", "north" }, { "?cursor=made-up", "cursor" },
        };
        for (size_t i = 0; i < COUNT(wrong); i++) {
                ask(h, NULL, "GET", target_of(h, "/api/public/matters%s", wrong[i].query), NULL, "", &g);
                CHECK(g.status == 422 || g.status == 400);
                has(h, "field", wrong[i].field);
        }
        for (int i = 0; i < 50; i++) {
                struct told m = report(h, HEAP);
                house_now(h, "2026-01-05T09:02:00+08:00");
                release(h, m.id, SUMMARY, 200);
        }
        see(h, "", 200);
        CHECK(got_text(h, &g, "items.49.id").p);
        const char *next = str_c(&h->c.arena, got_text(h, &g, "next"));
        see(h, target_of(h, "?cursor=%s", next), 200);
        has(h, "items.0.id", two.id);
        has(h, "items.1.id", one.id);
        has(h, "next", "");
}

HOUSE_TEST(counts_hide_the_few)
{
        for (int i = 0; i < 6; i++)
                report(h, "{\"words\":\"楼上半夜噪声扰民\",\"place\":\"" G1 "\"}");
        for (int i = 0; i < 2; i++)
                report(h, "{\"words\":\"楼上半夜噪声扰民\",\"place\":\"" G3 "\"}");
        for (int i = 0; i < 3; i++)
                report(h, "{\"words\":\"邻里纠纷请调解\",\"place\":\"" G1 "\"}"); /* of which nothing is public */
        house_catch_up(h);
        ask(h, NULL, "GET", "/api/public/counts", NULL, "", &g);
        answers(200);
        has(h, "rows.0.cells", "2"); /* two alone would be found out from the six: so all stand together */
        has(h, "rows.0.reports", "8");
        has(h, "rows.0.community", "");
        ask(h, NULL, "GET", "/api/public/counts?by=subject", NULL, "", &g);
        has(h, "rows.0.subject.code", "noise");
        has(h, "rows.0.reports", "8");
        has(h, "rows.1", "");
        ask(h, NULL, "GET", "/api/public/counts?from=2026-01-06&to=2026-01-05", NULL, "", &g);
        answers(422);
        ask(h, NULL, "GET", "/api/public/counts?to=2025-12-31&from=2025-12-01", NULL, "", &g);
        has(h, "rows", "[]");
}

/* One cause, many voices over HTTP, as the reporters, the desk and the handler each see it. */
#include <stdio.h>
#include "api/inner/house_story.h"

struct voice { char id[24], track[40]; };

static struct voice report(struct open_house *h, const char *body)
{
        struct voice v;
        ask(h, NULL, "POST", "/api/matters", body, "", &g);
        answers(201);
        snprintf(v.id, sizeof(v.id), STR_FMT, STR_ARG(got_text(h, &g, "id")));
        snprintf(v.track, sizeof(v.track), "track:" STR_FMT, STR_ARG(got_text(h, &g, "code")));
        return v;
}

static void post(struct open_house *h, const char *as, const char *id, const char *action, const char *body, int status)
{
        ask(h, as, "POST", str_c(h->c.ctx.arena, str_printf(h->c.ctx.arena, "/api/matters/%s/%s", id, action)), body, "", &g);
        answers(status);
}

#define FIRST "{\"words\":\"小区门口的垃圾没有清运，就在我住的三号楼下\",\"lat\":39.905,\"lon\":116.405,\"name\":\"张三丰\",\"phone\":\"13800005678\"}"
#define SECOND "{\"words\":\"门口垃圾堆了三天\",\"lat\":39.905,\"lon\":116.405,\"name\":\"李四海\",\"phone\":\"13800006789\"}"
#define AGAIN "{\"words\":\"小区门口垃圾没有清运，三天了\",\"lat\":39.905,\"lon\":116.405}"
#define ABOUT "{\"words\":\"城管办的人态度恶劣，垃圾不收\",\"lat\":39.905,\"lon\":116.405,\"about\":\"cgb\"}"

HOUSE_TEST(two_neighbours_one_heap)
{
        struct voice first = report(h, FIRST), second = report(h, SECOND);
        const char *same = str_c(h->c.ctx.arena, str_printf(h->c.ctx.arena, "{\"cause\":\"%s\",\"reason\":\"与张三丰说的是同一处\"}", first.id));
        post(h, "cg1", second.id, "join", same, 403); /* the desk joins */
        post(h, "diaodu1", second.id, "join", "{\"cause\":\"77\",\"reason\":\"同一处\"}", 422);
        has(h, "field", "cause");
        post(h, "diaodu1", second.id, "join", same, 200);
        has(h, "state", "joined");
        ask(h, "diaodu1", "GET", target_of(h, "/api/matters/%s/voices", first.id), NULL, "", &g);
        answers(200);
        has(h, "voices", "1");
        has(h, "waiting", "1");
        has(h, "items.0.id", second.id);
        has(h, "items.0.cause", first.id);
        ask(h, "cg1", "GET", "/api/matters?unit=cgb", NULL, "", &g);
        has(h, "items.0.id", first.id); /* one thing to do */
        has(h, "items.0.voices", "1");
        has(h, "items.1", "");
        ask(h, second.track, "GET", "/api/track", NULL, "", &g);
        has(h, "state_name.zh", "已与同一原因的诉求合并办理，有结果会答复您本人");
        has(h, "together.unit.code", "cgb");
        CHECK(!got_has(&g, "三号楼"));     /* nothing of the other's words, */
        CHECK(!got_has(&g, "张三丰"));     /* name, */
        CHECK(!got_has(&g, first.id));     /* or number */
        CHECK_EQ(got_header(&g, "ETag")[0], 0); /* it changes with another matter */
        ask(h, first.track, "GET", "/api/track", NULL, "", &g);
        CHECK(!got_has(&g, "堆了三天"));
        CHECK(!got_has(&g, second.id));
        post(h, "cg1", first.id, "sign", "{}", 200);
        post(h, "cg1", first.id, "answer", "{\"text\":\"张女士，三号楼下已清运\"}", 422);
        has(h, "field", "shared");
        post(h, "cg1", first.id, "answer", "{\"text\":\"张女士，三号楼下已清运\",\"shared\":\"垃圾已清运，以后每天两次\"}", 200);
        ask(h, second.track, "GET", "/api/track", NULL, "", &g);
        has(h, "state", "answered");
        CHECK(got_has(&g, "以后每天两次"));
        CHECK(!got_has(&g, "张女士"));
        ask(h, second.track, "POST", "/api/track/read", "{}", "", &g);
        answers(200);
        ask(h, second.track, "POST", "/api/track/rate", "{\"solved\":\"yes\",\"satisfied\":4}", "", &g);
        answers(200);
        ask(h, first.track, "GET", "/api/track", NULL, "", &g);
        has(h, "rating.satisfied", "");
        ask(h, "cg1", "GET", target_of(h, "/api/matters/%s/voices", first.id), NULL, "", &g);
        has(h, "voices", "1");
        has(h, "waiting", "0");
}

HOUSE_TEST(a_voice_says_mine_is_different)
{
        struct voice first = report(h, FIRST), second = report(h, SECOND);
        const char *same = str_c(h->c.ctx.arena, str_printf(h->c.ctx.arena, "{\"cause\":\"%s\",\"reason\":\"同一处\"}", first.id));
        post(h, "diaodu1", second.id, "join", same, 200);
        ask(h, second.track, "POST", "/api/track/split", "{\"reason\":\"我说的是后门\"}", "", &g);
        answers(200);
        has(h, "state", "placing");
        has(h, "unit.code", "desk");
        ask(h, "diaodu1", "GET", target_of(h, "/api/matters/%s/voices", first.id), NULL, "", &g);
        has(h, "voices", "0");
}

/* What the desk and the next resident are offered, and what they are not. */
HOUSE_TEST(reported_already)
{
        struct voice first = report(h, FIRST), second = report(h, AGAIN), complaint = report(h, ABOUT);
        ask(h, "diaodu1", "GET", target_of(h, "/api/matters/%s/similar", second.id), NULL, "", &g);
        answers(200);
        has(h, "items.0.id", first.id);
        has(h, "items.0.metres", "0");
        has(h, "items.1", ""); /* the complaint is not among them */
        ask(h, "diaodu1", "GET", target_of(h, "/api/matters/%s/similar", complaint.id), NULL, "", &g);
        has(h, "items", "[]");
#define HEAP_HERE "{\"words\":\"小区门口的垃圾好几天没有清运\",\"lat\":39.905,\"lon\":116.405}"
        ask(h, NULL, "POST", "/api/similar", HEAP_HERE, "", &g);
        answers(200);
        has(h, "count", "0"); /* nothing of it is public: a resident learns nothing */
        has(h, "items", "[]");
        has(h, "nearby", "");
        ask(h, "diaodu1", "POST", "/api/similar", HEAP_HERE, "", &g);
        has(h, "count", "2"); /* whoever takes in reports is told */
        has(h, "items", "[]");
        has(h, "nearby.0.subject.code", "garbage");
        has(h, "nearby.0.since", "2026-01-05");
        has(h, "nearby.0.people", "1");
        CHECK(!got_has(&g, "三号楼") && !got_has(&g, first.id) && !got_has(&g, second.id)); /* nobody's words or number */
        ask(h, "diaodu1", "POST", "/api/similar", "{\"words\":\"小区门口的垃圾好几天没有清运\",\"lat\":39.9085,\"lon\":116.405}", "", &g);
        has(h, "count", "0"); /* 400 m away is another heap */
        ask(h, "diaodu1", "POST", "/api/similar", "{\"words\":\"城管办的人态度恶劣，垃圾不收\",\"lat\":39.905,\"lon\":116.405,\"about\":\"cgb\"}", "", &g);
        has(h, "count", "0");
        report(h, "{\"words\":\"楼上半夜噪声扰民\",\"lat\":39.905,\"lon\":116.405}");
        ask(h, "diaodu1", "POST", "/api/similar", "{\"words\":\"楼上每天半夜噪声扰民\",\"lat\":39.905,\"lon\":116.405}", "", &g);
        has(h, "count", "1"); /* of noise only the number is public */
        has(h, "nearby", "[]");
        ask(h, NULL, "POST", "/api/similar", "{\"words\":\"楼上每天半夜噪声扰民\",\"lat\":39.905,\"lon\":116.405}", "", &g);
        has(h, "count", "0"); /* and a number of one would point at a neighbour */
}

/* Who is complained about sees neither that matter nor that it was joined to anything. */
HOUSE_TEST(a_complaint_stays_apart)
{
        struct voice first = report(h, FIRST), complaint = report(h, ABOUT);
        const char *same = str_c(h->c.ctx.arena, str_printf(h->c.ctx.arena, "{\"cause\":\"%s\",\"reason\":\"同一处\"}", first.id));
        post(h, "diaodu1", complaint.id, "join", same, 422);
        has(h, "field", "cause");
        post(h, "cg1", complaint.id, "join", same, 404);
        ask(h, "cg1", "GET", target_of(h, "/api/matters/%s/voices", complaint.id), NULL, "", &g);
        answers(404);
}

/* An outage is announced; the next resident is told at once, another says that theirs is different. */
HOUSE_TEST(a_known_cause_answers_at_intake)
{
        char cause[24];
        static const char lamp[] = "{\"words\":\"门口路灯不亮\",\"lat\":39.905,\"lon\":116.405,\"name\":\"李四海\",\"phone\":\"13800006789\"}";
        ask(h, "cg1", "POST", "/api/causes", "{\"text\":\"路灯线路检修\",\"subject\":\"light\",\"places\":[\"" A_COMMUNITY "\"],\"until\":\"2026-01-05T18:00:00+08:00\"}", "", &g);
        answers(403);
        ask(h, "diaodu1", "POST", "/api/causes", "{\"text\":\"路灯线路检修\",\"subject\":\"light\",\"places\":[\"" A_COMMUNITY "\"],\"until\":\"2026-01-05T08:00:00+08:00\"}", "", &g);
        answers(422);
        has(h, "field", "until");
        ask(h, "diaodu1", "POST", "/api/causes", "{\"text\":\"路灯线路检修，预计今日18:00恢复\",\"subject\":\"light\",\"places\":[\"" A_COMMUNITY "\"],\"until\":\"2026-01-05T18:00:00+08:00\"}", "", &g);
        answers(201);
        snprintf(cause, sizeof(cause), STR_FMT, STR_ARG(got_text(h, &g, "id")));
        ask(h, NULL, "GET", "/api/causes", NULL, "", &g);
        has(h, "items.0.text", "路灯线路检修，预计今日18:00恢复");
        has(h, "items.0.places.0.code", A_COMMUNITY);
        ask(h, NULL, "POST", "/api/preview", "{\"words\":\"门口路灯不亮\",\"lat\":39.905,\"lon\":116.405}", "", &g);
        has(h, "known.id", cause);
        struct voice told = report(h, lamp);
        has(h, "state", "joined");
        has(h, "answered_by.known.text", "路灯线路检修，预计今日18:00恢复");
        report(h, "{\"words\":\"门口路灯不亮\",\"lat\":39.905,\"lon\":116.405,\"different\":true}");
        has(h, "state", "dispatched");
        ask(h, "diaodu1", "POST", target_of(h, "/api/causes/%s/until", cause), "{\"until\":\"2026-01-05T20:00:00+08:00\"}", "", &g);
        answers(422);
        has(h, "field", "reason"); /* no change of date without a why */
        ask(h, "diaodu1", "POST", target_of(h, "/api/causes/%s/until", cause), "{\"until\":\"2026-01-05T20:00:00+08:00\",\"reason\":\"配件未到\"}", "", &g);
        answers(200);
        ask(h, told.track, "GET", "/api/track", NULL, "", &g);
        has(h, "together.known.until", "2026-01-05T20:00:00+08:00");
        has(h, "together.known.why", "配件未到");
        post(h, "cg1", cause, "sign", "{}", 200);
        post(h, "cg1", cause, "answer", "{\"text\":\"线路已修复，照明恢复\"}", 200);
        ask(h, told.track, "GET", "/api/track", NULL, "", &g);
        has(h, "state", "answered");
        CHECK(got_has(&g, "照明恢复"));
        ask(h, NULL, "GET", "/api/causes", NULL, "", &g);
        has(h, "items", "[]");
        report(h, lamp);
        has(h, "state", "dispatched");
}

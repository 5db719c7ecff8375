/* Other units are called in, as the lead, the unit called in, the desk and the reporter each see it over HTTP. */
#include "api/inner/house_story.h"

static char id[24], track[40];

static void act(struct open_house *h, const char *who, const char *action, const char *form, const char *headers)
{
        ask(h, who, "POST", target_of(h, "/api/matters/%s/%s", id, action), form, headers, &g);
}

static void see(struct open_house *h, const char *who)
{
        ask(h, who, "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
}

/* One in hand at the urban management unit, with a contact. */
static void in_hand(struct open_house *h)
{
        ask(h, NULL, "POST", "/api/matters",
            "{\"words\":\"小区门口的垃圾没有清运\",\"lat\":39.905,\"lon\":116.405,\"name\":\"张三丰\",\"phone\":\"13800005678\"}", "", &g);
        answers(201);
        snprintf(id, sizeof(id), STR_FMT, STR_ARG(got_text(h, &g, "id")));
        snprintf(track, sizeof(track), "track:" STR_FMT, STR_ARG(got_text(h, &g, "code")));
        act(h, "cg1", "sign", "{}", "");
        answers(200);
}

#define CALL(unit) "{\"unit\":\"" unit "\",\"work\":\"请清理绿化带内的垃圾\",\"reason\":\"涉及物业管理区域\"}"

HOUSE_TEST(a_unit_is_called_in_over_http)
{
        in_hand(h);
        see(h, "cg1");
        has(h, "call_whom.0.code", "wuye"); /* whom the duty row names to assist */
        has(h, "call_whom.1.code", "pab");
        see(h, "ld1");
        answers(404); /* the lamp company has no part in it */
        act(h, "cg1", "call_in", CALL("lamp"), "");
        answers(200);
        see(h, "ld1");
        answers(200);
        has(h, "reporter", ""); /* it never learns who reported it */
        CHECK(!got_has(&g, "138****5678") && !got_has(&g, "张**"));
        has(h, "may", "[]"); /* its own task and nothing else */
        has(h, "tasks.0.may.0.action", "report_in");
        has(h, "tasks.0.may.1.action", "task_answer");
        CHECK_EQ(got_text(h, &g, "tasks.0.may.2").n, 0);
        CHECK(got_has(&g, "请清理绿化带内的垃圾"));
        ask(h, "ld1", "POST", target_of(h, "/api/matters/%s/contact-details", id), "{\"purpose\":\"电话核实情况\"}", "", &g);
        answers(404);
        ask(h, "ld1", "GET", "/api/tasks?unit=lamp", NULL, "", &g);
        answers(200);
        has(h, "items.0.matter", id);
        has(h, "items.0.state_name.zh", "待报到");
        has(h, "items.0.asked_words.work", "请清理绿化带内的垃圾");
        has(h, "items.0.report_due", "2026-01-06T09:00:00+08:00");
        ask(h, "wg3", "GET", "/api/tasks", NULL, "", &g);
        has(h, "items", "[]"); /* the worker of another grid does not see it */
        act(h, "cg1", "answer", "{\"text\":\"已经处理完毕了\"}", "");
        answers(422);
        has(h, "field", "tasks_open");
        act(h, "ld1", "report_in", "{\"task\":1,\"text\":\"下午到场\"}", "");
        answers(200);
        ask(h, track, "GET", "/api/track", NULL, "", &g);
        has(h, "helping.0.unit.name.zh", "测试路灯公司");
        has(h, "helping.0.state_name.zh", "正在协助");
        CHECK(!got_has(&g, "请清理绿化带内的垃圾") && !got_has(&g, "下午到场") && !got_has(&g, "ld1"));
        act(h, "ld1", "task_answer", "{\"task\":1,\"text\":\"已派人清理干净\"}", "");
        answers(200);
        see(h, "cg1");
        has(h, "tasks.0.state", "answered");
        has(h, "tasks.0.may.0.action", "rate_help");
        act(h, "cg1", "rate_help", "{\"task\":1,\"cooperation\":4}", "");
        answers(200);
        act(h, "cg1", "answer", "{\"text\":\"已会同路灯公司处理\"}", "");
        answers(200);
        has(h, "state", "answered");
        ask(h, "ld1", "GET", "/api/tasks?unit=lamp", NULL, "", &g);
        has(h, "items", "[]");
}

/* Two people act on what both have seen: the second is told that it has changed, and nothing is lost. */
HOUSE_TEST(two_act_at_once_on_one_matter)
{
        char etag[64];
        in_hand(h);
        see(h, "cg1");
        snprintf(etag, sizeof(etag), "If-Match: %s\r\n", got_header(&g, "ETag"));
        act(h, "cg1", "call_in", CALL("pab"), etag);
        answers(200);
        act(h, "diaodu1", "call_in", CALL("wuye"), etag);
        answers(412);
        has(h, "field", "If-Match");
        see(h, "diaodu1");
        has(h, "tasks.0.unit.code", "pab");
        CHECK_EQ(got_text(h, &g, "tasks.1").n, 0);
        snprintf(etag, sizeof(etag), "If-Match: %s\r\n", got_header(&g, "ETag"));
        act(h, "diaodu1", "call_in", CALL("wuye"), etag);
        answers(200);
        act(h, "pa1", "report_in", "{\"task\":1}", etag);
        answers(412); /* what it saw had one task */
        act(h, "pa1", "report_in", "{\"task\":1}", "");
        answers(200);
        act(h, "wy1", "report_in", "{\"task\":2}", "");
        answers(200);
        see(h, "diaodu1");
        has(h, "tasks.0.state", "reported");
        has(h, "tasks.1.state", "reported");
}

HOUSE_TEST(the_lead_goes_on_without_a_unit_and_says_why)
{
        in_hand(h);
        act(h, "cg1", "call_in", CALL("qsw"), "");
        answers(200);
        see(h, "cg1");
        has(h, "tasks.0.reach", "letter");
        has(h, "tasks.0.may.0.action", "report_in"); /* the lead enters what comes by letter */
        ask(h, "cg1", "GET", target_of(h, "/api/matters/%s/letter?task=1", id), NULL, "Accept-Language: zh\r\n", &g);
        answers(200);
        CHECK(got_has(&g, "致：区水务局") && got_has(&g, "城管办正在办理") && got_has(&g, "请贵单位：请清理绿化带内的垃圾\n理由：涉及物业管理区域"));
        CHECK(got_has(&g, "请于 2026-01-06 09:00 前报到") && got_has(&g, "于 2026-01-08 当日内答复"));
        CHECK(!got_has(&g, "张") && !got_has(&g, "1380000")); /* nothing of who reported it */
        ask(h, "cg1", "GET", target_of(h, "/api/matters/%s/letter?task=1", id), NULL, "Accept-Language: en\r\n", &g);
        CHECK(got_has(&g, "To: 区水务局") && got_has(&g, "by the end of 2026-01-08."));
        ask(h, "cg1", "GET", target_of(h, "/api/matters/%s/letter?task=2", id), NULL, "", &g);
        answers(422);
        ask(h, "ld1", "GET", target_of(h, "/api/matters/%s/letter?task=1", id), NULL, "", &g);
        answers(404);
        act(h, "cg1", "override", "{\"task\":1}", "");
        answers(422);
        has(h, "field", "reason");
        act(h, "cg1", "override", "{\"task\":1,\"reason\":\"回函要等到下月，先行处理\"}", "");
        answers(200);
        act(h, "cg1", "answer", "{\"text\":\"已经先行处理完毕\"}", "");
        answers(200);
        see(h, "cg1");
        CHECK(got_has(&g, "回函要等到下月，先行处理"));
        ask(h, track, "GET", "/api/track", NULL, "", &g);
        has(h, "helping.0.state_name.en", "The unit in charge goes on");
        CHECK(!got_has(&g, "回函要等到下月"));
}

HOUSE_TEST(a_committee_is_asked_for_what_is_on_its_list)
{
        in_hand(h);
        act(h, "cg1", "call_in", CALL("jw1"), "");
        answers(200); /* software advises and never refuses */
        see(h, "cg1");
        CHECK(got_text(h, &g, "tasks.0.advice.zh").n > 0 && got_text(h, &g, "tasks.0.advice.en").n > 0);
        act(h, "cg1", "call_in", CALL("lamp"), "");
        see(h, "cg1");
        CHECK_EQ(got_text(h, &g, "tasks.1.advice.zh").n, 0);
}

HOUSE_TEST(cooperation_is_counted_by_unit)
{
        in_hand(h);
        act(h, "cg1", "call_in", CALL("lamp"), "");
        act(h, "cg1", "call_in", CALL("wuye"), "");
        act(h, "cg1", "call_in", CALL("pab"), "");
        act(h, "cg1", "call_off", "{\"task\":3,\"reason\":\"已经不再需要\"}", "");
        answers(200);
        house_now(h, "2026-01-05T10:00:00+08:00");
        act(h, "ld1", "report_in", "{\"task\":1}", "");
        act(h, "ld1", "task_answer", "{\"task\":1,\"text\":\"已派人清理干净\"}", "");
        act(h, "cg1", "rate_help", "{\"task\":1,\"cooperation\":4}", "");
        act(h, "ld1", "rate_call", "{\"task\":1,\"cooperation\":2}", "");
        answers(200);
        house_now(h, "2026-01-20T10:00:00+08:00"); /* the other one let both its deadlines pass */
        ask(h, "diaodu1", "GET", "/api/cooperation?from=2026-01-01", NULL, "", &g);
        answers(200);
        has(h, "rows.0.key", ""); /* a handful of people each: only together */
        has(h, "rows.0.cells", "3");
        has(h, "rows.0.asked", "2");
        has(h, "rows.0.called_off", "1");
        has(h, "rows.0.open", "1");
        has(h, "rows.0.report_in.in_time", "1");
        has(h, "rows.0.report_in.late", "1");
        has(h, "rows.0.answer.in_time", "1");
        has(h, "rows.0.answer.late", "1");
        has(h, "rows.0.cooperation.mean", "4.0");
        has(h, "rows.1", "");
        ask(h, "duban1", "GET", "/api/cooperation?from=2026-01-01", NULL, "", &g); /* supervises the office, not the firms */
        answers(200);
        has(h, "rows.0.unit.code", "pab");
        has(h, "rows.0.asked", "0");
        has(h, "rows.0.called_off", "1");
        has(h, "rows.0.report_in.late", "0");
        has(h, "rows.1.cells", "2");
        has(h, "rows.1.withheld", "true"); /* three people stand behind both */
        has(h, "rows.1.asked", "");
        ask(h, "duban1", "GET", "/api/cooperation?from=2026-01-01&by=lead", NULL, "", &g);
        has(h, "rows.0.key", "cgb");
        has(h, "rows.0.asked", "2");
        ask(h, "diaodu1", "GET", "/api/cooperation?from=2026-01-01&by=lead", NULL, "", &g);
        has(h, "rows.0.withheld", "true");
        ask(h, "jw1", "GET", "/api/cooperation?from=2026-01-01", NULL, "", &g);
        answers(200);
        has(h, "rows.0.asked", "2");
        has(h, "rows.0.cooperation", ""); /* a community secretary reads figures, not how a handful of people was rated */
        ask(h, "cg1", "GET", "/api/cooperation", NULL, "", &g);
        answers(403);
        ask(h, "diaodu1", "GET", "/api/cooperation?from=2026-01-21&to=2026-01-20", NULL, "", &g);
        answers(422);
        has(h, "field", "to");
}

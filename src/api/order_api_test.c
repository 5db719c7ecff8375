/* Orders from upstream over HTTP, as the hotline's system, the desk and the handler each see them. */
#include <stdio.h>
#include "api/inner/house_story.h"

static const char upstreams_yaml[] =
        "systems:\n"
        "  \"12345\":\n"
        "    name: {zh: 测试热线, en: Test hotline}\n"
        "    margin: {limit: 4, unit: hour, source: 测试规程, review: 2027-06-30}\n"
        "    return: {limit: 4, unit: workhour, source: 测试规程, review: 2027-06-30}\n"
        "    columns: {number: 工单编号, received: 派单时间, due: 处理时限, words: 诉求内容, place: 诉求地点, name: 诉求人, phone: 联系电话}\n"
        "    reply:\n"
        "      fields:\n"
        "        - {code: number, label: {zh: 编号, en: Number}, from: number, required: yes}\n"
        "        - {code: unit, label: {zh: 单位, en: Unit}, from: unit, required: yes}\n"
        "        - {code: told, label: {zh: 告知时间, en: Told}, from: told, required: yes}\n"
        "        - {code: result, label: {zh: 办理情况, en: What was done}, from: answer, required: yes, max: 60}\n"
        "      template: \"{number}（{unit}）{told}：{result}\"\n";
static const struct town_file with_upstream[] = { { "upstreams.yaml", upstreams_yaml }, { 0 } };

#define ORDER                                                                                                                              \
        "{\"system\":\"12345\",\"number\":\"京12345-7\",\"received\":\"2026-01-05 08:30\",\"due\":\"2026-01-07 18:00\","                     \
        "\"words\":\"小区门口的垃圾没有清运\",\"place\":\"第一网格\",\"name\":\"测试人\",\"phone\":\"13800001234\"}"
#define PASTED                                                                                                                             \
        "{\"system\":\"12345\",\"text\":\"工单编号：京12345-7\\n派单时间：2026-01-05 08:30 处理时限：2026-01-07 18:00\\n诉求内容：小区门口的垃圾没有" \
        "清运\\n诉求地点：第一网格\\n诉求人：测试人 联系电话：13800001234\"}"
#define AT "/api/orders/12345/%E4%BA%AC12345-7"

static void step(struct open_house *h, const char *who, const char *id, const char *action, const char *body, const char *state)
{
        ask(h, who, "POST", target_of(h, "/api/matters/%s/%s", id, action), body, "", &g);
        answers(200);
        has(h, "state", state);
}

/* Taken in once, however often and by whichever way it comes. Its matter. */
static const char *comes_in(struct open_house *h)
{
        ask(h, NULL, "POST", "/api/orders", ORDER, "", &g);
        answers(401);
        ask(h, "cg1", "POST", "/api/orders", ORDER, "", &g); /* a handler opens nothing for others */
        answers(403);
        ask(h, "ck1", "POST", "/api/orders", ORDER, "", &g);
        answers(201);
        has(h, "outcome", "opened");
        has(h, "state", "dispatched");
        has(h, "our_due", "2026-01-07T14:00:00+08:00");
        has(h, "due", "2026-01-07T14:00:00+08:00");
        const char *id = target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "id")));
        ask(h, "ck1", "POST", "/api/orders", PASTED, "", &g); /* by hand what came by the other way: one matter */
        answers(200);
        has(h, "outcome", "same");
        has(h, "id", id);
        CHECK_EQ(rows_of(h, "matter_case"), 1);
        CHECK_EQ(rows_of(h, "matter_order"), 1);
        CHECK_EQ(rows_of(h, "people_vault"), 1);
        ask(h, "ck1", "POST", "/api/orders", "{\"system\":\"12345\",\"text\":\"编号\",\"number\":\"7\"}", "", &g);
        answers(422);
        has(h, "field", "number");
        ask(h, "ck1", "POST", "/api/orders", "{\"system\":\"12345\",\"number\":\"8\",\"words\":\"很吵\",\"due\":\"下周\"}", "", &g);
        answers(422);
        has(h, "field", "due");
        ask(h, "ck1", "POST", "/api/orders", "{\"system\":\"none\",\"number\":\"8\",\"words\":\"很吵\"}", "", &g);
        answers(422);
        has(h, "field", "system");
        CHECK_EQ(rows_of(h, "matter_case"), 1);
        return id;
}

static void is_seen_by_its_own(struct open_house *h, const char *id)
{
        ask(h, "ld1", "GET", AT, NULL, "", &g); /* another unit's matter */
        answers(404);
        ask(h, "cg1", "GET", AT, NULL, "", &g);
        answers(200);
        has(h, "id", id);
        has(h, "order_state", "received");
        ask(h, "ld1", "GET", "/api/orders", NULL, "", &g);
        answers(200);
        has(h, "items", "[]");
        ask(h, "diaodu1", "GET", "/api/orders?limit=1", NULL, "", &g);
        has(h, "items.0.number", "京12345-7");
        ask(h, "diaodu1", "GET", target_of(h, "/api/orders?limit=1&cursor=" STR_FMT, STR_ARG(got_text(h, &g, "next"))), NULL, "", &g);
        answers(200);
        has(h, "items", "[]");
}

static void is_dealt_with(struct open_house *h, const char *id)
{
        house_now(h, "2026-01-06T10:00:00+08:00");
        step(h, "cg1", id, "sign", "{}", "received");
        ask(h, "diaodu1", "GET", AT "/reply", NULL, "", &g); /* too early: what is missing is named */
        answers(200);
        has(h, "ready", "false");
        has(h, "fields.2.fault", "missing");
        has(h, "fields.3.fault", "missing");
        step(h, "cg1", id, "answer", "{\"text\":\"已清运。有事请找 13800005678，身份证 11010119900101001X 已核对\"}", "answered");
        step(h, "diaodu1", id, "tell", "{\"channel\":\"phone\",\"time\":\"2026-01-06T09:50:00+08:00\",\"outcome\":\"reached\"}", "reporting");
        ask(h, "cg1", "GET", AT "/reply", NULL, "", &g);
        answers(403);
        ask(h, "diaodu1", "GET", AT "/reply", NULL, "", &g);
        answers(200);
        has(h, "ready", "true");
        has(h, "text", "京12345-7（城管办）2026-01-06 09:50：已清运。有事请找 138****5678，身份证 ****************** 已核对");
        CHECK(strstr(g.body, "13800001234") == NULL && strstr(g.body, "测试人") == NULL);
        ask(h, "diaodu1", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        has(h, "order.number", "京12345-7");
}

static void goes_back_out(struct open_house *h, const char *id)
{
        step(h, "diaodu1", id, "finish_up", "{\"channel\":\"platform\",\"time\":\"2026-01-06T09:58:00+08:00\"}", "closed");
        ask(h, "diaodu1", "GET", "/api/orders", NULL, "", &g);
        has(h, "items", "[]");
        ask(h, "diaodu1", "GET", "/api/orders?done=true", NULL, "", &g);
        has(h, "items.0.order_state", "answered");
        ask(h, "diaodu1", "GET", "/api/upstream", NULL, "", &g);
        answers(200);
        has(h, "rows.0.orders", "1");
        has(h, "rows.0.in_time", "1");
        has(h, "rows.0.in_time_rate", "1.0000");
        has(h, "rows.0.open", "0");
        has(h, "rows.0.name.en", "Test hotline");
}

HOUSE_TEST_IN(an_order_comes_in_is_dealt_with_and_goes_back_out, with_upstream)
{
        const char *id = comes_in(h);
        is_seen_by_its_own(h, id);
        is_dealt_with(h, id);
        goes_back_out(h, id);
}

HOUSE_TEST_IN(two_at_the_desk_answer_one_order_and_one_has_to_look_again, with_upstream)
{
        ask(h, "ck1", "POST", "/api/orders", ORDER, "", &g);
        answers(201);
        const char *id = target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "id")));
        ask(h, "diaodu1", "POST", target_of(h, "/api/matters/%s/return_up", id), "{\"reason\":\"该路段由区里管养\",\"elsewhere\":\"区城管委\",\"until\":\"2026-01-09T09:00:00+08:00\"}",
            "If-Match: \"r1\"\r\n", &g);
        answers(200);
        has(h, "state", "returned_up");
        ask(h, "duban1", "POST", target_of(h, "/api/matters/%s/return_up", id), "{\"reason\":\"该路段由区里管养\",\"elsewhere\":\"区城管委\",\"until\":\"2026-01-09T09:00:00+08:00\"}",
            "If-Match: \"r1\"\r\n", &g);
        answers(412);
        ask(h, "duban1", "GET", "/api/upstream", NULL, "", &g);
        has(h, "rows.0.returned", "1");
        has(h, "rows.0.open", "1"); /* still ours */
        ask(h, "duban1", "GET", AT "/reply", NULL, "", &g);
        has(h, "fields.3.value", "申请退回：该路段由区里管养；建议承办单位：区城管委");
}

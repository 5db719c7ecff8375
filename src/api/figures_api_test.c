/* Behind the figures over HTTP: every number leads to the matters it was counted from. */
#include "api/inner/house_story.h"

static void report(struct open_house *h, const char *words, char id[24])
{
        ask(h, NULL, "POST", "/api/matters", str_c(&h->c.arena, str_printf(&h->c.arena, "{\"words\":\"%s\",\"lat\":39.905,\"lon\":116.405,\"name\":\"张三丰\",\"phone\":\"13800005678\"}", words)), "", &g);
        answers(201);
        snprintf(id, 24, STR_FMT, STR_ARG(got_text(h, &g, "id")));
}

static void behind(struct open_house *h, const char *who, const char *query, const char *count, const char *first)
{
        ask(h, who, "GET", target_of(h, "/api/figures/cases?from=2026-01-01&to=2026-01-31&%s", query), NULL, "", &g);
        answers(200);
        has(h, "count", count);
        if (first)
                has(h, "items.0.id", first);
}

HOUSE_TEST(every_figure_leads_to_its_matters)
{
        char late[24], back[24], lift[24];
        report(h, "小区门口的垃圾没有清运", late);
        report(h, "小区门口的垃圾没有清运", back);
        report(h, "电梯坏了", lift);
        house_now(h, "2026-01-05T10:00:00+08:00");
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/return", back), "{\"unit\":\"pab\",\"reason\":\"不是我们的职责\"}", "", &g);
        answers(200);
        house_now(h, "2026-01-20T10:00:00+08:00");
        house_catch_up(h);
        ask(h, "daiban1", "GET", "/api/rates?from=2026-01-01&to=2026-01-31", NULL, "", &g);
        has(h, "rows.0.matters", "3");
        has(h, "rows.0.honest.on_time.denominator", "3");
        has(h, "rows.0.honest.on_time.low", "0.0000");
        has(h, "rank_min", "30");
        behind(h, "daiban1", "table=rates&figure=matters", "3", lift);
        behind(h, "daiban1", "table=rates&figure=honest.on_time.missed", "3", lift);
        behind(h, "daiban1", "table=rates&figure=honest.on_time.numerator", "0", NULL);
        behind(h, "daiban1", "table=rates&by=subject&key=lift&figure=matters", "1", lift);
        behind(h, "daiban1", "table=returns&figure=returned", "1", back);
        behind(h, "daiban1", "table=returns&figure=upheld", "0", NULL);
        behind(h, "daiban1", "table=flow&figure=not_contacted", "3", lift);
        behind(h, "daiban1", "table=sources&key=web&figure=open", "3", lift);
        behind(h, "daiban1", "table=cooperation&figure=asked", "0", NULL);
        ask(h, "daiban1", "GET", "/api/figures/cases?table=rates&figure=matters&from=2026-01-01&to=2026-01-31&limit=2", NULL, "", &g);
        has(h, "items.1.id", back);
        ask(h, "daiban1", "GET", target_of(h, "/api/figures/cases?table=rates&figure=matters&from=2026-01-01&to=2026-01-31&limit=2&cursor=%s", str_c(&h->c.arena, str_dup(&h->c.arena, got_text(h, &g, "next")))), NULL, "", &g);
        has(h, "items.0.id", late);
        has(h, "next", "");
        ask(h, "daiban1", "GET", "/api/figures/cases?table=rates&figure=nothing", NULL, "", &g);
        answers(422);
        has(h, "field", "figure");
        ask(h, "daiban1", "GET", "/api/figures/cases?table=returns&by=grid&figure=returned", NULL, "", &g);
        answers(422);
        has(h, "field", "by");
}

/* A unit of a few people is joined to others in the figures, and its key opens nothing either. */
HOUSE_TEST(a_joined_row_is_not_opened_by_its_key)
{
        char id[24];
        report(h, "小区门口的垃圾没有清运", id);
        house_now(h, "2026-01-20T10:00:00+08:00");
        house_catch_up(h);
        ask(h, "diaodu1", "GET", "/api/figures/cases?from=2026-01-01&to=2026-01-31&table=rates&by=unit&key=cgb&figure=matters", NULL, "", &g);
        answers(422);
        has(h, "field", "key");
        ask(h, "daiban1", "GET", "/api/figures/cases?from=2026-01-01&to=2026-01-31&table=rates&by=unit&key=cgb&figure=matters", NULL, "", &g);
        answers(200); /* their supervisor */
        has(h, "items.0.id", id);
}

HOUSE_TEST(time_place_and_tables_to_take_away)
{
        char id[24];
        for (int i = 0; i < 6; i++)
                report(h, "小区门口的垃圾没有清运", id);
        house_now(h, "2026-01-20T10:00:00+08:00");
        report(h, "电梯坏了", id);
        house_catch_up(h);
        ask(h, "daiban1", "GET", "/api/figures/trend?from=2026-01-01&to=2026-02-10&step=week", NULL, "", &g);
        answers(200);
        has(h, "rows.0.from", "2026-01-01");
        has(h, "rows.0.to", "2026-01-04"); /* a Sunday */
        has(h, "rows.1.opened", "6");
        has(h, "rows.1.due", "6");
        has(h, "rows.1.late", "6");
        has(h, "rows.3.opened", "1");
        ask(h, "daiban1", "GET", "/api/figures/heat?from=2026-01-01&to=2026-01-31", NULL, "", &g);
        answers(200);
        has(h, "rows.0.grid.code", G1);
        has(h, "rows.0.hours.0.hour", "9");
        has(h, "rows.0.hours.0.n", "6");
        has(h, "rows.0.hours.1.few", "true"); /* one at ten o'clock is nobody's business */
        has(h, "rows.0.hours.1.n", "0");
        ask(h, "daiban1", "GET", "/api/figures/export?table=trend&format=csv&from=2026-01-05&to=2026-01-06", NULL, "Accept-Language: en\r\n", &g);
        answers(200);
        CHECK(got_has(&g, "\xEF\xBB\xBF\"From\",\"To\",\"Opened\""));
        CHECK(got_has(&g, "\"2026-01-05\",\"2026-01-05\",\"6\""));
        ask(h, "daiban1", "GET", "/api/figures/export?table=sources&format=csv-gb18030&from=2026-01-05&to=2026-01-06", NULL, "", &g);
        answers(200);
        CHECK(got_has(&g, "\xC0\xB4\xD4\xB4")); /* 来源 */
        ask(h, "daiban1", "GET", "/api/figures/export?table=rates&by=unit&format=xlsx&from=2026-01-05&to=2026-01-20", NULL, "", &g);
        answers(200);
        CHECK(g.n > 1000 && g.body[0] == 'P' && g.body[1] == 'K');
        ask(h, "daiban1", "GET", "/api/figures/export?table=heat&by=grid&format=csv", NULL, "", &g);
        answers(422);
        has(h, "field", "by");
}

#define TOLD "\"channel\":\"phone\",\"time\":\"2026-01-05T09:00:00+08:00\",\"outcome\":\"reached\""

struct reported {
        char id[24], track[48];
};

static void reported(struct open_house *h, struct reported *ret)
{
        report(h, "小区门口的垃圾没有清运", ret->id);
        snprintf(ret->track, sizeof(ret->track), "track:" STR_FMT, STR_ARG(got_text(h, &g, "code")));
}

static void step(struct open_house *h, const char *id, const char *action, const char *body)
{
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/%s", id, action), body, "", &g);
        answers(200);
}

static void tells(struct open_house *h, const struct reported *r, const char *action, const char *body)
{
        ask(h, r->track, "POST", target_of(h, "/api/track/%s", action), body, "", &g);
        answers(200);
}

static void forms_are(struct open_house *h)
{
        house_catch_up(h);
        ask(h, "daiban1", "GET", "/api/figures/forms?from=2026-01-01&to=2026-01-31", NULL, "", &g);
        answers(200);
        CHECK(!got_has(&g, "cg1")); /* nobody who filled in */
        CHECK(!got_has(&g, "staff"));
}

static void nothing_is_said(struct open_house *h)
{
        forms_are(h);
        has(h, "counted", "0");
        has(h, "rows.0.withheld", "true");
        CHECK(!got_has(&g, "times"));
}

/* What a form asks is counted by form and field; what fewer than five people filled in never stands alone, however often they did. */
HOUSE_TEST(forms_tell_what_is_typed_and_of_nobody)
{
        struct reported r[6];
        for (int i = 0; i < 6; i++) {
                reported(h, &r[i]);
                step(h, r[i].id, "sign", "{}"); /* asks for nothing: no form */
        }
        house_now(h, "2026-01-05T10:00:00+08:00");
        for (int i = 0; i < 5; i++)
                tells(h, &r[i], "note", "{\"text\":\"今天还没有清运\"}");
        forms_are(h); /* five may stand */
        has(h, "few_below", "5");
        has(h, "counted", "5");
        has(h, "whole", "true");
        has(h, "rows.0.key", "request.note");
        has(h, "rows.0.times", "5");
        has(h, "rows.0.typed_each", "1.00");
        has(h, "rows.0.fields.0.filled", "5");
        has(h, "rows.0.fields.1.filled", "0"); /* files: nobody */
        for (int i = 0; i < 6; i++)
                step(h, r[i].id, "contact", i < 2 ? "{" TOLD ",\"text\":\"说好了明天去看\"}" : "{" TOLD "}");
        forms_are(h);
        CHECK(!got_has(&g, "request.contact")); /* six times, and all by one */
        CHECK(!got_has(&g, "request.note"));    /* the only other one: the sum would tell the six */
        has(h, "rows.0.cells", "2");
        has(h, "rows.0.withheld", "false");
        has(h, "rows.0.times", "11");
        has(h, "rows.0.filled", "25"); /* of a contact three each, and two texts; five notes */
        has(h, "rows.0.typed", "7");
        for (int i = 0; i < 6; i++)
                tells(h, &r[i], "withdraw", i < 2 ? "{\"reason\":\"已经有人清运\"}" : "{}");
        forms_are(h);
        has(h, "rows.0.key", "request.withdraw");
        has(h, "rows.0.cells", "1");
        has(h, "rows.0.times", "6");
        has(h, "rows.0.filled", "2");
        has(h, "rows.0.typed", "2");
        has(h, "rows.0.typed_each", "0.33");
        has(h, "rows.0.fields.0.name", "reason");
        has(h, "rows.0.fields.0.filled", "2");
        has(h, "rows.0.fields.0.of", "6");
        has(h, "rows.1.cells", "2");
        has(h, "rows.1.times", "11");
        ask(h, "daiban1", "GET", "/api/figures/export?table=forms&format=csv&from=2026-01-01&to=2026-01-31", NULL, "Accept-Language: en\r\n", &g);
        answers(200);
        CHECK(got_has(&g, "\"withdraw\",") && got_has(&g, "\"6\",\"0\",\"2\",\"2\""));
        tells(h, &r[0], "erase", "{}"); /* one that had given a reason: nobody can tell any more */
        forms_are(h);
        has(h, "rows.0.erased", "1");
        has(h, "rows.0.filled", "1");
        has(h, "rows.0.fields.0.filled", "1");
        has(h, "rows.0.fields.0.of", "5");
        ask(h, "daiban1", "GET", "/api/figures/forms?from=2026-02-01&to=2026-01-31", NULL, "", &g);
        answers(422);
        has(h, "field", "to");
}

HOUSE_TEST(forms_of_few_people_have_no_figures)
{
        struct reported r[4];
        house_now(h, "2026-01-05T10:00:00+08:00");
        for (int i = 0; i < 4; i++) {
                reported(h, &r[i]);
                step(h, r[i].id, "return", "{\"unit\":\"pab\",\"reason\":\"不是我们的职责\"}");
        }
        nothing_is_said(h);
        for (int i = 0; i < 4; i++)
                tells(h, &r[i], "note", "{\"text\":\"今天还没有清运\"}");
        for (int i = 0; i < 4; i++) /* four reporters and one of the staff: five in one row, and four in each way to take it apart */
                tells(h, &r[i], "withdraw", "{\"reason\":\"已经有人清运\"}");
        forms_are(h);
        has(h, "rows.0.cells", "3");
        has(h, "rows.0.withheld", "false");
        has(h, "rows.0.times", "12");
}

/* Five forms of one person are one person's: the sum of people over forms would make five of them. */
HOUSE_TEST(one_person_is_one_over_all_forms)
{
        struct reported r;
        reported(h, &r);
        house_now(h, "2026-01-05T10:00:00+08:00");
        step(h, r.id, "sign", "{}");
        step(h, r.id, "contact", "{" TOLD "}");
        step(h, r.id, "call_in", "{\"unit\":\"pab\",\"work\":\"请到现场看一看\",\"reason\":\"归他们管\"}");
        step(h, r.id, "call_off", "{\"task\":1,\"reason\":\"已经不用了\"}");
        step(h, r.id, "ask", "{\"what\":\"extension\",\"reason\":\"车辆在维修\"}");
        reported(h, &r);
        step(h, r.id, "return", "{\"unit\":\"pab\",\"reason\":\"不是我们的职责\"}");
        nothing_is_said(h);
}

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

static void step(struct open_house *h, const char *id, const char *action, const char *body)
{
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/%s", id, action), body, "", &g);
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

/* What a form asks is counted by form and field; what was filled in four times never stands alone. */
HOUSE_TEST(forms_tell_what_is_typed_and_of_nobody)
{
        char id[6][24];
        for (int i = 0; i < 6; i++) {
                report(h, "小区门口的垃圾没有清运", id[i]);
                step(h, id[i], "sign", "{}"); /* asks for nothing: no form */
        }
        house_now(h, "2026-01-05T10:00:00+08:00");
        for (int i = 0; i < 6; i++)
                step(h, id[i], "contact", i < 2 ? "{" TOLD ",\"text\":\"说好了明天去看\"}" : "{" TOLD "}");
        forms_are(h);
        has(h, "few_below", "5");
        has(h, "counted", "6");
        has(h, "whole", "true");
        has(h, "rows.0.key", "request.contact");
        has(h, "rows.0.cells", "1");
        has(h, "rows.0.times", "6");
        has(h, "rows.0.filled", "20"); /* three each, and two texts */
        has(h, "rows.0.typed", "2");
        has(h, "rows.0.typed_each", "0.33");
        has(h, "rows.0.fields.0.name", "channel");
        has(h, "rows.0.fields.0.filled", "6");
        has(h, "rows.0.fields.3.name", "text");
        has(h, "rows.0.fields.3.filled", "2");
        has(h, "rows.0.fields.3.of", "6");
        has(h, "rows.0.fields.4.filled", "0"); /* files: nobody */
        ask(h, "daiban1", "GET", "/api/figures/export?table=forms&format=csv&from=2026-01-01&to=2026-01-31", NULL, "Accept-Language: en\r\n", &g);
        answers(200);
        CHECK(got_has(&g, "\"contact\",") && got_has(&g, "\"6\",\"0\",\"20\",\"2\""));
        for (int i = 0; i < 6; i++) /* and once more, so that it is the larger */
                step(h, id[i], "contact", "{" TOLD "}");
        for (int i = 0; i < 4; i++)
                step(h, id[i], "answer", "{\"text\":\"已清运，以后每天两次\"}");
        forms_are(h);
        CHECK(!got_has(&g, "request.answer"));
        CHECK(!got_has(&g, "request.contact")); /* the only other one: the sum would tell the four */
        has(h, "rows.0.cells", "2");
        has(h, "rows.0.withheld", "false");
        has(h, "rows.0.times", "16");
        step(h, id[4], "answer", "{\"text\":\"已清运，以后每天两次\"}");
        forms_are(h);
        has(h, "rows.1.key", "request.answer"); /* five may stand */
        has(h, "rows.1.times", "5");
        has(h, "rows.1.typed_each", "1.00");
        ask(h, "daiban1", "GET", "/api/figures/forms?from=2026-02-01&to=2026-01-31", NULL, "", &g);
        answers(422);
        has(h, "field", "to");
}

HOUSE_TEST(forms_filled_in_four_times_have_no_figures)
{
        char id[24];
        house_now(h, "2026-01-05T10:00:00+08:00");
        for (int i = 0; i < 4; i++) {
                report(h, "小区门口的垃圾没有清运", id);
                step(h, id, "return", "{\"unit\":\"pab\",\"reason\":\"不是我们的职责\"}");
        }
        forms_are(h);
        has(h, "counted", "0");
        has(h, "rows.0.withheld", "true");
        CHECK(!got_has(&g, "times"));
}

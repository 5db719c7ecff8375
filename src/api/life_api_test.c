/* A request's life over HTTP, as the reporter, the desk and the handlers each see it. */
#include "api/inner/house_story.h"

#define AT_G1 "\"lat\":39.905,\"lon\":116.405"
#define TOLD(when) "{\"channel\":\"phone\",\"time\":\"" when "\",\"outcome\":\"reached\"}"
/* Opens one with a contact; id and "track:CODE" are written. */
static void open_named(struct open_house *h, char id[24], char track[40])
{
        ask(h, NULL, "POST", "/api/matters",
            "{\"words\":\"小区门口的垃圾没有清运\"," AT_G1 ",\"name\":\"张三丰\",\"phone\":\"13800005678\"}", "", &g);
        answers(201);
        snprintf(id, 24, STR_FMT, STR_ARG(got_text(h, &g, "id")));
        snprintf(track, 40, "track:" STR_FMT, STR_ARG(got_text(h, &g, "code")));
}

HOUSE_TEST(a_request_lives_over_http)
{
        char id[24], track[40], etag[64];
        open_named(h, id, track);
        has(h, "state", "dispatched");
        has(h, "due", "2026-01-08T23:59:59.999999+08:00");
        has(h, "answered_by.unit.code", "cgb");
        has(h, "answered_by.post.who", "测***"); /* the public sees a masked name */
        CHECK_STR(str_of(got_header(&g, "Location")), target_of(h, "/api/matters/%s", id));
        ask(h, track, "GET", "/api/track", NULL, "", &g);
        answers(200);
        has(h, "state", "dispatched");
        has(h, "state_name.zh", "已转给负责单位");
        has(h, "may.0.action", "withdraw");
        CHECK(!got_has(&g, "staff:"));
        CHECK(!got_has(&g, "cg1")); /* no login of anybody */
        ask(h, "cg1", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        answers(200);
        has(h, "reporter.phone", "138****5678");
        has(h, "reporter.name", "张**");
        has(h, "may.0.action", "sign");
        snprintf(etag, sizeof(etag), "If-Match: %s\r\n", got_header(&g, "ETag"));
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/sign", id), "{}", etag, &g);
        answers(200);
        has(h, "state", "received");
        has(h, "rev", "2");
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/contact", id), TOLD("2026-01-05T09:00:00+08:00"), etag, &g);
        answers(412); /* what it saw has changed */
        has(h, "field", "If-Match");
        house_now(h, "2026-01-05T09:30:00+08:00");
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/contact", id), TOLD("2026-01-05T09:20:00+08:00"), "", &g);
        answers(200);
        has(h, "state", "working");
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/answer", id), "{\"text\":\"已清运，以后每天两次\"}", "",
            &g);
        answers(200);
        has(h, "state", "answered");
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/tell", id), TOLD("2026-01-05T09:25:00+08:00"), "", &g);
        answers(403); /* who answers does not also close */
        ask(h, "diaodu1", "POST", target_of(h, "/api/matters/%s/tell", id), TOLD("2026-01-05T09:25:00+08:00"), "", &g);
        answers(200);
        has(h, "state", "closed");
        ask(h, track, "POST", "/api/track/rate", "{\"solved\":\"yes\",\"satisfied\":5}", "", &g);
        answers(200);
        ask(h, track, "POST", "/api/track/rate", "{\"solved\":\"yes\",\"satisfied\":1}", "", &g);
        answers(422);
        ask(h, track, "GET", "/api/track", NULL, "", &g);
        has(h, "rating.satisfied", "5");
        has(h, "may.0.action", "reopen");
        CHECK(got_has(&g, "已清运，以后每天两次"));
        CHECK_EQ(atomic_load(&h->woken), 6); /* once for each change, refused ones not */
}

HOUSE_TEST(a_unit_returns_it_over_http)
{
        char id[24], track[40];
        open_named(h, id, track);
        ask(h, "cg1", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        has(h, "return_until", "2026-01-06T23:59:59.999999+08:00");
        has(h, "may.1.action", "return");
        house_now(h, "2026-01-05T09:30:00+08:00");
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/return", id), "{\"unit\":\"pab\",\"reason\":\"不是我们的职责\"}", "", &g);
        answers(200);
        has(h, "state", "returned");
        ask(h, track, "GET", "/api/track", NULL, "", &g);
        has(h, "state_name.zh", "正在核实由哪个单位负责");
        CHECK(!got_has(&g, "不是我们的职责")); /* what units write to the desk stays there */
        ask(h, "diaodu1", "GET", "/api/matters?board=returned", NULL, "", &g);
        has(h, "items.0.id", id);
        ask(h, "diaodu1", "GET", "/api/matters?board=returned&closed=true", NULL, "", &g);
        answers(422);
        has(h, "field", "closed");
        ask(h, "ld1", "GET", "/api/matters?board=returned", NULL, "", &g);
        has(h, "items", "[]"); /* not theirs to see yet */
        ask(h, "diaodu1", "POST", target_of(h, "/api/matters/%s/uphold", id), "{\"unit\":\"pab\",\"reason\":\"属平安办\"}", "", &g);
        answers(200);
        has(h, "unit.code", "pab");
        ask(h, "pa1", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        has(h, "returned.by.code", "cgb");
        has(h, "returned.outcome", "upheld");
        ask(h, "diaodu1", "GET", "/api/matters?board=returned", NULL, "", &g);
        has(h, "items", "[]");
        house_catch_up(h);
        ask(h, "daiban1", "GET", "/api/returns", NULL, "", &g);
        answers(200);
        has(h, "rows.0.unit.code", "cgb");
        has(h, "rows.0.upheld", "1");
        has(h, "rows.0.lost_hours", "0.0");
        ask(h, "daiban1", "GET", "/api/returns?by=duty", NULL, "", &g);
        has(h, "rows.0.key", "b-garbage");
        has(h, "rows.0.title", "垃圾清运");
        ask(h, "cg1", "GET", "/api/returns", NULL, "", &g);
        answers(403);
        ask(h, NULL, "GET", "/api/returns", NULL, "", &g);
        answers(401);
}

HOUSE_TEST(not_solved_over_http)
{
        char id[24], track[40];
        open_named(h, id, track);
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/sign", id), "{}", "", &g);
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/answer", id), "{\"text\":\"已经处理完毕了\"}", "", &g);
        ask(h, track, "POST", "/api/track/read", "{}", "", &g);
        ask(h, track, "POST", "/api/track/rate", "{\"solved\":\"no\",\"satisfied\":1}", "", &g);
        answers(200);
        ask(h, track, "POST", "/api/track/reopen", "{\"text\":\"垃圾还在\"}", "", &g);
        answers(200);
        has(h, "state", "dispatched");
        ask(h, "cg1", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        has(h, "reopened", "1");
        CHECK_EQ(got_text(h, &g, "rating").n, 0); /* it can be rated once more */
        CHECK(got_has(&g, "垃圾还在") && got_has(&g, "已经处理完毕了")); /* the story is one */
        house_catch_up(h);
        ask(h, "daiban1", "GET", "/api/rates?to=2026-01-20", NULL, "", &g);
        has(h, "rows.0.reopened", "1");
}

/* Reported, answered and rated: how often? */
static void rated_times(struct open_house *h, int times, const char *rating)
{
        char id[24], track[40];
        for (int i = 0; i < times; i++) {
                open_named(h, id, track);
                ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/sign", id), "{}", "", &g);
                ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/answer", id), "{\"text\":\"已经处理完毕了\"}", "", &g);
                ask(h, track, "POST", "/api/track/read", "{}", "", &g);
                ask(h, track, "POST", "/api/track/rate", rating, "", &g);
                answers(200);
        }
        house_catch_up(h);
}

HOUSE_TEST(everybody_is_not_told_what_fewer_than_five_said)
{
        rated_times(h, 4, "{\"solved\":\"no\",\"satisfied\":1}");
        ask(h, NULL, "GET", "/api/rates?to=2026-01-20", NULL, "", &g);
        answers(200);
        has(h, "rows.0.matters", "4");
        has(h, "rows.0.official.solution.withheld", "true");
        has(h, "rows.0.honest.satisfaction.withheld", "true");
        has(h, "rows.0.honest.on_time.withheld", "false");
        CHECK(!got_has(&g, "unrated") && !got_has(&g, "reopened") && !got_has(&g, "called") && !got_has(&g, "unreachable"));
        CHECK_EQ(got_text(h, &g, "rows.0.honest.solution.denominator").n, 0);
        CHECK_EQ(got_text(h, &g, "rows.0.honest.solution.low").n, 0);
        ask(h, "cg1", "GET", "/api/rates?to=2026-01-20", NULL, "", &g); /* signed in, and not to read reports */
        has(h, "rows.0.official.solution.withheld", "true");
        ask(h, "daiban1", "GET", "/api/rates?to=2026-01-20", NULL, "", &g);
        has(h, "rows.0.official.solution.withheld", "false");
        has(h, "rows.0.honest.satisfaction.denominator", "4");
        has(h, "rows.0.unrated", "0");
        rated_times(h, 1, "{\"solved\":\"yes\",\"satisfied\":5}");
        ask(h, NULL, "GET", "/api/rates?to=2026-01-20", NULL, "", &g);
        has(h, "rows.0.official.solution.withheld", "false");
        has(h, "rows.0.official.solution.numerator", "1");
        has(h, "rows.0.official.solution.denominator", "5");
        has(h, "rows.0.unrated", "0");
}

HOUSE_TEST(the_desk_and_the_reporter_go_other_ways)
{
        char id[24], track[40];
        ask(h, NULL, "POST", "/api/matters", "{\"words\":\"我想问一件别的事情\"}", "", &g);
        answers(201);
        has(h, "state", "placing");
        snprintf(id, sizeof(id), STR_FMT, STR_ARG(got_text(h, &g, "id")));
        ask(h, "diaodu1", "POST", target_of(h, "/api/matters/%s/dispatch", id), "{\"unit\":\"cgb\"}", "", &g);
        answers(422);
        has(h, "field", "reason");
        ask(h, "diaodu1", "POST", target_of(h, "/api/matters/%s/dispatch", id),
            "{\"place\":\"" G1 "\",\"subject\":\"noise\",\"reason\":\"电话问明\"}", "", &g);
        answers(200);
        has(h, "unit.code", "cgb");
        ask(h, "diaodu1", "GET", target_of(h, "/api/matters/%s/why", id), NULL, "", &g);
        answers(200);
        has(h, "subject.how", "desk");
        has(h, "place.chosen", G1);
        ask(h, "diaodu1", "POST", target_of(h, "/api/matters/%s/decline", id), "{\"reason\":\"已有生效裁决\"}", "", &g);
        answers(422);
        has(h, "field", "basis");
        ask(h, "diaodu1", "POST", target_of(h, "/api/matters/%s/decline", id),
            "{\"reason\":\"已有生效裁决\",\"basis\":\"条例第十一条\",\"elsewhere\":\"人民法院\"}", "", &g);
        answers(200);
        has(h, "state", "declined");
        open_named(h, id, track);
        ask(h, track, "POST", "/api/track/note", "{\"text\":\"补充：靠近北门\"}", "", &g);
        answers(200);
        ask(h, track, "POST", "/api/track/withdraw", NULL, "", &g);
        answers(200);
        has(h, "state", "withdrawn");
        ask(h, track, "POST", "/api/track/fly", "{}", "", &g);
        answers(404);
}

/* ---- danger, previews, questions
 * ------------------------------------------------------------------------------------------ */

HOUSE_TEST(looking_before_one_speaks_changes_nothing)
{
        static const char *const tables[] = { "matter_case", "matter_entry", "store_event", "people_vault" };
        int64_t before[COUNT(tables)];
        for (size_t i = 0; i < COUNT(tables); i++)
                before[i] = rows_of(h, tables[i]);
        ask(h, NULL, "POST", "/api/preview", "{\"words\":\"一楼着火了，快来人\"," AT_G1 ",\"phone\":\"13800005678\"}",
            "", &g);
        answers(200);
        has(h, "urgent", "true");
        has(h, "danger.0.dial.0", "119");
        CHECK(!got_has(&g, "13800005678"));
        ask(h, NULL, "GET", "/api/suggest?words=%E8%B7%AF%E7%81%AF", NULL, "", &g);
        answers(200);
        has(h, "items.0.subject.code", "light.lamp");
        ask(h, NULL, "GET", "/api/who-answers?subject=noise&lat=39.905&lon=116.405", NULL, "", &g);
        answers(200);
        has(h, "unit.code", "cgb");
        has(h, "why.lead.duty", "b-noise-a");
        ask(h, NULL, "GET", "/api/subjects", NULL, "", &g);
        answers(200);
        ask(h, NULL, "GET", "/api/places", NULL, "", &g);
        answers(200);
        has(h, "items.0.code", A_COMMUNITY);
        ask(h, NULL, "GET", "/api/places?under=" A_COMMUNITY, NULL, "", &g);
        has(h, "items.1.code", G2);
        ask(h, NULL, "GET", "/api/town", NULL, "", &g);
        has(h, "version", "1");
        for (size_t i = 0; i < COUNT(tables); i++)
                CHECK_EQ(rows_of(h, tables[i]), before[i]);
        CHECK_EQ(atomic_load(&h->woken), 0);
}

static const struct town_file lamps_go_to_cgb[] = {
        { "things.csv",
          "code,kind,place,lat,lon,owner,keeper,warranty_until\nlamp-1,lamp," G1 ",39.905,116.405,cgb,cgb,\n" },
        { "duties.csv", "code,list,subject,title,condition,lead,assist,place,limit,unit,basis,since,until\n"
                        "b-noise,basic,noise,噪声,,wuye,,,,,测试清单五,2026-01-01,\n" },
        { 0 }
};

HOUSE_TEST(the_same_question_for_a_past_date_gives_that_dates_answer)
{
        ask(h, NULL, "GET", "/api/who-answers?subject=noise&place=" G1, NULL, "", &g);
        has(h, "unit.code", "cgb");
        house_now(h, "2026-02-10T09:00:00+08:00");
        house_load(h, lamps_go_to_cgb);
        ask(h, NULL, "GET", "/api/who-answers?subject=noise&place=" G1, NULL, "", &g);
        has(h, "unit.code", "wuye");
        has(h, "why.town_version", "2");
        ask(h, NULL, "GET", "/api/who-answers?subject=noise&place=" G1 "&on=2026-02-09", NULL, "", &g);
        has(h, "unit.code", "cgb");
        has(h, "why.town_version", "1");
        ask(h, NULL, "GET", "/api/who-answers?subject=noise&place=" G1 "&on=2026-02-10", NULL, "", &g);
        has(h, "unit.code", "wuye");
        ask(h, NULL, "GET", "/api/who-answers?subject=noise&place=" G1 "&on=2026-02-30", NULL, "", &g);
        answers(422);
        has(h, "field", "on");
}

/* An intake decided just before a new version came is decided again, not refused. */
HOUSE_TEST(a_new_version_in_between_is_decided_again)
{
        ask(h, NULL, "GET", "/api/town", NULL, "",
            &g); /* the shelf knows version 1 and may look again in two seconds */
        town_unref(load_small(h->store, &h->c, lamps_go_to_cgb));
        ask(h, NULL, "POST", "/api/matters", "{\"words\":\"半夜噪声扰民\"," AT_G1 "}", "", &g);
        answers(201);
        has(h, "answered_by.unit.code", "wuye");
        has(h, "answered_by.why.town_version", "2");
        const char *id = target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "id")));
        town_unref(load_small(h->store, &h->c, NULL)); /* and again, before the desk sends it on */
        ask(h, "diaodu1", "POST", target_of(h, "/api/matters/%s/assign", id),
            "{\"unit\":\"pab\",\"reason\":\"联合整治\"}", "", &g);
        answers(200);
        ask(h, "diaodu1", "GET", target_of(h, "/api/matters/%s/why", id), NULL, "", &g);
        has(h, "town_version", "3");
}

/* ---- the contact
 * --------------------------------------------------------------------------------------------------------------- */

HOUSE_TEST(a_contact_is_opened_with_a_purpose_and_the_reporter_sees_it)
{
        char id[24], track[40];
        open_named(h, id, track);
        const char *target = target_of(h, "/api/matters/%s/contact-details", id);
        ask(h, "cg1", "POST", target, "{}", "", &g);
        answers(422);
        has(h, "field", "purpose");
        ask(h, "cg1", "POST", target, "{\"purpose\":\"看\"}", "", &g);
        answers(422);
        CHECK_EQ(rows_of(h, "people_look"), 0);
        ask(h, "jw1", "POST", target, "{\"purpose\":\"电话核实情况\"}", "", &g);
        answers(403); /* a community secretary does not hold the right at all */
        ask(h, "pa1", "POST", target, "{\"purpose\":\"电话核实情况\"}", "", &g);
        answers(404); /* an assisting unit does, but never sees a reporter */
        ask(h, "wy1", "POST", target, "{\"purpose\":\"电话核实情况\"}", "", &g);
        answers(404);
        ask(h, track, "GET", "/api/track/looks", NULL, "", &g);
        has(h, "items", "[]");
        ask(h, "cg1", "POST", target, "{\"purpose\":\"电话核实情况\"}", "", &g);
        answers(200);
        has(h, "phone", "13800005678");
        has(h, "name", "张三丰");
        CHECK_EQ(rows_of(h, "people_look"), 1);
        ask(h, track, "GET", "/api/track/looks", NULL, "", &g);
        has(h, "items.0.purpose", "电话核实情况");
        has(h, "items.0.unit.code", "cgb");
        has(h, "items.0.who", "测***");
        CHECK(!got_has(&g, "cg1"));
        ask(h, "sj1", "GET", "/api/audit/looks", NULL, "", &g);
        answers(200);
        has(h, "items.0.matter", id);
        has(h, "items.0.actor", "staff:cg1");
        ask(h, NULL, "POST", "/api/matters", "{\"words\":\"垃圾没有清运\"," AT_G1 "}", "", &g);
        target = target_of(h, "/api/matters/" STR_FMT "/contact-details", STR_ARG(got_text(h, &g, "id")));
        ask(h, "cg1", "POST", target, "{\"purpose\":\"电话核实情况\"}", "", &g);
        answers(404); /* nobody left a contact */
        has(h, "field", "contact");
        CHECK_EQ(rows_of(h, "people_look"), 1);
}

HOUSE_TEST(erased_is_erased)
{
        char id[24], track[40];
        open_named(h, id, track);
        ask(h, track, "POST", "/api/track/erase", "{}", "", &g);
        answers(409); /* withdraw it first */
        ask(h, track, "POST", "/api/track/withdraw", "{\"reason\":\"不需要了\"}", "", &g);
        answers(200);
        ask(h, track, "POST", "/api/track/erase", "{}", "", &g);
        answers(200);
        ask(h, track, "GET", "/api/track", NULL, "", &g);
        answers(200);
        CHECK(!got_has(&g, "垃圾没有清运"));
        CHECK(!got_has(&g, "不需要了"));
        CHECK(got_has(&g, "\"erased\":\"reporter: "));
        ask(h, "diaodu1", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        answers(200);
        CHECK(got_has(&g, "\"reporter\":null"));
        CHECK(!got_has(&g, "139****"));
        ask(h, "diaodu1", "GET", target_of(h, "/api/matters/%s/why", id), NULL, "", &g);
        answers(404);
        ask(h, "diaodu1", "POST", target_of(h, "/api/matters/%s/contact-details", id), "{\"purpose\":\"电话核实情况\"}",
            "", &g);
        answers(404);
}

/* Somebody calls; the clerk writes it down, reads it back, and stands for it. */
HOUSE_TEST(words_taken_for_another_are_read_back)
{
#define CALL "{\"words\":\"小区门口的垃圾没有清运\"," AT_G1 ",\"source\":\"phone\""
        ask(h, "diaodu1", "POST", "/api/matters", CALL "}", "", &g);
        answers(422);
        has(h, "field", "read_back");
        ask(h, "diaodu1", "POST", "/api/matters", "{\"words\":\"小区门口的垃圾没有清运\",\"source\":\"letter\",\"read_back\":true}", "", &g);
        answers(422);
        has(h, "field", "read_back");
        ask(h, "diaodu1", "POST", "/api/matters", "{\"words\":\"小区门口的垃圾没有清运\",\"source\":\"open311\"}", "", &g);
        answers(403);
        has(h, "field", "source");
        CHECK_EQ(rows_of(h, "matter_case"), 0);
        ask(h, "diaodu1", "POST", "/api/matters", CALL ",\"read_back\":true}", "", &g);
        answers(201);
        const char *one = target_of(h, "/api/matters/" STR_FMT, STR_ARG(got_text(h, &g, "id")));
        ask(h, "diaodu1", "GET", one, NULL, "", &g);
        has(h, "source", "phone");
        has(h, "source_name.zh", "电话");
        has(h, "story.0.actor", "staff:diaodu1");
        has(h, "story.0.codes.source", "phone");
        has(h, "story.0.codes.read_back", "true");
        ask(h, "diaodu1", "POST", "/api/matters", CALL ",\"read_back\":false}", "", &g);
        answers(201);
        const char *two = target_of(h, "/api/matters/" STR_FMT, STR_ARG(got_text(h, &g, "id")));
        ask(h, "diaodu1", "GET", two, NULL, "", &g);
        has(h, "story.0.codes.read_back", "false");
        ask(h, NULL, "POST", "/api/matters", "{\"words\":\"小区门口的垃圾没有清运\"," AT_G1 "}", "", &g);
        answers(201);
        house_catch_up(h);
        ask(h, "daiban1", "GET", "/api/sources", NULL, "", &g);
        answers(200);
        has(h, "rows.0.source", "phone");
        has(h, "rows.0.name.en", "Telephone");
        has(h, "rows.0.opened", "2");
        has(h, "rows.0.open", "2");
        has(h, "rows.0.closed", "0");
        has(h, "rows.1.source", "web");
        has(h, "rows.1.opened", "1");
        ask(h, "daiban1", "GET", "/api/sources?from=2025-01-01&to=2025-12-31", NULL, "", &g);
        has(h, "rows", "[]");
        ask(h, "daiban1", "GET", "/api/sources?from=2026-02-01&to=2026-01-01", NULL, "", &g);
        answers(422);
        has(h, "field", "to");
        ask(h, "cg1", "GET", "/api/sources", NULL, "", &g);
        answers(403);
#undef CALL
}

/* Five at cgb, so that its figures say nothing of one of them; two at pab. */
static const struct town_file five_at_cgb[] = {
        { "staff.csv", "login,name,org,phone,until\n"
                       "daiban1,测试带班一,jiedao,,\n"
                       "duban1,测试督办一,jiedao,,\n"
                       "diaodu1,测试调度一,desk,,\n"
                       "cg1,测试城管一,cgb,,\n"
                       "cg2,测试城管二,cgb,,\n"
                       "cg3,测试城管三,cgb,,\n"
                       "cg4,测试城管四,cgb,,\n"
                       "cg5,测试城管五,cgb-team,,\n"
                       "pa1,测试平安一,pab,,\n"
                       "pa2,测试平安二,pab,,\n"
                       "wy1,测试物业一,wuye,,\n" },
        { "posts.csv", "code,title,role,org,place,holder,backup,since,until\n"
                       "leader,带班领导,leader,jiedao,110101002000,daiban1,,2026-01-01,2028-12-31\n"
                       "desk,调度岗,dispatcher,desk,110101002000,diaodu1,,2026-01-01,2028-12-31\n"
                       "h-desk,兜底承办岗,handler,desk,110101002000,diaodu1,,2026-01-01,2028-12-31\n"
                       "watch,督办岗,supervisor,jiedao,110101002000,duban1,,2026-01-01,2028-12-31\n"
                       "h-cgb,承办岗,handler,cgb,110101002000,cg1,cg2,2026-01-01,2028-12-31\n"
                       "h-pab,承办岗,handler,pab,110101002000,pa1,pa2,2026-01-01,2028-12-31\n"
                       "s-pab,科室负责人,secretary,pab,110101002000,pa2,,2026-01-01,2028-12-31\n"
                       "h-wuye,联络岗,handler,wuye,110101002000,wy1,,2026-01-01,2028-12-31\n" },
        { "roster.csv", "date,shift,leader,officer\n" },
        { 0 },
};

HOUSE_TEST_IN(figures_of_few_people_are_theirs, five_at_cgb)
{
        char id[24], track[40];
        for (int i = 0; i < 3; i++)
                open_named(h, id, track); /* three at cgb */
        house_now(h, "2026-01-05T10:30:00+08:00");
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/sign", id), "{}", "", &g);
        answers(200);
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/contact", id), TOLD("2026-01-05T10:30:00+08:00"), "", &g);
        answers(200);
        open_named(h, id, track); /* one goes on to pab */
        ask(h, "diaodu1", "POST", target_of(h, "/api/matters/%s/assign", id), "{\"unit\":\"pab\",\"reason\":\"属平安办\"}", "", &g);
        answers(200);
        house_catch_up(h);
        ask(h, "daiban1", "GET", "/api/flow", NULL, "", &g);
        answers(200);
        has(h, "rows.0.sent", "4");
        has(h, "rows.0.straight", "3");
        has(h, "rows.0.hops", "[3,1,0,0]");
        has(h, "rows.0.contact", "[0,1,0,0,0,0,0,0]");
        has(h, "rows.0.not_contacted", "3");
        has(h, "rows.0.median_hours", "2");
        has(h, "rows.1", "");
        ask(h, "daiban1", "GET", "/api/flow?by=unit", NULL, "", &g); /* the leader above both */
        has(h, "rows.0.unit.code", "cgb");
        has(h, "rows.0.sent", "3");
        has(h, "rows.1.unit.code", "pab");
        has(h, "rows.1.straight", "0");
        ask(h, "pa2", "GET", "/api/flow?by=unit", NULL, "", &g); /* one of the two */
        has(h, "rows.1.unit.code", "pab");
        has(h, "rows.1.hops", "[0,1,0,0]");
        ask(h, "diaodu1", "GET", "/api/flow?by=unit", NULL, "", &g); /* the desk is neither: pab goes in with cgb, or the total would give it away */
        answers(200);
        has(h, "rows.0.key", "");
        has(h, "rows.0.cells", "2");
        has(h, "rows.0.withheld", "false");
        has(h, "rows.0.sent", "4");
        has(h, "rows.1", "");
        ask(h, "daiban1", "GET", "/api/flow?from=2026-02-01&to=2026-01-01", NULL, "", &g);
        answers(422);
        has(h, "field", "to");
        ask(h, "daiban1", "GET", "/api/flow?from=2025-01-01&to=2025-02-01", NULL, "", &g);
        has(h, "rows", "[]");
}

static const struct town_file one_clerk[] = {
        { "posts.csv", "code,title,role,org,place,holder,backup,since,until\n"
                       "desk,调度岗,dispatcher,desk,110101002000,cg1,,2026-01-01,2028-12-31\n"
                       "h-desk,兜底承办岗,handler,desk,110101002000,cg1,,2026-01-01,2028-12-31\n"
                       "h-cgb,承办岗,handler,cgb,110101002000,cg1,,2026-01-01,2028-12-31\n" },
        { 0 },
};

HOUSE_TEST_IN(who_did_it_all_alone_is_told_to_the_reporter, one_clerk)
{
        char id[24], track[40];
        open_named(h, id, track);
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/sign", id), "{}", "", &g);
        answers(200);
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/answer", id), "{\"text\":\"已经清运完毕\"}", "", &g);
        answers(200);
        ask(h, track, "POST", "/api/track/read", "{}", "", &g);
        answers(200);
        CHECK(!got_has(&g, "没有其他人员"));
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/call_back", id),
            "{\"channel\":\"phone\",\"time\":\"2026-01-05T09:00:00+08:00\",\"solved\":\"yes\",\"satisfied\":5}", "", &g);
        answers(200);
        ask(h, track, "GET", "/api/track", NULL, "", &g);
        answers(200);
        CHECK(got_has(&g, "没有其他人员"));
        CHECK(got_has(&g, "there is nobody else"));
        CHECK(!got_has(&g, "cg1"));
}

/* Places as people say them, over HTTP: as a resident says them, as the desk hears them. */
#include <stdio.h>
#include "api/inner/house_story.h"

static void asks(struct open_house *h, const char *as, const char *method, const char *target, const char *body, int status)
{
        ask(h, as, method, target, body, "", &g);
        if (g.status != status)
                fail_msg("%s got %d, want %d: %s", target, g.status, status, g.body);
}

HOUSE_TEST(what_may_be_meant)
{
        asks(h, NULL, "GET", "/api/places/find?said=%E7%81%AF%E6%9D%86%EF%BC%91%E5%8F%B7", NULL, 200); /* 灯杆１号 */
        has(h, "candidates.0.how", "number");
        has(h, "candidates.0.certain", "true");
        has(h, "candidates.0.thing.code", "lamp-1");
        asks(h, NULL, "GET", "/api/places/find?said=%E7%94%B2%E7%A4%BE%E5%8C%BA%E5%B1%85%E5%A7%94%E4%BC%9A", NULL, 200); /* 甲社区居委会 */
        has(h, "candidates.0.place.code", "110101002001");
        has(h, "candidates.0.certain", "true");
        asks(h, NULL, "GET", "/api/places/find?said=nowhere", NULL, 200);
        has(h, "candidates", "[]");
        asks(h, NULL, "GET", "/api/places/find", NULL, 422);
        has(h, "field", "said");
        asks(h, NULL, "GET", "/api/places/find?said=x&on=2026-02-30", NULL, 422);
        has(h, "field", "on");
}

HOUSE_TEST(one_certain_place_is_taken_and_said_so)
{
        asks(h, NULL, "POST", "/api/matters", "{\"words\":\"路灯不亮了\",\"said\":\"一号灯杆旁边\"}", 201);
        has(h, "state", "dispatched");
        has(h, "answered_by.why.place.found_by", "number");
        has(h, "answered_by.why.place.found", "lamp-1");
        /* Not so certain: the desk looks. */
        asks(h, NULL, "POST", "/api/matters", "{\"words\":\"路灯不亮了\",\"said\":\"一号灯杆对面\"}", 201);
        has(h, "state", "placing");
        has(h, "answered_by.why.place.found", "");
        /* What was said stands with the matter, for whoever deals with it. */
        const char *id = target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "id")));
        asks(h, "diaodu1", "GET", target_of(h, "/api/matters/%s", id), NULL, 200);
        has(h, "story.0.words.said", "一号灯杆对面");
        /* A landmark with its boxes is the same as a sentence. */
        asks(h, NULL, "POST", "/api/matters",
             "{\"words\":\"路灯不亮了\",\"landmark\":\"老供销社\",\"direction\":\"e\",\"metres\":200,\"said\":\"路边\",\"group\":\"三组\"}", 201);
        id = target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "id")));
        asks(h, "diaodu1", "GET", target_of(h, "/api/matters/%s", id), NULL, 200);
        has(h, "story.0.words.said", "老供销社往东200米，路边");
        has(h, "story.0.words.group", "三组");
        asks(h, NULL, "POST", "/api/matters", "{\"words\":\"路灯不亮了\",\"metres\":200}", 422);
        has(h, "field", "landmark");
        asks(h, NULL, "POST", "/api/matters", "{\"words\":\"路灯不亮了\",\"landmark\":\"老供销社\",\"direction\":\"up\"}", 422);
        has(h, "field", "direction");
}

/* ---- placed, learned, reviewed ------------------------------------------------------------------------------------------------ */

static const char *place_it(struct open_house *h, const char *said, const char *form, int status)
{
        asks(h, NULL, "POST", "/api/matters", target_of(h, "{\"words\":\"门口的垃圾没有清运\",\"said\":\"%s\",\"phone\":\"13800005678\"}", said), 201);
        has(h, "state", "placing");
        const char *id = target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "id")));
        asks(h, "diaodu1", "POST", target_of(h, "/api/matters/%s/dispatch", id), form, status);
        return id;
}

static const char *waiting(struct open_house *h)
{
        asks(h, "duban1", "GET", "/api/aliases", NULL, 200);
        return target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "items.0.id")));
}

#define AT_G1 "{\"place\":\"" G1 "\",\"reason\":\"电话核实\"}"

HOUSE_TEST(what_it_was_called_is_learned_by_two)
{
        const char *id = place_it(h, "老供销社旁边", AT_G1, 200);
        has(h, "state", "dispatched");
        asks(h, "diaodu1", "GET", target_of(h, "/api/matters/%s", id), NULL, 200);
        has(h, "grid.code", G1);
        const char *alias = waiting(h);
        has(h, "items.0.said", "老供销社");
        has(h, "items.0.matter", id);
        has(h, "items.0.place.code", G1);
        asks(h, NULL, "GET", "/api/places/find?said=%E8%80%81%E4%BE%9B%E9%94%80%E7%A4%BE", NULL, 200);
        has(h, "candidates", "[]"); /* not before somebody else looked */
        asks(h, "diaodu1", "POST", target_of(h, "/api/aliases/%s/accept", alias), NULL, 403);
        asks(h, "duban1", "POST", target_of(h, "/api/aliases/%s/accept", alias), NULL, 200);
        has(h, "state", "accepted");
        asks(h, "duban1", "POST", target_of(h, "/api/aliases/%s/accept", alias), NULL, 409);
        asks(h, NULL, "GET", "/api/places/find?said=%E8%80%81%E4%BE%9B%E9%94%80%E7%A4%BE", NULL, 200);
        has(h, "candidates.0.how", "said");
        has(h, "candidates.0.certain", "true");
        has(h, "candidates.0.place.code", G1);
        /* The next one who says so is sent at once. */
        asks(h, NULL, "POST", "/api/matters", "{\"words\":\"门口的垃圾没有清运\",\"said\":\"老供销社门口\"}", 201);
        has(h, "state", "dispatched");
        has(h, "answered_by.why.place.found_by", "said");
        asks(h, "duban1", "POST", target_of(h, "/api/aliases/%s/withdraw", alias), NULL, 200);
        asks(h, NULL, "GET", "/api/places/find?said=%E8%80%81%E4%BE%9B%E9%94%80%E7%A4%BE", NULL, 200);
        has(h, "candidates", "[]");
}

HOUSE_TEST(a_person_is_no_name_of_a_place)
{
        place_it(h, "三组老张家门口", AT_G1, 200);
        asks(h, "duban1", "GET", "/api/aliases", NULL, 200);
        has(h, "items", "[]");
        place_it(h, "老张家门口", "{\"place\":\"" G1 "\",\"alias\":\"歪脖子树\",\"reason\":\"电话核实\"}", 422);
        has(h, "field", "alias"); /* who it was said of stays unsaid */
        place_it(h, "老供销社", "{\"place\":\"" G1 "\",\"alias\":\"李大爷家\",\"reason\":\"电话核实\"}", 422);
        has(h, "field", "alias");
        place_it(h, "老供销社", "{\"place\":\"" G1 "\",\"alias\":\"-\",\"reason\":\"电话核实\"}", 200);
        asks(h, "duban1", "GET", "/api/aliases", NULL, 200);
        has(h, "items", "[]");
        /* The name that was given stands in what was said, and looks like nothing of the kind. */
        asks(h, NULL, "POST", "/api/matters", "{\"words\":\"门口的垃圾没有清运\",\"said\":\"欧阳建国那里\",\"householder\":\"欧阳建国\"}", 201);
        const char *id = target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "id")));
        asks(h, "diaodu1", "GET", target_of(h, "/api/matters/%s", id), NULL, 200);
        has(h, "placing.householder", "欧***");
        asks(h, "diaodu1", "POST", target_of(h, "/api/matters/%s/householder", id), "{\"purpose\":\"到现场找门\"}", 200);
        has(h, "name", "欧阳建国");
        asks(h, "diaodu1", "POST", target_of(h, "/api/matters/%s/dispatch", id), AT_G1, 200);
        asks(h, "duban1", "GET", "/api/aliases", NULL, 200);
        has(h, "items", "[]");
}

HOUSE_TEST(refused_words_are_forgotten)
{
        place_it(h, "歪脖子树下面", AT_G1, 200);
        const char *alias = waiting(h);
        has(h, "items.0.said", "歪脖子树");
        asks(h, "duban1", "POST", target_of(h, "/api/aliases/%s/refuse", alias), NULL, 200);
        asks(h, "duban1", "GET", "/api/aliases?state=refused", NULL, 200);
        has(h, "items.0.said", "");
        asks(h, "duban1", "GET", "/api/aliases?state=gone", NULL, 422);
        asks(h, "duban1", "POST", "/api/aliases", "{\"said\":\"大槐树\",\"place\":\"" G1 "\",\"thing\":\"lamp-1\"}", 422);
        asks(h, "duban1", "POST", "/api/aliases", "{\"said\":\"大槐树\",\"thing\":\"lamp-99\"}", 422);
        has(h, "field", "thing");
        asks(h, "duban1", "POST", "/api/aliases", "{\"said\":\"灯杆1号\",\"thing\":\"lamp-1\"}", 422);
        has(h, "field", "said"); /* it means that already */
        asks(h, "duban1", "POST", "/api/aliases", "{\"said\":\"歪嘴灯\",\"thing\":\"lamp-1\"}", 201);
        alias = waiting(h);
        asks(h, "diaodu1", "POST", target_of(h, "/api/aliases/%s/accept", alias), NULL, 200);
        asks(h, NULL, "POST", "/api/matters", "{\"words\":\"路灯不亮了\",\"said\":\"歪嘴灯\"}", 201);
        has(h, "answered_by.why.place.found", "lamp-1");
}

/* ---- nobody knows where it is --------------------------------------------------------------------------------------------------- */

#define CALLED "{\"channel\":\"phone\",\"time\":\"2026-01-05T09:10:00+08:00\",\"outcome\":\"%s\"%s}"

HOUSE_TEST(the_reporter_is_asked_where_it_is)
{
        asks(h, NULL, "POST", "/api/matters", "{\"words\":\"门口的垃圾没有清运\",\"said\":\"菜场那头\"}", 201); /* nobody to call */
        asks(h, NULL, "POST", "/api/matters", "{\"words\":\"门口的垃圾没有清运\",\"said\":\"菜场那头\",\"phone\":\"13800005678\"}", 201);
        const char *id = target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "id"))), *due = target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "due")));
        asks(h, "diaodu1", "GET", "/api/matters?board=place_call", NULL, 200);
        has(h, "items.0.id", id);
        has(h, "items.1.id", "");
        house_now(h, "2026-01-05T09:20:00+08:00");
        asks(h, "diaodu1", "POST", target_of(h, "/api/matters/%s/ask_place", id), target_of(h, CALLED, "not_reached", ""), 200);
        asks(h, "diaodu1", "GET", target_of(h, "/api/matters/%s", id), NULL, 200);
        has(h, "placing.call", "true");
        has(h, "placing.calls", "1");
        asks(h, "diaodu1", "POST", target_of(h, "/api/matters/%s/ask_place", id), target_of(h, CALLED, "reached", ",\"said\":\"１号灯杆旁边\""), 200);
        has(h, "state", "placing");
        asks(h, "diaodu1", "GET", "/api/matters?board=place_call", NULL, 200);
        has(h, "items", "[]");
        asks(h, "diaodu1", "GET", target_of(h, "/api/matters/%s/places", id), NULL, 200);
        has(h, "said", "１号灯杆旁边");
        has(h, "candidates.0.thing.code", "lamp-1");
        asks(h, "diaodu1", "POST", target_of(h, "/api/matters/%s/dispatch", id), "{\"thing\":\"lamp-1\",\"reason\":\"电话核实\"}", 200);
        has(h, "state", "dispatched");
        asks(h, "diaodu1", "GET", target_of(h, "/api/matters/%s", id), NULL, 200);
        has(h, "grid.code", G1);
        has(h, "due", due); /* the resident's clock never began again */
        asks(h, "diaodu1", "POST", target_of(h, "/api/matters/%s/ask_place", id), target_of(h, CALLED, "reached", ""), 409);
        asks(h, "cg1", "POST", "/api/matters/1/ask_place", target_of(h, CALLED, "reached", ""), 404);
        struct matter_check c;
        struct ctx ctx = h->c.ctx;
        CHECK_EQ(store_read_begin(h->store, &ctx.tx, ctx.err), OK);
        int rc = matter_verify(&ctx, &c);
        store_read_end(ctx.tx);
        if (rc != OK)
                fail_msg("%s", ctx.err->en);
}

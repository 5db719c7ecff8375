/* Places as people say them, over HTTP: as a resident says them, as the desk hears them. */
#include <stdio.h>
#include "api/inner/house_test.h"

static struct got g;

static void has(struct open_house *h, const char *path, const char *want)
{
        struct str v = got_text(h, &g, path);
        if (!str_is(v, want))
                fail_msg("%s is \"" STR_FMT "\", want \"%s\" in %d %s", path, STR_ARG(v), want, g.status, g.body);
}

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

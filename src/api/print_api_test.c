/* Papers over HTTP: masked by default; in the clear with a purpose that the reporter can read. */
#include "api/inner/house_story.h"

HOUSE_TEST(papers_are_masked_unless_a_purpose_is_given)
{
        char id[24], track[40];
        ask(h, NULL, "POST", "/api/matters",
            "{\"words\":\"小区门口的垃圾<b>没有清运\",\"lat\":39.905,\"lon\":116.405,\"name\":\"张三丰\",\"phone\":\"13800005678\"}", "", &g);
        answers(201);
        snprintf(id, sizeof(id), STR_FMT, STR_ARG(got_text(h, &g, "id")));
        snprintf(track, sizeof(track), "track:" STR_FMT, STR_ARG(got_text(h, &g, "code")));
        static const char *const paper[] = { "receipt", "order", "visit", "call-in", "file" };
        for (size_t i = 0; i < COUNT(paper); i++) {
                ask(h, "cg1", "GET", target_of(h, "/api/matters/%s/print/%s", id, paper[i]), NULL, "", &g);
                answers(200);
                CHECK(got_has(&g, "测试城管一（cg1）打印于 2026-01-05 09:00"));
                CHECK(got_has(&g, id) && !got_has(&g, "13800005678") && !got_has(&g, "张三丰") && !got_has(&g, "<b>没有"));
        }
        CHECK(got_has(&g, "138****5678") && got_has(&g, "垃圾&lt;b&gt;没有清运"));
        ask(h, "cg1", "GET", target_of(h, "/api/matters/%s/print/file?lang=en", id), NULL, "", &g);
        CHECK(got_has(&g, "Whole file") && got_has(&g, "Contacts are masked."));
        ask(h, "wy1", "GET", target_of(h, "/api/matters/%s/print/order", id), NULL, "", &g);
        answers(200); /* it assists, and never learns who reported it */
        CHECK(!got_has(&g, "138****5678") && !got_has(&g, "张**"));
        ask(h, "ld1", "GET", target_of(h, "/api/matters/%s/print/order", id), NULL, "", &g);
        answers(404);
        ask(h, "cg1", "GET", target_of(h, "/api/matters/%s/print/poster", id), NULL, "", &g);
        answers(404);
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/print/visit", id), "{\"purpose\":\"入户\"}", "", &g);
        answers(422);
        has(h, "field", "purpose");
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/print/receipt", id), "{\"purpose\":\"入户走访核实\"}", "", &g);
        answers(422);
        has(h, "field", "paper");
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/print/visit", id), "{\"purpose\":\"入户走访核实\"}", "", &g);
        answers(200);
        CHECK(got_has(&g, "13800005678") && got_has(&g, "张三丰") && got_has(&g, "已登记用途"));
        ask(h, track, "GET", "/api/track/looks", NULL, "", &g);
        CHECK(got_has(&g, "打印走访记录：入户走访核实"));
        ask(h, NULL, "GET", "/api/print.css", NULL, "", &g);
        answers(200);
        CHECK(got_has(&g, "@page{size:A4"));
}

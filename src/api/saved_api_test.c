/* Saved views over HTTP: one's own, at most twenty. */
#include "api/inner/house_story.h"

HOUSE_TEST(a_view_is_kept_by_whoever_made_it)
{
        char body[120];
        ask(h, "diaodu1", "PUT", "/api/views", "{\"name\":\"城管超期\",\"query\":\"board=overdue&unit=cgb\"}", "", &g);
        answers(200);
        ask(h, "diaodu1", "PUT", "/api/views", "{\"name\":\"城管超期\",\"query\":\"board=overdue&unit=pab\"}", "", &g);
        answers(200);
        ask(h, "diaodu1", "GET", "/api/views", NULL, "", &g);
        answers(200);
        has(h, "items.0.name", "城管超期");
        has(h, "items.0.query", "board=overdue&unit=pab");
        CHECK_EQ(got_text(h, &g, "items.1.name").n, 0);
        ask(h, "cg1", "GET", "/api/views", NULL, "", &g);
        has(h, "items", "[]"); /* nobody else's */
        for (int i = 0; i < 19; i++) {
                snprintf(body, sizeof(body), "{\"name\":\"v%d\",\"query\":\"board=today\"}", i);
                ask(h, "diaodu1", "PUT", "/api/views", body, "", &g);
                answers(200);
        }
        ask(h, "diaodu1", "PUT", "/api/views", "{\"name\":\"one too many\",\"query\":\"board=today\"}", "", &g);
        answers(422);
        has(h, "field", "name");
        ask(h, "diaodu1", "DELETE", "/api/views?name=v3", NULL, "", &g);
        answers(200);
        ask(h, "diaodu1", "DELETE", "/api/views?name=v3", NULL, "", &g);
        answers(404);
}

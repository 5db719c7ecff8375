/* Who is on duty and who is away, over HTTP. */
#include "api/inner/house_test.h"

#define AT_G1 "\"lat\":39.905,\"lon\":116.405"
static struct got g;

static void answers(int status)
{
        if (g.status != status)
                fail_msg("got %d, want %d: %s", g.status, status, g.body);
}

static const struct town_file with_admin[] = {
        { "staff.csv", "login,name,org\ndiaodu1,测试调度一,desk\ncg1,测试城管一,cgb\ncg2,测试城管二,cgb\npa1,测试平安一,pab\nadmin1,测试管理,desk\n" },
        { "posts.csv", "code,title,role,org,place,holder,backup,since,until\n"
                       "desk,调度岗,dispatcher,desk,110101002000,diaodu1,,2026-01-01,2028-12-31\n"
                       "h-desk,兜底承办岗,handler,desk,110101002000,diaodu1,,2026-01-01,2028-12-31\n"
                       "h-cgb,承办岗,handler,cgb,110101002000,cg1,cg2,2026-01-01,2028-12-31\n"
                       "h-pab,承办岗,handler,pab,110101002000,pa1,,2026-01-01,2028-12-31\n"
                       "adm,管理员,admin,desk,110101002000,admin1,,2026-01-01,2028-12-31\n" },
        { "roster.csv", "date,shift,leader,officer\n2026-01-05,day,diaodu1,cg1;cg2\n2026-01-05,night,diaodu1,pa1\n" },
        { 0 },
};

HOUSE_TEST_IN(leave_and_roster_over_http, with_admin)
{
        char id[24], leave[24];
        ask(h, NULL, "POST", "/api/matters", "{\"words\":\"小区门口的垃圾没有清运\"," AT_G1 "}", "", &g);
        answers(201);
        snprintf(id, sizeof(id), STR_FMT, STR_ARG(got_text(h, &g, "id")));
        ask(h, "cg1", "GET", "/api/roster", NULL, "", &g);
        answers(200);
        CHECK_STR(got_text(h, &g, "now.leader.login"), "diaodu1");
        CHECK_STR(got_text(h, &g, "now.officer.login"), "cg1");
        CHECK_STR(got_text(h, &g, "shifts.1.officers.0.name"), "测试平安一");
        ask(h, "cg1", "POST", "/api/leaves", "{\"login\":\"cg1\",\"since\":\"2026-01-05\",\"until\":\"2026-01-06\"}", "", &g);
        answers(403);
        ask(h, "admin1", "POST", "/api/leaves", "{\"login\":\"cg1\",\"since\":\"2026-01-06\",\"until\":\"2026-01-05\"}", "", &g);
        answers(422);
        CHECK_STR(got_text(h, &g, "field"), "until");
        ask(h, "admin1", "POST", "/api/leaves", "{\"login\":\"cg1\",\"since\":\"2026-01-05\",\"until\":\"2026-01-06\"}", "", &g);
        answers(201);
        CHECK_STR(got_text(h, &g, "moved"), "1");
        snprintf(leave, sizeof(leave), STR_FMT, STR_ARG(got_text(h, &g, "id")));
        ask(h, "diaodu1", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        CHECK_STR(got_text(h, &g, "post.login"), "cg2");
        ask(h, "cg1", "GET", "/api/roster", NULL, "", &g);
        answers(403); /* while away nobody acts for a post; the backup does */
        ask(h, "cg2", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        answers(200);
        ask(h, "diaodu1", "GET", "/api/roster", NULL, "", &g);
        CHECK_STR(got_text(h, &g, "shifts.0.officers.0.away"), "true");
        ask(h, "cg2", "GET", "/api/leaves", NULL, "", &g);
        CHECK_STR(got_text(h, &g, "items.0.until"), "2026-01-06");
        ask(h, "admin1", "POST", "/api/handovers", "{\"from\":\"cg2\",\"to\":\"desk\"}", "", &g);
        answers(200);
        ask(h, "diaodu1", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        CHECK_STR(got_text(h, &g, "post.login"), "diaodu1");
        ask(h, "admin1", "DELETE", target_of(h, "/api/leaves/%s", leave), NULL, "", &g);
        answers(200);
        ask(h, "admin1", "DELETE", target_of(h, "/api/leaves/%s", leave), NULL, "", &g);
        answers(404);
}

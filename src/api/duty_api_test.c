/* Who is on duty and who is away, over HTTP. */
#include <stdio.h>
#include "api/inner/house_story.h"

#define AT_G1 "\"lat\":39.905,\"lon\":116.405"
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

/* ---- swaps --------------------------------------------------------------------------------------------------------------- */

static const struct town_file with_turns[] = {
        { "staff.csv", "login,name,org\ndaiban1,测试带班一,jiedao\ndaiban2,测试带班二,jiedao\ndiaodu1,测试调度一,desk\ncg1,测试城管一,cgb\ncg2,测试城管二,cgb\npa1,测试平安一,pab\n" },
        { "posts.csv", "code,title,role,org,place,holder,backup,since,until\n"
                       "leader,带班领导,leader,jiedao,110101002000,daiban1,daiban2,2026-01-01,2028-12-31\n"
                       "leader2,带班领导,leader,jiedao,110101002000,daiban2,,2026-01-01,2028-12-31\n"
                       "desk,调度岗,dispatcher,desk,110101002000,diaodu1,,2026-01-01,2028-12-31\n"
                       "h-desk,兜底承办岗,handler,desk,110101002000,diaodu1,,2026-01-01,2028-12-31\n"
                       "h-cgb,承办岗,handler,cgb,110101002000,cg1,cg2,2026-01-01,2028-12-31\n"
                       "h-pab,承办岗,handler,pab,110101002000,pa1,,2026-01-01,2028-12-31\n" },
        { "roster.csv", "date,shift,leader,officer\n2026-01-05,day,daiban1,cg1\n2026-01-06,day,daiban1,cg1;cg2\n2026-01-06,night,daiban2,pa1\n2026-01-07,day,daiban1,pa1\n" },
        { 0 },
};
#define TURN "\"date\":\"2026-01-06\",\"shift\":\"day\""
#define BACK ",\"back_date\":\"2026-01-07\",\"back_shift\":\"day\""

static void refused(struct open_house *h, const char *who, const char *method, const char *target, const char *body, int status, const char *field)
{
        ask(h, who, method, target, body, "", &g);
        answers(status);
        CHECK_STR(got_text(h, &g, "field"), field);
}

HOUSE_TEST_IN(a_turn_changes_hands_when_both_and_a_third_say_so, with_turns)
{
        refused(h, "cg1", "POST", "/api/swaps", "{" TURN ",\"with\":\"nobody\",\"reason\":\"外出培训\"}", 422, "with");
        refused(h, "cg1", "POST", "/api/swaps", "{" TURN ",\"with\":\"cg1\",\"reason\":\"外出培训\"}", 422, "with");
        refused(h, "cg1", "POST", "/api/swaps", "{" TURN ",\"with\":\"cg2\",\"reason\":\"外出培训\"}", 422, "with"); /* in it already */
        refused(h, "pa1", "POST", "/api/swaps", "{" TURN ",\"with\":\"cg2\",\"reason\":\"外出培训\"}", 422, "shift"); /* not theirs */
        refused(h, "cg1", "POST", "/api/swaps", "{\"date\":\"2026-01-05\",\"shift\":\"day\",\"with\":\"pa1\",\"reason\":\"外出培训\"}", 409, "shift"); /* begun */
        refused(h, "cg1", "POST", "/api/swaps", "{" TURN ",\"with\":\"pa1\",\"reason\":\"外出培训\",\"back_date\":\"2026-01-07\"}", 422, "back_shift");
        refused(h, "cg1", "POST", "/api/swaps", "{" TURN ",\"with\":\"pa1\",\"reason\":\"外出培训\",\"back_date\":\"2026-01-07\",\"back_shift\":\"night\"}", 422, "back_shift");
        refused(h, "daiban1", "POST", "/api/swaps", "{" TURN ",\"with\":\"pa1\",\"reason\":\"外出培训\"}", 422, "with"); /* does not lead */
        ask(h, "cg1", "POST", "/api/swaps", "{" TURN ",\"with\":\"pa1\",\"reason\":\"外出培训\"" BACK "}", "", &g);
        answers(201);
        char id[24];
        snprintf(id, sizeof(id), STR_FMT, STR_ARG(got_text(h, &g, "id")));
        refused(h, "cg1", "POST", "/api/swaps", "{" TURN ",\"with\":\"diaodu1\",\"reason\":\"外出培训\"}", 409, "shift"); /* asked for already */
        refused(h, "daiban1", "POST", target_of(h, "/api/swaps/%s/approve", id), NULL, 409, "action"); /* not agreed yet */
        refused(h, "cg1", "POST", target_of(h, "/api/swaps/%s/agree", id), NULL, 403, "action");
        ask(h, "pa1", "POST", target_of(h, "/api/swaps/%s/agree", id), NULL, "", &g);
        answers(200);
        ask(h, "pa1", "POST", target_of(h, "/api/swaps/%s/approve", id), NULL, "", &g);
        answers(403);
        ask(h, "pa1", "GET", "/api/roster?day=2026-01-06&days=2", NULL, "", &g);
        CHECK_STR(got_text(h, &g, "shifts.0.officers.0.login"), "cg1"); /* until it is approved */
        ask(h, "daiban2", "POST", target_of(h, "/api/swaps/%s/approve", id), NULL, "", &g);
        answers(200);
        refused(h, "daiban1", "POST", target_of(h, "/api/swaps/%s/refuse", id), NULL, 409, "action"); /* somebody was faster */
        refused(h, "cg1", "DELETE", target_of(h, "/api/swaps/%s", id), NULL, 409, "action");
        ask(h, "pa1", "GET", "/api/roster?day=2026-01-06&days=2", NULL, "", &g);
        CHECK_STR(got_text(h, &g, "shifts.0.officers.0.login"), "pa1");
        CHECK_STR(got_text(h, &g, "shifts.0.swaps.0.from.login"), "cg1");
        CHECK_STR(got_text(h, &g, "shifts.0.swaps.0.why"), "外出培训");
        CHECK_STR(got_text(h, &g, "shifts.0.swaps.0.approved_by"), "daiban2");
        CHECK_STR(got_text(h, &g, "shifts.2.officers.0.login"), "cg1"); /* in return */
        ask(h, "cg1", "GET", "/api/swaps", NULL, "", &g);
        CHECK_STR(got_text(h, &g, "items.0.state"), "approved");
        CHECK_STR(got_text(h, &g, "items.0.ruled_by.name"), "测试带班二");
}

HOUSE_TEST_IN(a_leader_approves_no_swap_of_their_own, with_turns)
{
        ask(h, "daiban1", "POST", "/api/swaps", "{" TURN ",\"with\":\"daiban2\",\"reason\":\"外出开会\"}", "", &g);
        answers(201);
        char id[24];
        snprintf(id, sizeof(id), STR_FMT, STR_ARG(got_text(h, &g, "id")));
        ask(h, "daiban2", "POST", target_of(h, "/api/swaps/%s/agree", id), NULL, "", &g);
        answers(200);
        refused(h, "daiban1", "POST", target_of(h, "/api/swaps/%s/approve", id), NULL, 403, "action");
        refused(h, "daiban2", "POST", target_of(h, "/api/swaps/%s/approve", id), NULL, 403, "action");
        ask(h, "daiban1", "DELETE", target_of(h, "/api/swaps/%s", id), NULL, "", &g);
        answers(200);
}

/* What those who run it see, and the town's tables: over HTTP. */
#include <stdio.h>
#include "api/inner/house_story.h"

static void asks(struct open_house *h, const char *as, const char *method, const char *target, const char *body, int status)
{
        ask(h, as, method, target, body, "", &g);
        answers(status);
}

HOUSE_TEST(accounts_without_a_word_about_who_is_there)
{
        asks(h, "gl1", "GET", "/api/accounts", NULL, 200);
        has(h, "items.0.login", "daiban1");
        has(h, "items.0.posts", "[\"带班领导\"]");
        has(h, "items.0.password", "false");
        has(h, "items.0.invited", "false");
        CHECK(!got_has(&g, "seen") && !got_has(&g, "last"));
        asks(h, "gl1", "POST", "/api/invitations", "{\"login\":\"daiban1\"}", 201);
        const char *accept = target_of(h, "{\"token\":\"" STR_FMT "\",\"password\":\"a long enough one\"}", STR_ARG(got_text(h, &g, "token")));
        asks(h, "gl1", "GET", "/api/invitations", NULL, 200);
        has(h, "items.0.login", "daiban1");
        has(h, "items.0.maker", "staff:gl1");
        CHECK(!got_has(&g, "token"));
        asks(h, NULL, "POST", "/api/invitations/accept", accept, 200);
        asks(h, "gl1", "GET", "/api/accounts", NULL, 200);
        has(h, "items.0.password", "true");
        asks(h, "gl1", "POST", "/api/accounts/daiban1/close", NULL, 200);
        asks(h, "gl1", "POST", "/api/accounts/gl1/close", NULL, 422);
        asks(h, "gl1", "POST", "/api/accounts/nobody/close", NULL, 404);
        asks(h, "gl1", "GET", "/api/accounts", NULL, 200);
        has(h, "items.0.password", "false");
        asks(h, "gl1", "POST", "/api/invitations", "{\"login\":\"cg1\"}", 201);
        asks(h, "gl1", "DELETE", "/api/invitations/cg1", NULL, 200);
        asks(h, "gl1", "DELETE", "/api/invitations/cg1", NULL, 404);
        /* What was done is told; who came and went is not. */
        asks(h, "sj1", "GET", "/api/audit/acts", NULL, 200);
        has(h, "items.0.act", "invite-drop");
        CHECK(!got_has(&g, "sign-"));
}

HOUSE_TEST(keys_are_listed_without_their_secret)
{
        asks(h, "gl1", "POST", "/api/keys", "{\"name\":\"other\",\"rights\":[\"town.read\"],\"place\":\"" A_COMMUNITY "\",\"until\":\"2027-01-01\"}", 201);
        asks(h, "gl1", "GET", "/api/keys", NULL, 200);
        has(h, "items.0.name", "other");
        has(h, "items.0.rights", "[\"town.read\"]");
        has(h, "items.0.until", "2027-01-01");
        has(h, "items.0.revoked", "");
        CHECK(!got_has(&g, "lk_"));
        asks(h, "gl1", "DELETE", "/api/keys/other", NULL, 200);
        asks(h, "gl1", "GET", "/api/keys", NULL, 200);
        CHECK(got_text(h, &g, "items.0.revoked").n > 0);
}

HOUSE_TEST(jobs_say_how_far_behind_they_are)
{
        asks(h, NULL, "POST", "/api/matters", "{\"words\":\"路灯不亮了\",\"thing\":\"lamp-1\"}", 201);
        asks(h, "gl1", "GET", "/api/jobs", NULL, 200);
        has(h, "unsealed", "true");
        has(h, "gateways", "false");
        house_catch_up(h);
        asks(h, "gl1", "GET", "/api/jobs", NULL, 200);
        has(h, "unsealed", "false");
        has(h, "listeners.0.behind", "0");
        has(h, "listeners.0.parked", "0");
}

HOUSE_TEST(the_tables_of_the_town)
{
        asks(h, "cg1", "GET", "/api/duties?unit=pab", NULL, 200);
        has(h, "items.0.code", "b-garbage"); /* where it assists, too */
        has(h, "items.0.line", "2");
        has(h, "items.0.assist.1.code", "pab");
        has(h, "items.0.limit", "3");
        has(h, "next", "");
        asks(h, "cg1", "GET", "/api/duties?list=recalled", NULL, 200);
        has(h, "items.0.code", "r-demolish");
        has(h, "items.1.code", "");
        asks(h, "cg1", "GET", "/api/duties?list=other", NULL, 422);
        asks(h, "cg1", "GET", "/api/posts", NULL, 200);
        has(h, "items.0.code", "leader");
        has(h, "items.0.state", "held");
        has(h, "items.0.holder.login", "daiban1");
        has(h, "items.0.until", "2028-12-31");
        has(h, "items.0.ends_in", "1091");
        asks(h, "cg1", "GET", "/api/calendar?year=2026", NULL, 200);
        has(h, "days.0.kind", "holiday");
        has(h, "days.0.work", "false");
        has(h, "days.364.day", "2026-12-31");
        has(h, "days.365.day", "");
        asks(h, "cg1", "GET", "/api/calendar?year=1", NULL, 422);
        asks(h, "cg1", "GET", "/api/notice-texts", NULL, 200);
        has(h, "items.0.kind", "receipt");
        has(h, "items.0.reporter", "true");
        CHECK(got_text(h, &g, "items.0.sms.en").n > 10);
}

HOUSE_TEST(a_procedure_is_a_graph)
{
        asks(h, "cg1", "GET", "/api/procedures", NULL, 200);
        has(h, "items.0.code", "request");
        has(h, "items.0.own", "false");
        asks(h, "cg1", "GET", "/api/procedures/none", NULL, 404);
        asks(h, "cg1", "GET", "/api/procedures/request", NULL, 200);
        has(h, "states.0.final", "false");
        CHECK(got_has(&g, "\"by\":[\"matter.sign\"]"));
        CHECK(got_has(&g, "\"length\":5,\"unit\":\"workday\""));
}

/* Signing in for real, and keys for other systems. */
#include "api/inner/house_story.h"

#define PASSWORD "correct-horse-battery"
/* As a browser does it: with the cookie that was set and, perhaps, the token. */
static void browse(struct open_house *h, const char *method, const char *target, const char *cookie, const char *csrf)
{
        const char *headers = csrf ? target_of(h, "Cookie: linli=%s\r\nX-CSRF-Token: %s\r\n", cookie, csrf)
                                   : target_of(h, "Cookie: linli=%s\r\n", cookie);
        ask(h, NULL, method, target, NULL, headers, &g);
}

static const char *cookie_of(struct open_house *h)
{
        const char *set = got_header(&g, "Set-Cookie");
        CHECK(strncmp(set, "linli=", 6) == 0);
        CHECK(strstr(set, "HttpOnly") && strstr(set, "SameSite=Lax"));
        return target_of(h, "%.*s", (int)strcspn(set + 6, ";"), set + 6);
}

HOUSE_TEST(an_invitation_a_password_a_session)
{
        ask(h, "gl1", "POST", "/api/invitations", "{\"login\":\"nobody\"}", "", &g);
        answers(422);
        CHECK_STR(got_text(h, &g, "field"), "login");
        ask(h, "gl1", "POST", "/api/invitations", "{\"login\":\"cg1\"}", "", &g);
        answers(201);
        struct str token = got_text(h, &g, "token");
        ask(h, NULL, "POST", "/api/session", "{\"login\":\"cg1\",\"password\":\"" PASSWORD "\"}", "", &g);
        answers(401); /* there is no default password */
        ask(h, NULL, "POST", "/api/invitations/accept",
            target_of(h, "{\"token\":\"" STR_FMT "\",\"password\":\"short\"}", STR_ARG(token)), "", &g);
        answers(422);
        CHECK_STR(got_text(h, &g, "field"), "password");
        const char *accept = target_of(h, "{\"token\":\"" STR_FMT "\",\"password\":\"" PASSWORD "\"}", STR_ARG(token));
        ask(h, NULL, "POST", "/api/invitations/accept", accept, "", &g);
        answers(200);
        CHECK_STR(got_text(h, &g, "login"), "cg1");
        ask(h, NULL, "POST", "/api/invitations/accept", accept, "", &g);
        answers(404); /* once */
        ask(h, NULL, "POST", "/api/session", "{\"login\":\"cg1\",\"password\":\"" PASSWORD "x\"}", "", &g);
        answers(401);
        CHECK(got_header(&g, "Set-Cookie")[0] == '\0');
        ask(h, NULL, "POST", "/api/session", "{\"login\":\"cg1\",\"password\":\"" PASSWORD "\"}", "", &g);
        answers(200);
        const char *cookie = cookie_of(h), *csrf = target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "csrf")));
        browse(h, "GET", "/api/session", cookie, NULL);
        answers(200);
        CHECK_STR(got_text(h, &g, "login"), "cg1");
        CHECK_STR(got_text(h, &g, "posts.0.post.code"), "h-cgb");
        CHECK(!got_has(&g, PASSWORD));
        browse(h, "DELETE", "/api/session", cookie, NULL);
        answers(403); /* a write wants the token */
        CHECK_STR(got_text(h, &g, "field"), "X-CSRF-Token");
        browse(h, "DELETE", "/api/session", cookie, "AAAAAAAAAAAAAAAAAAAAAA");
        answers(403);
        browse(h, "DELETE", "/api/session", cookie, csrf);
        answers(200);
        browse(h, "GET", "/api/session", cookie, NULL);
        answers(401);
        browse(h, "GET", "/api/town", cookie, NULL);
        answers(200); /* on a public page a stale cookie counts as nobody */
}

static const struct town_file cg1_left[] = { { "staff.csv", "login,name,org,phone,until\ncg1,测试城管一,cgb,,2026-01-"
                                                            "05\ncg2,测试城管二,cgb,,\ndiaodu1,测试调度一,desk,,\n" },
                                             { 0 } };

HOUSE_TEST(who_leaves_is_out_and_the_backup_steps_in)
{
        ask(h, "cg1", "GET", "/api/matters", NULL, "", &g);
        answers(200);
        ask(h, "cg2", "GET", "/api/matters", NULL, "", &g);
        answers(403); /* a backup has nothing while the holder serves */
        house_load(h, cg1_left);
        ask(h, "cg1", "GET", "/api/matters", NULL, "", &g);
        answers(200); /* the last day is a day of service */
        house_now(h, "2026-01-06T08:00:00+08:00");
        ask(h, "cg1", "GET", "/api/session", NULL, "", &g);
        answers(401);
        ask(h, "cg2", "GET", "/api/matters", NULL, "", &g);
        answers(200);
        ask(h, NULL, "POST", "/api/matters", "{\"words\":\"门口的垃圾没有清运\",\"place\":\"" G2 "\"}", "", &g);
        ask(h, "cg2", "GET", target_of(h, "/api/matters/" STR_FMT, STR_ARG(got_text(h, &g, "id"))), NULL, "", &g);
        CHECK_STR(got_text(h, &g, "post.login"), "cg2");
}

static void browse_with(struct open_house *h, const char *target, const char *cookie, const char *csrf, const char *body)
{
        ask(h, NULL, "POST", target, body, target_of(h, "Cookie: linli=%s\r\nX-CSRF-Token: %s\r\n", cookie, csrf), &g);
}

HOUSE_TEST(a_session_left_open_does_not_take_the_second_factor_off)
{
        static const char off[] = "/api/session/second-factor/off", in[] = "{\"login\":\"cg1\",\"password\":\"" PASSWORD "\"}";
        ask(h, "gl1", "POST", "/api/invitations", "{\"login\":\"cg1\"}", "", &g);
        ask(h, NULL, "POST", "/api/invitations/accept", target_of(h, "{\"token\":\"" STR_FMT "\",\"password\":\"" PASSWORD "\"}", STR_ARG(got_text(h, &g, "token"))), "", &g);
        house_now(h, "2009-02-14T07:31:30+08:00"); /* two seconds of RFC 6238, appendix B: their codes are known */
        ask(h, NULL, "POST", "/api/session", in, "", &g);
        answers(200);
        const char *cookie = cookie_of(h), *csrf = target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "csrf")));
        browse_with(h, "/api/session/second-factor", cookie, csrf, "{\"secret\":\"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\",\"code\":\"005924\"}");
        answers(200); /* and every session has ended */
        house_now(h, "2033-05-18T11:33:20+08:00");
        ask(h, NULL, "POST", "/api/session", "{\"login\":\"cg1\",\"password\":\"" PASSWORD "\",\"code\":\"279037\"}", "", &g);
        answers(200);
        cookie = cookie_of(h);
        csrf = target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "csrf")));
        browse(h, "DELETE", "/api/session/second-factor", cookie, csrf);
        answers(405);
        browse_with(h, off, cookie, csrf, "{}");
        answers(422);
        has(h, "field", "password");
        browse_with(h, off, cookie, csrf, "{\"code\":\"279037\"}");
        has(h, "field", "password"); /* the phone alone does not either */
        browse_with(h, off, cookie, csrf, "{\"password\":\"" PASSWORD "x\"}");
        answers(422);
        has(h, "field", "password");
        ask(h, NULL, "POST", "/api/session", in, "", &g);
        answers(422); /* it is still on */
        has(h, "field", "code");
        browse_with(h, off, cookie, csrf, "{\"password\":\"" PASSWORD "\"}");
        answers(200);
        ask(h, NULL, "POST", "/api/session", in, "", &g);
        answers(200);
        cookie = cookie_of(h);
        csrf = target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "csrf")));
        for (int i = 0; i < 5; i++)
                browse_with(h, off, cookie, csrf, "{\"password\":\"guess\"}");
        browse_with(h, off, cookie, csrf, "{\"password\":\"" PASSWORD "\"}");
        answers(429);
        CHECK(got_header(&g, "Retry-After")[0] != '\0');
}

HOUSE_TEST(an_idle_session_ends)
{
        ask(h, "cg1", "GET", "/api/session", NULL, "", &g);
        const char *cookie = h->in[0].cookie;
        house_now(h, "2026-01-05T16:59:00+08:00");
        browse(h, "GET", "/api/session", cookie, NULL);
        answers(200); /* within eight hours */
        house_now(h, "2026-01-06T01:00:00+08:00");
        browse(h, "GET", "/api/session", cookie, NULL);
        answers(401);
}

/* ---- keys -------------------------------------------------------------------------------------------------------- */

static const struct town_file one_person_two_posts[] = {
        { "posts.csv", "code,title,role,org,place,holder,backup,since,until\n"
                       "desk,调度岗,dispatcher,desk,110101002000,gl1,,2026-01-01,2028-12-31\n"
                       "h-cgb,承办岗,handler,cgb,110101002000,cg1,,2026-01-01,2028-12-31\n"
                       "admin,系统管理岗,admin,jiedao,110101002000,gl1,,2026-01-01,2028-12-31\n" },
        { "roster.csv", "date,shift,leader,officer\n" },
        { 0 }
};

static void bad_key(struct open_house *h, const char *body, int status, const char *field)
{
        ask(h, "gl1", "POST", "/api/keys", body, "", &g);
        answers(status);
        CHECK_STR(got_text(h, &g, "field"), field);
}

HOUSE_TEST_IN(a_key_does_what_it_was_given_and_no_more, one_person_two_posts)
{
        bad_key(h, "{\"name\":\"k\",\"rights\":[]}", 422, "rights");
        bad_key(h, "{\"name\":\"k\",\"rights\":[\"matter.fly\"]}", 422, "rights");
        bad_key(h, "{\"name\":\"k\",\"rights\":[\"audit.read\"]}", 403, "rights");
        bad_key(h, "{\"name\":\"k\",\"rights\":[\"matter.read\"],\"place\":\"nowhere\"}", 422, "place");
        bad_key(h, "{\"name\":\"k\",\"rights\":[\"matter.read\"],\"org\":\"nobody\"}", 422, "org");
        ask(h, "gl1", "POST", "/api/keys",
            "{\"name\":\"grid-b\",\"rights\":[\"matter.read\",\"matter.open\"],\"place\":\"" B_COMMUNITY "\"}", "", &g);
        answers(201);
        const char *key = target_of(h, "key:" STR_FMT, STR_ARG(got_text(h, &g, "key")));
        ask(h, key, "POST", "/api/matters",
            "{\"words\":\"门口的垃圾没有清运\",\"place\":\"" G3 "\",\"source\":\"upstream\"}", "", &g);
        answers(422); /* an order has a number, and another way in */
        CHECK_STR(got_text(h, &g, "field"), "source");
        ask(h, key, "POST", "/api/matters", "{\"words\":\"门口的垃圾没有清运\",\"place\":\"" G3 "\"}", "", &g);
        answers(201);
        const char *there = target_of(h, "/api/matters/" STR_FMT, STR_ARG(got_text(h, &g, "id")));
        ask(h, NULL, "POST", "/api/matters", "{\"words\":\"门口的垃圾没有清运\",\"place\":\"" G1 "\"}", "", &g);
        const char *here = target_of(h, "/api/matters/" STR_FMT, STR_ARG(got_text(h, &g, "id")));
        ask(h, key, "GET", there, NULL, "", &g);
        answers(200);
        CHECK_STR(got_text(h, &g, "story.0.actor"), "key:grid-b");
        ask(h, key, "GET", here, NULL, "", &g);
        answers(404);
        ask(h, key, "POST", target_of(h, "%s/sign", there), "{}", "", &g);
        answers(403);
        ask(h, key, "GET", "/api/session", NULL, "", &g);
        answers(403); /* a key is nobody in person */
        ask(h, key, "DELETE", "/api/sessions", NULL, "", &g);
        answers(403);
        ask(h, "gl1", "POST", "/api/keys", "{\"name\":\"strong\",\"rights\":[\"matter.read\",\"matter.decline\"]}", "",
            &g);
        answers(201);
        ask(h, target_of(h, "key:" STR_FMT, STR_ARG(got_text(h, &g, "key"))), "POST", target_of(h, "%s/decline", there),
            "{\"reason\":\"已有生效裁决\",\"basis\":\"条例第十一条\",\"elsewhere\":\"人民法院\"}", "", &g);
        answers(403); /* software advises; only a named person declines */
        ask(h, "gl1", "POST", "/api/keys", "{\"name\":\"grid-b\",\"rights\":[\"matter.read\"]}", "", &g);
        answers(409);
        ask(h, "gl1", "DELETE", "/api/keys/grid-b", NULL, "", &g);
        answers(200);
        ask(h, key, "GET", there, NULL, "", &g);
        answers(401);
        ask(h, "key:lk_nonsense", "GET", "/api/town", NULL, "", &g);
        answers(401);
        ask(h, NULL, "GET", "/api/town", NULL, "Authorization: Basic eDp5\r\n", &g);
        answers(401);
}

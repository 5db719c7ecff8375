/* The same write asked twice is done once, and answered alike. */
#include <pthread.h>
#include "api/inner/house_test.h"

#define KEY "Idempotency-Key: 01957f2a-0000-7000-8000-00000000000a\r\n"
#define OTHER_KEY "Idempotency-Key: 01957f2a-0000-7000-8000-00000000000b\r\n"
#define WORDS "{\"words\":\"小区门口的垃圾没有清运\",\"lat\":39.905,\"lon\":116.405,\"phone\":\"13800005678\"}"
static struct got g, again;

HOUSE_TEST(opened_twice_under_one_key_is_opened_once)
{
        ask(h, NULL, "POST", "/api/matters", WORDS, KEY, &g);
        CHECK_EQ(g.status, 201);
        house_now(h, "2026-01-05T10:00:00+08:00");
        ask(h, NULL, "POST", "/api/matters", WORDS, KEY, &again);
        CHECK_EQ(again.status, 201);
        CHECK(str_eq(got_text(h, &g, "id"), got_text(h, &again, "id")));
        CHECK(str_eq(got_text(h, &g, "code"), got_text(h, &again, "code")));
        CHECK(str_eq(got_text(h, &g, "due"), got_text(h, &again, "due")));
        CHECK_EQ(rows_of(h, "matter_case"), 1);
        CHECK_EQ(rows_of(h, "people_vault"), 1);
        ask(h, target_of(h, "track:" STR_FMT, STR_ARG(got_text(h, &again, "code"))), "GET", "/api/track", NULL, "", &g);
        CHECK_EQ(g.status, 200); /* the code in the repeated answer is the real one */
        ask(h, NULL, "POST", "/api/matters", "{\"words\":\"另外一件事情\"}", KEY, &g);
        CHECK_EQ(g.status, 422);
        CHECK_STR(got_text(h, &g, "field"), "Idempotency-Key");
        CHECK_STR(got_text(h, &g, "type"), "urn:linli:problem:key");
        ask(h, "ck1", "POST", "/api/matters", WORDS, KEY, &g); /* somebody else's key is another key */
        CHECK_EQ(g.status, 201);
        ask(h, NULL, "POST", "/api/matters", WORDS, OTHER_KEY, &g);
        CHECK_EQ(g.status, 201);
        ask(h, NULL, "POST", "/api/matters", WORDS, "", &g);
        CHECK_EQ(g.status, 201);
        CHECK_EQ(rows_of(h, "matter_case"), 4);
        house_now(h, "2026-02-05T10:00:00+08:00"); /* kept for 30 days */
        ask(h, NULL, "POST", "/api/matters", WORDS, KEY, &g);
        CHECK_EQ(g.status, 201);
        CHECK_EQ(rows_of(h, "matter_case"), 5);
        CHECK_EQ(test_store_number(h->url, "SELECT count(*) FROM store_idem WHERE length(answer) > 200"), 0);
}

/* The first time has used up the photo's token: the second is still the first. */
HOUSE_TEST(opened_twice_with_a_photo_is_opened_once)
{
        const char *body = target_of(h, "{\"words\":\"小区门口的垃圾没有清运\",\"place\":\"" G1 "\",\"files\":[\"%s\"]}", house_photo(h, NULL));
        ask(h, NULL, "POST", "/api/matters", body, KEY, &g);
        CHECK_EQ(g.status, 201);
        ask(h, NULL, "POST", "/api/matters", body, KEY, &again);
        CHECK_EQ(again.status, 201);
        CHECK(str_eq(got_text(h, &g, "code"), got_text(h, &again, "code")));
        CHECK_EQ(rows_of(h, "matter_case"), 1);
}

HOUSE_TEST(a_refused_request_may_be_mended_under_the_same_key)
{
        ask(h, NULL, "POST", "/api/matters", "{\"words\":\"垃圾没有清运\",\"place\":\"nowhere\"}", KEY, &g);
        CHECK_EQ(g.status, 422);
        ask(h, NULL, "POST", "/api/matters", "{\"words\":\"垃圾没有清运\",\"place\":\"" G1 "\"}", KEY, &g);
        CHECK_EQ(g.status, 201); /* nothing was done under it before */
        ask(h, NULL, "POST", "/api/matters", WORDS, "Idempotency-Key: short\r\n", &g);
        CHECK_EQ(g.status, 422);
        CHECK_STR(got_text(h, &g, "field"), "Idempotency-Key");
        CHECK_EQ(rows_of(h, "matter_case"), 1);
}

/* ---- two at once
 * ---------------------------------------------------------------------------------------------------------- */

struct twin {
        struct open_house *h;
        struct got g;
        pthread_t thread;
};

static void *send_twin(void *arg)
{
        struct twin *t = arg;
        ask(t->h, NULL, "POST", "/api/matters", WORDS, KEY, &t->g);
        return NULL;
}

HOUSE_TEST(two_at_once_make_one_matter)
{
        static struct twin twin[4];
        for (size_t i = 0; i < COUNT(twin); i++) {
                twin[i].h = h;
                CHECK_EQ(pthread_create(&twin[i].thread, NULL, send_twin, &twin[i]), 0);
        }
        for (size_t i = 0; i < COUNT(twin); i++)
                pthread_join(twin[i].thread, NULL);
        for (size_t i = 0; i < COUNT(twin); i++) {
                CHECK_EQ(twin[i].g.status, 201);
                CHECK(str_eq(got_text(h, &twin[i].g, "id"), got_text(h, &twin[0].g, "id")));
                CHECK(str_eq(got_text(h, &twin[i].g, "code"), got_text(h, &twin[0].g, "code")));
        }
        CHECK_EQ(rows_of(h, "matter_case"), 1);
        CHECK_EQ(rows_of(h, "people_vault"), 1);
        CHECK_EQ(rows_of(h, "store_idem"), 1);
}

/* ---- steps
 * ------------------------------------------------------------------------------------------------------------------ */

HOUSE_TEST(a_step_taken_twice_under_one_key_is_taken_once)
{
        ask(h, NULL, "POST", "/api/matters", WORDS, "", &g);
        const char *sign = target_of(h, "/api/matters/" STR_FMT "/sign", STR_ARG(got_text(h, &g, "id")));
        const char *answer = target_of(h, "/api/matters/" STR_FMT "/answer", STR_ARG(got_text(h, &g, "id")));
        const char *track = target_of(h, "track:" STR_FMT, STR_ARG(got_text(h, &g, "code")));
        ask(h, "cg1", "POST", sign, "{}", KEY, &g);
        CHECK_EQ(g.status, 200);
        CHECK_STR(got_text(h, &g, "rev"), "2");
        ask(h, "cg1", "POST", sign, "{}", KEY, &g);
        CHECK_EQ(g.status, 200);
        CHECK_STR(got_text(h, &g, "state"), "received");
        CHECK_STR(got_text(h, &g, "rev"), "2");
        CHECK_EQ(rows_of(h, "store_event"), 2);
        CHECK_EQ(atomic_load(&h->woken), 2);
        ask(h, "cg1", "POST", answer, "{}", KEY, &g); /* the same key for another step is another request */
        CHECK_EQ(g.status, 422);
        CHECK_STR(got_text(h, &g, "field"), "Idempotency-Key");
        ask(h, "cg1", "POST", answer, "{\"text\":\"已清运完毕\"}", OTHER_KEY, &g);
        CHECK_EQ(g.status, 200);
        ask(h, "cg1", "POST", sign, "{}", KEY, &g); /* late: it is told how the matter stands now */
        CHECK_EQ(g.status, 200);
        CHECK_STR(got_text(h, &g, "state"), "answered");
        CHECK_EQ(rows_of(h, "store_event"), 3);
        for (int i = 0; i < 2; i++) {
                ask(h, track, "POST", "/api/track/note", "{\"text\":\"补充：靠近北门\"}", KEY, &g);
                CHECK_EQ(g.status, 200);
        }
        CHECK_EQ(rows_of(h, "store_event"), 4);
        ask(h, track, "POST", "/api/track/note", "{\"text\":\"又一条\"}", KEY, &g);
        CHECK_EQ(g.status, 422);
        CHECK_EQ(rows_of(h, "store_event"), 4);
}

HOUSE_TEST(a_key_opens_nothing_that_is_out_of_reach)
{
        ask(h, NULL, "POST", "/api/matters", WORDS, "", &g);
        const char *id = target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "id")));
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/sign", id), "{}", KEY, &g);
        CHECK_EQ(g.status, 200);
        ask(h, "wg3", "POST", target_of(h, "/api/matters/%s/sign", id), "{}", KEY, &g);
        CHECK_EQ(g.status, 404);
        ask(h, "diaodu1", "POST", target_of(h, "/api/matters/%s/assign", id),
            "{\"unit\":\"pab\",\"reason\":\"联合整治\"}", "", &g);
        CHECK_EQ(g.status, 200);
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/sign", id), "{}", KEY, &g);
        CHECK_EQ(g.status, 404); /* it is no longer theirs to see */
}

/* Bad input: each names its field in both languages, and changes nothing. */
#include "api/inner/house_story.h"

struct bad {
        const char *body;
        int status;
        const char *field;
};

#define W "{\"words\":\"门口的垃圾没有清运\""

static const struct bad intakes[] = {
        { "{}", 422, "words" },
        { "{\"words\":null}", 422, "words" },
        { "{\"words\":\"好\"}", 422, "words" },
        { "{\"words\":\"   \"}", 422, "words" },
        { "{\"words\":17}", 422, "words" },
        { "{\"words\":[\"垃圾\"]}", 422, "words" },
        { "{\"words\":\"垃圾\\u0000没有清运\"}", 422, "words" },
        { "{\"words\":\"垃圾\\u202e没有清运\"}", 422, "words" },
        { "{\"words\":\"垃圾\xff\xfe没有清运\"}", 422, NULL },
        { W ",\"word\":\"x\"}", 422, "word" },
        { W ",\"words\":\"又一遍\"}", 400, NULL },
        { W ",\"title\":\"两\\n行\"}", 422, "title" },
        { W ",\"subject\":\"no such\"}", 422, "subject" },
        { W ",\"subject\":\"nothing\"}", 422, "subject" },
        { W ",\"lat\":39.9}", 422, "lon" },
        { W ",\"lon\":116.4}", 422, "lat" },
        { W ",\"lat\":91,\"lon\":116.4}", 422, "lat" },
        { W ",\"lat\":39.9,\"lon\":-180.5}", 422, "lon" },
        { W ",\"lat\":\"39.9\",\"lon\":116.4}", 422, "lat" },
        { W ",\"lat\":1e999,\"lon\":116.4}", 400, NULL },
        { W ",\"lat\":39.9,\"lon\":116.4,\"datum\":\"mars\"}", 422, "datum" },
        { W ",\"lat\":39.9,\"lon\":116.4,\"accuracy\":-1}", 422, "accuracy" },
        { W ",\"place\":\"nowhere\"}", 422, "place" },
        { W ",\"thing\":\"lamp-99\"}", 422, "thing" },
        { W ",\"about\":\"nobody\"}", 422, "about" },
        { W ",\"source\":\"phone\"}", 401, "source" }, /* only staff speak for somebody else */
        { W ",\"source\":\"telepathy\"}", 422, "source" },
        { W ",\"facts\":{}}", 422, "facts" },
        { W ",\"facts\":[{\"fact\":\"owner\"}]}", 422, "facts[0].value" },
        { W ",\"facts\":[{\"fact\":\"owner\",\"value\":\"a b\"}]}", 422, "facts[0].value" },
        { W ",\"name\":\"a\\tb\"}", 422, "name" },
        { W ",\"phone\":\"123456789012345678901234567890123\"}", 422, "phone" },
        { "", 422, "words" },
        { "{\"words\":", 400, NULL },
        { "[]", 422, NULL },
        { "\"words\"", 422, NULL },
        { "{\"words\":\"门口的垃圾没有清运\"} x", 400, NULL },
        { "{\"words\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}}}}}", 422, "words" },
};

static int64_t everything(struct open_house *h)
{
        return rows_of(h, "matter_case") + rows_of(h, "matter_entry") + rows_of(h, "store_event") +
               rows_of(h, "people_vault") + rows_of(h, "store_idem") + rows_of(h, "people_look");
}

static void refused(struct open_house *h, const char *as, const char *target, const struct bad *b)
{
        static const char *const language[] = { "Accept-Language: zh\r\n", "Accept-Language: en\r\n" };
        struct str told[2];
        for (int i = 0; i < 2; i++) {
                ask(h, as, "POST", target, b->body, language[i], &g);
                if (g.status != b->status)
                        fail_msg("%s %s: got %d, want %d: %s", target, b->body, g.status, b->status, g.body);
                CHECK_STR(str_of(got_header(&g, "Content-Type")), "application/problem+json");
                struct str field = got_text(h, &g, "field");
                if (b->field && !str_is(field, b->field))
                        fail_msg("%s: names \"" STR_FMT "\", want \"%s\": %s", b->body, STR_ARG(field), b->field,
                                 g.body);
                told[i] = got_text(h, &g, "detail");
                if (told[i].n == 0)
                        told[i] = got_text(h, &g, "title");
                CHECK(told[i].n > 0);
        }
        CHECK(!str_eq(told[0], told[1]));
}

HOUSE_TEST(a_bad_intake_names_its_field_and_changes_nothing)
{
        int64_t before = everything(h);
        for (size_t i = 0; i < COUNT(intakes); i++) {
                refused(h, NULL, "/api/matters", &intakes[i]);
                if (intakes[i].status != 401)
                        refused(h, NULL, "/api/preview", &intakes[i]);
        }
        CHECK_EQ(everything(h), before);
        ask(h, NULL, "POST", "/api/matters", "{\"words\":\"门口的垃圾没有清运\"}", "", &g);
        CHECK_EQ(g.status, 201); /* and the server is up */
}

HOUSE_TEST(what_cannot_be_dialled_is_no_telephone_number)
{
        static const char *const none[] = { "138oooo0001", "1380000001", "+1234567890123456", "12", "13800000001/13800000002", "微信同名" };
        int64_t before = everything(h);
        for (size_t i = 0; i < COUNT(none); i++)
                refused(h, NULL, "/api/matters", &(struct bad){ target_of(h, W ",\"phone\":\"%s\"}", none[i]), 422, "phone" });
        CHECK_EQ(everything(h), before);
        ask(h, NULL, "POST", "/api/matters", W ",\"phone\":\"+86 138-0000-5678\"}", "", &g);
        answers(201);
        const char *id = target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "id")));
        ask(h, "diaodu1", "POST", target_of(h, "/api/matters/%s/contact-details", id), "{\"purpose\":\"回电核实\"}", "", &g);
        answers(200);
        has(h, "phone", "13800005678"); /* one form of it, to dial and to find */
}

HOUSE_TEST(what_is_too_long_is_refused_by_its_field_or_by_its_size)
{
        static char body[48000];
        static const struct {
                size_t chars;
                int status;
        } sizes[] = { { 4000, 201 }, { 4001, 422 }, { 11000, 413 } };
        for (size_t i = 0; i < COUNT(sizes); i++) {
                size_t n = (size_t)sprintf(body, "{\"words\":\"");
                for (size_t k = 0; k < sizes[i].chars; k++)
                        n += (size_t)sprintf(body + n, "圾");
                sprintf(body + n, "\"}");
                int64_t before = everything(h);
                ask(h, NULL, "POST", "/api/matters", body, "", &g);
                CHECK_EQ(g.status, sizes[i].status);
                if (sizes[i].status == 422)
                        CHECK_STR(got_text(h, &g, "field"), "words");
                if (sizes[i].status != 201)
                        CHECK_EQ(everything(h), before);
        }
}

static const struct bad steps[] = {
        { "{\"text\":17.5}", 422, "text" },
        { "{\"text\":{\"a\":1}}", 422, "text" },
        { "{\"text\":[\"a\"]}", 422, "text" },
        { "{}", 422, "text" },
        { "{\"text\":\"好\"}", 422, "text" },
        { "{\"text\":\"已经清运\\u0007完毕\"}", 422, "text" },
        { "{\"text\":\"已经清运\xc3\x28完毕\"}", 422, NULL },
        { "{\"text\":\"已经清运完毕\",\"txt\":\"x\"}", 422, "txt" },
        { "{\"text\":\"已经清运完毕\",\"text\":\"x\"}", 400, NULL },
        { "{\"text\":", 400, NULL },
        { "[]", 422, "body" },
        { "null", 422, NULL },
        { "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1,\"k\":1,\"l\":1,\"m\":1,"
          "\"n\":1,\"o\":1,\"p\":1,\"q\":1}",
          422, "body" },
};

HOUSE_TEST(a_bad_step_names_its_field_and_changes_nothing)
{
        ask(h, NULL, "POST", "/api/matters", "{\"words\":\"门口的垃圾没有清运\",\"place\":\"" G1 "\"}", "", &g);
        const char *id = target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "id")));
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/sign", id), NULL, "", &g);
        CHECK_EQ(g.status, 200); /* a step without fields needs no body */
        int64_t before = everything(h);
        for (size_t i = 0; i < COUNT(steps); i++)
                refused(h, "cg1", target_of(h, "/api/matters/%s/answer", id), &steps[i]);
        CHECK_EQ(everything(h), before);
        static const char *const revisions[] = { "\"r1\"", "\"r99\"", "\"r0\"", "\"r2147483648\"",
                                                 "\"r9223372036854775807\"" };
        for (size_t i = 0; i < COUNT(revisions); i++) {
                ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/answer", id), "{\"text\":\"已经清运完毕\"}",
                    target_of(h, "If-Match: %s\r\n", revisions[i]), &g);
                CHECK_EQ(g.status, 412);
        }
        static const char *const no_revisions[] = { "r2", "\"2\"", "\"r2\", \"r3\"", "W/\"r2\"",
                                                    "\"r9223372036854775808\"" };
        for (size_t i = 0; i < COUNT(no_revisions); i++) {
                ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/answer", id), "{\"text\":\"已经清运完毕\"}",
                    target_of(h, "If-Match: %s\r\n", no_revisions[i]), &g);
                CHECK_EQ(g.status, 400);
                CHECK_STR(got_text(h, &g, "field"), "If-Match");
        }
        CHECK_EQ(everything(h), before);
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/answer", id), "{\"text\":\"已经清运完毕\"}",
            "If-Match: \"r2\"\r\n", &g);
        CHECK_EQ(g.status, 200);
}

/* ---- questions
 * --------------------------------------------------------------------------------------------------------------- */

static const struct {
        const char *as, *target;
        int status;
        const char *field;
} asks[] = {
        { "diaodu1", "/api/matters?limit=0", 422, "limit" },
        { "diaodu1", "/api/matters?limit=51", 422, "limit" },
        { "diaodu1", "/api/matters?limit=ten", 422, "limit" },
        { "diaodu1", "/api/matters?sort=due", 422, "sort" },
        { "diaodu1", "/api/matters?grid=" G1 "&unit=cgb", 422, "unit" },
        { "diaodu1", "/api/matters?grid=%20", 422, "grid" },
        { "diaodu1", "/api/matters?grid=" G1 "&grid=" G1, 400, "grid" },
        { "diaodu1", "/api/matters?cursor=AAAA", 400, "cursor" },
        { "diaodu1", "/api/matters?closed=perhaps", 422, "closed" },
        { "diaodu1", "/api/matters/0", 404, NULL },
        { "diaodu1", "/api/matters/-1", 404, NULL },
        { "diaodu1", "/api/matters/9223372036854775808", 404, NULL },
        { "diaodu1", "/api/matters/12345", 404, NULL },
        { "diaodu1", "/api/search?q=", 422, "q" },
        { NULL, "/api/who-answers", 422, "subject" },
        { NULL, "/api/who-answers?subject=noise&lat=39.9", 422, "lon" },
        { NULL, "/api/who-answers?subject=noise&lat=NaN&lon=1", 422, "lat" },
        { NULL, "/api/who-answers?subject=nothing", 422, "subject" },
        { NULL, "/api/who-answers?subject=noise&on=yesterday", 422, "on" },
        { NULL, "/api/places?under=nowhere", 422, "under" },
        { NULL, "/api/suggest", 422, "words" },
        { NULL, "/api/suggest?words=%ff%fe", 422, "words" },
        { NULL, "/api/rates?from=2026-13-01", 422, "from" },
        { NULL, "/t/110101002999/api/town", 404, NULL },
        { NULL, "/t/abc/api/town", 404, NULL },
        { NULL, "/t/110101002000/api/town", 200, NULL },
};

HOUSE_TEST(a_bad_question_names_its_field)
{
        for (size_t i = 0; i < COUNT(asks); i++) {
                ask(h, asks[i].as, "GET", asks[i].target, NULL, "", &g);
                if (g.status != asks[i].status)
                        fail_msg("%s: got %d, want %d: %s", asks[i].target, g.status, asks[i].status, g.body);
                if (asks[i].field)
                        CHECK_STR(got_text(h, &g, "field"), asks[i].field);
        }
}

/* ---- pages ------------------------------------------------------------------------------------------------------- */

static size_t count_items(struct open_house *h)
{
        size_t n = 0;
        while (got_text(h, &g, target_of(h, "items.%zu.id", n)).n > 0)
                n++;
        return n;
}

/* All pages of a list; checks that no id comes twice in a row and returns how many came. */
static size_t walk(struct open_house *h, const char *as, const char *list)
{
        size_t n = 0;
        struct str next = STR(""), last = STR("");
        do {
                ask(h, as, "GET",
                    target_of(h, "/api/matters?%slimit=7%s" STR_FMT, list, next.n ? "&cursor=" : "", STR_ARG(next)),
                    NULL, "", &g);
                CHECK_EQ(g.status, 200);
                size_t here = count_items(h);
                for (size_t i = 0; i < here; i++) {
                        struct str id = got_text(h, &g, target_of(h, "items.%zu.id", i));
                        CHECK(!str_eq(id, last));
                        last = id;
                }
                n += here;
                next = got_text(h, &g, "next");
        } while (next.n > 0 && !str_is(next, "null"));
        return n;
}

HOUSE_TEST(lists_go_page_by_page_within_reach)
{
        int64_t ids[40];
        struct town *t;
        struct intake_in kind[] = { say_at("垃圾没有清运", 39.905, 116.405), say_at("电梯坏了", 39.905, 116.425) };
        CHECK_EQ(shelf_town(h->house.shelf, h->c.ctx.town, h->c.ctx.now, &t, &h->c.err), OK);
        open_many(h->store, &h->c, t, kind, COUNT(kind), COUNT(ids), ids);
        town_unref(t);
        CHECK_EQ(walk(h, "diaodu1", ""), 40);
        CHECK_EQ(walk(h, "diaodu1", "grid=" G1 "&"), 20);
        CHECK_EQ(walk(h, "diaodu1", "unit=pab&"), 20);
        CHECK_EQ(walk(h, "diaodu1", "unit=pab&closed=true&"), 0);
        CHECK_EQ(walk(h, "cg1", ""), 20);
        CHECK_EQ(walk(h, "wg3", ""), 20);
        CHECK_EQ(walk(h, "wg3", "grid=" G1 "&"), 0);
        ask(h, "diaodu1", "GET", "/api/matters?limit=7", NULL, "", &g);
        struct str next = got_text(h, &g, "next");
        char *bent = arena_strndup(&h->c.arena, next.p, next.n);
        for (size_t i = 0; i < next.n; i++) { /* a changed cursor is none */
                bent[i] = bent[i] == 'A' ? 'B' : 'A';
                ask(h, "diaodu1", "GET", target_of(h, "/api/matters?limit=7&cursor=%s", bent), NULL, "", &g);
                CHECK_EQ(g.status, 400);
                CHECK_STR(got_text(h, &g, "field"), "cursor");
                bent[i] = next.p[i];
        }
        ask(h, "diaodu1", "GET", target_of(h, "/api/search?q=x&cursor=%s", bent), NULL, "", &g);
        CHECK_EQ(g.status, 400); /* nor is that of another list */
}

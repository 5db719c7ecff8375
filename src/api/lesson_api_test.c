/* A correction of a wrong subject teaches the matcher: words in five texts and more, taken by one person, loaded by another. */
#include "api/inner/house_story.h"

/* Reported in these words; where the desk had to say what it is, it does. */
static void said(struct open_house *h, const char *words, const char *subject)
{
        ask(h, NULL, "POST", "/api/matters", str_c(&h->c.arena, str_printf(&h->c.arena, "{\"words\":\"%s\"}", words)), "", &g);
        answers(201);
        const char *id = str_c(&h->c.arena, got_text(h, &g, "id"));
        ask(h, "diaodu1", "POST", target_of(h, "/api/matters/%s/dispatch", id),
            str_c(&h->c.arena, str_printf(&h->c.arena, "{\"place\":\"" G1 "\",\"subject\":\"%s\",\"reason\":\"看照片\"}", subject)), "", &g);
        answers(200);
}

/* Six people say it in six ways; a place of the town, a person and a number stand in all of them, too. */
static void corrections(struct open_house *h, int n)
{
        static const char *const end[] = { "天热味道大", "苍蝇很多", "孩子绕着走", "已经三天", "昨天也这样", "请尽快" };
        for (int i = 0; i < n; i++)
                said(h, str_c(&h->c.arena, str_printf(&h->c.arena, "泔水车漏了一地，%s，甲社区李师傅可带路，13800001234", end[i])), "garbage");
}

static void lessons(struct open_house *h)
{
        ask(h, "gl1", "GET", "/api/lessons", NULL, "", &g);
        answers(200);
}

HOUSE_TEST(corrections_teach)
{
        said(h, "路灯灯杆歪了", "light.lamp"); /* as its words lead: nothing to learn */
        corrections(h, 4);
        lessons(h);
        has(h, "items", "[]"); /* four are too few: it would be their words */
        has(h, "looked", "5");
        said(h, "泔水车漏了一地，天热味道大，甲社区李师傅可带路，13800001234", "garbage");
        lessons(h);
        has(h, "items", "[]"); /* the same text again may be the same person */
        static const char *const more[] = { "泔水车漏了一地，一直没人收", "泔水车漏了一地，又脏又臭" };
        for (size_t i = 0; i < COUNT(more); i++)
                said(h, more[i], "garbage");
        lessons(h);
        has(h, "items.0.from", "");
        has(h, "items.0.to.code", "garbage");
        has(h, "items.0.corrected", "6");
        has(h, "items.0.right", "6");
        has(h, "items.0.good", "1");
        has(h, "items.0.wrong", "0");
        has(h, "items.0.wrong_few", "false");
        has(h, "items.0.words.0.word", "泔水车漏");
        has(h, "items.0.words.0.texts", "6");
        has(h, "items.0.words.1", "");
        has(h, "items.1", "");
        CHECK(!got_has(&g, "甲社区") && !got_has(&g, "师傅") && !got_has(&g, "1380"));
        ask(h, "diaodu1", "GET", "/api/lessons", NULL, "", &g);
        answers(403);
}

/* One person takes them, another loads them; the next report in these words goes where the desk sent the others. */
HOUSE_TEST(what_was_taught_is_known_from_then_on)
{
        corrections(h, 6);
        ask(h, "gl1", "POST", "/api/lessons/take", "{\"subject\":\"garbage\",\"words\":[\"垃圾\"]}", "", &g);
        answers(422);
        has(h, "field", "words"); /* it is one already */
        ask(h, "gl1", "POST", "/api/lessons/take", "{\"subject\":\"garbage\",\"words\":[\"李师傅\"]}", "", &g);
        answers(422);
        static const char *const untaught[] = { "{\"subject\":\"garbage\",\"words\":[\"没人说过\"]}", "{\"subject\":\"light.lamp\",\"words\":[\"泔水车\"]}" };
        for (size_t i = 0; i < COUNT(untaught); i++) { /* the draft would say that corrections taught it */
                ask(h, "gl1", "POST", "/api/lessons/take", untaught[i], "", &g);
                answers(422);
                has(h, "field", "words");
                ask(h, "gl1", "POST", "/api/lessons/decline", untaught[i], "", &g);
                answers(422);
        }
        ask(h, "gl1", "GET", "/api/drafts", NULL, "", &g);
        has(h, "items", "[]");
        ask(h, "gl1", "POST", "/api/lessons/take", "{\"subject\":\"garbage\",\"words\":[\"泔水车\"]}", "", &g);
        answers(201);
        has(h, "state", "proposed");
        has(h, "proposer.login", "gl1");
        const char *draft = target_of(h, "/api/drafts/" STR_FMT, STR_ARG(got_text(h, &g, "id"))), *rev = target_of(h, "If-Match: \"r" STR_FMT "\"\r\n", STR_ARG(got_text(h, &g, "rev")));
        ask(h, NULL, "POST", "/api/preview", "{\"words\":\"泔水车又来了\",\"place\":\"" G1 "\"}", "", &g);
        has(h, "subject.code", "river"); /* for there is water in it; and so it stays until a second person has looked */
        ask(h, "gl1", "POST", target_of(h, "%s/load", draft), "{}", rev, &g);
        answers(403);
        ask(h, "daiban1", "POST", target_of(h, "%s/load", draft), "{}", rev, &g);
        answers(200);
        has(h, "version", "2");
        ask(h, NULL, "POST", "/api/matters", "{\"words\":\"泔水车又来了\",\"place\":\"" G1 "\"}", "", &g);
        answers(201);
        has(h, "state", "dispatched");
        has(h, "answered_by.subject.code", "garbage");
        has(h, "answered_by.matched", "keyword");
        has(h, "answered_by.why.subject.words.0", "泔水车");
        ask(h, NULL, "GET", "/api/suggest?words=%E6%B3%94%E6%B0%B4%E8%BD%A6", NULL, "", &g);
        has(h, "items.0.subject.code", "garbage");
        lessons(h);
        has(h, "items", "[]"); /* it is learned */
        has(h, "decided.0.word", "泔水车");
        has(h, "decided.0.state", "loaded");
        ask(h, "gl1", "GET", "/api/versions/diff?before=1", NULL, "", &g);
        has(h, "files.changed", "[\"subjects.csv\"]");
}

HOUSE_TEST(declined_words_are_not_proposed_again)
{
        corrections(h, 6);
        lessons(h);
        const char *word = str_c(&h->c.arena, got_text(h, &g, "items.0.words.0.word"));
        ask(h, "gl1", "POST", "/api/lessons/decline", target_of(h, "{\"subject\":\"garbage\",\"words\":[\"%s\"]}", word), "", &g);
        answers(200);
        lessons(h);
        has(h, "decided.0.word", word);
        has(h, "decided.0.state", "declined");
        has(h, "decided.0.by", "staff:gl1");
        CHECK(!str_is(got_text(h, &g, "items.0.words.0.word"), word));
        CHECK_EQ(rows_of(h, "people_audit WHERE act = 'lesson-decline' AND actor = 'staff:gl1'"), 1);
}

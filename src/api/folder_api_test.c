/* The folder in the browser: read, changed with the linter beside it, brought into force by two. */
#include <stdio.h>
#include "api/inner/house_story.h"

static void asks(struct open_house *h, const char *as, const char *method, const char *target, const char *body, int status)
{
        ask(h, as, method, target, body, "", &g);
        answers(status);
}

static void at_rev(struct open_house *h, const char *as, const char *target, const char *body, int rev, int status)
{
        ask(h, as, "POST", target, body, target_of(h, "If-Match: \"r%d\"\r\n", rev), &g);
        answers(status);
}

static const char *opened(struct open_house *h, const char *as)
{
        asks(h, as, "POST", "/api/drafts", "{\"why\":\"噪声改由城管牵头\"}", 201);
        has(h, "state", "open");
        return target_of(h, "/api/drafts/" STR_FMT, STR_ARG(got_text(h, &g, "id")));
}

static void put(struct open_house *h, const char *as, const char *draft, const char *name, struct str text, int status)
{
        ask_bytes(h, as, "PUT", target_of(h, "%s/file?name=%s&base=1", draft, name), text, target_of(h, "Content-Length: %zu\r\n", text.n), &g);
        answers(status);
}

/* The file in force with @find replaced. */
static struct str edited(struct open_house *h, const char *name, const char *find, const char *with)
{
        asks(h, "gl1", "GET", target_of(h, "/api/folder/file?name=%s", name), NULL, 200);
        struct str t = str_of(g.body);
        ptrdiff_t at = str_find(t, str_of(find));
        CHECK(at >= 0);
        return str_printf(&h->c.arena, "%.*s%s%s", (int)at, t.p, with, t.p + at + strlen(find));
}

HOUSE_TEST(the_folder_is_read_in_the_browser)
{
        asks(h, NULL, "GET", "/api/folder", NULL, 401);
        asks(h, "cg1", "GET", "/api/folder", NULL, 200);
        has(h, "version", "1");
        has(h, "files.0.name", "agreements.csv");
        asks(h, "cg1", "GET", "/api/folder/file?name=things.csv", NULL, 200);
        CHECK(got_has(&g, "code,kind,place,lat,lon"));
        CHECK(strstr(got_header(&g, "Content-Type"), "text/plain") != NULL);
        asks(h, "cg1", "GET", "/api/folder/file?name=nothing.csv", NULL, 404);
        has(h, "field", "name");
        asks(h, "cg1", "GET", "/api/folder/file?name=things.csv&version=7", NULL, 404);
        has(h, "field", "version");
        asks(h, "cg1", "GET", "/api/folder/findings", NULL, 200);
        has(h, "errors", "0");
        asks(h, "cg1", "GET", "/api/versions", NULL, 200);
        has(h, "items.0.version", "1");
        has(h, "items.0.draft", "");
        has(h, "next", "");
}

HOUSE_TEST(a_change_takes_two)
{
        asks(h, NULL, "POST", "/api/matters", "{\"words\":\"晚上噪音太大睡不着\",\"place\":\"" G3 "\"}", 201);
        has(h, "answered_by.unit.code", "pab");
        const char *matter = target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "id")));
        asks(h, "cg1", "POST", "/api/drafts", "{\"why\":\"噪声改由城管牵头\"}", 403);
        const char *draft = opened(h, "gl1");
        asks(h, "gl1", "POST", target_of(h, "%s/propose", draft), NULL, 422); /* nothing is changed */
        put(h, "gl1", draft, "duties.csv", edited(h, "duties.csv", "b-noise,basic,noise,噪声,,pab", "b-noise,basic,noise,噪声,,cgb"), 200);
        has(h, "files.0.name", "duties.csv");
        has(h, "rev", "2");
        put(h, "daiban1", draft, "duties.csv", STR("x"), 403);
        put(h, "gl1", draft, "strange.txt", STR("x"), 422);
        put(h, "gl1", draft, "procedures/../town.yaml", STR("x"), 422);
        asks(h, "cg1", "GET", target_of(h, "%s/findings", draft), NULL, 200);
        has(h, "errors", "0");
        asks(h, "cg1", "GET", target_of(h, "%s/diff", draft), NULL, 200);
        has(h, "files.changed.0", "duties.csv");
        has(h, "duties.0.code", "b-noise");
        has(h, "duties.0.lead_before.code", "pab");
        has(h, "duties.0.lead_after.code", "cgb");
        has(h, "matters.moved", "1");
        has(h, "matters.items.0.id", matter);
        has(h, "matters.items.0.after.code", "cgb");
        asks(h, "gl1", "POST", target_of(h, "%s/propose", draft), NULL, 200);
        has(h, "state", "proposed");
        has(h, "rev", "3");
        put(h, "gl1", draft, "duties.csv", STR("x"), 409); /* what waits for the second person stands still */
        at_rev(h, "gl1", target_of(h, "%s/load", draft), "{}", 3, 403);
        at_rev(h, "daiban1", target_of(h, "%s/load", draft), "{}", 2, 412);
        asks(h, "daiban1", "POST", target_of(h, "%s/load", draft), "{}", 422);
        has(h, "field", "If-Match");
        at_rev(h, "daiban1", target_of(h, "%s/load", draft), "{}", 3, 200);
        has(h, "state", "loaded");
        has(h, "version", "2");
        has(h, "proposer.login", "gl1");
        has(h, "judge.login", "daiban1");
        at_rev(h, "daiban1", target_of(h, "%s/load", draft), "{}", 4, 409);
        /* It is in force at once. */
        asks(h, NULL, "POST", "/api/matters", "{\"words\":\"晚上噪音太大睡不着\",\"place\":\"" G3 "\"}", 201);
        has(h, "answered_by.unit.code", "cgb");
        asks(h, "cg1", "GET", "/api/versions", NULL, 200);
        has(h, "items.0.version", "2");
        has(h, "items.0.by.login", "daiban1");
        has(h, "items.0.draft.proposer.login", "gl1");
        has(h, "items.0.draft.why", "噪声改由城管牵头");
        has(h, "items.0.files", "[\"duties.csv\"]");
        asks(h, "cg1", "GET", "/api/versions/diff?before=1", NULL, 200);
        has(h, "duties.0.code", "b-noise");
        has(h, "matters", "");
        /* Both stand in the journal, and nothing of the draft's files is kept a second time. */
        CHECK_EQ(rows_of(h, "town_draft_file"), 0);
        CHECK_EQ(rows_of(h, "store_event WHERE kind = 'draft_proposed' AND actor = 'staff:gl1'"), 1);
        CHECK_EQ(rows_of(h, "store_event WHERE kind = 'draft_loaded' AND actor = 'staff:daiban1'"), 1);
        house_catch_up(h); /* who listens passes over it */
}

HOUSE_TEST(what_the_linter_refuses_is_not_loaded)
{
        const char *draft = opened(h, "gl1");
        put(h, "gl1", draft, "duties.csv", edited(h, "duties.csv", ",cgb,wuye;pab", ",nobody,wuye;pab"), 200);
        asks(h, "gl1", "GET", target_of(h, "%s/findings", draft), NULL, 200);
        has(h, "findings.0.file", "duties.csv");
        has(h, "findings.0.line", "2");
        has(h, "findings.0.severity", "error");
        CHECK(got_text(h, &g, "findings.0.message.zh").n > 0 && got_text(h, &g, "findings.0.message.en").n > 0);
        asks(h, "gl1", "POST", target_of(h, "%s/propose", draft), NULL, 200);
        at_rev(h, "daiban1", target_of(h, "%s/load", draft), "{}", 3, 422);
        has(h, "field", "files");
        asks(h, "daiban1", "POST", target_of(h, "%s/refuse", draft), "{}", 422);
        has(h, "field", "said");
        asks(h, "gl1", "POST", target_of(h, "%s/refuse", draft), "{\"said\":\"自己不能退\"}", 403);
        asks(h, "daiban1", "POST", target_of(h, "%s/refuse", draft), "{\"said\":\"单位代码写错了\"}", 200);
        has(h, "state", "refused");
        has(h, "said", "单位代码写错了");
        has(h, "files", "[]");
        asks(h, "gl1", "GET", "/api/drafts?state=ended", NULL, 200);
        has(h, "items.0.state", "refused");
        has(h, "items.0.judge.login", "daiban1");
        asks(h, "gl1", "GET", target_of(h, "%s/diff", draft), NULL, 409);
        /* A folder without its town.yaml is told so, not fallen over. */
        draft = opened(h, "gl1");
        asks(h, "gl1", "PUT", target_of(h, "%s/file?name=town.yaml&base=1&gone=true", draft), NULL, 200);
        has(h, "files.0.gone", "true");
        asks(h, "gl1", "GET", target_of(h, "%s/findings", draft), NULL, 200);
        CHECK(got_has(&g, "folder.missing-file"));
        asks(h, "gl1", "GET", target_of(h, "%s/diff", draft), NULL, 422);
        asks(h, "gl1", "DELETE", target_of(h, "%s/file?name=town.yaml", draft), NULL, 200);
        has(h, "files", "[]");
        asks(h, "gl1", "POST", target_of(h, "%s/withdraw", draft), "{\"said\":\"不需要了\"}", 200);
        has(h, "state", "withdrawn");
}

/* Grids that overlap are drawn where they do. */
HOUSE_TEST(a_finding_says_where_on_the_map)
{
        const char *draft = opened(h, "gl1");
        put(h, "gl1", draft, "grids.geojson", edited(h, "grids.geojson", "116.41,39.90", "116.412,39.90"), 200);
        asks(h, "gl1", "GET", target_of(h, "%s/findings", draft), NULL, 200);
        CHECK(got_has(&g, "\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[[[["));
}

HOUSE_TEST(two_changes_at_once_meet)
{
        const char *one = opened(h, "gl1"), *two = opened(h, "daiban1");
        put(h, "gl1", one, "duties.csv", edited(h, "duties.csv", "b-noise,basic,noise,噪声", "b-noise,basic,noise,噪声扰民"), 200);
        put(h, "daiban1", two, "duties.csv", edited(h, "duties.csv", "b-light,basic,light,照明", "b-light,basic,light,路灯"), 200);
        asks(h, "gl1", "POST", target_of(h, "%s/propose", one), NULL, 200);
        asks(h, "daiban1", "POST", target_of(h, "%s/propose", two), NULL, 200);
        at_rev(h, "daiban1", target_of(h, "%s/load", one), "{}", 3, 200);
        at_rev(h, "gl1", target_of(h, "%s/load", two), "{}", 3, 422);
        asks(h, "gl1", "GET", target_of(h, "%s/findings", two), NULL, 200);
        CHECK(got_has(&g, "draft.conflict"));
        /* Taken back, and written again on top of what is in force. */
        asks(h, "daiban1", "POST", target_of(h, "%s/back", two), NULL, 200);
        struct str text = edited(h, "duties.csv", "b-light,basic,light,照明", "b-light,basic,light,路灯");
        ask_bytes(h, "daiban1", "PUT", target_of(h, "%s/file?name=duties.csv&base=2", two), text, target_of(h, "Content-Length: %zu\r\n", text.n), &g);
        answers(200);
        asks(h, "daiban1", "POST", target_of(h, "%s/propose", two), NULL, 200);
        at_rev(h, "gl1", target_of(h, "%s/load", two), "{}", 6, 200);
        has(h, "version", "3");
        asks(h, "gl1", "GET", "/api/folder/file?name=duties.csv", NULL, 200);
        CHECK(got_has(&g, "噪声扰民") && got_has(&g, "路灯"));
}

HOUSE_TEST(phones_are_sealed_before_they_are_kept)
{
        const char *draft = opened(h, "gl1");
        put(h, "gl1", draft, "staff.csv", edited(h, "staff.csv", "cg1,测试城管一,cgb,", "cg1,测试城管一,cgb,13800001234"), 200);
        asks(h, "gl1", "GET", target_of(h, "%s/file?name=staff.csv", draft), NULL, 200);
        CHECK(got_has(&g, "sealed:") && !got_has(&g, "13800001234"));
        asks(h, "gl1", "GET", target_of(h, "%s/findings", draft), NULL, 200);
        has(h, "errors", "0");
}

HOUSE_TEST(drafts_have_a_ceiling)
{
        for (int i = 0; i < 5; i++)
                opened(h, "gl1");
        asks(h, "gl1", "POST", "/api/drafts", "{\"why\":\"再来一份草稿\"}", 422);
        has(h, "field", "why");
        opened(h, "daiban1");
        asks(h, "gl1", "POST", "/api/drafts", "{\"why\":\"改\"}", 422);
        asks(h, "gl1", "GET", "/api/drafts/17", NULL, 404);
}

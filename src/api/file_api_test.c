/* Attachments through the whole API, on both engines, with the real helper. The samples stand under t/media. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#include "api/inner/house_test.h"
#include "base/buf.h"
#include "matter/files.h"

static void read_sample(const char *name, struct buf *to)
{
        char path[4096];
        snprintf(path, sizeof path, "%s/t/media/%s", getenv("LINLI_SOURCE"), name);
        *to = BUF(4u << 20);
        CHECK_EQ(buf_read_file(to, path), OK);
}

static void send_bytes(struct open_house *h, const char *as, const char *type, struct str bytes, const char *more, struct got *g)
{
        const char *headers = arena_printf(&h->c.arena, "%sContent-Type: %s\r\nContent-Length: %zu\r\n", more, type, bytes.n);
        ask_bytes(h, as, "POST", "/api/files", bytes, headers, g);
}

static void send_file(struct open_house *h, const char *as, const char *type, const char *name, struct got *g)
{
        struct buf b;
        read_sample(name, &b);
        send_bytes(h, as, type, buf_view(&b), "", g);
        buf_free(&b);
}

static const char *open_with(struct open_house *h, const char *token, const char **ret_id, struct got *g)
{
        ask(h, NULL, "POST", "/api/matters",
            arena_printf(&h->c.arena, "{\"words\":\"门口的垃圾没有清运\",\"subject\":\"garbage\",\"place\":\"110101002001\",\"files\":[\"%s\"]}", token), "", g);
        if (g->status != 201)
                fail_msg("%s", g->body);
        *ret_id = str_c(&h->c.arena, got_text(h, g, "id"));
        return arena_printf(&h->c.arena, "track:" STR_FMT, STR_ARG(got_text(h, g, "code")));
}

static bool got_bytes(const struct got *g, const char *words)
{
        return str_find((struct str){ g->body, g->n }, str_of(words)) >= 0;
}

static int check_op(struct ctx *ctx, void *arg)
{
        return matter_verify(ctx, arg);
}

HOUSE_TEST(a_photo_goes_in_with_a_matter_and_comes_out_without_its_position)
{
        struct got g;
        const char *id;
        const char *reporter = open_with(h, house_photo(h, NULL), &id, &g);
        ask(h, reporter, "GET", "/api/track", NULL, "", &g);
        CHECK_STR(got_text(h, &g, "files.0.k"), "1");
        CHECK_STR(got_text(h, &g, "files.0.kind"), "photo");
        CHECK_STR(got_text(h, &g, "files.0.width"), "400");
        CHECK_STR(got_text(h, &g, "files.0.by"), "reporter");

        ask(h, reporter, "GET", "/api/track/files/1", NULL, "", &g);
        CHECK_EQ(g.status, 200);
        CHECK(memcmp(g.body, "\xff\xd8\xff", 3) == 0);
        CHECK(!got_bytes(&g, "Exif") && !got_bytes(&g, "InventedPhone") && !got_bytes(&g, "must go"));
        CHECK_STR(str_of(got_header(&g, "Content-Type")), "image/jpeg");
        CHECK_STR(str_of(got_header(&g, "X-Content-Type-Options")), "nosniff");
        CHECK_STR(str_of(got_header(&g, "Content-Security-Policy")), "default-src 'none'; sandbox; frame-ancestors 'none'");
        CHECK_STR(str_of(got_header(&g, "Content-Disposition")), "inline; filename=\"photo-1.jpg\"");
        CHECK(strstr(got_header(&g, "Cache-Control"), "private"));
        size_t whole = g.n;
        ask(h, reporter, "GET", "/api/track/files/1?thumb=true", NULL, "", &g);
        CHECK_EQ(g.status, 200);
        CHECK(g.n < whole && !got_bytes(&g, "Exif"));
        ask(h, reporter, "GET", "/api/track/files/2", NULL, "", &g);
        CHECK_EQ(g.status, 404);

        struct matter_check c;
        CHECK_EQ(test_read(h->store, &h->c, check_op, &c), OK);
        CHECK_EQ(c.files, 1);
        CHECK_EQ(rows_of(h, "matter_upload"), 0);
}

HOUSE_TEST(a_part_of_a_file_can_be_asked_for)
{
        static const struct { const char *range; int status; size_t n; const char *says; } row[] = {
                { "bytes=0-9", 206, 10, "bytes 0-9/" }, { "bytes=5-5", 206, 1, "bytes 5-5/" }, { "bytes=-3", 206, 3, "bytes " },
                { "bytes=99999999-", 416, 0, "bytes */" }, { "bytes=0-1,3-4", 200, 0, "" }, { "lines=1-2", 200, 0, "" }, { "bytes=9-3", 200, 0, "" },
        };
        struct got g;
        const char *id;
        const char *reporter = open_with(h, house_photo(h, NULL), &id, &g);
        for (size_t i = 0; i < COUNT(row); i++) {
                ask(h, reporter, "GET", "/api/track/files/1", NULL, arena_printf(&h->c.arena, "Range: %s\r\n", row[i].range), &g);
                if (g.status != row[i].status || (row[i].n && g.n != row[i].n) || strncmp(got_header(&g, "Content-Range"), row[i].says, strlen(row[i].says)) != 0)
                        fail_msg("%s: %d, %zu bytes, %s", row[i].range, g.status, g.n, got_header(&g, "Content-Range"));
        }
        const char *tag = str_c(&h->c.arena, str_of(got_header(&g, "ETag")));
        ask(h, reporter, "GET", "/api/track/files/1", NULL, arena_printf(&h->c.arena, "If-None-Match: %s\r\n", tag), &g);
        CHECK_EQ(g.status, 304);
        ask(h, reporter, "HEAD", "/api/track/files/1", NULL, "", &g);
        CHECK_EQ(g.status, 200);
}

HOUSE_TEST(what_is_not_taken_is_refused_and_the_field_is_named)
{
        static const struct { const char *type, *sample, *field; int status; } row[] = {
                { "image/jpeg", "voice.mp3", "file", 422 },       { "audio/mpeg", "photo.jpg", "file", 422 },
                { "video/mp4", "film.mp4", "Content-Type", 422 }, { "image/svg+xml", "photo.png", "Content-Type", 422 },
                { "audio/mp4", "film.mp4", "file", 422 },         { "application/pdf", "photo.jpg", "Content-Type", 403 },
        };
        struct got g;
        for (size_t i = 0; i < COUNT(row); i++) {
                send_file(h, NULL, row[i].type, row[i].sample, &g);
                if (g.status != row[i].status || !str_is(got_text(h, &g, "field"), row[i].field))
                        fail_msg("%s as %s: %d %s", row[i].sample, row[i].type, g.status, g.body);
        }
        send_bytes(h, NULL, "image/jpeg", STR(""), "", &g);
        CHECK_EQ(g.status, 422);
        ask(h, NULL, "POST", "/api/files", NULL, "Content-Type: image/jpeg\r\nContent-Length: 99999999\r\n", &g);
        CHECK_EQ(g.status, 413);
        CHECK_EQ(rows_of(h, "matter_upload"), 0);
        CHECK_EQ(rows_of(h, "store_file"), 0);
}

HOUSE_TEST(a_token_is_good_once)
{
        struct got g;
        const char *id, *token = house_photo(h, NULL);
        const char *reporter = open_with(h, token, &id, &g);
        const char *note = arena_printf(&h->c.arena, "{\"text\":\"还有一张\",\"files\":[\"%s\"]}", token);
        ask(h, reporter, "POST", "/api/track/note", note, "", &g);
        CHECK_EQ(g.status, 422);
        CHECK_STR(got_text(h, &g, "field"), "files");
        ask(h, reporter, "POST", "/api/track/note", "{\"text\":\"还有一张\",\"files\":[\"0123456789abcdef0123456789abcdef\"]}", "", &g);
        CHECK_EQ(g.status, 422);
        note = arena_printf(&h->c.arena, "{\"text\":\"还有一张\",\"files\":[\"%s\"]}", house_photo(h, NULL));
        ask(h, reporter, "POST", "/api/track/note", note, "", &g);
        CHECK_EQ(g.status, 200);
        ask(h, reporter, "GET", "/api/track", NULL, "", &g);
        CHECK_STR(got_text(h, &g, "files.1.k"), "2");
        CHECK_EQ(rows_of(h, "matter_file"), 2);
        struct matter_check c;
        CHECK_EQ(test_read(h->store, &h->c, check_op, &c), OK);
}

HOUSE_TEST(the_same_upload_under_the_same_key_is_one_file)
{
        struct got g;
        struct buf b;
        read_sample("photo.webp", &b);
        send_bytes(h, NULL, "image/webp", buf_view(&b), "Idempotency-Key: 0193-photo-key\r\n", &g);
        CHECK_EQ(g.status, 201);
        struct str token = got_text(h, &g, "token");
        send_bytes(h, NULL, "image/webp", buf_view(&b), "Idempotency-Key: 0193-photo-key\r\n", &g);
        CHECK_EQ(g.status, 201);
        CHECK_STR(got_text(h, &g, "token"), str_c(&h->c.arena, token));
        CHECK_STR(got_text(h, &g, "width"), "640");
        CHECK_EQ(rows_of(h, "matter_upload"), 1);
        buf_free(&b);
        read_sample("photo.png", &b);
        send_bytes(h, NULL, "image/png", buf_view(&b), "Idempotency-Key: 0193-photo-key\r\n", &g);
        CHECK_EQ(g.status, 422);
        buf_free(&b);
}

HOUSE_TEST(after_erasing_bytes_and_salt_are_gone_and_verify_says_erased)
{
        struct got g;
        struct matter_check c;
        const char *id;
        const char *reporter = open_with(h, house_photo(h, NULL), &id, &g);
        ask(h, reporter, "POST", "/api/track/note", arena_printf(&h->c.arena, "{\"text\":\"还有\",\"files\":[\"%s\"]}", house_photo(h, NULL)), "", &g);
        CHECK_EQ(g.status, 200);
        CHECK_EQ(rows_of(h, "store_file"), 4); /* two photos and their small pictures */
        ask(h, reporter, "POST", "/api/track/files/2/erase", "{}", "", &g);
        CHECK_EQ(g.status, 200);
        ask(h, reporter, "GET", "/api/track/files/2", NULL, "", &g);
        CHECK_EQ(g.status, 404);
        ask(h, reporter, "POST", "/api/track/files/2/erase", "{}", "", &g);
        CHECK_EQ(g.status, 404);
        CHECK_EQ(rows_of(h, "store_file"), 2);
        ask(h, reporter, "POST", "/api/track/withdraw", "{}", "", &g);
        CHECK_EQ(g.status, 200);
        ask(h, reporter, "POST", "/api/track/erase", "{}", "", &g);
        CHECK_EQ(g.status, 200);
        CHECK_EQ(rows_of(h, "store_file"), 0);
        CHECK_EQ(rows_of(h, "store_file_chunk"), 0);
        CHECK_EQ(test_read(h->store, &h->c, check_op, &c), OK);
        CHECK_EQ(c.files, 2);
        CHECK_EQ(c.files_erased, 2);
        test_store_edit(h->url, "UPDATE matter_file SET erased = NULL");
        CHECK_EQ(test_read(h->store, &h->c, check_op, &c), ERR_RULE);
}

static int sweep_op(struct ctx *ctx, void *arg)
{
        return matter_upload_sweep(ctx, ctx->now, 100, arg);
}

HOUSE_TEST(what_nobody_binds_is_swept)
{
        struct got g;
        int n;
        const char *id, *late = house_photo(h, NULL);
        CHECK_EQ(test_write(h->store, &h->c, sweep_op, &n), OK);
        CHECK_EQ(n, 0);
        h->c.ctx.now.us += US_PER_DAY + 1;
        CHECK_EQ(test_write(h->store, &h->c, sweep_op, &n), OK);
        CHECK_EQ(n, 1);
        CHECK_EQ(rows_of(h, "store_file"), 0);
        ask(h, NULL, "POST", "/api/matters", arena_printf(&h->c.arena, "{\"words\":\"路灯不亮\",\"files\":[\"%s\"]}", late), "", &g);
        CHECK_EQ(g.status, 422);
        CHECK_STR(got_text(h, &g, "field"), "files");
        CHECK_EQ(rows_of(h, "matter_case"), 0);
        open_with(h, house_photo(h, NULL), &id, &g);
}

/* ---- staff --------------------------------------------------------------------------------------------------------- */

static const char pdf[] = "%PDF-1.4\n1 0 obj<</Type/Catalog/Author(A clerk)>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/* A matter led by cgb at G1; id and "track:CODE". */
static const char *open_led(struct open_house *h, const char *files, const char **ret_id)
{
        struct got g;
        ask(h, NULL, "POST", "/api/matters",
            target_of(h, "{\"words\":\"小区门口的垃圾没有清运\",\"lat\":39.905,\"lon\":116.405,\"phone\":\"13800005678\",\"files\":[%s]}", files), "", &g);
        if (g.status != 201)
                fail_msg("%s", g.body);
        *ret_id = str_c(&h->c.arena, got_text(h, &g, "id"));
        return target_of(h, "track:" STR_FMT, STR_ARG(got_text(h, &g, "code")));
}

HOUSE_TEST(an_answer_brings_a_paper_that_is_only_downloaded)
{
        struct got g;
        const char *id;
        const char *reporter = open_led(h, "", &id);
        ask_bytes(h, "cg1", "POST", "/api/files?name=%E5%8A%9E%E7%90%86%E6%83%85%E5%86%B5.pdf", (struct str){ pdf, sizeof pdf - 1 },
                  target_of(h, "Content-Type: application/pdf\r\nContent-Length: %zu\r\n", sizeof pdf - 1), &g);
        CHECK_EQ(g.status, 201);
        const char *paper = str_c(&h->c.arena, got_text(h, &g, "token")), *site = house_photo(h, "cg1");
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/sign", id), "{}", "", &g);
        CHECK_EQ(g.status, 200);
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/contact", id),
            target_of(h, "{\"channel\":\"phone\",\"time\":\"2026-01-05T09:00:00+08:00\",\"outcome\":\"reached\",\"files\":[\"%s\"]}", site), "", &g);
        CHECK_EQ(g.status, 200);
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/answer", id), target_of(h, "{\"text\":\"已清运，见附件\",\"files\":[\"%s\"]}", paper), "", &g);
        CHECK_EQ(g.status, 200);

        ask(h, reporter, "GET", "/api/track", NULL, "", &g);
        CHECK_STR(got_text(h, &g, "files.0.kind"), "paper"); /* the photo of the site is the office's own */
        CHECK_STR(got_text(h, &g, "files.0.name"), "办理情况.pdf");
        CHECK(!got_text(h, &g, "files.1").p);
        ask(h, reporter, "GET", "/api/track/files/1", NULL, "", &g);
        CHECK_EQ(g.status, 404);
        ask(h, reporter, "GET", "/api/track/files/2", NULL, "", &g);
        CHECK_EQ(g.status, 200);
        CHECK(g.n == sizeof pdf - 1 && memcmp(g.body, pdf, g.n) == 0);
        CHECK_STR(str_of(got_header(&g, "Content-Disposition")),
                  "attachment; filename=\"paper-2.pdf\"; filename*=UTF-8''%E5%8A%9E%E7%90%86%E6%83%85%E5%86%B5.pdf");
        ask(h, reporter, "GET", "/api/track/files/2?thumb=true", NULL, "", &g);
        CHECK_EQ(g.status, 404);
        ask(h, reporter, "POST", "/api/track/files/2/erase", "{}", "", &g);
        CHECK_EQ(g.status, 404); /* it is not theirs */
        ask(h, "cg1", "GET", target_of(h, "/api/matters/%s/files/1", id), NULL, "", &g);
        CHECK_EQ(g.status, 200);
}

HOUSE_TEST(nobody_binds_what_another_member_of_staff_sent_in)
{
        struct got g;
        const char *id, *token = house_photo(h, "diaodu1");
        open_led(h, "", &id);
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/sign", id), "{}", "", &g);
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/answer", id), target_of(h, "{\"text\":\"已清运，见附件\",\"files\":[\"%s\"]}", token), "", &g);
        CHECK_EQ(g.status, 403);
        CHECK_STR(got_text(h, &g, "field"), "files");
        ask(h, NULL, "POST", "/api/matters", target_of(h, "{\"words\":\"路灯不亮\",\"files\":[\"%s\"]}", token), "", &g);
        CHECK_EQ(g.status, 403);
        ask(h, "cg1", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        CHECK_STR(got_text(h, &g, "state"), "received"); /* and nothing was changed */
}

HOUSE_TEST(who_only_assists_sees_the_photo_and_does_not_hear_the_reporter)
{
        struct got g;
        struct matter_check c;
        send_file(h, NULL, "audio/amr", "voice.amr", &g);
        CHECK_EQ(g.status, 201);
        const char *voice = str_c(&h->c.arena, got_text(h, &g, "token")), *id;
        ask(h, NULL, "POST", "/api/matters",
            target_of(h, "{\"words\":\"小区门口的垃圾没有清运\",\"lat\":39.905,\"lon\":116.405,\"files\":[\"%s\",\"%s\"]}", house_photo(h, NULL), voice),
            "", &g);
        CHECK_EQ(g.status, 201);
        id = str_c(&h->c.arena, got_text(h, &g, "id"));
        ask(h, "pa1", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        CHECK_EQ(g.status, 200);
        CHECK_STR(got_text(h, &g, "files.1.withheld"), "true");
        CHECK(!got_text(h, &g, "files.0.withheld").p);
        ask(h, "pa1", "GET", target_of(h, "/api/matters/%s/files/1", id), NULL, "", &g);
        CHECK_EQ(g.status, 200);
        ask(h, "pa1", "GET", target_of(h, "/api/matters/%s/files/2", id), NULL, "", &g);
        CHECK_EQ(g.status, 403);
        ask(h, "cg1", "GET", target_of(h, "/api/matters/%s/files/2", id), NULL, "", &g);
        CHECK_EQ(g.status, 200);
        CHECK_EQ(test_read(h->store, &h->c, check_op, &c), OK);
}

HOUSE_TEST(a_matter_takes_so_many_files_and_no_more)
{
        struct got g;
        const char *id, *reporter = open_led(h, "", &id);
        char list[9 * 36 + 1] = "";
        for (int i = 0; i < 9; i++)
                snprintf(list + strlen(list), sizeof list - strlen(list), "%s\"%s\"", i ? "," : "", house_photo(h, NULL));
        ask(h, reporter, "POST", "/api/track/note", target_of(h, "{\"text\":\"太多\",\"files\":[%s,\"%s\"]}", list, "0123456789abcdef0123456789abcdef"), "", &g);
        CHECK_EQ(g.status, 422);
        CHECK_STR(got_text(h, &g, "field"), "files");
        ask(h, reporter, "POST", "/api/track/note", target_of(h, "{\"text\":\"九张\",\"files\":[%s]}", list), "", &g);
        CHECK_EQ(g.status, 200);
        test_store_edit(h->url, "UPDATE matter_case SET files = 29");
        ask(h, reporter, "POST", "/api/track/note", target_of(h, "{\"text\":\"再来\",\"files\":[\"%s\"]}", house_photo(h, NULL)), "", &g);
        CHECK_EQ(g.status, 200);
        ask(h, reporter, "POST", "/api/track/note", target_of(h, "{\"text\":\"再来\",\"files\":[\"%s\"]}", house_photo(h, NULL)), "", &g);
        CHECK_EQ(g.status, 422);
        CHECK_STR(got_text(h, &g, "field"), "files");
}

/* The web face behind the door: the same bytes for everybody, pressed when the browser takes it, and none of it in the API's documents. */
#include "api/inner/test_client.h"
#include "api/pages.h"
#include "api/routes.h"
#include "base/test.h"

static const struct web_file pressed = { .path = { "/assets/a.js", 12 }, .bytes = { { "plain", 5 }, { "gz", 2 }, { "br", 2 } } };
static const struct web_file plain = { .path = { "/a.png", 6 }, .bytes = { { "plain", 5 } } };

TEST(a_browser_gets_what_it_says_it_takes)
{
        static const struct { const char *accept; enum web_coding want; } row[] = {
                { "", CODING_PLAIN },
                { "gzip, deflate", CODING_GZIP },
                { "gzip, deflate, br", CODING_BROTLI },
                { "br;q=0, gzip", CODING_GZIP },
                { "br ; q=0.5", CODING_BROTLI },
                { "gzip;q=0.000", CODING_PLAIN },
                { "identity", CODING_PLAIN },
                { "brotli, gzippy", CODING_PLAIN },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                CHECK_EQ(web_coding_pick(&pressed, str_of(row[i].accept)), row[i].want);
                CHECK_EQ(web_coding_pick(&plain, str_of(row[i].accept)), CODING_PLAIN);
        }
}

TEST(files_stand_in_order_and_are_found)
{
        for (size_t i = 0; i < web_files_n; i++) {
                CHECK(i == 0 || str_cmp(web_files[i - 1].path, web_files[i].path) < 0);
                CHECK(web_file_find(web_files[i].path) == &web_files[i]);
        }
        CHECK(web_file_find(STR("/assets/../index.html")) == NULL);
        CHECK(web_file_find(STR("")) == NULL);
}

#define HOST "Host: localhost\r\n"

TEST(a_page_is_the_same_for_everybody_and_asks_again_cheaply)
{
        static const struct route_table *const tables[] = { &page_route_table };
        struct server_options o = test_options();
        o.tables = tables;
        o.n_tables = COUNT(tables);
        struct server *s = test_start(&o);
        struct got g;
        char again[512];
        client_ask(s, "GET /report?thing=L0001&lang=en HTTP/1.1\r\nCookie: linli=nonsense\r\nAccept-Encoding: gzip\r\n" HOST "\r\n", &g);
        CHECK_EQ(g.status, 200);
        if (web_files_n == 0) {
                CHECK(got_has(&g, "script/web build")); /* built without pages: it says so */
        } else {
                CHECK_STR(str_of(got_header(&g, "Content-Type")), "text/html; charset=utf-8");
                CHECK(strstr(got_header(&g, "Content-Security-Policy"), "script-src 'self'"));
                CHECK(!strstr(got_header(&g, "Content-Security-Policy"), "unsafe"));
                snprintf(again, sizeof again, "GET /track HTTP/1.1\r\nIf-None-Match: %s\r\nAccept-Encoding: gzip\r\n" HOST "\r\n", got_header(&g, "ETag"));
                client_ask(s, again, &g);
                CHECK_EQ(g.status, 304);
                client_ask(s, "GET /work/nothing.js HTTP/1.1\r\n" HOST "\r\n", &g);
                CHECK_EQ(g.status, 404);
                client_ask(s, "GET /desk/m/77 HTTP/1.1\r\n" HOST "\r\n", &g);
                CHECK_EQ(g.status, 200);
                client_ask(s, "GET /t/110101012000/work/?lang=en HTTP/1.1\r\n" HOST "\r\n", &g);
                CHECK_EQ(g.status, 200);
                client_ask(s, "GET /nonsense/ HTTP/1.1\r\n" HOST "\r\n", &g);
                CHECK_EQ(g.status, 404);
        }
        client_ask(s, "GET /assets/nothing.js HTTP/1.1\r\n" HOST "\r\n", &g);
        CHECK_EQ(g.status, 404);
        client_ask(s, "POST /report HTTP/1.1\r\nContent-Length: 0\r\n" HOST "\r\n", &g);
        CHECK_EQ(g.status, 405);
        test_stop(s);
}

/* The real server over loopback: routes, door, answers, later, queue, stop. */
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "api/inner/test_client.h"
#include "api/openapi.h"
#include "base/test.h"

#define HOST "Host: localhost\r\n"
static struct got g;

TEST(server_answers_with_security_headers)
{
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        client_ask(s, "GET /plain HTTP/1.1\r\n" HOST "\r\n", &g);
        CHECK_EQ(g.status, 200);
        CHECK_STR(str_of(g.body), "{\"ok\":true,\"town\":1,\"lang\":\"zh\"}");
        CHECK_STR(str_of(got_header(&g, "X-Content-Type-Options")), "nosniff");
        CHECK_STR(str_of(got_header(&g, "Referrer-Policy")), "no-referrer");
        CHECK_STR(str_of(got_header(&g, "Cache-Control")), "no-store");
        CHECK_STR(str_of(got_header(&g, "Content-Type")), "application/json");
        CHECK(strstr(got_header(&g, "Content-Security-Policy"), "default-src 'self'"));
        CHECK(got_header(&g, "Date")[0]);
        CHECK(!g.close);
        test_stop(s);
}

/* One request a row; the answer's status and a piece of its body. */
static const struct {
        const char *ask;
        int status;
        const char *has;
} asks[] = {
        { "GET /nothing HTTP/1.1\r\n" HOST "\r\n", 404, "urn:linli:problem:none" },
        { "GET /plain?x=1 HTTP/1.1\r\n" HOST "\r\n", 422, "\"field\":\"x\"" },
        { "DELETE /plain HTTP/1.1\r\n" HOST "\r\n", 405, "urn:linli:problem:method" },
        { "OPTIONS /plain HTTP/1.1\r\n" HOST "\r\n", 405, "urn:linli:problem:method" },
        { "BREW /plain HTTP/1.1\r\n" HOST "\r\n", 405, "urn:linli:problem:method" },
        { "GET /plain HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\nx", 400, "urn:linli:problem:bad" },
        { "POST /echo HTTP/1.1\r\n" HOST
          "Content-Type: application/json\r\nContent-Length: 20\r\n\r\n{\"words\":\"hello\"}   ",
          201, "\"words\":\"hello\"" },
        { "POST /echo HTTP/1.1\r\n" HOST
          "Content-Type: Application/JSON; charset=utf-8\r\nContent-Length: 17\r\n\r\n{\"words\":\"hello\"}",
          201, "hello" },
        { "POST /echo HTTP/1.1\r\n" HOST "Content-Type: text/plain\r\nContent-Length: 17\r\n\r\n{\"words\":\"hello\"}",
          415, "\"field\":\"Content-Type\"" },
        { "POST /echo HTTP/1.1\r\n" HOST "Content-Length: 17\r\n\r\n{\"words\":\"hello\"}", 415, "Content-Type" },
        { "POST /echo HTTP/1.1\r\n" HOST "\r\n", 422, "\"field\":\"words\"" },
        { "POST /echo HTTP/1.1\r\n" HOST "Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"words\":", 400,
          "urn:linli:problem:bad" },
        { "POST /echo HTTP/1.1\r\n" HOST
          "Content-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"words\":\"\"}\n",
          422, "\"field\":\"words\"" },
        { "POST /here HTTP/1.1\r\n" HOST
          "Content-Type: application/json\r\nContent-Length: 17\r\n\r\n{\"words\":\"hello\"}",
          200, "hello" },
        { "POST /echo HTTP/1.1\r\n" HOST "Idempotency-Key: short\r\n\r\n", 422, "\"field\":\"Idempotency-Key\"" },
        { "GET /slow?ms=1 HTTP/1.1\r\n" HOST "\r\n", 200, "\"ok\":true" },
        { "GET /slow?ms=x HTTP/1.1\r\n" HOST "\r\n", 422, "\"field\":\"ms\"" },
        { "POST /later HTTP/1.1\r\n" HOST "\r\n", 200, "\"rc\":0" },
        { "POST /later?ms=20 HTTP/1.1\r\n" HOST "\r\n", 200, "\"rc\":0" },
        { "POST /later?ms=77 HTTP/1.1\r\n" HOST "\r\n", 409, "urn:linli:problem:state" },
        { "POST /later_here HTTP/1.1\r\n" HOST "\r\n", 200, "\"rc\":0" },
        { "POST /later_here?ms=20 HTTP/1.1\r\n" HOST "\r\n", 200, "\"rc\":0" },
        { "GET /long HTTP/1.1\r\n" HOST "\r\n", 500, "urn:linli:problem:internal" },
        { "GET http://town.example:80/plain HTTP/1.1\r\n" HOST "\r\n", 200, "\"town\":7" },
        { "GET /plain HTTP/1.1\r\nHost: TOWN.example:8080\r\n\r\n", 200, "\"town\":7" },
        { "GET /t/" TEST_TOWN_CODE "/plain HTTP/1.1\r\n" HOST "\r\n", 200, "\"town\":110101002000" },
        { "GET /t/999999999999/plain HTTP/1.1\r\n" HOST "\r\n", 404, "urn:linli:problem:none" },
        { "GET /t/a%20b/plain HTTP/1.1\r\n" HOST "\r\n", 404, "urn:linli:problem:none" },
        { "GET /plain HTTP/1.0\r\n\r\n", 200, "\"ok\":true" },
        /* who may */
        { "GET /me HTTP/1.1\r\n" HOST "\r\n", 401, "urn:linli:problem:auth" },
        { "GET /me HTTP/1.1\r\n" HOST "Authorization: Bearer good\r\n\r\n", 403, "urn:linli:problem:right" },
        { "GET /me HTTP/1.1\r\n" HOST "Authorization: Bearer bad\r\n\r\n", 401, "urn:linli:problem:auth" },
        { "GET /me HTTP/1.1\r\n" HOST "Cookie: a=b; linli=s1\r\n\r\n", 200, "ok" },
        { "GET /me HTTP/1.1\r\n" HOST "Cookie: linli=stale\r\n\r\n", 401, "urn:linli:problem:auth" },
        { "GET /plain HTTP/1.1\r\n" HOST "Cookie: linli=stale\r\n\r\n", 200, "ok" },
        { "GET /plain HTTP/1.1\r\n" HOST "Authorization: Bearer bad\r\n\r\n", 401, "urn:linli:problem:auth" },
        { "GET /me HTTP/1.1\r\n" HOST "X-Tracking-Code: track7\r\n\r\n", 403, "urn:linli:problem:right" },
        { "GET /api/matters/7 HTTP/1.1\r\n" HOST "\r\n", 401, "urn:linli:problem:auth" },
        { "GET /api/matters/7 HTTP/1.1\r\n" HOST "X-Tracking-Code: track7\r\n\r\n", 200, "\"id\":\"7\"" },
        { "GET /api/matters/9 HTTP/1.1\r\n" HOST "X-Tracking-Code: track7\r\n\r\n", 404, "urn:linli:problem:none" },
        { "GET /api/matters/9 HTTP/1.1\r\n" HOST "Authorization: Bearer good\r\n\r\n", 200, "\"id\":\"9\"" },
        { "GET /api/matters/8 HTTP/1.1\r\n" HOST "Authorization: Bearer good\r\n\r\n", 404, "urn:linli:problem:none" },
        { "GET /api/matters/0 HTTP/1.1\r\n" HOST "Authorization: Bearer good\r\n\r\n", 404, "urn:linli:problem:none" },
        { "GET /api/matters/x HTTP/1.1\r\n" HOST "Authorization: Bearer good\r\n\r\n", 404, "urn:linli:problem:none" },
        { "GET /api/matters/%31 HTTP/1.1\r\n" HOST "Authorization: Bearer good\r\n\r\n", 200, "\"id\":\"1\"" },
        { "GET /api/matters/%00 HTTP/1.1\r\n" HOST "Authorization: Bearer good\r\n\r\n", 404,
          "urn:linli:problem:none" },
        { "GET /api/matters/7 HTTP/1.1\r\n" HOST "Authorization: Bearer good\r\nAuthorization: Bearer good\r\n\r\n",
          400, "urn:linli:problem:bad" },
        /* writes with a cookie */
        { "POST /api/matters/7/close HTTP/1.1\r\n" HOST "Cookie: linli=s1\r\n\r\n", 403, "X-CSRF-Token" },
        { "POST /api/matters/7/close HTTP/1.1\r\n" HOST "Cookie: linli=s1\r\nX-CSRF-Token: token-2\r\n\r\n", 403,
          "X-CSRF-Token" },
        { "POST /api/matters/7/close HTTP/1.1\r\n" HOST "Cookie: linli=s1\r\nX-CSRF-Token: token-1\r\n\r\n", 200,
          "\"id\":\"7\"" },
        { "POST /api/matters/7/close HTTP/1.1\r\n" HOST
          "Cookie: linli=s1\r\nX-CSRF-Token: token-1\r\nSec-Fetch-Site: cross-site\r\n\r\n",
          403, "urn:linli:problem:right" },
        { "POST /api/matters/7/close HTTP/1.1\r\n" HOST "Authorization: Bearer good\r\n\r\n", 200, "\"id\":\"7\"" },
        { "POST /api/matters/7/close HTTP/1.1\r\n" HOST "X-Tracking-Code: track7\r\n\r\n", 403,
          "urn:linli:problem:right" },
        /* revisions */
        { "POST /api/matters/7/close HTTP/1.1\r\n" HOST "Authorization: Bearer good\r\nIf-Match: \"r12\"\r\n\r\n", 200,
          "\"if_match\":12" },
        { "POST /api/matters/7/close HTTP/1.1\r\n" HOST "Authorization: Bearer good\r\nIf-Match: *\r\n\r\n", 200,
          "\"if_match\":-1" },
        { "POST /api/matters/7/close HTTP/1.1\r\n" HOST "Authorization: Bearer good\r\nIf-Match: r12\r\n\r\n", 400,
          "\"field\":\"If-Match\"" },
        { "POST /api/matters/7/close HTTP/1.1\r\n" HOST "Authorization: Bearer good\r\nIf-Match: \"r\"\r\n\r\n", 400,
          "\"field\":\"If-Match\"" },
        { "GET /list?cursor=AQI HTTP/1.1\r\n" HOST "\r\n", 400, "\"field\":\"cursor\"" },
        { "GET /health HTTP/1.1\r\n" HOST "\r\n", 200, "\"parts\":{\"store\":\"ok\"}" },
};

TEST(server_one_row_one_request)
{
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        for (size_t i = 0; i < COUNT(asks); i++) {
                client_ask(s, asks[i].ask, &g);
                if (g.status != asks[i].status || !got_has(&g, asks[i].has))
                        fail_msg("%s\n-> %d %s\nwant %d %s", asks[i].ask, g.status, g.body, asks[i].status,
                                 asks[i].has);
        }
        test_stop(s);
}

TEST(server_says_what_is_allowed)
{
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        client_ask(s, "PUT /plain HTTP/1.1\r\n" HOST "\r\n", &g);
        CHECK_EQ(g.status, 405);
        CHECK_STR(str_of(got_header(&g, "Allow")), "GET, HEAD");
        test_stop(s);
}

TEST(server_speaks_the_askers_language)
{
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        client_ask(s, "POST /echo HTTP/1.1\r\n" HOST "Accept-Language: zh-CN\r\n\r\n", &g);
        CHECK(got_has(&g, "缺少 words"));
        CHECK_STR(str_of(got_header(&g, "Content-Language")), "zh-CN");
        CHECK_STR(str_of(got_header(&g, "Content-Type")), "application/problem+json");
        client_ask(s, "POST /echo HTTP/1.1\r\n" HOST "Accept-Language: en-GB,en;q=0.9\r\n\r\n", &g);
        CHECK(got_has(&g, "words is missing"));
        CHECK(got_has(&g, "\"instance\":\"/echo\""));
        CHECK(got_has(&g, "\"title\":\"A required value is missing\""));
        CHECK(got_has(&g, "\"retry\":false"));
        CHECK_STR(str_of(got_header(&g, "Content-Language")), "en");
        test_stop(s);
}

TEST(server_head_is_get_without_the_body)
{
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        int fd = client_open(s);
        client_send(fd, "HEAD /plain HTTP/1.1\r\n" HOST "\r\n");
        client_read(fd, true, &g);
        CHECK_EQ(g.status, 200);
        CHECK_STR(str_of(got_header(&g, "Content-Length")), "32");
        client_send(fd, "HEAD /events HTTP/1.1\r\n" HOST "\r\n");
        client_read(fd, true, &g);
        CHECK_EQ(g.status, 200);
        client_send(fd, "GET /plain HTTP/1.1\r\n" HOST "\r\n");
        client_read(fd, false, &g);
        CHECK_EQ(g.status, 200);
        CHECK_EQ(g.n, 32);
        close(fd);
        test_stop(s);
}

TEST(server_keeps_the_connection_and_takes_a_pipeline)
{
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        int fd = client_open(s);
        client_send(fd, "GET /slow?ms=30 HTTP/1.1\r\n" HOST "\r\n"
                        "POST /echo HTTP/1.1\r\n" HOST
                        "Content-Type: application/json\r\nContent-Length: 17\r\n\r\n{\"words\":\"hello\"}"
                        "GET /nothing HTTP/1.1\r\n" HOST "\r\n"
                        "POST /later?ms=5 HTTP/1.1\r\n" HOST "\r\n"
                        "GET /plain HTTP/1.1\r\n" HOST "\r\n");
        static const int want[] = { 200, 201, 404, 200, 200 };
        for (size_t i = 0; i < COUNT(want); i++) {
                client_read(fd, false, &g);
                CHECK_EQ(g.status, want[i]);
                CHECK(!g.close);
        }
        close(fd);
        test_stop(s);
}

TEST(server_refused_body_is_read_through_when_small)
{
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        int fd = client_open(s);
        for (int i = 0; i < 3; i++) {
                client_send(fd, "POST /nothing HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\n12345");
                client_read(fd, false, &g);
                CHECK_EQ(g.status, 404);
                CHECK(!g.close);
        }
        close(fd);
        test_stop(s);
}

TEST(server_etag_and_304)
{
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        int fd = client_open(s);
        client_send(fd, "GET /api/matters/7 HTTP/1.1\r\n" HOST "X-Tracking-Code: track7\r\n\r\n");
        client_read(fd, false, &g);
        CHECK_STR(str_of(got_header(&g, "ETag")), "\"r3\"");
        CHECK_STR(str_of(got_header(&g, "Cache-Control")), "private, no-cache");
        static const struct {
                const char *etag;
                int want;
        } row[] = {
                { "\"r3\"", 304 }, { "W/\"r3\"", 304 }, { "\"r2\", \"r3\"", 304 },
                { "*", 304 },      { "\"r2\"", 200 },   { "r3", 200 },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                char ask[256];
                snprintf(ask, sizeof ask,
                         "GET /api/matters/7 HTTP/1.1\r\n" HOST "X-Tracking-Code: track7\r\nIf-None-Match: %s\r\n\r\n",
                         row[i].etag);
                client_send(fd, ask);
                client_read(fd, false, &g);
                CHECK_EQ(g.status, row[i].want);
        }
        close(fd);
        test_stop(s);
}

TEST(server_pages_by_cursor)
{
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        char ask[512] = "GET /list HTTP/1.1\r\n" HOST "\r\n";
        for (int i = 0; i < 5; i++) {
                char at[32], next[256] = "";
                client_ask(s, ask, &g);
                snprintf(at, sizeof at, "\"at\":%d,", i);
                CHECK(got_has(&g, at));
                CHECK_EQ(sscanf(strstr(g.body, "next"), "next\":\"%255[^\"]", next), 1);
                snprintf(ask, sizeof ask, "GET /list?cursor=%s HTTP/1.1\r\n" HOST "\r\n", next);
        }
        /* A cursor serves the town it was made for. */
        char other[600];
        snprintf(other, sizeof other, "GET /t/" TEST_TOWN_CODE "%s", ask + 4);
        client_ask(s, other, &g);
        CHECK_EQ(g.status, 400);
        test_stop(s);
}

TEST(server_header_made_by_a_handler_cannot_split)
{
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        client_ask(s, "GET /header HTTP/1.1\r\n" HOST "\r\n", &g);
        CHECK_EQ(g.status, 200);
        CHECK_STR(str_of(got_header(&g, "Set-Cookie")), "linli=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
        CHECK(!strstr(g.head, "evil"));
        test_stop(s);
}

TEST(server_rate_limits_by_class)
{
        static const struct rate_limit rates[RATE_CLASSES] = {
                [RATE_INTAKE] = { .per_minute = 2, .burst = 2 }, [RATE_SIGN_IN] = { .per_minute = 1, .burst = 2 }
        };
        struct server_options o = test_options();
        o.rates = rates;
        struct server *s = test_start(&o);
        const char *post = "POST /echo HTTP/1.1\r\n" HOST
                           "Content-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"words\":\"a\"}";
        for (int i = 0; i < 3; i++) {
                client_ask(s, post, &g);
                CHECK_EQ(g.status, i < 2 ? 201 : 429);
        }
        CHECK(atoi(got_header(&g, "Retry-After")) >= 20);
        CHECK(got_has(&g, "urn:linli:problem:rate"));
        /* what is not valid costs nothing, other classes go on */
        client_ask(s, "POST /echo HTTP/1.1\r\n" HOST "\r\n", &g);
        CHECK_EQ(g.status, 422);
        client_ask(s, "GET /plain HTTP/1.1\r\n" HOST "\r\n", &g);
        CHECK_EQ(g.status, 200);
        /* guessing a tracking code ends soon */
        for (int i = 0; i < 3; i++) {
                client_ask(s, "GET /api/matters/7 HTTP/1.1\r\n" HOST "X-Tracking-Code: guess\r\n\r\n", &g);
                CHECK_EQ(g.status, i < 2 ? 401 : 429);
        }
        test_stop(s);
}

TEST(server_believes_only_its_proxy)
{
        static const struct rate_limit rates[RATE_CLASSES] = { [RATE_INTAKE] = { .per_minute = 1, .burst = 1 } };
        for (int proxy = 0; proxy < 2; proxy++) {
                struct server_options o = test_options();
                o.rates = rates;
                o.proxy = proxy ? "127.0.0.1" : NULL;
                struct server *s = test_start(&o);
                for (int i = 0; i < 3; i++) {
                        char ask[300];
                        snprintf(ask, sizeof ask,
                                 "POST /echo HTTP/1.1\r\n" HOST "X-Forwarded-For: 9.9.9.9, 10.0.0.%d\r\n"
                                 "Content-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"words\":\"a\"}",
                                 i);
                        client_ask(s, ask, &g);
                        CHECK_EQ(g.status, proxy || i == 0 ? 201 : 429);
                }
                client_ask(s, "GET /metrics HTTP/1.1\r\n" HOST "\r\n", &g);
                CHECK_EQ(g.status, 200);
                client_ask(s, "GET /metrics HTTP/1.1\r\n" HOST "X-Forwarded-For: 10.0.0.1\r\n\r\n", &g);
                CHECK_EQ(g.status, 404);
                test_stop(s);
        }
}

TEST(server_metrics_count)
{
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        for (int i = 0; i < 3; i++)
                client_ask(s, "GET /plain HTTP/1.1\r\n" HOST "\r\n", &g);
        client_ask(s, "GET /nothing HTTP/1.1\r\n" HOST "\r\n", &g);
        client_ask(s, "GET /metrics HTTP/1.1\r\n" HOST "\r\n", &g);
        CHECK(got_has(&g, "linli_http_requests_total{route=\"t.plain\",status=\"2xx\"} 3\n"));
        CHECK(got_has(&g, "linli_http_requests_total{route=\"none\",status=\"4xx\"} 1\n"));
        CHECK(got_has(&g, "linli_http_in_flight 1\n"));
        CHECK(got_has(&g, "linli_test_lines 1\n"));
        CHECK_STR(str_of(got_header(&g, "Content-Type")), "text/plain; version=0.0.4; charset=utf-8");
        test_stop(s);
}

/* ---- many at once ------------------------------------------------------------------------------------ */

struct many {
        struct server *s;
        const char *ask;
        int n, bad, status;
};

static void *many_main(void *arg)
{
        struct many *m = arg;
        struct got *mine = calloc(1, sizeof *mine);
        int fd = client_open(m->s);
        for (int i = 0; i < m->n; i++) {
                client_send(fd, m->ask);
                client_read(fd, false, mine);
                if (mine->status == 200 || mine->status == 201)
                        continue;
                m->bad++;
                m->status = mine->status;
        }
        close(fd);
        free(mine);
        return NULL;
}

TEST(server_answers_that_come_later_under_load)
{
        static const char *const ask[] = {
                "POST /later HTTP/1.1\r\n" HOST "\r\n",
                "POST /later?ms=1 HTTP/1.1\r\n" HOST "\r\n",
                "POST /later_here HTTP/1.1\r\n" HOST "\r\n",
                "GET /slow?ms=0 HTTP/1.1\r\n" HOST "\r\n",
                "GET /plain HTTP/1.1\r\n" HOST "\r\n",
                "POST /echo HTTP/1.1\r\n" HOST
                "Content-Type: application/json\r\nContent-Length: 17\r\n\r\n{\"words\":\"hello\"}",
        };
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        struct many m[12];
        pthread_t t[12];
        for (size_t i = 0; i < COUNT(m); i++) {
                m[i] = (struct many){ .s = s, .ask = ask[i % COUNT(ask)], .n = 150 };
                CHECK_EQ(pthread_create(&t[i], NULL, many_main, &m[i]), 0);
        }
        for (size_t i = 0; i < COUNT(m); i++) {
                pthread_join(t[i], NULL);
                if (m[i].bad)
                        fail_msg("%d bad, for example %d: %s", m[i].bad, m[i].status, m[i].ask);
        }
        test_stop(s);
}

static void wait_running(int n)
{
        for (int i = 0; i < 4000 && atomic_load(&test_running) < n; i++)
                poll(NULL, 0, 2);
        CHECK_EQ(atomic_load(&test_running), n);
}

TEST(server_full_queue_answers_at_once)
{
        struct server_options o = test_options();
        o.workers = 1;
        o.queue_max = 2;
        struct server *s = test_start(&o);
        int fd[3];
        for (int i = 0; i < 3; i++) {
                fd[i] = client_open(s);
                client_send(fd[i], "GET /hang HTTP/1.1\r\n" HOST "\r\n");
                if (i == 0)
                        wait_running(1);
        }
        for (int i = 0; i < 4000 && atomic_load(&server_metrics(s)->queued) < 2; i++)
                poll(NULL, 0, 2);
        client_ask(s, "GET /hang HTTP/1.1\r\n" HOST "\r\n", &g);
        CHECK_EQ(g.status, 503);
        CHECK(atoi(got_header(&g, "Retry-After")) >= 1);
        CHECK(!g.close);
        client_ask(s, "GET /plain HTTP/1.1\r\n" HOST "\r\n", &g); /* the loop does not wait */
        CHECK_EQ(g.status, 200);
        atomic_store(&test_release, 1);
        for (int i = 0; i < 3; i++) {
                client_read(fd[i], false, &g);
                CHECK_EQ(g.status, 200);
                close(fd[i]);
        }
        test_stop(s);
}

TEST(server_what_waited_too_long_is_not_run)
{
        struct server_options o = test_options();
        o.workers = 1;
        o.run_ms = 600;
        struct server *s = test_start(&o);
        int a = client_open(s), b = client_open(s);
        client_send(a, "GET /hang HTTP/1.1\r\n" HOST "\r\n");
        wait_running(1);
        client_send(b, "GET /plain HTTP/1.1\r\n" HOST "\r\nGET /hang HTTP/1.1\r\n" HOST "\r\n");
        client_read(b, false, &g);
        poll(NULL, 0, 900);
        atomic_store(&test_release, 1);
        client_read(b, false, &g);
        CHECK_EQ(g.status, 503);
        client_read(a, false, &g);
        CHECK_EQ(g.status, 200);
        close(a);
        close(b);
        test_stop(s);
}

TEST(server_stops_gracefully)
{
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        int slow = client_open(s), idle = client_open(s);
        client_send(slow, "GET /slow?ms=300 HTTP/1.1\r\n" HOST "\r\n");
        wait_running(1);
        CHECK_EQ(server_stop(s), OK);
        client_read(slow, false, &g);
        CHECK_EQ(g.status, 200);
        CHECK(g.close);
        CHECK(client_closed(idle, 1000));
        close(slow);
        close(idle);
        test_stop(s);
}

static void *release_soon(void *arg)
{
        (void)arg;
        poll(NULL, 0, 400);
        atomic_store(&test_release, 1);
        return NULL;
}

TEST(server_stops_while_requests_hang)
{
        struct server_options o = test_options();
        o.drain_ms = 100;
        struct server *s = test_start(&o);
        int hang = client_open(s), later = client_open(s);
        client_send(hang, "GET /hang HTTP/1.1\r\n" HOST "\r\n");
        client_send(later, "POST /later?ms=350 HTTP/1.1\r\n" HOST "\r\n");
        wait_running(2);
        pthread_t t;
        CHECK_EQ(pthread_create(&t, NULL, release_soon, NULL), 0);
        CHECK_EQ(server_stop(s), OK);
        pthread_join(t, NULL);
        client_read(hang, false, &g);
        CHECK_EQ(g.status, 503);
        CHECK(g.close);
        client_read(later, false, &g);
        CHECK_EQ(g.status, 503);
        close(hang);
        close(later);
        test_stop(s);
}

TEST(server_refuses_while_it_stops)
{
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        int hang = client_open(s), second = client_open(s);
        client_send(hang, "GET /hang HTTP/1.1\r\n" HOST "\r\n");
        wait_running(1);
        pthread_t t;
        CHECK_EQ(pthread_create(&t, NULL, release_soon, NULL), 0);
        pthread_t stop;
        CHECK_EQ(pthread_create(&stop, NULL, (void *(*)(void *))(void (*)(void))server_stop, s), 0);
        poll(NULL, 0, 100);
        client_send(second, "GET /plain HTTP/1.1\r\n" HOST "\r\n");
        client_read(second, false, &g);
        CHECK_EQ(g.status, 503);
        CHECK(g.close);
        pthread_join(t, NULL);
        pthread_join(stop, NULL);
        client_read(hang, false, &g);
        CHECK_EQ(g.status, 200);
        close(hang);
        close(second);
        test_stop(s);
}

TEST(server_will_not_start_on_bad_options)
{
        struct server_options o = test_options();
        struct server *s = NULL;
        struct err err = { 0 };
        o.address = "localhost";
        CHECK_EQ(server_start(&o, &s, &err), ERR_BAD);
        o.address = "127.0.0.1";
        o.tls_cert = o.tls_key = "not a certificate";
        CHECK_EQ(server_start(&o, &s, &err), ERR_BAD);
        o = test_options();
        struct server *first = test_start(&o);
        o.port = server_port(first);
        CHECK_EQ(server_start(&o, &s, &err), ERR_IO);
        CHECK(strstr(err.en, "Cannot listen"));
        o.n_tables = 1;
        const struct route_table *const twice[] = { o.tables[0], o.tables[0] };
        o.tables = twice;
        o.n_tables = 2;
        CHECK_EQ(server_start(&o, &s, &err), ERR_RULE);
        CHECK(s == NULL);
        test_stop(first);
}

/* ---- without a socket -------------------------------------------------------------------------------- */

static void once(struct server *s, const char *in, char *out, size_t max)
{
        FILE *from = fmemopen((void *)(uintptr_t)in, strlen(in), "r");
        FILE *to = fmemopen(out, max, "w");
        CHECK_EQ(http_once(s, from, to), OK);
        fclose(from);
        fclose(to);
}

TEST(http_once_copies_the_conversation)
{
        static char out[8192];
        struct server_options o = test_options();
        o.address = NULL;
        struct server *s = test_start(&o);
        once(s, "GET /plain HTTP/1.1\r\n" HOST "\r\nPOST /later?ms=50 HTTP/1.1\r\n" HOST "\r\n", out, sizeof out);
        CHECK(strstr(out, "\"ok\":true"));
        CHECK(strstr(out, "\"rc\":0"));
        CHECK(strstr(strstr(out, "HTTP/1.1 200 OK") + 1, "HTTP/1.1 200 OK"));
        memset(out, 0, sizeof out);
        once(s, "GET /plain HTTP/1.1\r\nConnection: close\r\n" HOST "\r\n", out, sizeof out);
        CHECK(strstr(out, "\"ok\":true"));
        memset(out, 0, sizeof out);
        once(s, "GET /plain HTTP/1.1\r\nHos", out, sizeof out);
        CHECK_STR(str_of(out), "");
        once(s, "nonsense\r\n\r\n", out, sizeof out);
        test_stop(s);
}

/* ---- the document ------------------------------------------------------------------------------------ */

TEST(openapi_lists_every_route)
{
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        struct err err = { 0 };
        struct buf doc = BUF(1 << 20);
        JSON_AUTO json = NULL;
        openapi_write(server_router(s), &doc);
        CHECK_EQ(json_parse(buf_view(&doc), &json, &err), OK);
        CHECK_STR(json_text(json_get(json, "openapi")), "3.1.0");
        static const char *const lower[HTTP_METHODS] = { "", "get", "post", "put", "patch", "delete" };
        for (size_t i = 0; i < router_count(server_router(s)); i++) {
                const struct route *r = router_route(server_router(s), i);
                struct json_object *operation = json_get(json_get(json_get(json, "paths"), r->path), lower[r->method]);
                CHECK_STR(json_text(json_get(operation, "operationId")), r->name);
                CHECK(json_get(operation, "responses") != NULL);
                CHECK(json_get(operation, "security") != NULL);
        }
        struct json_object *schemas = json_get(json_get(json, "components"), "schemas");
        CHECK(json_get(schemas, "Problem") && json_get(schemas, "t.echo.body") && json_get(schemas, "Echo"));
        CHECK(json_get(json_get(json_get(json, "components"), "securitySchemes"), "csrf"));
        buf_free(&doc);
        client_ask(s, "GET /api/openapi.json HTTP/1.1\r\n" HOST "\r\n", &g);
        CHECK_EQ(g.status, 200);
        CHECK(got_header(&g, "ETag")[0] == '"');
        test_stop(s);
}

TEST(docs_page_speaks_two_languages)
{
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        client_ask(s, "GET /docs HTTP/1.1\r\n" HOST "\r\n", &g);
        CHECK(got_has(&g, "<html lang=\"zh-CN\">") && got_has(&g, "/api/matters/{id}") && !got_has(&g, "<script"));
        client_ask(s, "GET /docs?lang=en HTTP/1.1\r\n" HOST "\r\n", &g);
        CHECK(got_has(&g, "<html lang=\"en\">") && got_has(&g, "Right needed"));
        CHECK(got_has(&g, "Who <code>me</code> is") && got_has(&g, "<a href=\"#Echo\">Echo</a>") && got_has(&g, "<section id=\"Echo\">"));
        client_ask(s, "GET /docs?lang=fr HTTP/1.1\r\n" HOST "\r\n", &g);
        CHECK_EQ(g.status, 422);
        struct buf md = BUF(1 << 20);
        route_markdown(server_router(s), &md);
        buf_char(&md, '\0');
        CHECK(strstr(md.p, "## POST /echo") &&
              strstr(md.p, "| `words` | text, lines allowed, 1-500 | yes | Words 话 |"));
        buf_free(&md);
        test_stop(s);
}

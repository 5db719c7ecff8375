/* Clients that break the rules: ambiguous framing, floods, and those who never finish. */
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "api/inner/test_client.h"
#include "base/test.h"

#define HOST "Host: localhost\r\n"
#define JSON "Content-Type: application/json\r\n"
static struct got g;

/* 0 = closed without an answer is fine too. After each the connection must be closed. */
static const struct {
        const char *what, *ask;
        size_t n; /* bytes; 0 = to the NUL */
        int status;
} bad[] = {
        { "both framings",
          "POST /echo HTTP/1.1\r\n" HOST JSON "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 0,
          400 },
        { "two lengths", "POST /echo HTTP/1.1\r\n" HOST JSON "Content-Length: 0\r\nContent-Length: 5\r\n\r\nGET /", 0,
          400 },
        { "two equal lengths", "POST /echo HTTP/1.1\r\n" HOST JSON "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
          0, 400 },
        { "length list", "POST /echo HTTP/1.1\r\n" HOST JSON "Content-Length: 2, 2\r\n\r\n{}", 0, 400 },
        { "negative length", "POST /echo HTTP/1.1\r\n" HOST JSON "Content-Length: -2\r\n\r\n{}", 0, 400 },
        { "length with blank", "POST /echo HTTP/1.1\r\n" HOST JSON "Content-Length : 2\r\n\r\n{}", 0, 400 },
        { "coding with blank",
          "POST /echo HTTP/1.1\r\n" HOST JSON "Transfer-Encoding : chunked\r\nContent-Length: 2\r\n\r\n{}", 0, 400 },
        { "unknown coding", "POST /echo HTTP/1.1\r\n" HOST JSON "Transfer-Encoding: xchunked\r\n\r\n{}", 0, 400 },
        { "identity coding",
          "POST /echo HTTP/1.1\r\n" HOST JSON "Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}", 0, 400 },
        { "chunked in 1.0", "POST /echo HTTP/1.0\r\n" HOST JSON "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 0, 400 },
        { "bad chunk size",
          "POST /echo HTTP/1.1\r\n" HOST JSON "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", 0, 400 },
        { "chunk without end",
          "POST /echo HTTP/1.1\r\n" HOST JSON "Transfer-Encoding: chunked\r\n\r\n2\r\n{}xx0\r\n\r\n", 0, 400 },
        { "no host", "GET /plain HTTP/1.1\r\n\r\n", 0, 400 },
        { "two hosts", "GET /plain HTTP/1.1\r\n" HOST HOST "\r\n", 0, 400 },
        { "strange host", "GET /plain HTTP/1.1\r\nHost: a/b\r\n\r\n", 0, 400 },
        { "folded header", "GET /plain HTTP/1.1\r\n" HOST "X: a\r\n b\r\n\r\n", 0, 400 },
        { "folded length",
          "POST /echo HTTP/1.1\r\n" HOST JSON "X: a\r\n Content-Length: 9\r\nContent-Length: 2\r\n\r\n{}", 0, 400 },
        { "bare LF", "GET /plain HTTP/1.1\n" HOST "\r\n", 0, 400 },
        { "bare LF between headers", "GET /plain HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 0, 400 },
        { "bare LF at the end", "GET /plain HTTP/1.1\r\n" HOST "\n", 0, 400 },
        { "name that is no token", "GET /plain HTTP/1.1\r\n" HOST "X(y): 1\r\n\r\n", 0, 400 },
        { "empty name", "GET /plain HTTP/1.1\r\n" HOST ": 1\r\n\r\n", 0, 400 },
        { "control in a value", "GET /plain HTTP/1.1\r\n" HOST "X: a\x02\r\n\r\n", 0, 400 },
        { "CR in a value", "GET /plain HTTP/1.1\r\n" HOST "X: a\rb\r\n\r\n", 0, 400 },
        { "NUL in a value", "GET /plain HTTP/1.1\r\nHost: a\0b\r\n\r\n", 34, 400 },
        { "NUL hides a length",
          "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\0"
          "3\r\n\r\n{}",
          55, 400 },
        { "NUL in the target", "GET /plain\0x HTTP/1.1\r\n" HOST "\r\n", 42, 400 },
        { "blank in the target", "GET /pl ain HTTP/1.1\r\n" HOST "\r\n", 0, 0 },
        { "two blanks", "GET  /plain HTTP/1.1\r\n" HOST "\r\n", 0, 400 },
        { "no version", "GET /plain\r\n" HOST "\r\n", 0, 0 },
        { "wrong version", "GET /plain HTTP/3.0\r\n" HOST "\r\n", 0, 0 },
        { "strange method", "G@T /plain HTTP/1.1\r\n" HOST "\r\n", 0, 400 },
        { "TLS hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15, 0 },
};

TEST(hostile_framing_is_refused)
{
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        for (size_t i = 0; i < COUNT(bad); i++) {
                int fd = client_open(s);
                client_send_n(fd, bad[i].ask, bad[i].n ? bad[i].n : strlen(bad[i].ask));
                client_read(fd, false, &g);
                if (bad[i].status && g.status != bad[i].status)
                        fail_msg("%s: got %d %s", bad[i].what, g.status, g.body);
                if (g.status == 200 || g.status == 201)
                        fail_msg("%s: was answered %s", bad[i].what, g.body);
                if (!client_closed(fd, 2000))
                        fail_msg("%s: the connection stays open", bad[i].what);
                close(fd);
        }
        test_stop(s);
}

TEST(hostile_sizes)
{
        static char big[70000];
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        /* 8 KiB of target pass, one more does not */
        for (int more = 0; more < 2; more++) {
                memset(big, 'a', sizeof big);
                int n = snprintf(big, sizeof big, "GET /");
                big[n] = 'a';
                strcpy(big + n + (8192 - 1) + more, " HTTP/1.1\r\n" HOST "\r\n");
                client_ask(s, big, &g);
                CHECK_EQ(g.status, more ? 414 : 404);
        }
        /* 100 headers pass, 101 do not */
        for (int more = 0; more < 2; more++) {
                int n = snprintf(big, sizeof big, "GET /plain HTTP/1.1\r\n" HOST);
                for (int i = 0; i < 99 + more; i++)
                        n += snprintf(big + n, sizeof big - (size_t)n, "X-%d: 1\r\n", i);
                strcpy(big + n, "\r\n");
                client_ask(s, big, &g);
                CHECK_EQ(g.status, more ? 431 : 200);
        }
        /* 15 KiB of headers pass, 17 and 60 do not */
        static const struct {
                int kib, status;
        } headers[] = { { 15, 200 }, { 17, 431 }, { 60, 431 } };
        for (size_t i = 0; i < COUNT(headers); i++) {
                int n = snprintf(big, sizeof big, "GET /plain HTTP/1.1\r\n" HOST "X: ");
                memset(big + n, 'a', (size_t)headers[i].kib << 10);
                strcpy(big + n + (headers[i].kib << 10), "\r\n\r\n");
                client_ask(s, big, &g);
                CHECK_EQ(g.status, headers[i].status);
        }
        test_stop(s);
}

TEST(hostile_body_past_its_ceiling)
{
        static char big[400000];
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        memset(big, 'a', sizeof big - 1);
        /* announced: refused before it is sent, even a hundred-continue */
        int fd = client_open(s);
        client_send(fd, "PUT /raw/x HTTP/1.1\r\n" HOST "Content-Length: 200001\r\nExpect: 100-continue\r\n\r\n");
        client_read(fd, false, &g);
        CHECK_EQ(g.status, 413);
        CHECK(client_closed(fd, 2000));
        close(fd);
        /* announced and small: read through, the connection lives */
        fd = client_open(s);
        client_send(fd, "POST /echo HTTP/1.1\r\n" HOST JSON "Content-Length: 3000\r\n\r\n");
        client_send_n(fd, big, 3000);
        client_read(fd, false, &g);
        CHECK_EQ(g.status, 413);
        client_send(fd, "GET /plain HTTP/1.1\r\n" HOST "\r\n");
        client_read(fd, false, &g);
        CHECK_EQ(g.status, 200);
        close(fd);
        /* in chunks: thrown away, then refused */
        fd = client_open(s);
        client_send(fd, "PUT /raw/x HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n493E0\r\n");
        client_send_n(fd, big, 300000);
        client_send(fd, "\r\n0\r\n\r\n");
        client_read(fd, false, &g);
        CHECK_EQ(g.status, 413);
        close(fd);
        /* at the ceiling: taken, after 100 Continue */
        fd = client_open(s);
        client_send(fd, "PUT /raw/x HTTP/1.1\r\n" HOST "Content-Length: 200000\r\nExpect: 100-continue\r\n\r\n");
        client_read(fd, false, &g);
        CHECK_EQ(g.status, 100);
        client_send_n(fd, big, 200000);
        client_read(fd, false, &g);
        CHECK_EQ(g.status, 200);
        CHECK(got_has(&g, "\"bytes\":200000"));
        /* chunks and trailers */
        client_send(fd, "PUT /raw/x HTTP/1.1\r\n" HOST
                        "Transfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n2\r\nde\r\n0\r\nX: y\r\n\r\n");
        client_read(fd, false, &g);
        CHECK(got_has(&g, "\"bytes\":5"));
        close(fd);
        test_stop(s);
}

TEST(hostile_endless_chunks_are_cut)
{
        static char big[65536];
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        int fd = client_open(s), sent = 0;
        client_send(fd, "PUT /raw/x HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n");
        while (sent < 2000 && client_send_n(fd, big, sizeof big))
                sent++;
        CHECK(sent < 2000);
        close(fd);
        test_stop(s);
}

TEST(hostile_bodies_have_a_common_budget)
{
        static char big[100000];
        struct server_options o = test_options();
        o.body_budget = 150000;
        struct server *s = test_start(&o);
        int a = client_open(s), b = client_open(s), c = client_open(s);
        g.status = 0;
        client_send(a, "PUT /raw/x HTTP/1.1\r\n" HOST "Content-Length: 200000\r\n\r\n");
        client_send_n(a, big, sizeof big);
        client_send(b, "PUT /raw/x HTTP/1.1\r\n" HOST "Content-Length: 200000\r\n\r\n");
        client_send_n(b, big, sizeof big);
        for (int i = 0; i < 100 && g.status != 503; i++) { /* until the server has read that much */
                struct pollfd p = { .fd = c, .events = POLLIN };
                client_send(c, "PUT /raw/x HTTP/1.1\r\n" HOST "Content-Length: 200000\r\n\r\n");
                if (poll(&p, 1, 100) > 0) {
                        client_read(c, false, &g);
                } else {
                        close(c);
                        c = client_open(s);
                }
        }
        CHECK_EQ(g.status, 503);
        close(a);
        close(b);
        close(c);
        for (int i = 0; i < 100 && g.status != 200; i++) { /* until it has noticed that they left */
                poll(NULL, 0, 20);
                client_ask(s, "PUT /raw/x HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nabc", &g);
        }
        CHECK_EQ(g.status, 200);
        test_stop(s);
}

/* ---- those who never finish -------------------------------------------------------------------------- */

static int64_t ms_now(void)
{
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A byte now and then, until the server has had enough; returns the milliseconds it took. */
static int64_t drip(int fd, const char *first, const char *each)
{
        int64_t start = ms_now();
        client_send(fd, first);
        while (ms_now() - start < 10000 && !client_closed(fd, 25))
                client_send(fd, each);
        return ms_now() - start;
}

static void wait_cut(struct server *s, uint64_t n)
{
        for (int i = 0; i < 500 && atomic_load(&server_metrics(s)->refused[REFUSED_SLOW]) < n; i++)
                poll(NULL, 0, 10);
        CHECK_EQ(atomic_load(&server_metrics(s)->refused[REFUSED_SLOW]), n);
}

TEST(hostile_slow_clients_are_cut)
{
        static const struct {
                const char *what, *first, *each;
        } slow[] = {
                { "says nothing", "", "" },
                { "request line", "GET /pla", "a" },
                { "headers", "GET /plain HTTP/1.1\r\n" HOST, "X: y\r\n" },
                { "body", "PUT /raw/x HTTP/1.1\r\n" HOST "Content-Length: 1000\r\n\r\n", "a" },
                { "chunks", "PUT /raw/x HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n" },
                { "trailers", "PUT /raw/x HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X: y\r\n" },
        };
        struct server_options o = test_options();
        o.headers_ms = 500;
        o.body_ms = 700;
        o.idle_ms = 600;
        struct server *s = test_start(&o);
        for (size_t i = 0; i < COUNT(slow); i++) {
                int fd = client_open(s);
                int64_t took = drip(fd, slow[i].first, slow[i].each);
                if (took < 400 || took > 8000)
                        fail_msg("%s: cut after %lld ms", slow[i].what, (long long)took);
                close(fd);
        }
        /* between requests too, however busy the client looks */
        int fd = client_open(s);
        client_send(fd, "GET /plain HTTP/1.1\r\n" HOST "\r\n");
        client_read(fd, false, &g);
        CHECK_EQ(g.status, 200);
        int64_t took = drip(fd, "G", "E");
        CHECK(took > 400 && took < 8000);
        close(fd);
        wait_cut(s, COUNT(slow) + 1);
        /* a handler that takes its time is not cut */
        client_ask(s, "GET /slow?ms=1500 HTTP/1.1\r\n" HOST "\r\n", &g);
        CHECK_EQ(g.status, 200);
        test_stop(s);
}

TEST(hostile_reader_that_does_not_read)
{
        struct server_options o = test_options();
        o.send_ms = 300;
        o.headers_ms = o.body_ms = 1000;
        struct server *s = test_start(&o);
        int fd = client_open(s);
        for (int i = 0; i < 20000 && client_send(fd, "GET /docs HTTP/1.1\r\n" HOST "\r\n"); i++) {
                struct pollfd p = { .fd = fd, .events = POLLOUT };
                if (poll(&p, 1, 50) <= 0)
                        break;
        }
        wait_cut(s, 1);
        close(fd);
        test_stop(s);
}

TEST(hostile_connections_of_one_address_are_limited)
{
        struct server_options o = test_options();
        o.per_address = 2;
        struct server *s = test_start(&o);
        int fd[3];
        for (int i = 0; i < 3; i++) {
                fd[i] = client_open(s);
                client_send(fd[i], "GET /plain HTTP/1.1\r\n" HOST "\r\n");
                client_read(fd[i], false, &g);
                CHECK_EQ(g.status, i < 2 ? 200 : 0);
        }
        for (int i = 0; i < 3; i++)
                close(fd[i]);
        test_stop(s);
}

TEST(hostile_hang_up_at_any_time)
{
        static const char ask[] = "POST /later?ms=3 HTTP/1.1\r\n" HOST "Idempotency-Key: 0123456789\r\n\r\n";
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        for (int round = 0; round < 3; round++) {
                for (size_t n = 0; n < sizeof ask; n += 3) {
                        int fd = round == 2 ? client_pair(s) : client_open(s);
                        client_send_n(fd, ask, n);
                        if (round == 1)
                                poll(NULL, 0, 1);
                        close(fd);
                }
        }
        client_ask(s, "GET /plain HTTP/1.1\r\n" HOST "\r\n", &g);
        CHECK_EQ(g.status, 200);
        test_stop(s);
}

/* Live streams: delivery, filters, coalescing, heartbeats, limits, ending. */
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "api/inner/test_client.h"
#include "base/test.h"

#define HOST "Host: localhost\r\n"
static char stream[1 << 20];

static int open_stream(struct server *s, const char *path, const char *more)
{
        char ask[300];
        int fd = client_open(s);
        snprintf(ask, sizeof ask, "GET %s HTTP/1.1\r\n" HOST "%s\r\n", path, more);
        client_send(fd, ask);
        return fd;
}

/* Read until @text has come @times, or 5 seconds are over. */
static bool wait_for(int fd, const char *text, int times)
{
        size_t n = 0;
        stream[0] = '\0';
        for (int i = 0; i < 500; i++) {
                struct pollfd p = { .fd = fd, .events = POLLIN };
                if (poll(&p, 1, 10) > 0) {
                        ssize_t got = recv(fd, stream + n, sizeof stream - 1 - n, MSG_DONTWAIT);
                        if (got <= 0)
                                return false;
                        n += (size_t)got;
                        stream[n] = '\0';
                }
                int seen = 0;
                for (const char *at = stream; (at = strstr(at, text)); at++)
                        seen++;
                if (seen >= times)
                        return true;
        }
        return false;
}

static void publish(int64_t town, const char *kind, int64_t id)
{
        sse_publish(test_hub, &(struct sse_event){ .town = town, .kind = kind, .id = id });
}

static void wait_clients(size_t n)
{
        for (int i = 0; i < 500 && sse_clients(test_hub) != n; i++)
                poll(NULL, 0, 10);
        CHECK_EQ(sse_clients(test_hub), n);
}

TEST(sse_delivers_what_the_client_may_see)
{
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        int even = open_stream(s, "/events", ""), all = open_stream(s, "/events?all=true", "");
        wait_clients(2);
        CHECK(wait_for(even, "text/event-stream", 1));
        publish(1, "matter.changed", 3);
        publish(1, "matter.changed", 4);
        publish(2, "matter.changed", 6); /* another town */
        publish(1, "matter.done", 8);
        CHECK(wait_for(even, "event: matter.done\ndata: {\"id\":\"8\"}", 1));
        CHECK(strstr(stream, "data: {\"id\":\"4\"}") && !strstr(stream, "\"3\"") && !strstr(stream, "\"6\""));
        CHECK(wait_for(all, "data: {\"id\":\"8\"}", 1));
        CHECK(strstr(stream, "data: {\"id\":\"3\"}") && !strstr(stream, "\"6\""));
        close(even);
        close(all);
        wait_clients(0); /* found out at a heartbeat */
        test_stop(s);
}

TEST(sse_coalesces_and_overflows_to_resync)
{
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        int fd = open_stream(s, "/events?all=true", "");
        CHECK(wait_for(fd, ":\n\n", 1));
        for (int i = 0; i < 1000; i++)
                publish(1, "matter.changed", 5);
        publish(1, "matter.changed", 6);
        CHECK(wait_for(fd, "\"6\"", 1));
        int fives = 0;
        for (const char *at = stream; (at = strstr(at, "data: {\"id\":\"5\"}")); at++)
                fives++;
        CHECK(fives >= 1 && fives <= 3);
        for (int i = 0; i < SSE_WAITING_MAX * 4; i++)
                publish(1, "matter.changed", 1000 + i);
        CHECK(wait_for(fd, "event: resync\ndata: {}", 1));
        close(fd);
        test_stop(s);
}

TEST(sse_heartbeat_limit_and_return)
{
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        int fd[4];
        for (int i = 0; i < 3; i++)
                fd[i] = open_stream(s, "/events", i == 2 ? "Last-Event-ID: 9\r\n" : "");
        wait_clients(3);
        CHECK(wait_for(fd[0], ":\n\n", 3));
        CHECK(wait_for(fd[2], "event: resync", 1));
        fd[3] = open_stream(s, "/events", "");
        CHECK(wait_for(fd[3], "HTTP/1.1 503", 1));
        for (int i = 0; i < 4; i++)
                close(fd[i]);
        wait_clients(0);
        test_stop(s);
}

TEST(sse_streams_end_when_the_server_stops)
{
        struct server_options o = test_options();
        struct server *s = test_start(&o);
        int fd = open_stream(s, "/events", "");
        CHECK(wait_for(fd, ":\n\n", 1));
        test_stop(s);
        CHECK(client_closed(fd, 1000));
        close(fd);
}

TEST(sse_reader_that_does_not_read_is_cut)
{
        struct server_options o = test_options();
        o.send_ms = 300;
        o.headers_ms = o.body_ms = 1000;
        struct server *s = test_start(&o);
        int fd = client_pair(s);
        client_send(fd, "GET /events?all=true HTTP/1.1\r\n" HOST "\r\n");
        wait_clients(1);
        for (int64_t id = 1; id < 20000 && sse_clients(test_hub) > 0; id++) {
                publish(1, "matter.changed", id);
                poll(NULL, 0, 1);
        }
        CHECK_EQ(sse_clients(test_hub), 0);
        for (int i = 0; i < 500 && atomic_load(&server_metrics(s)->refused[REFUSED_SLOW]) == 0; i++)
                poll(NULL, 0, 10);
        CHECK_EQ(atomic_load(&server_metrics(s)->refused[REFUSED_SLOW]), 1);
        close(fd);
        test_stop(s);
}

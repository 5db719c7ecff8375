/* The ground under the map, over HTTP: ranges of a file, and tiles of a service that this test plays. */
#include <arpa/inet.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>
#include "api/inner/house_story.h"

#define APPROVED "map_approval: \"京S(2026)001号\"\n"
static const struct town_file approved[] = {
        { "town.yaml", "code: \"110101002000\"\nname: {zh: 测试街道, en: Test Subdistrict}\nlanguages: [zh, en]\noffice_hours: [\"09:00-12:00\", \"14:00-18:00\"]\n"
                       "fallback: desk\nupper: district\n" APPROVED "nearest_metres: 50\n" },
        { 0 }
};
#define NUMBER "approval: GS（示例）0001号\n"

static void with(struct open_house *h, const char *as, const char *target, const char *headers, int status)
{
        ask(h, as, "GET", target, NULL, headers, &g);
        answers(status);
}

static const char *header_of(struct open_house *h, const char *name)
{
        return arena_printf(&h->c.arena, "%s", got_header(&g, name));
}

/* ---- a file ---------------------------------------------------------------------------------------------------------- */

#define ARCHIVE_BYTES ((size_t)5 << 20) /* longer than one answer may be */

struct archive {
        struct basemap_config config;
        const char *path;
};

static void archive_write(const char *path, size_t bytes, char fill)
{
        FILE *f = fopen(path, "w");
        CHECK(f != NULL);
        fwrite("PMTiles\3", 1, 8, f);
        for (size_t i = 8; i < bytes; i++)
                fputc(i < 100 ? (int)i : fill, f);
        fclose(f);
}

static void archive_open(struct open_house *h, struct archive *a, const char *more)
{
        a->path = target_of(h, "%s/town.pmtiles", test_tmpdir());
        archive_write(a->path, ARCHIVE_BYTES, 'x');
        CHECK_EQ(basemap_config_read("basemap.conf", str_of(target_of(h, "file: %s\nattribution: 示例测绘\n%s", a->path, more)), &a->config, &h->c.err), OK);
        h->house.basemap = &a->config;
}

HOUSE_TEST_IN(a_file_is_given_out_in_ranges, approved)
{
        struct archive a;
        archive_open(h, &a, NUMBER);
        with(h, NULL, "/api/map", "", 200);
        has(h, "base.kind", "file");
        has(h, "base.attribution", "示例测绘");
        has(h, "base.approval", "GS（示例）0001号");
        with(h, NULL, "/api/map/base/file", "Range: bytes=0-6\r\n", 206);
        CHECK_STR(((struct str){ g.body, g.n }), "PMTiles");
        CHECK_STR(str_of(header_of(h, "Content-Range")), "bytes 0-6/5242880");
        CHECK_STR(str_of(got_header(&g, "Accept-Ranges")), "bytes");
        CHECK_STR(str_of(got_header(&g, "Content-Type")), "application/vnd.pmtiles");
        CHECK_STR(str_of(got_header(&g, "Cache-Control")), "public, max-age=3600");
        CHECK(got_header(&g, "Content-Encoding")[0] == '\0');
        const char *tag = header_of(h, "ETag");
        with(h, NULL, "/api/map/base/file", "Range: bytes=-3\r\n", 206);
        CHECK_STR(((struct str){ g.body, g.n }), "xxx");
        with(h, NULL, "/api/map/base/file", "Range: bytes=5242880-\r\n", 416);
        CHECK_STR(str_of(got_header(&g, "Content-Range")), "bytes */5242880");
        with(h, NULL, "/api/map/base/file", target_of(h, "Range: bytes=8-9\r\nIf-Range: %s\r\n", tag), 206);
        with(h, NULL, "/api/map/base/file", target_of(h, "If-None-Match: %s\r\n", tag), 304);
        ask(h, NULL, "HEAD", "/api/map/base/file", NULL, "", &g);
        answers(200);
        CHECK_STR(str_of(got_header(&g, "Content-Length")), "5242880");
        /* One that took its place is another: what was asked under the old name is not mixed with it. */
        archive_write(a.path, 200, 'y');
        with(h, NULL, "/api/map/base/file", target_of(h, "Range: bytes=8-9\r\nIf-Range: %s\r\n", tag), 200);
        CHECK_EQ(g.n, 200);
        archive_write(a.path, 0, 'y');
        unlink(a.path);
        with(h, NULL, "/api/map/base/file", "Range: bytes=0-6\r\n", 404);
        with(h, NULL, "/api/map/base/0/10/843/388", "", 404); /* a file is no service */
        basemap_config_free(&a.config);
}

HOUSE_TEST_IN(no_answer_is_longer_than_four_mebibytes, approved)
{
        struct archive a;
        archive_open(h, &a, NUMBER);
        with(h, NULL, "/api/map/base/file", "", 400);
        has(h, "field", "Range");
        with(h, NULL, "/api/map/base/file", "Range: bytes=0-1,4-5\r\n", 400); /* several at once are as if none were asked for */
        ask(h, NULL, "HEAD", "/api/map/base/file", NULL, "Range: bytes=100-\r\n", &g);
        answers(206);
        CHECK_STR(str_of(got_header(&g, "Content-Range")), "bytes 100-4194403/5242880"); /* cut, and it says so */
        basemap_config_free(&a.config);
}

HOUSE_TEST(without_both_numbers_only_staff_see_the_ground)
{
        struct archive a;
        archive_open(h, &a, NUMBER); /* the base map has one, the town has none */
        with(h, NULL, "/api/map", "", 200);
        has(h, "base", "");
        with(h, NULL, "/api/map/base/file", "Range: bytes=0-6\r\n", 404);
        with(h, NULL, "/api/map/desk/base/file", "Range: bytes=0-6\r\n", 401);
        with(h, "diaodu1", "/api/map/desk/base/file", "Range: bytes=0-6\r\n", 206);
        CHECK_STR(str_of(got_header(&g, "Cache-Control")), "private, max-age=3600");
        with(h, "diaodu1", "/api/map/desk", "", 200);
        has(h, "base.kind", "file");
        house_load(h, approved); /* now the town has one, and the base map none */
        basemap_config_free(&a.config);
        archive_open(h, &a, "");
        with(h, NULL, "/api/map/base/file", "Range: bytes=0-6\r\n", 404);
        with(h, "diaodu1", "/api/map/desk/base/file", "Range: bytes=0-6\r\n", 206);
        basemap_config_free(&a.config);
}

/* ---- a service ------------------------------------------------------------------------------------------------------- */

#define PNG "\x89PNG\r\n\x1a\n and the picture"

struct service {
        int listening;
        pthread_t thread;
        uint16_t port;
        _Atomic int asked;
        _Atomic int status;
        _Atomic(const char *) type, body;
        _Atomic size_t n;      /* of the body */
        char last[2048];       /* what was asked, with all headers */
        struct basemap_config config;
};

static void serve_one(struct service *s, int fd)
{
        char head[256];
        ssize_t n = read(fd, s->last, sizeof(s->last) - 1);
        s->last[n > 0 ? n : 0] = '\0';
        atomic_fetch_add(&s->asked, 1);
        int len = snprintf(head, sizeof(head), "HTTP/1.1 %d X\r\nContent-Type: %s\r\nContent-Length: %zu\r\nSet-Cookie: spy=1\r\nConnection: close\r\n\r\n", s->status, s->type, s->n);
        if (write(fd, head, (size_t)len) != len)
                return;
        for (size_t at = 0; at < s->n;) {
                ssize_t done = send(fd, s->body + at, s->n - at, MSG_NOSIGNAL);
                if (done <= 0)
                        return;
                at += (size_t)done;
        }
}

static void *service_run(void *arg)
{
        struct service *s = arg;
        int fd;
        while ((fd = accept(s->listening, NULL, NULL)) >= 0) {
                serve_one(s, fd);
                close(fd);
        }
        return NULL;
}

static void plays(struct service *s, int status, const char *type, const char *body, size_t n)
{
        s->status = status;
        s->type = type;
        s->body = body;
        s->n = n;
}

static struct service *service_open(struct open_house *h, const char *more)
{
        struct service *s = arena_new(&h->c.arena, struct service);
        struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
        socklen_t n = sizeof(at);
        plays(s, 200, "image/png", PNG, sizeof(PNG) - 1);
        s->listening = socket(AF_INET, SOCK_STREAM, 0);
        CHECK_EQ(bind(s->listening, (struct sockaddr *)&at, n), 0);
        CHECK_EQ(listen(s->listening, 16), 0);
        CHECK_EQ(getsockname(s->listening, (struct sockaddr *)&at, &n), 0);
        s->port = ntohs(at.sin_port);
        CHECK_EQ(pthread_create(&s->thread, NULL, service_run, s), 0);
        const char *text = target_of(h, "tiles: http://127.0.0.1:%d/w/{z}/{y}/{x}?tk=secret\nattribution: 示例测绘\n%s", s->port, more);
        CHECK_EQ(basemap_config_read("basemap.conf", str_of(text), &s->config, &h->c.err), OK);
        h->house.basemap = &s->config;
        h->house.tiles = tile_carrier_new(&h->c.arena, &s->config);
        return s;
}

static void service_close(struct open_house *h, struct service *s)
{
        tile_carrier_close(h->house.tiles);
        h->house.tiles = NULL;
        h->house.basemap = NULL;
        shutdown(s->listening, SHUT_RDWR);
        pthread_join(s->thread, NULL);
        close(s->listening);
        basemap_config_free(&s->config);
}

/* The small town lies around 116.40 E, 39.90 N. */
#define TILE "/api/map/base/0/14/13490/6208"
#define BESIDE "/api/map/base/0/14/13491/6208"

HOUSE_TEST_IN(a_tile_is_fetched_once_and_nothing_of_the_asker_goes_along, approved)
{
        struct service *s = service_open(h, NUMBER);
        with(h, NULL, "/api/map", "", 200);
        has(h, "base.kind", "tiles");
        has(h, "base.layers", "1");
        has(h, "base.vector", "false");
        CHECK(!got_has(&g, "secret") && !got_has(&g, "127.0.0.1")); /* neither key nor service is said */
        with(h, "diaodu1", TILE, "Referer: http://localhost/around\r\nUser-Agent: Phone\r\nX-Forwarded-For: 203.0.113.7\r\nAccept-Language: zh\r\n", 200);
        CHECK_STR(((struct str){ g.body, g.n }), PNG);
        CHECK_STR(str_of(got_header(&g, "Content-Type")), "image/png");
        CHECK_STR(str_of(got_header(&g, "Cache-Control")), "public, max-age=86400");
        CHECK(got_header(&g, "Set-Cookie")[0] == '\0');
        CHECK(strstr(s->last, "GET /w/14/6208/13490?tk=secret HTTP/1.1\r\n") == s->last);
        CHECK(!strstr(s->last, "Cookie") && !strstr(s->last, "Referer") && !strstr(s->last, "Phone") && !strstr(s->last, "203.0.113.7") &&
              !strstr(s->last, "Forwarded") && !strstr(s->last, "Accept-Language"));
        with(h, NULL, TILE, "", 200);
        with(h, "diaodu1", "/api/map/desk/base/0/14/13490/6208", "", 200);
        CHECK_EQ(s->asked, 1);
        house_now(h, "2027-01-05T09:00:00+08:00"); /* long after */
        with(h, NULL, TILE, "", 200);
        CHECK_EQ(s->asked, 2);
        service_close(h, s);
}

HOUSE_TEST_IN(nobody_sees_the_world_through_the_towns_key, approved)
{
        struct service *s = service_open(h, NUMBER);
        with(h, NULL, "/api/map/base/0/14/4824/6160", "", 404);  /* New York */
        with(h, NULL, "/api/map/base/0/14/13520/6208", "", 404); /* across the river */
        with(h, NULL, "/api/map/base/0/19/431000/198000", "", 404);
        with(h, NULL, "/api/map/base/1/14/13490/6208", "", 404);
        with(h, NULL, "/api/map/base/0/14/13490/-1", "", 404);
        with(h, NULL, "/api/map/base/0/14/13490/6208%3Ftk=x", "", 404);
        with(h, NULL, "/api/map/base/file", "", 404);
        CHECK_EQ(s->asked, 0);
        service_close(h, s);
}

HOUSE_TEST_IN(what_is_no_tile_is_not_passed_on, approved)
{
        static char long_one[TILE_BYTES_MAX + 2];
        struct service *s = service_open(h, NUMBER);
        memcpy(long_one, PNG, 8);
        plays(s, 200, "text/html", "<script>alert(1)</script>", 25);
        with(h, NULL, TILE, "", 503);
        has(h, "field", "basemap");
        CHECK(!got_has(&g, "script"));
        plays(s, 200, "image/png", long_one, sizeof(long_one));
        with(h, NULL, TILE, "", 503);
        plays(s, 302, "image/png", PNG, sizeof(PNG) - 1);
        with(h, NULL, TILE, "", 503);
        plays(s, 403, "image/png", PNG, sizeof(PNG) - 1);
        with(h, NULL, TILE, "", 503);
        CHECK_EQ(s->asked, 4);
        plays(s, 404, "text/plain", "", 0);
        with(h, NULL, BESIDE, "", 404); /* the service has none: that is remembered */
        with(h, NULL, BESIDE, "", 404);
        CHECK_EQ(s->asked, 5);
        /* The full megabyte goes through. */
        plays(s, 200, "image/png", long_one, TILE_BYTES_MAX);
        with(h, NULL, TILE, "", 200);
        service_close(h, s);
}

HOUSE_TEST_IN(a_service_that_fails_is_left_alone_for_a_while, approved)
{
        struct service *s = service_open(h, NUMBER);
        plays(s, 500, "text/plain", "", 0);
        for (int i = 0; i < TILE_FAILS; i++)
                with(h, NULL, TILE, "", 503);
        CHECK_STR(str_of(got_header(&g, "Retry-After")), "20");
        with(h, NULL, TILE, "", 503);
        CHECK_EQ(s->asked, TILE_FAILS); /* the last was not asked */
        plays(s, 200, "image/png", PNG, sizeof(PNG) - 1);
        h->c.ctx.now.us += 60 * US_PER_SECOND;
        with(h, NULL, TILE, "", 200);
        service_close(h, s);
}

HOUSE_TEST_IN(vector_tiles_are_taken_at_their_word, approved)
{
        struct service *s = service_open(h, "type: vector\n" NUMBER);
        plays(s, 200, "application/x-protobuf", "\x1a\x04water", 7);
        with(h, NULL, TILE, "", 200);
        CHECK_STR(str_of(got_header(&g, "Content-Type")), "application/vnd.mapbox-vector-tile");
        plays(s, 200, "application/octet-stream", "", 0);
        with(h, NULL, BESIDE, "", 404); /* nothing there */
        plays(s, 200, "image/png", PNG, sizeof(PNG) - 1);
        with(h, NULL, "/api/map/base/0/14/13490/6209", "", 503);
        service_close(h, s);
}

HOUSE_TEST_IN(who_waits_when_it_closes_is_told, approved)
{
        struct service *s = service_open(h, NUMBER);
        tile_carrier_close(h->house.tiles);
        h->house.tiles = NULL;
        with(h, NULL, TILE, "", 404);
        h->house.tiles = tile_carrier_new(&h->c.arena, &s->config);
        service_close(h, s);
}

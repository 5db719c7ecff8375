#include "api/inner/test_client.h"
#include <arpa/inet.h>
#include <ctype.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "api/openapi.h"
#include "api/routes.h"
#include "base/test.h"

struct sse_hub *test_hub;
_Atomic int test_running, test_release;
static struct arena test_arena;
static struct server *current; /* a test that failed has left it running */

/* ---- routes ----------------------------------------------------------------------------------------- */

static int plain_http(struct request *req)
{
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kbool(&j, "ok", true);
        json_kint(&j, "town", req->ctx.town);
        json_kc(&j, "lang", req->ctx.lang == LANG_ZH ? "zh" : "en");
        json_close(&j);
        return OK;
}

enum { ECHO_WORDS, ECHO_COUNT };
static const struct field echo_body[] = {
        [ECHO_WORDS] = { .name = "words",
                         .type = FIELD_TEXT,
                         .required = true,
                         .min = 1,
                         .max = 500,
                         .help = { "话", "Words" } },
        [ECHO_COUNT] = { .name = "count", .type = FIELD_INT, .min = 0, .max = 9, .help = { "次数", "Count" } },
        { 0 },
};

static const struct member echo_members[] = {
        { .name = "words", .type = FIELD_TEXT },
        { .name = "login", .type = FIELD_STR },
        { 0 },
};
static const struct shape echo_shape = { "Echo", echo_members, NULL };

static int echo_http(struct request *req)
{
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kstr(&j, "words", value_str(&req->body, ECHO_WORDS));
        json_kstr(&j, "login", req->who.login);
        json_close(&j);
        req->out.location = STR("/api/matters/7");
        return OK;
}

enum { SLOW_MS };
static const struct field slow_query[] = { [SLOW_MS] = { .name = "ms", .type = FIELD_INT, .max = 5000 }, { 0 } };

static int slow_http(struct request *req)
{
        atomic_fetch_add(&test_running, 1);
        poll(NULL, 0, (int)value_int(&req->query, SLOW_MS, 10));
        atomic_fetch_sub(&test_running, 1);
        return plain_http(req);
}

static int later_finish(struct request *req, int rc)
{
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kint(&j, "rc", rc);
        json_close(&j);
        return rc == ERR_STATE ? rc : OK;
}

/* Another thread brings the answer, as the store does; half of them before the handler has returned. */
static void *later_main(void *arg)
{
        struct request *req = arg;
        int64_t ms = value_int(&req->query, SLOW_MS, 0);
        if (ms > 0)
                poll(NULL, 0, (int)ms);
        atomic_fetch_sub(&test_running, 1);
        request_finish(req, ms == 77 ? ERR_STATE : OK);
        return NULL;
}

static int later_http(struct request *req)
{
        pthread_t t;
        pthread_attr_t detached;
        req->finish = later_finish;
        int rc = request_later(req);
        atomic_fetch_add(&test_running, 1);
        pthread_attr_init(&detached);
        pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
        pthread_attr_setstacksize(&detached, (size_t)256 << 10);
        if (pthread_create(&t, &detached, later_main, req) != 0)
                abort();
        pthread_attr_destroy(&detached);
        return rc;
}

/* Hangs until test_release. */
static int hang_http(struct request *req)
{
        atomic_fetch_add(&test_running, 1);
        while (!atomic_load(&test_release))
                poll(NULL, 0, 2);
        atomic_fetch_sub(&test_running, 1);
        return plain_http(req);
}

static int matter_http(struct request *req)
{
        const struct param *id = request_param(req, "id");
        struct scope_object object = { .org_path = id->id == 8 ? STR("other") : STR("own") };
        int64_t revision;
        int rc = request_in_scope(req, id->id, &object);
        if (rc == OK)
                rc = request_if_match(req, &revision);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kid(&j, "id", id->id);
        json_kint(&j, "if_match", revision);
        json_close(&j);
        request_etag(req, 3);
        return OK;
}

enum { LIST_CURSOR };
static const struct field list_query[] = { [LIST_CURSOR] = { .name = "cursor", .type = FIELD_STR }, { 0 } };

static int list_http(struct request *req)
{
        int64_t at[2] = { 0, 0 };
        int rc = request_page(req, LIST_CURSOR, at, 2);
        if (rc != OK)
                return rc;
        const int64_t next[2] = { at[0] + 1, at[1] - 1 };
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kint(&j, "at", at[0]);
        request_next(req, &j, next, 2);
        json_close(&j);
        return OK;
}

static int raw_http(struct request *req)
{
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kint(&j, "bytes", (int64_t)req->body_text.n);
        json_close(&j);
        return OK;
}

static int long_http(struct request *req)
{
        struct json j = request_json(req, 0);
        json_list(&j);
        for (int i = 0; i < 2000; i++)
                json_int(&j, i);
        json_end(&j);
        return OK;
}

static int bad_header_http(struct request *req)
{
        request_set_cookie(req, "linli", STR("abc"), 60);
        req->out.location = STR("/x\r\nSet-Cookie: evil=1");
        return plain_http(req);
}

static bool only_even(void *arg, const struct sse_event *e)
{
        (void)arg;
        return e->id % 2 == 0;
}

enum { EVENTS_ALL };
static const struct field events_query[] = { [EVENTS_ALL] = { .name = "all", .type = FIELD_BOOL }, { 0 } };

static int events_http(struct request *req)
{
        return sse_attach(req, test_hub, value_bool(&req->query, EVENTS_ALL, false) ? NULL : only_even, NULL);
}

/* What these answer is no matter of theirs. */
static const struct member anything_members[] = { { 0 } };
static const struct shape anything_shape = { NULL, anything_members, NULL };

#define DEFAULT .may = RIGHT_PUBLIC, .scope = SCOPE_NONE, .help = { "测试", "A test" }
#define SOME DEFAULT, .answer = &anything_shape
static const struct route test_routes[] = {
        { SOME, .name = "t.plain", .method = HTTP_GET, .path = "/plain", .run_on = RUN_PLAIN, .run = plain_http },
        { DEFAULT, .name = "t.echo", .method = HTTP_POST, .path = "/echo", .run_on = RUN_WRITE, .run = echo_http,
          .body = echo_body, .body_max = 2048, .status = 201, .idempotent = true, .answer = &echo_shape,
          .rate = RATE_INTAKE },
        { SOME, .name = "t.here", .method = HTTP_POST, .path = "/here", .run_on = RUN_PLAIN, .run = echo_http,
          .body = echo_body },
        { SOME, .name = "t.slow", .method = HTTP_GET, .path = "/slow", .run_on = RUN_READ, .run = slow_http,
          .query = slow_query },
        { SOME, .name = "t.later", .method = HTTP_POST, .path = "/later", .run_on = RUN_WRITE, .run = later_http,
          .query = slow_query },
        { SOME, .name = "t.later_here", .method = HTTP_POST, .path = "/later_here", .run_on = RUN_PLAIN,
          .run = later_http, .query = slow_query },
        { SOME, .name = "t.hang", .method = HTTP_GET, .path = "/hang", .run_on = RUN_READ, .run = hang_http },
        { SOME, .name = "t.list", .method = HTTP_GET, .path = "/list", .run_on = RUN_FAST, .run = list_http,
          .query = list_query },
        { SOME, .name = "t.raw", .method = HTTP_PUT, .path = "/raw/{name}", .run_on = RUN_PLAIN, .run = raw_http,
          .body_max = 200000 },
        { SOME, .name = "t.long", .method = HTTP_GET, .path = "/long", .run_on = RUN_PLAIN, .run = long_http,
          .answer_max = 1000 },
        { SOME, .name = "t.header", .method = HTTP_GET, .path = "/header", .run_on = RUN_PLAIN,
          .run = bad_header_http },
        { SOME, .name = "t.events", .method = HTTP_GET, .path = "/events", .run_on = RUN_PLAIN, .run = events_http,
          .query = events_query },
        { .name = "t.matter",
          .answer = &anything_shape,
          .method = HTTP_GET,
          .path = "/api/matters/{id}",
          .may = RIGHT_WHY,
          .scope = SCOPE_MATTER,
          .run_on = RUN_FAST,
          .cached = true,
          .run = matter_http,
          .help = { "看", "Read" } },
        { .name = "t.close",
          .answer = &anything_shape,
          .method = HTTP_POST,
          .path = "/api/matters/{id}/close",
          .may = RIGHT_MATTER_CLOSE,
          .scope = SCOPE_MATTER,
          .run_on = RUN_WRITE,
          .run = matter_http,
          .help = { "办结", "Close" } },
        { .name = "t.me",
          .answer = &anything_shape,
          .method = HTTP_GET,
          .path = "/me",
          .may = RIGHT_SIGNED_IN,
          .scope = SCOPE_SELF,
          .run_on = RUN_PLAIN,
          .run = plain_http,
          .help = { "自己", "Who `me` is" } },
};
static const struct route_table test_table = ROUTES(test_routes);

/* ---- the door --------------------------------------------------------------------------------------- */

static int test_door_town(void *arg, struct request *req, struct str code, struct str host, int64_t *ret)
{
        (void)arg, (void)req;
        if (code.n && !str_is(code, TEST_TOWN_CODE))
                return ERR_NONE;
        *ret = code.n ? 110101002000 : str_is(host, "town.example") ? 7 : 1;
        return OK;
}

static int test_door_identify(void *arg, struct request *req, enum credential by)
{
        (void)arg;
        struct who *w = &req->who;
        *w = (struct who){ .login = STR("chuli03"),
                           .csrf = STR("token-1"),
                           .rights = right_bit(RIGHT_MATTER_READ) | right_bit(RIGHT_MATTER_CLOSE) };
        if (by == CRED_KEY)
                return str_is(req->in.authorization, "Bearer good") ? OK : ERR_AUTH;
        if (by == CRED_COOKIE)
                return str_is(request_cookie(req, "linli"), "s1") ? OK : ERR_AUTH;
        *w = (struct who){ .id = 7 };
        return str_is(req->in.tracking, "track7") ? OK : ERR_AUTH;
}

static bool test_door_reaches(void *arg, const struct request *req, const struct scope_object *object)
{
        (void)arg, (void)req;
        return str_is(object->org_path, "own");
}

/* ---- the server ------------------------------------------------------------------------------------- */

static struct instant test_now(void *app)
{
        (void)app;
        return (struct instant){ 1700000000 * US_PER_SECOND };
}

static void more_metrics(void *app, struct buf *out)
{
        (void)app;
        buf_puts(out, "linli_test_lines 1\n");
}

static int more_health(void *app, struct json *out)
{
        (void)app;
        json_kc(out, "store", "ok");
        return OK;
}

struct server_options test_options(void)
{
        static const struct route_table *const tables[] = { &test_table, &server_route_table, &openapi_route_table };
        atomic_store(&test_release, 1);
        server_free(current);
        current = NULL;
        arena_free(&test_arena);
        test_hub = sse_hub_new(&test_arena, 3, 100);
        atomic_store(&test_release, 0);
        return (struct server_options){
                .address = "127.0.0.1",
                .tables = tables,
                .n_tables = COUNT(tables),
                .hub = test_hub,
                .now = test_now,
                .door = { .town = test_door_town, .identify = test_door_identify, .reaches = test_door_reaches },
                .more_metrics = more_metrics,
                .more_health = more_health,
                .loops = 2,
                .workers = 4,
                .drain_ms = 5000,
        };
}

struct server *test_start(const struct server_options *o)
{
        struct server *s = NULL;
        struct err err = { 0 };
        if (server_start(o, &s, &err) != OK)
                fail_msg("server_start: %s", err.en);
        current = s;
        return s;
}

void test_stop(struct server *s)
{
        atomic_store(&test_release, 1);
        CHECK_EQ(server_stop(s), OK);
        current = NULL;
        CHECK_EQ(atomic_load(&server_metrics(s)->in_flight), 0);
        CHECK_EQ(atomic_load(&server_metrics(s)->connections), 0);
        CHECK_EQ(atomic_load(&server_metrics(s)->queued), 0);
        server_free(s);
}

/* ---- the client ------------------------------------------------------------------------------------- */

static void timeouts(int fd)
{
        struct timeval t = { .tv_sec = 20 };
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof t);
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &t, sizeof t);
}

int client_open(struct server *s)
{
        struct sockaddr_in a = { .sin_family = AF_INET,
                                 .sin_port = htons(server_port(s)),
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        CHECK(fd >= 0 && connect(fd, (struct sockaddr *)&a, sizeof a) == 0);
        timeouts(fd);
        return fd;
}

int client_pair(struct server *s)
{
        int pair[2], small = 4096;
        CHECK_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
        setsockopt(pair[0], SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
        CHECK_EQ(server_adopt(s, pair[0]), OK);
        timeouts(pair[1]);
        return pair[1];
}

bool client_send_n(int fd, const void *p, size_t n)
{
        const char *at = p;
        while (n > 0) {
                ssize_t sent = send(fd, at, n, MSG_NOSIGNAL);
                if (sent <= 0)
                        return false;
                at += sent;
                n -= (size_t)sent;
        }
        return true;
}

bool client_send(int fd, const char *text)
{
        return client_send_n(fd, text, strlen(text));
}

/* One byte at a time: slow, but nothing of the next answer is ever taken. */
static bool read_line(int fd, char *to, size_t max)
{
        size_t n = 0;
        char c;
        while (n + 1 < max && recv(fd, &c, 1, 0) == 1) {
                to[n++] = c;
                to[n] = '\0';
                if (c == '\n')
                        return true;
        }
        return false;
}

static void read_bytes(int fd, struct got *g, size_t n)
{
        while (n > 0 && g->n + 1 < sizeof g->body) {
                size_t room = sizeof g->body - 1 - g->n;
                ssize_t got = recv(fd, g->body + g->n, n < room ? n : room, 0);
                if (got <= 0)
                        break;
                g->n += (size_t)got;
                n -= (size_t)got;
        }
        g->body[g->n] = '\0';
}

static void read_chunks(int fd, struct got *g)
{
        char line[64];
        while (read_line(fd, line, sizeof line)) {
                size_t n = strtoul(line, NULL, 16);
                read_bytes(fd, g, n);
                read_line(fd, line, sizeof line);
                if (n == 0)
                        return;
        }
}

const char *got_header(const struct got *g, const char *name)
{
        static _Thread_local char value[1024];
        size_t n = strlen(name);
        for (const char *line = strchr(g->head, '\n'); line; line = strchr(line + 1, '\n')) {
                if (strncasecmp(line + 1, name, n) != 0 || line[1 + n] != ':')
                        continue;
                const char *v = line + 2 + n;
                v += strspn(v, " ");
                snprintf(value, sizeof value, "%.*s", (int)strcspn(v, "\r\n"), v);
                return value;
        }
        return "";
}

bool got_has(const struct got *g, const char *text)
{
        return strstr(g->body, text) != NULL;
}

void client_read(int fd, bool head_only, struct got *g)
{
        memset(g, 0, sizeof *g);
        size_t n = 0;
        while (n + 1 < sizeof g->head && read_line(fd, g->head + n, sizeof g->head - n)) {
                bool end = strcmp(g->head + n, "\r\n") == 0;
                n += strlen(g->head + n);
                if (end)
                        break;
        }
        if (sscanf(g->head, "HTTP/1.%*d %d", &g->status) != 1)
                return;
        g->close = strcasecmp(got_header(g, "Connection"), "close") == 0;
        if (head_only || g->status == 304 || g->status == 204 || g->status < 200)
                return;
        if (strcasecmp(got_header(g, "Transfer-Encoding"), "chunked") == 0)
                read_chunks(fd, g);
        else
                read_bytes(fd, g, strtoul(got_header(g, "Content-Length"), NULL, 10));
}

void client_ask(struct server *s, const char *text, struct got *g)
{
        int fd = client_open(s);
        client_send(fd, text);
        client_read(fd, strncmp(text, "HEAD", 4) == 0, g);
        close(fd);
}

bool client_closed(int fd, int ms)
{
        struct pollfd p = { .fd = fd, .events = POLLIN };
        char c[512];
        while (poll(&p, 1, ms) > 0) {
                ssize_t n = recv(fd, c, sizeof c, MSG_DONTWAIT);
                if (n <= 0)
                        return true;
        }
        return false;
}

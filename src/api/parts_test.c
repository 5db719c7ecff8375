/* The pure parts: router, routes, cursor, rate, metrics, the rules of the wire. */
#include <string.h>
#include "api/cursor.h"
#include "api/inner/wire.h"
#include "api/metrics.h"
#include "api/rate.h"
#include "api/router.h"
#include "base/test.h"

static int nothing(struct request *req)
{
        (void)req;
        return OK;
}

#define R(n, m, p)                                                                                                     \
        {                                                                                                              \
                .name = n, .method = m, .path = p, .may = RIGHT_PUBLIC, .scope = SCOPE_NONE, .run_on = RUN_PLAIN,      \
                .run = nothing, .answer_type = "text/plain", .help = {                                                 \
                        "一",                                                                                          \
                        "One"                                                                                          \
                }                                                                                                      \
        }

static const struct route some_routes[] = {
        R("home", HTTP_GET, "/"),
        R("matter.list", HTTP_GET, "/api/matters"),
        R("matter.open", HTTP_POST, "/api/matters"),
        R("matter.read", HTTP_GET, "/api/matters/{id}"),
        R("matter.hot", HTTP_GET, "/api/matters/hot"),
        R("matter.why", HTTP_GET, "/api/matters/{id}/why"),
        R("matter.sign", HTTP_POST, "/api/matters/{id}/sign"),
        R("grid.read", HTTP_GET, "/api/grids/{grid}/things/{thing}"),
        R("web.file", HTTP_GET, "/web/{file*}"),
        R("v2.list", HTTP_GET, "/v2/requests.{format}"),
        R("v2.open", HTTP_POST, "/v2/requests.{format}"),
        R("v2.one", HTTP_GET, "/v2/requests/{code}.{format}"),
};
static const struct route_table some_table = ROUTES(some_routes);
static const struct route_table *const some_tables[] = { &some_table };

static const struct {
        enum http_method method;
        const char *path;
        int want;
        const char *name, *param, *town;
} asked[] = {
        { HTTP_GET, "/", OK, "home", "", "" },
        { HTTP_GET, "/api/matters", OK, "matter.list", "", "" },
        { HTTP_POST, "/api/matters", OK, "matter.open", "", "" },
        { HTTP_GET, "/api/matters/", ERR_NONE, "", "", "" },
        { HTTP_GET, "/api/matters/12", OK, "matter.read", "12", "" },
        { HTTP_GET, "/api/matters/hot", OK, "matter.hot", "", "" },
        { HTTP_GET, "/api/matters/hot/why", OK, "matter.why", "hot", "" },
        { HTTP_GET, "/api/matters/12/why", OK, "matter.why", "12", "" },
        { HTTP_GET, "/api/matters/12/sign", ERR_METHOD, "", "", "" },
        { HTTP_DELETE, "/api/matters", ERR_METHOD, "", "", "" },
        { HTTP_NONE, "/api/matters", ERR_METHOD, "", "", "" },
        { HTTP_GET, "/api/matters/12/why/", ERR_NONE, "", "", "" },
        { HTTP_GET, "//api/matters", ERR_NONE, "", "", "" },
        { HTTP_GET, "/api//matters", ERR_NONE, "", "", "" },
        { HTTP_GET, "/nothing", ERR_NONE, "", "", "" },
        { HTTP_GET, "", ERR_NONE, "", "", "" },
        { HTTP_GET, "*", ERR_NONE, "", "", "" },
        { HTTP_GET, "/api/grids/g%2F1/things/7", OK, "grid.read", "g%2F1", "" },
        { HTTP_GET, "/web/a/b.js", OK, "web.file", "a/b.js", "" },
        { HTTP_GET, "/web/", ERR_NONE, "", "", "" },
        { HTTP_GET, "/v2/requests.xml", OK, "v2.list", "xml", "" },
        { HTTP_POST, "/v2/requests.json", OK, "v2.open", "json", "" },
        { HTTP_PUT, "/v2/requests.json", ERR_METHOD, "", "", "" },
        { HTTP_GET, "/v2/requests.", ERR_NONE, "", "", "" },
        { HTTP_GET, "/v2/requests", ERR_NONE, "", "", "" },
        { HTTP_GET, "/v2/.xml", ERR_NONE, "", "", "" },
        { HTTP_GET, "/v2/requests/water.pipe.xml", OK, "v2.one", "water.pipe", "" },
        { HTTP_GET, "/v2/requests/7.xml", OK, "v2.one", "7", "" },
        { HTTP_GET, "/v2/requests/.xml", ERR_NONE, "", "", "" },
        { HTTP_GET, "/v2/requests/7", ERR_NONE, "", "", "" },
        { HTTP_GET, "/v2/requests/7.xml/x", ERR_NONE, "", "", "" },
        { HTTP_GET, "/t/110101002000/v2/requests.xml", OK, "v2.list", "xml", "110101002000" },
        { HTTP_GET, "/t/110101002000/api/matters/9", OK, "matter.read", "9", "110101002000" },
        { HTTP_GET, "/t/110101002000", OK, "home", "", "110101002000" },
        { HTTP_GET, "/t//api/matters", ERR_NONE, "", "", "" },
        { HTTP_GET, "/t/", ERR_NONE, "", "", "" },
};

TEST(router_matches)
{
        ARENA_AUTO arena = { 0 };
        struct err err = { 0 };
        struct router *t;
        CHECK_EQ(router_make(&arena, some_tables, 1, &t, &err), OK);
        for (size_t i = 0; i < COUNT(asked); i++) {
                struct router_match m;
                int rc = router_match(t, asked[i].method, str_of(asked[i].path), &m);
                if (rc != asked[i].want)
                        fail_msg("%s: got %d, want %d", asked[i].path, rc, asked[i].want);
                if (rc != OK)
                        continue;
                CHECK_STR(str_of(m.route->name), asked[i].name);
                CHECK_STR(m.town, asked[i].town);
                CHECK(router_route(t, m.index) == m.route);
                CHECK_EQ(m.n_params > 0, asked[i].param[0] != '\0');
                if (m.n_params)
                        CHECK_STR(m.param[0], asked[i].param);
        }
}

TEST(router_says_what_is_allowed)
{
        ARENA_AUTO arena = { 0 };
        struct err err = { 0 };
        struct router *t;
        struct router_match m;
        CHECK_EQ(router_make(&arena, some_tables, 1, &t, &err), OK);
        CHECK_EQ(router_match(t, HTTP_PUT, STR("/api/matters"), &m), ERR_METHOD);
        CHECK_STR(router_allow(&arena, m.allow), "GET, HEAD, POST");
        CHECK(router_by_name(t, STR("grid.read")) == &some_routes[7]);
        CHECK(router_by_name(t, STR("grid.write")) == NULL);
}

TEST(router_refuses_the_same_twice)
{
        static const struct route same_path[] = { R("a", HTTP_GET, "/x/{id}"), R("b", HTTP_GET, "/x/{other}") };
        static const struct route same_name[] = { R("a", HTTP_GET, "/x"), R("a", HTTP_POST, "/x") };
        const struct route_table tables[] = { ROUTES(same_path), ROUTES(same_name) };
        for (size_t i = 0; i < 2; i++) {
                ARENA_AUTO arena = { 0 };
                struct err err = { 0 };
                struct router *t = NULL;
                CHECK_EQ(router_make(&arena, &(const struct route_table *){ &tables[i] }, 1, &t, &err), ERR_RULE);
                CHECK(t == NULL);
        }
}

TEST(route_check_refuses_what_is_not_decided)
{
        static const struct field body[] = { { .name = "a", .type = FIELD_INT }, { 0 } };
        static const struct field twice[] = { { .name = "a", .type = FIELD_INT },
                                              { .name = "a", .type = FIELD_INT },
                                              { 0 } };
        static const struct field upper[] = { { .name = "A", .type = FIELD_INT }, { 0 } };
        static const struct field no_choice[] = { { .name = "a", .type = FIELD_ENUM }, { 0 } };
        static const struct field inner = { .name = "x", .type = FIELD_OBJECT, .of = body };
        static const struct field deep_query[] = { { .name = "a", .type = FIELD_LIST, .of = &inner }, { 0 } };
        static const struct member of_what[] = { { .name = "rows", .type = FIELD_LIST }, { 0 } };
        static const struct shape unsaid = { NULL, of_what, NULL };
        const struct route good = R("a.b", HTTP_POST, "/a");
        struct err err;
        CHECK_EQ(route_check(&good, &err), OK);
#define BAD(member, value)                                                                                             \
        do {                                                                                                           \
                struct route r = good;                                                                                 \
                r.member = value;                                                                                      \
                CHECK_EQ(route_check(&r, &err), ERR_RULE);                                                             \
        } while (0)
        BAD(name, NULL);
        BAD(name, "A b");
        BAD(path, "a");
        BAD(path, "/t/x");
        BAD(path, "/A");
        BAD(path, "/{a}/{b}/{c}/{d}/{e}");
        BAD(method, HTTP_NONE);
        BAD(may, RIGHT_UNDECIDED);
        BAD(may, RIGHT_COUNT);
        BAD(scope, SCOPE_UNDECIDED);
        BAD(run_on, RUN_UNDECIDED);
        BAD(run, NULL);
        BAD(help.en, NULL);
        BAD(body, twice);
        BAD(body, upper);
        BAD(body, no_choice);
        BAD(query, deep_query);
        BAD(answer_type, NULL);
        BAD(answer, &unsaid);
        BAD(answer_form, ANSWER_FORMS);
        struct route get = R("a.b", HTTP_GET, "/a");
        get.body = body;
        CHECK_EQ(route_check(&get, &err), ERR_RULE);
        get.body = NULL;
        get.run_on = RUN_WRITE;
        CHECK_EQ(route_check(&get, &err), ERR_RULE);
}

TEST(cursor_comes_back)
{
        ARENA_AUTO arena = { 0 };
        struct err err = { 0 };
        const struct cursor_key key = { { 1, 2, 3 } };
        const int64_t in[] = { INT64_MIN, -1, INT64_MAX };
        int64_t out[3] = { 0 };
        struct str token = cursor_make(&arena, &key, 110101002000, "matter.list", in, 3);
        CHECK_EQ(cursor_read(&key, 110101002000, "matter.list", token, out, 3, &err), OK);
        CHECK(memcmp(in, out, sizeof in) == 0);
}

TEST(cursor_tampered_is_refused)
{
        ARENA_AUTO arena = { 0 };
        struct err err = { 0 };
        const struct cursor_key key = { { 1 } }, other = { { 2 } };
        const int64_t in[] = { 7, 8 };
        int64_t out[2] = { -1, -1 };
        struct str token = cursor_make(&arena, &key, 1, "a.list", in, 2);
        for (size_t i = 0; i < token.n; i++) {
                char *bad = arena_strndup(&arena, token.p, token.n);
                bad[i] = bad[i] == 'A' ? 'B' : 'A';
                CHECK_EQ(cursor_read(&key, 1, "a.list", (struct str){ bad, token.n }, out, 2, &err), ERR_BAD);
        }
        CHECK_EQ(cursor_read(&other, 1, "a.list", token, out, 2, &err), ERR_BAD);
        CHECK_EQ(cursor_read(&key, 2, "a.list", token, out, 2, &err), ERR_BAD);
        CHECK_EQ(cursor_read(&key, 1, "b.list", token, out, 2, &err), ERR_BAD);
        CHECK_EQ(cursor_read(&key, 1, "a.list", token, out, 1, &err), ERR_BAD);
        CHECK_EQ(cursor_read(&key, 1, "a.list", (struct str){ token.p, token.n - 1 }, out, 2, &err), ERR_BAD);
        CHECK_EQ(cursor_read(&key, 1, "a.list", STR(""), out, 2, &err), ERR_BAD);
        CHECK_EQ(cursor_read(&key, 1, "a.list", STR("%%%%"), out, 2, &err), ERR_BAD);
        CHECK_STR(str_of(err.field), "cursor");
        CHECK(out[0] == -1 && out[1] == -1);
}

TEST(rate_lets_a_burst_through_and_then_waits)
{
        ARENA_AUTO arena = { 0 };
        const struct rate_limit limit[RATE_CLASSES] = { [RATE_INTAKE] = { .per_minute = 60, .burst = 3 } };
        struct rate *r = rate_new(&arena, limit, 64);
        int64_t t = 1000000;
        for (int i = 0; i < 3; i++) {
                CHECK_EQ(rate_look(r, 42, RATE_INTAKE, t), 0);
                CHECK_EQ(rate_take(r, 42, RATE_INTAKE, t), 0);
        }
        CHECK_EQ(rate_take(r, 42, RATE_INTAKE, t), 2);
        CHECK(rate_look(r, 42, RATE_INTAKE, t) > 0);
        CHECK_EQ(rate_take(r, 43, RATE_INTAKE, t), 0);
        CHECK_EQ(rate_take(r, 42, RATE_READ, t), 0);
        CHECK_EQ(rate_take(r, 42, RATE_INTAKE, t + 1000000), 0);
        CHECK(rate_take(r, 42, RATE_INTAKE, t + 1000000) > 0);
        rate_end(r);
        const struct rate_limit files[RATE_CLASSES] = { [RATE_FILE] = { .per_day = 24, .burst = 2 } };
        r = rate_new(&arena, files, 64);
        CHECK_EQ(rate_take(r, 42, RATE_FILE, t), 0);
        CHECK_EQ(rate_take(r, 42, RATE_FILE, t), 0);
        CHECK_EQ(rate_take(r, 42, RATE_FILE, t), 3601); /* one an hour */
        CHECK_EQ(rate_take(r, 42, RATE_FILE, t + 3601 * INT64_C(1000000)), 0);
        rate_end(r);
        CHECK_EQ(rate_take(NULL, 1, RATE_READ, t), 0);
}

TEST(rate_is_bounded_and_never_wrong_for_the_quiet)
{
        ARENA_AUTO arena = { 0 };
        const struct rate_limit limit[RATE_CLASSES] = { [RATE_READ] = { .per_minute = 1, .burst = 1 } };
        struct rate *r = rate_new(&arena, limit, 1);
        for (uint64_t address = 1; address < 100000; address++)
                CHECK_EQ(rate_take(r, address, RATE_READ, (int64_t)address), 0);
        CHECK(arena.held < (size_t)64 << 10);
        rate_end(r);
}

TEST(metrics_have_buckets_and_names)
{
        ARENA_AUTO arena = { 0 };
        struct err err = { 0 };
        struct router *t;
        struct metrics m = { 0 };
        struct buf out = BUF(1 << 16);
        CHECK_EQ(router_make(&arena, some_tables, 1, &t, &err), OK);
        metrics_init(&m, &arena, router_count(t));
        metrics_count(&m, 1, 200, 128);
        metrics_count(&m, 1, 200, 129);
        metrics_count(&m, 1, 503, UINT64_MAX / 2);
        metrics_count(&m, 999, 404, 0);
        metrics_refuse(&m, REFUSED_QUEUE);
        metrics_write(&m, t, &out);
        buf_char(&out, '\0');
        CHECK(strstr(out.p, "linli_http_requests_total{route=\"matter.list\",status=\"2xx\"} 2\n"));
        CHECK(strstr(out.p, "linli_http_requests_total{route=\"none\",status=\"4xx\"} 1\n"));
        CHECK(strstr(out.p, "linli_http_request_seconds_bucket{route=\"matter.list\",le=\"0.000128\"} 1\n"));
        CHECK(strstr(out.p, "linli_http_request_seconds_bucket{route=\"matter.list\",le=\"0.000256\"} 2\n"));
        CHECK(strstr(out.p, "linli_http_request_seconds_bucket{route=\"matter.list\",le=\"+Inf\"} 3\n"));
        CHECK(strstr(out.p, "linli_http_refused_total{reason=\"queue\"} 1\n"));
        CHECK(!strstr(out.p, "matter.sign"));
        buf_free(&out);
}

#define H(n, v)                                                                                                        \
        {                                                                                                              \
                { n, sizeof n - 1 },                                                                                   \
                {                                                                                                      \
                        v, sizeof v - 1                                                                                \
                }                                                                                                      \
        }
static const struct {
        const char *what;
        struct http_header h[4];
        size_t n;
        bool http11;
        int want;
        int64_t length;
} heads[] = {
        { "plain", { H("Host", "a") }, 1, true, 0, 0 },
        { "no host", { H("Accept", "a") }, 1, true, 400, 0 },
        { "no host in 1.0", { H("Accept", "a") }, 1, false, 0, 0 },
        { "two hosts", { H("Host", "a"), H("host", "a") }, 2, true, 400, 0 },
        { "host with path", { H("Host", "a/b") }, 1, true, 400, 0 },
        { "length", { H("Host", "a"), H("Content-Length", "12") }, 2, true, 0, 12 },
        { "length of zero", { H("Host", "a"), H("Content-Length", "0") }, 2, true, 0, 0 },
        { "two lengths", { H("Host", "a"), H("Content-Length", "1"), H("Content-Length", "1") }, 3, true, 400, 0 },
        { "signed length", { H("Host", "a"), H("Content-Length", "+1") }, 2, true, 400, 0 },
        { "length list", { H("Host", "a"), H("Content-Length", "1, 1") }, 2, true, 400, 0 },
        { "huge length", { H("Host", "a"), H("Content-Length", "99999999999999999999") }, 2, true, 413, 0 },
        { "hex length", { H("Host", "a"), H("Content-Length", "0x1") }, 2, true, 400, 0 },
        { "chunked", { H("Host", "a"), H("Transfer-Encoding", "Chunked") }, 2, true, 0, -1 },
        { "chunked in 1.0", { H("Host", "a"), H("Transfer-Encoding", "chunked") }, 2, false, 400, 0 },
        { "other coding", { H("Host", "a"), H("Transfer-Encoding", "gzip, chunked") }, 2, true, 400, 0 },
        { "both", { H("Host", "a"), H("Content-Length", "1"), H("Transfer-Encoding", "chunked") }, 3, true, 400, 0 },
        { "name with blank", { H("Host", "a"), H("Content-Length ", "1") }, 2, true, 400, 0 },
        { "empty name", { H("Host", "a"), H("", "1") }, 2, true, 400, 0 },
        { "control in value", { H("Host", "a"), H("X", "a\x01") }, 2, true, 400, 0 },
        { "CR in value", { H("Host", "a"), H("X", "a\rb") }, 2, true, 400, 0 },
        { "tab in value", { H("Host", "a"), H("X", "a\tb") }, 2, true, 0, 0 },
};

TEST(wire_one_request_and_only_one)
{
        for (size_t i = 0; i < COUNT(heads); i++) {
                int64_t length = -7;
                int got = wire_headers(heads[i].h, heads[i].n, heads[i].http11, &length);
                if (got != heads[i].want || (got == 0 && length != heads[i].length))
                        fail_msg("%s: got %d, length %lld", heads[i].what, got, (long long)length);
        }
}

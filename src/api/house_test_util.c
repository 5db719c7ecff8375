#include <json-c/json.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>
#include "api/inner/answer_test.h"
#include "api/inner/house_test.h"
#include "api/routes.h"
#include "base/buf.h"
#include "insight/listen.h"
#include "people/session.h"

static struct open_house *opened; /* a test that failed has left it open */

static struct instant house_clock(void *app)
{
        struct house *h = app;
        return ((struct open_house *)(void *)((char *)h - offsetof(struct open_house, house)))->c.ctx.now;
}

static void count_wake(struct house *h)
{
        atomic_fetch_add(&((struct open_house *)(void *)((char *)h - offsetof(struct open_house, house)))->woken, 1);
}

/* ---- open, close
 * -------------------------------------------------------------------------------------------------------- */

static void start(struct open_house *h)
{
        struct vault_keys *keys;
        CHECK_EQ(vault_keys_in_memory(h->c.ctx.chance, &keys), OK);
        h->house = (struct house){ .store = h->store,
                                   .shelf = shelf_new(h->store),
                                   .keys = keys,
                                   .hub = sse_hub_new(&h->c.arena, 64, 0),
                                   .only_town = TEST_TOWN,
                                   .public_url = "http://127.0.0.1:8080",
                                   .wake = count_wake };
        struct server_options o = { .door = house_door(&h->house),
                                    .store = h->store,
                                    .hub = h->house.hub,
                                    .app = &h->house,
                                    .now = house_clock,
                                    .ids = &h->c.ids,
                                    .loops = 1,
                                    .workers = 4,
                                    .fast_on_worker = store_engine(h->store) == STORE_POSTGRES };
        o.tables = route_tables(&o.n_tables);
        h->media = media_new(NULL);
        h->house.files = file_desk_new(&h->c.arena, h->media);
        if (server_start(&o, &h->server, &h->c.err) != OK)
                fail_msg("server_start: %s", h->c.err.en);
}

static void finish(struct open_house *h)
{
        server_stop(h->server);
        file_desk_close(h->house.files);
        media_end(h->media);
        server_free(h->server);
        sse_hub_end(h->house.hub);
        shelf_free(h->house.shelf);
        vault_keys_free((struct vault_keys *)h->house.keys);
        store_close(h->store);
        test_ctx_free(&h->c);
        free(h);
        opened = NULL;
}

void house_test_run(enum store_engine engine, const struct town_file *change, void (*body)(struct open_house *))
{
        const char *url = test_store_url(engine);
        if (!url)
                SKIP("no PostgreSQL (LINLI_TEST_PG)");
        if (opened)
                finish(opened);
        struct open_house *h = calloc(1, sizeof(*h));
        if (!h)
                abort();
        h->url = url;
        h->store = test_store_open(url);
        test_ctx_init(&h->c);
        town_unref(load_small(h->store, &h->c, change));
        start(h);
        opened = h;
        body(h);
        finish(h);
}

void house_load(struct open_house *h, const struct town_file *change)
{
        town_unref(load_small(h->store, &h->c, change));
        shelf_drop(h->house.shelf, h->c.ctx.town);
}

void house_now(struct open_house *h, const char *instant)
{
        set_now(&h->c, instant);
}

/* ---- who asks
 * ------------------------------------------------------------------------------------------------------------ */

struct entering {
        struct str login;
        struct session_given given;
};

static int enter_op(struct ctx *ctx, void *arg)
{
        struct entering *e = arg;
        return session_begin(ctx, e->login, 1, &e->given);
}

static const struct signed_in *sign_in(struct open_house *h, const char *login)
{
        struct signed_in *s = h->in;
        while (s < h->in + h->n_in && strcmp(s->login, login) != 0)
                s++;
        if (s < h->in + h->n_in && h->c.ctx.now.us - s->at.us < US_PER_HOUR && h->c.ctx.now.us >= s->at.us)
                return s;
        struct entering e = { .login = str_of(login) };
        CHECK_EQ(test_write(h->store, &h->c, enter_op, &e), OK);
        CHECK(s < h->in + HOUSE_LOGINS);
        h->n_in += s == h->in + h->n_in;
        s->at = h->c.ctx.now;
        snprintf(s->login, sizeof(s->login), "%s", login);
        snprintf(s->cookie, sizeof(s->cookie), "%s", e.given.token);
        snprintf(s->csrf, sizeof(s->csrf), "%s", e.given.csrf);
        return s;
}

static void credential(struct open_house *h, const char *as, char *out, size_t n)
{
        out[0] = '\0';
        if (!as)
                return;
        if (strncmp(as, "track:", 6) == 0) {
                snprintf(out, n, "X-Tracking-Code: %s\r\n", as + 6);
        } else if (strncmp(as, "key:", 4) == 0) {
                snprintf(out, n, "Authorization: Bearer %s\r\n", as + 4);
        } else {
                const struct signed_in *s = sign_in(h, as);
                snprintf(out, n, "Cookie: linli=%s\r\nX-CSRF-Token: %s\r\n", s->cookie, s->csrf);
        }
}

/* ---- asking
 * --------------------------------------------------------------------------------------------------------------- */

void ask(struct open_house *h, const char *as, const char *method, const char *target, const char *body,
         const char *headers, struct got *g)
{
        char who[256], head[2048];
        credential(h, as, who, sizeof(who));
        int n = snprintf(head, sizeof(head), "%s %s HTTP/1.1\r\nHost: localhost\r\n%s%s", method, target, who, headers);
        if (body)
                n += snprintf(head + n, sizeof(head) - (size_t)n,
                              "Content-Type: application/json\r\nContent-Length: %zu\r\n", strlen(body));
        n += snprintf(head + n, sizeof(head) - (size_t)n, "\r\n");
        CHECK(n < (int)sizeof(head));
        int fd = client_pair(h->server);
        client_send_n(fd, head, (size_t)n);
        if (body)
                client_send(fd, body);
        bool endless = strncmp(target, "/api/live", 9) == 0;
        client_read(fd, strcmp(method, "HEAD") == 0 || endless, g);
        close(fd);
        answer_hold(server_router(h->server), method, target, g);
}

void ask_bytes(struct open_house *h, const char *as, const char *method, const char *target, struct str body, const char *headers,
               struct got *g)
{
        char who[256], head[2048];
        credential(h, as, who, sizeof(who));
        int n = snprintf(head, sizeof(head), "%s %s HTTP/1.1\r\nHost: localhost\r\n%s%s\r\n", method, target, who, headers);
        CHECK(n < (int)sizeof(head));
        int fd = client_pair(h->server);
        client_send_n(fd, head, (size_t)n);
        if (body.n)
                client_send_n(fd, body.p, body.n);
        client_read(fd, false, g);
        close(fd);
        answer_hold(server_router(h->server), method, target, g);
}

struct str got_text(struct open_house *h, const struct got *g, const char *path)
{
        JSON_AUTO doc = NULL;
        if (json_parse((struct str){ g->body, g->n }, &doc, NULL) != OK)
                return (struct str){ 0 };
        struct json_object *at = doc;
        struct str rest = str_of(path), part;
        while (at && str_split(&rest, '.', &part)) {
                int64_t index;
                if (json_object_is_type(at, json_type_array))
                        at = str_int(part, 0, INT32_MAX, &index) == OK ? json_object_array_get_idx(at, (size_t)index)
                                                                       : NULL;
                else
                        at = json_get(at, str_c(&h->c.arena, part));
        }
        if (!at)
                return (struct str){ 0 };
        if (json_object_is_type(at, json_type_string))
                return str_dup(&h->c.arena, json_text(at));
        return str_dup(&h->c.arena, str_of(json_object_to_json_string_ext(at, JSON_C_TO_STRING_PLAIN)));
}

const char *house_photo(struct open_house *h, const char *as)
{
        static struct got g;
        BUF_AUTO b = BUF(1u << 20);
        CHECK_EQ(buf_read_file(&b, target_of(h, "%s/t/media/photo.jpg", getenv("LINLI_SOURCE"))), OK);
        ask_bytes(h, as, "POST", "/api/files", buf_view(&b), target_of(h, "Content-Type: image/jpeg\r\nContent-Length: %zu\r\n", b.n), &g);
        CHECK_EQ(g.status, 201);
        return str_c(&h->c.arena, got_text(h, &g, "token"));
}

const char *target_of(struct open_house *h, const char *format, ...)
{
        va_list args;
        size_t n;
        va_start(args, format);
        const char *target = arena_vprintf(&h->c.arena, &n, format, args);
        va_end(args);
        return target;
}

static int seal_op(struct ctx *ctx, void *arg)
{
        int n;
        (void)arg;
        return event_seal(ctx, 1000, &n);
}

static int figures_op(struct ctx *ctx, void *arg)
{
        int n;
        (void)arg;
        return insight_catch_up(ctx, 1000, &n);
}

static int index_op(struct ctx *ctx, void *arg)
{
        int n;
        (void)arg;
        return search_catch_up(ctx, 1000, &n);
}

void house_catch_up(struct open_house *h)
{
        CHECK_EQ(test_write(h->store, &h->c, seal_op, NULL), OK);
        CHECK_EQ(test_write(h->store, &h->c, figures_op, NULL), OK);
        CHECK_EQ(test_write(h->store, &h->c, index_op, NULL), OK);
}

int64_t rows_of(struct open_house *h, const char *table)
{
        return test_store_number(h->url, arena_printf(&h->c.arena, "SELECT count(*) FROM %s", table));
}

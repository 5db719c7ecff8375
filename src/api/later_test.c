/* Reads and writes through a real store, on both engines: transactions opened and ended, answers after the commit. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "api/inner/test_client.h"
#include "store/lease.h"
#include "store/store_test_util.h"

#define HOST "Host: localhost\r\n"
static struct got g;

enum { W_HOLDER, W_FAIL };
static const struct field write_body[] = {
        [W_HOLDER] = { .name = "holder", .type = FIELD_CODE, .required = true },
        [W_FAIL] = { .name = "fail", .type = FIELD_BOOL },
        { 0 },
};

struct take {
        struct request *req;
        int64_t epoch;
};

/* On the store's thread: takes a lease, which is a row written and read back. */
static int take_run(struct tx *tx, struct command *c)
{
        struct take *t = c->arg;
        struct ctx ctx = t->req->ctx;
        ctx.tx = tx;
        int rc = lease_take(&ctx, STR("bench"), value_str(&t->req->body, W_HOLDER), 60, &t->epoch);
        if (rc == OK && value_bool(&t->req->body, W_FAIL, false))
                return err_set(c->err, ERR_RULE, "fail", "按要求失败", "Failed as asked");
        return rc;
}

static int take_finish(struct request *req, int rc)
{
        const struct take *t = req->state;
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kint(&j, "epoch", t->epoch);
        json_close(&j);
        return OK;
}

static int take_http(struct request *req)
{
        struct tx *tx;
        int rc = request_tx(req, &tx); /* prepare on a snapshot; ended by request_submit */
        if (rc != OK)
                return rc;
        struct take *t = arena_new(req->ctx.arena, struct take);
        t->req = req;
        req->state = t;
        req->finish = take_finish;
        return request_submit(req, take_run, t);
}

static int read_http(struct request *req)
{
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kbool(&j, "tx", req->ctx.tx != NULL);
        json_close(&j);
        return OK;
}

#define COMMON .may = RIGHT_PUBLIC, .scope = SCOPE_NONE, .answer_type = "application/json", .help = { "测试", "A test" }
static const struct route store_routes[] = {
        { COMMON, .name = "s.take", .method = HTTP_POST, .path = "/take", .run_on = RUN_WRITE, .body = write_body,
          .run = take_http },
        { COMMON, .name = "s.read", .method = HTTP_GET, .path = "/read", .run_on = RUN_READ, .run = read_http },
        { COMMON, .name = "s.fast", .method = HTTP_GET, .path = "/fast", .run_on = RUN_FAST, .run = read_http },
};
static const struct route_table store_table = ROUTES(store_routes);
static const struct route_table *const store_tables[] = { &store_table };

static struct server *start(struct store *store)
{
        struct server_options o = test_options();
        o.tables = store_tables;
        o.n_tables = 1;
        o.store = store;
        o.fast_on_worker = store_engine(store) == STORE_POSTGRES;
        return test_start(&o);
}

static void take(struct server *s, const char *body)
{
        char ask[300];
        snprintf(ask, sizeof ask,
                 "POST /take HTTP/1.1\r\n" HOST "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                 strlen(body), body);
        client_ask(s, ask, &g);
}

STORE_TEST(later_reads_and_writes)
{
        struct server *s = start(store);
        client_ask(s, "GET /read HTTP/1.1\r\n" HOST "\r\n", &g);
        CHECK(g.status == 200 && got_has(&g, "\"tx\":true"));
        client_ask(s, "GET /fast HTTP/1.1\r\n" HOST "\r\n", &g);
        CHECK(g.status == 200 && got_has(&g, "\"tx\":true"));
        take(s, "{\"holder\":\"a\",\"fail\":true}");
        CHECK_EQ(g.status, 422);
        CHECK(got_has(&g, "按要求失败") && got_has(&g, "\"field\":\"fail\""));
        take(s, "{\"holder\":\"b\"}"); /* the one that failed left nothing */
        CHECK(g.status == 200 && got_has(&g, "\"epoch\":1"));
        take(s, "{\"holder\":\"c\"}");
        CHECK_EQ(g.status, 503);
        test_stop(s);
}

struct crowd {
        struct server *s;
        int good, bad;
};

static void *crowd_main(void *arg)
{
        static const char post[] = "POST /take HTTP/1.1\r\n" HOST
                                   "Content-Type: application/json\r\nContent-Length: 14\r\n\r\n{\"holder\":\"b\"}";
        struct crowd *c = arg;
        struct got *mine = calloc(1, sizeof *mine);
        int fd = client_open(c->s);
        for (int i = 0; i < 60; i++) {
                client_send(fd, i % 3 ? post : "GET /read HTTP/1.1\r\n" HOST "\r\n");
                client_read(fd, false, mine);
                *(mine->status == 200 ? &c->good : &c->bad) += 1;
        }
        close(fd);
        free(mine);
        return NULL;
}

STORE_TEST(later_many_at_once)
{
        struct server *s = start(store);
        struct crowd c[8];
        pthread_t t[8];
        for (size_t i = 0; i < COUNT(c); i++) {
                c[i] = (struct crowd){ .s = s };
                CHECK_EQ(pthread_create(&t[i], NULL, crowd_main, &c[i]), 0);
        }
        for (size_t i = 0; i < COUNT(c); i++) {
                pthread_join(t[i], NULL);
                CHECK_EQ(c[i].good, 60);
        }
        test_stop(s);
}

TEST(later_without_a_store_is_an_answer_too)
{
        struct server_options o = test_options();
        o.tables = store_tables;
        o.n_tables = 1;
        struct server *s = test_start(&o);
        take(s, "{\"holder\":\"b\"}");
        CHECK_EQ(g.status, 503);
        client_ask(s, "GET /read HTTP/1.1\r\n" HOST "\r\n", &g);
        CHECK(g.status == 200 && got_has(&g, "\"tx\":false"));
        test_stop(s);
}

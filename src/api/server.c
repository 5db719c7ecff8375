#include "api/server.h"
#include <errno.h>
#include <poll.h>
#include <sodium.h>
#include <sys/socket.h>
#include <unistd.h>
#include "api/inner/job.h"
#include "api/inner/serve.h"
#include "api/routes.h"
#include "base/log.h"

#define RATE_BUCKETS ((size_t)64 << 10)
#define LEFT_MS 1000    /* for the loops to tell those who were left */
#define WAITING_MS 1000 /* for clients in the middle of a request; and those whose end the loop has not noticed */

/* ---- start ------------------------------------------------------------------------------------------ */

static void fill(int *option, int standard)
{
        if (*option <= 0)
                *option = standard;
}

static void options_fill(struct server_options *o)
{
        long processors = sysconf(_SC_NPROCESSORS_ONLN);
        int n = processors > 0 && processors < 1024 ? (int)processors : 1;
        fill(&o->loops, n < 4 ? n : 4);
        fill(&o->workers, n < 2 ? 4 : 2 * n);
        fill(&o->queue_max, 512);
        fill(&o->connections, 1024);
        if (o->per_address == 0)
                o->per_address = o->proxy ? 0 : 256;
        fill(&o->headers_ms, 10000);
        fill(&o->body_ms, 30000);
        fill(&o->idle_ms, 60000);
        fill(&o->send_ms, 60000);
        fill(&o->run_ms, 10000);
        fill(&o->drain_ms, 10000);
        if (o->body_budget == 0)
                o->body_budget = (size_t)64 << 20;
        if (o->file_budget == 0)
                o->file_budget = (size_t)512 << 20;
        if (!o->chance)
                o->chance = &chance_system;
        o->secure_cookies = o->secure_cookies || o->tls_cert;
}

static struct http_options http_options_of(const struct server_options *o)
{
        return (struct http_options){
                .address = o->address,
                .port = o->port,
                .tls_cert = o->tls_cert,
                .tls_key = o->tls_key,
                .loops = o->loops,
                .connections = o->connections,
                .per_address = o->per_address,
                .headers_ms = o->headers_ms,
                .body_ms = o->body_ms,
                .idle_ms = o->idle_ms,
                .send_ms = o->send_ms,
        };
}

static int server_open(struct server *s, struct err *err)
{
        int rc = router_make(&s->arena, s->o.tables, s->o.n_tables, &s->router, err);
        if (rc != OK)
                return rc;
        metrics_init(&s->metrics, &s->arena, router_count(s->router));
        s->rate = rate_new(&s->arena, s->o.rates, RATE_BUCKETS);
        s->pool = pool_new(&s->arena, s->o.workers, s->o.queue_max, serve_work, s);
        struct http_options o = http_options_of(&s->o);
        struct http_app app = serve_app(s);
        rc = http_start(&o, &app, &s->http, err);
        if (rc != OK)
                pool_close(s->pool);
        return rc;
}

static void server_release(struct server *s)
{
        struct arena a = s->arena;
        for (struct job *j = s->all; j; j = j->next_all) {
                buf_free(&j->body);
                buf_free(&j->req.out.body);
                arena_free(&j->req.arena);
        }
        rate_end(s->rate);
        pthread_mutex_destroy(&s->lock);
        arena_free(&a);
}

int server_start(const struct server_options *o, struct server **ret, struct err *err)
{
        if (sodium_init() < 0)
                return err_set(err, ERR_INTERNAL, "", "加密库不能用", "The crypto library does not start");
        struct arena a = { 0 };
        struct server *s = arena_new(&a, struct server);
        s->arena = a;
        s->o = *o;
        options_fill(&s->o);
        if (sodium_is_zero(s->o.cursor_key.k, sizeof s->o.cursor_key.k))
                randombytes_buf(s->o.cursor_key.k, sizeof s->o.cursor_key.k);
        randombytes_buf(s->address_key, sizeof s->address_key);
        pthread_mutex_init(&s->lock, NULL);
        int rc = server_open(s, err);
        if (rc != OK) {
                server_release(s);
                return rc;
        }
        *ret = s;
        return OK;
}

uint16_t server_port(const struct server *s)
{
        return http_port(s->http);
}
const struct router *server_router(const struct server *s)
{
        return s->router;
}
struct metrics *server_metrics(struct server *s)
{
        return &s->metrics;
}
int server_adopt(struct server *s, int fd)
{
        return http_adopt(s->http, fd);
}

/* ---- stop ------------------------------------------------------------------------------------------- */

static int64_t in_flight(struct server *s)
{
        return atomic_load_explicit(&s->metrics.in_flight, memory_order_acquire);
}

static void wait_quiet(struct server *s, int ms)
{
        int64_t until = clock_us() + (int64_t)ms * 1000;
        while (in_flight(s) > 0 && clock_us() < until)
                poll(NULL, 0, 5);
}

/* Every job that is away: its connection gets an answer, its memory stays until it is back. */
static void leave_all(struct server *s)
{
        pthread_mutex_lock(&s->lock);
        for (struct job *j = s->all; j; j = j->next_all)
                job_abandon(j);
        pthread_mutex_unlock(&s->lock);
}

int server_stop(struct server *s)
{
        if (s->stopped)
                return s->stuck ? ERR_BUSY : OK;
        atomic_store(&s->stopping, true);
        if (s->o.hub)
                sse_close_all(s->o.hub);
        int first = s->o.drain_ms < WAITING_MS ? s->o.drain_ms : WAITING_MS;
        wait_quiet(s, first);
        if (in_flight(s) > 0)
                http_cut_waiting(s->http);
        wait_quiet(s, s->o.drain_ms - first);
        if (in_flight(s) > 0) {
                log_warn("stopping: %lld requests still under way, not waiting any longer", (long long)in_flight(s));
                leave_all(s);
                wait_quiet(s, LEFT_MS);
        }
        http_stop(s->http);
        pool_close(s->pool);
        wait_quiet(s, s->o.drain_ms);
        s->stopped = true;
        s->stuck = in_flight(s) > 0;
        return s->stuck ? ERR_BUSY : OK;
}

void server_free(struct server *s)
{
        if (!s)
                return;
        server_stop(s);
        if (in_flight(s) == 0)
                server_release(s);
}

/* ---- /health, /metrics ------------------------------------------------------------------------------- */

static const struct member health_members[] = {
        { .name = "ok", .type = FIELD_BOOL },
        { .name = "in_flight", .type = FIELD_INT },
        { .name = "parts", .type = FIELD_MAP, .item = FIELD_ANY },
        { 0 },
};
static const struct shape health_shape = { "Health", health_members, NULL };

static int health_http(struct request *req)
{
        struct server *s = job_of(req)->server;
        bool stopping = atomic_load_explicit(&s->stopping, memory_order_relaxed);
        struct buf more = BUF(ROUTE_ANSWER_DEFAULT);
        struct json inner = json_to(&more);
        json_open(&inner);
        int rc = s->o.more_health ? s->o.more_health(s->o.app, &inner) : OK;
        json_close(&inner);
        struct json j = request_json(req, rc == OK && !stopping ? 200 : 503);
        json_open(&j);
        json_kbool(&j, "ok", rc == OK && !stopping);
        json_kint(&j, "in_flight", in_flight(s));
        json_key(&j, "parts");
        json_raw(&j, buf_view(&more));
        json_close(&j);
        buf_free(&more);
        return OK;
}

static int metrics_http(struct request *req)
{
        struct server *s = job_of(req)->server;
        if (!s->o.metrics_public && !request_local(req))
                return ERR_NONE;
        request_json(req, 200);
        req->out.type = "text/plain; version=0.0.4; charset=utf-8";
        metrics_write(&s->metrics, s->router, &req->out.body);
        if (s->o.more_metrics)
                s->o.more_metrics(s->o.app, &req->out.body);
        return OK;
}

static const struct route server_routes[] = {
        { .name = "server.health",
          .method = HTTP_GET,
          .path = "/health",
          .may = RIGHT_PUBLIC,
          .scope = SCOPE_NONE,
          .run_on = RUN_PLAIN,
          .run = health_http,
          .answer = &health_shape,
          .help = { "服务是否正常", "Is the server well? 200 or 503" } },
        { .name = "server.metrics",
          .method = HTTP_GET,
          .path = "/metrics",
          .may = RIGHT_PUBLIC,
          .scope = SCOPE_NONE,
          .run_on = RUN_PLAIN,
          .run = metrics_http,
          .answer_type = "text/plain",
          .help = { "运行计数（Prometheus 格式），只给本机", "Counts for Prometheus; for this machine only" } },
};
const struct route_table server_route_table = ROUTES(server_routes);

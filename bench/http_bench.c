/* bench/http_bench.c — what does our server cost beside bare libmicrohttpd? Same client, same loops, same bytes, in
 * turns.
 *
 * Rows: GET of a fast route; the same through a worker; POST of a JSON body, parsed and checked, on the loop and
 * through a worker. Bare: an epoll daemon with one response prepared beforehand, its body read and thrown away.
 *
 * usage: http_bench [SECONDS [CONNECTIONS [ROUNDS]]]     default 2 32 3; prints the best of the rounds.
 * On a busy machine look at the CPU time
 */
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "api/server.h"
#include "http_load.h"

#define LOOPS 1

static const char answer_text[] =
        "{\"id\":\"417283940017152\",\"state\":\"open\",\"due\":\"2026-11-30\",\"unit\":\"office.urban\","
        "\"revision\":3,\"grid\":\"110101002001003\"}";
#define BODY                                                                                                                  \
        "{\"words\":\"小区东门路灯坏了三天，晚上看不见路\",\"lat\":{lat},\"lon\":{lon},\"level\":\"small\"," \
        "\"urgent\":false}"

/* ---- ours ------------------------------------------------------------------------------------------- */

static int get_http(struct request *req)
{
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kid(&j, "id", 417283940017152);
        json_kc(&j, "state", "open");
        json_kday(&j, "due", (struct day){ 20787 });
        json_kc(&j, "unit", "office.urban");
        json_kint(&j, "revision", 3);
        json_kc(&j, "grid", "110101002001003");
        json_close(&j);
        return OK;
}

static const char *const levels[] = { "small", "big", "hard", NULL };
static const struct field body_fields[] = {
        { .name = "words", .type = FIELD_TEXT, .required = true, .min = 1, .max = 2000 },
        { .name = "lat", .type = FIELD_LAT },
        { .name = "lon", .type = FIELD_LON },
        { .name = "level", .type = FIELD_ENUM, .choices = levels },
        { .name = "urgent", .type = FIELD_BOOL },
        { 0 },
};

#define COMMON .may = RIGHT_PUBLIC, .scope = SCOPE_NONE, .run = get_http, .help = { "测", "Bench" }
static const struct route routes[] = {
        { COMMON, .name = "b.fast", .method = HTTP_GET, .path = "/fast/{id}", .run_on = RUN_FAST },
        { COMMON, .name = "b.read", .method = HTTP_GET, .path = "/read/{id}", .run_on = RUN_READ },
        { COMMON, .name = "b.here", .method = HTTP_POST, .path = "/here", .run_on = RUN_PLAIN, .body = body_fields },
        { COMMON, .name = "b.write", .method = HTTP_POST, .path = "/write", .run_on = RUN_WRITE, .body = body_fields },
};
static const struct route_table table = ROUTES(routes);
static const struct route_table *const tables[] = { &table };

static struct instant wall(void *app)
{
        (void)app;
        struct timespec t;
        clock_gettime(CLOCK_REALTIME, &t);
        return (struct instant){ (int64_t)t.tv_sec * US_PER_SECOND + t.tv_nsec / 1000 };
}

static struct server *ours_start(void)
{
        static const struct rate_limit rates[RATE_CLASSES] = { [RATE_READ] = { .per_minute = 1000000000 } };
        struct server_options o = { .address = "127.0.0.1",
                                    .tables = tables,
                                    .n_tables = 1,
                                    .now = wall,
                                    .loops = LOOPS,
                                    .workers = 2,
                                    .rates = rates,
                                    .queue_max = 4096 };
        struct server *s = NULL;
        struct err err = { 0 };
        if (server_start(&o, &s, &err) != OK) {
                fprintf(stderr, "http_bench: %s\n", err.en);
                exit(1);
        }
        return s;
}

/* ---- bare ------------------------------------------------------------------------------------------- */

static struct MHD_Response *bare_response;

static enum MHD_Result bare_request(void *arg, struct MHD_Connection *c, const char *url, const char *method,
                                    const char *version, const char *data, size_t *n, void **context)
{
        static int seen;
        (void)arg, (void)url, (void)method, (void)version, (void)data;
        if (!*context) {
                *context = &seen;
                return MHD_YES;
        }
        if (*n > 0) {
                *n = 0;
                return MHD_YES;
        }
        return MHD_queue_response(c, 200, bare_response);
}

static struct MHD_Daemon *bare_start(uint16_t *ret_port)
{
        bare_response = MHD_create_response_from_buffer(sizeof answer_text - 1, (void *)(uintptr_t)answer_text,
                                                        MHD_RESPMEM_PERSISTENT);
        MHD_add_response_header(bare_response, "Content-Type", "application/json");
        struct MHD_Daemon *d = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO, 0, NULL, NULL,
                                                bare_request, NULL, MHD_OPTION_CONNECTION_LIMIT, 1024u, MHD_OPTION_END);
        if (!d)
                exit(1);
        *ret_port = MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT)->port;
        return d;
}

/* ---- the comparison --------------------------------------------------------------------------------- */

static double seconds = 2;
static int connections = 32, rounds = 3;

struct figure {
        double rate;   /* requests a second */
        double cpu_us; /* of this whole process, client and server, a request: steady on a busy machine too */
};

static double cpu_seconds(void)
{
        struct timespec t;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
        return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct figure measure(uint16_t port, struct load_pattern *p)
{
        struct load_result r;
        struct load_options o = {
                .port = port, .connections = connections, .seconds = seconds, .next = load_pattern_next, .arg = p
        };
        double before = cpu_seconds();
        if (load_run(&o, &r) != 0 || r.errors || r.status[2] != r.answered) {
                fprintf(stderr, "http_bench: %llu errors, %llu of %llu answers are 2xx\n", (unsigned long long)r.errors,
                        (unsigned long long)r.status[2], (unsigned long long)r.answered);
                exit(1);
        }
        return (struct figure){ load_rate(&r), (cpu_seconds() - before) * 1e6 / (double)r.answered };
}

static void better(struct figure *best, struct figure now)
{
        if (now.rate > best->rate)
                best->rate = now.rate;
        if (best->cpu_us <= 0 || now.cpu_us < best->cpu_us)
                best->cpu_us = now.cpu_us;
}

static void row(const char *name, struct load_pattern *p, uint16_t port, uint16_t bare_port)
{
        struct figure ours = { 0 }, bare = { 0 };
        for (int i = 0; i < rounds; i++) {
                better(&bare, measure(bare_port, p));
                better(&ours, measure(port, p));
        }
        printf("%-28s %9.0f %9.0f  %5.1f %%  %6.1f %6.1f\n", name, ours.rate, bare.rate, 100 * ours.rate / bare.rate,
               ours.cpu_us, bare.cpu_us);
        fflush(stdout);
}

static void row_latency(uint16_t port, struct load_pattern *p)
{
        struct load_result r;
        struct load_options o = { .port = port,
                                  .connections = connections,
                                  .seconds = seconds,
                                  .rate = measure(port, p).rate / 2,
                                  .next = load_pattern_next,
                                  .arg = p };
        if (load_run(&o, &r) != 0)
                exit(1);
        printf("GET fast at half its rate: %.0f/s asked, %.0f/s answered; p50 %lld us, p99 %lld us, p99.9 %lld us, max "
               "%lld us\n",
               o.rate, load_rate(&r), (long long)load_percentile(&r, 50), (long long)load_percentile(&r, 99),
               (long long)load_percentile(&r, 99.9), (long long)r.max_us);
}

int main(int argc, char **argv)
{
        seconds = argc > 1 ? atof(argv[1]) : seconds;
        connections = argc > 2 ? atoi(argv[2]) : connections;
        rounds = argc > 3 ? atoi(argv[3]) : rounds;
        if (seconds <= 0 || connections <= 0 || rounds <= 0) {
                fprintf(stderr, "usage: http_bench [SECONDS [CONNECTIONS [ROUNDS]]]\n");
                return 2;
        }
        uint16_t bare_port;
        struct server *s = ours_start();
        struct MHD_Daemon *d = bare_start(&bare_port);
        const char *json = "Content-Type: application/json\r\n";
        struct load_pattern fast = { .method = "GET", .path = "/fast/{n}1" },
                            read = { .method = "GET", .path = "/read/{n}1" };
        struct load_pattern here = { .method = "POST",
                                     .path = "/here",
                                     .headers = json,
                                     .body = BODY,
                                     .south = 39.8,
                                     .north = 40,
                                     .west = 116.2,
                                     .east = 116.5 };
        struct load_pattern write = here;
        write.path = "/write";
        printf("%-28s %9s %9s  %7s  %s\n", "requests/s, one loop", "ours", "bare", "ratio",
               "CPU us a request, both ends");
        row("GET fast, on the loop", &fast, server_port(s), bare_port);
        row("GET through a worker", &read, server_port(s), bare_port);
        row("POST JSON, on the loop", &here, server_port(s), bare_port);
        row("POST JSON through a worker", &write, server_port(s), bare_port);
        row_latency(server_port(s), &fast);
        server_free(s);
        MHD_stop_daemon(d);
        MHD_destroy_response(bare_response);
        return 0;
}

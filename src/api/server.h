/* api/server.h — the server as app sees it: start, stop, and one request without a socket.
 *
 * Threads: `loops` event loops run RUN_PLAIN and, on SQLite, RUN_FAST and RUN_SUBMIT routes themselves; `workers` run the rest out of
 * a bounded queue; a full queue answers 503 with Retry-After at once. One sweeper cuts connections that are too slow
 * with headers, body or reading, and drives heartbeats.
 */
#pragma once
#include <stdio.h>
#include "api/cursor.h"
#include "api/door.h"
#include "api/metrics.h"
#include "api/rate.h"
#include "api/route.h"
#include "api/sse.h"

struct server;

struct server_options {
        /* where */
        const char *address;            /* "127.0.0.1"; "::1"; NULL = no listening socket (server_once only) */
        uint16_t port;                  /* 0 = any free one: see server_port */
        const char *tls_cert, *tls_key; /* PEM text; NULL = plain */
        const char *proxy;   /* address of the reverse proxy whose X-Forwarded-For is believed; NULL = none */
        bool secure_cookies; /* TLS ends here or at the proxy */

        /* what */
        const struct route_table *const *tables;
        size_t n_tables;
        struct door door;
        struct store *store;              /* for read transactions and request_submit; NULL = none */
        struct sse_hub *hub;              /* ticked and closed by the server; NULL = none */
        void *app;                        /* req->app */
        struct instant (*now)(void *app); /* ctx.now; only app reads the clock. Required */
        struct id_gen *ids;
        struct chance *chance;        /* NULL = chance_system */
        struct cursor_key cursor_key; /* all zero = a random one: cursors then end with the process */
        /* Lines added to /metrics and members added to /health; NULL = none. Health is false when it returns non-zero.
         */
        void (*more_metrics)(void *app, struct buf *out);
        int (*more_health)(void *app, struct json *out);

        /* how much; 0 = the default in brackets */
        int loops;                      /* [processors, at most 4] */
        int workers;                    /* [2 x processors, at least 4] */
        int queue_max;                  /* waiting for a worker [512] */
        int connections;                /* [1024] */
        int per_address;                /* connections of one address [256, none behind a proxy] */
        int headers_ms;                 /* from connect or request line to the last header [10000] */
        int body_ms;                    /* for the body [30000] */
        int idle_ms;                    /* between requests, until the next request line is complete [60000] */
        int send_ms;                    /* for a client to take the answer [60000] */
        int run_ms;                     /* waiting and running, then 503 [10000] */
        int drain_ms;                   /* server_stop waits so long for those under way [10000] */
        size_t body_budget;             /* bytes of all bodies being received [64 MiB]; then 503 */
        size_t file_budget;             /* the same for those that go to files [512 MiB] */
        const struct rate_limit *rates; /* [RATE_CLASSES]; NULL = none */
        bool fast_on_worker;            /* RUN_FAST and RUN_SUBMIT go to a worker: PostgreSQL */
        bool metrics_public;            /* /metrics answers others than this machine itself */
};

/* ERR_RULE when the routes are not sound, ERR_IO when the address cannot be had, ERR_BAD for a bad TLS key. */
int server_start(const struct server_options *, struct server **ret, struct err *err);
uint16_t server_port(const struct server *);
const struct router *server_router(const struct server *);
struct metrics *server_metrics(struct server *);

/* Refuse new connections and requests (503, Connection: close), end streams, let those under way finish until
 * drain_ms, answer the rest 503, stop. Then close the store, then server_free. Returns OK, or ERR_BUSY when handlers
 * still ran at the end: their memory is then left to the process. */
int server_stop(struct server *);
/* NULL is fine; stops first if need be. */
void server_free(struct server *);

/* `linli http < request > response`: feed raw HTTP/1.1 bytes to the very same server over a socket pair, and copy out
 * what it answers until it closes or has nothing more to say. ERR_IO. */
int http_once(struct server *, FILE *in, FILE *out);
/* A connection that is already open; the server owns @fd from here on. ERR_BUSY when it takes no more. */
int server_adopt(struct server *, int fd);

/* api/inner/job.h — the private side of a request: where it is, and who may let it return to its loop. */
#pragma once
#include <pthread.h>
#include <stdatomic.h>
#include "api/inner/http.h"
#include "api/inner/pool.h"
#include "api/request.h"
#include "api/router.h"
#include "api/server.h"

enum job_state {
        JOB_HERE, /* on its loop */
        JOB_AWAY, /* with a worker, the store, or another promise; its connection is suspended */
        JOB_BACK, /* done; the loop will be called again */
        JOB_LEFT, /* the server stopped waiting: the loop answers without looking at the request */
};

struct job {
        struct request req; /* first: a request is its job */
        struct pool_item item;
        struct http_conn *conn;
        struct router_match match;
        size_t route_index; /* for metrics; router_count when none */
        int64_t start_us;
        bool pending; /* the handler returned RUN_PENDING */
        bool local;
        int refused;        /* before the handler: an error code, answered when the body is through */
        int refused_status; /* instead of the code's own, or 0 */
        size_t body_n;      /* counted in server->body_bytes, or in file_bytes when the route takes a file */
        struct tx *tx;
        struct sse_client *client;

        /* What follows outlives the exchange. */
        struct server *server;
        struct job *next_free, *next_all;
        struct buf body;
        _Atomic int state;   /* enum job_state */
        _Atomic int refs;    /* the exchange, and what is away: who is last gives the job back */
        _Atomic int parties; /* the handler and each promise: who is last brings it back to its loop */
};

struct server {
        struct server_options o;
        struct arena arena;
        struct http *http;
        struct pool *pool;
        struct router *router;
        struct metrics metrics;
        struct rate *rate;
        unsigned char address_key[16];
        pthread_mutex_t lock; /* of the two lists */
        struct job *free, *all;
        _Atomic size_t n_free;
        _Atomic bool stopping;
        _Atomic size_t body_bytes, file_bytes;
        bool stopped, stuck;
};

static inline struct job *job_of(struct request *req)
{
        return (struct job *)req;
}
static inline const struct job *job_of_const(const struct request *req)
{
        return (const struct job *)req;
}
int64_t clock_us(void); /* CLOCK_MONOTONIC */

struct job *job_take(struct server *);
/* The exchange, or what was away, lets go of its memory. */
void job_drop(struct job *);
/* One party is through; the last one brings the job back. */
void job_release(struct job *);
/* The loop may go on without it. */
void job_abandon(struct job *);
void job_tx_end(struct job *);
/* ERR_RATE, with Retry-After. */
int rate_wait(struct request *, int seconds);

/* Fill the request from the headers. */
void request_read_head(struct job *, const struct http_head *);
/* Send what stands in req->out, or the problem of @rc, or the stream. On the loop. */
void job_answer(struct job *, int rc);
/* 503 and close, without looking at the request. */
void job_answer_left(struct job *);

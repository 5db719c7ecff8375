/* api/request.h — one request while it is answered: what came in, who asks, and the answer being made.
 *
 * A handler is `int run(struct request *)`. When it is called the door has done its work: route, town, identity,
 * CSRF, right, body and query (typed and checked), rate. It returns
 *   OK            the answer stands in req->out;
 *   ERR_...       a problem document is made of req->err (set it with err_set(&req->err, …)) and the code;
 *   RUN_PENDING   (after request_submit) the answer comes later: request_finish will be called.
 *   RUN_STREAM    (after sse_attach) the answer is a stream of events.
 *
 * Who owns the request when: the event loop, then the worker, then the store's thread from request_submit on, then
 * the loop again. So after request_submit or request_finish do not touch it. Everything that must live as long as
 * the request comes from ctx.arena. It is given back when the answer has been sent.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "api/form.h"
#include "api/route.h"
#include "api/schema.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/ctx.h"
#include "base/json.h"
#include "people/right.h"
#include "store/file.h"
#include "store/store.h"

enum { RUN_PENDING = 1, RUN_STREAM = 2 };

enum credential {
        CRED_NONE,
        CRED_COOKIE,  /* session cookie: writes need the CSRF token */
        CRED_KEY,     /* Authorization: Bearer KEY */
        CRED_TRACK,   /* X-Tracking-Code */
};

/* Who asks; filled by the door's identify. All zero = the public. Views live in the arena. */
struct who {
        enum credential by;
        struct str login;     /* staff login, or name of the key; "" otherwise */
        int64_t id;           /* session, key, or the matter of the tracking code */
        uint64_t rights;      /* right_bit()s held anywhere. PUBLIC, TRACK, SIGNED_IN and WHY need no bit: the door
                               * gives TRACK and WHY to a tracking code, SIGNED_IN to a session, WHY to MATTER_READ */
        struct scopes scopes; /* where they are held */
        struct str csrf;      /* token a cookie's write must bring in X-CSRF-Token */
        void *more;           /* the sessions room's own */
};

struct param {
        struct str text; /* percent-decoded */
        int64_t id;      /* for "id" and "…_id", else 0 */
};

/* Headers handlers and door need; absent = {NULL,0}. Views, live as long as the request. */
struct request_headers {
        struct str host;            /* lower case not guaranteed; with port */
        struct str authorization, cookie, csrf, tracking, idempotency, if_match, if_none_match, accept_encoding;
        struct str range, if_range;
        struct str accept_language, accept, content_type, last_event_id, origin, fetch_site, forwarded_for, user_agent;
};

struct answer {
        int status;            /* 0 = the route's */
        const char *type;      /* content type; NULL = application/json */
        struct buf body;
        struct str etag;       /* with quotes: "\"r12\"" */
        struct str location;
        struct str cookie[2];  /* Set-Cookie values, see request_set_cookie */
        struct str disposition; /* Content-Disposition */
        const char *csp;       /* Content-Security-Policy; NULL = the strict default */
        const char *cache;     /* Cache-Control; NULL = by route->cached */
        const char *worker;    /* Service-Worker-Allowed; NULL = none */
        int retry_after;       /* seconds; 0 = none. Set by itself on 429 and 503 */
        struct str allow;      /* of 405 */
        const char *coding;    /* Content-Encoding; NULL = as it is */
        bool pressed;          /* what is answered depends on Accept-Encoding */
        struct str lasting;    /* bytes that live as long as the process, instead of the body; {NULL,0} = none */
        /* A file instead of the body, with request_file; Range is answered by itself. */
        struct { bool open; int fd; int64_t bytes, from, n, most; } file;
};

struct request {
        /* what came in */
        const struct route *route;
        enum http_method method;
        bool head;                    /* HEAD: as GET, without the body */
        struct str target;            /* as sent, "/api/matters?unit=7" */
        struct str path;              /* without /t/TOWN and query */
        struct str query_text;        /* after '?' */
        struct str town_code;         /* of /t/TOWN; "" otherwise */
        struct param param[ROUTE_PARAMS_MAX];
        size_t n_params;
        struct request_headers in;
        struct values query, body;    /* by route->query, route->body */
        struct str body_text;         /* the raw bytes */
        struct form form;             /* of a route with .form: every pair, as sent */
        struct file_draft body_file;  /* route->body_file: they are here; ended with the request */
        int64_t body_bytes;
        uint64_t address;             /* keyed hash of the client's address; the address itself is not kept */

        /* who, where, when */
        struct ctx ctx;               /* .arena = &arena, .err = &err; .tx in RUN_READ and RUN_FAST */
        struct who who;
        struct err err;
        struct arena arena;
        int64_t deadline_us;          /* CLOCK_MONOTONIC microseconds by which the answer should stand */

        /* the answer */
        struct answer out;
        int rc;
        /* Called on the event loop when request_finish came, with its rc, to write the answer: no database, no
         * waiting. Returns OK or an error. NULL: what stands in out is the answer, or the problem of rc. */
        int (*finish)(struct request *, int rc);
        void *state;                  /* the handler's own, from the arena */
        /* Called once when the request is given back, however it ended: lets go of what was held for it. Any thread. */
        void (*release)(struct request *);
        void *held;                   /* what release lets go of */

        void *app;                    /* server_options.app */
};

/* ---- in ------------------------------------------------------------------------------------------- */
/* The value of a cookie, {NULL,0} if absent. */
struct str request_cookie(const struct request *, const char *name);
/* The route's parameter by its name; a name the path does not have is a BUG. */
const struct param *request_param(const struct request *, const char *name);
/* The revision named by If-Match ("r12" in quotes, or *). *ret = -1 when absent or "*". ERR_BAD when it is not of
 * that form, naming If-Match. */
int request_if_match(struct request *, int64_t *ret_revision);
/* A read transaction for this request: opened on first use, ended by api when the handler has returned (also set as
 * ctx.tx). In RUN_READ and RUN_FAST it stands open already. ERR_BUSY, ERR_STORE. */
int request_tx(struct request *, struct tx **ret);
/* BLAKE2b-256 of route name and body bytes: what an idempotency key is bound to. */
void request_body_hash(const struct request *, unsigned char out[32]);
/* Is @object within the asker's scopes for the route's right (or is it @matter's own tracking code)? OK or ERR_NONE:
 * what is out of scope does not exist. */
int request_in_scope(struct request *, int64_t matter, const struct scope_object *object);
/* Does the asker hold @right anywhere? RIGHT_UNDECIDED: nobody does. */
bool request_holds(const struct request *, enum right);
/* Is the time for the answer over? For handlers that loop. */
bool request_late(const struct request *);
/* From this machine itself, not through a proxy? */
bool request_local(const struct request *);

/* ---- out ------------------------------------------------------------------------------------------ */
/* Start a JSON answer; write into the result. @status 0 = the route's. */
struct json request_json(struct request *, int status);
/* The same for a list: {"items":[ stands; the rows, json_end, what stands beside them (request_next), json_close are the caller's. */
struct json request_items(struct request *);
/* ETag "r<revision>". A GET whose If-None-Match names it becomes 304 by itself. */
void request_etag(struct request *, int64_t revision);
/* ETag of the answer's own bytes (keyed hash), for what has no revision; call it last. */
void request_etag_body(struct request *);
/* Answer with the file @fd of @bytes; the request closes it. A range that the client asks for is 206, one outside 416. */
void request_file(struct request *, int fd, int64_t bytes);
/* The same of a file that is read in parts: no answer is longer than @most. A longer range is cut there, as 206 says; the whole is
 * refused by name of the header Range, except to HEAD. */
void request_file_parts(struct request *, int fd, int64_t bytes, int64_t most);
/* HttpOnly, SameSite=Lax, Path=/, Secure behind TLS. @seconds 0 = until the browser closes, -1 = delete. At most two. */
void request_set_cookie(struct request *, const char *name, struct str value, int64_t seconds);
/* Fill out with the problem document of @code and req->err (application/problem+json, RFC 9457). Handlers need not
 * call it: returning the code does. */
void request_problem(struct request *, int code);
/* The sentence of that document, in the asker's language, for those who write refusals in another form. Logs what is internal. */
struct str request_problem_text(struct request *, int code);

/* ---- later ---------------------------------------------------------------------------------------- */
/* Hand a write command to the store. @arg is command->arg for @run, with err = &req->err and the request's arena as
 * its owner until done: it may allocate from ctx.arena inside run (a rerun allocates again). Returns RUN_PENDING, to
 * be returned by the handler, or ERR_BUSY at once. Set req->finish first. */
int request_submit(struct request *, int (*run)(struct tx *, struct command *), void *arg);
/* The same by other means than the store: promise first, then call request_finish exactly once, from any thread. Both
 * end the read transaction: what is needed later must be in the arena. */
int request_later(struct request *); /* returns RUN_PENDING */
void request_finish(struct request *, int rc);

/* api/route.h — one way in: declared once as a const struct.
 *
 * Router, door, command line, OpenAPI document, /docs, docs/api.md and the rights test all come from these
 * tables. One const array a file, ended by its COUNT; api/routes.h lists the tables:
 *
 *      static const struct route matter_routes[] = {
 *              { .name = "matter.open", .method = HTTP_POST, .path = "/api/matters",
 *                .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_WRITE, .rate = RATE_INTAKE,
 *                .body = open_body, .body_max = 16 << 10, .idempotent = true, .run = matter_open_http,
 *                .status = 201, .answer = &opened_shape,
 *                .help = { "提交一件事", "Open a matter at a place" } },
 *      };
 *      const struct route_table matter_route_table = ROUTES(matter_routes);
 *
 * What a handler gets and gives back: api/request.h.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "api/schema.h"
#include "api/shape.h"
#include "base/say.h"
#include "people/right.h"

struct request;

enum http_method { HTTP_NONE, HTTP_GET, HTTP_POST, HTTP_PUT, HTTP_PATCH, HTTP_DELETE, HTTP_METHODS };
const char *http_method_name(enum http_method); /* "GET" */

/* How the object of a route gives its place, org and respondents, so that scope can be checked. */
enum scope_kind {
        SCOPE_UNDECIDED, /* fails a test */
        SCOPE_NONE,      /* no object: health, the document itself */
        SCOPE_TOWN,      /* the town as a whole, or something new in it */
        SCOPE_LIST,      /* rows are filtered by the actor's scopes as bound values */
        SCOPE_MATTER,    /* {id} is a matter: request_in_scope, else 404 */
        SCOPE_SELF,      /* the actor's own session, tasks, account */
        SCOPE_KINDS
};

/* Where the handler runs. The loops never wait. */
enum route_run {
        RUN_UNDECIDED, /* fails a test */
        RUN_PLAIN,     /* on the event loop, no database, no waiting: microseconds */
        RUN_FAST,   /* read only, point reads and lists of 50: on the event loop on SQLite, on a worker on PostgreSQL */
        RUN_READ,   /* on a worker, inside a read transaction */
        RUN_SUBMIT, /* where RUN_FAST runs: decide from memory in tens of microseconds, then request_submit */
        RUN_WRITE,  /* on a worker: prepare, then request_submit a command to the store */
};

/* Token buckets, one set an address; rates in server_options. */
enum rate_class {
        RATE_READ,   /* cheap reads; the default */
        RATE_WRITE,  /* staff writes */
        RATE_INTAKE, /* the public's new matters */
        RATE_LOOKUP, /* by tracking code, by phone: what could be guessed */
        RATE_SIGN_IN,
        RATE_TILE, /* squares of a map: a screen asks for dozens at once */
        RATE_FILE, /* uploads: counted by the day, of staff by login */
        RATE_CLASSES
};

#define ROUTE_PARAMS_MAX 4
#define ROUTE_BODY_DEFAULT ((size_t)64 << 10)
#define ROUTE_ANSWER_DEFAULT ((size_t)1 << 20)

/* What routes of a foreign standard ask of the door. */
struct manner {
        const char *town; /* parameter of query or form that names the town when the path does not: "jurisdiction_id" */
        const char *key;  /* and the one that carries an API key when no header does: "api_key" */
        bool more;        /* parameters that the table does not know are passed over: clients bring their own */
        void (*problem)(struct request *, int code); /* writes a refusal in the standard's own form; NULL = RFC 9457 */
};

struct route {
        const char *name;        /* "matter.open": unique; room.verb */
        enum http_method method; /* HEAD is answered by GET */
        const char *path;        /* "/api/matters/{id}". A parameter "id" or ending in "_id" must be an id > 0,
                                  * any other 1-128 bytes of UTF-8 without control; else 404. A last "{file*}"
                                  * takes all that is left, slashes too, up to 512 bytes. "/requests/{id}.{format}": a
                                  * last segment may end in ".{…}", which takes what stands behind its last dot */
        enum right may;          /* RIGHT_UNDECIDED fails a test and is refused */
        enum scope_kind scope;
        enum route_run run_on;
        enum rate_class rate;
        const struct field *query;  /* NULL: any parameter is refused */
        const struct field *body;   /* NULL and body_max 0: a body is refused */
        size_t body_max;            /* bytes; 0 = 64 KiB when there is a schema */
        const char *body_type;      /* with body NULL and body_max > 0: the raw bytes in req->body_text, of this
                                     * content type; NULL = any */
        bool form;                  /* the body is a form, not JSON (api/form.h); body says its fields, req->form has all */
        const struct manner *manner; /* of a foreign standard; NULL = our own */
        bool body_file;             /* with body NULL and body_max > 0: the bytes go to req->body_file, a file, and not to memory;
                                     * their length must be said before */
        bool page;                  /* of the web face: the same bytes for everybody, so the door asks nothing, what stands behind '?' is the
                                     * page's own, and the API's documents do not name it */
        bool idempotent;            /* takes an Idempotency-Key */
        bool cached;                /* the answer may be kept by the client and checked again by ETag: "no-cache" instead of "no-store". Only where it is
                                     * the same for whoever reads it: a revision says nothing of the reader, and a browser checks by it for the next one */
        int status;                 /* of success; 0 = 200 */
        int status_too;             /* of success as well, such as 200 where what is asked for was there already; 0 = none */
        const struct shape *answer; /* what the JSON answer looks like: api/shape.h. The tests hold every answer against it */
        enum answer_form answer_form; /* how many of it */
        const char *answer_type;    /* content type when it is not JSON, or, with a shape, not always */
        size_t answer_max;          /* bytes; 0 = 1 MiB; more is ERR_INTERNAL and a line in the log */
        int (*run)(struct request *);
        struct say help; /* one sentence, for people */
};

#define ROUTE_PARAM_BYTES 128
#define ROUTE_REST_BYTES 512

struct route_table {
        const struct route *route;
        size_t n;
};
#define ROUTES(array)                                                                                                  \
        {                                                                                                              \
                (array), COUNT(array)                                                                                  \
        }

/* Is the route complete and sound: name, path, right, scope, run, handler, schemas (names unique, choices present,
 * body only where the method has one)? OK, or ERR_RULE with a sentence. server_start refuses what fails this. */
int route_check(const struct route *, struct err *err);

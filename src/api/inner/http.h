/* api/inner/http.h — all that the rest of the house knows of libmicrohttpd: a handful of functions and callbacks.
 *
 * Does: event loops, parsing, keep-alive, chunks, TLS, 100-continue; and what the library does not: refuses ambiguous
 * framing (Content-Length with Transfer-Encoding, two of either, two Hosts, bare LF, folded lines, NUL, names that are
 * not tokens), more than 100 headers, 16 KiB of headers, 8 KiB of target; and cuts whoever is too slow.
 *
 * Life of an exchange, all on its connection's loop: begin, head, body…, ready (again after each http_resume), done.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "api/form.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct http;      /* the daemon */
struct http_conn; /* one connection and its current exchange */

#define HTTP_HEADERS_MAX 100
#define HTTP_HEADER_BYTES_MAX ((size_t)16 << 10)
#define HTTP_TARGET_MAX ((size_t)8 << 10)
#define HTTP_WASTE_MAX ((size_t)1 << 20) /* of a body that is thrown away; then the connection is cut */

struct http_header {
        struct str name, value; /* in: views until done. Out: NUL-terminated */
};

struct http_head {
        struct str method, target; /* as on the wire */
        int64_t length;            /* body bytes to come; -1 = chunked; 0 = none */
        const struct http_header *header;
        size_t n;
        const void *peer; /* struct sockaddr *, or NULL */
        int wire;         /* 0, or the status it must be refused with: 400, 414, 431 */
};

struct http_reply {
        int status;
        const struct http_header *header; /* copied */
        size_t n;
        struct str body; /* must live until done() */
        /* A file instead of a body, from a place on; the descriptor is closed when the answer is out. */
        bool has_file;
        int fd;
        int64_t from, n_file;
        bool close;      /* not another request on this connection */
        /* A stream instead of a body: called on the loop; returns bytes written (> 0), 0 after http_suspend, -1 at
         * the end. */
        ptrdiff_t (*pull)(void *arg, char *to, size_t max);
        void *arg;
};

struct http_app {
        void *arg;
        /* The request line is here: the object of this exchange, and its arena. Never NULL. */
        void *(*begin)(void *arg, struct http_conn *, struct arena **ret_arena);
        /* The headers are here. *ret_body_max = bytes of body that are wanted. To refuse without reading the body call
         * http_reply here; the connection then closes. A wire status other than 0 must be refused here. */
        void (*head)(void *arg, void *exchange, const struct http_head *, size_t *ret_body_max);
        /* A piece of the body, never more than wanted in all. Not OK: cut the connection. */
        int (*body)(void *arg, void *exchange, struct str piece);
        /* All is here, or (@too_big) more came than was wanted and was thrown away. Calls http_reply, or http_suspend
         * and is called again after http_resume. */
        void (*ready)(void *arg, void *exchange, bool too_big);
        /* The answer went out (@sent) or the connection broke. The last call. */
        void (*done)(void *arg, void *exchange, bool sent);
        /* A connection was cut for being slow. */
        void (*cut)(void *arg);
        /* Connections opened or closed. */
        void (*connections)(void *arg, int change);
        /* Every few hundred milliseconds, on the sweeper's thread. */
        void (*tick)(void *arg);
};

struct http_options {
        const char *address; /* NULL: no listening socket, http_adopt only */
        uint16_t port;
        const char *tls_cert, *tls_key;
        int loops, connections, per_address;
        int headers_ms, body_ms, idle_ms, send_ms;
};

int http_start(const struct http_options *, const struct http_app *, struct http **ret, struct err *err);
uint16_t http_port(const struct http *);
/* Nothing may be suspended any more. Joins the loops and the sweeper, frees. */
void http_stop(struct http *);
/* On the loop only, inside head or ready. ERR_BUSY when the connection can take no answer any more. */
int http_reply(struct http_conn *, const struct http_reply *);
/* The body as the form that its Content-Type says. On the loop only, inside ready. As form_read. */
int http_form(struct http_conn *, struct str body, struct form *ret);
/* Inside ready or pull. */
void http_suspend(struct http_conn *);
/* Any thread. */
void http_resume(struct http_conn *);
/* Take over an open socket. ERR_BUSY. */
int http_adopt(struct http *, int fd);
/* Cut every connection that waits for its client to say more: it has no whole request here. */
void http_cut_waiting(struct http *);
/* Is the adopted socket @fd open, and waiting for its client to say more? */
bool http_idle(struct http *, int fd);

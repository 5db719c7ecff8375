/* api/inner/http.h — all that the rest of it knows of libmicrohttpd. Six functions and four callbacks.
 *
 * Does: event loops, parsing, keep-alive, chunks, TLS, 100-continue; and what the library does not: refuses ambiguous
 * framing (Content-Length with Transfer-Encoding, two of either, bare LF, folded lines, NUL, names that are not
 * tokens), more than 100 headers, 16 KiB of headers, 8 KiB of target; and cuts whoever is too slow.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

struct http;      /* the daemon */
struct http_conn; /* one connection; its current exchange */

#define HTTP_HEADERS_MAX 100
#define HTTP_HEADER_BYTES_MAX ((size_t)16 << 10)
#define HTTP_TARGET_MAX ((size_t)8 << 10)

struct http_header { struct str name, value; };
struct http_head {
        struct str method, target;       /* as on the wire */
        bool http11;
        int64_t length;                  /* body bytes to come; -1 = chunked; 0 = none */
        const struct http_header *header; /* views until done() */
        size_t n;
        const void *peer;                /* struct sockaddr *, or NULL */
        int wire;                        /* OK, or the status this request must be refused with (400, 414, 431) */
};

struct http_reply {
        int status;
        const struct http_header *header; /* name.p and value.p NUL-terminated; copied */
        size_t n;
        struct str body;                 /* must live until done() */
        bool close;                      /* and not another request on this connection */
        /* A stream instead of a body: called on the loop; returns bytes written (> 0), 0 after having suspended with
         * http_suspend, or -1 at the end. */
        ptrdiff_t (*pull)(void *arg, char *to, size_t max);
        void *arg;
};

struct http_app {
        void *arg;
        /* Headers are here. Return the object of this exchange (never NULL); *ret_body_max = bytes of body that may
         * come. To refuse at once call http_reply inside: then no body is read and the connection closes. */
        void *(*head)(void *arg, struct http_conn *, const struct http_head *, size_t *ret_body_max);
        /* A piece of the body, never more than body_max in all. Non-zero: cut the connection. */
        int (*body)(void *arg, void *exchange, struct str piece);
        /* All is here (@too_big: a chunked body went past body_max and was thrown away). Call http_reply, now or after
         * http_suspend … http_resume: each resume calls ready again. */
        void (*ready)(void *arg, void *exchange, bool too_big);
        /* The answer went out (@sent) or the connection broke. The last call for this exchange. */
        void (*done)(void *arg, void *exchange, bool sent);
        /* A connection was cut for being slow, refused or counted; may be NULL. */
        void (*cut)(void *arg);
        void (*connections)(void *arg, int change);
};

struct http_options {
        const char *address;
        uint16_t port;
        const char *tls_cert, *tls_key;
        int loops, connections, per_address;
        int headers_ms, body_ms, idle_ms, send_ms;
};

int http_start(const struct http_options *, const struct http_app *, struct http **ret, uint16_t *ret_port,
               struct err *err);
/* No new connections from here on; those open go on. */
void http_quiet(struct http *);
/* All exchanges must be answered or able to be (none suspended). Joins the loops. */
void http_stop(struct http *);
/* On the loop only, inside head, ready or pull. */
int http_reply(struct http_conn *, const struct http_reply *);
void http_suspend(struct http_conn *);
/* Any thread; the exchange's ready (or pull) is called again on its loop. */
void http_resume(struct http_conn *);
/* Take over an open socket. ERR_BUSY. */
int http_adopt(struct http *, int fd);

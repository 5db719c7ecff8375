/* api/inner/wire.h — is what came over the wire one request and only one? Judged from what libmicrohttpd parsed.
 *
 * The library (0.9.75) accepts bare LF, folded lines and NUL bytes, and lets the first of two Content-Length headers
 * win. Each is a way to make a proxy and a server disagree about where a request ends. It parses in place, so the
 * addresses of its views show what stood between them: exactly ": " or ":" inside a header, exactly CRLF after it.
 */
#pragma once
#include "api/inner/http.h"

struct MHD_Connection;

struct wire_line {
        struct str target; /* a copy: the library unescapes its own in place */
        uintptr_t at;      /* where the target stood */
};

struct wire_line wire_line(struct arena *, const char *uri);
/* Fill header, n, length and wire of @head. */
void wire_read(struct MHD_Connection *, struct arena *, const struct wire_line *, const char *method,
               const char *version, struct http_head *head);

/* The rules alone, for tests: 0 or the status to refuse with. ret_length as in struct http_head. */
int wire_headers(const struct http_header *, size_t n, bool http11, int64_t *ret_length);

/* api/inner/test_client.h — for tests: a small server with every kind of route, and a client that may misbehave. */
#pragma once
#include <stdbool.h>
#include "api/server.h"
#include "base/str.h"

#define TEST_TOWN_CODE "110101002000"

/* Every kind of route; defaults are short deadlines. Change @o, then test_start. */
struct server_options test_options(void);
struct server *test_start(const struct server_options *o);
/* Stops and frees; checks that nothing was left. */
void test_stop(struct server *);
extern struct sse_hub *test_hub; /* of the last test_options */
extern _Atomic int test_running; /* handlers of /slow and /later under way */
extern _Atomic int test_release; /* lets /hang go on */

int client_open(struct server *);
/* Over a socket pair instead of TCP, with a small buffer towards the client. */
int client_pair(struct server *);
bool client_send(int fd, const char *text);
bool client_send_n(int fd, const void *p, size_t n);

struct got {
        int status;       /* 0 = the connection closed without an answer */
        char head[4096];  /* status line and headers, NUL-terminated */
        char body[65536]; /* NUL-terminated */
        size_t n;
        bool close; /* Connection: close was said */
};
/* The next answer on @fd; chunks are put together. @head_only for HEAD. */
void client_read(int fd, bool head_only, struct got *);
/* Send, read one answer, on a connection of its own. */
void client_ask(struct server *, const char *text, struct got *);
/* Has the server closed? Waits up to @ms. */
bool client_closed(int fd, int ms);
/* Value of a header, or "". */
const char *got_header(const struct got *, const char *name);
/* Does the body contain @text? */
bool got_has(const struct got *, const char *text);

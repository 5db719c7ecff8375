/* api/inner/serve.h — what the server does with each exchange: the callbacks behind inner/http.h. */
#pragma once
#include "api/inner/http.h"
#include "api/inner/pool.h"

struct server;
struct http_app serve_app(struct server *);
/* The workers' function; @arg is the server. */
void serve_work(void *arg, struct pool_item *);

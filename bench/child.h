/* bench/child.h — a server of our own in a process of its own: `linli serve` of this very binary, on loopback. */
#pragma once
#include <sys/types.h>
#include "app/bench.h"
#include "base/buf.h"

struct child {
        pid_t pid;
        uint16_t port;
        double started_s;     /* from exec to the first 200 of /health */
        char log[512];        /* its standard error */
};

/* Start it on @url with the benchmark's town and no rate limits; EXIT_FINE when /health answers, else after telling why. */
int child_start(struct bench *, const char *url, struct child *ret);
void child_stop(struct child *);
/* Resident memory, MB. */
double child_rss_mb(const struct child *);
double child_rss_peak_mb(const struct child *);
/* CPU seconds used so far. */
double child_cpu(const struct child *);

/* GET @path: the status, and the body into the arena; -1 when it cannot be reached. */
int child_get(const struct child *, struct arena *, const char *path, const char *headers, struct str *ret_body);
/* POST of a JSON body. */
int child_post(const struct child *, struct arena *, const char *path, const char *headers, struct str body, struct str *ret_body);
/* A line of /metrics that begins with @name and a blank; -1 when there is none. */
double child_metric(const struct child *, const char *name);

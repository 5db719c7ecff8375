/* bench/http_load.h — many keep-alive HTTP clients in one thread, for benchmarks.
 *
 * Closed loop (rate 0): every connection sends the next request as soon as it has its answer; measures throughput.
 * Open loop (rate > 0): request k is due at start + k / rate, whether or not earlier ones are answered, and its latency
 * counts from that moment, so a server that stalls is charged for all who had to wait (no coordinated omission).
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

#define LOAD_REQUEST_MAX ((size_t)16 << 10)
#define LOAD_BUCKETS 1856 /* 32 to an octave of microseconds, up to 2^57 */

struct load_options {
        const char *address; /* IPv4; NULL = 127.0.0.1 */
        uint16_t port;
        int connections; /* 0 = 32 */
        double seconds;  /* 0 = until count */
        uint64_t count;  /* stop after so many answers; 0 = until seconds */
        double rate;     /* requests a second; 0 = closed loop */
        /* Write request number @n (from 0) to @out, at most LOAD_REQUEST_MAX bytes; returns its length. */
        size_t (*next)(void *arg, uint64_t n, char *out);
        void *arg;
        /* Called for every answer; may be NULL. The body is a view. */
        void (*answer)(void *arg, int status, const char *body, size_t n);
};

struct load_result {
        uint64_t answered, errors; /* errors: connections that broke, answers that could not be read */
        uint64_t status[6];        /* answers by hundreds */
        uint64_t bytes;            /* received */
        double seconds;
        int64_t max_us;
        uint64_t bucket[LOAD_BUCKETS];
};

/* 0, or -1 with errno when the server cannot be reached at all. */
int load_run(const struct load_options *, struct load_result *ret);
double load_rate(const struct load_result *);
/* Latency in microseconds that @percent of the answers did not exceed, to 3 %. */
int64_t load_percentile(const struct load_result *, double percent);

/* Requests out of a pattern: {n} the number, {id} a 26-character key that never repeats, {lat} {lon} a point within
 * the box, {pick:a|b|c} one of the texts. The head is written around the body: Content-Length is filled in. */
struct load_pattern {
        const char *method, *path; /* patterns too */
        const char *headers;       /* lines ended by CRLF; may be "" */
        const char *body;          /* NULL = none */
        double south, west, north, east;
        uint64_t seed;
};
size_t load_pattern_next(void *pattern, uint64_t n, char *out); /* for load_options.next */

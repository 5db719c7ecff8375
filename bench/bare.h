/* bench/bare.h — the bare libraries, doing what the program does and nothing else: the limits it is measured against. */
#pragma once
#include "app/bench.h"

/* What one intake leaves in the store. */
struct intake_cost {
        double rows, bytes, trees; /* bytes: of database file, averaged */
};

/* Read what intakes wrote to the SQLite file @from and write the very same rows, in the same order, @batch intakes a
 * transaction, to a fresh file @to with the same tables and indexes and the same durability. At most @most intakes.
 * Only the writing is timed. *ret_rate: intakes a second. EXIT_FINE or after telling why. */
int bare_lite(struct bench *, const char *from, const char *to, int batch, int64_t most, double *ret_rate, struct intake_cost *ret);

/* The same on PostgreSQL: into a schema of its own in the same database, over @connections connections, each intake one
 * transaction sent in one pipeline. */
int bare_pg(struct bench *, const char *url, int connections, int64_t most, double *ret_rate, struct intake_cost *ret);

/* Bare libmicrohttpd in a process of its own: the same number of epoll loops, one response of @size bytes prepared
 * beforehand, whatever is asked. EXIT_FINE and a pid to end with bare_http_stop. */
int bare_http_start(struct bench *, size_t size, unsigned loops, uint16_t *ret_port, int *ret_pid);
void bare_http_stop(int pid);

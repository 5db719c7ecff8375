/* bench/filled.h — a store with many matters, made once a run and used by every benchmark that wants many. */
#pragma once
#include "child.h"
#include "speaker.h"

struct filled {
        const char *url;
        const char *engine;     /* "SQLite", "PostgreSQL" */
        const char *size;       /* "1M", "100k" */
        const char *bearer;     /* header line with the API key of a desk that may do everything */
        int64_t *id;            /* of every matter, oldest first */
        size_t n;
        struct speaker speaker; /* its town */
};

/* Fill a store with bench->rows matters, every one decided and written as a request would be, but a hundred to a
 * command, and let figures and search index catch up. EXIT_FINE, or another code after telling why. The same store again
 * the next time. It lives as long as the run. */
int filled_get(struct bench *, const struct filled **ret);

/* api/pages.h — the web face, carried inside the binary.
 *
 * web/ is built to files with hashed names, pressed with gzip and Brotli at build; tools/webgen.py packs them. So a page always meets the API
 * it was built for, nothing is fetched from elsewhere, and a town without the internet has all of it.
 */
#pragma once
#include <stdbool.h>
#include "base/str.h"

enum web_coding { CODING_PLAIN, CODING_GZIP, CODING_BROTLI, CODINGS };

struct web_file {
        struct str path;  /* "/assets/report-1f3a.js", "/work.html" */
        const char *type; /* content type */
        const char *etag; /* with quotes; of the plain bytes */
        bool lasting;     /* its name changes with its bytes: may be kept for a year */
        struct str bytes[CODINGS]; /* {NULL,0} where pressing did not make it smaller */
};

/* In the order of the paths' bytes. Generated. */
extern const struct web_file web_files[];
extern const size_t web_files_n;

/* NULL if there is none. */
const struct web_file *web_file_find(struct str path);
/* The best that Accept-Encoding takes; q=0 means not. Plain when in doubt. */
enum web_coding web_coding_pick(const struct web_file *, struct str accept_encoding);

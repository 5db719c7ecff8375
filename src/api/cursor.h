/* api/cursor.h — where a page of a list ended, as an opaque token the client hands back.
 *
 * base64url of (version, count, values, MAC): up to CURSOR_VALUES_MAX 64-bit keys of the last row, authenticated with
 * keyed BLAKE2b over town and route name too, so a cursor serves one list of one town, and one that was made up or
 * changed is ERR_BAD naming the field "cursor".
 */
#pragma once
#include <stdint.h>
#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#define CURSOR_VALUES_MAX 4
#define CURSOR_KEY_BYTES 32

struct cursor_key {
        unsigned char k[CURSOR_KEY_BYTES];
};

struct str cursor_make(struct arena *, const struct cursor_key *, int64_t town, const char *route, const int64_t *value,
                       size_t n);
/* Exactly @n values. ret_value is written only on success. */
int cursor_read(const struct cursor_key *, int64_t town, const char *route, struct str token, int64_t *ret_value,
                size_t n, struct err *);

struct request;
struct json;
/* How every list is paged: a query field FIELD_CURSOR; the keys of the last row shown, read back from it (left as they are on the first
 * page); and the answer's "next", null where @last is. With the server's key, the request's town and route. */
#define FIELD_CURSOR { .name = "cursor", .type = FIELD_STR, .max = 300, .help = { "上一页给出的 next", "The next of the page before" } }
int request_page(struct request *, size_t field, int64_t *last, size_t n);
void request_next(struct request *, struct json *, const int64_t *last, size_t n);

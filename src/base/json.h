/* base/json.h — JSON out, written straight into a buffer; JSON in, through json-c with limits. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/buf.h"
#include "base/day.h"
#include "base/err.h"

/* Writer: commas and escaping are its job, order and nesting yours. Output is canonical: no blanks,
 * keys in the order written, integers as digits, so equal calls give equal bytes. */
struct json {
        struct buf *out;
        uint64_t more;  /* bit per depth: a value stands before */
        int depth;      /* <= 60 */
};
static inline struct json json_to(struct buf *out) { return (struct json){ .out = out }; }
void json_open(struct json *);          /* { */
void json_close(struct json *);         /* } */
void json_list(struct json *);          /* [ */
void json_end(struct json *);           /* ] */
void json_key(struct json *, const char *name);
void json_str(struct json *, struct str);
void json_c(struct json *, const char *);     /* NULL gives null */
void json_int(struct json *, int64_t);
void json_id(struct json *, int64_t);         /* a 63-bit id as a string */
void json_flag(struct json *, bool);         /* true, false (json-c has taken the name json_bool) */
void json_null(struct json *);
void json_double(struct json *, double, int decimals);
void json_instant(struct json *, struct instant); /* RFC 3339; INSTANT_NONE gives null */
void json_day(struct json *, struct day);         /* DAY_NONE gives null */
void json_raw(struct json *, struct str);         /* already JSON */
/* key and value in one */
void json_kstr(struct json *, const char *k, struct str v);
void json_kc(struct json *, const char *k, const char *v);
void json_kint(struct json *, const char *k, int64_t v);
void json_kid(struct json *, const char *k, int64_t v);
void json_kbool(struct json *, const char *k, bool v);
void json_kinstant(struct json *, const char *k, struct instant v);
void json_kday(struct json *, const char *k, struct day v);

/* Reader: a parsed document in json-c. Depth at most 32, valid UTF-8, no trailing bytes,
 * duplicate keys refused; so are NaN, Infinity, and whole numbers that do not fit in 64 bits. */
struct json_object;
int json_parse(struct str text, struct json_object **ret, struct err *err); /* ERR_BAD, ERR_UTF8 */
void json_free(struct json_object **);
#define JSON_AUTO __attribute__((cleanup(json_free))) struct json_object *
/* A member, or NULL. Views live as long as the document. */
struct json_object *json_get(struct json_object *, const char *key);
struct str json_text(struct json_object *); /* of a string; {NULL,0} otherwise */

/* api/schema.h — what may a body or a query string say, and what did this one say?
 *
 * A schema is a const table of fields, ended by a row without a name. Text becomes typed values here, before
 * any handler runs: past api there are no strings that should be numbers. Index the table by an enum, then
 * reading a value is O(1):
 *
 *      enum { OPEN_WORDS, OPEN_LAT, OPEN_LON, OPEN_FIELDS };
 *      static const struct field open_body[] = {
 *              [OPEN_WORDS] = { .name = "words", .type = FIELD_TEXT, .required = true, .min = 1, .max = 2000,
 *                               .help = { "要反映的事", "What it is about" } },
 *              [OPEN_LAT] = { .name = "lat", .type = FIELD_LAT, .help = { "纬度", "Latitude" } },
 *              [OPEN_LON] = { .name = "lon", .type = FIELD_LON, .help = { "经度", "Longitude" } },
 *              [OPEN_FIELDS] = { 0 },
 *      };
 *      ... struct str words = value_str(&req->body, OPEN_WORDS);
 *
 * Refused, each naming the field by its path ("voices[2].phone"): an unknown field (ERR_UNKNOWN), a missing one
 * (ERR_MISSING), a wrong type, choice, date or id (ERR_TYPE), a length, count or number outside min..max and a
 * coordinate off the earth (ERR_RANGE), ill-formed UTF-8 (ERR_UTF8), control characters (ERR_TYPE), and the same
 * name twice (ERR_BAD). A JSON null, and an empty query parameter, stand for "not given".
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/day.h"
#include "base/err.h"
#include "base/json.h"
#include "base/say.h"
#include "base/str.h"

enum field_type {
        FIELD_STR = 1, /* one line; blanks trimmed at both ends. min, max: code points, max 0 = 200 */
        FIELD_TEXT,    /* newlines and tabs allowed. max 0 = 2000 */
        FIELD_CODE,    /* a code of the town folder: 1-64 of A-Z a-z 0-9 . _ - */
        FIELD_INT,     /* whole number; min, max: value, both 0 = any 64-bit */
        FIELD_NUMBER,  /* finite; min, max: value, both 0 = any */
        FIELD_BOOL,    /* JSON true/false; in a query true, false, 1, 0 */
        FIELD_ID,      /* 63-bit id > 0: a string of digits in JSON too */
        FIELD_DAY,     /* "2026-11-23" */
        FIELD_INSTANT, /* RFC 3339; without a zone read as China time */
        FIELD_ENUM,    /* one of choices; the value is its index */
        FIELD_LAT,     /* degrees, -90..90 */
        FIELD_LON,     /* degrees, -180..180 */
        FIELD_OBJECT,  /* of: its fields. Body only */
        FIELD_LIST,    /* of: one row, its name ignored, what an item is; min, max: items, max 0 = 100. In a query:
                        * comma-separated, of anything but objects and lists */
        FIELD_MAP,     /* answers alone (api/shape.h): an object whose names are data */
        FIELD_ANY,     /* answers alone: any JSON */
        FIELD_TYPES
};

struct field {
        const char *name; /* JSON name: lower case, digits, '_' */
        enum field_type type;
        bool required;
        bool secret;                /* never echoed or logged; "format": "password" in the document */
        int64_t min, max;           /* see the types */
        const char *const *choices; /* FIELD_ENUM: ended by NULL */
        const struct field *of;     /* FIELD_OBJECT, FIELD_LIST */
        struct say help;
};

#define FIELDS_MAX 64 /* of one table */
#define SCHEMA_DEPTH_MAX 8

struct value;
/* The values of one object, in the order of its table. A zeroed one has no fields: all reads are a BUG. */
struct values {
        const struct field *field;
        const struct value *v;
        size_t n;
};
struct value {
        bool given;
        union {
                struct str str;       /* STR, TEXT, CODE: a view, lives as long as the request */
                int64_t n;            /* INT, ID; ENUM: index into choices */
                double number;        /* NUMBER, LAT, LON */
                bool yes;             /* BOOL */
                struct day day;       /* DAY */
                struct instant at;    /* INSTANT */
                struct values object; /* OBJECT */
                struct {
                        const struct value *item;
                        size_t n;
                } list;
        };
};

/* Rows of a table, without the end row. NULL has none. More than FIELDS_MAX is a BUG. */
size_t schema_count(const struct field *);

/* Read a parsed JSON object, or the query part of a target ("a=1&b=%E4%B8%AD", percent-decoded, '+' is a blank),
 * as @schema; with @more, names it does not know are passed over. Strings are copied into the arena. OK, or the code above with field and sentences in @err. */
int schema_read_json(const struct field *schema, struct json_object *, struct arena *, struct values *ret,
                     struct err *err);
int schema_read_query(const struct field *schema, struct str query, bool more, struct arena *, struct values *ret,
                      struct err *err);
struct form;
/* The pairs of a form as @schema: a list has an item for each pair of its name, anything else stands there once. Pairs that the
 * schema does not know are left for the handler. */
int schema_read_form(const struct field *schema, const struct form *, struct arena *, struct values *ret, struct err *err);
/* Percent-decode; with @plus, '+' is a blank. ERR_BAD on a bad escape, and on a NUL, bare or as %00. */
int percent_decode(struct arena *, struct str, bool plus, struct str *ret);

/* Reading. An index outside the table or a field of another type is a BUG: it is our mistake, not the asker's.
 * What is not given reads as the fallback, or as {NULL,0}, DAY_NONE, INSTANT_NONE, NULL. */
bool value_given(const struct values *, size_t i);
struct str value_str(const struct values *, size_t i);                 /* STR, TEXT, CODE */
int64_t value_int(const struct values *, size_t i, int64_t fallback);  /* INT */
int64_t value_id(const struct values *, size_t i);                     /* ID; 0 = not given */
double value_number(const struct values *, size_t i, double fallback); /* NUMBER, LAT, LON */
bool value_bool(const struct values *, size_t i, bool fallback);
struct day value_day(const struct values *, size_t i);
struct instant value_instant(const struct values *, size_t i);
int value_choice(const struct values *, size_t i, int fallback);    /* ENUM: index into choices */
const struct values *value_object(const struct values *, size_t i); /* NULL = not given */
size_t value_count(const struct values *, size_t i);                /* LIST: items */
const struct value *value_item(const struct values *, size_t i, size_t item);

/* The JSON Schema (2020-12) of a table, as an object, for the OpenAPI document. Help in English. */
void schema_write(struct json *, const struct field *schema);
/* The JSON Schema of one field alone. */
void schema_write_field(struct json *, const struct field *);
/* "string, 1-2000", "day", … for the readable page. */
struct str schema_type_text(struct arena *, const struct field *, enum lang);

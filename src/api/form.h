/* api/form.h — a body that came as a form: application/x-www-form-urlencoded or multipart/form-data, taken apart by libmicrohttpd.
 *
 * A route with `.form` gets its `body` fields typed out of it like any other body (schema_read_form), and all the pairs in req->form
 * for names that no table can know ("attribute[owner]"). Names and values are as sent, percent-decoded, not yet judged: they may hold
 * any bytes. A line ends in one newline however the browser ended it.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"

#define FORM_PAIRS_MAX 200
#define FORM_NAME_MAX 200 /* bytes */

struct form_pair {
        struct str name, value; /* of a file: value is "" and its bytes are not kept */
        bool file;
        size_t bytes; /* of a file */
};
struct form {
        struct form_pair *row; /* in the order sent */
        size_t n;
};

/* The first value of that name that is not empty, or {NULL,0}. */
struct str form_value_of(const struct form *, const char *name);

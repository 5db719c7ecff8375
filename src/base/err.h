/* base/err.h — what went wrong, and how is it told to a person?
 *
 * A function returns OK (0) or a negative code of base/errors.txt, the one table
 * behind the enum, the HTTP status, both languages and whether a retry makes sense.
 * Detail for the person goes into a struct err; on success it is left alone.
 * Programmer's mistakes are BUG(): they abort. The world's mistakes are codes.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/err_gen.h"
#include "base/say.h"

struct err_kind {
        const char *name; /* stable, "missing": the problem type on the wire */
        int status;       /* HTTP status */
        bool retry;       /* the same request may succeed later */
        struct say say;   /* the general sentence */
};

extern const struct err_kind err_kinds[ERR_COUNT];

/* The row of a code; a code outside the table is a BUG. */
const struct err_kind *err_kind(int code);

/* The first thing that went wrong in one request. */
struct err {
        int code;           /* OK while nothing is set */
        char field[96];     /* JSON name, column or option at fault; "" if none */
        char zh[320];       /* one sentence, complete, in each language */
        char en[320];
};

/* Fill @e (may be NULL) and return @code. @zh and @en are printf formats which take the same
 * arguments in the same order. A second call overwrites: set it where you return. */
int err_set(struct err *e, int code, const char *field, const char *zh, const char *en, ...);

/* The sentence to show for @e: its own words, else those of its code. Never NULL. */
const char *err_text(const struct err *e, enum lang lang);

#define BUG(why) bug(__FILE__, __LINE__, (why))
_Noreturn void bug(const char *file, int line, const char *why);
_Noreturn void out_of_memory(size_t wanted); /* says so and aborts */

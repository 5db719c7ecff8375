/* app/command.h — the command line, declared once: dispatch, help and the manual page come from these tables. */
#pragma once
#include <stdbool.h>
#include <stdio.h>
#include "base/arena.h"
#include "base/day.h"
#include "base/err.h"
#include "base/say.h"
#include "base/str.h"

/* What a process tells its caller. */
enum { EXIT_FINE = 0, EXIT_FINDINGS = 1, EXIT_USAGE = 2, EXIT_FAILED = 3 };

struct option {
        const char *name;     /* without dashes; NULL ends the list */
        const char *arg;      /* "DIR", or NULL for a switch */
        bool many;            /* may be given again */
        struct say help;
};

#define OPTION_VALUES_MAX 64
struct args {
        const struct verb *verb;
        struct str at[16];            /* positional */
        size_t n_at;
        struct { const struct option *option; struct str value; } given[OPTION_VALUES_MAX];
        size_t n_given;
        enum lang lang;
        struct arena *arena;
        struct instant now;           /* read once, here and nowhere else */
        bool scratch;                 /* the store is a temporary file of this command alone */
        const char *cwd;              /* of the caller, when a server runs it for them; else NULL */
        FILE *in, *out, *errors;
};

struct verb {
        const char *name;
        const char *usage;            /* "DIR [--json]" */
        size_t min_at, max_at;        /* positional arguments */
        struct say summary;           /* one line */
        struct say details;           /* a paragraph for help and the manual */
        const struct option *options;
        bool writes;                  /* a server that holds the store runs it: app/socket.h */
        bool (*forwards)(const struct args *); /* but only when this says so; NULL = always */
        int (*run)(struct args *);    /* exit code */
};

extern const struct verb *const verbs[]; /* ends with NULL */

/* EXIT_FINE and *ret filled, or EXIT_USAGE after telling what was wrong. */
int args_parse(const struct verb *, int argc, char **argv, struct args *ret);
bool arg_has(const struct args *, const char *option);
struct str arg_text(const struct args *, const char *option, const char *otherwise);
/* EXIT_USAGE after a message naming the option when it is not an integer in the range. */
int arg_int(const struct args *, const char *option, int64_t otherwise, int64_t lo, int64_t hi, int64_t *ret);
int arg_double(const struct args *, const char *option, double otherwise, double lo, double hi, double *ret);
/* A path as the caller meant it, NUL-terminated. */
const char *arg_path(const struct args *, struct str);
const char *arg_c(const struct args *, const char *option, const char *otherwise);

/* Tell what went wrong on standard error in the user's language, and return the exit code for it. */
int fail(const struct args *, const struct err *);
int usage_error(const struct args *, const char *option, struct say why);

void help_print(FILE *, enum lang, const char *command /* NULL = all */);
void help_manual(FILE *); /* the manual page, roff */

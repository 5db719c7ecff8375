/* app/bench.h — what the benchmarks share: what was asked for, and the table they fill.
 *
 * The measuring itself stands in bench/, for much of it is the bare libraries that we are compared with; it is linked
 * into the program so that anybody can ask a release binary on their own machine: linli bench.
 */
#pragma once
#include "app/command.h"

#define BENCH_ROWS_MAX 64

struct bench_row {
        const char *name, *unit;
        double ours;
        double limit;     /* the bare library's figure of the same run; negative = none */
        const char *goal; /* as the issue states it, for people; "" = none, a fact beside the others */
};

struct bench {
        struct args *a;
        double seconds;     /* of a measurement that runs by time */
        int64_t rows;       /* matters stored for the benchmarks that want many */
        const char *url;    /* of an empty store; NULL = SQLite files of its own, removed afterwards */
        struct str town;    /* folder */
        const char *folder; /* where files may be made: a real disk */
        void *filled;       /* bench/filled.h: the store with many matters, once it is made */
        struct bench_row row[BENCH_ROWS_MAX];
        size_t n;
};

/* Declared once; `linli bench NAME` chooses. EXIT_FINE, or another code after telling why. */
struct bench_case {
        const char *name;
        struct say help;
        int (*run)(struct bench *);
};
extern const struct bench_case bench_workday, bench_locate, bench_intake, bench_lifecycle, bench_read, bench_start, bench_voices;

/* A row of the table. @name and @unit must stay: literals or the arena's. */
void bench_row(struct bench *, const char *name, double ours, double limit, const char *unit, const char *goal);
/* A line on standard error, so that a long run shows where it is. */
void bench_say(struct bench *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Monotonic seconds. */
double bench_clock(void);
/* The middle one; sorts @v. */
double bench_median(double *v, size_t n);

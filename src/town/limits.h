/* town/limits.h — the limits that a town chose itself, each with source and review date. */
#pragma once
#include "base/day.h"
#include "base/due.h"
#include "base/str.h"

/* When a matter may be the same as another: only ever advice. */
struct town_similar {
        int32_t metres;    /* 10 … 2000: farther apart is another thing */
        int32_t days;      /* 1 … 365: older is another time */
        int32_t percent;   /* 1 … 100: how alike the words are at least */
        struct str source; /* the town's own note */
        struct day review;
};

/* When a subject at a grid comes back (每月一题), and over how long it was measured before: advice, nothing is opened by itself. */
struct town_standing {
        int32_t months;    /* 2 … 12: so many full months in a row … */
        int32_t reports;   /* 2 … 1000: … with so many reports or more each */
        int32_t before;    /* 1 … 24: full months before a plan that it is measured against */
        struct str source; /* the town's own note */
        struct day review;
};
#define STANDING_MONTHS_MAX 12
#define STANDING_BEFORE_MAX 24

struct town_limit {
        struct str id; /* "sign", "contact", "answer_urgent", "statutory", ... */
        int32_t limit; /* > 0 */
        enum due_unit unit;
        bool roll;         /* a last day that is a rest day moves to the next working day (statutory) */
        struct str source; /* shown beside the deadline */
        struct day review; /* when the town looks at it again */
        int32_t line;
};

/* base/finding.h — what a linter for governance found: where, which rule, why, and what to do. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/arena.h"
#include "base/say.h"
#include "base/str.h"

enum severity { SEV_ERROR, SEV_WARNING };

struct finding {
        const char *rule;      /* stable id: "duty.no-lead" */
        enum severity severity;
        struct str file;       /* relative to the folder */
        int32_t line;          /* from 1; 0 = the file as a whole */
        struct str zh, en;     /* the sentence */
        struct say hint;       /* what to do; may be empty strings */
        struct str shape;      /* where on the map: a GeoJSON geometry, WGS 84; empty = nowhere */
};

struct findings {
        struct arena *arena;
        struct finding *row;
        size_t n, cap;
        size_t errors, warnings;
        size_t dropped;        /* past FINDINGS_MAX, counted but not kept */
};
#define FINDINGS_MAX 10000

/* @zh and @en are printf formats taking the same arguments in the same order. */
void finding_add(struct findings *, const char *rule, enum severity, struct str file, int32_t line,
                 struct say hint, const char *zh, const char *en, ...);
/* Where the one added last lies: a GeoJSON geometry, for maps. Kept as it is. */
void finding_shape(struct findings *, struct str geometry);
/* By file, line, rule: the order in which people read. */
void findings_sort(struct findings *);

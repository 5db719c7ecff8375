/* place/inner/found_test.h — for the tests of this room: was this found, on this line? */
#pragma once
#include <stdio.h>
#include "base/finding.h"

/* Findings of @rule; on @line unless it is negative. */
static inline size_t found(const struct findings *f, const char *rule, int32_t line)
{
        size_t n = 0;
        for (size_t i = 0; i < f->n; i++)
                n += strcmp(f->row[i].rule, rule) == 0 && (line < 0 || f->row[i].line == line);
        return n;
}

static inline void found_print(const struct findings *f)
{
        for (size_t i = 0; i < f->n; i++)
                printf("  " STR_FMT ":%d %s: " STR_FMT " | " STR_FMT "\n", STR_ARG(f->row[i].file), f->row[i].line,
                       f->row[i].rule, STR_ARG(f->row[i].zh), STR_ARG(f->row[i].en));
}

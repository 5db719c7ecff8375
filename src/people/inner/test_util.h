/* people/inner/test_util.h — what several tests of this room share. */
#pragma once
#include "base/finding.h"
#include "base/test.h"

/* Rows under a head, and the one finding they must give. */
struct finding_case {
        const char *rows, *rule;
        int32_t line;
};

static inline size_t count_rule(const struct findings *f, const char *rule)
{
        size_t n = 0;
        for (size_t i = 0; i < f->n; i++)
                n += strcmp(f->row[i].rule, rule) == 0;
        return n;
}

static inline void check_one_finding(const struct findings *f, const struct finding_case *want)
{
        if (f->n != 1 || strcmp(f->row[0].rule, want->rule) != 0 || f->row[0].line != want->line)
                fail_msg("want %s:%d, got %zu: %s:%d", want->rule, want->line, f->n, f->n ? f->row[0].rule : "-",
                         f->n ? f->row[0].line : 0);
        CHECK(f->row[0].zh.n > 0 && f->row[0].en.n > 0);
        CHECK(f->row[0].hint.zh[0] && f->row[0].hint.en[0]);
}

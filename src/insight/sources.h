/* insight/sources.h — by which way did the matters of a period come (来源), and how do they stand?
 *
 * Counted from the listener's rows by the day they were opened. It says where the work comes from, so that a door that is overrun or
 * unused is seen; it compares no clerks, and a source with no matter in the period has no row.
 */
#pragma once
#include "base/ctx.h"
#include "base/json.h"

#define SOURCES_DAYS_MAX (3 * 366)

struct sources_row {
        struct str source; /* a code of matter/source.h */
        int64_t opened, still_open, answered, closed;
        int64_t again; /* said to be not solved and taken up again, once or more */
};
struct sources {
        struct sources_row *row; /* by code */
        size_t n;
};

/* ERR_RANGE when @to is before @from or the period is longer than three years. */
int insight_sources(struct ctx *, struct day from, struct day to, struct sources *ret);
void sources_json(struct json *, struct day from, struct day to, const struct sources *);

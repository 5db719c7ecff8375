/* insight/course.h — the course of a town's work in time, and when and where it comes in. Whole towns and grids, never persons. */
#pragma once
#include "base/ctx.h"

enum course_step { COURSE_DAY, COURSE_WEEK, COURSE_MONTH };
extern const char *const course_words[]; /* "day", "week", "month"; ends with NULL */
#define COURSE_DAYS_MAX (3 * 366)

struct course_row {
        struct day from, to;           /* both within; the first and last are cut to the period */
        int64_t opened, reopened;      /* opened then; of those, said to be not solved once or more */
        int64_t closed;
        int64_t due, kept, late;       /* answers promised for then; given by then; later, or owed still */
};
struct course { struct course_row *row; size_t n; };
/* Weeks begin on Monday. ERR_RANGE when @to is before @from or the period is longer than three years. */
int insight_course(struct ctx *, struct day from, struct day to, enum course_step, struct course *ret);

/* Matters by grid and hour of the day. A count below CELL_WORKERS_MIN is given as 0 with @few: so few people reported there and then that
 * somebody might be known by it; and no sums stand beside it that it could be worked out from. */
struct heat_cell { struct str grid; int32_t hour; int64_t n; bool few; };
struct heat { struct heat_cell *row; size_t n; };
#define HEAT_CELLS_MAX 24000 /* a thousand grids */
int insight_heat(struct ctx *, struct day from, struct day to, struct heat *ret);

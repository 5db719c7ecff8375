/* insight/forms.h — what forms ask of people: how often each is filled in, how much is typed, which fields stay empty. For those who order
 * forms, so that a field nobody fills in can go.
 *
 * Counted when asked, from the steps of matters that came in in a period: no record is kept for it, and nothing of who filled in. A form is
 * an action of a procedure that is in use. Counted are steps of people, staff and reporters; what keys, other towns and the system do is
 * typed by nobody. Which fields were filled in is all that is read of what was written.
 *
 * A form that fewer than CELL_WORKERS_MIN people filled in would say how one of them works: it is added to others, and where the sum is of so
 * few as well, nothing is said.
 */
#pragma once
#include "base/ctx.h"
#include "insight/cells.h"

#define FORMS_DAYS_MAX (3 * 366)
#define FORMS_FILLINGS_MAX 20000 /* of the newest matters */

struct forms_field {
        const struct procedure_field *field;
        int64_t filled, of; /* in how many fillings; of those where it can still be told: what was written may be erased */
};
struct forms_row {
        const struct procedure *procedure;  /* NULL: those that too few people filled in, added into one */
        const struct procedure_action *action;
        int64_t cells;                      /* how many forms */
        bool withheld;                      /* even together of too few people: no figures */
        int64_t times, erased;              /* fillings; of those, what was written is erased */
        int64_t filled, typed;              /* fields with a value; of those, what a keyboard is needed for: texts and numbers. None of the erased */
        struct forms_field *field;
        size_t n_fields;
        struct str person[CELL_WORKERS_MIN]; /* each once, to count them; more are as many */
        size_t people;
};
struct forms {
        struct forms_row *row; /* as the procedures have them, the joined row last */
        size_t n;
        int64_t counted;
        bool whole;            /* all fillings; else the newest FORMS_FILLINGS_MAX */
};
/* ERR_RANGE when @to is before @from or the period is longer than three years; ERR_BUSY when @late says so. */
int insight_forms(struct ctx *, const struct town *, struct day from, struct day to, bool (*late)(void *), void *arg, struct forms *ret);

/* insight/public.h — what everybody may know of single matters, and how many there are.
 *
 * subjects.csv says for each subject none, count or summary (publicity). Of a subject with `summary` single matters appear, with the words
 * that a clerk released (matter/release.h) and no others; of one with `count` only counts; of one with `none` nothing. It is the catalogue in
 * force when it is asked, so that a town that takes a subject back has taken it back at once. A matter about a unit or a member of staff never
 * appears and is in no count, nor does one whose subject is not known yet. There are no reporter, no words of theirs and no place
 * finer than a grid or public thing in it.
 */
#pragma once
#include "base/ctx.h"
#include "matter/release.h"
#include "town/town.h"

struct public_row {
        int64_t id;
        struct str proc, state, subject, grid, path, unit, duty, respondent;
        int64_t version; /* of the town folder its duty row is of */
        bool open;
        struct instant opened, due, answered, closed, changed; /* changed: its last event */
        bool waits;      /* it is joined to another */
        int32_t voices;  /* joined to it */
        bool released;   /* and then: */
        struct release release; /* text, text_en, street, thing, place, at */
        int32_t photo;   /* number of the first released photo, 0 = none */
};
struct public_rows {
        struct public_row *row; /* the newest first */
        size_t n;
};

bool public_shown(const struct town *, const struct public_row *);
/* Shown, released, with its words, and not joined to another: what residents see around them. */
bool public_released(const struct town *, const struct public_row *);
/* May a voice be joined to it? */
bool public_joinable(const struct town *, const struct public_row *);

#define PUBLIC_ROWS_MAX 1000
struct public_in {
        struct instant since, until; /* both included; by when it was opened */
        int open;                    /* 1 open ones, 0 closed ones, -1 all */
        const struct str *subject;   /* of these; n_subjects 0 = all */
        size_t n_subjects;
        int64_t skip; /* of those that are shown */
        size_t max;   /* 1..PUBLIC_ROWS_MAX */
};
/* From the listener's rows: what was opened in the last moments may be missing. ERR_BUSY when @late says so between two pages. */
int insight_public(struct ctx *, const struct town *, const struct public_in *, bool (*late)(void *), void *arg, struct public_rows *ret);
/* One, shown or not, as it stands now. ERR_NONE. */
int insight_public_get(struct ctx *, int64_t id, struct public_row *ret);

/* ---- around me ---------------------------------------------------------------------------------------------------------- */
#define RELEASED_MAX 50
#define RELEASED_LOOK 3000 /* rows that one page looks at; a page may come out short, and still have a next one */
struct released_in {
        uint32_t subject;      /* it and those below; SUBJECT_NONE = all */
        const struct place *place; /* within; NULL = the whole town */
        int open;              /* 1, 0, -1 all */
        bool boxed;
        struct point low, high; /* south-west and north-east corner */
        struct instant at;     /* behind this one of the page before; INSTANT_NONE to begin */
        int64_t after;
        size_t max;            /* 1..RELEASED_MAX */
};
struct released_rows {
        struct public_row *row; /* released last, first */
        size_t n;
        bool more;
        struct instant at;     /* where the next page begins */
        int64_t after;
};
/* As it stands now: what was released or taken back a moment ago is or is not there. */
int insight_released(struct ctx *, const struct town *, const struct released_in *, struct released_rows *ret);

/* ---- counts ------------------------------------------------------------------------------------------------------------- */
enum count_group { COUNT_BY_BOTH, COUNT_BY_COMMUNITY, COUNT_BY_SUBJECT, COUNT_GROUPS };
extern const char *const count_group_names[]; /* "both", "community", "subject"; ends with NULL */
#define COUNTS_DAYS_MAX (3 * 366)
struct public_count {
        struct str community, subject; /* codes; "" = not asked by, not placed yet, or several */
        int64_t reports, open;
        int64_t cells;         /* how many it is made of; 1 = itself */
        bool withheld;         /* fewer than CELL_REPORTS_MIN: 0 and means nothing */
};
struct public_counts { struct public_count *row; size_t n; };
/* What was reported in the period, of subjects whose publicity is count or summary. Small cells joined: insight/cells.h. ERR_RANGE
 * naming "to". */
int insight_counts(struct ctx *, const struct town *, struct day from, struct day to, enum count_group, struct public_counts *ret);

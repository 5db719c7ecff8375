/* matter/lesson.h — corrections of wrong subjects teach the matcher: advice to whoever keeps the catalogue.
 *
 * Derived whenever it is asked, from the newest matters of a year whose words still stand (duty/lesson.h); nothing is kept of it, so what is erased has
 * taught nothing. A named human takes words into a draft of the folder, where they become keywords of the subject in subjects.csv once a second person has loaded it
 * (town/draft.h), or declines them. Declined words, and those that the second person refused, are not proposed again.
 *
 * Never proposed: names of places, things, staff and units of the town, what looks like a person (place/spoken.h), digits and letters.
 */
#pragma once
#include "duty/lesson.h"
#include "town/draft.h"

#define LESSON_DAYS 366
#define LESSON_WORD_MIN 2
#define LESSON_WORD_MAX 20 /* characters of a word that somebody takes */

struct lesson_decided {
        struct str subject, word, actor, state; /* state of the draft; {NULL,0}: declined */
        int64_t draft;                          /* INT64_MIN: declined */
        struct instant at;
};
struct lesson_decisions { struct lesson_decided *row; size_t n; };

/* @ret_looked: matters it was derived from. Read. */
int matter_lessons(struct ctx *, const struct town *, struct lessons *ret, int64_t *ret_looked);
int matter_lessons_decided(struct ctx *, struct lesson_decisions *ret);

/* May these be taken or declined? ERR_UNKNOWN naming "subject"; ERR_RANGE, ERR_RULE naming "words": too long, no plain word, a keyword already, or neither
 * proposed for the subject nor part of what is. It derives anew, so it is asked before writing. Read. */
int matter_lesson_check(struct ctx *, const struct town *, struct str subject, const struct str *word, size_t n);

struct lesson_take {
        struct str subject, why;
        const struct str *word; /* 1..LESSON_WORDS of them */
        size_t n;
        int64_t draft;          /* its id to be */
};
/* By a person: into a draft of the folder, handed in for the second one. As matter_lesson_check, but for what is proposed; as draft_open. Write. */
int matter_lesson_take(struct ctx *, const struct town *, const struct lesson_take *, struct draft *ret);
/* By a person: not to be proposed again. Write. */
int matter_lesson_decline(struct ctx *, const struct town *, struct str subject, const struct str *word, size_t n);

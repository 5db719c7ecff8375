/* duty/lesson.h — what do corrections teach? Words that would have led where the desk sent it.
 *
 * A matter whose subject a person at the desk named, and whose words lead elsewhere by the catalogue in force (or nowhere), is a correction.
 * Corrections to one subject are read together: pieces of two to four Chinese characters that stand in at least LESSON_LEAST of
 * them, in different texts, and in few others. Each set of words is tried out on all matters at hand, as if it stood in the catalogue: how many
 * corrections it would have placed right, and how many that are right it would lead astray. It is advice to whoever keeps the catalogue.
 *
 * No digit and no letter is ever part of it, nor what names a person (place/spoken.h is asked by the caller through @never). Pure.
 */
#pragma once
#include "duty/match.h"

#define LESSON_LEAST 5   /* different texts: what fewer say is theirs */
#define LESSON_WORDS 3   /* proposed together */
#define LESSONS_MAX 10
#define LESSON_SAMPLES_MAX 1000

struct lesson_sample {
        struct str title, text; /* valid UTF-8 */
        uint32_t is;            /* the subject it has */
        bool corrected;         /* a person at the desk named it */
};
struct lesson_word { struct str text; uint32_t texts; /* corrections that say it */ };
struct lesson {
        uint32_t from, to;      /* from SUBJECT_NONE: to nothing, or fewer than LESSON_LEAST to any one subject */
        struct lesson_word word[LESSON_WORDS];
        uint32_t n_words;
        uint32_t corrected;     /* different texts, >= LESSON_LEAST */
        uint32_t right;         /* of those, placed right with the words: >= LESSON_LEAST */
        uint32_t good, wrong;   /* of all, how many are right today, and how many of those would not be */
};
struct lessons {
        struct lesson row[LESSONS_MAX]; /* that of the most corrections first */
        uint32_t n;
};

/* May a word not be proposed for a subject, for whatever reason the caller has? */
typedef bool lesson_never(void *self, uint32_t to, struct str word);

/* Of at most LESSON_SAMPLES_MAX samples. Words are views into them. */
void lessons_find(struct arena *, const struct subjects *, const struct lesson_sample *, uint32_t n, lesson_never *, void *self, struct lessons *ret);

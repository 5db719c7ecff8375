/* duty/match.h — which subject are a reporter's words about?
 *
 * Advice only: a match never refuses and never closes, and it says by what it was made:
 *   choice   the reporter chose the subject
 *   keyword  words of the catalogue stand in the text; longer and rarer ones weigh more, the title counts double
 *   ngram    no such word; the text's characters and pairs of characters resemble the subject's names and words
 *   desk     nothing resembles enough: a person at the desk decides
 * Integers throughout and a fixed order of ties (heavier, then deeper in the tree, then earlier in the file),
 * so the same catalogue and the same words give the same answer on every machine.
 */
#pragma once
#include "base/say.h"
#include "duty/subject.h"

enum match_how { MATCH_CHOICE, MATCH_KEYWORD, MATCH_NGRAM, MATCH_DESK, MATCH_HOWS };
/* "choice", "keyword", "ngram", "desk". */
const char *match_how_name(enum match_how);
struct say match_how_say(enum match_how);

#define MATCH_WORDS 8
#define MATCH_OTHERS 5

struct match_in {
        struct str choice; /* subject code chosen by the reporter; "" = none */
        struct str title;  /* valid UTF-8, may be empty */
        struct str text;
};

/* A word that decided, where it stands. */
struct match_word {
        struct str text; /* view into title or text */
        uint32_t at;     /* byte offset there */
        bool in_title;
};

struct match_other {
        uint32_t subject;
        int32_t score; /* 0..1000, on the scale of the winner */
};

struct match {
        enum match_how how;
        uint32_t subject; /* SUBJECT_NONE for the desk */
        int32_t score;    /* 0..1000: how clear it is; 1000 for a choice. For the desk: of the best that was too weak */
        struct match_word words[MATCH_WORDS];
        uint32_t n_words;
        struct match_other others[MATCH_OTHERS]; /* runners-up, best first; after a choice what the words suggest */
        uint32_t n_others;
};

/* Whatever can tell a subject from words. The one here goes by keywords and n-grams; a learned one may stand
 * behind the same pointer. classify() is pure, may run on many threads at once, and fills all of @ret. */
struct classifier {
        const char *name; /* stored with the decision: "words-1" */
        void (*classify)(const struct classifier *, struct arena *scratch, const struct match_in *, struct match *ret);
};

/* Built once from a catalogue (which must outlive it), immutable, thread-safe. @scratch needs about 12 bytes per
 * subject and per keyword during a call. */
struct matcher;
struct matcher *matcher_new(struct arena *, const struct subjects *);
const struct classifier *matcher_classifier(const struct matcher *);

/* The reporter's choice if it is a subject of the catalogue, else what the classifier says. */
void match_subject(const struct subjects *, const struct classifier *, struct arena *scratch, const struct match_in *,
                   struct match *ret);

/* Subjects to offer while somebody types @typed (a few characters up to a sentence): first those whose name or
 * keyword begins with it, then those whose words it contains, then those that resemble. At most @max, none twice.
 * Returns how many. */
uint32_t match_suggest(const struct matcher *, struct arena *scratch, struct str typed, uint32_t *ret, uint32_t max);

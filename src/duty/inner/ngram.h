/* duty/inner/ngram.h — how much does a text resemble each subject? TF-IDF cosine of characters and their pairs.
 *
 * Features: every Chinese character, every pair of neighbours, every run of letters and digits as one word.
 * A subject's profile is made of its names and keywords, and lighter of those above it. Fixed point throughout.
 */
#pragma once
#include "duty/subject.h"

/* The features of a text in order: a character is itself, a pair carries both (above 2^32), a Latin word has the top bit. Never 0. */
typedef void ngram_fn(void *self, uint64_t key);
void ngram_each(struct str, ngram_fn *, void *self);
/* log2(x) in Q8, x >= 1. */
uint32_t ngram_log2_q8(uint64_t x);

struct ngram_post {
        uint32_t subject, weight;
};

struct ngrams {
        const struct subjects *subjects;
        uint64_t *key; /* open addressing, a power of two; 0 = free */
        uint32_t *slot_feature;
        uint32_t mask;
        uint32_t n_features;
        uint32_t *idf;           /* per feature, Q8 */
        uint32_t *first;         /* per feature + 1: its postings are [first[f], first[f + 1]) */
        struct ngram_post *post; /* weight: share of the subject's profile, whose length is NGRAM_UNIT */
};
#define NGRAM_UNIT 4096u

void ngrams_init(struct ngrams *, struct arena *, const struct subjects *);
/* Per subject the cosine with @title (twice) and @text, 0..1000, into @ret_score (one per subject). */
void ngrams_score(const struct ngrams *, struct arena *scratch, struct str title, struct str text, uint32_t *ret_score);

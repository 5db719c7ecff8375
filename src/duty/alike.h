/* duty/alike.h — do two texts speak of the same thing?
 *
 * Compared are pairs of neighbouring characters and whole words of letters and digits. Each weighs the more the fewer of the texts at
 * hand have it, so that the name of an estate counts and 影响居民生活 does not. How much of what one text says in short (its
 * title, else its words) stands in the other, and the other way round: the likeness is the mean of both, in percent.
 * Whole numbers throughout; equal texts in equal company give equal numbers. Pure.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"

#define ALIKE_TEXTS_MAX 2000
#define ALIKE_CHARS_MAX 400 /* of the words; what comes later says nothing new */

struct alike_text {
        struct str title, words; /* valid UTF-8; the title may be empty */
};
/* How much @asked is like each of @other (at most ALIKE_TEXTS_MAX), 0 … 100, into @ret_percent. */
void alike_score(struct arena *scratch, const struct alike_text *asked, const struct alike_text *other, size_t n, int32_t *ret_percent);
/* What they have in common: runs of the first one's title (its words, when it has none) that stand in at least half of all @n, else
 * in a quarter and so on, but in two; the longest first; at most @max, views. Returns how many. */
size_t alike_common(struct arena *scratch, const struct alike_text *text, size_t n, struct str *ret, size_t max);

/* place/alias.h — what people call a place or a thing (俗称、老地名), beside the names in places.csv.
 *
 * aliases.csv of a town folder. Written by people, or learned: a desk placed a matter, and the words it was said in were proposed
 * and accepted by a second person (town/alias.h). An alias is a name of a place, never of a person; spoken_names_person says which
 * words look like one.
 */
#pragma once
#include "base/day.h"
#include "place/place.h"
#include "place/thing.h"

#define ALIAS_CHARS_MIN 2
#define ALIAS_CHARS_MAX 40

struct alias {
        struct str said;
        struct str place, thing; /* one of them is a code, the other "" */
        struct day since, until; /* in force from, to and with; DAY_NONE = open */
        struct str key;          /* all but the last day: "老供销社 → lamp-003, 2026-01-05" */
        int32_t line;
};
struct aliases {
        struct alias *row; /* in the order of the file */
        size_t n;
};

/* OK even when there were findings; a row with an error is left out. Findings: those of csv_read and
 * alias.said (length) alias.target (none, or both) alias.unknown (no such place or thing) alias.day alias.twice (warning)
 * alias.person (warning: the words look like those of a person). */
int aliases_read(struct arena *, struct str text, const struct places *, const struct things *, struct findings *, struct aliases *ret);

bool alias_in_force(const struct alias *, struct day on);

/* @text, aliases.csv as it stands or "", with one row more at its end, or with the last day of the row for @said and the same
 * target moved to @until (the row goes when it was to begin later). Every other byte stays. ERR_NONE when there is no such row. */
struct str alias_added(struct arena *, struct str text, const struct alias *);
int alias_ended(struct arena *, struct str text, const struct alias *, struct day until, struct str *ret);

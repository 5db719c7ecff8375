/* place/gazetteer.h — which place do these words mean?
 *
 * The names of a town (places.csv with its aliases, things.csv with its numbers, aliases.csv) in the form of place/spoken.h, and a
 * finder that reads what somebody said against them. It proposes, with the reason of each proposal; only one certain match may be
 * taken without asking, and whoever takes it says so. It never refuses: what it cannot read is for the desk.
 *
 * Built once with the town, then read by many threads. Nothing is kept of what was asked.
 */
#pragma once
#include "place/alias.h"
#include "place/locate.h"

#define FOUND_MAX 10

enum found_how {
        FOUND_NUMBER, /* the number of a thing: "3号灯杆", lamp-003 */
        FOUND_NAME,   /* the name in places.csv */
        FOUND_ALIAS,  /* an alias or old name in places.csv */
        FOUND_SAID,   /* a name in aliases.csv: as people say it */
        FOUND_SHORT,  /* a name without its 社区, 村, 街道 … */
        FOUND_OFFSET, /* so far and in that direction from a landmark, whose point is known */
        FOUND_ALIKE,  /* written much like it */
        FOUND_HOWS
};
const char *found_how_name(enum found_how); /* "number", "name", "alias", "said", "short", "offset", "alike" */
struct say found_how_say(enum found_how);

struct place_hit {
        enum found_how how;
        bool certain;             /* exact, the only one, and nothing was said that it does not explain */
        const struct place *place; /* where; NULL: a thing or a point in no place of the town */
        const struct thing *thing; /* when it is one; else NULL */
        bool has_point;
        struct point point;       /* WGS 84: of the thing, or of the spot beside it */
        struct str words;         /* the part of the form of what was said that it explains */
        enum located_how located; /* of the point, where it has one */
        int32_t percent;          /* 100, or how alike it is written */
};
struct place_hits {
        struct place_hit row[FOUND_MAX];
        size_t n; /* the likeliest first; row[0].certain when it may be taken */
};

struct gazetteer;
/* All of it lives in the arena; views into what it is given, which must outlive it. */
const struct gazetteer *gazetteer_new(struct arena *, const struct places *, const struct things *, const struct aliases *);

/* @said: valid UTF-8, at most SPOKEN_MAX characters are looked at. @ground may be NULL: then no point is located. Aliases in force on
 * @on. With @near, names that are only written alike are offered too, which looks at every name of the town. Memory from the arena. */
void gazetteer_find(const struct gazetteer *, struct arena *, const struct locator *ground, struct str said, struct day on, bool near,
                    struct place_hits *ret);

/* Does @said, in its form, stand there as a name already, of anything? */
bool gazetteer_knows(const struct gazetteer *, struct str said, struct day on);

/* place/place.h — the division tree of a town: what is where, what lies within what?
 *
 * Read once from places.csv, then shared by many threads without change. Everything lives in the
 * arena given to places_read; texts are views of that file's text or of the arena.
 *
 * Codes: province to community are the 12 digits of the statistical division code, 2+2+2+3+3,
 * padded with zeros (rulebook 1.1; GB/T 2260 for the first six, GB/T 10114 for the township's
 * three). A grid is usually its community's code and three digits; grids, buildings and units may
 * have other forms. A grid belongs to exactly one community (rulebook 1.2).
 */
#pragma once
#include "base/finding.h"
#include "base/map.h"
#include "base/str.h"

/* From wide to narrow. */
enum place_kind {
        PLACE_PROVINCE,
        PLACE_CITY,
        PLACE_COUNTY,
        PLACE_TOWNSHIP,
        PLACE_COMMUNITY,
        PLACE_GRID,
        PLACE_BUILDING,
        PLACE_UNIT,
        PLACE_OTHER, /* the file named a kind that does not exist; only with a finding place.kind */
};
const char *place_kind_name(enum place_kind);

struct place {
        struct str code, parent, name;
        enum place_kind kind;
        struct str *aliases;
        size_t n_aliases;
        int32_t households, population; /* -1 = not given */
        uint32_t up;                    /* row of the parent; MAP_NONE for a root or where the parent is not usable */
        struct str path;                /* codes from the root down, ending with its own, joined by "/" */
        struct str community;           /* code of the community it is or lies in, or "" */
        int32_t line;                   /* in places.csv */
};

struct places {
        struct place *row; /* in the order of the file */
        size_t n;
        struct map by_code;
        struct map by_name; /* name or alias to the first of its chain in `named` */
        struct place_named *named;
        uint32_t n_named;
};
struct place_named {
        uint32_t row, next;
}; /* next in `named`, or MAP_NONE */

/* Read places.csv; @text is UTF-8. OK even when there were findings (the rows that make sense are
 * kept, the first of two equal codes stays). Along `up` a place always gets wider, so there are no
 * circles and at most eight steps. Findings: those of csv_read and
 * place.kind place.code place.code-parent place.duplicate place.parent-missing place.parent-kind
 * place.grid-parent place.circular place.number place.name-twice (warning). */
int places_read(struct arena *, struct str text, struct findings *, struct places *ret);

/* How many households a grid should have; rulebook 1.2 marks the 300 to 500 as a common policy
 * value, unconfirmed, so it is a limit to configure. */
struct place_limits {
        int32_t grid_households_min, grid_households_max;
};
extern const struct place_limits place_limits_default;
/* Warning place.grid-size for each grid whose households are given and outside the limits. */
void places_check_size(const struct places *, struct place_limits, struct findings *);

/* NULL when there is none. */
const struct place *place_find(const struct places *, struct str code);
/* Is @code the place @ancestor or below it? False when either is unknown. */
bool place_within(const struct places *, struct str code, struct str ancestor);
/* Places whose name or one of whose aliases is exactly @name: writes up to @max in the order of the
 * file and returns how many there are. */
size_t places_by_name(const struct places *, struct str name, const struct place **ret, size_t max);

/* place/thing.h — the public things of a town: lamp-posts, manholes, playgrounds, buildings. Who keeps them?
 *
 * Read once from things.csv, then shared by many threads without change. Whether owner and keeper are
 * organisations of the town is for the town room to say: here they are codes.
 */
#pragma once
#include "base/day.h"
#include "place/datum.h"
#include "base/say.h"
#include "place/place.h"

struct thing {
        struct str code, kind;
        struct str place; /* code of places.csv, or "" */
        bool has_point;
        struct point point;        /* WGS 84 */
        struct str owner, keeper;  /* org codes, or "" */
        struct day warranty_until; /* last day under warranty; DAY_NONE = not given */
        int32_t line;
};

struct thing_spot;
struct things {
        struct thing *row; /* in the order of the file */
        size_t n;
        struct map by_code;
        struct thing_spot *spot; /* those with a point, by square */
        size_t n_spots;
};

/* OK even when there were findings; the first of two equal codes stays. Findings, all errors: those of
 * csv_read and thing.code thing.duplicate thing.place thing.point (half given, no number, or off the earth)
 * thing.warranty. */
int things_read(struct arena *, struct str text, const struct places *, struct findings *, struct things *ret);

/* What people call a thing of this kind; both NULL: the town has a word of its own for it, which is the kind itself. */
struct say thing_kind_said(struct str kind);

/* NULL when there is none. */
const struct thing *thing_find(const struct things *, struct str code);

/* The nearest thing of @kind (any kind when empty) within @metres, up to 1000; equal distances go to the
 * first code in byte order. NULL when there is none or the point is not on earth. *ret_metres may be NULL. */
const struct thing *thing_near(const struct things *, struct str kind, struct point, double metres, double *ret_metres);

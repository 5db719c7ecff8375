/* matter/release.h — what everybody may read of a matter (公开摘要): written by a clerk, taken back whenever a clerk says so.
 *
 * A summary in Chinese, English or both, never the reporter's words by themselves; where it is, snapped to a public thing or to a
 * township, community or grid, with the name of a street where that helps, and never to a building, a unit or the reporter's point; and those
 * photos that were chosen one by one. Only where the subject's publicity is "summary" (subjects.csv), never for a complaint about a unit
 * or person, and not for what waits for another matter. What the catalogue stops publishing, or what is joined to another, is gone from
 * sight at once, released or not: insight/public.h judges anew whenever it is asked.
 *
 * Whoever sees the same may join their own voice to it (matter/voices.h) and is told, rated and answered by themselves.
 */
#pragma once
#include "matter/matter.h"

#define RELEASE_TEXT_MIN 5
#define RELEASE_TEXT_MAX 500   /* characters, of each language */
#define RELEASE_STREET_MAX 60
#define RELEASE_PHOTOS_MAX 9

struct release {
        int64_t matter;
        int32_t n;                     /* the event that released it so */
        struct str text, text_en;      /* at least one; {NULL,0} both when erased */
        struct str street;             /* "" = none is named */
        struct str thing, place;       /* codes, one of them "" */
        struct str by;                 /* as events name them */
        struct instant at, changed;    /* at: the first time */
};
struct release_photo {
        int32_t k;                     /* of matter/files.h */
        struct instant at;
        struct str by;
        bool gone;                     /* the file was erased since */
};
struct release_photos { struct release_photo *row; size_t n; };

struct release_in {
        struct str text, text_en, street, thing, place; /* "" = not given */
        const int64_t *photo;          /* all that are to be released from now on */
        size_t n_photos;
};

/* May it be released at all? ERR_RULE naming "subject" (publicity, or not known) or "id" (somebody is complained about, it waits for another). */
int release_may(const struct town *, const struct matter *, struct err *);
/* Where it would be shown and with what: ERR_MISSING, ERR_UNKNOWN, ERR_RULE naming "text", "place", "thing" or "photos". */
int release_judge(struct ctx *, const struct town *, const struct matter *, const struct release_in *);
/* Release it so, or change what is released. ERR_NONE, ERR_REV, and as the two above. */
int matter_release(struct ctx *, const struct town *, int64_t id, int32_t rev, const struct release_in *, struct matter *ret);
/* Take it back. ERR_STATE: it is not released. */
int matter_unrelease(struct ctx *, int64_t id, int32_t rev, struct matter *ret);
int release_get(struct ctx *, int64_t matter, struct release *ret); /* ERR_NONE */
int release_photos(struct ctx *, int64_t matter, struct release_photos *ret);
/* May somebody join their voice to it now? Open and not answered. */
bool release_joinable(const struct matter *);
/* Join the matter @id, which has just come in, to the released @cause, under the name of whoever released it, as with what is announced
 * (matter/known.h): its reporter has read what there is to tell, so no first contact is owed. As matter_act; ERR_NONE: @cause is
 * not released. */
int release_join(struct ctx *, const struct town *, int64_t id, int64_t cause, struct str said, struct matter *ret);

/* A place that is no door: township, community or grid. */
bool release_place_fits(const struct place *);
/* A thing that stands in the open: not in a building or unit. */
bool release_thing_fits(const struct town *, const struct thing *);
/* Where the map shows it, the same for everybody at that place: the thing's own point, a grid's label, or that of the middle grid. False:
 * nothing is known. WGS 84. */
bool release_spot(const struct town *, struct str thing, struct str place, struct point *ret);
/* The place that a thing stands at, else @place; NULL = neither is there. */
const struct place *release_at(const struct town *, struct str thing, struct str place);
/* The words of an entry, from matter_entry. Views live in @a. False: erased, or not to be read. */
bool release_words(struct arena *a, struct str json, struct release *ret);

/* matter/known.h — a known cause (已知原因): works or an outage, announced once, that answers whoever reports it.
 *
 * It is a matter: opened for it by the desk, without a reporter, or one that is there already and that others were joined to. A unit
 * signs for it, its clocks run, and its answer is the one closing message. Beside it stands what is announced: subject, places, from
 * when, until when, in words for everybody. Until that time a report of the same subject (or one below it) at one of those places is
 * joined to it as it comes in and is told at once; whoever reports may say that theirs is different, then or later. What is urgent, or
 * about a unit or person, is never joined by itself. When the announced time has passed without news a report is news, and goes its
 * own way; the clock `restore` of the cause has rung by then. Moving the time says why, to everybody who waits.
 */
#pragma once
#include "matter/matter.h"

#define KNOWN_MAX 100       /* in force in one town */
#define KNOWN_TEXT_MAX 500  /* characters */
#define KNOWN_PLACES_MAX 50

struct known_cause {
        int64_t cause;                   /* the matter */
        struct str subject;              /* code: reports of it and of those below it */
        struct str places;               /* codes parted by blanks, 1 … KNOWN_PLACES_MAX */
        struct str by;                   /* who announced it, as events name them */
        struct str text, text_en;        /* for everybody; English "" = none was written */
        struct str why;                  /* why the time was moved last, "" = it never was */
        struct instant since, until, was; /* was: the time before it was moved last, or INSTANT_NONE */
        int32_t moved;                   /* how often the time was moved */
        int32_t voices;
};
struct known_causes { struct known_cause *row; size_t n; };

/* Announce the matter @id: @c gives subject and places (none: those of the matter), since (INSTANT_NONE: now), until, text and
 * text_en. Voices that wait for it already are told. By the action of its procedure that records an announcement; errors as matter_act, and:
 * ERR_STATE, announced already; ERR_RULE, KNOWN_MAX are in force, or somebody is complained about; ERR_UNKNOWN naming "subject" or
 * "places"; ERR_RANGE naming "until": not in the future, before "since", or beyond the limit "restore". */
int known_announce(struct ctx *, const struct town *, const struct matter_action *who, const struct known_cause *c, struct matter *ret);
/* Open the matter of @k (decided, anonymous, with subject and place) and announce it. */
int known_open(struct ctx *, const struct town *, const struct intake *k, const struct matter_action *who, const struct known_cause *, const struct code *,
               struct matter *ret);
/* Move the time, saying why; @text and @text_en "" leave the words. ERR_STATE: it is not announced, or over. */
struct known_move { struct instant until; struct str why, text, text_en; };
int known_move(struct ctx *, const struct town *, const struct matter_action *who, const struct known_move *, struct matter *ret);
/* ERR_NONE when @cause is no known cause. */
int known_get(struct ctx *, int64_t cause, struct known_cause *ret);
/* Those in force: the matter is open and not answered. The newest first, at most KNOWN_MAX. */
int known_list(struct ctx *, struct known_causes *ret);
/* The one that answers this intake at @now: of the most special place, then the newest; NULL = none. Pure. */
const struct known_cause *known_for(const struct town *, const struct known_causes *, const struct intake *, struct instant now);
/* Join the matter that has just come in to @c, under the name of whoever announced it; no first contact is owed, since it is told in
 * the answer. As matter_act. */
int known_join(struct ctx *, const struct town *, int64_t id, const struct known_cause *c, struct matter *ret);

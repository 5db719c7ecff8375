/* matter/known.h — a known cause (已知原因): works or an outage, announced once, that answers whoever reports it.
 *
 * It is a matter of its own without a reporter, opened by the desk: a unit signs for it, its clocks run, and its answer is the one
 * closing message. Beside it stands what is announced: subject, place, from when, until when, in words for everybody. Until that time
 * a report of the same subject (or one below it) at that place is joined to it as it comes in and is told at once; whoever reports
 * may say that theirs is different, then or later. What is urgent, or about a unit or person, is never joined by itself. When the
 * announced time has passed without news a report is news, and goes its own way. Moving the time says why.
 */
#pragma once
#include "matter/matter.h"

#define KNOWN_MAX 100       /* in force in one town */
#define KNOWN_TEXT_MAX 500  /* characters */

struct known_cause {
        int64_t cause;                   /* the matter */
        struct str subject, path;        /* path of the place, from the root */
        struct str by;                   /* who announced it, as events name them */
        struct str text, why;            /* for everybody; why the time was moved last, "" = it never was */
        struct instant since, until;
        int32_t moved;                   /* how often the time was moved */
        int32_t voices;
};
struct known_causes { struct known_cause *row; size_t n; };

/* Open the matter of @k (decided, anonymous, with subject and place) and announce it. ERR_RANGE naming "until": not after now, before
 * "since", or more than a year ahead; ERR_RULE naming "text" when KNOWN_MAX are in force. */
int known_open(struct ctx *, const struct town *, const struct intake *k, const struct known_cause *, int64_t id, const struct code *);
/* Move the time, saying why; @text "" leaves the words. ERR_NONE: not announced; ERR_STATE: over; ERR_REV, ERR_RANGE as above. */
int known_move(struct ctx *, int64_t cause, int32_t rev, struct instant until, struct str why, struct str text, struct matter *ret);
/* ERR_NONE when @cause is no known cause. */
int known_get(struct ctx *, int64_t cause, struct known_cause *ret);
/* Those in force: the matter is open and not answered. The newest first, at most KNOWN_MAX. */
int known_list(struct ctx *, struct known_causes *ret);
/* The one that answers this intake at @now: of the most special place, then the newest; NULL = none. Pure. */
const struct known_cause *known_for(const struct town *, const struct known_causes *, const struct intake *, struct instant now);
/* Join the matter that has just come in to @c, under the name of whoever announced it; no first contact is owed, since it is told in
 * the answer. As matter_act. */
int known_join(struct ctx *, const struct town *, int64_t id, const struct known_cause *c, struct matter *ret);
/* The announcements say what their events say; a fault counts in @check. */
int known_verify(struct ctx *, struct matter_check *check);

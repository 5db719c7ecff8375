/* matter/passage.h — a matter on its way between towns (移交): who was asked to take it, through whose hands it came.
 *
 * This town's side of a hand-over: the steps themselves are actions of the procedure (hand_over by a named person; taken, pass_on
 * and arrive by ACTOR_TOWN, whose seal the room parcel has looked at). While another town is asked the matter stays open here,
 * its clocks run, and the row below is the outbox: what is underway in it is brought there until it is answered (parcel/carry.h).
 *
 * Never to and fro: a town through whose hands it came, or that was asked before, is not asked again.
 */
#pragma once
#include "matter/matter.h"

#define PASSAGE_TOWNS_MAX 16 /* that one matter may pass through, and that may be asked */

struct matter_passage {
        bool underway;             /* another town is being asked */
        struct str to;             /* who is asked or has taken it; "" = it is here */
        struct str tried;          /* all that were asked, joined by ';' */
        struct str route;          /* through whose hands it came here, the first town first, joined by ';'; "" = it began here */
        int32_t times;             /* how often it was handed over from here: part of the parcel's id */
};
/* All "" and 0 when it never left. */
int matter_passage_get(struct ctx *, int64_t id, struct matter_passage *ret);
/* Matters of which another town is being asked, ids above @after, at most @max. */
int matter_underway(struct ctx *, int64_t after, int max, int64_t **ret_ids, size_t *ret_n);
/* Is @code one of the codes joined by ';' in @list? */
bool town_listed(struct str list, struct str code);

/* What another town brings. Views. */
struct arrival {
        struct intake_in in;       /* title, words, subject, point …; in.source is set here */
        struct str note;           /* what a person should read beside the words: who hands it over, why, what happened so far */
        unsigned char code[CODE_HASH_BYTES]; /* of the tracking code: it stays the same */
        struct instant opened;     /* when it was first received, anywhere */
        struct str clocks;         /* as they stand where it comes from: what is owed to the resident runs on */
        bool urgent;
        struct str route;          /* ends with the town that brings it */
        struct str how;            /* offer, appeal, order: form field of the action arrive */
};
/* Take it in, in ctx->tx, with ctx->actor an ACTOR_TOWN. The same tracking code was here and was not taken: that matter begins anew and
 * @id is not used. *ret is the matter. ERR_EXISTS when it is here and being dealt with, or has ended otherwise; ERR_CONFLICT when the
 * town's version has moved; of what the intake says, as intake_settle. */
int matter_arrive(struct ctx *, const struct town *, const struct arrival *, int64_t id, int64_t person, struct matter *ret);
int matter_by_hash(struct ctx *, const unsigned char code[CODE_HASH_BYTES], struct matter *ret); /* ERR_NONE */
/* The hash of the tracking code of a matter. */
int matter_code_hash(struct ctx *, int64_t id, unsigned char ret[CODE_HASH_BYTES]);
/* It was not taken or was only ruled on, and another town has it: what was written goes, the reporter's contact too. Nothing when it is open
 * or gone already. */
int matter_let_go(struct ctx *, int64_t id);

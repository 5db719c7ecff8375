/* matter/handover.h — no open matter stays with somebody who is not there (工作交接): who left, whose last term ended, who is away for
 * some days. It goes to who acts for the post now, else to the unit, else up the tree, at last to the desk; never to who is complained
 * about. After a leave it goes back. Tasks of units called in move with the same rule.
 */
#pragma once
#include "matter/matter.h"
#include "people/leave.h"

enum hand_why { HAND_LEFT, HAND_LEAVE, HAND_BACK, HAND_ASKED, HAND_SHIFT };
extern const char *const hand_why_names[]; /* "left", "leave", "back", "asked", "shift" */

/* Somebody in service who holds a post in force, or backs one up: not the one who left. */
bool hand_serves(const struct town *, struct str login, struct day);

struct hand { int64_t matter; enum hand_why why; };
struct hands { struct hand *row; size_t n; };
/* What is to move at ctx->now, at most @max. @l: leaves of today. Walks the holders of all open matters: beside the commit thread. */
int matter_hands_due(struct ctx *, const struct town *, const struct leaves *l, int max, struct hands *ret);
/* What stand-ins hold for who is back: added to *ret, up to @max. */
int matter_hands_back(struct ctx *, const struct leaves *l, int max, struct hands *ret);
/* What was urgent by night and is with somebody whose shift is over: to the next officer, or in office hours to its own post. Added to
 * *ret, up to @max. */
int matter_hands_shift(struct ctx *, const struct town *, int max, struct hands *ret);
/* The open matters that @login holds now, at most @max; of a unit alone when @unit is given (quick). */
int matter_held_by(struct ctx *, struct str login, struct str unit, int max, int64_t **ret_ids, size_t *ret_n);
/* Move one: with HAND_ASKED from @from, to @to (a login of staff.csv or a post's code; "" = whoever is next); else to whom the rules
 * say. *ret_moved: it was to move still. ERR_UNKNOWN naming to; ERR_RULE naming to when they are complained about, do not serve, or may
 * not deal with it; ERR_NONE when nobody is left who could. Write. */
struct hand_ask { struct hand hand; struct str from, to; };
int matter_hand(struct ctx *, const struct town *, const struct leaves *, const struct hand_ask *, bool *ret_moved);
/* Proof: an open matter with somebody who left, counted as a fault. */
int matter_verify_held(struct ctx *, const struct town *, struct matter_check *);

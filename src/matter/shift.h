/* matter/shift.h — one shift hands over to the next (交接班): a sheet lists what is urgent, what nobody has signed for and whom somebody
 * promised to call; it is frozen as made, and both sign: first who goes, then who comes, two persons.
 *
 * The body is canonical JSON:
 *   {"town","date","shift","from","to","leader":{"login","name"},"out":[{…}],"next":{"leader","in":[{…}],"to"},"made",
 *    "urgent":[row…],"unsigned":[row…],"calls":[row…],"more":{"urgent","unsigned","calls"}}
 *   row: {"id","state":{"zh","en"},"subject":{…},"grid","unit","holder","due"}, of a call also "what": contact, tell or callback.
 * Names are those of the day. No words, no contact, no name of a resident. A matter from which anybody of the two shifts is kept out is not
 * on it (回避). What is joined to another stands under that one. LOCAL: the state asks that shifts hand over, not how (值班带班制度).
 */
#pragma once
#include "matter/matter.h"

#define SHIFT_ROWS_MAX 100              /* of each list; "more" counts the rest */
#define SHIFT_BODY_MAX ((size_t)512 << 10)

struct shift_sheet {
        int64_t id;
        int32_t rev;
        struct day date;
        struct str shift, body, maker;
        struct instant made;
        struct str out_by, in_by;       /* logins, "" = not signed */
        struct instant out_at, in_at;
};
struct shift_sheets { struct shift_sheet *row; size_t n; }; /* without body and maker */

/* Make the sheet of a shift as things stand at ctx->now, or make it anew while nobody has signed it. @who: of that shift. ERR_UNKNOWN naming
 * shift; ERR_RIGHT naming action (not of the shift); ERR_STATE naming shift (it has not begun, or was signed already). Write. */
int shift_make(struct ctx *, const struct town *, struct str who, struct day date, struct str shift, int64_t *ret_id);
/* Sign it, as read at @rev. The first signature is of who goes (an officer of the shift, or its leader), the second of who comes (the
 * same of a shift that runs when it ends), another person. ERR_NONE; ERR_REV; ERR_RIGHT or ERR_STATE naming action. Write. */
int shift_sign(struct ctx *, const struct town *, struct str who, int64_t id, int32_t rev);
/* May @who read it? Whoever is of one of the two shifts. */
bool shift_reads(const struct shift_sheet *, struct str who);
int shift_get(struct ctx *, int64_t id, struct shift_sheet *ret);            /* ERR_NONE naming id */
int shift_list(struct ctx *, struct day from, struct shift_sheets *ret);
/* The sheet as text to print, with room to sign. */
int shift_text(struct buf *, const struct town *, const struct shift_sheet *, enum lang, struct err *);
/* Proof: a body, or a signature, that is not what its events say. Counts faults; ERR_RULE. */
int shift_verify(struct ctx *, struct matter_check *);

/* matter/inner/apart.h — duties separated by person, not by post (承办、核实、回访分离；审批与申请分离).
 *
 * Who dealt with a matter does not check it, and neither of them calls the reporter back; who asks for a pause does not grant it. One
 * person may hold several posts, so what counts is who did it. Where nobody else in the town could, it may be done all the same, and
 * the event says so: a town with two clerks is not stuck, and nobody is deceived about it.
 */
#pragma once
#include "matter/matter.h"

/* How it came that this person did it. */
enum apart {
        APART_OTHER, /* somebody else than those before, from those whose duty it is */
        APART_DESK,  /* likewise, from the dispatch desk */
        APART_ALONE, /* one of those before: there is nobody else */
};
const char *apart_word(enum apart);

/* May ctx->actor do what @own is the right for, after those who made @records (bits of procedure_record) in this matter, and, with
 * @signed_too, who signed for it? @rights are those the actor has over it. ERR_RIGHT when they had a part in it and somebody else is
 * there. */
struct apart_ask {
        enum right own;
        uint64_t rights, records;
        bool signed_too;
};
int apart_judge(struct ctx *, const struct town *, const struct matter *, const struct apart_ask *, enum apart *ret);

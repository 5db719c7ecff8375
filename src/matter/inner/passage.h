/* matter/inner/passage.h — what a step of a hand-over asks, and leaves behind. */
#pragma once
#include "base/json.h"
#include "matter/passage.h"

#define PASSAGE_RECORDS                                                                                                \
        (RECORD_BIT(RECORD_HANDOVER) | RECORD_BIT(RECORD_HANDED) | RECORD_BIT(RECORD_PASSED_ON) | RECORD_BIT(RECORD_HANDED_BACK))

struct passing {
        struct matter_passage now;
        const struct arrival *again; /* it comes once more */
        bool changed;
};
/* Load and judge, where @records are of a hand-over. ERR_UNKNOWN, ERR_RULE naming "town". */
int passage_judge(struct ctx *, const struct town *, const struct matter *, uint64_t records, struct str town, struct passing *);
/* "passage":{"to","tried","route","times","underway"}: the row as it is afterwards. */
void passage_body(struct json *, const struct matter_passage *);
int passage_save(struct ctx *, int64_t matter, const struct matter_passage *);
/* The matter comes once more: as new, with what is owed to the resident as it stands where it comes from. */
int passage_again(struct ctx *, struct matter *, struct passing *);
/* Clocks of the resident, as they stand in @theirs, into @set. */
void passage_clocks(const struct procedure *, struct str theirs, struct clock_set *set);
/* matter_act with what comes. */
int matter_act_again(struct ctx *, const struct town *, const struct matter_action *, const struct arrival *, int64_t person, struct matter *ret);
/* A matter that comes from elsewhere: as matter_draft, with the code's hash and what the arrival says. */
const struct matter_draft *matter_draft_arrived(struct ctx *, const struct town *, const struct intake *, int64_t id, int64_t person, const struct arrival *);

/* For matter_verify: the row told by its events. */
struct passage_fold {
        bool any;
        struct matter_passage now;
};
struct json_object;
void passage_fold_event(struct passage_fold *, struct arena *, struct json_object *body);
int passage_fold_agrees(struct ctx *, int64_t matter, const struct passage_fold *, bool *ret);

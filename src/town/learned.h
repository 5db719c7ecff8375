/* town/learned.h — names of places that a town learns from how its people speak (俗称), after a second person looked.
 *
 * Somebody proposes that certain words mean a place or thing; somebody else accepts or refuses. What is accepted goes into aliases.csv
 * of a new version of the town's folder, so that finder, export, diff and past versions need to know of nothing else; what is
 * withdrawn ends there on the day before. Refused words are forgotten at once, proposed ones with the matter they were said in.
 *
 * Never the name of a person: words that look like one are refused here (spoken_names_person); the householder stands in a field of
 * its own that nothing here reads; where a name that was given stands in what was said, the matter is never asked (intake_in.unlearned);
 * and a second person reads what is left.
 */
#pragma once
#include "town/town.h"

#define LEARNED_PAGE 50

enum learned_step { LEARNED_ACCEPT, LEARNED_REFUSE, LEARNED_WITHDRAW, LEARNED_STEPS };
extern const char *const learned_states[]; /* "proposed", "accepted", "refused", "withdrawn", NULL */

struct learned {
        int64_t id;
        struct str said, place, thing, state; /* place or thing is a code, the other "" */
        int64_t matter;                       /* INT64_MIN = none */
        struct str proposer, reviewer;        /* as in events */
        struct instant proposed, reviewed;
};
struct learneds { struct learned *row; size_t n; };

/* May it be proposed? ERR_RANGE (2 to 40 characters), ERR_RULE (looks like a person, or means that already), ERR_UNKNOWN (no such
 * place or thing), ERR_MISSING (neither, or both), naming "said", "place" or "thing". Asks no store. */
int learned_fits(struct ctx *, const struct town *, const struct learned *);
/* Write it under @l->id, by ctx->actor. *ret_id is that of the same proposal where one waits already. Write. */
int learned_propose(struct ctx *, const struct learned *, int64_t *ret_id);
/* Review or withdraw. ERR_NONE; ERR_STATE when it is not in the state for it; ERR_RIGHT when who proposed it reviews. Accepting and
 * withdrawing store a new version of the folder: drop the town from the shelf. ERR_CONFLICT is retried by the store. Write. */
int learned_step(struct ctx *, int64_t id, enum learned_step, struct learned *ret);
/* The oldest first, behind @after. @state: one of learned_states. */
int learned_list(struct ctx *, struct str state, int64_t after, struct learneds *ret);
/* The words of a matter are erased. Write. */
int learned_forget(struct ctx *, int64_t matter);

/* @folder is about to be loaded. Without a file aliases.csv it keeps the one in force: what was learned is not lost by loading an
 * older copy. Read; memory from the arena. */
int learned_keep(struct ctx *, struct folder *, bool *ret_kept);
/* How many names that count as accepted are not in force in @t, because a folder was loaded whose aliases.csv lacks them. Read. */
int learned_missing(struct ctx *, const struct town *t, size_t *ret_n);

/* matter/erase.h — what was written in a matter, and who reported it, goes again: on request, or when its time is over.
 *
 * Events stay; they hold codes, ids, times and salted hashes, and the salt goes with the words, so that verify says erased and not
 * broken. Law: 个人信息保护法 第十九条 (kept no longer than needed), 第四十五条 (to see and to copy), 第四十七条 (deletion when
 * the purpose is fulfilled, the period is over, or consent is withdrawn); how long is the town's own retention.csv.
 *
 * Where words of a resident lie: matter_entry and the files (erased here, matter/files.h), the vault (here), remembered answers (here, store/idem.h), the search
 * index (its listener hears "erased"), and what SQLite keeps of deleted bytes (store_scrub, search_scrub). Whoever adds a place
 * where words lie adds it to forget_all() of erase.c, and the test that looks for them in every table will say so.
 */
#pragma once
#include "matter/matter.h"

#define MATTER_ERASE_BASIS "个人信息保护法 第四十七条"

struct matter_gone { int64_t entries, contacts, files; bool householder, place_call; };
/* Erase all that was written in a matter that has ended, and who reported it; it then stands in the list of erasures. @basis: 1-200
 * characters. ERR_STATE while it is open: withdraw it first. OK also when nothing was left. @ret may be NULL. */
int matter_erase(struct ctx *, int64_t id, struct str basis, struct matter_gone *ret);

#define MATTER_ERASURES_PAGE 500
/* The list, in the order of erasing, behind (@after, @matter), at most a page; INSTANT_NONE to begin. */
struct matter_erasure { int64_t matter; struct instant at; struct str by, basis; };
struct matter_erasures { struct matter_erasure *row; size_t n; };
int matter_erasures(struct ctx *, struct instant after, int64_t matter, struct matter_erasures *ret);
/* Does it stand in the list? */
int matter_erased_listed(struct ctx *, int64_t id, bool *ret);
/* Replay one line of it onto a restored backup, where the matter may still be open (it stays open, without words: the desk ends
 * it). *ret_done: it was done now; false: it stands in the list, or there is no such matter. Write. */
int matter_erase_again(struct ctx *, const struct matter_erasure *, bool *ret_done);

/* ---- retention ------------------------------------------------------------------------------------------------------ */
enum matter_held { HELD_CONTACT, HELD_SAID, HELD_WORDS };
/* contact; what the reporter wrote, and the explanations, which hold the point; everything written. */
extern const char *const matter_held_names[];

/* Matters that ended before @before and still hold it, the oldest first. Moves *at behind the last. */
struct matter_over { struct instant at; int64_t id; };
#define MATTER_OVER_BEGIN ((struct matter_over){ { INT64_MIN + 1 }, 0 })
int matter_over(struct ctx *, enum matter_held, struct instant before, int max, struct matter_over *at, int64_t **ret_ids, size_t *ret_n);
struct matter_over_count { int64_t contacts, said, words, ended; };
int matter_over_count(struct ctx *, struct instant before, struct matter_over_count *ret);
/* Take it from one such matter; OK and nothing done when it has it no longer, or is open again. @class, @basis: of retention.csv.
 * Write. */
int matter_expire(struct ctx *, int64_t id, enum matter_held, struct instant before, struct str class, struct str basis);

/* The matters of one contact of the vault, at most 50. */
int matter_of_person(struct ctx *, int64_t person, int64_t **ret_ids, size_t *ret_n);

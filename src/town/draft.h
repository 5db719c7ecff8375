/* town/draft.h — a change of the folder that one person proposes and another brings into force (双人复核).
 *
 * A draft holds the files that it changes, byte for byte, each with the version on which it was written; all other files are those in
 * force. While it is open only its proposer writes in it. Proposed, it stands still until somebody else loads or refuses it, or the
 * proposer takes it back. What was loaded is a version like any other; who proposed and who loaded stand in the journal and in the
 * list of versions. A draft that has ended keeps its reason and why it was refused or withdrawn, and no files.
 *
 * All functions want a person as ctx->actor. Those that change name the revision they read: ERR_REV; 0 = whatever stands.
 */
#pragma once
#include "store/event.h"
#include "town/town.h"

#define DRAFT_WHY_MIN 4
#define DRAFT_WHY_MAX 500
#define DRAFT_FILE_BYTES ((size_t)16 << 20) /* of one file */
#define DRAFT_BYTES ((size_t)32 << 20)      /* of all files of one draft */
#define DRAFTS_OPEN 20                      /* open in one town */
#define DRAFTS_OWN 5                        /* open of one person */
#define DRAFT_PAGE 50

struct draft {
        int64_t id;
        int32_t rev, n;
        unsigned char chain[EVENT_HASH_BYTES];
        struct str state; /* open proposed loaded refused withdrawn expired */
        struct str why, proposer, judge, said;
        int64_t version;  /* that it became; INT64_MIN = none */
        struct instant opened, touched, ended;
};
struct drafts { struct draft *row; size_t n; };
struct draft_file { struct str name; int64_t base, bytes; /* bytes < 0: the file goes */ };
struct draft_files { struct draft_file *row; size_t n; };

/* Begin one, by ctx->actor. ERR_RULE when too many are open. Write. */
int draft_open(struct ctx *, struct str why, int64_t id, struct draft *ret);
int draft_get(struct ctx *, int64_t id, struct draft *ret);             /* ERR_NONE */
/* Newest first, ids below @before (INT64_MAX to begin); those that wait, or those that have ended. */
int draft_list(struct ctx *, bool ended, int64_t before, struct drafts *ret);
int draft_files(struct ctx *, int64_t id, struct draft_files *ret);

/* Write a file, as changed on the basis of version @base; @bytes NULL: it goes. By the proposer, while it is open. ERR_UNKNOWN: no
 * file of a town folder, or no such version; ERR_TOO_BIG. Phones of staff.csv must be sealed before (draft_seal). Write. */
int draft_put(struct ctx *, int64_t id, int32_t rev, struct str name, int64_t base, const struct str *bytes, struct draft *ret);
/* Leave a file as it is in force. Write. */
int draft_leave(struct ctx *, int64_t id, int32_t rev, struct str name, struct draft *ret);
/* In place of phones in staff.csv, sealed tokens; any other file as it is. Read. */
int draft_seal(struct ctx *, const struct vault_keys *, struct str name, struct str bytes, struct str *ret);

enum draft_step { DRAFT_PROPOSE, DRAFT_BACK, DRAFT_WITHDRAW, DRAFT_REFUSE, DRAFT_STEPS };
/* PROPOSE, BACK (to go on writing) and WITHDRAW by the proposer, REFUSE by anybody else; the last two say why. ERR_STATE, ERR_RIGHT,
 * ERR_MISSING. Write. */
int draft_step(struct ctx *, int64_t id, int32_t rev, enum draft_step, struct str said, struct draft *ret);

/* The folder as it would be: that in force with the draft's files in place. *ret_head is the version in force. A file that was
 * changed in force since the draft's was written gives the error draft.conflict; a required one that goes, folder.missing-file.
 * Memory from @a. Read. */
struct draft_folder { struct folder *before, *after; int64_t head; bool trial; /* as that in force */ };
int draft_folder(struct ctx *, struct arena *, int64_t id, struct findings *, struct draft_folder *ret);
/* Bring it into force, by somebody other than the proposer: @after must have been judged before. @rev is wanted: what is loaded is
 * what was looked at. ERR_STATE when the version in force is not @head any more. *ret->version. Write. */
int draft_load(struct ctx *, int64_t id, int32_t rev, const struct draft_folder *, bool trial, struct draft *ret);

/* How long a draft that nobody touches lives: limit "draft" of town.yaml. */
int64_t draft_life_us(const struct town *);
/* End what nobody has touched since @before: expired. Write. */
int draft_sweep(struct ctx *, struct instant before, int max, int *ret_n);

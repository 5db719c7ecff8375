/* import/matters.h — open matters of an office's ledger into the store, by the same decision as every other matter.
 *
 * Each keeps the moment it was received: place, subject, unit and clocks are decided as of then, by the lists in force now, so a matter that
 * is late in the ledger is late here. The number it had in its ledger is unique per origin: the same number again is the same matter and changes
 * nothing. Its opening event carries the time of receipt, the batch, when it was really written, and who imported; a contact goes to the vault.
 */
#pragma once
#include "import/batch.h"
#include "import/rows.h"
#include "matter/matter.h"
#include "people/vault.h"

/* What one run of an import knows. */
struct import_run {
        const struct town *town;
        const struct vault_keys *keys; /* NULL when no contact is taken over */
        struct str batch;
        struct instant now;            /* really; the matters lie before it */
};

/* Judge the accepted rows against the town: not later than now, words within the ceilings, a decision that can be made. Counts what would be
 * added and what is there already (unchanged). Reads in ctx->tx. */
int import_judge_matters(struct ctx *, const struct import_run *, struct import_rows *, size_t *ret_added, size_t *ret_known);

/* Does any accepted row leave a contact? Then keys are needed. */
bool import_has_contact(const struct import_rows *);

/* Open one accepted row in ctx->tx. *ret_added is false when its number was taken over before. ctx->actor is who imports. */
int import_open_matter(struct ctx *, const struct import_run *, const struct import_rows *, size_t row, bool *ret_added);

/* A batch begins: ERR_EXISTS when the id is taken. */
int import_begin(struct ctx *, const struct import_batch *);
int import_batches(struct ctx *, int max, struct import_batch **ret, size_t *ret_n);

/* Taking back. import_undo_look: ERR_NONE no such batch, ERR_STATE undone before. Then one matter at a time: import_undo_next gives the next one after
 * *after (0 to begin; ERR_NONE at the end), import_undo_one takes it back (ERR_STATE: somebody has worked on it), import_undo_done notes who. */
struct import_number { struct str origin, number; int64_t matter; };
int import_undo_look(struct ctx *, struct str batch);
int import_undo_next(struct ctx *, struct str batch, int64_t *after, struct import_number *ret);
int import_undo_one(struct ctx *, const struct town *, struct str batch, const struct import_number *);
int import_undo_done(struct ctx *, struct str batch);

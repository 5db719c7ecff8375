/* import/batch.h — each import into a town folder is a batch: what it changed is written down, and can be taken back.
 *
 * Below the folder stands .linli-import/BATCH/ with batch.json (who, when, from which file, how many rows, on which basis) and the bytes
 * of the file as they were before. Hidden names are no part of a town folder, so nothing of this is loaded.
 */
#pragma once
#include "base/buf.h"
#include "base/ctx.h"

struct import_batch {
        struct str id;           /* "20261123-094512-orgs" */
        struct str kind, file;   /* of the town folder */
        struct str by;           /* who imported */
        struct instant at;
        struct str source, mapping; /* names of the two files */
        struct str basis;        /* of a list of persons, or "" */
        struct day expires;
        int64_t rows, accepted, rejected;
        bool had_before;         /* the file stood there before */
        struct str undone_by;    /* "" = it stands */
        struct instant undone_at;
};

/* "20261123-094512-orgs"; with a number behind it for the second and later ones of one moment. */
struct str batch_name(struct arena *, struct instant at, struct str kind, int again);

/* Write the journal, then the file, each by rename: whatever is cut short, the folder has the old file or the new. ret->id is made from
 * ->at and ->kind. ERR_IO, ERR_FULL. */
int batch_write(struct arena *, const char *dir, struct import_batch *, struct str before, struct str after, struct err *err);
/* Put the bytes back, byte for byte. ERR_NONE: no such batch; ERR_STATE: undone already; ERR_CONFLICT: the file was changed since (by hand, or
 * by a later batch, which is named). */
int batch_undo(struct arena *, const char *dir, struct str id, struct str by, struct instant now, struct import_batch *ret, struct err *err);
/* All of a folder, the newest first, at most @max. */
int batch_list(struct arena *, const char *dir, size_t max, struct import_batch **ret, size_t *ret_n, struct err *err);

/* matter/files.h — photos, voice messages and papers of a matter.
 *
 * A file is sent in first (api/file_api.c), is made harmless (media/media.h) and kept (store/file.h); for it there is a token. Whoever opens a
 * matter or does a step names the tokens, and the files become the matter's: in the same transaction, once. What nobody binds within
 * the limit "upload" of town.yaml is swept. The event holds kind and salted hash; bytes and name are erasable.
 */
#pragma once
#include "base/json.h"
#include "matter/matter.h"
#include "procedure/procedure.h"

#define MATTER_FILES_STEP_MAX PROCEDURE_FILES_MAX
#define MATTER_FILES_MAX 200                        /* of one matter; a town's files_max is at most this */
#define MATTER_TOKEN_CHARS 32                       /* 128 random bits as hex */
#define MATTER_UPLOADS_BYTES_MAX (INT64_C(4) << 30) /* of a town, waiting to be bound */

/* A file as it came out of the helper. */
struct matter_upload {
        struct str digest, thumb;   /* thumb {NULL,0}: none */
        struct str kind, type;      /* media_kind_names, a content type */
        int64_t bytes;
        int32_t width, height, ms;
        struct str name;            /* of a paper; "" otherwise: what a phone calls its photos says when and where */
};
/* Its row, in the transaction that adds the files. Staff bind what they sent in themselves, others whatever they have the token of. ERR_RATE
 * when too much waits already. */
int matter_upload_add(struct ctx *, struct str token, const struct matter_upload *);
/* Forget uploads from before @before, at most @max. */
int matter_upload_sweep(struct ctx *, struct instant before, int max, int *ret_n);

/* Files about to become a matter's. */
struct matter_files {
        struct matter_upload row[MATTER_FILES_STEP_MAX];
        struct str token[MATTER_FILES_STEP_MAX];
        int32_t first; /* their numbers in the matter: first, first + 1, … */
        size_t n;
};
/* Look up @tokens, parted by blanks. @had: files that the matter has. ERR_UNKNOWN, ERR_RANGE, ERR_RIGHT naming @field. */
int matter_files_find(struct ctx *, const struct town *, struct str tokens, int32_t had, const char *field, struct matter_files *ret);
/* "files":[{"k":1,"kind":"photo","hash":"…"}] for the event; nothing when there are none. */
void matter_files_body(struct json *, const struct matter_files *);
/* Make them the matter's, beside event @n. @shown: the reporter sees them. ERR_CONFLICT when another was faster with a token. */
int matter_files_take(struct ctx *, int64_t matter, int32_t n, const struct matter_files *, bool shown);

struct matter_file {
        int32_t k, n;
        struct matter_upload of;
        bool reporter;              /* the reporter sent it */
        bool shown;                 /* the reporter sees it */
        bool withheld;              /* this asker may not have it: set by whoever shows it */
        struct str erased;          /* by whom and on which basis; then bytes and name are gone */
};
struct matter_file_rows { struct matter_file *row; size_t n; };
int matter_files(struct ctx *, int64_t matter, struct matter_file_rows *ret);
/* ERR_NONE when there is none such, or it is erased. */
int matter_file_find(const struct matter_file_rows *, int64_t k, const struct matter_file **ret, struct err *err);

/* Erase one. ERR_NONE when there is nothing left to erase. In matter_erase all of them go. */
int matter_file_erase(struct ctx *, int64_t matter, int64_t k, struct str basis);

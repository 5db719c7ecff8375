/* api/bundle.h — all that goes back upstream with a reply, ready to be pasted and uploaded: the text, the demanded fields, the files.
 *
 * Of the files only those are released that the unit put to its answer of this round: harmless copies as media made them, which the
 * reporter sees too. What the reporter sent (their voice, their door) and what a handler kept for the office stays here; so does what
 * stands at another matter of the same cause. Names of the files say nothing; a paper keeps its own name out of the bundle.
 */
#pragma once
#include "matter/files.h"
#include "matter/reply.h"

#define BUNDLE_BYTES_MAX ((int64_t)64 << 20) /* of an archive: it is made in memory */

struct bundle_part {
        struct str name;                 /* "reply.txt", "photo-3.jpg" */
        struct str text;                 /* of the first two */
        const struct matter_file *file;  /* of the others */
};
struct bundle {
        struct bundle_part *part;
        size_t n;
        int64_t bytes;
};
/* What belongs to @reply of @m. Memory from ctx->arena. */
int bundle_of(struct ctx *, const struct town *, const struct matter *, const struct reply *, struct bundle *ret);
/* The bytes of one part at the end of the open file @fd. ERR_IO. */
int bundle_copy(struct ctx *, const struct bundle_part *, int fd);
/* "photo-3.jpg": what a file is called outside. Memory from ctx->arena. */
struct str bundle_file_name(struct ctx *, const struct matter_file *);
/* All of it as a ZIP archive (libzip) into @fd, its times ctx->now. ERR_TOO_BIG, ERR_IO. */
int bundle_zip(struct ctx *, const struct bundle *, int fd);

/* matter/inner/verify.h — the parts of matter_verify. */
#pragma once
#include "matter/matter.h"

#define VERIFY_PAGE 500
#define SAID_LEAD "{\"said\":\"" /* how the body of an event begins that has an entry */

/* Counts a fault; the first one becomes the sentence in ctx->err. */
void verify_fault(struct ctx *, struct matter_check *, int64_t id, const char *zh, const char *en);
/* Does every row say what its events say? Told event by event from "opened" on, the row must come out; and no row or
 * entry may be gone that an event names. */
int verify_events(struct ctx *, struct matter_check *);
/* Is every file there that was not erased, and does its event name its hash? matter/files.c */
int verify_files(struct ctx *, struct matter_check *);
/* Erase the files of a matter; @said: only what the reporter sent. */
int files_erase(struct ctx *, int64_t matter, struct str by, bool said, int64_t *ret_n);
/* Has every hand-over its matter? */
int passage_verify(struct ctx *, struct matter_check *);
/* Has every order from upstream its matter, and is none owed on a matter that has ended? */
int verify_orders(struct ctx *, struct matter_check *);

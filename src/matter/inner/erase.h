/* matter/inner/erase.h — what erasing asks of whoever writes, and of the proof. */
#pragma once
#include "matter/matter.h"

/* Something was written beside a matter that has ended: it may have been erased before, and is to be looked at again when its time is
 * over. */
int erase_counts_anew(struct ctx *, int64_t id);
/* Faults: a matter that counts as erased and holds words. */
int verify_erased(struct ctx *, struct matter_check *);

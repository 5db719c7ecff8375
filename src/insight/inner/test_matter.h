/* insight/inner/test_matter.h — matters for the tests of this room: a row, an entry and events, without the rest of the
 * house. */
#pragma once
#include "matter/matter.h"
#include "store/store_test_util.h"

struct test_matter {
        int64_t id;
        const char *title, *words; /* NULL = no entry */
        const char *clocks;
        const char *unit, *grid, *subject;
        bool anonymous;
        struct matter m; /* made by test_matter_open; change it and save */
};
/* For ctx.town: the row, the event "opened" and what was written. Fails the test on error. */
void test_matter_open(struct store *, struct test_ctx *, struct test_matter *);
/* Save what was changed in ->m, with an event of this kind; "erased" takes the words away too. */
void test_matter_step(struct store *, struct test_ctx *, struct test_matter *, const char *kind);
/* Seal what happened so far. */
void test_seal(struct store *, struct test_ctx *);

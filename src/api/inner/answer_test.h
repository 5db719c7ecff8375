/* api/inner/answer_test.h — for tests: is an answer what the document says of its route? */
#pragma once
#include "api/inner/test_client.h"
#include "api/router.h"

/* Ends the test, naming route and member, when an answer to @method @target has another status of success, another content type, an
 * undeclared member, lacks one that is always there, or has one of another type; so too a refusal that is no problem document. */
void answer_hold(const struct router *, const char *method, const char *target, const struct got *);
/* The first member that is wrong, as its path, and why; NULL when all is as declared. For answer_hold, and its own test. */
const char *answer_wrong(struct arena *, const struct shape *, enum answer_form, struct str body);

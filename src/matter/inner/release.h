/* matter/inner/release.h — what erasing and the proof ask of what was released. */
#pragma once
#include <json-c/json.h>
#include "matter/release.h"

/* Its words are gone, and so is the rest. */
int release_erase(struct ctx *, int64_t matter);
/* The rows say what the events say; a fault counts in @check. */
int release_verify(struct ctx *, struct matter_check *check);
/* For the fold: does the event say that it is released (1), that it is not (0), or nothing (-1)? */
int release_said(struct str kind, struct json_object *body);

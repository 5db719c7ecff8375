/* insight/why_text.h — the stored explanation of a dispatch (matter_why), told to a clerk in sentences.
 *
 * The JSON is the record and stays as it is; this only reads it aloud: where, about what, who, until when, and on what
 * that rests. Names of orgs, places, subjects and duties are those of @town, which should be the version that the
 * record names; what that town does not know is told by its code.
 */
#pragma once
#include "town/town.h"

/* Appends one line for each point. Keys that are absent are passed over. ERR_BAD, ERR_UTF8 when it is no JSON object.
 */
int why_sentences(struct str json, const struct town *, enum lang, struct buf *out);

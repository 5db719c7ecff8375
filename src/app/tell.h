/* app/tell.h — what several commands say in the same way: findings, buffers, and a town folder read just to ask it something. */
#pragma once
#include "app/command.h"
#include "base/buf.h"
#include "base/finding.h"
#include "town/town.h"

/* The bytes and a newline on standard output. */
void tell_buf(const struct args *, const struct buf *);
/* Findings as lines for people, or as the JSON of `linli check`. */
void tell_findings(const struct args *, const struct findings *, bool as_json);
/* A folder parsed for a question (where, when): findings are told on standard error only when it cannot be used at all.
 * EXIT_FINE, or EXIT_USAGE for an unreadable folder. */
int town_for_asking(struct args *, struct str dir, struct town **ret);

/* app/tell.h — what several commands say in the same way: findings, buffers, and a town folder read just to ask it
 * something. */
#pragma once
#include "app/command.h"
#include "base/buf.h"
#include "base/finding.h"
#include "town/town.h"

/* The bytes and a newline on standard output. */
void tell_buf(const struct args *, const struct buf *);
/* Findings as lines for people, or as the JSON of `linli check`. */
void tell_findings(const struct args *, const struct findings *, bool as_json);

/* A folder read, parsed and checked. */
struct judged {
        struct folder *folder;
        struct town *town;     /* NULL when town.yaml gives no code; town_unref it */
        struct findings found; /* sorted */
};
/* EXIT_FINE whatever was found, or EXIT_USAGE for an unreadable folder after telling so. */
int town_judge(struct args *, struct str dir, const struct town_load_options *, struct judged *ret);

/* A folder parsed for a question (where, when): findings are told on standard error only when it cannot be used at all.
 * EXIT_FINE, or EXIT_USAGE for an unreadable folder. */
int town_for_asking(struct args *, struct str dir, struct town **ret);
/* The same for its places and grids alone: all other files, town.yaml too, may be absent or wrong. */
int ground_for_asking(struct args *, struct str dir, struct town **ret);

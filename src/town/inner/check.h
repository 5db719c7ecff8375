/* town/inner/check.h — the rules that need several files, one function a topic. */
#pragma once
#include "duty/check.h"
#include "town/town.h"

struct checking {
        const struct town *t;
        struct day today;
        struct findings *f;
        struct arena *scratch;
        const struct duty_grid *grid; /* every place of kind grid, with its path cut */
        uint32_t n_grids;
};

/* town.place, town.fallback, town.upper, town.no-posts, town.limit-default, town.limit-unused, place.outside. */
void check_town(const struct checking *);
/* place.community-no-grid, thing.elsewhere, agreement.lead-grid, agreement.out-of-date; place.grid-size and the
 * geometry of the grids from the room place. */
void check_ground(const struct checking *);
/* procedure.right-unheld, post.lead-without-post, org.without-account, role.grid-worker, post.grid-worker,
 * roster.officer-without-post. */
void check_people(const struct checking *);

/* Of those errors for which something stands in while a town tries things out, make warnings that say what. */
void relax_findings(const struct town *, struct findings *);

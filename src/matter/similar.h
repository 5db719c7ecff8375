/* matter/similar.h — is this perhaps reported already? Advice for whoever joins matters (matter/voices.h), never a decision.
 *
 * Looked at are open matters without an answer in the same grid and, where a point is known, in grids within the town's distance:
 * the newest SIMILAR_LOOK of them, not older than the town's days, of the same subject or one with the same ancestor (or one
 * of the two not known). Two points farther apart than the distance are two things. Ranked by how alike the
 * words are (duty/alike.h). Distance, days and percentage are the town's: `similar` in town.yaml. Complaints about a unit or person
 * are never looked at.
 */
#pragma once
#include "matter/matter.h"

#define SIMILAR_LOOK 300 /* of a grid */
#define SIMILAR_MAX 10

struct similar_ask {
        int64_t except;                  /* the matter itself, or 0 */
        bool released;                   /* only what a clerk made public, or what waits for it */
        struct str title, words, subject, grid; /* subject and grid "" = not known */
        bool has_point;
        struct point point;              /* WGS 84 */
};
struct similar_row {
        int64_t id, cause;               /* the matter that is alike, and the one to join: itself, or its cause */
        int32_t percent, voices;         /* voices joined to @cause as far as known from this row */
        double metres;                   /* INFINITY while a point is not known */
        struct str subject, state, grid, path, unit_path, assist, called;
        struct instant opened;
};
struct similar_rows { struct similar_row row[SIMILAR_MAX]; size_t n; };

/* The most alike first, one row a cause, all at or above the town's percentage. */
int matter_similar(struct ctx *, const struct town *, const struct similar_ask *, struct similar_rows *ret);
/* What to ask about a stored matter. ERR_NONE when its words were erased. */
int matter_similar_ask(struct ctx *, const struct town *, const struct matter *, struct similar_ask *ret);
/* And about a decided intake, before it is one. */
struct similar_ask intake_similar_ask(const struct intake *);

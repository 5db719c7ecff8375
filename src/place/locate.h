/* place/locate.h — the whole decision: which grid does this point go to, and how sure is that?
 *
 * Inside a grid; or nearest to one; or by an agreement of the neighbours; or the desk, where a person
 * decides. A tie on a boundary always goes the same way and is said to be one. Pure: reads what it is
 * given, allocates nothing, so the same question for a past date gives that date's answer.
 */
#pragma once
#include "place/agreement.h"
#include "place/grid.h"
#include "place/thing.h"

/* A building's thing must stand this near to name the building. */
#define LOCATE_BUILDING_METRES 30.0
#define LOCATED_OTHERS_MAX 4

/* What a town knows about its ground. None is owned; things and agreements may be NULL. */
struct locator {
        const struct places *places;
        const struct grids *grids;
        const struct grid_index *index;
        const struct things *things;
        const struct agreements *agreements;
        double nearest_metres; /* town.yaml nearest_metres */
};

struct locate_in {
        bool has_point;    /* false: words only, for the desk */
        struct point p;    /* as the reporter's map gave it */
        enum datum datum;  /* and what that map's coordinates are */
        double accuracy_m; /* radius; < 0 = unknown */
        struct day on;     /* agreements in force on that day */
};

enum located_how { LOCATED_INSIDE, LOCATED_NEAREST, LOCATED_AGREEMENT, LOCATED_DESK };

/* Texts are views of the locator's tables. */
struct located {
        enum located_how how;
        struct point point;                    /* WGS 84 */
        struct str grid;                       /* "" only at the desk */
        struct str building;                   /* code of a building within the grid, or "" */
        double metres;                         /* to the grid's boundary when nearest; 0 inside; -1 at the desk */
        struct str agreement;                  /* its code, or "" */
        struct str agreement_lead;             /* a grid code (then it is `grid` too) or an org code */
        bool tie;                              /* on a boundary, or grids overlap: decided by the fixed rule alone */
        struct str others[LOCATED_OTHERS_MAX]; /* further grids that hold, touch or may hold the point */
        size_t n_others;
        bool ask; /* the circle of accuracy touches several grids: ask "is it here?" */
};

/* OK, or ERR_RANGE with the field "lat" or "lon" when the point is not on earth; @err may be NULL. */
int locate(const struct locator *, const struct locate_in *, struct located *ret, struct err *err);

/* "inside", "nearest", "agreement", "desk" */
const char *located_name(enum located_how);

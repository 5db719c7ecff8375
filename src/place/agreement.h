/* place/agreement.h — what neighbours have agreed on: shared streets, enclaves, concurrent powers.
 *
 *   street      (共用街道) between the listed places runs a shared street; a point on or near their common
 *               boundary is taken by the lead
 *   enclave     (飞地, 插花地) a point inside a listed place is taken by the lead
 *   concurrent  (职责交叉) several organisations hold the power in the listed places; the lead is who begins
 *
 * Read once from agreements.csv, then shared by many threads without change.
 */
#pragma once
#include "base/day.h"
#include "place/place.h"

enum agreement_kind { AGREEMENT_STREET, AGREEMENT_ENCLAVE, AGREEMENT_CONCURRENT };
const char *agreement_kind_name(enum agreement_kind);

/* How near to the common boundary of a street's grids a point is taken by the lead: half of a wide street. */
#define AGREEMENT_STREET_METRES 15.0

struct agreement {
        struct str code;
        enum agreement_kind kind;
        struct str *places; /* grid or community codes, at least one */
        size_t n_places;
        struct str lead;   /* an org code, or the code of the grid that takes the point */
        bool lead_is_grid; /* the lead is a place of kind grid; otherwise the town room knows the org */
        struct str document;
        struct day since, until; /* first and last day; DAY_NONE = open */
        int32_t line;
};

struct agreements {
        struct agreement *row; /* by code */
        size_t n;
};

/* OK even when there were findings. Findings, all errors: those of csv_read and agreement.code
 * agreement.duplicate agreement.kind agreement.place (unknown, or neither grid nor community)
 * agreement.places (a street needs two) agreement.date, and as a warning agreement.clash (two of the same
 * kind are in force at the same time for the same places). Rows with errors are left out. */
int agreements_read(struct arena *, struct str text, const struct places *, struct findings *, struct agreements *ret);

static inline bool agreement_holds(const struct agreement *a, struct day on)
{
        return (day_is_none(a->since) || a->since.n <= on.n) && (day_is_none(a->until) || on.n <= a->until.n);
}

/* Does one of its places hold @place? Returns which, or -1. */
int agreement_lists(const struct agreement *, const struct places *, struct str place);

/* The agreement of @kind in force on @on one of whose places holds @place; the lowest code when several
 * do, NULL when none does. */
const struct agreement *agreement_find(const struct agreements *, const struct places *, enum agreement_kind kind,
                                       struct str place, struct day on);

/* The street agreement in force on @on between the grids near a point: @grids[0] is where it lies (or is
 * nearest), and an agreement counts when that grid and another one belong to different places it lists. */
const struct agreement *agreement_street(const struct agreements *, const struct places *, const struct str *grids,
                                         size_t n, struct day on);

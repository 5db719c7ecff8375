#include "place/locate.h"

const char *located_name(enum located_how how)
{
        static const char *const names[] = { "inside", "nearest", "agreement", "desk" };
        return names[how];
}

static struct str code_of(const struct locator *l, uint32_t grid)
{
        return l->grids->row[grid].code;
}

static void add_other(struct located *out, struct str code)
{
        if (str_eq(code, out->grid) || out->n_others == LOCATED_OTHERS_MAX)
                return;
        for (size_t i = 0; i < out->n_others; i++) {
                if (str_eq(code, out->others[i]))
                        return;
        }
        out->others[out->n_others++] = code;
}

static void take_hit(const struct locator *l, const struct grid_hit *hit, struct located *out)
{
        out->how = hit->how == GRID_INSIDE ? LOCATED_INSIDE : LOCATED_NEAREST;
        out->grid = code_of(l, hit->grid);
        out->metres = hit->metres;
        out->tie = hit->n_others > 0;
        for (uint32_t i = 0; i < hit->n_others && i < GRID_OTHERS_MAX; i++)
                add_other(out, code_of(l, hit->others[i]));
}

/* Buildings have no polygons: a thing of kind building with a point stands for one. */
static void find_building(const struct locator *l, struct located *out)
{
        const struct thing *t =
                l->things ? thing_near(l->things, STR("building"), out->point, LOCATE_BUILDING_METRES, NULL) : NULL;
        const struct place *p = t ? place_find(l->places, t->place) : NULL;
        if (p && p->kind == PLACE_BUILDING && place_within(l->places, p->code, out->grid))
                out->building = p->code;
}

/* The grids a street agreement could join here. A street that no grid covers may be wide: there the second
 * grid is looked for beyond the first. */
static const struct agreement *find_street(const struct locator *l, const struct located *out, struct day on)
{
        struct grid_nears near;
        struct str codes[GRID_NEAR_MAX + 1] = { out->grid };
        size_t n = 1;
        if (grid_crossing(l->index, out->point, out->metres + AGREEMENT_STREET_METRES, &near) != OK)
                return NULL;
        for (size_t i = 0; i < near.n; i++) {
                struct str code = code_of(l, near.row[i].grid);
                if (!str_eq(code, out->grid))
                        codes[n++] = code;
        }
        return agreement_street(l->agreements, l->places, codes, n, on);
}

static void take_agreement(const struct agreement *a, struct located *out)
{
        out->how = LOCATED_AGREEMENT;
        out->agreement = a->code;
        out->agreement_lead = a->lead;
        out->tie = false;
        if (!a->lead_is_grid || str_eq(a->lead, out->grid))
                return;
        struct str was = out->grid;
        out->grid = a->lead;
        add_other(out, was);
        for (size_t i = 0; i < out->n_others; i++) {
                if (str_eq(out->others[i], a->lead))
                        out->others[i] = out->others[--out->n_others];
        }
}

static void apply_agreements(const struct locator *l, struct day on, struct located *out)
{
        if (!l->agreements || l->agreements->n == 0)
                return;
        const struct agreement *a = find_street(l, out, on);
        if (a) {
                take_agreement(a, out);
                return;
        }
        if (out->how != LOCATED_INSIDE)
                return;
        a = agreement_find(l->agreements, l->places, AGREEMENT_ENCLAVE, out->grid, on);
        if (a && !str_eq(a->lead, out->grid))
                take_agreement(a, out);
}

/* A circle that reaches into several grids cannot tell which one the phone stands in. */
static void check_accuracy(const struct locator *l, double accuracy, struct located *out)
{
        struct grid_nears near;
        if (!(accuracy > 0) || grid_crossing(l->index, out->point, accuracy, &near) != OK || near.n < 2)
                return;
        out->ask = true;
        for (size_t i = 0; i < near.n; i++)
                add_other(out, code_of(l, near.row[i].grid));
}

int locate(const struct locator *l, const struct locate_in *in, struct located *ret, struct err *err)
{
        struct located out = { .how = LOCATED_DESK, .metres = -1, .point = in->p };
        if (!in->has_point) {
                *ret = out;
                return OK;
        }
        int rc = point_check(in->p, err);
        if (rc != OK)
                return rc;

        out.point = datum_to_wgs84(in->datum, in->p);
        struct grid_hit hit;
        rc = grid_locate(l->index, out.point, l->nearest_metres, &hit);
        if (rc != OK)
                return rc;
        if (hit.how != GRID_NONE) {
                take_hit(l, &hit, &out);
                find_building(l, &out);
                apply_agreements(l, in->on, &out);
        }
        check_accuracy(l, in->accuracy_m, &out);
        *ret = out;
        return OK;
}

#include "place/geojson.h"
#include "town/inner/check.h"

/* A community without grids has nowhere to send its matters but its secretary or the desk. */
static void check_communities(const struct checking *c)
{
        const struct places *ps = &c->t->places;
        bool *has = arena_array(c->scratch, bool, ps->n);
        for (uint32_t i = 0; i < ps->n; i++)
                if (ps->row[i].kind == PLACE_GRID)
                        for (uint32_t up = ps->row[i].up; up != MAP_NONE; up = ps->row[up].up)
                                has[up] = true;
        for (uint32_t i = 0; i < ps->n; i++)
                if (ps->row[i].kind == PLACE_COMMUNITY && !has[i])
                        finding_add(c->f, "place.community-no-grid", SEV_WARNING, STR("places.csv"), ps->row[i].line,
                                    (struct say){ "划分网格，或核对网格的 parent",
                                                  "Draw its grids, or look at their parent" },
                                    "社区 %.*s 没有网格", "The community %.*s has no grid", STR_ARG(ps->row[i].code));
}

/* A thing that stands in another grid than its row says is sent to the wrong people. */
static void check_thing_place(const struct checking *c, const struct thing *x)
{
        const struct town *t = c->t;
        struct grid_hit hit;
        if (!x->has_point || x->place.n == 0 || grid_locate(t->index, x->point, 0, &hit) != OK)
                return;
        if (hit.how != GRID_INSIDE || hit.boundary || hit.n_others > 0)
                return;
        struct str grid = t->grids.row[hit.grid].code;
        if (place_within(&t->places, x->place, grid) || place_within(&t->places, grid, x->place))
                return;
        finding_add(c->f, "thing.elsewhere", SEV_WARNING, STR("things.csv"), x->line,
                    (struct say){ "核对坐标（WGS 84）和地点", "Look at the point (WGS 84) and the place" },
                    "设施 %.*s 写在 %.*s，坐标却落在网格 %.*s",
                    "The thing %.*s is said to be in %.*s, but its point lies in grid %.*s", STR_ARG(x->code),
                    STR_ARG(x->place), STR_ARG(grid));
        finding_shape(c->f, geojson_point_text(c->f->arena, x->point));
}

/* A concurrent power begins with an organisation; a street or an enclave goes to a grid or to one. */
static void check_agreement(const struct checking *c, const struct agreement *a)
{
        if (a->kind == AGREEMENT_CONCURRENT && a->lead_is_grid)
                finding_add(c->f, "agreement.lead-grid", SEV_ERROR, STR("agreements.csv"), a->line,
                            (struct say){ "写先行牵头的单位", "Name the organisation that begins" },
                            "职责交叉的约定 %.*s 应写单位，不是网格",
                            "The agreement %.*s on concurrent powers needs an organisation", STR_ARG(a->code));
        if (!day_is_none(a->until) && a->until.n < c->today.n) {
                char until[11];
                finding_add(c->f, "agreement.out-of-date", SEV_WARNING, STR("agreements.csv"), a->line,
                            (struct say){ "续签后改写 until，或删去", "Renew it and move until, or remove the row" },
                            "约定 %.*s 已于 %s 失效", "The agreement %.*s ended on %s", STR_ARG(a->code),
                            day_format(a->until, until));
        }
}

void check_ground(const struct checking *c)
{
        const struct town *t = c->t;
        check_communities(c);
        places_check_size(&t->places, place_limits_default, c->f);
        for (size_t i = 0; i < t->things.n; i++)
                check_thing_place(c, &t->things.row[i]);
        for (size_t i = 0; i < t->agreements.n; i++)
                check_agreement(c, &t->agreements.row[i]);
        grids_check(&t->grids, &t->places, c->f);
}

#include "procedure/check.h"
#include "town/inner/check.h"
#include "town/inner/read.h"

static const struct str file = { "town.yaml", 9 };

/* ---- the town itself -------------------------------------------------------------------------------------------- */

static void check_place(const struct checking *c)
{
        const struct town *t = c->t;
        const struct place *own = place_find(&t->places, t->code);
        struct say hint = { "在 places.csv 写上本乡镇（街道）的一行", "Give the town a row of its own in places.csv" };
        if (!own)
                finding_add(c->f, "town.place", SEV_ERROR, file, t->line.code, hint, "places.csv 中没有代码 %.*s",
                            "There is no place %.*s in places.csv", STR_ARG(t->code));
        else if (own->kind > PLACE_TOWNSHIP)
                finding_add(c->f, "town.place", SEV_ERROR, file, t->line.code, hint,
                            "代码 %.*s 是 %s，不是乡镇（街道）或其上级",
                            "The code %.*s is a %s, not a township or above", STR_ARG(t->code),
                            place_kind_name(own->kind));
        for (size_t i = 0; own && i < t->places.n; i++) {
                const struct place *p = &t->places.row[i];
                if (path_within(p->path, own->path) || path_within(own->path, p->path))
                        continue;
                finding_add(c->f, "place.outside", SEV_ERROR, STR("places.csv"), p->line,
                            (struct say){ "一个文件夹只装一个乡镇（街道）；核对 parent",
                                          "A folder holds one town; look at parent" },
                            "%.*s 不在 %.*s 之内", "%.*s lies outside %.*s", STR_ARG(p->code), STR_ARG(t->code));
        }
}

/* Can somebody of the fallback unit do this for the whole town? */
static void fallback_may(const struct checking *c, enum right right)
{
        const struct town *t = c->t;
        struct post_query q = { .org = t->fallback, .path = t->path, .right = right, .day = c->today };
        struct post_choice choice;
        if (post_for(&t->posts, &q, &choice) == OK)
                return;
        finding_add(c->f, "town.fallback", SEV_ERROR, file, t->line.fallback,
                    (struct say){ "在 posts.csv 给它一个全域的岗位，角色含这项权限，并写上在职的人",
                                  "Give it a post over the whole town with that right and somebody in service" },
                    "兜底单位 %.*s 没有人可以在全域行使 %s",
                    "Nobody in the fallback unit %.*s may do %s for the whole town", STR_ARG(t->fallback),
                    right_name(right));
}

static void check_fallback(const struct checking *c)
{
        const struct town *t = c->t;
        const struct org *o = org_find(&t->orgs, t->fallback);
        if (t->fallback.n == 0)
                return; /* said when town.yaml was read */
        if (!o) {
                finding_add(c->f, "town.fallback", SEV_ERROR, file, t->line.fallback,
                            (struct say){ "改为 orgs.csv 中的代码", "Use a code of orgs.csv" }, "兜底单位 %.*s 不存在",
                            "The fallback unit %.*s does not exist", STR_ARG(t->fallback));
                return;
        }
        if (o->reach != ORG_BY_ACCOUNT || o->relation != ORG_OWN || o->kind == ORG_COMMITTEE)
                finding_add(c->f, "town.fallback", SEV_ERROR, file, t->line.fallback,
                            (struct say){ "兜底单位应是本级的、有账号的单位，且不是居（村）委会",
                                          "It must be an own unit with accounts, and no residents' committee" },
                            "%.*s 不能兜底：%s、%s、%s", "%.*s cannot be the fallback unit: %s, %s, %s",
                            STR_ARG(o->code), org_kind_name(o->kind), org_relation_name(o->relation),
                            org_reach_name(o->reach));
        if (t->absent.posts) {
                finding_add(c->f, "town.no-posts", SEV_WARNING, STR("posts.csv"), 0,
                            (struct say){ "写上 staff.csv 和 posts.csv", "Write staff.csv and posts.csv" },
                            "没有岗位：没有人能签收、派单、答复",
                            "There are no posts: nobody can sign for, send or answer");
                return;
        }
        fallback_may(c, RIGHT_MATTER_SIGN);
        fallback_may(c, RIGHT_MATTER_DISPATCH);
        fallback_may(c, RIGHT_MATTER_ANSWER);
}

static void check_upper(const struct checking *c)
{
        const struct town *t = c->t;
        const struct org *o = org_find(&t->orgs, t->upper);
        struct say hint = { "写 orgs.csv 中 relation 为 upper 的单位",
                            "Name an organisation of orgs.csv whose relation is upper" };
        if (t->upper.n == 0)
                finding_add(c->f, "town.upper", SEV_WARNING, file, t->line.upper ? t->line.upper : 1, hint,
                            "没有写上级单位：要上报的事项留在兜底单位",
                            "No superior is named: what should go up stays with the fallback unit");
        else if (!o)
                finding_add(c->f, "town.upper", SEV_ERROR, file, t->line.upper, hint, "上级单位 %.*s 不存在",
                            "The superior %.*s does not exist", STR_ARG(t->upper));
        else if (o->relation != ORG_UPPER)
                finding_add(c->f, "town.upper", SEV_ERROR, file, t->line.upper, hint, "%.*s 不是上级单位",
                            "%.*s is not a superior", STR_ARG(t->upper));
}

/* ---- limits ----------------------------------------------------------------------------------------------------- */

static bool set_by_town(const struct town *t, struct str id)
{
        for (size_t i = 0; i < t->n_limits; i++)
                if (str_eq(t->limits[i].id, id))
                        return true;
        return false;
}

static void limit_in_use(const struct checking *c, struct map *used, struct str id)
{
        if (id.n == 0 || map_put(used, c->scratch, id, 0) != MAP_NONE || set_by_town(c->t, id) || !default_limit(id))
                return;
        const struct town_limit *l = default_limit(id);
        struct say unit = due_unit_say(l->unit);
        const char *zh = arena_printf(c->scratch, "%d %s", (int)l->limit, unit.zh);
        const char *en = arena_printf(c->scratch, "%d %s", (int)l->limit, unit.en);
        finding_add(c->f, "town.limit-default", SEV_WARNING, file, c->t->line.limits,
                    (struct say){ "在 limits 下写上本地的时限、出处和复核日期",
                                  "Write the town's own under limits, with source and review date" },
                    "没有设时限 %.*s，暂用产品自带的 %s%.0s", "Limit %.*s is not set; the product's %.0s%s stand in",
                    STR_ARG(id), zh, en);
}

static void check_limits(const struct checking *c)
{
        struct map used;
        map_init(&used, c->scratch, TOWN_PROCEDURES_MAX);
        for (size_t i = 0; i < c->t->n_procedures; i++) {
                const struct procedure *p = c->t->procedures[i];
                for (size_t k = 0; k < p->n_clocks; k++) {
                        limit_in_use(c, &used, p->clock[k].limit);
                        limit_in_use(c, &used, p->clock[k].urgent);
                }
        }
        for (size_t i = 0; i < c->t->n_limits; i++) {
                const struct town_limit *l = &c->t->limits[i];
                if (map_get(&used, l->id) == MAP_NONE && !default_limit(l->id))
                        finding_add(c->f, "town.limit-unused", SEV_WARNING, file, l->line,
                                    (struct say){ "核对写法，或删去", "Look at the spelling, or remove it" },
                                    "没有流程用到时限 %.*s", "No procedure uses the limit %.*s", STR_ARG(l->id));
        }
}

void check_town(const struct checking *c)
{
        check_place(c);
        check_fallback(c);
        check_upper(c);
        check_limits(c);
}

/* ---- all of it -------------------------------------------------------------------------------------------------- */

static void cut_paths(struct checking *c)
{
        const struct places *ps = &c->t->places;
        struct duty_grid *grid = arena_array(c->scratch, struct duty_grid, ps->n);
        for (size_t i = 0; i < ps->n; i++) {
                struct str part[LEAD_PATH_MAX];
                if (ps->row[i].kind != PLACE_GRID)
                        continue;
                uint32_t n = lead_path(ps->row[i].path, part);
                struct str *path = arena_array(c->scratch, struct str, n);
                memcpy(path, part, n * sizeof(part[0]));
                grid[c->n_grids++] = (struct duty_grid){ .code = ps->row[i].code, .path = path, .n_path = n };
        }
        c->grid = grid;
}

static bool place_exists(const void *places, struct str code)
{
        return place_find(places, code) != NULL;
}

void town_check(const struct town *t, const struct town_load_options *opt, struct findings *f)
{
        ARENA_AUTO scratch = { 0 };
        struct checking c = { .t = t, .today = opt->today, .f = f, .scratch = &scratch };
        if (day_is_none(opt->today))
                BUG("a folder is judged on some day");
        cut_paths(&c);
        check_town(&c);
        check_ground(&c);
        check_people(&c);
        struct duty_check duties = { .book = &t->book,
                                     .orgs = town_duty_orgs(t),
                                     .place_exists = place_exists,
                                     .places = &t->places,
                                     .grid = c.grid,
                                     .n_grids = c.n_grids,
                                     .today = opt->today };
        duties_check(&duties, f);
        if (opt->trial)
                relax_findings(t, f);
        findings_sort(f);
}

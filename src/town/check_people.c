#include "town/inner/check.h"

/* Who may stand in a post is one thing; here: does every duty, every right and every shift end at somebody? */

static bool acts(const struct checking *c, const struct post *p, enum right right)
{
        bool backup;
        const struct posts *all = &c->t->posts;
        return p->role != POST_NONE && (all->world.roles->row[p->role].rights & right_bit(right)) &&
               post_acting(all, p, c->today, &backup);
}

static bool reached(const struct checking *c, struct str org, struct str path, enum right right)
{
        struct post_query q = { .org = org, .path = path, .right = right, .day = c->today };
        struct post_choice choice;
        return post_for(&c->t->posts, &q, &choice) == OK;
}

/* Signing for a matter and answering it: who leads must be able to do both, not the same person. */
static bool served(const struct checking *c, struct str org, struct str path)
{
        return reached(c, org, path, RIGHT_MATTER_SIGN) && reached(c, org, path, RIGHT_MATTER_ANSWER);
}

static struct str path_of(const struct checking *c, struct str code)
{
        const struct place *p = place_find(&c->t->places, code);
        return p ? p->path : c->t->path;
}

/* ---- rights that a procedure uses ------------------------------------------------------------------------------- */

/* In how many grids does nobody hold the right? *ret_first is one of them. */
static uint32_t grids_without(const struct checking *c, enum right right, struct str *ret_first)
{
        const struct posts *all = &c->t->posts;
        struct str *held = arena_array(c->scratch, struct str, all->n);
        size_t n_held = 0;
        uint32_t without = 0;
        for (size_t i = 0; i < all->n; i++) {
                if (!acts(c, &all->row[i], right))
                        continue;
                if (all->row[i].whole_town)
                        return 0;
                held[n_held++] = all->row[i].place_path;
        }
        for (uint32_t g = 0; g < c->n_grids; g++) {
                struct str path = path_of(c, c->grid[g].code);
                size_t i = 0;
                while (i < n_held && !path_within(path, held[i]))
                        i++;
                if (i == n_held && without++ == 0)
                        *ret_first = c->grid[g].code;
        }
        if (c->n_grids == 0 && n_held == 0) {
                *ret_first = c->t->code;
                return 1;
        }
        return without;
}

static void check_rights(const struct checking *c, const struct procedure *p)
{
        bool product = c->t->absent.request && str_is(p->code, "request");
        for (size_t i = 0; i < p->n_rights; i++) {
                struct str first = { 0 };
                uint32_t n = grids_without(c, (enum right)p->right[i].bit, &first);
                if (n == 0)
                        continue;
                finding_add(c->f, "procedure.right-unheld", SEV_ERROR, product ? STR("posts.csv") : p->file,
                            product ? 0 : p->right[i].line,
                            (struct say){ "给某个岗位的角色加上这项权限，岗位的地点要覆盖这些网格",
                                          "Give the right to the role of a post whose place covers those grids" },
                            "流程 %.*s 用到的权限 %.*s，在 %.*s 等 %u 个网格没有人持有",
                            "Procedure %.*s uses the right %.*s; in %.*s and %u grids in all nobody holds it",
                            STR_ARG(p->code), STR_ARG(p->right[i].name), STR_ARG(first), n);
        }
}

/* ---- leads that must be reached --------------------------------------------------------------------------------- */

/* An org that is asked to answer, and where that was written. */
struct asked {
        const struct org *org;
        struct str file, path; /* of the place for which it answers */
        int32_t line;
};

/* What is known about an org after it was looked at once for the whole town. */
struct looked {
        bool seen, gap, told;
        struct str example;
};

static void look_at(const struct checking *c, const struct org *o, struct looked *l)
{
        l->seen = true;
        if (served(c, o->code, c->t->path))
                return;
        l->gap = c->n_grids == 0;
        l->example = c->t->code;
        for (uint32_t g = 0; !l->gap && g < c->n_grids; g++) {
                l->gap = !served(c, o->code, path_of(c, c->grid[g].code));
                l->example = c->grid[g].code;
        }
}

/* The next unit above in which somebody could take it, or NULL: then only the fallback unit is left. */
static const struct org *taken_above(const struct checking *c, const struct org *o, struct str path)
{
        for (uint32_t up = o->up; up != ORG_NONE; up = c->t->orgs.row[up].up)
                if (reached(c, c->t->orgs.row[up].code, path, RIGHT_MATTER_DISPATCH) ||
                    reached(c, c->t->orgs.row[up].code, path, RIGHT_MATTER_SIGN))
                        return &c->t->orgs.row[up];
        return NULL;
}

static void tell_unreached(const struct checking *c, const struct asked *a, struct str place)
{
        const struct org *up = taken_above(c, a->org, path_of(c, place));
        struct str next = up ? up->code : c->t->fallback;
        finding_add(
                c->f, "post.lead-without-post", up ? SEV_WARNING : SEV_ERROR, a->file, a->line,
                (struct say){
                        "在 posts.csv "
                        "给它可以签收和答复（matter.sign、matter.answer）的岗位，地点覆盖这里；没有账号的单位把 reach "
                        "改为 letter 等",
                        "Give it posts that may sign for matters and answer them (matter.sign, matter.answer) there; a "
                        "unit without accounts has "
                        "another reach, such as letter" },
                "牵头单位 %.*s 在 %.*s 没有人可以签收并答复，事项最终会转到 %.*s",
                "In %.*s nobody may both sign for and answer matters at %.*s; they would end up with %.*s",
                STR_ARG(a->org->code), STR_ARG(place), STR_ARG(next));
}

static void check_asked(const struct checking *c, struct looked *looked, const struct asked *a)
{
        if (!a->org || a->org->reach != ORG_BY_ACCOUNT)
                return;
        struct looked *l = &looked[a->org - c->t->orgs.row];
        if (l->told)
                return;
        if (a->path.n > 0 && !str_eq(a->path, c->t->path)) {
                if (served(c, a->org->code, a->path))
                        return;
                ptrdiff_t at = (ptrdiff_t)a->path.n;
                while (at > 0 && a->path.p[at - 1] != '/')
                        at--;
                tell_unreached(c, a, (struct str){ a->path.p + at, a->path.n - (size_t)at });
                l->told = true;
                return;
        }
        if (!l->seen)
                look_at(c, a->org, l);
        if (l->gap) {
                tell_unreached(c, a, l->example);
                l->told = true;
        }
}

static void check_leads(const struct checking *c)
{
        const struct town *t = c->t;
        struct looked *looked = arena_array(c->scratch, struct looked, t->orgs.n);
        for (uint32_t i = 0; i < t->duties.n; i++) {
                const struct duty *d = &t->duties.row[i];
                struct asked a = { .org = org_find(&t->orgs, d->lead), .file = STR(DUTY_FILE), .line = d->line };
                a.path = d->place.n ? path_of(c, d->place) : t->path;
                if (d->usable && (day_is_none(d->until) || d->until.n >= c->today.n))
                        check_asked(c, looked, &a);
        }
        for (size_t i = 0; i < t->things.n; i++) {
                const struct thing *x = &t->things.row[i];
                struct asked a = { .org = org_find(&t->orgs, x->keeper), .file = STR("things.csv"), .line = x->line };
                a.path = path_of(c, x->place);
                if (x->keeper.n)
                        check_asked(c, looked, &a);
        }
}

/* ---- units of our own that letters must carry -------------------------------------------------------------------- */

static void check_reach(const struct checking *c)
{
        for (size_t i = 0; i < c->t->orgs.n; i++) {
                const struct org *o = &c->t->orgs.row[i];
                if (o->relation != ORG_OWN || o->reach == ORG_BY_ACCOUNT)
                        continue;
                finding_add(
                        c->f, "org.without-account", SEV_WARNING, STR("orgs.csv"), o->line,
                        (struct say){
                                "给它账号和岗位；否则由兜底单位代为签收、转递",
                                "Give it accounts and posts; until then the fallback unit signs and carries for it" },
                        "本级单位 %.*s 没有账号（%s）", "Our own unit %.*s has no accounts (%s)", STR_ARG(o->code),
                        org_reach_name(o->reach));
        }
}

/* ---- grid workers neither inspect nor punish (国办发〔2024〕54号) ------------------------------------------------ */

#define GRID_WORKER "grid_worker"

static void check_worker_role(const struct checking *c)
{
        static const enum right never[] = { RIGHT_MATTER_DECLINE, RIGHT_TOWN_LOAD, RIGHT_PEOPLE_MANAGE,
                                            RIGHT_AUDIT_READ };
        const struct role *r = role_find(&c->t->roles, STR(GRID_WORKER));
        for (size_t i = 0; r && i < COUNT(never); i++)
                if (r->rights & right_bit(never[i]))
                        finding_add(c->f, "role.grid-worker", SEV_ERROR, STR("roles.yaml"), r->line,
                                    (struct say){ "从网格员的 may 中去掉", "Take it out of what grid workers may" },
                                    "网格员不得有权限 %s", "Grid workers must not have the right %s",
                                    right_name(never[i]));
}

static bool is_worker(const struct checking *c, const struct post *p)
{
        return p->role != POST_NONE && str_is(c->t->roles.row[p->role].code, GRID_WORKER);
}

/* Does the unit have people of its own who may act, and are all of them grid workers? */
static bool only_workers(const struct checking *c, struct str org)
{
        const struct posts *all = &c->t->posts;
        const struct org *o = org_find(&c->t->orgs, org);
        bool some = false;
        if (!o)
                return false;
        size_t at = (size_t)(o - c->t->orgs.row);
        for (uint32_t i = all->of_org.first[at]; i < all->of_org.first[at + 1]; i++) {
                const struct post *p = &all->row[all->of_org.to[i]];
                if (!acts(c, p, RIGHT_MATTER_SIGN))
                        continue;
                if (!is_worker(c, p))
                        return false;
                some = true;
        }
        return some;
}

static void check_worker_duties(const struct checking *c)
{
        for (uint32_t i = 0; i < c->t->duties.n; i++) {
                const struct duty *d = &c->t->duties.row[i];
                if (d->usable && duty_list_is_handed_down(d->list) && !d->lead_committee && only_workers(c, d->lead))
                        finding_add(c->f, "post.grid-worker", SEV_ERROR, STR(DUTY_FILE), d->line,
                                    (struct say){ "检查和处罚改由有执法资格的单位牵头",
                                                  "Let a unit with officers and certificates inspect and punish" },
                                    "下放的执法事项 %.*s 只有网格员承接，网格员不得检查、处罚",
                                    "The handed-down duty %.*s rests on grid workers, who neither inspect nor punish",
                                    STR_ARG(d->code));
        }
}

/* ---- who is called at night -------------------------------------------------------------------------------------- */

static bool may_alarm(const struct checking *c, struct str login, struct day on)
{
        struct scopes s;
        scopes_of(c->scratch, &c->t->posts, login, on, &s);
        for (size_t i = 0; i < s.n; i++)
                if (s.row[i].rights & (right_bit(RIGHT_MATTER_DISPATCH) | right_bit(RIGHT_MATTER_SIGN)))
                        return true;
        return false;
}

static void check_roster(const struct checking *c)
{
        const struct town *t = c->t;
        bool *told = arena_array(c->scratch, bool, t->staff.n);
        for (size_t i = 0; i < t->roster.n; i++) {
                const struct shift *s = &t->roster.row[i];
                for (size_t k = 0; k < s->n_officers; k++) {
                        uint32_t who = s->officer[k];
                        if (who == STAFF_NONE || told[who] || s->date.n < c->today.n)
                                continue;
                        struct str login = t->staff.row[who].login;
                        if (may_alarm(c, login, s->date))
                                continue;
                        told[who] = true;
                        finding_add(c->f, "roster.officer-without-post", SEV_WARNING, STR("roster.csv"), s->line,
                                    (struct say){ "在 posts.csv 给他一个可以签收或派单的岗位",
                                                  "Give them a post that may sign for matters or send them on" },
                                    "值班员 %.*s 没有可以签收或派单的岗位",
                                    "%.*s is on duty but may neither sign nor dispatch", STR_ARG(login));
                }
        }
}

void check_people(const struct checking *c)
{
        check_reach(c);
        check_worker_role(c);
        if (c->t->absent.posts)
                return; /* said once; without posts everything else would be said of every row */
        for (size_t i = 0; i < c->t->n_procedures; i++)
                check_rights(c, c->t->procedures[i]);
        check_leads(c);
        check_worker_duties(c);
        check_roster(c);
}

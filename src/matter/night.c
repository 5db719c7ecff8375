#include "matter/inner/fair.h"
#include "matter/inner/night.h"

#define SHIFTS_MAX 8 /* that run at one time */

bool night_at(const struct town *t, const struct org *unit, struct instant now)
{
        struct working_time time = town_time(t, unit);
        return !office_is_open(time.calendar, time.hours, now);
}

static bool may(struct ctx *ctx, const struct town *t, const struct night_ask *q, const struct staff_member *s, enum right right)
{
        struct scope_object object;
        struct scopes scopes;
        struct day today = instant_day(ctx->now);
        if (!staff_present(s, today))
                return false;
        matter_item_scope(t, q->path, q->unit ? q->unit->path : STR(""), STR(""), STR(""), q->respondent, &object);
        scopes_of(ctx->arena, &t->posts, s->login, today, &scopes);
        return scope_allows(&scopes, s->login, right, &object);
}

const struct staff_member *night_officer(struct ctx *ctx, const struct town *t, const struct night_ask *q)
{
        static const enum right wanted[] = { RIGHT_MATTER_SIGN, RIGHT_MATTER_READ };
        const struct shift *on[SHIFTS_MAX];
        if (!night_at(t, q->unit, ctx->now))
                return NULL;
        size_t n = roster_on(&t->roster, ctx->now, on, SHIFTS_MAX);
        for (size_t r = 0; r < COUNT(wanted); r++)
                for (size_t i = n; i-- > 0;)
                        for (size_t k = 0; k < on[i]->n_officers; k++) {
                                const struct staff_member *s = &t->staff.row[on[i]->officer[k]];
                                if (may(ctx, t, q, s, wanted[r]))
                                        return s;
                        }
        return NULL;
}

bool night_leader(struct ctx *ctx, const struct town *t, const struct matter *m, struct post_choice *ret)
{
        const struct org *unit = org_find(&t->orgs, m->unit);
        const struct staff_member *leader = roster_leader(&t->roster, ctx->now);
        if (!m->urgent || !leader || !night_at(t, unit, ctx->now) || str_eq(leader->login, m->holder))
                return false;
        if (!may(ctx, t, &(struct night_ask){ unit, m->path, m->respondent }, leader, RIGHT_MATTER_READ))
                return false;
        *ret = (struct post_choice){ .post = m->post, .title = STR(""), .login = leader->login };
        return true;
}

static bool on_duty(const struct town *t, struct instant now, struct str login)
{
        const struct shift *on[SHIFTS_MAX];
        uint32_t who = map_get(&t->staff.by_login, login);
        size_t n = roster_on(&t->roster, now, on, SHIFTS_MAX);
        for (size_t i = 0; i < n; i++) {
                bool officer = false;
                for (size_t k = 0; k < on[i]->n_officers; k++)
                        officer = officer || on[i]->officer[k] == who;
                if (officer || on[i]->leader == who)
                        return true;
        }
        return false;
}

static bool holds_post(const struct town *t, const struct post *p, struct str login)
{
        uint32_t who = map_get(&t->staff.by_login, login);
        return who != MAP_NONE && (p->holder == who || p->backup == who);
}

bool night_over(struct ctx *ctx, const struct town *t, const struct matter *m, struct post_choice *ret)
{
        const struct post *p = post_find(&t->posts, m->post);
        const struct org *unit = org_find(&t->orgs, m->unit);
        const struct staff_member *leader = roster_leader(&t->roster, ctx->now);
        if (!m->open || !m->urgent || m->holder.n == 0 || !p || holds_post(t, p, m->holder))
                return false;
        *ret = (struct post_choice){ .post = m->post, .title = STR(""), .login = STR("") };
        if (!night_at(t, unit, ctx->now))
                return !leader || !str_eq(leader->login, m->holder); /* what went up to the leader on duty stays there */
        if (on_duty(t, ctx->now, m->holder))
                return false;
        const struct staff_member *next = night_officer(ctx, t, &(struct night_ask){ unit, m->path, m->respondent });
        if (!next)
                return false;
        ret->login = next->login;
        return true;
}

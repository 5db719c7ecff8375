#include "matter/inner/apart.h"
#include "people/audit.h"

#define PEOPLE_MAX 4000 /* holders and backups of all posts that are looked through */

const char *apart_word(enum apart a)
{
        static const char *const word[] = { "other", "desk", "alone" };
        return word[a];
}

static bool had_part(const struct procedure *p, const struct event *e, const struct apart_ask *ask)
{
        int at = procedure_action_find(p, e->kind);
        for (size_t i = 0; at >= 0 && i < p->action[at].effects.n; i++) {
                const struct procedure_effect *x = &p->action[at].effects.row[i];
                if (x->kind == EFFECT_RECORD && (ask->records >> x->record & 1))
                        return true;
                for (size_t c = 0; ask->signed_too && x->kind == EFFECT_STOP && c < p->n_clocks; c++)
                        if ((x->set >> c & 1) && p->clock[c].kind == CLOCK_SIGN && p->clock[c].then != at)
                                return true;
        }
        return false;
}

static bool among(const struct procedure *p, const struct event_rows *events, const struct apart_ask *ask, struct str actor)
{
        for (size_t i = 0; i < events->n; i++)
                if (str_eq(events->row[i].e.actor, actor) && had_part(p, &events->row[i].e, ask))
                        return true;
        return false;
}

static bool could(struct ctx *ctx, const struct town *t, struct str login, enum right own, const struct scope_object *o)
{
        struct scopes s;
        scopes_of(ctx->arena, &t->posts, login, instant_day(ctx->now), &s);
        return scope_allows(&s, login, own, o) || scope_allows(&s, login, RIGHT_MATTER_DISPATCH, o);
}

/* Is there anybody who could do it and had no part in it? */
static bool somebody_else(struct ctx *ctx, const struct town *t, const struct matter *m, const struct event_rows *events, const struct apart_ask *ask)
{
        const struct procedure *p = town_procedure(t, m->proc);
        struct scope_object o;
        matter_scope(t, m, &o);
        for (size_t i = 0; i < t->posts.n && i < PEOPLE_MAX; i++) {
                const struct staff_member *who = post_acting(&t->posts, &t->posts.row[i], instant_day(ctx->now), NULL);
                if (!who || !could(ctx, t, who->login, ask->own, &o))
                        continue;
                struct actor actor = { .kind = ACTOR_STAFF, .name = who->login };
                if (!among(p, events, ask, actor_text(ctx->arena, actor)))
                        return true;
        }
        return false;
}

int apart_judge(struct ctx *ctx, const struct town *t, const struct matter *m, const struct apart_ask *ask, enum apart *ret)
{
        struct event_rows events;
        int rc = event_of(ctx, m->id, &events);
        if (rc != OK)
                return rc;
        if (!among(town_procedure(t, m->proc), &events, ask, actor_text(ctx->arena, ctx->actor))) {
                *ret = ask->rights & right_bit(ask->own) ? APART_OTHER : APART_DESK;
                return OK;
        }
        *ret = APART_ALONE;
        if (!somebody_else(ctx, t, m, &events, ask))
                return OK;
        return err_set(ctx->err, ERR_RIGHT, "action", "您参与过这件事项的办理，这一步须由另一人来做",
                       "You had a part in dealing with this matter; another person has to do this");
}

#include "procedure/inner/decide.h"

bool when_holds(struct procedure_when w, uint32_t facts, const struct step_value *value)
{
        for (size_t i = 0; i < w.n; i++) {
                const struct procedure_term *t = &w.term[i];
                uint32_t is;
                if (t->field < 0)
                        is = facts & FACT_BIT(t->fact) ? 2 : 1;
                else
                        is = value && value[t->field].given ? UINT32_C(1) << value[t->field].number : 0;
                if (!(t->any & is))
                        return false;
        }
        return true;
}

static bool allowed(const struct procedure_action *a, enum actor_kind actor, uint64_t rights)
{
        switch (actor) {
        case ACTOR_SYSTEM:
                return a->system;
        case ACTOR_TOWN:
                return a->town;
        case ACTOR_REPORTER:
                return a->reporter || a->anybody;
        case ACTOR_STAFF:
        case ACTOR_KEY:
                return a->anybody || (a->rights & rights) != 0;
        default:
                return a->anybody;
        }
}

static bool possible_from(const struct procedure_action *a, int state)
{
        return state == STATE_NONE ? a->opens : (a->from >> state & 1) != 0;
}

/* Which fact stands in the way: the first term of facts that does not hold. */
static int refuse(struct err *err, const struct procedure_action *a, struct procedure_when w, uint32_t facts)
{
        for (size_t i = 0; i < w.n; i++) {
                const struct procedure_term *t = &w.term[i];
                bool yes = (facts & FACT_BIT(t->fact)) != 0;
                if (t->field >= 0 || (t->any & (yes ? 2 : 1)))
                        continue;
                const struct procedure_fact_word *f = &procedure_facts[t->fact];
                const struct say why = yes ? f->yes : f->no;
                return err_set(err, ERR_RULE, f->name, "不能“%1$s”%2$.0s：%3$s%4$.0s",
                               "\"%1$.0s%2$s\" is not possible: %3$.0s%4$s", a->name.zh, a->name.en, why.zh, why.en);
        }
        return err_set(err, ERR_RULE, "", "不能“%1$s”%2$.0s", "\"%1$.0s%2$s\" is not possible", a->name.zh, a->name.en);
}

static int find_action(const struct procedure *p, const struct step_ask *ask, const struct procedure_action **ret,
                       struct err *err)
{
        int at = procedure_action_find(p, ask->action);
        if (at < 0)
                return err_set(err, ERR_NONE, "action", "没有这个动作", "There is no such action");
        const struct procedure_action *a = &p->action[at];
        if (!allowed(a, ask->actor, ask->rights))
                return err_set(err, ERR_RIGHT, "action", "您没有“%1$s”%2$.0s的权限",
                               "You may not do this: \"%1$.0s%2$s\"", a->name.zh, a->name.en);
        if (!possible_from(a, ask->state)) {
                struct say state = ask->state < 0 ? (struct say){ "未登记", "not opened" } : p->state[ask->state].name;
                return err_set(err, ERR_STATE, "action", "“%3$s”%4$.0s时不能“%1$s”%2$.0s",
                               "\"%1$.0s%2$s\" is not possible while the matter is: %3$.0s%4$s", a->name.zh, a->name.en,
                               state.zh, state.en);
        }
        if (!when_holds(a->when, ask->facts, NULL))
                return refuse(err, a, a->when, ask->facts);
        *ret = a;
        return OK;
}

static void effect_stop(struct step *s, const struct procedure_effect *e, struct instant now)
{
        struct instant at = e->field < 0 ? now : (struct instant){ s->value[e->field].number };
        s->stop |= e->set;
        for (int i = 0; i < PROCEDURE_CLOCKS_MAX; i++)
                if (e->set >> i & 1)
                        s->stop_at[i] = at;
}

static void effect_start(struct step *s, const struct procedure_effect *e)
{
        s->start |= e->set;
        if (e->field < 0)
                return;
        s->ends |= e->set;
        s->until.us = s->value[e->field].number;
}

static void effect_add(struct step *s, const struct procedure_effect *e, const struct step_ask *ask)
{
        switch (e->kind) {
        case EFFECT_START:
                effect_start(s, e);
                return;
        case EFFECT_STOP:
                effect_stop(s, e, ask->now);
                return;
        case EFFECT_NOTIFY:
                s->notify |= e->set;
                return;
        case EFFECT_PAUSE:
                s->pause |= e->set;
                s->until.us = s->value[e->field].number;
                return;
        case EFFECT_RESUME:
                s->resume |= e->set;
                return;
        case EFFECT_EXTEND:
                s->extend |= e->set;
                s->more = (int32_t)s->value[e->field].number;
                return;
        default:
                s->records |= RECORD_BIT(e->record);
                s->told = e->record == RECORD_TOLD ? e->by : s->told;
        }
}

static void effects_add(struct step *s, struct procedure_effects list, const struct step_ask *ask)
{
        for (size_t i = 0; i < list.n; i++) {
                const struct procedure_effect *e = &list.row[i];
                if (when_holds(e->when, ask->facts, s->value))
                        effect_add(s, e, ask);
        }
}

int step_row(const struct procedure_action *a, uint32_t facts, const struct step_value *value)
{
        for (size_t i = 0; i < a->n_rows; i++)
                if (when_holds(a->row[i].when, facts, value))
                        return (int)i;
        return -1;
}

int step_decide(const struct procedure *p, const struct step_ask *ask, struct step *s, struct err *err)
{
        const struct procedure_action *a = s->action;
        int row = step_row(a, ask->facts, s->value);
        if (row < 0)
                return refuse(err, a, a->row[a->n_rows - 1].when, ask->facts);
        effects_add(s, a->effects, ask);
        s->entered = a->row[row].to != STATE_SAME;
        s->to = s->entered ? a->row[row].to : ask->state;
        if (!s->entered)
                return OK;
        const struct procedure_state *state = &p->state[s->to];
        if (!when_holds(state->needs, ask->facts, NULL))
                return refuse(err, a, state->needs, ask->facts);
        s->ended = state->final;
        effects_add(s, state->enter, ask);
        return OK;
}

int procedure_step(const struct procedure *p, const struct step_ask *ask, struct step *ret, struct err *err)
{
        struct step s = { 0 };
        int e = find_action(p, ask, &s.action, err);
        if (e != OK)
                return e;
        e = form_take(s.action, ask, s.value, err);
        if (e != OK)
                return e;
        e = step_decide(p, ask, &s, err);
        if (e != OK)
                return e;
        *ret = s;
        return OK;
}

bool procedure_may(const struct procedure_action *a, int state, enum actor_kind actor, uint64_t rights, uint32_t facts)
{
        return allowed(a, actor, rights) && possible_from(a, state) && when_holds(a->when, facts, NULL);
}

size_t procedure_actions(const struct procedure *p, int state, enum actor_kind actor, uint64_t rights, uint32_t facts,
                         const struct procedure_action **ret)
{
        size_t n = 0;
        for (size_t i = 0; i < p->n_actions; i++) {
                const struct procedure_action *a = &p->action[i];
                if (!(action_records(a) & RECORDS_OF_A_TASK) && procedure_may(a, state, actor, rights, facts))
                        ret[n++] = a;
        }
        return n;
}

const struct step_value *step_value(const struct step *s, const char *name)
{
        for (size_t i = 0; i < s->action->n_fields; i++)
                if (s->value[i].given && str_is(s->action->field[i].name, name))
                        return &s->value[i];
        return NULL;
}

/* What the check proves is what happens: matters driven at random through real steps and real clocks. */
#include "procedure/inner/sample.h"
#include "base/ctx.h"
#include "procedure/clocks.h"

struct walk {
        const struct procedure *p;
        struct clock_ground ground;
        struct chance_seeded chance;
        struct arena *arena;
        int state;
        struct clock_set set;
        struct instant now, since;
        uint64_t records;
        uint32_t facts;
};

static uint32_t pick(struct walk *w, uint32_t n)
{
        uint32_t r;
        chance_fill(&w->chance.base, &r, sizeof r);
        return r % n;
}

static struct str value_of(struct walk *w, const struct procedure_field *f)
{
        char out[40];
        switch (f->type) {
        case FORM_CHOICE:
                return f->choice[pick(w, (uint32_t)f->n_choices)].code;
        case FORM_BOOL:
                return pick(w, 2) ? STR("yes") : STR("no");
        case FORM_INT:
                return str_printf(w->arena, "%d", (int)f->min + (int)pick(w, (uint32_t)(f->max - f->min + 1)));
        case FORM_INSTANT:
                if (f->future)
                        return str_printf(w->arena, "%s", instant_format((struct instant){ w->now.us + (1 + (int64_t)pick(w, 8)) * US_PER_DAY }, out));
                return str_printf(w->arena, "%s", instant_format(pick(w, 2) ? w->now : w->since, out));
        case FORM_FILES:
                return STR("0123456789abcdef0123456789abcdef");
        default:
                return STR("路灯不亮，请尽快修理");
        }
}

static bool act(struct walk *w, const struct procedure_action *a, enum actor_kind actor)
{
        struct form_value value[PROCEDURE_FIELDS_MAX];
        size_t n = 0;
        for (size_t i = 0; i < a->n_fields; i++)
                if (a->field[i].required || pick(w, 2))
                        value[n++] = (struct form_value){ a->field[i].name, value_of(w, &a->field[i]) };
        struct step_ask ask = { .state = w->state,
                                .action = a->code,
                                .actor = actor,
                                .rights = UINT64_MAX,
                                .value = value,
                                .n_values = n,
                                .facts = w->facts,
                                .now = w->now,
                                .since = w->since };
        struct step s;
        struct err err = { 0 };
        if (procedure_step(w->p, &ask, &s, &err) != OK)
                fail_msg("%s: %s %s", a->code.p, err.field, err.en);
        int e = clock_set_step(&w->set, w->p, &s, &w->ground, w->now, &err);
        if ((s.pause | s.extend | s.ends) && (e == ERR_RULE || e == ERR_RANGE))
                return false; /* has run out, paused too often, or beyond a limit of law: nothing happens */
        CHECK_EQ(e, OK);
        w->state = s.to;
        w->records |= s.records;
        if (s.records >> RECORD_RATING & 1)
                w->facts |= FACT_BIT(FACT_RATED);
        return s.ended;
}

/* What must hold after every step. */
static void judge(struct walk *w)
{
        const struct procedure_state *s = &w->p->state[w->state];
        CHECK_EQ(s->after & ~w->records, 0);
        for (size_t i = 0; s->final && i < w->set.n; i++)
                CHECK(!clock_runs(&w->set.row[i]));
        if (s->final)
                return;
        struct clock *c = clock_set_find(&w->set, w->p->clock[s->watch].code);
        CHECK(c != NULL && clock_runs(c));
        char text[CLOCKS_TEXT_MAX];
        size_t n = clock_set_write(&w->set, text);
        struct str copy = str_dup(w->arena, (struct str){ text, n });
        CHECK_EQ(clock_set_parse(copy, &w->set), OK);
}

/* Whatever has become due in the meantime; the system does what a clock says. */
static void alarms(struct walk *w)
{
        struct clock_alarm alarm[CLOCK_ALARMS_MAX];
        size_t n = clock_set_fire(&w->set, w->p, w->now, alarm);
        for (size_t i = 0; i < n; i++) {
                const struct procedure_action *a = alarm[i].then < 0 ? NULL : &w->p->action[alarm[i].then];
                if (a && (a->from >> w->state & 1)) {
                        act(w, a, ACTOR_SYSTEM);
                        judge(w);
                }
        }
}

static void step_at_random(struct walk *w)
{
        static const enum actor_kind who[] = { ACTOR_STAFF, ACTOR_STAFF, ACTOR_STAFF, ACTOR_STAFF, ACTOR_REPORTER, ACTOR_TOWN, ACTOR_TOWN };
        const struct procedure_action *list[PROCEDURE_ACTIONS_MAX];
        enum actor_kind actor = w->state < 0 ? (pick(w, 5) ? ACTOR_PUBLIC : ACTOR_TOWN) : who[pick(w, COUNT(who))];
        size_t n = procedure_actions(w->p, w->state, actor, UINT64_MAX, w->facts, list);
        if (n == 0)
                return;
        act(w, list[pick(w, (uint32_t)n)], actor);
        judge(w);
}

static void begin(struct walk *w)
{
        w->state = STATE_NONE;
        w->set = (struct clock_set){ 0 };
        w->records = 0;
        w->since.us += (int64_t)pick(w, 86400) * US_PER_SECOND;
        w->now = w->since;
        w->facts = pick(w, 1u << FACT_COUNT) & ~(FACT_BIT(FACT_RATED) | FACT_BIT(FACT_TASKS_OPEN));
        w->ground.urgent = (w->facts & FACT_BIT(FACT_URGENT)) != 0;
        step_at_random(w);
        w->facts |= FACT_BIT(FACT_LEAD_KNOWN) | FACT_BIT(FACT_PLACE_KNOWN) | FACT_BIT(FACT_SUBJECT_KNOWN);
}

TEST(walk_at_random)
{
        ARENA_AUTO a = { 0 }, each = { 0 };
        struct walk w = { .p = sample_request(&a), .arena = &each };
        w.ground = (struct clock_ground){ .calendar = calendar_build(&a, NULL, 0), .town = sample_limit };
        chance_seed(&w.chance, 2026);
        CHECK_EQ(instant_parse(STR("2026-01-05 09:00"), &w.since), OK);
        int ended = 0, states = 0;
        for (int i = 0; i < 4000; i++) {
                arena_reset(&each);
                begin(&w);
                for (int k = 0; k < 25 && !w.p->state[w.state].final; k++) {
                        w.now.us += (int64_t)pick(&w, 3 * 86400) * US_PER_SECOND;
                        alarms(&w);
                        step_at_random(&w);
                        states |= 1 << w.state;
                }
                ended += w.p->state[w.state].final;
        }
        CHECK(ended > 3000);
        CHECK_EQ(states, ((1 << w.p->n_states) - 1) & ~(1 << procedure_state_find(w.p, STR("review")))); /* which comes after an end */
}

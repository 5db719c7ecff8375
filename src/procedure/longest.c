/* How long can it take if everybody uses all the time their stage allows? */
#include "procedure/inner/model.h"

#define VISITS_MAX 200000
#define DAY_HOURS 24
#define RUN_OFF 11 /* days: ten off in a row, and the day after */

static int64_t workdays_most(int64_t n)
{
        return (7 * n + 4) / 5 + 2 + 10 * ((n + 19) / 20) + 1;
}

int64_t limit_hours_most(struct clock_limit l)
{
        int64_t n = l.limit, days;
        switch (l.unit) {
        case DUE_HOUR:
                return n;
        case DUE_WORKHOUR:
                return workdays_most((n + 3) / 4 + 1) * DAY_HOURS;
        case DUE_WORKDAY:
                return workdays_most(n) * DAY_HOURS;
        case DUE_MONTH:
                days = 31 * n + 1;
                break;
        default:
                days = n + 1;
        }
        return (days + (l.roll == DUE_ROLL_STATUTORY ? RUN_OFF : 0)) * DAY_HOURS;
}

int64_t limit_hours_least(struct clock_limit l)
{
        int64_t n = l.limit;
        if (due_unit_is_hours(l.unit))
                return n;
        return (l.unit == DUE_MONTH ? 28 * n : n) * DAY_HOURS;
}

/* A step as far as time is concerned: most outcomes of a state's actions differ in what they record alone. */
struct move {
        int to;
        uint32_t start, stop;
};

struct walk {
        struct model *m;
        struct move *move[PROCEDURE_STATES_MAX];
        size_t n_moves[PROCEDURE_STATES_MAX];
        uint32_t timed;                      /* clocks that bound a stage or that law bounds; the others do not matter here */
        int64_t most[PROCEDURE_CLOCKS_MAX];  /* hours of a stage */
        int64_t least[PROCEDURE_CLOCKS_MAX]; /* hours of a statutory limit; -1 = another kind */
        bool told[PROCEDURE_CLOCKS_MAX];
        int path[PROCEDURE_STATES_MAX];
        int n_path;
        int visits;
};

/* Where the clocks stand at one point of the way, in hours since the opening; -1 = does not run. */
struct moment {
        int64_t now, start[PROCEDURE_CLOCKS_MAX];
};

static const char *way(const struct walk *w)
{
        struct str s = STR("");
        for (int i = 0; i < w->n_path; i++)
                s = str_printf(w->m->arena, "%s%s%s", s.p, i ? " > " : "", w->m->p->state[w->path[i]].code.p);
        return s.p;
}

/* The statutory clock ends here: did the stages leave enough? */
static void judge(struct walk *w, const struct moment *t, size_t clock)
{
        int64_t took = t->now - t->start[clock];
        if (t->start[clock] < 0 || w->least[clock] < 0 || took <= w->least[clock] || w->told[clock])
                return;
        const struct procedure_clock *c = &w->m->p->clock[clock];
        w->told[clock] = true;
        model_error(w->m, "procedure.too-long", c->line,
                    "各环节时限用足需要 %1$lld 小时，超过“%2$s”的 %3$lld 小时（按最保守折算）：%4$s",
                    "The stages may take %1$lld hours, more than the %3$lld hours of \"%2$s\" (counted on the safe "
                    "side): %4$s",
                    (long long)took, c->code.p, (long long)w->least[clock], way(w));
}

static void enter(struct walk *w, struct moment t, struct move o);

/* Leave at the last moment that the watching clock allows. One that was given its end takes no time here: somebody named it, who was
 * refused an end beyond the statutory limit (clock_set_step). */
static void leave(struct walk *w, struct moment t, int state)
{
        int watch = w->m->p->state[state].watch;
        if (watch >= 0 && !(w->m->given >> watch & 1) && t.start[watch] >= 0 && t.start[watch] + w->most[watch] > t.now)
                t.now = t.start[watch] + w->most[watch];
        for (size_t i = 0; i < w->n_moves[state]; i++)
                enter(w, t, w->move[state][i]);
}

static void enter(struct walk *w, struct moment t, struct move o)
{
        const struct procedure *p = w->m->p;
        if (++w->visits > VISITS_MAX)
                return;
        for (int i = 0; i < w->n_path; i++)
                if (w->path[i] == o.to)
                        return; /* a second round is a new decision of somebody */
        w->path[w->n_path++] = o.to;
        for (size_t i = 0; i < p->n_clocks; i++) {
                bool stops = p->state[o.to].final || (o.stop >> i & 1);
                if (stops)
                        judge(w, &t, i);
                t.start[i] = stops ? -1 : t.start[i];
                if ((o.start >> i & 1) && t.start[i] < 0)
                        t.start[i] = t.now;
        }
        if (!p->state[o.to].final)
                leave(w, t, o.to);
        w->n_path--;
}

static struct move move_of(const struct walk *w, const struct outcome *o)
{
        return (struct move){ o->to, o->start & w->timed, o->stop & w->timed };
}

/* What another town takes is no stage of ours. */
static void moves_of(struct walk *w, int state)
{
        const struct procedure *p = w->m->p;
        w->move[state] = arena_array(w->m->arena, struct move, p->n_actions * OUTCOMES_MAX);
        for (size_t a = 0; a < p->n_actions; a++)
                for (size_t i = 0; (p->action[a].from >> state & 1) && !p->action[a].town && i < w->m->of[a].n; i++) {
                        struct move o = move_of(w, &w->m->of[a].row[i]);
                        bool known = o.to == STATE_SAME;
                        for (size_t k = 0; k < w->n_moves[state] && !known; k++) {
                                const struct move *had = &w->move[state][k];
                                known = had->to == o.to && had->start == o.start && had->stop == o.stop;
                        }
                        if (!known)
                                w->move[state][w->n_moves[state]++] = o;
                }
}

static int64_t hours_of(const struct procedure_clock *c, const struct procedure_town *town,
                        int64_t (*hours)(struct clock_limit))
{
        struct clock_limit l = { 0 };
        int64_t n = 0;
        if (town->limit(town->arg, c->limit, &l) == OK) {
                l.roll = c->roll == DUE_ROLL_STATUTORY ? c->roll : l.roll;
                n = hours(l);
        }
        if (!c->duty || town->duty.limit == 0)
                return n;
        l = town->duty;
        l.roll = c->roll == DUE_ROLL_STATUTORY ? c->roll : l.roll;
        return hours(l) > n ? hours(l) : n;
}

void model_longest(struct model *m, const struct procedure_town *town)
{
        const struct procedure *p = m->p;
        struct walk w = { .m = m };
        struct moment t = { 0 };
        for (size_t i = 0; i < p->n_clocks; i++) {
                const struct procedure_clock *c = &p->clock[i];
                w.most[i] = hours_of(c, town, limit_hours_most);
                w.least[i] = c->kind == CLOCK_STATUTORY ? hours_of(c, town, limit_hours_least) : -1;
                t.start[i] = -1;
                w.timed |= (uint32_t)(c->kind == CLOCK_STATUTORY) << i;
        }
        for (size_t i = 0; i < p->n_states; i++)
                if (p->state[i].watch >= 0)
                        w.timed |= UINT32_C(1) << p->state[i].watch;
        for (size_t i = 0; i < p->n_states; i++)
                moves_of(&w, (int)i);
        for (size_t a = 0; a < p->n_actions; a++)
                for (size_t i = 0; p->action[a].opens && !p->action[a].town && i < m->of[a].n; i++) /* what another town brings began there */
                        if (m->of[a].row[i].to != STATE_SAME)
                                enter(&w, t, move_of(&w, &m->of[a].row[i]));
        if (w.visits > VISITS_MAX)
                model_too_big(m, 1);
}

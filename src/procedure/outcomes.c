/* What can each action lead to? Every answer to every condition that it meets is tried. */
#include "procedure/inner/model.h"

#define VARIABLES_MAX 12
#define CASES_MAX 4096

/* A fact or a field that some condition looks at. @n answers; for an optional field the last is "not given". */
struct variable {
        int field;
        enum procedure_fact fact;
        unsigned n;
};

struct trial {
        struct model *m;
        const struct procedure_action *a;
        struct variable var[VARIABLES_MAX];
        size_t n_var;
        bool full;
        uint32_t rows; /* bits of rows that were taken */
        bool no_row, unguarded, posted, possible;
        struct step_ask ask; /* the case at hand */
        struct step step;
};

static unsigned answers(const struct procedure_field *f)
{
        unsigned n = f->type == FORM_CHOICE ? (unsigned)f->n_choices : 2;
        return n + (f->required ? 0 : 1);
}

static void meet(struct trial *t, struct procedure_when w)
{
        for (size_t i = 0; i < w.n; i++) {
                const struct procedure_term *term = &w.term[i];
                size_t k = 0;
                while (k < t->n_var &&
                       (t->var[k].field != term->field || (term->field < 0 && t->var[k].fact != term->fact)))
                        k++;
                if (k < t->n_var)
                        continue;
                if (k == VARIABLES_MAX) {
                        t->full = true;
                        return;
                }
                unsigned n = term->field < 0 ? 2 : answers(&t->a->field[term->field]);
                t->var[t->n_var++] = (struct variable){ term->field, term->fact, n };
        }
}

static void meet_effects(struct trial *t, struct procedure_effects list)
{
        for (size_t i = 0; i < list.n; i++)
                meet(t, list.row[i].when);
}

static void meet_all(struct trial *t)
{
        const struct procedure_action *a = t->a;
        meet(t, a->when);
        meet_effects(t, a->effects);
        for (size_t i = 0; i < a->n_rows; i++) {
                meet(t, a->row[i].when);
                if (a->row[i].to == STATE_SAME)
                        continue;
                meet(t, t->m->p->state[a->row[i].to].needs);
                meet_effects(t, t->m->p->state[a->row[i].to].enter);
        }
}

/* Answer every condition as the @number-th case says. */
static void set_case(struct trial *t, size_t number)
{
        memset(&t->step, 0, sizeof t->step);
        t->step.action = t->a;
        t->ask = (struct step_ask){ .state = STATE_NONE, .since = INSTANT_NONE };
        for (size_t i = 0; i < t->n_var; i++) {
                unsigned answer = (unsigned)(number % t->var[i].n);
                number /= t->var[i].n;
                if (t->var[i].field < 0 && answer == 1)
                        t->ask.facts |= FACT_BIT(t->var[i].fact);
                if (t->var[i].field < 0)
                        continue;
                const struct procedure_field *f = &t->a->field[t->var[i].field];
                bool absent = !f->required && answer + 1 == t->var[i].n;
                t->step.value[t->var[i].field] = (struct step_value){ .given = !absent, .number = answer };
        }
}

/* The answers of the case, as people read them. */
static const char *case_words(struct trial *t)
{
        struct str s = STR("");
        for (size_t i = 0; i < t->n_var; i++) {
                const struct variable *v = &t->var[i];
                const char *name = v->field < 0 ? procedure_facts[v->fact].name : t->a->field[v->field].name.p;
                const char *is = t->ask.facts & FACT_BIT(v->fact) ? "yes" : "no";
                if (v->field >= 0) {
                        const struct procedure_field *f = &t->a->field[v->field];
                        const struct step_value *value = &t->step.value[v->field];
                        const char *word = f->type == FORM_CHOICE ? f->choice[value->given ? value->number : 0].code.p
                                           : value->number        ? "yes"
                                                                  : "no";
                        is = value->given ? word : "-";
                }
                s = str_printf(t->m->arena, "%s%s%s: %s", s.p, i ? ", " : "", name, is);
        }
        return s.n > 0 ? s.p : "-";
}

static void outcome_add(struct trial *t)
{
        const struct step *s = &t->step;
        struct outcomes *of = &t->m->of[t->a - t->m->p->action];
        struct outcome o = { .to = s->entered ? s->to : STATE_SAME,
                             .start = s->start & ~t->m->apart,
                             .stop = s->stop & ~t->m->apart,
                             .resume = s->resume,
                             .records = s->records & t->m->tracked };
        for (size_t i = 0; i < of->n; i++) {
                const struct outcome *x = &of->row[i];
                if (x->to == o.to && x->start == o.start && x->stop == o.stop && x->resume == o.resume && x->records == o.records)
                        return;
        }
        if (of->n == OUTCOMES_MAX)
                model_too_big(t->m, t->a->line);
        else
                of->row[of->n++] = o;
}

static void no_row(struct trial *t)
{
        if (!t->no_row)
                model_error(t->m, "procedure.no-row", t->a->line, "动作“%s”：在（%s）时没有写明去哪里",
                            "Action \"%s\": with (%s) nothing says where it leads", t->a->code.p, case_words(t));
        t->no_row = true;
}

static void unguarded(struct trial *t, const struct procedure_row *row)
{
        if (!t->unguarded)
                model_error(t->m, "procedure.guard-missing", row->line,
                            "动作“%s”在（%s）时也会进入“%s”，而该状态的 needs 不满足：请加条件",
                            "Action \"%s\" with (%s) enters \"%s\" although the needs of that state do not hold: add a "
                            "condition",
                            t->a->code.p, case_words(t), t->m->p->state[row->to].code.p);
        t->unguarded = true;
}

/* Whoever can be reached must be told; that the answer stands under the tracking code is not enough. */
static void judge_posting(struct trial *t)
{
        bool posted = (t->step.records >> RECORD_TOLD & 1) && t->step.told == TOLD_POSTING;
        if (!posted || (t->ask.facts & FACT_BIT(FACT_ANONYMOUS)) || t->posted)
                return;
        t->posted = true;
        model_error(t->m, "procedure.posting", t->a->line, "动作“%s”在（%s）时以公示代替告知，只有匿名者才可以",
                    "Action \"%s\" with (%s) posts the answer instead of telling a reporter who can be reached",
                    t->a->code.p, case_words(t));
}

static void try_case(struct trial *t, size_t number)
{
        set_case(t, number);
        if (!when_holds(t->a->when, t->ask.facts, NULL))
                return;
        t->possible = true;
        int row = step_row(t->a, t->ask.facts, t->step.value);
        if (row < 0) {
                no_row(t);
                return;
        }
        t->rows |= UINT32_C(1) << row;
        if (step_decide(t->m->p, &t->ask, &t->step, NULL) != OK)
                unguarded(t, &t->a->row[row]);
        else
                outcome_add(t);
        judge_posting(t);
}

static void try_action(struct model *m, size_t at)
{
        struct trial *t = arena_new(m->arena, struct trial);
        t->m = m;
        t->a = &m->p->action[at];
        meet_all(t);
        size_t cases = 1;
        for (size_t i = 0; i < t->n_var && cases <= CASES_MAX; i++)
                cases *= t->var[i].n;
        if (t->full || cases > CASES_MAX) {
                model_too_big(m, t->a->line);
                return;
        }
        m->of[at].row = arena_array(m->arena, struct outcome, OUTCOMES_MAX);
        for (size_t i = 0; i < cases; i++)
                try_case(t, i);
        for (size_t i = 0; t->possible && i < t->a->n_rows; i++)
                if (!(t->rows >> i & 1))
                        model_error(m, "procedure.row-dead", t->a->row[i].line, "动作“%s”的这一行永远轮不到",
                                    "Action \"%s\": this row is never taken", t->a->code.p);
}

void model_outcomes(struct model *m)
{
        for (size_t i = 0; i < m->p->n_states; i++)
                m->tracked |= m->p->state[i].after;
        for (size_t i = 0; i < m->p->n_clocks; i++)
                m->apart |= (uint32_t)(m->p->clock[i].kind == CLOCK_TASK) << i;
        for (size_t i = 0; i < m->p->n_actions; i++)
                try_action(m, i);
}

void model_too_big(struct model *m, int32_t line)
{
        if (!m->too_big)
                model_error(m, "procedure.too-big", line, "情形太多，无法逐一证明；请减少条件、时限或状态",
                            "There are too many situations to try them all; use fewer conditions, clocks or states");
        m->too_big = true;
}

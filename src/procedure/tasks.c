/* Calling in other units (吹哨): what a procedure that allows it must bring along. */
#include "procedure/inner/model.h"

uint64_t action_records(const struct procedure_action *a)
{
        uint64_t set = 0;
        for (size_t i = 0; i < a->effects.n; i++)
                if (a->effects.row[i].kind == EFFECT_RECORD)
                        set |= RECORD_BIT(a->effects.row[i].record);
        return set;
}

static const struct procedure_action *recorder(const struct procedure *p, enum procedure_record r)
{
        for (size_t i = 0; i < p->n_actions; i++)
                if (action_records(&p->action[i]) & RECORD_BIT(r))
                        return &p->action[i];
        return NULL;
}

uint32_t task_clocks(const struct procedure *p, enum procedure_record r)
{
        enum effect_kind kind = r == RECORD_CALL_IN ? EFFECT_START : EFFECT_STOP;
        uint32_t set = 0, tasks = 0;
        for (size_t i = 0; i < p->n_clocks; i++)
                tasks |= (uint32_t)(p->clock[i].kind == CLOCK_TASK) << i;
        for (size_t i = 0; i < p->n_actions; i++)
                for (size_t k = 0; k < p->action[i].effects.n; k++)
                        if (p->action[i].effects.row[k].kind == kind && (action_records(&p->action[i]) & RECORD_BIT(r)))
                                set |= p->action[i].effects.row[k].set;
        return set & tasks;
}

static bool waits_for_tasks(const struct procedure_action *a)
{
        for (size_t i = 0; i < a->when.n; i++)
                if (a->when.term[i].fact == FACT_TASKS_OPEN && a->when.term[i].any == 1)
                        return true;
        return false;
}

static bool names_clock(const struct procedure_effect *e, size_t clock)
{
        return (e->kind == EFFECT_START || e->kind == EFFECT_STOP) && (e->set >> clock & 1);
}

/* A clock of a task runs once for each unit called in: started by calling in alone, stopped by what is done to the task, and no
 * state of the matter hangs on it. */
static void check_task_clock(struct model *m, size_t at)
{
        const struct procedure *p = m->p;
        const struct procedure_clock *c = &p->clock[at];
        bool strange = c->then >= 0 || c->duty || !c->restarts;
        for (size_t i = 0; i < p->n_states; i++) {
                strange |= p->state[i].watch == (int)at;
                for (size_t k = 0; k < p->state[i].enter.n; k++)
                        strange |= names_clock(&p->state[i].enter.row[k], at);
        }
        for (size_t i = 0; i < p->n_actions; i++)
                for (size_t k = 0; k < p->action[i].effects.n; k++) {
                        const struct procedure_effect *e = &p->action[i].effects.row[k];
                        uint64_t by = e->kind == EFFECT_START ? RECORD_BIT(RECORD_CALL_IN) : RECORDS_OF_A_TASK;
                        if (names_clock(e, at))
                                strange |= e->field >= 0 || e->when.n > 0 || !(action_records(&p->action[i]) & by);
                }
        if (strange)
                model_error(m, "procedure.tasks", c->line,
                            "任务时限“%s”只能由吹哨开始、由任务的动作停止，须写 restarts: yes，不能看管状态，也不能有 then、duty、at、when",
                            "The task clock \"%s\" is started by calling in and stopped by what is done to a task; it restarts, "
                            "watches no state, and has no then, duty, at or when",
                            c->code.p);
}

/* Who may call others in must get an answer or go on without, and is not through before that. */
void model_tasks(struct model *m)
{
        static const enum procedure_record needed[] = { RECORD_REPORT_IN, RECORD_TASK_ANSWER, RECORD_OVERRIDE, RECORD_CALL_OFF };
        const struct procedure *p = m->p;
        const struct procedure_action *call = recorder(p, RECORD_CALL_IN);
        for (size_t i = 0; i < p->n_clocks; i++)
                if (p->clock[i].kind == CLOCK_TASK)
                        check_task_clock(m, i);
        if (!call)
                return;
        for (size_t i = 0; i < COUNT(needed); i++)
                if (!recorder(p, needed[i]))
                        model_error(m, "procedure.tasks", call->line, "可以吹哨（%s），却没有动作记录“%s”",
                                    "Units can be called in (%s), but no action records \"%s\"", call->code.p,
                                    procedure_records[needed[i]].name);
        uint32_t reporting = task_clocks(p, RECORD_REPORT_IN), all = task_clocks(p, RECORD_CALL_IN);
        if (!reporting || (reporting & ~all) || reporting == all)
                model_error(m, "procedure.tasks", call->line, "吹哨（%s）要开始两个任务时限：报到时停的，和答复时才停的",
                            "Calling in (%s) starts two task clocks: one that reporting in stops, and one that only the answer does",
                            call->code.p);
        for (size_t i = 0; i < p->n_actions; i++)
                if ((action_records(&p->action[i]) & RECORD_BIT(RECORD_ANSWER)) && (p->action[i].from & call->from) &&
                    !waits_for_tasks(&p->action[i]))
                        model_error(m, "procedure.tasks", p->action[i].line, "“%s”要等吹哨的单位答复：when 写 tasks_open: no",
                                    "\"%s\" waits for the units called in: say tasks_open: no under when", p->action[i].code.p);
}

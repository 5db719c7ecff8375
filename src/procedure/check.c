/* What can be seen without walking: each action, state and clock by itself. */
#include "procedure/inner/model.h"

static bool field_required(const struct procedure_action *a, const char *name)
{
        for (size_t i = 0; i < a->n_fields; i++)
                if (str_is(a->field[i].name, name))
                        return a->field[i].required;
        return false;
}

static void check_record(struct model *m, const struct procedure_action *a, const struct procedure_effect *e)
{
        const struct procedure_record_word *word = &procedure_records[e->record];
        if (e->by != TOLD_FORM && e->record != RECORD_TOLD)
                model_error(m, "procedure.record-fields", e->line, "by 只用于 told", "by goes with told only");
        for (size_t i = 0; i < COUNT(word->fields) && word->fields[i] && e->by == TOLD_FORM; i++)
                if (!a || !field_required(a, word->fields[i]))
                        model_error(m, "procedure.record-fields", e->line, "记录“%s”须有必填字段“%s”",
                                    "The record \"%s\" needs the required field \"%s\"", word->name, word->fields[i]);
        if (word->named && a && (a->anybody || a->reporter || a->system || a->town))
                model_error(m, "procedure.named-person", a->line, "“%s”只能由有权限的工作人员具名作出",
                            "\"%s\" is for a named member of staff who holds a right", word->name);
}

/* @a NULL: the effects of entering a state. */
static void check_records(struct model *m, const struct procedure_action *a, struct procedure_effects list)
{
        for (size_t i = 0; i < list.n; i++)
                if (list.row[i].kind == EFFECT_RECORD)
                        check_record(m, a, &list.row[i]);
}

static bool leads_to_end(const struct procedure *p, const struct procedure_action *a)
{
        for (size_t i = 0; i < a->n_rows; i++)
                if (a->row[i].to != STATE_SAME && p->state[a->row[i].to].final)
                        return true;
        return false;
}

static void check_system(struct model *m, const struct procedure_action *a)
{
        if (!a->system)
                return;
        if (leads_to_end(m->p, a))
                model_error(m, "procedure.system-ends", a->line, "系统不得自行办结：动作“%s”通向终点",
                            "The system never ends a matter: action \"%s\" leads to an end", a->code.p);
        for (size_t i = 0; i < a->n_fields; i++)
                if (a->field[i].required)
                        model_error(m, "procedure.system-form", a->field[i].line, "系统动作“%s”不能有必填字段",
                                    "The system cannot fill in a required field of action \"%s\"", a->code.p);
}

/* Out of an end leads only what says so, to work and not to another end, asked by the reporter, somebody named or another town. */
static bool reopens_well(const struct procedure *p, const struct procedure_action *a)
{
        bool well = !a->after_end && !a->opens && !a->system && !a->anybody && a->from;
        for (size_t i = 0; i < p->n_states; i++)
                well = well && (!(a->from >> i & 1) || p->state[i].final);
        for (size_t i = 0; i < a->n_rows; i++)
                well = well && a->row[i].to != STATE_SAME && !p->state[a->row[i].to].final;
        return well;
}

/* Final states let go only of what is said to come after the end, and that changes nothing; or of what begins anew. */
static void check_after_end(struct model *m, const struct procedure_action *a)
{
        const struct procedure *p = m->p;
        bool from_final = false, from_other = a->opens, moves = false;
        if (a->reopens) {
                if (!reopens_well(p, a))
                        model_error(m, "procedure.final-left", a->line,
                                    "写明 reopens 的动作“%s”只能由诉求人、有权限的人或别的乡镇从终点做起，并且必须回到办理中的状态",
                                    "Action \"%s\" says reopens: it leads from an end back to work, and is the reporter's, another town's or of a named person",
                                    a->code.p);
                return;
        }
        for (size_t i = 0; i < p->n_states; i++)
                if (a->from >> i & 1)
                        *(p->state[i].final ? &from_final : &from_other) = true;
        for (size_t i = 0; i < a->n_rows; i++)
                moves |= a->row[i].to != STATE_SAME;
        for (size_t i = 0; i < a->effects.n; i++)
                moves |= a->effects.row[i].kind == EFFECT_START;
        if ((from_final && (!a->after_end || moves)) || (a->after_end && (!from_final || (from_other && moves))))
                model_error(m, "procedure.final-left", a->line,
                            "终点之后只能做写明 after_end 的动作，且不改变状态、不开始计时；动作“%s”不符",
                            "After the end only actions marked after_end are possible, and they change no state and "
                            "start no clock; \"%s\" does not fit",
                            a->code.p);
}

static void check_action(struct model *m, const struct procedure_action *a)
{
        if (!a->anybody && !a->reporter && !a->system && !a->town && !a->rights)
                model_error(m, "procedure.who", a->line, "动作“%s”没有写谁可以做",
                            "Action \"%s\" says nobody may do it", a->code.p);
        if (!a->opens && !a->from)
                model_error(m, "procedure.from", a->line, "动作“%s”没有写从哪个状态做",
                            "Action \"%s\" has no state to be done from", a->code.p);
        bool stays = false;
        for (size_t i = 0; i < a->n_rows; i++)
                stays |= a->row[i].to == STATE_SAME;
        if (a->opens && (a->from || stays))
                model_error(m, "procedure.no-start", a->line,
                            "动作“%s”从 start 开始，就只能从 start 开始，并且必须进入一个状态",
                            "Action \"%s\" begins at start: it begins nowhere else, and must enter a state", a->code.p);
        check_records(m, a, a->effects);
        check_system(m, a);
        check_after_end(m, a);
}

/* Has the clock, once it has run out in @state, somewhere to go? */
static bool goes_somewhere(const struct procedure *p, const struct procedure_clock *c, int state)
{
        if (c->n_alarms > 0 && c->alarm[c->n_alarms - 1].kind == ALARM_UP)
                return true;
        if (c->then < 0)
                return false;
        const struct procedure_action *a = &p->action[c->then];
        return a->when.n == 0 && (state < 0 || (a->from >> state & 1));
}

static void check_state(struct model *m, const struct procedure_state *s)
{
        const struct procedure *p = m->p;
        check_records(m, NULL, s->enter);
        for (size_t i = 0; s->final && i < s->enter.n; i++)
                if (s->enter.row[i].kind == EFFECT_START)
                        model_error(m, "procedure.final-clock", s->enter.row[i].line, "终点“%s”不能开始计时",
                                    "The end \"%s\" starts a clock", s->code.p);
        if (!s->final && s->watch >= 0 && !goes_somewhere(p, &p->clock[s->watch], (int)(s - p->state)))
                model_error(m, "procedure.clock-stuck", p->clock[s->watch].line,
                            "时限“%s”在状态“%s”到期后无处可去：100 写 up，或写该状态下系统可做的动作（then）",
                            "When the clock \"%s\" runs out in state \"%s\" nothing happens: say up at 100, or an "
                            "action of the system possible there (then)",
                            p->clock[s->watch].code.p, s->code.p);
}

static bool started(const struct procedure_effects *list, size_t clock)
{
        for (size_t i = 0; i < list->n; i++)
                if (list->row[i].kind == EFFECT_START && (list->row[i].set >> clock & 1))
                        return true;
        return false;
}

static uint32_t given_ends(const struct procedure *p)
{
        uint32_t given = 0;
        for (size_t k = 0; k < p->n_actions; k++)
                for (size_t i = 0; i < p->action[k].effects.n; i++) {
                        const struct procedure_effect *e = &p->action[k].effects.row[i];
                        given |= e->kind == EFFECT_START && e->field >= 0 ? e->set : 0;
                }
        return given;
}

/* A clock that is given its end has no time of its own to be counted anew. */
static void check_given_end(struct model *m, const struct procedure_action *a)
{
        for (size_t i = 0; i < a->effects.n; i++) {
                const struct procedure_effect *e = &a->effects.row[i];
                if ((e->kind == EFFECT_PAUSE || e->kind == EFFECT_EXTEND) && (e->set & m->given))
                        model_error(m, "procedure.given-end", e->line, "用 until 开始的时限不能再暂停或延长",
                                    "A clock that starts with until is neither paused nor extended");
        }
}

static void check_limit(struct model *m, const struct procedure_town *town, struct str id, int32_t line)
{
        struct clock_limit l = { 0 };
        if (id.n == 0 || (town->limit(town->arg, id, &l) == OK && l.limit > 0))
                return;
        model_error(m, "procedure.limit-unknown", line, "town.yaml 的 limits 没有“%s”", "town.yaml has no limit \"%s\"",
                    id.p);
}

static bool watches(const struct procedure *p, int clock)
{
        for (size_t i = 0; i < p->n_states; i++)
                if (p->state[i].watch == clock)
                        return true;
        return false;
}

static void check_clock(struct model *m, size_t at, const struct procedure_town *town)
{
        const struct procedure *p = m->p;
        const struct procedure_clock *c = &p->clock[at];
        bool found = false;
        for (size_t i = 0; i < p->n_actions; i++)
                found |= started(&p->action[i].effects, at);
        for (size_t i = 0; i < p->n_states; i++)
                found |= started(&p->state[i].enter, at);
        if (!found)
                model_error(m, "procedure.clock-idle", c->line, "没有动作或状态开始时限“%s”",
                            "Nothing starts the clock \"%s\"", c->code.p);
        if (c->then >= 0 && !p->action[c->then].system)
                model_error(m, "procedure.clock-stuck", c->line, "时限“%s”到期后的动作（then）须由 system 来做",
                            "The action at the end of the clock \"%s\" (then) must be one of the system", c->code.p);
        if (!watches(p, (int)at) && !goes_somewhere(p, c, STATE_NONE))
                model_error(m, "procedure.clock-stuck", c->line,
                            "时限“%s”到期后无处可去：100 写 up，或写系统可做的动作（then）",
                            "When the clock \"%s\" runs out nothing happens: say up at 100, or an action of the system "
                            "(then)",
                            c->code.p);
        if (!town)
                return;
        check_limit(m, town, c->limit, c->limit_line);
        check_limit(m, town, c->urgent, c->urgent_line);
}

int procedure_check(const struct procedure *p, const struct procedure_town *town, struct findings *out)
{
        ARENA_AUTO scratch = { 0 };
        struct model *m = arena_new(&scratch, struct model);
        size_t before = out->errors;
        bool opens = false;
        *m = (struct model){ .arena = &scratch, .p = p, .out = out, .given = given_ends(p) };
        for (size_t i = 0; i < p->n_actions; i++) {
                opens |= p->action[i].opens && !p->action[i].town; /* what other towns bring is not all */
                check_action(m, &p->action[i]);
                check_given_end(m, &p->action[i]);
        }
        if (!opens)
                model_error(m, "procedure.no-start", 1, "没有动作从 start 开始", "No action begins at start");
        for (size_t i = 0; i < p->n_states; i++)
                check_state(m, &p->state[i]);
        for (size_t i = 0; i < p->n_clocks; i++)
                check_clock(m, i, town);
        model_tasks(m);
        model_outcomes(m);
        if (!m->too_big)
                model_explore(m);
        if (!m->too_big && town)
                model_longest(m, town);
        return out->errors == before ? OK : ERR_RULE;
}

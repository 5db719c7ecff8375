/* procedure/step.h — one action on one matter: may it be done, where does it lead, what follows?
 *
 * Pure: no database, no clock, no allocation. The caller stores what comes back. Errors name the field at
 * fault and say why in both languages; on failure nothing is written.
 */
#pragma once
#include "base/ctx.h"
#include "procedure/procedure.h"

struct form_value {
        struct str name, value;
};

struct step_ask {
        int state; /* where the matter is; STATE_NONE to open one */
        struct str action;
        enum actor_kind actor; /* staff and keys act by @rights, reporters hold the tracking code */
        uint64_t rights;       /* bits as procedure_names gives them; 0 for the public and reporters */
        const struct form_value *value;
        size_t n_values;
        uint32_t facts; /* FACT_BIT(...) of those that are true once the command is applied */
        struct instant now;
        struct instant
                since; /* when the matter was opened: no instant of a form lies before it; INSTANT_NONE = no bound */
};
#define STATE_NONE (-1)

/* A value of the form as its type. */
struct step_value {
        bool given;
        struct str text; /* trimmed; of a choice its code. A view of what was asked. */
        int64_t number;  /* choice: index; bool: 0, 1; int: value; instant: microseconds */
};

struct step {
        const struct procedure_action *action;
        int to;                                        /* the state afterwards */
        bool entered;                                  /* the state was entered, be it again */
        bool ended;                                    /* a final state was entered: every clock stops */
        uint32_t start, stop;                          /* bits of clocks; stops come before starts */
        uint32_t pause, resume, extend;                /* likewise; they come between stops and starts */
        uint32_t ends;                                 /* of the started: those that end at @until, not by their limit */
        struct instant until;                          /* where pauses end, and the clocks of @ends */
        int32_t more;                                  /* units that the extended get */
        struct instant stop_at[PROCEDURE_CLOCKS_MAX];  /* of the stopped */
        uint32_t notify;                               /* bits of procedure_notify */
        uint64_t records;                              /* bits of procedure_record */
        enum procedure_told told;                      /* how, when RECORD_TOLD is set */
        struct step_value value[PROCEDURE_FIELDS_MAX]; /* as action->field */
};

/* OK. ERR_NONE: no such action. ERR_RIGHT: not for this actor. ERR_STATE: not in this state. ERR_RULE: a guard does
 * not hold, or the state it leads to asks for more. Of the form: ERR_MISSING, ERR_UNKNOWN, ERR_TYPE, ERR_RANGE,
 * ERR_UTF8. */
int procedure_step(const struct procedure *, const struct step_ask *, struct step *ret, struct err *err);

/* Do its right, the state and the guard allow this actor that action? */
bool procedure_may(const struct procedure_action *, int state, enum actor_kind actor, uint64_t rights, uint32_t facts);
/* What this actor may do now, in the order of the file. Actions of the system are listed for the system only, those on a
 * task not at all: they hang on the task, and on the rights over it. Returns how many; @ret has room for PROCEDURE_ACTIONS_MAX. */
size_t procedure_actions(const struct procedure *, int state, enum actor_kind actor, uint64_t rights, uint32_t facts,
                         const struct procedure_action **ret);

/* The value of a field by name, or NULL when the action has no such field or it was not given. */
const struct step_value *step_value(const struct step *, const char *name);

/* Does @when hold? @value are the form's values, NULL where only facts are looked at. */
bool when_holds(struct procedure_when when, uint32_t facts, const struct step_value *value);

/* The form of @action filled from @ask; ret_value has PROCEDURE_FIELDS_MAX places. As procedure_step. */
int form_take(const struct procedure_action *action, const struct step_ask *ask, struct step_value *ret_value,
              struct err *err);

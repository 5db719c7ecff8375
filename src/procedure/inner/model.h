/* procedure/inner/model.h — the parts of the check and what they share. */
#pragma once
#include "procedure/check.h"
#include "procedure/inner/decide.h"

/* One thing an action can lead to, over all answers to all conditions. */
struct outcome {
        int to;               /* STATE_SAME or a state entered */
        uint32_t start, stop, resume; /* clocks; a pause or an extension leaves them running */
        uint64_t records;
};
#define OUTCOMES_MAX 64
struct outcomes {
        struct outcome *row;
        size_t n;
};

struct model {
        struct arena *arena; /* for the time of the check */
        const struct procedure *p;
        struct findings *out;
        struct outcomes of[PROCEDURE_ACTIONS_MAX];
        uint32_t given;   /* clocks that are given their end when they start */
        uint64_t tracked; /* records some state asks for */
        uint32_t apart;   /* clocks of tasks: no state of the matter hangs on them */
        bool too_big;     /* said once; what follows would not be a proof */
};

#define model_error(m, rule, line, ...)                                                                                \
        finding_add((m)->out, (rule), SEV_ERROR, (m)->p->file, (line), (struct say){ "", "" }, __VA_ARGS__)

/* Who may call others in must get an answer or go on without, and is not through before that. */
void model_tasks(struct model *);
void model_too_big(struct model *, int32_t line);
/* What each action can lead to; finds rows missing and dead, and ways into a state that skip its needs. */
void model_outcomes(struct model *);
/* Every situation that can come about. */
void model_explore(struct model *);
/* The stages along the longest way, against the statutory limit. */
void model_longest(struct model *, const struct procedure_town *);

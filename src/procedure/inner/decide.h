/* procedure/inner/decide.h — the part of a step that the check runs too, so that what is proved is what happens. */
#pragma once
#include "procedure/step.h"

/* The first row of `to` whose condition holds, or -1. */
int step_row(const struct procedure_action *, uint32_t facts, const struct step_value *value);
/* Everything after the right, the guard and the form: @s holds the action and the values. OK or ERR_RULE. */
int step_decide(const struct procedure *, const struct step_ask *, struct step *s, struct err *err);

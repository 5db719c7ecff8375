#include "procedure/procedure.h"

extern const char procedure_default_text[];
extern const size_t procedure_default_size;

struct str procedure_default(void)
{
        return (struct str){ procedure_default_text, procedure_default_size };
}

int procedure_state_find(const struct procedure *p, struct str code)
{
        for (size_t i = 0; i < p->n_states; i++)
                if (str_eq(p->state[i].code, code))
                        return (int)i;
        return -1;
}

int procedure_action_find(const struct procedure *p, struct str code)
{
        for (size_t i = 0; i < p->n_actions; i++)
                if (str_eq(p->action[i].code, code))
                        return (int)i;
        return -1;
}

int procedure_clock_find(const struct procedure *p, struct str code)
{
        for (size_t i = 0; i < p->n_clocks; i++)
                if (str_eq(p->clock[i].code, code))
                        return (int)i;
        return -1;
}

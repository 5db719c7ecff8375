/* How one matter counts, and who may see a figure that few people stand behind. Pure. */
#include "insight/flow.h"

const int32_t flow_hours[FLOW_STEPS] = { 1, 2, 4, 8, 24, 48, 72 };
const char *const flow_group_names[] = { "all", "unit", "subject", NULL };

void flow_take(struct flow_figures *f, const struct flow_matter *m)
{
        size_t units = m->n > 0;
        for (size_t i = 1; i < m->n; i++)
                units += !str_eq(m->unit[i], m->unit[i - 1]);
        f->sent += units > 0;
        f->straight += units == 1;
        if (units > 0)
                f->hops[units > FLOW_HOPS ? FLOW_HOPS - 1 : units - 1]++;
        f->answered += m->answered;
        f->reopened += m->answered && m->reopened;
        if (!m->owed)
                return;
        if (instant_is_none(m->contacted)) {
                f->not_contacted++;
                return;
        }
        size_t step = 0;
        while (step < FLOW_STEPS && m->contacted.us - m->opened.us > flow_hours[step] * US_PER_HOUR)
                step++;
        f->contact[step]++;
}

int32_t flow_median(const struct flow_figures *f)
{
        int64_t all = 0, so_far = 0;
        for (size_t i = 0; i <= FLOW_STEPS; i++)
                all += f->contact[i];
        for (size_t i = 0; i < FLOW_STEPS; i++) {
                so_far += f->contact[i];
                if (all > 0 && 2 * so_far >= all)
                        return flow_hours[i];
        }
        return all > 0 ? -1 : 0;
}

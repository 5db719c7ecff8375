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

/* ---- cells ------------------------------------------------------------------------------------------------------------ */

static bool works_in(const struct town *t, const struct staff_member *s, const struct str *unit, size_t n)
{
        for (size_t i = 0; i < n; i++)
                if (org_below(&t->orgs, s->org, unit[i]))
                        return true;
        return false;
}

size_t cell_workers(const struct town *t, const struct str *unit, size_t n, struct day on)
{
        size_t workers = 0;
        for (size_t i = 0; i < t->staff.n; i++)
                workers += staff_serves(&t->staff.row[i], on) && works_in(t, &t->staff.row[i], unit, n);
        return workers;
}

/* Works there, or holds a post of supervision (督办, 带班) in a unit above it. */
static bool theirs(const struct town *t, struct str login, const struct scopes *scopes, struct str unit)
{
        const struct staff_member *me = staff_find(&t->staff, login);
        if (me && org_below(&t->orgs, me->org, unit))
                return true;
        for (size_t i = 0; scopes && i < scopes->n; i++) {
                const struct post *p = post_find(&t->posts, scopes->row[i].post);
                if (!p || p->role == POST_NONE || p->org == POST_NONE)
                        continue;
                struct str role = t->roles.row[p->role].code, above = t->orgs.row[p->org].code;
                if ((str_is(role, "supervisor") || str_is(role, "leader")) && org_below(&t->orgs, unit, above))
                        return true;
        }
        return false;
}

bool cell_theirs(const struct town *t, struct str login, const struct scopes *scopes, const struct str *unit, size_t n, struct day on)
{
        if (login.n == 0 || !staff_serves(staff_find(&t->staff, login), on))
                return false;
        for (size_t i = 0; i < n; i++)
                if (!theirs(t, login, scopes, unit[i]))
                        return false;
        return n > 0;
}

#include "insight/cells.h"

void cell_add_unit(struct arena *a, struct cell_units *cell, struct str unit)
{
        if (unit.n == 0)
                return;
        for (size_t i = 0; i < cell->n; i++)
                if (str_eq(cell->unit[i], unit))
                        return;
        if (cell->n == cell->cap) {
                size_t cap = cell->cap ? 2 * cell->cap : 4;
                struct str *more = arena_array(a, struct str, cap);
                if (cell->n)
                        memcpy(more, cell->unit, cell->n * sizeof(*more));
                cell->unit = more;
                cell->cap = cap;
        }
        cell->unit[cell->n++] = str_dup(a, unit);
}

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

bool cell_theirs(const struct cell_reader *who, const struct str *unit, size_t n)
{
        if (who->login.n == 0 || !staff_serves(staff_find(&who->town->staff, who->login), who->on))
                return false;
        for (size_t i = 0; i < n; i++)
                if (!theirs(who->town, who->login, who->scopes, unit[i]))
                        return false;
        return n > 0;
}

static void join(struct arena *a, const struct cell_reader *who, struct cell_units *rest, struct cell_units *cell)
{
        cell->joined = true;
        for (size_t i = 0; i < cell->n; i++)
                cell_add_unit(a, rest, cell->unit[i]);
        rest->workers = cell_workers(who->town, rest->unit, rest->n, who->on);
}

/* The cell with the fewest workers that may still be joined; NULL = none is left. */
static struct cell_units *smallest(struct cell_units *cell, const bool *stays, size_t n)
{
        struct cell_units *best = NULL;
        for (size_t i = 0; i < n; i++)
                if (!cell[i].joined && !stays[i] && (!best || cell[i].workers < best->workers))
                        best = &cell[i];
        return best;
}

size_t cells_join(struct arena *a, const struct cell_reader *who, struct cell_units *cell, size_t n, struct cell_units *rest)
{
        bool *stays = arena_array(a, bool, n + 1);
        size_t joined = 0;
        *rest = (struct cell_units){ 0 };
        for (size_t i = 0; i < n; i++) {
                cell[i].workers = cell_workers(who->town, cell[i].unit, cell[i].n, who->on);
                stays[i] = cell[i].n == 0 || cell_theirs(who, cell[i].unit, cell[i].n);
        }
        for (;;) {
                struct cell_units *next = smallest(cell, stays, n);
                bool few = next && next->workers < CELL_WORKERS_MIN, thin = joined > 0 && rest->workers < CELL_WORKERS_MIN;
                if (!next || (!few && !thin))
                        return joined;
                join(a, who, rest, next);
                joined++;
        }
}

size_t cells_join_reports(const int64_t *reports, size_t n, bool *ret_joined, int64_t *ret_sum)
{
        size_t joined = 0;
        *ret_sum = 0;
        for (size_t i = 0; i < n; i++)
                ret_joined[i] = false;
        for (;;) {
                size_t least = n;
                for (size_t i = 0; i < n; i++)
                        if (!ret_joined[i] && (least == n || reports[i] < reports[least]))
                                least = i;
                bool thin = joined > 0 && *ret_sum < CELL_REPORTS_MIN;
                if (least == n || (reports[least] >= CELL_REPORTS_MIN && !thin))
                        return joined;
                ret_joined[least] = true;
                *ret_sum += reports[least];
                joined++;
        }
}

void cell_json(struct json *j, int64_t cells, bool withheld)
{
        json_kint(j, "cells", cells);
        json_kbool(j, "withheld", withheld);
}

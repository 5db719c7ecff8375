/* Starting, stopping and firing. */
#include "procedure/clocks.h"

struct clock *clock_set_find(struct clock_set *set, struct str code)
{
        for (size_t i = 0; i < set->n; i++)
                if (str_eq(set->row[i].code, code))
                        return &set->row[i];
        return NULL;
}

bool clock_kept(const struct clock *c, struct instant now)
{
        struct instant end = clock_runs(c) ? now : c->stopped;
        return end.us <= c->due.us;
}

/* The first share that has not fired; 100 comes last. False when all have. */
static bool next_share(const struct clock *c, struct clock_share *ret)
{
        if (!clock_runs(c) || c->level >= 100)
                return false;
        for (size_t i = 0; i < c->n_shares; i++)
                if (c->share[i].percent > c->level) {
                        *ret = c->share[i];
                        return true;
                }
        *ret = (struct clock_share){ 100, c->due };
        return true;
}

/* The clock whose alarm comes first; -1 if none has one left. Equal instants: the order of the set. */
static int earliest(const struct clock_set *set, struct clock_share *ret)
{
        int at = -1;
        for (size_t i = 0; i < set->n; i++) {
                struct clock_share s = { 0 };
                if (!next_share(&set->row[i], &s) || (at >= 0 && s.at.us >= ret->at.us))
                        continue;
                *ret = s;
                at = (int)i;
        }
        return at;
}

struct instant clock_set_next(const struct clock_set *set)
{
        struct clock_share s = { 0 };
        return earliest(set, &s) < 0 ? INSTANT_NONE : s.at;
}

static struct clock_alarm alarm_of(const struct procedure *p, const struct clock *c, struct clock_share s)
{
        struct clock_alarm a = {
                .percent = s.percent, .at = s.at, .then = -1, .kind = s.percent == 100 ? ALARM_UP : ALARM_REMIND
        };
        int at = procedure_clock_find(p, c->code);
        if (at < 0)
                return a;
        const struct procedure_clock *d = &p->clock[at];
        for (size_t i = 0; i < d->n_alarms; i++)
                if (d->alarm[i].percent == s.percent)
                        a.kind = d->alarm[i].kind;
        a.then = s.percent == 100 ? d->then : -1;
        return a;
}

size_t clock_set_fire(struct clock_set *set, const struct procedure *p, struct instant now,
                      struct clock_alarm ret_alarm[static CLOCK_ALARMS_MAX])
{
        struct clock_share s = { 0 };
        size_t n = 0;
        for (int at = earliest(set, &s); at >= 0 && s.at.us <= now.us && n < CLOCK_ALARMS_MAX; at = earliest(set, &s)) {
                ret_alarm[n] = alarm_of(p, &set->row[at], s);
                ret_alarm[n++].clock = at;
                set->row[at].level = s.percent;
        }
        return n;
}

/* The limit by its id, with where it was taken from. */
static int town_limit(const struct clock_ground *g, struct str id, struct clock_limit *ret, struct err *err)
{
        if (g->town(g->arg, id, ret) == OK && ret->limit > 0)
                return OK;
        return err_set(err, ERR_NONE, "limit", "town.yaml 没有“%.*s”这项时限", "town.yaml has no limit \"%.*s\"",
                       (int)id.n, id.p);
}

static int count(struct clock *c, const struct procedure_clock *d, const struct calendar *cal,
                 const struct office_hours *hours, struct err *err)
{
        struct due_spec spec = { .start = c->started, .limit = c->limit + c->extended, .unit = c->unit, .roll = c->roll,
                                 .pause = c->pause, .n_pause = c->n_pauses };
        struct due due;
        int e = due_compute(cal, hours, &spec, &due, err);
        if (e != OK)
                return e;
        c->due = due.at;
        c->provisional = due.provisional;
        c->n_shares = 0;
        for (size_t i = 0; e == OK && i + 1 < d->n_alarms; i++) {
                struct clock_share *s = &c->share[c->n_shares++];
                s->percent = d->alarm[i].percent;
                e = due_share(cal, hours, &spec, s->percent, &s->at, err);
        }
        return e;
}

/* One limit that could bind the clock. */
struct candidate {
        enum clock_from from;
        struct str id;
        struct clock_limit limit;
};

static int begin(const struct procedure_clock *d, const struct clock_ground *g, const struct candidate *by,
                 struct instant now, struct clock *ret, struct err *err)
{
        bool rolls = d->roll == DUE_ROLL_STATUTORY || by->limit.roll == DUE_ROLL_STATUTORY;
        *ret = (struct clock){
                .code = d->code,
                .kind = d->kind,
                .limit = by->limit.limit,
                .unit = by->limit.unit,
                .roll = rolls ? DUE_ROLL_STATUTORY : DUE_ROLL_NONE,
                .started = now,
                .stopped = INSTANT_NONE,
                .from = by->from,
                .source = by->id,
        };
        return count(ret, d, g->calendar, g->hours, err);
}

static int begin_earliest(const struct procedure_clock *d, const struct clock_ground *g, struct instant now,
                          struct clock *ret, struct err *err)
{
        struct candidate by = { CLOCK_FROM_DUTY, g->duty_code, g->duty };
        if (!d->duty || g->duty.limit == 0) {
                by = (struct candidate){ .from = CLOCK_FROM_TOWN, .id = d->limit };
                int e = town_limit(g, by.id, &by.limit, err);
                if (e != OK)
                        return e;
        }
        int e = begin(d, g, &by, now, ret, err);
        if (e != OK || !g->urgent || d->urgent.n == 0)
                return e;
        struct clock sooner;
        by = (struct candidate){ .from = CLOCK_FROM_TOWN, .id = d->urgent };
        e = town_limit(g, by.id, &by.limit, err);
        if (e == OK)
                e = begin(d, g, &by, now, &sooner, err);
        if (e == OK && sooner.due.us < ret->due.us)
                *ret = sooner;
        return e;
}

/* A clock that was given its end: not beyond its limit, and its shares are those of the time until then. */
static int end_at(struct clock *c, const struct procedure_clock *d, struct instant until, struct err *err)
{
        char latest[40];
        if (until.us <= c->started.us)
                return err_set(err, ERR_RANGE, "until", "应晚于现在", "must lie in the future");
        if (until.us > c->due.us)
                return err_set(err, ERR_RANGE, "until", "“%1$s”%2$.0s最迟到 %3$s", "\"%1$.0s%2$s\" ends %3$s at the latest", d->name.zh,
                               d->name.en, instant_format(c->due, latest));
        for (size_t i = 0; i < c->n_shares; i++)
                c->share[i].at.us = c->started.us + (until.us - c->started.us) / 100 * c->share[i].percent;
        c->due = until;
        c->provisional = false;
        return OK;
}

/* Upstream wants it earlier than we would have it: then its deadline holds, counted in natural time. */
static void hurry(struct clock *c, const struct procedure_clock *d, const struct clock_ground *g)
{
        if (!d->upstream || g->order_system.n == 0 || g->order_due.us >= c->due.us)
                return;
        int64_t span = g->order_due.us > c->started.us ? g->order_due.us - c->started.us : 0;
        int64_t hours = (span + US_PER_HOUR - 1) / US_PER_HOUR;
        c->due = g->order_due;
        c->limit = hours < 1 ? 1 : hours > DUE_LIMIT_MAX ? DUE_LIMIT_MAX : (int32_t)hours;
        c->unit = DUE_HOUR;
        c->roll = DUE_ROLL_NONE;
        c->provisional = false;
        c->from = CLOCK_FROM_ORDER;
        c->source = g->order_system;
        for (size_t i = 0; i < c->n_shares; i++)
                c->share[i].at.us = c->due.us - span + span / 100 * c->share[i].percent;
}

void clock_set_hurry(struct clock_set *set, const struct procedure *p, const struct clock_ground *g)
{
        for (size_t i = 0; i < set->n; i++) {
                int at = procedure_clock_find(p, set->row[i].code);
                if (at >= 0 && clock_runs(&set->row[i]))
                        hurry(&set->row[i], &p->clock[at], g);
        }
}

static int start(struct clock_set *set, const struct procedure_clock *d, const struct clock_ground *g,
                 struct instant now, const struct instant *until, struct err *err)
{
        struct clock *at = clock_set_find(set, d->code), fresh;
        if (at && !d->restarts)
                return OK;
        if (!at && set->n == PROCEDURE_CLOCKS_MAX)
                return err_set(err, ERR_RANGE, "clocks", "时限太多", "Too many clocks");
        int e = begin_earliest(d, g, now, &fresh, err);
        if (e == OK && until)
                e = end_at(&fresh, d, *until, err);
        if (e != OK)
                return e;
        hurry(&fresh, d, g);
        *(at ? at : &set->row[set->n++]) = fresh;
        return OK;
}

static void stop(struct clock *c, struct instant at)
{
        if (c && clock_runs(c))
                c->stopped = at.us < c->started.us ? c->started : at;
}

/* Counted anew after a change: what has been reminded of before is not said again, what now lies ahead is. */
static int recount(struct clock *c, const struct procedure_clock *d, const struct clock_ground *g, struct instant now, struct err *err)
{
        int e = count(c, d, g->calendar, g->hours, err);
        c->level = 0;
        for (size_t i = 0; e == OK && i < c->n_shares; i++)
                if (c->share[i].at.us <= now.us)
                        c->level = c->share[i].percent;
        return e;
}

static bool ran_out(const struct clock *c, struct instant now)
{
        return c->level >= 100 || c->due.us <= now.us;
}

/* What stands still until then, or is promised by then, must not lie beyond a limit of law that runs on. @paused are let off. */
static int within_law(const struct clock_set *set, const struct procedure *p, uint32_t paused, const char *field, struct instant until,
                      struct instant now, struct err *err)
{
        for (size_t i = 0; i < set->n; i++) {
                const struct clock *c = &set->row[i];
                int at = procedure_clock_find(p, c->code);
                char latest[40];
                if (c->kind != CLOCK_STATUTORY || !clock_runs(c) || ran_out(c, now) || until.us <= c->due.us || (at >= 0 && (paused >> at & 1)))
                        continue;
                return err_set(err, ERR_RANGE, field, "不能超过法定期限 %s", "must not lie beyond the limit of law, %s",
                               instant_format(c->due, latest));
        }
        return OK;
}

static int pause_clock(struct clock *c, const struct procedure_clock *d, const struct clock_ground *g, struct instant now,
                       struct instant until, struct err *err)
{
        if (!clock_runs(c) || ran_out(c, now))
                return OK;
        if (until.us <= now.us)
                return err_set(err, ERR_RANGE, "until", "应晚于现在", "must lie in the future");
        if (c->n_pauses == CLOCK_PAUSES_MAX)
                return err_set(err, ERR_RULE, "until", "“%1$s”%2$.0s已暂停过 %3$d 次，不能再暂停",
                               "\"%1$.0s%2$s\" was paused %3$d times and pauses no more", d->name.zh, d->name.en, CLOCK_PAUSES_MAX);
        c->pause[c->n_pauses++] = (struct due_span){ now, until };
        return recount(c, d, g, now, err);
}

/* A pause that still lasts ends now. A stop that turned out to be none never was: the time since then counts. */
static int resume_clock(struct clock *c, const struct procedure_clock *d, const struct clock_ground *g, struct instant now, struct err *err)
{
        struct due_span *last = c->n_pauses ? &c->pause[c->n_pauses - 1] : NULL;
        c->stopped = INSTANT_NONE;
        if (!last || last->to.us <= now.us || ran_out(c, now))
                return OK;
        last->to = now;
        if (last->from.us >= now.us)
                c->n_pauses--;
        return recount(c, d, g, now, err);
}

static int extend_clock(struct clock *c, const struct procedure_clock *d, const struct clock_ground *g, struct instant now, int32_t more,
                        struct err *err)
{
        if (!c || !clock_runs(c) || ran_out(c, now))
                return err_set(err, ERR_RULE, "more", "“%1$s”%2$.0s已经到期或没有在走，不能延长",
                               "\"%1$.0s%2$s\" has run out or does not run, and is not extended", d->name.zh, d->name.en);
        if (c->limit + c->extended > DUE_LIMIT_MAX - more)
                return err_set(err, ERR_RANGE, "more", "延长得太多", "is too much");
        c->extended += more;
        return recount(c, d, g, now, err);
}

/* What people grant or take back while a clock runs. */
static int change(struct clock_set *set, const struct procedure *p, size_t at, const struct step *step, const struct clock_ground *g,
                  struct instant now, struct err *err)
{
        const struct procedure_clock *d = &p->clock[at];
        struct clock *c = clock_set_find(set, d->code);
        int e = OK;
        if (c && (step->pause >> at & 1))
                e = pause_clock(c, d, g, now, step->until, err);
        if (e == OK && c && (step->resume >> at & 1))
                e = resume_clock(c, d, g, now, err);
        if (e != OK || !(step->extend >> at & 1))
                return e;
        e = extend_clock(c, d, g, now, step->more, err);
        return e == OK ? within_law(set, p, UINT32_C(1) << at, "more", c->due, now, err) : e;
}

int clock_set_step(struct clock_set *set, const struct procedure *p, const struct step *step,
                   const struct clock_ground *g, struct instant now, struct err *err)
{
        struct clock_set next = *set;
        for (size_t i = 0; i < p->n_clocks; i++)
                if (step->stop >> i & 1)
                        stop(clock_set_find(&next, p->clock[i].code), step->stop_at[i]);
        int law = step->pause ? within_law(set, p, step->pause, "until", step->until, now, err) : OK;
        if (law != OK)
                return law;
        for (size_t i = 0; i < p->n_clocks; i++) {
                int e = change(&next, p, i, step, g, now, err);
                if (e != OK)
                        return e;
        }
        for (size_t i = 0; !step->ended && i < p->n_clocks; i++) {
                if (!(step->start >> i & 1))
                        continue;
                int e = start(&next, &p->clock[i], g, now, step->ends >> i & 1 ? &step->until : NULL, err);
                if (e != OK)
                        return e;
        }
        for (size_t i = 0; step->ended && i < next.n; i++)
                stop(&next.row[i], now);
        *set = next;
        return OK;
}

int clock_set_renew(struct clock_set *set, const struct procedure *p, const struct calendar *cal,
                    const struct office_hours *hours, bool *ret_changed, struct err *err)
{
        struct clock_set next = *set;
        bool changed = false;
        for (size_t i = 0; i < next.n; i++) {
                struct clock *c = &next.row[i];
                int at = procedure_clock_find(p, c->code);
                if (!c->provisional || !clock_runs(c) || c->level >= 100 || at < 0)
                        continue;
                struct instant before = c->due;
                int e = count(c, &p->clock[at], cal, hours, err);
                if (e != OK)
                        return e;
                changed |= before.us != c->due.us;
        }
        *set = next;
        *ret_changed = changed;
        return OK;
}

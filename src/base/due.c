#include "base/due.h"
#include "base/inner/due_plan.h"

#define DAY_FIRST (-25567) /* 1900-01-01 */
#define DAY_LAST 84005     /* 2199-12-31 */

const int due_alarm_percent[DUE_ALARMS] = { 50, 80, 100 };

static const struct {
        const char *name;
        struct say say;
        bool hours;
} units[] = {
        [DUE_WORKDAY] = { "workday", { "个工作日", "working days" }, false },
        [DUE_DAY] = { "day", { "日", "days" }, false },
        [DUE_MONTH] = { "month", { "个月", "months" }, false },
        [DUE_WORKHOUR] = { "workhour", { "个工作小时", "working hours" }, true },
        [DUE_HOUR] = { "hour", { "小时", "hours" }, true },
};

int due_unit_parse(struct str s, enum due_unit *ret)
{
        for (size_t i = 0; i < COUNT(units); i++) {
                if (!str_is(s, units[i].name))
                        continue;
                *ret = (enum due_unit)i;
                return OK;
        }
        return ERR_TYPE;
}

const char *due_unit_name(enum due_unit unit)
{
        return units[unit].name;
}

struct say due_unit_say(enum due_unit unit)
{
        return units[unit].say;
}

bool due_unit_is_hours(enum due_unit unit)
{
        return units[unit].hours;
}

int due_roll_parse(struct str s, enum due_roll *ret)
{
        if (!str_is(s, "none") && !str_is(s, "statutory"))
                return ERR_TYPE;
        *ret = str_is(s, "none") ? DUE_ROLL_NONE : DUE_ROLL_STATUTORY;
        return OK;
}

int due_start_parse(struct str s, struct instant *ret)
{
        struct day d;
        if (day_parse(s, &d) != OK)
                return instant_parse(s, ret);
        *ret = day_start(d);
        return OK;
}

int due_pause_parse(struct str s, struct due_span *ret)
{
        ptrdiff_t slash = str_find(s, STR("/"));
        struct due_span p;
        if (slash < 0)
                return ERR_TYPE;
        size_t at = (size_t)slash;
        if (due_start_parse((struct str){ s.p, at }, &p.from) != OK ||
            due_start_parse((struct str){ s.p + at + 1, s.n - at - 1 }, &p.to) != OK)
                return ERR_TYPE;
        if (p.to.us < p.from.us)
                return ERR_RANGE;
        *ret = p;
        return OK;
}

static bool instant_inside(struct instant t)
{
        return t.us >= day_start((struct day){ DAY_FIRST }).us && t.us <= day_end((struct day){ DAY_LAST }).us;
}

static int far(struct err *err)
{
        return err_set(err, ERR_RANGE, "limit", "期限超出 1900 年至 2199 年",
                       "The deadline lies outside the years 1900 to 2199");
}

/* Insert one pause among the rising ones. */
static void pause_insert(struct due_plan *p, struct due_span s)
{
        size_t at = p->n_pause++;
        for (; at > 0 && p->pause[at - 1].from.us > s.from.us; at--)
                p->pause[at] = p->pause[at - 1];
        p->pause[at] = s;
}

static void pauses_merge(struct due_plan *p)
{
        size_t n = 0;
        for (size_t i = 0; i < p->n_pause; i++) {
                struct due_span *last = n ? &p->pause[n - 1] : NULL;
                if (!last || p->pause[i].from.us > last->to.us)
                        p->pause[n++] = p->pause[i];
                else if (p->pause[i].to.us > last->to.us)
                        last->to = p->pause[i].to;
        }
        p->n_pause = n;
}

static int pauses_take(struct due_plan *p, const struct due_spec *s, struct err *err)
{
        if (s->n_pause > DUE_PAUSES_MAX)
                return err_set(err, ERR_RANGE, "pause", "暂停最多 %d 段", "At most %d pauses", DUE_PAUSES_MAX);
        for (size_t i = 0; i < s->n_pause; i++) {
                struct due_span span = s->pause[i];
                if (!instant_inside(span.from) || !instant_inside(span.to))
                        return err_set(err, ERR_RANGE, "pause", "暂停须在 1900 年至 2199 年之间",
                                       "A pause must lie in the years 1900 to 2199");
                if (span.to.us < span.from.us)
                        return err_set(err, ERR_RANGE, "pause", "暂停的结束早于开始", "A pause ends before it begins");
                if (span.to.us > span.from.us)
                        pause_insert(p, span);
        }
        pauses_merge(p);
        return OK;
}

/* 民法典 202: the corresponding day, else the last of that month. */
static int month_later(struct day from, int32_t months, struct day *ret)
{
        int y, m, dom;
        day_split(from, &y, &m, &dom);
        int at = m - 1 + months % 12;
        y += months / 12 + at / 12;
        m = at % 12 + 1;
        for (; dom > 0; dom--)
                if (day_make(y, m, dom, ret))
                        return OK;
        return ERR_RANGE;
}

int due_plan_make(struct due_plan *p, const struct calendar *cal, const struct office_hours *hours,
                  const struct due_spec *s, struct err *err)
{
        p->cal = cal;
        p->hours = hours ? hours : &office_hours_default;
        p->spec = s;
        p->n_pause = 0;
        if (s->limit < 1 || s->limit > DUE_LIMIT_MAX)
                return err_set(err, ERR_RANGE, "limit", "期限须为 1 到 %d 的整数",
                               "The limit must be a whole number from 1 to %d", DUE_LIMIT_MAX);
        if (!instant_inside(s->start))
                return err_set(err, ERR_RANGE, "start", "起算时间须在 1900 年至 2199 年之间",
                               "The start must lie in the years 1900 to 2199");
        p->start = instant_day(s->start);
        p->days = s->limit;
        struct day end;
        if (s->unit == DUE_MONTH) {
                if (month_later(p->start, s->limit, &end) != OK)
                        return far(err);
                p->days = end.n - p->start.n;
        }
        return s->n_pause ? pauses_take(p, s, err) : OK;
}

/* The days whose end lies in the pause: from the day of its beginning up to, without, the day of its end. */
static void paused_days(const struct due_span *s, int32_t *ret_first, int32_t *ret_after)
{
        *ret_first = instant_day(s->from).n;
        *ret_after = instant_day(s->to).n;
}

bool due_plan_paused(const struct due_plan *p, struct day d)
{
        int32_t first, after;
        for (size_t i = 0; i < p->n_pause; i++) {
                paused_days(&p->pause[i], &first, &after);
                if (d.n >= first && d.n < after)
                        return true;
        }
        return false;
}

static int days_on(const struct due_plan *p, struct day after, int32_t n, struct day *ret)
{
        if (p->spec->unit == DUE_WORKDAY)
                return calendar_add_work(p->cal, after, n, ret);
        if (n > DAY_LAST - after.n)
                return ERR_RANGE;
        ret->n = after.n + n;
        return OK;
}

static int32_t days_between(const struct due_plan *p, struct day after, struct day upto)
{
        if (p->spec->unit == DUE_WORKDAY)
                return calendar_count_work(p->cal, after, upto);
        return upto.n > after.n ? upto.n - after.n : 0;
}

/* From pause to pause: what lies before one is counted at once, what lies in it is stepped over. */
int due_plan_day(const struct due_plan *p, int32_t nth, struct day *ret)
{
        struct day at = p->start;
        for (size_t i = 0; i < p->n_pause; i++) {
                int32_t first, after;
                paused_days(&p->pause[i], &first, &after);
                int32_t before = first > at.n + 1 ? days_between(p, at, (struct day){ first - 1 }) : 0;
                if (nth <= before)
                        break;
                nth -= before;
                if (after - 1 > at.n)
                        at.n = after - 1;
        }
        return days_on(p, at, nth, ret);
}

/* Count *left microseconds down along [from, to) outside the pauses. True, with the instant, when none is left. */
static bool run_down(const struct due_plan *p, int64_t from, int64_t to, int64_t *left, int64_t *ret_at)
{
        for (size_t i = 0; i <= p->n_pause && from < to; i++) {
                bool last = i == p->n_pause || p->pause[i].from.us >= to;
                int64_t until = last ? to : p->pause[i].from.us;
                int64_t open = until > from ? until - from : 0;
                if (*left <= open) {
                        *ret_at = from + *left;
                        return true;
                }
                *left -= open;
                if (last)
                        return false;
                if (p->pause[i].to.us > from)
                        from = p->pause[i].to.us;
        }
        return false;
}

int64_t due_plan_running(const struct due_plan *p, int64_t from, int64_t to)
{
        int64_t left = INT64_MAX, at;
        run_down(p, from, to, &left, &at);
        return INT64_MAX - left;
}

static bool work_day_down(const struct due_plan *p, struct day d, int64_t *left, int64_t *ret_at)
{
        int64_t midnight = day_start(d).us, start = p->spec->start.us;
        for (size_t i = 0; i < p->hours->n; i++) {
                int64_t from = midnight + p->hours->span[i].from * US_PER_MINUTE;
                int64_t to = midnight + p->hours->span[i].to * US_PER_MINUTE;
                if (run_down(p, from > start ? from : start, to, left, ret_at))
                        return true;
        }
        return false;
}

/* The instant at which @us of the clock's time are used up. Hour units. */
static int hours_down(const struct due_plan *p, int64_t us, struct instant *ret)
{
        struct instant end = day_end((struct day){ DAY_LAST });
        if (p->spec->unit == DUE_HOUR)
                return run_down(p, p->spec->start.us, end.us + 1, &us, &ret->us) && ret->us <= end.us ? OK : ERR_RANGE;
        struct day d = p->start;
        if (!calendar_is_work(p->cal, d) && calendar_add_work(p->cal, d, 1, &d) != OK)
                return ERR_RANGE;
        while (!work_day_down(p, d, &us, &ret->us))
                if (calendar_add_work(p->cal, d, 1, &d) != OK)
                        return ERR_RANGE;
        return ret->us <= end.us ? OK : ERR_RANGE;
}

static int roll_on(const struct due_plan *p, struct day *d)
{
        while (!calendar_is_work(p->cal, *d) || due_plan_paused(p, *d))
                if (++d->n > DAY_LAST)
                        return ERR_RANGE;
        return OK;
}

static int day_due(const struct due_plan *p, struct instant *ret)
{
        struct day last;
        int e = due_plan_day(p, p->days, &last);
        if (e == OK && p->spec->roll == DUE_ROLL_STATUTORY)
                e = roll_on(p, &last);
        if (e == OK)
                *ret = day_end(last);
        return e;
}

int due_plan_due(const struct due_plan *p, struct due *ret, struct err *err)
{
        bool by_hours = due_unit_is_hours(p->spec->unit);
        struct instant at;
        int e = by_hours ? hours_down(p, p->spec->limit * US_PER_HOUR, &at) : day_due(p, &at);
        if (e < 0)
                return far(err);
        struct day first = { by_hours ? p->start.n : p->start.n + 1 };
        *ret = (struct due){ at, !calendar_published(p->cal, first, instant_day(at)) };
        return OK;
}

int due_compute(const struct calendar *cal, const struct office_hours *hours, const struct due_spec *spec,
                struct due *ret, struct err *err)
{
        struct due_plan p;
        int e = due_plan_make(&p, cal, hours, spec, err);
        return e < 0 ? e : due_plan_due(&p, ret, err);
}

static int share_of_days(const struct due_plan *p, int percent, struct instant *ret)
{
        int64_t us = p->days * (US_PER_DAY / 100) * percent;
        int64_t whole = us / US_PER_DAY, rest = us % US_PER_DAY;
        struct day d;
        int e = due_plan_day(p, (int32_t)(whole + (rest > 0)), &d);
        if (e < 0)
                return e;
        ret->us = rest > 0 ? day_start(d).us + rest : day_end(d).us;
        return OK;
}

int due_share(const struct calendar *cal, const struct office_hours *hours, const struct due_spec *spec, int percent,
              struct instant *ret, struct err *err)
{
        struct due_plan p;
        struct due due;
        if (percent < 1 || percent > 100)
                return err_set(err, ERR_RANGE, "percent", "百分比须为 1 到 100",
                               "The percentage must be from 1 to 100");
        int e = due_plan_make(&p, cal, hours, spec, err);
        if (e == OK)
                e = due_plan_due(&p, &due, err);
        if (e < 0)
                return e;
        if (percent == 100) {
                *ret = due.at;
                return OK;
        }
        struct instant at;
        if (due_unit_is_hours(spec->unit))
                e = hours_down(&p, spec->limit * (US_PER_HOUR / 100) * percent, &at);
        else
                e = share_of_days(&p, percent, &at);
        if (e < 0)
                return far(err);
        *ret = at;
        return OK;
}

int due_before(const struct calendar *cal, struct day event, int32_t n, enum due_unit unit, bool clear, struct day *ret)
{
        if (unit != DUE_DAY && unit != DUE_WORKDAY)
                return ERR_TYPE;
        if (n < 1 || n > DUE_LIMIT_MAX || event.n < DAY_FIRST || event.n > DAY_LAST)
                return ERR_RANGE;
        n += clear;
        if (unit == DUE_WORKDAY)
                return calendar_add_work(cal, event, -n, ret);
        if (event.n - n < DAY_FIRST)
                return ERR_RANGE;
        ret->n = event.n - n;
        return OK;
}

#include "base/due.h"
#include "base/inner/due_plan.h"

#define WHY_MAX 256
#define LINES_EACH_END 20

/* ---- the count ------------------------------------------------------------------------------------------- */

static bool day_counts(const struct due_plan *p, struct day d)
{
        return !due_plan_paused(p, d) && (p->spec->unit != DUE_WORKDAY || calendar_is_work(p->cal, d));
}

/* What day @s->date is for a clock in days of which @counted have been counted before. */
static void day_step(const struct due_plan *p, struct due_step *s, int32_t counted, struct day due)
{
        if (s->date.n == p->start.n) {
                s->kind = DUE_STEP_START;
        } else if (counted == p->days) {
                s->kind = s->date.n == due.n ? DUE_STEP_ROLLED_TO : DUE_STEP_ROLLED;
        } else if (day_counts(p, s->date)) {
                s->kind = DUE_STEP_COUNTED;
                s->counted = true;
                s->nth = counted + 1;
        } else {
                s->kind = due_plan_paused(p, s->date) ? DUE_STEP_PAUSED : DUE_STEP_REST;
        }
}

/* Time of [from, to) on that date for which the clock could run; with and without the pauses. */
static void open_time(const struct due_plan *p, struct day d, int64_t from, int64_t to, int64_t *ret_open,
                      int64_t *ret_run)
{
        static const struct office_hours whole_day = { 1, { { 0, 1440 } } };
        const struct office_hours *h = p->spec->unit == DUE_HOUR ? &whole_day : p->hours;
        *ret_open = *ret_run = 0;
        if (p->spec->unit == DUE_WORKHOUR && !calendar_is_work(p->cal, d))
                return;
        for (size_t i = 0; i < h->n; i++) {
                int64_t a = day_start(d).us + h->span[i].from * US_PER_MINUTE;
                int64_t b = day_start(d).us + h->span[i].to * US_PER_MINUTE;
                a = a > from ? a : from;
                b = b < to ? b : to;
                if (a >= b)
                        continue;
                *ret_open += b - a;
                *ret_run += due_plan_running(p, a, b);
        }
}

static void hour_step(const struct due_plan *p, struct due_step *s, struct instant due)
{
        int64_t open;
        open_time(p, s->date, p->spec->start.us, due.us, &open, &s->us);
        s->counted = s->us > 0;
        s->kind = s->counted ? DUE_STEP_COUNTED : open > 0 ? DUE_STEP_PAUSED : DUE_STEP_REST;
}

/* ---- the words ------------------------------------------------------------------------------------------- */

/* Steps @first to @last of the count, told as one. */
struct run {
        const struct due_spec *spec;
        const struct due_steps *steps;
        size_t first, last;
        enum lang lang;
};

static void put(struct buf *out, enum lang lang, const char *zh, const char *en)
{
        buf_puts(out, lang == LANG_ZH ? zh : en);
}

static void put_time(struct buf *out, int64_t us, enum lang lang)
{
        int64_t h = us / US_PER_HOUR, m = us / US_PER_MINUTE % 60, s = us / US_PER_SECOND % 60, f = us % US_PER_SECOND;
        const char *blank = "";
        if (h > 0) {
                buf_printf(out, lang == LANG_ZH ? "%d 小时" : "%d h", (int)h);
                blank = " ";
        }
        if (m > 0) {
                buf_printf(out, lang == LANG_ZH ? "%s%d 分" : "%s%d min", blank, (int)m);
                blank = " ";
        }
        if (f > 0)
                buf_printf(out, lang == LANG_ZH ? "%s%d.%06d 秒" : "%s%d.%06d s", blank, (int)s, (int)f);
        else if (s > 0 || us == 0)
                buf_printf(out, lang == LANG_ZH ? "%s%d 秒" : "%s%d s", blank, (int)s);
}

/* Why nobody works then. */
static void put_rest(struct buf *out, const struct run *r)
{
        const struct due_step *s = &r->steps->row[r->first];
        const char *name = say_in(s->day.name, r->lang);
        if (s->day.kind == DAY_HOLIDAY)
                buf_printf(out, r->lang == LANG_ZH ? "%s放假" : "off for %s", name);
        else if (s->day.kind == DAY_LOCAL_OFF)
                buf_printf(out, r->lang == LANG_ZH ? "%s（本地放假）" : "%s (local day off)", name);
        else if (s->day.kind == DAY_WEEKEND && r->last > r->first)
                put(out, r->lang, "周末", "weekend");
        else if (s->day.kind == DAY_WEEKEND)
                buf_printf(out, r->lang == LANG_ZH ? "%s，休息日" : "%s, a rest day",
                           say_in(day_name(s->date), r->lang));
        else
                put(out, r->lang, "起算时已下班", "the office is closed for the rest of that day");
}

static void put_nth(struct buf *out, const struct run *r)
{
        static const struct say one[] = { { "第 %d 日", "day %d" }, { "第 %d 个工作日", "working day %d" } };
        static const struct say many[] = { { "第 %d 至 %d 日", "days %d to %d" },
                                           { "第 %d 至 %d 个工作日", "working days %d to %d" } };
        int work = r->spec->unit == DUE_WORKDAY;
        int a = r->steps->row[r->first].nth, b = r->steps->row[r->last].nth;
        if (a == b)
                buf_printf(out, say_in(one[work], r->lang), a);
        else
                buf_printf(out, say_in(many[work], r->lang), a, b);
}

static bool rolls_after(const struct due_steps *s, size_t i)
{
        return i + 1 < s->n && s->row[i].counted && !s->row[i + 1].counted && s->row[i + 1].kind >= DUE_STEP_ROLLED;
}

static void put_counted_day(struct buf *out, const struct run *r)
{
        const struct due_step *s = &r->steps->row[r->first];
        const char *name = say_in(s->day.name, r->lang);
        put_nth(out, r);
        if (r->spec->unit == DUE_WORKDAY && s->day.kind == DAY_MAKEUP)
                buf_printf(out, r->lang == LANG_ZH ? "（%s调休上班）" : " (worked instead, %s)", name);
        else if (r->spec->unit == DUE_WORKDAY && s->day.kind == DAY_LOCAL_WORK)
                buf_printf(out, r->lang == LANG_ZH ? "（%s，本地上班）" : " (%s, a local working day)", name);
        if (!rolls_after(r->steps, r->last))
                return;
        put(out, r->lang, "，是最后一日，但逢", ", the last one, but ");
        put_rest(out, r);
}

static void put_counted_hours(struct buf *out, const struct run *r)
{
        bool many = r->last > r->first;
        put(out, r->lang, many ? "每日计 " : "计 ", "");
        put_time(out, r->steps->row[r->first].us, r->lang);
        put(out, r->lang, "", many ? " counted each day" : " counted");
}

static void put_run(struct buf *out, const struct run *r)
{
        const struct due_step *s = &r->steps->row[r->first];
        bool paused = s->kind == DUE_STEP_ROLLED && s->day.kind != DAY_WEEKEND && s->day.kind != DAY_HOLIDAY &&
                      s->day.kind != DAY_LOCAL_OFF;
        switch (s->kind) {
        case DUE_STEP_START:
                put(out, r->lang, "起算日，不计入", "the start day, not counted");
                break;
        case DUE_STEP_COUNTED:
                if (due_unit_is_hours(r->spec->unit))
                        put_counted_hours(out, r);
                else
                        put_counted_day(out, r);
                break;
        case DUE_STEP_REST:
                put_rest(out, r);
                put(out, r->lang, "，不计", ", not counted");
                break;
        case DUE_STEP_PAUSED:
                put(out, r->lang, "暂停，不计", "paused, not counted");
                break;
        case DUE_STEP_ROLLED:
                if (paused)
                        put(out, r->lang, "暂停", "paused");
                else
                        put_rest(out, r);
                put(out, r->lang, "，顺延", ", rolls on");
                break;
        case DUE_STEP_ROLLED_TO:
                put(out, r->lang, "顺延到这个工作日", "the working day it rolls to");
                break;
        }
}

static const char *why_in(struct arena *a, struct run r, enum lang lang)
{
        BUF_AUTO text = BUF(WHY_MAX * 8);
        r.lang = lang;
        put_run(&text, &r);
        return str_c(a, buf_view(&text));
}

int due_steps(struct arena *a, const struct calendar *cal, const struct office_hours *hours,
              const struct due_spec *spec, struct due_steps *ret, struct err *err)
{
        struct due_plan p;
        struct due_steps s = { 0 };
        int e = due_plan_make(&p, cal, hours, spec, err);
        if (e == OK)
                e = due_plan_due(&p, &s.due, err);
        if (e < 0)
                return e;
        bool by_hours = due_unit_is_hours(spec->unit);
        s.hours = *p.hours;
        /* A clock that ends at midnight has used nothing of the next day. */
        struct day last = instant_day((struct instant){ s.due.at.us - by_hours });
        size_t room = (size_t)(last.n - p.start.n + 1);
        s.row = arena_array(a, struct due_step, room);
        for (int32_t counted = 0; s.n < room; s.n++) {
                struct due_step *step = &s.row[s.n];
                step->date.n = p.start.n + (int32_t)s.n;
                step->day = calendar_why(cal, step->date);
                if (by_hours)
                        hour_step(&p, step, s.due.at);
                else
                        day_step(&p, step, counted, last);
                counted += step->nth > 0;
        }
        for (size_t i = 0; i < s.n; i++) {
                struct run r = { .spec = spec, .steps = &s, .first = i, .last = i };
                s.row[i].why = (struct say){ why_in(a, r, LANG_ZH), why_in(a, r, LANG_EN) };
        }
        *ret = s;
        return OK;
}

/* ---- the explanation ------------------------------------------------------------------------------------- */

/* May step @i be told together with the one before it? */
static bool same_run(const struct due_spec *spec, const struct due_steps *s, size_t i)
{
        const struct due_step *a = &s->row[i - 1], *b = &s->row[i];
        if (a->kind != b->kind || a->us != b->us || rolls_after(s, i))
                return false;
        if (a->kind == DUE_STEP_PAUSED || (a->counted && spec->unit != DUE_WORKDAY))
                return true;
        return a->day.kind == b->day.kind && str_eq(str_of(a->day.name.zh), str_of(b->day.name.zh));
}

static size_t run_end(const struct due_spec *spec, const struct due_steps *s, size_t first)
{
        size_t i = first;
        while (i + 1 < s->n && same_run(spec, s, i + 1))
                i++;
        return i;
}

static void put_date(struct buf *out, struct day d, enum lang lang)
{
        char text[11];
        buf_printf(out, lang == LANG_ZH ? "%s（%s）" : "%s (%s)", day_format(d, text), say_in(day_name(d), lang));
}

static void put_line(struct buf *out, const struct run *r)
{
        buf_puts(out, "  ");
        put_date(out, r->steps->row[r->first].date, r->lang);
        if (r->last > r->first) {
                put(out, r->lang, "至 ", " to ");
                put_date(out, r->steps->row[r->last].date, r->lang);
        }
        put(out, r->lang, "：", ": ");
        put_run(out, r);
        buf_char(out, '\n');
}

static void put_lines(struct buf *out, struct run r)
{
        size_t lines = 0, at = 0;
        for (size_t i = 0; i < r.steps->n; i = run_end(r.spec, r.steps, i) + 1)
                lines++;
        for (r.first = 0; r.first < r.steps->n; r.first = r.last + 1, at++) {
                r.last = run_end(r.spec, r.steps, r.first);
                if (at < LINES_EACH_END || at + LINES_EACH_END >= lines)
                        put_line(out, &r);
                else if (at == LINES_EACH_END)
                        buf_printf(out, r.lang == LANG_ZH ? "  ……（略去 %zu 段）\n" : "  ... (%zu lines left out)\n",
                                   lines - 2 * LINES_EACH_END);
        }
}

/* "09:30", with seconds and less only when there are some. */
static void put_clock(struct buf *out, struct instant t)
{
        int64_t us = instant_us_of_day(t);
        buf_printf(out, "%02d:%02d", (int)(us / US_PER_HOUR), (int)(us / US_PER_MINUTE % 60));
        if (us % US_PER_MINUTE)
                buf_printf(out, ":%02d", (int)(us / US_PER_SECOND % 60));
        if (us % US_PER_SECOND)
                buf_printf(out, ".%06d", (int)(us % US_PER_SECOND));
}

static void put_hours(struct buf *out, const struct office_hours *h, enum lang lang)
{
        put(out, lang, "办公时间：", "Office hours: ");
        for (size_t i = 0; i < h->n; i++) {
                const struct office_span *s = &h->span[i];
                buf_printf(out, "%s%02d:%02d-%02d:%02d",
                           i == 0            ? ""
                           : lang == LANG_ZH ? "、"
                                             : ", ",
                           s->from / 60, s->from % 60, s->to / 60, s->to % 60);
        }
        put(out, lang, "。\n", ".\n");
}

static void put_question(struct buf *out, const struct office_hours *hours, const struct due_spec *s, enum lang lang)
{
        bool by_hours = due_unit_is_hours(s->unit);
        put(out, lang, "起算：", "Start: ");
        put_date(out, instant_day(s->start), lang);
        if (by_hours) {
                buf_char(out, ' ');
                put_clock(out, s->start);
        }
        put(out, lang, by_hours ? "。\n" : "，当日不计入。\n", by_hours ? ".\n" : ", that day is not counted.\n");
        buf_printf(out, lang == LANG_ZH ? "期限：%d %s" : "Limit: %d %s", (int)s->limit,
                   say_in(due_unit_say(s->unit), lang));
        bool can_roll = s->unit == DUE_DAY || s->unit == DUE_MONTH;
        if (can_roll && s->roll == DUE_ROLL_STATUTORY)
                put(out, lang, "，最后一日遇休息日顺延到下一个工作日",
                    "; a last day that is a rest day moves to the next working day");
        else if (can_roll)
                put(out, lang, "，最后一日遇休息日不顺延", "; a last day that is a rest day stays");
        put(out, lang, "。\n", ".\n");
        if (s->unit == DUE_WORKHOUR)
                put_hours(out, hours, lang);
}

static void put_answer(struct buf *out, const struct calendar *cal, const struct due_spec *s, struct due due,
                       enum lang lang)
{
        put(out, lang, "截止：", "Due: ");
        put_date(out, instant_day(due.at), lang);
        if (due_unit_is_hours(s->unit)) {
                buf_char(out, ' ');
                put_clock(out, due.at);
                put(out, lang, "。\n", ".\n");
        } else {
                put(out, lang, " 24:00 前。\n", ", before midnight at its end.\n");
        }
        if (due.provisional)
                put(out, lang, "暂定：有日子落在没有放假安排的年份，那里只按周末推算；放假安排公布并载入后重新计算。\n",
                    "Provisional: some days lie in a year without a holiday notice and follow weekends only; "
                    "computed again once the notice is loaded.\n");
        put(out, lang, "日历：", "Calendar: ");
        buf_str(out, calendar_version(cal));
        put(out, lang, "。\n", ".\n");
}

void due_explain(const struct calendar *cal, const struct due_spec *spec, const struct due_steps *steps, enum lang lang,
                 struct buf *out)
{
        put_question(out, &steps->hours, spec, lang);
        put_lines(out, (struct run){ .spec = spec, .steps = steps, .lang = lang });
        put_answer(out, cal, spec, steps->due, lang);
}

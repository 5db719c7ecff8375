/* The count as it is told, and the fast path beside a walk day by day. */
#include "base/ctx.h"
#include "base/due.h"
#include "base/test.h"

static struct due_spec spec_of(const char *start, int32_t limit, enum due_unit unit, enum due_roll roll)
{
        struct due_spec s = { .limit = limit, .unit = unit, .roll = roll };
        CHECK_EQ(due_start_parse(str_of(start), &s.start), OK);
        return s;
}

/* "02-13 - the start day, not counted\n02-14 + working day 1 ..." */
static struct str told(struct arena *a, const struct due_steps *s, enum lang lang)
{
        struct str out = STR("");
        char text[11];
        for (size_t i = 0; i < s->n; i++)
                out = str_printf(a, STR_FMT "%s %c %s\n", STR_ARG(out), day_format(s->row[i].date, text) + 5,
                                 s->row[i].counted ? '+' : '-', say_in(s->row[i].why, lang));
        return out;
}

TEST(steps_of_working_days)
{
        ARENA_AUTO a = { 0 };
        const struct calendar *c = calendar_build(&a, NULL, 0);
        struct due_spec s = spec_of("2026-02-13", 2, DUE_WORKDAY, DUE_ROLL_NONE);
        struct due_steps steps;
        CHECK_EQ(due_steps(&a, c, NULL, &s, &steps, NULL), OK);
        CHECK_EQ(steps.n, 12);
        struct str zh = told(&a, &steps, LANG_ZH), en = told(&a, &steps, LANG_EN);
        CHECK(str_starts(
                zh, STR("02-13 - 起算日，不计入\n02-14 + 第 1 个工作日（春节调休上班）\n02-15 - 春节放假，不计\n")));
        CHECK(str_ends(zh, STR("02-23 - 春节放假，不计\n02-24 + 第 2 个工作日\n")));
        CHECK(str_starts(
                en, STR("02-13 - the start day, not counted\n02-14 + working day 1 (worked instead, Spring Festival)\n"
                        "02-15 - off for Spring Festival, not counted\n")));
}

TEST(steps_of_a_roll_and_a_pause)
{
        ARENA_AUTO a = { 0 };
        const struct calendar *c = calendar_build(&a, NULL, 0);
        struct due_span pause;
        CHECK_EQ(due_pause_parse(STR("2026-11-26/2026-11-27"), &pause), OK);
        struct due_spec s = spec_of("2026-11-25", 2, DUE_DAY, DUE_ROLL_STATUTORY);
        s.pause = &pause;
        s.n_pause = 1;
        struct due_steps steps;
        CHECK_EQ(due_steps(&a, c, NULL, &s, &steps, NULL), OK);
        CHECK_STR(told(&a, &steps, LANG_ZH),
                  "11-25 - 起算日，不计入\n11-26 - 暂停，不计\n11-27 + 第 1 日\n"
                  "11-28 + 第 2 日，是最后一日，但逢周六，休息日\n11-29 - 周日，休息日，顺延\n"
                  "11-30 - 顺延到这个工作日\n");
        CHECK_STR(told(&a, &steps, LANG_EN),
                  "11-25 - the start day, not counted\n11-26 - paused, not counted\n11-27 + day 1\n"
                  "11-28 + day 2, the last one, but Saturday, a rest day\n"
                  "11-29 - Sunday, a rest day, rolls on\n11-30 - the working day it rolls to\n");
}

TEST(steps_of_hours)
{
        ARENA_AUTO a = { 0 };
        const struct calendar *c = calendar_build(&a, NULL, 0);
        struct due_span pause;
        CHECK_EQ(due_pause_parse(STR("2026-11-30/2026-12-01"), &pause), OK);
        struct due_spec s = spec_of("2026-11-27T18:30:00+08:00", 8, DUE_WORKHOUR, DUE_ROLL_NONE);
        s.pause = &pause;
        s.n_pause = 1;
        struct due_steps steps;
        CHECK_EQ(due_steps(&a, c, NULL, &s, &steps, NULL), OK);
        CHECK_STR(told(&a, &steps, LANG_ZH),
                  "11-27 - 起算时已下班，不计\n11-28 - 周六，休息日，不计\n11-29 - 周日，休息日，不计\n"
                  "11-30 - 暂停，不计\n12-01 + 计 7 小时\n12-02 + 计 1 小时\n");
        s = spec_of("2026-11-27T18:29:59.5+08:00", 24, DUE_HOUR, DUE_ROLL_NONE);
        CHECK_EQ(due_steps(&a, c, NULL, &s, &steps, NULL), OK);
        CHECK_STR(told(&a, &steps, LANG_EN),
                  "11-27 + 5 h 30 min 0.500000 s counted\n11-28 + 18 h 29 min 59.500000 s counted\n");
        s = spec_of("2026-11-27", 24, DUE_HOUR, DUE_ROLL_NONE);
        CHECK_EQ(due_steps(&a, c, NULL, &s, &steps, NULL), OK);
        CHECK_STR(told(&a, &steps, LANG_EN), "11-27 + 24 h counted\n");
}

TEST(an_explanation_for_a_clerk)
{
        ARENA_AUTO a = { 0 };
        BUF_AUTO out = BUF(65536);
        const struct calendar *c = calendar_build(&a, NULL, 0);
        struct due_spec s = spec_of("2026-02-13", 5, DUE_WORKDAY, DUE_ROLL_NONE);
        struct due_steps steps;
        CHECK_EQ(due_steps(&a, c, NULL, &s, &steps, NULL), OK);
        due_explain(c, &s, &steps, LANG_ZH, &out);
        CHECK(str_starts(buf_view(&out), STR("起算：2026-02-13（周五），当日不计入。\n期限：5 个工作日。\n"
                                             "  2026-02-13（周五）：起算日，不计入\n"
                                             "  2026-02-14（周六）：第 1 个工作日（春节调休上班）\n"
                                             "  2026-02-15（周日）至 2026-02-23（周一）：春节放假，不计\n"
                                             "  2026-02-24（周二）至 2026-02-27（周五）：第 2 至 5 个工作日\n"
                                             "截止：2026-02-27（周五） 24:00 前。\n日历：cn-2026.")));
        buf_clear(&out);
        s = spec_of("2026-12-30T17:00:00+08:00", 16, DUE_WORKHOUR, DUE_ROLL_NONE);
        CHECK_EQ(due_steps(&a, c, NULL, &s, &steps, NULL), OK);
        due_explain(c, &s, &steps, LANG_EN, &out);
        CHECK(str_starts(buf_view(&out), STR("Start: 2026-12-30 (Wednesday) 17:00.\nLimit: 16 working hours.\nOffice "
                                             "hours: 09:00-12:00, 14:00-18:00.\n"
                                             "  2026-12-30 (Wednesday): 1 h counted\n"
                                             "  2026-12-31 (Thursday) to 2027-01-01 (Friday): 7 h counted each day\n"
                                             "  2027-01-02 (Saturday) to 2027-01-03 (Sunday): weekend, not counted\n"
                                             "  2027-01-04 (Monday): 1 h counted\n"
                                             "Due: 2027-01-04 (Monday) 10:00.\nProvisional: ")));
        buf_clear(&out);
        s = spec_of("2026-09-20", 15, DUE_DAY, DUE_ROLL_STATUTORY);
        CHECK_EQ(due_steps(&a, c, NULL, &s, &steps, NULL), OK);
        due_explain(c, &s, &steps, LANG_ZH, &out);
        CHECK(str_starts(
                buf_view(&out),
                STR("起算：2026-09-20（周日），当日不计入。\n期限：15 日，最后一日遇休息日顺延到下一个工作日。\n"
                    "  2026-09-20（周日）：起算日，不计入\n"
                    "  2026-09-21（周一）至 2026-10-04（周日）：第 1 至 14 日\n"
                    "  2026-10-05（周一）：第 15 日，是最后一日，但逢国庆节放假\n"
                    "  2026-10-06（周二）至 2026-10-07（周三）：国庆节放假，顺延\n"
                    "  2026-10-08（周四）：顺延到这个工作日\n"
                    "截止：2026-10-08（周四） 24:00 前。\n")));
        CHECK(utf8_valid(buf_view(&out)) && !out.over);
}

TEST(a_long_explanation_is_cut_in_the_middle)
{
        ARENA_AUTO a = { 0 };
        BUF_AUTO out = BUF(65536);
        const struct calendar *c = calendar_build(&a, NULL, 0);
        struct due_spec s = spec_of("2020-01-01", 1500, DUE_WORKDAY, DUE_ROLL_NONE);
        struct due_steps steps;
        CHECK_EQ(due_steps(&a, c, NULL, &s, &steps, NULL), OK);
        due_explain(c, &s, &steps, LANG_EN, &out);
        size_t lines = 0;
        for (size_t i = 0; i < out.n; i++)
                lines += out.p[i] == '\n';
        CHECK_EQ(lines, 2 + 41 + 2);
        CHECK(str_find(buf_view(&out), STR("lines left out")) > 0);
}

/* ---- beside a walk --------------------------------------------------------------------------------------- */

#define PAUSES 5
struct puzzle {
        struct due_spec spec;
        struct due_span pause[PAUSES];
        struct office_hours hours;
};

static uint32_t random_below(struct chance_seeded *r, uint32_t n)
{
        uint32_t x;
        chance_fill(&r->base, &x, sizeof x);
        return x % n;
}

static struct instant random_instant(struct chance_seeded *r, struct day from, uint32_t days)
{
        int64_t us = (int64_t)random_below(r, 24 * 60) * US_PER_MINUTE;
        if (random_below(r, 4) == 0)
                us += random_below(r, 60000000);
        if (random_below(r, 4) == 0)
                us = 0;
        return (struct instant){ day_start((struct day){ from.n + (int32_t)random_below(r, days) }).us + us };
}

static void random_puzzle(struct chance_seeded *r, enum due_unit unit, struct puzzle *p)
{
        struct day first;
        CHECK(day_make(2006, 6, 1, &first));
        p->spec = (struct due_spec){ .start = random_instant(r, first, 8000), .unit = unit, .pause = p->pause };
        p->spec.limit = 1 + (int32_t)random_below(r, unit == DUE_MONTH ? 24 : random_below(r, 2) ? 10 : 90);
        p->spec.roll = random_below(r, 2) ? DUE_ROLL_STATUTORY : DUE_ROLL_NONE;
        p->spec.n_pause = random_below(r, 3) ? random_below(r, PAUSES + 1) : 0;
        for (size_t i = 0; i < p->spec.n_pause; i++) {
                struct day near = { instant_day(p->spec.start).n - 3 };
                struct instant from = random_instant(r, near, 40);
                p->pause[i] = (struct due_span){ from, { from.us + (int64_t)random_below(r, 20000) * US_PER_MINUTE } };
        }
        p->hours = (struct office_hours){
                3, { { 480, 600 }, { 600, 725 }, { 13 * 60, 13 * 60 + 1 + (int16_t)random_below(r, 600) } }
        };
}

static bool pauses_hold(const struct puzzle *p, int64_t us)
{
        for (size_t i = 0; i < p->spec.n_pause; i++)
                if (us >= p->pause[i].from.us && us < p->pause[i].to.us)
                        return true;
        return false;
}

static bool naive_counts(const struct calendar *c, const struct puzzle *p, struct day d)
{
        return !pauses_hold(p, day_end(d).us) && (p->spec.unit != DUE_WORKDAY || calendar_is_work(c, d));
}

/* The rule book's own words, one day after another. */
static struct instant naive_days(const struct calendar *c, const struct puzzle *p)
{
        struct day d = instant_day(p->spec.start), end;
        int32_t left = p->spec.limit;
        if (p->spec.unit == DUE_MONTH) {
                int y, m, dom;
                day_split(d, &y, &m, &dom);
                for (int32_t k = 0; k < p->spec.limit; k++)
                        m = m == 12 ? (y++, 1) : m + 1;
                while (!day_make(y, m, dom, &end))
                        dom--;
                left = end.n - d.n;
        }
        while (left > 0) {
                d.n++;
                left -= naive_counts(c, p, d);
        }
        if (p->spec.roll == DUE_ROLL_STATUTORY && p->spec.unit != DUE_WORKDAY)
                while (!calendar_is_work(c, d) || pauses_hold(p, day_end(d).us))
                        d.n++;
        return day_end(d);
}

static bool naive_open(const struct calendar *c, const struct puzzle *p, int64_t us)
{
        if (pauses_hold(p, us) || p->spec.unit == DUE_HOUR)
                return !pauses_hold(p, us);
        int64_t at = instant_us_of_day((struct instant){ us });
        bool open = false;
        for (size_t i = 0; i < p->hours.n; i++)
                open = open ||
                       (at >= p->hours.span[i].from * US_PER_MINUTE && at < p->hours.span[i].to * US_PER_MINUTE);
        return open && calendar_is_work(c, instant_day((struct instant){ us }));
}

/* Where may something begin or end after @us? The next full minute, or an edge of a pause. */
static int64_t naive_edge(const struct puzzle *p, int64_t us)
{
        int64_t next = us - us % US_PER_MINUTE + US_PER_MINUTE;
        for (size_t i = 0; i < p->spec.n_pause; i++) {
                if (p->pause[i].from.us > us && p->pause[i].from.us < next)
                        next = p->pause[i].from.us;
                if (p->pause[i].to.us > us && p->pause[i].to.us < next)
                        next = p->pause[i].to.us;
        }
        return next;
}

static struct instant naive_hours(const struct calendar *c, const struct puzzle *p)
{
        int64_t left = p->spec.limit * US_PER_HOUR, at = p->spec.start.us;
        for (;;) {
                int64_t next = naive_edge(p, at);
                if (naive_open(c, p, at)) {
                        if (left <= next - at)
                                return (struct instant){ at + left };
                        left -= next - at;
                }
                at = next;
        }
}

static void compare(const struct calendar *c, struct chance_seeded *r, enum due_unit unit, int times)
{
        for (int i = 0; i < times; i++) {
                struct puzzle p;
                struct due due;
                random_puzzle(r, unit, &p);
                struct instant want = due_unit_is_hours(unit) ? naive_hours(c, &p) : naive_days(c, &p);
                CHECK_EQ(due_compute(c, &p.hours, &p.spec, &due, NULL), OK);
                if (due.at.us != want.us)
                        fail_msg("case %d of %s: off by %lld us", i, due_unit_name(unit),
                                 (long long)(due.at.us - want.us));
        }
}

TEST(the_fast_path_agrees_with_a_walk)
{
        ARENA_AUTO a = { 0 };
        struct chance_seeded r;
        chance_seed(&r, 20261123);
        struct local_day local[60];
        for (int i = 0; i < 60; i++)
                local[i] = (struct local_day){ { 13300 + (int32_t)random_below(&r, 8000) },
                                               random_below(&r, 2),
                                               STR("local") };
        const struct calendar *c[] = { calendar_build(&a, NULL, 0), calendar_build(&a, local, 60) };
        for (size_t k = 0; k < COUNT(c); k++) {
                compare(c[k], &r, DUE_WORKDAY, 20000);
                compare(c[k], &r, DUE_DAY, 20000);
                compare(c[k], &r, DUE_MONTH, 5000);
                compare(c[k], &r, DUE_HOUR, 300);
                compare(c[k], &r, DUE_WORKHOUR, 100);
        }
}

/* The steps of a random count: as many counted as the limit, every date once, times adding up. */
TEST(steps_add_up)
{
        ARENA_AUTO a = { 0 };
        struct chance_seeded r;
        chance_seed(&r, 7);
        const struct calendar *c = calendar_build(&a, NULL, 0);
        for (int i = 0; i < 1500; i++) {
                ARENA_AUTO scratch = { 0 };
                struct puzzle p;
                struct due_steps s;
                random_puzzle(&r, (enum due_unit)(i % 5), &p);
                CHECK_EQ(due_steps(&scratch, c, &p.hours, &p.spec, &s, NULL), OK);
                int64_t us = 0;
                int32_t counted = 0;
                for (size_t k = 0; k < s.n; k++) {
                        CHECK_EQ(s.row[k].date.n, instant_day(p.spec.start).n + (int32_t)k);
                        CHECK(s.row[k].why.zh[0] && s.row[k].why.en[0]);
                        us += s.row[k].us;
                        counted += s.row[k].counted;
                }
                if (due_unit_is_hours(p.spec.unit))
                        CHECK_EQ(us, p.spec.limit * US_PER_HOUR);
                else if (p.spec.unit != DUE_MONTH)
                        CHECK_EQ(counted, p.spec.limit);
        }
}

/* More of the time is never used up earlier, and no alarm comes after the deadline. */
TEST(shares_rise)
{
        ARENA_AUTO a = { 0 };
        struct chance_seeded r;
        chance_seed(&r, 11);
        const struct calendar *c = calendar_build(&a, NULL, 0);
        for (int i = 0; i < 500; i++) {
                struct puzzle p;
                struct instant before = INSTANT_NONE, at;
                random_puzzle(&r, (enum due_unit)(i % 5), &p);
                for (int percent = 1; percent <= 100; percent++) {
                        CHECK_EQ(due_share(c, &p.hours, &p.spec, percent, &at, NULL), OK);
                        CHECK(at.us >= before.us);
                        before = at;
                }
        }
}

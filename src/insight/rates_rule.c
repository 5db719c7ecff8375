/* insight/rates_rule.c — how one matter counts; see rates.h. */
#include "insight/rates.h"
#include <math.h>
#include <stddef.h>

/* By @at, that is at this instant or before. */
static bool done_by(struct instant done, struct instant at)
{
        return !instant_is_none(done) && done.us <= at.us;
}

static bool passed(struct instant due, const struct rates_span *s)
{
        return !instant_is_none(due) && due.us < s->end.us;
}

static bool in_period(const struct rated *m, const struct rates_span *s)
{
        return m->due.us >= s->lo.us && m->due.us <= s->hi.us;
}

/* Ended without an answer before @due: nothing is owed any more. */
static bool let_go(const struct rated *m, struct instant due)
{
        return instant_is_none(m->answered) && !m->open && done_by(m->closed, due);
}

static bool is_sore(const struct rated *m, const struct rates_span *s)
{
        if (!m->open && (instant_is_none(m->closed) || done_by(m->closed, s->end)))
                return false;
        if (done_by(m->answered, s->end))
                return false;
        return done_by(m->promised, s->end) ? passed(m->due, s) : passed(m->first_due, s);
}

enum verdict { NOT_COUNTED, NO, PARTLY, YES };

static void count(struct rate *r, enum verdict v, bool excluded)
{
        if (v == NOT_COUNTED)
                return;
        if (excluded) {
                r->excluded++;
                return;
        }
        r->denominator++;
        r->numerator += v == YES;
        r->partly += v == PARTLY;
}

static enum verdict response(const struct rated *m, const struct rates_span *s)
{
        if (!passed(m->contact_due, s))
                return NOT_COUNTED;
        if (instant_is_none(m->contacted) && let_go(m, m->contact_due))
                return NOT_COUNTED;
        return done_by(m->contacted, m->contact_due) ? YES : NO;
}

static enum verdict on_time(const struct rated *m, const struct rates_span *s)
{
        if (!passed(m->due, s) || let_go(m, m->due))
                return NOT_COUNTED;
        return done_by(m->answered, m->due) ? YES : NO;
}

static enum verdict solution(const struct rated *m)
{
        static const enum verdict of[] = { NO, PARTLY, YES };
        return m->solved < 0 || m->solved > 2 ? NOT_COUNTED : of[m->solved];
}

static enum verdict satisfaction(const struct rated *m)
{
        if (m->satisfied < 1 || m->satisfied > 5)
                return NOT_COUNTED;
        return m->satisfied >= 4 ? YES : m->satisfied == 3 ? PARTLY : NO;
}

static void count_rater(struct raters *r, enum verdict v, bool excluded, bool sore)
{
        if (v == NOT_COUNTED)
                return;
        r->official += !excluded;
        r->honest += !sore;
        r->apart += excluded != sore; /* excluded and a sore: in neither */
}

static void count_period(struct rates_row *r, const struct rated *m, const struct rates_span *s, bool sore)
{
        struct reading *o = &r->official, *h = &r->honest;
        count(&o->response, response(m, s), m->excluded);
        count(&o->on_time, on_time(m, s), m->excluded);
        count(&o->solution, solution(m), m->excluded);
        count(&o->satisfaction, satisfaction(m), m->excluded);
        count(&h->response, response(m, s), false);
        count(&h->on_time, on_time(m, s), false);
        count(&h->solution, sore ? NO : solution(m), false);
        count(&h->satisfaction, sore ? NO : satisfaction(m), false);
        count_rater(&r->solved, solution(m), m->excluded, sore);
        count_rater(&r->satisfied, satisfaction(m), m->excluded, sore);
        r->said += solution(m) != NOT_COUNTED || satisfaction(m) != NOT_COUNTED || m->reopened > 0 || m->calls > 0;
        r->matters++;
        r->unrated += !m->open && !instant_is_none(m->answered) && satisfaction(m) == NOT_COUNTED;
        r->reopened += m->reopened > 0;
        r->called += m->call_rated;
        r->unreachable += !m->open && m->calls > 0 && !m->call_open && !m->call_rated;
        r->moved += m->moved;
        r->shelved += m->shelved;
        r->ended += let_go(m, m->due);
}

static void count_old_sore(struct rates_row *r, const struct rated *m, const struct rates_span *s)
{
        struct reading *h = &r->honest;
        if (!m->anonymous && !done_by(m->contacted, s->end))
                count(&h->response, NO, false);
        count(&h->on_time, NO, false);
        count(&h->solution, NO, false);
        count(&h->satisfaction, NO, false);
}

bool rates_counts(const struct rated *m, const struct rates_span *s)
{
        return in_period(m, s) || is_sore(m, s);
}

void rates_take(struct rates_row *r, const struct rated *m, const struct rates_span *s)
{
        bool sore = is_sore(m, s);
        if (in_period(m, s))
                count_period(r, m, s, sore);
        else if (sore)
                count_old_sore(r, m, s);
        r->open_overdue += sore;
}

static void rate_add(struct rate *to, const struct rate *r)
{
        to->numerator += r->numerator;
        to->denominator += r->denominator;
        to->excluded += r->excluded;
        to->partly += r->partly;
}

static void raters_add(struct raters *to, const struct raters *r)
{
        to->official += r->official;
        to->honest += r->honest;
        to->apart += r->apart;
}

static void reading_add(struct reading *to, const struct reading *r)
{
        rate_add(&to->response, &r->response);
        rate_add(&to->solution, &r->solution);
        rate_add(&to->satisfaction, &r->satisfaction);
        rate_add(&to->on_time, &r->on_time);
}

void rates_add(struct rates_row *to, const struct rates_row *r)
{
        reading_add(&to->official, &r->official);
        reading_add(&to->honest, &r->honest);
        raters_add(&to->solved, &r->solved);
        raters_add(&to->satisfied, &r->satisfied);
        to->said += r->said;
        to->matters += r->matters;
        to->open_overdue += r->open_overdue;
        to->unrated += r->unrated;
        to->reopened += r->reopened;
        to->called += r->called;
        to->unreachable += r->unreachable;
        to->moved += r->moved;
        to->shelved += r->shelved;
        to->ended += r->ended;
}

/* ---- what few said ---------------------------------------------------------------------------------------------------- */

#define HUSHED_BY 4
struct hush { /* one decision: what it looks at, and where it is written */
        void (*numbers)(const struct rates_row *, int64_t ret[HUSHED_BY]);
        size_t flag;
};

static bool of_few(int64_t n)
{
        return n > 0 && n < CELL_REPORTS_MIN;
}

static void said_numbers(const struct rates_row *r, int64_t ret[HUSHED_BY])
{
        ret[0] = r->solved.honest;
        ret[1] = r->satisfied.honest;
        ret[2] = r->said;
        ret[3] = 0;
}

static void official_numbers(const struct rates_row *r, int64_t ret[HUSHED_BY])
{
        ret[0] = r->solved.official;
        ret[1] = r->satisfied.official;
        ret[2] = r->solved.apart;
        ret[3] = r->satisfied.apart;
}

static bool *flag_of(const struct hush *h, struct rates_row *r)
{
        return (bool *)((char *)r + h->flag);
}

/* The number that the quiet rows hold together and that is of few; HUSHED_BY = none. */
static size_t thin_number(const struct hush *h, struct rates_row *row, size_t n)
{
        int64_t one[HUSHED_BY], sum[HUSHED_BY] = { 0 };
        for (size_t i = 0; i < n; i++) {
                h->numbers(&row[i], one);
                for (size_t x = 0; x < HUSHED_BY && *flag_of(h, &row[i]); x++)
                        sum[x] += one[x];
        }
        for (size_t x = 0; x < HUSHED_BY; x++)
                if (of_few(sum[x]))
                        return x;
        return HUSHED_BY;
}

/* The row that adds least to that number, and something; NULL = all that do are quiet. */
static struct rates_row *least_of(const struct hush *h, struct rates_row *row, size_t n, size_t x)
{
        struct rates_row *best = NULL;
        int64_t one[HUSHED_BY], least = 0;
        for (size_t i = 0; i < n; i++) {
                h->numbers(&row[i], one);
                if (*flag_of(h, &row[i]) || one[x] == 0 || (best && one[x] >= least))
                        continue;
                best = &row[i];
                least = one[x];
        }
        return best;
}

static void hush(const struct hush *h, struct rates_row *row, size_t n)
{
        int64_t one[HUSHED_BY];
        for (size_t i = 0; i < n; i++) {
                h->numbers(&row[i], one);
                for (size_t x = 0; x < HUSHED_BY; x++)
                        *flag_of(h, &row[i]) |= of_few(one[x]);
        }
        for (;;) {
                size_t x = thin_number(h, row, n);
                struct rates_row *more = x < HUSHED_BY ? least_of(h, row, n, x) : NULL;
                if (!more)
                        return;
                *flag_of(h, more) = true;
        }
}

void rates_hush(struct rates_row *row, size_t n)
{
        static const struct hush all = { said_numbers, offsetof(struct rates_row, quiet) };
        static const struct hush official = { official_numbers, offsetof(struct rates_row, quiet_official) };
        for (size_t i = 0; i < n; i++)
                row[i].quiet = row[i].quiet_official = row[i].withheld;
        hush(&all, row, n);
        for (size_t i = 0; i < n; i++)
                row[i].quiet_official = row[i].quiet;
        hush(&official, row, n);
}

void rate_band(const struct rate *r, double *ret_low, double *ret_high)
{
        const double z = 1.959964; /* 95 % */
        double n = (double)r->denominator, p = n > 0 ? (double)r->numerator / n : 0;
        *ret_low = 0;
        *ret_high = 1;
        if (r->denominator <= 0)
                return;
        double middle = (p + z * z / (2 * n)) / (1 + z * z / n), half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
        *ret_low = middle - half > 0 ? middle - half : 0;
        *ret_high = middle + half < 1 ? middle + half : 1;
}

/* insight/rates_rule.c — how one matter counts; see rates.h. */
#include "insight/rates.h"
#include <math.h>

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

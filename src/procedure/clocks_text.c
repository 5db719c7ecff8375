/* The clocks of a matter as text. Read and written at every step of every matter, hence by hand. */
#include "procedure/clocks.h"

static const char kind_letter[CLOCK_KINDS] = {
        [CLOCK_STAGE] = 'g', [CLOCK_TASK] = 't', [CLOCK_SIGN] = 's', [CLOCK_CONTACT] = 'c', [CLOCK_PROMISED] = 'p', [CLOCK_STATUTORY] = 'l',
};
static const char unit_letter[] = {
        [DUE_WORKDAY] = 'w', [DUE_DAY] = 'd', [DUE_MONTH] = 'm', [DUE_WORKHOUR] = 'o', [DUE_HOUR] = 'h',
};
static const char from_letter[] = { [CLOCK_FROM_TOWN] = 't', [CLOCK_FROM_DUTY] = 'd', [CLOCK_FROM_ORDER] = 'u' };

static char *put_text(char *p, struct str s)
{
        memcpy(p, s.p, s.n);
        return p + s.n;
}

static char *put_int(char *p, int64_t n)
{
        char digit[20];
        size_t k = 0;
        do {
                digit[k++] = (char)('0' + n % 10);
                n /= 10;
        } while (n > 0);
        while (k > 0)
                *p++ = digit[--k];
        return p;
}

static char *put_char(char *p, char c)
{
        *p = c;
        return p + 1;
}

static char *put_changes(char *p, const struct clock *c)
{
        p = put_char(put_int(put_char(p, '|'), c->extended), '|');
        for (size_t i = 0; i < c->n_pauses; i++) {
                if (i > 0)
                        p = put_char(p, ',');
                p = put_int(put_char(put_int(p, c->pause[i].from.us), ':'), c->pause[i].to.us);
        }
        return p;
}

static char *put_clock(char *p, const struct clock *c)
{
        const int64_t number[] = { c->roll, c->started.us, c->due.us, c->provisional, c->level };
        p = put_char(put_text(put_char(p, ';'), c->code), '|');
        p = put_char(put_char(p, kind_letter[c->kind]), '|');
        p = put_char(put_int(p, c->limit), '|');
        p = put_char(put_char(p, unit_letter[c->unit]), '|');
        for (size_t i = 0; i < COUNT(number); i++)
                p = put_char(put_int(p, number[i]), '|');
        if (!clock_runs(c))
                p = put_int(p, c->stopped.us);
        p = put_char(put_char(put_char(p, '|'), from_letter[c->from]), ':');
        p = put_char(put_text(p, c->source), '|');
        for (size_t i = 0; i < c->n_shares; i++) {
                if (i > 0)
                        p = put_char(p, ',');
                p = put_int(put_char(put_int(p, c->share[i].percent), ':'), c->share[i].at.us);
        }
        return c->extended || c->n_pauses ? put_changes(p, c) : p;
}

size_t clock_set_write(const struct clock_set *set, char out[static CLOCKS_TEXT_MAX])
{
        char *p = put_char(out, '1');
        for (size_t i = 0; i < set->n; i++) {
                const struct clock *c = &set->row[i];
                if (c->code.n > CLOCK_CODE_MAX || c->source.n > 64 || c->n_shares >= PROCEDURE_ALARMS_MAX)
                        BUG("a clock that does not fit its text");
                p = put_clock(p, c);
        }
        return (size_t)(p - out);
}

/* What is left to read; p turns NULL at the first fault and stays so. */
struct cursor {
        const char *p, *end;
};

static bool at(const struct cursor *c, char want)
{
        return c->p && c->p < c->end && *c->p == want;
}

static void skip(struct cursor *c, char want)
{
        c->p = at(c, want) ? c->p + 1 : NULL;
}

/* Canonical: no leading zeros, no sign. */
static int64_t get_int(struct cursor *c, int64_t max)
{
        const char *from = c->p;
        int64_t n = 0;
        while (c->p && c->p < c->end && *c->p >= '0' && *c->p <= '9' && n <= max)
                n = n * 10 + (*c->p++ - '0');
        if (c->p == from || n > max || (*from == '0' && c->p - from > 1))
                c->p = NULL;
        return n;
}

/* The place of the next letter among @letters. */
static int get_letter(struct cursor *c, const char *letters, size_t n)
{
        for (size_t i = 0; i < n; i++)
                if (at(c, letters[i])) {
                        c->p++;
                        return (int)i;
                }
        c->p = NULL;
        return 0;
}

static struct str get_code(struct cursor *c, size_t max)
{
        const char *from = c->p;
        while (c->p && c->p < c->end && *c->p != '|')
                c->p++;
        struct str s = { from, c->p ? (size_t)(c->p - from) : 0 };
        if (c->p && (s.n > max || !code_valid(s)))
                c->p = NULL;
        return s;
}

/* Far beyond the year 2199, far below overflow. */
#define INSTANT_MAX INT64_C(9999999999999999)

static struct instant get_instant(struct cursor *c)
{
        return (struct instant){ get_int(c, INSTANT_MAX) };
}

static void get_shares(struct cursor *c, struct clock *k)
{
        while (c->p && c->p < c->end && *c->p != ';' && *c->p != '|') {
                if (k->n_shares > 0)
                        skip(c, ',');
                int32_t last = k->n_shares > 0 ? k->share[k->n_shares - 1].percent : 0;
                if (k->n_shares + 1 >= PROCEDURE_ALARMS_MAX)
                        c->p = NULL;
                struct clock_share s = { .percent = (int32_t)get_int(c, 99) };
                skip(c, ':');
                s.at = get_instant(c);
                if (!c->p || s.percent <= last) {
                        c->p = NULL;
                        return;
                }
                k->share[k->n_shares++] = s;
        }
}

/* Only what was paused or extended has this part. */
static void get_changes(struct cursor *c, struct clock *k)
{
        skip(c, '|');
        k->extended = (int32_t)get_int(c, DUE_LIMIT_MAX);
        skip(c, '|');
        while (c->p && c->p < c->end && *c->p != ';') {
                if (k->n_pauses > 0)
                        skip(c, ',');
                struct due_span s = { .from = get_instant(c) };
                skip(c, ':');
                s.to = get_instant(c);
                if (!c->p || k->n_pauses == CLOCK_PAUSES_MAX || s.to.us <= s.from.us) {
                        c->p = NULL;
                        return;
                }
                k->pause[k->n_pauses++] = s;
        }
        if (k->extended == 0 && k->n_pauses == 0)
                c->p = NULL;
}

static void get_clock(struct cursor *c, struct clock *k)
{
        *k = (struct clock){ .stopped = INSTANT_NONE };
        skip(c, ';');
        k->code = get_code(c, CLOCK_CODE_MAX);
        skip(c, '|');
        k->kind = (enum clock_kind)get_letter(c, kind_letter, COUNT(kind_letter));
        skip(c, '|');
        k->limit = (int32_t)get_int(c, DUE_LIMIT_MAX);
        skip(c, '|');
        k->unit = (enum due_unit)get_letter(c, unit_letter, COUNT(unit_letter));
        skip(c, '|');
        k->roll = (enum due_roll)get_int(c, 1);
        skip(c, '|');
        k->started = get_instant(c);
        skip(c, '|');
        k->due = get_instant(c);
        skip(c, '|');
        k->provisional = get_int(c, 1) != 0;
        skip(c, '|');
        k->level = (int32_t)get_int(c, 100);
        skip(c, '|');
        if (!at(c, '|'))
                k->stopped = get_instant(c);
        skip(c, '|');
        k->from = (enum clock_from)get_letter(c, from_letter, COUNT(from_letter));
        skip(c, ':');
        k->source = get_code(c, 64);
        skip(c, '|');
        get_shares(c, k);
        if (at(c, '|'))
                get_changes(c, k);
}

int clock_set_parse(struct str text, struct clock_set *ret_set)
{
        ret_set->n = 0;
        if (text.n == 0)
                return OK;
        struct cursor c = { text.p, text.p + text.n };
        skip(&c, '1');
        while (c.p && c.p < c.end) {
                if (ret_set->n == PROCEDURE_CLOCKS_MAX || text.n > CLOCKS_TEXT_MAX)
                        return ERR_BAD;
                get_clock(&c, &ret_set->row[ret_set->n++]);
        }
        return c.p ? OK : ERR_BAD;
}

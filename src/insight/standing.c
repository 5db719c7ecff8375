#include "insight/standing.h"
#include <stdlib.h>
#include "base/map.h"
#include "insight/insight_sql.h"

#define AGAIN_MAX 50
#define PAIRS_MAX 20000

const char *const standing_verdict_names[] = { "too_early", "falls", "same", "rises", NULL };

/* Months since year 0. */
static int32_t month_of(struct day d)
{
        int y, m, dom;
        day_split(d, &y, &m, &dom);
        return (int32_t)(y * 12 + m - 1);
}

static struct instant month_start(int32_t month)
{
        struct day d;
        if (!day_make(month / 12, month % 12 + 1, 1, &d))
                BUG("a month without a first day");
        return day_start(d);
}

struct pair { struct str subject, grid; int64_t month[STANDING_MONTHS_MAX]; };

struct counting {
        struct ctx *ctx;
        const struct town *t;
        const struct standings *all;
        struct standing_figures *out;
        int32_t now;           /* the month that runs: full ones lie before it */
        struct pair *pair;
        size_t n_pairs, cap;
        struct map by_pair;
};

static bool concerns(const struct counting *c, const struct standing *s, const struct sql_insight_came_in_row *r)
{
        uint32_t above = subject_find(&c->t->subjects, s->subject), below = subject_find(&c->t->subjects, r->subject);
        return above != SUBJECT_NONE && below != SUBJECT_NONE && subject_covers(&c->t->subjects, above, below) && str_starts(r->path, s->path) &&
               (r->path.n == s->path.n || r->path.p[s->path.n] == '/');
}

static void count_problem(struct counting *c, size_t i, const struct sql_insight_came_in_row *r, int32_t month)
{
        const struct standing *s = &c->all->row[i];
        struct standing_measure *m = &c->out->of[i];
        int32_t began = month_of(s->since);
        if (month >= c->now || !concerns(c, s, r))
                return;
        if (month < began && month >= began - c->t->standing.before)
                m->count.before++;
        if (month > began && month <= began + STANDING_SINCE)
                m->count.since++;
        if (month == c->now - 1 && month > began)
                m->count.last++;
}

static void count_pair(struct counting *c, const struct sql_insight_came_in_row *r, int32_t month)
{
        int32_t ago = c->now - 1 - month;
        if (ago < 0 || ago >= c->t->standing.months || !r->subject.n || !r->grid.n)
                return;
        struct str key = str_printf(c->ctx->arena, STR_FMT " " STR_FMT, STR_ARG(r->subject), STR_ARG(r->grid));
        uint32_t at = map_get(&c->by_pair, key);
        if (at == MAP_NONE && c->n_pairs == c->cap)
                return;
        if (at == MAP_NONE) {
                at = (uint32_t)c->n_pairs++;
                c->pair[at] = (struct pair){ .subject = str_dup(c->ctx->arena, r->subject), .grid = str_dup(c->ctx->arena, r->grid) };
                map_put(&c->by_pair, c->ctx->arena, key, at);
        }
        c->pair[at].month[ago]++;
}

static int walk(struct counting *c, struct instant from)
{
        struct sql_insight_came_in_in in = { .town = c->ctx->town, .opened = from, .after = INT64_MIN, .before = month_start(c->now) };
        for (;;) {
                ARENA_AUTO page = { 0 };
                struct sql_insight_came_in_rows rows;
                int rc = sql_insight_came_in(c->ctx->tx, &page, &in, &rows);
                if (rc != OK || rows.n == 0)
                        return rc;
                for (size_t i = 0; i < rows.n; i++) {
                        int32_t month = month_of(instant_day(rows.row[i].opened));
                        for (size_t k = 0; k < c->all->n; k++)
                                count_problem(c, k, &rows.row[i], month);
                        count_pair(c, &rows.row[i], month);
                }
                in.opened = rows.row[rows.n - 1].opened;
                in.after = rows.row[rows.n - 1].matter;
        }
}

static void judge(const struct counting *c, size_t i)
{
        const struct standing *s = &c->all->row[i];
        struct standing_measure *m = &c->out->of[i];
        int32_t began = month_of(s->since), since = c->now - 1 - began;
        m->count.months_before = c->t->standing.before;
        m->count.months_since = since < 0 ? 0 : since > STANDING_SINCE ? STANDING_SINCE : since;
        m->goal_met = m->count.months_since > 0 && m->count.last <= s->goal;
        m->overdue = instant_is_none(s->ended) && !day_is_none(s->due) && s->due.n < instant_day(c->ctx->now).n;
        m->verdict = STANDING_TOO_EARLY;
        if (m->count.months_since == 0) {
                m->count.last = -1;
                return;
        }
        int64_t now = m->count.since * m->count.months_before, then = m->count.before * m->count.months_since;
        m->verdict = now < then ? STANDING_FALLS : now > then ? STANDING_RISES : STANDING_SAME;
}

static bool stands_already(const struct counting *c, const struct pair *p)
{
        const struct place *place = place_find(&c->t->places, p->grid);
        struct sql_insight_came_in_row r = { .subject = p->subject, .path = place ? place->path : STR("") };
        for (size_t i = 0; i < c->all->n; i++)
                if (instant_is_none(c->all->row[i].ended) && concerns(c, &c->all->row[i], &r))
                        return true;
        return false;
}

static int most_first(const void *a, const void *b)
{
        const struct standing_again *x = a, *y = b;
        if (x->reports != y->reports)
                return x->reports > y->reports ? -1 : 1;
        int by = str_cmp(x->subject, y->subject);
        return by ? by : str_cmp(x->grid, y->grid);
}

static void find_again(struct counting *c)
{
        struct standing_again *found = arena_array(c->ctx->arena, struct standing_again, c->n_pairs);
        size_t n = 0;
        for (size_t i = 0; i < c->n_pairs; i++) {
                const struct pair *p = &c->pair[i];
                int64_t all = 0;
                bool each = true;
                for (int32_t k = 0; k < c->t->standing.months; k++) {
                        all += p->month[k];
                        each = each && p->month[k] >= c->t->standing.reports;
                }
                if (each && !stands_already(c, p))
                        found[n++] = (struct standing_again){ p->subject, p->grid, all };
        }
        if (n > 1)
                qsort(found, n, sizeof(*found), most_first);
        c->out->again = found;
        c->out->n_again = n < AGAIN_MAX ? n : AGAIN_MAX;
}

int insight_standing(struct ctx *ctx, const struct town *t, const struct standings *all, struct standing_figures *ret)
{
        struct counting c = { .ctx = ctx, .t = t, .all = all, .out = ret, .now = month_of(instant_day(ctx->now)), .cap = PAIRS_MAX };
        int32_t first = c.now - t->standing.months;
        *ret = (struct standing_figures){ .of = arena_array(ctx->arena, struct standing_measure, all->n) };
        for (size_t i = 0; i < all->n; i++) {
                int32_t from = month_of(all->row[i].since) - t->standing.before;
                first = from < first ? from : first;
        }
        c.pair = arena_array(ctx->arena, struct pair, c.cap);
        map_init(&c.by_pair, ctx->arena, 256);
        int rc = walk(&c, month_start(first));
        for (size_t i = 0; rc == OK && i < all->n; i++)
                judge(&c, i);
        if (rc == OK)
                find_again(&c);
        return rc;
}

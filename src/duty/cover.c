#include "duty/inner/cover.h"
#include <stdlib.h>

static const struct say hint_tie = { "用条件或地点把两行分开，或在 agreements.csv 约定由谁先牵头",
                                     "Separate them by condition or place, or agree in agreements.csv on who leads first" };
static const struct say hint_duplicate = { "删去其中一行", "Remove one of the rows" };
static const struct say hint_kept = { "从本级清单中删去，或让收回的一行只收回一部分（加条件）",
                                      "Remove it from our list, or let the recall cover a part only (by a condition)" };
static const struct say hint_many = { "检查这些行是否应当合并", "See whether these rows should be one" };
static const struct say hint_gap = { "在 duties.csv 为它写一行牵头职责", "Write a row for it in duties.csv" };
static const struct say hint_no_lead = { "在 duties.csv 写一行，或在 town.yaml 指定兜底单位 fallback",
                                         "Write a row in duties.csv, or name a fallback unit in town.yaml" };

/* ---- days ---- */

static int by_day(const void *a, const void *b)
{
        int32_t x = ((const struct day *)a)->n, y = ((const struct day *)b)->n;
        return (x > y) - (x < y);
}

uint32_t turning_days(const struct duty_check *in, struct arena *a, uint32_t subject, struct day **ret)
{
        const struct duties *all = in->book->duties;
        const struct subject *tree = in->book->subjects->row;
        uint32_t most = 1;
        for (uint32_t s = subject; s != SUBJECT_NONE; s = tree[s].up)
                for (uint32_t c = 0; c < all->of_subject[s].n; c++)
                        most += 2 * all->cell[all->of_subject[s].first + c].n;

        struct day *day = arena_raw(a, most * sizeof *day);
        uint32_t n = 0;
        day[n++] = in->today;
        for (uint32_t s = subject; s != SUBJECT_NONE; s = tree[s].up) {
                const struct duty_span of = all->of_subject[s];
                uint32_t end = of.n ? all->cell[of.first + of.n - 1].first + all->cell[of.first + of.n - 1].n : 0;
                for (uint32_t i = of.n ? all->cell[of.first].first : 0; i < end; i++) {
                        const struct duty *d = &all->row[all->order[i]];
                        if (!day_is_none(d->since) && d->since.n > in->today.n)
                                day[n++] = d->since;
                        if (!day_is_none(d->until) && d->until.n >= in->today.n)
                                day[n++] = (struct day){ d->until.n + 1 };
                }
        }
        qsort(day, n, sizeof *day, by_day);
        uint32_t kept = 1;
        for (uint32_t i = 1; i < n; i++)
                if (day[i].n != day[kept - 1].n)
                        day[kept++] = day[i];
        *ret = day;
        return kept;
}

/* ---- rows against rows of the same subject and place ---- */

struct rivals {
        const struct duty_check *in;
        struct findings *out;
        struct arena scratch;
        const struct duty_cell *cell;
        uint32_t subject;
        const struct duty *a, *b;   /* a stands first in the file */
};

static bool days_meet(const struct rivals *r, struct day *ret_first, struct day *ret_last)
{
        int32_t first = r->in->today.n, last = INT32_MAX;
        const struct duty *both[] = { r->a, r->b };
        for (size_t i = 0; i < COUNT(both); i++) {
                if (!day_is_none(both[i]->since) && both[i]->since.n > first)
                        first = both[i]->since.n;
                if (!day_is_none(both[i]->until) && both[i]->until.n < last)
                        last = both[i]->until.n;
        }
        *ret_first = (struct day){ first };
        *ret_last = (struct day){ last };
        return first <= last;
}

static bool place_in_path(const struct duty_grid *g, struct str place)
{
        if (place.n == 0)
                return true;
        for (uint32_t i = 0; i < g->n_path; i++)
                if (str_eq(g->path[i], place))
                        return true;
        return false;
}

/* Do both tie here, on that day, when both conditions hold? */
static bool ties_at(struct rivals *r, const struct str *path, uint32_t n_path, struct day day)
{
        struct duty_pair fact[2 * DUTY_CONDITIONS_MAX];
        uint32_t n = 0;
        for (uint32_t i = 0; i < r->a->n_condition; i++)
                fact[n++] = r->a->condition[i];
        for (uint32_t i = 0; i < r->b->n_condition; i++)
                fact[n++] = r->b->condition[i];
        struct lead_in in = { .subject = r->subject, .path = path, .n_path = n_path, .fact = fact, .n_fact = n, .day = day };
        struct lead lead;
        arena_reset(&r->scratch);
        lead_find(r->in->book, &r->scratch, &in, &lead);
        if (lead.how != LEAD_TIE)
                return false;
        uint32_t tied = 0;
        for (uint32_t i = 0; i < lead.n_rows; i++) {
                const struct duty *d = &r->in->book->duties->row[lead.row[i].duty];
                tied += lead.row[i].lost == LOST_TIED && (d == r->a || d == r->b);
        }
        return tied == 2;
}

/* A place and a day on which the two tie. A place below the grids stands for itself. */
static bool tie_example(struct rivals *r, const struct day *day, uint32_t n_days, struct str *ret_place, struct day *ret_day)
{
        struct day first, last;
        if (!days_meet(r, &first, &last))
                return false;
        for (uint32_t k = 0; k < n_days; k++) {
                if (day[k].n < first.n || day[k].n > last.n)
                        continue;
                *ret_day = day[k];
                bool somewhere = false;
                for (uint32_t i = 0; i < r->in->n_grids; i++) {
                        const struct duty_grid *g = &r->in->grid[i];
                        if (!place_in_path(g, r->a->place))
                                continue;
                        somewhere = true;
                        *ret_place = g->code;
                        if (ties_at(r, g->path, g->n_path, day[k]))
                                return true;
                }
                *ret_place = r->a->place;
                if (!somewhere && ties_at(r, &r->a->place, r->a->place.n > 0, day[k]))
                        return true;
        }
        return false;
}

static bool same_assists(const struct duty *a, const struct duty *b)
{
        for (uint32_t i = 0; i < a->n_assist && i < b->n_assist; i++)
                if (!str_eq(a->assist[i], b->assist[i]))
                        return false;
        return a->n_assist == b->n_assist;
}

static void found_tie(struct rivals *r, const struct day *day, uint32_t n_days)
{
        struct str place;
        struct day on;
        char text[11];
        if (!tie_example(r, day, n_days, &place, &on))
                return;
        finding_add(r->out, "duty.tie", SEV_ERROR, STR(DUTY_FILE), r->b->line, hint_tie,
                    "职责“%.*s”（%.*s 牵头）与“%.*s”（%.*s 牵头）重叠，例如在“%.*s”，%s",
                    "Duties \"%.*s\" (lead %.*s) and \"%.*s\" (lead %.*s) overlap, for example in \"%.*s\" on %s",
                    STR_ARG(r->a->code), STR_ARG(r->a->lead), STR_ARG(r->b->code), STR_ARG(r->b->lead),
                    STR_ARG(place.n ? place : STR("*")), day_format(on, text));
}

static void found_kept(struct rivals *r)
{
        const struct duty *recalled = r->a->list == DUTY_RECALLED ? r->a : r->b;
        const struct duty *kept = r->a->list == DUTY_RECALLED ? r->b : r->a;
        if (kept->list != DUTY_BASIC && !duty_list_is_handed_down(kept->list))
                return;
        finding_add(r->out, "duty.recalled-kept", SEV_ERROR, STR(DUTY_FILE), kept->line, hint_kept,
                    "事项已由“%.*s”（%.*s）收回，但“%.*s”仍列在本级清单上",
                    "The subject was taken back by \"%.*s\" (%.*s), yet \"%.*s\" is still on our list", STR_ARG(recalled->code),
                    STR_ARG(recalled->lead), STR_ARG(kept->code));
}

static void check_pair(struct rivals *r, const struct day *day, uint32_t n_days)
{
        struct day first, last;
        bool condition = (r->a->n_condition > 0) == (r->b->n_condition > 0);
        if (!condition || !days_meet(r, &first, &last) || !duty_conditions_meet(r->a, r->b) ||
            duty_condition_narrower(r->a, r->b) || duty_condition_narrower(r->b, r->a))
                return;
        if ((r->a->list == DUTY_RECALLED) != (r->b->list == DUTY_RECALLED))
                found_kept(r);
        else if (!str_eq(r->a->lead, r->b->lead))
                found_tie(r, day, n_days);
        else if (r->a->list == r->b->list && duty_condition_same(r->a, r->b) && same_assists(r->a, r->b))
                finding_add(r->out, "duty.duplicate", SEV_WARNING, STR(DUTY_FILE), r->b->line, hint_duplicate,
                            "职责“%.*s”与“%.*s”内容相同", "Duties \"%.*s\" and \"%.*s\" say the same", STR_ARG(r->a->code),
                            STR_ARG(r->b->code));
}

static void check_cell(struct rivals *r, const struct day *day, uint32_t n_days)
{
        const struct duties *all = r->in->book->duties;
        const struct duty_cell *cell = r->cell;
        if (cell->n > DUTY_CELL_MAX) {
                finding_add(r->out, "duty.too-many", SEV_ERROR, STR(DUTY_FILE), all->row[all->order[cell->first]].line, hint_many,
                            "事项“%.*s”在同一地点有 %u 行职责，最多 %d 行", "Subject \"%.*s\" has %u rows at one place; at most %d are allowed",
                            STR_ARG(all->row[all->order[cell->first]].subject_code), cell->n, DUTY_CELL_MAX);
                return;
        }
        for (uint32_t i = cell->first; i < cell->first + cell->n; i++) {
                for (uint32_t k = i + 1; k < cell->first + cell->n; k++) {
                        r->a = &all->row[all->order[i]];
                        r->b = &all->row[all->order[k]];
                        check_pair(r, day, n_days);
                }
        }
}

void check_rivals(const struct duty_check *in, struct findings *out)
{
        ARENA_AUTO days = { 0 };
        struct rivals r = { .in = in, .out = out };
        const struct duties *all = in->book->duties;
        for (r.subject = 0; r.subject < in->book->subjects->n; r.subject++) {
                const struct duty_span of = all->of_subject[r.subject];
                struct day *day = NULL;
                uint32_t n_days = 0;
                arena_reset(&days);
                for (uint32_t c = of.first; c < of.first + of.n; c++) {
                        r.cell = &all->cell[c];
                        if (r.cell->n < 2)
                                continue;
                        if (day == NULL)
                                n_days = turning_days(in, &days, r.subject, &day);
                        check_cell(&r, day, n_days);
                }
        }
        arena_free(&r.scratch);
}

/* ---- subjects that nobody leads ---- */

struct gaps {
        const struct duty_check *in;
        struct findings *out;
        struct arena scratch;
        uint32_t subject;
};

struct gap {
        struct day day;
        uint32_t grids;        /* how many are without a lead on that day */
        struct str example;
        bool conditional;      /* rows exist, but only with conditions */
};

static bool has_places(const struct gaps *g)
{
        const struct duties *all = g->in->book->duties;
        for (uint32_t s = g->subject; s != SUBJECT_NONE; s = g->in->book->subjects->row[s].up) {
                const struct duty_span of = all->of_subject[s];
                if (of.n > 0 && all->cell[of.first + of.n - 1].place != 0)
                        return true;
        }
        return false;
}

static bool only_fallback(struct gaps *g, const struct duty_grid *grid, struct day day, struct gap *gap)
{
        struct lead_in in = { .subject = g->subject, .path = grid->path, .n_path = grid->n_path, .day = day };
        struct lead lead;
        arena_reset(&g->scratch);
        lead_find(g->in->book, &g->scratch, &in, &lead);
        if (lead.how != LEAD_FALLBACK)
                return false;
        if (gap->grids == 0) {
                gap->example = grid->code;
                gap->conditional = lead.n_missing > 0;
        }
        return true;
}

/* The first day on which some grid has no lead, and in how many that is so. */
static bool find_gap(struct gaps *g, const struct day *day, uint32_t n_days, struct gap *ret)
{
        bool alike = !has_places(g);
        for (uint32_t k = 0; k < n_days; k++) {
                *ret = (struct gap){ .day = day[k] };
                for (uint32_t i = 0; i < g->in->n_grids && !(alike && i > 0); i++)
                        ret->grids += only_fallback(g, &g->in->grid[i], day[k], ret);
                if (ret->grids > 0 && alike)
                        ret->grids = g->in->n_grids;
                if (ret->grids > 0)
                        return true;
        }
        return false;
}

static void found_gap(struct gaps *g, const struct gap *gap)
{
        static const struct say plain = {
                "事项“%.*s”在 %u 个网格（例如“%.*s”）自 %s 起没有牵头职责，只有兜底单位“%.*s”",
                "Subject \"%.*s\" has no lead in %u grids (for example \"%.*s\") from %s on, only the fallback unit \"%.*s\"",
        };
        static const struct say conditional = {
                "事项“%.*s”在 %u 个网格（例如“%.*s”）自 %s 起，条件都不成立时只有兜底单位“%.*s”",
                "Subject \"%.*s\" in %u grids (for example \"%.*s\") from %s on has only the fallback unit \"%.*s\" when no condition holds",
        };
        static const struct say none = {
                "事项“%.*s”在 %u 个网格（例如“%.*s”）自 %s 起没有牵头职责，也没有兜底单位“%.*s”",
                "Subject \"%.*s\" has no lead in %u grids (for example \"%.*s\") from %s on, and there is no fallback unit \"%.*s\"",
        };
        const struct subject *s = &g->in->book->subjects->row[g->subject];
        struct str fallback = g->in->book->fallback;
        struct duty_org o;
        bool covered = fallback.n && g->in->orgs.find(g->in->orgs.self, fallback, &o);
        const struct say *say = !covered ? &none : gap->conditional ? &conditional : &plain;
        char text[11];
        finding_add(g->out, covered ? "duty.fallback-only" : "duty.no-lead", covered ? SEV_WARNING : SEV_ERROR, STR(SUBJECT_FILE),
                    s->line, covered ? hint_gap : hint_no_lead, say->zh, say->en, STR_ARG(s->code), gap->grids,
                    STR_ARG(gap->example), day_format(gap->day, text), STR_ARG(fallback));
}

void check_gaps(const struct duty_check *in, struct findings *out)
{
        ARENA_AUTO days = { 0 };
        struct gaps g = { .in = in, .out = out };
        for (g.subject = 0; g.subject < in->book->subjects->n; g.subject++) {
                if (!in->book->subjects->row[g.subject].leaf)
                        continue;
                arena_reset(&days);
                struct day *day;
                uint32_t n = turning_days(in, &days, g.subject, &day);
                struct gap gap;
                if (find_gap(&g, day, n, &gap))
                        found_gap(&g, &gap);
        }
        arena_free(&g.scratch);
}

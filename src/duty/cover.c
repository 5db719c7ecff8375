#include "duty/inner/cover.h"
#include <stdlib.h>

static const struct say hint_tie = {
        "用条件或地点把两行分开，或在 agreements.csv 约定由谁先牵头",
        "Separate them by condition or place, or agree in agreements.csv on who leads first"
};
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

struct days {
        const struct duty_check *in;
        struct arena *arena;
        struct day *row;
        uint32_t n, cap;
};

static void add_day(struct days *d, int32_t n)
{
        if (n <= d->in->today.n)
                return;
        if (d->n == d->cap) {
                struct day *old = d->row;
                d->cap = d->cap ? d->cap * 2 : 16;
                d->row = arena_raw(d->arena, d->cap * sizeof *d->row);
                if (d->n > 0)
                        memcpy(d->row, old, d->n * sizeof *old);
        }
        d->row[d->n++] = (struct day){ n };
}

static void add_cell(struct days *d, const struct duty_cell *cell)
{
        const struct duties *all = d->in->book->duties;
        for (uint32_t i = 0; cell && i < cell->n; i++) {
                const struct duty *row = &all->row[all->order[cell->first + i]];
                if (!day_is_none(row->since))
                        add_day(d, row->since.n);
                if (!day_is_none(row->until))
                        add_day(d, row->until.n + 1);
        }
}

static void add_subject(struct days *d, uint32_t subject, const struct duty_grid *grid)
{
        const struct duties *all = d->in->book->duties;
        const struct duty_span of = all->of_subject[subject];
        if (grid == NULL) {
                for (uint32_t c = of.first; c < of.first + of.n; c++)
                        add_cell(d, &all->cell[c]);
                return;
        }
        add_cell(d, duty_cell_at(all, subject, 0));
        for (uint32_t i = 0; i < grid->n_path && of.n > 0; i++) {
                uint32_t place = map_get(&all->places, grid->path[i]);
                if (place != MAP_NONE)
                        add_cell(d, duty_cell_at(all, subject, place));
        }
}

uint32_t turning_days(const struct duty_check *in, struct arena *a, uint32_t subject, const struct duty_grid *grid,
                      struct day **ret)
{
        struct days d = { .in = in, .arena = a };
        for (uint32_t s = subject; s != SUBJECT_NONE; s = in->book->subjects->row[s].up)
                add_subject(&d, s, grid);
        if (d.n > 0)
                qsort(d.row, d.n, sizeof *d.row, by_day);
        struct day *day = arena_raw(a, (d.n + 1) * sizeof *day);
        uint32_t n = 0;
        day[n++] = in->today;
        for (uint32_t i = 0; i < d.n; i++)
                if (d.row[i].n != day[n - 1].n)
                        day[n++] = d.row[i];
        *ret = day;
        return n;
}

/* ---- rows against rows of the same subject and place ---- */

struct rivals {
        const struct duty_check *in;
        struct findings *out;
        struct arena scratch;
        const struct duty_cell *cell;
        uint32_t subject;
        const struct duty *a, *b; /* a stands first in the file */
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
        struct lead_in in = {
                .subject = r->subject, .path = path, .n_path = n_path, .fact = fact, .n_fact = n, .day = day
        };
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
static bool tie_example(struct rivals *r, const struct day *day, uint32_t n_days, struct str *ret_place,
                        struct day *ret_day)
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

static bool found_tie(struct rivals *r, const struct day *day, uint32_t n_days)
{
        struct str place;
        struct day on;
        char text[11];
        if (!tie_example(r, day, n_days, &place, &on))
                return false;
        finding_add(r->out, "duty.tie", SEV_ERROR, STR(DUTY_FILE), r->b->line, hint_tie,
                    "职责“%.*s”（%.*s 牵头）与“%.*s”（%.*s 牵头）重叠，例如在“%.*s”，%s",
                    "Duties \"%.*s\" (lead %.*s) and \"%.*s\" (lead %.*s) overlap, for example in \"%.*s\" on %s",
                    STR_ARG(r->a->code), STR_ARG(r->a->lead), STR_ARG(r->b->code), STR_ARG(r->b->lead),
                    STR_ARG(place.n ? place : STR("*")), day_format(on, text));
        return true;
}

static bool found_kept(struct rivals *r)
{
        const struct duty *recalled = r->a->list == DUTY_RECALLED ? r->a : r->b;
        const struct duty *kept = r->a->list == DUTY_RECALLED ? r->b : r->a;
        if (kept->list != DUTY_BASIC && !duty_list_is_handed_down(kept->list))
                return false;
        finding_add(r->out, "duty.recalled-kept", SEV_ERROR, STR(DUTY_FILE), kept->line, hint_kept,
                    "事项已由“%.*s”（%.*s）收回，但“%.*s”仍列在本级清单上",
                    "The subject was taken back by \"%.*s\" (%.*s), yet \"%.*s\" is still on our list",
                    STR_ARG(recalled->code), STR_ARG(recalled->lead), STR_ARG(kept->code));
        return true;
}

/* Of two rows in force together, of equal rank. True when something was found. */
static bool check_pair(struct rivals *r, const struct day *day, uint32_t n_days)
{
        struct day first, last;
        bool alike = (r->a->n_condition > 0) == (r->b->n_condition > 0);
        if (!alike || !days_meet(r, &first, &last) || !duty_conditions_meet(r->a, r->b) ||
            duty_condition_narrower(r->a, r->b) || duty_condition_narrower(r->b, r->a))
                return false;
        if ((r->a->list == DUTY_RECALLED) != (r->b->list == DUTY_RECALLED))
                return found_kept(r);
        if (!str_eq(r->a->lead, r->b->lead))
                return found_tie(r, day, n_days);
        if (r->a->list != r->b->list || !duty_condition_same(r->a, r->b) || !same_assists(r->a, r->b))
                return false;
        finding_add(r->out, "duty.duplicate", SEV_WARNING, STR(DUTY_FILE), r->b->line, hint_duplicate,
                    "职责“%.*s”与“%.*s”内容相同", "Duties \"%.*s\" and \"%.*s\" say the same", STR_ARG(r->a->code),
                    STR_ARG(r->b->code));
        return true;
}

static void check_cell(struct rivals *r, const struct day *day, uint32_t n_days)
{
        const struct duties *all = r->in->book->duties;
        const struct duty_cell *cell = r->cell;
        if (cell->n > DUTY_CELL_MAX) {
                finding_add(r->out, "duty.too-many", SEV_ERROR, STR(DUTY_FILE), all->row[all->order[cell->first]].line,
                            hint_many, "事项“%.*s”在同一地点有 %u 行职责，最多 %d 行",
                            "Subject \"%.*s\" has %u rows at one place; at most %d are allowed",
                            STR_ARG(all->row[all->order[cell->first]].subject_code), cell->n, DUTY_CELL_MAX);
                return;
        }
        for (uint32_t k = cell->first + 1; k < cell->first + cell->n; k++) {
                bool found = false; /* one finding a row is enough to work on */
                for (uint32_t i = cell->first; i < k && !found; i++) {
                        r->a = &all->row[all->order[i]];
                        r->b = &all->row[all->order[k]];
                        found = check_pair(r, day, n_days);
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
                                n_days = turning_days(in, &days, r.subject, NULL, &day);
                        check_cell(&r, day, n_days);
                }
        }
        arena_free(&r.scratch);
}

/* ---- subjects that nobody leads ---- */

struct gaps {
        const struct duty_check *in;
        struct findings *out;
        struct arena scratch, days;
        uint32_t subject;
};

struct gap {
        struct day day;
        uint32_t grids; /* how many are without a lead on that day */
        struct str example;
        bool conditional; /* rows exist, but only with conditions */
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

/* The first day, from today on, on which this grid has no lead; and how many grids share it. */
static void look_in_grid(struct gaps *g, const struct duty_grid *grid, struct gap *gap)
{
        struct day *day;
        arena_reset(&g->days);
        uint32_t n = turning_days(g->in, &g->days, g->subject, grid, &day);
        for (uint32_t k = 0; k < n && (gap->grids == 0 || day[k].n <= gap->day.n); k++) {
                struct lead_in in = {
                        .subject = g->subject, .path = grid->path, .n_path = grid->n_path, .day = day[k]
                };
                struct lead lead;
                arena_reset(&g->scratch);
                lead_find(g->in->book, &g->scratch, &in, &lead);
                if (lead.how != LEAD_FALLBACK)
                        continue;
                if (gap->grids == 0 || day[k].n < gap->day.n)
                        *gap = (struct gap){ .day = day[k], .example = grid->code, .conditional = lead.n_missing > 0 };
                gap->grids++;
                return;
        }
}

/* The first day on which some grid has no lead, and in how many that is so. */
static struct gap find_gap(struct gaps *g)
{
        struct gap gap = { .grids = 0 };
        bool alike = !has_places(g);
        for (uint32_t i = 0; i < g->in->n_grids && !(alike && i > 0); i++)
                look_in_grid(g, &g->in->grid[i], &gap);
        if (alike && gap.grids > 0)
                gap.grids = g->in->n_grids;
        return gap;
}

static void found_gap(struct gaps *g, const struct gap *gap)
{
        static const struct say plain = {
                "事项“%.*s”在 %u 个网格（例如“%.*s”）自 %s 起没有牵头职责，只有兜底单位“%.*s”",
                "Subject \"%.*s\" has no lead in %u grids (for example \"%.*s\") from %s on, only the fallback unit "
                "\"%.*s\"",
        };
        static const struct say conditional = {
                "事项“%.*s”在 %u 个网格（例如“%.*s”）自 %s 起，条件都不成立时只有兜底单位“%.*s”",
                "Subject \"%.*s\" in %u grids (for example \"%.*s\") from %s on has only the fallback unit \"%.*s\" "
                "when no condition holds",
        };
        static const struct say none = {
                "事项“%.*s”在 %u 个网格（例如“%.*s”）自 %s 起没有牵头职责，也没有兜底单位“%.*s”",
                "Subject \"%.*s\" has no lead in %u grids (for example \"%.*s\") from %s on, and there is no fallback "
                "unit \"%.*s\"",
        };
        const struct subject *s = &g->in->book->subjects->row[g->subject];
        struct str fallback = g->in->book->fallback;
        struct duty_org o;
        bool covered = fallback.n && g->in->orgs.find(g->in->orgs.self, fallback, &o);
        const struct say *say = !covered ? &none : gap->conditional ? &conditional : &plain;
        char text[11];
        finding_add(g->out, covered ? "duty.fallback-only" : "duty.no-lead", covered ? SEV_WARNING : SEV_ERROR,
                    STR(SUBJECT_FILE), s->line, covered ? hint_gap : hint_no_lead, say->zh, say->en, STR_ARG(s->code),
                    gap->grids, STR_ARG(gap->example), day_format(gap->day, text), STR_ARG(fallback));
}

void check_gaps(const struct duty_check *in, struct findings *out)
{
        struct gaps g = { .in = in, .out = out };
        for (g.subject = 0; g.subject < in->book->subjects->n; g.subject++) {
                if (!in->book->subjects->row[g.subject].leaf)
                        continue;
                struct gap gap = find_gap(&g);
                if (gap.grids > 0)
                        found_gap(&g, &gap);
        }
        arena_free(&g.scratch);
        arena_free(&g.days);
}

#include "place/agreement.h"
#include <stdlib.h>
#include "base/csv.h"
#include "base/err.h"

static const struct str agreements_file = { "agreements.csv", 14 };

static const char *const kind_names[] = {
        [AGREEMENT_STREET] = "street",
        [AGREEMENT_ENCLAVE] = "enclave",
        [AGREEMENT_CONCURRENT] = "concurrent",
};

enum column { COL_CODE, COL_KIND, COL_PLACES, COL_LEAD, COL_DOCUMENT, COL_SINCE, COL_UNTIL };
static const struct csv_column columns[] = {
        [COL_CODE] = { .name = "code", .required = true, .filled = true },
        [COL_KIND] = { .name = "kind", .required = true, .filled = true },
        [COL_PLACES] = { .name = "places", .required = true, .filled = true },
        [COL_LEAD] = { .name = "lead", .required = true, .filled = true },
        [COL_DOCUMENT] = { .name = "document", .required = true, .filled = true },
        [COL_SINCE] = { .name = "since" },
        [COL_UNTIL] = { .name = "until" },
};

const char *agreement_kind_name(enum agreement_kind kind)
{
        return kind_names[kind];
}

struct reader {
        struct arena *arena;
        const struct csv *t;
        const struct places *places;
        struct findings *f;
};

static bool complain(struct reader *r, const char *rule, const struct agreement *a, struct say hint, const char *zh,
                     const char *en, struct str what)
{
        finding_add(r->f, rule, SEV_ERROR, agreements_file, a->line, hint, zh, en, str_c(r->f->arena, a->code),
                    str_c(r->f->arena, what));
        return false;
}

static bool read_kind(struct reader *r, struct str cell, struct agreement *a)
{
        for (size_t k = 0; k < COUNT(kind_names); k++) {
                if (str_is(cell, kind_names[k])) {
                        a->kind = (enum agreement_kind)k;
                        return true;
                }
        }
        return complain(r, "agreement.kind", a,
                        (struct say){ "可用：street enclave concurrent。", "One of street enclave concurrent." },
                        "%s：没有“%s”这种约定。", "%s: there is no kind of agreement \"%s\".", cell);
}

static bool listed_twice(const struct agreement *a, struct str code)
{
        for (size_t i = 0; i < a->n_places; i++) {
                if (str_eq(a->places[i], code))
                        return true;
        }
        return false;
}

static bool read_place(struct reader *r, struct str code, struct agreement *a)
{
        const struct place *p = place_find(r->places, code);
        if (p && (p->kind == PLACE_GRID || p->kind == PLACE_COMMUNITY)) {
                if (!listed_twice(a, code))
                        a->places[a->n_places++] = code;
                return true;
        }
        return complain(
                r, "agreement.place", a,
                (struct say){ "写 places.csv 中网格或社区的编码。", "Name a grid or a community of places.csv." },
                "%s 列出的 %s 不是 places.csv 中的网格或社区。",
                "%s lists what is no grid and no community of places.csv: %s.", code);
}

static bool read_places(struct reader *r, struct str cell, struct agreement *a)
{
        size_t max = 1;
        bool good = true;
        for (size_t i = 0; i < cell.n; i++)
                max += cell.p[i] == ';';
        a->places = arena_array(r->arena, struct str, max);
        for (struct str part; str_split(&cell, ';', &part);) {
                part = str_trim(part);
                if (part.n > 0)
                        good &= read_place(r, part, a);
        }
        size_t least = a->kind == AGREEMENT_STREET ? 2 : 1;
        if (good && a->n_places < least)
                good = complain(
                        r, "agreement.places", a,
                        (struct say){ "街道约定至少写两个网格或社区，用分号隔开。",
                                      "Name at least two grids or communities for a street, separated by semicolons." },
                        "%s 列出的地点太少。", "%s lists too few places.", (struct str){ "", 0 });
        return good;
}

static bool read_day(struct reader *r, enum column column, size_t row, const struct agreement *a, struct day *ret)
{
        struct str cell = csv_at(r->t, row, column);
        *ret = DAY_NONE;
        if (cell.n == 0 || day_parse(cell, ret) == OK)
                return true;
        return complain(r, "agreement.date", a,
                        (struct say){ "日期写成 2026-01-01 的样子。", "Write the day as 2026-01-01." },
                        "%s：“%s”不是日期。", "%s: \"%s\" is not a date.", cell);
}

static bool read_dates(struct reader *r, size_t row, struct agreement *a)
{
        if (!read_day(r, COL_SINCE, row, a, &a->since) || !read_day(r, COL_UNTIL, row, a, &a->until))
                return false;
        if (day_is_none(a->since) || day_is_none(a->until) || a->since.n <= a->until.n)
                return true;
        return complain(r, "agreement.date", a,
                        (struct say){ "until 不能早于 since。", "until must not come before since." },
                        "%s 在开始之前就结束了。", "%s ends before it begins.", (struct str){ "", 0 });
}

static bool read_row(struct reader *r, size_t row, struct agreement *a)
{
        *a = (struct agreement){
                .code = csv_at(r->t, row, COL_CODE),
                .lead = csv_at(r->t, row, COL_LEAD),
                .document = csv_at(r->t, row, COL_DOCUMENT),
                .line = r->t->line[row],
        };
        if (a->code.n == 0 || a->lead.n == 0)
                return false;
        if (!code_valid(a->code))
                return complain(
                        r, "agreement.code", a,
                        (struct say){ "1 到 64 个字符，限 A-Z a-z 0-9 . _ -。", "1 to 64 of A-Z a-z 0-9 . _ -" },
                        "编码“%s”含有不允许的字符或过长。",
                        "Code \"%s\" is too long or has characters that are not allowed.", a->code);
        const struct place *lead = place_find(r->places, a->lead);
        a->lead_is_grid = lead && lead->kind == PLACE_GRID;
        return read_kind(r, csv_at(r->t, row, COL_KIND), a) && read_places(r, csv_at(r->t, row, COL_PLACES), a) &&
               read_dates(r, row, a);
}

static int by_code(const void *a, const void *b)
{
        const struct agreement *x = a, *y = b;
        int order = str_cmp(x->code, y->code);
        return order ? order : x->line - y->line;
}

/* Sorted: equal codes stand side by side, the first line first. */
static void drop_duplicates(struct reader *r, struct agreements *as)
{
        size_t n = 0;
        for (size_t i = 0; i < as->n; i++) {
                const struct agreement *a = &as->row[i];
                if (n > 0 && str_eq(as->row[n - 1].code, a->code))
                        finding_add(r->f, "agreement.duplicate", SEV_ERROR, agreements_file, a->line,
                                    (struct say){ "编码在文件内必须唯一。", "A code is unique in its file." },
                                    "编码 %s 重复：第 %d 行和第 %d 行。",
                                    "Code %s stands twice: on line %d and line %d.", str_c(r->f->arena, a->code),
                                    as->row[n - 1].line, a->line);
                else
                        as->row[n++] = *a;
        }
        as->n = n;
}

static bool same_time(const struct agreement *a, const struct agreement *b)
{
        bool a_first = !day_is_none(a->until) && !day_is_none(b->since) && a->until.n < b->since.n;
        bool b_first = !day_is_none(b->until) && !day_is_none(a->since) && b->until.n < a->since.n;
        return !a_first && !b_first;
}

/* Streets clash when they join the same two places, the others when they share one. */
static bool clash(const struct agreement *a, const struct agreement *b)
{
        if (a->kind != b->kind || !same_time(a, b))
                return false;
        size_t common = 0;
        for (size_t i = 0; i < a->n_places; i++)
                common += listed_twice(b, a->places[i]);
        return common >= (a->kind == AGREEMENT_STREET ? 2 : 1) && !str_eq(a->lead, b->lead);
}

/* Each against each: a town has dozens. Past two thousand only neighbours in the list are compared. */
static void check_clashes(struct reader *r, const struct agreements *as)
{
        const size_t full = 2000, reach = as->n <= full ? full : full * full / as->n;
        for (size_t i = 0; i < as->n; i++) {
                for (size_t k = i + 1; k < as->n && k - i <= reach; k++) {
                        const struct agreement *a = &as->row[i], *b = &as->row[k];
                        if (clash(a, b))
                                finding_add(
                                        r->f, "agreement.clash", SEV_WARNING, agreements_file, b->line,
                                        (struct say){
                                                "错开日期或合并；不改则编码小的优先。",
                                                "Separate their dates or join them; as it is the lower code wins." },
                                        "约定 %s 和 %s 同时对相同的地点有效，牵头不同。",
                                        "Agreements %s and %s hold for the same places at the same time, with "
                                        "different leads.",
                                        str_c(r->f->arena, a->code), str_c(r->f->arena, b->code));
                }
        }
}

int agreements_read(struct arena *arena, struct str text, const struct places *places, struct findings *f,
                    struct agreements *ret)
{
        struct csv t = { 0 };
        int rc = csv_read(arena, agreements_file, text, columns, COUNT(columns), f, &t);
        if (rc != OK)
                return rc;
        struct reader r = { arena, &t, places, f };
        struct agreements as = { .row = arena_array(arena, struct agreement, t.rows) };
        for (size_t i = 0; i < t.rows; i++)
                as.n += read_row(&r, i, &as.row[as.n]);
        if (as.n > 0)
                qsort(as.row, as.n, sizeof *as.row, by_code);
        drop_duplicates(&r, &as);
        check_clashes(&r, &as);
        *ret = as;
        return OK;
}

int agreement_lists(const struct agreement *a, const struct places *places, struct str place)
{
        for (size_t i = 0; i < a->n_places; i++) {
                if (place_within(places, place, a->places[i]))
                        return (int)i;
        }
        return -1;
}

const struct agreement *agreement_find(const struct agreements *as, const struct places *places,
                                       enum agreement_kind kind, struct str place, struct day on)
{
        for (size_t i = 0; i < as->n; i++) {
                const struct agreement *a = &as->row[i];
                if (a->kind == kind && agreement_holds(a, on) && agreement_lists(a, places, place) >= 0)
                        return a;
        }
        return NULL;
}

static bool street_joins(const struct agreement *a, const struct places *places, const struct str *grids, size_t n)
{
        int here = agreement_lists(a, places, grids[0]);
        for (size_t i = 1; here >= 0 && i < n; i++) {
                int there = agreement_lists(a, places, grids[i]);
                if (there >= 0 && there != here)
                        return true;
        }
        return false;
}

const struct agreement *agreement_street(const struct agreements *as, const struct places *places,
                                         const struct str *grids, size_t n, struct day on)
{
        for (size_t i = 0; i < as->n && n > 1; i++) {
                const struct agreement *a = &as->row[i];
                if (a->kind == AGREEMENT_STREET && agreement_holds(a, on) && street_joins(a, places, grids, n))
                        return a;
        }
        return NULL;
}

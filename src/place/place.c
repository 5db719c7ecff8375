#include "place/place.h"
#include "base/csv.h"
#include "base/err.h"
#include "place/inner/place_check.h"

const struct place_limits place_limits_default = { .grid_households_min = 300, .grid_households_max = 500 };

static const char *const kind_names[] = {
        [PLACE_PROVINCE] = "province", [PLACE_CITY] = "city",           [PLACE_COUNTY] = "county",
        [PLACE_TOWNSHIP] = "township", [PLACE_COMMUNITY] = "community", [PLACE_GRID] = "grid",
        [PLACE_BUILDING] = "building", [PLACE_UNIT] = "unit",           [PLACE_OTHER] = "other",
};

enum column { COL_CODE, COL_PARENT, COL_KIND, COL_NAME, COL_ALIASES, COL_HOUSEHOLDS, COL_POPULATION };
static const struct csv_column columns[] = {
        [COL_CODE] = { .name = "code", .required = true, .filled = true },
        [COL_PARENT] = { .name = "parent" },
        [COL_KIND] = { .name = "kind", .required = true, .filled = true },
        [COL_NAME] = { .name = "name", .required = true, .filled = true },
        [COL_ALIASES] = { .name = "aliases" },
        [COL_HOUSEHOLDS] = { .name = "households" },
        [COL_POPULATION] = { .name = "population" },
};

const char *place_kind_name(enum place_kind kind)
{
        return kind_names[kind];
}

static enum place_kind kind_of(struct str s)
{
        for (int k = PLACE_PROVINCE; k < PLACE_OTHER; k++) {
                if (str_is(s, kind_names[k]))
                        return (enum place_kind)k;
        }
        return PLACE_OTHER;
}

static void read_aliases(struct arena *a, struct str cell, struct place *p)
{
        size_t max = 1;
        for (size_t i = 0; i < cell.n; i++)
                max += cell.p[i] == ';';
        p->aliases = arena_array(a, struct str, max);
        struct str part;
        while (str_split(&cell, ';', &part)) {
                part = str_trim(part);
                if (part.n > 0)
                        p->aliases[p->n_aliases++] = part;
        }
}

static int32_t read_count(struct findings *f, struct str cell, const char *column, const struct place *p)
{
        int64_t n = -1;
        if (cell.n > 0 && str_int(cell, 0, INT32_MAX, &n) != OK)
                finding_add(f, "place.number", SEV_ERROR, places_file, p->line,
                            (struct say){ "填一个不带单位的非负整数，或留空。",
                                          "Write a whole number, no unit, or leave it empty." },
                            "%s 的 %s 不是数字：“" STR_FMT "”。", "%s: %s is not a number: \"" STR_FMT "\".",
                            str_c(f->arena, p->code), column, STR_ARG(cell));
        return (int32_t)n;
}

static struct place read_row(struct arena *a, const struct csv *t, size_t r, struct findings *f)
{
        struct place p = {
                .code = csv_at(t, r, COL_CODE),
                .parent = csv_at(t, r, COL_PARENT),
                .name = csv_at(t, r, COL_NAME),
                .kind = kind_of(csv_at(t, r, COL_KIND)),
                .up = MAP_NONE,
                .line = t->line[r],
        };
        struct str kind = csv_at(t, r, COL_KIND);
        if (p.kind == PLACE_OTHER && kind.n > 0)
                finding_add(f, "place.kind", SEV_ERROR, places_file, p.line,
                            (struct say){ "可用：province city county township community grid building unit。",
                                          "One of province city county township community grid building unit." },
                            "没有“" STR_FMT "”这种地点类型。", "There is no kind of place \"" STR_FMT "\".",
                            STR_ARG(kind));
        read_aliases(a, csv_at(t, r, COL_ALIASES), &p);
        p.households = read_count(f, csv_at(t, r, COL_HOUSEHOLDS), "households", &p);
        p.population = read_count(f, csv_at(t, r, COL_POPULATION), "population", &p);
        return p;
}

/* The first row of a code stays; a row without code is left out (csv.cell-empty has told). */
static void read_rows(struct arena *a, const struct csv *t, struct findings *f, struct places *ps)
{
        ps->row = arena_array(a, struct place, t->rows);
        map_init(&ps->by_code, a, t->rows);
        for (size_t r = 0; r < t->rows; r++) {
                struct place p = read_row(a, t, r, f);
                if (p.code.n == 0)
                        continue;
                uint32_t before = map_put(&ps->by_code, a, p.code, (uint32_t)ps->n);
                if (before != MAP_NONE)
                        place_report_duplicate(f, &p, &ps->row[before]);
                else
                        ps->row[ps->n++] = p;
        }
}

/* Only a wider place can be above: that keeps circles and endless chains out. */
static void link_up(struct places *ps)
{
        for (size_t i = 0; i < ps->n; i++) {
                struct place *p = &ps->row[i];
                if (p->kind == PLACE_OTHER || p->parent.n == 0)
                        continue;
                uint32_t up = map_get(&ps->by_code, p->parent);
                if (up != MAP_NONE && ps->row[up].kind < p->kind)
                        p->up = up;
        }
}

/* Wide to narrow, so that a parent's path stands before its children ask for it. */
static void make_paths(struct arena *a, struct places *ps)
{
        for (int kind = PLACE_PROVINCE; kind <= PLACE_OTHER; kind++) {
                for (size_t i = 0; i < ps->n; i++) {
                        struct place *p = &ps->row[i];
                        if (p->kind != (enum place_kind)kind)
                                continue;
                        const struct place *up = p->up == MAP_NONE ? NULL : &ps->row[p->up];
                        p->path =
                                up ? str_printf(a, STR_FMT "/" STR_FMT, STR_ARG(up->path), STR_ARG(p->code)) : p->code;
                        p->community = p->kind == PLACE_COMMUNITY ? p->code : up ? up->community : STR("");
                }
        }
}

/* Common names ("1号楼") make long chains: @tail, by the first of each chain, keeps adding cheap. */
static void name_row(struct arena *a, struct places *ps, uint32_t *tail, struct str name, uint32_t row)
{
        if (name.n == 0)
                return;
        uint32_t at = ps->n_named++;
        ps->named[at] = (struct place_named){ .row = row, .next = MAP_NONE };
        tail[at] = at;
        uint32_t first = map_put(&ps->by_name, a, name, at);
        if (first == MAP_NONE)
                return;
        ps->named[tail[first]].next = at;
        tail[first] = at;
}

static void index_names(struct arena *a, struct places *ps)
{
        size_t total = ps->n;
        for (size_t i = 0; i < ps->n; i++)
                total += ps->row[i].n_aliases;
        ps->named = arena_array(a, struct place_named, total);
        map_init(&ps->by_name, a, total);

        ARENA_AUTO scratch = { 0 };
        uint32_t *tail = arena_array(&scratch, uint32_t, total);
        for (uint32_t i = 0; i < ps->n; i++) {
                const struct place *p = &ps->row[i];
                name_row(a, ps, tail, p->name, i);
                for (size_t k = 0; k < p->n_aliases; k++)
                        name_row(a, ps, tail, p->aliases[k], i);
        }
}

int places_read(struct arena *a, struct str text, struct findings *f, struct places *ret)
{
        struct csv t = { 0 };
        int rc = csv_read(a, places_file, text, columns, COUNT(columns), f, &t);
        if (rc != OK)
                return rc;

        struct places ps = { 0 };
        read_rows(a, &t, f, &ps);
        link_up(&ps);
        make_paths(a, &ps);
        index_names(a, &ps);
        places_check(&ps, f);
        *ret = ps;
        return OK;
}

const struct place *place_find(const struct places *ps, struct str code)
{
        uint32_t i = map_get(&ps->by_code, code);
        return i == MAP_NONE ? NULL : &ps->row[i];
}

bool place_within(const struct places *ps, struct str code, struct str ancestor)
{
        uint32_t above = map_get(&ps->by_code, ancestor);
        if (above == MAP_NONE)
                return false;
        for (uint32_t i = map_get(&ps->by_code, code); i != MAP_NONE; i = ps->row[i].up) {
                if (i == above)
                        return true;
        }
        return false;
}

size_t places_by_name(const struct places *ps, struct str name, const struct place **ret, size_t max)
{
        size_t n = 0;
        for (uint32_t i = map_get(&ps->by_name, name); i != MAP_NONE; i = ps->named[i].next) {
                if (n < max)
                        ret[n] = &ps->row[ps->named[i].row];
                n++;
        }
        return n;
}

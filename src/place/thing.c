#include "place/thing.h"
#include <math.h>
#include <stdlib.h>
#include "base/csv.h"
#include "base/err.h"

static const struct str things_file = { "things.csv", 10 };

enum column { COL_CODE, COL_KIND, COL_PLACE, COL_LAT, COL_LON, COL_OWNER, COL_KEEPER, COL_WARRANTY };
static const struct csv_column columns[] = {
        [COL_CODE] = { .name = "code", .required = true, .filled = true },
        [COL_KIND] = { .name = "kind", .required = true, .filled = true },
        [COL_PLACE] = { .name = "place" },
        [COL_LAT] = { .name = "lat" },
        [COL_LON] = { .name = "lon" },
        [COL_OWNER] = { .name = "owner" },
        [COL_KEEPER] = { .name = "keeper" },
        [COL_WARRANTY] = { .name = "warranty_until" },
};

/* Things stand in squares of a thousandth of a degree, about 100 m, sorted row by row: what is near lies
 * in a few stretches of the list. */
struct thing_spot {
        uint64_t square;
        uint32_t row;
};
#define SQUARES_PER_DEGREE 1000
#define REACH_METRES 1000.0

static int64_t square_row(double lat)
{
        return (int64_t)floor((lat + 90) * SQUARES_PER_DEGREE);
}

static int64_t square_col(double lon)
{
        return (int64_t)floor((lon + 180) * SQUARES_PER_DEGREE);
}

static uint64_t square_key(int64_t row, int64_t col)
{
        return (uint64_t)row << 32 | (uint64_t)col;
}

static void complain(struct findings *f, const char *rule, const struct thing *t, struct say hint, const char *zh,
                     const char *en, struct str what)
{
        finding_add(f, rule, SEV_ERROR, things_file, t->line, hint, zh, en, str_c(f->arena, t->code),
                    str_c(f->arena, what));
}

static void read_point(const struct csv *t, size_t r, struct thing *thing, struct findings *f)
{
        struct str lat = csv_at(t, r, COL_LAT), lon = csv_at(t, r, COL_LON);
        if (lat.n == 0 && lon.n == 0)
                return;
        struct point p = { 0 };
        if (str_double(lat, &p.lat) == OK && str_double(lon, &p.lon) == OK && point_check(p, NULL) == OK) {
                thing->point = p;
                thing->has_point = true;
                return;
        }
        struct str both = str_printf(f->arena, STR_FMT ", " STR_FMT, STR_ARG(lat), STR_ARG(lon));
        complain(f, "thing.point", thing,
                 (struct say){ "lat 填纬度，lon 填经度，单位为度（WGS 84），要填都填。",
                               "Give lat and lon in degrees (WGS 84), both or neither." },
                 "%s 的坐标不对：%s。", "The coordinates of %s are not right: %s.", both);
}

static void check_thing(const struct thing *t, const struct places *places, struct findings *f)
{
        if (!code_valid(t->code))
                complain(f, "thing.code", t,
                         (struct say){ "1 到 64 个字符，限 A-Z a-z 0-9 . _ -。", "1 to 64 of A-Z a-z 0-9 . _ -" },
                         "编码“%s”含有不允许的字符或过长。",
                         "Code \"%s\" is too long or has characters that are not allowed.", t->code);
        if (t->place.n > 0 && !place_find(places, t->place))
                complain(f, "thing.place", t,
                         (struct say){ "改成 places.csv 中的编码，或留空。",
                                       "Use a code of places.csv, or leave it empty." },
                         "%s 所在的地点 %s 不在 places.csv 中。", "The place of %s is not in places.csv: %s.",
                         t->place);
}

static struct thing read_row(const struct csv *t, size_t r, const struct places *places, struct findings *f)
{
        struct thing thing = {
                .code = csv_at(t, r, COL_CODE),
                .kind = csv_at(t, r, COL_KIND),
                .place = csv_at(t, r, COL_PLACE),
                .owner = csv_at(t, r, COL_OWNER),
                .keeper = csv_at(t, r, COL_KEEPER),
                .warranty_until = DAY_NONE,
                .line = t->line[r],
        };
        if (thing.code.n == 0)
                return thing;
        check_thing(&thing, places, f);
        read_point(t, r, &thing, f);
        struct str until = csv_at(t, r, COL_WARRANTY);
        if (until.n > 0 && day_parse(until, &thing.warranty_until) != OK)
                complain(f, "thing.warranty", &thing,
                         (struct say){ "日期写成 2026-12-31 的样子。", "Write the day as 2026-12-31." },
                         "%s 的质保截止日“%s”不是日期。", "The warranty of %s ends on no date: \"%s\".", until);
        return thing;
}

static void read_rows(struct arena *a, const struct csv *t, const struct places *places, struct findings *f,
                      struct things *ts)
{
        ts->row = arena_array(a, struct thing, t->rows);
        map_init(&ts->by_code, a, t->rows);
        for (size_t r = 0; r < t->rows; r++) {
                struct thing thing = read_row(t, r, places, f);
                if (thing.code.n == 0)
                        continue;
                uint32_t before = map_put(&ts->by_code, a, thing.code, (uint32_t)ts->n);
                if (before == MAP_NONE)
                        ts->row[ts->n++] = thing;
                else
                        finding_add(f, "thing.duplicate", SEV_ERROR, things_file, thing.line,
                                    (struct say){ "编码在文件内必须唯一。", "A code is unique in its file." },
                                    "编码 %s 重复：第 %d 行和第 %d 行。",
                                    "Code %s stands twice: on line %d and line %d.", str_c(f->arena, thing.code),
                                    ts->row[before].line, thing.line);
        }
}

static int by_square(const void *a, const void *b)
{
        const struct thing_spot *x = a, *y = b;
        if (x->square != y->square)
                return x->square < y->square ? -1 : 1;
        return x->row < y->row ? -1 : x->row > y->row;
}

static void index_spots(struct arena *a, struct things *ts)
{
        ts->spot = arena_array(a, struct thing_spot, ts->n);
        for (uint32_t i = 0; i < ts->n; i++) {
                const struct thing *t = &ts->row[i];
                if (t->has_point)
                        ts->spot[ts->n_spots++] =
                                (struct thing_spot){ square_key(square_row(t->point.lat), square_col(t->point.lon)),
                                                     i };
        }
        if (ts->n_spots > 0)
                qsort(ts->spot, ts->n_spots, sizeof *ts->spot, by_square);
}

int things_read(struct arena *a, struct str text, const struct places *places, struct findings *f, struct things *ret)
{
        struct csv t = { 0 };
        int rc = csv_read(a, things_file, text, columns, COUNT(columns), f, &t);
        if (rc != OK)
                return rc;
        struct things ts = { 0 };
        read_rows(a, &t, places, f, &ts);
        index_spots(a, &ts);
        *ret = ts;
        return OK;
}

struct say thing_kind_said(struct str kind)
{
        static const struct {
                const char *kind;
                struct say said;
        } known[] = {
                { "lamp", { "路灯", "Street lamp" } },      { "manhole", { "井盖", "Manhole cover" } }, { "hydrant", { "消火栓", "Fire hydrant" } },
                { "bin", { "垃圾桶", "Waste bin" } },       { "tree", { "行道树", "Street tree" } },    { "pole", { "电线杆", "Utility pole" } },
                { "transformer", { "变压器", "Transformer" } }, { "cabinet", { "配电箱", "Power cabinet" } }, { "signal", { "信号灯", "Traffic signal" } },
                { "stop", { "公交站", "Bus stop" } },       { "toilet", { "公厕", "Public toilet" } },  { "camera", { "监控杆", "Camera pole" } },
                { "charger", { "充电桩", "Charger" } },     { "bench", { "长椅", "Bench" } },           { "board", { "公告栏", "Notice board" } },
                { "playground", { "儿童游乐场", "Playground" } }, { "park", { "公园", "Park" } },       { "street", { "街道", "Street" } },
        };
        for (size_t i = 0; i < COUNT(known); i++)
                if (str_is(kind, known[i].kind))
                        return known[i].said;
        return (struct say){ NULL, NULL };
}

const struct thing *thing_find(const struct things *ts, struct str code)
{
        uint32_t i = map_get(&ts->by_code, code);
        return i == MAP_NONE ? NULL : &ts->row[i];
}

/* The first spot whose square is not before @key. */
static size_t first_spot(const struct things *ts, uint64_t key)
{
        size_t lo = 0, hi = ts->n_spots;
        while (lo < hi) {
                size_t mid = lo + (hi - lo) / 2;
                if (ts->spot[mid].square < key)
                        lo = mid + 1;
                else
                        hi = mid;
        }
        return lo;
}

struct nearest {
        const struct thing *thing;
        double metres;
};

static void consider(struct nearest *best, const struct thing *t, struct str kind, struct point p)
{
        if (kind.n > 0 && !str_eq(kind, t->kind))
                return;
        double metres = round(point_metres(p, t->point) * 1000) / 1000;
        if (metres > best->metres || (metres == best->metres && best->thing && str_cmp(best->thing->code, t->code) < 0))
                return;
        *best = (struct nearest){ t, metres };
}

const struct thing *thing_near(const struct things *ts, struct str kind, struct point p, double metres,
                               double *ret_metres)
{
        if (ts->n_spots == 0 || point_check(p, NULL) != OK || !(metres >= 0))
                return NULL;
        struct nearest best = { .metres = fmin(metres, REACH_METRES) };
        struct degree_metres m = degree_metres_at(p.lat);
        double north = best.metres / m.lat, east = fmin(best.metres / fmax(m.lon, 1), 180);
        for (int64_t row = square_row(fmax(p.lat - north, -90)); row <= square_row(fmin(p.lat + north, 90)); row++) {
                uint64_t last = square_key(row, square_col(fmin(p.lon + east, 180)));
                size_t i = first_spot(ts, square_key(row, square_col(fmax(p.lon - east, -180))));
                for (; i < ts->n_spots && ts->spot[i].square <= last; i++)
                        consider(&best, &ts->row[ts->spot[i].row], kind, p);
        }
        if (best.thing && ret_metres)
                *ret_metres = best.metres;
        return best.thing;
}

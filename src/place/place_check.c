#include "place/inner/place_check.h"
#include "base/buf.h"
#include "base/err.h"

const struct str places_file = { "places.csv", 10 };

/* What each kind's 12-digit code looks like, and where it may hang. */
static const struct {
        uint8_t digits;      /* leading digits that tell it apart; the rest are zeros. 0 = any form */
        uint8_t own;         /* of those, the last ones are its own and not all zero */
        uint8_t parents;     /* kinds it may hang under, as bits */
        bool root;           /* may have no parent */
        const char *zh, *en; /* where it belongs, for the hint */
} kinds[] = {
        [PLACE_PROVINCE] = { 2, 2, 0, true, "省级没有上级", "a province has no parent" },
        [PLACE_CITY] = { 4, 2, 1 << PLACE_PROVINCE, true, "属于省级", "belongs to a province" },
        [PLACE_COUNTY] = { 6, 2, 1 << PLACE_PROVINCE | 1 << PLACE_CITY, true, "属于市级或省级",
                           "belongs to a city or a province" },
        /* A few cities have no counties: 东莞, 中山, 儋州, 嘉峪关. */
        [PLACE_TOWNSHIP] = { 9, 3, 1 << PLACE_CITY | 1 << PLACE_COUNTY, true, "属于县级，或不设区县的市",
                             "belongs to a county, or to a city without counties" },
        [PLACE_COMMUNITY] = { 12, 3, 1 << PLACE_TOWNSHIP, false, "属于乡镇或街道", "belongs to a township" },
        [PLACE_GRID] = { 0, 0, 1 << PLACE_COMMUNITY, false, "只属于一个村或社区", "belongs to exactly one community" },
        [PLACE_BUILDING] = { 0, 0, 1 << PLACE_GRID, false, "属于网格", "belongs to a grid" },
        [PLACE_UNIT] = { 0, 0, 1 << PLACE_BUILDING, false, "属于楼栋", "belongs to a building" },
};

static void add(struct findings *f, const char *rule, const struct place *p, struct say hint, const char *zh,
                const char *en, struct str other)
{
        finding_add(f, rule, SEV_ERROR, places_file, p->line, hint, zh, en, str_c(f->arena, p->code),
                    str_c(f->arena, other));
}

void place_report_duplicate(struct findings *f, const struct place *again, const struct place *first)
{
        finding_add(f, "place.duplicate", SEV_ERROR, places_file, again->line,
                    (struct say){ "编码在文件内必须唯一，撤销的编码也不再使用。",
                                  "A code is unique in its file, and never used again." },
                    "编码 %s 重复：第 %d 行（%s）和第 %d 行（%s）。",
                    "Code %s stands twice: line %d (%s) and line %d (%s).", str_c(f->arena, again->code), first->line,
                    str_c(f->arena, first->name), again->line, str_c(f->arena, again->name));
}

static bool all_zero(struct str s, size_t from, size_t to)
{
        for (size_t i = from; i < to; i++) {
                if (s.p[i] != '0')
                        return false;
        }
        return true;
}

static bool all_digits(struct str s)
{
        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] < '0' || s.p[i] > '9')
                        return false;
        }
        return true;
}

static bool code_fits(const struct place *p)
{
        size_t digits = kinds[p->kind].digits, own = kinds[p->kind].own;
        if (digits == 0)
                return code_valid(p->code);
        return p->code.n == 12 && all_digits(p->code) && !all_zero(p->code, 0, 2) &&
               !all_zero(p->code, digits - own, digits) && all_zero(p->code, digits, 12);
}

static void check_code(const struct place *p, struct findings *f)
{
        if (code_fits(p))
                return;
        if (kinds[p->kind].digits == 0) {
                add(f, "place.code", p,
                    (struct say){ "1 到 64 个字符，限 A-Z a-z 0-9 . _ -。", "1 to 64 of A-Z a-z 0-9 . _ -" },
                    "编码“%s”含有不允许的字符或过长。",
                    "Code \"%s\" is too long or has characters that are not allowed.", STR(""));
                return;
        }
        add(f, "place.code", p,
            (struct say){ "12 位统计用区划代码：省2 市2 县2 乡3 村3，下级部分补 0。",
                          "The 12-digit statistical code: province 2, city 2, county 2, township 3, village 3, the "
                          "rest zeros." },
            "“%s”不是 %s 一级的 12 位区划代码。", "\"%s\" is not a 12-digit division code of a %s.",
            str_of(place_kind_name(p->kind)));
}

/* The parent's telling digits begin the code. A warning: trusteeship (代管) makes lawful exceptions. */
static void check_prefix(const struct places *ps, const struct place *p, struct findings *f)
{
        if (p->up == MAP_NONE || !code_fits(p))
                return;
        const struct place *up = &ps->row[p->up];
        size_t digits = kinds[up->kind].digits;
        bool divisions = kinds[p->kind].digits > 0;
        bool long_grid = p->kind == PLACE_GRID && p->code.n == 15 && all_digits(p->code);
        if (!(divisions || long_grid) || digits == 0 || !code_fits(up))
                return;
        if (memcmp(p->code.p, up->code.p, digits) == 0)
                return;
        finding_add(f, "place.code-parent", SEV_WARNING, places_file, p->line,
                    (struct say){ "核对上级是否填错；代管的可以不理会。",
                                  "Look whether the parent is right; ignore it for a place held in trust." },
                    "%s 的编码不以上级 %s 的前 %zu 位开头。",
                    "The code %s does not begin with its parent's: %s, first %zu digits.", str_c(f->arena, p->code),
                    str_c(f->arena, up->code), digits);
}

static void check_grid_parent(const struct place *p, const struct place *up, struct findings *f)
{
        finding_add(f, "place.grid-parent", SEV_ERROR, places_file, p->line,
                    (struct say){ "把上级改为网格所在的村或社区。",
                                  "Name the village or community of the grid as its parent." },
                    "网格 %s 必须属于一个村或社区，现在的上级是 %s（%s）。",
                    "Grid %s must belong to exactly one community; its parent is %s (%s).", str_c(f->arena, p->code),
                    up ? str_c(f->arena, up->code) : "-", up ? place_kind_name(up->kind) : "-");
}

static void check_parent_kind(const struct place *p, const struct place *up, struct findings *f)
{
        if (up->kind == PLACE_OTHER || (kinds[p->kind].parents >> up->kind & 1) != 0)
                return;
        if (p->kind == PLACE_GRID) {
                check_grid_parent(p, up, f);
                return;
        }
        finding_add(f, "place.parent-kind", SEV_ERROR, places_file, p->line,
                    (struct say){ kinds[p->kind].zh, kinds[p->kind].en }, "%s（%s）不能挂在 %s（%s）之下。",
                    "%s (%s) cannot hang under %s (%s).", str_c(f->arena, p->code), place_kind_name(p->kind),
                    str_c(f->arena, up->code), place_kind_name(up->kind));
}

static void check_parent(const struct places *ps, const struct place *p, struct findings *f)
{
        if (p->parent.n > 0) {
                const struct place *up = place_find(ps, p->parent);
                if (up)
                        check_parent_kind(p, up, f);
                else
                        add(f, "place.parent-missing", p,
                            (struct say){ "先写上级那一行，或改正上级编码。",
                                          "Add a row for the parent, or mend its code." },
                            "%s 的上级 %s 不在文件中。", "The parent of %s is not in the file: %s.", p->parent);
                return;
        }
        if (kinds[p->kind].root)
                return;
        if (p->kind == PLACE_GRID)
                check_grid_parent(p, NULL, f);
        else
                add(f, "place.parent-missing", p, (struct say){ kinds[p->kind].zh, kinds[p->kind].en },
                    "%s（%s）没有写上级。", "%s (%s) names no parent.", str_of(place_kind_name(p->kind)));
}

static void report_circle(const struct places *ps, uint32_t from, struct findings *f)
{
        BUF_AUTO round = BUF(512);
        uint32_t i = from;
        do {
                buf_str(&round, ps->row[i].code);
                buf_puts(&round, " > ");
                i = map_get(&ps->by_code, ps->row[i].parent);
        } while (i != from && round.n < 400);
        buf_puts(&round, i == from ? "" : "... > ");
        buf_str(&round, ps->row[from].code);
        finding_add(f, "place.circular", SEV_ERROR, places_file, ps->row[from].line,
                    (struct say){ "改正其中一行的上级。", "Mend the parent of one of these rows." },
                    "上级关系成环：" STR_FMT "。", "The parents go round in a circle: " STR_FMT ".",
                    STR_ARG(buf_view(&round)));
}

/* Parents as written, not `up`: a circle never gets into `up`. Each walk marks its rows with its own
 * number, so meeting that number again is a circle, and meeting another one is known ground. */
static void check_circles(const struct places *ps, struct findings *f)
{
        ARENA_AUTO scratch = { 0 };
        uint32_t *walk = arena_array(&scratch, uint32_t, ps->n);
        for (uint32_t i = 0; i < ps->n; i++) {
                uint32_t at = i;
                while (at != MAP_NONE && walk[at] == 0) {
                        walk[at] = i + 1;
                        at = ps->row[at].parent.n ? map_get(&ps->by_code, ps->row[at].parent) : MAP_NONE;
                }
                if (at != MAP_NONE && walk[at] == i + 1)
                        report_circle(ps, at, f);
        }
}

static void check_names(const struct places *ps, struct findings *f)
{
        ARENA_AUTO scratch = { 0 };
        struct map seen;
        map_init(&seen, &scratch, ps->n);
        for (uint32_t i = 0; i < ps->n; i++) {
                const struct place *p = &ps->row[i];
                if (p->name.n == 0)
                        continue;
                struct str key = str_printf(&scratch, STR_FMT "\n" STR_FMT, STR_ARG(p->parent), STR_ARG(p->name));
                uint32_t first = map_put(&seen, &scratch, key, i);
                if (first == MAP_NONE)
                        continue;
                finding_add(f, "place.name-twice", SEV_WARNING, places_file, p->line,
                            (struct say){ "改一个名称，否则居民和接线员分不清。",
                                          "Rename one of them: residents and operators cannot tell them apart." },
                            "%s 和第 %d 行的 %s 同级同名：%s。",
                            "%s has the same name as its sibling on line %d, %s: %s.", str_c(f->arena, p->code),
                            ps->row[first].line, str_c(f->arena, ps->row[first].code), str_c(f->arena, p->name));
        }
}

void places_check(const struct places *ps, struct findings *f)
{
        for (size_t i = 0; i < ps->n; i++) {
                const struct place *p = &ps->row[i];
                if (p->kind == PLACE_OTHER)
                        continue;
                check_code(p, f);
                check_prefix(ps, p, f);
                check_parent(ps, p, f);
        }
        check_circles(ps, f);
        check_names(ps, f);
}

void places_check_size(const struct places *ps, struct place_limits limits, struct findings *f)
{
        for (size_t i = 0; i < ps->n; i++) {
                const struct place *p = &ps->row[i];
                if (p->kind != PLACE_GRID || p->households < 0)
                        continue;
                if (p->households >= limits.grid_households_min && p->households <= limits.grid_households_max)
                        continue;
                finding_add(f, "place.grid-size", SEV_WARNING, places_file, p->line,
                            (struct say){ "城市网格一般 300 至 500 户，限值可在本地设置；农村和专属网格可以不理会。",
                                          "An urban grid usually has 300 to 500 households; the limits can be set. "
                                          "Rural and dedicated grids may differ." },
                            "网格 %s 有 %d 户，不在 %d 至 %d 户之间。", "Grid %s has %d households, not %d to %d.",
                            str_c(f->arena, p->code), p->households, limits.grid_households_min,
                            limits.grid_households_max);
        }
}

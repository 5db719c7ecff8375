#include "duty/duty.h"
#include <stdlib.h>
#include "base/csv.h"
#include "base/err.h"
#include "duty/inner/list.h"

static const struct {
        const char *name;
        struct say say;
} lists[DUTY_LISTS] = {
        [DUTY_BASIC] = { "basic", { "基本履职事项", "basic duties" } },
        [DUTY_ASSIST] = { "assist", { "配合履职事项", "assisting duties" } },
        [DUTY_RECALLED] = { "recalled", { "上级部门收回事项", "duties taken back by upper departments" } },
        [DUTY_SERVICE] = { "service", { "公共服务事项", "public services" } },
        [DUTY_CONFERRED] = { "conferred", { "赋权事项", "conferred powers" } },
        [DUTY_ENTRUSTED] = { "entrusted", { "委托事项", "entrusted duties" } },
        [DUTY_COMMITTEE] = { "committee", { "居（村）委会依法履职事项", "the committee's own lawful duties" } },
};

const char *duty_list_name(enum duty_list l)
{
        return lists[l].name;
}

struct say duty_list_say(enum duty_list l)
{
        return lists[l].say;
}

enum {
        C_CODE,
        C_LIST,
        C_SUBJECT,
        C_TITLE,
        C_CONDITION,
        C_LEAD,
        C_ASSIST,
        C_PLACE,
        C_LIMIT,
        C_UNIT,
        C_BASIS,
        C_SINCE,
        C_UNTIL,
        C_STAFF,
        C_CERTIFICATES,
        C_MONEY,
        C_COLUMNS
};
static const struct csv_column columns[C_COLUMNS] = {
        [C_CODE] = { .name = "code", .required = true, .filled = true },
        [C_LIST] = { .name = "list", .required = true, .filled = true },
        [C_SUBJECT] = { .name = "subject", .required = true, .filled = true },
        [C_TITLE] = { .name = "title", .required = true, .filled = true },
        [C_CONDITION] = { .name = "condition" },
        [C_LEAD] = { .name = "lead", .required = true }, /* duty.recalled-by-missing and duty.unknown-org say more */
        [C_ASSIST] = { .name = "assist" },
        [C_PLACE] = { .name = "place" },
        [C_LIMIT] = { .name = "limit" },
        [C_UNIT] = { .name = "unit" },
        [C_BASIS] = { .name = "basis", .required = true },
        [C_SINCE] = { .name = "since" },
        [C_UNTIL] = { .name = "until" },
        [C_STAFF] = { .name = "staff" },
        [C_CERTIFICATES] = { .name = "certificates" },
        [C_MONEY] = { .name = "money" },
};

static const struct say hint_code = { "代码用 1 至 64 个字母、数字、点、下划线或连字符",
                                      "Use 1 to 64 letters, digits, dots, underscores or hyphens" };
static const struct say hint_duplicate = { "保留一行，或给另一行新的代码",
                                           "Keep one of the rows, or give the other a new code" };
static const struct say hint_list = { "用 basic、assist、recalled、service、conferred、entrusted 或 committee",
                                      "Use basic, assist, recalled, service, conferred, entrusted or committee" };
static const struct say hint_condition = {
        "写成 事实=值，用分号隔开，例如 owner=property;warranty=yes",
        "Write fact=value pairs joined by ';', for example owner=property;warranty=yes"
};
static const struct say hint_limit = {
        "时限写 1 至 100000 的整数，单位写 workday、day、month、workhour 或 hour，两格同填或同空",
        "A whole number from 1 to 100,000 with workday, day, month, workhour or hour; both or neither"
};
static const struct say hint_dates = { "日期写成 2026-01-31 的样子，开始不能晚于结束",
                                       "Write days like 2026-01-31, and not since after until" };
static const struct say hint_subject = { "改为 subjects.csv 中的代码", "Use a code of subjects.csv" };
static const struct say hint_basis = { "写明依据的法律、条例或清单", "Name the law, regulation or list it rests on" };

struct reading {
        struct arena *arena;
        struct findings *findings;
        const struct subjects *subjects;
        const struct csv *t;
        size_t at; /* row of the table */
        struct duties *out;
};

#define FOUND(r, rule, sev, hint, ...)                                                                                 \
        finding_add((r)->findings, rule, sev, STR(DUTY_FILE), (r)->t->line[(r)->at], hint, __VA_ARGS__)

static struct str cell(const struct reading *r, size_t column)
{
        return csv_at(r->t, r->at, column);
}

static bool read_list(struct reading *r, struct duty *d)
{
        struct str s = cell(r, C_LIST);
        for (int i = 0; i < DUTY_LISTS; i++) {
                if (!str_is(s, lists[i].name))
                        continue;
                d->list = (enum duty_list)i;
                return true;
        }
        if (s.n)
                FOUND(r, "duty.list", SEV_ERROR, hint_list, "不认识的清单“%.*s”", "Unknown list \"%.*s\"", STR_ARG(s));
        return false;
}

static bool read_subject(struct reading *r, struct duty *d)
{
        d->subject_code = cell(r, C_SUBJECT);
        d->subject = subject_find(r->subjects, d->subject_code);
        if (d->subject == SUBJECT_NONE && d->subject_code.n)
                FOUND(r, "duty.unknown-subject", SEV_ERROR, hint_subject, "职责“%.*s”的事项“%.*s”不存在",
                      "The subject of duty \"%.*s\", \"%.*s\", does not exist", STR_ARG(d->code),
                      STR_ARG(d->subject_code));
        return d->subject != SUBJECT_NONE;
}

static int by_fact(const void *a, const void *b)
{
        return str_cmp(((const struct duty_pair *)a)->fact, ((const struct duty_pair *)b)->fact);
}

static bool parse_pair(struct str s, struct duty_pair *ret)
{
        struct str rest = s, fact;
        if (!str_split(&rest, '=', &fact) || fact.n == s.n)
                return false;
        *ret = (struct duty_pair){ str_trim(fact), str_trim(rest) };
        return code_valid(ret->fact) && ret->value.n > 0 && memchr(ret->value.p, '=', ret->value.n) == NULL;
}

/* What is wrong with a condition (formats for code and cell), or NULL. */
static const struct say *parse_condition(struct arena *a, struct str s, struct duty *d)
{
        static const struct say form = { "职责“%.*s”的条件“%.*s”不是“事实=值”的形式",
                                         "The condition of duty \"%.*s\", \"%.*s\", is not made of fact=value pairs" };
        static const struct say many = { "职责“%.*s”的条件“%.*s”超过 8 项",
                                         "The condition of duty \"%.*s\", \"%.*s\", has more than 8 pairs" };
        static const struct say twice = { "职责“%.*s”的条件“%.*s”把同一事实写了两次",
                                          "The condition of duty \"%.*s\", \"%.*s\", names a fact twice" };
        struct str *part;
        bool empty;
        uint32_t n = list_split(a, s, &part, &empty);
        if (n > DUTY_CONDITIONS_MAX)
                return &many;
        d->condition = arena_array(a, struct duty_pair, n);
        for (uint32_t i = 0; i < n; i++)
                if (!parse_pair(part[i], &d->condition[i]))
                        return &form;
        if (n > 0)
                qsort(d->condition, n, sizeof *d->condition, by_fact);
        for (uint32_t i = 1; i < n; i++)
                if (str_eq(d->condition[i - 1].fact, d->condition[i].fact))
                        return &twice;
        d->n_condition = n;
        return empty ? &form : NULL;
}

static bool read_condition(struct reading *r, struct duty *d)
{
        const struct say *wrong = parse_condition(r->arena, cell(r, C_CONDITION), d);
        if (wrong)
                FOUND(r, "duty.condition", SEV_ERROR, hint_condition, wrong->zh, wrong->en, STR_ARG(d->code),
                      STR_ARG(cell(r, C_CONDITION)));
        return wrong == NULL;
}

static bool read_limit(struct reading *r, struct duty *d)
{
        struct str limit = cell(r, C_LIMIT), unit = cell(r, C_UNIT);
        int64_t n = 0;
        if (limit.n == 0 && unit.n == 0)
                return true;
        if (str_int(limit, 1, DUE_LIMIT_MAX, &n) == OK && due_unit_parse(unit, &d->unit) == OK) {
                d->limit = (int32_t)n;
                return true;
        }
        FOUND(r, "duty.limit", SEV_ERROR, hint_limit, "职责“%.*s”的时限“%.*s”“%.*s”不成立",
              "The limit of duty \"%.*s\", \"%.*s\" \"%.*s\", makes no sense", STR_ARG(d->code), STR_ARG(limit),
              STR_ARG(unit));
        return false;
}

static bool read_day(struct reading *r, struct duty *d, size_t column, struct day *ret)
{
        struct str s = cell(r, column);
        *ret = DAY_NONE;
        if (s.n == 0 || day_parse(s, ret) == OK)
                return true;
        FOUND(r, "duty.dates", SEV_ERROR, hint_dates, "职责“%.*s”的日期“%.*s”不存在",
              "The day of duty \"%.*s\", \"%.*s\", does not exist", STR_ARG(d->code), STR_ARG(s));
        return false;
}

static bool read_dates(struct reading *r, struct duty *d)
{
        bool since = read_day(r, d, C_SINCE, &d->since), until = read_day(r, d, C_UNTIL, &d->until);
        if (!since || !until)
                return false;
        if (day_is_none(d->since) || day_is_none(d->until) || d->since.n <= d->until.n)
                return true;
        FOUND(r, "duty.dates", SEV_ERROR, hint_dates, "职责“%.*s”的开始日期晚于结束日期",
              "Duty \"%.*s\" begins after it ends", STR_ARG(d->code));
        return false;
}

static bool read_code(struct reading *r, struct str code)
{
        if (code.n == 0)
                return false;
        if (!code_valid(code)) {
                FOUND(r, "duty.code", SEV_ERROR, hint_code, "职责代码“%.*s”不合格式",
                      "The duty code \"%.*s\" is malformed", STR_ARG(code));
                return false;
        }
        uint32_t first = map_put(&r->out->by_code, r->arena, code, r->out->n);
        if (first != MAP_NONE)
                FOUND(r, "duty.duplicate", SEV_ERROR, hint_duplicate, "职责代码“%.*s”重复，第 %d 行已有",
                      "The duty code \"%.*s\" is a duplicate of line %d", STR_ARG(code), r->out->row[first].line);
        return first == MAP_NONE;
}

static void read_row(struct reading *r)
{
        struct str code = cell(r, C_CODE);
        if (!read_code(r, code))
                return;
        struct duty *d = &r->out->row[r->out->n++];
        *d = (struct duty){ .code = code,
                            .title = cell(r, C_TITLE),
                            .lead = cell(r, C_LEAD),
                            .place = cell(r, C_PLACE),
                            .basis = cell(r, C_BASIS),
                            .staff = cell(r, C_STAFF),
                            .certificates = cell(r, C_CERTIFICATES),
                            .money = cell(r, C_MONEY),
                            .line = r->t->line[r->at] };
        bool empty;
        d->n_assist = list_split(r->arena, cell(r, C_ASSIST), &d->assist, &empty);
        bool list = read_list(r, d), subject = read_subject(r, d), condition = read_condition(r, d);
        bool limit = read_limit(r, d), dates = read_dates(r, d);
        d->usable = list && subject && condition && limit && dates && d->lead.n > 0;
        if (d->basis.n == 0)
                FOUND(r, "duty.basis-empty", SEV_WARNING, hint_basis, "职责“%.*s”没有写依据",
                      "Duty \"%.*s\" names no basis", STR_ARG(d->code));
}

/* ---- the index ---- */

struct keyed {
        uint32_t subject, place, row;
};

static int by_cell(const void *a, const void *b)
{
        const struct keyed *x = a, *y = b;
        if (x->subject != y->subject)
                return x->subject < y->subject ? -1 : 1;
        if (x->place != y->place)
                return x->place < y->place ? -1 : 1;
        return x->row < y->row ? -1 : 1;
}

static uint32_t place_number(struct duties *all, struct arena *a, struct str code)
{
        if (code.n == 0)
                return 0;
        uint32_t known = map_put(&all->places, a, code, all->n_places + 1);
        return known == MAP_NONE ? ++all->n_places : known;
}

static void index_rows(struct arena *a, struct duties *all, uint32_t n_subjects)
{
        struct keyed *key = arena_array(a, struct keyed, all->n);
        uint32_t n = 0;
        for (uint32_t i = 0; i < all->n; i++)
                if (all->row[i].usable)
                        key[n++] = (struct keyed){ all->row[i].subject, place_number(all, a, all->row[i].place), i };
        if (n > 0)
                qsort(key, n, sizeof *key, by_cell);

        all->order = arena_array(a, uint32_t, n);
        all->cell = arena_array(a, struct duty_cell, n);
        all->of_subject = arena_array(a, struct duty_span, n_subjects);
        for (uint32_t i = 0; i < n; i++) {
                all->order[i] = key[i].row;
                if (i > 0 && key[i - 1].subject == key[i].subject && key[i - 1].place == key[i].place) {
                        all->cell[all->n_cells - 1].n++;
                        continue;
                }
                struct duty_span *of = &all->of_subject[key[i].subject];
                if (of->n++ == 0)
                        of->first = all->n_cells;
                all->cell[all->n_cells++] = (struct duty_cell){ key[i].place, i, 1 };
        }
}

int duties_read(struct arena *a, struct str text, const struct subjects *subjects, struct findings *findings,
                struct duties *ret)
{
        struct csv t;
        int rc = csv_read(a, STR(DUTY_FILE), text, columns, C_COLUMNS, findings, &t);
        if (rc != OK)
                return rc;

        struct duties out = { .row = arena_array(a, struct duty, t.rows) };
        map_init(&out.by_code, a, t.rows);
        struct reading r = { .arena = a, .findings = findings, .subjects = subjects, .t = &t, .out = &out };
        for (r.at = 0; r.at < t.rows; r.at++)
                read_row(&r);
        index_rows(a, &out, subjects->n);
        *ret = out;
        return OK;
}

void duties_bind(struct duties *all, struct duty_orgs orgs)
{
        for (uint32_t i = 0; i < all->n; i++) {
                struct duty_org o = { 0 };
                all->row[i].lead_unknown = !orgs.find(orgs.self, all->row[i].lead, &o);
                all->row[i].lead_own = o.own;
                all->row[i].lead_committee = o.committee;
        }
}

/* ---- questions ---- */

uint32_t duty_find(const struct duties *all, struct str code)
{
        return map_get(&all->by_code, code);
}

bool duty_holds_on(const struct duty *d, struct day day)
{
        return (day_is_none(d->since) || d->since.n <= day.n) && (day_is_none(d->until) || day.n <= d->until.n);
}

const struct duty_cell *duty_cell_at(const struct duties *all, uint32_t subject, uint32_t place)
{
        struct duty_span of = all->of_subject[subject];
        const struct duty_cell *cell = all->cell + of.first;
        while (of.n > 0) {
                uint32_t half = of.n / 2;
                if (cell[half].place == place)
                        return &cell[half];
                if (cell[half].place < place) {
                        cell += half + 1;
                        of.n -= half + 1;
                } else {
                        of.n = half;
                }
        }
        return NULL;
}

bool duty_conditions_meet(const struct duty *a, const struct duty *b)
{
        for (uint32_t i = 0; i < a->n_condition; i++)
                for (uint32_t k = 0; k < b->n_condition; k++)
                        if (str_eq(a->condition[i].fact, b->condition[k].fact) &&
                            !str_eq(a->condition[i].value, b->condition[k].value))
                                return false;
        return true;
}

static bool demands(const struct duty *d, const struct duty_pair *pair)
{
        for (uint32_t i = 0; i < d->n_condition; i++)
                if (str_eq(d->condition[i].fact, pair->fact) && str_eq(d->condition[i].value, pair->value))
                        return true;
        return false;
}

bool duty_condition_narrower(const struct duty *narrow, const struct duty *wide)
{
        if (narrow->n_condition <= wide->n_condition)
                return false;
        for (uint32_t i = 0; i < wide->n_condition; i++)
                if (!demands(narrow, &wide->condition[i]))
                        return false;
        return true;
}

bool duty_condition_same(const struct duty *a, const struct duty *b)
{
        for (uint32_t i = 0; i < a->n_condition; i++)
                if (!demands(b, &a->condition[i]))
                        return false;
        return a->n_condition == b->n_condition;
}

bool duty_has_capacity(const struct duty *d)
{
        return !duty_list_is_handed_down(d->list) || (d->staff.n && d->certificates.n && d->money.n);
}

#include "base/csv.h"
#include "base/yaml.h"
#include "town/inner/read.h"

#define NEAREST_DEFAULT 50 /* metres */

/* Chosen on the messages of one city and on invented ones: a town should look at its own. */
static const struct town_similar similar_default = { .metres = 150, .days = 30, .percent = 30, .source = { "", 0 }, .review = { INT32_MIN } };
/* Three months in a row is the usual look-back of monthly analyses; five a month in one grid is a guess that a town should look at. */
static const struct town_standing standing_default = { .months = 3, .reports = 5, .before = 6, .source = { "", 0 }, .review = { INT32_MIN } };
#define FILES_DEFAULT 30
#define FILES_MAX 200

static const struct str file = { "town.yaml", 9 };

/* Suggested by common local practice, marked unsure there: a town should set its own, with source and review date. */
static const struct town_limit fallback_limits[] = {
        { .id = { "sign", 4 }, .limit = 2, .unit = DUE_WORKHOUR },
        { .id = { "place", 5 }, .limit = 1, .unit = DUE_WORKHOUR },
        { .id = { "contact", 7 }, .limit = 24, .unit = DUE_HOUR },
        { .id = { "contact_urgent", 14 }, .limit = 2, .unit = DUE_HOUR },
        { .id = { "sign_urgent", 11 }, .limit = 1, .unit = DUE_HOUR },
        { .id = { "place_urgent", 12 }, .limit = 1, .unit = DUE_HOUR },
        { .id = { "answer", 6 }, .limit = 5, .unit = DUE_WORKDAY },
        { .id = { "answer_urgent", 13 }, .limit = 24, .unit = DUE_HOUR },
        { .id = { "close", 5 }, .limit = 3, .unit = DUE_WORKDAY },
        { .id = { "joint_look", 10 }, .limit = 2, .unit = DUE_WORKDAY },
        { .id = { "report_in", 9 }, .limit = 24, .unit = DUE_HOUR },
        { .id = { "report_in_urgent", 16 }, .limit = 1, .unit = DUE_HOUR },
        { .id = { "assist_answer", 13 }, .limit = 3, .unit = DUE_WORKDAY },
        { .id = { "assist_answer_urgent", 20 }, .limit = 24, .unit = DUE_HOUR },
        { .id = { "return", 6 }, .limit = 1, .unit = DUE_WORKDAY },
        { .id = { "ruling", 6 }, .limit = 2, .unit = DUE_WORKHOUR },
        { .id = { "reopen", 6 }, .limit = 15, .unit = DUE_DAY },
        { .id = { "review", 6 }, .limit = 2, .unit = DUE_WORKDAY },
        { .id = { "consent", 7 }, .limit = 24, .unit = DUE_HOUR },
        { .id = { "pause", 5 }, .limit = 10, .unit = DUE_DAY },
        { .id = { "extend", 6 }, .limit = 5, .unit = DUE_WORKDAY },
        { .id = { "shelf", 5 }, .limit = 180, .unit = DUE_DAY },
        { .id = { "verify", 6 }, .limit = 48, .unit = DUE_HOUR },
        { .id = { "callback", 8 }, .limit = 3, .unit = DUE_WORKDAY },
        { .id = { "restore", 7 }, .limit = 365, .unit = DUE_DAY },
        { .id = { "parcel", 6 }, .limit = 24, .unit = DUE_HOUR },
        { .id = { "upload", 6 }, .limit = 24, .unit = DUE_HOUR },
        { .id = { "draft", 5 }, .limit = 30, .unit = DUE_DAY },
        { .id = { "upstream_return", 15 }, .limit = 5, .unit = DUE_DAY },
        { .id = { "upstream_reply", 14 }, .limit = 24, .unit = DUE_HOUR },
        { .id = { "statutory", 9 }, .limit = 60, .unit = DUE_DAY, .roll = true },
};

const struct town_limit *default_limit(struct str id)
{
        for (size_t i = 0; i < COUNT(fallback_limits); i++)
                if (str_eq(fallback_limits[i].id, id))
                        return &fallback_limits[i];
        return NULL;
}

const struct town_limit *town_limit(const struct town *t, struct str id)
{
        for (size_t i = 0; i < t->n_limits; i++)
                if (str_eq(t->limits[i].id, id))
                        return &t->limits[i];
        return default_limit(id);
}

static void bad(struct findings *f, const struct yaml_node *at, const char *field, const char *zh, const char *en)
{
        /* Both formats take the same arguments; each prints one of the two sentences at length zero. */
        finding_add(f, "town.value", SEV_ERROR, file, at ? at->line : 1,
                    (struct say){ "格式见《乡镇文件夹》手册", "See the manual of the town folder" }, "%s：%s%.0s",
                    "%s: %.0s%s", field, zh, en);
}

/* A text, or {zh, en}; what one language lacks the other lends. */
static void read_both(const struct yaml_node *n, struct str *zh, struct str *en)
{
        if (n && n->kind == YAML_SCALAR)
                *zh = *en = n->text;
        if (n && n->kind == YAML_MAP) {
                *zh = yaml_text(yaml_get(n, "zh"));
                *en = yaml_text(yaml_get(n, "en"));
        }
        if (en->n == 0)
                *en = *zh;
        if (zh->n == 0)
                *zh = *en;
}

static void read_name(struct town *t, const struct yaml_node *n, struct findings *f)
{
        read_both(n, &t->name_zh, &t->name_en);
        if (t->name_zh.n == 0)
                bad(f, n, "name", "缺少名称", "a name is missing");
}

static void read_hours(struct town *t, const struct yaml_node *n, struct findings *f)
{
        struct str part[8];
        size_t n_parts = 0;
        for (size_t i = 0; n && n->kind == YAML_LIST && i < n->n && i < COUNT(part); i++)
                part[n_parts++] = yaml_text(n->item[i]);
        if (!n || office_hours_parse(part, n_parts, &t->hours) == OK)
                return;
        bad(f, n, "office_hours", "应为不重叠、递增的时段，如 [\"09:00-12:00\", \"14:00-18:00\"]",
            "needs rising intervals such as [\"09:00-12:00\", \"14:00-18:00\"]");
        t->hours = office_hours_default;
}

static bool yes(struct str s)
{
        return str_is(s, "true") || str_is(s, "yes") || str_is(s, "statutory");
}

static void read_limit(struct town *t, struct str id, const struct yaml_node *n, struct findings *f, struct day today)
{
        struct town_limit *l = &t->limits[t->n_limits];
        const char *name = str_c(f->arena, id);
        int64_t limit = 0;
        *l = (struct town_limit){ .id = id, .line = n->line, .review = DAY_NONE };
        if (str_int(yaml_text(yaml_get(n, "limit")), 1, DUE_LIMIT_MAX, &limit) != OK) {
                bad(f, n, name, "limit 应为正整数", "limit needs a whole number above 0");
                return;
        }
        l->limit = (int32_t)limit;
        if (due_unit_parse(yaml_text(yaml_get(n, "unit")), &l->unit) != OK) {
                bad(f, n, name, "unit 应为 workday、day、month、workhour 或 hour",
                    "unit needs workday, day, month, workhour or hour");
                return;
        }
        l->roll = yes(yaml_text(yaml_get(n, "roll")));
        l->source = yaml_text(yaml_get(n, "source"));
        struct str review = yaml_text(yaml_get(n, "review"));
        if (review.n && day_parse(review, &l->review) != OK)
                bad(f, n, name, "review 应为存在的日期", "review needs a date that exists");
        if (l->source.n == 0 || day_is_none(l->review))
                finding_add(f, "town.limit-source", SEV_WARNING, file, n->line,
                            (struct say){ "本地时限应注明出处和复核日期",
                                          "A local limit names its source and a review date" },
                            "时限 %s 没有出处或复核日期", "Limit %s has no source or no review date", name);
        else if (!day_is_none(today) && l->review.n < today.n)
                finding_add(f, "town.limit-review", SEV_WARNING, file, n->line,
                            (struct say){ "请复核后改写日期", "Review it and move the date" }, "时限 %s 已过复核日期",
                            "Limit %s is past its review date", name);
        t->n_limits++;
}

static const char *const keys[] = { "code",  "name",         "languages",      "office_hours", "fallback",
                                    "upper", "map_approval", "nearest_metres", "reopen_times", "pause_times", "extend_times",
                                    "rank_min", "verify", "callback_calls", "callback_days", "quiet_hours", "similar", "standing",
                                    "files_max", "contact", "limits" };

static void unknown_keys(const struct yaml_node *root, struct findings *f)
{
        for (size_t i = 0; i < root->n; i++) {
                bool known = false;
                for (size_t k = 0; k < COUNT(keys); k++)
                        known = known || str_is(root->key[i], keys[k]);
                if (!known)
                        finding_add(f, "town.key-unknown", SEV_WARNING, file, root->key_line[i],
                                    (struct say){ "核对写法，或删去", "Look at the spelling, or remove it" },
                                    "不认识的键 " STR_FMT, "Unknown key " STR_FMT, STR_ARG(root->key[i]));
        }
}

static int read_code(struct town *t, const struct yaml_node *root, struct findings *f)
{
        const struct yaml_node *n = yaml_get(root, "code");
        t->code = yaml_text(n);
        t->line.code = n ? n->line : 1;
        if (t->code.n == 12 && str_int(t->code, INT64_C(100000000000), INT64_C(999999999999), &t->id) == OK)
                return OK;
        bad(f, n, "code", "应为 12 位区划代码（加引号）", "needs the 12-digit division code, in quotes");
        return ERR_BAD;
}

static void read_languages(const struct yaml_node *n, struct findings *f)
{
        bool good = !n || n->kind == YAML_LIST;
        for (size_t i = 0; good && n && i < n->n; i++)
                good = str_is(yaml_text(n->item[i]), "zh") || str_is(yaml_text(n->item[i]), "en");
        if (!good)
                bad(f, n, "languages", "应为 [zh, en] 中的一种或两种", "needs one or both of [zh, en]");
}

static void read_units(struct town *t, const struct yaml_node *root, struct findings *f)
{
        const struct yaml_node *fallback = yaml_get(root, "fallback"), *upper = yaml_get(root, "upper");
        t->fallback = yaml_text(fallback);
        t->upper = yaml_text(upper);
        t->line.fallback = fallback ? fallback->line : 0;
        t->line.upper = upper ? upper->line : 0;
        if (t->fallback.n == 0)
                bad(f, fallback, "fallback", "缺少兜底单位", "the fallback unit is missing");
}

static void read_nearest(struct town *t, const struct yaml_node *n, struct findings *f)
{
        double metres;
        if (!n)
                return;
        if (str_double(n->text, &metres) == OK && metres >= 0 && metres <= GRID_REACH_METRES)
                t->nearest_metres = metres;
        else
                bad(f, n, "nearest_metres", "应为 0 到 2000 的数", "needs a number from 0 to 2000");
}

/* How often a thing may be done, where the town says nothing. Suggested by common local practice, as the limits are; three calls on two days
 * before a reporter counts as unreachable is the custom of 12345 lines. */
static void read_times(struct town *t, const struct yaml_node *root, struct findings *f)
{
        const struct {
                const char *key;
                int32_t *to, usual, min, max;
                const char *zh, *en;
        } row[] = {
                { "reopen_times", &t->reopen_times, 2, 0, 9, "应为 0 到 9 的整数", "needs a whole number from 0 to 9" },
                { "pause_times", &t->pause_times, 1, 0, 3, "应为 0 到 3 的整数", "needs a whole number from 0 to 3" },
                { "extend_times", &t->extend_times, 1, 0, 9, "应为 0 到 9 的整数", "needs a whole number from 0 to 9" },
                { "callback_calls", &t->callback_calls, 3, 1, 9, "应为 1 到 9 的整数", "needs a whole number from 1 to 9" },
                { "rank_min", &t->rank_min, 30, 5, 1000, "应为 5 到 1000 的整数", "needs a whole number from 5 to 1000" },
                { "callback_days", &t->callback_days, 2, 1, 9, "应为 1 到 9 的整数", "needs a whole number from 1 to 9" },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                const struct yaml_node *n = yaml_get(root, row[i].key);
                int64_t times = row[i].usual;
                if (n && str_int(yaml_text(n), row[i].min, row[i].max, &times) != OK)
                        bad(f, n, row[i].key, row[i].zh, row[i].en);
                *row[i].to = (int32_t)times;
        }
}

/* The levels whose answers somebody else checks before the reporter hears them. */
static void read_verify(struct town *t, const struct yaml_node *n, struct findings *f)
{
        t->verify = n ? 0 : 1U << LEVEL_HARD;
        if (n && n->kind != YAML_LIST)
                bad(f, n, "verify", "应为级别的列表：[small, big, hard] 中的若干项", "needs a list of levels: some of [small, big, hard]");
        for (size_t i = 0; n && n->kind == YAML_LIST && i < n->n; i++) {
                int level = LEVEL_SMALL;
                while (level <= LEVEL_HARD && !str_is(yaml_text(n->item[i]), subject_level_name((enum subject_level)level)))
                        level++;
                if (level > LEVEL_HARD)
                        bad(f, n->item[i], "verify", "没有这个级别（small、big、hard）", "no such level (small, big, hard)");
                else
                        t->verify |= 1U << level;
        }
}

/* LOCAL: source and review date beside it, as for a limit. */
static void read_quiet(struct town *t, const struct yaml_node *n, struct findings *f)
{
        if (!n)
                return;
        if (n->kind != YAML_MAP || quiet_hours_parse(yaml_text(yaml_get(n, "hours")), &t->quiet) != OK) {
                bad(f, n, "quiet_hours", "应为 {hours: \"21:00-08:00\", source: …, review: 日期}",
                    "needs {hours: \"21:00-08:00\", source: …, review: day}");
                return;
        }
        struct day review = DAY_NONE;
        struct str day = yaml_text(yaml_get(n, "review"));
        if (yaml_text(yaml_get(n, "source")).n == 0 || day.n == 0 || day_parse(day, &review) != OK)
                finding_add(f, "town.limit-source", SEV_WARNING, file, n->line,
                            (struct say){ "本地约定应注明出处和复核日期", "What is chosen locally names its source and a review date" },
                            "quiet_hours 没有出处或复核日期", "quiet_hours has no source or no review date");
}

/* What advice is measured by: whole numbers by name, with source and review date beside them. */
struct measure {
        const char *key, *needs_zh, *needs_en;
        struct { const char *name; int64_t least, most; int32_t *to; } part[3];
        struct str *source;
        struct day *review;
};

static void read_measure(const struct yaml_node *n, const struct measure *m, struct findings *f)
{
        for (size_t i = 0; n && i < COUNT(m->part); i++) {
                const struct yaml_node *v = yaml_get(n, m->part[i].name);
                int64_t number;
                if (v && str_int(yaml_text(v), m->part[i].least, m->part[i].most, &number) == OK)
                        *m->part[i].to = (int32_t)number;
                else if (v || n->kind != YAML_MAP)
                        bad(f, v ? v : n, m->key, m->needs_zh, m->needs_en);
        }
        if (!n || n->kind != YAML_MAP)
                return;
        *m->source = yaml_text(yaml_get(n, "source"));
        struct str review = yaml_text(yaml_get(n, "review"));
        if (day_parse(review, m->review) != OK || m->source->n == 0)
                finding_add(f, "town.limit-source", SEV_WARNING, file, n->line,
                            (struct say){ "本地约定应注明出处和复核日期", "A local rule names its source and a review date" },
                            "%s 没有出处或复核日期", "%s has no source or no review date", m->key);
}

static void read_measures(struct town *t, const struct yaml_node *root, struct findings *f)
{
        struct town_similar *s = &t->similar;
        struct town_standing *p = &t->standing;
        const struct measure similar = { "similar", "应为 {metres: 10–2000, days: 1–365, percent: 1–100, source, review}",
                                         "needs {metres: 10-2000, days: 1-365, percent: 1-100, source, review}",
                                         { { "metres", 10, 2000, &s->metres }, { "days", 1, 365, &s->days }, { "percent", 1, 100, &s->percent } },
                                         &s->source, &s->review };
        const struct measure standing = { "standing", "应为 {months: 2–12, reports: 2–1000, before: 1–24, source, review}",
                                          "needs {months: 2-12, reports: 2-1000, before: 1-24, source, review}",
                                          { { "months", 2, STANDING_MONTHS_MAX, &p->months }, { "reports", 2, 1000, &p->reports },
                                            { "before", 1, STANDING_BEFORE_MAX, &p->before } },
                                          &p->source, &p->review };
        *s = similar_default;
        *p = standing_default;
        read_measure(yaml_get(root, "similar"), &similar, f);
        read_measure(yaml_get(root, "standing"), &standing, f);
}

static void read_files(struct town *t, const struct yaml_node *n, struct findings *f)
{
        int64_t most;
        if (!n)
                return;
        if (str_int(yaml_text(n), 1, FILES_MAX, &most) == OK)
                t->files_max = (int32_t)most;
        else
                bad(f, n, "files_max", "应为 1 到 200 的整数", "needs a whole number from 1 to 200");
}

#define CONTACT_MAX 200

static bool dials(struct str s)
{
        for (size_t i = 0; i < s.n; i++)
                if (!(s.p[i] >= '0' && s.p[i] <= '9') && s.p[i] != '-' && s.p[i] != '+' && s.p[i] != ' ')
                        return false;
        return s.n <= 32;
}

/* Shown on every page for residents as the way to a person: a number that cannot be dialled would be worse than none. */
static void read_contact(struct town *t, const struct yaml_node *n, struct findings *f)
{
        struct town_contact *c = &t->contact;
        if (!n)
                return;
        c->phone = yaml_text(yaml_get(n, "phone"));
        c->duty_phone = yaml_text(yaml_get(n, "duty_phone"));
        read_both(yaml_get(n, "counter"), &c->counter_zh, &c->counter_en);
        read_both(yaml_get(n, "hours"), &c->hours_zh, &c->hours_en);
        bool fits = c->counter_zh.n <= CONTACT_MAX && c->counter_en.n <= CONTACT_MAX && c->hours_zh.n <= CONTACT_MAX && c->hours_en.n <= CONTACT_MAX;
        if (n->kind == YAML_MAP && dials(c->phone) && dials(c->duty_phone) && fits)
                return;
        *c = (struct town_contact){ 0 };
        bad(f, n, "contact", "应为 {phone, duty_phone, counter: {zh, en}, hours: {zh, en}}；电话只含数字、空格、+ 和 -，其余不超过 200 字节",
            "needs {phone, duty_phone, counter: {zh, en}, hours: {zh, en}}; phones of digits, spaces, + and -, the others within 200 bytes");
}

static void read_limits(struct town *t, const struct yaml_node *n, struct findings *f)
{
        t->line.limits = n ? n->line : 1;
        if (n && n->kind != YAML_MAP)
                bad(f, n, "limits", "应为“代码: {limit, unit, …}”", "needs ID: {limit, unit, ...}");
        if (!n || n->kind != YAML_MAP)
                return;
        t->limits = arena_array(&t->arena, struct town_limit, n->n);
        for (size_t i = 0; i < n->n; i++)
                read_limit(t, n->key[i], n->item[i], f, t->today);
}

int read_town_yaml(struct town *t, struct str text, struct findings *f)
{
        struct yaml_node *root;
        t->hours = office_hours_default;
        t->nearest_metres = NEAREST_DEFAULT;
        t->quiet = (struct quiet_hours){ 21 * 60, 8 * 60 };
        t->files_max = FILES_DEFAULT;
        if (yaml_read(&t->arena, file, text, f, &root) != OK)
                return ERR_BAD;
        if (root->kind != YAML_MAP) {
                bad(f, root, "town.yaml", "应为“键: 值”", "needs keys and values");
                return ERR_BAD;
        }
        int rc = read_code(t, root, f);
        unknown_keys(root, f);
        read_name(t, yaml_get(root, "name"), f);
        read_languages(yaml_get(root, "languages"), f);
        read_hours(t, yaml_get(root, "office_hours"), f);
        read_units(t, root, f);
        t->map_approval = yaml_text(yaml_get(root, "map_approval"));
        read_contact(t, yaml_get(root, "contact"), f);
        read_nearest(t, yaml_get(root, "nearest_metres"), f);
        read_times(t, root, f);
        read_verify(t, yaml_get(root, "verify"), f);
        read_quiet(t, yaml_get(root, "quiet_hours"), f);
        read_measures(t, root, f);
        read_files(t, yaml_get(root, "files_max"), f);
        read_limits(t, yaml_get(root, "limits"), f);
        return rc;
}

/* ---- calendar.csv ----------------------------------------------------------------------------------------------- */

/* Each office with days of its own keeps a calendar of some 24 KiB. */
#define OFFICES_MAX 1000

enum { DATE, WORK, NAME, OFFICE, CALENDAR_COLUMNS };
static const struct csv_column calendar_column[CALENDAR_COLUMNS] = {
        [DATE] = { "date", true, true },
        [WORK] = { "work", true, true },
        [NAME] = { "name", true, false },
        [OFFICE] = { "org", false, false },
};
static const struct str calendar_file = { "calendar.csv", 12 };

static bool local_day_of(const struct csv *c, size_t row, struct local_day *ret, struct findings *f)
{
        struct str work = csv_at(c, row, WORK);
        if (day_parse(csv_at(c, row, DATE), &ret->day) != OK) {
                finding_add(f, "calendar.date", SEV_ERROR, calendar_file, c->line[row],
                            (struct say){ "日期写成 2026-12-31", "Write dates as 2026-12-31" }, "日期不存在：%.*s",
                            "This date does not exist: %.*s", STR_ARG(csv_at(c, row, DATE)));
                return false;
        }
        if (!str_is(work, "yes") && !str_is(work, "no")) {
                finding_add(f, "calendar.work", SEV_ERROR, calendar_file, c->line[row],
                            (struct say){ "上班填 yes，放假填 no", "Write yes for a working day, no for a day off" },
                            "work 应为 yes 或 no，不是 %.*s", "work must be yes or no, not %.*s", STR_ARG(work));
                return false;
        }
        ret->work = str_is(work, "yes");
        ret->name = csv_at(c, row, NAME);
        return true;
}

static void check_office(const struct orgs *orgs, const struct csv *c, size_t row, struct findings *f)
{
        struct str office = csv_at(c, row, OFFICE);
        if (office.n && !org_find(orgs, office))
                finding_add(f, "calendar.org-unknown", SEV_ERROR, calendar_file, c->line[row],
                            (struct say){ "改为 orgs.csv 中的代码，或留空表示全域",
                                          "Use a code of orgs.csv, or leave it empty for the whole town" },
                            "单位 %.*s 不存在", "There is no organisation %.*s", STR_ARG(office));
}

/* Two rows that say the opposite of one day for the same office: the later one would win in silence. */
static void check_twice(struct arena *a, const struct csv *c, struct findings *f)
{
        struct map seen;
        map_init(&seen, a, c->rows);
        for (uint32_t i = 0; i < c->rows; i++) {
                struct str key = str_printf(a, "%.*s %.*s", STR_ARG(csv_at(c, i, DATE)), STR_ARG(csv_at(c, i, OFFICE)));
                uint32_t first = map_put(&seen, a, key, i);
                if (first != MAP_NONE)
                        finding_add(f, "calendar.twice", SEV_ERROR, calendar_file, c->line[i],
                                    (struct say){ "保留一行", "Keep one of them" }, "这一天已在第 %d 行写过",
                                    "This day stands already in line %d", (int)c->line[first]);
        }
}

/* The town's days, and under them those of one office; "" = the town alone. A later row for a day goes before. */
static struct calendar *calendar_of(struct town *t, const struct csv *c, const struct local_day *day, const bool *good,
                                    struct str office)
{
        struct local_day *local = arena_array(&t->arena, struct local_day, c->rows);
        size_t n = 0;
        for (int own = 0; own < (office.n ? 2 : 1); own++)
                for (size_t i = 0; i < c->rows; i++)
                        if (good[i] && str_eq(csv_at(c, i, OFFICE), own ? office : STR("")))
                                local[n++] = day[i];
        return calendar_build(&t->arena, local, n);
}

static bool office_seen(const struct town *t, struct str office)
{
        for (size_t i = 0; i < t->n_offices; i++)
                if (str_eq(t->offices[i].org, office))
                        return true;
        return false;
}

void read_calendar(struct town *t, struct str text, struct findings *f)
{
        struct csv c = { 0 };
        csv_read(&t->arena, calendar_file, text, calendar_column, CALENDAR_COLUMNS, f, &c);
        struct local_day *day = arena_array(&t->arena, struct local_day, c.rows);
        bool *good = arena_array(&t->arena, bool, c.rows);
        for (size_t i = 0; i < c.rows; i++) {
                check_office(&t->orgs, &c, i, f);
                good[i] = local_day_of(&c, i, &day[i], f);
        }
        check_twice(f->arena, &c, f);
        t->calendar = calendar_of(t, &c, day, good, STR(""));
        t->offices = arena_array(&t->arena, struct office_calendar, c.rows);
        for (size_t i = 0; i < c.rows; i++) {
                struct str office = csv_at(&c, i, OFFICE);
                if (office.n && !office_seen(t, office) && t->n_offices < OFFICES_MAX)
                        t->offices[t->n_offices++] =
                                (struct office_calendar){ office, calendar_of(t, &c, day, good, office) };
        }
        if (t->n_offices == OFFICES_MAX)
                finding_add(f, "calendar.offices", SEV_ERROR, calendar_file, 0,
                            (struct say){ "相同作息的单位写在上级单位名下", "Give days that several share to the org above them" },
                            "有自己作息的单位太多，至多 %d 个", "Too many orgs with days of their own, at most %d", OFFICES_MAX - 1);
}

static const struct calendar *office_days(const struct town *t, struct str org)
{
        for (size_t i = 0; i < t->n_offices; i++)
                if (str_eq(t->offices[i].org, org))
                        return t->offices[i].calendar;
        return NULL;
}

struct working_time town_time(const struct town *t, const struct org *unit)
{
        struct working_time w = { 0 };
        for (const struct org *o = unit; o && (!w.calendar || !w.hours); o = o->up == ORG_NONE ? NULL : &t->orgs.row[o->up]) {
                if (!w.calendar)
                        w.calendar = office_days(t, o->code);
                if (!w.hours && o->hours.n)
                        w.hours = &o->hours;
        }
        if (!w.calendar)
                w.calendar = t->calendar;
        if (!w.hours)
                w.hours = &t->hours;
        return w;
}

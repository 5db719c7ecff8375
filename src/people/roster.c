#include "people/roster.h"
#include <stdlib.h>
#include "base/csv.h"
#include "base/err.h"

#define FILE_NAME STR("roster.csv")
#define MINUTES_OF_DAY 1440
#define CHANGE_OF_SHIFT (8 * 60 + 30)

enum { DATE, SHIFT, LEADER, OFFICER, COLUMNS };
static const struct csv_column column[COLUMNS] = {
        [DATE] = { "date", true, true },
        [SHIFT] = { "shift", true, true },
        [LEADER] = { "leader", true, true },
        [OFFICER] = { "officer", true, true },
};

static const struct {
        const char *name;
        int from, to; /* minutes from midnight of the date */
} named[] = {
        { "day", 510, 1050 },   { "白班", 510, 1050 }, { "night", 1050, 1950 },
        { "夜班", 1050, 1950 }, { "all", 510, 1950 },  { "全天", 510, 1950 },
};

/* "HH:MM", 24:00 allowed as an end. -1 when it is no time. */
static int minutes_of(struct str s)
{
        if (s.n != 5 || s.p[2] != ':')
                return -1;
        int64_t h, m;
        if (str_int((struct str){ s.p, 2 }, 0, 24, &h) != OK || str_int((struct str){ s.p + 3, 2 }, 0, 59, &m) != OK)
                return -1;
        int at = (int)(h * 60 + m);
        return at <= MINUTES_OF_DAY ? at : -1;
}

static bool shift_times(struct str s, int *ret_from, int *ret_to)
{
        for (size_t i = 0; i < COUNT(named); i++) {
                if (!str_is(s, named[i].name))
                        continue;
                *ret_from = named[i].from;
                *ret_to = named[i].to;
                return true;
        }
        struct str rest = s, from, to;
        if (!str_split(&rest, '-', &from) || !str_split(&rest, '-', &to) || rest.n > 0)
                return false;
        int a = minutes_of(str_trim(from)), b = minutes_of(str_trim(to));
        if (a < 0 || b < 0 || a == MINUTES_OF_DAY)
                return false;
        *ret_from = a;
        *ret_to = b > a ? b : b + MINUTES_OF_DAY;
        return true;
}

static bool read_time(const struct csv *t, size_t r, struct findings *f, struct shift *s)
{
        int from, to;
        if (day_parse(csv_at(t, r, DATE), &s->date) != OK) {
                if (csv_at(t, r, DATE).n > 0)
                        finding_add(f, "roster.date-bad", SEV_ERROR, FILE_NAME, s->line,
                                    (struct say){ "日期写成 2026-12-31", "Write dates as 2026-12-31" },
                                    "日期 %.*s 不存在或写法不对", "The date %.*s does not exist or is badly written",
                                    STR_ARG(csv_at(t, r, DATE)));
                return false;
        }
        if (!shift_times(s->name, &from, &to)) {
                if (s->name.n > 0)
                        finding_add(f, "roster.shift-bad", SEV_ERROR, FILE_NAME, s->line,
                                    (struct say){ "写 day、night、all，或如 08:30-17:30",
                                                  "Write day, night, all, or times such as 08:30-17:30" },
                                    "班次 %.*s 看不懂", "The shift %.*s cannot be read", STR_ARG(s->name));
                return false;
        }
        int64_t midnight = day_start(s->date).us;
        s->from = (struct instant){ midnight + from * US_PER_MINUTE };
        s->to = (struct instant){ midnight + to * US_PER_MINUTE };
        return true;
}

static uint32_t read_person(const struct staff_list *staff, struct str login, const struct shift *s, struct findings *f)
{
        uint32_t i = map_get(&staff->by_login, login);
        if (i == MAP_NONE) {
                if (login.n > 0)
                        finding_add(f, "roster.staff-unknown", SEV_ERROR, FILE_NAME, s->line,
                                    (struct say){ "写 staff.csv 中的登录名", "Write a login of staff.csv" },
                                    "%.*s 不在 staff.csv 中", "%.*s is not in staff.csv", STR_ARG(login));
        } else if (!staff_serves(&staff->row[i], s->date)) {
                finding_add(f, "roster.staff-gone", SEV_WARNING, FILE_NAME, s->line,
                            (struct say){ "换成当天在职的人", "Name somebody in service on that day" },
                            "%.*s 当天已不在职", "%.*s is no longer in service on that day", STR_ARG(login));
        }
        return i;
}

static void read_officers(const struct csv *t, size_t r, const struct staff_list *staff, struct findings *f,
                          struct shift *s)
{
        struct str rest = csv_at(t, r, OFFICER), login;
        while (str_split(&rest, ';', &login)) {
                if (s->n_officers == ROSTER_OFFICERS_MAX) {
                        finding_add(f, "roster.too-many", SEV_ERROR, FILE_NAME, s->line,
                                    (struct say){ "拆成多行", "Split it into several rows" }, "一班最多 %d 名值班员",
                                    "At most %d officers a row", ROSTER_OFFICERS_MAX);
                        return;
                }
                uint32_t i = read_person(staff, str_trim(login), s, f);
                if (i != STAFF_NONE)
                        s->officer[s->n_officers++] = i;
        }
}

static bool read_row(const struct csv *t, size_t r, const struct staff_list *staff, struct findings *f, struct shift *s)
{
        *s = (struct shift){ .name = csv_at(t, r, SHIFT), .line = t->line[r] };
        if (!read_time(t, r, f, s))
                return false;
        s->leader = read_person(staff, csv_at(t, r, LEADER), s, f);
        read_officers(t, r, staff, f, s);
        return s->leader != STAFF_NONE || s->n_officers > 0;
}

static int by_time(const void *pa, const void *pb)
{
        const struct shift *a = pa, *b = pb;
        if (a->from.us != b->from.us)
                return a->from.us < b->from.us ? -1 : 1;
        return a->line < b->line ? -1 : a->line > b->line;
}

static void add_gap(struct findings *f, struct instant from, struct instant to, int32_t line)
{
        char a[40], b[40];
        finding_add(f, "roster.gap", SEV_WARNING, FILE_NAME, line,
                    (struct say){ "补上这段时间的值班", "Put somebody on duty for that time" },
                    "%.16s 至 %.16s 无人值班", "Nobody is on duty from %.16s to %.16s", instant_format(from, a),
                    instant_format(to, b));
}

static void check_gaps(const struct roster *t, struct day today, struct findings *f)
{
        struct instant at = { day_start(today).us + CHANGE_OF_SHIFT * US_PER_MINUTE };
        struct instant end = { at.us + ROSTER_CHECK_DAYS * US_PER_DAY };
        int32_t line = 0;
        for (size_t i = 0; i < t->n && at.us < end.us; i++) {
                const struct shift *s = &t->row[i];
                if (s->to.us <= at.us) {
                        line = s->line;
                        continue;
                }
                if (s->from.us >= end.us)
                        break;
                if (s->from.us > at.us)
                        add_gap(f, at, s->from, line);
                at = s->to;
                line = s->line;
        }
        if (at.us < end.us)
                add_gap(f, at, end, line);
}

int roster_read(struct arena *a, struct str text, const struct staff_list *staff, struct day today, struct findings *f,
                struct roster *ret)
{
        struct csv t;
        int rc = csv_read(a, FILE_NAME, text, column, COLUMNS, f, &t);
        if (rc != OK)
                return rc;
        struct roster out = { .row = arena_array(a, struct shift, t.rows), .staff = staff };
        for (size_t i = 0; i < t.rows; i++)
                out.n += read_row(&t, i, staff, f, &out.row[out.n]);
        if (out.n > 0)
                qsort(out.row, out.n, sizeof *out.row, by_time);
        if (!day_is_none(today))
                check_gaps(&out, today, f);
        *ret = out;
        return OK;
}

/* ---- looking up ------------------------------------------------------------------------------------- */

/* Index of the first shift that begins after @at. */
static size_t after(const struct roster *t, struct instant at)
{
        size_t lo = 0, hi = t->n;
        while (lo < hi) {
                size_t mid = lo + (hi - lo) / 2;
                if (t->row[mid].from.us <= at.us)
                        lo = mid + 1;
                else
                        hi = mid;
        }
        return lo;
}

size_t roster_on(const struct roster *t, struct instant at, const struct shift **ret, size_t max)
{
        size_t end = after(t, at), begin = end, n = 0;
        while (begin > 0 && at.us - t->row[begin - 1].from.us < US_PER_DAY)
                begin--;
        for (size_t i = begin; i < end && n < max; i++)
                if (at.us < t->row[i].to.us)
                        ret[n++] = &t->row[i];
        return n;
}

static const struct staff_member *in_service(const struct roster *t, uint32_t i, struct day on)
{
        return i != STAFF_NONE && staff_present(&t->staff->row[i], on) ? &t->staff->row[i] : NULL;
}

static const struct staff_member *leader_of(const struct roster *t, const struct shift *s, struct day on)
{
        return in_service(t, s->leader, on);
}

static const struct staff_member *officer_of(const struct roster *t, const struct shift *s, struct day on)
{
        const struct staff_member *m = NULL;
        for (size_t i = 0; i < s->n_officers && !m; i++)
                m = in_service(t, s->officer[i], on);
        return m ? m : leader_of(t, s, on);
}

static const struct staff_member *last_of(const struct roster *t, struct instant at,
                                          const struct staff_member *(*pick)(const struct roster *,
                                                                             const struct shift *, struct day))
{
        const struct staff_member *m = NULL;
        for (size_t i = after(t, at); i > 0 && at.us - t->row[i - 1].from.us < US_PER_DAY && !m; i--)
                if (at.us < t->row[i - 1].to.us)
                        m = pick(t, &t->row[i - 1], instant_day(at));
        return m;
}

const struct staff_member *roster_officer(const struct roster *t, struct instant at)
{
        return last_of(t, at, officer_of);
}

const struct staff_member *roster_leader(const struct roster *t, struct instant at)
{
        return last_of(t, at, leader_of);
}

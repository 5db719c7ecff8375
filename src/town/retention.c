#include "town/retention.h"
#include <string.h>
#include "base/csv.h"
#include "base/err.h"

enum { CLASS, PERIOD, BASIS, ACTION, COLUMNS };
static const struct csv_column column[COLUMNS] = {
        [CLASS] = { "class", true, true },
        [PERIOD] = { "period", true, true },
        [BASIS] = { "basis", true, true },
        [ACTION] = { "action", true, true },
};
static const struct str file = { "retention.csv", 13 };
static const char *const classes[] = { "contact", "voice", "matter", "attachment", "audit" };
const char *const retention_action_names[RETENTION_ACTIONS] = {
        [RETENTION_KEEP] = "keep", [RETENTION_ERASE] = "erase", [RETENTION_ANONYMISE] = "anonymise",
        [RETENTION_ARCHIVE] = "archive", [RETENTION_REVIEW] = "review"
};

/* "5y", "18m", "90d", "permanent". */
static bool read_period(struct str s, struct retention *r)
{
        int64_t n;
        r->period = s;
        r->permanent = str_is(s, "permanent");
        if (r->permanent)
                return true;
        if (s.n < 2 || !memchr("ymd", s.p[s.n - 1], 3) || str_int((struct str){ s.p, s.n - 1 }, 1, 36500, &n) != OK)
                return false;
        r->n = (int32_t)n;
        r->unit = s.p[s.n - 1];
        return r->unit == 'd' || n <= (r->unit == 'm' ? 1200 : 100);
}

static bool read_action(struct str s, struct retention *r)
{
        int a = 0;
        while (a < RETENTION_ACTIONS && !str_is(s, retention_action_names[a]))
                a++;
        r->action = (enum retention_action)a;
        return a < RETENTION_ACTIONS;
}

static bool class_known(struct str class)
{
        for (size_t i = 0; i < COUNT(classes); i++)
                if (str_is(class, classes[i]))
                        return true;
        return false;
}

static bool read_row(const struct csv *c, size_t i, struct findings *f, struct retention *r)
{
        struct str period = csv_at(c, i, PERIOD), action = csv_at(c, i, ACTION);
        *r = (struct retention){ .class = csv_at(c, i, CLASS), .basis = csv_at(c, i, BASIS), .line = c->line[i] };
        bool good = read_period(period, r);
        if (period.n && !good)
                finding_add(f, "retention.period", SEV_WARNING, file, r->line,
                            (struct say){ "写成 5y、18m、90d 或 permanent，最多 100 年", "Write 5y, 18m, 90d or permanent, at most 100 years" },
                            "保存期限写法不对：%.*s", "The period does not read: %.*s", STR_ARG(period));
        if (action.n && !read_action(action, r)) {
                finding_add(f, "retention.action", SEV_WARNING, file, r->line,
                            (struct say){ "erase、anonymise、keep、archive、review 之一", "One of erase, anonymise, keep, archive, review" },
                            "不认识的处理方式 %.*s", "Unknown action %.*s", STR_ARG(action));
                good = false;
        }
        return good && action.n && r->class.n && r->basis.n;
}

static void judge(const struct retention *r, struct findings *f)
{
        if (!class_known(r->class))
                finding_add(f, "retention.class", SEV_WARNING, file, r->line,
                            (struct say){ "contact、voice、matter、attachment、audit 之一；其他类别不会自动处理",
                                          "One of contact, voice, matter, attachment, audit; nothing is done about others by itself" },
                            "不认识的类别 %.*s", "Unknown class %.*s", STR_ARG(r->class));
        bool removes = r->action == RETENTION_ERASE || r->action == RETENTION_ANONYMISE;
        int32_t days = r->unit == 'y' ? r->n * 365 : r->unit == 'm' ? r->n * 30 : r->n;
        if (str_is(r->class, "audit") && removes && !r->permanent && days < 180)
                finding_add(f, "retention.audit-short", SEV_WARNING, file, r->line,
                            (struct say){ "改为 6m 或更长（网络安全法：网络日志留存不少于六个月）",
                                          "Make it 6m or longer (Cybersecurity Law: network logs are kept six months at least)" },
                            "审计记录保存不足六个月", "The audit is kept for less than six months");
}

void retention_read(struct arena *a, struct str text, struct findings *f, struct retentions *ret)
{
        struct csv c = { 0 };
        *ret = (struct retentions){ 0 };
        csv_read(a, file, text, column, COLUMNS, f, &c);
        for (size_t i = 0; i < c.rows; i++) {
                struct retention r;
                if (!read_row(&c, i, f, &r))
                        continue;
                if (retention_of(ret, r.class)) {
                        finding_add(f, "retention.twice", SEV_ERROR, file, r.line, (struct say){ "每类一行", "One row a class" },
                                    "类别 %.*s 重复", "The class %.*s stands twice", STR_ARG(r.class));
                        continue;
                }
                judge(&r, f);
                if (ret->n == RETENTION_MAX) {
                        finding_add(f, "retention.too-many", SEV_WARNING, file, r.line, (struct say){ "删去多余的行", "Remove rows" },
                                    "最多 %d 类", "At most %d classes", RETENTION_MAX);
                        return;
                }
                ret->row[ret->n++] = r;
        }
}

const struct retention *retention_of(const struct retentions *t, struct str class)
{
        for (size_t i = 0; i < t->n; i++)
                if (str_eq(t->row[i].class, class))
                        return &t->row[i];
        return NULL;
}

/* @sign periods away; a day that the month does not have is its last. */
static struct day shifted(const struct retention *r, struct day from, int sign)
{
        int y, m, d;
        struct day out;
        if (r->permanent)
                return DAY_NONE;
        if (r->unit == 'd')
                return (struct day){ from.n + sign * r->n };
        day_split(from, &y, &m, &d);
        int months = y * 12 + (m - 1) + sign * (r->unit == 'y' ? 12 * r->n : r->n);
        while (!day_make(months / 12, months % 12 + 1, d, &out))
                if (--d == 0)
                        return DAY_NONE; /* outside the calendar */
        return out;
}

struct day retention_before(const struct retention *r, struct day today)
{
        return shifted(r, today, -1);
}

struct day retention_last(const struct retention *r, struct day ended)
{
        return shifted(r, ended, 1);
}

#include "people/staff.h"
#include "base/csv.h"
#include "base/err.h"
#include "base/phone.h"
#include "people/mask.h"

#define FILE_NAME STR("staff.csv")

enum { LOGIN, NAME, ORG, PHONE, UNTIL, MAIL, COLUMNS };
static const struct csv_column column[COLUMNS] = {
        [LOGIN] = { "login", true, true },   [NAME] = { "name", true, true },     [ORG] = { "org", true, true },
        [PHONE] = { "phone", false, false }, [UNTIL] = { "until", false, false },
        [MAIL] = { "mail", false, false },
};

static void check_login(struct arena *a, struct staff_list *t, uint32_t i, struct findings *f)
{
        const struct staff_member *m = &t->row[i];
        if (m->login.n == 0)
                return;
        if (!code_valid(m->login))
                finding_add(f, "staff.login-bad", SEV_ERROR, FILE_NAME, m->line,
                            (struct say){ "1 到 64 个字母、数字或 . _ -", "1 to 64 letters, digits or . _ -" },
                            "登录名 %.*s 写法不对", "The login %.*s is not well formed", STR_ARG(m->login));
        uint32_t first = map_put(&t->by_login, a, m->login, i);
        if (first != MAP_NONE)
                finding_add(f, "staff.login-twice", SEV_ERROR, FILE_NAME, m->line,
                            (struct say){ "每人一个登录名，每个登录名一行", "One login a person, one row a login" },
                            "登录名 %.*s 已在第 %d 行出现", "The login %.*s stands already in line %d",
                            STR_ARG(m->login), t->row[first].line);
}

static void check_org(const struct orgs *orgs, struct staff_member *m, struct findings *f)
{
        m->org_at = map_get(&orgs->by_code, m->org);
        if (m->org_at == MAP_NONE && m->org.n > 0)
                finding_add(f, "staff.org-unknown", SEV_ERROR, FILE_NAME, m->line,
                            (struct say){ "先在 orgs.csv 中加上该单位", "Add the organisation to orgs.csv" },
                            "%.*s 的单位 %.*s 不在 orgs.csv 中", "The org of %.*s, %.*s, is not in orgs.csv",
                            STR_ARG(m->login), STR_ARG(m->org));
}

static void check_phone(struct arena *a, const struct staff_member *m, struct findings *f)
{
        if (m->phone.n == 0 || str_starts(m->phone, STR(STAFF_SEALED)))
                return;
        struct str number;
        if (phone_read(a, m->phone, &number) == OK)
                return;
        finding_add(f, "staff.phone-bad", SEV_WARNING, FILE_NAME, m->line,
                    (struct say){ "写成如 13800000000 或 010-00000000", "Write it as 13800000000 or 010-00000000" },
                    "%.*s 的电话写法不对", "The phone of %.*s does not read as a number", STR_ARG(m->login));
}

static void check_mail(struct staff_member *m, struct findings *f)
{
        if (m->mail.n == 0 || mail_valid(m->mail))
                return;
        finding_add(f, "staff.mail-bad", SEV_WARNING, FILE_NAME, m->line,
                    (struct say){ "写成如 name@example.org", "Write it as name@example.org" }, "%.*s 的邮箱写法不对",
                    "The mail address of %.*s is not one", STR_ARG(m->login));
        m->mail = STR("");
}

static void read_until(struct str cell, struct staff_member *m, struct findings *f)
{
        m->until = DAY_NONE;
        if (cell.n == 0 || day_parse(cell, &m->until) == OK)
                return;
        finding_add(f, "staff.until-bad", SEV_ERROR, FILE_NAME, m->line,
                    (struct say){ "日期写成 2026-12-31", "Write dates as 2026-12-31" },
                    "until 的日期 %.*s 不存在或写法不对", "The date %.*s in until does not exist or is badly written",
                    STR_ARG(cell));
}

int staff_read(struct arena *a, struct str text, const struct orgs *orgs, struct findings *f, struct staff_list *ret)
{
        struct csv t;
        int rc = csv_read(a, FILE_NAME, text, column, COLUMNS, f, &t);
        if (rc != OK)
                return rc;
        struct staff_list out = { .row = arena_array(a, struct staff_member, t.rows), .n = t.rows };
        map_init(&out.by_login, a, t.rows);
        for (uint32_t i = 0; i < out.n; i++) {
                struct staff_member *m = &out.row[i];
                *m = (struct staff_member){ .login = csv_at(&t, i, LOGIN),
                                            .name = csv_at(&t, i, NAME),
                                            .org = csv_at(&t, i, ORG),
                                            .phone = csv_at(&t, i, PHONE),
                                            .mail = csv_at(&t, i, MAIL),
                                            .line = t.line[i] };
                check_login(a, &out, i, f);
                check_org(orgs, m, f);
                check_phone(a, m, f);
                check_mail(m, f);
                read_until(csv_at(&t, i, UNTIL), m, f);
        }
        *ret = out;
        return OK;
}

const struct staff_member *staff_find(const struct staff_list *t, struct str login)
{
        uint32_t i = map_get(&t->by_login, login);
        return i == MAP_NONE ? NULL : &t->row[i];
}

bool staff_serves(const struct staff_member *m, struct day on)
{
        return m && (day_is_none(m->until) || on.n <= m->until.n);
}

struct str staff_shown(struct arena *a, const struct staff_member *m)
{
        return mask_name(a, m->name);
}

bool staff_present(const struct staff_member *m, struct day on)
{
        for (uint32_t i = 0; m && i < m->n_away; i++)
                if (m->away[i].since.n <= on.n && on.n <= m->away[i].until.n)
                        return false;
        return staff_serves(m, on);
}

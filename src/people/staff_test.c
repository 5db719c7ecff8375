#include "people/staff.h"
#include "base/csv.h"
#include "base/err.h"
#include "base/test.h"
#include "people/inner/test_util.h"

#define HEAD "login,name,org,phone,until\n"

static void orgs_of(struct arena *a, struct orgs *ret)
{
        struct findings f = { .arena = a };
        CHECK_EQ(orgs_read(a, STR("code,parent,kind,relation,reach,name\noffice,,government,own,account,办事处\n"), &f,
                           ret),
                 OK);
}

TEST(staff_read_and_serve)
{
        ARENA_AUTO a = { 0 };
        struct orgs o;
        struct findings f = { .arena = &a };
        struct staff_list s;
        orgs_of(&a, &o);
        CHECK_EQ(staff_read(&a,
                            STR(HEAD "a01,示例·甲,office,13800000001,2026-06-30\nb02,示例·乙,office,,\n"
                                     "c03,示例·丙,office,sealed:AAAA,\n"),
                            &o, &f, &s),
                 OK);
        CHECK_EQ(f.n, 0);
        const struct staff_member *m = staff_find(&s, STR("a01"));
        struct day last, next;
        day_make(2026, 6, 30, &last);
        next = (struct day){ last.n + 1 };
        CHECK(staff_serves(m, last));
        CHECK(!staff_serves(m, next));
        CHECK(staff_serves(staff_find(&s, STR("b02")), next));
        CHECK(!staff_serves(staff_find(&s, STR("x")), next));
        CHECK_STR(staff_shown(&a, m), "示***");
}

TEST(staff_findings)
{
        static const struct finding_case row[] = {
                { "a 1,甲,office,,\n", "staff.login-bad", 2 },
                { "a1,甲,office,,\na1,乙,office,,\n", "staff.login-twice", 3 },
                { "a1,甲,nowhere,,\n", "staff.org-unknown", 2 },
                { "a1,甲,office,微信,\n", "staff.phone-bad", 2 },
                { "a1,甲,office,123456789012345678901,\n", "staff.phone-bad", 2 },
                { "a1,甲,office,,2026-02-30\n", "staff.until-bad", 2 },
                { "a1,,office,,\n", "csv.cell-empty", 2 },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                ARENA_AUTO a = { 0 };
                struct orgs o;
                struct findings f = { .arena = &a };
                struct staff_list s;
                orgs_of(&a, &o);
                CHECK_EQ(staff_read(&a, str_printf(&a, HEAD "%s", row[i].rows), &o, &f, &s), OK);
                check_one_finding(&f, &row[i]);
        }
}

/* "Seals" by turning the bytes around; counts how often. */
static int turn(void *arg, struct arena *a, struct str in, struct str *ret)
{
        char *p = arena_raw(a, in.n + 1);
        for (size_t i = 0; i < in.n; i++)
                p[i] = in.p[in.n - 1 - i];
        *ret = (struct str){ p, in.n };
        ++*(int *)arg;
        return OK;
}

static int refuse(void *arg, struct arena *a, struct str in, struct str *ret)
{
        (void)arg, (void)a, (void)in, (void)ret;
        return ERR_FULL;
}

TEST(staff_phones_sealed_and_all_else_untouched)
{
        /* 138 turned around is 831 = ODMx in base64url */
        static const struct {
                const char *in, *want;
                int sealed;
        } row[] = {
                { "login,phone\na,138\n", "login,phone\na,sealed:ODMx\n", 1 },
                { "login,phone\na,138", "login,phone\na,sealed:ODMx", 1 },
                { "login,phone\r\na,138\r\nb,\r\n", "login,phone\r\na,sealed:ODMx\r\nb,\r\n", 1 },
                { "\xEF\xBB\xBFphone,login\n138,a\n", "\xEF\xBB\xBFphone,login\nsealed:ODMx,a\n", 1 },
                { "\"phone\",login\n\"138\",a\n", "\"phone\",login\n\"sealed:ODMx\",a\n", 1 },
                { "login, phone ,until\na ,  138 , \n", "login, phone ,until\na ,  sealed:ODMx , \n", 1 },
                { "login,phone\na,\" 138 \"\n", "login,phone\na,\" sealed:ODMx \"\n", 1 },
                { "\n \nlogin,phone\n\na,138\n\n", "\n \nlogin,phone\n\na,sealed:ODMx\n\n", 1 },
                { "login,phone\na,sealed:ODMx\nb,138\n", "login,phone\na,sealed:ODMx\nb,sealed:ODMx\n", 1 },
                { "login,name,phone\na,\"x,\"\"phone\"\"\n138\",138\n",
                  "login,name,phone\na,\"x,\"\"phone\"\"\n138\",sealed:ODMx\n", 1 },
                { "phone,x,phone\n138,138,138\n", "phone,x,phone\nsealed:ODMx,138,sealed:ODMx\n", 2 },
                { "login,name\na,138\n", "login,name\na,138\n", 0 },
                { "login,phone\na\n", "login,phone\na\n", 0 },
                { "", "", 0 },
                /* GB18030: the name ends in a byte below 0x80, a four-byte character holds digits */
                { "login,name,phone\na,\x81\x5C\x81\x30\x81\x30,138\n",
                  "login,name,phone\na,\x81\x5C\x81\x30\x81\x30,sealed:ODMx\n", 1 },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                ARENA_AUTO a = { 0 };
                struct str out, back, twice;
                int n = 0, again = 0;
                CHECK_EQ(staff_seal_phones(&a, str_of(row[i].in), turn, &n, &out), OK);
                CHECK_STR(out, row[i].want);
                CHECK_EQ(n, row[i].sealed);
                CHECK_EQ(staff_seal_phones(&a, out, turn, &again, &twice), OK);
                CHECK(str_eq(out, twice));
                CHECK_EQ(again, 0);
                if (strstr(row[i].in, "sealed:"))
                        continue;
                CHECK_EQ(staff_open_phones(&a, out, turn, &n, &back), OK);
                CHECK_STR(back, row[i].in);
        }
}

TEST(staff_phones_failures)
{
        ARENA_AUTO a = { 0 };
        struct str out = STR("untouched");
        int n = 0;
        CHECK_EQ(staff_seal_phones(&a, STR("login,phone\na,\"138\n"), turn, &n, &out), ERR_BAD);
        CHECK_EQ(staff_seal_phones(&a, STR("login,phone\na,1\"38\n"), turn, &n, &out), ERR_BAD);
        CHECK_EQ(staff_seal_phones(&a, STR("login,phone\na,138\n"), refuse, NULL, &out), ERR_FULL);
        CHECK_EQ(staff_open_phones(&a, STR("login,phone\na,sealed:!!\n"), turn, &n, &out), ERR_BAD);
        CHECK_STR(out, "untouched");
        struct staff_member m = { .phone = STR("sealed:ODMx") };
        CHECK_EQ(staff_phone(&a, &m, turn, &n, &out), OK);
        CHECK_STR(out, "138");
        m.phone = STR("139");
        CHECK_EQ(staff_phone(&a, &m, turn, &n, &out), OK);
        CHECK_STR(out, "139");
        m.phone = STR("");
        CHECK_EQ(staff_phone(&a, &m, turn, &n, &out), ERR_NONE);
}

/* What the reader of rows sees must never be a plain phone, however oddly the file is written. */
TEST(staff_no_plain_phone_gets_through)
{
        static const char piece[][12] = { "phone", "138", ",", "\n", "\"", " ", "a", "\r\n", "sealed:x", "\"\"" };
        struct chance_pick {
                uint64_t s;
        } pick = { 88172645463325252u };
        for (int round = 0; round < 20000; round++) {
                ARENA_AUTO a = { 0 };
                char text[200] = "a,phone\n";
                for (int k = 0; k < 12; k++) {
                        pick.s ^= pick.s << 13, pick.s ^= pick.s >> 7, pick.s ^= pick.s << 17;
                        strcat(text, piece[pick.s % COUNT(piece)]);
                }
                struct str out;
                int n = 0;
                if (staff_seal_phones(&a, str_of(text), turn, &n, &out) != OK)
                        continue;
                static const struct csv_column column[] = { { "phone", true, false } };
                struct findings f = { .arena = &a };
                struct csv t;
                CHECK_EQ(csv_read(&a, STR("staff.csv"), out, column, 1, &f, &t), OK);
                for (size_t r = 0; r < t.rows; r++)
                        if (csv_at(&t, r, 0).n > 0 && !str_starts(csv_at(&t, r, 0), STR("sealed:")))
                                fail_msg("%s", text);
        }
}

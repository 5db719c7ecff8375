#include "people/org.h"
#include "base/csv.h"
#include "base/err.h"
#include "people/credit.h"
#include "people/right.h"

#define FILE_NAME STR("orgs.csv")

enum { CODE, PARENT, KIND, RELATION, REACH, NAME, CREDIT, HOURS, COLUMNS };
static const struct csv_column column[COLUMNS] = {
        [CODE] = { "code", true, true },
        [PARENT] = { "parent", false, false },
        [KIND] = { "kind", true, true },
        [RELATION] = { "relation", true, true },
        [REACH] = { "reach", true, true },
        [NAME] = { "name", true, true },
        [CREDIT] = { "credit_code", false, false },
        [HOURS] = { "office_hours", false, false },
};

static const char *const kinds[ORG_KINDS] = { "party",     "government", "department", "institution",
                                              "committee", "enterprise", "social" };
static const char *const relations[ORG_RELATIONS] = {
        "own", "stationed", "upper", "utility", "contractor", "based_here"
};
static const char *const reaches[ORG_REACHES] = { "account", "letter", "upstream", "phone" };

const char *org_kind_name(enum org_kind k)
{
        return (unsigned)k < ORG_KINDS ? kinds[k] : "";
}

const char *org_relation_name(enum org_relation r)
{
        return (unsigned)r < ORG_RELATIONS ? relations[r] : "";
}

const char *org_reach_name(enum org_reach r)
{
        return (unsigned)r < ORG_REACHES ? reaches[r] : "";
}

struct names {
        const char *const *name;
        size_t n;
        const char *rule;
        const char *column;
        struct say hint;
};
static const struct names kind_names = {
        kinds,
        ORG_KINDS,
        "org.kind-unknown",
        "kind",
        { "可用：party government department institution committee enterprise social",
          "Known: party government department institution committee enterprise social" }
};
static const struct names relation_names = { relations,
                                             ORG_RELATIONS,
                                             "org.relation-unknown",
                                             "relation",
                                             { "可用：own stationed upper utility contractor based_here",
                                               "Known: own stationed upper utility contractor based_here" } };
static const struct names reach_names = { reaches,
                                          ORG_REACHES,
                                          "org.reach-unknown",
                                          "reach",
                                          { "可用：account letter upstream phone",
                                            "Known: account letter upstream phone" } };

/* Index of the word; an unknown one is a finding and reads as the first. */
static unsigned word_of(const struct names *w, struct str word, int32_t line, struct findings *f)
{
        for (unsigned i = 0; i < w->n; i++)
                if (str_is(word, w->name[i]))
                        return i;
        if (word.n > 0)
                finding_add(f, w->rule, SEV_ERROR, FILE_NAME, line, w->hint, "%s 不认识 %.*s", "%s does not know %.*s",
                            w->column, STR_ARG(word));
        return 0;
}

static void check_credit(const struct org *o, struct findings *f)
{
        static const struct say compare = { "请对照证照核对 18 位代码",
                                            "Compare the 18 characters with the certificate" };
        static const struct say renew = { "若已换发，请改用 18 位统一社会信用代码",
                                          "Use the 18-character code once it was issued" };
        if (o->credit_code.n == 0)
                return;
        switch (credit_check(o->credit_code)) {
        case CREDIT_OK:
                return;
        case CREDIT_OLD:
                finding_add(f, "org.credit-old", SEV_WARNING, FILE_NAME, o->line, renew, "%.*s 是旧的 15 位登记号",
                            "%.*s is a registration number of the old 15-digit kind", STR_ARG(o->credit_code));
                return;
        case CREDIT_ORG:
                finding_add(f, "org.credit-inner", SEV_WARNING, FILE_NAME, o->line, compare,
                            "%.*s 中的组织机构代码校验位不符", "The organisation code inside %.*s fails its check",
                            STR_ARG(o->credit_code));
                return;
        case CREDIT_SHAPE:
        case CREDIT_DIGIT:
                finding_add(f, "org.credit-code", SEV_ERROR, FILE_NAME, o->line, compare,
                            "%.*s 不是有效的统一社会信用代码", "%.*s is not a valid unified social credit code",
                            STR_ARG(o->credit_code));
        }
}

/* "08:30-12:00;13:30-17:30" */
static void read_hours(struct str text, struct findings *f, struct org *o)
{
        struct str part[OFFICE_SPANS_MAX + 1], rest = text;
        size_t n = 0;
        while (n < COUNT(part) && str_split(&rest, ';', &part[n]))
                n++;
        if (n == 0 || office_hours_parse(part, n, &o->hours) == OK)
                return;
        o->hours.n = 0;
        finding_add(f, "org.hours", SEV_ERROR, FILE_NAME, o->line,
                    (struct say){ "写成 08:30-12:00;13:30-17:30，留空则同上级单位", "Write 08:30-12:00;13:30-17:30, or leave it empty: as the org above" },
                    "办公时间 %.*s 不是递增而不重叠的时段", "Office hours %.*s are not rising, separate intervals", STR_ARG(text));
}

static void read_row(const struct csv *t, size_t r, struct findings *f, struct org *o)
{
        int32_t line = t->line[r];
        *o = (struct org){
                .code = csv_at(t, r, CODE),
                .parent = csv_at(t, r, PARENT),
                .name = csv_at(t, r, NAME),
                .credit_code = csv_at(t, r, CREDIT),
                .up = ORG_NONE,
                .line = line,
                .kind = (enum org_kind)word_of(&kind_names, csv_at(t, r, KIND), line, f),
                .relation = (enum org_relation)word_of(&relation_names, csv_at(t, r, RELATION), line, f),
                .reach = (enum org_reach)word_of(&reach_names, csv_at(t, r, REACH), line, f),
        };
        if (o->code.n > 0 && !code_valid(o->code))
                finding_add(f, "org.code-bad", SEV_ERROR, FILE_NAME, line,
                            (struct say){ "1 到 64 个字母、数字或 . _ -", "1 to 64 letters, digits or . _ -" },
                            "代码 %.*s 写法不对", "The code %.*s is not well formed", STR_ARG(o->code));
        check_credit(o, f);
        read_hours(csv_at(t, r, HOURS), f, o);
}

static void enter_code(struct arena *a, struct orgs *t, uint32_t i, struct findings *f)
{
        const struct org *o = &t->row[i];
        if (o->code.n == 0)
                return;
        uint32_t first = map_put(&t->by_code, a, o->code, i);
        if (first != MAP_NONE)
                finding_add(f, "org.code-twice", SEV_ERROR, FILE_NAME, o->line,
                            (struct say){ "一个单位只写一行", "One row for one organisation" },
                            "代码 %.*s 已在第 %d 行出现", "The code %.*s stands already in line %d", STR_ARG(o->code),
                            t->row[first].line);
}

static void link_parent(struct orgs *t, struct org *o, struct findings *f)
{
        if (o->parent.n == 0)
                return;
        o->up = map_get(&t->by_code, o->parent);
        if (o->up == MAP_NONE)
                finding_add(
                        f, "org.parent-unknown", SEV_ERROR, FILE_NAME, o->line,
                        (struct say){ "先为上级单位加一行，或改正 parent", "Add a row for the parent, or correct it" },
                        "上级单位 %.*s 不在 orgs.csv 中", "The parent %.*s is not in orgs.csv", STR_ARG(o->parent));
}

enum climb { CLIMB_ROOT, CLIMB_CIRCLE, CLIMB_DEEP };

static enum climb climb(const struct orgs *t, uint32_t from, uint32_t chain[ORG_DEPTH_MAX], size_t *ret_n)
{
        size_t n = 0;
        for (uint32_t at = from; at != ORG_NONE; at = t->row[at].up) {
                if (n > 0 && at == from)
                        return CLIMB_CIRCLE;
                if (n == ORG_DEPTH_MAX)
                        return CLIMB_DEEP;
                chain[n++] = at;
        }
        *ret_n = n;
        return CLIMB_ROOT;
}

/* Where parents cannot be used the row becomes a root, for the checks that follow. */
static void unhook(struct org *o, enum climb why, struct findings *f)
{
        if (why == CLIMB_CIRCLE)
                finding_add(f, "org.parent-circle", SEV_ERROR, FILE_NAME, o->line,
                            (struct say){ "沿 parent 向上必须走到一个没有上级的单位",
                                          "Going up must end at an org without parent" },
                            "%.*s 的上级绕回了它自己", "The parents of %.*s lead back to itself", STR_ARG(o->code));
        else
                finding_add(f, "org.depth", SEV_ERROR, FILE_NAME, o->line,
                            (struct say){ "检查 parent 是否成环或层级过多",
                                          "Look for a circle above, or for too many levels" },
                            "%.*s 之上超过 %d 级", "%.*s stands more than %d levels deep", STR_ARG(o->code),
                            ORG_DEPTH_MAX);
        o->path = o->code;
}

static struct str path_of(struct arena *a, const struct orgs *t, const uint32_t *chain, size_t n)
{
        size_t bytes = n - 1;
        for (size_t i = 0; i < n; i++)
                bytes += t->row[chain[i]].code.n;
        char *p = arena_raw(a, bytes + 1), *at = p;
        for (size_t i = n; i-- > 0;) {
                struct str code = t->row[chain[i]].code;
                if (code.n > 0)
                        at = mempcpy(at, code.p, code.n);
                if (i > 0)
                        *at++ = '/';
        }
        *at = '\0';
        return (struct str){ p, bytes };
}

static void place_all(struct arena *a, struct orgs *t, struct findings *f)
{
        uint32_t chain[ORG_DEPTH_MAX];
        bool *unhooked = arena_array(a, bool, t->n);
        for (uint32_t i = 0; i < t->n; i++) {
                size_t n = 0;
                enum climb end = climb(t, i, chain, &n);
                unhooked[i] = end != CLIMB_ROOT;
                if (end == CLIMB_ROOT)
                        t->row[i].path = path_of(a, t, chain, n);
                else
                        unhook(&t->row[i], end, f);
        }
        for (uint32_t i = 0; i < t->n; i++) /* after all were judged: cutting one link would hide the others' circle */
                if (unhooked[i])
                        t->row[i].up = ORG_NONE;
}

int orgs_read(struct arena *a, struct str text, struct findings *f, struct orgs *ret)
{
        struct csv t;
        int rc = csv_read(a, FILE_NAME, text, column, COLUMNS, f, &t);
        if (rc != OK)
                return rc;
        struct orgs out = { .row = arena_array(a, struct org, t.rows), .n = t.rows };
        map_init(&out.by_code, a, t.rows);
        for (uint32_t i = 0; i < out.n; i++) {
                read_row(&t, i, f, &out.row[i]);
                enter_code(a, &out, i, f);
        }
        for (uint32_t i = 0; i < out.n; i++)
                link_parent(&out, &out.row[i], f);
        place_all(a, &out, f);
        *ret = out;
        return OK;
}

const struct org *org_find(const struct orgs *t, struct str code)
{
        uint32_t i = map_get(&t->by_code, code);
        return i == MAP_NONE ? NULL : &t->row[i];
}

bool org_below(const struct orgs *t, struct str code, struct str ancestor)
{
        const struct org *o = org_find(t, code), *above = org_find(t, ancestor);
        return o && above && path_within(o->path, above->path);
}

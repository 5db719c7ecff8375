/* people/org.h — the organisations of a town, from orgs.csv: who is above whom, and how each is reached.
 *
 * Pure: text in, immutable structs and findings out. Everything lives in the arena given to orgs_read; text that was
 * read is copied. Organisations only: residents are never here.
 */
#pragma once
#include "base/calendar.h"
#include "base/finding.h"
#include "base/map.h"

enum org_kind {
        ORG_PARTY, ORG_GOVERNMENT, ORG_DEPARTMENT, ORG_INSTITUTION,
        ORG_COMMITTEE,  /* 居（村）民委员会: leads only rows of its own lawful list */
        ORG_ENTERPRISE, ORG_SOCIAL, ORG_KINDS
};
enum org_relation {
        ORG_OWN,
        ORG_STATIONED,  /* 派驻 */
        ORG_UPPER,      /* 上级 */
        ORG_UTILITY, ORG_CONTRACTOR,
        ORG_BASED_HERE, /* 驻区 */
        ORG_RELATIONS
};
enum org_reach { ORG_BY_ACCOUNT, ORG_BY_LETTER, ORG_BY_UPSTREAM, ORG_BY_PHONE, ORG_REACHES };

#define ORG_NONE UINT32_MAX
#define ORG_DEPTH_MAX 16

struct org {
        struct str code, parent, name, credit_code; /* parent and credit_code may be "" */
        enum org_kind kind;
        enum org_relation relation;
        enum org_reach reach;
        uint32_t up;        /* index of the parent, ORG_NONE for a root */
        struct str path;    /* codes from the root, "office/urban" */
        struct office_hours hours; /* of its own; n 0 = those of the org above, at last the town's */
        int32_t line;
};
struct orgs {
        struct org *row;
        size_t n;
        struct map by_code; /* code -> index; of two rows with one code the first */
};

/* @text is UTF-8. Findings in orgs.csv, besides those of csv_read: org.code-bad, org.code-twice, org.kind-unknown,
 * org.relation-unknown, org.reach-unknown, org.parent-unknown, org.parent-circle, org.depth, org.hours, org.credit-code (the
 * check digit or shape is wrong: error), org.credit-old and org.credit-inner (warnings). A row with an error stays in
 * the table, with a path of its own code when its parents are unusable, so that later checks can go on.
 * ERR_UTF8 when the text is not UTF-8; findings are no failure. */
int orgs_read(struct arena *, struct str text, struct findings *, struct orgs *ret);

const struct org *org_find(const struct orgs *, struct str code); /* NULL if unknown */
/* Is @code the org @ancestor itself or below it? False when either is unknown. */
bool org_below(const struct orgs *, struct str code, struct str ancestor);

/* "department", "own", "account": as in the file. */
const char *org_kind_name(enum org_kind);
const char *org_relation_name(enum org_relation);
const char *org_reach_name(enum org_reach);

/* people/right.h — what may be done, by name. Each route declares one; roles.yaml grants them.
 *
 * Zero is "undecided" and fails a test: a route must say who may call it, and the default is to refuse.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/str.h"

enum right {
        RIGHT_UNDECIDED = 0,
        RIGHT_PUBLIC,          /* anybody, no sign-in */
        RIGHT_TRACK,           /* whoever holds the matter's tracking code */
        RIGHT_SIGNED_IN,       /* any member of staff, about themselves */
        RIGHT_WHY,             /* the explanation: whoever may read the matter, and who holds its tracking code */
        RIGHT_FIRST_GRANTED,
        RIGHT_MATTER_READ = RIGHT_FIRST_GRANTED,
        RIGHT_MATTER_OPEN,     /* open on somebody's behalf */
        RIGHT_MATTER_SIGN,     /* sign for 签收 */
        RIGHT_MATTER_CONTACT,  /* record a contact with the reporter */
        RIGHT_MATTER_ANSWER,
        RIGHT_MATTER_CLOSE,
        RIGHT_MATTER_DISPATCH, /* place it and send it, or elsewhere */
        RIGHT_MATTER_DECLINE,  /* 不予受理, with reason, basis and where else to go */
        RIGHT_PERSON_UNMASK,   /* see a contact in the clear, with purpose, logged */
        RIGHT_REPORT_READ,     /* figures by unit and grid */
        RIGHT_TOWN_READ,       /* the loaded town folder */
        RIGHT_TOWN_LOAD,
        RIGHT_PEOPLE_MANAGE,   /* invitations, keys, sessions */
        RIGHT_AUDIT_READ,      /* who unmasked what */
        RIGHT_MATTER_APPROVE,  /* grant a pause, more time, a shelving 审批 */
        RIGHT_MATTER_VERIFY,   /* check on site whether an answer is so 核实 */
        RIGHT_MATTER_CALLBACK, /* call the reporter back after the end 回访 */
        RIGHT_PLACE_REVIEW,    /* accept or refuse what people call a place 复核俗称 */
        RIGHT_MATTER_HANDOVER, /* hand it over to another town 移交 */
        RIGHT_MATTER_RECEIVE,  /* take or refuse what another town hands over, and rule between two 接收、裁定 */
        RIGHT_PARCEL_PUT,      /* of another town's key: bring parcels */
        RIGHT_COUNT
};

/* "matter.read", ... ; NULL for those that are not granted by roles. */
const char *right_name(enum right);
enum right right_of(struct str name); /* RIGHT_UNDECIDED when unknown */
static inline uint64_t right_bit(enum right r) { return UINT64_C(1) << r; }

/* How far a right reaches: a post gives its role's rights within a place, and for `sees: org` only over
 * what its organisation or one below it leads. */
struct scope {
        uint64_t rights;     /* bits of enum right */
        struct str place;    /* path prefix "110…/110…": the place and all below it; "" = the whole town */
        struct str org;      /* "" = any org, else the path of an org: it or one below */
        struct str post;     /* the post that gives it */
        struct str home;     /* path of the post's own org, whatever the scope reaches */
};
struct scopes {
        struct scope *row;
        size_t n;
        struct str home;     /* path of the person's own org (staff.csv), or the org of an API key */
};
#define SCOPES_MAX 32        /* posts one person may hold in one town */

/* What the object is, for the check. */
struct scope_object {
        struct str path;          /* place path; "" = not placed yet: seen by scopes over the whole town */
        struct str org_path;      /* path of the org that leads, "office/urban" */
        struct str assist_paths[40]; size_t n_assist; /* 8 of the duty row, 32 called in */
        struct str respondent;    /* org or login complained about, "" if none: it and its subordinates are kept out */
        struct str respondent_path; /* its org path when it is an org, or the org of that person */
};
/* Does any scope of @login reach @object with @right? 1 or 0.
 *
 * PUBLIC is always 1, SIGNED_IN when there is a login, TRACK, WHY and UNDECIDED never: the door decides those by the
 * code, or by asking for matter.read.
 * Kept out whatever they hold (回避, as in 信访工作条例 第二十八条):
 * the respondent in person, whoever holds the respondent post, and everybody whose own org, by staff.csv or by any
 * post, is respondent_path or below it. So a complaint about a member of staff is handled outside that unit.
 * An assisting org reaches a matter with matter.read only. */
int scope_allows(const struct scopes *, struct str login, enum right, const struct scope_object *);
/* The rights that posts of the org at @home, or below it, give over @object: what somebody may do on behalf of that org, and not
 * because they see all that happens at a place. 0 for who is kept out. */
uint64_t scope_rights_for(const struct scopes *, struct str login, struct str home, const struct scope_object *);
/* That rule alone: may they not handle it, whatever they hold? */
bool scope_kept_out(const struct scopes *, struct str login, const struct scope_object *);

/* Is @path the node @root or below it, segment by segment? A @root of "" holds everything. */
bool path_within(struct str path, struct str root);

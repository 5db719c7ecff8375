/* people/staff.h — who works here: staff.csv, and how its phones are sealed before the file is stored.
 *
 * Pure. Staff are named by login everywhere else; a name is shown in full only to colleagues. A phone is sealed on
 * load (个人信息保护法 第五十一条; mission: what the folder keeps is readable by people, what is private is not), so an
 * export gives every byte back but the phones, which stand as "sealed:TOKEN".
 */
#pragma once
#include "base/day.h"
#include "base/finding.h"
#include "base/map.h"
#include "people/org.h"

#define STAFF_NONE UINT32_MAX
#define STAFF_SEALED "sealed:"   /* what a sealed phone begins with */

struct staff_away { struct day since, until; }; /* first and last day */
struct staff_member {
        struct str login, name, org; /* org: a code of orgs.csv */
        struct str phone;            /* as in the file: plain, sealed, or "" */
        struct str mail;             /* of the office, or "" */
        struct day until;            /* last day of service; DAY_NONE = open */
        uint32_t org_at;             /* index in orgs, ORG_NONE if unknown */
        int32_t line;
        const struct staff_away *away; /* leaves of today and later, n_away of them (people/leave.h); none in a folder */
        uint32_t n_away;
};
struct staff_list {
        struct staff_member *row;
        size_t n;
        struct map by_login;         /* login -> index; of two rows the first */
};

/* @text is UTF-8. Findings in staff.csv, besides those of csv_read: staff.login-bad, staff.login-twice,
 * staff.org-unknown, staff.until-bad, staff.phone-bad (warning: phone_read does not take it), staff.mail-bad (warning). ERR_UTF8 as csv_read. */
int staff_read(struct arena *, struct str text, const struct orgs *, struct findings *, struct staff_list *ret);

const struct staff_member *staff_find(const struct staff_list *, struct str login); /* NULL if unknown */
/* In service on @day? False for NULL. */
bool staff_serves(const struct staff_member *, struct day);
/* In service and not on leave: who acts for a post, and who answers on duty. */
bool staff_present(const struct staff_member *, struct day);
/* The name as residents see it: 张*. */
struct str staff_shown(struct arena *, const struct staff_member *);

/* Turns one phone into bytes or back. OK or an error, which ends the whole. */
typedef int staff_phone_fn(void *arg, struct arena *, struct str in, struct str *ret_out);

/* @bytes is the file as it stands (UTF-8 with or without BOM, or GB18030). The answer is the same file with the content
 * of every plain cell of a column "phone" replaced by "sealed:" and the base64url of what @seal gives; blanks, quotes
 * and everything else stay byte for byte; tokens that stand there already are kept. *ret_bytes is @bytes itself when
 * nothing was to do. ERR_BAD when the file is no CSV (nothing may be stored then), or the code of @seal. */
int staff_seal_phones(struct arena *, struct str bytes, staff_phone_fn *seal, void *arg, struct str *ret_bytes);
/* The way back: each token replaced by what @open makes of its bytes. ERR_BAD also for a token that is no base64url. */
int staff_open_phones(struct arena *, struct str bytes, staff_phone_fn *open, void *arg, struct str *ret_bytes);
/* The phone of one row in the clear: opened when sealed, as it stands when plain. ERR_NONE when there is none. */
int staff_phone(struct arena *, const struct staff_member *, staff_phone_fn *open, void *arg, struct str *ret_phone);

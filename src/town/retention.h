/* town/retention.h — how long is what kept, and what happens then: retention.csv (保存期限).
 *
 * Classes that the program acts on by itself, once a day:
 *   contact     who reported it (vault): erase
 *   voice       what was written: erase takes all of it; anonymise what the reporter wrote, the point and the contact, and leaves
 *               what the office answered
 *   matter      the matter: erase takes words and contact; codes and times stay, for figures and proof
 *   attachment  files beside a matter: erase
 *   audit       who looked at contacts, who signed in: erase; not before six months (网络安全法: network logs)
 * counted from the day a matter ended, for audit from the day of the row. keep, archive and review are for people: the program
 * counts what is due and leaves it alone. 个人信息保护法 第十九条: no longer than needed.
 */
#pragma once
#include "base/day.h"
#include "base/finding.h"

#define RETENTION_MAX 64

enum retention_action { RETENTION_KEEP, RETENTION_ERASE, RETENTION_ANONYMISE, RETENTION_ARCHIVE, RETENTION_REVIEW, RETENTION_ACTIONS };
extern const char *const retention_action_names[RETENTION_ACTIONS];

struct retention {
        struct str class, basis, period;  /* period as written */
        enum retention_action action;
        bool permanent;
        int32_t n;                        /* of @unit */
        char unit;                        /* 'y' 'm' 'd' */
        int32_t line;
};
struct retentions { struct retention row[RETENTION_MAX]; size_t n; };

/* The first row of a class stands. Findings in retention.csv: retention.twice (error); retention.period, retention.action (the row is
 * left out), retention.class (nothing will be done by itself), retention.audit-short, retention.too-many: warnings. */
void retention_read(struct arena *, struct str text, struct findings *, struct retentions *ret);
/* NULL when the town says nothing of it. */
const struct retention *retention_of(const struct retentions *, struct str class);
/* What ended before this day is over its period on @today; DAY_NONE when it never is. A day that the month does not have is its last
 * (民法典 第二百零二条). */
struct day retention_before(const struct retention *, struct day today);
/* The last day on which what ended on @ended is kept; DAY_NONE: for ever. */
struct day retention_last(const struct retention *, struct day ended);

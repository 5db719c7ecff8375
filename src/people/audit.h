/* people/audit.h — who did what to whose account (等保 GB/T 22239-2019 安全审计: user, time, event, result; 网络安全法
 * 第二十三条: kept at least six months). Rows are only added. No personal data: logins, key names and codes. */
#pragma once
#include "base/ctx.h"

/* "staff:LOGIN", "key:NAME", "reporter", "public", "system", "town:CODE". */
struct str actor_text(struct arena *, struct actor);

/* One row inside ctx->tx. @act: "sign-in", "invite", "accept", "password", "totp", "sign-out", "key", "close", "link",
 * "unlink". */
int audit_add(struct ctx *, const char *act, struct str subject, bool done);

struct audit_row {
        int64_t id;
        struct instant at;
        struct str actor, act, subject;
        bool done;
};
struct audit_rows { struct audit_row *row; size_t n; };
/* Newest first, ids below @before (INT64_MAX to begin), at most @max (1-200). */
int audit_list(struct ctx *, int64_t before, int max, struct audit_rows *ret);

/* Retention: rows of this audit and of who looked at contacts, from before @before. How many there are; and take at most @max of
 * each away, *ret_n in all. */
int audit_over(struct ctx *, struct instant before, int64_t *ret_n);
int audit_expire(struct ctx *, struct instant before, int max, int64_t *ret_n);

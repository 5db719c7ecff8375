/* people/session.h — who is signed in: cookie sessions of staff.
 *
 * A session belongs to one login of one town. Its token (256 random bits) is in the cookie alone; the store keeps a
 * hash. It ends after 8 hours without a request, after 24 hours in any case, or by signing out. The CSRF token is
 * derived from the cookie's token under a key that is the token itself, so nothing more is stored and only who holds
 * the cookie can know it. A session does not prove that its login still serves: ask staff_serves and scopes_of on
 * every request.
 */
#pragma once
#include "base/ctx.h"

#define SESSION_IDLE_US (8 * US_PER_HOUR)
#define SESSION_MAX_US (24 * US_PER_HOUR)
#define SESSION_TOUCH_US (10 * US_PER_MINUTE)

struct session_given {
        char token[44];      /* for the cookie (HttpOnly, SameSite) */
        char csrf[23];       /* for the page */
        struct instant until;
};
struct session {
        struct str login;
        struct instant at, seen, until;
        int factors;         /* 1 password, 2 with a one-time code */
        bool stale;          /* last seen more than ten minutes ago: call session_touch in a write of its own */
};
struct sessions { struct session *row; size_t n; };

/* Begin one for @login (already proven) inside a write. */
int session_begin(struct ctx *, struct str login, int factors, struct session_given *ret);
/* One point read. ERR_AUTH when it is unknown, idle for too long or over. */
int session_find(struct ctx *, struct str token, struct session *ret);
int session_touch(struct ctx *, struct str token);
/* Sign out here; OK also when it was over already. */
int session_end(struct ctx *, struct str token);
/* Sign out everywhere. */
int session_end_all(struct ctx *, struct str login);
/* Where @login is signed in, newest first, at most 100; login is empty in the rows. */
int session_list(struct ctx *, struct str login, struct sessions *ret);

/* False when @token cannot be a session's. */
bool session_csrf(struct str token, char ret[static 23]);
/* In constant time. */
bool session_csrf_ok(struct str token, struct str given);

/* Forget what ran out in this town: sessions, invitations, failed attempts, proofs that count once. */
int people_sweep(struct ctx *);

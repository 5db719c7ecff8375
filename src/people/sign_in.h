/* people/sign_in.h — proving who one is: password, one-time code, and patience after failures.
 *
 * Three steps, so that Argon2id never runs inside a transaction:
 *     sign_in_begin   read         the account, and whether login or source must wait
 *     sign_in_check   no tx        compares; takes about 0.1 s
 *     sign_in_end     write        counts the failure, or begins the session
 * Failures are counted per login (from the 5th on it waits 1, 2, 4 … up to 60 seconds) and per source (from the 20th
 * on up to 15 minutes), and are forgotten a day after the last one; nobody is locked out for good. An unknown login
 * waits, counts and takes as long as a known one, so logins cannot be found out.
 */
#pragma once
#include "base/ctx.h"
#include "people/session.h"
#include "people/totp.h"
#include "people/vault.h"

struct sign_in {
        /* given */
        struct str login, password;
        struct str code;           /* one-time code, or "" */
        bool again;                /* only to be sure it is they: no session begins */
        struct str source;         /* IPv4 address, or the /64 of an IPv6 address; "" = not counted by source */
        /* found out */
        int result;                /* OK; ERR_AUTH; ERR_RATE: wait; ERR_MISSING: password right, one-time code wanted */
        int wait_s;                /* seconds, with ERR_RATE */
        /* carried from step to step; the room's own */
        int proven;
        struct str hash;
        int32_t revision;
        bool two_factor, second;   /* second: their provider has asked for a second factor */
        struct totp_secret secret;
        int64_t last_step, step;
};

/* OK: go on with sign_in_check. ERR_RATE (result, wait_s). */
int sign_in_begin(struct ctx *, const struct vault_keys *, struct sign_in *);
/* OK with result set, also when it does not match; ERR_BUSY when too many are waiting: ask again. */
int sign_in_check(struct ctx *, struct sign_in *);
/* In place of sign_in_check, with again, for whoever takes their second factor off: a session left open is not enough. The password alone, since who lost
 * the phone has no code; an account that has none (it signs in elsewhere, people/link.h) shows a code instead, as there is nothing else here that only
 * its owner has: who has lost that too is invited again. ERR_MISSING naming "password" or "code", whichever is wanted and was not given; ERR_NONE when there is
 * neither password nor second factor. */
int sign_in_check_owner(struct ctx *, struct sign_in *);
/* In place of sign_in_check, for whom a trusted provider has named by a link (people/link.h): no password is asked for, the house's own second factor is,
 * unless the provider is known to have asked for one (@second). */
void sign_in_trust(struct ctx *, struct sign_in *, bool second);
/* Inside a write, whatever the result so far; a caller who knows better (the login no longer serves) sets result to
 * ERR_AUTH before, and the attempt counts as a failure. OK means that what happened was written and must be committed: then
 * result says whether one is in (*ret written only then, and not with again), and ctx->err why not. It may be run again from the start. */
int sign_in_end(struct ctx *, const struct vault_keys *, struct sign_in *, struct session_given *ret);
/* Wipe what was carried, after the last step. */
void sign_in_forget(struct sign_in *);

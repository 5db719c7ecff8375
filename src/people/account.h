/* people/account.h — accounts of staff and the one-time links that open them.
 *
 * There is no default password and nobody sets one for somebody else: an invitation (linli invite LOGIN, or an
 * administrator) is a link that works once and for 72 hours; whoever opens it chooses the password. Inviting an
 * existing account again is how a lost password or a lost second factor is mended. Whether the login is in staff.csv
 * and still serves is the caller's to check before. All functions work inside ctx->tx; every change leaves a row in
 * the audit.
 */
#pragma once
#include "base/ctx.h"
#include "people/totp.h"
#include "people/vault.h"

#define INVITE_US (72 * US_PER_HOUR)

struct invite_given {
        char token[44];          /* for the link; kept nowhere */
        struct instant until;
};
struct invite {
        struct str login, maker; /* who is invited, and by whom ("staff:admin01", "system") */
        struct instant at, until;
};
struct invites { struct invite *row; size_t n; };

/* A new link for @login; older ones stop working. ERR_TYPE when @login is no code. Write. */
int invite_make(struct ctx *, struct str login, struct invite_given *ret);
/* Whose link is this? ERR_NONE when it is unknown, used or over. Read. */
int invite_find(struct ctx *, struct str token, struct invite *ret);
/* Use it: @hash is from password_hash (checked with password_check before). The password is set, a second factor is
 * taken off, all sessions end. ERR_NONE as above, also for the second of two who use it at once. Write. */
int invite_accept(struct ctx *, struct str token, const char *hash, struct str *ret_login);
/* Take it back. ERR_NONE when none waits. Write. */
int invite_drop(struct ctx *, struct str login);
int invite_list(struct ctx *, struct invites *ret);

struct account {
        struct str password;     /* Argon2id string, "" = none yet; for password_verify, never to be shown */
        bool two_factor;
        int32_t revision;
};
/* ERR_NONE when there is no such account. Read. */
int account_get(struct ctx *, struct str login, struct account *ret);
/* A new password after the old one was verified outside the transaction against @revision; all sessions end.
 * ERR_REV when the account changed since. Write. */
int account_password(struct ctx *, struct str login, int32_t revision, const char *hash);

/* The second factor. @box is account_totp_seal of a secret for which the person has just shown a code (totp_check gave
 * @step). Write. account_totp_off takes it off. */
int account_totp_seal(struct ctx *, const struct vault_keys *, struct str login, const struct totp_secret *,
                      struct str *ret_box);
int account_totp_on(struct ctx *, struct str login, struct str box, int64_t step);
int account_totp_off(struct ctx *, struct str login);

/* No password, no second factor, no session, no open link: whoever left. OK also when there was no account. Write. */
int account_close(struct ctx *, struct str login);

struct account_row {
        struct str login;
        bool ready, two_factor;  /* ready: a password was chosen */
        struct instant at;
};
struct account_rows { struct account_row *row; size_t n; };
/* By login, those after @after ("" to begin), at most @max (1-200). Read. */
int account_list(struct ctx *, struct str after, int max, struct account_rows *ret);

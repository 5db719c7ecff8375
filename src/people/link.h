/* people/link.h — which account a person's sign-in elsewhere (OpenID Connect: issuer and subject) opens.
 *
 * Nobody gets an account by it and no right comes with it: an account that stands is linked, by the person (signed in, the password given again) or by
 * an administrator. One subject opens one account of a town, an account is opened by one subject. The subject is kept as a keyed hash, for exact
 * look-up only. A closed account loses its link; one opened anew by an invitation loses the one the person made, for whoever had the password may have
 * made it. Every change leaves a row in the audit.
 */
#pragma once
#include "base/ctx.h"
#include "people/vault.h"

struct link {
        struct str login, issuer;
        struct str maker;        /* "staff:LOGIN" */
        struct instant at;
};
struct links { struct link *row; size_t n; };

/* Whose is it? ERR_NONE: nobody's. Read. */
int link_find(struct ctx *, const struct vault_keys *, struct str issuer, struct str subject, struct link *ret);
/* ERR_NONE when the account has none. Read. */
int link_of(struct ctx *, struct str login, struct link *ret);
/* By login, those after @after ("" to begin), at most @max (1-200). Read. */
int link_list(struct ctx *, struct str after, int max, struct links *ret);
/* In place of the one it had. ERR_NONE: there is no such account; ERR_EXISTS: the subject opens another one. Write. */
int link_make(struct ctx *, const struct vault_keys *, struct str login, struct str issuer, struct str subject);
/* The same subject under the newest key, when it stands under an older one; called at each sign-in. Write. */
int link_renew(struct ctx *, const struct vault_keys *, const struct link *, struct str subject);
/* ERR_NONE when there is none. Write. */
int link_drop(struct ctx *, struct str login);
/* The same, and OK when there is none. Write. */
int link_drop_any(struct ctx *, struct str login);
/* The one the person made, if any. Write. */
int link_drop_own(struct ctx *, struct str login);

/* This proof counts once: ERR_AUTH the second time. It is remembered until @until. Write. */
int once_only(struct ctx *, struct str proof, struct instant until);
int once_sweep(struct ctx *);

/* oidc/token.h — is this ID token meant for us, now, in answer to this question, and signed by whom we trust? OpenID Connect Core 1.0, 3.1.3.7.
 *
 * Signatures: RS256, PS256, ES256 with a key of the provider's set, by libcjose. Never "none", never a shared secret: a public key is no secret.
 */
#pragma once
#include "base/day.h"
#include "oidc/config.h"
#include "oidc/document.h"

#define OIDC_TOKEN_BYTES ((size_t)16 << 10)
#define OIDC_SUBJECT_MAX 255
#define OIDC_LEEWAY_US (60 * US_PER_SECOND)         /* clocks differ */
#define OIDC_AGE_US (10 * US_PER_MINUTE)            /* it was made for this sign-in */

struct oidc_claims {
        struct str subject;
        bool second; /* the provider says a second factor was used, in the words of the settings */
};
/* ERR_NONE: signed with a key that is not in @keys (fetch them anew). ERR_AUTH, with the reason for the log: it is refused. @ret only on OK. */
int oidc_token_check(struct arena *, struct str token, const struct oidc_keys *, const struct oidc_config *, struct str nonce, struct instant now,
                     struct oidc_claims *ret, struct err *err);
/* The claims alone, of a token whose signature holds. */
int oidc_claims_read(struct arena *, struct str json, const struct oidc_config *, struct str nonce, struct instant now, struct oidc_claims *ret,
                     struct err *err);

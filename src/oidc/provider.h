/* oidc/provider.h — asking the provider: where to send the browser, and what its code is worth. One a process; any number of threads.
 *
 * Verified TLS, no redirects, every document with a ceiling, each question at most OIDC_SECONDS; so never on an event loop. What was learnt is kept
 * for an hour. An unknown key is looked for at most OIDC_FETCH_MAX times in five minutes; who did not answer is left alone for a moment, so that a
 * provider that hangs does not take everybody's threads.
 */
#pragma once
#include "base/ctx.h"
#include "oidc/token.h"

#define OIDC_SECONDS 5
#define OIDC_KEPT_US US_PER_HOUR
#define OIDC_FETCH_MAX 6
#define OIDC_FETCH_US (5 * US_PER_MINUTE)
#define OIDC_DOWN_US (3 * US_PER_SECOND)
#define OIDC_CODE_MAX 2000

struct oidc_provider;
/* @config outlives it. Lives in the arena; oidc_provider_end before the arena goes. */
struct oidc_provider *oidc_provider_new(struct arena *, const struct oidc_config *);
void oidc_provider_end(struct oidc_provider *); /* NULL is fine */
const struct oidc_config *oidc_provider_config(const struct oidc_provider *);

struct oidc_question {
        const char *redirect;             /* our own address to come back to */
        struct str state, nonce, verifier; /* base64url, of 256 random bits each */
};
/* The address for the browser. ERR_BUSY: the provider cannot be reached, or says nonsense. Memory and now from @ctx. */
int oidc_authorize(struct oidc_provider *, struct ctx *, const struct oidc_question *, struct str *ret_url);
/* Must each answer name the issuer (RFC 9207)? Of what is known without asking. */
bool oidc_says_issuer(struct oidc_provider *);
/* Redeem @code and check the ID token. ERR_BUSY as above; ERR_AUTH: refused, the log says why. */
int oidc_redeem(struct oidc_provider *, struct ctx *, const struct oidc_question *, struct str code, struct oidc_claims *ret);

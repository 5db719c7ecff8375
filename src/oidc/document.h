/* oidc/document.h — what a provider says of itself: its discovery document and its keys. Pure; both come from outside and are judged before use.
 *
 * OpenID Connect Discovery 1.0, RFC 8414, RFC 7517. What is not needed is passed over; a key that cannot sign with an algorithm of ours is no key.
 */
#pragma once
#include "base/err.h"
#include "base/str.h"

#define OIDC_DISCOVERY_BYTES ((size_t)64 << 10)
#define OIDC_KEYS_BYTES ((size_t)128 << 10)
#define OIDC_KEYS_MAX 32
#define OIDC_ADDRESS_MAX 1000

struct oidc_discovery {
        const char *authorize, *token, *keys; /* addresses: https, or http where the issuer is this machine itself */
        bool secret_in_form; /* the secret goes into the form, not into the header: client_secret_post alone is taken */
        bool says_issuer;    /* each answer names the issuer: RFC 9207 */
};
/* ERR_BAD with a sentence: no such document, another issuer, an address that cannot be used, no S256. */
int oidc_discovery_read(struct arena *, struct str json, const char *issuer, struct oidc_discovery *ret, struct err *err);

enum oidc_key_type { OIDC_RSA, OIDC_P256 };
struct oidc_key {
        enum oidc_key_type type;
        struct str kid, alg; /* "" where it has none */
        struct str jwk;      /* the public part alone, as JSON */
};
struct oidc_keys { struct oidc_key row[OIDC_KEYS_MAX]; size_t n; };
/* Keys for RS256, PS256 (2048 to 8192 bits) and ES256; others are left out, as are those past the 32nd. ERR_BAD when it is no set of keys. */
int oidc_keys_read(struct arena *, struct str json, struct oidc_keys *ret, struct err *err);

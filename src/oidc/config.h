/* oidc/config.h — whose sign-in is trusted, and with which secret: oidc.conf, a YAML file that only the operator can read.
 *
 *   issuer: https://sso.example.gov.cn/realms/staff   # exactly as the provider writes it
 *   client_id: linli
 *   client_secret: "…"
 *   name: {zh: 统一身份认证, en: City ID}          # on the button
 *   second_factor: {acr: [gold], amr: [mfa, otp]}      # left out: Linli's own second factor is asked for
 *   ca: /etc/linli/ca.pem                              # certificates to trust; left out: the system's
 *
 * The address and the secret come from here and from nowhere else; a town folder cannot name a provider. docs/oidc.md has the steps.
 */
#pragma once
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

#define OIDC_FACTORS_MAX 16

struct oidc_factors {
        struct str value[OIDC_FACTORS_MAX];
        size_t n;
};
struct oidc_config {
        struct arena arena;
        const char *issuer, *client_id, *client_secret, *ca; /* ca: NULL = the system's */
        struct str name_zh, name_en;
        struct oidc_factors acr, amr; /* what the provider says of a second factor, in its own words; none = it is not believed */
        bool plain;                   /* the issuer is this machine itself, over http */
};

/* As secret_file_read; ERR_BAD and ERR_UNKNOWN name file, line and key at fault. Free with oidc_config_free. */
int oidc_config_load(const char *path, struct oidc_config *ret, struct err *err);
/* The same from text; @name is the file's. */
int oidc_config_read(const char *name, struct str text, struct oidc_config *ret, struct err *err);
void oidc_config_free(struct oidc_config *); /* wipes the secret; zeroed is fine */

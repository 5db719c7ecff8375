/* oidc/inner/jws.h — the one door to libcjose: its headers bring OpenSSL's names, which are also ours (ERR_STATE), so nobody else includes them. */
#pragma once
#include <stdbool.h>
#include "base/str.h"

struct jws;
struct jws_header {
        const char *alg, *kid; /* as the library read them, which is what it verifies by; NULL when there is none. They live as long as the token */
        bool critical;         /* it has extensions that must be understood */
};
/* NULL when it is no signed token in compact form. */
struct jws *jws_open(struct str compact, struct jws_header *ret);
/* @jwk: a public key as JSON. */
bool jws_verify(struct jws *, struct str jwk);
bool jws_content(struct jws *, struct str *ret);
void jws_close(struct jws **); /* NULL is fine */
#define JWS_AUTO __attribute__((cleanup(jws_close))) struct jws *

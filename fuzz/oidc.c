/* What a provider of a sign-in elsewhere says: its discovery document, its keys, an ID token and its claims; and the operator's settings. */
#include "fuzz.h"
#include "oidc/inner/test_tokens.h"
#include "oidc/token.h"

#define NOW (INT64_C(1767225600) * US_PER_SECOND)

static void documents(struct str text)
{
        ARENA_AUTO a = { 0 };
        struct oidc_discovery d;
        struct oidc_keys keys;
        struct err err = { 0 };
        if (oidc_discovery_read(&a, text, "https://sso.example.org/city", &d, &err) == OK) {
                MUST(strncmp(d.authorize, "https://", 8) == 0 && strncmp(d.token, "https://", 8) == 0 && strncmp(d.keys, "https://", 8) == 0);
                MUST(strlen(d.authorize) <= OIDC_ADDRESS_MAX && !strpbrk(d.authorize, "\r\n #"));
        } else {
                MUST(err.en[0] && err.zh[0]);
        }
        if (oidc_keys_read(&a, text, &keys, NULL) == OK)
                for (size_t i = 0; i < keys.n; i++)
                        MUST(keys.row[i].jwk.n > 0 && str_find(keys.row[i].jwk, STR("\"d\"")) < 0);
}

/* With keys that are true, and with those of the text itself. */
static void tokens(struct str text)
{
        ARENA_AUTO a = { 0 };
        static const struct oidc_config c = { .issuer = "https://sso.example.org/city", .client_id = "linli", .client_secret = "x",
                                              .amr = { .value = { { "mfa", 3 } }, .n = 1 } };
        struct oidc_keys keys;
        struct oidc_claims got;
        struct err err = { 0 };
        MUST(oidc_keys_read(&a, str_of(test_keys), &keys, NULL) == OK);
        int rc = oidc_token_check(&a, text, &keys, &c, STR("n-1"), (struct instant){ NOW }, &got, &err);
        MUST(rc == OK || rc == ERR_NONE || rc == ERR_AUTH);
        MUST(rc == OK ? str_is(got.subject, "s-1001") : err.en[0] != 0); /* nobody else was ever signed for */
        rc = oidc_claims_read(&a, text, &c, STR("n-1"), (struct instant){ NOW }, &got, &err);
        if (rc == OK)
                MUST(got.subject.n > 0 && got.subject.n <= OIDC_SUBJECT_MAX && utf8_valid(got.subject));
        if (oidc_keys_read(&a, text, &keys, NULL) == OK)
                oidc_token_check(&a, str_of(token_es), &keys, &c, STR("n-1"), (struct instant){ NOW }, &got, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        struct oidc_config c;
        struct err err = { 0 };
        documents(fuzz_bytes(data, n));
        tokens(fuzz_bytes(data, n));
        if (oidc_config_read("oidc.conf", fuzz_bytes(data, n), &c, &err) == OK) {
                MUST(c.issuer && c.client_id && c.client_secret && c.name_zh.n && c.name_en.n);
                oidc_config_free(&c);
        } else {
                MUST(err.en[0] && err.zh[0]);
        }
        return 0;
}

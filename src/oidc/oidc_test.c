#include "base/test.h"
#include "oidc/inner/test_tokens.h"
#include "oidc/provider.h"

#define ISSUER "https://sso.example.org/city"
#define MADE (INT64_C(1767225600) * US_PER_SECOND)

static struct oidc_config config(void)
{
        return (struct oidc_config){ .issuer = ISSUER, .client_id = "linli", .client_secret = "x",
                                     .acr = { .value = { STR("gold") }, .n = 1 }, .amr = { .value = { STR("mfa") }, .n = 1 } };
}

/* ---- settings -------------------------------------------------------------------------------------------------------- */

#define FIRST "issuer: " ISSUER "\nclient_id: linli\nclient_secret: s\n"
#define NAME "name: {zh: 统一身份认证, en: City ID}\n"

TEST(settings_are_taken_or_refused_by_line)
{
        static const struct {
                const char *text, *says; /* NULL: taken */
        } row[] = {
                { FIRST NAME, NULL },
                { FIRST NAME "second_factor: {acr: [gold]}\nca: /etc/ca.pem\n", NULL },
                { "issuer: http://127.0.0.1:9/x\nclient_id: a\nclient_secret: b\n" NAME, NULL },
                { FIRST, "oidc.conf:1: the words" },
                { "client_id: linli\n", "oidc.conf:1: is missing" },
                { "issuer: http://sso.example.org\n", "oidc.conf:1: needs an https" },
                { "issuer: https://sso.example.org/?a\n", "oidc.conf:1: has no ?" },
                { "issuer: https://user@sso.example.org/\n", "oidc.conf:1: has no ?" },
                { "issuer: " ISSUER "\nclient_id: \"a b\"\n", "oidc.conf:2: takes" },
                { FIRST "name: City\n", "oidc.conf:4: needs keys" },
                { FIRST NAME "second_factor: {acr: []}\n", "oidc.conf:5: needs a list" },
                { FIRST NAME "second_factor: {otp: [x]}\n", "oidc.conf:5: unknown key otp" },
                { FIRST NAME "nam: x\n", "oidc.conf:5: unknown key nam" },
                { FIRST "\t: [", "oidc.conf:" },
                { "", "oidc.conf:" },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                struct oidc_config c;
                struct err e = { 0 };
                int rc = oidc_config_read("oidc.conf", str_of(row[i].text), &c, &e);
                if ((rc == OK) != !row[i].says || (row[i].says && strncmp(e.en, row[i].says, strlen(row[i].says)) != 0))
                        fail_msg("row %zu: %d %s", i, rc, e.en);
                if (rc == OK)
                        oidc_config_free(&c);
        }
}

/* ---- documents ------------------------------------------------------------------------------------------------------- */

#define THREE "\"authorization_endpoint\":\"https://a/x\",\"token_endpoint\":\"https://b/y\",\"jwks_uri\":\"https://c/z\""

TEST(discovery_is_believed_only_for_its_issuer_and_safe_addresses)
{
        static const struct {
                const char *json;
                bool good, form, says;
        } row[] = {
                { "{\"issuer\":\"" ISSUER "\"," THREE "}", true, false, false },
                { "{\"issuer\":\"" ISSUER "\"," THREE ",\"token_endpoint_auth_methods_supported\":[\"client_secret_post\"],"
                  "\"authorization_response_iss_parameter_supported\":true}", true, true, true },
                { "{\"issuer\":\"" ISSUER "\"," THREE ",\"token_endpoint_auth_methods_supported\":[\"client_secret_post\",\"client_secret_basic\"]}", true, false, false },
                { "{\"issuer\":\"" ISSUER "/\"," THREE "}", false, false, false },
                { "{" THREE "}", false, false, false },
                { "{\"issuer\":\"" ISSUER "\"," THREE ",\"code_challenge_methods_supported\":[\"plain\"]}", false, false, false },
                { "{\"issuer\":\"" ISSUER "\",\"authorization_endpoint\":\"https://a/x\",\"token_endpoint\":\"http://127.0.0.1/y\",\"jwks_uri\":\"https://c/z\"}", false, false, false },
                { "{\"issuer\":\"" ISSUER "\",\"authorization_endpoint\":\"javascript:x\",\"token_endpoint\":\"https://b\",\"jwks_uri\":\"https://c/z\"}", false, false, false },
                { "{\"issuer\":\"" ISSUER "\",\"authorization_endpoint\":\"https://a/x\\r\\ny\",\"token_endpoint\":\"https://b\",\"jwks_uri\":\"https://c/z\"}", false, false, false },
                { "[]", false, false, false },
                { "", false, false, false },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                ARENA_AUTO a = { 0 };
                struct oidc_discovery d = { 0 };
                struct err e = { 0 };
                int rc = oidc_discovery_read(&a, str_of(row[i].json), ISSUER, &d, &e);
                if ((rc == OK) != row[i].good || d.secret_in_form != row[i].form || d.says_issuer != row[i].says || (rc != OK && !e.en[0]))
                        fail_msg("row %zu: %d %s", i, rc, e.en);
        }
}

#define X43 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
TEST(keys_that_cannot_sign_for_us_are_none)
{
        static const struct {
                const char *json;
                size_t n;
        } row[] = {
                { "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" X43 "\",\"y\":\"" X43 "\",\"kid\":\"a\"}", 1 },
                { "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" X43 "\",\"y\":\"" X43 "\",\"use\":\"enc\"}", 0 },
                { "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" X43 "\",\"y\":\"" X43 "\",\"alg\":\"ES384\"}", 0 },
                { "{\"kty\":\"EC\",\"crv\":\"P-384\",\"x\":\"" X43 "\",\"y\":\"" X43 "\"}", 0 },
                { "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" X43 "\",\"y\":\"" X43 "\",\"kid\":7}", 0 },
                { "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}", 0 }, /* 24 bits */
                { "{\"kty\":\"oct\",\"k\":\"AAAA\"}", 0 },
                { "7", 0 },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                ARENA_AUTO a = { 0 };
                struct oidc_keys keys = { .n = 99 };
                CHECK_EQ(oidc_keys_read(&a, str_printf(&a, "{\"keys\":[%s]}", row[i].json), &keys, NULL), OK);
                if (keys.n != row[i].n)
                        fail_msg("row %zu: %zu", i, keys.n);
        }
        ARENA_AUTO a = { 0 };
        struct oidc_keys keys;
        CHECK_EQ(oidc_keys_read(&a, STR("{\"keys\":{}}"), &keys, NULL), ERR_BAD);
        CHECK_EQ(oidc_keys_read(&a, str_of(test_keys), &keys, NULL), OK);
        CHECK_EQ(keys.n, 2); /* a shared secret is no key */
}

/* ---- tokens ---------------------------------------------------------------------------------------------------------- */

#define HEAD "\"iss\":\"" ISSUER "\",\"sub\":\"s-1\","
#define TIMES "\"exp\":1767225900,\"iat\":1767225600,"
#define NONCE "\"nonce\":\"n-1\""

TEST(claims_are_for_us_now_and_of_this_question)
{
        static const struct {
                const char *json, *field; /* NULL: taken */
                bool second;
        } row[] = {
                { "{" HEAD "\"aud\":\"linli\"," TIMES NONCE "}", NULL, false },
                { "{" HEAD "\"aud\":[\"linli\"]," TIMES NONCE ",\"amr\":[\"pwd\"],\"acr\":\"1\"}", NULL, false },
                { "{" HEAD "\"aud\":[\"x\",\"linli\"],\"azp\":\"linli\"," TIMES NONCE ",\"acr\":\"gold\"}", NULL, true },
                { "{" HEAD "\"aud\":\"linli\"," TIMES NONCE ",\"amr\":[\"pwd\",\"mfa\"]}", NULL, true },
                { "{" HEAD "\"aud\":\"linli\"," TIMES NONCE ",\"amr\":\"mfa\"}", NULL, false },
                { "{" HEAD "\"aud\":[\"x\",\"linli\"]," TIMES NONCE "}", "azp", false },
                { "{" HEAD "\"aud\":\"linli\",\"azp\":\"x\"," TIMES NONCE "}", "azp", false },
                { "{" HEAD "\"aud\":[]," TIMES NONCE "}", "aud", false },
                { "{" HEAD "\"aud\":\"Linli\"," TIMES NONCE "}", "aud", false },
                { "{" HEAD TIMES NONCE "}", "aud", false },
                { "{\"iss\":\"https://other\",\"sub\":\"s\",\"aud\":\"linli\"," TIMES NONCE "}", "iss", false },
                { "{" HEAD "\"aud\":\"linli\",\"exp\":1767225539,\"iat\":1767225600," NONCE "}", "exp", false },
                { "{" HEAD "\"aud\":\"linli\",\"exp\":\"1767225900\",\"iat\":1767225600," NONCE "}", "exp", false },
                { "{" HEAD "\"aud\":\"linli\",\"exp\":1e300,\"iat\":1767225600," NONCE "}", "exp", false },
                { "{" HEAD "\"aud\":\"linli\",\"exp\":1767225900," NONCE "}", "iat", false },
                { "{" HEAD "\"aud\":\"linli\",\"exp\":1767225900,\"iat\":1767225661," NONCE "}", "iat", false },
                { "{" HEAD "\"aud\":\"linli\",\"exp\":1767225900,\"iat\":1767224999," NONCE "}", "iat", false },
                { "{" HEAD "\"aud\":\"linli\"," TIMES "\"nbf\":1767225700," NONCE "}", "nbf", false },
                { "{" HEAD "\"aud\":\"linli\"," TIMES "\"nonce\":\"n-2\"}", "nonce", false },
                { "{" HEAD "\"aud\":\"linli\"," TIMES "\"nonce\":\"\"}", "nonce", false },
                { "{\"iss\":\"" ISSUER "\",\"sub\":\"\",\"aud\":\"linli\"," TIMES NONCE "}", "sub", false },
                { "{\"iss\":\"" ISSUER "\",\"sub\":\"a\\nb\",\"aud\":\"linli\"," TIMES NONCE "}", "sub", false },
                { "{" HEAD HEAD "\"aud\":\"linli\"," TIMES NONCE "}", "id_token", false }, /* a name twice: two readers may read two things */
                { "null", "id_token", false },
        };
        struct oidc_config c = config();
        for (size_t i = 0; i < COUNT(row); i++) {
                ARENA_AUTO a = { 0 };
                struct oidc_claims got = { .subject = STR("untouched") };
                struct err e = { 0 };
                int rc = oidc_claims_read(&a, str_of(row[i].json), &c, STR("n-1"), (struct instant){ MADE }, &got, &e);
                if (rc != (row[i].field ? ERR_AUTH : OK) || strcmp(e.field, row[i].field ? row[i].field : "") != 0 || got.second != row[i].second)
                        fail_msg("row %zu: %d %s %s", i, rc, e.field, e.en);
                CHECK(rc == OK || str_is(got.subject, "untouched"));
        }
}

static int check(struct arena *a, const char *token, int64_t now, struct oidc_claims *ret)
{
        struct oidc_config c = config();
        struct oidc_keys keys;
        CHECK_EQ(oidc_keys_read(a, str_of(test_keys), &keys, NULL), OK);
        return oidc_token_check(a, str_of(token), &keys, &c, STR("n-1"), (struct instant){ now }, ret, NULL);
}

TEST(signatures_hold_or_do_not)
{
        ARENA_AUTO a = { 0 };
        struct oidc_claims got = { 0 };
        CHECK_EQ(check(&a, token_rs, MADE, &got), OK);
        CHECK_STR(got.subject, "s-1001");
        CHECK_EQ(check(&a, token_ps, MADE, &got), OK);
        CHECK_EQ(check(&a, token_es, MADE, &got), OK);
        CHECK_EQ(check(&a, token_nokid, MADE, &got), OK); /* the only key of its kind */
        CHECK_EQ(check(&a, token_newkid, MADE, &got), ERR_NONE);
        CHECK_EQ(check(&a, token_none, MADE, &got), ERR_AUTH);
        CHECK_EQ(check(&a, token_crit, MADE, &got), ERR_AUTH);
        CHECK_EQ(check(&a, token_rs, MADE + US_PER_HOUR, &got), ERR_AUTH);
        CHECK_EQ(check(&a, "", MADE, &got), ERR_AUTH);
        CHECK_EQ(check(&a, "a.b", MADE, &got), ERR_AUTH);
        CHECK_EQ(check(&a, "e30.e30.e30", MADE, &got), ERR_AUTH);
}

/* One character anywhere: the token is another, or none. */
TEST(a_changed_token_is_refused)
{
        ARENA_AUTO a = { 0 };
        size_t n = strlen(token_es);
        for (size_t i = 0; i < n; i += 3) {
                struct oidc_claims got = { 0 };
                char *other = arena_strndup(&a, token_es, n);
                other[i] = other[i] == 'A' ? 'Q' : 'A';
                if (strcmp(other, token_es) != 0 && check(&a, other, MADE, &got) == OK)
                        fail_msg("character %zu", i);
        }
}

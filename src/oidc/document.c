#include "oidc/document.h"
#include <json-c/json.h>
#include "base/address.h"
#include "base/buf.h"
#include "base/json.h"

#define KID_MAX 200
#define MEMBERS_MAX 100 /* of a set, looked at */

static int wrong(struct err *err, const char *field, const char *zh, const char *en)
{
        return err_set(err, ERR_BAD, field, "%s%.0s", "%.0s%s", zh, en);
}

/* ---- discovery ------------------------------------------------------------------------------------------------------- */

static bool printable(struct str s)
{
        for (size_t i = 0; i < s.n; i++)
                if (s.p[i] <= ' ' || s.p[i] >= 0x7f)
                        return false;
        return s.n > 0;
}

/* A provider elsewhere may not point our server at a service of this machine. */
static int read_address(struct arena *a, struct json_object *o, const char *key, bool plain, const char **ret, struct err *err)
{
        struct str s = json_text(json_get(o, key));
        if (s.n > OIDC_ADDRESS_MAX || !printable(s) || (!plain && !str_starts(s, STR("https://"))) || str_find(s, STR("#")) >= 0)
                return wrong(err, key, "缺少或不是 https 网址", "is missing or no https address");
        *ret = str_c(a, s);
        return address_http_check(err, key, *ret);
}

/* Is @what among the strings of the list? An absent list says nothing: @absent. */
static bool list_has(struct json_object *list, const char *what, bool absent)
{
        if (!json_object_is_type(list, json_type_array))
                return absent;
        for (size_t i = 0; i < json_object_array_length(list); i++)
                if (str_is(json_text(json_object_array_get_idx(list, i)), what))
                        return true;
        return false;
}

int oidc_discovery_read(struct arena *a, struct str json, const char *issuer, struct oidc_discovery *ret, struct err *err)
{
        JSON_AUTO o = NULL;
        struct oidc_discovery d = { 0 };
        bool plain = str_starts(str_of(issuer), STR("http:"));
        int rc = json.n <= OIDC_DISCOVERY_BYTES ? json_parse(json, &o, NULL) : ERR_TOO_BIG;
        if (rc != OK || !json_object_is_type(o, json_type_object))
                return wrong(err, "discovery", "不是 JSON 文档", "is no JSON document");
        if (!str_is(json_text(json_get(o, "issuer")), issuer))
                return wrong(err, "issuer", "与设置的 issuer 不一致", "is not the issuer of the settings");
        if (!list_has(json_get(o, "code_challenge_methods_supported"), "S256", true))
                return wrong(err, "code_challenge_methods_supported", "不支持 S256", "does not have S256");
        rc = read_address(a, o, "authorization_endpoint", plain, &d.authorize, err);
        if (rc == OK)
                rc = read_address(a, o, "token_endpoint", plain, &d.token, err);
        if (rc == OK)
                rc = read_address(a, o, "jwks_uri", plain, &d.keys, err);
        if (rc != OK)
                return rc;
        struct json_object *ways = json_get(o, "token_endpoint_auth_methods_supported");
        d.secret_in_form = !list_has(ways, "client_secret_basic", true) && list_has(ways, "client_secret_post", false);
        d.says_issuer = json_object_get_boolean(json_get(o, "authorization_response_iss_parameter_supported"));
        *ret = d;
        return OK;
}

/* ---- keys ------------------------------------------------------------------------------------------------------------ */

static bool base64url(struct str s, size_t least, size_t most)
{
        for (size_t i = 0; i < s.n; i++) {
                char c = s.p[i];
                if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'))
                        return false;
        }
        return s.n >= least && s.n <= most;
}

/* Only what a signature is checked with is taken over: whatever else a key brings cannot matter. */
static struct str public_part(struct arena *a, const char *type, const char *const *name, const struct str *value, size_t n)
{
        BUF_AUTO out = BUF(4096);
        struct json j = json_to(&out);
        json_open(&j);
        json_kc(&j, "kty", type);
        for (size_t i = 0; i < n; i++)
                json_kstr(&j, name[i], value[i]);
        json_close(&j);
        return str_dup(a, buf_view(&out));
}

static bool read_rsa(struct arena *a, struct json_object *o, struct oidc_key *ret)
{
        static const char *const names[] = { "n", "e" };
        struct str value[] = { json_text(json_get(o, "n")), json_text(json_get(o, "e")) };
        if (!base64url(value[0], 342, 1366) || !base64url(value[1], 2, 11))
                return false;
        ret->type = OIDC_RSA;
        ret->jwk = public_part(a, "RSA", names, value, COUNT(names));
        return ret->alg.n == 0 || str_is(ret->alg, "RS256") || str_is(ret->alg, "PS256");
}

static bool read_p256(struct arena *a, struct json_object *o, struct oidc_key *ret)
{
        static const char *const names[] = { "crv", "x", "y" };
        struct str value[] = { json_text(json_get(o, "crv")), json_text(json_get(o, "x")), json_text(json_get(o, "y")) };
        if (!str_is(value[0], "P-256") || !base64url(value[1], 43, 43) || !base64url(value[2], 43, 43))
                return false;
        ret->type = OIDC_P256;
        ret->jwk = public_part(a, "EC", names, value, COUNT(names));
        return ret->alg.n == 0 || str_is(ret->alg, "ES256");
}

static bool read_key(struct arena *a, struct json_object *o, struct oidc_key *ret)
{
        struct str type = json_text(json_get(o, "kty")), use = json_text(json_get(o, "use"));
        struct json_object *kid = json_get(o, "kid");
        *ret = (struct oidc_key){ .kid = str_dup(a, json_text(kid)), .alg = str_dup(a, json_text(json_get(o, "alg"))) };
        if ((use.n && !str_is(use, "sig")) || ret->kid.n > KID_MAX || (kid && !json_text(kid).n))
                return false;
        return str_is(type, "RSA") ? read_rsa(a, o, ret) : str_is(type, "EC") && read_p256(a, o, ret);
}

int oidc_keys_read(struct arena *a, struct str json, struct oidc_keys *ret, struct err *err)
{
        JSON_AUTO o = NULL;
        int rc = json.n <= OIDC_KEYS_BYTES ? json_parse(json, &o, NULL) : ERR_TOO_BIG;
        struct json_object *keys = rc == OK ? json_get(o, "keys") : NULL;
        if (!json_object_is_type(keys, json_type_array))
                return wrong(err, "keys", "不是密钥集", "is no set of keys");
        ret->n = 0;
        for (size_t i = 0; i < json_object_array_length(keys) && i < MEMBERS_MAX && ret->n < OIDC_KEYS_MAX; i++)
                ret->n += read_key(a, json_object_array_get_idx(keys, i), &ret->row[ret->n]);
        return OK;
}

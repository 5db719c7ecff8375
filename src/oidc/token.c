#include "oidc/token.h"
#include <json-c/json.h>
#include <sodium.h>
#include "base/json.h"
#include "oidc/inner/jws.h"

#define AUDIENCES_MAX 16
#define FACTORS_READ_MAX 32

static int refuse(struct err *err, const char *what, const char *zh, const char *en)
{
        return err_set(err, ERR_AUTH, what, "%s%.0s", "%.0s%s", zh, en);
}

/* ---- claims ---------------------------------------------------------------------------------------------------------- */

/* For us alone; where others are named too, it must say that it was given to us. */
static int check_audience(struct json_object *o, const char *us, struct err *err)
{
        struct json_object *aud = json_get(o, "aud"), *azp = json_get(o, "azp");
        bool ours = str_is(json_text(aud), us);
        size_t n = json_object_is_type(aud, json_type_array) ? json_object_array_length(aud) : 1;
        for (size_t i = 0; json_object_is_type(aud, json_type_array) && i < n && i < AUDIENCES_MAX; i++)
                ours = ours || str_is(json_text(json_object_array_get_idx(aud, i)), us);
        if (!ours || n > AUDIENCES_MAX)
                return refuse(err, "aud", "不是发给本系统的", "is not meant for this client");
        if ((azp || n > 1) && !str_is(json_text(azp), us))
                return refuse(err, "azp", "是发给别的系统的", "was given to another client");
        return OK;
}

/* Seconds since 1970, whole or not; false when it is no number of a sensible time. */
static bool time_of(struct json_object *n, int64_t *ret_us)
{
        if (!json_object_is_type(n, json_type_int) && !json_object_is_type(n, json_type_double))
                return false;
        double s = json_object_get_double(n);
        if (!(s > 0 && s < 1e11))
                return false;
        *ret_us = (int64_t)s * US_PER_SECOND;
        return true;
}

static int check_times(struct json_object *o, struct instant now, struct err *err)
{
        int64_t made, over, from;
        struct json_object *nbf = json_get(o, "nbf");
        if (!time_of(json_get(o, "exp"), &over) || over + OIDC_LEEWAY_US <= now.us)
                return refuse(err, "exp", "已过期", "is over");
        if (!time_of(json_get(o, "iat"), &made) || made - OIDC_LEEWAY_US > now.us || made + OIDC_AGE_US < now.us)
                return refuse(err, "iat", "签发时间不对，请核对两边的时钟", "was not made just now; compare the clocks of both sides");
        if (nbf && (!time_of(nbf, &from) || from - OIDC_LEEWAY_US > now.us))
                return refuse(err, "nbf", "尚未生效", "does not hold yet");
        return OK;
}

static bool same(struct str a, struct str b)
{
        return a.n == b.n && a.n > 0 && sodium_memcmp(a.p, b.p, a.n) == 0;
}

static bool among(struct str s, const struct oidc_factors *f)
{
        for (size_t i = 0; i < f->n; i++)
                if (s.n && str_eq(s, f->value[i]))
                        return true;
        return false;
}

static bool second_factor(struct json_object *o, const struct oidc_config *c)
{
        struct json_object *amr = json_get(o, "amr");
        bool said = among(json_text(json_get(o, "acr")), &c->acr);
        for (size_t i = 0; json_object_is_type(amr, json_type_array) && i < json_object_array_length(amr) && i < FACTORS_READ_MAX; i++)
                said = said || among(json_text(json_object_array_get_idx(amr, i)), &c->amr);
        return said;
}

static bool subject_well(struct str s)
{
        return s.n > 0 && s.n <= OIDC_SUBJECT_MAX && utf8_valid(s) && !utf8_has_control(s) && !memchr(s.p, '\n', s.n) && !memchr(s.p, '\t', s.n);
}

int oidc_claims_read(struct arena *a, struct str json, const struct oidc_config *c, struct str nonce, struct instant now, struct oidc_claims *ret,
                     struct err *err)
{
        JSON_AUTO o = NULL;
        if (json_parse(json, &o, NULL) != OK || !json_object_is_type(o, json_type_object))
                return refuse(err, "id_token", "不是 JSON", "is no JSON");
        if (!str_is(json_text(json_get(o, "iss")), c->issuer))
                return refuse(err, "iss", "不是所设的 issuer", "is not the issuer of the settings");
        int rc = check_audience(o, c->client_id, err);
        if (rc == OK)
                rc = check_times(o, now, err);
        if (rc != OK)
                return rc;
        if (!same(json_text(json_get(o, "nonce")), nonce))
                return refuse(err, "nonce", "不是对这次登录的回答", "does not answer this sign-in");
        struct str subject = json_text(json_get(o, "sub"));
        if (!subject_well(subject))
                return refuse(err, "sub", "缺少或写法不对", "is missing or not well formed");
        *ret = (struct oidc_claims){ str_dup(a, subject), second_factor(o, c) };
        return OK;
}

/* ---- signature ------------------------------------------------------------------------------------------------------- */

struct signed_by {
        struct jws_header header;
        enum oidc_key_type type;
};

static bool header_well(const struct jws_header *h, struct signed_by *ret)
{
        if (h->critical || !h->alg) /* extensions that must be understood are not */
                return false;
        *ret = (struct signed_by){ *h, strcmp(h->alg, "ES256") == 0 ? OIDC_P256 : OIDC_RSA };
        return ret->type == OIDC_P256 || strcmp(h->alg, "RS256") == 0 || strcmp(h->alg, "PS256") == 0;
}

/* The one key that is named; where none is named, the only one there is. */
static const struct oidc_key *key_of(const struct oidc_keys *keys, const struct signed_by *by)
{
        const struct oidc_key *found = NULL;
        for (size_t i = 0; i < keys->n; i++) {
                const struct oidc_key *k = &keys->row[i];
                if (k->type != by->type || (k->alg.n && !str_is(k->alg, by->header.alg)) || (by->header.kid && !str_is(k->kid, by->header.kid)))
                        continue;
                if (found)
                        return NULL;
                found = k;
        }
        return found;
}

/* Three parts of base64url and two dots: what a compact token is, before a library looks at it. */
static bool compact(struct str s)
{
        size_t dots = 0, part = 0;
        for (size_t i = 0; i < s.n; i++) {
                char c = s.p[i];
                if (c == '.') {
                        if (part == 0)
                                return false;
                        dots++;
                        part = 0;
                } else if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_') {
                        part++;
                } else {
                        return false;
                }
        }
        return dots == 2 && part > 0 && s.n <= OIDC_TOKEN_BYTES;
}

int oidc_token_check(struct arena *a, struct str token, const struct oidc_keys *keys, const struct oidc_config *c, struct str nonce, struct instant now,
                     struct oidc_claims *ret, struct err *err)
{
        struct jws_header header;
        struct signed_by by;
        struct str claims;
        JWS_AUTO jws = compact(token) ? jws_open(token, &header) : NULL;
        if (!jws)
                return refuse(err, "id_token", "不是签名的令牌", "is no signed token");
        if (!header_well(&header, &by))
                return refuse(err, "alg", "不用 RS256、PS256、ES256 签名，或有不认识的扩展", "is not signed with RS256, PS256 or ES256, or has extensions nobody knows");
        const struct oidc_key *k = key_of(keys, &by);
        if (!k)
                return err_set(err, ERR_NONE, "kid", "没有这个签名密钥", "There is no such key");
        if (!jws_verify(jws, k->jwk))
                return refuse(err, "signature", "签名不对", "does not hold");
        if (!jws_content(jws, &claims))
                return refuse(err, "id_token", "没有内容", "has no content");
        return oidc_claims_read(a, claims, c, nonce, now, ret, err);
}

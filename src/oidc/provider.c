#include "oidc/provider.h"
#include <curl/curl.h>
#include <pthread.h>
#include <sodium.h>
#include "base/address.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/log.h"

#define ANSWER_BYTES ((size_t)64 << 10)
#define WELL_KNOWN "/.well-known/openid-configuration"

/* A document as it came, and when. */
struct kept {
        struct buf text;
        struct instant at;
};
struct oidc_provider {
        const struct oidc_config *config;
        pthread_mutex_t lock;
        struct kept discovery, keys;
        struct instant fetched_from; /* keys fetched since then, in five minutes */
        int fetched;
        struct instant down_until;
};

struct oidc_provider *oidc_provider_new(struct arena *a, const struct oidc_config *config)
{
        struct oidc_provider *p = arena_new(a, struct oidc_provider);
        *p = (struct oidc_provider){ .config = config, .discovery = { .text = BUF(OIDC_DISCOVERY_BYTES) }, .keys = { .text = BUF(OIDC_KEYS_BYTES) } };
        pthread_mutex_init(&p->lock, NULL);
        return p;
}

void oidc_provider_end(struct oidc_provider *p)
{
        if (!p)
                return;
        buf_free(&p->discovery.text);
        buf_free(&p->keys.text);
        pthread_mutex_destroy(&p->lock);
}

const struct oidc_config *oidc_provider_config(const struct oidc_provider *p)
{
        return p->config;
}

/* ---- one question ---------------------------------------------------------------------------------------------------- */

static int unreachable(struct ctx *ctx)
{
        return err_set(ctx->err, ERR_BUSY, "provider", "统一身份认证暂时连不上，请稍后再试，或用密码登录",
                       "The sign-in service cannot be reached at the moment; try again later, or sign in with a password");
}

/* Whoever just did not answer is not asked again at once. */
static bool left_alone(struct oidc_provider *p, struct instant now)
{
        pthread_mutex_lock(&p->lock);
        bool down = now.us < p->down_until.us;
        pthread_mutex_unlock(&p->lock);
        return down;
}

static void did_not_answer(struct oidc_provider *p, struct instant now)
{
        pthread_mutex_lock(&p->lock);
        p->down_until = (struct instant){ now.us + (OIDC_SECONDS * US_PER_SECOND) + OIDC_DOWN_US };
        pthread_mutex_unlock(&p->lock);
}

/* @set: what more to say on the handle; NULL = a plain GET. *ret_status is 0 when nothing came. */
static int ask(struct oidc_provider *p, struct ctx *ctx, const char *url, void (*set)(CURL *, void *), void *arg, struct buf *ret, long *ret_status)
{
        CURL *c = left_alone(p, ctx->now) ? NULL : curl_easy_init();
        if (!c)
                return unreachable(ctx);
        address_options(c, p->config->plain ? "http,https" : "https", p->config->ca, OIDC_SECONDS, ret);
        curl_easy_setopt(c, CURLOPT_URL, url);
        if (set)
                set(c, arg);
        CURLcode rc = curl_easy_perform(c);
        *ret_status = 0;
        curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, ret_status);
        curl_easy_cleanup(c);
        if (rc == CURLE_OK && *ret_status < 500)
                return OK;
        log_warn("oidc: %s did not answer (%s, status %ld)", url, curl_easy_strerror(rc), *ret_status);
        did_not_answer(p, ctx->now);
        return unreachable(ctx);
}

static int nonsense(struct ctx *ctx, const char *what, const struct err *why)
{
        log_warn("oidc: %s: %s: %s", what, why->field, err_text(why, LANG_EN));
        return unreachable(ctx);
}

/* ---- what is kept ---------------------------------------------------------------------------------------------------- */

/* A copy of what is kept, when it is fresh. */
static bool kept_get(struct oidc_provider *p, struct kept *k, struct ctx *ctx, struct str *ret)
{
        pthread_mutex_lock(&p->lock);
        bool fresh = k->text.n > 0 && ctx->now.us - k->at.us < OIDC_KEPT_US;
        if (fresh)
                *ret = str_dup(ctx->arena, buf_view(&k->text));
        pthread_mutex_unlock(&p->lock);
        return fresh;
}

static void kept_set(struct oidc_provider *p, struct kept *k, struct ctx *ctx, struct str text)
{
        pthread_mutex_lock(&p->lock);
        buf_clear(&k->text);
        buf_str(&k->text, text);
        k->at = ctx->now;
        pthread_mutex_unlock(&p->lock);
}

static int get_document(struct oidc_provider *p, struct ctx *ctx, const char *url, size_t max, struct str *ret)
{
        BUF_AUTO out = BUF(max);
        long status;
        int rc = ask(p, ctx, url, NULL, NULL, &out, &status);
        if (rc != OK)
                return rc;
        if (status != 200) {
                log_warn("oidc: %s answered %ld", url, status);
                return unreachable(ctx);
        }
        *ret = str_dup(ctx->arena, buf_view(&out));
        return OK;
}

static int discover(struct oidc_provider *p, struct ctx *ctx, struct oidc_discovery *ret)
{
        struct str issuer = str_of(p->config->issuer), text;
        struct err why = { 0 };
        bool kept = kept_get(p, &p->discovery, ctx, &text);
        if (issuer.p[issuer.n - 1] == '/')
                issuer.n--;
        int rc = kept ? OK : get_document(p, ctx, str_printf(ctx->arena, STR_FMT WELL_KNOWN, STR_ARG(issuer)).p, OIDC_DISCOVERY_BYTES, &text);
        if (rc != OK)
                return rc;
        if (oidc_discovery_read(ctx->arena, text, p->config->issuer, ret, &why) != OK)
                return nonsense(ctx, "discovery", &why);
        if (!kept)
                kept_set(p, &p->discovery, ctx, text);
        return OK;
}

/* Tokens with made-up keys may not make us ask for ever. */
static bool may_fetch_keys(struct oidc_provider *p, struct instant now)
{
        pthread_mutex_lock(&p->lock);
        if (now.us - p->fetched_from.us >= OIDC_FETCH_US || now.us < p->fetched_from.us) {
                p->fetched_from = now;
                p->fetched = 0;
        }
        bool may = p->fetched < OIDC_FETCH_MAX;
        p->fetched += may;
        pthread_mutex_unlock(&p->lock);
        return may;
}

static int keys_of(struct oidc_provider *p, struct ctx *ctx, const struct oidc_discovery *d, bool anew, struct oidc_keys *ret)
{
        struct str text;
        struct err why = { 0 };
        bool kept = !anew && kept_get(p, &p->keys, ctx, &text);
        if (!kept && !may_fetch_keys(p, ctx->now))
                return unreachable(ctx);
        int rc = kept ? OK : get_document(p, ctx, d->keys, OIDC_KEYS_BYTES, &text);
        if (rc != OK)
                return rc;
        if (oidc_keys_read(ctx->arena, text, ret, &why) != OK)
                return nonsense(ctx, "keys", &why);
        if (!kept)
                kept_set(p, &p->keys, ctx, text);
        return OK;
}

/* ---- out to the provider --------------------------------------------------------------------------------------------- */

/* application/x-www-form-urlencoded: what is not a letter, a digit or - . _ ~ is written as %XX. */
static void form_add(struct buf *out, const char *name, struct str value)
{
        static const char hex[] = "0123456789ABCDEF";
        buf_printf(out, "%s%s=", out->n ? "&" : "", name);
        for (size_t i = 0; i < value.n; i++) {
                unsigned char c = (unsigned char)value.p[i];
                if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || strchr("-._~", c ? c : ' ')) {
                        buf_char(out, (char)c);
                } else {
                        buf_char(out, '%');
                        buf_char(out, hex[c >> 4]);
                        buf_char(out, hex[c & 15]);
                }
        }
}

/* RFC 7636: S256. */
static struct str challenge_of(struct arena *a, struct str verifier)
{
        unsigned char hash[crypto_hash_sha256_BYTES];
        char text[sodium_base64_ENCODED_LEN(sizeof hash, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
        crypto_hash_sha256(hash, (const unsigned char *)verifier.p, verifier.n);
        sodium_bin2base64(text, sizeof text, hash, sizeof hash, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        return str_dup(a, str_of(text));
}

int oidc_authorize(struct oidc_provider *p, struct ctx *ctx, const struct oidc_question *q, struct str *ret)
{
        struct oidc_discovery d;
        BUF_AUTO out = BUF(8 << 10);
        int rc = discover(p, ctx, &d);
        if (rc != OK)
                return rc;
        form_add(&out, "response_type", STR("code"));
        form_add(&out, "client_id", str_of(p->config->client_id));
        form_add(&out, "redirect_uri", str_of(q->redirect));
        form_add(&out, "scope", STR("openid"));
        form_add(&out, "state", q->state);
        form_add(&out, "nonce", q->nonce);
        form_add(&out, "code_challenge", challenge_of(ctx->arena, q->verifier));
        form_add(&out, "code_challenge_method", STR("S256"));
        *ret = str_printf(ctx->arena, "%s%c" STR_FMT, d.authorize, strchr(d.authorize, '?') ? '&' : '?', STR_ARG(buf_view(&out)));
        return out.over ? unreachable(ctx) : OK;
}

bool oidc_says_issuer(struct oidc_provider *p)
{
        ARENA_AUTO a = { 0 };
        struct ctx ctx = { .arena = &a };
        struct oidc_discovery d;
        struct str text = { 0 };
        pthread_mutex_lock(&p->lock);
        if (p->discovery.text.n)
                text = str_dup(ctx.arena, buf_view(&p->discovery.text));
        pthread_mutex_unlock(&p->lock);
        return text.n && oidc_discovery_read(&a, text, p->config->issuer, &d, NULL) == OK && d.says_issuer;
}

/* ---- back from it ---------------------------------------------------------------------------------------------------- */

struct posting {
        const struct oidc_config *config;
        struct str form;
        bool secret_in_form;
        const char *user, *secret; /* written as a form writes them: RFC 6749, 2.3.1 */
};

static void set_post(CURL *c, void *arg)
{
        const struct posting *o = arg;
        curl_easy_setopt(c, CURLOPT_POST, 1L);
        curl_easy_setopt(c, CURLOPT_POSTFIELDS, o->form.p);
        curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)o->form.n);
        if (o->secret_in_form)
                return;
        curl_easy_setopt(c, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
        curl_easy_setopt(c, CURLOPT_USERNAME, o->user);
        curl_easy_setopt(c, CURLOPT_PASSWORD, o->secret);
}

static const char *encoded(struct arena *a, const char *text)
{
        BUF_AUTO out = BUF(4 << 10);
        form_add(&out, "", str_of(text));
        return str_c(a, (struct str){ out.p + 1, out.n - 1 });
}

static int token_of(struct oidc_provider *p, struct ctx *ctx, const struct oidc_discovery *d, const struct oidc_question *q, struct str code,
                    struct str *ret)
{
        BUF_AUTO form = BUF(16 << 10);
        BUF_AUTO answer = BUF(ANSWER_BYTES);
        JSON_AUTO o = NULL;
        long status;
        form_add(&form, "grant_type", STR("authorization_code"));
        form_add(&form, "code", code);
        form_add(&form, "redirect_uri", str_of(q->redirect));
        form_add(&form, "code_verifier", q->verifier);
        if (d->secret_in_form) {
                form_add(&form, "client_id", str_of(p->config->client_id));
                form_add(&form, "client_secret", str_of(p->config->client_secret));
        }
        struct posting post = { p->config, buf_view(&form), d->secret_in_form, encoded(ctx->arena, p->config->client_id),
                                encoded(ctx->arena, p->config->client_secret) };
        int rc = ask(p, ctx, d->token, set_post, &post, &answer, &status);
        sodium_memzero(form.p, form.n);
        if (rc != OK)
                return rc;
        if (status == 200 && json_parse(buf_view(&answer), &o, NULL) == OK)
                *ret = str_dup(ctx->arena, json_text(json_get(o, "id_token")));
        if (status == 200 && o && ret->n)
                return OK;
        log_warn("oidc: the token address answered %ld%s", status, status == 200 ? " without an ID token" : "");
        return ERR_AUTH;
}

int oidc_redeem(struct oidc_provider *p, struct ctx *ctx, const struct oidc_question *q, struct str code, struct oidc_claims *ret)
{
        struct oidc_discovery d;
        struct oidc_keys *keys = arena_new(ctx->arena, struct oidc_keys);
        struct err why = { 0 };
        struct str token = { 0 };
        int rc = code.n <= OIDC_CODE_MAX ? discover(p, ctx, &d) : ERR_AUTH;
        if (rc == OK)
                rc = token_of(p, ctx, &d, q, code, &token);
        if (rc == OK)
                rc = keys_of(p, ctx, &d, false, keys);
        if (rc != OK)
                return rc;
        rc = oidc_token_check(ctx->arena, token, keys, p->config, q->nonce, ctx->now, ret, &why);
        if (rc == ERR_NONE) { /* the provider has changed its keys, or somebody makes keys up */
                rc = keys_of(p, ctx, &d, true, keys);
                if (rc != OK)
                        return rc;
                rc = oidc_token_check(ctx->arena, token, keys, p->config, q->nonce, ctx->now, ret, &why);
        }
        if (rc == OK)
                return OK;
        log_warn("oidc: an ID token was refused: %s: %s", why.field, err_text(&why, LANG_EN));
        return ERR_AUTH;
}

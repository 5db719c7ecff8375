#include "notice/inner/request.h"
#include <sodium.h>
#include "base/buf.h"
#include "base/json.h"

#define REQUEST_BYTES 65536

/* ---- short messages -------------------------------------------------------------------------------------------------- */

static void put_json(struct buf *out, struct str s)
{
        BUF_AUTO quoted = BUF(REQUEST_BYTES);
        struct json j = json_to(&quoted);
        json_str(&j, s);
        if (quoted.n >= 2)
                buf_add(out, quoted.p + 1, quoted.n - 2); /* the quotes stand in the template */
}

static void put_form(struct buf *out, struct str s)
{
        for (size_t i = 0; i < s.n; i++) {
                unsigned char c = (unsigned char)s.p[i];
                bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || memchr("-._~", c, 4);
                if (plain)
                        buf_char(out, (char)c);
                else
                        buf_printf(out, "%%%02X", c);
        }
}

struct str sms_request_body(struct arena *a, const struct notice_config *c, struct str phone, struct str text, int64_t id)
{
        const struct {
                struct str name, value;
        } slot[] = { { STR("{phone}"), phone }, { STR("{text}"), text }, { STR("{id}"), str_printf(a, "%lld", (long long)id) } };
        BUF_AUTO out = BUF(REQUEST_BYTES);
        struct str rest = c->sms_body;
        while (rest.n) {
                size_t k = 0;
                while (k < COUNT(slot) && !str_starts(rest, slot[k].name))
                        k++;
                size_t n = k < COUNT(slot) ? slot[k].name.n : 1;
                if (k == COUNT(slot))
                        buf_char(&out, *rest.p);
                else
                        (c->sms_type == SMS_FORM ? put_form : put_json)(&out, slot[k].value);
                rest = (struct str){ rest.p + n, rest.n - n };
        }
        return str_dup(a, buf_view(&out));
}

/* ---- webhooks -------------------------------------------------------------------------------------------------------- */

bool hook_wants(const struct notice_hook *h, struct str event)
{
        for (size_t i = 0; i < h->n_events; i++)
                if (str_eq(h->event[i], event))
                        return true;
        return h->n_events == 0;
}

struct str hook_body(struct arena *a, int64_t town, const struct notice *n)
{
        BUF_AUTO out = BUF(REQUEST_BYTES);
        struct json j = json_to(&out);
        json_open(&j);
        json_kstr(&j, "type", str_printf(a, "matter.%.*s", STR_ARG(n->why)));
        json_kinstant(&j, "timestamp", n->at);
        json_key(&j, "data");
        json_open(&j);
        json_kstr(&j, "town", str_printf(a, "%lld", (long long)town));
        json_kid(&j, "matter", n->matter);
        json_kint(&j, "n", n->n);
        json_kstr(&j, "state", n->step);
        json_kstr(&j, "unit", n->unit);
        json_kinstant(&j, "due", n->due);
        json_kbool(&j, "urgent", n->urgent);
        json_close(&j);
        json_close(&j);
        return str_dup(a, buf_view(&out));
}

struct hook_headers hook_sign(struct arena *a, const struct notice_hook *h, int64_t id, struct instant now, struct str body)
{
        unsigned char mac[crypto_auth_hmacsha256_BYTES];
        char text[sodium_base64_ENCODED_LEN(sizeof(mac), sodium_base64_VARIANT_ORIGINAL)];
        crypto_auth_hmacsha256_state s;
        const char *msg = arena_printf(a, "msg_%lld", (long long)id), *at = arena_printf(a, "%lld", (long long)(now.us / US_PER_SECOND));
        struct str lead = str_printf(a, "%s.%s.", msg, at);
        crypto_auth_hmacsha256_init(&s, h->secret, h->n_secret);
        crypto_auth_hmacsha256_update(&s, (const unsigned char *)lead.p, lead.n);
        crypto_auth_hmacsha256_update(&s, (const unsigned char *)body.p, body.n);
        crypto_auth_hmacsha256_final(&s, mac);
        sodium_bin2base64(text, sizeof(text), mac, sizeof(mac), sodium_base64_VARIANT_ORIGINAL);
        return (struct hook_headers){ msg, at, arena_printf(a, "v1,%s", text) };
}

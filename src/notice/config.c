#include "notice/config.h"
#include <sodium.h>
#include "base/address.h"
#include "base/json.h"
#include "base/settings.h"
#include "notice/inner/request.h"
#include "people/mask.h"

struct reading {
        struct settings s;
        struct notice_config *c;
};

static const char *text_of(struct reading *r, const struct yaml_node *map, const char *key)
{
        struct str s = str_trim(yaml_text(yaml_get(map, key)));
        return s.n ? str_c(&r->c->arena, s) : NULL;
}

/* ---- the parts ------------------------------------------------------------------------------------------------------- */

static int read_headers(struct reading *r, const struct yaml_node *n)
{
        struct notice_config *c = r->c;
        if (!n)
                return OK;
        if (n->kind != YAML_MAP || n->n > SMS_HEADERS_MAX)
                return settings_wrong(&r->s, n->line, "sms.headers", "应为“名称: 值”，至多 8 个", "needs names and values, 8 at most");
        for (size_t i = 0; i < n->n; i++) {
                struct str v = yaml_text(n->item[i]);
                if (!code_valid(n->key[i]) || utf8_has_control(v) || str_find(v, STR("\n")) >= 0)
                        return settings_wrong(&r->s, n->line, "sms.headers", "名称或值写法不对", "a name or value is not well formed");
                c->sms_header[c->n_sms_headers++] = arena_printf(&c->arena, "%.*s: %.*s", STR_ARG(n->key[i]), STR_ARG(v));
        }
        return OK;
}

static int read_sms(struct reading *r, const struct yaml_node *n)
{
        static const char *const keys[] = { "url", "headers", "type", "body", NULL };
        struct notice_config *c = r->c;
        if (!n)
                return OK;
        int rc = settings_keys(&r->s, n, "sms", keys);
        if (rc != OK)
                return rc;
        struct str type = yaml_text(yaml_get(n, "type"));
        c->sms_url = text_of(r, n, "url");
        c->sms_body = str_dup(&c->arena, str_trim(yaml_text(yaml_get(n, "body"))));
        c->sms_type = str_is(type, "form") ? SMS_FORM : SMS_JSON;
        if (type.n && !str_is(type, "form") && !str_is(type, "json"))
                return settings_wrong(&r->s, n->line, "sms.type", "应为 json 或 form", "needs json or form");
        rc = settings_at(&r->s, n->line, address_http_check(r->s.err, "sms.url", c->sms_url));
        if (rc == OK)
                rc = read_headers(r, yaml_get(n, "headers"));
        if (rc == OK && (str_find(c->sms_body, STR("{phone}")) < 0 || str_find(c->sms_body, STR("{text}")) < 0))
                rc = settings_wrong(&r->s, n->line, "sms.body", "要有 {phone} 和 {text}", "needs {phone} and {text}");
        struct str sample = sms_request_body(&c->arena, c, STR("13800000000"), STR("\"一\n{id}"), 1);
        JSON_AUTO doc = NULL;
        if (rc == OK && c->sms_type == SMS_JSON && json_parse(sample, &doc, NULL) != OK)
                rc = settings_wrong(&r->s, n->line, "sms.body", "填好后不是 JSON；占位符写在引号里", "is no JSON when filled in; placeholders stand inside quotes");
        return rc;
}

static int read_mail(struct reading *r, const struct yaml_node *n)
{
        static const char *const keys[] = { "url", "user", "password", "from", NULL };
        struct notice_config *c = r->c;
        if (!n)
                return OK;
        int rc = settings_keys(&r->s, n, "mail", keys);
        if (rc != OK)
                return rc;
        c->mail_url = text_of(r, n, "url");
        c->mail_user = text_of(r, n, "user");
        c->mail_password = text_of(r, n, "password");
        c->mail_from = text_of(r, n, "from");
        rc = c->mail_url ? settings_at(&r->s, n->line, address_check(r->s.err, "mail.url", c->mail_url, "smtp", "smtps", &c->mail_tls)) : settings_wrong(&r->s, n->line, "mail.url", "缺少网址", "an address is missing");
        if (rc == OK && !(c->mail_from && mail_valid(str_of(c->mail_from))))
                rc = settings_wrong(&r->s, n->line, "mail.from", "应为邮箱地址", "needs a mail address");
        if (rc == OK && !c->mail_user != !c->mail_password)
                rc = settings_wrong(&r->s, n->line, "mail.user", "user 和 password 要一起给", "user and password go together");
        return rc;
}

static int read_secret(struct reading *r, const struct yaml_node *n, struct notice_hook *h)
{
        static const struct str lead = { "whsec_", 6 };
        struct str s = yaml_text(yaml_get(n, "secret"));
        if (str_starts(s, lead))
                s = (struct str){ s.p + lead.n, s.n - lead.n };
        if (sodium_base642bin(h->secret, sizeof(h->secret), s.p ? s.p : "", s.n, NULL, &h->n_secret, NULL, sodium_base64_VARIANT_ORIGINAL) != 0 ||
            h->n_secret < 24)
                return settings_wrong(&r->s, n->line, "hooks.secret", "应为 whsec_ 加 24 到 64 字节的 base64", "needs whsec_ and the base64 of 24 to 64 bytes");
        return OK;
}

static int read_events(struct reading *r, struct notice_hook *h, const struct yaml_node *n)
{
        if (n && (n->kind != YAML_LIST || n->n > HOOK_EVENTS_MAX))
                return settings_wrong(&r->s, n->line, "hooks.events", "应为至多 32 个事件名", "needs a list of at most 32 events");
        for (size_t i = 0; n && i < n->n; i++) {
                struct str e = yaml_text(n->item[i]);
                if (!code_valid(e))
                        return settings_wrong(&r->s, n->line, "hooks.events", "事件名写法不对", "an event is not well formed");
                h->event[h->n_events++] = str_dup(&r->c->arena, e);
        }
        return OK;
}

static int read_hook(struct reading *r, const struct yaml_node *n)
{
        static const char *const keys[] = { "name", "url", "secret", "town", "events", NULL };
        struct notice_config *c = r->c;
        struct notice_hook *h = &c->hook[c->n_hooks];
        int rc = settings_keys(&r->s, n, "hooks", keys);
        if (rc != OK)
                return rc;
        struct str town = yaml_text(yaml_get(n, "town"));
        h->name = str_dup(&c->arena, yaml_text(yaml_get(n, "name")));
        h->url = text_of(r, n, "url");
        rc = settings_at(&r->s, n->line, address_http_check(r->s.err, "hooks.url", h->url));
        if (rc == OK && !code_valid(h->name))
                rc = settings_wrong(&r->s, n->line, "hooks.name", "应为 1 到 64 个字母、数字或 . _ -", "needs 1 to 64 letters, digits or . _ -");
        for (size_t i = 0; rc == OK && i < c->n_hooks; i++)
                if (str_eq(c->hook[i].name, h->name))
                        rc = settings_wrong(&r->s, n->line, "hooks.name", "名称重复", "a name stands twice");
        if (rc == OK && town.n && str_int(town, INT64_C(100000000000), INT64_C(999999999999), &h->town) != OK)
                rc = settings_wrong(&r->s, n->line, "hooks.town", "应为 12 位区划代码", "needs a 12-digit division code");
        if (rc == OK)
                rc = read_secret(r, n, h);
        if (rc == OK)
                rc = read_events(r, h, yaml_get(n, "events"));
        c->n_hooks++;
        return rc;
}

static int read_hooks(struct reading *r, const struct yaml_node *n)
{
        int rc = OK;
        if (n && (n->kind != YAML_LIST || n->n > NOTICE_HOOKS_MAX))
                return settings_wrong(&r->s, n->line, "hooks", "应为列表，至多 16 个", "needs a list of at most 16");
        for (size_t i = 0; n && i < n->n && rc == OK; i++)
                rc = read_hook(r, n->item[i]);
        return rc;
}

static int read_root(struct reading *r, const struct yaml_node *root)
{
        static const char *const keys[] = { "link", "ca", "sms", "mail", "hooks", NULL };
        int rc = settings_keys(&r->s, root, "", keys);
        if (rc != OK)
                return rc;
        r->c->link = text_of(r, root, "link");
        r->c->ca = text_of(r, root, "ca");
        rc = read_sms(r, yaml_get(root, "sms"));
        if (rc == OK)
                rc = read_mail(r, yaml_get(root, "mail"));
        return rc == OK ? read_hooks(r, yaml_get(root, "hooks")) : rc;
}

static int read_text(const char *name, struct str text, void *arg, struct err *err)
{
        struct notice_config *ret = arg;
        struct reading r = { { name, &ret->arena, err }, ret };
        struct yaml_node *root;
        *ret = (struct notice_config){ 0 };
        int rc = settings_open(&r.s, text, &root);
        if (rc == OK)
                rc = root ? read_root(&r, root) : settings_wrong(&r.s, 1, "", "应为“键: 值”", "needs keys and values");
        if (!ret->link)
                ret->link = "";
        if (rc != OK)
                notice_config_free(ret);
        return rc;
}

int notice_config_read(const char *name, struct str text, struct notice_config *ret, struct err *err)
{
        return read_text(name, text, ret, err);
}

int notice_config_load(const char *path, struct notice_config *ret, struct err *err)
{
        return settings_load(path, read_text, ret, err);
}

void notice_config_free(struct notice_config *c)
{
        arena_free(&c->arena);
        sodium_memzero(c, sizeof(*c));
}

void notice_ways_of(const struct notice_config *c, int64_t town, struct notice_ways *ret)
{
        *ret = (struct notice_ways){ .sms = c->sms_url != NULL, .mail = c->mail_url != NULL };
        for (size_t i = 0; i < c->n_hooks; i++)
                if (c->hook[i].town == 0 || c->hook[i].town == town)
                        ret->hook[ret->n_hooks++] = c->hook[i].name;
}

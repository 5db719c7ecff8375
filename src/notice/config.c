#include "notice/config.h"
#include <sodium.h>
#include "base/json.h"
#include "base/secret_file.h"
#include "base/yaml.h"
#include "notice/address.h"
#include "notice/inner/request.h"
#include "people/mask.h"

#define CONFIG_BYTES_MAX (256 << 10)

struct reading {
        struct notice_config *c;
        struct err *err;
};

static int wrong(struct reading *r, const char *key, const char *zh, const char *en)
{
        return err_set(r->err, ERR_BAD, key, "%s%.0s", "%.0s%s", zh, en);
}

static const char *text_of(struct reading *r, const struct yaml_node *map, const char *key)
{
        struct str s = str_trim(yaml_text(yaml_get(map, key)));
        return s.n ? str_c(&r->c->arena, s) : NULL;
}

/* Only keys that are known, so that a slip of the pen is seen. */
static int keys_known(struct reading *r, const struct yaml_node *map, const char *where, const char *const *keys)
{
        if (map->kind != YAML_MAP)
                return wrong(r, where, "应为“键: 值”", "needs keys and values");
        for (size_t i = 0; i < map->n; i++) {
                size_t k = 0;
                while (keys[k] && !str_is(map->key[i], keys[k]))
                        k++;
                if (!keys[k])
                        return err_set(r->err, ERR_UNKNOWN, where, "第 %d 行：不认识的键 %.*s", "line %d: unknown key %.*s",
                                       (int)map->key_line[i], STR_ARG(map->key[i]));
        }
        return OK;
}

/* ---- the parts ------------------------------------------------------------------------------------------------------- */

static int read_headers(struct reading *r, const struct yaml_node *n)
{
        struct notice_config *c = r->c;
        if (!n)
                return OK;
        if (n->kind != YAML_MAP || n->n > SMS_HEADERS_MAX)
                return wrong(r, "sms.headers", "应为“名称: 值”，至多 8 个", "needs names and values, 8 at most");
        for (size_t i = 0; i < n->n; i++) {
                struct str v = yaml_text(n->item[i]);
                if (!code_valid(n->key[i]) || utf8_has_control(v) || str_find(v, STR("\n")) >= 0)
                        return wrong(r, "sms.headers", "名称或值写法不对", "a name or value is not well formed");
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
        int rc = keys_known(r, n, "sms", keys);
        if (rc != OK)
                return rc;
        struct str type = yaml_text(yaml_get(n, "type"));
        c->sms_url = text_of(r, n, "url");
        c->sms_body = str_dup(&c->arena, str_trim(yaml_text(yaml_get(n, "body"))));
        c->sms_type = str_is(type, "form") ? SMS_FORM : SMS_JSON;
        if (type.n && !str_is(type, "form") && !str_is(type, "json"))
                return wrong(r, "sms.type", "应为 json 或 form", "needs json or form");
        rc = address_http_check(r->err, "sms.url", c->sms_url);
        if (rc == OK)
                rc = read_headers(r, yaml_get(n, "headers"));
        if (rc == OK && (str_find(c->sms_body, STR("{phone}")) < 0 || str_find(c->sms_body, STR("{text}")) < 0))
                rc = wrong(r, "sms.body", "要有 {phone} 和 {text}", "needs {phone} and {text}");
        struct str sample = sms_request_body(&c->arena, c, STR("13800000000"), STR("\"一\n{id}"), 1);
        JSON_AUTO doc = NULL;
        if (rc == OK && c->sms_type == SMS_JSON && json_parse(sample, &doc, NULL) != OK)
                rc = wrong(r, "sms.body", "填好后不是 JSON；占位符写在引号里", "is no JSON when filled in; placeholders stand inside quotes");
        return rc;
}

static int read_mail(struct reading *r, const struct yaml_node *n)
{
        static const char *const keys[] = { "url", "user", "password", "from", NULL };
        struct notice_config *c = r->c;
        if (!n)
                return OK;
        int rc = keys_known(r, n, "mail", keys);
        if (rc != OK)
                return rc;
        c->mail_url = text_of(r, n, "url");
        c->mail_user = text_of(r, n, "user");
        c->mail_password = text_of(r, n, "password");
        c->mail_from = text_of(r, n, "from");
        rc = c->mail_url ? address_check(r->err, "mail.url", c->mail_url, "smtp", "smtps", &c->mail_tls) : wrong(r, "mail.url", "缺少网址", "an address is missing");
        if (rc == OK && !(c->mail_from && mail_valid(str_of(c->mail_from))))
                rc = wrong(r, "mail.from", "应为邮箱地址", "needs a mail address");
        if (rc == OK && !c->mail_user != !c->mail_password)
                rc = wrong(r, "mail.user", "user 和 password 要一起给", "user and password go together");
        return rc;
}

static int read_secret(struct reading *r, struct notice_hook *h, struct str s)
{
        static const struct str lead = { "whsec_", 6 };
        if (str_starts(s, lead))
                s = (struct str){ s.p + lead.n, s.n - lead.n };
        if (sodium_base642bin(h->secret, sizeof(h->secret), s.p ? s.p : "", s.n, NULL, &h->n_secret, NULL, sodium_base64_VARIANT_ORIGINAL) != 0 ||
            h->n_secret < 24)
                return wrong(r, "hooks.secret", "应为 whsec_ 加 24 到 64 字节的 base64", "needs whsec_ and the base64 of 24 to 64 bytes");
        return OK;
}

static int read_events(struct reading *r, struct notice_hook *h, const struct yaml_node *n)
{
        if (n && (n->kind != YAML_LIST || n->n > HOOK_EVENTS_MAX))
                return wrong(r, "hooks.events", "应为至多 32 个事件名", "needs a list of at most 32 events");
        for (size_t i = 0; n && i < n->n; i++) {
                struct str e = yaml_text(n->item[i]);
                if (!code_valid(e))
                        return wrong(r, "hooks.events", "事件名写法不对", "an event is not well formed");
                h->event[h->n_events++] = str_dup(&r->c->arena, e);
        }
        return OK;
}

static int read_hook(struct reading *r, const struct yaml_node *n)
{
        static const char *const keys[] = { "name", "url", "secret", "town", "events", NULL };
        struct notice_config *c = r->c;
        struct notice_hook *h = &c->hook[c->n_hooks];
        int rc = keys_known(r, n, "hooks", keys);
        if (rc != OK)
                return rc;
        struct str town = yaml_text(yaml_get(n, "town"));
        h->name = str_dup(&c->arena, yaml_text(yaml_get(n, "name")));
        h->url = text_of(r, n, "url");
        rc = address_http_check(r->err, "hooks.url", h->url);
        if (rc == OK && !code_valid(h->name))
                rc = wrong(r, "hooks.name", "应为 1 到 64 个字母、数字或 . _ -", "needs 1 to 64 letters, digits or . _ -");
        for (size_t i = 0; rc == OK && i < c->n_hooks; i++)
                if (str_eq(c->hook[i].name, h->name))
                        rc = wrong(r, "hooks.name", "名称重复", "a name stands twice");
        if (rc == OK && town.n && str_int(town, INT64_C(100000000000), INT64_C(999999999999), &h->town) != OK)
                rc = wrong(r, "hooks.town", "应为 12 位区划代码", "needs a 12-digit division code");
        if (rc == OK)
                rc = read_secret(r, h, yaml_text(yaml_get(n, "secret")));
        if (rc == OK)
                rc = read_events(r, h, yaml_get(n, "events"));
        c->n_hooks++;
        return rc;
}

static int read_hooks(struct reading *r, const struct yaml_node *n)
{
        int rc = OK;
        if (n && (n->kind != YAML_LIST || n->n > NOTICE_HOOKS_MAX))
                return wrong(r, "hooks", "应为列表，至多 16 个", "needs a list of at most 16");
        for (size_t i = 0; n && i < n->n && rc == OK; i++)
                rc = read_hook(r, n->item[i]);
        return rc;
}

static int read_root(struct reading *r, const struct yaml_node *root)
{
        static const char *const keys[] = { "link", "ca", "sms", "mail", "hooks", NULL };
        int rc = keys_known(r, root, "", keys);
        if (rc != OK)
                return rc;
        r->c->link = text_of(r, root, "link");
        r->c->ca = text_of(r, root, "ca");
        rc = read_sms(r, yaml_get(root, "sms"));
        if (rc == OK)
                rc = read_mail(r, yaml_get(root, "mail"));
        return rc == OK ? read_hooks(r, yaml_get(root, "hooks")) : rc;
}

int notice_config_read(struct str text, struct notice_config *ret, struct err *err)
{
        struct reading r = { ret, err };
        struct yaml_node *root;
        *ret = (struct notice_config){ 0 };
        struct findings f = { .arena = &ret->arena };
        int rc = yaml_read(&ret->arena, STR("notices.conf"), text, &f, &root);
        if (rc != OK)
                rc = err_set(err, ERR_BAD, "", "第 %d 行：%s%.0s", "line %d: %.0s%s", f.n ? (int)f.row[0].line : 0, f.n ? f.row[0].zh.p : "",
                             f.n ? f.row[0].en.p : "");
        else
                rc = read_root(&r, root);
        if (!ret->link)
                ret->link = "";
        if (rc != OK)
                notice_config_free(ret);
        return rc;
}

/* ---- the file -------------------------------------------------------------------------------------------------------- */

int notice_config_load(const char *path, struct notice_config *ret, struct err *err)
{
        BUF_AUTO text = BUF(CONFIG_BYTES_MAX);
        int rc = secret_file_read(path, &text, err);
        if (rc == OK)
                rc = notice_config_read(buf_view(&text), ret, err);
        if (text.p)
                sodium_memzero(text.p, text.n);
        return rc;
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

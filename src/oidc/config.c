#include "oidc/config.h"
#include <sodium.h>
#include "base/address.h"
#include "base/settings.h"

#define TEXT_MAX 500
#define NAME_CHARS 40

struct reading {
        struct settings s;
        struct oidc_config *c;
};

/* What goes into a header or an address of ours holds no blank and no control character. */
static bool plain_word(struct str s)
{
        for (size_t i = 0; i < s.n; i++)
                if (s.p[i] <= ' ' || s.p[i] == 0x7f)
                        return false;
        return s.n > 0 && s.n <= TEXT_MAX;
}

static int read_word(const struct reading *r, const struct yaml_node *map, const char *key, const char **ret)
{
        const struct yaml_node *n = yaml_get(map, key);
        struct str s = str_trim(yaml_text(n));
        if (s.n == 0)
                return settings_wrong(&r->s, n ? n->line : map->line, key, "缺少", "is missing");
        if (!plain_word(s))
                return settings_wrong(&r->s, n->line, key, "至多 500 个字符，不含空格", "takes at most 500 characters and no blanks");
        *ret = str_c(&r->c->arena, s);
        return OK;
}

/* The issuer is compared byte for byte with what stands in each token, so it is taken as it is written. */
static int read_issuer(const struct reading *r, const struct yaml_node *root)
{
        int rc = read_word(r, root, "issuer", &r->c->issuer);
        if (rc != OK)
                return rc;
        const struct yaml_node *n = yaml_get(root, "issuer");
        struct str s = str_of(r->c->issuer);
        if (address_http_check(NULL, "issuer", r->c->issuer) != OK)
                return settings_wrong(&r->s, n->line, "issuer", "应为 https 网址（只有本机可用 http）", "needs an https address (http only on this machine itself)");
        if (str_find(s, STR("?")) >= 0 || str_find(s, STR("#")) >= 0 || str_find(s, STR("@")) >= 0)
                return settings_wrong(&r->s, n->line, "issuer", "不带 ?、# 和 @", "has no ?, # or @");
        r->c->plain = str_starts(s, STR("http:"));
        return OK;
}

static int read_name(const struct reading *r, const struct yaml_node *root)
{
        static const char *const keys[] = { "zh", "en", NULL };
        const struct yaml_node *n = yaml_get(root, "name");
        if (!n)
                return settings_wrong(&r->s, root->line, "name", "缺少按钮上的名称 {zh, en}", "the words on the button are missing: {zh, en}");
        int rc = settings_keys(&r->s, n, "name", keys);
        if (rc != OK)
                return rc;
        struct str zh = str_trim(yaml_text(yaml_get(n, "zh"))), en = str_trim(yaml_text(yaml_get(n, "en")));
        if (zh.n == 0 || en.n == 0 || utf8_count(zh) > NAME_CHARS || utf8_count(en) > NAME_CHARS || utf8_has_control(zh) || utf8_has_control(en))
                return settings_wrong(&r->s, n->line, "name", "zh 和 en 都要，各至多 40 字", "needs zh and en, each of at most 40 characters");
        r->c->name_zh = str_dup(&r->c->arena, zh);
        r->c->name_en = str_dup(&r->c->arena, en);
        return OK;
}

static int read_factor(const struct reading *r, const struct yaml_node *map, const char *key, struct oidc_factors *ret)
{
        const struct yaml_node *n = yaml_get(map, key);
        if (n && (n->kind != YAML_LIST || n->n == 0 || n->n > OIDC_FACTORS_MAX))
                return settings_wrong(&r->s, n->line, key, "应为 1 到 16 项的列表", "needs a list of 1 to 16");
        for (size_t i = 0; n && i < n->n; i++) {
                struct str s = yaml_text(n->item[i]);
                if (!plain_word(s))
                        return settings_wrong(&r->s, n->item[i]->line, key, "写法不对", "is not well formed");
                ret->value[ret->n++] = str_dup(&r->c->arena, s);
        }
        return OK;
}

static int read_factors(const struct reading *r, const struct yaml_node *root)
{
        static const char *const keys[] = { "acr", "amr", NULL };
        const struct yaml_node *n = yaml_get(root, "second_factor");
        if (!n)
                return OK;
        int rc = settings_keys(&r->s, n, "second_factor", keys);
        if (rc == OK)
                rc = read_factor(r, n, "acr", &r->c->acr);
        return rc == OK ? read_factor(r, n, "amr", &r->c->amr) : rc;
}

static int read_root(const struct reading *r, const struct yaml_node *root)
{
        static const char *const keys[] = { "issuer", "client_id", "client_secret", "name", "second_factor", "ca", NULL };
        int rc = settings_keys(&r->s, root, "oidc", keys);
        if (rc == OK)
                rc = read_issuer(r, root);
        if (rc == OK)
                rc = read_word(r, root, "client_id", &r->c->client_id);
        if (rc == OK)
                rc = read_word(r, root, "client_secret", &r->c->client_secret);
        if (rc == OK)
                rc = read_name(r, root);
        if (rc == OK)
                rc = read_factors(r, root);
        return rc == OK && yaml_get(root, "ca") ? read_word(r, root, "ca", &r->c->ca) : rc;
}

static int read_text(const char *name, struct str text, void *arg, struct err *err)
{
        struct oidc_config *ret = arg;
        struct reading r = { { name, &ret->arena, err }, ret };
        struct yaml_node *root;
        *ret = (struct oidc_config){ 0 };
        int rc = settings_open(&r.s, text, &root);
        if (rc == OK)
                rc = root ? read_root(&r, root) : settings_wrong(&r.s, 1, "issuer", "缺少", "is missing");
        if (rc != OK)
                oidc_config_free(ret);
        return rc;
}

int oidc_config_read(const char *name, struct str text, struct oidc_config *ret, struct err *err)
{
        return read_text(name, text, ret, err);
}

int oidc_config_load(const char *path, struct oidc_config *ret, struct err *err)
{
        return settings_load(path, read_text, ret, err);
}

void oidc_config_free(struct oidc_config *c)
{
        arena_free(&c->arena);
        sodium_memzero(c, sizeof(*c));
}

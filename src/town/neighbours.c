#include "town/neighbours.h"
#include <sodium.h>
#include "base/err.h"
#include "base/yaml.h"

static const struct str file = { "neighbours.yaml", 15 };

static bool bad(struct findings *f, const char *rule, int32_t line, struct str who, const char *zh, const char *en)
{
        finding_add(f, rule, SEV_ERROR, file, line, (struct say){ "格式见《移交》手册", "See docs/handover.md" }, "%.*s：%s%.0s",
                    "%.*s: %.0s%s", STR_ARG(who), zh, en);
        return false;
}

static bool town_code(struct str code, int64_t *ret)
{
        return code.n == 12 && str_int(code, INT64_C(100000000000), INT64_C(999999999999), ret) == OK;
}

static bool read_name(const struct yaml_node *n, struct neighbour *ret)
{
        bool map = n && n->kind == YAML_MAP;
        ret->name_zh = map ? yaml_text(yaml_get(n, "zh")) : yaml_text(n);
        ret->name_en = map ? yaml_text(yaml_get(n, "en")) : ret->name_zh;
        if (ret->name_en.n == 0)
                ret->name_en = ret->name_zh;
        return ret->name_zh.n > 0 && utf8_count(ret->name_zh) <= 100 && utf8_count(ret->name_en) <= 100 && !utf8_has_control(ret->name_zh) &&
               !utf8_has_control(ret->name_en);
}

static bool read_key(struct str text, unsigned char ret[NEIGHBOUR_KEY_BYTES])
{
        unsigned char curve[crypto_scalarmult_curve25519_BYTES];
        size_t n = 0;
        return sodium_base642bin(ret, NEIGHBOUR_KEY_BYTES, text.p ? text.p : "", text.n, NULL, &n, NULL, sodium_base64_VARIANT_ORIGINAL) == 0 &&
               n == NEIGHBOUR_KEY_BYTES && crypto_sign_ed25519_pk_to_curve25519(curve, ret) == 0;
}

static bool keys_known(const struct yaml_node *n, struct findings *f)
{
        static const char *const keys[] = { "code", "name", "superior", "key" };
        bool well = true;
        for (size_t i = 0; i < n->n; i++) {
                size_t k = 0;
                while (k < COUNT(keys) && !str_is(n->key[i], keys[k]))
                        k++;
                if (k == COUNT(keys))
                        well = bad(f, "neighbours.key-unknown", n->key_line[i], n->key[i], "不认识的键（code、name、superior、key）",
                                   "an unknown key (code, name, superior, key)");
        }
        return well;
}

static bool read_row(const struct yaml_node *n, struct str own, const struct neighbours *before, struct findings *f, struct neighbour *ret)
{
        int64_t unused;
        *ret = (struct neighbour){ .line = n->line };
        if (n->kind != YAML_MAP)
                return bad(f, "neighbours.shape", n->line, STR("neighbours"), "每项应为 {code, name, superior, key}", "each needs {code, name, superior, key}");
        ret->code = yaml_text(yaml_get(n, "code"));
        ret->superior = yaml_text(yaml_get(n, "superior"));
        if (!keys_known(n, f))
                return false;
        if (!town_code(ret->code, &ret->id))
                return bad(f, "neighbours.code", n->line, ret->code, "code 应为 12 位区划代码（加引号）", "code needs a 12-digit division code, in quotes");
        if (str_eq(ret->code, own))
                return bad(f, "neighbours.own", n->line, ret->code, "这是本地自己", "this is the town itself");
        if (neighbour_find(before, ret->code))
                return bad(f, "neighbours.twice", n->line, ret->code, "写了两次", "stands here twice");
        if (!read_name(yaml_get(n, "name"), ret))
                return bad(f, "neighbours.name", n->line, ret->code, "name 应为 {zh, en}，各至多 100 字", "name needs {zh, en}, 100 characters each at most");
        if (ret->superior.n && (!town_code(ret->superior, &unused) || str_eq(ret->superior, ret->code)))
                return bad(f, "neighbours.superior", n->line, ret->code, "superior 应为另一个 12 位区划代码", "superior needs another 12-digit division code");
        if (!read_key(yaml_text(yaml_get(n, "key")), ret->key))
                return bad(f, "neighbours.key", n->line, ret->code, "key 不是公钥（对方 linli parcel key 打印的那一行）",
                           "key is no public key (the line that `linli parcel key` prints there)");
        return true;
}

void neighbours_read(struct arena *a, struct str text, struct str own, struct findings *f, struct neighbours *ret)
{
        struct yaml_node *root;
        *ret = (struct neighbours){ 0 };
        if (!text.p || yaml_read(a, file, text, f, &root) != OK)
                return;
        const struct yaml_node *list = root->kind == YAML_MAP && root->n == 1 ? yaml_get(root, "neighbours") : NULL;
        if (!list || list->kind != YAML_LIST) {
                bad(f, "neighbours.shape", root->line, STR("neighbours.yaml"), "应为 neighbours: 下的列表", "needs a list under neighbours:");
                return;
        }
        if (list->n > NEIGHBOURS_MAX) {
                bad(f, "neighbours.too-many", list->line, STR("neighbours"), "至多 64 个", "64 at most");
                return;
        }
        ret->row = arena_array(a, struct neighbour, list->n);
        for (size_t i = 0; i < list->n; i++)
                ret->n += read_row(list->item[i], own, ret, f, &ret->row[ret->n]);
        for (size_t i = 0; i < ret->n; i++) {
                struct str up = ret->row[i].superior;
                if (up.n && !str_eq(up, own) && !neighbour_find(ret, up))
                        bad(f, "neighbours.superior-unknown", ret->row[i].line, up, "共同上级也要写在本文件里", "the common superior stands in this file too");
        }
}

const struct neighbour *neighbour_find(const struct neighbours *all, struct str code)
{
        for (size_t i = 0; i < all->n; i++)
                if (str_eq(all->row[i].code, code))
                        return &all->row[i];
        return NULL;
}

#include "parcel/config.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>
#include "base/address.h"
#include "base/settings.h"

#define EVERY_DEFAULT 60
#define SECRET "secret-"

struct reading {
        struct settings s;
        struct parcel_config *c;
};

static bool town_code(struct str s)
{
        int64_t n;
        return s.n == 12 && str_int(s, INT64_C(100000000000), INT64_C(999999999999), &n) == OK;
}

static int read_secret(const struct reading *r, struct str town, const struct yaml_node *n)
{
        struct parcel_config *c = r->c;
        struct str text = str_trim(yaml_text(n));
        struct parcel_secret *s = &c->secret[c->n_secrets];
        unsigned char again[crypto_sign_PUBLICKEYBYTES], unused[crypto_sign_SECRETKEYBYTES], seed[crypto_sign_SEEDBYTES];
        size_t got = 0;
        if (!town_code(town) || parcel_secret_of(c, town) || c->n_secrets == PARCEL_SECRETS_MAX)
                return settings_wrong(&r->s, n->line, "secret", "secret-区划代码：写法不对、重复或过多", "secret-CODE: not well formed, twice, or too many");
        s->town = str_dup(&c->arena, town);
        bool well = sodium_base642bin(s->secret, sizeof(s->secret), text.p ? text.p : "", text.n, NULL, &got, NULL, sodium_base64_VARIANT_ORIGINAL) == 0 &&
                    got == sizeof(s->secret) && crypto_sign_ed25519_sk_to_seed(seed, s->secret) == 0 &&
                    crypto_sign_seed_keypair(again, unused, seed) == 0 && sodium_memcmp(unused, s->secret, sizeof(unused)) == 0;
        sodium_memzero(seed, sizeof(seed));
        sodium_memzero(unused, sizeof(unused));
        c->n_secrets++;
        return well ? OK : settings_wrong(&r->s, n->line, "secret", "不是 linli parcel key 生成的密钥", "is no secret as `linli parcel key` makes it");
}

static int read_link(const struct reading *r, const struct yaml_node *n)
{
        struct parcel_config *c = r->c;
        static const char *const keys[] = { "from", "to", "url", "key" };
        struct parcel_link *l = &c->link[c->n_links];
        struct str value[COUNT(keys)];
        if (n->kind != YAML_MAP || n->n != COUNT(keys))
                return settings_wrong(&r->s, n->line, "links", "每项应有 from、to、url、key", "each needs from, to, url and key");
        for (size_t i = 0; i < COUNT(keys); i++) {
                value[i] = str_trim(yaml_text(yaml_get(n, keys[i])));
                if (value[i].n == 0 || value[i].n > 500 || utf8_has_control(value[i]))
                        return settings_wrong(&r->s, n->line, "links", "每项应有 from、to、url、key", "each needs from, to, url and key");
        }
        if (!town_code(value[0]) || !town_code(value[1]) || parcel_link_of(c, value[0], value[1]))
                return settings_wrong(&r->s, n->line, "links", "from、to 应为区划代码，且不重复", "from and to need division codes, each pair once");
        *l = (struct parcel_link){ str_dup(&c->arena, value[0]), str_dup(&c->arena, value[1]), str_c(&c->arena, value[2]), str_c(&c->arena, value[3]) };
        int rc = settings_at(&r->s, n->line, address_http_check(r->s.err, "links.url", l->url));
        c->n_links += rc == OK;
        return rc;
}

static int read_links(const struct reading *r, const struct yaml_node *n)
{
        int rc = OK;
        if (n->kind != YAML_LIST || n->n > PARCEL_LINKS_MAX)
                return settings_wrong(&r->s, n->line, "links", "应为列表，至多 256 个", "needs a list of at most 256");
        for (size_t i = 0; i < n->n && rc == OK; i++)
                rc = read_link(r, n->item[i]);
        return rc;
}

static int read_key(const struct reading *r, struct str key, int32_t line, const struct yaml_node *n)
{
        struct str lead = STR(SECRET);
        if (str_starts(key, lead))
                return read_secret(r, (struct str){ key.p + lead.n, key.n - lead.n }, n);
        if (str_is(key, "links"))
                return read_links(r, n);
        if (str_is(key, "every"))
                return settings_number(&r->s, n, "every", 1, 3600, &r->c->every);
        if (!str_is(key, "ca"))
                return settings_unknown(&r->s, line, "", key);
        r->c->ca = str_c(&r->c->arena, str_trim(yaml_text(n)));
        return OK;
}

static int read_text(const char *name, struct str text, void *arg, struct err *err)
{
        struct parcel_config *ret = arg;
        struct reading r = { { name, &ret->arena, err }, ret };
        struct yaml_node *root;
        *ret = (struct parcel_config){ .every = EVERY_DEFAULT };
        int rc = settings_open(&r.s, text, &root);
        for (size_t i = 0; rc == OK && root && i < root->n; i++) /* none: nothing yet */
                rc = read_key(&r, root->key[i], root->key_line[i], root->item[i]);
        if (rc != OK)
                parcel_config_free(ret);
        return rc;
}

int parcel_config_read(const char *name, struct str text, struct parcel_config *ret, struct err *err)
{
        return read_text(name, text, ret, err);
}

int parcel_config_load(const char *path, struct parcel_config *ret, struct err *err)
{
        return settings_load(path, read_text, ret, err);
}

void parcel_config_free(struct parcel_config *c)
{
        arena_free(&c->arena);
        sodium_memzero(c, sizeof(*c));
}

const struct parcel_secret *parcel_secret_of(const struct parcel_config *c, struct str town)
{
        for (size_t i = 0; i < c->n_secrets; i++)
                if (str_eq(c->secret[i].town, town))
                        return &c->secret[i];
        return NULL;
}

const struct parcel_link *parcel_link_of(const struct parcel_config *c, struct str from, struct str to)
{
        for (size_t i = 0; i < c->n_links; i++)
                if (str_eq(c->link[i].from, from) && str_eq(c->link[i].to, to))
                        return &c->link[i];
        return NULL;
}

void parcel_public(const struct parcel_secret *s, unsigned char ret[NEIGHBOUR_KEY_BYTES])
{
        crypto_sign_ed25519_sk_to_pk(ret, s->secret);
}

void parcel_public_text(const struct parcel_secret *s, char ret[PARCEL_KEY_TEXT])
{
        unsigned char key[NEIGHBOUR_KEY_BYTES];
        parcel_public(s, key);
        sodium_bin2base64(ret, PARCEL_KEY_TEXT, key, sizeof(key), sodium_base64_VARIANT_ORIGINAL);
}

/* ---- a new pair --------------------------------------------------------------------------------------------------- */

static int add_line(const char *path, const char *line, size_t n, struct err *err)
{
        int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        bool well = fd >= 0 && write(fd, line, n) == (ssize_t)n && fsync(fd) == 0;
        int full = errno;
        if (fd >= 0)
                close(fd);
        return well ? OK : err_set(err, full == ENOSPC ? ERR_FULL : ERR_IO, "", "%.150s 无法写入", "%.150s cannot be written", path);
}

int parcel_key_make(const char *path, struct str town, char ret_public[PARCEL_KEY_TEXT], struct err *err)
{
        struct parcel_config c;
        struct parcel_secret s = { .town = town };
        unsigned char unused[crypto_sign_PUBLICKEYBYTES];
        char text[sodium_base64_ENCODED_LEN(PARCEL_SECRET_BYTES, sodium_base64_VARIANT_ORIGINAL)], line[160];
        if (!town_code(town))
                return err_set(err, ERR_TYPE, "--town", "应为 12 位区划代码", "needs a 12-digit division code");
        int rc = parcel_config_load(path, &c, err);
        if (rc == OK) {
                if (parcel_secret_of(&c, town))
                        rc = err_set(err, ERR_EXISTS, "--town", "这个地方已有密钥", "This town has a key already");
                parcel_config_free(&c);
        }
        if (rc != OK && rc != ERR_NONE)
                return rc;
        crypto_sign_keypair(unused, s.secret);
        sodium_bin2base64(text, sizeof(text), s.secret, sizeof(s.secret), sodium_base64_VARIANT_ORIGINAL);
        int n = snprintf(line, sizeof(line), SECRET "%.*s: \"%s\"\n", STR_ARG(town), text);
        rc = add_line(path, line, (size_t)n, err);
        parcel_public_text(&s, ret_public);
        sodium_memzero(&s, sizeof(s));
        sodium_memzero(text, sizeof(text));
        sodium_memzero(line, sizeof(line));
        return rc;
}

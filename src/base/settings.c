#include "base/settings.h"
#include <sodium.h>
#include "base/secret_file.h"

#define SETTINGS_BYTES_MAX (256 << 10)
#define PLACE "%.140s:%d: " /* file:line, as everywhere in the house */

int settings_wrong(const struct settings *s, int32_t line, const char *key, const char *zh, const char *en)
{
        return err_set(s->err, ERR_BAD, key, PLACE "%s%.0s", PLACE "%.0s%s", s->name, (int)line, zh, en);
}

int settings_open(const struct settings *s, struct str text, struct yaml_node **ret)
{
        struct findings f = { .arena = s->arena };
        int rc = str_trim(text).n ? yaml_read(s->arena, str_of(s->name), text, &f, ret) : ERR_NONE;
        if (rc == ERR_NONE) {
                *ret = NULL;
                return OK;
        }
        if (rc != OK)
                return settings_wrong(s, f.n ? f.row[0].line : 0, "", f.n ? str_c(s->arena, f.row[0].zh) : "", f.n ? str_c(s->arena, f.row[0].en) : "");
        return (*ret)->kind == YAML_MAP ? OK : settings_wrong(s, (*ret)->line, "", "应为“键: 值”", "needs keys and values");
}

int settings_unknown(const struct settings *s, int32_t line, const char *where, struct str key)
{
        return err_set(s->err, ERR_UNKNOWN, where, PLACE "不认识的键 %.*s", PLACE "unknown key %.*s", s->name, (int)line, key.n > 60 ? 60 : (int)key.n, key.p);
}

int settings_keys(const struct settings *s, const struct yaml_node *map, const char *where, const char *const *keys)
{
        if (map->kind != YAML_MAP)
                return settings_wrong(s, map->line, where, "应为“键: 值”", "needs keys and values");
        for (size_t i = 0; i < map->n; i++) {
                size_t k = 0;
                while (keys[k] && !str_is(map->key[i], keys[k]))
                        k++;
                if (!keys[k])
                        return settings_unknown(s, map->key_line[i], where, map->key[i]);
        }
        return OK;
}

int settings_number(const struct settings *s, const struct yaml_node *n, const char *key, int64_t lo, int64_t hi, int64_t *ret)
{
        if (!n || str_int(str_trim(yaml_text(n)), lo, hi, ret) == OK)
                return OK;
        return err_set(s->err, ERR_BAD, key, PLACE "应为 %lld 到 %lld 的整数", PLACE "needs a whole number from %lld to %lld", s->name, (int)n->line, (long long)lo,
                       (long long)hi);
}

int settings_at(const struct settings *s, int32_t line, int rc)
{
        if (rc == OK || !s->err)
                return rc;
        const struct err said = *s->err;
        return settings_wrong(s, line, said.field, said.zh, said.en);
}

int settings_load(const char *path, int (*read)(const char *name, struct str text, void *ret, struct err *), void *ret, struct err *err)
{
        BUF_AUTO text = BUF(SETTINGS_BYTES_MAX);
        int rc = secret_file_read(path, &text, err);
        if (rc == OK)
                rc = read(path, buf_view(&text), ret, err);
        if (text.p)
                sodium_memzero(text.p, text.n);
        return rc;
}

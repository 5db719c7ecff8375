#include "app/world.h"
#include <stdlib.h>

_Thread_local struct world *world_lent;

const char *world_url(const struct args *a)
{
        const char *env = getenv("LINLI_DB");
        const char *url = arg_c(a, "db", env && *env ? env : "sqlite:linli.db");
        if (strncmp(url, "sqlite:", 7) == 0)
                return arena_printf(a->arena, "sqlite:%s", arg_path(a, str_of(url + 7)));
        return url;
}

/* A process that only runs a command takes a node number of its own out of the upper half; a server leases one below. */
static uint32_t passing_node(void)
{
        uint16_t n;
        chance_fill(&chance_system, &n, sizeof(n));
        return 512 + n % 512;
}

int world_open(struct args *a, bool write, struct world *w)
{
        *w = (struct world){ 0 };
        if (world_lent) {
                *w = *world_lent;
                w->borrowed = true;
                w->err = (struct err){ 0 };
                return EXIT_FINE;
        }
        struct store_options o = { .url = world_url(a), .create = write, .read_only = !write, .scratch = a->scratch };
        if (store_open(&o, &w->store, &w->err) != OK)
                return fail(a, &w->err);
        w->shelf = shelf_new(w->store);
        w->own_ids.node = passing_node();
        w->ids = NULL;
        return EXIT_FINE;
}

void world_close(struct world *w)
{
        if (w->borrowed)
                return;
        shelf_free(w->shelf);
        store_close(w->store);
        vault_keys_free(w->keys);
        *w = (struct world){ 0 };
}

const char *world_key_path(struct args *a)
{
        const char *env = getenv("LINLI_KEY");
        if (arg_has(a, "key"))
                return arg_path(a, arg_text(a, "key", ""));
        if (env && *env)
                return env;
        const char *url = world_url(a);
        if (strncmp(url, "sqlite:", 7) == 0)
                return arena_printf(a->arena, "%s.key", url + 7);
        return "linli.key";
}

int world_keys(struct args *a, struct world *w, bool create)
{
        if (w->keys)
                return EXIT_FINE;
        const char *path = world_key_path(a);
        int rc = vault_keys_load(path, &w->keys, &w->err);
        if (rc == ERR_NONE && create) {
                rc = vault_keys_make(path, &chance_system, instant_day(a->now), &w->err);
                if (rc == OK || rc == ERR_EXISTS)
                        rc = vault_keys_load(path, &w->keys, &w->err);
                if (rc == OK)
                        fprintf(a->errors, a->lang == LANG_ZH ? "已生成保险柜密钥 %s：请另存一份，丢失后联系方式无法读出\n"
                                                              : "made the vault's key %s: keep a copy elsewhere; without it no contact can be read\n", path);
        }
        if (rc == ERR_NONE)
                err_set(&w->err, rc, "key", "没有密钥文件 %s；用 linli vault init 生成", "No key file %s; linli vault init makes one", path);
        return rc == OK ? EXIT_FINE : fail(a, &w->err);
}

int world_town(struct args *a, struct world *w, int64_t *ret)
{
        if (arg_has(a, "town-code"))
                return arg_int(a, "town-code", 0, INT64_C(100000000000), INT64_C(999999999999), ret);
        *ret = shelf_only(w->shelf);
        if (*ret)
                return EXIT_FINE;
        return usage_error(a, "--town-code", (struct say){ "请指明乡镇（库中没有或不止一个）", "say which town (this store has none, or several)" });
}

struct ctx world_ctx(struct args *a, struct world *w, int64_t town)
{
        if (!w->ids)
                w->ids = &w->own_ids;
        return (struct ctx){ .town = town, .actor = { .kind = ACTOR_SYSTEM, .name = STR("") }, .now = a->now, .arena = a->arena,
                             .err = &w->err, .chance = &chance_system, .ids = w->ids, .lang = a->lang };
}

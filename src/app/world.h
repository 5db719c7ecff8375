/* app/world.h — what most commands need: the store, the towns, the vault's keys. */
#pragma once
#include "app/command.h"
#include "base/ctx.h"
#include "people/vault.h"
#include "store/store.h"
#include "town/shelf.h"

/* Options that every command on a store takes; put them into its table. */
#define OPTION_DB { "db", "URL", false, { "数据库：sqlite:文件 或 postgresql://…（默认 sqlite:linli.db，或环境变量 LINLI_DB）", "the store: sqlite:PATH or postgresql://… (default sqlite:linli.db, or LINLI_DB)" } }
#define OPTION_TOWN_CODE { "town-code", "CODE", false, { "哪个乡镇，12 位区划代码；只有一个时可不写", "which town, its 12-digit code; not needed when there is only one" } }
#define OPTION_KEY { "key", "FILE", false, { "保险柜密钥文件（默认是数据库文件名加 .key，或环境变量 LINLI_KEY）", "the vault's key file (default: the database's name with .key, or LINLI_KEY)" } }
#define OPTION_JSON { "json", NULL, false, { "输出 JSON", "print JSON" } }

struct world {
        struct store *store;
        struct shelf *shelf;
        struct vault_keys *keys;      /* NULL until world_keys */
        struct id_gen *ids;
        struct id_gen own_ids;
        struct err err;
        bool borrowed;                /* the server's own: nothing is closed */
};

/* --db of the command, else LINLI_DB, else sqlite:linli.db. */
const char *world_url(const struct args *);
/* EXIT_FINE, or EXIT_FAILED after telling why. @write: takes the store's lock, and makes the schema when the file is new. */
int world_open(struct args *, bool write, struct world *ret);
void world_close(struct world *);
#define WORLD_AUTO __attribute__((cleanup(world_close))) struct world
/* The key file beside the database (or --key FILE, LINLI_KEY); made when absent and @create. */
const char *world_key_path(struct args *);
int world_keys(struct args *, struct world *, bool create);
/* The town asked for: --town-code, or the only one. EXIT_USAGE after telling when it is unclear which. */
int world_town(struct args *, struct world *, int64_t *ret);
/* A context for one job of @town, as the operator at the command line. */
struct ctx world_ctx(struct args *, struct world *, int64_t town);
/* Set by the server that runs a forwarded command: use this world instead of opening one. */
extern _Thread_local struct world *world_lent;

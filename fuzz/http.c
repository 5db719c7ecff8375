/* Raw bytes on a connection of the very server, over the sample town in a file of its own. "@KEY" in them stands for an
 * API key with every right, "@ID" and "@CODE" for the matter that was opened first. */
#include <ftw.h>
#include <sodium.h>
#include <time.h>
#include "api/routes.h"
#include "api/server.h"
#include "app/serve.h"
#include "app/town_load.h"
#include "fuzz.h"
#include "people/apikey.h"

static struct arena kept;
static struct world world;
static struct house house;
static struct server *server;
static struct args args;
static FILE *nowhere;
static struct route reachable[256];
static char key[APIKEY_TEXT], id[32], code[32];
static char dir[64] = "/tmp/linli-fuzz-XXXXXX";

static struct instant now(void *unused)
{
        (void)unused;
        return args.now;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *walk)
{
        (void)st, (void)kind, (void)walk;
        return remove(path);
}

static void end(void)
{
        server_stop(server);
        server_free(server);
        sse_hub_end(house.hub);
        world_close(&world);
        fclose(nowhere);
        arena_free(&kept);
        nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void open_world(void)
{
        const char *source = getenv("LINLI_SOURCE");
        static struct option options[] = { OPTION_DB, OPTION_KEY, { 0 } };
        static const struct verb verb = { .name = "fuzz", .usage = "", .options = options };
        MUST(mkdtemp(dir) && sodium_init() >= 0);
        struct str town = str_printf(&kept, "%s/samples/town", source ? source : ".");
        args = (struct args){
                .verb = &verb, .lang = LANG_EN, .arena = &kept, .in = stdin, .out = nowhere, .errors = nowhere
        };
        MUST(instant_parse(STR("2026-11-23T09:00:00+08:00"), &args.now) == OK);
        args.given[0].option = &options[0];
        args.given[0].value = str_printf(&kept, "sqlite:%s/fuzz.db", dir);
        args.n_given = 1;
        MUST(world_open(&args, true, &world) == EXIT_FINE && world_keys(&args, &world, true) == EXIT_FINE);
        MUST(town_load_dir(&args, &world, town, true) == EXIT_FINE);
}

static int make_key(struct tx *tx, struct command *self)
{
        struct ctx ctx = world_ctx(&args, &world, house.only_town);
        struct apikey k = { .name = STR("fuzz"), .until = DAY_NONE, .revoked = INSTANT_NONE, .maker = STR("fuzz") };
        ctx.tx = tx;
        ctx.err = self->err;
        for (int r = RIGHT_FIRST_GRANTED; r < RIGHT_COUNT; r++)
                k.rights |= right_bit((enum right)r);
        return apikey_make(&ctx, &k, key);
}

/* All but the live stream, which never ends. */
static void take_routes(struct server_options *o)
{
        static struct route_table table = { reachable, 0 };
        static const struct route_table *const only = &table;
        size_t n;
        const struct route_table *const *all = route_tables(&n);
        for (size_t t = 0; t < n; t++)
                for (size_t i = 0; i < all[t]->n; i++)
                        if (strcmp(all[t]->route[i].name, "live") != 0) {
                                MUST(table.n < COUNT(reachable));
                                reachable[table.n++] = all[t]->route[i];
                        }
        o->tables = &only;
        o->n_tables = 1;
}

static struct str talk(struct str said)
{
        struct str heard = { 0 };
        char *text = NULL;
        FILE *in = said.n ? fmemopen((void *)(uintptr_t)said.p, said.n, "r") : fopen("/dev/null", "r");
        FILE *out = open_memstream(&text, &heard.n);
        MUST(in && out);
        MUST(http_once(server, in, out) == OK);
        fclose(in);
        fclose(out);
        heard.p = text;
        return heard;
}

static void take_field(struct str answer, const char *name, char *ret, size_t max)
{
        ptrdiff_t at = str_find(answer, str_of(name));
        MUST(at >= 0);
        const char *from = answer.p + at + strlen(name), *to = strchr(from, '"');
        MUST(to && (size_t)(to - from) < max);
        memcpy(ret, from, (size_t)(to - from));
        ret[to - from] = '\0';
}

static void open_matter(void)
{
        static const char body[] = "{\"words\":\"楼下水管漏水\",\"lat\":39.8979,\"lon\":116.406,\"name\":\"某\"}";
        struct str heard = talk(str_printf(&kept,
                                           "POST /api/matters HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                                           "Content-Length: %zu\r\nConnection: close\r\n\r\n%s",
                                           sizeof body - 1, body));
        take_field(heard, "\"id\":\"", id, sizeof id);
        take_field(heard, "\"code\":\"", code, sizeof code);
        free((void *)(uintptr_t)heard.p);
}

/* What cannot be known beforehand stands in for its name. */
static struct str filled_in(struct arena *a, struct str s)
{
        static const struct {
                const char *name, *is;
        } word[] = { { "@KEY", key }, { "@ID", id }, { "@CODE", code } };
        BUF_AUTO out = BUF((size_t)1 << 24);
        for (size_t i = 0; i < s.n; i++) {
                size_t w = 0;
                while (w < COUNT(word) && !str_starts((struct str){ s.p + i, s.n - i }, str_of(word[w].name)))
                        w++;
                if (w == COUNT(word)) {
                        buf_char(&out, s.p[i]);
                        continue;
                }
                buf_puts(&out, word[w].is);
                i += strlen(word[w].name) - 1;
        }
        return str_dup(a, buf_view(&out));
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
        struct err err = { 0 };
        (void)argc, (void)argv;
        nowhere = fopen("/dev/null", "w");
        open_world();
        struct ctx ctx = world_ctx(&args, &world, 0);
        house = (struct house){ .store = world.store,
                                .shelf = world.shelf,
                                .keys = world.keys,
                                .only_town = shelf_only(world.shelf),
                                .public_url = "http://127.0.0.1:8080" };
        house.hub = sse_hub_new(&kept, 4, 0);
        struct server_options o = { .door = house_door(&house),
                                    .store = world.store,
                                    .app = &house,
                                    .now = now,
                                    .ids = ctx.ids,
                                    .loops = 1,
                                    .workers = 2,
                                    .hub = house.hub };
        take_routes(&o);
        MUST(store_write(world.store, make_key, NULL, PRIO_REQUEST, &err) == OK);
        MUST(server_start(&o, &server, &err) == OK);
        open_matter();
        atexit(end);
        return 0;
}

/* What is answered is HTTP, and no answer is our own mistake. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        ARENA_AUTO a = { 0 };
        struct str answer = talk(filled_in(&a, fuzz_bytes(data, n)));
        MUST(answer.n == 0 || str_starts(answer, STR("HTTP/1.")));
        MUST(!str_starts(answer, STR("HTTP/1.1 500")));
        free((void *)(uintptr_t)answer.p);
        return 0;
}

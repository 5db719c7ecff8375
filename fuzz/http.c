/* Raw bytes on a connection of the very server, over a small town in a file of its own. */
#include <ftw.h>
#include <sodium.h>
#include <time.h>
#include "api/server.h"
#include "app/serve.h"
#include "app/town_load.h"
#include "fuzz.h"

static struct arena kept;
static struct world world;
static struct house house;
static struct server *server;
static struct args args;
static FILE *nowhere;
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
        o.tables = serve_tables(&o.n_tables);
        MUST(server_start(&o, &server, &err) == OK);
        atexit(end);
        return 0;
}

/* What is answered is HTTP, and no answer is our own mistake. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        char *text = NULL;
        size_t text_n = 0;
        FILE *in = n ? fmemopen((void *)(uintptr_t)data, n, "r") : fopen("/dev/null", "r");
        FILE *out = open_memstream(&text, &text_n);
        MUST(in && out);
        MUST(http_once(server, in, out) == OK);
        fclose(in);
        fclose(out);
        struct str answer = { text, text_n };
        MUST(text_n == 0 || str_starts(answer, STR("HTTP/1.")));
        MUST(!str_starts(answer, STR("HTTP/1.1 500")));
        free(text);
        return 0;
}

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>
#include "api/files.h"
#include "api/oidc.h"
#include "api/openapi.h"
#include "api/routes.h"
#include "api/server.h"
#include "app/erasures.h"
#include "app/parcels.h"
#include "app/postman.h"
#include "app/rounds.h"
#include "app/serve.h"
#include "app/socket.h"
#include "app/town_load.h"
#include "base/address.h"
#include "base/log.h"
#include "store/lease.h"

static const struct option options[] = {
        { "listen", "ADDR:PORT", false, { "监听地址（默认 127.0.0.1:8080）", "where to listen (default 127.0.0.1:8080)" } },
        OPTION_DB,
        { "town", "DIR", false, { "数据库为空时装入的乡镇文件夹", "town folder to load when the store is empty" } },
        OPTION_KEY,
        { "tls", "CERT,KEY", false, { "证书和私钥文件（PEM），用逗号分开", "certificate and key files (PEM), separated by a comma" } },
        { "proxy", "ADDR", false, { "信任其 X-Forwarded-For 的反向代理地址", "address of the reverse proxy whose X-Forwarded-For is believed" } },
        { "notices", "FILE", false, { "短信、邮件和回调的网关设置（见《消息》手册；默认环境变量 LINLI_NOTICES）", "gateways for short messages, mails and webhooks (docs/notices.md; default LINLI_NOTICES)" } },
        OPTION_PARCELS,
        { "basemap", "FILE", false, { "底图：PMTiles 文件，或瓦片服务的设置（见《底图》手册；默认环境变量 LINLI_BASEMAP）", "the base map: a PMTiles file, or settings of a tile service (docs/basemap.md; default LINLI_BASEMAP)" } },
        { "oidc", "FILE", false, { "统一身份认证的设置（见《统一身份认证》手册；默认环境变量 LINLI_OIDC）", "signing in elsewhere, OpenID Connect (docs/oidc.md; default LINLI_OIDC)" } },
        { "public-url", "URL", false, { "对外的网址，用于邀请链接和统一身份认证的回程", "the address people use, for links in invitations and the way back from a sign-in elsewhere" } },
        { "workers", "N", false, { "工作线程数（默认处理器数的两倍，至少 4）", "worker threads (default: twice the processors, at least 4)" } },
        { "loops", "N", false, { "事件循环数（默认处理器数，最多 4）", "event loops (default: the processors, at most 4)" } },
        { "no-limits", NULL, false, { "不限制请求频率（压力测试用）", "no rate limits (for load tests)" } },
        { "trial", NULL, false, { "试运行：有兜底的错误降为提醒", "a trial: errors that a fallback covers become warnings" } },
        { 0 },
};

static struct instant wall(void *unused)
{
        struct timespec t;
        (void)unused;
        clock_gettime(CLOCK_REALTIME, &t);
        return (struct instant){ t.tv_sec * US_PER_SECOND + t.tv_nsec / 1000 };
}

const struct rate_limit *serve_rates(void)
{
        static const struct rate_limit rates[RATE_CLASSES] = {
                [RATE_READ] = { .per_minute = 1200, .burst = 300 },  [RATE_WRITE] = { .per_minute = 240, .burst = 60 },
                [RATE_INTAKE] = { .per_minute = 30, .burst = 20 },   [RATE_LOOKUP] = { .per_minute = 60, .burst = 30 },
                [RATE_SIGN_IN] = { .per_minute = 20, .burst = 10 },  [RATE_TILE] = { .per_minute = 3000, .burst = 600 },
                [RATE_FILE] = { .per_day = 300, .burst = 40 },
        };
        return rates;
}

/* ---- what a running server holds -------------------------------------------------------------------------------------- */

struct serving {
        struct world world;
        struct house house;
        struct rounds *rounds;
        struct postman *postman;
        struct notice_config notices;
        struct parcel_config parcels;
        struct basemap_config basemap;
        struct oidc_config oidc;
        char oidc_base[512]; /* the public address, without a slash at its end */
        struct server *server;
        struct socket_server *socket;
        struct media *media;
        struct str tls_cert, tls_key;
        struct buf cert, key;
};

static void wake(struct house *h)
{
        struct serving *s = (struct serving *)(void *)((char *)h - offsetof(struct serving, house));
        if (s->rounds)
                rounds_wake(s->rounds);
}

static void tile_metrics(struct tile_carrier *tiles, struct buf *out)
{
        struct tile_counts n;
        tile_counts(tiles, &n);
        buf_printf(out, "# TYPE linli_basemap_tiles_total counter\nlinli_basemap_tiles_total{how=\"kept\"} %llu\n", (unsigned long long)n.kept);
        buf_printf(out, "linli_basemap_tiles_total{how=\"fetched\"} %llu\nlinli_basemap_tiles_total{how=\"failed\"} %llu\n", (unsigned long long)n.fetched, (unsigned long long)n.failed);
        buf_printf(out, "# TYPE linli_basemap_bytes gauge\nlinli_basemap_bytes %llu\n", (unsigned long long)n.bytes);
}

static void more_metrics(void *app, struct buf *out)
{
        struct house *h = app;
        struct store_stats st;
        struct serving *s = (struct serving *)(void *)((char *)h - offsetof(struct serving, house));
        store_stats_get(h->store, &st);
        buf_printf(out, "# TYPE linli_store_commits_total counter\nlinli_store_commits_total %llu\n", (unsigned long long)st.commits);
        buf_printf(out, "# TYPE linli_store_commands_total counter\nlinli_store_commands_total %llu\n", (unsigned long long)st.commands);
        buf_printf(out, "# TYPE linli_store_failed_total counter\nlinli_store_failed_total %llu\n", (unsigned long long)st.failed);
        buf_printf(out, "# TYPE linli_store_queue gauge\nlinli_store_queue %llu\n", (unsigned long long)st.queue_now);
        buf_printf(out, "# TYPE linli_store_bytes gauge\nlinli_store_bytes %lld\n", (long long)st.bytes);
        if (s->rounds)
                rounds_metrics(s->rounds, out);
        if (s->postman)
                postman_metrics(s->postman, out);
        if (h->tiles)
                tile_metrics(h->tiles, out);
}

static int more_health(void *app, struct json *out)
{
        struct house *h = app;
        struct tx *tx;
        int rc = store_read_begin(h->store, &tx, NULL);
        if (rc == OK)
                store_read_end(tx);
        json_kc(out, "store", rc == OK ? "ok" : err_kind(rc)->name);
        json_kc(out, "engine", store_engine(h->store) == STORE_SQLITE ? "sqlite" : "postgres");
        return rc != OK;
}

static int read_listen(struct args *a, char *address, size_t max, uint16_t *port)
{
        struct str text = arg_text(a, "listen", "127.0.0.1:8080");
        size_t at = text.n;
        int64_t n;
        while (at > 0 && text.p[at - 1] != ':')
                at--;
        struct str host = { text.p, at ? at - 1 : 0 };
        if (host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']')
                host = (struct str){ host.p + 1, host.n - 2 };
        if (at == 0 || host.n == 0 || host.n >= max || str_int((struct str){ text.p + at, text.n - at }, 0, 65535, &n) != OK)
                return usage_error(a, "--listen", (struct say){ "应为 地址:端口，如 127.0.0.1:8080", "needs ADDRESS:PORT, such as 127.0.0.1:8080" });
        memcpy(address, host.p, host.n);
        address[host.n] = '\0';
        *port = (uint16_t)n;
        return EXIT_FINE;
}

static int read_tls(struct args *a, struct serving *s, struct server_options *o)
{
        struct str both = arg_text(a, "tls", ""), cert;
        if (!arg_has(a, "tls"))
                return EXIT_FINE;
        s->cert = BUF(1u << 20);
        s->key = BUF(1u << 20);
        if (!str_split(&both, ',', &cert) || both.n == 0 || buf_read_file(&s->cert, arg_path(a, cert)) != OK ||
            buf_read_file(&s->key, arg_path(a, both)) != OK)
                return usage_error(a, "--tls", (struct say){ "应为 证书文件,私钥文件，且可读", "needs CERT,KEY: two readable files" });
        o->tls_cert = str_c(a->arena, buf_view(&s->cert));
        o->tls_key = str_c(a->arena, buf_view(&s->key));
        return EXIT_FINE;
}

/* An empty store takes the folder; a filled one is served as it was loaded, with a word when the folder differs. */
static int bring_town(struct args *a, struct world *w)
{
        ARENA_AUTO arena = { 0 };
        struct ctx ctx = world_ctx(a, w, 0);
        struct town_row *row;
        size_t n = 0;
        ctx.arena = &arena;
        if (!arg_has(a, "town"))
                return EXIT_FINE;
        int rc = store_read_begin(w->store, &ctx.tx, &w->err);
        if (rc == OK) {
                rc = town_list(&ctx, &row, &n);
                store_read_end(ctx.tx);
        }
        if (rc != OK)
                return fail(a, &w->err);
        if (n == 0)
                return town_load_dir(a, w, arg_text(a, "town", ""), arg_has(a, "trial"));
        return town_warn_if_differs(a, w, arg_text(a, "town", ""));
}

/* A backup may have been put in place: what was erased since is erased again before anybody is served. */
static int erase_again(struct args *a, struct world *w)
{
        struct erasures_replay done = { 0 };
        const char *path = erasures_path(a);
        if (path && erasures_replay(path, a, w, &done) != OK)
                return fail(a, &w->err);
        if (done.erased)
                fprintf(a->errors, a->lang == LANG_ZH ? "按删除清单再删了 %lld 件\n" : "erased %lld matters again, as the list of erasures says\n", (long long)done.erased);
        return EXIT_FINE;
}

static int node_run(struct tx *tx, struct command *self)
{
        struct serving *s = self->arg;
        char holder[32];
        uint64_t random;
        uint32_t node;
        ARENA_AUTO arena = { 0 };
        chance_fill(&chance_system, &random, sizeof(random));
        snprintf(holder, sizeof(holder), "%016llx", (unsigned long long)random);
        struct ctx ctx = { .now = wall(NULL), .tx = tx, .arena = &arena, .err = self->err };
        int rc = lease_node(&ctx, str_of(holder), 24 * 3600, &node);
        if (rc == OK)
                s->world.own_ids.node = node;
        return rc;
}

static int read_notices(struct args *a, struct serving *s)
{
        const char *path = arg_has(a, "notices") ? arg_path(a, arg_text(a, "notices", "")) : getenv("LINLI_NOTICES");
        if (!path || !path[0])
                return EXIT_FINE;
        if (notice_config_load(path, &s->notices, &s->world.err) != OK)
                return fail(a, &s->world.err);
        s->house.notices = &s->notices;
        return EXIT_FINE;
}

static int read_parcels(struct args *a, struct serving *s)
{
        return parcels_config(a, &s->parcels, &s->house.parcels, &s->world.err) == OK ? EXIT_FINE : fail(a, &s->world.err);
}

static int read_basemap(struct args *a, struct serving *s)
{
        const char *path = arg_has(a, "basemap") ? arg_path(a, arg_text(a, "basemap", "")) : getenv("LINLI_BASEMAP");
        if (!path || !path[0])
                return EXIT_FINE;
        if (basemap_config_load(path, &s->basemap, &s->world.err) != OK)
                return fail(a, &s->world.err);
        s->house.basemap = &s->basemap;
        return EXIT_FINE;
}

/* The provider sends browsers back to an address that it knows letter by letter, so that must be said, and be one that others may not listen in on. */
static int read_oidc(struct args *a, struct serving *s)
{
        const char *path = arg_has(a, "oidc") ? arg_path(a, arg_text(a, "oidc", "")) : getenv("LINLI_OIDC");
        if (!path || !path[0])
                return EXIT_FINE;
        struct str base = arg_text(a, "public-url", "");
        while (base.n > 0 && base.p[base.n - 1] == '/')
                base.n--;
        snprintf(s->oidc_base, sizeof(s->oidc_base), STR_FMT, STR_ARG(base));
        if (base.n == 0 || base.n >= sizeof(s->oidc_base) || str_find(base, STR("?")) >= 0 || str_find(base, STR("#")) >= 0 ||
            address_http_check(NULL, "public-url", s->oidc_base) != OK)
                return usage_error(a, "--public-url", (struct say){ "--oidc 需要它：对外的 https 网址（只有本机可用 http）", "--oidc needs it: the https address people use (http only on this machine itself)" });
        if (oidc_config_load(path, &s->oidc, &s->world.err) != OK)
                return fail(a, &s->world.err);
        return EXIT_FINE;
}

static int start(struct args *a, struct serving *s, struct server_options *o)
{
        struct world *w = &s->world;
        int rc = store_write(w->store, node_run, s, PRIO_REQUEST, &w->err);
        if (rc != OK)
                return fail(a, &w->err);
        w->ids = &w->own_ids;
        s->house = (struct house){ .store = w->store, .shelf = w->shelf, .keys = w->keys, .hub = sse_hub_new(a->arena, 1024, 0),
                                   .only_town = shelf_only(w->shelf), .notices = s->house.notices, .parcels = s->house.parcels, .basemap = s->house.basemap,
                                   .public_url = arg_c(a, "public-url", "http://127.0.0.1:8080"), .wake = wake, .erasures = erasures_path(a) };
        o->secure_cookies = str_starts(str_of(s->house.public_url), STR("https://")); /* TLS ends at the proxy, or here */
        o->tables = route_tables(&o->n_tables);
        o->door = house_door(&s->house);
        o->store = w->store;
        o->hub = s->house.hub;
        o->app = &s->house;
        o->now = wall;
        o->ids = w->ids;
        o->more_metrics = more_metrics;
        o->more_health = more_health;
        o->rates = arg_has(a, "no-limits") ? NULL : serve_rates();
        o->fast_on_worker = store_engine(w->store) == STORE_POSTGRES;
        s->house.files = file_desk_new(a->arena, s->media);
        if (s->house.basemap && s->basemap.kind == BASEMAP_TILES)
                s->house.tiles = tile_carrier_new(a->arena, &s->basemap);
        s->house.oidc = s->oidc.issuer ? oidc_desk_new(a->arena, &s->oidc, s->oidc_base) : NULL;
        s->rounds = rounds_start(&s->house, w->ids, wall, NULL);
        s->postman = postman_start(a->arena, &s->house, w->ids, wall, NULL);
        if (server_start(o, &s->server, &w->err) != OK)
                return fail(a, &w->err);
        return EXIT_FINE;
}

static void stop(struct serving *s)
{
        if (s->server)
                server_stop(s->server);
        socket_stop(s->socket);
        rounds_stop(s->rounds);
        postman_stop(s->postman);
        file_desk_close(s->house.files);
        tile_carrier_close(s->house.tiles);
        oidc_desk_close(s->house.oidc);
        media_end(s->media);
        server_free(s->server);
        sse_hub_end(s->house.hub);
        buf_free(&s->cert);
        buf_free(&s->key);
        world_close(&s->world);
        notice_config_free(&s->notices);
        parcel_config_free(&s->parcels);
        basemap_config_free(&s->basemap);
        oidc_config_free(&s->oidc);
}

static void wait_for_signal(void)
{
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, SIGINT);
        sigaddset(&set, SIGTERM);
        int got;
        sigwait(&set, &got);
}

static int run(struct args *a)
{
        struct serving s = { 0 };
        struct server_options o = { 0 };
        char address[64], path[512];
        int64_t workers, loops;
        sigset_t set;
        int rc = read_listen(a, address, sizeof(address), &o.port);
        if (rc == EXIT_FINE)
                rc = arg_int(a, "workers", 0, 1, 256, &workers);
        if (rc == EXIT_FINE)
                rc = arg_int(a, "loops", 0, 1, 64, &loops);
        if (rc == EXIT_FINE)
                rc = read_tls(a, &s, &o);
        if (rc != EXIT_FINE)
                return rc;
        o.address = address;
        o.proxy = arg_c(a, "proxy", NULL);
        o.workers = (int)workers;
        o.loops = (int)loops;
        sigemptyset(&set);
        sigaddset(&set, SIGINT);
        sigaddset(&set, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &set, NULL); /* before any thread is made */
        carry_init();
        s.media = media_new(NULL);
        media_start(s.media, NULL); /* before the keys are read; without it the server serves all but files */
        rc = world_open(a, true, &s.world);
        if (rc == EXIT_FINE)
                rc = world_keys(a, &s.world, true);
        if (rc == EXIT_FINE)
                rc = bring_town(a, &s.world);
        if (rc == EXIT_FINE)
                rc = erase_again(a, &s.world);
        if (rc == EXIT_FINE)
                rc = read_notices(a, &s);
        if (rc == EXIT_FINE)
                rc = read_parcels(a, &s);
        if (rc == EXIT_FINE)
                rc = read_basemap(a, &s);
        if (rc == EXIT_FINE)
                rc = read_oidc(a, &s);
        if (rc == EXIT_FINE)
                rc = start(a, &s, &o);
        if (rc == EXIT_FINE && socket_path(world_url(a), path, sizeof(path)) && socket_serve(path, &s.world, &s.socket, &s.world.err) != OK)
                rc = fail(a, &s.world.err);
        if (rc == EXIT_FINE) {
                fprintf(a->errors, a->lang == LANG_ZH ? "邻里在 http%s://%s:%u 提供服务；Ctrl-C 停止\n" : "Linli serves at http%s://%s:%u; Ctrl-C stops it\n",
                        o.tls_cert ? "s" : "", address, server_port(s.server));
                fflush(a->errors);
                wait_for_signal();
                fputs(a->lang == LANG_ZH ? "正在停止……\n" : "stopping …\n", a->errors);
        }
        stop(&s);
        return rc;
}

const struct verb cmd_serve = {
        .name = "serve",
        .usage = "[--listen ADDR:PORT] [--db URL] [--town DIR] [--key FILE] [--tls CERT,KEY] [--proxy ADDR] [--public-url URL] [--notices FILE] [--parcels FILE] [--basemap FILE] [--oidc FILE]",
        .summary = { "启动服务", "start the server" },
        .details = { "提供 HTTP 接口。数据库为空时装入 --town 的文件夹；否则按已装入的版本服务，文件夹不同则提醒。",
                     "Serves the HTTP API. An empty store takes the folder of --town; otherwise what was loaded is served, with a warning when the folder differs." },
        .options = options,
        .run = run,
};

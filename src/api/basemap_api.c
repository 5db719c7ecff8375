/* api/basemap_api.c — the ground under the town's map: ranges of a PMTiles file, or tiles that are fetched in the asker's stead. */
#include "api/map_view.h"
#include "api/routes.h"

#define PART_MAX ((int64_t)4 << 20)

/* The operator's ground, where those who ask may see it: the public only what has an approval number, on a map that has one. */
static int ground(struct request *req, bool desk, enum basemap_kind kind, const struct town **ret_town, const struct basemap_config **ret)
{
        const struct basemap_config *b = house_of(req)->basemap;
        int rc = house_town(req, ret_town);
        if (rc != OK)
                return rc;
        if (!b || b->kind != kind || (!desk && !map_base_public(*ret_town, b)))
                return err_set(&req->err, ERR_NONE, "", "没有这样的底图", "There is no such base map");
        *ret = b;
        return OK;
}

static const char *kept_for(struct request *req, bool desk, int64_t hours)
{
        int64_t seconds = (hours < 24 ? hours : 24) * 3600;
        return str_printf(req->ctx.arena, "%s, max-age=%lld", desk ? "private" : "public", (long long)seconds).p;
}

/* ---- a file ---------------------------------------------------------------------------------------------------------- */

static int archive(struct request *req, bool desk)
{
        const struct town *t;
        const struct basemap_config *b;
        struct basemap_file f;
        int rc = ground(req, desk, BASEMAP_FILE, &t, &b);
        if (rc != OK)
                return rc;
        if (basemap_file_open(b->file, &f, NULL) != OK)
                return err_set(&req->err, ERR_NONE, "", "底图文件现在打不开", "The base map's file cannot be opened now");
        request_file_parts(req, f.fd, f.bytes, PART_MAX);
        req->out.type = "application/vnd.pmtiles";
        req->out.etag = str_dup(req->ctx.arena, str_of(f.etag));
        req->out.cache = kept_for(req, desk, 1);
        return OK;
}

static int archive_public(struct request *req) { return archive(req, false); }
static int archive_desk(struct request *req) { return archive(req, true); }

/* ---- a service ------------------------------------------------------------------------------------------------------- */

struct asking {
        struct tile_ask ask;
        bool desk;
};

static int tile_answer(struct request *req, int rc)
{
        const struct asking *a = req->state;
        if (rc == ERR_BUSY) {
                req->out.retry_after = TILE_SULK_SECONDS;
                return err_set(&req->err, ERR_BUSY, "basemap", "底图服务现在没有回应；地图照常可用，只是没有底图", "The base map's service does not answer now; the map goes on without it");
        }
        if (rc != OK)
                return err_set(&req->err, rc, "", "没有这一块底图", "There is no such tile");
        req->out.type = a->ask.type;
        req->out.cache = kept_for(req, a->desk, house_of(req)->basemap->keep_hours);
        return OK;
}

static void tile_done(struct tile_ask *ask, int rc)
{
        request_finish(ask->arg, rc);
}

static int tile(struct request *req, bool desk)
{
        const struct town *t;
        const struct basemap_config *b;
        struct tile_carrier *c = house_of(req)->tiles;
        struct asking *a = arena_new(req->ctx.arena, struct asking);
        struct box town;
        *a = (struct asking){ .ask = { .now = req->ctx.now, .to = &req->out.body, .done = tile_done, .arg = req }, .desk = desk };
        req->state = a;
        int rc = ground(req, desk, BASEMAP_TILES, &t, &b);
        if (rc == OK)
                rc = tile_read(request_param(req, "layer")->text, request_param(req, "z")->text, request_param(req, "x")->text, request_param(req, "y")->text,
                               b->n_urls, b->min_zoom, b->max_zoom, &a->ask.id);
        /* Nobody sees the world through this town's key. */
        if (rc == OK && (!c || !map_box(t, &town) || !tile_touches(a->ask.id, tile_around(town))))
                rc = ERR_NONE;
        if (rc != OK)
                return rc;
        rc = tile_look(c, &a->ask);
        if (rc != ERR_STATE)
                return tile_answer(req, rc);
        req->finish = tile_answer;
        rc = request_later(req);
        tile_fetch(c, &a->ask);
        return rc;
}

static int tile_public(struct request *req) { return tile(req, false); }
static int tile_desk(struct request *req) { return tile(req, true); }

static const struct route basemap_routes[] = {
        { .name = "map.base-file", .method = HTTP_GET, .path = "/api/map/base/file", .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_FAST, .rate = RATE_TILE,
          .answer_type = "application/vnd.pmtiles", .run = archive_public,
          .help = { "公众底图文件（PMTiles），按 Range 分段读取；底图和街道的地图都有审图号才提供", "The public's base map as a file (PMTiles), read in ranges; only where base map and town have approval numbers" } },
        { .name = "map.base-tile", .method = HTTP_GET, .path = "/api/map/base/{layer}/{z}/{x}/{y}", .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_FAST,
          .rate = RATE_TILE, .answer_type = "application/octet-stream", .answer_max = TILE_BYTES_MAX + 1, .run = tile_public,
          .help = { "公众底图瓦片：由服务器代取，只限本地范围；审图号同上", "A tile of the public's base map, fetched in the asker's stead, around the town only; approval numbers as above" } },
        { .name = "map.desk-base-file", .method = HTTP_GET, .path = "/api/map/desk/base/file", .may = RIGHT_TOWN_READ, .scope = SCOPE_TOWN, .run_on = RUN_FAST, .rate = RATE_TILE,
          .answer_type = "application/vnd.pmtiles", .run = archive_desk, .help = { "内部底图文件（PMTiles），按 Range 分段读取", "The base map of those who work in the town as a file (PMTiles), read in ranges" } },
        { .name = "map.desk-base-tile", .method = HTTP_GET, .path = "/api/map/desk/base/{layer}/{z}/{x}/{y}", .may = RIGHT_TOWN_READ, .scope = SCOPE_TOWN, .run_on = RUN_FAST,
          .rate = RATE_TILE, .answer_type = "application/octet-stream", .answer_max = TILE_BYTES_MAX + 1, .run = tile_desk, .help = { "内部底图瓦片：由服务器代取，只限本地范围", "A tile of it, fetched in the asker's stead, around the town only" } },
};
const struct route_table basemap_route_table = ROUTES(basemap_routes);

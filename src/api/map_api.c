/* api/map_api.c — the town on a map: for everybody, for those who work in it, and what is open where. */
#include "api/map_view.h"
#include "api/routes.h"
#include "matter/ground.h"
#include "place/schematic.h"

#define MAP_BYTES_MAX ((size_t)64 << 20)

/* A map shown to the public carries its approval number (地图管理条例 第十五条、第二十二条): without one nothing is drawn. */
static int map(struct request *req)
{
        const struct town *t;
        int rc = house_town(req, &t);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        map_view(&j, t, t->map_approval.n > 0, map_base_public(t, house_of(req)->basemap) ? house_of(req)->basemap : NULL);
        json_close(&j);
        request_etag_body(req);
        return OK;
}

static int map_desk(struct request *req)
{
        const struct town *t;
        int rc = house_town(req, &t);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        map_view(&j, t, true, house_of(req)->basemap);
        json_close(&j);
        request_etag_body(req);
        return OK;
}

/* ---- for those who may not be shown a map -------------------------------------------------------------------------------- */

static const struct member schematic_tile_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "name", .type = FIELD_STR },
        { .name = "row", .type = FIELD_INT, .help = { "第几行，从北往南，从 0 起", "From north to south, from 0" } },
        { .name = "column", .type = FIELD_INT, .help = { "第几个，从西往东，从 0 起", "From west to east, from 0" } },
        { 0 },
};
static const struct shape schematic_tile_shape = { NULL, schematic_tile_members, NULL };
static const struct member schematic_members[] = {
        { .name = "columns", .type = FIELD_INT },
        { .name = "items", .type = FIELD_LIST, .of = &schematic_tile_shape, .help = { "社区，按行、列排好；没有画出网格的社区不在内", "Communities by row and column; without those that have no grid drawn" } },
        { 0 },
};
static const struct shape schematic_shape = { "Schematic", schematic_members, NULL };

/* The middle of its grids' labels: good enough for an order, and nothing else leaves the server. */
static bool middle_of(const struct town *t, struct str community, struct point *ret)
{
        struct point sum = { 0, 0 };
        size_t n = 0;
        for (uint32_t i = 0; i < t->grids.n; i++) {
                if (!str_eq(t->places.row[t->grids.row[i].place].community, community))
                        continue;
                struct point p = grid_label(&t->grids, i);
                sum.lat += p.lat;
                sum.lon += p.lon;
                n++;
        }
        if (n > 0)
                *ret = (struct point){ sum.lat / (double)n, sum.lon / (double)n };
        return n > 0;
}

static int schematic(struct request *req)
{
        const struct town *t;
        size_t n = 0;
        int rc = house_town(req, &t);
        if (rc != OK)
                return rc;
        struct schematic_tile *tile = arena_array(req->ctx.arena, struct schematic_tile, t->places.n);
        for (uint32_t i = 0; i < t->places.n; i++) {
                const struct place *p = &t->places.row[i];
                if (p->kind == PLACE_COMMUNITY && middle_of(t, p->code, &tile[n].at))
                        tile[n++].which = i;
        }
        uint32_t columns = schematic_arrange(tile, n);
        struct json j = request_items(req);
        for (size_t i = 0; i < n; i++) {
                const struct place *p = &t->places.row[tile[i].which];
                json_open(&j);
                json_kstr(&j, "code", p->code);
                json_kstr(&j, "name", p->name);
                json_kint(&j, "row", tile[i].row);
                json_kint(&j, "column", tile[i].column);
                json_close(&j);
        }
        json_end(&j);
        json_kint(&j, "columns", columns);
        json_close(&j);
        request_etag_body(req);
        return OK;
}

/* ---- what is open where ---------------------------------------------------------------------------------------------------- */

/* Past so many a map shows no more than a part, and says so. */
#define LOAD_MATTERS_MAX 5000

static const char *const where_words[] = { "point", "thing", "grid", "nowhere", NULL };
static const struct member load_matter_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "state", .type = FIELD_STR },
        { .name = "subject", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "grid", .type = FIELD_STR },
        { .name = "unit", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "urgent", .type = FIELD_BOOL },
        { .name = "due", .type = FIELD_INSTANT, .null = true },
        { .name = "at", .type = FIELD_ENUM, .choices = where_words, .help = { "按哪个位置画：报的点、设施、网格", "Where it is drawn: the point given, the thing, the grid" } },
        { .name = "lat", .type = FIELD_LAT, .maybe = true },
        { .name = "lon", .type = FIELD_LON, .maybe = true },
        { 0 },
};
static const struct shape load_matter_shape = { "MapMatter", load_matter_members, NULL };
static const struct member load_grid_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "open", .type = FIELD_INT },
        { .name = "late", .type = FIELD_INT },
        { 0 },
};
static const struct shape load_grid_shape = { NULL, load_grid_members, NULL };
static const struct member load_members[] = {
        { .name = "as_of", .type = FIELD_INSTANT },
        { .name = "matters", .type = FIELD_LIST, .of = &load_matter_shape },
        { .name = "grids", .type = FIELD_LIST, .of = &load_grid_shape },
        { .name = "nowhere", .type = FIELD_INT, .help = { "还没有确定网格的", "Not placed in any grid" } },
        { .name = "nowhere_late", .type = FIELD_INT },
        { .name = "open", .type = FIELD_INT },
        { .name = "more", .type = FIELD_BOOL, .help = { "只列了一部分", "Only a part is listed" } },
        { 0 },
};
static const struct shape load_shape = { "MapLoad", load_members, NULL };

struct load {
        struct request *req;
        const struct town *t;
        uint32_t *of_grid, *late_in;   /* per grid of the town */
        uint32_t nowhere, late_nowhere;
        int64_t n;
        bool more;
};

static void matter_of(struct json *j, const struct load *l, const struct ground_row *m)
{
        json_open(j);
        json_kid(j, "id", m->id);
        json_kstr(j, "state", m->state);
        view_subject(j, "subject", l->t, m->subject);
        json_kstr(j, "grid", m->grid);
        view_org(j, "unit", l->t, m->unit);
        json_kbool(j, "urgent", m->urgent);
        json_kinstant(j, "due", m->due);
        json_kc(j, "at", ground_how_words[m->how]);
        if (m->how != GROUND_NOWHERE) {
                json_key(j, "lat");
                json_double(j, m->at.lat, 6);
                json_key(j, "lon");
                json_double(j, m->at.lon, 6);
        }
        json_close(j);
}

static void count(struct load *l, const struct ground_row *m)
{
        uint32_t grid = grid_find(&l->t->grids, m->grid);
        bool late = !instant_is_none(m->due) && m->due.us < l->req->ctx.now.us;
        l->n++;
        if (grid == MAP_NONE) {
                l->nowhere++;
                l->late_nowhere += late;
        } else {
                l->of_grid[grid]++;
                l->late_in[grid] += late;
        }
}

static int matters(struct json *j, struct load *l)
{
        struct ground_rows page = { .n = GROUND_PAGE };
        int64_t after = 0;
        json_key(j, "matters");
        json_list(j);
        while (page.n == GROUND_PAGE && !l->more) {
                int rc = matter_ground(&l->req->ctx, l->t, after, &page);
                if (rc != OK)
                        return rc;
                for (size_t i = 0; i < page.n && !l->more; i++) {
                        const struct ground_row *m = &page.row[i];
                        struct scope_object object;
                        after = m->id;
                        matter_item_scope(l->t, m->path, m->unit_path, m->assist, m->called, m->respondent, &object);
                        if (request_in_scope(l->req, m->id, &object) != OK)
                                continue;
                        count(l, m);
                        matter_of(j, l, m);
                        l->more = l->n == LOAD_MATTERS_MAX;
                }
                l->more |= request_late(l->req);
        }
        json_end(j);
        return OK;
}

static void grids(struct json *j, const struct load *l)
{
        json_key(j, "grids");
        json_list(j);
        for (uint32_t i = 0; i < l->t->grids.n; i++) {
                if (l->of_grid[i] == 0)
                        continue;
                json_open(j);
                json_kstr(j, "code", l->t->grids.row[i].code);
                json_kint(j, "open", l->of_grid[i]);
                json_kint(j, "late", l->late_in[i]);
                json_close(j);
        }
        json_end(j);
        json_kint(j, "nowhere", l->nowhere);
        json_kint(j, "nowhere_late", l->late_nowhere);
}

static int map_load(struct request *req)
{
        struct load l = { .req = req };
        int rc = house_read(req, &l.t);
        if (rc != OK)
                return rc;
        l.of_grid = arena_array(req->ctx.arena, uint32_t, l.t->grids.n);
        l.late_in = arena_array(req->ctx.arena, uint32_t, l.t->grids.n);
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kinstant(&j, "as_of", req->ctx.now);
        rc = matters(&j, &l);
        if (rc != OK)
                return rc;
        grids(&j, &l);
        json_kint(&j, "open", l.n);
        json_kbool(&j, "more", l.more);
        json_close(&j);
        return OK;
}

static const struct route map_routes[] = {
        { .name = "map", .method = HTTP_GET, .path = "/api/map", .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_READ, .cached = true,
          .answer = &map_shape, .answer_max = MAP_BYTES_MAX, .run = map,
          .help = { "公众地图：网格、地点、公共设施；没有审图号则只有列表，不画图", "The town as a map for everybody: grids, places, public things; without an approval number only as lists" } },
        { .name = "map.schematic", .method = HTTP_GET, .path = "/api/map/schematic", .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_READ, .cached = true,
          .answer = &schematic_shape, .run = schematic,
          .help = { "示意图：社区按大致方位排成方块，只有行和列，没有坐标，不是地图", "A schematic: communities as tiles in their rough order. Rows and columns alone, no coordinates: not a map" } },
        { .name = "map.desk", .method = HTTP_GET, .path = "/api/map/desk", .may = RIGHT_TOWN_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ, .cached = true,
          .answer = &map_shape, .answer_max = MAP_BYTES_MAX, .run = map_desk, .help = { "内部地图：总是画出网格和设施", "The same for those who work in it: always drawn" } },
        { .name = "map.load", .method = HTTP_GET, .path = "/api/map/load", .may = RIGHT_MATTER_READ, .scope = SCOPE_LIST, .run_on = RUN_READ,
          .answer = &load_shape, .answer_max = (size_t)4 << 20, .run = map_load,
          .help = { "我能看到的未办结事项在哪里，每个网格多少件", "Where the open matters within my reach are, and how many in each grid" } },
};
const struct route_table map_route_table = ROUTES(map_routes);

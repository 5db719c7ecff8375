/* api/place_api.c — places as people say them: found, learned, reviewed. */
#include "api/place_view.h"
#include "api/routes.h"
#include "place/spoken.h"

/* ---- what may be meant ----------------------------------------------------------------------------------------------------- */

enum { FIND_SAID, FIND_ON, FIND_FIELDS };
static const struct field find_query[] = {
        [FIND_SAID] = { .name = "said", .type = FIELD_STR, .required = true, .min = 1, .max = SPOKEN_MAX,
                        .help = { "地点怎么说就怎么写：地标和方向、灯杆号、老地名", "The place as it is said: landmark and direction, number of a lamp-post, old name" } },
        [FIND_ON] = { .name = "on", .type = FIELD_DAY, .help = { "按哪一天的叫法，默认今天", "By the names of which day; today by default" } },
        [FIND_FIELDS] = { 0 },
};

static int find(struct request *req)
{
        const struct town *t;
        struct place_hits hits;
        struct day on = value_given(&req->query, FIND_ON) ? value_day(&req->query, FIND_ON) : instant_day(req->ctx.now);
        int rc = house_town(req, &t);
        if (rc != OK)
                return rc;
        gazetteer_find(t->gazetteer, req->ctx.arena, &t->ground, value_str(&req->query, FIND_SAID), on, true, &hits);
        struct json j = request_json(req, 0);
        json_open(&j);
        place_hits_view(&j, t, &hits);
        json_close(&j);
        return OK;
}

static const struct route place_routes[] = {
        { .name = "place.find", .method = HTTP_GET, .path = "/api/places/find", .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .rate = RATE_LOOKUP, .query = find_query, .run = find,
          .help = { "这样说可能是哪里：给出候选和理由，不作决定", "What place may be meant by these words: candidates, each with its reason; nothing is decided" } },
};
const struct route_table place_route_table = ROUTES(place_routes);

/* api/place_api.c — places as people say them: found, learned, reviewed. */
#include "api/cursor.h"
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

static const struct member found_members[] = {
        { .name = "candidates", .type = FIELD_LIST, .of = &place_hit_shape },
        { 0 },
};
static const struct shape found_shape = { "FoundPlaces", found_members, NULL };

static const struct member found_of_members[] = {
        { .name = "said", .type = FIELD_STR, .help = { "诉求人说的地点", "The place as it was said" } },
        { 0 },
};
static const struct shape found_of_shape = { "MatterPlaces", found_of_members, &found_shape };

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

/* What was said in one matter, and what it may mean: for the desk that places it. */
static int of_matter(struct request *req)
{
        const struct town *t;
        struct matter m;
        struct scope_object object;
        struct place_hits hits = { .n = 0 };
        struct str said;
        bool unlearned;
        int rc = house_matter(req, &t, &m, &object);
        if (rc == OK)
                rc = matter_place_said(&req->ctx, m.id, &said, &unlearned);
        if (rc != OK)
                return rc;
        if (said.n)
                gazetteer_find(t->gazetteer, req->ctx.arena, &t->ground, said, instant_day(req->ctx.now), true, &hits);
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kstr(&j, "said", said);
        place_hits_view(&j, t, &hits);
        json_close(&j);
        return OK;
}

/* ---- what people call a place ------------------------------------------------------------------------------------------------- */

enum { LIST_STATE, LIST_CURSOR, LIST_FIELDS };
static const struct field list_query[] = {
        [LIST_STATE] = { .name = "state", .type = FIELD_ENUM, .choices = learned_states,
                         .help = { "proposed 待复核（默认）、accepted 在用、refused、withdrawn", "proposed (waits for a second person, the default), accepted, refused, withdrawn" } },
        [LIST_CURSOR] = FIELD_CURSOR,
        [LIST_FIELDS] = { 0 },
};

static int list(struct request *req)
{
        const struct town *t;
        struct tx *tx;
        struct learneds rows;
        int64_t after = 0;
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = request_page(req, LIST_CURSOR, &after, 1);
        if (rc == OK)
                rc = learned_list(&req->ctx, str_of(learned_states[value_choice(&req->query, LIST_STATE, 0)]), after, &rows);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (size_t i = 0; i < rows.n; i++)
                learned_view(&j, t, &rows.row[i]);
        json_end(&j);
        request_next(req, &j, rows.n == LEARNED_PAGE ? &rows.row[rows.n - 1].id : NULL, 1);
        json_close(&j);
        return OK;
}

enum { PROPOSE_SAID, PROPOSE_PLACE, PROPOSE_THING, PROPOSE_FIELDS };
static const struct field propose_body[] = {
        [PROPOSE_SAID] = { .name = "said", .type = FIELD_STR, .required = true, .min = ALIAS_CHARS_MIN, .max = ALIAS_CHARS_MAX,
                           .help = { "大家怎么叫，不写人名", "What people call it; no person's name" } },
        [PROPOSE_PLACE] = { .name = "place", .type = FIELD_CODE, .help = { "地点代码", "Code of the place" } },
        [PROPOSE_THING] = { .name = "thing", .type = FIELD_CODE, .help = { "或设施编号", "Or number of the thing" } },
        [PROPOSE_FIELDS] = { 0 },
};

struct learning {
        struct request *req;
        const struct town *t;
        struct learned l;
        enum learned_step step;
        bool proposes;
};

static int learn_run(struct tx *tx, struct command *self)
{
        struct learning *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        if (o->proposes)
                return learned_propose(&ctx, &o->l, &o->l.id);
        return learned_step(&ctx, request_param(o->req, "id")->id, o->step, &o->l);
}

static int learn_finish(struct request *req, int rc)
{
        struct learning *o = req->state;
        if (rc != OK)
                return rc;
        if (!o->proposes)
                shelf_drop(house_of(req)->shelf, req->ctx.town); /* the next one who asks is told by the new names */
        struct json j = request_json(req, o->proposes ? 201 : 0);
        if (o->proposes) {
                json_open(&j);
                json_kid(&j, "id", o->l.id);
                json_close(&j);
        } else {
                learned_view(&j, o->t, &o->l);
        }
        return OK;
}

static int learn(struct request *req, struct learning *o)
{
        o->req = req;
        req->state = o;
        req->finish = learn_finish;
        return request_submit(req, learn_run, o);
}

static struct str code_or_empty(const struct values *b, size_t i)
{
        struct str s = value_str(b, i);
        return s.p ? s : STR("");
}

static int propose(struct request *req)
{
        const struct values *b = &req->body;
        struct learning *o = arena_new(req->ctx.arena, struct learning);
        *o = (struct learning){ .proposes = true, .l = { .said = value_str(b, PROPOSE_SAID), .place = code_or_empty(b, PROPOSE_PLACE),
                                                         .thing = code_or_empty(b, PROPOSE_THING), .matter = INT64_MIN } };
        int rc = house_town(req, &o->t);
        if (rc == OK)
                rc = learned_fits(&req->ctx, o->t, &o->l);
        if (rc != OK)
                return rc;
        o->l.id = id_next(req->ctx.ids, req->ctx.now);
        return learn(req, o);
}

static int step(struct request *req, enum learned_step step)
{
        struct learning *o = arena_new(req->ctx.arena, struct learning);
        o->step = step;
        int rc = house_town(req, &o->t);
        return rc == OK ? learn(req, o) : rc;
}

static int accept_name(struct request *req)
{
        return step(req, LEARNED_ACCEPT);
}

static int refuse_name(struct request *req)
{
        return step(req, LEARNED_REFUSE);
}

static int withdraw_name(struct request *req)
{
        return step(req, LEARNED_WITHDRAW);
}

static const struct route place_routes[] = {
        { .name = "place.find", .method = HTTP_GET, .path = "/api/places/find", .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .rate = RATE_LOOKUP, .query = find_query, .run = find, .answer = &found_shape,
          .help = { "这样说可能是哪里：给出候选和理由，不作决定", "What place may be meant by these words: candidates, each with its reason; nothing is decided" } },
        { .name = "matter.places", .method = HTTP_GET, .path = "/api/matters/{id}/places", .may = RIGHT_MATTER_READ, .scope = SCOPE_MATTER, .run_on = RUN_READ,
          .run = of_matter, .answer = &found_of_shape, .help = { "这件事项里说的地点可能是哪里", "What the place said in this matter may mean" } },
        { .name = "alias.list", .method = HTTP_GET, .path = "/api/aliases", .may = RIGHT_PLACE_REVIEW, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .query = list_query, .run = list, .answer = &learned_shape, .answer_form = ANSWER_PAGE, .help = { "大家对地点的叫法：待复核的、在用的", "What people call places: those that wait for a second person, those in use" } },
        { .name = "alias.propose", .method = HTTP_POST, .path = "/api/aliases", .may = RIGHT_PLACE_REVIEW, .scope = SCOPE_TOWN, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .body = propose_body, .status = 201, .run = propose, .answer = &made_shape,
          .help = { "提出一个叫法，由另一个人复核", "Propose a name; a second person reviews it" } },
        { .name = "alias.accept", .method = HTTP_POST, .path = "/api/aliases/{id}/accept", .may = RIGHT_PLACE_REVIEW, .scope = SCOPE_TOWN,
          .run_on = RUN_WRITE, .rate = RATE_WRITE, .run = accept_name, .answer = &learned_shape,
          .help = { "复核通过：写入 aliases.csv，从此用来找地点；提出的人不能自己复核", "Accept: it goes into aliases.csv and finds from then on; not by who proposed it" } },
        { .name = "alias.refuse", .method = HTTP_POST, .path = "/api/aliases/{id}/refuse", .may = RIGHT_PLACE_REVIEW, .scope = SCOPE_TOWN,
          .run_on = RUN_WRITE, .rate = RATE_WRITE, .run = refuse_name, .answer = &learned_shape,
          .help = { "复核不通过：不留下所写的字", "Refuse: nothing is kept of the words" } },
        { .name = "alias.withdraw", .method = HTTP_POST, .path = "/api/aliases/{id}/withdraw", .may = RIGHT_PLACE_REVIEW, .scope = SCOPE_TOWN,
          .run_on = RUN_WRITE, .rate = RATE_WRITE, .run = withdraw_name, .answer = &learned_shape,
          .help = { "撤销一个叫法，从今天起不再使用", "Withdraw a name: from today on it is not used" } },
};
const struct route_table place_route_table = ROUTES(place_routes);

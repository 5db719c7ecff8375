/* api/known_api.c — announced causes: an outage or works, told once to everybody. */
#include "api/matter_view.h"
#include "api/routes.h"
#include "matter/known.h"

/* ---- what everybody may read ------------------------------------------------------------------------------------------------ */

static void place_of(struct json *j, const struct town *t, struct str path)
{
        size_t at = path.n;
        while (at > 0 && path.p[at - 1] != '/')
                at--;
        view_place(j, "place", t, (struct str){ path.p + at, path.n - at });
}

void known_view(struct json *j, const struct town *t, const struct known_cause *c)
{
        json_open(j);
        json_kid(j, "id", c->cause);
        view_subject(j, "subject", t, c->subject);
        place_of(j, t, c->path);
        json_kstr(j, "text", c->text);
        json_kinstant(j, "since", c->since);
        json_kinstant(j, "until", c->until);
        json_kint(j, "moved", c->moved);
        json_kstr(j, "why", c->why);
        json_close(j);
}

static int list(struct request *req)
{
        const struct town *t;
        struct known_causes all;
        struct tx *tx;
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = known_list(&req->ctx, &all);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_key(&j, "items");
        json_list(&j);
        for (size_t i = 0; i < all.n; i++)
                known_view(&j, t, &all.row[i]);
        json_end(&j);
        json_close(&j);
        return OK;
}

/* ---- announcing ------------------------------------------------------------------------------------------------------------- */

enum { NEW_TEXT, NEW_SUBJECT, NEW_PLACE, NEW_UNTIL, NEW_SINCE, NEW_UNIT, NEW_FIELDS };
static const struct field new_body[] = {
        [NEW_TEXT] = { .name = "text", .type = FIELD_STR, .required = true, .min = 5, .max = KNOWN_TEXT_MAX,
                       .help = { "给所有人看的话：什么事、影响哪里、预计何时恢复；不写个人信息", "For everybody: what it is, where, until when; nothing of any person" } },
        [NEW_SUBJECT] = { .name = "subject", .type = FIELD_CODE, .required = true, .help = { "事项类别：它和它下面的来件都算", "The subject: reports of it and of those below it" } },
        [NEW_PLACE] = { .name = "place", .type = FIELD_CODE, .required = true, .help = { "受影响的社区、网格或楼栋", "The community, grid or building it touches" } },
        [NEW_UNTIL] = { .name = "until", .type = FIELD_INSTANT, .required = true, .help = { "预计恢复时间", "When it is to be over" } },
        [NEW_SINCE] = { .name = "since", .type = FIELD_INSTANT, .help = { "从何时起，默认现在", "From when on, now by default" } },
        [NEW_UNIT] = { .name = "unit", .type = FIELD_CODE, .help = { "负责单位，默认按清单", "The unit in charge, by the duty list if left out" } },
        [NEW_FIELDS] = { 0 },
};

struct announcing {
        struct request *req;
        const struct town *t;
        struct intake_in in;
        struct intake k;
        struct known_cause c;
        struct code code;
        int64_t id;
        struct matter after;
};

/* Whoever announces something has to be in charge of the place. */
static int within_reach(struct request *req, const struct announcing *o)
{
        struct scope_object object;
        matter_item_scope(o->t, o->k.path, o->k.unit->path, STR(""), STR(""), STR(""), &object);
        if (house_rights_over(req, &object) & right_bit(RIGHT_MATTER_DISPATCH))
                return OK;
        return err_set(&req->err, ERR_RIGHT, "place", "这个地点不归您调度", "This place is not yours to dispatch for");
}

static int decide(struct ctx *ctx, struct announcing *o)
{
        int rc = intake_decide(ctx, o->t, &o->in, &o->k);
        if (rc == OK && !o->k.place)
                rc = err_set(ctx->err, ERR_RULE, "place", "请选社区、网格或楼栋", "Choose a community, grid or building");
        o->c.subject = o->in.subject;
        o->c.path = rc == OK ? o->k.path : STR("");
        return rc;
}

static int open_run(struct tx *tx, struct command *self)
{
        struct announcing *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        int rc = self->tries > 0 ? house_town_anew(o->req, &o->t) : OK;
        if (rc == OK && self->tries > 0)
                rc = decide(&ctx, o);
        return rc == OK ? known_open(&ctx, o->t, &o->k, &o->c, o->id, &o->code) : rc;
}

static int open_finish(struct request *req, int rc)
{
        struct announcing *o = req->state;
        if (rc != OK)
                return rc;
        atomic_store(&house_of(req)->nothing_known, false);
        o->c.cause = o->id;
        struct json j = request_json(req, 201);
        json_open(&j);
        json_key(&j, "known");
        known_view(&j, o->t, &o->c);
        json_kid(&j, "id", o->id);
        json_kstr(&j, "state", o->k.state);
        view_org(&j, "unit", o->t, o->k.unit->code);
        json_kinstant(&j, "due", o->k.due);
        json_close(&j);
        req->out.location = str_printf(req->ctx.arena, "/api/matters/%lld", (long long)o->id);
        if (house_of(req)->wake)
                house_of(req)->wake(house_of(req));
        return OK;
}

static int announce(struct request *req)
{
        const struct values *b = &req->body;
        struct announcing *o = arena_new(req->ctx.arena, struct announcing);
        o->req = req;
        int rc = house_town(req, &o->t);
        if (rc != OK)
                return rc;
        o->in = (struct intake_in){ .title = STR(""), .words = value_str(b, NEW_TEXT), .subject = value_str(b, NEW_SUBJECT), .place = value_str(b, NEW_PLACE),
                                    .thing = STR(""), .respondent = STR(""), .unit = value_given(b, NEW_UNIT) ? value_str(b, NEW_UNIT) : STR(""),
                                    .source = STR("system"), .accuracy_m = -1, .anonymous = true };
        o->c = (struct known_cause){ .text = value_str(b, NEW_TEXT), .why = STR(""), .until = value_instant(b, NEW_UNTIL),
                                     .since = value_given(b, NEW_SINCE) ? value_instant(b, NEW_SINCE) : req->ctx.now };
        rc = decide(&req->ctx, o);
        if (rc == OK)
                rc = within_reach(req, o);
        if (rc != OK)
                return rc;
        o->id = id_next(req->ctx.ids, req->ctx.now);
        o->code = code_new(req->ctx.now, req->ctx.chance); /* nobody follows it from outside */
        req->state = o;
        req->finish = open_finish;
        return request_submit(req, open_run, o);
}

/* ---- the time is moved ------------------------------------------------------------------------------------------------------- */

enum { MOVE_UNTIL, MOVE_REASON, MOVE_TEXT, MOVE_FIELDS };
static const struct field move_body[] = {
        [MOVE_UNTIL] = { .name = "until", .type = FIELD_INSTANT, .required = true, .help = { "新的预计恢复时间", "The new time" } },
        [MOVE_REASON] = { .name = "reason", .type = FIELD_STR, .required = true, .min = 2, .max = KNOWN_TEXT_MAX, .help = { "为什么改；诉求人看得到", "Why; reporters read it" } },
        [MOVE_TEXT] = { .name = "text", .type = FIELD_STR, .min = 5, .max = KNOWN_TEXT_MAX, .help = { "改过的公告，不改就不填", "The new words, if they change" } },
        [MOVE_FIELDS] = { 0 },
};

static int move_run(struct tx *tx, struct command *self)
{
        struct announcing *o = self->arg;
        struct request *req = o->req;
        struct ctx ctx = req->ctx;
        struct matter m;
        struct scope_object object;
        const struct values *b = &req->body;
        int64_t rev = -1;
        ctx.tx = tx;
        int rc = request_if_match(req, &rev);
        if (rc == OK)
                rc = matter_get(&ctx, request_param(req, "id")->id, &m);
        if (rc != OK)
                return rc;
        matter_scope(o->t, &m, &object);
        if (request_in_scope(req, m.id, &object) != OK)
                return err_set(ctx.err, ERR_NONE, "id", "没有这条公告", "There is no such announcement");
        struct str text = value_given(b, MOVE_TEXT) ? value_str(b, MOVE_TEXT) : STR("");
        int32_t seen = rev < 0 ? 0 : rev > 0 && rev < INT32_MAX ? (int32_t)rev : INT32_MAX;
        rc = known_move(&ctx, m.id, seen, value_instant(b, MOVE_UNTIL), value_str(b, MOVE_REASON), text, &o->after);
        return rc == OK ? known_get(&ctx, m.id, &o->c) : rc;
}

static int move_finish(struct request *req, int rc)
{
        struct announcing *o = req->state;
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        known_view(&j, o->t, &o->c);
        request_etag(req, o->after.rev);
        if (house_of(req)->wake)
                house_of(req)->wake(house_of(req));
        return OK;
}

static int move(struct request *req)
{
        struct announcing *o = arena_new(req->ctx.arena, struct announcing);
        o->req = req;
        int rc = house_town(req, &o->t);
        if (rc != OK)
                return rc;
        req->state = o;
        req->finish = move_finish;
        return request_submit(req, move_run, o);
}

static const struct route known_routes[] = {
        { .name = "cause.list", .method = HTTP_GET, .path = "/api/causes", .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_READ, .run = list,
          .help = { "已公告的停水停电、施工等：什么事、哪里、预计何时恢复、为什么改期", "Announced outages and works: what, where, until when, why the time was moved" } },
        { .name = "cause.open", .method = HTTP_POST, .path = "/api/causes", .may = RIGHT_MATTER_DISPATCH, .scope = SCOPE_TOWN, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .body = new_body, .status = 201, .run = announce,
          .help = { "公告一个已知原因：此后反映它的来件并入同一件事项，当场得到答复；办结时的答复告知每一位",
                    "Announce a known cause: who reports it from now on is joined to one matter and told at once; its answer goes to each of them" } },
        { .name = "cause.move", .method = HTTP_POST, .path = "/api/causes/{id}/until", .may = RIGHT_MATTER_DISPATCH, .scope = SCOPE_MATTER,
          .run_on = RUN_WRITE, .rate = RATE_WRITE, .body = move_body, .run = move,
          .help = { "改预计恢复时间，须说明为什么", "Move the time, saying why" } },
};
const struct route_table known_route_table = ROUTES(known_routes);

/* api/known_api.c — announced causes: an outage or works, told once to everybody. */
#include "api/matter_view.h"
#include "api/routes.h"
#include "matter/known.h"

/* ---- what everybody may read ------------------------------------------------------------------------------------------------ */

static void places_of(struct json *j, const struct town *t, struct str places)
{
        struct str rest = places, code;
        json_key(j, "places");
        json_list(j);
        while (str_split(&rest, ' ', &code)) {
                const struct place *p = code.n ? place_find(&t->places, code) : NULL;
                if (code.n == 0)
                        continue;
                json_open(j);
                json_kstr(j, "code", code);
                json_kstr(j, "name", p ? p->name : code);
                json_close(j);
        }
        json_end(j);
}

static const struct member known_place_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "name", .type = FIELD_STR },
        { 0 },
};
static const struct shape known_place_shape = { NULL, known_place_members, NULL };

static const struct member known_members[] = {
        { .name = "id", .type = FIELD_ID, .help = { "事项编号", "Number of its matter" } },
        { .name = "subject", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "places", .type = FIELD_LIST, .of = &known_place_shape },
        { .name = "text", .type = FIELD_STR },
        { .name = "text_en", .type = FIELD_STR, .help = { "没有英文时与 text 相同", "As text where there is no English" } },
        { .name = "since", .type = FIELD_INSTANT },
        { .name = "until", .type = FIELD_INSTANT },
        { .name = "was", .type = FIELD_INSTANT, .null = true, .help = { "最近一次改动前的时间", "The time before it was moved last" } },
        { .name = "moved", .type = FIELD_INT, .help = { "改过几次", "How often it was moved" } },
        { .name = "why", .type = FIELD_STR, .help = { "最近一次为何改动", "Why it was moved last" } },
        { 0 },
};
const struct shape known_shape = { "KnownCause", known_members, NULL };

void known_view(struct json *j, const struct town *t, const struct known_cause *c)
{
        json_open(j);
        json_kid(j, "id", c->cause);
        view_subject(j, "subject", t, c->subject);
        places_of(j, t, c->places);
        json_kstr(j, "text", c->text);
        json_kstr(j, "text_en", c->text_en.n ? c->text_en : c->text);
        json_kinstant(j, "since", c->since);
        json_kinstant(j, "until", c->until);
        json_kinstant(j, "was", c->was);
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
        struct json j = request_items(req);
        for (size_t i = 0; i < all.n; i++)
                known_view(&j, t, &all.row[i]);
        json_end(&j);
        json_close(&j);
        return OK;
}

/* ---- announcing ------------------------------------------------------------------------------------------------------------- */

enum { NEW_TEXT, NEW_ENGLISH, NEW_SUBJECT, NEW_PLACES, NEW_UNTIL, NEW_SINCE, NEW_UNIT, NEW_MATTER, NEW_FIELDS };
static const struct field place_code = { .name = "place", .type = FIELD_CODE, .help = { "社区、网格或楼栋", "A community, grid or building" } };
static const struct field new_body[] = {
        [NEW_TEXT] = { .name = "text", .type = FIELD_STR, .required = true, .min = 5, .max = KNOWN_TEXT_MAX,
                       .help = { "给所有人看的话：什么事、影响哪里、预计何时恢复；不写个人信息", "For everybody: what it is, where, until when; nothing of any person" } },
        [NEW_ENGLISH] = { .name = "text_en", .type = FIELD_STR, .min = 5, .max = KNOWN_TEXT_MAX, .help = { "同样的话，英文", "The same in English" } },
        [NEW_SUBJECT] = { .name = "subject", .type = FIELD_CODE, .help = { "事项类别：它和它下面的来件都算；已有事项的默认为其类别", "The subject: reports of it and of those below it; by default that of the matter" } },
        [NEW_PLACES] = { .name = "places", .type = FIELD_LIST, .of = &place_code, .max = KNOWN_PLACES_MAX,
                         .help = { "受影响的社区、网格或楼栋；第一个是事项所在地", "The communities, grids or buildings it touches; the matter stands at the first" } },
        [NEW_UNTIL] = { .name = "until", .type = FIELD_INSTANT, .required = true, .help = { "预计恢复时间", "When it is to be over" } },
        [NEW_SINCE] = { .name = "since", .type = FIELD_INSTANT, .help = { "从何时起（以后才开始的施工），默认现在", "From when on, for works that begin later; now by default" } },
        [NEW_UNIT] = { .name = "unit", .type = FIELD_CODE, .help = { "负责单位，默认按清单", "The unit in charge, by the duty list if left out" } },
        [NEW_MATTER] = { .name = "matter", .type = FIELD_ID, .help = { "公告已有的事项（如已有多人并入的一件），不另立", "Announce a matter that is there, with those joined to it, and open none" } },
        [NEW_FIELDS] = { 0 },
};

struct announcing {
        struct request *req;
        const struct town *t;
        struct intake_in in;
        struct intake k;
        struct known_cause c;
        struct code code;
        bool there;              /* the matter was there before */
        struct matter_action who;
        struct matter after;
};

/* Whoever announces something has to be in charge of all the places. */
static int within_reach(struct ctx *ctx, const struct announcing *o, struct str unit_path)
{
        struct str rest = o->c.places, code;
        while (str_split(&rest, ' ', &code)) {
                struct scope_object object;
                const struct place *p = code.n ? place_find(&o->t->places, code) : NULL;
                if (!p)
                        continue; /* the announcement itself says that there is none */
                matter_item_scope(o->t, p->path, unit_path, STR(""), STR(""), STR(""), &object);
                if (!(house_rights_over(o->req, &object) & right_bit(RIGHT_MATTER_DISPATCH)))
                        return err_set(ctx->err, ERR_RIGHT, "places", "地点 " STR_FMT " 不归您调度", "The place " STR_FMT " is not yours to dispatch for", STR_ARG(code));
        }
        return OK;
}

static int decide(struct ctx *ctx, struct announcing *o)
{
        int rc = intake_decide(ctx, o->t, &o->in, &o->k);
        if (rc == OK && !o->k.place)
                rc = err_set(ctx->err, ERR_RULE, "places", "请选社区、网格或楼栋", "Choose communities, grids or buildings");
        return rc == OK ? within_reach(ctx, o, o->k.unit->path) : rc;
}

/* What they may do to a matter that is there; as any other where they may not see it. */
static int find_matter(struct ctx *ctx, struct announcing *o)
{
        struct matter m;
        struct scope_object object;
        int rc = matter_get(ctx, o->who.id, &m);
        if (rc != OK && rc != ERR_NONE)
                return rc;
        if (rc == OK)
                matter_scope(o->t, &m, &object);
        if (rc == ERR_NONE || request_in_scope(o->req, m.id, &object) != OK)
                return err_set(ctx->err, ERR_NONE, o->there ? "matter" : "id", "没有这件事项", "There is no such matter");
        o->who.rights = house_rights_over(o->req, &object);
        return o->there ? within_reach(ctx, o, m.unit_path) : OK;
}

static int open_run(struct tx *tx, struct command *self)
{
        struct announcing *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        int rc = self->tries > 0 ? house_town_anew(o->req, &o->t) : OK;
        if (rc == OK && o->there)
                rc = find_matter(&ctx, o);
        else if (rc == OK && self->tries > 0)
                rc = decide(&ctx, o);
        if (rc == OK)
                rc = o->there ? known_announce(&ctx, o->t, &o->who, &o->c, &o->after)
                              : known_open(&ctx, o->t, &o->k, &o->who, &o->c, &o->code, &o->after);
        return rc == OK ? known_get(&ctx, o->who.id, &o->c) : rc;
}

static const struct member announced_members[] = {
        { .name = "known", .type = FIELD_OBJECT, .of = &known_shape },
        { .name = "id", .type = FIELD_ID },
        { .name = "rev", .type = FIELD_INT },
        { .name = "state", .type = FIELD_STR },
        { .name = "voices", .type = FIELD_INT },
        { .name = "unit", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "due", .type = FIELD_INSTANT, .null = true },
        { 0 },
};
static const struct shape announced_shape = { "CauseAnnounced", announced_members, NULL };

static int open_finish(struct request *req, int rc)
{
        struct announcing *o = req->state;
        if (rc != OK)
                return rc;
        atomic_store(&house_of(req)->nothing_known, false);
        struct json j = request_json(req, 201);
        json_open(&j);
        json_key(&j, "known");
        known_view(&j, o->t, &o->c);
        json_kid(&j, "id", o->after.id);
        json_kint(&j, "rev", o->after.rev);
        json_kstr(&j, "state", o->after.state);
        json_kint(&j, "voices", o->after.voices);
        view_org(&j, "unit", o->t, o->after.unit);
        json_kinstant(&j, "due", o->after.due);
        json_close(&j);
        request_etag(req, o->after.rev);
        req->out.location = str_printf(req->ctx.arena, "/api/matters/%lld", (long long)o->after.id);
        house_wake(req);
        return OK;
}

static struct str codes_of(struct request *req, int field)
{
        struct str all = STR("");
        for (size_t i = 0; i < value_count(&req->body, field); i++)
                all = str_printf(req->ctx.arena, STR_FMT "%s" STR_FMT, STR_ARG(all), i ? " " : "", STR_ARG(value_item(&req->body, field, i)->str));
        return all;
}

static int32_t revision_of(int64_t rev)
{
        return rev < 0 ? 0 : rev > 0 && rev < INT32_MAX ? (int32_t)rev : INT32_MAX; /* one that no matter can have matches none */
}

static struct str given_or_empty(const struct values *b, int field)
{
        return value_given(b, field) ? value_str(b, field) : STR("");
}

static int announce_new(struct request *req, struct announcing *o)
{
        const struct values *b = &req->body;
        if (!value_given(b, NEW_SUBJECT))
                return err_set(&req->err, ERR_MISSING, "subject", "请选事项类别", "Choose a subject");
        if (value_count(b, NEW_PLACES) == 0)
                return err_set(&req->err, ERR_MISSING, "places", "请选社区、网格或楼栋", "Choose communities, grids or buildings");
        o->in = (struct intake_in){ .title = STR(""), .words = value_str(b, NEW_TEXT), .subject = value_str(b, NEW_SUBJECT),
                                    .place = value_item(b, NEW_PLACES, 0)->str, .thing = STR(""), .respondent = STR(""),
                                    .unit = given_or_empty(b, NEW_UNIT), .source = STR("system"), .accuracy_m = -1, .anonymous = true };
        o->who.id = id_next(req->ctx.ids, req->ctx.now);
        o->who.rights = UINT64_MAX; /* whether it is theirs, decide() asks place by place */
        o->code = code_new(req->ctx.now, req->ctx.chance); /* nobody follows it from outside */
        return decide(&req->ctx, o);
}

static int announce(struct request *req)
{
        const struct values *b = &req->body;
        struct announcing *o = arena_new(req->ctx.arena, struct announcing);
        int64_t rev = -1;
        o->req = req;
        int rc = house_town(req, &o->t);
        if (rc == OK)
                rc = request_if_match(req, &rev);
        if (rc != OK)
                return rc;
        o->c = (struct known_cause){ .subject = given_or_empty(b, NEW_SUBJECT), .places = codes_of(req, NEW_PLACES), .text = value_str(b, NEW_TEXT),
                                     .text_en = given_or_empty(b, NEW_ENGLISH), .why = STR(""), .until = value_instant(b, NEW_UNTIL), .was = INSTANT_NONE,
                                     .since = value_given(b, NEW_SINCE) ? value_instant(b, NEW_SINCE) : INSTANT_NONE };
        o->there = value_given(b, NEW_MATTER);
        o->who = (struct matter_action){ .login = req->who.login };
        if (o->there) {
                o->who.id = value_id(b, NEW_MATTER);
                o->who.rev = revision_of(rev);
        } else {
                rc = announce_new(req, o);
        }
        if (rc != OK)
                return rc;
        req->state = o;
        req->finish = open_finish;
        return request_submit(req, open_run, o);
}

/* ---- the time is moved ------------------------------------------------------------------------------------------------------- */

enum { MOVE_UNTIL, MOVE_REASON, MOVE_TEXT, MOVE_ENGLISH, MOVE_FIELDS };
static const struct field move_body[] = {
        [MOVE_UNTIL] = { .name = "until", .type = FIELD_INSTANT, .required = true, .help = { "新的预计恢复时间", "The new time" } },
        [MOVE_REASON] = { .name = "reason", .type = FIELD_STR, .required = true, .min = 2, .max = KNOWN_TEXT_MAX, .help = { "为什么改；诉求人看得到", "Why; reporters read it" } },
        [MOVE_TEXT] = { .name = "text", .type = FIELD_STR, .min = 5, .max = KNOWN_TEXT_MAX, .help = { "改过的公告，不改就不填", "The new words, if they change" } },
        [MOVE_ENGLISH] = { .name = "text_en", .type = FIELD_STR, .min = 5, .max = KNOWN_TEXT_MAX, .help = { "改过的公告的英文", "The same in English" } },
        [MOVE_FIELDS] = { 0 },
};

static int move_run(struct tx *tx, struct command *self)
{
        struct announcing *o = self->arg;
        struct ctx ctx = o->req->ctx;
        const struct values *b = &o->req->body;
        ctx.tx = tx;
        int rc = self->tries > 0 ? house_town_anew(o->req, &o->t) : OK;
        if (rc == OK)
                rc = find_matter(&ctx, o);
        if (rc != OK)
                return rc;
        struct known_move to = { value_instant(b, MOVE_UNTIL), value_str(b, MOVE_REASON), given_or_empty(b, MOVE_TEXT), given_or_empty(b, MOVE_ENGLISH) };
        rc = known_move(&ctx, o->t, &o->who, &to, &o->after);
        return rc == OK ? known_get(&ctx, o->after.id, &o->c) : rc;
}

static int move_finish(struct request *req, int rc)
{
        struct announcing *o = req->state;
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        known_view(&j, o->t, &o->c);
        request_etag(req, o->after.rev);
        house_wake(req);
        return OK;
}

static int move(struct request *req)
{
        struct announcing *o = arena_new(req->ctx.arena, struct announcing);
        int64_t rev = -1;
        o->req = req;
        int rc = house_town(req, &o->t);
        if (rc == OK)
                rc = request_if_match(req, &rev);
        if (rc != OK)
                return rc;
        o->who = (struct matter_action){ .id = request_param(req, "id")->id, .rev = revision_of(rev), .login = req->who.login };
        req->state = o;
        req->finish = move_finish;
        return request_submit(req, move_run, o);
}

static const struct route known_routes[] = {
        { .name = "cause.list", .method = HTTP_GET, .path = "/api/causes", .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_READ, .run = list, .answer = &known_shape, .answer_form = ANSWER_ITEMS,
          .help = { "已公告的停水停电、施工等：什么事、哪里、预计何时恢复、为什么改期", "Announced outages and works: what, where, until when, why the time was moved" } },
        { .name = "cause.open", .method = HTTP_POST, .path = "/api/causes", .may = RIGHT_MATTER_DISPATCH, .scope = SCOPE_TOWN, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .body = new_body, .status = 201, .run = announce, .answer = &announced_shape,
          .help = { "公告一个已知原因：此后反映它的来件并入同一件事项，当场得到答复；办结时的答复告知每一位",
                    "Announce a known cause: who reports it from now on is joined to one matter and told at once; its answer goes to each of them" } },
        { .name = "cause.move", .method = HTTP_POST, .path = "/api/causes/{id}/until", .may = RIGHT_MATTER_DISPATCH, .scope = SCOPE_MATTER,
          .run_on = RUN_WRITE, .rate = RATE_WRITE, .body = move_body, .run = move, .answer = &known_shape,
          .help = { "改预计恢复时间，须说明为什么", "Move the time, saying why" } },
};
const struct route_table known_route_table = ROUTES(known_routes);

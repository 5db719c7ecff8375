/* api/duty_api.c — who is on duty, who is away, and a bulk hand-over. */
#include "api/duty_view.h"
#include "api/routes.h"
#include "matter/handover.h"

#define ROSTER_DAYS_MAX 62
#define HAND_MAX 200

static int read_leaves(struct request *req, struct day from, struct leaves *ret)
{
        struct tx *tx;
        int rc = request_tx(req, &tx);
        return rc == OK ? leave_list(&req->ctx, from, ret) : rc;
}

enum { ROSTER_DAY, ROSTER_DAYS, ROSTER_FIELDS };
static const struct field roster_query[] = {
        [ROSTER_DAY] = { .name = "day", .type = FIELD_DAY, .help = { "从哪天起，默认今天", "From which day; today by default" } },
        [ROSTER_DAYS] = { .name = "days", .type = FIELD_INT, .min = 1, .max = ROSTER_DAYS_MAX, .help = { "几天，默认 1", "How many days, 1 by default" } },
        [ROSTER_FIELDS] = { 0 },
};

static int roster(struct request *req)
{
        const struct town *t;
        struct leaves l;
        struct day from = value_given(&req->query, ROSTER_DAY) ? value_day(&req->query, ROSTER_DAY) : instant_day(req->ctx.now);
        struct day to = { from.n + (int32_t)value_int(&req->query, ROSTER_DAYS, 1) - 1 };
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = read_leaves(req, from, &l);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        roster_view(&j, t, &l, from, to, req->ctx.now);
        return OK;
}

/* ---- leave ------------------------------------------------------------------------------------------------------------- */

static int leaves(struct request *req)
{
        const struct town *t;
        struct leaves l;
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = read_leaves(req, instant_day(req->ctx.now), &l);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        leaves_view(&j, t, &l);
        return OK;
}

enum { LEAVE_LOGIN, LEAVE_SINCE, LEAVE_UNTIL, LEAVE_FIELDS };
static const struct field leave_body[] = {
        [LEAVE_LOGIN] = { .name = "login", .type = FIELD_STR, .required = true, .min = 1, .max = 64, .help = { "谁，staff.csv 的登录名", "Who, by login of staff.csv" } },
        [LEAVE_SINCE] = { .name = "since", .type = FIELD_DAY, .required = true, .help = { "第一天", "First day" } },
        [LEAVE_UNTIL] = { .name = "until", .type = FIELD_DAY, .required = true, .help = { "最后一天；只记日期，不记原因", "Last day; only the days are kept, never the reason" } },
        [LEAVE_FIELDS] = { 0 },
};

struct duty_ask { struct request *req; const struct town *t; int64_t id; int moved; bool more; };

/* Matters of @from move within this command, as many as one may hold up the others. */
static int hand_some(struct ctx *ctx, struct duty_ask *o, enum hand_why why, struct str from, struct str to)
{
        struct leaves l;
        int64_t *ids;
        size_t n = 0;
        int rc = leave_list(ctx, instant_day(ctx->now), &l);
        if (rc == OK)
                rc = matter_held_by(ctx, from, STR(""), HAND_MAX, &ids, &n);
        for (size_t i = 0; rc == OK && i < n; i++) {
                struct hand_ask a = { { ids[i], why }, from, to };
                bool moved = false;
                rc = matter_hand(ctx, o->t, &l, &a, &moved);
                o->moved += moved;
                if (rc == ERR_NONE && why == HAND_LEAVE) /* it stays, and the round says so */
                        rc = OK;
        }
        o->more = n == HAND_MAX;
        return rc;
}

/* What was held for who is back, as many as one command moves; the round does the rest. */
static int hand_back(struct ctx *ctx, struct duty_ask *o)
{
        struct leaves l;
        struct hands due = { .row = arena_array(ctx->arena, struct hand, HAND_MAX) };
        int rc = leave_list(ctx, instant_day(ctx->now), &l);
        if (rc == OK)
                rc = matter_hands_back(ctx, &l, HAND_MAX, &due);
        for (size_t i = 0; rc == OK && i < due.n; i++) {
                struct hand_ask a = { due.row[i], STR(""), STR("") };
                bool moved = false;
                rc = matter_hand(ctx, o->t, &l, &a, &moved);
                o->moved += moved;
        }
        o->more = due.n == HAND_MAX;
        return rc;
}

static int leave_run(struct tx *tx, struct command *self)
{
        struct duty_ask *o = self->arg;
        struct ctx ctx = o->req->ctx;
        const struct values *b = &o->req->body;
        struct day since = value_day(b, LEAVE_SINCE);
        ctx.tx = tx;
        o->moved = 0;
        int rc = leave_add(&ctx, &o->t->staff, value_str(b, LEAVE_LOGIN), since, value_day(b, LEAVE_UNTIL), &o->id);
        if (rc != OK || since.n > instant_day(ctx.now).n)
                return rc;
        return hand_some(&ctx, o, HAND_LEAVE, value_str(b, LEAVE_LOGIN), STR(""));
}

static int leave_drop_run(struct tx *tx, struct command *self)
{
        struct duty_ask *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        o->moved = 0;
        int rc = leave_drop(&ctx, o->id);
        return rc == OK ? hand_back(&ctx, o) : rc;
}

static const struct member handed_members[] = {
        { .name = "moved", .type = FIELD_INT, .help = { "移交了几件", "How many matters moved" } },
        { .name = "more", .type = FIELD_BOOL, .help = { "还有，请再调用", "There are more: call again" } },
        { 0 },
};
static const struct shape handed_shape = { "HandedOver", handed_members, NULL };

static const struct member leave_set_members[] = {
        { .name = "id", .type = FIELD_ID },
        { 0 },
};
static const struct shape leave_set_shape = { "LeaveSet", leave_set_members, &handed_shape };

static int duty_finish(struct request *req, int rc)
{
        struct duty_ask *o = req->state;
        if (rc != OK)
                return rc;
        if (o->id)
                shelf_drop(house_of(req)->shelf, req->ctx.town); /* who acts for whom has changed */
        struct json j = request_json(req, 0);
        json_open(&j);
        if (o->id)
                json_kid(&j, "id", o->id);
        json_kint(&j, "moved", o->moved);
        json_kbool(&j, "more", o->more);
        json_close(&j);
        house_wake(req);
        return OK;
}

static int submit(struct request *req, int64_t id, int (*run)(struct tx *, struct command *))
{
        struct duty_ask *o = arena_new(req->ctx.arena, struct duty_ask);
        *o = (struct duty_ask){ .req = req, .id = id };
        int rc = house_town(req, &o->t);
        if (rc != OK)
                return rc;
        req->state = o;
        req->finish = duty_finish;
        return request_submit(req, run, o);
}

static int leave_new(struct request *req)
{
        return submit(req, 0, leave_run);
}

static int leave_end(struct request *req)
{
        return submit(req, request_param(req, "id")->id, leave_drop_run);
}

/* ---- handing over -------------------------------------------------------------------------------------------------------- */

enum { HAND_FROM, HAND_TO, HAND_FIELDS };
static const struct field hand_body[] = {
        [HAND_FROM] = { .name = "from", .type = FIELD_STR, .required = true, .min = 1, .max = 64, .help = { "谁名下的，登录名", "Whose, by login" } },
        [HAND_TO] = { .name = "to", .type = FIELD_STR, .max = 64, .help = { "交给哪个岗位或人员；不写则按岗位现任、替班、上级", "To which post or person; without, to who acts for the post, its backup, or above" } },
        [HAND_FIELDS] = { 0 },
};

static int hand_run(struct tx *tx, struct command *self)
{
        struct duty_ask *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        o->moved = 0;
        return hand_some(&ctx, o, HAND_ASKED, value_str(&o->req->body, HAND_FROM), value_str(&o->req->body, HAND_TO));
}

static int hand(struct request *req)
{
        return submit(req, 0, hand_run);
}

static const struct member listed_unit_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "name", .type = FIELD_STR },
        { .name = "kind", .type = FIELD_STR },
        { .name = "reach", .type = FIELD_STR, .help = { "怎样找到它：account、letter、upstream、phone", "How it is reached: account, letter, upstream, phone" } },
        { 0 },
};
static const struct shape listed_unit_shape = { "ListedUnit", listed_unit_members, NULL };

/* For whoever returns a matter or calls a unit in: codes are for programs, people know names. */
static int units(struct request *req)
{
        const struct town *t;
        int rc = house_town(req, &t);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (size_t i = 0; i < t->orgs.n; i++) {
                const struct org *o = &t->orgs.row[i];
                json_open(&j);
                json_kstr(&j, "code", o->code);
                json_kstr(&j, "name", o->name);
                json_kc(&j, "kind", org_kind_name(o->kind));
                json_kc(&j, "reach", org_reach_name(o->reach));
                json_close(&j);
        }
        json_end(&j);
        json_close(&j);
        request_etag_body(req);
        return OK;
}

static const struct route duty_routes[] = {
        { .name = "unit.list", .method = HTTP_GET, .path = "/api/units", .may = RIGHT_TOWN_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .cached = true, .run = units, .answer = &listed_unit_shape, .answer_form = ANSWER_ITEMS, .help = { "本地的单位", "The units of this town" } },
        { .name = "roster.get", .method = HTTP_GET, .path = "/api/roster", .may = RIGHT_TOWN_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .query = roster_query, .run = roster, .answer = &roster_shape, .help = { "谁在带班、值班：现在，和某几天", "Who leads and who answers: now, and on some days" } },
        { .name = "leave.list", .method = HTTP_GET, .path = "/api/leaves", .may = RIGHT_TOWN_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .run = leaves, .answer = &leave_shape, .answer_form = ANSWER_ITEMS, .help = { "谁休假，从哪天到哪天", "Who is away, from when until when" } },
        { .name = "leave.add", .method = HTTP_POST, .path = "/api/leaves", .may = RIGHT_PEOPLE_MANAGE, .scope = SCOPE_TOWN, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .body = leave_body, .status = 201, .run = leave_new, .answer = &leave_set_shape,
          .help = { "登记休假；第一天起由替班人办理，之后转回", "Somebody is away; their backup takes over, and gives back after the last day" } },
        { .name = "leave.drop", .method = HTTP_DELETE, .path = "/api/leaves/{id}", .may = RIGHT_PEOPLE_MANAGE, .scope = SCOPE_TOWN, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .run = leave_end, .answer = &leave_set_shape, .help = { "提前回来，或登记错了", "Back earlier, or entered by mistake" } },
        { .name = "handover.make", .method = HTTP_POST, .path = "/api/handovers", .may = RIGHT_PEOPLE_MANAGE, .scope = SCOPE_TOWN, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .body = hand_body, .run = hand, .answer = &handed_shape,
          .help = { "移交一个人名下的未结事项；more 为真时再叫一次", "Hand over the open matters of one person; call again while more is true" } },
};
const struct route_table duty_route_table = ROUTES(duty_routes);

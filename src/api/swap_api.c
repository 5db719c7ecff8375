/* api/swap_api.c — turns on duty that somebody else takes. Each step is by somebody in person: a key is nobody. */
#include "api/duty_view.h"
#include "api/routes.h"

struct swap_doing { struct request *req; const struct town *t; int64_t id; enum swap_step step; };

static struct swap_ground ground_of(const struct town *t)
{
        return (struct swap_ground){ &t->staff, &t->posts, &t->roster };
}

enum { LIST_FROM, LIST_FIELDS };
static const struct field list_query[] = {
        [LIST_FROM] = { .name = "from", .type = FIELD_DAY, .help = { "从哪天的班起，默认今天", "Turns from which day on; today by default" } },
        [LIST_FIELDS] = { 0 },
};

static int list(struct request *req)
{
        const struct town *t;
        struct tx *tx;
        struct swaps all;
        struct day from = value_given(&req->query, LIST_FROM) ? value_day(&req->query, LIST_FROM) : instant_day(req->ctx.now);
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = swap_list(&req->ctx, from, &all);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        swaps_view(&j, t, &all);
        return OK;
}

static int finish(struct request *req, int rc)
{
        struct swap_doing *o = req->state;
        if (rc != OK)
                return rc;
        shelf_drop(house_of(req)->shelf, req->ctx.town); /* the roster may have changed */
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kid(&j, "id", o->id);
        json_close(&j);
        return OK;
}

static int submit(struct request *req, struct swap_doing how, int (*run)(struct tx *, struct command *))
{
        struct swap_doing *o = arena_new(req->ctx.arena, struct swap_doing);
        *o = how;
        o->req = req;
        int rc = house_in_person(req);
        if (rc == OK)
                rc = house_town(req, &o->t);
        if (rc != OK)
                return rc;
        req->state = o;
        req->finish = finish;
        return request_submit(req, run, o);
}

/* ---- asking ------------------------------------------------------------------------------------------------------------ */

enum { ASK_DATE, ASK_SHIFT, ASK_WITH, ASK_BACK_DATE, ASK_BACK_SHIFT, ASK_REASON, ASK_FIELDS };
static const struct field ask_body[] = {
        [ASK_DATE] = { .name = "date", .type = FIELD_DAY, .required = true, .help = { "哪天的班，按值班表", "Day of the shift, as in the roster" } },
        [ASK_SHIFT] = { .name = "shift", .type = FIELD_STR, .required = true, .min = 1, .max = 32, .help = { "班次，按值班表", "The shift, as in the roster" } },
        [ASK_WITH] = { .name = "with", .type = FIELD_STR, .required = true, .min = 1, .max = 64, .help = { "请谁来接，登录名", "Who is to take it, by login" } },
        [ASK_BACK_DATE] = { .name = "back_date", .type = FIELD_DAY, .help = { "换回对方哪天的班；只替班则不填", "Day of their turn taken in return; without, nothing is" } },
        [ASK_BACK_SHIFT] = { .name = "back_shift", .type = FIELD_STR, .max = 32, .help = { "换回的班次", "The shift taken in return" } },
        [ASK_REASON] = { .name = "reason", .type = FIELD_STR, .required = true, .min = 2, .max = SWAP_REASON_MAX, .help = { "理由，写在值班表上，同事可见，一个月后删除；不必写私事", "Why: it stands in the roster for a month and colleagues read it; nothing private is needed" } },
        [ASK_FIELDS] = { 0 },
};

static int ask_run(struct tx *tx, struct command *self)
{
        struct swap_doing *o = self->arg;
        struct ctx ctx = o->req->ctx;
        const struct values *b = &o->req->body;
        struct swap_ground g = ground_of(o->t);
        bool back = value_given(b, ASK_BACK_DATE);
        struct swap_ask a = { .asker = o->req->who.login, .other = value_str(b, ASK_WITH), .turn = { value_day(b, ASK_DATE), value_str(b, ASK_SHIFT) },
                              .back = { back ? value_day(b, ASK_BACK_DATE) : DAY_NONE, back ? value_str(b, ASK_BACK_SHIFT) : STR("") },
                              .reason = value_str(b, ASK_REASON) };
        ctx.tx = tx;
        return swap_ask(&ctx, &g, &a, &o->id);
}

static int ask(struct request *req)
{
        const struct values *b = &req->body;
        if (value_given(b, ASK_BACK_DATE) != value_given(b, ASK_BACK_SHIFT))
                return err_set(&req->err, ERR_MISSING, value_given(b, ASK_BACK_DATE) ? "back_shift" : "back_date", "换回的日期和班次须同时填写", "Day and shift of the turn in return go together");
        return submit(req, (struct swap_doing){ 0 }, ask_run);
}

/* ---- the steps --------------------------------------------------------------------------------------------------------- */

static int move_run(struct tx *tx, struct command *self)
{
        struct swap_doing *o = self->arg;
        struct ctx ctx = o->req->ctx;
        struct swap_ground g = ground_of(o->t);
        ctx.tx = tx;
        return swap_move(&ctx, &g, o->id, o->step, o->req->who.login);
}

static int step(struct request *req, enum swap_step step)
{
        return submit(req, (struct swap_doing){ .id = request_param(req, "id")->id, .step = step }, move_run);
}

static int agree(struct request *req)
{
        return step(req, SWAP_AGREE);
}

static int approve(struct request *req)
{
        return step(req, SWAP_APPROVE);
}

static int refuse(struct request *req)
{
        return step(req, SWAP_REFUSE);
}

static int withdraw(struct request *req)
{
        return step(req, SWAP_WITHDRAW);
}

static const struct route swap_routes[] = {
        { .name = "swap.list", .method = HTTP_GET, .path = "/api/swaps", .may = RIGHT_TOWN_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ, .query = list_query,
          .run = list, .answer = &swap_shape, .answer_form = ANSWER_ITEMS, .help = { "换班申请", "Turns on duty that are asked to change hands" } },
        { .name = "swap.ask", .method = HTTP_POST, .path = "/api/swaps", .may = RIGHT_TOWN_READ, .scope = SCOPE_TOWN, .run_on = RUN_WRITE, .rate = RATE_WRITE,
          .body = ask_body, .status = 201, .run = ask, .answer = &made_shape, .help = { "申请换班或替班：自己的班请别人接", "Ask that somebody takes a turn of yours, perhaps for one of theirs" } },
        { .name = "swap.agree", .method = HTTP_POST, .path = "/api/swaps/{id}/agree", .may = RIGHT_TOWN_READ, .scope = SCOPE_TOWN, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .run = agree, .answer = &made_shape, .help = { "接班的人同意", "Who is to take the turn agrees" } },
        { .name = "swap.approve", .method = HTTP_POST, .path = "/api/swaps/{id}/approve", .may = RIGHT_MATTER_APPROVE, .scope = SCOPE_TOWN, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .run = approve, .answer = &made_shape, .help = { "批准换班；换班双方以外的人", "Approve it; neither of the two" } },
        { .name = "swap.refuse", .method = HTTP_POST, .path = "/api/swaps/{id}/refuse", .may = RIGHT_TOWN_READ, .scope = SCOPE_TOWN, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .run = refuse, .answer = &made_shape, .help = { "不同意，或不批准", "Do not agree, or do not approve" } },
        { .name = "swap.withdraw", .method = HTTP_DELETE, .path = "/api/swaps/{id}", .may = RIGHT_TOWN_READ, .scope = SCOPE_TOWN, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .run = withdraw, .answer = &made_shape, .help = { "批准之前撤回", "Take it back before it is approved" } },
};
const struct route_table swap_route_table = ROUTES(swap_routes);

/* api/saved_api.c — views that a member of staff keeps: a filter of the boards under a name. */
#include "api/house.h"
#include "api/routes.h"
#include "people/view.h"

static const struct member view_members[] = {
        { .name = "name", .type = FIELD_STR }, { .name = "query", .type = FIELD_STR, .help = { "看板地址里的条件", "The filter, as the board's address writes it" } },
        { .name = "at", .type = FIELD_INSTANT }, { 0 },
};
static const struct shape saved_view_shape = { "SavedView", view_members, NULL };

static int views(struct request *req)
{
        const struct town *t;
        struct saved_views all;
        int rc = house_in_person(req);
        if (rc == OK)
                rc = house_read(req, &t);
        if (rc == OK)
                rc = view_list(&req->ctx, req->who.login, &all);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (size_t i = 0; i < all.n; i++) {
                json_open(&j);
                json_kstr(&j, "name", all.row[i].name);
                json_kstr(&j, "query", all.row[i].query);
                json_kinstant(&j, "at", all.row[i].at);
                json_close(&j);
        }
        json_end(&j);
        json_close(&j);
        return OK;
}

enum { KEEP_NAME, KEEP_QUERY, KEEP_FIELDS };
static const struct field keep_body[] = {
        [KEEP_NAME] = { .name = "name", .type = FIELD_STR, .required = true, .min = 1, .max = VIEW_NAME_CHARS, .help = { "名称；同名的换掉", "A name; one of the same name is replaced" } },
        [KEEP_QUERY] = { .name = "query", .type = FIELD_STR, .required = true, .max = VIEW_QUERY_BYTES, .help = { "看板地址里的条件，如 board=overdue&unit=…", "The filter, as the board's address writes it: board=overdue&unit=…" } },
        [KEEP_FIELDS] = { 0 },
};
static const struct field drop_query[] = {
        { .name = "name", .type = FIELD_STR, .required = true, .min = 1, .max = VIEW_NAME_CHARS, .help = { "名称", "Its name" } },
        { 0 },
};

static int keep_run(struct tx *tx, struct command *self)
{
        struct request *req = self->arg;
        struct ctx ctx = req->ctx;
        ctx.tx = tx;
        return view_put(&ctx, req->who.login, value_str(&req->body, KEEP_NAME), value_str(&req->body, KEEP_QUERY));
}

static int drop_run(struct tx *tx, struct command *self)
{
        struct request *req = self->arg;
        struct ctx ctx = req->ctx;
        ctx.tx = tx;
        return view_drop(&ctx, req->who.login, value_str(&req->query, 0));
}

static int keep(struct request *req)
{
        int rc = house_in_person(req);
        req->finish = house_ok;
        return rc == OK ? request_submit(req, keep_run, req) : rc;
}

static int drop(struct request *req)
{
        int rc = house_in_person(req);
        req->finish = house_ok;
        return rc == OK ? request_submit(req, drop_run, req) : rc;
}

static const struct route saved_routes[] = {
        { .name = "view.list", .method = HTTP_GET, .path = "/api/views", .may = RIGHT_SIGNED_IN, .scope = SCOPE_SELF, .run_on = RUN_READ, .run = views,
          .answer = &saved_view_shape, .answer_form = ANSWER_ITEMS, .help = { "我保存的视图，只有本人看得到", "The views I keep; nobody else sees them" } },
        { .name = "view.keep", .method = HTTP_PUT, .path = "/api/views", .may = RIGHT_SIGNED_IN, .scope = SCOPE_SELF, .run_on = RUN_WRITE, .rate = RATE_WRITE,
          .body = keep_body, .run = keep, .answer = &ok_shape, .help = { "保存一个视图，最多 20 个", "Keep a view; at most 20" } },
        { .name = "view.drop", .method = HTTP_DELETE, .path = "/api/views", .may = RIGHT_SIGNED_IN, .scope = SCOPE_SELF, .run_on = RUN_WRITE, .rate = RATE_WRITE,
          .query = drop_query, .run = drop, .answer = &ok_shape, .help = { "删去一个视图", "Delete a view" } },
};
const struct route_table saved_route_table = ROUTES(saved_routes);

/* api/track_api.c — what whoever holds a tracking code may see and do. */
#include "api/matter_view.h"
#include "api/routes.h"
#include "matter/erase.h"

static int load_own(struct request *req, struct matter *ret)
{
        struct tx *tx;
        int rc = request_tx(req, &tx);
        return rc == OK ? matter_get(&req->ctx, req->who.id, ret) : rc;
}

/* Of the matter it waits for. */
static int load_together(struct request *req, const struct matter *m, struct together *ret)
{
        int rc = matter_get(&req->ctx, m->cause, &ret->cause);
        if (rc != OK)
                return rc;
        rc = known_get(&req->ctx, m->cause, &ret->known);
        ret->announced = rc == OK;
        return rc == ERR_NONE ? OK : rc;
}

static int track(struct request *req)
{
        const struct town *t;
        struct matter m;
        struct together with;
        struct matter_story story;
        struct matter_tasks tasks;
        struct elsewhere e;
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = load_own(req, &m);
        if (rc == OK)
                rc = matter_story(&req->ctx, m.id, &story);
        if (rc == OK)
                rc = matter_tasks(&req->ctx, &m, &tasks);
        if (rc == OK)
                rc = elsewhere_of(&req->ctx, t, &m, &e);
        if (rc == OK && m.waits)
                rc = load_together(req, &m, &with);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        matter_view_reporter(&j, t, &m, &tasks, &story, m.waits ? &with : NULL, &e, req->ctx.now, req->ctx.arena);
        if (!m.waits && !e.heard) /* else the answer changes with another matter too */
                request_etag(req, m.rev);
        return OK;
}

/* Who looked at my contact, when and why (个人信息保护法 第四十四、四十五条). Names of staff stay masked; posts are told. */
static int looks(struct request *req)
{
        struct vault_looks rows;
        const struct town *t;
        struct matter m;
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = load_own(req, &m);
        if (rc == OK)
                rc = vault_looks_of_matter(&req->ctx, m.id, INT64_MAX, &rows);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        view_looks(&j, &rows, t, req->ctx.arena);
        return OK;
}

/* Nothing is asked: whoever wants it need not say why, and what they said would outlive the erasing. */
static const struct field erase_body[] = { { 0 } };

static int erase_run(struct tx *tx, struct command *self)
{
        struct request *req = self->arg;
        struct ctx ctx = req->ctx;
        ctx.tx = tx;
        return matter_erase(&ctx, req->who.id, STR(MATTER_ERASE_BASIS), NULL);
}

static int erase(struct request *req)
{
        req->finish = house_done;
        return request_submit(req, erase_run, req);
}

static const struct route track_routes[] = {
        { .name = "track.get", .method = HTTP_GET, .path = "/api/track", .may = RIGHT_TRACK, .scope = SCOPE_SELF, .run_on = RUN_FAST,
          .rate = RATE_LOOKUP, .run = track, .answer = &tracked_shape, .help = { "凭查询码看进展", "How my matter stands" } },
        { .name = "track.looks", .method = HTTP_GET, .path = "/api/track/looks", .may = RIGHT_TRACK, .scope = SCOPE_SELF, .run_on = RUN_READ,
          .rate = RATE_LOOKUP, .run = looks, .answer = &look_shape, .answer_form = ANSWER_ITEMS, .help = { "谁看过我的联系方式，为什么", "Who looked at my contact, and why" } },
        { .name = "track.erase", .method = HTTP_POST, .path = "/api/track/erase", .may = RIGHT_TRACK, .scope = SCOPE_SELF, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .body = erase_body, .run = erase, .answer = &ok_shape, .help = { "办结后删除我的信息和填写的内容", "Erase what I wrote and who I am, once it has ended" } },
};
const struct route_table track_route_table = ROUTES(track_routes);

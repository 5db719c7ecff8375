/* api/cause_api.c — what has one cause: the voices of a matter. */
#include "api/cursor.h"
#include "api/matter_view.h"
#include <math.h>
#include "api/routes.h"
#include "matter/similar.h"
#include "matter/voices.h"

/* ---- the voices of a matter -------------------------------------------------------------------------------------------- */

static int reach(struct request *req, const struct town **t, struct matter *m)
{
        struct scope_object object;
        struct tx *tx;
        int rc = house_town(req, t);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = matter_get(&req->ctx, request_param(req, "id")->id, m);
        if (rc != OK)
                return rc;
        matter_scope(*t, m, &object);
        if (request_in_scope(req, m->id, &object) == OK)
                return OK;
        return err_set(&req->err, ERR_NONE, "id", "没有这件事项", "There is no such matter");
}

/* Each voice has a scope of its own: who may not see it learns that it is one of so many. */
static void show_voices(struct request *req, struct json *j, const struct town *t, const struct matter_items *rows)
{
        json_key(j, "items");
        json_list(j);
        for (size_t i = 0; i < rows->n; i++) {
                const struct matter_item *m = &rows->row[i];
                struct scope_object object;
                matter_item_scope(t, m->path, m->unit_path, m->assist, m->called, m->respondent, &object);
                if (request_in_scope(req, m->id, &object) == OK)
                        matter_view_item(j, t, m);
        }
        json_end(j);
        request_next(req, j, rows->n == MATTER_LIST_MAX ? &rows->row[rows->n - 1].id : NULL, 1);
}

enum { VOICES_CURSOR, VOICES_FIELDS };
static const struct field voices_query[] = {
        [VOICES_CURSOR] = FIELD_CURSOR,
        [VOICES_FIELDS] = { 0 },
};

static const struct member voices_members[] = {
        { .name = "voices", .type = FIELD_INT, .help = { "一共并入几件", "How many were joined" } },
        { .name = "waiting", .type = FIELD_INT },
        { .name = "first_opened", .type = FIELD_INSTANT, .null = true },
        { .name = "first_due", .type = FIELD_INSTANT, .null = true, .help = { "其中最早的承诺期限", "The earliest day promised to one of them" } },
        { .name = "items", .type = FIELD_LIST, .of = &matter_item_shape, .help = { "您能看到的", "Those within your reach" } },
        { .name = "next", .type = FIELD_STR, .null = true },
        { 0 },
};
static const struct shape voices_shape = { "Voices", voices_members, NULL };

static int voices(struct request *req)
{
        const struct town *t;
        struct matter m;
        struct matter_voice_sum sum;
        struct matter_items rows;
        int64_t after = 0;
        int rc = reach(req, &t, &m);
        if (rc == OK)
                rc = request_page(req, VOICES_CURSOR, &after, 1);
        if (rc == OK)
                rc = matter_voice_sum(&req->ctx, m.id, &sum);
        if (rc == OK)
                rc = matter_voices(&req->ctx, m.id, after, MATTER_LIST_MAX, &rows);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kint(&j, "voices", sum.n);
        json_kint(&j, "waiting", sum.waiting);
        json_kinstant(&j, "first_opened", sum.first_opened);
        json_kinstant(&j, "first_due", sum.first_due);
        show_voices(req, &j, t, &rows);
        json_close(&j);
        return OK;
}

/* ---- what may be the same ------------------------------------------------------------------------------------------------ */

static const struct member alike_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "cause", .type = FIELD_ID, .help = { "应并入的事项：它自己，或它已并入的", "The matter to join: itself, or its cause" } },
        { .name = "percent", .type = FIELD_INT },
        { .name = "metres", .type = FIELD_NUMBER, .null = true },
        { .name = "voices", .type = FIELD_INT },
        { .name = "state", .type = FIELD_STR },
        { .name = "subject", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "grid", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "opened", .type = FIELD_INSTANT },
        { 0 },
};
static const struct shape alike_shape = { "SimilarMatter", alike_members, NULL };

static void show_similar(struct json *j, const struct town *t, const struct similar_row *r)
{
        json_open(j);
        json_kid(j, "id", r->id);
        json_kid(j, "cause", r->cause);
        json_kint(j, "percent", r->percent);
        json_key(j, "metres");
        if (isinf(r->metres))
                json_null(j);
        else
                json_double(j, r->metres, 0);
        json_kint(j, "voices", r->voices);
        json_kstr(j, "state", r->state);
        view_subject(j, "subject", t, r->subject);
        view_place(j, "grid", t, r->grid);
        json_kinstant(j, "opened", r->opened);
        json_close(j);
}

static int similar_to(struct request *req)
{
        const struct town *t;
        struct matter m;
        struct similar_ask ask;
        struct similar_rows found = { .n = 0 };
        int rc = reach(req, &t, &m);
        if (rc == OK && !m.respondent.n)
                rc = matter_similar_ask(&req->ctx, t, &m, &ask);
        if (rc == OK && !m.respondent.n)
                rc = matter_similar(&req->ctx, t, &ask, &found);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (size_t i = 0; i < found.n; i++) {
                const struct similar_row *r = &found.row[i];
                struct scope_object object;
                matter_item_scope(t, r->path, r->unit_path, r->assist, r->called, STR(""), &object);
                if (request_in_scope(req, r->id, &object) == OK)
                        show_similar(&j, t, r);
        }
        json_end(&j);
        json_close(&j);
        return OK;
}

static const struct route cause_routes[] = {
        { .name = "matter.similar", .method = HTTP_GET, .path = "/api/matters/{id}/similar", .may = RIGHT_MATTER_READ, .scope = SCOPE_MATTER,
          .run_on = RUN_READ, .run = similar_to, .answer = &alike_shape, .answer_form = ANSWER_ITEMS,
          .help = { "可能是同一件事的：相近的地点、时间、事项和用词，最像的在前；是否合并由人决定",
                    "What may be the same: near in place and time, like in subject and words, the likest first; whether to join is for a person" } },
        { .name = "matter.voices", .method = HTTP_GET, .path = "/api/matters/{id}/voices", .may = RIGHT_MATTER_READ, .scope = SCOPE_MATTER,
          .run_on = RUN_READ, .query = voices_query, .run = voices, .answer = &voices_shape,
          .help = { "并入这件事项的诉求：件数、最早的承诺时间，和我能看到的那些",
                    "What was joined to this matter: how many, the earliest day promised to one of them, and those within my reach" } },
};
const struct route_table cause_route_table = ROUTES(cause_routes);

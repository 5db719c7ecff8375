/* api/shift_api.c — one shift hands over to the next: the sheet is made, read, printed and signed by those of the two shifts, in person. */
#include "api/house.h"
#include "api/routes.h"
#include "matter/shift.h"

struct shift_doing { struct request *req; const struct town *t; int64_t id; };

static void signature(struct json *j, const char *key, const struct town *t, struct str login, struct instant at)
{
        const struct staff_member *s = staff_find(&t->staff, login);
        json_key(j, key);
        if (login.n == 0) {
                json_null(j);
                return;
        }
        json_open(j);
        json_kstr(j, "login", login);
        json_kstr(j, "name", s ? s->name : STR(""));
        json_kinstant(j, "at", at);
        json_close(j);
}

static const struct member signature_members[] = {
        { .name = "login", .type = FIELD_STR },
        { .name = "name", .type = FIELD_STR },
        { .name = "at", .type = FIELD_INSTANT },
        { 0 },
};
static const struct shape signature_shape = { NULL, signature_members, NULL };

/* The frozen body, as matter/shift.c writes it. */
static const struct member sheet_person_members[] = {
        { .name = "login", .type = FIELD_STR },
        { .name = "name", .type = FIELD_STR },
        { 0 },
};
static const struct shape sheet_person_shape = { NULL, sheet_person_members, NULL };

static const struct member sheet_line_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "what", .type = FIELD_STR, .maybe = true },
        { .name = "state", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "subject", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "grid", .type = FIELD_STR },
        { .name = "unit", .type = FIELD_STR },
        { .name = "holder", .type = FIELD_STR },
        { .name = "due", .type = FIELD_INSTANT, .null = true },
        { 0 },
};
static const struct shape sheet_line_shape = { NULL, sheet_line_members, NULL };

static const struct member sheet_next_members[] = {
        { .name = "leader", .type = FIELD_OBJECT, .of = &sheet_person_shape, .null = true },
        { .name = "in", .type = FIELD_LIST, .of = &sheet_person_shape },
        { .name = "to", .type = FIELD_INSTANT },
        { 0 },
};
static const struct shape sheet_next_shape = { NULL, sheet_next_members, NULL };

static const struct member sheet_more_members[] = {
        { .name = "urgent", .type = FIELD_INT },
        { .name = "unsigned", .type = FIELD_INT },
        { .name = "calls", .type = FIELD_INT },
        { 0 },
};
static const struct shape sheet_more_shape = { NULL, sheet_more_members, NULL };

static const struct member sheet_body_members[] = {
        { .name = "town", .type = FIELD_STR },
        { .name = "date", .type = FIELD_DAY },
        { .name = "shift", .type = FIELD_STR },
        { .name = "from", .type = FIELD_INSTANT },
        { .name = "to", .type = FIELD_INSTANT },
        { .name = "leader", .type = FIELD_OBJECT, .of = &sheet_person_shape, .null = true },
        { .name = "out", .type = FIELD_LIST, .of = &sheet_person_shape },
        { .name = "next", .type = FIELD_OBJECT, .of = &sheet_next_shape },
        { .name = "made", .type = FIELD_INSTANT },
        { .name = "urgent", .type = FIELD_LIST, .of = &sheet_line_shape },
        { .name = "unsigned", .type = FIELD_LIST, .of = &sheet_line_shape },
        { .name = "calls", .type = FIELD_LIST, .of = &sheet_line_shape },
        { .name = "more", .type = FIELD_OBJECT, .of = &sheet_more_shape, .help = { "各还有几件没列出", "How many of each are not listed" } },
        { 0 },
};
static const struct shape sheet_body_shape = { "SheetBody", sheet_body_members, NULL };

static const struct member sheet_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "rev", .type = FIELD_INT },
        { .name = "date", .type = FIELD_DAY },
        { .name = "shift", .type = FIELD_STR },
        { .name = "made", .type = FIELD_INSTANT },
        { .name = "handed_over", .type = FIELD_OBJECT, .of = &signature_shape, .null = true },
        { .name = "taken_over", .type = FIELD_OBJECT, .of = &signature_shape, .null = true },
        { .name = "sheet", .type = FIELD_OBJECT, .of = &sheet_body_shape, .maybe = true, .help = { "列表里没有", "Not in a list" } },
        { 0 },
};
static const struct shape sheet_shape = { "Sheet", sheet_members, NULL };

static void view(struct json *j, const struct town *t, const struct shift_sheet *s)
{
        json_open(j);
        json_kid(j, "id", s->id);
        json_kint(j, "rev", s->rev);
        json_kday(j, "date", s->date);
        json_kstr(j, "shift", s->shift);
        json_kinstant(j, "made", s->made);
        signature(j, "handed_over", t, s->out_by, s->out_at);
        signature(j, "taken_over", t, s->in_by, s->in_at);
        if (s->body.n) {
                json_key(j, "sheet");
                json_raw(j, s->body);
        }
        json_close(j);
}

/* ---- reading ----------------------------------------------------------------------------------------------------------- */

enum { LIST_FROM, LIST_FIELDS };
static const struct field list_query[] = {
        [LIST_FROM] = { .name = "from", .type = FIELD_DAY, .help = { "从哪天的班起，默认七天前", "Shifts from which day on; seven days ago by default" } },
        [LIST_FIELDS] = { 0 },
};

static int list(struct request *req)
{
        const struct town *t;
        struct tx *tx;
        struct shift_sheets all;
        struct day from = value_given(&req->query, LIST_FROM) ? value_day(&req->query, LIST_FROM) : (struct day){ instant_day(req->ctx.now).n - 7 };
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = shift_list(&req->ctx, from, &all);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (size_t i = 0; i < all.n; i++)
                view(&j, t, &all.row[i]);
        json_end(&j);
        json_close(&j);
        return OK;
}

/* A sheet that is not theirs does not exist. */
static int readable(struct request *req, const struct town **ret_t, struct shift_sheet *ret)
{
        struct tx *tx;
        int rc = house_town(req, ret_t);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = shift_get(&req->ctx, request_param(req, "id")->id, ret);
        if (rc == OK && !(req->who.by == CRED_COOKIE && shift_reads(ret, req->who.login)))
                return err_set(&req->err, ERR_NONE, "id", "没有这张交接单", "There is no such sheet");
        return rc;
}

static int get(struct request *req)
{
        const struct town *t;
        struct shift_sheet s;
        int rc = readable(req, &t, &s);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        view(&j, t, &s);
        return OK;
}

static int print(struct request *req)
{
        const struct town *t;
        struct shift_sheet s;
        int rc = readable(req, &t, &s);
        if (rc != OK)
                return rc;
        req->out.type = "text/plain; charset=utf-8";
        return shift_text(&req->out.body, t, &s, req->ctx.lang, &req->err);
}

/* ---- making and signing ------------------------------------------------------------------------------------------------ */

enum { MAKE_DATE, MAKE_SHIFT, MAKE_FIELDS };
static const struct field make_body[] = {
        [MAKE_DATE] = { .name = "date", .type = FIELD_DAY, .required = true, .help = { "哪天的班，按值班表", "Day of the shift, as in the roster" } },
        [MAKE_SHIFT] = { .name = "shift", .type = FIELD_STR, .required = true, .min = 1, .max = 32, .help = { "班次，按值班表", "The shift, as in the roster" } },
        [MAKE_FIELDS] = { 0 },
};
enum { SIGN_REV, SIGN_FIELDS };
static const struct field sign_body[] = {
        [SIGN_REV] = { .name = "rev", .type = FIELD_INT, .required = true, .min = 1, .max = INT32_MAX, .help = { "看到的是第几版", "The revision that was read" } },
        [SIGN_FIELDS] = { 0 },
};

static int finish(struct request *req, int rc)
{
        struct shift_doing *o = req->state;
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kid(&j, "id", o->id);
        json_close(&j);
        return OK;
}

static int make_run(struct tx *tx, struct command *self)
{
        struct shift_doing *o = self->arg;
        struct ctx ctx = o->req->ctx;
        const struct values *b = &o->req->body;
        ctx.tx = tx;
        return shift_make(&ctx, o->t, o->req->who.login, value_day(b, MAKE_DATE), value_str(b, MAKE_SHIFT), &o->id);
}

static int sign_run(struct tx *tx, struct command *self)
{
        struct shift_doing *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        return shift_sign(&ctx, o->t, o->req->who.login, o->id, (int32_t)value_int(&o->req->body, SIGN_REV, 0));
}

static int submit(struct request *req, int64_t id, int (*run)(struct tx *, struct command *))
{
        struct shift_doing *o = arena_new(req->ctx.arena, struct shift_doing);
        *o = (struct shift_doing){ .req = req, .id = id };
        int rc = house_in_person(req);
        if (rc == OK)
                rc = house_town(req, &o->t);
        if (rc != OK)
                return rc;
        req->state = o;
        req->finish = finish;
        return request_submit(req, run, o);
}

static int make(struct request *req)
{
        return submit(req, 0, make_run);
}

static int sign(struct request *req)
{
        return submit(req, request_param(req, "id")->id, sign_run);
}

static const struct route shift_routes[] = {
        { .name = "sheet.list", .method = HTTP_GET, .path = "/api/sheets", .may = RIGHT_MATTER_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ, .query = list_query,
          .run = list, .answer = &sheet_shape, .answer_form = ANSWER_ITEMS, .help = { "值班交接单：哪一班、谁签了字", "Hand-overs of shifts: which shift, and who signed" } },
        { .name = "sheet.make", .method = HTTP_POST, .path = "/api/sheets", .may = RIGHT_MATTER_READ, .scope = SCOPE_TOWN, .run_on = RUN_WRITE, .rate = RATE_WRITE,
          .body = make_body, .status = 201, .run = make, .answer = &made_shape,
          .help = { "制作本班交接单：紧急、未签收、应打的电话；签字前可重做", "Make the sheet of one's shift: urgent, unsigned, promised calls; anew as often as wanted before it is signed" } },
        { .name = "sheet.get", .method = HTTP_GET, .path = "/api/sheets/{id}", .may = RIGHT_MATTER_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ, .run = get, .answer = &sheet_shape,
          .help = { "一张交接单；两班人员可见", "One sheet, for those of the two shifts" } },
        { .name = "sheet.print", .method = HTTP_GET, .path = "/api/sheets/{id}/text", .may = RIGHT_MATTER_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .answer_type = "text/plain", .answer_max = SHIFT_BODY_MAX, .run = print, .help = { "可打印的交接单", "The sheet to print" } },
        { .name = "sheet.sign", .method = HTTP_POST, .path = "/api/sheets/{id}/sign", .may = RIGHT_MATTER_READ, .scope = SCOPE_TOWN, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .body = sign_body, .run = sign, .answer = &made_shape, .help = { "签字：先交班，后接班，须两人", "Sign: first who goes, then who comes, two persons" } },
};
const struct route_table shift_route_table = ROUTES(shift_routes);

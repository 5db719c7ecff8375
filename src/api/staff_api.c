/* api/staff_api.c — the desk's and the handlers' routes: one matter, its actions, a contact in the clear. */
#include <json-c/json.h>
#include "api/matter_view.h"
#include "api/routes.h"
#include "matter/files.h"
#include "matter/voices.h"

/* ---- one matter ----------------------------------------------------------------------------------------------------- */

static int get(struct request *req)
{
        const struct town *t;
        struct matter m;
        struct scope_object object;
        struct matter_story story;
        struct matter_tasks tasks;
        struct vault_masked contact = { 0 }, householder = { 0 };
        struct elsewhere e;
        int rc = house_matter(req, &t, &m, &object);
        if (rc == OK)
                rc = matter_story(&req->ctx, m.id, &story);
        if (rc == OK)
                rc = matter_tasks(&req->ctx, &m, &tasks);
        if (rc == OK)
                rc = elsewhere_of(&req->ctx, t, &m, &e);
        if (rc != OK)
                return rc;
        for (size_t i = 0; i < story.files->n; i++)
                story.files->row[i].withheld = house_withholds(req, &object, &story.files->row[i]);
        bool shown = m.person != MATTER_ANONYMOUS && house_sees_reporter(req, &object);
        bool named = m.householder != MATTER_ANONYMOUS && house_sees_reporter(req, &object);
        if (shown)
                rc = vault_masked(&req->ctx, m.person, &contact);
        if (rc == OK && named)
                rc = vault_masked(&req->ctx, m.householder, &householder);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        struct task_actor who = { ACTOR_STAFF, house_rights_over(req, &object), &req->who.scopes, req->who.login };
        matter_view_staff(&j, t, &m, &tasks, &story, shown ? &contact : NULL, named ? &householder : NULL, &who, &e, req->ctx.now, req->ctx.arena);
        if (!e.heard)
                request_etag(req, m.rev);
        return OK;
}

static int why(struct request *req)
{
        const struct town *t;
        struct matter m;
        struct scope_object object;
        struct str json;
        int rc = house_matter(req, &t, &m, &object);
        if (rc == OK)
                rc = matter_why(&req->ctx, m.id, &json);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_raw(&j, json);
        return OK;
}

/* ---- actions -------------------------------------------------------------------------------------------------------- */

struct acting {
        struct request *req;
        const struct town *t;
        struct matter_action a;
        struct matter after;
        struct idem idem;
        bool again;                   /* it was done before, under the same key */
};

/* Tokens of files, as one text parted by blanks. */
static int list_value(struct request *req, const char *key, struct json_object *v, struct form_value *ret)
{
        ret->value = STR("");
        if (json_object_array_length(v) > MATTER_FILES_STEP_MAX)
                return err_set(&req->err, ERR_RANGE, key, "最多 %d 项", "At most %d items", MATTER_FILES_STEP_MAX);
        for (size_t i = 0; i < json_object_array_length(v); i++) {
                struct json_object *one = json_object_array_get_idx(v, i);
                if (json_object_get_type(one) != json_type_string || !code_valid(json_text(one)))
                        return err_set(&req->err, ERR_TYPE, key, "应为上传后得到的凭证", "needs the tokens that the uploads gave");
                ret->value = str_printf(req->ctx.arena, STR_FMT "%s" STR_FMT, STR_ARG(ret->value), i ? " " : "", STR_ARG(json_text(one)));
        }
        return OK;
}

static int one_value(struct request *req, const char *key, struct json_object *v, struct form_value *ret)
{
        ret->name = str_dup(req->ctx.arena, str_of(key));
        switch (json_object_get_type(v)) {
        case json_type_string:
                ret->value = str_dup(req->ctx.arena, json_text(v));
                return OK;
        case json_type_boolean:
                ret->value = json_object_get_boolean(v) ? STR("yes") : STR("no");
                return OK;
        case json_type_array:
                return list_value(req, key, v, ret);
        case json_type_int:
                ret->value = str_printf(req->ctx.arena, "%lld", (long long)json_object_get_int64(v));
                return OK;
        default:
                return err_set(&req->err, ERR_TYPE, key, "类型不对", "Wrong type");
        }
}

/* The form's fields are the procedure's affair; here they only become names and texts. */
static int read_form(struct request *req, struct acting *o)
{
        JSON_AUTO doc = NULL;
        if (req->body_text.n == 0)
                return OK;
        int rc = json_parse(req->body_text, &doc, &req->err);
        if (rc != OK)
                return rc;
        if (json_object_get_type(doc) != json_type_object)
                return err_set(&req->err, ERR_TYPE, "body", "应为 JSON 对象", "A JSON object is needed");
        if (json_object_object_length(doc) > PROCEDURE_FIELDS_MAX)
                return err_set(&req->err, ERR_RANGE, "body", "字段太多", "Too many fields");
        struct form_value *form = arena_array(req->ctx.arena, struct form_value, PROCEDURE_FIELDS_MAX);
        struct json_object_iterator at = json_object_iter_begin(doc), end = json_object_iter_end(doc);
        for (; !json_object_iter_equal(&at, &end); json_object_iter_next(&at)) {
                struct json_object *v = json_object_iter_peek_value(&at);
                if (json_object_get_type(v) == json_type_null)
                        continue;
                rc = one_value(req, json_object_iter_peek_name(&at), v, &form[o->a.n_form++]);
                if (rc != OK)
                        return rc;
        }
        o->a.form = form;
        return OK;
}

/* Whoever joins a matter to another has to see that one too. */
static int reach_cause(struct ctx *ctx, struct acting *o, const struct matter *m)
{
        struct matter cause;
        struct scope_object object;
        for (size_t i = 0; i < o->a.n_form; i++) {
                if (!str_is(o->a.form[i].name, "cause") || !matter_joins(o->t, m, o->a.action))
                        continue;
                int rc = matter_cause_named(ctx, o->a.form[i].value, &cause);
                if (rc != OK)
                        return rc;
                matter_scope(o->t, &cause, &object);
                if (!(house_rights_over(o->req, &object) & right_bit(RIGHT_MATTER_READ)))
                        return err_set(ctx->err, ERR_UNKNOWN, "cause", "没有这个编号的事项", "There is no matter with this number");
        }
        return OK;
}

/* The scope again, on the row that will be changed. */
static int reach(struct ctx *ctx, struct acting *o)
{
        struct matter m;
        struct scope_object object;
        if (o->req->who.by == CRED_TRACK)
                return OK;
        int rc = matter_get(ctx, o->a.id, &m);
        if (rc != OK)
                return rc;
        matter_scope(o->t, &m, &object);
        o->a.rights = house_rights_over(o->req, &object);
        o->a.scopes = &o->req->who.scopes;
        o->a.login = o->req->who.login;
        if (o->a.rights & right_bit(RIGHT_MATTER_READ))
                return reach_cause(ctx, o, &m);
        return err_set(ctx->err, ERR_NONE, "id", "没有这件事项", "There is no such matter");
}

static int act_run(struct tx *tx, struct command *self)
{
        struct acting *o = self->arg;
        struct ctx ctx = o->req->ctx;
        struct idem_answer answer;
        ctx.tx = tx;
        o->again = false;
        int rc = o->idem.key.n ? idem_begin(&ctx, &o->idem, &o->again, &answer) : OK;
        if (rc == OK && self->tries > 0) /* the town's version moved meanwhile, perhaps */
                rc = house_town_anew(o->req, &o->t);
        if (rc == OK)
                rc = reach(&ctx, o);
        if (rc != OK || o->again)
                return rc == OK ? matter_get(&ctx, o->a.id, &o->after) : rc;
        rc = matter_act(&ctx, o->t, &o->a, &o->after);
        if (rc == OK && o->idem.key.n)
                rc = idem_end(&ctx, &o->idem, &(struct idem_answer){ .status = 200, .id = o->a.id, .sealed = STR("") });
        return rc;
}

static const struct member acted_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "rev", .type = FIELD_INT },
        { .name = "state", .type = FIELD_STR },
        { .name = "unit", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "due", .type = FIELD_INSTANT, .null = true },
        { 0 },
};
static const struct shape acted_shape = { "MatterActed", acted_members, NULL };

static int act_finish(struct request *req, int rc)
{
        struct acting *o = req->state;
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kid(&j, "id", o->after.id);
        json_kint(&j, "rev", o->after.rev);
        json_kstr(&j, "state", o->after.state);
        view_org(&j, "unit", o->t, o->after.unit);
        json_kinstant(&j, "due", o->after.due);
        json_close(&j);
        request_etag(req, o->after.rev);
        if (!o->again)
                house_wake(req);
        return OK;
}

/* A revision that no matter can have is one that does not match. */
static int32_t revision_asked(int64_t rev)
{
        if (rev < 0)
                return 0;
        return rev > 0 && rev < INT32_MAX ? (int32_t)rev : INT32_MAX;
}

static int act(struct request *req)
{
        struct acting *o = arena_new(req->ctx.arena, struct acting);
        int64_t rev = -1;
        o->req = req;
        int rc = house_town(req, &o->t);
        if (rc == OK)
                rc = request_if_match(req, &rev);
        if (rc == OK)
                rc = read_form(req, o);
        if (rc != OK)
                return rc;
        o->a.id = req->who.by == CRED_TRACK ? req->who.id : request_param(req, "id")->id;
        o->a.rev = revision_asked(rev);
        o->a.action = request_param(req, "action")->text;
        o->idem = house_idem(req, o->a.id, o->a.action);
        req->state = o;
        req->finish = act_finish;
        return request_submit(req, act_run, o);
}

/* ---- a contact in the clear ------------------------------------------------------------------------------------------ */

enum { OPEN_PURPOSE, OPEN_FIELDS };
static const struct field open_body[] = {
        [OPEN_PURPOSE] = { .name = "purpose", .type = FIELD_STR, .required = true, .min = VAULT_PURPOSE_CHARS_MIN, .max = VAULT_PURPOSE_CHARS_MAX,
                           .help = { "为什么要看联系方式；会留痕，诉求人看得到", "Why the contact is needed; it is logged and the reporter can see it" } },
        [OPEN_FIELDS] = { 0 },
};

struct unmasking { struct request *req; const struct town *t; struct identity id; bool householder; };

static int unmask_run(struct tx *tx, struct command *self)
{
        struct unmasking *o = self->arg;
        struct request *req = o->req;
        struct ctx ctx = req->ctx;
        struct matter m;
        struct scope_object object;
        ctx.tx = tx;
        int rc = matter_get(&ctx, request_param(req, "id")->id, &m);
        if (rc != OK)
                return rc;
        matter_scope(o->t, &m, &object);
        if (request_in_scope(req, m.id, &object) != OK || !house_sees_reporter(req, &object))
                return err_set(ctx.err, ERR_NONE, "id", "没有这件事项", "There is no such matter");
        int64_t person = o->householder ? m.householder : m.person;
        if (person == MATTER_ANONYMOUS && o->householder)
                return err_set(ctx.err, ERR_NONE, "householder", "没有写户主", "No householder was named");
        if (person == MATTER_ANONYMOUS)
                return err_set(ctx.err, ERR_NONE, "contact", "诉求人没有留下联系方式", "The reporter left no contact");
        return vault_open(house_of(req)->keys, &ctx, person, m.id, value_str(&req->body, OPEN_PURPOSE), &o->id);
}

static const struct member householder_name_members[] = {
        { .name = "name", .type = FIELD_STR },
        { 0 },
};
static const struct shape householder_name_shape = { "HouseholderOpened", householder_name_members, NULL };

static const struct member contact_open_members[] = {
        { .name = "name", .type = FIELD_STR },
        { .name = "phone", .type = FIELD_STR },
        { .name = "address", .type = FIELD_STR },
        { .name = "mail", .type = FIELD_STR },
        { .name = "note", .type = FIELD_STR, .help = { "怎样联系才安全", "How they may be reached safely" } },
        { 0 },
};
static const struct shape contact_open_shape = { "ContactOpened", contact_open_members, NULL };

static int unmask_finish(struct request *req, int rc)
{
        struct unmasking *o = req->state;
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kstr(&j, "name", o->id.name);
        if (o->householder) {
                json_close(&j);
                return OK;
        }
        json_kstr(&j, "phone", o->id.phone);
        json_kstr(&j, "address", o->id.address);
        json_kstr(&j, "mail", o->id.mail);
        json_kstr(&j, "note", o->id.note); /* how they may be reached safely */
        json_close(&j);
        return OK;
}

static int unmask_whom(struct request *req, bool householder)
{
        struct unmasking *o = arena_new(req->ctx.arena, struct unmasking);
        o->req = req;
        o->householder = householder;
        int rc = house_town(req, &o->t);
        if (rc != OK)
                return rc;
        req->state = o;
        req->finish = unmask_finish;
        return request_submit(req, unmask_run, o);
}

static int unmask(struct request *req)
{
        return unmask_whom(req, false);
}

static int unmask_householder(struct request *req)
{
        return unmask_whom(req, true);
}

static int audit(struct request *req)
{
        struct vault_looks rows;
        struct tx *tx;
        int rc = request_tx(req, &tx);
        if (rc == OK)
                rc = vault_looks(&req->ctx, INT64_MAX, &rows);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        view_looks(&j, &rows, NULL, req->ctx.arena);
        return OK;
}

/* ---- the live stream --------------------------------------------------------------------------------------------------- */

struct listening { struct scopes scopes; struct str login; };

static bool wants(void *arg, const struct sse_event *e)
{
        const struct listening *l = arg;
        return e->object && scope_allows(&l->scopes, l->login, RIGHT_MATTER_READ, e->object);
}

static int live(struct request *req)
{
        struct listening *l = arena_new(req->ctx.arena, struct listening);
        *l = (struct listening){ req->who.scopes, req->who.login };
        return sse_attach(req, house_of(req)->hub, wants, l);
}

static const struct route staff_routes[] = {
        { .name = "matter.get", .method = HTTP_GET, .path = "/api/matters/{id}", .may = RIGHT_MATTER_READ, .scope = SCOPE_MATTER, .run_on = RUN_FAST,
          .run = get, .answer = &staff_matter_shape, .help = { "一件事项的全部经过", "One matter with its whole story" } },
        { .name = "matter.why", .method = HTTP_GET, .path = "/api/matters/{id}/why", .may = RIGHT_WHY, .scope = SCOPE_MATTER, .run_on = RUN_READ,
          .cached = true, .run = why, .answer = &explanation_shape, .help = { "为什么派到这里：当时留存的说明", "Why here: the explanation as it was stored" } },
        { .name = "matter.act", .method = HTTP_POST, .path = "/api/matters/{id}/{action}", .may = RIGHT_MATTER_READ, .scope = SCOPE_MATTER, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .body_max = 64 << 10, .body_type = "application/json", .idempotent = true, .run = act, .answer = &acted_shape,
          .help = { "办一步：签收、联系、答复、告知、改派、不予受理等，字段见事项的 may；吹哨后的报到、协办答复等写明 task，见 tasks 下的 may", "One step: sign, contact, answer, tell, assign, decline …; its fields stand under the matter's `may`, those on a task of a unit called in under that of `tasks`" } },
        { .name = "matter.contact-open", .method = HTTP_POST, .path = "/api/matters/{id}/contact-details", .may = RIGHT_PERSON_UNMASK, .scope = SCOPE_MATTER,
          .run_on = RUN_WRITE, .rate = RATE_LOOKUP, .body = open_body, .run = unmask, .answer = &contact_open_shape,
          .help = { "查看联系方式，须写明目的并留痕", "See the contact in the clear; needs a purpose and is logged" } },
        { .name = "matter.householder-open", .method = HTTP_POST, .path = "/api/matters/{id}/householder", .may = RIGHT_PERSON_UNMASK, .scope = SCOPE_MATTER,
          .run_on = RUN_WRITE, .rate = RATE_LOOKUP, .body = open_body, .run = unmask_householder, .answer = &householder_name_shape,
          .help = { "查看户主姓名，只为找到地点，须写明目的并留痕", "See the householder's name, to find the place by; needs a purpose and is logged" } },
        { .name = "track.act", .method = HTTP_POST, .path = "/api/track/{action}", .may = RIGHT_TRACK, .scope = SCOPE_SELF, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .body_max = 32 << 10, .body_type = "application/json", .idempotent = true, .run = act, .answer = &acted_shape,
          .help = { "诉求人自己办一步：补充、撤回、已阅、评价", "A step of the reporter: note, withdraw, read, rate" } },
        { .name = "audit.looks", .method = HTTP_GET, .path = "/api/audit/looks", .may = RIGHT_AUDIT_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .run = audit, .answer = &audited_look_shape, .answer_form = ANSWER_ITEMS, .help = { "谁查看过联系方式", "Who looked at contacts" } },
        { .name = "live", .method = HTTP_GET, .path = "/api/live", .may = RIGHT_MATTER_READ, .scope = SCOPE_LIST, .run_on = RUN_READ,
          .answer_type = "text/event-stream", .run = live, .help = { "变化的实时通知，只有编号：`matter.changed` 变了、来了或离开了，`resync` 漏了一些，请重读", "What changed, live, ids only: `matter.changed` (it changed, came or left), `resync` (some were missed: read again)" } },
};
const struct route_table staff_route_table = ROUTES(staff_routes);

/* api/erase_api.c — what is held, and its erasing: for whoever reported it, for the desk, for the auditor. */
#include "api/cursor.h"
#include "api/export_view.h"
#include "api/routes.h"
#include "base/phone.h"
#include "matter/retain.h"

#define OWN_OPENINGS_A_DAY 5 /* whoever found a slip with a code must not guess the phone behind the stars */
#define OWN_PURPOSE "本人查阅、复制"

/* ---- a copy of all of it --------------------------------------------------------------------------------------------- */

enum { OWN_PHONE, OWN_FIELDS };
static const struct field own_body[] = {
        [OWN_PHONE] = { .name = "phone", .type = FIELD_STR, .max = VAULT_PHONE_CHARS,
                        .help = { "当时留下的电话；对得上才显示完整联系方式", "The phone you left; only with it the contact is shown in full" } },
        [OWN_FIELDS] = { 0 },
};
enum { COPY_PURPOSE, COPY_FIELDS };
static const struct field copy_body[] = {
        [COPY_PURPOSE] = { .name = "purpose", .type = FIELD_STR, .required = true, .min = VAULT_PURPOSE_CHARS_MIN, .max = VAULT_PURPOSE_CHARS_MAX,
                           .help = { "为什么打印，如“本人到窗口申请”；会留痕，诉求人看得到", "Why, such as \"asked at the counter\"; it is logged and the reporter can see it" } },
        [COPY_FIELDS] = { 0 },
};

struct copying { struct request *req; const struct town *t; struct held_all held; };

static bool same_digits(struct str a, struct str b)
{
        size_t i = 0, k = 0, n = 0;
        for (;; i++, k++, n++) {
                while (i < a.n && (a.p[i] < '0' || a.p[i] > '9'))
                        i++;
                while (k < b.n && (b.p[k] < '0' || b.p[k] > '9'))
                        k++;
                if (i >= a.n || k >= b.n)
                        return n > 0 && i >= a.n && k >= b.n;
                if (a.p[i] != b.p[k])
                        return false;
        }
}

static int openings_today(const struct ctx *ctx, const struct vault_looks *looks)
{
        int n = 0;
        for (size_t i = 0; i < looks->n; i++)
                n += str_is(looks->row[i].actor, "reporter") && ctx->now.us - looks->row[i].at.us < US_PER_DAY;
        return n;
}

static int own_run(struct tx *tx, struct command *self)
{
        struct copying *o = self->arg;
        struct ctx ctx = o->req->ctx;
        struct str phone = value_str(&o->req->body, OWN_PHONE);
        (void)phone_read(ctx.arena, phone, &phone); /* as it was kept; what is no number is compared as it stands, and does not fit */
        ctx.tx = tx;
        int rc = held_read(&ctx, o->req->who.id, &o->held);
        if (rc != OK || phone.n == 0 || !o->held.contact)
                return rc;
        if (openings_today(&ctx, &o->held.looks) >= OWN_OPENINGS_A_DAY)
                return err_set(ctx.err, ERR_RATE, "phone", "今天核对次数已用完，请明天再试或到窗口办理", "Tried too often today; try tomorrow, or come to the counter");
        rc = held_open(house_of(o->req)->keys, &ctx, STR(OWN_PURPOSE), &o->held);
        if (rc == OK)
                o->held.opened = same_digits(phone, o->held.clear.phone); /* the look is logged and counted either way */
        return rc;
}

static int copy_finish(struct request *req, int rc)
{
        struct copying *o = req->state;
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        held_view(&j, o->t, &o->held, req->ctx.now, req->ctx.arena);
        return OK;
}

static int submit_copy(struct request *req, int (*run)(struct tx *, struct command *))
{
        struct copying *o = arena_new(req->ctx.arena, struct copying);
        o->req = req;
        int rc = house_town(req, &o->t);
        if (rc != OK)
                return rc;
        req->state = o;
        req->finish = copy_finish;
        return request_submit(req, run, o);
}

static int own_copy(struct request *req)
{
        return submit_copy(req, own_run);
}

/* In reach for reading, and not as an assisting unit, which never sees who reported it. */
static int reach(struct request *req, const struct town *t, struct ctx *ctx, const struct matter *m)
{
        struct scope_object object;
        matter_scope(t, m, &object);
        if (request_in_scope(req, m->id, &object) == OK) {
                object.n_assist = 0;
                if (scope_allows(&req->who.scopes, req->who.login, RIGHT_MATTER_READ, &object))
                        return OK;
        }
        return err_set(ctx->err, ERR_NONE, "id", "没有这件事项", "There is no such matter");
}

static int desk_copy_run(struct tx *tx, struct command *self)
{
        struct copying *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        int rc = held_read(&ctx, request_param(o->req, "id")->id, &o->held);
        if (rc == OK)
                rc = reach(o->req, o->t, &ctx, &o->held.m);
        return rc == OK ? held_open(house_of(o->req)->keys, &ctx, value_str(&o->req->body, COPY_PURPOSE), &o->held) : rc;
}

static int desk_copy(struct request *req)
{
        return submit_copy(req, desk_copy_run);
}

/* ---- erasing at the desk ---------------------------------------------------------------------------------------------- */

enum { ERASE_BASIS, ERASE_FIELDS };
static const struct field erase_body[] = {
        [ERASE_BASIS] = { .name = "basis", .type = FIELD_STR, .min = 1, .max = 200,
                          .help = { "依据，默认《个人信息保护法》第四十七条；不要写诉求人的话", "On which basis; the Personal Information Protection Law by default. Not the reporter's own words" } },
        [ERASE_FIELDS] = { 0 },
};

struct erasing { struct request *req; const struct town *t; struct matter_gone gone; };

static int erase_run(struct tx *tx, struct command *self)
{
        struct erasing *o = self->arg;
        struct ctx ctx = o->req->ctx;
        struct matter m;
        struct str basis = value_str(&o->req->body, ERASE_BASIS);
        ctx.tx = tx;
        int rc = matter_get(&ctx, request_param(o->req, "id")->id, &m);
        if (rc == OK)
                rc = reach(o->req, o->t, &ctx, &m);
        return rc == OK ? matter_erase(&ctx, m.id, basis.n ? basis : STR(MATTER_ERASE_BASIS), &o->gone) : rc;
}

static const struct member erased_members[] = {
        { .name = "entries", .type = FIELD_INT },
        { .name = "contacts", .type = FIELD_INT },
        { 0 },
};
static const struct shape erased_shape = { "Erased", erased_members, NULL };

static int erase_finish(struct request *req, int rc)
{
        struct erasing *o = req->state;
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kint(&j, "entries", o->gone.entries);
        json_kint(&j, "contacts", o->gone.contacts);
        json_close(&j);
        house_wake(req);
        return OK;
}

static int erase(struct request *req)
{
        struct erasing *o = arena_new(req->ctx.arena, struct erasing);
        o->req = req;
        int rc = house_town(req, &o->t);
        if (rc != OK)
                return rc;
        req->state = o;
        req->finish = erase_finish;
        return request_submit(req, erase_run, o);
}

/* ---- for the auditor --------------------------------------------------------------------------------------------------- */

static int retention(struct request *req)
{
        const struct town *t;
        struct retain_plan *plan = arena_new(req->ctx.arena, struct retain_plan);
        struct tx *tx;
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = retain_plan(&req->ctx, t, plan);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        retain_view(&j, plan);
        return OK;
}

static const struct member erasure_members[] = {
        { .name = "matter", .type = FIELD_ID },
        { .name = "at", .type = FIELD_INSTANT },
        { .name = "by", .type = FIELD_STR },
        { .name = "basis", .type = FIELD_STR },
        { 0 },
};
static const struct shape erasure_shape = { "Erasure", erasure_members, NULL };

static int erasures(struct request *req)
{
        struct matter_erasures list;
        struct tx *tx;
        int64_t at[2] = { INT64_MIN, 0 };
        int rc = request_tx(req, &tx);
        if (rc == OK)
                rc = request_page(req, 0, at, 2);
        if (rc == OK)
                rc = matter_erasures(&req->ctx, (struct instant){ at[0] }, at[1], &list);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (size_t i = 0; i < list.n; i++) {
                json_open(&j);
                json_kid(&j, "matter", list.row[i].matter);
                json_kinstant(&j, "at", list.row[i].at);
                json_kstr(&j, "by", list.row[i].by);
                json_kstr(&j, "basis", list.row[i].basis);
                json_close(&j);
        }
        json_end(&j);
        request_next(req, &j, list.n == MATTER_ERASURES_PAGE ? (int64_t[]){ list.row[list.n - 1].at.us, list.row[list.n - 1].matter } : NULL, 2);
        json_close(&j);
        return OK;
}

static const struct field erasures_query[] = {
        FIELD_CURSOR,
        { 0 },
};

static const struct route erase_routes[] = {
        { .name = "track.export", .method = HTTP_POST, .path = "/api/track/export", .may = RIGHT_TRACK, .scope = SCOPE_SELF, .run_on = RUN_WRITE,
          .rate = RATE_LOOKUP, .body = own_body, .run = own_copy, .answer = &held_shape,
          .help = { "取得关于我和这件事的全部记录，包括谁看过", "A copy of all that is held about me and this matter, and who looked at it" } },
        { .name = "matter.export", .method = HTTP_POST, .path = "/api/matters/{id}/export", .may = RIGHT_PERSON_UNMASK, .scope = SCOPE_MATTER, .run_on = RUN_WRITE,
          .rate = RATE_LOOKUP, .body = copy_body, .run = desk_copy, .answer = &held_shape,
          .help = { "替到窗口的本人取得全部记录，须写明目的并留痕", "The same for somebody who asks at the counter; needs a purpose and is logged" } },
        { .name = "matter.erase", .method = HTTP_POST, .path = "/api/matters/{id}/erasure", .may = RIGHT_MATTER_DECLINE, .scope = SCOPE_MATTER, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .body = erase_body, .run = erase, .answer = &erased_shape,
          .help = { "应本人要求删除已办结事项的内容和联系方式", "Erase words and contact of a matter that has ended, as its reporter asked" } },
        { .name = "retention.plan", .method = HTTP_GET, .path = "/api/retention", .may = RIGHT_AUDIT_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .run = retention, .answer = &retention_shape, .help = { "保存期限和到期数量", "How long what is kept, and how much is due" } },
        { .name = "erasure.list", .method = HTTP_GET, .path = "/api/erasures", .may = RIGHT_AUDIT_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .query = erasures_query, .run = erasures, .answer = &erasure_shape, .answer_form = ANSWER_PAGE, .help = { "应要求删除的清单，按时间", "What was erased on request, in the order of time" } },
};
const struct route_table erase_route_table = ROUTES(erase_routes);

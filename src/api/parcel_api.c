/* api/parcel_api.c — parcels between towns: another town's server brings them; the desk sees what is on its way. */
#include "api/cursor.h"
#include "api/elsewhere.h"
#include "api/matter_view.h"

/* ---- where is it? ------------------------------------------------------------------------------------------------- */

static bool may_be_elsewhere(const struct town *t, const struct matter *m)
{
        const struct procedure *p = town_procedure(t, m->proc);
        int at = procedure_state_find(p, m->state);
        if (str_is(m->source, source_kinds[SOURCE_HANDOVER].code) || (at >= 0 && (p->state[at].after & RECORD_BIT(RECORD_HANDED))))
                return true;
        for (size_t i = 0; at >= 0 && i < p->n_actions; i++)
                if ((p->action[i].from >> at & 1) && (action_records(&p->action[i]) & RECORD_BIT(RECORD_HANDED)))
                        return true;
        return false;
}

int elsewhere_of(struct ctx *ctx, const struct town *t, const struct matter *m, struct elsewhere *ret)
{
        *ret = (struct elsewhere){ .any = may_be_elsewhere(t, m) };
        if (!ret->any)
                return OK;
        int rc = matter_passage_get(ctx, m->id, &ret->pass);
        if (rc == OK && ret->pass.to.n) {
                rc = parcel_out_last(ctx, m->id, &ret->out);
                ret->sent = rc == OK;
                rc = rc == ERR_NONE ? OK : rc;
        }
        if (rc == OK && ret->sent)
                ret->heard = parcel_seen_of(ctx, &ret->out, &ret->seen) == OK;
        return rc;
}

static const struct member other_town_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "name", .type = FIELD_OBJECT, .of = &say_shape, .maybe = true },
        { 0 },
};
static const struct shape other_town_shape = { "OtherTown", other_town_members, NULL };

static void town_view(struct json *j, const char *key, const struct town *t, struct str code)
{
        const struct neighbour *n = neighbour_find(&t->neighbours, code);
        json_key(j, key);
        if (!code.n) {
                json_null(j);
                return;
        }
        json_open(j);
        json_kstr(j, "code", code);
        if (n)
                view_name(j, "name", n->name_zh, n->name_en);
        json_close(j);
}

static struct str first_of(struct str list)
{
        struct str one = { 0 };
        str_split(&list, ';', &one);
        return one.p ? one : STR("");
}

#define PARCEL_WAY_MEMBERS                                                                                             \
        { .name = "stage", .type = FIELD_ENUM, .choices = parcel_stage_names, .maybe = true },                                  \
        { .name = "sent", .type = FIELD_INSTANT, .maybe = true, .null = true },                                                 \
        { .name = "received", .type = FIELD_INSTANT, .maybe = true, .null = true },                                             \
        { .name = "ended", .type = FIELD_INSTANT, .maybe = true, .null = true },                                                \
        { .name = "tries_in_vain", .type = FIELD_INT, .maybe = true },                                                          \
        { .name = "asked_again", .type = FIELD_INSTANT, .maybe = true, .null = true },                                          \
        { .name = "error", .type = FIELD_STR, .maybe = true, .null = true },                                                    \
        { .name = "error_words", .type = FIELD_OBJECT, .of = &say_shape, .maybe = true }

static void out_view(struct json *j, const struct parcel_out *p)
{
        json_kc(j, "stage", parcel_stage_names[p->stage]);
        json_kinstant(j, "sent", p->sent);
        json_kinstant(j, "received", p->received);
        json_kinstant(j, "ended", p->ended);
        json_kint(j, "tries_in_vain", p->tries);
        json_kinstant(j, "asked_again", p->next_at);
        json_key(j, "error");
        if (p->error.n)
                json_str(j, p->error);
        else
                json_null(j);
        if (p->error.n)
                view_say(j, "error_words", parcel_error_say(p->error));
}

static void seen_view(struct json *j, const struct parcel_seen *s, struct instant as_of)
{
        json_key(j, "there");
        json_open(j);
        view_name(j, "state", s->state_zh, s->state_en);
        json_kstr(j, "unit", s->unit);
        json_kinstant(j, "due", s->due);
        json_kbool(j, "open", s->open);
        json_kinstant(j, "as_of", as_of);
        json_close(j);
}

static const struct member seen_there_members[] = {
        { .name = "state", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "unit", .type = FIELD_STR },
        { .name = "due", .type = FIELD_INSTANT, .null = true },
        { .name = "open", .type = FIELD_BOOL },
        { .name = "as_of", .type = FIELD_INSTANT },
        { 0 },
};
static const struct shape seen_there_shape = { NULL, seen_there_members, NULL };

static const struct member elsewhere_members[] = {
        { .name = "underway", .type = FIELD_BOOL, .help = { "正在移交途中", "On its way" } },
        { .name = "to", .type = FIELD_OBJECT, .of = &other_town_shape, .null = true },
        { .name = "came_from", .type = FIELD_OBJECT, .of = &other_town_shape, .null = true },
        { .name = "there", .type = FIELD_OBJECT, .of = &seen_there_shape, .maybe = true, .help = { "在那边的进展", "How it stands there" } },
        { 0 },
};
const struct shape elsewhere_shape = { "Elsewhere", elsewhere_members, NULL };

static const struct member elsewhere_staff_members[] = {
        PARCEL_WAY_MEMBERS,
        { .name = "tried", .type = FIELD_STR, .help = { "已试过的乡镇", "Towns that were tried" } },
        { 0 },
};
const struct shape elsewhere_staff_shape = { "ElsewhereStaff", elsewhere_staff_members, &elsewhere_shape };

void elsewhere_view(struct json *j, const struct town *t, const struct elsewhere *e, bool staff)
{
        json_key(j, "elsewhere");
        if (!e || !e->any) {
                json_null(j);
                return;
        }
        json_open(j);
        json_kbool(j, "underway", e->pass.underway);
        town_view(j, "to", t, e->pass.to);
        town_view(j, "came_from", t, first_of(e->pass.route));
        if (e->heard)
                seen_view(j, &e->seen, e->out.seen_at);
        if (staff && e->sent)
                out_view(j, &e->out);
        if (staff)
                json_kstr(j, "tried", e->pass.tried);
        json_close(j);
}

/* ---- brought by another town -------------------------------------------------------------------------------------- */

enum { PUT_FROM, PUT_TO, PUT_BOX, PUT_FIELDS };
static const struct field put_body[] = {
        [PUT_FROM] = { .name = "from", .type = FIELD_CODE, .required = true, .help = { "移交方区划代码", "Division code of the sender" } },
        [PUT_TO] = { .name = "to", .type = FIELD_CODE, .required = true, .help = { "本地区划代码", "Division code of this town" } },
        [PUT_BOX] = { .name = "box", .type = FIELD_STR, .required = true, .max = PARCEL_BOX_MAX, .help = { "密封的包裹，base64", "The sealed parcel, base64" } },
        [PUT_FIELDS] = { 0 },
};
static const struct member put_members[] = {
        { .name = "from", .type = FIELD_CODE, .help = { "本地", "This town" } },
        { .name = "to", .type = FIELD_CODE, .help = { "移交方", "The sender" } },
        { .name = "box", .type = FIELD_STR, .help = { "密封的回音，base64", "The sealed answer, base64" } },
        { 0 },
};
static const struct shape put_shape = { "ParcelAnswer", put_members, NULL };

struct putting {
        struct request *req;
        const struct town *t;
        struct str box;
};

static int put_run(struct tx *tx, struct command *self)
{
        struct putting *o = self->arg;
        struct ctx ctx = o->req->ctx;
        struct house *h = house_of(o->req);
        int rc = self->tries > 0 ? house_town_anew(o->req, &o->t) : OK;
        ctx.tx = tx;
        if (rc == OK)
                rc = parcel_take(&ctx, o->t, h->parcels, h->keys, value_str(&o->req->body, PUT_FROM), value_str(&o->req->body, PUT_BOX), &o->box);
        return rc;
}

static int put_finish(struct request *req, int rc)
{
        struct putting *o = req->state;
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kstr(&j, "from", o->t->code);
        json_kstr(&j, "to", value_str(&req->body, PUT_FROM));
        json_kstr(&j, "box", o->box);
        json_close(&j);
        house_wake(req);
        return OK;
}

static int put(struct request *req)
{
        struct putting *o = arena_new(req->ctx.arena, struct putting);
        o->req = req;
        int rc = house_town(req, &o->t);
        if (rc == OK && !str_eq(value_str(&req->body, PUT_TO), o->t->code))
                rc = err_set(&req->err, ERR_RULE, "to", "这个包裹不是寄给本地的", "This parcel is not for this town");
        if (rc != OK)
                return rc;
        req->state = o;
        req->finish = put_finish;
        return request_submit(req, put_run, o);
}

/* ---- what is on its way ------------------------------------------------------------------------------------------- */

static const char *const ways[] = { "out", "in", NULL };
enum { LIST_WAY, LIST_LIMIT, LIST_CURSOR, LIST_FIELDS };
static const struct field list_query[] = {
        [LIST_WAY] = { .name = "way", .type = FIELD_ENUM, .choices = ways, .help = { "out 移交出去的（默认），in 移交来的", "out: handed over from here (default); in: to us" } },
        [LIST_LIMIT] = { .name = "limit", .type = FIELD_INT, .min = 1, .max = PARCEL_LIST_MAX, .help = { "条数，默认 50", "How many, 50 by default" } },
        [LIST_CURSOR] = FIELD_CURSOR,
        [LIST_FIELDS] = { 0 },
};

/* The matter, when the asker may see it. */
static int seen_matter(struct request *req, const struct town *t, int64_t id, struct matter *m)
{
        struct scope_object object;
        int rc = matter_get(&req->ctx, id, m);
        if (rc != OK)
                return rc;
        matter_scope(t, m, &object);
        return request_in_scope(req, id, &object);
}

static const struct member parcel_row_members[] = {
        { .name = "matter", .type = FIELD_ID },
        { .name = "parcel", .type = FIELD_STR },
        { .name = "state", .type = FIELD_STR },
        { .name = "first", .type = FIELD_OBJECT, .of = &other_town_shape, .maybe = true, .null = true, .help = { "移出：最先交给谁", "Out: whom it went to first" } },
        { .name = "to", .type = FIELD_OBJECT, .of = &other_town_shape, .maybe = true, .null = true },
        PARCEL_WAY_MEMBERS,
        { .name = "there", .type = FIELD_OBJECT, .of = &seen_there_shape, .maybe = true },
        { .name = "open", .type = FIELD_BOOL, .maybe = true },
        { .name = "from", .type = FIELD_OBJECT, .of = &other_town_shape, .maybe = true, .null = true, .help = { "移入：从哪里来", "In: where it came from" } },
        { .name = "how", .type = FIELD_STR, .maybe = true },
        { .name = "not_taken_by", .type = FIELD_OBJECT, .of = &other_town_shape, .maybe = true, .null = true },
        { .name = "arrived", .type = FIELD_INSTANT, .maybe = true },
        { .name = "over", .type = FIELD_INSTANT, .maybe = true, .null = true },
        { .name = "due", .type = FIELD_INSTANT, .maybe = true, .null = true },
        { 0 },
};
static const struct shape parcel_row_shape = { "ParcelRow", parcel_row_members, NULL };

static void list_out(struct request *req, struct json *j, const struct town *t, const struct parcel_outs *all)
{
        for (size_t i = 0; i < all->n; i++) {
                const struct parcel_out *p = &all->row[i];
                struct parcel_seen seen;
                struct matter m;
                if (seen_matter(req, t, p->matter, &m) != OK)
                        continue;
                json_open(j);
                json_kid(j, "matter", p->matter);
                json_kstr(j, "parcel", parcel_id(req->ctx.arena, p));
                json_kstr(j, "state", m.state);
                town_view(j, "first", t, p->first);
                town_view(j, "to", t, p->to);
                out_view(j, p);
                if (parcel_seen_of(&req->ctx, p, &seen) == OK)
                        seen_view(j, &seen, p->seen_at);
                json_close(j);
        }
}

static void list_in(struct request *req, struct json *j, const struct town *t, const struct parcel_ins *all)
{
        for (size_t i = 0; i < all->n; i++) {
                const struct parcel_in *p = &all->row[i];
                struct matter m;
                if (seen_matter(req, t, p->matter, &m) != OK)
                        continue;
                json_open(j);
                json_kid(j, "matter", p->matter);
                json_kstr(j, "parcel", p->parcel);
                json_kstr(j, "state", m.state);
                json_kbool(j, "open", m.open);
                town_view(j, "from", t, p->sender);
                json_kstr(j, "how", p->how);
                town_view(j, "not_taken_by", t, p->other);
                json_kinstant(j, "arrived", p->at);
                json_kinstant(j, "over", p->over);
                json_kinstant(j, "due", m.due);
                json_close(j);
        }
}

static int list(struct request *req)
{
        const struct values *q = &req->query;
        const struct town *t;
        struct parcel_outs outs = { 0 };
        struct parcel_ins ins = { 0 };
        struct tx *tx;
        int64_t before = INT64_MAX;
        int32_t max = (int32_t)value_int(q, LIST_LIMIT, PARCEL_LIST_MAX);
        bool in = value_choice(q, LIST_WAY, 0) == 1;
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = request_page(req, LIST_CURSOR, &before, 1);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = in ? parcel_in_list(&req->ctx, before, max, &ins) : parcel_out_list(&req->ctx, before, max, &outs);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        if (in)
                list_in(req, &j, t, &ins);
        else
                list_out(req, &j, t, &outs);
        json_end(&j);
        size_t n = in ? ins.n : outs.n;
        request_next(req, &j, n == (size_t)max ? (int64_t[]){ in ? ins.row[n - 1].matter : outs.row[n - 1].matter } : NULL, 1);
        json_close(&j);
        return OK;
}

static const struct member neighbour_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "name", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "superior", .type = FIELD_STR },
        { 0 },
};
static const struct shape neighbour_shape = { NULL, neighbour_members, NULL };

static const struct member neighbours_members[] = {
        { .name = "key", .type = FIELD_STR, .null = true, .help = { "本地公钥；没有配置则为 null", "This town's public key; null where there is none" } },
        { .name = "items", .type = FIELD_LIST, .of = &neighbour_shape },
        { 0 },
};
static const struct shape neighbours_shape = { "Neighbours", neighbours_members, NULL };

static int neighbours(struct request *req)
{
        const struct town *t;
        char key[PARCEL_KEY_TEXT];
        int rc = house_town(req, &t);
        if (rc != OK)
                return rc;
        const struct parcel_config *c = house_of(req)->parcels;
        const struct parcel_secret *own = c ? parcel_secret_of(c, t->code) : NULL;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_key(&j, "key");
        if (own) {
                parcel_public_text(own, key);
                json_c(&j, key);
        } else {
                json_null(&j);
        }
        json_key(&j, "items");
        json_list(&j);
        for (size_t i = 0; i < t->neighbours.n; i++) {
                const struct neighbour *n = &t->neighbours.row[i];
                json_open(&j);
                json_kstr(&j, "code", n->code);
                view_name(&j, "name", n->name_zh, n->name_en);
                json_kstr(&j, "superior", n->superior);
                json_close(&j);
        }
        json_end(&j);
        json_close(&j);
        return OK;
}

static const struct route parcel_routes[] = {
        { .name = "parcel.put", .method = HTTP_POST, .path = "/api/parcels", .may = RIGHT_PARCEL_PUT, .scope = SCOPE_TOWN, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .body = put_body, .body_max = (size_t)800 << 10, .run = put, .answer = &put_shape,
          .help = { "别处的服务器送来密封的移交包裹，或问它办得怎样；同一个包裹再来不会多出一件事", "Another town's server brings a sealed parcel, or asks how it stands; the same parcel again is no second matter" } },
        { .name = "parcel.list", .method = HTTP_GET, .path = "/api/parcels", .may = RIGHT_MATTER_READ, .scope = SCOPE_LIST, .run_on = RUN_READ,
          .query = list_query, .run = list, .answer = &parcel_row_shape, .answer_form = ANSWER_PAGE, .help = { "移交出去的和移交来的，走到哪一步", "What was handed over and what came in, and how far it got" } },
        { .name = "neighbour.list", .method = HTTP_GET, .path = "/api/neighbours", .may = RIGHT_TOWN_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .run = neighbours, .answer = &neighbours_shape, .help = { "可以移交给哪里，谁是共同上级；本地的公钥", "Whom one may hand over to, and who is above both; this town's public key" } },
};
const struct route_table parcel_route_table = ROUTES(parcel_routes);

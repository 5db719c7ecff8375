/* api/open311_api.c — Open311 GeoReport v2 at /open311/v2/: what is offered, and the table of its routes. */
#include "api/inner/open311.h"
#include "api/routes.h"

#define SPECIFICATION "http://wiki.open311.org/GeoReport_v2"
/* When what discovery says was last changed: goes up with each change of these routes. */
#define CHANGESET "2026-11-23T00:00:00+08:00"

const struct manner open311_manner = { .town = "jurisdiction_id", .key = "api_key", .more = true, .problem = open311_problem };

const char *open311_say(const struct request *req, struct say s)
{
        return say_in(s, req->ctx.lang);
}

struct str open311_subject_name(const struct request *req, const struct subject *s)
{
        return req->ctx.lang == LANG_EN && s->name_en.n ? s->name_en : s->name_zh;
}

int open311_service(struct request *req, const struct town *t, struct str code, const struct subject **ret)
{
        uint32_t i = subject_find(&t->subjects, code);
        if (i == SUBJECT_NONE)
                i = subject_find_external(&t->subjects, code);
        if (i == SUBJECT_NONE || !t->subjects.row[i].leaf)
                return err_set(&req->err, ERR_NONE, "service_code", "service_code：没有这类事项", "service_code: there is no such service");
        *ret = &t->subjects.row[i];
        return OK;
}

/* ---- what may be asked beside words and place ---------------------------------------------------------------------- */

static struct attribute311 *attribute_of(struct attribute311 *a, size_t *n, struct str fact)
{
        for (size_t i = 0; i < *n; i++)
                if (str_eq(a[i].code, fact))
                        return &a[i];
        if (*n == OPEN311_ATTRIBUTES_MAX)
                return NULL;
        a[*n] = (struct attribute311){ .code = fact };
        return &a[(*n)++];
}

static void value_add(struct attribute311 *a, struct str value)
{
        for (size_t i = 0; i < a->n; i++)
                if (str_eq(a->value[i], value))
                        return;
        if (a->n < OPEN311_VALUES_MAX)
                a->value[a->n++] = value;
}

size_t open311_attributes(const struct town *t, const struct subject *s, struct attribute311 ret[OPEN311_ATTRIBUTES_MAX])
{
        uint32_t subject = (uint32_t)(s - t->subjects.row);
        size_t n = 0;
        for (uint32_t i = 0; i < t->duties.n; i++) {
                const struct duty *d = &t->duties.row[i];
                bool mine = d->usable && d->subject != SUBJECT_NONE && subject_covers(&t->subjects, d->subject, subject);
                for (uint32_t c = 0; mine && c < d->n_condition; c++) {
                        struct attribute311 *a = attribute_of(ret, &n, d->condition[c].fact);
                        if (a)
                                value_add(a, d->condition[c].value);
                }
        }
        return n;
}

/* ---- discovery ------------------------------------------------------------------------------------------------------ */

static const struct member endpoint_members[] = {
        { .name = "specification", .type = FIELD_STR },
        { .name = "url", .type = FIELD_STR },
        { .name = "changeset", .type = FIELD_STR },
        { .name = "type", .type = FIELD_STR },
        { .name = "formats", .type = FIELD_LIST, .item = FIELD_STR },
        { 0 },
};
static const struct shape endpoint_shape = { NULL, endpoint_members, NULL };

static const struct member discovery_members[] = {
        { .name = "changeset", .type = FIELD_STR },
        { .name = "contact", .type = FIELD_STR },
        { .name = "key_service", .type = FIELD_STR },
        { .name = "endpoints", .type = FIELD_LIST, .of = &endpoint_shape },
        { 0 },
};
static const struct shape discovery_shape = { "Open311Discovery", discovery_members, NULL };

static void write_endpoint(struct out311 *o, struct str url, bool trial)
{
        out311_object(o, "endpoint");
        out311_c(o, "specification", SPECIFICATION);
        out311_str(o, "url", url);
        out311_c(o, "changeset", CHANGESET);
        out311_c(o, "type", trial ? "test" : "production");
        out311_group(o, "formats");
        out311_c(o, "format", "text/xml");
        out311_c(o, "format", "application/json");
        out311_end(o);
        out311_end(o);
}

static int discovery(struct request *req)
{
        OUT311_AUTO o = { 0 };
        const struct town *t = NULL;
        struct arena *a = req->ctx.arena;
        const char *base = house_of(req)->public_url;
        struct str url = req->town_code.n ? str_printf(a, "%s/t/" STR_FMT "/open311/v2/", base, STR_ARG(req->town_code)) : str_printf(a, "%s/open311/v2/", base);
        int rc = req->ctx.town ? house_town(req, &t) : OK;
        if (rc == OK)
                rc = out311_begin(req, 0, &o);
        if (rc != OK)
                return rc;
        out311_object(&o, "discovery");
        out311_c(&o, "changeset", CHANGESET);
        out311_str(&o, "contact", str_printf(a, "%s %s/docs", open311_say(req, (struct say){ "接口说明：", "What this service does:" }), base));
        out311_c(&o, "key_service", open311_say(req, (struct say){ "密钥由乡镇（街道）系统管理员发放，须有 matter.open 权限", "The town's administrator gives out keys; they need the right matter.open" }));
        out311_group(&o, "endpoints");
        write_endpoint(&o, url, t && t->trial);
        out311_end(&o);
        out311_end(&o);
        return out311_finish(&o);
}

/* ---- services ------------------------------------------------------------------------------------------------------- */

static struct str keywords_of(struct arena *a, const struct subject *s)
{
        BUF_AUTO out = BUF((size_t)64 << 10);
        for (uint32_t i = 0; i < s->n_keywords; i++) {
                buf_puts(&out, i ? "," : "");
                buf_str(&out, s->keywords[i]);
        }
        return str_dup(a, buf_view(&out));
}

static const struct member service_members[] = {
        { .name = "service_code", .type = FIELD_STR },
        { .name = "service_name", .type = FIELD_STR },
        { .name = "description", .type = FIELD_STR },
        { .name = "metadata", .type = FIELD_BOOL },
        { .name = "type", .type = FIELD_STR },
        { .name = "keywords", .type = FIELD_STR, .null = true },
        { .name = "group", .type = FIELD_STR },
        { 0 },
};
static const struct shape service_shape = { "Open311Service", service_members, NULL };

static void write_service(struct out311 *o, const struct town *t, const struct subject *s)
{
        struct attribute311 *more = arena_array(o->req->ctx.arena, struct attribute311, OPEN311_ATTRIBUTES_MAX);
        const struct subject *up = s->up == SUBJECT_NONE ? s : &t->subjects.row[s->up];
        out311_object(o, "service");
        out311_str(o, "service_code", s->code);
        out311_str(o, "service_name", open311_subject_name(o->req, s));
        out311_str(o, "description", open311_subject_name(o->req, s));
        out311_flag(o, "metadata", open311_attributes(t, s, more) > 0);
        out311_c(o, "type", "realtime");
        out311_str(o, "keywords", keywords_of(o->req->ctx.arena, s));
        out311_str(o, "group", open311_subject_name(o->req, up));
        out311_end(o);
}

static int services(struct request *req)
{
        OUT311_AUTO o = { 0 };
        const struct town *t;
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = out311_begin(req, 0, &o);
        if (rc != OK)
                return rc;
        out311_group(&o, "services");
        for (uint32_t i = 0; i < t->subjects.n; i++)
                if (t->subjects.row[i].leaf)
                        write_service(&o, t, &t->subjects.row[i]);
        out311_end(&o);
        return out311_finish(&o);
}

static const struct member attribute_value_members[] = {
        { .name = "key", .type = FIELD_STR },
        { .name = "name", .type = FIELD_STR },
        { 0 },
};
static const struct shape attribute_value_shape = { NULL, attribute_value_members, NULL };

static const struct member attribute_members[] = {
        { .name = "variable", .type = FIELD_BOOL },
        { .name = "code", .type = FIELD_STR },
        { .name = "datatype", .type = FIELD_STR },
        { .name = "required", .type = FIELD_BOOL },
        { .name = "datatype_description", .type = FIELD_STR },
        { .name = "order", .type = FIELD_INT },
        { .name = "description", .type = FIELD_STR },
        { .name = "values", .type = FIELD_LIST, .of = &attribute_value_shape },
        { 0 },
};
static const struct shape attribute_shape = { NULL, attribute_members, NULL };

static const struct member definition_members[] = {
        { .name = "service_code", .type = FIELD_STR },
        { .name = "attributes", .type = FIELD_LIST, .of = &attribute_shape },
        { 0 },
};
static const struct shape definition_shape = { "Open311Definition", definition_members, NULL };

static void write_attribute(struct out311 *o, const struct town *t, const struct attribute311 *a, int order)
{
        out311_object(o, "attribute");
        out311_flag(o, "variable", true);
        out311_str(o, "code", a->code);
        out311_c(o, "datatype", "singlevaluelist");
        out311_flag(o, "required", false); /* who does not know it is asked later, and never turned away */
        out311_c(o, "datatype_description", open311_say(o->req, (struct say){ "知道就选，不知道可不填", "Choose if you know; else leave it out" }));
        out311_int(o, "order", order);
        out311_str(o, "description", a->code);
        out311_group(o, "values");
        for (size_t i = 0; i < a->n; i++) {
                const struct org *org = org_find(&t->orgs, a->value[i]);
                out311_object(o, "value");
                out311_str(o, "key", a->value[i]);
                out311_str(o, "name", org ? org->name : a->value[i]);
                out311_end(o);
        }
        out311_end(o);
        out311_end(o);
}

static int service(struct request *req)
{
        OUT311_AUTO o = { 0 };
        const struct town *t;
        const struct subject *s;
        struct attribute311 *more = arena_array(req->ctx.arena, struct attribute311, OPEN311_ATTRIBUTES_MAX);
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = open311_service(req, t, request_param(req, "service_code")->text, &s);
        if (rc == OK)
                rc = out311_begin(req, 0, &o);
        if (rc != OK)
                return rc;
        size_t n = open311_attributes(t, s, more);
        out311_object(&o, "service_definition");
        out311_str(&o, "service_code", s->code);
        out311_group(&o, "attributes");
        for (size_t i = 0; i < n; i++)
                write_attribute(&o, t, &more[i], (int)i + 1);
        out311_end(&o);
        out311_end(&o);
        return out311_finish(&o);
}

/* ---- tokens --------------------------------------------------------------------------------------------------------- */

static const struct member token_members[] = {
        { .name = "service_request_id", .type = FIELD_ID },
        { .name = "token", .type = FIELD_STR },
        { 0 },
};
static const struct shape token_shape = { "Open311Token", token_members, NULL };

/* A request is written before it is answered, so POST gives its number and no token. The tracking code, which the reporter has, is
 * taken as one. */
static int token(struct request *req)
{
        OUT311_AUTO o = { 0 };
        struct str code = request_param(req, "token")->text;
        struct matter m;
        struct tx *tx;
        int rc = request_tx(req, &tx);
        if (rc == OK)
                rc = matter_by_code(&req->ctx, code, &m);
        if (rc == ERR_NONE)
                return err_set(&req->err, ERR_NONE, "token", "token：没有这个查询码", "token: there is none like it");
        if (rc == OK)
                rc = out311_begin(req, 0, &o);
        if (rc != OK)
                return rc;
        out311_group(&o, "service_requests");
        out311_object(&o, "request");
        out311_str(&o, "service_request_id", str_printf(req->ctx.arena, "%lld", (long long)m.id));
        out311_str(&o, "token", code);
        out311_end(&o);
        out311_end(&o);
        return out311_finish(&o);
}

/* ---- the table ------------------------------------------------------------------------------------------------------ */

static const struct field town_query[] = { OPEN311_JURISDICTION, OPEN311_KEY, { 0 } };

#define ENDPOINT(name_, path_, run_, query_, zh, en)                                                                                       \
        .name = name_, .path = "/open311/v2/" path_, .run = run_, .query = query_, .manner = &open311_manner,                               \
        .answer_type = "text/xml", .answer_max = OPEN311_ANSWER_MAX, .help = { zh, en }

static const struct route open311_routes[] = {
        { ENDPOINT("open311.discovery", "discovery.{format}", discovery, town_query, "Open311：有哪些接口", "Open311 service discovery"),
          .answer = &discovery_shape, .method = HTTP_GET, .may = RIGHT_PUBLIC, .scope = SCOPE_NONE, .run_on = RUN_READ },
        { ENDPOINT("open311.services", "services.{format}", services, town_query, "Open311：可以反映的事项", "Open311 service list: the subjects one may report"),
          .answer = &service_shape, .answer_form = ANSWER_ARRAY, .method = HTTP_GET, .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_READ },
        { ENDPOINT("open311.service", "services/{service_code}.{format}", service, town_query, "Open311：一类事项还可以填什么",
                   "Open311 service definition: what may be said beyond words and place"),
          .answer = &definition_shape, .method = HTTP_GET, .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_READ },
        { ENDPOINT("open311.post", "requests.{format}", open311_post, NULL, "Open311：其他系统代人提交诉求", "Open311: another system files a request for somebody"),
          .answer = &open311_posted_shape, .answer_form = ANSWER_ARRAY, .method = HTTP_POST, .may = RIGHT_MATTER_OPEN, .scope = SCOPE_TOWN, .run_on = RUN_WRITE, .rate = RATE_INTAKE, .form = true,
          .body = open311_post_body, .body_max = 128 << 10, .idempotent = true },
        { ENDPOINT("open311.token", "tokens/{token}.{format}", token, town_query, "Open311：凭查询码取编号", "Open311: the request of a token, which is its tracking code"),
          .answer = &token_shape, .answer_form = ANSWER_ARRAY, .method = HTTP_GET, .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_READ, .rate = RATE_LOOKUP },
        { ENDPOINT("open311.requests", "requests.{format}", open311_requests, open311_list_query, "Open311：公开的诉求", "Open311: the requests that are public"),
          .answer = &open311_request_shape, .answer_form = ANSWER_ARRAY, .method = HTTP_GET, .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_READ, .rate = RATE_LOOKUP },
        { ENDPOINT("open311.request", "requests/{service_request_id}.{format}", open311_request, open311_one_query, "Open311：一件诉求", "Open311: one request"),
          .answer = &open311_request_shape, .answer_form = ANSWER_ARRAY, .method = HTTP_GET, .may = RIGHT_PUBLIC, .scope = SCOPE_TOWN, .run_on = RUN_READ },
        { ENDPOINT("open311.updates", "servicerequestupdates.{format}", open311_updates, open311_updates_query, "Open311：自己提交的诉求有何进展",
                   "Open311: what became of the requests this system filed"),
          .answer = &open311_update_shape, .answer_form = ANSWER_ARRAY, .method = HTTP_GET, .may = RIGHT_MATTER_OPEN, .scope = SCOPE_LIST, .run_on = RUN_READ, .rate = RATE_LOOKUP },
        { ENDPOINT("open311.update", "servicerequestupdates.{format}", open311_update_post, NULL, "Open311：给自己提交的诉求补充或要求重办",
                   "Open311: the reporter adds to a request this system filed, or has it taken up again"),
          .answer = &open311_updated_shape, .answer_form = ANSWER_ARRAY, .method = HTTP_POST, .may = RIGHT_MATTER_OPEN, .scope = SCOPE_MATTER, .run_on = RUN_WRITE, .rate = RATE_WRITE, .form = true,
          .body = open311_update_body, .body_max = 64 << 10, .idempotent = true },
};
const struct route_table open311_route_table = ROUTES(open311_routes);

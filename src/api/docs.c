/* The route table for people: the page /docs, and the chapter docs/api.md. */
#include <string.h>
#include "api/house.h"
#include "api/inner/job.h"
#include "api/openapi.h"
#include "api/routes.h"

#define DOC_MAX ((size_t)4 << 20)

struct words {
        struct say title, lead, right, query, body, answer, shapes, name, type, needed, always, yes, anybody, other;
};
static const struct words words = {
        .title = { "邻里接口", "The Linli API" },
        .lead = { "由路由表生成。程序可读的文档：", "Made from the route table. For programs: " },
        .right = { "需要的权限", "Right needed" },
        .query = { "参数", "Parameters" },
        .body = { "请求体", "Body" },
        .answer = { "回答", "Answer" },
        .shapes = { "回答的结构", "Shapes of answers" },
        .name = { "名称", "Name" },
        .type = { "类型", "Type" },
        .needed = { "必填", "Needed" },
        .always = { "总有", "Always there" },
        .yes = { "是", "yes" },
        .anybody = { "任何人", "anybody" },
        .other = { "English", "中文" },
};

static const char *right_text(enum right r, enum lang lang)
{
        static const struct say special[] = {
                [RIGHT_PUBLIC] = { "任何人", "anybody" },
                [RIGHT_TRACK] = { "查询码持有人", "who holds the tracking code" },
                [RIGHT_SIGNED_IN] = { "已登录的工作人员", "staff, signed in" },
                [RIGHT_WHY] = { "可看该事项的人，或查询码持有人",
                                "who may read the matter, or holds its tracking code" },
        };
        if (right_name(r))
                return right_name(r);
        return (size_t)r < COUNT(special) && special[r].zh ? say_in(special[r], lang) : "-";
}

/* ---- HTML -------------------------------------------------------------------------------------------- */

static void html_c(struct buf *out, const char *s)
{
        view_html(out, str_of(s));
}

/* A help text: what stands between backticks is code. */
static void html_help(struct buf *out, const char *s)
{
        struct str rest = str_of(s), part;
        for (bool code = false; str_split(&rest, '`', &part); code = !code) {
                buf_puts(out, code ? "<code>" : "");
                view_html(out, part);
                buf_puts(out, code ? "</code>" : "");
        }
}

static void html_row(struct buf *out, struct arena *arena, const char *prefix, const struct field *f, enum lang lang)
{
        buf_puts(out, "<tr><td><code>");
        html_c(out, prefix);
        html_c(out, f->name);
        buf_puts(out, "</code></td><td>");
        view_html(out, schema_type_text(arena, f, lang));
        buf_puts(out, "</td><td>");
        html_c(out, f->required ? say_in(words.yes, lang) : "");
        buf_puts(out, "</td><td>");
        html_help(out, say_in(f->help, lang) ? say_in(f->help, lang) : "");
        buf_puts(out, "</td></tr>\n");
}

static void html_type(struct buf *out, struct arena *arena, const struct member *m, enum lang lang)
{
        bool leads = m->of && m->of->name;
        if (leads)
                buf_printf(out, "<a href=\"#%s\">", m->of->name);
        view_html(out, member_type_text(arena, m, lang));
        if (leads)
                buf_puts(out, "</a>");
}

/* "clocks[]." for what stands within it. */
static const char *prefix_of(struct arena *arena, const char *prefix, const struct member *m)
{
        return arena_printf(arena, "%s%s%s.", prefix, m->name, m->type == FIELD_LIST ? "[]" : m->type == FIELD_MAP ? ".*" : "");
}

/* What an object or a list of objects holds, else NULL. */
static const struct field *field_inside(const struct field *f)
{
        if (f->type == FIELD_OBJECT)
                return f->of;
        return f->type == FIELD_LIST && f->of->type == FIELD_OBJECT ? f->of->of : NULL;
}

static void html_rows(struct buf *out, struct arena *arena, const char *prefix, const struct field *schema,
                      enum lang lang)
{
        for (const struct field *f = schema; f && f->name; f++) {
                html_row(out, arena, prefix, f, lang);
                if (field_inside(f))
                        html_rows(out, arena,
                                  arena_printf(arena, "%s%s%s.", prefix, f->name, f->type == FIELD_LIST ? "[]" : ""),
                                  field_inside(f), lang);
        }
}

static void html_fields(struct buf *out, struct arena *arena, struct say head, const struct field *schema,
                        enum lang lang)
{
        if (!schema || !schema->name)
                return;
        buf_printf(out, "<h4>%s</h4>\n<table><tr><th>%s</th><th>%s</th><th>%s</th><th></th></tr>\n", say_in(head, lang),
                   say_in(words.name, lang), say_in(words.type, lang), say_in(words.needed, lang));
        html_rows(out, arena, "", schema, lang);
        buf_puts(out, "</table>\n");
}

static void html_members(struct buf *out, struct arena *arena, const char *prefix, const struct shape *shape, enum lang lang)
{
        const struct member *m;
        for (struct shape_walk w = { .of = shape }; (m = shape_next(&w));) {
                buf_puts(out, "<tr><td><code>");
                html_c(out, prefix);
                html_c(out, m->name);
                buf_puts(out, "</code></td><td>");
                html_type(out, arena, m, lang);
                buf_puts(out, "</td><td>");
                html_c(out, m->maybe ? "" : say_in(words.yes, lang));
                buf_puts(out, "</td><td>");
                html_help(out, say_in(m->help, lang) ? say_in(m->help, lang) : "");
                buf_puts(out, "</td></tr>\n");
                if (member_inside(m))
                        html_members(out, arena, prefix_of(arena, prefix, m), member_inside(m), lang);
        }
}

static void html_shape(struct buf *out, struct arena *arena, const struct shape *shape, enum lang lang)
{
        buf_printf(out, "<table><tr><th>%s</th><th>%s</th><th>%s</th><th></th></tr>\n", say_in(words.name, lang), say_in(words.type, lang),
                   say_in(words.always, lang));
        html_members(out, arena, "", shape, lang);
        buf_puts(out, "</table>\n");
}

static void html_answer(struct buf *out, struct arena *arena, const struct route *r, enum lang lang)
{
        static const char *const around[ANSWER_FORMS][2] = {
                { "", "" }, { "{\"items\": [", "]}" }, { "{\"items\": [", "], \"next\": …}" }, { "[", "]" } };
        if (!r->answer && !r->answer_type)
                return;
        buf_printf(out, "<h4>%s</h4>\n<p>", say_in(words.answer, lang));
        if (r->answer && r->answer->name)
                buf_printf(out, "%s<a href=\"#%s\">%s</a>%s", around[r->answer_form][0], r->answer->name, r->answer->name, around[r->answer_form][1]);
        else if (r->answer)
                buf_printf(out, "%s…%s", around[r->answer_form][0], around[r->answer_form][1]);
        if (r->answer_type)
                buf_printf(out, "%s<code>%s</code>", r->answer ? " · " : "", r->answer_type);
        buf_puts(out, "</p>\n");
        if (r->answer && !r->answer->name)
                html_shape(out, arena, r->answer, lang);
}

static void html_shapes(struct buf *out, struct arena *arena, const struct shape_set *shapes, enum lang lang)
{
        buf_printf(out, "<h2>%s</h2>\n", say_in(words.shapes, lang));
        for (size_t i = 0; i < shapes->n; i++) {
                buf_printf(out, "<section id=\"%s\"><h3>%s</h3>\n", shapes->row[i]->name, shapes->row[i]->name);
                html_shape(out, arena, shapes->row[i], lang);
                buf_puts(out, "</section>\n");
        }
}

static void html_route(struct buf *out, struct arena *arena, const struct route *r, enum lang lang)
{
        buf_printf(out, "<section id=\"%s\"><h3><b>%s</b> <code>", r->name, http_method_name(r->method));
        html_c(out, r->path);
        buf_puts(out, "</code></h3>\n<p>");
        html_help(out, say_in(r->help, lang));
        buf_printf(out, "</p>\n<p><small>%s: %s · <code>%s</code></small></p>\n", say_in(words.right, lang),
                   right_text(r->may, lang), r->name);
        html_fields(out, arena, words.query, r->query, lang);
        html_fields(out, arena, words.body, r->body, lang);
        html_answer(out, arena, r, lang);
        buf_puts(out, "</section>\n");
}

void docs_write(const struct router *t, enum lang lang, struct buf *out)
{
        ARENA_AUTO arena = { 0 };
        const char *title = say_in(words.title, lang);
        buf_printf(out,
                   "<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">"
                   "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>%s</title></head>\n"
                   "<body><main><h1>%s</h1>\n<p>%s<a href=\"/api/openapi.json\">/api/openapi.json</a> · "
                   "<a href=\"/docs?lang=%s\">%s</a></p>\n<ul>\n",
                   lang == LANG_ZH ? "zh-CN" : "en", title, title, say_in(words.lead, lang),
                   lang == LANG_ZH ? "en" : "zh", say_in(words.other, lang));
        for (size_t i = 0; i < router_count(t); i++) {
                const struct route *r = router_route(t, i);
                if (r->page)
                        continue;
                buf_printf(out, "<li><a href=\"#%s\">%s <code>", r->name, http_method_name(r->method));
                html_c(out, r->path);
                buf_puts(out, "</code></a> ");
                html_help(out, say_in(r->help, lang));
                buf_puts(out, "</li>\n");
        }
        buf_puts(out, "</ul>\n");
        for (size_t i = 0; i < router_count(t); i++)
                if (!router_route(t, i)->page)
                        html_route(out, &arena, router_route(t, i), lang);
        html_shapes(out, &arena, router_shapes(t), lang);
        buf_puts(out, "</main></body></html>\n");
}

/* ---- Markdown ---------------------------------------------------------------------------------------- */

static void md_cell(struct buf *out, struct str s)
{
        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] == '|')
                        buf_char(out, '\\');
                buf_char(out, s.p[i]);
        }
}

static void md_rows(struct buf *out, struct arena *arena, const char *prefix, const struct field *schema)
{
        for (const struct field *f = schema; f && f->name; f++) {
                buf_printf(out, "| `%s%s` | ", prefix, f->name);
                md_cell(out, schema_type_text(arena, f, LANG_EN));
                buf_printf(out, " | %s | ", f->required ? "yes" : "");
                md_cell(out, str_of(f->help.en));
                md_cell(out, f->help.zh ? str_printf(arena, " %s", f->help.zh) : (struct str){ NULL, 0 });
                buf_puts(out, " |\n");
                if (field_inside(f))
                        md_rows(out, arena,
                                arena_printf(arena, "%s%s%s.", prefix, f->name, f->type == FIELD_LIST ? "[]" : ""),
                                field_inside(f));
        }
}

static void md_fields(struct buf *out, struct arena *arena, const char *head, const struct field *schema)
{
        if (!schema || !schema->name)
                return;
        buf_printf(out, "%s\n\n| name | type | needed | |\n|---|---|---|---|\n", head);
        md_rows(out, arena, "", schema);
        buf_char(out, '\n');
}

static void md_members(struct buf *out, struct arena *arena, const char *prefix, const struct shape *shape)
{
        const struct member *m;
        for (struct shape_walk w = { .of = shape }; (m = shape_next(&w));) {
                buf_printf(out, "| `%s%s` | ", prefix, m->name);
                md_cell(out, member_type_text(arena, m, LANG_EN));
                buf_printf(out, " | %s | ", m->maybe ? "" : "yes");
                if (m->help.en)
                        md_cell(out, str_printf(arena, "%s %s", m->help.en, m->help.zh));
                buf_puts(out, " |\n");
                if (member_inside(m))
                        md_members(out, arena, prefix_of(arena, prefix, m), member_inside(m));
        }
}

static void md_shape(struct buf *out, struct arena *arena, const struct shape *shape)
{
        buf_puts(out, "| member | type | always | |\n|---|---|---|---|\n");
        md_members(out, arena, "", shape);
        buf_char(out, '\n');
}

/* To its heading below: the anchor of a heading is its text in small letters. */
static void md_link(struct buf *out, const char *name)
{
        buf_printf(out, "[%s](#", name);
        for (; *name; name++)
                buf_char(out, *name >= 'A' && *name <= 'Z' ? (char)(*name - 'A' + 'a') : *name);
        buf_char(out, ')');
}

static void md_answer(struct buf *out, struct arena *arena, const struct route *r)
{
        static const char *const form[ANSWER_FORMS] = { "", "`items`, each: ", "`items` and `next`, each item: ", "a list, each: " };
        if (!r->answer)
                return;
        const char *name = r->answer->name;
        buf_printf(out, "Answer: %s", form[r->answer_form]);
        if (name)
                md_link(out, name);
        buf_printf(out, "%s%s\n\n", r->answer_type ? " or " : "", r->answer_type ? r->answer_type : "");
        if (!name)
                md_shape(out, arena, r->answer);
}

static void md_shapes(struct buf *out, struct arena *arena, const struct shape_set *shapes)
{
        buf_puts(out, "# Shapes of answers\n\nA member that is not always there may be absent; every test holds the answers it gets against these tables.\n\n");
        for (size_t i = 0; i < shapes->n; i++) {
                buf_printf(out, "### %s\n\n", shapes->row[i]->name);
                md_shape(out, arena, shapes->row[i]);
        }
}

/* What holds for every route, so that it need not be said at each. */
static void md_conventions(struct buf *out)
{
        buf_puts(out,
                 "# The API\n\nMade from the route table by `linli help --api > docs/api.md`; do not edit. A running server has the same at "
                 "`/docs` (a page) and `/api/openapi.json` (OpenAPI 3.1).\n\n"
                 "- JSON in UTF-8 in and out. Ids are strings, instants RFC 3339 with +08:00, days `YYYY-MM-DD`, rates integer over integer.\n"
                 "- Every path may stand behind `/t/{town}`; it must where a store holds several towns.\n"
                 "- Staff sign in with `POST /api/session`; the cookie `linli` then says who asks, and every request that is no GET brings the "
                 "answer's `csrf` as `X-CSRF-Token`. Another system sends `Authorization: Bearer KEY`, a reporter `X-Tracking-Code: CODE`.\n"
                 "- An object outside one's reach is 404, a right not held 403, no sign-in 401.\n"
                 "- Errors are problem documents (RFC 9457) in the language of `Accept-Language`; `retry` says whether asking again may help.\n"
                 "- A route that takes an `Idempotency-Key` (8 to 64 of `A-Z a-z 0-9 . _ -`, UUIDv7 advised) does the same request once, "
                 "however often it is sent within 30 days.\n"
                 "- `ETag` is the revision; a write with `If-Match` is 412 when somebody was faster. Lists go on with `cursor`.\n"
                 "- `GET /api/live` is a stream of server-sent events: `matter.changed` with the `id` of a matter that changed, came within one's reach or "
                 "left it (then it is 404: take it from the list), and `resync`: some were missed, read again what is shown. Ids only, at most four times a second, the same id "
                 "once; it ends after 15 minutes and the browser comes back by itself. A board reads its row and `/api/boards` again on each, and once a minute: days run out "
                 "without an event. A new message to oneself is no event; read `/api/notices` along with it.\n"
                 "- Too often is 429, a full queue 503, each with `Retry-After`.\n\n"
                 "| route | |\n|---|---|\n");
}

static const char *success_text(struct arena *arena, const struct route *r)
{
        const char *one = arena_printf(arena, "%d", r->status ? r->status : 200);
        return r->status_too ? arena_printf(arena, "%s or %d", one, r->status_too) : one;
}

void route_markdown(const struct router *t, struct buf *out)
{
        ARENA_AUTO arena = { 0 };
        md_conventions(out);
        for (size_t i = 0; i < router_count(t); i++) {
                const struct route *r = router_route(t, i);
                if (r->page)
                        continue;
                buf_printf(out, "| `%s %s` | %s |\n", http_method_name(r->method), r->path, r->help.en);
        }
        buf_char(out, '\n');
        for (size_t i = 0; i < router_count(t); i++) {
                const struct route *r = router_route(t, i);
                if (r->page)
                        continue;
                buf_printf(out, "## %s %s\n\n%s %s\n\nName `%s`. Right: %s. Success: %s%s.\n\n",
                           http_method_name(r->method), r->path, r->help.en, r->help.zh, r->name,
                           right_text(r->may, LANG_EN), success_text(&arena, r),
                           r->idempotent ? ". Takes an Idempotency-Key" : "");
                md_fields(out, &arena, "Parameters", r->query);
                md_fields(out, &arena, r->form ? "Form" : "Body", r->body);
                md_answer(out, &arena, r);
        }
        md_shapes(out, &arena, router_shapes(t));
}

/* ---- routes ------------------------------------------------------------------------------------------ */

/* Its own shape is OpenAPI's affair. */
static const struct member document_members[] = {
        { .name = "openapi", .type = FIELD_STR },
        { .name = "info", .type = FIELD_MAP, .item = FIELD_ANY },
        { .name = "servers", .type = FIELD_LIST, .item = FIELD_ANY },
        { .name = "paths", .type = FIELD_MAP, .item = FIELD_ANY },
        { .name = "components", .type = FIELD_MAP, .item = FIELD_ANY },
        { 0 },
};
static const struct shape document_shape = { NULL, document_members, NULL };

static int openapi_http(struct request *req)
{
        request_json(req, 200);
        req->out.body.max = DOC_MAX;
        openapi_write(job_of(req)->server->router, &req->out.body);
        request_etag_body(req);
        return OK;
}

enum { DOCS_LANG, DOCS_FIELDS };
static const char *const langs[] = { "zh", "en", NULL };
static const struct field docs_query[] = {
        [DOCS_LANG] = { .name = "lang", .type = FIELD_ENUM, .choices = langs, .help = { "语言", "Language" } },
        [DOCS_FIELDS] = { 0 },
};

static int docs_http(struct request *req)
{
        int lang = value_choice(&req->query, DOCS_LANG, (int)req->ctx.lang);
        request_json(req, 200);
        req->out.body.max = DOC_MAX;
        req->out.type = "text/html; charset=utf-8";
        docs_write(job_of(req)->server->router, lang == 0 ? LANG_ZH : LANG_EN, &req->out.body);
        request_etag_body(req);
        return OK;
}

static const struct route openapi_routes[] = {
        { .name = "api.openapi",
          .method = HTTP_GET,
          .path = "/api/openapi.json",
          .may = RIGHT_PUBLIC,
          .scope = SCOPE_NONE,
          .run_on = RUN_PLAIN,
          .cached = true,
          .run = openapi_http,
          .answer = &document_shape,
          .help = { "接口文档，供程序读", "This document, for programs" } },
        { .name = "api.docs",
          .method = HTTP_GET,
          .path = "/docs",
          .may = RIGHT_PUBLIC,
          .scope = SCOPE_NONE,
          .run_on = RUN_PLAIN,
          .cached = true,
          .query = docs_query,
          .answer_type = "text/html",
          .run = docs_http,
          .help = { "接口文档，供人读", "This document, for people" } },
};
const struct route_table openapi_route_table = ROUTES(openapi_routes);

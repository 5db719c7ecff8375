#include "api/openapi.h"
#include <stdio.h>
#include <string.h>

/* ---- the parts every document has -------------------------------------------------------------------- */

static const struct member problem_members[] = {
        { .name = "type", .type = FIELD_STR, .help = { "稳定的标识", "urn:linli:problem:NAME, stable" } },
        { .name = "title", .type = FIELD_STR, .help = { "总说", "The general sentence" } },
        { .name = "status", .type = FIELD_INT, .help = { "状态码", "HTTP status" } },
        { .name = "detail", .type = FIELD_STR, .help = { "说明", "This case, in the asker's language" } },
        { .name = "field", .type = FIELD_STR, .maybe = true, .help = { "出错的字段", "The field, header or parameter at fault" } },
        { .name = "instance", .type = FIELD_STR, .help = { "路径", "The path asked for" } },
        { .name = "retry", .type = FIELD_BOOL, .help = { "可否重试", "May the same request succeed later?" } },
        { 0 },
};
const struct shape problem_shape = { "Problem", problem_members, NULL };

static const struct {
        const char *name, *type, *in, *key, *scheme, *help;
} security[] = {
        { "session", "apiKey", "cookie", "linli", NULL, "Session cookie; writes also need the CSRF token" },
        { "csrf", "apiKey", "header", "X-CSRF-Token", NULL, "Token that belongs to the session" },
        { "key", "http", NULL, NULL, "bearer", "API key" },
        { "tracking", "apiKey", "header", "X-Tracking-Code", NULL, "Tracking code of one matter" },
};

static void write_security_schemes(struct json *j)
{
        json_key(j, "securitySchemes");
        json_open(j);
        for (size_t i = 0; i < COUNT(security); i++) {
                json_key(j, security[i].name);
                json_open(j);
                json_kc(j, "type", security[i].type);
                if (security[i].in) {
                        json_kc(j, "in", security[i].in);
                        json_kc(j, "name", security[i].key);
                }
                if (security[i].scheme)
                        json_kc(j, "scheme", security[i].scheme);
                json_kc(j, "description", security[i].help);
                json_close(j);
        }
        json_close(j);
}

/* ---- schemas ---------------------------------------------------------------------------------------- */

static void write_components(const struct router *t, struct json *j)
{
        const struct shape_set *shapes = router_shapes(t);
        json_key(j, "components");
        json_open(j);
        json_key(j, "schemas");
        json_open(j);
        for (size_t i = 0; i < router_count(t); i++) {
                const struct route *r = router_route(t, i);
                if (!r->body)
                        continue;
                char name[96];
                snprintf(name, sizeof name, "%s.body", r->name);
                json_key(j, name);
                schema_write(j, r->body);
        }
        for (size_t i = 0; i < shapes->n; i++) {
                json_key(j, shapes->row[i]->name);
                shape_write(j, shapes->row[i]);
        }
        json_close(j);
        json_key(j, "responses");
        json_open(j);
        json_key(j, "Problem");
        json_open(j);
        json_kc(j, "description", "A problem document (RFC 9457)");
        json_key(j, "content");
        json_raw(j, STR("{\"application/problem+json\":{\"schema\":{\"$ref\":\"#/components/schemas/Problem\"}}}"));
        json_close(j);
        json_close(j);
        write_security_schemes(j);
        json_close(j);
}

/* ---- one route --------------------------------------------------------------------------------------- */

static void write_ref(struct json *j, const char *name, const char *suffix)
{
        char ref[160];
        snprintf(ref, sizeof ref, "#/components/schemas/%s%s", name, suffix);
        json_open(j);
        json_kc(j, "$ref", ref);
        json_close(j);
}

static void write_parameter(struct json *j, const char *name, const char *in, bool required, const char *help)
{
        json_open(j);
        json_kc(j, "name", name);
        json_kc(j, "in", in);
        if (required)
                json_kbool(j, "required", true);
        if (help)
                json_kc(j, "description", help);
}

static void write_header(struct json *j, const char *name, const char *help)
{
        write_parameter(j, name, "header", false, help);
        json_key(j, "schema");
        json_raw(j, STR("{\"type\":\"string\"}"));
        json_close(j);
}

static void write_path_parameters(struct json *j, const char *path)
{
        for (const char *p = strchr(path, '{'); p; p = strchr(p + 1, '{')) {
                struct str name = { p + 1, strcspn(p + 1, "*}") };
                bool id = str_is(name, "id") || str_ends(name, STR("_id"));
                struct field f = { .name = "", .type = id ? FIELD_ID : FIELD_STR, .min = 1, .max = ROUTE_PARAM_BYTES };
                char text[64];
                snprintf(text, sizeof text, STR_FMT, STR_ARG(name));
                write_parameter(j, text, "path", true, NULL);
                json_key(j, "schema");
                schema_write_field(j, &f);
                json_close(j);
        }
}

static void write_parameters(struct json *j, const struct route *r)
{
        json_key(j, "parameters");
        json_list(j);
        write_path_parameters(j, r->path);
        for (const struct field *f = r->query; f && f->name; f++) {
                write_parameter(j, f->name, "query", f->required, f->help.en);
                if (f->type == FIELD_LIST)
                        json_kbool(j, "explode", false);
                json_key(j, "schema");
                schema_write_field(j, f);
                json_close(j);
        }
        if (r->idempotent)
                write_header(j, "Idempotency-Key", "8-64 characters, a UUIDv7 for example: the same key is done once");
        if (r->scope == SCOPE_MATTER && r->method != HTTP_GET)
                write_header(j, "If-Match", "The ETag read before; 412 when it has changed since");
        json_end(j);
}

static void write_body(struct json *j, const struct route *r)
{
        if (!r->body && r->body_max == 0)
                return;
        json_key(j, "requestBody");
        json_open(j);
        json_kbool(j, "required", true);
        json_key(j, "content");
        json_open(j);
        json_key(j, r->form ? "application/x-www-form-urlencoded" : r->body ? "application/json" : r->body_type ? r->body_type : "application/octet-stream");
        json_open(j);
        json_key(j, "schema");
        if (r->body)
                write_ref(j, r->name, ".body");
        else
                json_raw(j, STR("{\"type\":\"string\",\"format\":\"binary\"}"));
        json_close(j);
        json_close(j);
        json_close(j);
}

static void write_contents(struct json *j, const struct route *r)
{
        json_key(j, "content");
        json_open(j);
        if (r->answer) {
                json_key(j, "application/json");
                json_open(j);
                json_key(j, "schema");
                shape_write_answer(j, r->answer, r->answer_form);
                json_close(j);
        }
        if (r->answer_type) {
                json_key(j, r->answer_type);
                json_raw(j, STR("{\"schema\":{}}"));
        }
        json_close(j);
}

static void write_success(struct json *j, const struct route *r, int status)
{
        char code[16];
        snprintf(code, sizeof code, "%d", status);
        json_key(j, code);
        json_open(j);
        json_kc(j, "description", "Done");
        if (r->answer || r->answer_type)
                write_contents(j, r);
        json_close(j);
}

static void write_answers(struct json *j, const struct route *r)
{
        json_key(j, "responses");
        json_open(j);
        write_success(j, r, r->status ? r->status : 200);
        if (r->status_too)
                write_success(j, r, r->status_too);
        json_key(j, "default");
        json_raw(j, STR("{\"$ref\":\"#/components/responses/Problem\"}"));
        json_close(j);
}

/* Any one of the entries lets in; within one all are needed. */
static void write_security(struct json *j, const struct route *r)
{
        json_key(j, "security");
        if (r->may == RIGHT_PUBLIC)
                json_raw(j, STR("[]"));
        else if (r->may == RIGHT_TRACK)
                json_raw(j, STR("[{\"tracking\":[]}]"));
        else if (r->may == RIGHT_WHY)
                json_raw(j, STR("[{\"session\":[]},{\"key\":[]},{\"tracking\":[]}]"));
        else if (r->method == HTTP_GET)
                json_raw(j, STR("[{\"session\":[]},{\"key\":[]}]"));
        else
                json_raw(j, STR("[{\"session\":[],\"csrf\":[]},{\"key\":[]}]"));
}

static void write_operation(struct json *j, const struct route *r)
{
        static const char *const lower[HTTP_METHODS] = { "", "get", "post", "put", "patch", "delete" };
        struct str tag = { r->name, strcspn(r->name, ".") };
        json_key(j, lower[r->method]);
        json_open(j);
        json_kc(j, "operationId", r->name);
        json_key(j, "tags");
        json_list(j);
        json_str(j, tag);
        json_end(j);
        json_kc(j, "summary", r->help.en);
        json_kc(j, "description", r->help.zh);
        if (right_name(r->may))
                json_kc(j, "x-right", right_name(r->may));
        write_security(j, r);
        write_parameters(j, r);
        write_body(j, r);
        write_answers(j, r);
        json_close(j);
}

/* "/files/{file*}" is "/files/{file}" in the document. */
static void path_text(const char *path, char out[static 256])
{
        size_t n = 0;
        for (; *path && n < 255; path++)
                if (*path != '*')
                        out[n++] = *path;
        out[n] = '\0';
}

static void write_paths(const struct router *t, struct json *j)
{
        char path[256];
        json_key(j, "paths");
        json_open(j);
        for (size_t i = 0; i < router_count(t); i++) {
                const char *mine = router_route(t, i)->path;
                bool before = router_route(t, i)->page;
                for (size_t k = 0; k < i && !before; k++)
                        before = strcmp(router_route(t, k)->path, mine) == 0;
                if (before)
                        continue;
                path_text(mine, path);
                json_key(j, path);
                json_open(j);
                for (size_t k = i; k < router_count(t); k++)
                        if (strcmp(router_route(t, k)->path, mine) == 0)
                                write_operation(j, router_route(t, k));
                json_close(j);
        }
        json_close(j);
}

void openapi_write(const struct router *t, struct buf *out)
{
        struct json doc = json_to(out), *j = &doc;
        json_open(j);
        json_kc(j, "openapi", "3.1.0");
        json_key(j, "info");
        json_open(j);
        json_kc(j, "title", "Linli 邻里");
        json_kc(j, "version", "1");
        json_kc(j, "summary", "Grassroots governance of a township");
        json_kc(j, "description",
                "Every path may stand behind /t/{town}; ids are strings of digits; days are YYYY-MM-DD, "
                "times RFC 3339. Lists are paged by an opaque cursor. Members that are required are always there; later versions may add others.");
        json_close(j);
        json_key(j, "servers");
        json_raw(j, STR("[{\"url\":\"/\"}]"));
        write_paths(t, j);
        write_components(t, j);
        json_close(j);
}

#include "api/route.h"
#include "base/err.h"

static const char *const methods[HTTP_METHODS] = { "?", "GET", "POST", "PUT", "PATCH", "DELETE" };

const char *http_method_name(enum http_method m)
{
        return methods[m];
}

static bool name_valid(const char *s, const char *more)
{
        size_t n = 0;
        for (; s && s[n]; n++)
                if (!(s[n] >= 'a' && s[n] <= 'z') && !(s[n] >= '0' && s[n] <= '9') && !strchr(more, s[n]))
                        return false;
        return n > 0;
}

static const char *fields_wrong(const struct field *f, bool query, int depth);

static const char *field_wrong(const struct field *f, bool query, int depth)
{
        if (f->type <= 0 || f->type >= FIELD_TYPES)
                return "a field has no type";
        if (f->type == FIELD_MAP || f->type == FIELD_ANY)
                return "a field that comes in has a type that only answers have";
        if (f->type == FIELD_ENUM && (!f->choices || !f->choices[0]))
                return "an enum field has no choices";
        if (f->type != FIELD_OBJECT && f->type != FIELD_LIST)
                return NULL;
        if (!f->of)
                return "an object or list field does not say of what";
        if (f->type == FIELD_OBJECT)
                return query ? "a query cannot hold an object" : fields_wrong(f->of, query, depth + 1);
        if (query && (f->of->type == FIELD_OBJECT || f->of->type == FIELD_LIST))
                return "a query list cannot hold objects or lists";
        return field_wrong(f->of, query, depth + 1);
}

static const char *fields_wrong(const struct field *schema, bool query, int depth)
{
        if (depth > SCHEMA_DEPTH_MAX)
                return "a schema is nested too deep";
        size_t n = schema_count(schema);
        for (size_t i = 0; i < n; i++) {
                if (!name_valid(schema[i].name, "_"))
                        return "a field's name has other characters than a-z 0-9 _";
                for (size_t k = 0; k < i; k++)
                        if (strcmp(schema[i].name, schema[k].name) == 0)
                                return "two fields have one name";
                const char *wrong = field_wrong(&schema[i], query, depth);
                if (wrong)
                        return wrong;
        }
        return NULL;
}

static const char *path_wrong(const char *path)
{
        size_t params = 0;
        if (!path || path[0] != '/')
                return "the path does not begin with /";
        if (strncmp(path, "/t/", 3) == 0)
                return "/t/ is taken by towns";
        for (const char *p = path; *p; p++) {
                params += *p == '{';
                if (!strchr("/{}*._-", *p) && !name_valid((char[]){ *p, '\0' }, ""))
                        return "the path has other characters than a-z 0-9 . _ - / { }";
        }
        return params > ROUTE_PARAMS_MAX ? "the path has too many parameters" : NULL;
}

static const char *body_wrong(const struct route *r)
{
        bool any = r->body || r->body_max > 0;
        if (any && (r->method == HTTP_GET || r->method == HTTP_DELETE))
                return "this method has no body";
        if (r->form && !r->body)
                return "a form has no fields";
        if (r->body_file && (r->body || r->body_max == 0 || r->run_on != RUN_WRITE))
                return "a body that goes to a file has no schema, has a ceiling and runs as a write";
        if (r->idempotent && r->method == HTTP_GET)
                return "a read needs no idempotency key";
        if ((r->run_on == RUN_WRITE || r->run_on == RUN_SUBMIT) && r->method == HTTP_GET)
                return "a GET must not write";
        return NULL;
}

/* What is not said cannot be relied on, and the web's types are made of it. */
static const char *answer_wrong(const struct route *r)
{
        if (!r->answer && !r->answer_type && r->status != 204)
                return "what it answers is not described: give it .answer, a shape (api/shape.h), or .answer_type where that is no JSON";
        return shape_wrong(r->answer, r->answer_form);
}

static const char *route_wrong(const struct route *r)
{
        if (!name_valid(r->name, ".-_"))
                return "it has no sound name";
        if (r->method <= HTTP_NONE || r->method >= HTTP_METHODS)
                return "it has no method";
        if (r->may <= RIGHT_UNDECIDED || r->may >= RIGHT_COUNT)
                return "its right is undecided";
        if (r->scope <= SCOPE_UNDECIDED || r->scope >= SCOPE_KINDS)
                return "its scope is undecided";
        if (r->run_on <= RUN_UNDECIDED || r->run_on > RUN_WRITE)
                return "where it runs is undecided";
        if (!r->run)
                return "it has no handler";
        if (!r->help.zh || !r->help.en)
                return "it has no help in both languages";
        const char *wrong = path_wrong(r->path);
        wrong = wrong ? wrong : body_wrong(r);
        wrong = wrong ? wrong : fields_wrong(r->query, true, 0);
        wrong = wrong ? wrong : fields_wrong(r->body, false, 0);
        return wrong ? wrong : answer_wrong(r);
}

int route_check(const struct route *r, struct err *err)
{
        const char *wrong = route_wrong(r);
        if (!wrong)
                return OK;
        const char *name = r->name ? r->name : "?";
        return err_set(err, ERR_RULE, name, "路由 %s 不完整：%s", "Route %s is not sound: %s", name, wrong);
}

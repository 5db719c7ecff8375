/* Holds every answer a test gets against the shape its route declares: so the document cannot say what is not so. */
#include "api/inner/answer_test.h"
#include <json-c/json.h>
#include <stdio.h>
#include "api/schema.h"
#include "base/day.h"
#include "base/json.h"
#include "base/test.h"

struct holding {
        struct arena *arena;
        const char *wrong;
};

static bool refuse(struct holding *h, const char *path, const char *why)
{
        h->wrong = arena_printf(h->arena, "%s: %s", path[0] ? path : "(the whole)", why);
        return false;
}

static bool is_digits(struct str s)
{
        if (s.n == 0 || s.n > 19 || s.p[0] < '1')
                return false;
        for (size_t i = 0; i < s.n; i++)
                if (s.p[i] < '0' || s.p[i] > '9')
                        return false;
        return true;
}

static bool is_code(struct str s)
{
        for (size_t i = 0; i < s.n; i++)
                if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-", s.p[i]))
                        return false;
        return s.n >= 1 && s.n <= 64;
}

static bool is_choice(struct str s, const char *const *choices)
{
        while (choices && *choices)
                if (str_is(s, *choices++))
                        return true;
        return false;
}

static const char *text_wrong(enum field_type type, struct str s, const char *const *choices)
{
        struct instant at;
        struct day day;
        switch (type) {
        case FIELD_CODE:
                return is_code(s) ? NULL : "is no code";
        case FIELD_ID:
                return is_digits(s) ? NULL : "is no id";
        case FIELD_DAY:
                return day_parse(s, &day) == OK ? NULL : "is no day";
        case FIELD_INSTANT:
                return instant_parse(s, &at) == OK && s.n >= 20 ? NULL : "is no instant";
        case FIELD_ENUM:
                return is_choice(s, choices) ? NULL : "is none of its choices";
        default:
                return NULL;
        }
}

static bool plain(struct holding *h, const char *path, enum field_type type, const char *const *choices, struct json_object *v)
{
        enum json_type is = json_object_get_type(v);
        bool number = is == json_type_int || is == json_type_double;
        if (type == FIELD_ANY)
                return true;
        if (type == FIELD_INT)
                return is == json_type_int || refuse(h, path, "is no whole number");
        if (type == FIELD_BOOL)
                return is == json_type_boolean || refuse(h, path, "is neither true nor false");
        if (type == FIELD_NUMBER || type == FIELD_LAT || type == FIELD_LON) {
                double most = type == FIELD_LAT ? 90 : type == FIELD_LON ? 180 : 1e300, n = json_object_get_double(v);
                return (number && n >= -most && n <= most) || refuse(h, path, "is no such number");
        }
        if (is != json_type_string)
                return refuse(h, path, "is no text");
        const char *wrong = text_wrong(type, json_text(v), choices);
        return !wrong || refuse(h, path, arena_printf(h->arena, "%s: %s", wrong, json_object_get_string(v)));
}

static bool object(struct holding *, const char *path, const struct shape *, struct json_object *);

static bool one_of(struct holding *h, const char *path, const struct member *m, struct json_object *v)
{
        return m->of ? object(h, path, m->of, v) : plain(h, path, m->item, m->choices, v);
}

static bool list(struct holding *h, const char *path, const struct member *m, struct json_object *v)
{
        if (!json_object_is_type(v, json_type_array))
                return refuse(h, path, "is no list");
        for (size_t i = 0; i < json_object_array_length(v); i++)
                if (!one_of(h, arena_printf(h->arena, "%s.%zu", path, i), m, json_object_array_get_idx(v, i)))
                        return false;
        return true;
}

static bool map(struct holding *h, const char *path, const struct member *m, struct json_object *v)
{
        if (!json_object_is_type(v, json_type_object))
                return refuse(h, path, "is no object");
        struct json_object_iterator at = json_object_iter_begin(v), end = json_object_iter_end(v);
        for (; !json_object_iter_equal(&at, &end); json_object_iter_next(&at))
                if (!one_of(h, arena_printf(h->arena, "%s.%s", path, json_object_iter_peek_name(&at)), m,
                            json_object_iter_peek_value(&at)))
                        return false;
        return true;
}

static bool member(struct holding *h, const char *path, const struct member *m, struct json_object *v)
{
        if (!v)
                return m->null || m->type == FIELD_ANY || refuse(h, path, "is null");
        if (m->type == FIELD_OBJECT)
                return object(h, path, m->of, v);
        if (m->type == FIELD_LIST)
                return list(h, path, m, v);
        return m->type == FIELD_MAP ? map(h, path, m, v) : plain(h, path, m->type, m->choices, v);
}

static const struct member *declared(const struct shape *s, const char *name)
{
        const struct member *m;
        for (struct shape_walk w = { .of = s }; (m = shape_next(&w));)
                if (strcmp(m->name, name) == 0)
                        return m;
        return NULL;
}

static bool object(struct holding *h, const char *path, const struct shape *s, struct json_object *v)
{
        const char *dot = path[0] ? "." : "";
        const struct member *m;
        if (!json_object_is_type(v, json_type_object))
                return refuse(h, path, "is no object");
        struct json_object_iterator at = json_object_iter_begin(v), end = json_object_iter_end(v);
        for (; !json_object_iter_equal(&at, &end); json_object_iter_next(&at)) {
                const char *name = json_object_iter_peek_name(&at), *where = arena_printf(h->arena, "%s%s%s", path, dot, name);
                m = declared(s, name);
                if (!m)
                        return refuse(h, where, "is not declared");
                if (!member(h, where, m, json_object_iter_peek_value(&at)))
                        return false;
        }
        for (struct shape_walk w = { .of = s }; (m = shape_next(&w));)
                if (!m->maybe && !json_object_object_get_ex(v, m->name, NULL))
                        return refuse(h, arena_printf(h->arena, "%s%s%s", path, dot, m->name), "is missing");
        return true;
}

const char *answer_wrong(struct arena *arena, const struct shape *shape, enum answer_form form, struct str body)
{
        struct holding h = { .arena = arena };
        const struct member item[] = { { .name = "items", .type = FIELD_LIST, .of = shape },
                                       { .name = form == ANSWER_PAGE ? "next" : NULL, .type = FIELD_STR, .null = true },
                                       { 0 } };
        const struct shape around = { NULL, item, NULL };
        JSON_AUTO doc = NULL;
        if (json_parse(body, &doc, NULL) != OK)
                return "(the whole): is no JSON";
        if (form == ANSWER_ARRAY)
                list(&h, "", &item[0], doc);
        else
                object(&h, "", form == ANSWER_ONE ? shape : &around, doc);
        return h.wrong;
}

/* ---- of a route -------------------------------------------------------------------------------------------------------- */

static const struct route *route_of(const struct router *t, const char *method, const char *target)
{
        struct router_match match;
        struct str path = { target, strcspn(target, "?") };
        for (int m = HTTP_GET; m < HTTP_METHODS; m++)
                if (strcmp(http_method_name((enum http_method)m), method) == 0 && router_match(t, (enum http_method)m, path, &match) == OK)
                        return match.route;
        return NULL;
}

static const char *success_wrong(struct arena *arena, const struct route *r, const struct got *g)
{
        const char *type = got_header(g, "Content-Type");
        bool json = strncmp(type, "application/json", 16) == 0, whole = g->n + 1 < sizeof g->body;
        if (g->status != (r->status ? r->status : 200) && g->status != r->status_too && g->status != 206)
                return arena_printf(arena, "the status %d is not declared", g->status);
        if (json && r->answer)
                return whole ? answer_wrong(arena, r->answer, r->answer_form, (struct str){ g->body, g->n }) : NULL;
        if (!json && g->n > 0 && !r->answer_type)
                return arena_printf(arena, "the type %s is not declared", type);
        bool known = !r->answer_type || strcmp(r->answer_type, "application/octet-stream") == 0;
        if (json || known || strncmp(type, r->answer_type, strlen(r->answer_type)) == 0)
                return NULL;
        return arena_printf(arena, "the type %s is not declared", type);
}

void answer_hold(const struct router *t, const char *method, const char *target, const struct got *g)
{
        static char wrong[1024]; /* a failing test leaves without giving memory back */
        const struct route *r = route_of(t, method, target);
        wrong[0] = '\0';
        {
                ARENA_AUTO arena = { 0 };
                const char *found = NULL;
                if (r && g->status >= 200 && g->status < 300)
                        found = success_wrong(&arena, r, g);
                else if (g->n > 0 && strncmp(got_header(g, "Content-Type"), "application/problem+json", 24) == 0)
                        found = answer_wrong(&arena, &problem_shape, ANSWER_ONE, (struct str){ g->body, g->n });
                if (found)
                        snprintf(wrong, sizeof wrong, "%s", found);
        }
        if (wrong[0])
                fail_msg("%s %s (%s): %s in %s", method, target, r ? r->name : "?", wrong, g->body);
}

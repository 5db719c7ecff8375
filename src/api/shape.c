#include "api/shape.h"
#include <stdio.h>
#include <string.h>
#include "api/inner/field.h"

const struct member *shape_next(struct shape_walk *w)
{
        if (!w->in)
                for (w->in = w->of; w->in && w->in->base;)
                        w->in = w->in->base;
        while (w->in) {
                w->at = w->at ? w->at + 1 : w->in->member;
                if (w->at->name)
                        return w->at;
                if (w->in == w->of)
                        return NULL;
                const struct shape *after = w->of;
                while (after->base != w->in)
                        after = after->base;
                w->in = after;
                w->at = NULL;
        }
        return NULL;
}

/* ---- is it sound? ------------------------------------------------------------------------------------------------------ */

static const char *members_wrong(const struct shape *, int depth);

static bool holds(enum field_type t)
{
        return t == FIELD_LIST || t == FIELD_MAP;
}

static const char *member_wrong(const struct member *m, int depth)
{
        enum field_type inner = holds(m->type) ? m->item : m->type;
        if (m->type <= 0 || m->type >= FIELD_TYPES)
                return "a member of its answer has no type";
        if (holds(m->type) && !m->of && (inner <= 0 || inner >= FIELD_TYPES || inner == FIELD_OBJECT || holds(inner)))
                return "a list or map of its answer does not say of what";
        if (m->type == FIELD_OBJECT && !m->of)
                return "an object of its answer does not say of what";
        if (inner == FIELD_ENUM && (!m->choices || !m->choices[0]))
                return "a choice of its answer has no choices";
        return m->of ? members_wrong(m->of, depth + 1) : NULL;
}

static bool named_twice(const struct shape *s, const struct member *one)
{
        const struct member *m;
        for (struct shape_walk w = { .of = s }; (m = shape_next(&w));)
                if (m != one && strcmp(m->name, one->name) == 0)
                        return true;
        return false;
}

static const char *members_wrong(const struct shape *s, int depth)
{
        const struct member *m;
        if (depth > SCHEMA_DEPTH_MAX)
                return "its answer is nested too deep";
        for (struct shape_walk w = { .of = s }; (m = shape_next(&w));) {
                const char *wrong = member_wrong(m, depth);
                if (wrong)
                        return wrong;
                if (named_twice(s, m))
                        return "two members of its answer have one name";
        }
        return NULL;
}

const char *shape_wrong(const struct shape *s, enum answer_form form)
{
        if (form < 0 || form >= ANSWER_FORMS)
                return "its answer has no form";
        return s ? members_wrong(s, 0) : NULL;
}

/* ---- those with a name ------------------------------------------------------------------------------------------------- */

static int collect_name(struct arena *arena, struct shape_set *set, const struct shape *s, bool *ret_new, struct err *err)
{
        *ret_new = true;
        for (size_t i = 0; s->name && i < set->n; i++) {
                if (strcmp(set->row[i]->name, s->name) != 0)
                        continue;
                *ret_new = false;
                return set->row[i] == s ? OK : err_set(err, ERR_RULE, s->name, "两种回答都叫 %s", "Two shapes are called %s", s->name);
        }
        if (!s->name)
                return OK;
        if (set->n == set->cap) {
                const struct shape **more = arena_array(arena, const struct shape *, set->cap ? 2 * set->cap : 64);
                if (set->n)
                        memcpy(more, set->row, set->n * sizeof *more);
                set->row = more;
                set->cap = set->cap ? 2 * set->cap : 64;
        }
        set->row[set->n++] = s;
        return OK;
}

int shape_collect(struct arena *arena, struct shape_set *set, const struct shape *s, struct err *err)
{
        const struct member *m;
        bool new;
        int rc = collect_name(arena, set, s, &new, err);
        if (rc != OK || !new)
                return rc;
        for (struct shape_walk w = { .of = s }; rc == OK && (m = shape_next(&w));)
                if (m->of)
                        rc = shape_collect(arena, set, m->of, err);
        return rc;
}

/* ---- to programs ------------------------------------------------------------------------------------------------------- */

static void write_members(struct json *, const struct shape *);

static void write_shape(struct json *j, const struct shape *s)
{
        char ref[160];
        json_open(j);
        if (s->name) {
                snprintf(ref, sizeof ref, "#/components/schemas/%s", s->name);
                json_kc(j, "$ref", ref);
        } else {
                write_members(j, s);
        }
        json_close(j);
}

static void write_type(struct json *j, const char *type, bool null)
{
        if (!null) {
                json_kc(j, "type", type);
                return;
        }
        json_key(j, "type");
        json_list(j);
        json_c(j, type);
        json_c(j, "null");
        json_end(j);
}

/* What stands within the braces of a plain value's schema. */
static void write_plain(struct json *j, enum field_type type, const char *const *choices, bool null)
{
        const struct field_told *t = &field_told[type];
        if (!t->type)
                return;
        write_type(j, t->type, null);
        if (t->format)
                json_kc(j, "format", t->format);
        if (t->pattern)
                json_kc(j, "pattern", t->pattern);
        if (type == FIELD_LAT || type == FIELD_LON) {
                json_kint(j, "minimum", type == FIELD_LAT ? -90 : -180);
                json_kint(j, "maximum", type == FIELD_LAT ? 90 : 180);
        }
        if (type != FIELD_ENUM)
                return;
        json_key(j, "enum");
        json_list(j);
        for (size_t i = 0; choices[i]; i++)
                json_c(j, choices[i]);
        if (null)
                json_null(j);
        json_end(j);
}

static void write_within(struct json *j, const struct member *m)
{
        write_type(j, field_told[m->type].type, m->null);
        json_key(j, m->type == FIELD_LIST ? "items" : "additionalProperties");
        if (m->of) {
                write_shape(j, m->of);
                return;
        }
        json_open(j);
        write_plain(j, m->item, m->choices, false);
        json_close(j);
}

static void write_object(struct json *j, const struct member *m)
{
        if (!m->null && !m->of->name) {
                write_members(j, m->of);
                return;
        }
        json_key(j, m->null ? "anyOf" : "allOf");
        json_list(j);
        write_shape(j, m->of);
        if (m->null)
                json_raw(j, STR("{\"type\":\"null\"}"));
        json_end(j);
}

static void write_member(struct json *j, const struct member *m)
{
        if (m->type == FIELD_OBJECT && m->of->name && !m->null && !m->help.en) {
                write_shape(j, m->of);
                return;
        }
        json_open(j);
        if (m->help.en)
                json_kc(j, "description", m->help.en);
        if (m->type == FIELD_OBJECT)
                write_object(j, m);
        else if (holds(m->type))
                write_within(j, m);
        else
                write_plain(j, m->type, m->choices, m->null);
        json_close(j);
}

static void write_members(struct json *j, const struct shape *s)
{
        const struct member *m;
        json_kc(j, "type", "object");
        json_key(j, "properties");
        json_open(j);
        for (struct shape_walk w = { .of = s }; (m = shape_next(&w));) {
                json_key(j, m->name);
                write_member(j, m);
        }
        json_close(j);
        json_key(j, "required");
        json_list(j);
        for (struct shape_walk w = { .of = s }; (m = shape_next(&w));)
                if (!m->maybe)
                        json_c(j, m->name);
        json_end(j);
}

void shape_write(struct json *j, const struct shape *s)
{
        json_open(j);
        write_members(j, s);
        json_close(j);
}

static void write_array(struct json *j, const struct shape *item)
{
        json_kc(j, "type", "array");
        json_key(j, "items");
        write_shape(j, item);
}

void shape_write_answer(struct json *j, const struct shape *s, enum answer_form form)
{
        if (form == ANSWER_ONE) {
                write_shape(j, s);
                return;
        }
        json_open(j);
        if (form == ANSWER_ARRAY) {
                write_array(j, s);
        } else {
                json_kc(j, "type", "object");
                json_key(j, "properties");
                json_open(j);
                json_key(j, "items");
                json_open(j);
                write_array(j, s);
                json_close(j);
                if (form == ANSWER_PAGE) {
                        json_key(j, "next");
                        json_raw(j, STR("{\"type\":[\"string\",\"null\"],\"description\":\"Cursor of the next page\"}"));
                }
                json_close(j);
                json_key(j, "required");
                json_raw(j, form == ANSWER_PAGE ? STR("[\"items\",\"next\"]") : STR("[\"items\"]"));
        }
        json_close(j);
}

/* ---- to people --------------------------------------------------------------------------------------------------------- */

const struct shape *member_inside(const struct member *m)
{
        return m->of && !m->of->name ? m->of : NULL;
}

static struct str plain_text(struct arena *arena, enum field_type type, const char *const *choices, enum lang lang)
{
        if (type != FIELD_ENUM)
                return str_of(lang == LANG_ZH ? field_told[type].zh : field_told[type].en);
        struct str s = str_of(choices[0]);
        for (size_t i = 1; choices[i]; i++)
                s = str_printf(arena, STR_FMT " | %s", STR_ARG(s), choices[i]);
        return s;
}

struct str member_type_text(struct arena *arena, const struct member *m, enum lang lang)
{
        struct str own = plain_text(arena, m->type, m->choices, lang);
        if (m->type == FIELD_OBJECT && m->of->name)
                own = str_of(m->of->name);
        if (holds(m->type)) {
                struct str inner = !m->of ? plain_text(arena, m->item, m->choices, lang)
                                   : m->of->name ? str_of(m->of->name)
                                                 : plain_text(arena, FIELD_OBJECT, NULL, lang);
                own = str_printf(arena, STR_FMT " (" STR_FMT ")", STR_ARG(own), STR_ARG(inner));
        }
        if (m->null)
                own = str_printf(arena, STR_FMT "%s", STR_ARG(own), lang == LANG_ZH ? " 或 null" : " or null");
        return own;
}

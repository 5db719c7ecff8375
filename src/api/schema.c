#include "api/schema.h"
#include <json-c/json.h>
#include "api/form.h"
#include "api/inner/field.h"

size_t schema_count(const struct field *f)
{
        size_t n = 0;
        while (f && f[n].name)
                n++;
        if (n > FIELDS_MAX)
                BUG("a schema with more than FIELDS_MAX fields");
        return n;
}

/* ---- JSON ------------------------------------------------------------------------------------------ */

static int json_value(struct reader *, const struct field *, const struct spot *, struct json_object *, struct value *);

static int wrong_type(const struct reader *r, const struct spot *s, const char *zh, const char *en)
{
        return field_refuse(r, s, ERR_TYPE, zh, en, 0, 0);
}

static int json_whole(struct reader *r, const struct field *f, const struct spot *s, struct json_object *o,
                      struct value *ret)
{
        if (!json_object_is_type(o, json_type_int))
                return wrong_type(r, s, "%s 须是整数", "%s must be a whole number");
        return field_int(r, f, s, json_object_get_int64(o), ret);
}

static int json_number(struct reader *r, const struct field *f, const struct spot *s, struct json_object *o,
                       struct value *ret)
{
        if (!json_object_is_type(o, json_type_int) && !json_object_is_type(o, json_type_double))
                return wrong_type(r, s, "%s 须是数", "%s must be a number");
        return field_number(r, f, s, json_object_get_double(o), ret);
}

static int json_yes_no(struct reader *r, const struct field *f, const struct spot *s, struct json_object *o,
                       struct value *ret)
{
        (void)f;
        if (!json_object_is_type(o, json_type_boolean))
                return wrong_type(r, s, "%s 须是 true 或 false", "%s must be true or false");
        ret->yes = json_object_get_boolean(o);
        ret->given = true;
        return OK;
}

static int json_string(struct reader *r, const struct field *f, const struct spot *s, struct json_object *o,
                       struct value *ret)
{
        if (!json_object_is_type(o, json_type_string))
                return wrong_type(r, s, "%s 须是文本", "%s must be text");
        return field_text(r, f, s, json_text(o), ret);
}

static int json_members(struct reader *r, const struct field *f, const struct spot *up, struct json_object *o,
                        struct values *ret)
{
        size_t n = schema_count(f), next = 0;
        struct value *v = arena_array(r->arena, struct value, n);
        struct json_object_iterator at = json_object_iter_begin(o), end = json_object_iter_end(o);
        for (; !json_object_iter_equal(&at, &end); json_object_iter_next(&at)) {
                struct str name = str_of(json_object_iter_peek_name(&at));
                size_t i = field_find(f, n, next, name);
                if (i == n)
                        return field_unknown(r, up, name);
                next = i + 1 < n ? i + 1 : 0;
                struct spot s = { .up = up, .name = f[i].name };
                int rc = json_value(r, &f[i], &s, json_object_iter_peek_value(&at), &v[i]);
                if (rc != OK)
                        return rc;
        }
        int rc = field_required(r, f, v, n, up);
        if (rc == OK)
                *ret = (struct values){ .field = f, .v = v, .n = n };
        return rc;
}

static int json_inner(struct reader *r, const struct field *f, const struct spot *s, struct json_object *o,
                      struct value *ret)
{
        if (!json_object_is_type(o, json_type_object))
                return wrong_type(r, s, "%s 须是对象", "%s must be an object");
        ret->given = true;
        return json_members(r, f->of, s, o, &ret->object);
}

static int list_length(const struct reader *r, const struct field *f, const struct spot *s, size_t n)
{
        int64_t most = field_most(f);
        if ((int64_t)n < f->min || (int64_t)n > most)
                return field_refuse(r, s, ERR_RANGE, "%s 须有 %lld 到 %lld 项", "%s must have %lld to %lld items",
                                    f->min, most);
        return OK;
}

static int json_items(struct reader *r, const struct field *f, const struct spot *s, struct json_object *o,
                      struct value *ret)
{
        if (!json_object_is_type(o, json_type_array))
                return wrong_type(r, s, "%s 须是列表", "%s must be a list");
        size_t n = json_object_array_length(o);
        int rc = list_length(r, f, s, n);
        struct value *v = rc == OK ? arena_array(r->arena, struct value, n) : NULL;
        for (size_t i = 0; i < n && rc == OK; i++) {
                struct spot item = { .up = s, .index = i };
                struct json_object *one = json_object_array_get_idx(o, i);
                rc = one ? json_value(r, f->of, &item, one, &v[i]) : wrong_type(r, &item, "%s 为空", "%s is null");
        }
        if (rc != OK)
                return rc;
        ret->list.item = v;
        ret->list.n = n;
        ret->given = true;
        return OK;
}

static int json_value(struct reader *r, const struct field *f, const struct spot *s, struct json_object *o,
                      struct value *ret)
{
        static int (*const read[FIELD_TYPES])(struct reader *, const struct field *, const struct spot *,
                                              struct json_object *, struct value *) = {
                [FIELD_STR] = json_string,   [FIELD_TEXT] = json_string,   [FIELD_CODE] = json_string,
                [FIELD_INT] = json_whole,    [FIELD_NUMBER] = json_number, [FIELD_BOOL] = json_yes_no,
                [FIELD_ID] = json_string,    [FIELD_DAY] = json_string,    [FIELD_INSTANT] = json_string,
                [FIELD_ENUM] = json_string,  [FIELD_LAT] = json_number,    [FIELD_LON] = json_number,
                [FIELD_OBJECT] = json_inner, [FIELD_LIST] = json_items,
        };
        if (!o)
                return OK; /* null: not given */
        if (++r->depth > SCHEMA_DEPTH_MAX)
                return field_refuse(r, s, ERR_RANGE, "%s 嵌套太深", "%s is nested too deep", 0, 0);
        int rc = read[f->type](r, f, s, o, ret);
        r->depth--;
        return rc;
}

int schema_read_json(const struct field *schema, struct json_object *o, struct arena *arena, struct values *ret,
                     struct err *err)
{
        struct reader r = { .arena = arena, .err = err };
        if (!json_object_is_type(o, json_type_object))
                return err_set(err, ERR_TYPE, "", "请求体须是一个 JSON 对象", "The body must be a JSON object");
        return json_members(&r, schema, NULL, o, ret);
}

/* ---- query ----------------------------------------------------------------------------------------- */

static int query_value(struct reader *r, const struct field *f, const struct spot *s, struct str text,
                       struct value *ret);

static int hex(char c)
{
        return c >= '0' && c <= '9'   ? c - '0'
               : c >= 'a' && c <= 'f' ? c - 'a' + 10
               : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                      : -1;
}

int percent_decode(struct arena *arena, struct str s, bool plus, struct str *ret)
{
        char *to = arena_raw(arena, s.n + 1);
        size_t n = 0;
        for (size_t i = 0; i < s.n; i++) {
                char c = plus && s.p[i] == '+' ? ' ' : s.p[i];
                if (s.p[i] == '%') {
                        bool whole = i + 2 < s.n;
                        int hi = whole ? hex(s.p[i + 1]) : -1, lo = whole ? hex(s.p[i + 2]) : -1;
                        if (hi < 0 || lo < 0)
                                return ERR_BAD;
                        c = (char)(hi * 16 + lo);
                        i += 2;
                }
                if (c == '\0')
                        return ERR_BAD;
                to[n++] = c;
        }
        to[n] = '\0';
        *ret = (struct str){ to, n };
        return OK;
}

static int query_whole(struct reader *r, const struct field *f, const struct spot *s, struct str text,
                       struct value *ret)
{
        int64_t n;
        if (str_int(text, INT64_MIN, INT64_MAX, &n) != OK)
                return wrong_type(r, s, "%s 须是整数", "%s must be a whole number");
        return field_int(r, f, s, n, ret);
}

static int query_number(struct reader *r, const struct field *f, const struct spot *s, struct str text,
                        struct value *ret)
{
        double x;
        if (str_double(text, &x) != OK)
                return wrong_type(r, s, "%s 须是数", "%s must be a number");
        return field_number(r, f, s, x, ret);
}

static int query_yes_no(struct reader *r, const struct field *f, const struct spot *s, struct str text,
                        struct value *ret)
{
        (void)f;
        ret->yes = str_is(text, "true") || str_is(text, "1");
        if (!ret->yes && !str_is(text, "false") && !str_is(text, "0"))
                return wrong_type(r, s, "%s 须是 true 或 false", "%s must be true or false");
        ret->given = true;
        return OK;
}

static int query_items(struct reader *r, const struct field *f, const struct spot *s, struct str text,
                       struct value *ret)
{
        size_t n = 1;
        for (size_t i = 0; i < text.n; i++)
                n += text.p[i] == ',';
        int rc = list_length(r, f, s, n);
        struct value *v = rc == OK ? arena_array(r->arena, struct value, n) : NULL;
        struct str part = text;
        for (size_t i = 0; i < n && rc == OK; i++) {
                const char *comma = memchr(text.p, ',', text.n);
                part = (struct str){ text.p, comma ? (size_t)(comma - text.p) : text.n };
                text = (struct str){ part.p + part.n + (comma != NULL), text.n - part.n - (comma != NULL) };
                struct spot item = { .up = s, .index = i };
                rc = query_value(r, f->of, &item, part, &v[i]);
        }
        if (rc != OK)
                return rc;
        ret->list.item = v;
        ret->list.n = n;
        ret->given = true;
        return OK;
}

static int query_value(struct reader *r, const struct field *f, const struct spot *s, struct str text,
                       struct value *ret)
{
        switch (f->type) {
        case FIELD_INT:
                return query_whole(r, f, s, text, ret);
        case FIELD_NUMBER:
        case FIELD_LAT:
        case FIELD_LON:
                return query_number(r, f, s, text, ret);
        case FIELD_BOOL:
                return query_yes_no(r, f, s, text, ret);
        case FIELD_LIST:
                return query_items(r, f, s, text, ret);
        default:
                return field_text(r, f, s, text, ret);
        }
}

/* One "name=value". */
static int query_pair(struct reader *r, const struct field *f, size_t n, bool more, struct value *v, uint64_t *seen,
                      struct str pair)
{
        const char *eq = memchr(pair.p, '=', pair.n);
        struct str name = { pair.p, eq ? (size_t)(eq - pair.p) : pair.n }, text = { NULL, 0 };
        struct str raw = { eq ? eq + 1 : NULL, eq ? pair.n - name.n - 1 : 0 };
        if (percent_decode(r->arena, name, true, &name) != OK)
                return field_refuse(r, NULL, ERR_BAD, "地址中的 %% 转义不对", "A %% escape in the address is wrong", 0,
                                    0);
        size_t i = field_find(f, n, 0, name);
        if (i == n)
                return more ? OK : field_unknown(r, NULL, name);
        struct spot s = { .name = f[i].name };
        if (percent_decode(r->arena, raw, true, &text) != OK)
                return field_refuse(r, &s, ERR_BAD, "%s 的 %% 转义不对", "A %% escape in %s is wrong", 0, 0);
        if (*seen >> i & 1)
                return field_refuse(r, &s, ERR_BAD, "%s 出现了两次", "%s stands there twice", 0, 0);
        *seen |= UINT64_C(1) << i;
        return text.n == 0 ? OK : query_value(r, &f[i], &s, text, &v[i]);
}

int schema_read_query(const struct field *schema, struct str query, bool more, struct arena *arena, struct values *ret,
                      struct err *err)
{
        struct reader r = { .arena = arena, .err = err };
        size_t n = schema_count(schema);
        uint64_t seen = 0;
        struct value *v = n ? arena_array(arena, struct value, n) : NULL;
        struct str pair;
        while (str_split(&query, '&', &pair)) {
                int rc = pair.n ? query_pair(&r, schema, n, more, v, &seen, pair) : OK;
                if (rc != OK)
                        return rc;
        }
        int rc = field_required(&r, schema, v, n, NULL);
        if (rc == OK)
                *ret = (struct values){ .field = schema, .v = v, .n = n };
        return rc;
}

/* ---- form ------------------------------------------------------------------------------------------ */

/* Every pair of that name is an item. */
static int form_items(struct reader *r, const struct field *f, const struct spot *s, const struct form *form, struct value *ret)
{
        size_t n = 0, at = 0;
        for (size_t k = 0; k < form->n; k++)
                n += !form->row[k].file && form->row[k].value.n && str_is(form->row[k].name, f->name);
        int rc = list_length(r, f, s, n);
        struct value *v = rc == OK ? arena_array(r->arena, struct value, n) : NULL;
        for (size_t k = 0; k < form->n && rc == OK; k++) {
                const struct form_pair *p = &form->row[k];
                struct spot item = { .up = s, .index = at };
                if (!p->file && p->value.n && str_is(p->name, f->name))
                        rc = query_value(r, f->of, &item, p->value, &v[at++]);
        }
        if (rc != OK)
                return rc;
        ret->list.item = v;
        ret->list.n = n;
        ret->given = true;
        return OK;
}

static int form_pair_read(struct reader *r, const struct field *f, const struct form *form, const struct form_pair *p, struct value *ret)
{
        struct spot s = { .name = f->name };
        if (f->type == FIELD_LIST)
                return ret->given ? OK : form_items(r, f, &s, form, ret);
        if (ret->given)
                return field_refuse(r, &s, ERR_BAD, "%s 出现了两次", "%s stands there twice", 0, 0);
        return query_value(r, f, &s, p->value, ret);
}

int schema_read_form(const struct field *schema, const struct form *form, struct arena *arena, struct values *ret,
                     struct err *err)
{
        struct reader r = { .arena = arena, .err = err };
        size_t n = schema_count(schema);
        struct value *v = n ? arena_array(arena, struct value, n) : NULL;
        for (size_t k = 0; k < form->n; k++) {
                const struct form_pair *p = &form->row[k];
                size_t i = p->file || p->value.n == 0 ? n : field_find(schema, n, 0, p->name);
                if (i == n)
                        continue;
                int rc = form_pair_read(&r, &schema[i], form, p, &v[i]);
                if (rc != OK)
                        return rc;
        }
        int rc = field_required(&r, schema, v, n, NULL);
        if (rc == OK)
                *ret = (struct values){ .field = schema, .v = v, .n = n };
        return rc;
}

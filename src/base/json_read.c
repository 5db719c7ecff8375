#include "base/json.h"
#include <json-c/json.h>
#include <limits.h>
#include <math.h>

#define DEPTH_MAX 32

/* What json-c lets pass and we do not. It also merges duplicate keys in silence; every colon
 * outside a string is one member, so counting colons shows the loss. */
struct scan {
        size_t members;
        int depth;
        const char *zh, *en; /* what is wrong; NULL = nothing */
};

static void scan_refuse(struct scan *s, const char *zh, const char *en)
{
        if (s->zh)
                return;
        s->zh = zh;
        s->en = en;
}

/* Past the closing quote of a string whose opening quote stands before @i. */
static size_t scan_string(struct scan *s, struct str text, size_t i)
{
        for (; i < text.n && text.p[i] != '"'; i++) {
                if ((unsigned char)text.p[i] < 0x20)
                        scan_refuse(s, "文本中有未转义的控制字符",
                                    "A string has a control character that is not escaped");
                if (text.p[i] == '\\')
                        i++;
        }
        return i + 1;
}

static void scan_char(struct scan *s, struct str text, size_t i)
{
        char c = text.p[i];
        char next = i + 1 < text.n ? text.p[i + 1] : '\0';
        if (c == ':')
                s->members++;
        else if (c == '{' || c == '[')
                s->depth++;
        else if (c == '}' || c == ']')
                s->depth--;
        else if (c == '\'')
                scan_refuse(s, "引号必须是双引号", "Quotes must be double quotes");
        else if (c == 'N' || c == 'I' || (c == '.' && (next < '0' || next > '9')) || c == '\0')
                scan_refuse(s, "数字写法不对", "A number is not written as JSON allows");
        if (s->depth > DEPTH_MAX)
                scan_refuse(s, "嵌套太深，最多 32 层", "Nested too deep; at most 32 levels");
}

static struct scan scan_text(struct str text)
{
        struct scan s = { 0 };
        for (size_t i = 0; i < text.n && !s.zh;) {
                if (text.p[i] == '"') {
                        i = scan_string(&s, text, i + 1);
                } else {
                        scan_char(&s, text, i);
                        i++;
                }
        }
        return s;
}

/* A number that json-c had to bend to make it fit. */
static bool number_bent(struct json_object *o)
{
        if (json_object_is_type(o, json_type_double))
                return !isfinite(json_object_get_double(o));
        if (!json_object_is_type(o, json_type_int))
                return false;
        return json_object_get_uint64(o) > INT64_MAX || json_object_get_int64(o) == INT64_MIN;
}

/* Members of all objects in the tree. */
static size_t count_members(struct json_object *o, bool *bent)
{
        size_t n = 0;
        *bent = *bent || number_bent(o);
        if (json_object_is_type(o, json_type_object)) {
                struct json_object_iterator at = json_object_iter_begin(o), end = json_object_iter_end(o);
                for (; !json_object_iter_equal(&at, &end); json_object_iter_next(&at))
                        n += 1 + count_members(json_object_iter_peek_value(&at), bent);
        } else if (json_object_is_type(o, json_type_array)) {
                for (size_t i = 0; i < json_object_array_length(o); i++)
                        n += count_members(json_object_array_get_idx(o, i), bent);
        }
        return n;
}

static bool only_blanks(struct str s)
{
        for (size_t i = 0; i < s.n; i++)
                if (s.p[i] != ' ' && s.p[i] != '\t' && s.p[i] != '\n' && s.p[i] != '\r')
                        return false;
        return true;
}

static int parse_strict(struct str text, struct json_object **ret, struct err *err)
{
        struct json_tokener *t = json_tokener_new_ex(DEPTH_MAX + 2);
        if (!t)
                out_of_memory(sizeof(void *));
        json_tokener_set_flags(t, JSON_TOKENER_STRICT);
        struct json_object *o = json_tokener_parse_ex(t, text.p, (int)text.n);
        size_t end = json_tokener_get_parse_end(t);
        enum json_tokener_error e = json_tokener_get_error(t);
        if (e == json_tokener_continue) {
                end = text.n;
                o = json_tokener_parse_ex(t, "", 1); /* a number ends only where the text does */
                e = json_tokener_get_error(t);
        }
        json_tokener_free(t);
        if (e == json_tokener_success && only_blanks((struct str){ text.p + end, text.n - end })) {
                *ret = o;
                return OK;
        }
        json_object_put(o);
        return err_set(err, ERR_BAD, "", "JSON 格式不对（第 %zu 字节附近）", "Not valid JSON (near byte %zu)", end);
}

int json_parse(struct str text, struct json_object **ret, struct err *err)
{
        struct json_object *o = NULL;
        if (!utf8_valid(text))
                return err_set(err, ERR_UTF8, "", "JSON 不是有效的 UTF-8 文本", "The JSON is not valid UTF-8");
        if (text.n == 0 || text.n >= INT_MAX)
                return err_set(err, ERR_BAD, "", "JSON 为空或过大", "The JSON is empty or too large");
        struct scan s = scan_text(text);
        if (s.zh)
                return err_set(err, ERR_BAD, "", s.zh, s.en);
        int r = parse_strict(text, &o, err);
        if (r < 0)
                return r;
        bool bent = false;
        if (count_members(o, &bent) != s.members) {
                json_object_put(o);
                return err_set(err, ERR_BAD, "", "JSON 对象中有重复的键", "A JSON object has the same key twice");
        }
        if (bent) {
                json_object_put(o);
                return err_set(err, ERR_BAD, "", "JSON 中的数字太大", "A number in the JSON is too large");
        }
        *ret = o;
        return OK;
}

void json_free(struct json_object **o)
{
        json_object_put(*o);
        *o = NULL;
}

struct json_object *json_get(struct json_object *o, const char *key)
{
        struct json_object *v = NULL;
        if (!json_object_is_type(o, json_type_object))
                return NULL;
        return json_object_object_get_ex(o, key, &v) ? v : NULL;
}

struct str json_text(struct json_object *o)
{
        if (!json_object_is_type(o, json_type_string))
                return (struct str){ NULL, 0 };
        return (struct str){ json_object_get_string(o), (size_t)json_object_get_string_len(o) };
}

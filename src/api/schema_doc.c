/* A schema told to programs (JSON Schema 2020-12) and to people. */
#include "api/schema.h"
#include "api/inner/field.h"

const struct field_told field_told[FIELD_TYPES] = {
        [FIELD_STR] = { "string", NULL, NULL, "文本", "text" },
        [FIELD_TEXT] = { "string", NULL, NULL, "多行文本", "text, lines allowed" },
        [FIELD_CODE] = { "string", NULL, "^[A-Za-z0-9._-]{1,64}$", "代码", "code" },
        [FIELD_INT] = { "integer", "int64", NULL, "整数", "whole number" },
        [FIELD_NUMBER] = { "number", "double", NULL, "数", "number" },
        [FIELD_BOOL] = { "boolean", NULL, NULL, "是否", "true or false" },
        [FIELD_ID] = { "string", NULL, "^[1-9][0-9]{0,18}$", "编号", "id" },
        [FIELD_DAY] = { "string", "date", NULL, "日期", "day" },
        [FIELD_INSTANT] = { "string", "date-time", NULL, "时间", "instant" },
        [FIELD_ENUM] = { "string", NULL, NULL, "选项", "one of" },
        [FIELD_LAT] = { "number", "double", NULL, "纬度", "latitude" },
        [FIELD_LON] = { "number", "double", NULL, "经度", "longitude" },
        [FIELD_OBJECT] = { "object", NULL, NULL, "对象", "object" },
        [FIELD_LIST] = { "array", NULL, NULL, "列表", "list" },
        [FIELD_MAP] = { "object", NULL, NULL, "按名称", "by name" },
        [FIELD_ANY] = { NULL, NULL, NULL, "任意", "anything" },
};

static void write_limits(struct json *j, const struct field *f)
{
        switch (f->type) {
        case FIELD_STR:
        case FIELD_TEXT:
                json_kint(j, "minLength", f->min);
                json_kint(j, "maxLength", field_most(f));
                break;
        case FIELD_LIST:
                json_kint(j, "minItems", f->min);
                json_kint(j, "maxItems", field_most(f));
                break;
        case FIELD_LAT:
                json_kint(j, "minimum", -90);
                json_kint(j, "maximum", 90);
                break;
        case FIELD_LON:
                json_kint(j, "minimum", -180);
                json_kint(j, "maximum", 180);
                break;
        default:
                if ((f->type == FIELD_INT || f->type == FIELD_NUMBER) && (f->min || f->max)) {
                        json_kint(j, "minimum", f->min);
                        json_kint(j, "maximum", f->max);
                }
        }
}

static void write_choices(struct json *j, const struct field *f)
{
        json_key(j, "enum");
        json_list(j);
        for (size_t i = 0; f->choices[i]; i++)
                json_c(j, f->choices[i]);
        json_end(j);
}

void schema_write_field(struct json *j, const struct field *f)
{
        if (f->type == FIELD_OBJECT) {
                schema_write(j, f->of);
                return;
        }
        json_open(j);
        json_kc(j, "type", field_told[f->type].type);
        if (f->secret || field_told[f->type].format)
                json_kc(j, "format", f->secret ? "password" : field_told[f->type].format);
        if (field_told[f->type].pattern)
                json_kc(j, "pattern", field_told[f->type].pattern);
        if (f->help.en)
                json_kc(j, "description", f->help.en);
        write_limits(j, f);
        if (f->type == FIELD_ENUM)
                write_choices(j, f);
        if (f->type == FIELD_LIST) {
                json_key(j, "items");
                schema_write_field(j, f->of);
        }
        json_close(j);
}

void schema_write(struct json *j, const struct field *schema)
{
        bool any = false;
        json_open(j);
        json_kc(j, "type", "object");
        json_kbool(j, "additionalProperties", false);
        json_key(j, "properties");
        json_open(j);
        for (const struct field *f = schema; f && f->name; f++) {
                json_key(j, f->name);
                schema_write_field(j, f);
                any = any || f->required;
        }
        json_close(j);
        if (any) {
                json_key(j, "required");
                json_list(j);
                for (const struct field *f = schema; f->name; f++)
                        if (f->required)
                                json_c(j, f->name);
                json_end(j);
        }
        json_close(j);
}

static struct str choices_text(struct arena *arena, const struct field *f)
{
        struct str s = str_of(f->choices[0]);
        for (size_t i = 1; f->choices[i]; i++)
                s = str_printf(arena, STR_FMT " | %s", STR_ARG(s), f->choices[i]);
        return s;
}

struct str schema_type_text(struct arena *arena, const struct field *f, enum lang lang)
{
        const char *name = lang == LANG_ZH ? field_told[f->type].zh : field_told[f->type].en;
        struct str inner;
        switch (f->type) {
        case FIELD_STR:
        case FIELD_TEXT:
                return str_printf(arena, "%s, %lld-%lld", name, (long long)f->min, (long long)field_most(f));
        case FIELD_ENUM:
                return choices_text(arena, f);
        case FIELD_LIST:
                inner = schema_type_text(arena, f->of, lang);
                return str_printf(arena, "%s (" STR_FMT ")", name, STR_ARG(inner));
        case FIELD_INT:
        case FIELD_NUMBER:
                if (f->min || f->max)
                        return str_printf(arena, "%s, %lld-%lld", name, (long long)f->min, (long long)f->max);
                return str_of(name);
        default:
                return str_of(name);
        }
}

#include "api/schema.h"
#include "base/test.h"

enum {
        T_WORDS,
        T_LINE,
        T_CODE,
        T_COUNT,
        T_RATIO,
        T_URGENT,
        T_ID,
        T_DAY,
        T_AT,
        T_LEVEL,
        T_LAT,
        T_LON,
        T_VOICES,
        T_TAGS,
        T_WHO,
        T_FIELDS
};
static const char *const levels[] = { "small", "big", "hard", NULL };
enum { WHO_NAME, WHO_PHONE };
static const struct field who_fields[] = {
        { .name = "name", .type = FIELD_STR, .required = true, .min = 1, .max = 5 },
        { .name = "phone", .type = FIELD_CODE },
        { 0 },
};
static const struct field voice_item = { .name = "voice", .type = FIELD_OBJECT, .of = who_fields };
static const struct field tag_item = { .name = "tag", .type = FIELD_ENUM, .choices = levels };
static const struct field fields[] = {
        [T_WORDS] = { .name = "words", .type = FIELD_TEXT, .min = 2, .max = 10 },
        [T_LINE] = { .name = "line", .type = FIELD_STR },
        [T_CODE] = { .name = "code", .type = FIELD_CODE },
        [T_COUNT] = { .name = "count", .type = FIELD_INT, .min = 1, .max = 9 },
        [T_RATIO] = { .name = "ratio", .type = FIELD_NUMBER },
        [T_URGENT] = { .name = "urgent", .type = FIELD_BOOL },
        [T_ID] = { .name = "id", .type = FIELD_ID },
        [T_DAY] = { .name = "day", .type = FIELD_DAY },
        [T_AT] = { .name = "at", .type = FIELD_INSTANT },
        [T_LEVEL] = { .name = "level", .type = FIELD_ENUM, .choices = levels },
        [T_LAT] = { .name = "lat", .type = FIELD_LAT },
        [T_LON] = { .name = "lon", .type = FIELD_LON },
        [T_VOICES] = { .name = "voices", .type = FIELD_LIST, .of = &voice_item, .max = 2 },
        [T_TAGS] = { .name = "tags", .type = FIELD_LIST, .of = &tag_item, .min = 1, .max = 3 },
        [T_WHO] = { .name = "who", .type = FIELD_OBJECT, .of = who_fields },
        [T_FIELDS] = { 0 },
};

static int read_json(struct arena *arena, const char *text, struct values *ret, struct err *err)
{
        JSON_AUTO o = NULL;
        int rc = json_parse(str_of(text), &o, err);
        return rc == OK ? schema_read_json(fields, o, arena, ret, err) : rc;
}

/* What a body says, what becomes of it, and which field is named. */
static const struct {
        const char *body;
        int want;
        const char *field;
} bodies[] = {
        { "{}", OK, "" },
        { "[]", ERR_TYPE, "" },
        { "1", ERR_TYPE, "" },
        { "{\"words\":\"路灯\"}", OK, "" },
        { "{\"words\":null}", OK, "" },
        { "{\"words\":\"灯\"}", ERR_RANGE, "words" },
        { "{\"words\":\"  灯  \"}", ERR_RANGE, "words" },
        { "{\"words\":\"一二三四五六七八九十\"}", OK, "" },
        { "{\"words\":\"一二三四五六七八九十一\"}", ERR_RANGE, "words" },
        { "{\"words\":\"两\\n行字\"}", OK, "" },
        { "{\"line\":\"两\\n行字\"}", ERR_TYPE, "line" },
        { "{\"line\":\"a\\u0007b\"}", ERR_TYPE, "line" },
        { "{\"line\":\"a\\u202eb\"}", ERR_TYPE, "line" },
        { "{\"line\":\"a\\u0000b\"}", ERR_TYPE, "line" },
        { "{\"line\":12}", ERR_TYPE, "line" },
        { "{\"line\":\"\xff\"}", ERR_UTF8, "" },
        { "{\"code\":\"a-1.b_C\"}", OK, "" },
        { "{\"code\":\"a b\"}", ERR_TYPE, "code" },
        { "{\"count\":1}", OK, "" },
        { "{\"count\":9}", OK, "" },
        { "{\"count\":0}", ERR_RANGE, "count" },
        { "{\"count\":10}", ERR_RANGE, "count" },
        { "{\"count\":1.0}", ERR_TYPE, "count" },
        { "{\"count\":\"1\"}", ERR_TYPE, "count" },
        { "{\"count\":99999999999999999999}", ERR_BAD, "" },
        { "{\"ratio\":1e999}", ERR_BAD, "" },
        { "{\"ratio\":-1.5}", OK, "" },
        { "{\"ratio\":3}", OK, "" },
        { "{\"ratio\":true}", ERR_TYPE, "ratio" },
        { "{\"urgent\":true}", OK, "" },
        { "{\"urgent\":1}", ERR_TYPE, "urgent" },
        { "{\"id\":\"9223372036854775807\"}", OK, "" },
        { "{\"id\":\"9223372036854775808\"}", ERR_TYPE, "id" },
        { "{\"id\":\"0\"}", ERR_TYPE, "id" },
        { "{\"id\":\"007\"}", ERR_TYPE, "id" },
        { "{\"id\":7}", ERR_TYPE, "id" },
        { "{\"day\":\"2024-02-29\"}", OK, "" },
        { "{\"day\":\"2026-02-29\"}", ERR_TYPE, "day" },
        { "{\"at\":\"2026-11-23T09:00:00+08:00\"}", OK, "" },
        { "{\"at\":\"23.11.2026\"}", ERR_TYPE, "at" },
        { "{\"level\":\"big\"}", OK, "" },
        { "{\"level\":\"Big\"}", ERR_TYPE, "level" },
        { "{\"lat\":90,\"lon\":-180}", OK, "" },
        { "{\"lat\":90.0001}", ERR_RANGE, "lat" },
        { "{\"lon\":-180.1}", ERR_RANGE, "lon" },
        { "{\"colour\":1}", ERR_UNKNOWN, "colour" },
        { "{\"words\":\"路灯\",\"words\":\"路灯\"}", ERR_BAD, "" },
        { "{\"voices\":[]}", OK, "" },
        { "{\"voices\":[{\"name\":\"甲\"},{\"name\":\"乙\",\"phone\":\"1\"}]}", OK, "" },
        { "{\"voices\":[{\"name\":\"甲\"},{\"phone\":\"1\"}]}", ERR_MISSING, "voices[1].name" },
        { "{\"voices\":[{\"name\":\"甲\"},{\"name\":\"甲乙丙丁戊己\"}]}", ERR_RANGE, "voices[1].name" },
        { "{\"voices\":[{\"name\":\"甲\",\"age\":3}]}", ERR_UNKNOWN, "voices[0].age" },
        { "{\"voices\":[{\"name\":\"甲\"},{\"name\":\"甲\"},{\"name\":\"甲\"}]}", ERR_RANGE, "voices" },
        { "{\"voices\":[null]}", ERR_TYPE, "voices[0]" },
        { "{\"voices\":{}}", ERR_TYPE, "voices" },
        { "{\"tags\":[\"big\",\"small\"]}", OK, "" },
        { "{\"tags\":[]}", ERR_RANGE, "tags" },
        { "{\"tags\":[\"big\",\"huge\"]}", ERR_TYPE, "tags[1]" },
        { "{\"who\":{\"name\":\"甲\"}}", OK, "" },
        { "{\"who\":{\"name\":null}}", ERR_MISSING, "who.name" },
        { "{\"who\":\"甲\"}", ERR_TYPE, "who" },
};

TEST(schema_bodies)
{
        for (size_t i = 0; i < COUNT(bodies); i++) {
                ARENA_AUTO arena = { 0 };
                struct err err = { 0 };
                struct values v;
                int rc = read_json(&arena, bodies[i].body, &v, &err);
                if (rc != bodies[i].want || strcmp(err.field, bodies[i].field) != 0)
                        fail_msg("%s: got %d field \"%s\", want %d field \"%s\"", bodies[i].body, rc, err.field,
                                 bodies[i].want, bodies[i].field);
                CHECK_EQ(err.code, bodies[i].want);
                CHECK(rc == OK || (err.zh[0] && err.en[0]));
        }
}

/* The same for query strings, where everything is text. */
static const struct {
        const char *query;
        int want;
        const char *field;
} queries[] = {
        { "", OK, "" },
        { "&", OK, "" },
        { "words=%E8%B7%AF%E7%81%AF", OK, "" },
        { "line=a+b%20c", OK, "" },
        { "line=a%0Ab", ERR_TYPE, "line" },
        { "line=%FF", ERR_UTF8, "line" },
        { "line=%00", ERR_BAD, "line" },
        { "line=%4", ERR_BAD, "line" },
        { "line=%zz", ERR_BAD, "line" },
        { "count=3", OK, "" },
        { "count=3x", ERR_TYPE, "count" },
        { "count=", OK, "" },
        { "count", OK, "" },
        { "count=3&count=3", ERR_BAD, "count" },
        { "count=&count=", ERR_BAD, "count" },
        { "ratio=0.5", OK, "" },
        { "ratio=nan", ERR_TYPE, "ratio" },
        { "lat=39.9&lon=116.4", OK, "" },
        { "lat=91", ERR_RANGE, "lat" },
        { "urgent=true", OK, "" },
        { "urgent=0", OK, "" },
        { "urgent=yes", ERR_TYPE, "urgent" },
        { "tags=big,small", OK, "" },
        { "tags=big,,small", ERR_TYPE, "tags[1]" },
        { "tags=big,huge", ERR_TYPE, "tags[1]" },
        { "tags=big,big,big,big", ERR_RANGE, "tags" },
        { "day=2026-11-23", OK, "" },
        { "nosuch=1", ERR_UNKNOWN, "nosuch" },
        { "%77ords=%E8%B7%AF%E7%81%AF", OK, "" },
        { "%=1", ERR_BAD, "" },
};

TEST(schema_queries)
{
        for (size_t i = 0; i < COUNT(queries); i++) {
                ARENA_AUTO arena = { 0 };
                struct err err = { 0 };
                struct values v;
                int rc = schema_read_query(fields, str_of(queries[i].query), false, &arena, &v, &err);
                if (rc != queries[i].want || strcmp(err.field, queries[i].field) != 0)
                        fail_msg("%s: got %d field \"%s\", want %d field \"%s\"", queries[i].query, rc, err.field,
                                 queries[i].want, queries[i].field);
        }
}

TEST(schema_values_are_typed)
{
        ARENA_AUTO arena = { 0 };
        struct err err = { 0 };
        struct values v;
        CHECK_EQ(read_json(&arena,
                           "{\"line\":\" a b "
                           "\",\"count\":7,\"ratio\":2,\"urgent\":true,\"id\":\"12\",\"day\":\"1970-01-02\","
                           "\"at\":\"1970-01-01T00:00:01Z\",\"level\":\"hard\",\"lat\":-1.5,\"tags\":[\"big\"],"
                           "\"voices\":[{\"name\":\"甲\"}],\"who\":{\"name\":\"乙\",\"phone\":\"110\"}}",
                           &v, &err),
                 OK);
        CHECK_STR(value_str(&v, T_LINE), "a b");
        CHECK_EQ(value_int(&v, T_COUNT, -1), 7);
        CHECK(value_number(&v, T_RATIO, 0) == 2.0 && value_number(&v, T_LAT, 0) == -1.5);
        CHECK(value_bool(&v, T_URGENT, false));
        CHECK_EQ(value_id(&v, T_ID), 12);
        CHECK_EQ(value_day(&v, T_DAY).n, 1);
        CHECK_EQ(value_instant(&v, T_AT).us, US_PER_SECOND);
        CHECK_EQ(value_choice(&v, T_LEVEL, -1), 2);
        CHECK_EQ(value_count(&v, T_TAGS), 1);
        CHECK_EQ(value_item(&v, T_TAGS, 0)->n, 1);
        CHECK_STR(value_str(&value_item(&v, T_VOICES, 0)->object, WHO_NAME), "甲");
        CHECK_STR(value_str(value_object(&v, T_WHO), WHO_PHONE), "110");
        CHECK(!value_given(&v, T_WORDS) && value_str(&v, T_WORDS).n == 0);
        CHECK_EQ(value_count(&v, T_WORDS == 0 ? T_VOICES : T_TAGS), 1);
        CHECK(value_number(&v, T_LON, 8) == 8);
}

TEST(schema_absent_reads_as_the_fallback)
{
        ARENA_AUTO arena = { 0 };
        struct err err = { 0 };
        struct values v;
        CHECK_EQ(schema_read_query(fields, STR(""), false, &arena, &v, &err), OK);
        CHECK_EQ(value_int(&v, T_COUNT, -1), -1);
        CHECK_EQ(value_id(&v, T_ID), 0);
        CHECK(day_is_none(value_day(&v, T_DAY)));
        CHECK(instant_is_none(value_instant(&v, T_AT)));
        CHECK_EQ(value_choice(&v, T_LEVEL, -1), -1);
        CHECK(value_object(&v, T_WHO) == NULL);
        CHECK_EQ(value_count(&v, T_VOICES), 0);
        CHECK(value_bool(&v, T_URGENT, true));
}

TEST(schema_failure_leaves_the_values_alone)
{
        ARENA_AUTO arena = { 0 };
        struct err err = { 0 };
        struct values v = { .n = 77 };
        CHECK_EQ(schema_read_query(fields, STR("count=0"), false, &arena, &v, &err), ERR_RANGE);
        CHECK_EQ(v.n, 77);
}

TEST(schema_unknown_name_is_shown_only_when_it_is_text)
{
        ARENA_AUTO arena = { 0 };
        struct err err = { 0 };
        struct values v;
        CHECK_EQ(schema_read_query(fields, STR("a%0D%0Ab=1"), false, &arena, &v, &err), ERR_UNKNOWN);
        CHECK_STR(str_of(err.field), "?");
        CHECK_EQ(read_json(&arena, "{\"一二三四五六七八九十一二三四五六七八九十\":1}", &v, &err), ERR_UNKNOWN);
        CHECK_STR(str_of(err.field), "一二三四五六七八九十一二三四五");
}

TEST(schema_json_schema_is_json)
{
        struct buf out = BUF(1 << 16);
        struct json j = json_to(&out);
        JSON_AUTO o = NULL;
        struct err err = { 0 };
        schema_write(&j, fields);
        CHECK_EQ(json_parse(buf_view(&out), &o, &err), OK);
        struct json_object *properties = json_get(o, "properties");
        for (size_t i = 0; fields[i].name; i++)
                CHECK(json_get(properties, fields[i].name) != NULL);
        CHECK_STR(json_text(json_get(json_get(properties, "id"), "type")), "string");
        buf_free(&out);
}

/* Do the shapes of answers say what they mean, and does the test that holds answers against them see what is not so? */
#include "api/inner/answer_test.h"
#include "api/route.h"
#include "base/json.h"
#include "base/test.h"

static const char *const sizes[] = { "small", "big", NULL };

static const struct member leaf_members[] = {
        { .name = "at", .type = FIELD_INSTANT },
        { .name = "until", .type = FIELD_DAY, .null = true },
        { 0 },
};
static const struct shape leaf_shape = { "Leaf", leaf_members, NULL };

static const struct member root_members[] = {
        { .name = "id", .type = FIELD_ID },
        { 0 },
};
static const struct shape root_shape = { NULL, root_members, NULL };

static const struct member tree_members[] = {
        { .name = "size", .type = FIELD_ENUM, .choices = sizes, .null = true },
        { .name = "leaf", .type = FIELD_OBJECT, .of = &leaf_shape },
        { .name = "none", .type = FIELD_OBJECT, .of = &leaf_shape, .null = true },
        { .name = "leaves", .type = FIELD_LIST, .of = &leaf_shape },
        { .name = "words", .type = FIELD_LIST, .item = FIELD_STR },
        { .name = "notes", .type = FIELD_MAP, .item = FIELD_ANY, .maybe = true, .help = { "记", "Notes" } },
        { .name = "rate", .type = FIELD_NUMBER },
        { .name = "code", .type = FIELD_CODE },
        { 0 },
};
static const struct shape tree_shape = { "Tree", tree_members, &root_shape };

#define LEAF "{\"at\":\"2026-11-23T10:00:00+08:00\",\"until\":null}"
#define TREE(id, rest) "{\"id\":" id ",\"size\":\"big\",\"leaf\":" LEAF ",\"none\":null,\"leaves\":[" LEAF "],\"words\":[\"a\"],\"rate\":1" rest
#define GOOD TREE("\"7\"", ",\"code\":\"a.b\"}")

static void holds(const char *body, enum answer_form form, const char *want)
{
        ARENA_AUTO arena = { 0 };
        const char *wrong = answer_wrong(&arena, &tree_shape, form, str_of(body));
        if (want ? !wrong || strcmp(wrong, want) != 0 : wrong != NULL)
                fail_msg("%s: got \"%s\", want \"%s\"", body, wrong ? wrong : "good", want ? want : "good");
}

TEST(an_answer_is_what_its_shape_says)
{
        holds(GOOD, ANSWER_ONE, NULL);
        holds("{\"items\":[" GOOD "]}", ANSWER_ITEMS, NULL);
        holds("{\"items\":[],\"next\":null}", ANSWER_PAGE, NULL);
        holds("[" GOOD "," GOOD "]", ANSWER_ARRAY, NULL);
        holds(TREE("\"7\"", ",\"code\":\"a\",\"notes\":{\"x\":1,\"y\":[]}}"), ANSWER_ONE, NULL);
}

TEST(an_answer_that_is_not_what_its_shape_says_is_told_with_the_member)
{
        holds(TREE("7", ",\"code\":\"a\"}"), ANSWER_ONE, "id: is no text");
        holds(TREE("\"07\"", ",\"code\":\"a\"}"), ANSWER_ONE, "id: is no id: 07");
        holds(TREE("\"7\"", "}"), ANSWER_ONE, "code: is missing");
        holds(TREE("\"7\"", ",\"code\":\"a b\"}"), ANSWER_ONE, "code: is no code: a b");
        holds(TREE("\"7\"", ",\"code\":\"a\",\"more\":1}"), ANSWER_ONE, "more: is not declared");
        holds(TREE("\"7\"", ",\"code\":null}"), ANSWER_ONE, "code: is null");
        holds(TREE("\"7\"", ",\"code\":\"a\",\"notes\":[]}"), ANSWER_ONE, "notes: is no object");
        holds("{\"items\":[" GOOD "]}", ANSWER_PAGE, "next: is missing");
        holds("{\"items\":[" GOOD "],\"next\":null}", ANSWER_ITEMS, "next: is not declared");
        holds("[{}]", ANSWER_ARRAY, ".0.id: is missing");
        holds("{", ANSWER_ONE, "(the whole): is no JSON");
        holds("{\"id\":\"7\",\"size\":\"huge\"}", ANSWER_ONE, "size: is none of its choices: huge");
        holds("{\"id\":\"7\",\"leaf\":{\"at\":\"2026-11-23\",\"until\":null}}", ANSWER_ONE, "leaf.at: is no instant: 2026-11-23");
        holds("{\"id\":\"7\",\"leaves\":[{\"at\":\"2026-11-23T10:00:00+08:00\",\"until\":\"soon\"}]}", ANSWER_ONE, "leaves.0.until: is no day: soon");
        holds("{\"id\":\"7\",\"words\":[1]}", ANSWER_ONE, "words.0: is no text");
        holds("{\"id\":\"7\",\"rate\":\"1\"}", ANSWER_ONE, "rate: is no such number");
}

TEST(a_shape_is_told_to_programs)
{
        BUF_AUTO out = BUF(1 << 14);
        struct json j = json_to(&out);
        shape_write(&j, &tree_shape);
        CHECK_STR(buf_view(&out),
                  "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\",\"pattern\":\"^[1-9][0-9]{0,18}$\"},"
                  "\"size\":{\"type\":[\"string\",\"null\"],\"enum\":[\"small\",\"big\",null]},"
                  "\"leaf\":{\"$ref\":\"#/components/schemas/Leaf\"},"
                  "\"none\":{\"anyOf\":[{\"$ref\":\"#/components/schemas/Leaf\"},{\"type\":\"null\"}]},"
                  "\"leaves\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/Leaf\"}},"
                  "\"words\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}},"
                  "\"notes\":{\"description\":\"Notes\",\"type\":\"object\",\"additionalProperties\":{}},"
                  "\"rate\":{\"type\":\"number\",\"format\":\"double\"},\"code\":{\"type\":\"string\",\"pattern\":\"^[A-Za-z0-9._-]{1,64}$\"}},"
                  "\"required\":[\"id\",\"size\",\"leaf\",\"none\",\"leaves\",\"words\",\"rate\",\"code\"]}");
}

TEST(an_unsound_shape_is_found)
{
        static const struct member twice[] = { { .name = "id", .type = FIELD_ID }, { .name = "id", .type = FIELD_STR }, { 0 } };
        static const struct member of_what[] = { { .name = "rows", .type = FIELD_LIST }, { 0 } };
        static const struct member which[] = { { .name = "rows", .type = FIELD_LIST, .item = FIELD_ENUM }, { 0 } };
        struct member endless[2] = { { .name = "more", .type = FIELD_OBJECT }, { 0 } };
        const struct shape circle = { "Circle", endless, NULL };
        endless[0].of = &circle;
        CHECK(shape_wrong(&tree_shape, ANSWER_PAGE) == NULL && shape_wrong(NULL, ANSWER_ONE) == NULL);
        CHECK(strstr(shape_wrong(&(struct shape){ .member = twice }, ANSWER_ONE), "one name"));
        CHECK(strstr(shape_wrong(&(struct shape){ .member = twice + 1, .base = &root_shape }, ANSWER_ONE), "one name"));
        CHECK(strstr(shape_wrong(&(struct shape){ .member = of_what }, ANSWER_ONE), "of what"));
        CHECK(strstr(shape_wrong(&(struct shape){ .member = which }, ANSWER_ONE), "no choices"));
        CHECK(strstr(shape_wrong(&circle, ANSWER_ONE), "too deep"));
}

TEST(two_shapes_of_one_name_are_refused)
{
        ARENA_AUTO arena = { 0 };
        struct shape_set set = { 0 };
        struct err err = { 0 };
        const struct shape other = { "Leaf", root_members, NULL };
        CHECK_EQ(shape_collect(&arena, &set, &tree_shape, &err), OK);
        CHECK_EQ(set.n, 2); /* Tree, Leaf; root has no name */
        CHECK_EQ(shape_collect(&arena, &set, &leaf_shape, &err), OK);
        CHECK_EQ(set.n, 2);
        CHECK_EQ(shape_collect(&arena, &set, &other, &err), ERR_RULE);
        CHECK_STR(str_of(err.field), "Leaf");
}

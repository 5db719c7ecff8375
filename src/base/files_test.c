/* CSV, YAML and JSON: what is read, what is refused, and on which line. */
#include <json-c/json.h>
#include <math.h>
#include "base/buf.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/test.h"
#include "base/yaml.h"

static const struct csv_column columns[] = {
        { .name = "code", .required = true, .filled = true },
        { .name = "name", .required = true },
        { .name = "limit" },
};

/* Every cell in [], rows with their line: "2[a][b][]" */
static struct str table_text(struct arena *a, const struct csv *t)
{
        struct str s = STR("");
        for (size_t r = 0; r < t->rows; r++) {
                s = str_printf(a, STR_FMT "%d", STR_ARG(s), (int)t->line[r]);
                for (size_t c = 0; c < t->columns; c++)
                        s = str_printf(a, STR_FMT "[" STR_FMT "]", STR_ARG(s), STR_ARG(csv_at(t, r, c)));
        }
        return s;
}

/* "rule:line " for each finding in order of reading */
static struct str findings_text(struct arena *a, struct findings *f)
{
        struct str s = STR("");
        findings_sort(f);
        for (size_t i = 0; i < f->n; i++)
                s = str_printf(a, STR_FMT "%s:%d ", STR_ARG(s), f->row[i].rule, (int)f->row[i].line);
        return s;
}

TEST(csv_reads)
{
        static const struct {
                const char *text, *table, *findings;
        } row[] = {
                { "code,name,limit\na,b,c\n", "2[a][b][c]", "" },
                { "code,name\r\na,b\r\nc,d", "2[a][b][]3[c][d][]", "" },
                { "name,code\nb,a\n", "2[a][b][]", "" },          /* any order */
                { " code , name \n a , b \n", "2[a][b][]", "" },  /* trimmed */
                { "code,name,note\na,b,any\n", "2[a][b][]", "" }, /* note is ignored */
                { "\ncode,name\n\n  \na,b\n", "5[a][b][]", "" },  /* blank lines */
                { "code,name\na,\"x, \"\"y\"\"\"\n", "2[a][x, \"y\"][]", "" },
                { "code,name\na,\"two\nlines\"\nb,c\n", "2[a][two\nlines][]4[b][c][]", "" },
                { "code,name\na,\"two\n\nlines\"\nb,c\n", "2[a][two\n\nlines][]5[b][c][]", "" },
                { "code,name\ra,b\rc,d\r", "2[a][b][]3[c][d][]", "" }, /* an old Mac */
                { "", "", "csv.column-missing:1 csv.column-missing:1 " },
                { "code\na\n", "2[a][][]", "csv.column-missing:1 " },
                { "code,name,colour\na,b,red\n", "2[a][b][]", "csv.column-unknown:1 " },
                { "code,name,code\na,b,c\n", "2[a][b][]", "csv.column-twice:1 " },
                { "code,name\n,b\n", "2[][b][]", "csv.cell-empty:2 " },
                { "code,name\na\n", "2[a][][]", "csv.width:2 " },
                { "code,name\na,b,c\nd,e\n", "2[a][b][]3[d][e][]", "csv.width:2 " },
                { "code,name\na,b\x07\n", "2[a][b\x07][]", "csv.control:2 " },
                { "code,name\na,\"b\n", "", "csv.parse:2 " }, /* a quote left open */
                { "code,name\na,\"b\"c\nd,e\n", "", "csv.parse:2 " },
                { "code,name\na,b\nc,d\"e\n", "", "csv.parse:3 " },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                ARENA_AUTO a = { 0 };
                struct findings f = { .arena = &a };
                struct csv t;
                CHECK_EQ(csv_read(&a, STR("x.csv"), str_of(row[i].text), columns, COUNT(columns), &f, &t), OK);
                CHECK_STR(table_text(&a, &t), row[i].table);
                CHECK_STR(findings_text(&a, &f), row[i].findings);
        }
}

TEST(csv_cell_reads_back_as_it_was)
{
        static const struct {
                const char *cell, *written;
        } row[] = {
                { "", "" }, { "路灯", "路灯" }, { " a ", " a " }, { "=1+1", "=1+1" }, { "a,b", "\"a,b\"" },
                { "say \"no\"", "\"say \"\"no\"\"\"" }, { "a\nb", "\"a\nb\"" }, { "a\rb", "\"a\rb\"" },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                BUF_AUTO out = BUF(256);
                csv_cell(&out, str_of(row[i].cell));
                CHECK_STR(buf_view(&out), row[i].written);
        }
}

TEST(csv_cell_ceiling)
{
        ARENA_AUTO a = { 0 };
        BUF_AUTO b = BUF(1 << 20);
        buf_puts(&b, "code,name\na,x");
        for (int i = 0; i < 1365; i++)
                buf_puts(&b, "邻");
        struct findings f = { .arena = &a };
        struct csv t;
        CHECK_EQ(csv_read(&a, STR("x.csv"), buf_view(&b), columns, COUNT(columns), &f, &t), OK);
        CHECK_EQ(csv_at(&t, 0, 1).n, 4096); /* just fits */
        CHECK_EQ(f.n, 0);
        buf_puts(&b, "里");
        CHECK_EQ(csv_read(&a, STR("x.csv"), buf_view(&b), columns, COUNT(columns), &f, &t), OK);
        CHECK_STR(findings_text(&a, &f), "csv.cell-long:2 ");
        CHECK_EQ(csv_at(&t, 0, 1).n, 4096);
        CHECK(utf8_valid(csv_at(&t, 0, 1)));
        CHECK_EQ(csv_read_long(&a, STR("x.csv"), buf_view(&b), columns, COUNT(columns), 5000, &f, &t), OK);
        CHECK_EQ(csv_at(&t, 0, 1).n, 4099);
        CHECK_EQ(f.n, 1);
}

TEST(csv_row_ceiling)
{
        ARENA_AUTO a = { 0 };
        BUF_AUTO b = BUF(8 << 20);
        buf_puts(&b, "code,name\n");
        for (int i = 0; i < 1000001; i++)
                buf_puts(&b, "a,b\n");
        struct findings f = { .arena = &a };
        struct csv t;
        CHECK_EQ(csv_read(&a, STR("x.csv"), buf_view(&b), columns, COUNT(columns), &f, &t), OK);
        CHECK_EQ(t.rows, 1000000);
        CHECK_EQ(t.line[999999], 1000001);
        CHECK_STR(findings_text(&a, &f), "csv.rows:1000002 ");
}

TEST(csv_very_wide_row)
{
        ARENA_AUTO a = { 0 };
        BUF_AUTO b = BUF(1 << 20);
        buf_puts(&b, "code,name\na,b");
        for (int i = 0; i < 5000; i++)
                buf_char(&b, ',');
        struct findings f = { .arena = &a };
        struct csv t;
        CHECK_EQ(csv_read(&a, STR("x.csv"), buf_view(&b), columns, COUNT(columns), &f, &t), OK);
        CHECK_STR(table_text(&a, &t), "2[a][b][]");
        CHECK_STR(findings_text(&a, &f), "csv.width:2 ");
        CHECK_STR(f.row[0].en, "This row has 5002 cells, the head 2");
        CHECK_EQ(csv_read(&a, STR("x.csv"), STR("code\xFF"), columns, COUNT(columns), &f, &t), ERR_UTF8);
}

TEST(text_comes_in_two_encodings)
{
        static const struct {
                const char *bytes;
                int want;
                const char *text, *encoding;
        } row[] = {
                { "code,名称", OK, "code,名称", "UTF-8" },
                { "\xEF\xBB\xBF"
                  "code,名称",
                  OK, "code,名称", "UTF-8" },
                { "\xCD\xF8\xB8\xF1", OK, "网格", "GB18030" },
                { "\x95\x32\x82\x36", OK, "𠀀", "GB18030" },         /* four bytes, outside the basic plane */
                { "\x84\x31\x95\x33\xCD\xF8", OK, "网", "GB18030" }, /* its own BOM */
                { "\xCD", ERR_UTF8, NULL, NULL },                    /* cut off */
                { "\xFF\xFE"
                  "c",
                  ERR_UTF8, NULL, NULL },                         /* UTF-16 */
                { "\xEF\xBB\xBF\xCD\xF8", ERR_UTF8, NULL, NULL }, /* says UTF-8 and is not */
                { "", OK, "", "UTF-8" },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                ARENA_AUTO a = { 0 };
                struct str out = STR("untouched");
                const char *encoding = NULL;
                CHECK_EQ(text_utf8(&a, str_of(row[i].bytes), &out, &encoding), row[i].want);
                CHECK_STR(out, row[i].want == OK ? row[i].text : "untouched");
                if (row[i].want == OK)
                        CHECK_STR(str_of(encoding), row[i].encoding);
        }
}

static struct str node_text(struct arena *a, const struct yaml_node *n)
{
        if (n->kind == YAML_SCALAR)
                return str_printf(a, "%d%s" STR_FMT, (int)n->line, n->quoted ? "'" : ":", STR_ARG(n->text));
        struct str s = str_printf(a, "%d%s", (int)n->line, n->kind == YAML_LIST ? "[" : "{");
        for (size_t i = 0; i < n->n; i++) {
                struct str key = n->kind == YAML_MAP
                                         ? str_printf(a, STR_FMT "@%d=", STR_ARG(n->key[i]), (int)n->key_line[i])
                                         : STR("");
                struct str item = node_text(a, n->item[i]);
                s = str_printf(a, STR_FMT STR_FMT STR_FMT " ", STR_ARG(s), STR_ARG(key), STR_ARG(item));
        }
        return str_printf(a, STR_FMT "%c", STR_ARG(s), n->kind == YAML_LIST ? ']' : '}');
}

TEST(yaml_reads_with_lines)
{
        static const struct {
                const char *text, *tree;
        } row[] = {
                { "a: 1\n", "1{a@1=1:1 }" },
                { "# comment\na: \"1\"\nb:\n  - x\n  - 'y'\n", "2{a@2=2'1 b@3=4[4:x 5'y ] }" },
                { "name: {zh: 示例街道, en: Sample}\n", "1{name@1=1{zh@1=1:示例街道 en@1=1:Sample } }" },
                { "a:\nb: 2\n", "1{a@1=1: b@2=2:2 }" },
                { "- 1\n- [2, 3]\n", "1[1:1 2[2:2 2:3 ] ]" },
                { "just text", "1:just text" },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                ARENA_AUTO a = { 0 };
                struct findings f = { .arena = &a };
                struct yaml_node *n = NULL;
                CHECK_EQ(yaml_read(&a, STR("t.yaml"), str_of(row[i].text), &f, &n), OK);
                CHECK_STR(node_text(&a, n), row[i].tree);
                CHECK_EQ(f.n, 0);
        }
}

TEST(yaml_refuses)
{
        static const struct {
                const char *text, *findings, *en;
        } row[] = {
                { "", "yaml.parse:1 ", "The file is empty" },
                { "a: 1\nb: [1\n", "yaml.parse:3 ", NULL },
                { "a: 1\nb: 2\na: 3\n", "yaml.parse:3 ", "The same key stands twice on one level" },
                { "a: &x 1\nb: *x\n", "yaml.parse:1 ", "Anchors and aliases (& and *) are not allowed" },
                { "a: 1\nb: *x\n", "yaml.parse:2 ", "Anchors and aliases (& and *) are not allowed" },
                { "a: !!int 1\n", "yaml.parse:1 ", "Tags (!) are not allowed" },
                { "a: 1\n---\nb: 2\n", "yaml.parse:2 ", "A file holds one document only" },
                { "[a]: 1\n", "yaml.parse:1 ", "A key must be a piece of text" },
                { "a: \xFF\n", "yaml.parse:1 ", "Not valid UTF-8 text" },
                { "a:\n\t- b\n", "yaml.parse:2 ", NULL },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                ARENA_AUTO a = { 0 };
                struct findings f = { .arena = &a };
                struct yaml_node *n = NULL;
                CHECK_EQ(yaml_read(&a, STR("t.yaml"), str_of(row[i].text), &f, &n), ERR_BAD);
                CHECK_STR(findings_text(&a, &f), row[i].findings);
                CHECK(n == NULL && f.row[0].zh.n > 0);
                if (row[i].en)
                        CHECK_STR(f.row[0].en, row[i].en);
        }
}

static struct str nested(struct buf *b, int depth, char open, char close)
{
        buf_clear(b);
        for (int i = 0; i < depth; i++)
                buf_char(b, open);
        for (int i = 0; i < depth; i++)
                buf_char(b, close);
        return buf_view(b);
}

TEST(yaml_ceilings)
{
        ARENA_AUTO a = { 0 };
        BUF_AUTO b = BUF(1 << 20);
        struct findings f = { .arena = &a };
        struct yaml_node *n = NULL;
        CHECK_EQ(yaml_read(&a, STR("t"), nested(&b, 32, '[', ']'), &f, &n), OK);
        CHECK_EQ(yaml_read(&a, STR("t"), nested(&b, 33, '[', ']'), &f, &n), ERR_BAD);
        CHECK_EQ(yaml_read(&a, STR("t"), nested(&b, 20000, '[', ']'), &f, &n), ERR_BAD);
        buf_clear(&b);
        for (int i = 0; i < 99999; i++)
                buf_puts(&b, "- 1\n");
        CHECK_EQ(yaml_read(&a, STR("t"), buf_view(&b), &f, &n), OK);
        CHECK_EQ(n->n, 99999);
        buf_puts(&b, "- 1\n");
        CHECK_EQ(yaml_read(&a, STR("t"), buf_view(&b), &f, &n), ERR_BAD);
}

TEST(yaml_looks_up)
{
        ARENA_AUTO a = { 0 };
        struct findings f = { .arena = &a };
        struct yaml_node *n = NULL;
        CHECK_EQ(yaml_read(&a, STR("t"), STR("a: {b: x}\nc: [1]\n"), &f, &n), OK);
        CHECK_STR(yaml_text(yaml_get(yaml_get(n, "a"), "b")), "x");
        CHECK(yaml_get(n, "z") == NULL && yaml_get(NULL, "a") == NULL && yaml_get(yaml_get(n, "c"), "a") == NULL);
        CHECK(yaml_text(yaml_get(n, "c")).p == NULL);
}

/* What one byte becomes in JSON; bytes past 0x7F do not stand alone, so each is mended. */
static void encode(struct buf *out, unsigned char c)
{
        static const char named[] = "\bb\tt\nn\ff\rr\"\"\\\\";
        const char *at = c ? memchr(named, c, sizeof(named) - 1) : NULL;
        while (at && (at - named) % 2)
                at = memchr(at + 1, c, (size_t)(named + sizeof(named) - 2 - at));
        if (at)
                buf_printf(out, "\\%c", at[1]);
        else if (c < 0x20 || c == 0x7F)
                buf_printf(out, "\\u%04x", c);
        else if (c < 0x80)
                buf_char(out, (char)c);
        else
                buf_puts(out, "\xEF\xBF\xBD");
}

TEST(json_writes_every_byte_at_every_place)
{
        for (int c = 0; c < 256; c++)
                for (size_t place = 0; place < 20; place++) {
                        char text[21];
                        BUF_AUTO got = BUF(256), want = BUF(256);
                        memset(text, 'a', sizeof(text));
                        text[place] = (char)c;
                        struct json j = json_to(&got);
                        json_list(&j);
                        json_int(&j, 1);
                        json_str(&j, (struct str){ text, sizeof(text) });
                        json_end(&j);
                        buf_puts(&want, "[1,\"");
                        for (size_t i = 0; i < sizeof(text); i++)
                                encode(&want, (unsigned char)text[i]);
                        buf_puts(&want, "\"]");
                        if (!str_eq(buf_view(&got), buf_view(&want)))
                                fail_msg("byte %02x at %zu: " STR_FMT, c, place, STR_ARG(buf_view(&got)));
                }
}

/* A string stops at the ceiling as anything else does. */
TEST(json_keeps_to_the_ceiling)
{
        for (size_t room = 0; room < 12; room++) {
                BUF_AUTO out = BUF(room);
                struct json j = json_to(&out);
                json_open(&j);
                json_kstr(&j, "a", STR("bcde"));
                json_close(&j);
                CHECK_EQ(out.over, room < 12);
                CHECK(out.n <= room);
        }
        BUF_AUTO out = BUF(12);
        struct json j = json_to(&out);
        json_open(&j);
        json_kstr(&j, "a", STR("bcde"));
        json_close(&j);
        CHECK(!out.over);
        CHECK_STR(buf_view(&out), "{\"a\":\"bcde\"}");
}

TEST(json_writes_canonically)
{
        BUF_AUTO b = BUF(4096);
        struct json j = json_to(&b);
        json_open(&j);
        json_kc(&j, "a", "x\"\\\n\t\r\b\f\x01/邻\x7f");
        json_kint(&j, "n", INT64_MIN);
        json_kid(&j, "id", INT64_C(1234567890123456789));
        json_kbool(&j, "t", true);
        json_kc(&j, "null", NULL);
        json_key(&j, "list");
        json_list(&j);
        json_int(&j, 1);
        json_list(&j);
        json_end(&j);
        json_open(&j);
        json_close(&j);
        json_raw(&j, STR("{\"r\":1}"));
        json_end(&j);
        json_kday(&j, "d", (struct day){ 0 });
        json_kday(&j, "d0", DAY_NONE);
        json_kinstant(&j, "i", (struct instant){ 0 });
        json_kinstant(&j, "i0", INSTANT_NONE);
        json_kstr(&j, "s", (struct str){ NULL, 0 });
        json_close(&j);
        CHECK_STR(buf_view(&b), "{\"a\":\"x\\\"\\\\\\n\\t\\r\\b\\f\\u0001/邻\\u007f\",\"n\":-9223372036854775808,"
                                "\"id\":\"1234567890123456789\",\"t\":true,\"null\":null,"
                                "\"list\":[1,[],{},{\"r\":1}],\"d\":\"1970-01-01\",\"d0\":null,"
                                "\"i\":\"1970-01-01T08:00:00+08:00\",\"i0\":null,\"s\":\"\"}");
}

TEST(json_writes_decimals)
{
        static const struct {
                double v;
                int decimals;
                const char *want;
        } row[] = {
                { 1.005, 2, "1.00" }, { -0.5, 1, "-0.5" }, { -0.0, 2, "0.00" },     { -0.001, 2, "0.00" },
                { 3, 0, "3" },        { NAN, 2, "null" },  { INFINITY, 2, "null" }, { 0.1, 3, "0.100" },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                BUF_AUTO b = BUF(512);
                struct json j = json_to(&b);
                json_double(&j, row[i].v, row[i].decimals);
                CHECK_STR(buf_view(&b), row[i].want);
        }
}

TEST(json_mends_broken_text)
{
        BUF_AUTO b = BUF(512);
        struct json j = json_to(&b);
        json_str(&j, STR("a\xFF邻\xE9\x82"
                         "b\""));
        CHECK_STR(buf_view(&b), "\"a\xEF\xBF\xBD邻\xEF\xBF\xBD\xEF\xBF\xBD"
                                "b\\\"\"");
}

TEST(json_reads_what_it_should)
{
        static const struct {
                const char *text;
                int want;
        } row[] = {
                { "{}", OK },
                { " [1,2.5,-3e2,true,false,null,\"x\"] \n", OK },
                { "5", OK },
                { "{\"a\":{\"a\":1},\"b\":[{\"a\":1},{\"a\":1}]}", OK }, /* the same key in different objects */
                { "{\"a\":\":::{[\\\":\"}", OK },                        /* marks inside strings count for nothing */
                { "9223372036854775807", OK },
                { "\"\\u90bb\\ud840\\udc00\"", OK },
                { "", ERR_BAD },
                { "  ", ERR_BAD },
                { "{\"a\":1,\"a\":2}", ERR_BAD },
                { "{\"a\":1,\"\\u0061\":2}", ERR_BAD }, /* the same key in disguise */
                { "{\"x\":[{\"a\":{\"b\":1},\"a\":{}}]}", ERR_BAD },
                { "{} {}", ERR_BAD },
                { "{}x", ERR_BAD },
                { "[1,]", ERR_BAD },
                { "{\"a\":1,}", ERR_BAD },
                { "{a:1}", ERR_BAD },
                { "{'a':1}", ERR_BAD },
                { "[1", ERR_BAD },
                { "\"a", ERR_BAD },
                { "\"a\\", ERR_BAD },
                { "\"a\nb\"", ERR_BAD },
                { "\"\x01\"", ERR_BAD },
                { "/*x*/1", ERR_BAD },
                { "NaN", ERR_BAD },
                { "-Infinity", ERR_BAD },
                { "[1.]", ERR_BAD },
                { "01", ERR_BAD },
                { "+1", ERR_BAD },
                { "1e999", ERR_BAD },
                { "9223372036854775808", ERR_BAD },
                { "99999999999999999999999", ERR_BAD },
                { "-99999999999999999999999", ERR_BAD },
                { "nul", ERR_BAD },
                { "\"\xFF\"", ERR_UTF8 },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                struct err e = { 0 };
                JSON_AUTO o = NULL;
                if (json_parse(str_of(row[i].text), &o, &e) != row[i].want)
                        fail_msg("%s", row[i].text);
                CHECK_EQ(e.code, row[i].want);
                if (row[i].want != OK)
                        CHECK(o == NULL && err_text(&e, LANG_EN)[0]);
        }
        JSON_AUTO o = NULL;
        CHECK_EQ(json_parse((struct str){ "{}\0{}", 5 }, &o, NULL), ERR_BAD);
}

TEST(json_depth)
{
        BUF_AUTO b = BUF(1 << 20);
        JSON_AUTO o = NULL;
        CHECK_EQ(json_parse(nested(&b, 32, '[', ']'), &o, NULL), OK);
        json_free(&o);
        CHECK_EQ(json_parse(nested(&b, 33, '[', ']'), &o, NULL), ERR_BAD);
        CHECK_EQ(json_parse(nested(&b, 100000, '[', ']'), &o, NULL), ERR_BAD);
        CHECK(o == NULL);
}

TEST(json_views)
{
        JSON_AUTO o = NULL;
        CHECK_EQ(json_parse(STR("{\"a\":\"邻\\u0000里\",\"n\":5}"), &o, NULL), OK);
        struct str s = json_text(json_get(o, "a"));
        CHECK_EQ(s.n, 7);
        CHECK(utf8_has_control(s));
        CHECK(json_text(json_get(o, "n")).p == NULL);
        CHECK(json_get(o, "b") == NULL && json_get(NULL, "b") == NULL && json_get(json_get(o, "n"), "b") == NULL);
}

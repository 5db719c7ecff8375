/* What is written reads back; what is not well formed is refused whole. */
#include "base/test.h"
#include "parcel/content.h"

static struct parcel whole(void)
{
        struct parcel p = { .id = STR("912-1"), .nonce = "0123456789abcdef", .full = true, .edition = 3, .how = STR("offer"), .title = STR("路灯"),
                            .words = STR("路灯不亮\n三天了"), .note = STR("甲镇 城管办"), .subject = STR("light.lamp"), .clocks = STR("1"),
                            .route = STR("110101002000"), .other = STR(""), .opened = { 1767574800000000 }, .urgent = true, .has_point = true,
                            .point = { 39.9, 116.4 }, .datum = DATUM_WGS84, .accuracy_m = 12, .has_contact = true,
                            .contact = { STR("李样例"), STR("13800001234"), STR(""), STR(""), STR(""), STR("") }, .n_added = 1,
                            .added = { { 3, STR("第三根灯杆") } } };
        p.code[0] = 7;
        return p;
}

TEST(what_is_written_reads_back)
{
        ARENA_AUTO a = { 0 };
        struct parcel p = whole(), q;
        struct err err = { 0 };
        struct str json = parcel_write(&a, &p);
        CHECK_EQ(parcel_read(&a, json, &q, &err), OK);
        CHECK_STR(q.words, "路灯不亮\n三天了");
        CHECK_STR(q.contact.phone, "13800001234");
        CHECK_EQ(q.code[0], 7);
        CHECK(q.urgent && q.has_point && q.n_added == 1 && q.added[0].n == 3);
        CHECK(str_eq(parcel_write(&a, &q), json));
        struct parcel_answer x = { .id = STR("912-1"), .nonce = "0123456789abcdef", .state = PARCEL_TAKEN, .matter = 5, .reason = STR(""),
                                   .seen = { STR("办理中"), STR("Dealt with"), STR("城管办"), { 1767574800000000 }, true } }, y;
        CHECK_EQ(parcel_answer_read(&a, parcel_answer_write(&a, &x), &y, &err), OK);
        CHECK_EQ(y.state, PARCEL_TAKEN);
        CHECK_STR(y.seen.unit, "城管办");
        CHECK_EQ(y.seen.due.us, x.seen.due.us);
}

/* One change that makes it no parcel. */
static const struct { const char *find, *with; } flaw[] = {
        { "\"kind\":\"parcel\"", "\"kind\":\"answer\"" },
        { "\"id\":\"912-1\"", "\"id\":\"912 1\"" },
        { "\"id\":\"912-1\"", "\"id\":912" },
        { "0123456789abcdef", "0123456789abcde" },
        { "\"over\":false", "\"over\":0" },
        { "\"edition\":3", "\"edition\":0" },
        { "\"edition\":3", "\"edition\":3000000000" },
        { "\"how\":\"offer\"", "\"how\":\"gift\"" },
        { "\"how\":\"offer\"", "\"how\":\"order\"" },
        { "\"how\":\"offer\"", "\"how\":\"appeal\"" },
        { "路灯不亮\\n三天了", "x" },
        { "\"clocks\":\"1\"", "\"clocks\":\"2\"" },
        { "\"route\":\"110101002000\"", "\"route\":\"\"" },
        { "\"route\":\"110101002000\"", "\"route\":\"110101002000;x\"" },
        { "\"lat\":39.9000000", "\"lat\":99" },
        { "\"wgs84\"", "\"moon\"" },
        { "\"n\":3", "\"n\":0" },
        { "\"opened\":1767574800000000", "\"opened\":-1" },
        { "第三根灯杆", "\\u0007" },
};

TEST(what_is_not_well_formed_is_refused)
{
        for (size_t i = 0; i < COUNT(flaw); i++) {
                ARENA_AUTO a = { 0 };
                struct parcel p = whole(), q;
                struct err err = { 0 };
                struct str json = parcel_write(&a, &p);
                ptrdiff_t at = str_find(json, str_of(flaw[i].find));
                if (at < 0)
                        fail_msg("not there: %s in " STR_FMT, flaw[i].find, STR_ARG(json));
                size_t from = (size_t)at + strlen(flaw[i].find);
                struct str bent = str_printf(&a, "%.*s%s%.*s", (int)at, json.p, flaw[i].with, (int)(json.n - from), json.p + from);
                if (parcel_read(&a, bent, &q, &err) != ERR_BAD)
                        fail_msg("taken: %s", flaw[i].with);
                CHECK(err.zh[0] && err.en[0]);
        }
}

TEST(the_operators_file)
{
        static const struct { const char *text; int code; } row[] = {
                { "every: 5\n", OK },
                { "", OK },
                { "every: 0\n", ERR_BAD },
                { "colour: red\n", ERR_UNKNOWN },
                { "secret-110101002000: \"AAAA\"\n", ERR_BAD },
                { "secret-12: \"AAAA\"\n", ERR_BAD },
                { "links: [{from: \"110101002000\", to: \"110101003000\", url: \"https://b.example/t/110101003000\", key: lk_x}]\n", OK },
                { "links: [{from: \"110101002000\", to: \"110101003000\", url: \"http://b.example/\", key: lk_x}]\n", ERR_BAD },
                { "links: [{from: \"110101002000\", to: \"110101003000\", url: \"http://127.0.0.1:8080/t/110101003000\", key: lk_x}]\n", OK },
                { "links: [{from: \"110101002000\", to: \"110101003000\", url: \"https://b.example/\"}]\n", ERR_BAD },
                { "links: [{from: a, to: \"110101003000\", url: \"https://b.example/\", key: lk_x}]\n", ERR_BAD },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                struct parcel_config c;
                struct err err = { 0 };
                int rc = parcel_config_read("parcels.conf", str_of(row[i].text), &c, &err);
                if (rc != row[i].code)
                        fail_msg("%s gives %d (%s)", row[i].text, rc, err.en);
                parcel_config_free(&c);
        }
}

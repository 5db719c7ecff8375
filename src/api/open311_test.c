/* Open311 GeoReport v2, rule by rule: docs/open311.md says which sentence here holds which rule. What comes back is read with libxml2
 * and json-c, never looked at as text. */
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <stdio.h>
#include <unistd.h>
#include "api/inner/house_story.h"
#include "people/apikey.h"

#define V2 "/open311/v2/"
#define AT_G1 "lat=39.905123&long=116.405123"
#define FORM "application/x-www-form-urlencoded; charset=utf-8"
/* ---- asking ---------------------------------------------------------------------------------------------------------- */

struct keying {
        struct apikey key;
        char text[APIKEY_TEXT];
};

static int key_op(struct ctx *ctx, void *arg)
{
        struct keying *k = arg;
        return apikey_make(ctx, &k->key, k->text);
}

static const char *make_key(struct open_house *h, const char *name, uint64_t rights)
{
        struct keying k = { .key = { .name = str_of(name), .rights = rights, .place = STR(""), .org = STR(""), .until = DAY_NONE } };
        CHECK_EQ(test_write(h->store, &h->c, key_op, &k), OK);
        return target_of(h, "%s", k.text);
}

static const char *opener(struct open_house *h, const char *name)
{
        return make_key(h, name, right_bit(RIGHT_MATTER_OPEN));
}

static void get(struct open_house *h, const char *path)
{
        ask(h, NULL, "GET", target_of(h, V2 "%s", path), NULL, "", &g);
}

/* The key is a field of the form, as clients send it; NULL = none. */
static void post_as(struct open_house *h, const char *path, const char *type, const char *body, const char *headers)
{
        char head[1024];
        int n = snprintf(head, sizeof(head), "POST " V2 "%s HTTP/1.1\r\nHost: localhost\r\n%sContent-Type: %s\r\nContent-Length: %zu\r\n\r\n", path,
                         headers, type, strlen(body));
        CHECK(n < (int)sizeof(head));
        int fd = client_pair(h->server);
        client_send_n(fd, head, (size_t)n);
        client_send(fd, body);
        client_read(fd, false, &g);
        close(fd);
}

static void post(struct open_house *h, const char *path, const char *key, const char *fields)
{
        post_as(h, path, FORM, key ? target_of(h, "api_key=%s&%s", key, fields) : fields, "");
}

/* ---- reading --------------------------------------------------------------------------------------------------------- */

/* The value of an XPath expression over the answer, as text. */
static struct str xml(struct open_house *h, const char *path)
{
        xmlDocPtr doc = xmlReadMemory(g.body, (int)g.n, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
        if (!doc)
                fail_msg("no XML: %d %s", g.status, g.body);
        xmlXPathContextPtr at = xmlXPathNewContext(doc);
        xmlXPathObjectPtr found = xmlXPathEval(BAD_CAST path, at);
        if (!found)
                fail_msg("no XPath: %s", path);
        xmlChar *text = xmlXPathCastToString(found);
        struct str s = str_dup(&h->c.arena, str_of((const char *)text));
        xmlFree(text);
        xmlXPathFreeObject(found);
        xmlXPathFreeContext(at);
        xmlFreeDoc(doc);
        return s;
}

static void is(struct open_house *h, const char *path, const char *want)
{
        struct str s = xml(h, path);
        if (!str_is(s, want))
                fail_msg("%s is \"" STR_FMT "\", want \"%s\" in %d %s", path, STR_ARG(s), want, g.status, g.body);
}

static void is_json(struct open_house *h, const char *path, const char *want)
{
        struct str s = got_text(h, &g, path);
        if (!str_is(s, want))
                fail_msg("%s is \"" STR_FMT "\", want \"%s\" in %d %s", path, STR_ARG(s), want, g.status, g.body);
}

static bool text_has(struct str s, const char *part)
{
        return str_find(s, str_of(part)) >= 0;
}

/* Files one and gives its id. */
static const char *file_one(struct open_house *h, const char *key, const char *fields)
{
        post(h, "requests.xml", key, fields);
        answers(200);
        return target_of(h, STR_FMT, STR_ARG(xml(h, "/service_requests/request/service_request_id")));
}

static const char *code_given(struct open_house *h)
{
        return target_of(h, "track:" STR_FMT, STR_ARG(xml(h, "/service_requests/request/account_id")));
}

/* ---- discovery, services, definitions --------------------------------------------------------------------------------- */

HOUSE_TEST(discovery_stands_in_both_formats)
{
        get(h, "discovery.xml");
        answers(200);
        CHECK_STR(str_of(got_header(&g, "Content-Type")), "text/xml; charset=utf-8");
        CHECK(str_starts((struct str){ g.body, g.n }, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")));
        is(h, "string-length(/discovery/changeset) > 0", "true");
        is(h, "string-length(/discovery/contact) > 0", "true");
        is(h, "string-length(/discovery/key_service) > 0", "true");
        is(h, "/discovery/endpoints/endpoint/specification", "http://wiki.open311.org/GeoReport_v2");
        is(h, "/discovery/endpoints/endpoint/url", "http://127.0.0.1:8080/open311/v2/");
        is(h, "string-length(/discovery/endpoints/endpoint/changeset) > 0", "true");
        is(h, "/discovery/endpoints/endpoint/type", "production");
        is(h, "/discovery/endpoints/endpoint/formats/format[1]", "text/xml");
        is(h, "/discovery/endpoints/endpoint/formats/format[2]", "application/json");
        is(h, "count(//@*) + count(//namespace::*[name() != 'xml'])", "0"); /* no attributes, no namespaces */
        get(h, "discovery.json");
        answers(200);
        CHECK_STR(str_of(got_header(&g, "Content-Type")), "application/json; charset=utf-8");
        is_json(h, "endpoints.0.specification", "http://wiki.open311.org/GeoReport_v2");
        is_json(h, "endpoints.0.formats.0", "text/xml");
        is_json(h, "endpoints.0.formats.1", "application/json");
}

HOUSE_TEST(the_service_list_is_the_catalogue_of_what_one_may_report)
{
        get(h, "services.xml");
        answers(200);
        CHECK_STR(str_of(got_header(&g, "Content-Type")), "text/xml; charset=utf-8");
        is(h, "count(/services/service)", "9"); /* light is a group, not a service */
        is(h, "count(/services/service[service_code='light'])", "0");
        is(h, "/services/service[service_code='garbage']/service_name", "垃圾清运");
        is(h, "/services/service[service_code='garbage']/metadata", "false");
        is(h, "/services/service[service_code='lift']/metadata", "true");
        is(h, "count(/services/service[type='realtime'])", "9");
        is(h, "/services/service[service_code='garbage']/keywords", "垃圾,清运,垃圾桶");
        is(h, "/services/service[service_code='light.lamp']/group", "照明");
        is(h, "string-length(/services/service[service_code='garbage']/description) > 0", "true");
        get(h, "services.json?jurisdiction_id=" TEST_TOWN_CODE);
        answers(200);
        CHECK_STR(str_of(got_header(&g, "Content-Type")), "application/json; charset=utf-8");
        is_json(h, "0.service_code", "garbage");
        is_json(h, "0.metadata", "false");
        ask(h, NULL, "GET", V2 "services.json", NULL, "Accept-Language: en\r\n", &g);
        is_json(h, "0.service_name", "Refuse");
        get(h, "services.xml?jurisdiction_id=&lat=39.9&long=116.4&whatever=1"); /* empty is not given; what others added is passed over */
        answers(200);
        is(h, "count(/services/service)", "9");
}

HOUSE_TEST(a_definition_asks_what_the_duty_list_asks)
{
        get(h, "services/lift.xml");
        answers(200);
        is(h, "/service_definition/service_code", "lift");
        is(h, "count(/service_definition/attributes/attribute)", "1");
        is(h, "//attribute/variable", "true");
        is(h, "//attribute/code", "owner");
        is(h, "//attribute/datatype", "singlevaluelist");
        is(h, "//attribute/required", "false");
        is(h, "string-length(//attribute/datatype_description) > 0", "true");
        is(h, "//attribute/order", "1");
        is(h, "//attribute/description", "owner");
        is(h, "//attribute/values/value/key", "wuye");
        is(h, "//attribute/values/value/name", "测试物业");
        get(h, "services/lift.json");
        is_json(h, "service_code", "lift");
        is_json(h, "attributes.0.required", "false");
        is_json(h, "attributes.0.order", "1");
        is_json(h, "attributes.0.values.0.key", "wuye");
        get(h, "services/light.lamp.xml"); /* the format stands behind the last dot */
        answers(200);
        is(h, "/service_definition/service_code", "light.lamp");
        is(h, "count(/service_definition/attributes)", "1");
        is(h, "count(//attribute)", "0");
}

/* ---- refusals --------------------------------------------------------------------------------------------------------- */

#define LONG_4000 "%4000%"
/* Each row one mistake. @key: 'k' a key that may open, 'r' one that may only read, 'x' one that nobody has, '-' none. */
static const struct {
        char key;
        const char *method, *path, *fields;
        int status;
        const char *names; /* what the description names */
} wrong[] = {
        { '-', "GET", "services.xml?jurisdiction_id=110101009000", NULL, 404, "jurisdiction_id" },
        { '-', "GET", "services.xml?jurisdiction_id=nowhere", NULL, 404, "jurisdiction_id" },
        { '-', "GET", "discovery.xml?jurisdiction_id=nowhere", NULL, 404, "jurisdiction_id" },
        { '-', "GET", "requests.xml?jurisdiction_id=nowhere", NULL, 404, "jurisdiction_id" },
        { '-', "GET", "services/nothing.xml", NULL, 404, "service_code" },
        { '-', "GET", "services/light.xml", NULL, 404, "service_code" },
        { '-', "GET", "services/lift.html", NULL, 404, "xml" },
        { '-', "GET", "services.yaml", NULL, 404, "xml" },
        { '-', "GET", "tokens/ABCD-EFGH.xml", NULL, 404, "token" },
        { '-', "GET", "requests/1.xml", NULL, 404, "" },
        { '-', "GET", "requests/none.xml", NULL, 404, "" },
        { '-', "GET", "requests.xml?start_date=2026-01-01T00:00:00Z&end_date=2026-04-02T00:00:00Z", NULL, 400, "90" },
        { '-', "GET", "requests.xml?start_date=yesterday", NULL, 400, "start_date" },
        { '-', "GET", "requests.xml?end_date=2026-02-30T00:00:00Z", NULL, 400, "end_date" },
        { '-', "GET", "requests.xml?status=solved", NULL, 400, "status" },
        { '-', "GET", "requests.xml?page=0", NULL, 400, "page" },
        { '-', "GET", "requests.xml?page_size=1001", NULL, 400, "page_size" },
        { '-', "GET", "requests.xml?status=open&status=closed", NULL, 400, "status" },
        { 'x', "GET", "requests.xml?", NULL, 403, "api_key" },
        { '-', "POST", "requests.xml", "service_code=garbage&" AT_G1, 403, "api_key" },
        { 'x', "POST", "requests.xml", "service_code=garbage&" AT_G1, 403, "api_key" },
        { 'r', "POST", "requests.xml", "service_code=garbage&" AT_G1, 403, "api_key" },
        { 'k', "POST", "requests.xml", AT_G1, 400, "service_code" },
        { 'k', "POST", "requests.xml", "service_code=&" AT_G1, 400, "service_code" },
        { 'k', "POST", "requests.xml", "service_code=nothing&" AT_G1, 404, "service_code" },
        { 'k', "POST", "requests.xml", "service_code=light&" AT_G1, 404, "service_code" },
        { 'k', "POST", "requests.xml", "service_code=garbage&service_code=lift&" AT_G1, 400, "service_code" },
        { 'k', "POST", "requests.xml", "service_code=garbage", 400, "address_string" },
        { 'k', "POST", "requests.xml", "service_code=garbage&lat=39.905", 400, "long" },
        { 'k', "POST", "requests.xml", "service_code=garbage&long=116.405", 400, "lat" },
        { 'k', "POST", "requests.xml", "service_code=garbage&lat=95&long=116.4", 400, "lat" },
        { 'k', "POST", "requests.xml", "service_code=garbage&lat=here&long=there", 400, "lat" },
        { 'k', "POST", "requests.xml", "service_code=garbage&address_id=nowhere", 400, "address_id" },
        { 'k', "POST", "requests.xml", "service_code=lift&attribute[owner]=me&" AT_G1, 400, "attribute[owner]" },
        { 'k', "POST", "requests.xml", "service_code=lift&attribute[owner][]=wuye&attribute[owner][]=wuye&" AT_G1, 400, "attribute[owner]" },
        { 'k', "POST", "requests.xml", "service_code=garbage&description=" LONG_4000 "%E5%A4%9A&" AT_G1, 400, "description" },
        { 'k', "POST", "requests.xml", "service_code=garbage&description=%FF%FE&" AT_G1, 400, "description" },
        { 'k', "POST", "requests.xml", "service_code=garbage&description=a%00b&" AT_G1, 400, "description" },
        { 'k', "POST", "requests.xml", "jurisdiction_id=110101009000&service_code=garbage&" AT_G1, 404, "jurisdiction_id" },
        { 'k', "POST", "requests.txt", "service_code=garbage&" AT_G1, 404, "xml" },
        { '-', "GET", "servicerequestupdates.xml?", NULL, 403, "api_key" },
        { 'x', "GET", "servicerequestupdates.xml?", NULL, 403, "api_key" },
        { 'r', "GET", "servicerequestupdates.xml?", NULL, 403, "api_key" },
        { 'k', "GET", "servicerequestupdates.xml?start_date=2026-01-01T00:00:00Z&end_date=2026-04-02T00:00:00Z", NULL, 400, "90" },
        { '-', "POST", "servicerequestupdates.xml", "update_id=1", 403, "api_key" },
        { 'k', "POST", "servicerequestupdates.xml", "update_id=1", 400, "service_request_id" },
        { 'k', "POST", "servicerequestupdates.xml", "service_request_id=7&status=open&description=x&updated_datetime=2026-01-05T09:00:00Z", 400, "update_id" },
        { 'k', "POST", "servicerequestupdates.xml", "service_request_id=7&update_id=1&description=x&updated_datetime=2026-01-05T09:00:00Z", 400, "status" },
        { 'k', "POST", "servicerequestupdates.xml", "service_request_id=7&update_id=1&status=open&updated_datetime=2026-01-05T09:00:00Z", 400, "description" },
        { 'k', "POST", "servicerequestupdates.xml", "service_request_id=7&update_id=1&status=open&description=x", 400, "updated_datetime" },
        { 'k', "POST", "servicerequestupdates.xml", "service_request_id=7&update_id=1&status=open&description=x&updated_datetime=2026-01-05T09:00:00Z", 404, "" },
        { 'k', "POST", "servicerequestupdates.xml", "service_request_id=x&update_id=1&status=open&description=x&updated_datetime=2026-01-05T09:00:00Z", 404, "service_request_id" },
};

/* 4,000 characters of three bytes each, percent-encoded. */
static const char *with_length(struct open_house *h, const char *fields)
{
        const char *at = fields ? strstr(fields, LONG_4000) : NULL;
        if (!at)
                return fields;
        char *s = arena_alloc(&h->c.arena, strlen(fields) + 4000 * 9 + 1);
        size_t n = (size_t)(at - fields);
        memcpy(s, fields, n);
        for (int i = 0; i < 4000; i++, n += 9)
                memcpy(s + n, "%E5%AD%97", 9);
        memcpy(s + n, at + strlen(LONG_4000), strlen(at + strlen(LONG_4000)) + 1);
        return s;
}

static void refused(struct open_house *h, size_t i, const char *path, const char *key, bool as_json)
{
        if (wrong[i].fields)
                post(h, path, key, with_length(h, wrong[i].fields));
        else
                get(h, key ? target_of(h, "%s&api_key=%s", path, key) : path);
        struct str said = as_json ? got_text(h, &g, "0.description") : xml(h, "/errors/error/description");
        struct str code = as_json ? got_text(h, &g, "0.code") : xml(h, "/errors/error/code");
        if (g.status != wrong[i].status || !text_has(said, wrong[i].names) || said.n == 0 || !str_is(code, target_of(h, "%d", g.status)))
                fail_msg("row %zu, %s %s %s: %d %s", i, wrong[i].method, path, wrong[i].fields ? wrong[i].fields : "", g.status, g.body);
}

/* The same path in the other format, or NULL where the format itself is wrong. */
static const char *in_json(struct open_house *h, const char *path)
{
        const char *dot = strstr(path, ".xml");
        return dot ? target_of(h, "%.*s.json%s", (int)(dot - path), path, dot + 4) : NULL;
}

HOUSE_TEST(every_mistake_has_its_number_and_its_name_in_both_formats)
{
        const char *k = opener(h, "fms"), *r = make_key(h, "reader", right_bit(RIGHT_MATTER_READ));
        for (size_t i = 0; i < COUNT(wrong); i++) {
                const char *key = wrong[i].key == 'k' ? k : wrong[i].key == 'r' ? r : wrong[i].key == 'x' ? "lk_nobody" : NULL;
                const char *json = in_json(h, wrong[i].path);
                refused(h, i, wrong[i].path, key, false);
                if (json)
                        refused(h, i, json, key, true);
        }
        CHECK_EQ(rows_of(h, "matter_case") + rows_of(h, "people_vault") + rows_of(h, "store_event"), 0);
        post_as(h, "requests.xml", "application/json", "{}", "");
        answers(400);
        is(h, "/errors/error/code", "400");
        post_as(h, "requests.json", "multipart/form-data; boundary=x", "--x\r\nno part at all", "");
        answers(400);
        is_json(h, "0.code", "400");
        ask(h, "diaodu1", "POST", V2 "requests.xml", NULL, "", &g); /* staff open matters by their own ways */
        answers(400);
        ask(h, "diaodu1", "GET", V2 "servicerequestupdates.xml", NULL, "", &g);
        answers(403);
        ask(h, NULL, "GET", V2 "services/nothing.xml", NULL, "Accept-Language: en\r\n", &g);
        is(h, "/errors/error/description", "service_code: there is no such service");
}

/* ---- filing ------------------------------------------------------------------------------------------------------------ */

HOUSE_TEST(a_request_is_filed_for_somebody)
{
        const char *k = opener(h, "fms");
        post(h, "requests.xml", k,
             "jurisdiction_id=" TEST_TOWN_CODE "&service_code=garbage&" AT_G1
             "&address_string=%E5%8C%97%E9%97%A8%E5%A4%96&email=someone%40example.org&device_id=tt222111&account_id=acc-9&first_name=%E4%B8%89%E4%B8%B0"
             "&last_name=%E5%BC%A0&phone=13800005678&description=%E5%9E%83%E5%9C%BE%E6%B2%A1%E6%9C%89%E6%B8%85%E8%BF%90%0D%0A%E5%B7%B2%E7%BB%8F%E4%B8%89%E5%A4%A9"
             "&media_url=http%3A%2F%2F127.0.0.1%3A1%2Fa.jpg&media_url=file%3A%2F%2F%2Fetc%2Fpasswd&attribute[fixmystreet_id]=77");
        answers(200);
        is(h, "count(/service_requests/request)", "1");
        is(h, "count(//token)", "0"); /* a number, so no token */
        const char *id = target_of(h, STR_FMT, STR_ARG(xml(h, "//service_request_id"))), *code = code_given(h);
        CHECK(text_has(xml(h, "//service_notice"), "城管办"));
        CHECK(text_has(xml(h, "//service_notice"), "2026-01-08"));
        ask(h, "cg1", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        answers(200);
        is_json(h, "source", "open311");
        is_json(h, "story.0.actor", "key:fms");
        is_json(h, "grid.code", G1);
        is_json(h, "subject.code", "garbage");
        is_json(h, "reporter.name", "张**"); /* family name first, sealed, shown masked */
        is_json(h, "reporter.phone", "138****5678");
        CHECK(got_has(&g, "垃圾没有清运\\n已经三天")); /* one newline, however it was sent */
        CHECK(got_has(&g, "\"said\":\"北门外\""));
        CHECK(got_has(&g, "附件网址：http:"));
        CHECK(got_has(&g, "etc")); /* written down as text; nobody went there */
        CHECK(!got_has(&g, "tt222111") && !got_has(&g, "acc-9") && !got_has(&g, "example.org"));
        ask(h, code, "GET", "/api/track", NULL, "", &g);
        answers(200);
        is_json(h, "id", id);
        post(h, "requests.json", k, "service_code=light.lamp&address_id=" G3 "&first_name=John&last_name=Smith");
        answers(200);
        is_json(h, "0.token", "");
        CHECK(got_text(h, &g, "0.service_request_id").n > 0);
        const char *two = target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "0.service_request_id")));
        ask(h, "diaodu1", "GET", target_of(h, "/api/matters/%s", two), NULL, "", &g);
        is_json(h, "reporter.name", "J***");
        is_json(h, "grid.code", G3);
        CHECK(got_has(&g, "路灯不亮")); /* no words: the service's name stands for them */
        CHECK_EQ(rows_of(h, "matter_filed"), 2);
}

HOUSE_TEST(four_thousand_characters_are_taken_and_counted_as_characters)
{
        file_one(h, opener(h, "fms"), with_length(h, "service_code=garbage&description=" LONG_4000 "&" AT_G1));
}

HOUSE_TEST(a_place_in_words_alone_is_for_the_desk_to_find)
{
        const char *id = file_one(h, opener(h, "fms"), "service_code=garbage&address_string=%E8%80%81%E6%A7%90%E6%A0%91%E4%B8%9C%E8%BE%B9&description=xx");
        ask(h, "diaodu1", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        is_json(h, "state", "placing");
        CHECK(got_has(&g, "\"said\":\"老槐树东边\""));
}

HOUSE_TEST(attributes_are_what_the_duty_list_asks)
{
        const char *k = opener(h, "fms"), *id;
        id = file_one(h, k, "service_code=lift&" AT_G1 "&description=xx");
        ask(h, "diaodu1", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        is_json(h, "unit.code", "pab");
        id = file_one(h, k, "service_code=lift&attribute[owner]=wuye&" AT_G1 "&description=xx");
        ask(h, "diaodu1", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        is_json(h, "unit.code", "wuye");
        id = file_one(h, k, "service_code=lift&attribute%5Bowner%5D%5B%5D=wuye&attribute[other]=x&" AT_G1 "&description=xx");
        ask(h, "diaodu1", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        is_json(h, "unit.code", "wuye");
}

HOUSE_TEST(a_form_in_parts_is_a_form_too)
{
#define PART(name) "--b311\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n"
        const char *k = opener(h, "fms");
        const char *body = target_of(h,
                                     PART("api_key") "%s\r\n" PART("service_code") "garbage\r\n" PART("lat") "39.905\r\n" PART("long") "116.405\r\n" PART(
                                             "description") "垃圾=没有&清运\r\n第二行\r\n"
                                                            "--b311\r\nContent-Disposition: form-data; name=\"media\"; filename=\"a.jpg\"\r\nContent-Type: "
                                                            "image/jpeg\r\n\r\n\xff\xd8\xff\r\n--b311--\r\n",
                                     k);
        post_as(h, "requests.xml", "multipart/form-data; boundary=b311", body, "");
        answers(200);
        CHECK(text_has(xml(h, "//service_notice"), "文件没有收下")); /* said, not silent */
        const char *id = target_of(h, STR_FMT, STR_ARG(xml(h, "//service_request_id")));
        ask(h, "cg1", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        CHECK(got_has(&g, "垃圾=没有&清运\\n第二行"));
#undef PART
}

HOUSE_TEST(the_same_key_twice_is_one_request)
{
        const char *k = opener(h, "fms"), *fields = target_of(h, "api_key=%s&service_code=garbage&" AT_G1 "&description=xx", k);
        post_as(h, "requests.xml", FORM, fields, "Idempotency-Key: 0190-abcd-1\r\n");
        answers(200);
        const char *id = target_of(h, STR_FMT, STR_ARG(xml(h, "//service_request_id"))), *code = code_given(h);
        post_as(h, "requests.xml", FORM, fields, "Idempotency-Key: 0190-abcd-1\r\n");
        answers(200);
        is(h, "//service_request_id", id);
        CHECK_STR(str_of(code_given(h)), code);
        post_as(h, "requests.xml", FORM, target_of(h, "%s2", fields), "Idempotency-Key: 0190-abcd-1\r\n");
        answers(400);
        CHECK_EQ(rows_of(h, "matter_case"), 1);
        CHECK_EQ(rows_of(h, "matter_filed"), 1);
}

HOUSE_TEST(the_tracking_code_is_the_token)
{
        const char *id = file_one(h, opener(h, "fms"), "service_code=noise&" AT_G1 "&description=xx"), *code = code_given(h) + 6;
        get(h, target_of(h, "tokens/%s.xml", code));
        answers(200);
        is(h, "/service_requests/request/service_request_id", id);
        is(h, "/service_requests/request/token", code);
        get(h, target_of(h, "tokens/%s.json", code));
        is_json(h, "0.service_request_id", id);
        is_json(h, "0.token", code);
}

/* ---- reading requests --------------------------------------------------------------------------------------------------- */

static const char *open_with(struct open_house *h, const char *body)
{
        ask(h, NULL, "POST", "/api/matters", body, "", &g);
        answers(201);
        return target_of(h, STR_FMT, STR_ARG(got_text(h, &g, "id")));
}

static void step(struct open_house *h, const char *who, const char *id, const char *action, const char *body)
{
        ask(h, who, "POST", target_of(h, "/api/matters/%s/%s", id, action), body, "", &g);
        answers(200);
}

#define GARBAGE "{\"words\":\"小区门口的垃圾没有清运\",\"lat\":39.905123,\"lon\":116.405123}"

HOUSE_TEST(a_public_request_says_how_it_stands_and_no_more)
{
        const char *id = open_with(h, GARBAGE);
        get(h, target_of(h, "requests/%s.xml", id));
        answers(200);
        is(h, "count(/service_requests/request)", "1");
        is(h, "//service_request_id", id);
        is(h, "//status", "open");
        is(h, "//status_notes", "已转给负责单位");
        is(h, "//service_name", "垃圾清运");
        is(h, "//service_code", "garbage");
        is(h, "//description", ""); /* words are not released */
        is(h, "//agency_responsible", "城管办");
        is(h, "//service_notice", "");
        is(h, "//requested_datetime", "2026-01-05T09:00:00+08:00");
        is(h, "//updated_datetime", "2026-01-05T09:00:00+08:00");
        is(h, "//expected_datetime", "2026-01-08T23:59:59+08:00");
        is(h, "//address", "第一网格, 甲社区, 测试街道");
        is(h, "//address_id", G1);
        is(h, "//zipcode", "");
        is(h, "//lat", "39.905000"); /* the middle of the grid, not where somebody stood */
        is(h, "//long", "116.405000");
        is(h, "//media_url", "");
        is(h, "count(//extended_attributes)", "0");
        CHECK(!got_has(&g, "39.905123") && !got_has(&g, "小区门口"));
        step(h, "cg1", id, "sign", "{}");
        house_now(h, "2026-01-05T10:30:00+08:00");
        step(h, "cg1", id, "answer", "{\"text\":\"已清运，以后每天两次\"}");
        house_now(h, "2026-01-05T16:30:00+08:00");
        get(h, target_of(h, "requests/%s.json?extensions=true", id));
        is_json(h, "0.service_request_id", id);
        is_json(h, "0.status", "closed"); /* nobody to tell: closed with the answer */
        is_json(h, "0.updated_datetime", "2026-01-05T10:30:00+08:00");
        CHECK(got_has(&g, "\"description\":null"));
        is_json(h, "0.lat", "39.905000");
        is_json(h, "0.extended_attributes.grid", G1);
        is_json(h, "0.extended_attributes.duty", "b-garbage");
        is_json(h, "0.extended_attributes.list_version", "1");
        is_json(h, "0.extended_attributes.stage", "closed");
        is_json(h, "0.extended_attributes.due", "2026-01-08T23:59:59+08:00");
        CHECK(!got_has(&g, "已清运"));
}

HOUSE_TEST(a_released_summary_is_the_description)
{
        const char *id = open_with(h, target_of(h, "{\"words\":\"小区门口的垃圾没有清运\",\"lat\":39.905123,\"lon\":116.405123,\"files\":[\"%s\"]}", house_photo(h, NULL)));
        const char *at = target_of(h, "/api/matters/%s/release", id);
        ask(h, "diaodu1", "PUT", at, "{\"text\":\"门口垃圾堆积\",\"text_en\":\"Rubbish at the gate\",\"street\":\"幸福路\",\"thing\":\"board-1\",\"photos\":[1]}", "", &g);
        answers(200);
        get(h, target_of(h, "requests/%s.xml", id));
        is(h, "//description", "门口垃圾堆积");
        is(h, "//address", "公告栏 board-1, 幸福路, 第一网格, 甲社区, 测试街道");
        is(h, "//address_id", "board-1");
        is(h, "//lat", "39.906000"); /* of the board */
        is(h, "//media_url", target_of(h, "http://127.0.0.1:8080/api/public/matters/%s/photos/1", id));
        ask(h, NULL, "GET", target_of(h, V2 "requests/%s.xml", id), NULL, "Accept-Language: en\r\n", &g);
        is(h, "//description", "Rubbish at the gate");
        house_catch_up(h);
        get(h, "requests.xml");
        is(h, "//description", "门口垃圾堆积");
        ask(h, "diaodu1", "DELETE", at, NULL, "", &g);
        answers(200);
        get(h, target_of(h, "requests/%s.xml", id));
        is(h, "//description", "");
        is(h, "//media_url", "");
        is(h, "//lat", "39.905000");
}

/* Counted or not published at all, about somebody, or not known yet what about. */
static const char *const hidden[] = {
        "{\"words\":\"楼上噪声扰民\",\"subject\":\"noise\",\"lat\":39.905,\"lon\":116.405}",
        "{\"words\":\"邻里纠纷，请调解\",\"subject\":\"neighbour\",\"lat\":39.905,\"lon\":116.405}",
        "{\"words\":\"小区门口的垃圾没有清运\",\"about\":\"cgb\",\"lat\":39.905,\"lon\":116.405}",
        "{\"words\":\"小区门口的垃圾没有清运\",\"about\":\"cg1\",\"lat\":39.905,\"lon\":116.405}",
        "{\"words\":\"我想问一件别的事情\",\"lat\":39.905,\"lon\":116.405}",
};

HOUSE_TEST(what_is_not_published_never_appears)
{
        const char *seen = open_with(h, GARBAGE);
        struct str all = str_of(seen);
        for (size_t i = 0; i < COUNT(hidden); i++) {
                const char *id = open_with(h, hidden[i]);
                get(h, target_of(h, "requests/%s.xml", id));
                answers(404);
                all = str_printf(&h->c.arena, STR_FMT ",%s", STR_ARG(all), id);
        }
        const char *k = opener(h, "fms"), *mine = file_one(h, k, "service_code=noise&" AT_G1 "&description=xx");
        all = str_printf(&h->c.arena, STR_FMT ",%s", STR_ARG(all), mine);
        house_catch_up(h);
        get(h, "requests.xml");
        is(h, "count(//request)", "1");
        is(h, "//service_request_id", seen);
        get(h, target_of(h, "requests.xml?service_request_id=" STR_FMT, STR_ARG(all)));
        is(h, "count(//request)", "1");
        is(h, "//service_request_id", seen);
        get(h, target_of(h, "requests/%s.xml", mine));
        answers(404);
        get(h, target_of(h, "requests/%s.xml?api_key=%s", mine, k)); /* but to the system that filed it */
        answers(200);
        is(h, "//service_code", "noise");
        get(h, target_of(h, "requests/%s.xml?api_key=%s", mine, opener(h, "other")));
        answers(404);
        house_load(h, (const struct town_file[]){ { "subjects.csv", "code,parent,name_zh,name_en,keywords,level,publicity\n"
                                                                    "garbage,,垃圾清运,Refuse,垃圾,small,count\n" },
                                                  { "duties.csv", "code,list,subject,title,condition,lead,assist,place,limit,unit,basis,since,until\n"
                                                                  "b-garbage,basic,garbage,垃圾清运,,cgb,wuye;pab,,3,workday,测试清单一,2026-01-01,\n" },
                                                  { 0 } });
        get(h, "requests.xml"); /* taken back: at once, and for what was there before */
        answers(200);
        is(h, "count(//request)", "0");
}

/* ---- lists -------------------------------------------------------------------------------------------------------------- */

HOUSE_TEST(lists_are_asked_by_service_status_and_days)
{
        house_now(h, "2026-01-05T09:00:00+08:00");
        const char *first = open_with(h, GARBAGE);
        house_now(h, "2026-01-06T09:00:00+08:00");
        const char *second = open_with(h, "{\"words\":\"路灯不亮了，晚上没法走\",\"subject\":\"light.lamp\",\"lat\":39.905,\"lon\":116.405}");
        house_now(h, "2026-01-07T09:00:00+08:00");
        const char *third = open_with(h, GARBAGE);
        step(h, "cg1", first, "sign", "{}");
        step(h, "cg1", first, "answer", "{\"text\":\"已清运，以后每天两次\"}");
        house_catch_up(h);
        static const struct {
                const char *query, *want; /* numbers of the three, the newest first */
        } row[] = {
                { "", "321" },
                { "service_code=garbage", "31" },
                { "service_code=light.lamp,garbage", "321" },
                { "service_code=lift", "" },
                { "service_code=unheard", "" },
                { "status=open", "32" },
                { "status=closed", "1" },
                { "status=open,closed", "321" },
                { "status=", "321" },
                { "start_date=2026-01-06T09:00:00%2B08:00", "32" }, /* both ends are in */
                { "start_date=2026-01-06T09:00:01%2B08:00", "3" },
                { "end_date=2026-01-06T01:00:00Z", "21" },
                { "start_date=2026-01-06T00:00:00Z&end_date=2026-01-06T23:59:59Z", "2" },
                { "start_date=2025-06-01T00:00:00Z", "" }, /* and the 90 days from there */
                { "start_date=2025-10-20T00:00:00Z&end_date=2026-01-18T00:00:00Z", "321" },
                { "end_date=2026-04-06T02:00:00Z", "3" }, /* and the 90 days before it */
                { "service_code=garbage&status=open", "3" },
                { "page_size=2", "32" },
                { "page_size=2&page=2", "1" },
                { "page_size=2&page=3", "" },
                { "page=2", "" },
                { "jurisdiction_id=" TEST_TOWN_CODE "&foo=bar", "321" },
        };
        const char *id[] = { first, second, third };
        for (size_t i = 0; i < COUNT(row); i++) {
                get(h, target_of(h, "requests.xml?%s", row[i].query));
                answers(200);
                is(h, "count(//request)", target_of(h, "%zu", strlen(row[i].want)));
                for (size_t k = 0; row[i].want[k]; k++)
                        is(h, target_of(h, "//request[%zu]/service_request_id", k + 1), id[row[i].want[k] - '1']);
        }
        get(h, target_of(h, "requests.json?service_request_id=%s,%s,7,x&status=closed&start_date=2020-01-01T00:00:00Z", second, first));
        answers(200); /* the numbers override all else */
        is_json(h, "0.service_request_id", second);
        is_json(h, "1.service_request_id", first);
        is_json(h, "2", "");
        house_now(h, "2026-04-06T10:00:00+08:00"); /* the most recent 90 days: since the 6th of January at 10 */
        get(h, "requests.xml");
        is(h, "count(//request)", "1");
        is(h, "//service_request_id", third);
        get(h, "requests.json?service_code=lift");
        CHECK_STR(str_of(g.body), "[]");
}

/* ---- updates out --------------------------------------------------------------------------------------------------------- */

HOUSE_TEST(a_system_follows_what_it_filed)
{
        const char *k = opener(h, "fms"), *other = opener(h, "other");
        house_now(h, "2026-01-05T09:00:00+08:00");
        const char *id = file_one(h, k, "service_code=garbage&" AT_G1 "&description=xx&phone=13800005678");
        open_with(h, GARBAGE); /* somebody else's */
        house_now(h, "2026-01-05T09:10:00+08:00");
        step(h, "cg1", id, "sign", "{}");
        house_now(h, "2026-01-05T09:20:00+08:00");
        step(h, "cg1", id, "contact", "{\"channel\":\"phone\",\"time\":\"2026-01-05T09:15:00+08:00\",\"outcome\":\"reached\",\"text\":\"约好下午\"}");
        house_now(h, "2026-01-05T15:00:00+08:00");
        step(h, "cg1", id, "answer", "{\"text\":\"已清运，以后每天两次\"}");
        step(h, "diaodu1", id, "tell", "{\"channel\":\"phone\",\"time\":\"2026-01-05T15:00:00+08:00\",\"outcome\":\"reached\"}");
        get(h, target_of(h, "servicerequestupdates.xml?api_key=%s&start_date=2026-01-05T00:00:00Z&end_date=2026-01-06T00:00:00Z", k));
        answers(200);
        is(h, "count(/service_request_updates/request_update)", "4");
        is(h, "count(//request_update[service_request_id='0'])", "0");
        is(h, target_of(h, "count(//request_update[service_request_id='%s'])", id), "4");
        is(h, "//request_update[1]/update_id", target_of(h, "%s-2", id));
        is(h, "//request_update[1]/status", "open");
        is(h, "//request_update[1]/updated_datetime", "2026-01-05T09:10:00+08:00");
        is(h, "//request_update[1]/description", "负责单位已收到");
        is(h, "//request_update[1]/external_status_code", "received");
        is(h, "//request_update[2]/external_status_code", "working");
        is(h, "//request_update[4]/status", "closed");
        is(h, "//request_update[4]/external_status_code", "closed");
        CHECK(!got_has(&g, "约好下午") && !got_has(&g, "以后每天"));
        get(h, target_of(h, "servicerequestupdates.json?api_key=%s&start_date=2026-01-05T01:20:00Z&end_date=2026-01-05T01:20:00Z&extensions=true", k));
        is_json(h, "0.status", "IN_PROGRESS"); /* a window that begins and ends with the second of an update has it */
        is_json(h, "1", "");
        get(h, target_of(h, "servicerequestupdates.xml?api_key=%s", other));
        answers(200);
        is(h, "count(//request_update)", "0");
        ask(h, target_of(h, "key:%s", k), "GET", V2 "servicerequestupdates.xml", NULL, "", &g); /* the header does as well; the last day */
        answers(200);
        is(h, "count(//request_update)", "4");
}

/* ---- updates in ---------------------------------------------------------------------------------------------------------- */

static void update(struct open_house *h, const char *key, const char *id, const char *update_id, const char *status, const char *words)
{
        post(h, "servicerequestupdates.xml", key,
             target_of(h, "service_request_id=%s&update_id=%s&status=%s&description=%s&updated_datetime=2026-01-05T09:00:00%%2B08:00&first_name=x&email=a%%40example.org"
                          "&media_url=http%%3A%%2F%%2F127.0.0.1%%2Fb.jpg",
                       id, update_id, status, words));
}

HOUSE_TEST(a_reporter_adds_to_it_through_the_system)
{
        const char *k = opener(h, "fms"), *other = opener(h, "other");
        const char *id = file_one(h, k, "service_code=garbage&" AT_G1 "&description=xx");
        update(h, k, id, "u-1", "OPEN", "still%20there");
        answers(200);
        is(h, "/service_request_updates/request_update/update_id", "u-1");
        int64_t events = rows_of(h, "store_event");
        update(h, k, id, "u-1", "OPEN", "still%20there"); /* sent twice, one update */
        answers(200);
        CHECK_EQ(rows_of(h, "store_event"), events);
        update(h, k, id, "u-1", "OPEN", "something%20else");
        answers(400);
        update(h, other, id, "u-2", "OPEN", "not%20mine");
        answers(404);
        update(h, k, id, "u-3", "FIXED", "it%20is%20mended"); /* said by them: closing is the office's */
        answers(200);
        ask(h, "cg1", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        is_json(h, "state", "dispatched");
        is_json(h, "story.1.kind", "note");
        is_json(h, "story.1.actor", "reporter:fms");
        CHECK(got_has(&g, "still there\\n附件网址：http:"));
        CHECK(got_has(&g, "it is mended"));
        CHECK(!got_has(&g, "not mine") && !got_has(&g, "example.org"));
        get(h, target_of(h, "servicerequestupdates.xml?api_key=%s", k)); /* what it said itself does not come back */
        is(h, "count(//request_update)", "0");
}

HOUSE_TEST(a_reporter_has_it_taken_up_again_through_the_system)
{
        const char *k = opener(h, "fms"), *id = file_one(h, k, "service_code=garbage&" AT_G1 "&description=xx");
        step(h, "cg1", id, "sign", "{}");
        step(h, "cg1", id, "answer", "{\"text\":\"已清运，以后每天两次\"}");
        update(h, k, id, "u-1", "CLOSED", "thanks");
        answers(400); /* a closed one takes no notes */
        update(h, k, id, "u-2", "REOPEN", "not%20mended");
        answers(200);
        ask(h, "cg1", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        is_json(h, "state", "dispatched");
        is_json(h, "reopened", "1");
        step(h, "cg1", id, "sign", "{}");
        step(h, "cg1", id, "answer", "{\"text\":\"已清运，以后每天两次\"}");
        update(h, k, id, "u-3", "open", "still%20not");
        answers(200);
        step(h, "cg1", id, "sign", "{}");
        step(h, "cg1", id, "answer", "{\"text\":\"已清运，以后每天两次\"}");
        update(h, k, id, "u-4", "open", "and%20still%20not"); /* as often as it may be: now a supervisor looks */
        answers(200);
        ask(h, "diaodu1", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        is_json(h, "state", "review");
        step(h, "diaodu1", id, "conclude", "{\"text\":\"复核后确认已经处理，如不服可申请信访复查\"}");
        update(h, k, id, "u-5", "open", "once%20more");
        answers(400);
        get(h, target_of(h, "requests/%s.xml", id));
        is(h, "//status", "closed");
}

/* ---- more than one town --------------------------------------------------------------------------------------------------- */

HOUSE_TEST(where_there_are_two_towns_the_jurisdiction_is_named)
{
        const char *k = opener(h, "fms");
        int64_t town = h->c.ctx.town;
        struct folder *fo = arena_new(&h->c.arena, struct folder);
        small_folder(&h->c.arena, NULL, fo);
        for (size_t i = 0; i < fo->n; i++) {
                if (!str_is(fo->row[i].name, "town.yaml"))
                        continue;
                char *text = arena_strndup(&h->c.arena, fo->row[i].text.p, fo->row[i].text.n);
                memcpy(strstr(text, "110101002000"), "110101003000", 12);
                town_unref(load_small(h->store, &h->c, (const struct town_file[]){ { "town.yaml", text }, { 0 } }));
        }
        h->c.ctx.town = town;
        h->house.only_town = 0;
        get(h, "services.xml");
        answers(400);
        CHECK(text_has(xml(h, "/errors/error/description"), "jurisdiction_id"));
        get(h, "services.json?jurisdiction_id=");
        answers(400);
        get(h, "services.xml?jurisdiction_id=" TEST_TOWN_CODE);
        answers(200);
        get(h, "services.xml?jurisdiction_id=110101003000");
        answers(200);
        get(h, "services.xml?jurisdiction_id=110101004000");
        answers(404);
        get(h, "discovery.xml"); /* the server's, not a town's */
        answers(200);
        is(h, "/discovery/endpoints/endpoint/url", "http://127.0.0.1:8080/open311/v2/");
        ask(h, NULL, "GET", "/t/" TEST_TOWN_CODE V2 "services.xml", NULL, "", &g);
        answers(200);
        ask(h, NULL, "GET", "/t/" TEST_TOWN_CODE V2 "services.xml?jurisdiction_id=110101003000", NULL, "", &g);
        answers(404); /* one of the two is wrong */
        post(h, "requests.xml", k, "service_code=garbage&" AT_G1);
        answers(400);
        post(h, "requests.xml", k, "jurisdiction_id=110101003000&service_code=garbage&" AT_G1);
        answers(403); /* a key is of one town */
        post(h, "requests.xml", k, "jurisdiction_id=" TEST_TOWN_CODE "&service_code=garbage&" AT_G1 "&description=xx");
        answers(200);
        const char *id = target_of(h, STR_FMT, STR_ARG(xml(h, "//service_request_id")));
        get(h, target_of(h, "requests/%s.xml?jurisdiction_id=110101003000", id));
        answers(404);
        get(h, target_of(h, "requests/%s.xml?jurisdiction_id=" TEST_TOWN_CODE, id));
        answers(200);
}

/* The words of messages: who, by when, the code; never what it is about, where others may see it. */
#include "notice/inner/request.h"
#include "base/json.h"
#include "matter/matter_test_util.h"

static struct notice sample(void)
{
        return (struct notice){ .id = 77, .matter = 4711, .n = 3, .recipient = STR("reporter"), .proc = STR("request"),
                                .step = STR("dispatched"), .unit = STR("cgb"), .why = STR("assign"), .clock = STR("answer"),
                                .due = { INT64_C(1767887999999999) }, .was = { INT64_C(1767834000000000) }, .at = { INT64_C(1767574800000000) } };
}

static bool holds(struct str s, const char *part)
{
        return str_find(s, str_of(part)) >= 0;
}

TEST(the_receipt_says_who_by_when_the_code_and_what_if_not)
{
        ARENA_AUTO a = { 0 };
        struct town *t = small_town(NULL);
        struct notice n = sample();
        for (int part = NOTICE_SMS; part <= NOTICE_TEXT; part++) {
                struct str s = notice_words_of(&a, t, &n, NOTICE_RECEIPT, (enum notice_part)part, LANG_ZH, STR("7K3M-9QXT"), STR(""));
                CHECK(holds(s, "城管办") || holds(s, "cgb") || holds(s, "综合"));
                CHECK(holds(s, "1月8日前答复"));
                CHECK(holds(s, "7K3M-9QXT"));
                CHECK(holds(s, "重办"));
                s = notice_words_of(&a, t, &n, NOTICE_RECEIPT, (enum notice_part)part, LANG_EN, STR("7K3M-9QXT"), STR(""));
                CHECK(holds(s, "by 8 Jan"));
                CHECK(holds(s, "not fixed") || holds(s, "it is not"));
        }
        town_unref(t);
}

TEST(a_change_of_date_says_from_to_and_why)
{
        ARENA_AUTO a = { 0 };
        struct town *t = small_town(NULL);
        struct notice n = sample();
        n.reason = STR("楼上漏水的鉴定还没有出来");
        struct str sms = notice_words_of(&a, t, &n, NOTICE_DATE, NOTICE_SMS, LANG_ZH, STR(""), STR(""));
        struct str text = notice_words_of(&a, t, &n, NOTICE_DATE, NOTICE_TEXT, LANG_ZH, STR(""), STR(""));
        CHECK(holds(sms, "由1月8日09:00改为1月8日，原因：改派"));
        CHECK(!holds(sms, "漏水")); /* what somebody wrote may name the subject */
        CHECK(holds(text, "原因：改派（楼上漏水的鉴定还没有出来）"));
        n.why = STR("renewed");
        sms = notice_words_of(&a, t, &n, NOTICE_DATE, NOTICE_SMS, LANG_EN, STR(""), STR(""));
        CHECK(holds(sms, "counted anew with the holidays"));
        town_unref(t);
}

TEST(every_kind_has_words_in_both_languages_and_no_placeholder_is_left)
{
        ARENA_AUTO a = { 0 };
        struct town *t = small_town(NULL);
        struct notice n = sample();
        for (int kind = 0; kind < NOTICE_KINDS; kind++)
                for (int part = 0; part < NOTICE_PARTS; part++)
                        for (int lang = 0; lang < LANGS; lang++) {
                                struct str s = notice_words_of(&a, t, &n, (enum notice_kind)kind, (enum notice_part)part, (enum lang)lang,
                                                               STR("CODE"), STR("https://example.org"));
                                if (s.n == 0 || holds(s, "{") || !utf8_valid(s))
                                        fail_msg("%s.%s: " STR_FMT, notice_kind_names[kind], notice_part_names[part], STR_ARG(s));
                        }
        struct str s = notice_words_of(&a, t, &n, NOTICE_DISCREET, NOTICE_TEXT, LANG_ZH, STR("CODE"), STR("https://example.org"));
        CHECK(!holds(s, "4711") && !holds(s, "CODE") && !holds(s, "example") && !holds(s, "反映"));
        town_unref(t);
}

TEST(a_day_without_a_promise_is_as_soon_as_possible)
{
        ARENA_AUTO a = { 0 };
        struct town *t = small_town(NULL);
        struct notice n = sample();
        n.due = INSTANT_NONE;
        CHECK(holds(notice_words_of(&a, t, &n, NOTICE_TASK, NOTICE_SMS, LANG_ZH, STR(""), STR("")), "尽快前答复"));
        town_unref(t);
}

/* ---- over the wire --------------------------------------------------------------------------------------------------- */

TEST(a_webhook_is_signed_as_the_standard_says)
{
        ARENA_AUTO a = { 0 };
        /* the example of standardwebhooks.com: secret, id, time and body give this signature */
        struct notice_hook h = { .n_secret = 24 };
        memcpy(h.secret, "\x30\x82\x4b\x0f\x63\x8f\x41\x45\x7c\x9b\x35\x81\x1e\x54\x0a\xb2\x0c\x70\x97\x2d\x5e\x51\x6f\x1a", 24);
        struct hook_headers one = hook_sign(&a, &h, 77, (struct instant){ INT64_C(1674087231) * US_PER_SECOND }, STR("{}"));
        CHECK_STR(str_of(one.id), "msg_77");
        CHECK_STR(str_of(one.timestamp), "1674087231");
        CHECK(strncmp(one.signature, "v1,", 3) == 0 && strlen(one.signature) == 3 + 44);
        struct hook_headers again = hook_sign(&a, &h, 77, (struct instant){ INT64_C(1674087231) * US_PER_SECOND }, STR("{}"));
        CHECK_STR(str_of(again.signature), one.signature);
        struct hook_headers other = hook_sign(&a, &h, 77, (struct instant){ INT64_C(1674087231) * US_PER_SECOND }, STR("{ }"));
        CHECK(strcmp(one.signature, other.signature) != 0);
}

TEST(the_body_of_a_webhook_is_codes_and_ids)
{
        ARENA_AUTO a = { 0 };
        struct notice n = sample();
        n.due = INSTANT_NONE;
        CHECK_STR(hook_body(&a, 110101002000, &n),
                  "{\"type\":\"matter.assign\",\"timestamp\":\"2026-01-05T09:00:00+08:00\",\"data\":{\"town\":\"110101002000\",\"matter\":\"4711\","
                  "\"n\":3,\"state\":\"dispatched\",\"unit\":\"cgb\",\"due\":null,\"urgent\":false}}");
}

TEST(what_goes_to_a_gateway_is_escaped_for_its_kind)
{
        ARENA_AUTO a = { 0 };
        struct notice_config c = { .sms_type = SMS_JSON, .sms_body = STR("{\"to\":\"{phone}\",\"t\":\"{text}\",\"id\":\"{id}\"}") };
        CHECK_STR(sms_request_body(&a, &c, STR("13800000000"), STR("a\"b\\{id}\n"), 5),
                  "{\"to\":\"13800000000\",\"t\":\"a\\\"b\\\\{id}\\n\",\"id\":\"5\"}");
        c = (struct notice_config){ .sms_type = SMS_FORM, .sms_body = STR("to={phone}&t={text}") };
        CHECK_STR(sms_request_body(&a, &c, STR("13800000000"), STR("是 a&b=+"), 5), "to=13800000000&t=%E6%98%AF%20a%26b%3D%2B");
}

TEST(a_mail_is_plain_ascii_with_a_stable_id)
{
        ARENA_AUTO a = { 0 };
        struct mail m = { .from = "no-reply@example.org", .name = STR("示例街道"), .to = STR("li@example.org"),
                          .subject = STR("示例街道：您反映的事项有新进展，请凭查询码查看并评价一二三四五"), .text = STR("一段文字"), .id = 77,
                          .now = { INT64_C(1767574800000000) } };
        struct str s = mail_bytes(&a, &m);
        CHECK(holds(s, "From: =?UTF-8?B?"));
        CHECK(holds(s, "\r\nTo: <li@example.org>\r\n"));
        CHECK(holds(s, "\r\nDate: Mon, 05 Jan 2026 09:00:00 +0800\r\n"));
        CHECK(holds(s, "\r\nMessage-ID: <77@example.org>\r\n"));
        CHECK(holds(s, "\r\nAuto-Submitted: auto-generated\r\n"));
        CHECK(holds(s, "?=\r\n =?UTF-8?B?")); /* a long subject goes on in the next line */
        size_t line = 0;
        for (size_t i = 0; i < s.n; i++) {
                CHECK((unsigned char)s.p[i] < 128);
                line = s.p[i] == '\n' ? 0 : line + 1;
                CHECK(line <= 78);
        }
}

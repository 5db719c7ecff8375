/* notices.conf: what the operator may say, and what is refused with the name of the key. */
#include <sys/stat.h>
#include <stdio.h>
#include "base/test.h"
#include "notice/config.h"

#define SECRET "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz"
#define SMS "sms:\n  url: https://gateway.example/send\n  headers: {Authorization: Bearer x}\n  body: '{\"to\":\"{phone}\",\"text\":\"{text}\"}'\n"
#define MAIL "mail: {url: 'smtps://mail.example:465', user: u, password: p, from: no-reply@example.org}\n"
#define HOOK "hooks:\n  - {name: one, url: 'https://a.example/in', secret: " SECRET ", town: \"110101002000\", events: [opened, sign]}\n"

TEST(a_whole_file_reads)
{
        struct notice_config c;
        struct notice_ways w;
        struct err err = { 0 };
        if (notice_config_read("notices.conf", STR("link: https://town.example\n" SMS MAIL HOOK), &c, &err) != OK)
                fail_msg("%s: %s", err.field, err.en);
        CHECK_STR(str_of(c.sms_url), "https://gateway.example/send");
        CHECK_STR(str_of(c.sms_header[0]), "Authorization: Bearer x");
        CHECK_STR(str_of(c.mail_from), "no-reply@example.org");
        CHECK_EQ(c.hook[0].n_secret, 24);
        CHECK_EQ(c.hook[0].n_events, 2);
        notice_ways_of(&c, 110101002000, &w);
        CHECK(w.sms && w.mail && w.n_hooks == 1);
        notice_ways_of(&c, 110101003000, &w);
        CHECK_EQ(w.n_hooks, 0);
        notice_config_free(&c);
}

static const struct {
        const char *text, *field;
        int rc;
} bad[] = {
        { "a: [", "", ERR_BAD },
        { "sms: {url: 'https://x.example', body: '{phone}{text}', colour: red}\n", "sms", ERR_UNKNOWN },
        { "what: 1\n", "", ERR_UNKNOWN },
        { "sms: {body: '{\"{phone}\":\"{text}\"}'}\n", "sms.url", ERR_BAD },
        { "sms: {url: 'http://gateway.example/', body: '{\"{phone}\":\"{text}\"}'}\n", "sms.url", ERR_BAD },
        { "sms: {url: 'file:///etc/passwd', body: '{\"{phone}\":\"{text}\"}'}\n", "sms.url", ERR_BAD },
        { "sms: {url: 'gopher://x.example', body: '{\"{phone}\":\"{text}\"}'}\n", "sms.url", ERR_BAD },
        { "sms: {url: 'https://x.example', body: '{\"to\":\"{phone}\"}'}\n", "sms.body", ERR_BAD },
        { "sms: {url: 'https://x.example', body: '{\"to\":{phone},\"t\":{text}}'}\n", "sms.body", ERR_BAD },
        { "sms: {url: 'https://x.example', type: xml, body: '{\"to\":\"{phone}\",\"t\":\"{text}\"}'}\n", "sms.type", ERR_BAD },
        { "sms: {url: 'https://x.example', headers: {\"A: b\\r\\nC\": d}, body: '{\"to\":\"{phone}\",\"t\":\"{text}\"}'}\n", "sms.headers", ERR_BAD },
        { "sms: {url: 'https://x.example', headers: {A: \"b\\r\\nC: d\"}, body: '{\"to\":\"{phone}\",\"t\":\"{text}\"}'}\n", "sms.headers", ERR_BAD },
        { "mail: {url: 'https://x.example', from: a@b.example}\n", "mail.url", ERR_BAD },
        { "mail: {url: 'smtps://x.example', from: nobody}\n", "mail.from", ERR_BAD },
        { "mail: {url: 'smtps://x.example', from: a@b.example, user: u}\n", "mail.user", ERR_BAD },
        { "hooks: {name: one}\n", "hooks", ERR_BAD },
        { "hooks: [{name: one, url: 'https://a.example', secret: whsec_short}]\n", "hooks.secret", ERR_BAD },
        { "hooks: [{name: 'o ne', url: 'https://a.example', secret: " SECRET "}]\n", "hooks.name", ERR_BAD },
        { "hooks: [{name: one, url: 'http://a.example', secret: " SECRET "}]\n", "hooks.url", ERR_BAD },
        { "hooks: [{name: one, url: 'https://a.example', secret: " SECRET ", town: here}]\n", "hooks.town", ERR_BAD },
        { "hooks: [{name: one, url: 'https://a.example', secret: " SECRET "}, {name: one, url: 'https://a.example', secret: " SECRET "}]\n",
          "hooks.name", ERR_BAD },
};

TEST(what_is_wrong_is_named)
{
        for (size_t i = 0; i < COUNT(bad); i++) {
                struct notice_config c;
                struct err err = { 0 };
                int rc = notice_config_read("notices.conf", str_of(bad[i].text), &c, &err);
                if (rc != bad[i].rc || strcmp(err.field, bad[i].field) != 0)
                        fail_msg("row %zu: %d \"%s\" %s", i, rc, err.field, err.en);
        }
}

TEST(without_encryption_it_goes_no_further_than_this_machine)
{
        struct notice_config c;
        struct err err = { 0 };
        CHECK_EQ(notice_config_read("notices.conf", STR("mail: {url: 'smtp://mail.example', from: a@b.example}\n"), &c, &err), OK);
        CHECK(c.mail_tls); /* STARTTLS or nothing */
        notice_config_free(&c);
        CHECK_EQ(notice_config_read("notices.conf", STR("mail: {url: 'smtp://127.0.0.1:2525', from: a@b.example}\n"
                                        "hooks: [{name: one, url: 'http://localhost:9/x', secret: " SECRET "}]\n"), &c, &err), OK);
        CHECK(!c.mail_tls);
        notice_config_free(&c);
}

TEST(a_file_that_others_can_read_is_refused)
{
        struct notice_config c;
        struct err err = { 0 };
        char path[4200];
        snprintf(path, sizeof(path), "%s/notices.conf", test_tmpdir());
        CHECK_EQ(notice_config_load(path, &c, &err), ERR_NONE);
        FILE *f = fopen(path, "w");
        CHECK(f != NULL);
        fputs(MAIL, f);
        fclose(f);
        chmod(path, 0640);
        CHECK_EQ(notice_config_load(path, &c, &err), ERR_RULE);
        chmod(path, 0600);
        CHECK_EQ(notice_config_load(path, &c, &err), OK);
        notice_config_free(&c);
}

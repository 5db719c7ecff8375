/* The same server behind TLS. The certificate is made for the occasion by the openssl command; without it: skipped. */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "api/inner/test_client.h"
#include "base/test.h"

static bool make_certificate(const char *dir)
{
        char command[600];
        snprintf(
                command, sizeof command,
                "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost "
                "-keyout '%s/key.pem' -out '%s/cert.pem' >/dev/null 2>&1",
                dir, dir);
        return system(command) == 0;
}

static size_t keep(char *p, size_t size, size_t n, void *to)
{
        buf_add(to, p, size * n);
        return size * n;
}

static long fetch(const char *url, struct buf *head, struct buf *body)
{
        long status = 0;
        CURL *c = curl_easy_init();
        curl_easy_setopt(c, CURLOPT_URL, url);
        curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 0L);
        curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 0L);
        curl_easy_setopt(c, CURLOPT_NOPROXY, "*");
        curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, keep);
        curl_easy_setopt(c, CURLOPT_HEADERDATA, head);
        curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, keep);
        curl_easy_setopt(c, CURLOPT_WRITEDATA, body);
        for (int i = 0; i < 20; i++)
                if (curl_easy_perform(c) == CURLE_OK)
                        curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
        curl_easy_cleanup(c);
        return status;
}

TEST(tls_answers_and_makes_cookies_secure)
{
        BUF_AUTO cert = BUF(1 << 16), key = BUF(1 << 16), head = BUF(1 << 16), body = BUF(1 << 16);
        char path[400], url[100];
        const char *dir = test_tmpdir();
        if (!make_certificate(dir))
                SKIP("no openssl command");
        snprintf(path, sizeof path, "%s/cert.pem", dir);
        CHECK_EQ(buf_read_file(&cert, path), OK);
        snprintf(path, sizeof path, "%s/key.pem", dir);
        CHECK_EQ(buf_read_file(&key, path), OK);
        buf_char(&cert, '\0');
        buf_char(&key, '\0');
        struct server_options o = test_options();
        o.tls_cert = cert.p;
        o.tls_key = key.p;
        struct server *s = test_start(&o);
        snprintf(url, sizeof url, "https://127.0.0.1:%d/header", (int)server_port(s));
        CHECK_EQ(fetch(url, &head, &body), 200);
        CHECK(str_find(buf_view(&head), STR("SameSite=Lax; Max-Age=60; Secure")) > 0);
        CHECK(str_find(buf_view(&body), STR("\"ok\":true")) > 0);
        /* a client that speaks plain HTTP to it is not answered, and does no harm */
        struct got *plain = calloc(1, sizeof *plain);
        client_ask(s, "GET /plain HTTP/1.1\r\nHost: localhost\r\n\r\n", plain);
        CHECK_EQ(plain->status, 0);
        free(plain);
        test_stop(s);
}

#include "base/address.h"
#include <string.h>

static bool loopback(const char *host)
{
        return host && (strcmp(host, "localhost") == 0 || strcmp(host, "127.0.0.1") == 0 || strcmp(host, "[::1]") == 0);
}

static int wrong(struct err *err, const char *key, const char *zh, const char *en)
{
        return err_set(err, ERR_BAD, key, "%s%.0s", "%.0s%s", zh, en);
}

int address_check(struct err *err, const char *key, const char *url, const char *plain, const char *safe, bool *ret_plain_far)
{
        CURLU *u = curl_url();
        char *scheme = NULL, *host = NULL;
        bool good = u && curl_url_set(u, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK &&
                    curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK && curl_url_get(u, CURLUPART_HOST, &host, 0) == CURLUE_OK;
        bool is_plain = good && strcmp(scheme, plain) == 0;
        bool known = is_plain || (good && strcmp(scheme, safe) == 0);
        *ret_plain_far = is_plain && !loopback(host);
        curl_free(scheme);
        curl_free(host);
        curl_url_cleanup(u);
        return known ? OK : wrong(err, key, "不是可用的网址", "is not an address that can be used");
}

int address_http_check(struct err *err, const char *key, const char *url)
{
        bool far;
        int rc = url ? address_check(err, key, url, "http", "https", &far) : wrong(err, key, "缺少网址", "an address is missing");
        if (rc == OK && far)
                rc = wrong(err, key, "发往别的机器要用 https", "another machine needs https");
        return rc;
}

static size_t throw_away(char *p, size_t size, size_t n, void *arg)
{
        (void)p;
        (void)arg;
        return size * n; /* what a gateway says beside its status is nobody's business */
}

static size_t gather(char *p, size_t size, size_t n, void *arg)
{
        struct buf *answer = arg;
        buf_add(answer, p, size * n);
        return answer->over ? 0 : size * n;
}

void address_options(CURL *c, const char *protocols, const char *ca, long seconds, struct buf *answer)
{
        curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, protocols);
        curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L); /* only where the operator said */
        curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
        curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
        curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, 5L);
        curl_easy_setopt(c, CURLOPT_TIMEOUT, seconds);
        curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, answer ? gather : throw_away);
        curl_easy_setopt(c, CURLOPT_WRITEDATA, answer);
        curl_easy_setopt(c, CURLOPT_USERAGENT, "linli");
        if (ca)
                curl_easy_setopt(c, CURLOPT_CAINFO, ca);
}

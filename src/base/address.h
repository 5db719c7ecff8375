/* base/address.h — addresses that the operator named, and how libcurl may go there: what leaves this machine is encrypted. */
#pragma once
#include <curl/curl.h>
#include "base/buf.h"
#include "base/err.h"

/* Is @url of the scheme @plain or @safe? *ret_plain_far: it is plain and leaves this machine. ERR_BAD naming @key. */
int address_check(struct err *, const char *key, const char *url, const char *plain, const char *safe, bool *ret_plain_far);
/* https, or http to this machine itself. ERR_BAD naming @key; @url may be NULL. */
int address_http_check(struct err *, const char *key, const char *url);
/* Verified certificates, no redirects, no signals, a deadline. What comes back goes to @answer, past whose ceiling the transfer fails;
 * NULL = it is thrown away. @ca: a file of certificates, NULL = the system's. */
void address_options(CURL *, const char *protocols, const char *ca, long seconds, struct buf *answer);

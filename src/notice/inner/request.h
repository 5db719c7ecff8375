/* notice/inner/request.h — what goes over the wire: short messages, webhooks, mails, as bytes. Pure. */
#pragma once
#include "notice/config.h"

/* The gateway's body with {phone}, {text} and {id} filled in, escaped for its type. */
struct str sms_request_body(struct arena *, const struct notice_config *, struct str phone, struct str text, int64_t id);

/* {"type":"matter.sign","timestamp":…,"data":{…}}: codes and ids, the same bytes at every try. */
struct str hook_body(struct arena *, int64_t town, const struct notice *);
/* Does this hook want to hear of it? */
bool hook_wants(const struct notice_hook *, struct str event);
/* Headers of the Standard Webhooks scheme (standardwebhooks.com, version 1.0): id, seconds since 1970, and
 * "v1," with the base64 of HMAC-SHA256 over "id.timestamp.body". */
struct hook_headers {
        const char *id, *timestamp, *signature;
};
struct hook_headers hook_sign(struct arena *, const struct notice_hook *, int64_t id, struct instant now, struct str body);

/* A mail of RFC 5322 with text in UTF-8 (RFC 2045 base64, RFC 2047 subject); Message-ID from the message id, and
 * Auto-Submitted (RFC 3834), so that no machine answers. @to and @from are mail_valid; @name, @subject and @text are any UTF-8. */
struct mail {
        const char *from;
        struct str name, to, subject, text;
        int64_t id;
        struct instant now;
};
struct str mail_bytes(struct arena *, const struct mail *);

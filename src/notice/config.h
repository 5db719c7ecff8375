/* notice/config.h — what the operator says about gateways: notices.conf, a YAML file that only they can read.
 *
 * Addresses and secrets come from here and from nowhere else; a town folder cannot make the server call anybody.
 * Outside this machine everything is encrypted: https, smtps, or smtp with STARTTLS. The format is in docs/notices.md.
 */
#pragma once
#include "notice/notice.h"

#define HOOK_EVENTS_MAX 32
#define SMS_HEADERS_MAX 8
#define HOOK_SECRET_MAX 64

struct notice_hook {
        struct str name;
        const char *url;
        unsigned char secret[HOOK_SECRET_MAX];
        size_t n_secret; /* 24 to 64 bytes, as Standard Webhooks wants them */
        int64_t town;    /* 0 = every town */
        struct str event[HOOK_EVENTS_MAX];
        size_t n_events; /* 0 = all */
};
enum sms_type { SMS_JSON, SMS_FORM };
struct notice_config {
        struct arena arena;
        const char *link; /* where residents look: {link} of the texts; "" = none */
        const char *ca;   /* a file of certificates to trust, for a gateway of one's own; NULL = the system's */
        const char *sms_url, *sms_header[SMS_HEADERS_MAX];
        size_t n_sms_headers;
        enum sms_type sms_type;
        struct str sms_body; /* holds {phone}, {text} and, if wanted, {id} */
        const char *mail_url, *mail_user, *mail_password, *mail_from;
        bool mail_tls; /* smtp:// to another machine: STARTTLS or nothing */
        struct notice_hook hook[NOTICE_HOOKS_MAX];
        size_t n_hooks;
};

/* ERR_NONE when there is no such file, ERR_RULE when others may read it or it belongs to somebody else; ERR_BAD and the rest name
 * file, line and key at fault. Free with notice_config_free. */
int notice_config_load(const char *path, struct notice_config *ret, struct err *err);
/* The same from text; @name is the file's. */
int notice_config_read(const char *name, struct str text, struct notice_config *ret, struct err *err);
void notice_config_free(struct notice_config *); /* wipes the secrets; zeroed is fine */
void notice_ways_of(const struct notice_config *, int64_t town, struct notice_ways *ret);

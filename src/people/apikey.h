/* people/apikey.h — keys for other systems of the township: a right set, a place, an org, an end.
 *
 * The key (256 random bits behind "lk_") is shown once; the store keeps a hash. It is valid for one town.
 */
#pragma once
#include "base/ctx.h"
#include "people/right.h"

#define APIKEY_TEXT 48

struct apikey {
        struct str name;           /* 1-64 characters of a code; unique in the town, also among revoked ones */
        uint64_t rights;           /* bits of enum right */
        struct str place;          /* place path, "" = the whole town */
        struct str org;            /* org path, "" = any org */
        struct day until;          /* last day; DAY_NONE = open */
        struct instant revoked;    /* INSTANT_NONE while it works */
        struct str maker;
        struct instant at;
};
struct apikeys { struct apikey *row; size_t n; };

/* Make a key out of name, rights, place, org and until. ERR_TYPE (name), ERR_RULE (no right, or one that is not
 * granted by roles), ERR_RANGE (until lies in the past), ERR_EXISTS (name). Write. */
int apikey_make(struct ctx *, const struct apikey *, char ret_text[static APIKEY_TEXT]);
/* One point read. ERR_AUTH when unknown, revoked or over. */
int apikey_find(struct ctx *, struct str text, struct apikey *ret);
/* What it may do, as scopes_of gives it for staff. */
void apikey_scopes(struct arena *, const struct apikey *, struct scopes *ret);
/* By name, at most 1000. Read. */
int apikey_list(struct ctx *, struct apikeys *ret);
/* ERR_NONE when there is no such working key. Write. */
int apikey_revoke(struct ctx *, struct str name);

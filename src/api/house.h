/* api/house.h — what the handlers stand in: the store, the towns, the vault's keys, the live stream. Made by app. */
#pragma once
#include <stdatomic.h>
#include "api/request.h"
#include "api/route.h"
#include "api/sse.h"
#include "api/door.h"
#include "basemap/carry.h"
#include "matter/known.h"
#include "notice/config.h"
#include "parcel/config.h"
#include "people/vault.h"
#include "store/idem.h"
#include "town/shelf.h"

struct house {
        struct store *store;
        struct shelf *shelf;
        const struct vault_keys *keys;
        struct sse_hub *hub;
        int64_t only_town;            /* the town where there is only one; 0 otherwise */
        const char *erasures;         /* the file that keeps the list of erasures; NULL: none */
        const struct notice_config *notices; /* what the operator says about gateways; NULL = nothing goes out */
        const struct parcel_config *parcels; /* secrets and ways to other towns; NULL = nothing is handed over */
        const struct basemap_config *basemap; /* the ground under the outlines; NULL = plain */
        struct tile_carrier *tiles;   /* where it is a service; NULL otherwise */
        struct oidc_desk *oidc;       /* signing in elsewhere: api/oidc.h; NULL = none is configured */
        const char *public_url;       /* for links in invitations: "http://127.0.0.1:8080" */
        struct file_desk *files;      /* takes uploads: api/files.h; NULL = none are taken */
        _Atomic bool nothing_known;   /* certainly no announced cause is in force (matter/known.h), so intake need not look; false = look */
        void (*wake)(struct house *); /* something was committed: sealer and listeners may look; may be NULL */
};

static inline struct house *house_of(const struct request *req) { return req->app; }

/* The current model of the request's town, held until the request is given back. */
int house_town(struct request *, const struct town **ret);
/* The same, and a snapshot of the store: what most reading begins with. */
int house_read(struct request *, const struct town **ret);
/* The newest one, when the town's version moved while the request was on its way. */
int house_town_anew(struct request *, const struct town **ret);
/* The model in force on a past day. */
int house_town_on(struct request *, struct day on, const struct town **ret);
/* Something was committed: sealer and listeners may look. */
void house_wake(struct request *);
/* For finish, where there is nothing to tell but that it is so: {"ok":true}. house_done: and it was an event. */
int house_ok(struct request *, int rc);
int house_done(struct request *, int rc);
/* ERR_RIGHT for a key: somebody signed in does this. */
int house_in_person(struct request *);

/* The matter of the path's {id}, within the asker's scope for the route's right; else ERR_NONE. */
struct matter;
int house_matter(struct request *, const struct town **ret_town, struct matter *ret, struct scope_object *ret_object);
/* Bits of all granted rights the asker holds over @object. */
uint64_t house_rights_over(const struct request *, const struct scope_object *object);

/* Whoever answers or dispatches it sees the contact, masked. An assisting unit never does. */
bool house_sees_reporter(const struct request *, const struct scope_object *object);
/* A voice is known by those who know it: an assisting unit does not hear the reporter. */
struct matter_file;
bool house_withholds(const struct request *, const struct scope_object *object, const struct matter_file *);

/* The idempotency key of a write, bound to who asks, the body and, where it changes something that is there, to @object and @action.
 * key is empty when none was sent. */
struct idem house_idem(const struct request *, int64_t object, struct str action);

/* {"ok":true}: what house_ok and house_done answer. */
extern const struct shape ok_shape;
/* {"id":…}: of what was made or changed. */
extern const struct shape made_shape;
/* key, cells, withheld: how each row of figures begins (insight/cells.h). */
extern const struct shape cell_shape;

/* What the views below write: {zh,en}; {code,name}; a post and who holds it; a look at a contact, as its owner and as the auditor sees it. */
extern const struct shape say_shape, named_shape, post_held_shape, look_shape, audited_look_shape, known_shape;

/* Names for people, in both languages where the folder has them; a code that is gone is its own name. */
void view_org(struct json *, const char *key, const struct town *, struct str code);
void view_place(struct json *, const char *key, const struct town *, struct str code);
void view_subject(struct json *, const char *key, const struct town *, struct str code);
void view_name(struct json *, const char *key, struct str zh, struct str en);
/* Who looked at a contact, when and why: for the reporter (@for_reporter is the town) unit and masked name, for the auditor
 * (NULL) matter and login. */
void view_looks(struct json *, const struct vault_looks *, const struct town *for_reporter, struct arena *);
void view_say(struct json *, const char *key, struct say);
/* Text for a page: what HTML would read is written so that it does not. */
void view_html(struct buf *, struct str);
/* An announced cause, for everybody. */
void known_view(struct json *, const struct town *, const struct known_cause *);
/* A post and who holds it: the name in full for staff, 张* for the public. */
void view_post(struct json *, const char *key, const struct town *, struct str post, struct str holder, bool public_view,
               struct arena *);

/* The door's callbacks. */
struct door house_door(struct house *);

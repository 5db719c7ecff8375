/* api/house.h — what the handlers stand in: the store, the towns, the vault, the live stream. Made by app. */
#pragma once
#include "api/request.h"
#include "api/sse.h"
#include "matter/matter.h"
#include "people/vault.h"
#include "town/shelf.h"

struct house {
        struct store *store;
        struct shelf *shelf;
        struct vault *vault;
        struct sse_hub *hub;
        int64_t only_town;            /* the town where there is only one; 0 otherwise */
        struct str public_url;        /* for links in invitations: "http://127.0.0.1:8080" */
};

static inline struct house *house_of(const struct request *req) { return req->app; }

/* The current model of the request's town, held until the request is given back. */
int house_town(struct request *, const struct town **ret);
/* The model in force on a past day. */
int house_town_on(struct request *, struct day on, const struct town **ret);

/* Names for people, in both languages where the folder has them; a code that is gone is its own name. */
void view_org(struct json *, const char *key, const struct town *, struct str code);
void view_place(struct json *, const char *key, const struct town *, struct str code);
void view_subject(struct json *, const char *key, const struct town *, struct str code);
void view_say(struct json *, const char *key, struct say);
void view_post(struct json *, const char *key, const struct town *, struct str post, struct str holder, bool public_view, struct arena *);

extern const struct route_table public_route_table, staff_route_table, session_route_table, report_route_table;

/* The door's callbacks. */
extern const struct door house_door_template; /* arg is set by app to the house */

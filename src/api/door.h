/* api/door.h — who is let in, in which order, and what app plugs in to decide it.
 *
 * Order for every request; the first refusal is the answer:
 *   1 route (404, 405 with Allow)   2 body within limits (413, 415)   3 town (404)
 *   4 identity (401; bad ones spend RATE_SIGN_IN tokens, 429)         5 CSRF and cross-site for cookie writes (403)
 *   6 right held at all (403; zero refuses everybody)   7 query and body checked (422)   8 rate (429)   9 run
 * Whether this one object is within reach is asked by the handler, request_in_scope: 404 when not.
 *
 * Callbacks run where the route runs (loop or worker), for many requests at once; they may use request_tx, and
 * return a code, with the sentence in req->err. Any of them may be NULL.
 */
#pragma once
#include "api/request.h"

struct door {
        void *arg;
        /* Which town? @code is that of /t/CODE ("" if none), @host the Host header without port. NULL: town 0 always;
         * a code in the path is then 404. ERR_NONE when there is no such town. */
        int (*town)(void *arg, struct request *, struct str code, struct str host, int64_t *ret_town);
        /* Who asks? Called when a credential of kind @by was sent (the first of key, cookie, tracking code). Fill
         * req->who and req->ctx.actor. ERR_AUTH when the credential is not good: a stale cookie on a public route
         * then counts as nobody, all else is 401. ERR_RATE, ERR_BUSY, ERR_STORE pass through. */
        int (*identify)(void *arg, struct request *, enum credential by);
        /* Does the asker reach @object with the route's right? NULL = never. */
        bool (*reaches)(void *arg, const struct request *, const struct scope_object *object);
        /* Name of the session cookie; NULL = "linli". */
        const char *cookie;
};

/* Step 2, from the headers: may this body come? @length -1 = unknown (chunked), 0 = none; *ret_max = bytes that are
 * wanted. ERR_TOO_BIG, ERR_BAD (a body where none belongs), ERR_TYPE (its content type; answered 415). */
int door_body(const struct route *, struct str content_type, int64_t length, size_t *ret_max, struct err *err);
/* Steps 3 to 8, on @req whose route is set and whose body has arrived. OK: run the handler. */
int door_pass(const struct door *, struct request *);

/* api/inner/opening.h — opening a matter, for every door that takes one in: the JSON interface, Open311.
 *
 * Fill what is asked for below, opening_submit: decision, contact sealed, tracking code made, everything written in one transaction,
 * and a repeated request with the same Idempotency-Key answered as the first time.
 */
#pragma once
#include "api/house.h"
#include "notice/notice.h"
#include "matter/files.h"

struct opening {
        struct request *req;
        const struct town *t;
        struct intake_in in;
        struct identity householder;   /* whose name tells the place; name "" or {NULL,0} = none */
        struct identity who;           /* all {NULL,0} or "" = nobody left a contact */
        struct notice_wish wish;       /* how they want to be told, where @wishes: something differs from what is done by itself */
        bool wishes;
        struct str tokens;             /* of files (matter/files.h), parted by blanks; {NULL,0}: none */
        /* More to be written in the same transaction; NULL = nothing. */
        int (*also)(struct ctx *, struct opening *);
        /* Writes the answer of req->finish; @o->again: it was opened before, and k holds due and state alone. */
        int (*answer)(struct request *, const struct opening *);

        struct intake k;
        struct code code;
        int64_t id;
        int64_t person;
        struct vault_sealed contact, household;
        struct matter_files files;
        const struct matter_draft *draft;
        struct idem idem;
        struct str code_box;           /* the tracking code, sealed, for the answer to a repeated request */
        int64_t joins;                /* the matter that the reporter chose to join, or 0: the key is bound to it */
        int refused;                  /* why it may not be opened now, req->err saying it; yet what was opened before under the same key is answered again */
        bool different;               /* the reporter says that theirs is not what is announced */
        const struct known_cause *known; /* the announced cause that it was joined to, or NULL */
        bool again;                    /* it was opened before, under the same key */
};

/* How a reporter wants to be told, where they said something about it. Fills o->wish and o->wishes by what o->who leaves. ERR_MISSING naming
 * "phone" or "mail"; ERR_TYPE naming "notify_hours". */
struct opening_wish {
        int way;                       /* enum notice_way; -1 = by what they left */
        struct str hours;              /* "18:00-20:00"; "" or {NULL,0} = not given */
        bool discreet;
        enum lang lang;
};
int opening_wish(struct request *, struct opening *, const struct opening_wish *);
/* RUN_PENDING, or why not. @o comes from the request's arena. */
int opening_submit(struct request *, struct opening *o);
/* What is announced for its subject and place; *ret = NULL when there is nothing. */
int opening_known(struct ctx *, struct house *, const struct town *, const struct intake *, const struct known_cause **ret);

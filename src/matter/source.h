/* matter/source.h — by which way did a matter come in (来源)? A closed list, with who may say so.
 *
 * The classes are those of city management practice (采集员上报、公众举报、领导批办、媒体、视频) as the doors of a township tell them
 * apart. A source says how the words came, never how much they weigh: no clock, level or duty row looks at it, so a leader's note
 * (领导批示) waits its turn like everybody's request. What is urgent is said by words of danger alone (duty/signpost.h).
 *
 * Where somebody writes down what another person says, it is read back and the answer is kept (首接负责: who takes it stands for it).
 */
#pragma once
#include "base/ctx.h"
#include "base/say.h"

enum source {
        SOURCE_WEB,      /* the resident's own words, online */
        SOURCE_PHONE,    /* a clerk at the telephone */
        SOURCE_COUNTER,  /* a clerk at the counter */
        SOURCE_LETTER,
        SOURCE_VISIT,    /* staff at the resident's home */
        SOURCE_GRID,     /* a grid worker for a resident, or what they saw on their round */
        SOURCE_LEADER,   /* a leader's note */
        SOURCE_MEDIA,
        SOURCE_OPEN311,  /* another system, through /open311/v2/ */
        SOURCE_UPSTREAM, /* an order from above: 12345, the district */
        SOURCE_SYSTEM,   /* opened by the program itself: a row of the duty list to be looked at */
        SOURCE_REPLAY,   /* from a file of the past: linli replay */
        SOURCE_HANDOVER, /* another town hands it over, by parcel */
        SOURCES
};

enum source_teller {
        TOLD_BY_ANYBODY,
        TOLD_BY_STAFF, /* a named member of staff who holds matter.open */
        TOLD_BY_ORDER, /* whoever takes in orders from above, which have a number: matter/order.h */
        TOLD_BY_DOOR,  /* never said: its own door gives it */
};

struct source_kind {
        const char *code; /* as stored: "phone" */
        struct say name;
        enum source_teller teller;
        bool spoken; /* somebody writes down what another says: it is read back */
};
extern const struct source_kind source_kinds[SOURCES];
/* The codes in the same order; ends with NULL. */
extern const char *const source_codes[SOURCES + 1];

/* SOURCES when there is no such code. */
enum source source_find(struct str code);

/* Were the words read back to whoever said them, and did they say yes? */
enum read_back { READ_BACK_NOT_ASKED, READ_BACK_NO, READ_BACK_YES };

/* May ctx->actor say that it came this way? @opens: they hold matter.open. ERR_AUTH for somebody unknown, ERR_RIGHT for others, naming
 * "source"; ERR_MISSING naming it too
 * when it was an order from above and its number is not said here. ERR_MISSING naming "read_back" when a spoken source does not say whether it was read back; ERR_RULE when another does. */
int source_check(struct ctx *, enum source, bool opens, enum read_back);
